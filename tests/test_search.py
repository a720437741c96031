"""Searches against brute force, in the same articles however the index came about."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from brute_force import BruteForce, in_order

import newsearch
from newsearch import Article, Index, Results, schema
from newsearch.codec import builder, segment
from newsearch.evaluation import strings, top
from newsearch.index import merging, terms
from newsearch.query import parse_query
from newsearch.ranking import WEIGHTS
from newsearch.terms.segment import DictionarySegmenter

LEAD = 12
WORDS = ["台风", "渔船", "乡村", "振兴", "学校", "人工智能", "的", "了", "B超", "3月15日", "app", "6.5", "颱風"]
AUTHORS, SOURCES, SECTIONS = ("苏珂", "台风"), ("团结报", "晚报", ""), ("要闻", "")
DATES = [None, *(dt.date(2024, month, day) for month in (5, 6, 7) for day in (1, 30))]


@pytest.fixture(params=["small", "usual"])
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits from which a search takes short cuts: as they are, or so small that tiny indexes are beyond them."""
    monkeypatch.setattr(schema, "LEAD", LEAD)
    if request.param == "small":
        monkeypatch.setattr(builder, "CHAMPIONS_FROM", 8)
        monkeypatch.setattr(terms, "CHAMPIONS_FROM", 8)
        monkeypatch.setattr(builder, "CHAMPIONS", 3)
        monkeypatch.setattr(segment, "CHAMPIONS", 3)
        monkeypatch.setattr(top, "_FEW", 4)
        monkeypatch.setattr(strings, "_FEW", 4)
        monkeypatch.setattr(terms, "_MANY", 4)


def random_articles(rng: random.Random, count: int) -> list[Article]:
    """Short ones, many of them alike, so that scores and dates tie."""
    texts = []
    for _ in range(1 + count // 2):
        body = [rng.choice(WORDS[: rng.choice((4, len(WORDS)))]) for _ in range(rng.randrange(12))]
        title = rng.choices(WORDS, k=rng.randrange(1, 4))
        texts.append(("".join(title), "".join(word + rng.choice(("", "", "，", "。\n")) for word in body)))
    return [
        Article(
            f"a{number}",
            *rng.choice(texts),
            date=rng.choice(DATES),
            authors=rng.choice(((), AUTHORS[:1], AUTHORS)),
            source=rng.choice(SOURCES),
            section=rng.choice(SECTIONS),
            kicker=rng.choice(("", "", "乡村")),
        )
        for number in range(count)
    ]


def random_piece(rng: random.Random) -> str:
    text = "".join(rng.choices(WORDS, k=rng.choice((1, 1, 2, 3))))
    start = rng.randrange(len(text))
    string = text[start : start + rng.randrange(1, 7)].strip(".") or text
    forms: list[Callable[[], str]] = [
        lambda: text,
        lambda: string,
        lambda: f'"{string}"',
        lambda: rng.choice(("标题:", "正文:")) + rng.choice((text, f'"{string}"')),
        lambda: string[0] + rng.choice("?*") + rng.choice(("", string[-1])),
        lambda: rng.choice(("苏珂", "来源:团结报", "作者:苏珂", "日期:2024-06", "日期:>=2024-06-30", "版面:要闻")),
        lambda: "龘" + rng.choice(("", text)),
    ]
    return rng.choice([*forms, forms[0], forms[0]])()


def random_query(rng: random.Random) -> str:
    pieces = [random_piece(rng) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    query = pieces[0]
    for piece in pieces[1:]:
        query += rng.choice((" ", " ", " OR ", " AND ", " -")) + piece
    return query


def random_options(rng: random.Random) -> dict[str, Any]:
    options: dict[str, Any] = {"match": rng.choice(("all", "all", "any"))}
    if rng.random() < 0.3:
        filters = {
            "source": "晚报",
            "author": "苏珂",
            "section": "要闻",
            "date_from": "2024-06",
            "date_to": "2024-06-01",
        }
        options |= dict(rng.sample(sorted(filters.items()), rng.choice((1, 1, 2))))
    return options


def built(folder: Path, *additions: Sequence[Article]) -> Index:
    index = newsearch.open(folder, create=True)
    for articles in additions:
        index.add(articles)
    return index


class Expected:
    """What a search is to find, by brute force: articles, and whether they are only part of what was asked for."""

    def __init__(self, model: BruteForce, query: str, segmenter: DictionarySegmenter, options: dict[str, Any]) -> None:
        parsed = parse_query(query, segmenter)
        trees = [parsed.tree, parsed.any_piece, parsed.any_word][options["match"] == "any" :]
        self.relaxed, self.articles = False, []
        for number, tree in enumerate(trees):
            self.articles = [article for article in model.matching(tree) if passes(article, options)]
            if self.articles:
                self.relaxed = number > 0
                break
        ids = [article.id for article in self.articles]
        self.scores = dict(zip(ids, model.scores(parsed.pieces, self.articles), strict=True))
        self.added = {article.id: model.added(parsed.pieces, article) for article in self.articles}


def passes(article: Article, options: dict[str, Any]) -> bool:
    month = {"date_from": dt.date(2024, 6, 1), "date_to": dt.date(2024, 6, 1)}
    return (
        article.source == options.get("source", article.source)
        and article.section == options.get("section", article.section)
        and ("author" not in options or options["author"] in article.authors)
        and ("date_from" not in options or (article.date is not None and article.date >= month["date_from"]))
        and ("date_to" not in options or (article.date is not None and article.date <= month["date_to"]))
    )


def hits(results: Results) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in results]


def assert_found(index: Index, query: str, options: dict[str, Any], expected: Expected, rng: random.Random) -> None:
    """That a search finds what it is to find, in order, whole and in pieces, and counts it without being told to."""
    by_id = {article.id: article for article in expected.articles}
    for sort in ("relevance", "newest", "oldest"):
        wanted = {"offset": rng.choice((0, 0, 1, 5)), "limit": rng.choice((0, 1, 2, 3, 10, 40))}
        page = index.search(query, sort=sort, **wanted, **options)
        whole = index.search(query, sort=sort, limit=1000, **options)
        context = (query, options, sort, wanted)
        assert {hit.id for hit in whole} == set(by_id), context
        assert [whole.total, page.total] == [len(by_id)] * 2, context
        assert [whole.relaxed, page.relaxed] == [expected.relaxed] * 2, context
        assert_reranked(whole, expected, sort == "relevance")
        for hit in whole:
            added = expected.added[hit.id] if hit.document in whole.reranked else 0.0
            assert hit.score == pytest.approx(expected.scores[hit.id] + added, rel=1e-5, abs=1e-6), context
            assert hit.article == by_id[hit.id]
        ordered = in_order([(by_id[hit.id], hit.score) for hit in whole], sort)
        assert [hit.id for hit in whole] == [article.id for article in ordered], context
        assert hits(page) == hits(whole)[wanted["offset"] :][: wanted["limit"]], context


def assert_reranked(whole: Results, expected: Expected, by_score: bool) -> None:
    """That the closeness of words counts for the best by terms alone, as many as it should, and for no others."""
    first = [expected.scores[hit.id] for hit in whole if hit.document in whole.reranked]
    others = [expected.scores[hit.id] for hit in whole if hit.document not in whole.reranked]
    if by_score and any(expected.added.values()):
        assert len(first) == min(WEIGHTS.reranked, len(whole.hits))
        assert min(first) >= max(others, default=0.0) * (1 - 1e-5)
    else:
        assert not any(expected.added[hit.id] for hit in whole if hit.document in whole.reranked)


@pytest.mark.usefixtures("limits")
def test_random_searches_against_brute_force(
    rng: random.Random, segmenter: DictionarySegmenter, tmp_path: Path
) -> None:
    found = relaxed = 0
    for number in range(6):
        articles = random_articles(rng, rng.choice((1, 10, 60)))
        half = len(articles) // 2
        index = built(tmp_path / str(number), *rng.choice(((articles,), (articles[:half], articles[half:]))))
        model = BruteForce(articles, segmenter, LEAD)
        for _ in range(25):
            query, options = random_query(rng), random_options(rng)
            expected = Expected(model, query, segmenter, options)
            assert_found(index, query, options, expected, rng)
            found += bool(expected.articles)
            relaxed += expected.relaxed
    assert found > 50
    assert relaxed > 10


# However the index came about


def in_one_build(folder: Path, articles: list[Article], _: random.Random, __: pytest.MonkeyPatch) -> Index:
    return built(folder, articles)


def in_many_additions(folder: Path, articles: list[Article], rng: random.Random, patch: pytest.MonkeyPatch) -> Index:
    """That stay segments of their own."""
    patch.setattr(merging, "_MERGE_FROM", 1000)
    index = built(folder, *parted(articles, rng))
    assert index.stats().segments > 4
    return index


def in_merged_additions(folder: Path, articles: list[Article], rng: random.Random, _: pytest.MonkeyPatch) -> Index:
    index = built(folder, *parted(articles, rng))
    assert index.stats().segments < 4
    return index


def with_deletions(folder: Path, articles: list[Article], rng: random.Random, patch: pytest.MonkeyPatch) -> Index:
    """Among others that are removed again, and after earlier versions of some of them."""
    patch.setattr(merging, "_MERGE_FROM", 1000)
    others = [replace(article, id=f"b{article.id}", body=article.body * 3) for article in articles[::2]]
    earlier = [replace(article, body=article.title, title="渔船振兴") for article in articles[::3]]
    index = built(folder, *parted([*others, *earlier, *articles[1::3]], rng), *parted(articles, rng))
    index.delete(article.id for article in others)
    assert index.stats().deleted > len(articles) // 3
    return index


def with_merged_deletions(
    folder: Path, articles: list[Article], rng: random.Random, patch: pytest.MonkeyPatch
) -> Index:
    with patch.context() as unmerged:
        with_deletions(folder, articles[:-1], rng, unmerged)
    index = built(folder, articles[-1:])  # the next commit merges
    assert (index.stats().segments, index.stats().deleted) == (1, 0)
    return index


def parted(articles: list[Article], rng: random.Random) -> Iterator[list[Article]]:
    """The articles in another order, some at a time."""
    articles = rng.sample(articles, len(articles))
    size = 1 + len(articles) // 8
    return (articles[start : start + size] for start in range(0, len(articles), size))


WAYS = (in_many_additions, in_merged_additions, with_deletions, with_merged_deletions)


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_answers_do_not_depend_on_the_segments(
    way: Any, rng: random.Random, segmenter: DictionarySegmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same articles in the same order with the same scores, also among ties."""
    for number in range(2):
        articles = random_articles(rng, 70)
        one = in_one_build(tmp_path / f"one {number}", articles, rng, monkeypatch)
        with monkeypatch.context() as patch:
            other = way(tmp_path / f"other {number}", articles, rng, patch)
        assert sorted(article.id for article in other) == sorted(article.id for article in articles)
        model = BruteForce(articles, segmenter, LEAD)
        for _ in range(12):
            query, options = random_query(rng), random_options(rng)
            assert_found(other, query, options, Expected(model, query, segmenter, options), rng)
            for sort in ("relevance", "newest", "oldest"):
                wanted = options | {"sort": sort, "limit": rng.choice((1, 3, 10, 100))}
                mine, theirs = (hits(index.search(query, **wanted)) for index in (one, other))
                assert [hit for hit, _ in mine] == [hit for hit, _ in theirs], (query, wanted)
                assert [score for _, score in mine] == pytest.approx([score for _, score in theirs], rel=1e-6)


def test_a_rare_word_or_a_frequent_one(tmp_path: Path) -> None:
    """At every limit, also one above the number of champions of a frequent word: those with the rare one come first."""
    articles = [Article(f"a{number}", f"渔船{number}", "渔船出海。") for number in range(1100)]
    articles[100:103] = [Article(f"rare {number}", "台风登陆", "台风。") for number in range(3)]
    index = built(tmp_path, articles)
    whole = [hit.id for hit in index.search("台风 OR 渔船", limit=2000)]
    assert sorted(whole[:3]) == ["rare 0", "rare 1", "rare 2"]
    for limit in (1, 10, 64, 68, 100, 1000):
        assert [hit.id for hit in index.search("台风 OR 渔船", limit=limit)] == whole[:limit], limit
        assert [hit.id for hit in index.search("台风 渔船", match="any", limit=limit)] == whole[:limit], limit


@pytest.mark.parametrize("query", ["p", '"p"', "ap", "app", "p 台风", "台风"])
def test_no_limit_still_tells_whether_there_is_any(query: str, tmp_path: Path) -> None:
    """Also where no word of the index says so."""
    index = built(tmp_path, [Article("1", "app"), Article("2", "渔船")])
    counted, whole = index.search(query, limit=0), index.search(query)
    assert (counted.total, counted.relaxed, len(counted)) == (whole.total, whole.relaxed, 0)
    assert whole.total == (query != "台风")


def test_matches_are_counted_when_asked_for(tmp_path: Path) -> None:
    index = built(tmp_path, [{"id": str(number), "title": "台风登陆"} for number in range(30)])  # type: ignore[list-item]
    results = index.search("台风登陆", limit=3)
    asked: list[int] = []
    count = results.matches
    results.matches = lambda: asked.append(1) or count()  # type: ignore[func-returns-value]
    assert (len(results), asked) == (3, [])
    assert (results.total, results.total, asked) == (30, 30, [1])
