"""What Whoosh's Searcher asks of a segment, answered from its columns."""

from __future__ import annotations

import copy
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Self

import numpy as np
from whoosh.codec import base
from whoosh.columns import Column, ColumnReader
from whoosh.fields import FieldType, Schema
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer
from whoosh.system import pack_uint

from newsearch.codec.segment import Segment
from newsearch.codec.whoosh_codec.fields import (
    Found,
    Layout,
    Numbers,
    exact_lengths,
    open_terms,
    rounded_lengths,
    sortable,
)


class ColumnMatcher(LeafMatcher):
    """The postings of one term, all in one block. `lengths` are of the shortest and the longest document."""

    def __init__(
        self, term: tuple[str, bytes], found: Found, lengths: tuple[int, int], format: Format, scorer: BaseScorer | None
    ) -> None:
        self._term = term
        self._docs: list[int] = found.docs.tolist()
        self._weights: list[float] = found.weights.astype(np.float64).tolist()
        self._lengths = lengths
        self._at = 0
        self.format = format
        self.scorer = scorer

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> Self:
        return copy.copy(self)

    def id(self) -> int:
        return self._docs[self._at]

    def weight(self) -> float:
        return self._weights[self._at]

    def value(self) -> bytes:
        encoded: bytes = pack_uint(int(self.weight())) if self.format.fixed_value_size() else b""
        return encoded

    def next(self) -> bool:
        """True if this was the end of a block."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return not self.is_active()

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._docs, id, self._at)

    def skip_to_quality(self, minquality: float) -> int:
        """Skips the block if nothing in it is better; returns how many were skipped."""
        if not self.is_active() or self.block_quality() > minquality:
            return 0
        self._at = len(self._docs)
        return 1

    def block_min_length(self) -> int:
        return self._lengths[0]

    def block_max_length(self) -> int:
        return self._lengths[1]

    def block_max_weight(self) -> float:
        return max(self._weights)


class ColumnTermsReader(base.TermsReader):
    """The inverted half of a segment."""

    def __init__(self, segment: Segment, schema: Schema, layout: Layout) -> None:
        self._terms = {name: open_terms(segment, name, layout[name], schema[name]) for name in sorted(layout)}
        self._lengths = cache(lambda name: rounded_lengths(exact_lengths(segment, layout[name])))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        fieldname, text = term
        return fieldname in self._terms and len(self._terms[fieldname].find(text).docs) > 0

    def indexed_field_names(self) -> Iterable[str]:
        return self._terms.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, text) for name, terms in self._terms.items() for text in terms.texts)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of one field from `prefix` on."""
        texts = self._terms[fieldname].texts if fieldname in self._terms else []
        return ((fieldname, text) for text in texts[bisect_left(texts, prefix) :])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Raises TermNotFound."""
        found = self._find(fieldname, text)
        first, last = (int(found.docs[place]) for place in (0, -1))
        weights = found.weights
        shortest, longest = self._length_range(fieldname, found)
        return TermInfo(float(weights.sum()), len(found.docs), shortest, longest, float(weights.max()), first, last)

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self._terms[fieldname].find(text).weights.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._terms[fieldname].find(text).docs)

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None) -> ColumnMatcher:
        found = self._find(fieldname, text)
        return ColumnMatcher((fieldname, text), found, self._length_range(fieldname, found), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: FieldType) -> ColumnCursor:
        return ColumnCursor(self, fieldname, fieldobj, self._terms[fieldname].texts)

    def _find(self, fieldname: str, text: bytes) -> Found:
        if (fieldname, text) not in self:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        return self._terms[fieldname].find(text)

    def _length_range(self, fieldname: str, found: Found) -> tuple[int, int]:
        lengths = self._lengths(fieldname)[found.docs]
        return int(lengths.min()), int(lengths.max())


class ColumnCursor(base.FieldCursor):
    """Walks the terms of a field in order."""

    def __init__(self, reader: ColumnTermsReader, fieldname: str, field: FieldType, texts: list[bytes]) -> None:
        self._reader = reader
        self._fieldname = fieldname
        self._field = field
        self._texts = texts
        self._at = 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> Any:
        self._at = bisect_left(self._texts, self._field.to_bytes(term))
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """The term as a value of the field, None after the last one."""
        return self._field.from_bytes(self._texts[self._at]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        return self._reader.term_info(self._fieldname, self._texts[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._texts)


class ColumnPerDocumentReader(base.PerDocumentReader):
    """The other half of a segment: lengths, numbers and what is stored. `deleted` are document numbers; `decode` makes
    stored fields of the bytes that were stored."""

    def __init__(
        self,
        segment: Segment,
        schema: Schema,
        layout: Layout,
        deleted: frozenset[int],
        decode: Callable[[bytes], dict[str, Any]],
    ) -> None:
        self._segment = segment
        self._schema = schema
        self._layout = layout
        self._deleted = deleted
        self._decode = decode
        self._exact = cache(lambda name: exact_lengths(segment, layout.get(name)))
        self._rounded = cache(lambda name: rounded_lengths(self._exact(name)))

    def doc_count_all(self) -> int:
        return self._segment.documents

    def doc_count(self) -> int:
        return self._segment.documents - len(self._deleted)

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> Iterable[int]:
        return iter(sorted(self._deleted))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._rounded(fieldname)[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        return int(self._exact(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        return min(self._rounded(fieldname).tolist(), default=0)

    def max_field_length(self, fieldname: str) -> int:
        return max(self._rounded(fieldname).tolist(), default=0)

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return isinstance(self._layout.get(fieldname), Numbers)

    def list_columns(self) -> list[str]:
        return [name for name in self._layout if self.has_column(name)]

    def column_reader(self, fieldname: str, column: Column) -> NumberReader:
        place = self._layout[fieldname]
        if not isinstance(place, Numbers):
            raise TypeError(f"field {fieldname}: only numbers are in document columns")
        values = self._segment.column(place.column).astype(np.int64)
        keys = sortable(values, self._schema[fieldname]).tolist()
        missing = column.default_value()
        return NumberReader([missing if value == place.none else key for value, key in zip(values, keys, strict=True)])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self._decode(self._segment.stored(docnum))


class NumberReader(ColumnReader):
    """A column of numbers as Whoosh sorts them."""

    def __init__(self, keys: list[int]) -> None:
        self._keys = keys
        self._reverse = False

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, docnum: int) -> int:
        return self._keys[docnum]

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def sort_key(self, docnum: int) -> int:
        return -self._keys[docnum] if self._reverse else self._keys[docnum]

    def set_reverse(self) -> None:
        self._reverse = True
