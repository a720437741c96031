"""Occurrences → postings: ordering and counting as whole-array operations.

An occurrence is (term, document, field); a posting is (document, how often the term occurs in each field), the three
frequencies written as one code of `newsearch.codec.packing`. All functions are pure and know no files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsearch.codec.packing import LARGE, ranges

#: Documents of one segment are numbered below 2 ** DOCUMENT_BITS.
DOCUMENT_BITS = 22
TITLE, LEAD, BODY = range(3)
# What fits in a code: title << 6 | lead << 3 | body.
_MOST = np.array([3, 7, 7])
_SHIFT = np.array([6, 3, 0], np.uint16)
# Postings that are combined at a time.
_CHUNK = 500_000
#: The ordinal of a term that has no live documents.
DEAD = -1

Frequencies = NDArray[np.int64]
_Number = TypeVar("_Number", np.uint32, np.uint64)


class Lists(NamedTuple):
    """The postings of some terms, one term after another: documents (uint32, ascending within a term) and codes
    (uint8), None for terms of which only the documents are kept. Where a code is 0, the next row of `large` (uint16:
    title, lead, body) has the frequencies, which did not fit."""

    docs: NDArray[Any]
    codes: NDArray[np.uint8] | None
    large: NDArray[np.uint16]

    def take(self, begin: Frequencies, counts: Frequencies) -> Lists:
        """The postings of other terms of them, in another order."""
        if len(begin) and (begin[1:] == begin[:-1] + counts[:-1]).all():  # one after another as they are
            return self._between(int(begin[0]), int(begin[-1] + counts[-1]))
        at = ranges(begin, counts)
        if self.codes is None:
            return Lists(self.docs.take(at), None, NO_ROWS)
        codes, large = self.codes.take(at), self.large
        if len(large):
            row = np.cumsum(self.codes == LARGE) - 1
            large = large[row[at[codes == LARGE]]]
        return Lists(self.docs.take(at), codes, large)

    def _between(self, start: int, stop: int) -> Lists:
        if self.codes is None:
            return Lists(self.docs[start:stop], None, NO_ROWS)
        codes, large = self.codes[start:stop], self.large
        if len(large):
            first = np.count_nonzero(self.codes[:start] == LARGE)
            large = large[first : first + np.count_nonzero(codes == LARGE)]
        return Lists(self.docs[start:stop], codes, large)


NO_ROWS: NDArray[np.uint16] = np.zeros((0, 3), np.uint16)


class Grouped(NamedTuple):
    """Terms that occur (ascending), how many documents each has, and their postings; documents count from `base`."""

    terms: NDArray[np.uint64]
    frequencies: NDArray[Any]
    lists: Lists
    base: int = 0

    def narrowed(self) -> Grouped:
        """The same in less memory: neighbouring documents in fewer bytes, counted from the first."""
        docs = self.lists.docs
        base = int(docs.min(initial=0xFFFFFFFF)) if len(docs) else 0
        span = int(docs.max(initial=0)) - base
        narrow = (docs - np.uint32(base)).astype(np.min_scalar_type(span) if len(docs) else np.uint8)
        frequencies = self.frequencies.astype(np.min_scalar_type(int(self.frequencies.max(initial=0))))
        return Grouped(self.terms, frequencies, self.lists._replace(docs=narrow), self.base + base)


def group_occurrences(terms: NDArray[np.uint32], places: NDArray[np.uint32]) -> Grouped:
    """Counts occurrences by term, document and field; a place is document << 2 | field. A frequency above 65,535 stays
    at that. Fastest where each term's places ascend."""
    terms, places = _ordered(terms, places)
    starts = _starts(terms, places)
    counts = np.diff(starts, append=len(terms))
    terms, places = terms.take(starts), places.take(starts)
    fields = places & np.uint32(3)
    docs = places >> np.uint32(2)
    first = _starts(terms, docs)
    if not len(first):
        return Grouped(terms.astype(np.uint64), counts, Lists(docs, np.zeros(0, np.uint8), NO_ROWS))
    parts = np.minimum(counts, 7).astype(np.uint16) << _SHIFT.take(fields)
    codes = np.add.reduceat(parts, first, dtype=np.uint16).astype(np.uint8)
    owners = np.searchsorted(first, np.flatnonzero(counts > _MOST.take(fields)), side="right") - 1
    over = owners[_starts(owners)]
    codes[over] = LARGE
    sizes = np.diff(first, append=len(counts))[over]
    members = ranges(first[over], sizes)
    large = np.zeros((len(over), 3), np.uint16)
    large[np.repeat(np.arange(len(over)), sizes), fields[members]] = np.minimum(counts[members], 0xFFFF)
    return _by_term(terms.take(first), Lists(docs.take(first), codes, large))


def group_documents(terms: NDArray[_Number], docs: NDArray[np.uint32]) -> Grouped:
    """The documents of each term, each once. Fastest where each term's documents ascend."""
    terms, docs = _ordered(terms, docs)
    kept = _starts(terms, docs)
    return _by_term(terms.take(kept), Lists(docs.take(kept), None, NO_ROWS))


def _by_term(terms: NDArray[_Number], lists: Lists) -> Grouped:
    starts = _starts(terms)
    return Grouped(terms[starts].astype(np.uint64), np.diff(starts, append=len(terms)), lists)


def _ordered(terms: NDArray[_Number], places: NDArray[np.uint32]) -> tuple[NDArray[_Number], NDArray[np.uint32]]:
    """Both in order of terms, then places."""
    order = stable_order(terms)
    terms, places = terms.take(order), places.take(order)
    if np.any((places[1:] < places[:-1]) & (terms[1:] == terms[:-1])):
        order = np.lexsort((places, terms))
        return terms[order], places[order]
    return terms, places


def stable_order(keys: NDArray[_Number]) -> NDArray[np.int64]:
    """A stable argsort: numpy sorts 16-bit numbers by counting, several times faster than any comparison."""
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    highest = int(keys.max(initial=0))
    for shift in range(16, highest.bit_length(), 16):
        digits = (keys >> keys.dtype.type(shift)).astype(np.uint16)
        order = order.take(np.argsort(digits.take(order), kind="stable"))
    return order


def _starts(*ascending: NDArray[Any]) -> NDArray[np.int64]:
    """Where each distinct value (or combination of values) of sorted arrays begins."""
    changes = np.zeros(len(ascending[0]), np.bool_)
    changes[:1] = True
    for values in ascending:
        changes[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(changes)


def distinct(parts: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """The distinct values of several ascending arrays, ascending (numpy's own `unique` hashes, and is slower)."""
    # A stable sort finds what is in order already, and merges it.
    values = np.sort(np.concatenate([np.zeros(0, np.uint64), *parts]), kind="stable")
    return values[_starts(values)]


class Source(Protocol):
    """Postings on their way into a segment: for each term of the source how many there are, and its ordinal in the
    segment, or DEAD."""

    @property
    def frequencies(self) -> NDArray[Any]: ...
    @property
    def ordinals(self) -> NDArray[Any]: ...
    def lists(self, terms: NDArray[Any]) -> tuple[Frequencies, Lists]:
        """The postings of some of its terms and how many each of them has (fewer, where documents died)."""
        ...


class GroupedSource:
    """Grouped postings in memory; `ordinals` has an entry for every term of the vocabulary."""

    def __init__(self, grouped: Grouped, ordinals: NDArray[np.int64]) -> None:
        self.frequencies = grouped.frequencies
        self.ordinals = ordinals[grouped.terms.astype(np.int64)].astype(np.int32)
        self._lists = grouped.lists
        self._begin = (np.cumsum(self.frequencies, dtype=np.int64) - self.frequencies).astype(np.uint32)
        self._base = np.uint32(grouped.base)

    def lists(self, terms: NDArray[Any]) -> tuple[Frequencies, Lists]:
        counts = self.frequencies[terms].astype(np.int64)
        lists = self._lists.take(self._begin[terms].astype(np.int64), counts)
        return counts, lists._replace(docs=lists.docs.astype(np.uint32) + self._base)


def combined(sources: Sequence[Source], terms: int) -> Iterator[tuple[Frequencies, Lists]]:
    """The postings of all sources by ordinal, those of one term in order of sources; some terms at a time, together
    all of them, `terms` in number."""
    totals = np.zeros(terms, np.int64)
    for source in sources:
        kept = source.ordinals >= 0
        totals[source.ordinals[kept]] += source.frequencies[kept]
    orders = [stable_order((source.ordinals + 1).astype(np.uint32)).astype(np.int32) for source in sources]
    for low, high in chunks(totals):
        found = []
        for source, order in zip(sources, orders, strict=True):
            mine = order[slice(*np.searchsorted(source.ordinals, [low, high], sorter=order))]
            counts, lists = source.lists(mine)
            by_ordinal = np.zeros(high - low, np.int64)
            by_ordinal[source.ordinals[mine] - low] = counts
            found.append((by_ordinal, lists))
        yield _interleaved(found)


def chunks(frequencies: Frequencies) -> Iterator[tuple[int, int]]:
    """Ranges of terms that have about `_CHUNK` postings."""
    ends = np.cumsum(frequencies)
    low = 0
    while low < len(frequencies):
        done = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(ends, done + _CHUNK, side="right")))
        yield low, high
        low = high


def _interleaved(found: Sequence[tuple[Frequencies, Lists]]) -> tuple[Frequencies, Lists]:
    counts = np.array([count for count, _ in found])
    frequencies = counts.sum(axis=0)
    begin = np.cumsum(frequencies) - frequencies + np.cumsum(counts, axis=0) - counts
    total = int(frequencies.sum())
    docs = np.zeros(total, np.uint32)
    codes = None if any(lists.codes is None for _, lists in found) else np.zeros(total, np.uint8)
    rows: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for (count, lists), start in zip(found, begin, strict=True):
        place = ranges(start, count)
        docs[place] = lists.docs
        if codes is not None and lists.codes is not None:
            codes[place] = lists.codes
            rows.append(place[lists.codes == LARGE])
    large = np.concatenate([NO_ROWS, *(lists.large for _, lists in found)])
    return frequencies, Lists(docs, codes, large[np.argsort(np.concatenate(rows))])
