"""Several segments → one, term by term, without looking at a text again.

Documents keep their order, deleted ones are dropped. Postings are unpacked, put behind each other and packed again some
terms at a time; stored texts are copied as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from newsearch.codec.builder import (
    BIGRAMS,
    Columns,
    Reference,
    ReferenceOf,
    Written,
    bigram_columns,
    document_columns,
    segment_facts,
    stored_columns,
    word_columns,
)
from newsearch.codec.columns import Sink, write_columns
from newsearch.codec.packing import LARGE, ranks, unpack_many_codes, unpack_many_documents
from newsearch.codec.postings import DEAD, NO_ROWS, Frequencies, Lists, chunks, combined, distinct
from newsearch.codec.segment import Segment


class _Part:
    """A segment, and where its documents go."""

    def __init__(self, segment: Segment, live: NDArray[np.bool_], base: int) -> None:
        self.segment = segment
        self.live = live
        self.all_live = bool(live.all())
        self.base = np.uint32(base)
        self.target = (np.cumsum(live) - 1 + base).astype(np.uint32)


def merge_segments(
    sink: Sink,
    segments: Sequence[Segment],
    live: Sequence[NDArray[np.bool_]],
    reference_of: ReferenceOf | None = None,
) -> tuple[int, int]:
    """Writes one segment with the live documents of several. Returns its checksum and the number of documents."""
    parts: list[_Part] = []
    documents = 0
    for segment, alive in zip(segments, live, strict=True):
        parts.append(_Part(segment, alive, documents))
        documents += int(alive.sum())
    columns: Columns = {}
    sources = [_PackedSource("word", part) for part in parts]
    trie = _number_words(sources)
    for name in segments[0].columns():
        values = [part.segment.column(name)[part.live] for part in parts]
        if name == "id":
            values = [source.ordinals[ids] for source, ids in zip(sources, values, strict=True)]
            columns[name] = np.concatenate(values).astype(np.uint32)
        else:
            columns[name] = np.concatenate(values)
    reference: Reference | None = reference_of(columns) if reference_of else None
    written = word_columns(trie, combined(sources, len(trie)), documents, reference)
    for kind in BIGRAMS:
        written |= _bigrams(kind, parts, documents)
    written |= document_columns(columns)
    sizes = np.concatenate([np.diff(_offsets(part))[part.live] for part in parts])
    written |= stored_columns(sizes, lambda: _frames(parts))
    return write_columns(sink, written, segment_facts(documents, reference)), documents


def _frames(parts: Sequence[_Part]) -> Iterator[NDArray[np.uint8]]:
    """The frames of the live documents, one after another, without a copy."""
    for part in parts:
        frames = part.segment.file.column("stored.frames")
        offsets = _offsets(part)
        edges = np.flatnonzero(np.diff(part.live.astype(np.int8), prepend=0, append=0))
        yield frames[:0]
        for first, last in edges.reshape(-1, 2).tolist():
            yield frames[offsets[first] : offsets[last]]


def _offsets(part: _Part) -> NDArray[np.int64]:
    return part.segment.file.column("stored.offsets").astype(np.int64)


def _number_words(sources: Sequence[_PackedSource]) -> marisa_trie.Trie:
    """The words with live documents; each source's terms get their ordinals among them."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    for source in sources:
        words = source.part.segment.words()
        places = [place for _, place in words]
        source.ordinals[places] = [numbers[word] for word, _ in words]
    used = np.zeros(len(numbers) + 1, np.bool_)  # the last is for what has no word, which stays DEAD
    for source in sources:
        used[source.ordinals[source.live_frequencies() > 0]] = True
    used[DEAD] = False
    present = list(compress(numbers, used.tolist()))
    trie = marisa_trie.Trie(present)
    ordinals = np.full(len(used), DEAD, np.int32)
    ordinals[used] = [trie[word] for word in present]
    for source in sources:
        source.ordinals[:] = ordinals[source.ordinals]
    return trie


def _bigrams(kind: str, parts: Sequence[_Part], documents: int) -> Written:
    sources = [_PackedSource(kind, part) for part in parts]
    listed = [part.segment.bigram_keys(kind) for part in parts]
    alive = [source.live_frequencies() > 0 for source in sources]
    keys = distinct([mine[kept] for mine, kept in zip(listed, alive, strict=True)])
    for source, mine in zip(sources, listed, strict=True):
        if len(keys):
            place = np.minimum(np.searchsorted(keys, mine), len(keys) - 1)
            source.ordinals[:] = np.where(keys[place] == mine, place, DEAD)
    return bigram_columns(kind, keys, combined(sources, len(keys)), documents)


class _PackedSource:
    """The postings of one kind of terms in a segment, as numbered in the new one. `ordinals` is for others to fill."""

    def __init__(self, kind: str, part: _Part) -> None:
        file = part.segment.file
        self.part = part
        # As they lie in the file: many sources take little memory.
        self.frequencies = file.column(f"{kind}.frequencies")
        self.ordinals = np.full(len(self.frequencies), DEAD, np.int32)
        self._data = file.column(f"{kind}.data")
        self._begin = file.column(f"{kind}.offsets")[:-1]
        has_codes = f"{kind}.large_terms" in file.names()
        self._large_terms = file.column(f"{kind}.large_terms") if has_codes else None
        self._large = file.column(f"{kind}.large").reshape(-1, 3) if has_codes else NO_ROWS

    def live_frequencies(self) -> NDArray[Any]:
        """In how many live documents each term is."""
        if self.part.all_live:
            return self.frequencies
        alive = np.zeros(len(self.frequencies), np.int64)
        for low, high in chunks(self.frequencies):
            counts, begin = self._at(slice(low, high))
            docs = unpack_many_documents(self._data, begin, counts, self.part.segment.documents)
            terms = np.repeat(np.arange(high - low), counts)
            alive[low:high] = np.bincount(terms[self.part.live[docs]], minlength=high - low)
        return alive

    def lists(self, terms: NDArray[Any]) -> tuple[Frequencies, Lists]:
        (counts, begin), documents = self._at(terms), self.part.segment.documents
        docs = unpack_many_documents(self._data, begin, counts, documents)
        codes, large = None, NO_ROWS
        if self._large_terms is not None:
            codes = unpack_many_codes(self._data, begin, counts, documents)
            rows = np.searchsorted(np.cumsum(counts), np.flatnonzero(codes == LARGE), side="right")
            large = self._large_rows(terms[rows])
        if not self.part.all_live:
            kept = self.part.live[docs]
            if codes is not None:
                large = large[kept[codes == LARGE]]
                codes = codes[kept]
            docs = docs[kept]
            counts = np.bincount(np.repeat(np.arange(len(terms)), counts)[kept], minlength=len(terms))
        return counts, Lists(docs + self.part.base if self.part.all_live else self.part.target[docs], codes, large)

    def _at(self, terms: NDArray[Any] | slice) -> tuple[Frequencies, NDArray[np.int64]]:
        """How many postings terms have, and where they begin."""
        return self.frequencies[terms].astype(np.int64), self._begin[terms].astype(np.int64)

    def _large_rows(self, terms: NDArray[np.int64]) -> NDArray[np.uint16]:
        """The rows of large frequencies for postings given by their terms; those of one term stand together."""
        if self._large_terms is None or not len(terms):
            return NO_ROWS
        first = np.concatenate(([0], np.flatnonzero(terms[1:] != terms[:-1]) + 1))
        rank = ranks(np.diff(first, append=len(terms)))
        rows: NDArray[np.uint16] = self._large[self._large_terms.searchsorted(terms) + rank]
        return rows
