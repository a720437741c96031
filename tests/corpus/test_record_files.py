"""Dumps, data sets and spreadsheets of many makes: what is found in each record."""

from __future__ import annotations

from pathlib import Path

import pytest
from any_file import read_bytes
from record_files import FILES, KILN, SNOW, Wanted

from newsearch.article import Article
from newsearch.corpus.facts.fields import FieldNames
from newsearch.corpus.frames import rows_of


def told(article: Article) -> Wanted:
    day = article.date.isoformat() if article.date else ""
    return Wanted(article.title, article.body, day, article.authors, article.source, article.url)


@pytest.mark.parametrize("make", FILES)
def test_files(make: str, tmp_path: Path) -> None:
    file = FILES[make]
    found = read_bytes(tmp_path, file.name, file.content)
    assert tuple(map(told, found.articles)) == file.wanted
    assert found.rejections == []


TITLES, BODIES = [KILN[0], SNOW[0]], [KILN[1], SNOW[1]]


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ({"title": TITLES, "content": BODIES}, 2),
        ({"title": TITLES, "content": BODIES, "tags": ["窑"], "url": None}, 2),
        ({"title": {"0": KILN[0], "1": SNOW[0]}, "content": BODIES}, None),
        ({"title": KILN[0], "content": BODIES}, None),
        ({"title": [KILN[0]], "content": [KILN[1]]}, None),
        ({"title": TITLES, "content": [KILN[1]]}, None),
        ({"title": {"rendered": KILN[0]}, "content": {"rendered": KILN[1]}}, None),
        ({"columns": ["title", "content"], "data": [[*KILN], [*SNOW]]}, 2),
        ({"columns": ["price"], "data": [[1]]}, None),
        ({"columns": ["title", 3], "data": [[*KILN]]}, None),
        ({"columns": ["title"], "data": [KILN[0]]}, None),
        ({"title": KILN[0]}, None),
    ],
)
def test_tables_by_columns(value: dict[str, object], count: int | None) -> None:
    rows = rows_of(value, FieldNames())
    assert (None if rows is None else len(rows)) == count
    if rows:
        assert [row["title"] for row in rows] == TITLES


@pytest.mark.parametrize(
    ("record", "title", "source", "day"),
    [
        ({"name": "老窑", "content": "点火了。"}, "老窑", None, None),
        ({"name": "贺兰亭", "title": "老窑", "content": "点火了。"}, "老窑", None, None),
        ({"title": "老窑", "source": "iPhone客户端", "user": {"screen_name": "江口发布"}}, "老窑", "江口发布", None),
        ({"title": "老窑", "user": "admin"}, "老窑", None, None),
        ({"title": "老窑", "publish_time": "3小时前", "ctime": 1710124200}, "老窑", None, "2024-03-11"),
        ({"title": "老窑", "pubdate": {"$date": "2024-03-10T17:30:00Z"}}, "老窑", None, "2024-03-11"),
        ({"title": "老窑", "pubdate": {"$date": "2024-03-10T15:30:00Z"}}, "老窑", None, "2024-03-10"),
    ],
)
def test_names_that_stand_in(record: dict[str, object], title: str, source: str | None, day: str | None) -> None:
    names = FieldNames()
    found = names.mapped(record)
    assert (found["title"], found.get("source")) == (title, source)
    assert (str(found["date"]) if "date" in found else None) == day
    assert names.warnings() == []


def test_a_name_alone_makes_no_article() -> None:
    assert not FieldNames().is_article({"name": "江口发布", "id": 1})


def test_dates_are_counted_only_where_no_name_tells_one() -> None:
    names = FieldNames()
    names.mapped({"title": "老窑", "publish_time": "昨天", "ctime": "前天"})
    assert names.undated == 1
    assert "昨天" in names.warnings()[0]
