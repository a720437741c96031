"""Tantivy, set up as its documentation advises: one bulk writer with all its threads, one searcher, no counting.

Text goes in segmented, a space between the words; ids and the original texts are stored; the day is a fast field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from .articles import Row, rows
from .engine import Card, Engine, Searching
from .queries import Query
from .segmentation import words

_HEAP = 512 << 20
_FIELDS = ("title", "body")
# Characters of a snippet, and how many of them stand before its first hit.
_WINDOW, _BEFORE = 120, 20


class Segmented(NamedTuple):
    """An article, and its title and body with a space between the words."""

    row: Row
    title: str
    body: str


def segmented(row: Row) -> Segmented:
    return Segmented(row, " ".join(words(row["title"])), " ".join(words(row["body"])))


def _build(path: Path, folder: Path) -> None:
    write(map(segmented, rows(path)), folder)


def write(articles: Iterable[Segmented], folder: Path) -> None:
    """Builds an index in a folder that is not there yet."""
    folder.mkdir()
    writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=_HEAP)
    for row, title, body in articles:
        writer.add_document(
            tantivy.Document(
                id=row["id"],
                title=title,
                body=body,
                date=_day(row["date"]),
                stored_title=row["title"].encode(),
                stored_body=row["body"].encode(),
            )
        )
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in _FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        builder.add_bytes_field(f"stored_{field}", stored=True)
    builder.add_integer_field("date", indexed=True, fast=True)
    return builder.build()


def _open(folder: Path) -> Searching:
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()

    def found(query: Query) -> list[tantivy.Document]:
        hits = searcher.search(_parsed(index.schema, query), 10, count=False).hits
        return [searcher.doc(address) for _, address in hits]

    def cards(query: Query) -> list[Card]:
        marked = re.compile("|".join(map(re.escape, [query.text] if query.match == "exact" else words(query.text))))
        return [_card(document, marked) for document in found(query)]

    def total(query: Query) -> int:
        counted: Any = searcher.search(_parsed(index.schema, query), 1, count=True)
        return int(counted.count)

    return Searching(lambda query: [document["id"][0] for document in found(query)], cards, total)


def _parsed(schema: tantivy.Schema, query: Query) -> tantivy.Query:
    must = tantivy.Occur.Must
    cut = list(dict.fromkeys(words(query.text)))
    if query.match == "exact":
        return _either([_phrase(schema, field, words(query.text)) for field in _FIELDS])
    if query.match == "any":
        # Flat, so that block-max pruning sees every term.
        return _either([_term(schema, field, word) for word in cut for field in _FIELDS])
    clauses = [(must, _either([_term(schema, field, word) for field in _FIELDS])) for word in cut]
    if query.since:
        first, last = _day(query.since), _day(query.until)
        clauses.append((must, tantivy.Query.range_query(schema, "date", tantivy.FieldType.Integer, first, last)))
    return clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _term(schema: tantivy.Schema, field: str, word: str) -> tantivy.Query:
    return tantivy.Query.term_query(schema, field, word, index_option="freq")  # positions need not be read


def _phrase(schema: tantivy.Schema, field: str, cut: Sequence[str]) -> tantivy.Query:
    return tantivy.Query.phrase_query(schema, field, list(cut)) if len(cut) > 1 else _term(schema, field, cut[0])


def _card(document: tantivy.Document, marked: re.Pattern[str]) -> Card:
    """Tantivy's own snippets are of the segmented text; these, of the original, are the cheapest that do the work."""
    title, body = (document[f"stored_{field}"][0].decode() for field in _FIELDS)
    first = marked.search(body)
    start = max(0, first.start() - _BEFORE) if first else 0
    snippet = body[start : start + _WINDOW]
    spans = ([match.span() for match in marked.finditer(text)] for text in (title, snippet))
    return Card(title, next(spans), snippet, next(spans))


def _day(date: str) -> int:
    return int(date.replace("-", ""))


ENGINE = Engine(_build, _open)
