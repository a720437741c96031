"""Counts of all matches by month, year, source, section and author, against counting the articles one by one."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import newsearch
from newsearch import Article, Index
from newsearch.explore.facets import FACETS, MOST_VALUES, facet_counts, period_name, period_numbers
from newsearch.terms.fold import fold


def test_facets_of_a_search(news: Index) -> None:
    results = news.search("村民 OR 台风", limit=1, facets=["month", "source", "author", "year", "section"])
    assert results.total == 20
    assert results.facets == {
        "month": {"2024-03": 12, "2024-08": 8},
        "source": {"山城日报": 12, "海港晚报": 8},
        "author": {"赵明亮": 12, "孙海燕": 8, "钱小梅": 6},
        "year": {"2024": 20},
        "section": {"乡村": 12, "要闻": 8},
    }
    assert [list(results.facets[name]) for name in ("month", "author")] == [
        ["2024-03", "2024-08"],
        ["赵明亮", "孙海燕", "钱小梅"],
    ]
    assert results.to_mapping()["facets"] == results.facets


def test_values_are_shown_as_an_article_has_them(news: Index) -> None:
    """One paper in two scripts is one value, written as in the first of the articles found."""
    assert news.search("足球", facets=["source"]).facets == {"source": {"山城日報": 6}}
    assert news.search("村民 OR 足球", facets=["source"]).facets == {"source": {"山城日报": 18}}


def test_a_search_that_asks_for_none_or_finds_none(news: Index) -> None:
    assert news.search("台风").facets == {}
    assert news.search("鳎鳎鳎", facets=FACETS).facets == {name: {} for name in FACETS}


@pytest.mark.parametrize("names", [["week"], ["month", "id"], [""]])
def test_an_unknown_facet(news: Index, names: list[str]) -> None:
    with pytest.raises(ValueError, match="there is no facet"):
        news.search("台风", facets=names)


def test_counts_are_those_of_the_articles(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    day = dt.date(2021, 12, 1)
    articles = [
        Article(
            str(number),
            "台风",
            date=day + dt.timedelta(rng.randrange(400)) if rng.random() < 0.9 else None,
            source=rng.choice(["晚报", "晚報", "Daily", "daily", " 日报 ", ""]),
            section=rng.choice(["要闻", ""]),
            authors=tuple(rng.sample(["潘海燕", "麻超", "麻超群", "李四"], rng.randrange(4))),
        )
        for number in range(120)
    ]
    with newsearch.open(tmp_path, create=True) as index:
        for start in range(0, 120, 40):
            index.add(articles[start : start + 40])
        index.delete([str(number) for number in range(0, 120, 7)])
        reader = index._reader
        chosen = sorted(rng.sample(np.flatnonzero(reader.live).tolist(), 50))
        kept = [reader.article(document) for document in chosen]
        found = facet_counts(reader, np.array(chosen, np.uint32), FACETS)
        dates = [article.date.isoformat() for article in kept if article.date]
        assert list(found["month"].items()) == sorted(Counter(date[:7] for date in dates).items())
        assert list(found["year"].items()) == sorted(Counter(date[:4] for date in dates).items())
        for field in ("source", "section"):
            values = [fold(getattr(article, field).strip()) for article in kept if getattr(article, field)]
            assert {fold(value): count for value, count in found[field].items()} == Counter(values)
            assert set(found[field]) <= {getattr(article, field).strip() for article in kept}
        assert found["author"] == Counter(author for article in kept for author in article.authors)
        for counts in (found["source"], found["section"], found["author"]):
            assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_only_the_most_frequent_values(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        authors = [f"a{number:03}" for number in range(MOST_VALUES + 20)]
        index.add({"id": str(n), "title": "台风", "authors": authors[: n + 20]} for n in range(MOST_VALUES))
        counts = index.search("台风", facets=["author"]).facets["author"]
        assert list(counts)[:21] == authors[:21]
        assert len(counts) == MOST_VALUES


def test_periods() -> None:
    dates = np.array([20240601, 20231231, 9990101], np.int32)
    assert period_numbers(dates, "month").tolist() == [202406, 202312, 99901]
    assert [period_name(number, "month") for number in (202406, 99901)] == ["2024-06", "0999-01"]
    assert [period_name(number, "year") for number in (2024, 999)] == ["2024", "0999"]
