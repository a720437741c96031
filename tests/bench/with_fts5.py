"""SQLite FTS5: the segmented text in a table without content of its own, the original beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .articles import rows
from .engine import Engine, Searching
from .queries import Query
from .segmentation import words

_JOINED = {"all": " AND ", "any": " OR "}


def _build(path: Path, folder: Path) -> None:
    folder.mkdir()
    base = sqlite3.connect(folder / "news.db")
    base.execute("CREATE TABLE article (id TEXT, date TEXT, title TEXT, body TEXT)")
    base.execute("CREATE VIRTUAL TABLE news USING fts5(title, body, content='')")
    for number, row in enumerate(rows(path), 1):
        base.execute("INSERT INTO article VALUES (?, ?, ?, ?)", (row["id"], row["date"], row["title"], row["body"]))
        cut = (number, " ".join(words(row["title"])), " ".join(words(row["body"])))
        base.execute("INSERT INTO news(rowid, title, body) VALUES (?, ?, ?)", cut)
    base.execute("INSERT INTO news(news) VALUES ('optimize')")
    base.commit()
    base.close()


def _open(folder: Path) -> Searching:
    base = sqlite3.connect(folder / "news.db")

    def ids(query: Query) -> list[str]:
        where = "AND article.date BETWEEN ? AND ?" if query.since else ""
        # Sorting by `rank` rather than by bm25() lets FTS5 stop at the limit.
        statement = f"""SELECT article.id FROM news JOIN article ON article.rowid = news.rowid
            WHERE news MATCH ? {where} ORDER BY rank LIMIT 10"""
        days = (query.since, query.until) if query.since else ()
        return [row[0] for row in base.execute(statement, (_parsed(query), *days))]

    return Searching(ids)


def _parsed(query: Query) -> str:
    cut = words(query.text)
    if query.match == "exact":
        return f'"{" ".join(cut)}"'
    return _JOINED[query.match].join(f'"{word}"' for word in dict.fromkeys(cut))


ENGINE = Engine(_build, _open)
