"""Occurrences → postings: sorting and counting as whole-array operations.

An occurrence is (term, document, field); a posting is (document, how often the term occurs in each field). All
functions are pure and know no files.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Documents of one segment are numbered below this, terms below 2 ** 40.
DOCUMENT_BITS = 22
_FIELD_BITS = 2
TITLE, LEAD, BODY = range(3)


class Postings(NamedTuple):
    """The postings of one term: documents ascending, each once, and the frequencies in each field.

    `docs` is uint32 and the frequencies are uint16 (a higher count stays at 65,535), all of one length. `body`
    counts the text after the lead. An unknown term has empty arrays, never None.
    """

    docs: NDArray[np.uint32]
    title: NDArray[np.uint16]
    lead: NDArray[np.uint16]
    body: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.docs)


class GroupedPostings(NamedTuple):
    """The postings of many terms, one after another.

    `terms` (uint64, ascending) are those that occur; the postings of `terms[i]` are
    `postings[offsets[i] : offsets[i + 1]]`, `offsets` (int64) has one element more than `terms`.
    """

    terms: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    postings: Postings


EMPTY = Postings(np.zeros(0, np.uint32), *(np.zeros(0, np.uint16) for _ in range(3)))


def pack(terms: NDArray[np.uint64], docs: NDArray[np.uint64], fields: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Occurrences as single numbers whose order is that of term, document, field."""
    return (terms << np.uint64(DOCUMENT_BITS) | docs) << np.uint64(_FIELD_BITS) | fields


def group(occurrences: NDArray[np.uint64]) -> GroupedPostings:
    """Sorts packed occurrences (in place) and counts them."""
    occurrences.sort()
    distinct, starts = _distinct(occurrences)
    counts = np.minimum(np.diff(starts, append=len(occurrences)), 0xFFFF).astype(np.uint16)
    places = distinct >> np.uint64(_FIELD_BITS)
    fields = (distinct & np.uint64(3)).astype(np.uint8)
    pairs, first = _distinct(places)
    number = np.zeros(len(places), np.int64)
    number[first[1:]] = 1
    number = np.cumsum(number)
    columns = []
    for field in (TITLE, LEAD, BODY):
        column = np.zeros(len(pairs), np.uint16)
        chosen = fields == field
        column[number[chosen]] = counts[chosen]
        columns.append(column)
    docs = (pairs & np.uint64((1 << DOCUMENT_BITS) - 1)).astype(np.uint32)
    terms, offsets = _distinct(pairs >> np.uint64(DOCUMENT_BITS))
    return GroupedPostings(terms, np.append(offsets, len(pairs)).astype(np.int64), Postings(docs, *columns))


def _distinct(ascending: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The distinct values of a sorted array and where each begins."""
    if not len(ascending):
        return ascending, np.zeros(0, np.int64)
    starts = np.concatenate((np.zeros(1, np.int64), np.flatnonzero(ascending[1:] != ascending[:-1]) + 1))
    return ascending[starts], starts
