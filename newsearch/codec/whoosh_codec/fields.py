"""What a field of Whoosh's is in a segment: words, bigrams or a document column.

Statistics are those of Whoosh's stock codec, because scores depend on them: they count deleted documents, and a
document's length is rounded to one of 256 lengths while the total over documents is exact. There are no positions,
vectors or boosts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import NUMERIC, FieldType, Schema
from whoosh.util.numeric import byte_to_length, length_to_byte

from newsearch.codec.builder import CHARACTER_BITS
from newsearch.codec.postings import BODY
from newsearch.codec.segment import Postings, Segment

#: Parts the name of a field and its term in the words of a segment, for a field with terms of its own.
MARK = "\x1f"
# Stands in a document column of Whoosh's making for a document without a number.
_NO_NUMBER = -(1 << 63)
_CHARACTER = (1 << CHARACTER_BITS) - 1


@dataclass(frozen=True, slots=True)
class Words:
    """A field whose terms are words of the segment: its `own`, which begin with its name and MARK, or else those
    without a MARK, which several fields share. A term's frequency is the sum of those in `parts` (TITLE, LEAD, BODY),
    a document's length that of the document columns `lengths`."""

    parts: tuple[int, ...] = (BODY,)
    lengths: tuple[str, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class Bigrams:
    """A field whose terms are the bigrams of one kind in the segment, two characters each, without frequencies."""

    kind: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """A NUMERIC field of whole numbers in a document column; documents with `none` there have no number."""

    column: str
    none: int = _NO_NUMBER


Layout = Mapping[str, Words | Bigrams | Numbers]


def own_layout(schema: Schema) -> Layout:
    """A layout for any schema: each field has terms of its own, lengths and numbers have a document column each."""
    return {name: _own_place(name, field) for name, field in schema.items() if field.indexed}


def _own_place(name: str, field: FieldType) -> Words | Numbers:
    if isinstance(field, NUMERIC):
        return Numbers(name)
    return Words(lengths=(f"{name}_length",) if field.scorable else ())


class Found(NamedTuple):
    """The postings of one term: documents (uint32, ascending, each once) and weights (int64) alike in length; none for
    an unknown term."""

    docs: NDArray[np.uint32]
    weights: NDArray[np.int64]


NOTHING = Found(np.zeros(0, np.uint32), np.zeros(0, np.int64))


class FieldTerms(Protocol):
    """The terms of one field in one segment, as bytes the way Whoosh writes them."""

    @property
    def texts(self) -> list[bytes]:
        """Every term of the field, ascending. Reads all postings of the segment."""
        ...

    def find(self, text: bytes) -> Found: ...


def open_terms(segment: Segment, name: str, place: Words | Bigrams | Numbers, field: FieldType) -> FieldTerms:
    """The terms of the field `name`, which the schema describes by `field`."""
    if isinstance(place, Numbers):
        return NumberTerms(segment, place, field)
    # A format without values says only that a term is there.
    counted = field.format.fixed_value_size() != 0
    if isinstance(place, Bigrams):
        return BigramTerms(segment, place)
    return WordTerms(segment, name, place, counted)


class WordTerms:
    def __init__(self, segment: Segment, name: str, place: Words, counted: bool) -> None:
        self._segment = segment
        self._own = place.own
        self._prefix = name + MARK if place.own else ""
        self._parts = place.parts
        self._counted = counted
        self.find = lru_cache(maxsize=512)(self._find)

    @cached_property
    def texts(self) -> list[bytes]:
        words = (word for word in self._segment.terms(self._prefix) if self._own or MARK not in word)
        texts = sorted(word.removeprefix(self._prefix).encode() for word in words)
        return [text for text in texts if len(self._find(text).docs)]

    def _find(self, text: bytes) -> Found:
        word = _decoded(text)
        if not self._own and MARK in word:
            return NOTHING
        return _counted(self._segment.word(self._prefix + word), self._parts, self._counted)


class BigramTerms:
    def __init__(self, segment: Segment, place: Bigrams) -> None:
        self._segment = segment
        self._kind = place.kind
        self.find = lru_cache(maxsize=512)(self._find)

    @cached_property
    def texts(self) -> list[bytes]:
        keys = self._segment.bigram_keys(self._kind).tolist()
        return [(chr(key >> CHARACTER_BITS) + chr(key & _CHARACTER)).encode() for key in keys]

    def _find(self, text: bytes) -> Found:
        pair = _decoded(text)
        if len(pair) != 2:
            return NOTHING
        key = ord(pair[0]) << CHARACTER_BITS | ord(pair[1])
        postings = self._segment.bigram(key, self._kind)
        docs = postings.docs() if postings else NOTHING.docs
        return Found(docs, np.ones(len(docs), np.int64))


class NumberTerms:
    """The terms that Whoosh makes of numbers: each number as it is, and without its last bits at several precisions, so
    that a range needs few of them."""

    def __init__(self, segment: Segment, place: Numbers, field: NUMERIC) -> None:
        values = segment.column(place.column).astype(np.int64)
        self._field = field
        self._shifts = range(0, field.bits, field.shift_step) if field.shift_step else range(1)
        self._docs = np.flatnonzero(values != place.none).astype(np.uint32)
        self._numbers = sortable(values[self._docs], field)

    @cached_property
    def texts(self) -> list[bytes]:
        numbers = np.unique(self._numbers).tolist()
        return sorted({self._field.sortable_to_bytes(number, shift) for number in numbers for shift in self._shifts})

    def find(self, text: bytes) -> Found:
        if len(text) != 1 + self._field.bits // 8 or text[0] not in self._shifts:
            return NOTHING
        number = np.uint64(int.from_bytes(text[1:], "big"))
        docs = self._docs[self._numbers >> np.uint64(text[0]) == number]
        return Found(docs, np.ones(len(docs), np.int64))


def sortable(numbers: NDArray[np.int64], field: NUMERIC) -> NDArray[np.uint64]:
    """Numbers as Whoosh keeps them, from 0 up."""
    lowest = np.uint64(1 << (field.bits - 1) if field.signed else 0)
    return numbers.astype(np.uint64) + lowest


def exact_lengths(segment: Segment, place: Words | Bigrams | Numbers | None) -> NDArray[np.int64]:
    """How many words each document has in a field; 0 where lengths are not kept."""
    lengths = np.zeros(segment.documents, np.int64)
    for name in place.lengths if isinstance(place, Words) else ():
        lengths += segment.column(name)
    return lengths


def rounded_lengths(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lengths that Whoosh's stock codec would give: it keeps a byte for each."""
    distinct, places = np.unique(lengths, return_inverse=True)
    known = np.array([byte_to_length(length_to_byte(length)) for length in distinct.tolist()], np.int64)
    return known[places]


def _decoded(text: bytes) -> str:
    """A term as text; bytes that are none become characters that stand in no text."""
    return text.decode("utf-8", "surrogateescape")


def _counted(postings: Postings | None, parts: tuple[int, ...], counted: bool) -> Found:
    if postings is None:
        return NOTHING
    frequencies = postings.frequencies()
    weights = np.zeros(postings.frequency, np.int64)
    for part in parts:
        weights += frequencies[part]
    there = weights > 0
    docs = postings.docs()[there]
    return Found(docs, weights[there] if counted else np.ones(len(docs), np.int64))
