"""Where a few documents stand in the lists of many terms, through all segments in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.codec.builder import frequencies_of
from newsearch.codec.lookup import Lists, codes_at, look_up
from newsearch.codec.packing import LARGE, ranges
from newsearch.codec.segment import ASTRAY, Postings


class Occurrences(NamedTuple):
    """Where documents have terms: the numbers of both among those asked for (int64), and how often the term occurs in
    each field (0 for a bigram, of which nobody counts that)."""

    terms: NDArray[np.int64]
    docs: NDArray[np.int64]
    title: NDArray[Any]
    lead: NDArray[Any]
    body: NDArray[Any]

    @classmethod
    def none(cls) -> Occurrences:
        return cls(*(np.zeros(0, np.int64) for _ in range(2)), *(np.zeros(0, np.uint8) for _ in range(3)))


class TermPart(NamedTuple):
    """The postings of a term in one segment, under a number for the term, and the number of the segment's first
    document."""

    term: int
    base: int
    postings: Postings


def joined(found: Iterable[Occurrences]) -> Occurrences:
    return Occurrences(*map(np.concatenate, zip(Occurrences.none(), *found, strict=True)))


def packed_occurrences(parts: Sequence[TermPart], docs: NDArray[np.uint32]) -> Occurrences:
    """Where some ascending documents stand in packed lists, which are not unpacked; in no particular order. Raises
    IndexDamaged."""
    if not parts or not len(docs):
        return Occurrences.none()
    terms, bases, postings = zip(*parts, strict=True)
    for segment in {part.segment for part in postings}:
        segment.file.look()
    base = np.array(bases, np.uint32)
    documents = np.array([part.segment.documents for part in postings], np.uint32)
    # Pairs of a list and each of the documents that its segment has.
    first = docs.searchsorted(base)
    counts = docs.searchsorted(base + documents) - first
    lists = np.arange(len(parts)).repeat(counts)
    places = ranges(first, counts)
    try:
        packed = Lists.of([part.packed for part in postings], [part.frequency for part in postings], documents)
        found = look_up(packed, lists, docs[places] - base[lists])
        counted = np.array([part.has_codes for part in postings], np.bool_)[found.lists].nonzero()[0]
        words = found.lists[counted]
        codes, among_large = codes_at(packed, words, found.places[counted])
        rows = zip(words[codes == LARGE].tolist(), among_large.tolist(), strict=True)
        large = np.array([postings[word].large(row) for word, row in rows], np.uint16).reshape(-1, 3)
    except ASTRAY:
        raise postings[0].astray() from None
    fields = np.zeros((3, len(found.lists)), np.uint16)
    fields[:, counted] = frequencies_of(codes, large)
    return Occurrences(np.array(terms)[found.lists], places[found.pairs], *fields)
