"""Key terms and trends: the formula against plain arithmetic, counts against the articles, and what is no key term."""

from __future__ import annotations

import math
import random
import time
from pathlib import Path

import numpy as np
import pytest

import newsearch
from newsearch import Article, ArticleNotFound, Index, Keyword, QueryError
from newsearch.explore import keywords as keywords_module
from newsearch.explore.candidates import log_likelihood
from newsearch.explore.keywords import _key_term_test, _without_parts
from newsearch.terms.dictionary import default_dictionary
from newsearch.terms.fold import fold
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.stopwords import stop_words
from newsearch.terms.tokens import index_words


def plain_log_likelihood(inside: int, articles: int, outside: int, others: int) -> float:
    """G² cell by cell."""
    cells = [(inside, articles), (outside, others), (articles - inside, articles), (others - outside, others)]
    having = [inside + outside, inside + outside, articles + others - inside - outside] * 2
    total = 0.0
    for (observed, row), column in zip(cells, [having[0], having[0], having[2], having[2]], strict=True):
        expected = row * column / (articles + others)
        if observed:
            total += observed * math.log(observed / expected)
    return 2 * total if inside * others >= outside * articles else -2 * total


def test_the_log_likelihood_ratio() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    cases = []
    for _ in range(300):
        articles, others = rng.randrange(1, 1000), rng.randrange(1, 100_000)
        cases.append((rng.randrange(articles + 1), articles, rng.randrange(others + 1), others))
    inside, articles_, outside, others_ = np.array(cases).T
    expected = [plain_log_likelihood(*case) for case in cases]
    assert log_likelihood(inside, articles_, outside, others_) == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_the_log_likelihood_ratio_of_a_table_of_words_and_periods() -> None:
    counts, totals = np.array([[5, 0], [2, 2]]), np.array([10, 20])
    rest = counts.sum(axis=1, keepdims=True) - counts
    scores = log_likelihood(counts, totals, rest, 30 - totals)
    assert scores[0, 0] == pytest.approx(plain_log_likelihood(5, 10, 0, 20))
    assert scores[1, 1] == pytest.approx(plain_log_likelihood(2, 20, 2, 10))
    assert scores[0, 1] < 0 < scores[0, 0]
    assert log_likelihood(np.array([3]), 3, np.array([7]), 7).tolist() == [0]
    assert log_likelihood(np.zeros(0, np.int64), 3, np.zeros(0, np.int64), 0).shape == (0,)


def test_key_terms_of_a_query(news: Index, segmenter: DictionarySegmenter) -> None:
    found = news.keywords("乡村振兴", limit=30)
    assert {"核桃", "乡村", "村民", "合作社"} <= {keyword.term for keyword in found}
    assert [keyword.score for keyword in found] == sorted((keyword.score for keyword in found), reverse=True)
    words = [
        (a.id, set(index_words(fold(a.title + "。" + a.body), segmenter))) for a in news if a.id.startswith("village")
    ]
    for keyword in found:
        assert keyword.count == sum(keyword.term in mine for _, mine in words), keyword
        assert keyword.score > 0
    assert news.keywords("乡村振兴", limit=3) == found[:3]
    assert news.keywords("乡村振兴", limit=0) == []


def test_key_terms_of_what_finds_nothing_or_cannot_be_read(news: Index) -> None:
    assert news.keywords("乡村镇兴") == []
    with pytest.raises(QueryError):
        news.keywords("(台风")


def test_key_terms_of_the_whole_index(news: Index) -> None:
    terms = {keyword.term: keyword for keyword in news.keywords(limit=20)}
    assert {"核桃", "台风", "足球"} & set(terms)
    for term, keyword in terms.items():
        assert keyword.count == news.search(f'"{term}"', limit=0).total


@pytest.mark.parametrize("deleted", [0, 25])
@pytest.mark.parametrize("taken", [1, 512])
def test_the_key_terms_of_the_whole_index_are_the_best_of_all_words(
    tmp_path: Path, segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch, deleted: int, taken: int
) -> None:
    """However many words are looked at first, in several segments, with and without deleted articles."""
    monkeypatch.setattr(keywords_module, "_FIRST_TAKEN", taken)
    words = ["核桃", "渔船", "台风", "古籍", "足球", "学校", "合作社", "避风", "丰收", "登陆", "县城", "老师"]
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    with newsearch.open(tmp_path, create=True) as index:
        for part in range(3):
            bodies = ["，".join(rng.choices(words, range(1, 13), k=rng.randrange(1, 6))) for _ in range(30)]
            index.add({"id": f"{part}-{n}", "body": body, "source": "晚报"} for n, body in enumerate(bodies))
        index.delete([f"{n % 3}-{n // 3}" for n in range(deleted)])
        having = [set(index_words(fold(article.body), segmenter)) for article in index]
        dictionary, reader = default_dictionary(), index._reader
        postings = keywords_module._postings(reader)
        scores = {}
        for word in words:
            count = sum(word in mine for mine in having)
            score = plain_log_likelihood(count, int(postings), dictionary.frequency(word) or 1, dictionary.total)
            scores[word] = (pytest.approx(score, rel=1e-3), count)
        best = sorted(words, key=lambda word: (-scores[word][0].expected, word))
        for limit in (1, 4):
            found = index.keywords(limit=limit)
            assert [(keyword.term, (keyword.score, keyword.count)) for keyword in found] == [
                (word, scores[word]) for word in best[:limit]
            ]
        assert index.keywords(limit=0) == []


def test_words_of_mostly_deleted_articles_hide_no_better_ones(tmp_path: Path) -> None:
    often = ["核桃", "渔船", "台风", "古籍", "足球", "学校", "避风", "丰收", "登陆", "县城", "老师", "合作社"]
    with newsearch.open(tmp_path, create=True) as index:
        articles = [{"id": f"gone{n}", "body": "，".join(often)} for n in range(30)]
        articles += [{"id": f"few{n}", "body": "，".join(often)} for n in range(2)]
        articles += [{"id": f"many{n}", "body": "采棉机" if n < 20 else "一"} for n in range(100)]
        index.add(articles)
        index.delete(f"gone{n}" for n in range(30))
        assert index._reader.count < index._reader.size  # nothing was merged
        assert [(keyword.term, keyword.count) for keyword in index.keywords(limit=1)] == [("采棉机", 20)]


def test_key_terms_of_an_article(news: Index) -> None:
    found = news.keywords(id="typhoon-3", limit=8)
    terms = [keyword.term for keyword in found]
    assert {"台风", "避风", "渔船", "沿海"} <= set(terms)
    counts = {keyword.term: keyword.count for keyword in found}
    assert (counts["台风"], counts["渔船"]) == (2, 2)
    with pytest.raises(ArticleNotFound):
        news.keywords(id="nobody")
    with pytest.raises(ValueError, match="not both"):
        news.keywords("台风", id="typhoon-3")


def test_a_word_in_the_title_and_a_rare_one_say_more(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([Article("1", "古籍修复", "渔船上有核桃。")])
        index.add([Article(f"o{n}", "渔船", "渔船。") for n in range(5)])
        terms = [keyword.term for keyword in index.keywords(id="1")]
        assert terms.index("古籍") < terms.index("核桃") < terms.index("渔船")


@pytest.mark.parametrize(
    ("word", "fits"),
    [
        ("核桃", True),
        ("二十大", True),
        ("三农", True),
        ("nba", True),
        ("5g", True),
        ("c919", True),
        ("桃", False),
        ("我们", False),
        ("二十", False),
        ("三个", False),
        ("十分钟", False),
        ("一百多", False),
        ("两盏", False),
        ("今日", False),
        ("2024", False),
        ("3月", False),
        ("6.5", False),
        ("a", False),
        ("日称", False),  # unknown to the dictionary, with a stop word in it
        ("杜苏芮", True),  # unknown, without
    ],
)
def test_what_may_be_a_key_term(word: str, fits: bool) -> None:
    assert _key_term_test(default_dictionary())(word) == fits


def test_stop_words_are_folded_words() -> None:
    assert 150 < len(stop_words()) < 800
    assert all(fold(word) == word and word.isalnum() for word in stop_words())


def test_parts_of_longer_terms() -> None:
    def shown(*counts: tuple[str, float, int], limit: int = 9) -> list[str]:
        return [keyword.term for keyword in _without_parts((Keyword(*row) for row in counts), limit)]

    assert shown(("联播", 9, 10), ("新闻联播", 8, 10), ("新闻", 7, 30)) == ["新闻联播", "新闻"]
    assert shown(("联播", 9, 10), ("新闻联播", 8, 5)) == ["联播", "新闻联播"]  # it stands without it too
    assert shown(("联播", 9, 10), ("台风", 8, 1), ("新闻联播", 7, 10), limit=2) == ["联播", "台风"]
    assert shown(("联播", 9, 10), ("新闻联播", 8, 10), ("台风", 7, 1), limit=2) == ["新闻联播", "台风"]
    assert shown() == []


def test_parts_of_thousands_of_terms_are_found_soon() -> None:
    terms = [Keyword(f"{number:05}", 1.0, 1) for number in range(20_000)]
    started = time.process_time()
    assert len(_without_parts([*terms, Keyword("x00001", 0.5, 1)], 30_000)) == 20_000
    assert time.process_time() - started < 3


def test_deleted_articles_leave_no_trace(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": f"a{n}", "title": "核桃丰收", "date": "2024-01-01"} for n in range(4)])
        index.add([{"id": f"b{n}", "title": "台风登陆", "date": "2024-02-01"} for n in range(4)])
        index.add([{"id": f"c{n}", "title": "渔船避风", "date": "2024-03-01"} for n in range(4)])
        index.delete([f"a{n}" for n in range(4)] + ["b0"])
        assert {keyword.term: keyword.count for keyword in index.keywords()} == {
            "台风": 3, "登陆": 3, "渔船": 4, "避风": 4,
        }  # fmt: skip
        assert index.keywords("核桃") == []
        trends = index.trends()
        assert (trends.periods, trends.articles) == (["2024-02", "2024-03"], [3, 4])
        assert {trend.term: trend.counts for trend in trends.terms["2024-02"]} == {"台风": [3, 0], "登陆": [3, 0]}


def test_deleted_articles_change_no_score(tmp_path: Path) -> None:
    live = [{"id": f"a{n}", "title": "核桃丰收", "body": "山村的核桃丰收了。" * (1 + n % 3)} for n in range(6)]
    live += [{"id": f"b{n}", "title": "渔船避风", "body": "渔船回港避风。"} for n in range(6)]
    gone = [{"id": f"c{n}", "title": "核桃滞销", "body": "核桃滞销，山村着急。"} for n in range(5)]
    with newsearch.open(tmp_path / "a", create=True) as index, newsearch.open(tmp_path / "b", create=True) as fresh:
        index.add(live + gone)
        index.delete(article["id"] for article in gone)
        fresh.add(live)
        assert index.stats().deleted == len(gone)
        assert index.keywords("核桃") == fresh.keywords("核桃")
        assert index.keywords(id="a1") == fresh.keywords(id="a1")
        # How many postings the whole has is estimated by its words.
        mine, theirs = index.keywords(), fresh.keywords()
        assert [(keyword.term, keyword.count) for keyword in mine] == [(other.term, other.count) for other in theirs]
        assert [keyword.score for keyword in mine] == pytest.approx([other.score for other in theirs], rel=0.05)


# Trends


def test_what_stands_out_in_each_month(news: Index) -> None:
    trends = news.trends(limit=8)
    assert trends.periods == sorted({article.date.isoformat()[:7] for article in news if article.date})
    assert trends.articles == [13, 1, 1, 1, 1, 9]
    assert "核桃" in {trend.term for trend in trends.terms["2024-03"]}
    assert "台风" in {trend.term for trend in trends.terms["2024-08"]}
    assert all(len(listed) <= 8 for listed in trends.terms.values())
    for period, listed in trends.terms.items():
        place = trends.periods.index(period)
        for trend in listed:
            assert trend.counts[place] >= 2
            found = [
                news.search(f'"{trend.term}"', date_from=month, date_to=month, limit=0).total
                for month in trends.periods
            ]
            assert trend.counts == found, trend
    assert trends.to_mapping()["terms"]["2024-08"][0]["counts"] == trends.terms["2024-08"][0].counts


def test_what_stands_out_in_each_year_of_a_query(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        for year, word in ((2022, "核桃"), (2023, "渔船"), (2024, "古籍")):
            index.add({"id": f"{year}{n}", "title": f"台风 {word}", "date": f"{year}-05-01"} for n in range(6))
        index.add([{"id": "other", "title": "古籍", "date": "2022-01-01"}, {"id": "undated", "title": "台风 古籍"}])
        trends = index.trends("台风", by="year")
        assert (trends.by, trends.periods, trends.articles) == ("year", ["2022", "2023", "2024"], [6, 6, 6])
        listed = {period: [trend.term for trend in terms] for period, terms in trends.terms.items()}
        assert listed == {"2022": ["核桃"], "2023": ["渔船"], "2024": ["古籍"]}
        assert trends.terms["2024"][0].counts == [0, 0, 6]


def test_trends_of_nothing(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        assert index.keywords() == []
        trends = index.trends()
        assert (trends.periods, trends.terms) == ([], {})
        index.add([{"id": "1", "title": "台风"}])
        assert index.trends().periods == []
        with pytest.raises(ValueError, match="month, year"):
            index.trends(by="week")  # type: ignore[arg-type]
