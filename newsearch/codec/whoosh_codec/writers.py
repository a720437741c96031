"""Segments that Whoosh's own SegmentWriter fills: the same columns, each field with terms of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.columns import Column, NumericColumn
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage
from whoosh.util.numeric import from_sortable

from newsearch.codec.builder import MOST_DOCUMENTS, SegmentBuilder, compressor
from newsearch.codec.whoosh_codec.fields import MARK, Layout, Numbers, Words


@dataclass(slots=True)
class Draft:
    """A segment on its way: what its two writers have gathered. Lengths and numbers are by field and document;
    `occurrences` holds, term by term in `vocabulary`, the documents it is in, repeated as often as it stands there."""

    stored: list[bytes] = field(default_factory=list)
    lengths: dict[str, dict[int, int]] = field(default_factory=dict)
    numbers: dict[str, dict[int, int]] = field(default_factory=dict)
    vocabulary: list[str] = field(default_factory=list)
    occurrences: list[NDArray[np.uint32]] = field(default_factory=list)


class ColumnPerDocumentWriter(base.PerDocumentWriter):
    """Gathers stored fields and lengths. Numbers come to the other writer as terms."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._stored: dict[str, Any] = {}
        self._lengths: dict[str, int] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        if docnum != len(self._draft.stored):
            raise ValueError(f"document {docnum} out of turn: the next one is {len(self._draft.stored)}")
        if docnum == MOST_DOCUMENTS:
            raise ValueError(f"a segment has at most {MOST_DOCUMENTS:,} documents")
        self._stored, self._lengths = {}, {}

    def add_field(self, fieldname: str, fieldobj: FieldType, value: Any, length: int | None) -> None:
        if value is not None:
            self._stored[fieldname] = value
        if length and fieldobj.scorable:
            self._lengths[fieldname] = length

    def add_column_value(self, fieldname: str, columnobj: Column, value: Any) -> None:
        if not isinstance(columnobj, NumericColumn):
            raise TypeError(f"field {fieldname}: document columns hold numbers only")

    def add_vector_items(self, fieldname: str, fieldobj: FieldType, items: Iterable[Any]) -> None:
        raise TypeError(f"field {fieldname}: columns have no vectors")

    def finish_doc(self) -> None:
        document = len(self._draft.stored)
        self._draft.stored.append(json.dumps(self._stored, ensure_ascii=False).encode())
        for name, length in self._lengths.items():
            self._draft.lengths.setdefault(name, {})[document] = length

    def cancel_doc(self) -> None:
        """The document is given up; the next one has its number."""

    def close(self) -> None:
        self.is_closed = True


class ColumnFieldWriter(base.FieldWriter):
    """Gathers terms, which come field by field in order, and writes the segment to `name` when it is closed."""

    def __init__(self, storage: Storage, name: str, layout: Layout, draft: Draft) -> None:
        self._storage = storage
        self._name = name
        self._layout = layout
        self._draft = draft
        self._fieldname = ""
        self._field: FieldType = None
        self._place: Words | Numbers = Words()
        self._text = b""
        self._docs: list[int] = []
        self._frequencies: list[int] = []
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        """Raises TypeError for a field that columns cannot hold."""
        place = self._layout.get(fieldname)
        if not isinstance(place, Numbers) and not (isinstance(place, Words) and place.own and len(place.parts) == 1):
            raise TypeError(f"field {fieldname}: this layout is for reading only")
        if isinstance(place, Numbers) and fieldobj.numtype is not int:
            raise TypeError(f"field {fieldname}: document columns hold whole numbers only")
        if fieldobj.format.supports("positions"):
            raise TypeError(f"field {fieldname}: columns have no positions; make it TEXT(phrase=False)")
        self._fieldname, self._field, self._place = fieldname, fieldobj, place

    def start_term(self, text: bytes) -> None:
        self._text = text
        self._docs, self._frequencies = [], []

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        if weight != int(weight):
            raise ValueError(f"field {self._fieldname}: columns hold frequencies, not boosts such as {weight}")
        self._docs.append(docnum)
        self._frequencies.append(int(weight))

    def finish_term(self) -> None:
        if isinstance(self._place, Words):
            self._draft.vocabulary.append(self._fieldname + MARK + self._text.decode())
            places = np.array(self._docs, np.uint32) << np.uint32(2) | np.uint32(self._place.parts[0])
            self._draft.occurrences.append(np.repeat(places, self._frequencies))
        elif self._text[0] == 0:  # at full precision; the others follow from it
            field = self._field
            number = from_sortable(int, field.bits, field.signed, int.from_bytes(self._text[1:], "big"))
            numbers = self._draft.numbers.setdefault(self._place.column, {})
            for document in self._docs:
                if numbers.setdefault(document, number) != number:
                    raise ValueError(f"field {self._fieldname}: a document has one number there, not several")

    def close(self) -> None:
        self.is_closed = True
        file = self._storage.create_file(self._name)
        try:
            _write(file, self._layout, self._draft)
        finally:
            file.close()


def _write(file: Any, layout: Layout, draft: Draft) -> None:
    """Writes the segment that has been gathered."""
    builder = SegmentBuilder()
    counts = [len(places) for places in draft.occurrences]
    terms = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    builder.add_words(terms, np.concatenate([np.zeros(0, np.uint32), *draft.occurrences]))
    columns: dict[str, NDArray[Any]] = {}
    for name, place in layout.items():
        if isinstance(place, Numbers):
            columns[place.column] = _column(draft, draft.numbers.get(name, {}), place.none, np.int64)
        elif isinstance(place, Words):
            columns |= {column: _column(draft, draft.lengths.get(name, {}), 0, np.uint32) for column in place.lengths}
    compress = compressor(b"").compress
    builder.add_documents([compress(record) for record in draft.stored], columns)
    builder.write(file, draft.vocabulary)


def _column(draft: Draft, values: dict[int, int], missing: int, dtype: type[np.generic]) -> NDArray[Any]:
    """A document column with `missing` for the documents that have no value."""
    column = np.full(len(draft.stored), missing, dtype)
    column[list(values)] = list(values.values())
    return column
