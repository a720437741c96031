"""Words that stand together at the beginning of an article: the two sums, and what searches make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsearch
from newsearch import Article
from newsearch.closeness import Pair, in_order, near
from newsearch.ranking import WEIGHTS


def pairs(*lengths: int) -> list[Pair]:
    """The pairs of words of pieces of so many words, which weigh 1, 2, 4 and so on."""
    ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    return [Pair(n - 1, n, 1.5 * 2 ** (n - 1), n in ends) for n in range(1, sum(lengths))]


@pytest.mark.parametrize(
    ("lengths", "places", "weight"),
    [
        ((), [], 0),
        ((1,), [[3]], 0),
        ((2,), [[3], [8]], 1.5),
        ((2,), [[3], [13]], 1.5),  # at most ten after
        ((2,), [[3], [14]], 0),
        ((2,), [[8], [3]], 0),  # in a piece, order counts
        ((2,), [[3], [3]], 0),
        ((2,), [[8], [3, 16, 40]], 1.5),
        ((2,), [[3, 50], [20, 58]], 1.5),
        ((3,), [[3], [8], [14]], 1.5 + 3),
        ((3,), [[3], [], [14]], 0),
        ((1, 1), [[3], [8]], 1.5),  # between pieces it does not
        ((1, 1), [[8], [3]], 1.5),
        ((1, 1), [[8], [30]], 0),
        ((2, 2), [[1], [40], [35], [2]], 3),
    ],
)
def test_near(lengths: tuple[int, ...], places: list[list[int]], weight: float) -> None:
    assert near(places, pairs(*lengths), distance=10) == weight


@pytest.mark.parametrize(
    ("places", "weight"),
    [
        ([], 0),
        ([[], []], 0),
        ([[3]], 1),
        ([[3], [8], [14]], 7),
        ([[14], [8], [3]], 4),
        ([[3], [14], [8]], 1 + 4),
        ([[3, 20], [2, 8]], 2),  # the first places count
        ([[3], [], [99]], 5),
    ],
)
def test_in_order(places: list[list[int]], weight: float) -> None:
    assert in_order(places, [2.0**number for number in range(len(places))]) == weight


def test_words_that_stand_everywhere() -> None:
    """Places by the hundred of each of a hundred words, and of four hundred each before the last one's first."""
    assert near([range(400)] * 100, [Pair(n, n + 1, 1.0, True) for n in range(99)], distance=20) == 99
    assert in_order([range(399 - number, 400) for number in range(400)], [1.0] * 400) == 1


# Two articles with the same words as often, in texts of the same length; their dates put the other one first.
TOGETHER = Article("together", "", "县里的茶叶合作社今年增收。路上有人说起天气和球赛，也说起庄稼。", "2024-01-01")
APART = Article("apart", "", "茶叶有人说起，路上今年的天气和球赛，县里也说起庄稼。合作社增收。", "2024-06-01")


def ids(index: newsearch.Index, query: str, **options: str) -> list[str]:
    return [hit.id for hit in index.search(query, **options)]  # type: ignore[arg-type]


def test_words_that_stand_together_come_first(tmp_path: Path) -> None:
    index = newsearch.open(tmp_path, create=True)
    index.add([TOGETHER, APART])
    assert ids(index, "茶叶 增收") == ["together", "apart"]
    assert ids(index, "增收 茶叶") == ["together", "apart"]
    assert ids(index, "茶叶 增收", sort="newest") == ["apart", "together"]
    assert ids(index, "茶叶") == ["apart", "together"]
    assert ids(index, "茶叶 正文:增收") == ["apart", "together"]  # a field's pieces have no part in it


def test_what_is_far_down_does_not_count(tmp_path: Path) -> None:
    before = "路边的树又绿了，河水也涨了。" * 40
    index = newsearch.open(tmp_path, create=True)
    index.add([Article(article.id, "", before + article.body, article.date) for article in (TOGETHER, APART)])
    results = index.search("茶叶 增收")
    assert [hit.id for hit in results] == ["apart", "together"]
    assert {part.kind for hit in results for part in index.explain(results, hit)} == {"word"}


def test_the_best_few_are_put_in_order(tmp_path: Path) -> None:
    """However many are asked for and from whichever on; the last of them stay before all others."""
    index = newsearch.open(tmp_path, create=True)
    few = WEIGHTS.reranked
    rest = "另外的话。" * 9
    index.add(Article(f"best {number:02}", "", "增收" + "路" * number + "茶叶" + rest) for number in range(few - 1))
    index.add([Article("near", "", "茶叶，增收" + rest + "再说几句。" * 9)])
    index.add(Article(f"other {number:02}", "", "茶叶，增收" + rest + "再说几句。" * 30) for number in range(30))
    whole = ids(index, "茶叶增收", limit=100)  # type: ignore[arg-type]
    assert whole[0] == "near"
    assert all(name.startswith("best") for name in whole[1:few])
    assert all(name.startswith("other") for name in whole[few:])
    for offset, limit in ((0, 1), (0, 10), (10, 10), (15, 10), (few, 5)):
        page = [hit.id for hit in index.search("茶叶增收", offset=offset, limit=limit)]
        assert page == whole[offset : offset + limit]


def test_no_text_is_read_to_put_none_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = newsearch.open(tmp_path, create=True)
    index.add([TOGETHER, APART])
    asked: list[int] = []
    monkeypatch.setattr(index._reader, "texts", lambda document: asked.append(document) or ("", ""))
    assert (index.search("茶叶 增收", limit=0).total, asked) == (2, [])
    assert len(index.search("茶叶 增收", limit=1)) == 1
    assert sorted(asked) == [0, 1]


@pytest.mark.parametrize("options", [{}, {"recent": True}, {"match": "any"}, {"fold_copies": True}])
def test_scores_explain_themselves(options: dict[str, bool], tmp_path: Path) -> None:
    index = newsearch.open(tmp_path, create=True)
    index.add([TOGETHER, APART])
    index.add(Article(f"other {number}", "", f"{number}：增收靠茶叶。" + "再说。" * number) for number in range(30))
    results = index.search("茶叶 增收", limit=40, **options)  # type: ignore[arg-type]
    kinds = []
    for hit in results:
        parts = index.explain(results, hit)
        assert sum(part.score for part in parts) == pytest.approx(hit.score, rel=1e-5)
        kinds.append("near" in {part.kind for part in parts})
    assert 0 < sum(kinds) <= WEIGHTS.reranked
    if not options:
        assert kinds[-1] is False
        for hit in (results.hits[0], results.hits[-1]):
            article = index.explain_query("茶叶 增收", hit.id).article
            assert article is not None
            assert article.score == pytest.approx(hit.score, rel=1e-5)
