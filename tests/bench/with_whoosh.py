"""Whoosh with its stock codec, writer and searcher."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index
from whoosh import query as nodes

from .articles import rows
from .engine import Engine, Searching
from .queries import Query
from .segmentation import words

_FIELDS = ("title", "body")
# Megabytes that a writer collects before it writes them out.
_HEAP = 256


def _build(path: Path, folder: Path) -> None:
    folder.mkdir()
    text = fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer())
    schema = fields.Schema(
        id=fields.ID(stored=True), title=text, body=text, date=fields.NUMERIC(stored=True), text=fields.STORED
    )
    writer = index.create_in(str(folder), schema).writer(limitmb=_HEAP)
    for row in rows(path):
        writer.add_document(
            id=row["id"],
            title=" ".join(words(row["title"])),
            body=" ".join(words(row["body"])),
            date=_day(row["date"]),
            text=[row["title"], row["body"]],
        )
    writer.commit()


def _open(folder: Path) -> Searching:
    searcher = index.open_dir(str(folder)).searcher()
    return Searching(lambda query: [hit["id"] for hit in searcher.search(_parsed(query), limit=10)])


def _parsed(query: Query) -> Any:
    cut = words(query.text)
    if query.match == "exact":
        return nodes.Or([nodes.Phrase(field, cut) for field in _FIELDS])
    each = [nodes.Or([nodes.Term(field, word) for field in _FIELDS]) for word in dict.fromkeys(cut)]
    parsed = nodes.And(each) if query.match == "all" else nodes.Or(each)
    if query.since:
        return nodes.And([parsed, nodes.NumericRange("date", _day(query.since), _day(query.until))])
    return parsed


def _day(date: str) -> int:
    return int(date.replace("-", ""))


ENGINE = Engine(_build, _open)
