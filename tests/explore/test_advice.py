"""Latin letters that stand nowhere, read as pinyin."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsearch
from newsearch import Index


@pytest.mark.parametrize(
    ("query", "reading"),
    [
        ("xiangcunzhenxing", "乡村振兴"),
        ("XiangCun ZhenXing", "乡村振兴"),
        ("xiangcun'zhenxing", "乡村振兴"),
        ("xczx", "乡村振兴"),
        ("xczhx", "乡村振兴"),
        ("taifeng", "台风"),
        ("zuqiu", "足球"),
        ("yinhang", "银行"),
        ("taifeng yuchuan", "台风 渔船"),
    ],
)
def test_pinyin_finds_what_it_reads_as(news: Index, query: str, reading: str) -> None:
    results, expected = news.search(query, limit=3), news.search(reading, limit=3)
    assert [(hit.id, hit.score) for hit in results] == [(hit.id, hit.score) for hit in expected]
    assert (results.total, results.query, results.relaxed) == (expected.total, query, False)
    assert results.notes == [f"{query} stands nowhere and was read as pinyin: {reading}"]
    assert results.to_mapping()["notes"] == results.notes
    assert reading not in results.suggestions
    assert any(hit.title_highlights or hit.snippet.highlights for hit in results)


def test_filters_facets_and_pages_hold(news: Index) -> None:
    options = {"author": "钱小梅", "facets": ["author"], "offset": 1, "limit": 2}
    results = news.search("xczx", **options)
    assert (results.total, len(results)) == (6, 2)
    assert results.facets == {"author": {"赵明亮": 6, "钱小梅": 6}}


@pytest.mark.parametrize(
    "query",
    [
        "nba",
        "zzzz",
        "xczx3",
        '"xczx"',
        "xczx*",
        "标题:xczx",
        "xczx -台风",
        "x" * 41,
        "taifeng zzzz",
        "xczx AND taifeng",
    ],
)
def test_what_is_not_read_as_pinyin(news: Index, query: str) -> None:
    assert not [note for note in news.search(query).notes if "pinyin" in note]


def test_letters_that_stand_somewhere_are_not(news: Index) -> None:
    """Filters may leave nothing, but the letters are no pinyin for all that."""
    results = news.search("nba", source="海港晚报")
    assert (results.total, results.notes) == (0, [])


def test_the_most_frequent_reading_counts(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": str(n), "title": "事实"} for n in range(3)] + [{"id": "x", "title": "时事"}])
        results = index.search("shishi")
        assert (results.total, results.suggestions) == (3, ["时事"])
