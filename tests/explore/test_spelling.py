"""Did you mean: strings near one that stands nowhere, and the queries made of them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch import Index
from newsearch.explore.spelling import LONGEST, corrected_queries, corrections
from newsearch.terms.fold import fold


@pytest.mark.parametrize(
    ("string", "correction"),
    [
        ("乡村镇兴", "乡村振兴"),  # sounds the same
        ("香村镇兴", "乡村振兴"),
        ("村岷", "村民"),
        ("王小名", "王小明"),
        ("合做社", "合作社"),
        ("乡振村兴", "乡村振兴"),  # neighbours swapped
        ("球足联赛", "足球联赛"),
        ("乡村振X", "乡村振兴"),  # another character
        ("乡镇振兴", "乡村振兴"),
        ("乡村振兴兴", "乡村振兴"),  # one more
        ("足联赛", "足球联赛"),  # one less
        ("乡振兴", "乡村振兴"),
        ("nbaa", "nba"),
        ("nab", "nba"),
        ("nca", "nba"),
    ],
)
def test_what_is_near(news: Index, string: str, correction: str) -> None:
    assert correction in corrections(news._reader, fold(string), limit=6)


@pytest.mark.parametrize(
    ("string", "other"),
    [
        ("村名", "村民"),  # ming is not min
        ("重球联赛", "足球连赛"),
        ("祝秋联赛", "足球联赛"),  # zhu is not zu, and two characters differ
        ("气台", "气象台"),  # too short for one character more, or another one
        ("乡民", "村民"),
        ("乡村振兴路走上", "乡村振兴"),
    ],
)
def test_what_is_not(news: Index, string: str, other: str) -> None:
    assert other not in corrections(news._reader, string, limit=20)


@pytest.mark.parametrize(
    "string", ["", "乡", "乡村 振兴", "乡村-振兴", "鳎鳎鳎", "zzzz", "村" * (LONGEST + 1), "\ud800村"]
)
def test_nothing_is_near(news: Index, string: str) -> None:
    assert corrections(news._reader, string) == []


def test_the_nearest_come_first(tmp_path: Path) -> None:
    """Sound before frequency; among equals the more frequent."""
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": f"a{n}", "title": "金色年华"} for n in range(5)])
        index.add([{"id": f"b{n}", "title": "今色年华"} for n in range(2)])
        index.add([{"id": "c", "title": "进色年华"}, {"id": "d", "title": "本色年华"}])
        found = corrections(index._reader, "斤色年华", limit=9)
        assert found[:3] == ["金色年华", "今色年华", "进色年华"]
        assert found.index("本色年华") > 2
        assert corrections(index._reader, "斤色年华", limit=1) == ["金色年华"]


def test_short_corrections_stand_in_an_article(news: Index) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    texts = [fold(article.title + "。" + article.body) for article in news]
    for _ in range(60):
        text = rng.choice(texts)
        start = rng.randrange(len(text) - 4)
        string = list(text[start : start + rng.randrange(2, 5)])
        string[rng.randrange(len(string))] = rng.choice("乡村台风镇学新足")
        for found in corrections(news._reader, "".join(string), limit=10):
            assert any(found in text for text in texts), (string, found)
            assert found != "".join(string)


@pytest.mark.parametrize(
    ("text", "wrong", "queries"),
    [
        ("乡村镇兴", ["乡村镇兴"], ["乡村振兴"]),
        ("鄉村鎮興", ["乡村镇兴"], ["乡村振兴"]),
        ("核桃 乡村镇兴 -台风", ["乡村镇兴"], ["核桃 乡村振兴 -台风"]),
        ("标题:乡村镇兴 AND 村民", ["乡村镇兴"], ["标题:乡村振兴 AND 村民"]),
        ("乡村镇兴 球足联赛", ["乡村镇兴", "球足联赛"], ["乡村振兴 足球联赛"]),
        ("乡村镇兴 鳎鳎鳎", ["乡村镇兴", "鳎鳎鳎"], []),
        ("乡村振兴", [], []),
        ("乡村\n镇兴", ["乡村镇兴"], []),
    ],
)
def test_queries(news: Index, text: str, wrong: list[str], queries: list[str]) -> None:
    assert list(corrected_queries(news._reader, text, wrong))[:1] == queries[:1]


# In a search


@pytest.mark.parametrize(
    ("query", "options", "suggestion"),
    [
        ("乡村镇兴", {}, "乡村振兴"),
        ('"乡村镇兴"', {}, '"乡村振兴"'),
        ("鄉村鎮興", {}, "乡村振兴"),
        ("乡村镇兴 核桃", {}, "乡村振兴 核桃"),  # relaxed
        ("标题:乡村镇兴", {}, "标题:乡村振兴"),
        ("乡村镇兴", {"source": "山城日报"}, "乡村振兴"),
        ("NBBA", {}, "nba"),
    ],
)
def test_a_search_offers_them(news: Index, query: str, options: dict[str, Any], suggestion: str) -> None:
    results = news.search(query, **options)
    assert results.suggestions[0] == suggestion
    for offered in results.suggestions:
        found = news.search(offered, **options)
        assert found.total
        assert not found.relaxed
    assert results.to_mapping()["suggestions"] == results.suggestions


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("乡村镇兴", {"source": "海港晚报"}),  # the correction finds nothing there
        ("乡村镇兴 台风", {}),  # nor beside a word that never stands with it
        ("台风 核桃", {}),  # relaxed, but both stand somewhere
        ("鳎鳎鳎", {}),
        ("镇兴?村", {}),
        ("乡村振兴", {"date_to": "2020"}),
        ("前锋王王小~2", {}),  # 前锋王小 is too short for ~2
    ],
)
def test_nothing_is_offered_that_finds_nothing(news: Index, query: str, options: dict[str, Any]) -> None:
    assert news.search(query, **options).suggestions == []


def test_what_was_found_costs_no_advice(news: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("asked for advice")

    monkeypatch.setattr("newsearch.explore.advice.near_queries", never)
    monkeypatch.setattr("newsearch.explore.advice.pinyin_queries", never)
    for query in ("乡村振兴", "台风 渔船", "nba", "乡村*"):
        assert news.search(query).total
    with pytest.raises(AssertionError):
        assert news.search("乡村镇兴").suggestions
