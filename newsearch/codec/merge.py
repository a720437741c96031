"""Several segments → one, term by term, without looking at a text again.

Documents keep their order, deleted ones are dropped. Postings are unpacked, put behind each other and packed again in
chunks of terms; stored texts are copied as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from newsearch.codec.columns import Sink, write_columns
from newsearch.codec.packing import LARGE, unpack_many_documents, unpack_postings
from newsearch.codec.postings import GroupedPostings
from newsearch.codec.segment import Columns, Segment, bigram_columns, stored_columns, word_columns

# Postings that are unpacked at a time.
_CHUNK = 500_000
# The new ordinal of a term that only deleted documents have.
_DEAD = -1


class _Part:
    """A segment, and where its documents go."""

    def __init__(self, segment: Segment, live: NDArray[np.bool_], base: int) -> None:
        self.segment = segment
        self.live = live
        self.all_live = bool(live.all())
        self.target = (np.cumsum(live) - 1 + base).astype(np.uint32)


def merge_segments(sink: Sink, segments: Sequence[Segment], live: Sequence[NDArray[np.bool_]]) -> tuple[int, int]:
    """Writes one segment with the live documents of several. Returns its checksum and the number of documents."""
    parts: list[_Part] = []
    documents = 0
    for segment, alive in zip(segments, live, strict=True):
        parts.append(_Part(segment, alive, documents))
        documents += int(alive.sum())
    columns = _words(parts, documents)
    columns |= _bigrams(parts, documents)
    for name in (name for name in segments[0].file.names() if name.startswith("doc.")):
        values = np.concatenate([part.segment.file.column(name)[part.live] for part in parts])
        columns[name] = values
    columns |= stored_columns([frame for part in parts for frame in _frames(part)])
    return write_columns(sink, columns, {"documents": documents}), documents


def _frames(part: _Part) -> Iterator[bytes]:
    offsets = part.segment.file.column("stored.offsets").astype(np.int64)
    frames = part.segment.file.buffer("stored.frames")
    for document in np.flatnonzero(part.live):
        yield bytes(frames[offsets[document] : offsets[document + 1]])


def _words(parts: Sequence[_Part], documents: int) -> Columns:
    listed = [part.segment.words() for part in parts]
    alive = [_live_frequencies("word", part) for part in parts]
    present = (word for words, counts in zip(listed, alive, strict=True) for word, place in words if counts[place])
    trie = marisa_trie.Trie(dict.fromkeys(present))
    ordinals = []
    for words in listed:
        new = np.full(len(words), _DEAD, np.int64)
        for word, ordinal in words:
            new[ordinal] = trie.get(word, _DEAD)
        ordinals.append(new)
    return word_columns(trie, _merged("word", parts, ordinals), documents)


def _bigrams(parts: Sequence[_Part], documents: int) -> Columns:
    listed = [part.segment.bigram_keys() for part in parts]
    alive = [_live_frequencies("bigram", part) > 0 for part in parts]
    keys = np.unique(np.concatenate([mine[kept] for mine, kept in zip(listed, alive, strict=True)]))
    ordinals = []
    for mine in listed:
        place = np.minimum(np.searchsorted(keys, mine), max(len(keys) - 1, 0))
        ordinals.append(np.where(keys[place] == mine, place, _DEAD) if len(keys) else np.full(len(mine), _DEAD))
    return bigram_columns(keys, _merged("bigram", parts, ordinals), documents)


def _live_frequencies(kind: str, part: _Part) -> NDArray[np.int64]:
    """In how many live documents of a segment each term is."""
    file = part.segment.file
    sizes = file.column(f"{kind}.frequencies").astype(np.int64)
    if part.all_live:
        return sizes
    alive = np.zeros(len(sizes), np.int64)
    begin = file.column(f"{kind}.offsets")[:-1].astype(np.int64)
    for low, high in _chunks(sizes):
        data, mine = file.column(f"{kind}.data"), slice(low, high)
        docs = unpack_many_documents(data, begin[mine], sizes[mine], part.segment.documents)
        terms = np.repeat(np.arange(high - low), sizes[mine])
        alive[mine] = np.bincount(terms[part.live[docs]], minlength=high - low)
    return alive


def _merged(kind: str, parts: Sequence[_Part], ordinals: Sequence[NDArray[np.int64]]) -> Iterator[GroupedPostings]:
    """The postings of all parts by new ordinal, in chunks; `ordinals` are those of each part's terms, or _DEAD."""
    terms = max((int(new.max(initial=_DEAD)) + 1 for new in ordinals), default=0)
    frequencies = np.zeros(terms, np.int64)
    sizes = [part.segment.file.column(f"{kind}.frequencies").astype(np.int64) for part in parts]
    for size, new in zip(sizes, ordinals, strict=True):
        frequencies[new[new >= 0]] += size[new >= 0]
    orders = [np.argsort(new) for new in ordinals]
    for low, high in _chunks(frequencies):
        found = []
        for part, new, order, size in zip(parts, ordinals, orders, sizes, strict=True):
            mine = order[slice(*np.searchsorted(new, [low, high], sorter=order))]
            found.append(_unpacked(kind, part, mine, new[mine] - low, size[mine]))
        counts, docs, codes, large = _interleaved(found, high - low)
        yield GroupedPostings(np.arange(low, high, dtype=np.uint64), counts, docs, codes, large)


def _chunks(frequencies: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of terms that have about `_CHUNK` postings."""
    ends = np.cumsum(frequencies)
    low = 0
    while low < len(frequencies):
        done = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(ends, done + _CHUNK, side="right")))
        yield low, high
        low = high


_Found = tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint8], NDArray[np.uint16]]


def _unpacked(
    kind: str, part: _Part, mine: NDArray[np.int64], new: NDArray[np.int64], sizes: NDArray[np.int64]
) -> _Found:
    """The live postings of some terms of one part: new term, new document, code, and the rows of large ones."""
    file = part.segment.file
    begin = file.column(f"{kind}.offsets")[mine].astype(np.int64)
    docs, codes = unpack_postings(file.column(f"{kind}.data"), begin, sizes, part.segment.documents)
    terms = np.repeat(new, sizes)
    large = file.column(f"{kind}.large").reshape(-1, 3)
    at = np.flatnonzero(codes == LARGE)
    if len(at):
        # The rows of a term stand together; count them off within it.
        old = np.repeat(mine, sizes)[at]
        first = np.concatenate(([0], np.flatnonzero(old[1:] != old[:-1]) + 1))
        rank = np.arange(len(at)) - np.repeat(first, np.diff(first, append=len(at)))
        large = large[np.searchsorted(file.column(f"{kind}.large_terms"), old) + rank]
    else:
        large = large[:0]
    if not part.all_live:
        kept = part.live[docs]
        large = large[kept[at]]
        terms, docs, codes = terms[kept], docs[kept], codes[kept]
    return terms, part.target[docs], codes, large


def _interleaved(found: Sequence[_Found], terms: int) -> _Found:
    """The postings of several parts by term, in order of parts within one: (frequencies, docs, codes, large)."""
    counts = np.array([np.bincount(part[0], minlength=terms) for part in found])
    frequencies = counts.sum(axis=0)
    begin = np.cumsum(frequencies) - frequencies + np.cumsum(counts, axis=0) - counts
    total = int(frequencies.sum())
    docs, codes = np.zeros(total, np.uint32), np.zeros(total, np.uint8)
    rows: list[NDArray[np.int64]] = []
    for (part_terms, part_docs, part_codes, _), count, start in zip(found, counts, begin, strict=True):
        place = np.repeat(start - (np.cumsum(count) - count), count) + np.arange(len(part_terms))
        docs[place], codes[place] = part_docs, part_codes
        rows.append(place[part_codes == LARGE])
    large = np.concatenate([part[3] for part in found])
    return frequencies, docs, codes, large[np.argsort(np.concatenate(rows))]
