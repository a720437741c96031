"""Occurrences → postings: sorting and counting as whole-array operations.

An occurrence is (term, document, field); a posting is (document, how often the term occurs in each field), the three
frequencies written as one code of `newsearch.codec.packing`. All functions are pure and know no files.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Documents of one segment are numbered below 2 ** DOCUMENT_BITS, terms below 2 ** 40.
DOCUMENT_BITS = 22
_FIELD_BITS = 2
TITLE, LEAD, BODY = range(3)
# What fits in a code: title << 6 | lead << 3 | body.
_MOST = np.array([3, 7, 7])
_SHIFT = np.array([6, 3, 0])


class GroupedPostings(NamedTuple):
    """The postings of many terms, one after another.

    `terms` (uint64, ascending) are those that occur and `frequencies` (int64) how many postings each has; `docs`
    (uint32) and `codes` (uint8) are the postings. Where a code is 0, the next row of `large` (uint16: title, lead,
    body) has the frequencies, which did not fit.
    """

    terms: NDArray[np.uint64]
    frequencies: NDArray[np.int64]
    docs: NDArray[np.uint32]
    codes: NDArray[np.uint8]
    large: NDArray[np.uint16]


def pack_occurrences(terms: NDArray[np.uint64], places: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Occurrences as single numbers whose order is that of term, document, field; a place is document << 2 | field."""
    return terms << np.uint64(DOCUMENT_BITS + _FIELD_BITS) | places


def group(occurrences: NDArray[np.uint64]) -> GroupedPostings:
    """Sorts packed occurrences (in place) and counts them. A frequency above 65,535 stays at that."""
    occurrences.sort()
    starts = _starts(occurrences)
    counts = np.diff(starts, append=len(occurrences))
    distinct = occurrences[starts]
    fields = (distinct & np.uint64(3)).astype(np.uint8)
    distinct >>= np.uint64(_FIELD_BITS)
    first = _starts(distinct)
    if not len(first):
        nothing = np.zeros(0, np.int64)
        return GroupedPostings(
            occurrences, nothing, nothing.astype(np.uint32), nothing.astype(np.uint8), np.zeros((0, 3), np.uint16)
        )
    too_many = counts > _MOST[fields]
    codes = np.add.reduceat(np.minimum(counts, 7) << _SHIFT[fields], first)
    over = np.unique(np.searchsorted(first, np.flatnonzero(too_many), side="right") - 1)
    codes[over] = 0
    large = np.zeros((len(over), 3), np.uint16)
    for row, posting in enumerate(over.tolist()):  # rare
        end = first[posting + 1] if posting + 1 < len(first) else len(counts)
        mine = slice(first[posting], end)
        large[row, fields[mine]] = np.minimum(counts[mine], 0xFFFF)
    pairs = distinct[first]
    docs = (pairs & np.uint64((1 << DOCUMENT_BITS) - 1)).astype(np.uint32)
    pairs >>= np.uint64(DOCUMENT_BITS)
    term_starts = _starts(pairs)
    frequencies = np.diff(term_starts, append=len(pairs))
    return GroupedPostings(pairs[term_starts], frequencies, docs, codes.astype(np.uint8), large)


def _starts(ascending: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each distinct value of a sorted array begins."""
    changes = np.empty(len(ascending), np.bool_)
    changes[:1] = True
    np.not_equal(ascending[1:], ascending[:-1], out=changes[1:])
    return np.flatnonzero(changes)
