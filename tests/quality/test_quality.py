"""The quality of ranking on the project's own articles never falls below `floors.json`; raise the floors with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import newsearch

from .headlines import Pair, compare, draw, plain_bm25, reciprocal_rank

HERE = Path(__file__).parent
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text("utf-8"))


def own_pairs() -> list[Pair]:
    """The sample corpus: every article with a headline and a body."""
    articles = newsearch.read_articles(HERE.parents[1] / "corpus")
    return [Pair(article.id, article.title, article.body) for article in articles if article.title and article.body]


def test_headlines_find_their_articles() -> None:
    pairs = own_pairs()
    figures = compare(pairs, len(pairs), seed=1)
    print(figures)
    assert {name: figure for name, figure in figures.items() if name in FLOORS and figure < FLOORS[name]} == {}


def test_reciprocal_rank_is_what_it_says() -> None:
    asked = [Pair("a", "x", ""), Pair("b", "y", ""), Pair("c", "z", "")]
    answers = {"x": ["a"], "y": ["a", "c", "b"], "z": ["a"] * 10 + ["c"]}
    assert reciprocal_rank(answers.__getitem__, asked) == pytest.approx((1 + 1 / 3 + 0) / 3)


def test_headlines_are_drawn_from_unique_long_ones() -> None:
    rows = ["十个字以上的标题第一篇", "十个字以上的标题第一篇", "短标题", "另外一个足够长的标题呢"]
    pairs = [Pair(str(number), headline, "正文") for number, headline in enumerate(rows)]
    assert [pair.id for pair in draw(pairs, 10, 1)] == ["3"]
    many = [Pair(str(number), f"一个足够长的标题第{number}号", "") for number in range(50)]
    assert draw(many, 20, 1) == draw(many, 20, 1) != draw(many, 20, 2)


def test_plain_bm25_ranks_by_its_formula() -> None:
    pairs = [Pair("often", "", "台风台风台风"), Pair("once", "", "台风过后天气晴"), Pair("never", "", "粮食丰收")]
    search = plain_bm25(pairs)
    assert search("台风") == ["often", "once"]
    assert search("粮食") == ["never"]
    assert search("不在") == []
