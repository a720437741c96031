"""Documents → a segment file: what a batch of documents holds is gathered in memory, then written in one go.

The columns of a segment are made here and nowhere else; `newsearch.codec.merge` makes them from other segments. What a
term means is the business of those who fill and read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import marisa_trie
import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.codec.columns import Sink, Streamed, write_columns
from newsearch.codec.packing import LARGE, pack_postings
from newsearch.codec.postings import (
    DOCUMENT_BITS,
    Frequencies,
    Grouped,
    GroupedSource,
    Lists,
    combined,
    distinct,
    group_documents,
    group_occurrences,
)

#: Most documents of one segment.
MOST_DOCUMENTS = 1 << DOCUMENT_BITS
#: A bigram's key is first << CHARACTER_BITS | second, code points.
CHARACTER_BITS = 21
CHARACTER = np.uint64((1 << CHARACTER_BITS) - 1)
#: The kinds of bigrams: of whole documents, and of titles alone.
BIGRAMS = ("bigram", "title")
# Occurrences that are grouped at a time, which makes a quarter of their size of them.
_GROUPED_FROM = 1_500_000
# The last character of the basic plane.
_BASIC = 0xFFFF
_LEVEL = 3

#: A word in so many documents of a segment has champions: so many documents where it is strongest.
CHAMPIONS_FROM = 1024
CHAMPIONS = 64

Columns = dict[str, NDArray[Any]]
#: Columns on their way into a file.
Written = dict[str, NDArray[Any] | Streamed]
#: (docs, title, lead, body frequencies) → how strongly a word stands in each of the documents, float32 ≥ 0.
Strength = Callable[[NDArray[np.uint32], NDArray[Any], NDArray[Any], NDArray[Any]], NDArray[np.float32]]


class Reference(NamedTuple):
    """How strength is measured in a segment, and the facts that a reader needs to know what it means."""

    strength: Strength
    facts: Mapping[str, Any]


#: Document columns → the reference of the segment that has them.
ReferenceOf = Callable[[Columns], Reference]


class SegmentBuilder:
    """Documents on their way into a segment file. Not reusable after `write`."""

    def __init__(self) -> None:
        self._words: list[tuple[NDArray[np.uint32], NDArray[np.uint32]]] = []
        self._bigrams: dict[str, list[tuple[NDArray[np.uint64], NDArray[np.uint32]]]] = {kind: [] for kind in BIGRAMS}
        self._waiting = 0
        self._grouped: dict[str, list[Grouped]] = {kind: [] for kind in ("word", *BIGRAMS)}
        self._frames = bytearray()
        self._sizes: list[int] = []
        self._columns: dict[str, list[NDArray[Any]]] = {}

    def __len__(self) -> int:
        return len(self._sizes)

    def add_words(self, terms: NDArray[np.uint32], places: NDArray[np.uint32]) -> None:
        """Adds occurrences: numbers of the vocabulary given to `write`, and document << 2 | field."""
        self._words.append((terms, places))
        self._waiting += len(terms)

    def add_bigrams(self, kind: str, keys: NDArray[np.uint64], docs: NDArray[np.uint32]) -> None:
        """Adds occurrences of bigrams, of one of `BIGRAMS`: parallel arrays of key and document."""
        self._bigrams[kind].append((keys, docs))
        self._waiting += len(keys)

    def add_documents(self, frames: Sequence[bytes], columns: Mapping[str, NDArray[Any]]) -> None:
        """Adds documents: the bytes to store for each, compressed, and a number for each document column."""
        self._frames += b"".join(frames)
        self._sizes += map(len, frames)
        for name, values in columns.items():
            self._columns.setdefault(name, []).append(values)
        if self._waiting >= _GROUPED_FROM:
            self._group()

    def write(self, sink: Sink, vocabulary: Sequence[str], reference_of: ReferenceOf | None = None) -> int:
        """Writes the segment; returns the checksum that pins it. A column `id` holds numbers of the vocabulary."""
        self._group()
        used = np.zeros(len(vocabulary), np.bool_)
        for grouped in self._grouped["word"]:
            used[grouped.terms.astype(np.int64)] = True
        trie = marisa_trie.Trie([word for word, keep in zip(vocabulary, used.tolist(), strict=True) if keep])
        ordinals = np.full(len(vocabulary), -1, np.int64)
        ordinals[used] = [trie[vocabulary[number]] for number in np.flatnonzero(used).tolist()]
        columns = {name: np.concatenate(values) for name, values in self._columns.items()}
        if "id" in columns:
            columns["id"] = ordinals[columns["id"]].astype(np.uint32)
        reference = reference_of(columns) if reference_of else None
        sources = [GroupedSource(grouped, ordinals) for grouped in self._grouped.pop("word")]
        written = word_columns(trie, combined(sources, len(trie)), len(self), reference)
        for kind in BIGRAMS:
            written |= _bigram_columns_of(kind, self._grouped.pop(kind), len(self))
        written |= document_columns(columns)
        written |= stored_columns(np.array(self._sizes, np.int64), lambda: [np.frombuffer(self._frames, np.uint8)])
        return write_columns(sink, written, segment_facts(len(self), reference))

    def _group(self) -> None:
        if self._words:
            terms, places = (np.concatenate(parts) for parts in zip(*self._words, strict=True))
            self._words.clear()
            self._grouped["word"].append(group_occurrences(terms, places).narrowed())
        for kind, waiting in self._bigrams.items():
            if waiting:
                keys, docs = (np.concatenate(parts) for parts in zip(*waiting, strict=True))
                waiting.clear()
                self._grouped[kind].append(_group_bigrams(keys, docs).narrowed())
        self._waiting = 0


def segment_facts(documents: int, reference: Reference | None) -> dict[str, Any]:
    return {"documents": documents} | ({"reference": dict(reference.facts)} if reference else {})


def _group_bigrams(keys: NDArray[np.uint64], docs: NDArray[np.uint32]) -> Grouped:
    """Grouped by key. Characters are numbered in their order where a key of two 16-bit numbers is enough for that, as
    it nearly always is: two rounds of sorting."""
    first, second = keys >> np.uint64(CHARACTER_BITS), keys & CHARACTER
    if max(first.max(initial=0), second.max(initial=0)) <= _BASIC:
        grouped = group_documents((first << np.uint64(16) | second).astype(np.uint32), docs)
        first, second = grouped.terms >> np.uint64(16), grouped.terms & np.uint64(_BASIC)
    else:
        alphabet, numbers = _alphabet(first, second)
        if len(alphabet) > _BASIC:
            return group_documents(keys, docs)
        grouped = group_documents(numbers[first] << np.uint32(16) | numbers[second], docs)
        first, second = alphabet[grouped.terms >> np.uint64(16)], alphabet[grouped.terms & np.uint64(_BASIC)]
    return grouped._replace(terms=first << np.uint64(CHARACTER_BITS) | second)


def _alphabet(*characters: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """The characters that occur, ascending; and a table of their numbers among these, by code point."""
    used = np.zeros(1 + max((int(some.max()) for some in characters if len(some)), default=-1), np.bool_)
    for some in characters:
        used[some] = True
    return np.flatnonzero(used).astype(np.uint64), np.cumsum(used, dtype=np.uint32) - np.uint32(1)


def _bigram_columns_of(kind: str, parts: Sequence[Grouped], documents: int) -> Written:
    keys = distinct([part.terms for part in parts])
    sources = [
        GroupedSource(
            part._replace(terms=np.arange(len(part.terms), dtype=np.uint64)), np.searchsorted(keys, part.terms)
        )
        for part in parts
    ]
    return bigram_columns(kind, keys, combined(sources, len(keys)), documents)


def word_columns(
    trie: marisa_trie.Trie,
    postings: Iterable[tuple[Frequencies, Lists]],
    documents: int,
    reference: Reference | None,
) -> Written:
    """The columns of words whose postings come in order of the trie's own numbers."""
    columns: Written = {"word.trie": np.frombuffer(trie.tobytes(), np.uint8)}
    return columns | _postings_columns("word", postings, documents, reference)


def bigram_columns(
    kind: str, keys: NDArray[np.uint64], postings: Iterable[tuple[Frequencies, Lists]], documents: int
) -> Written:
    """The columns of bigrams whose keys ascend. Under each first character stand the numbers of the second ones."""
    first, second = keys >> np.uint64(CHARACTER_BITS), keys & CHARACTER
    alphabet, numbers = _alphabet(first, second)
    dtype = np.uint16 if len(alphabet) <= 1 << 16 else np.uint32
    columns: Written = {
        f"{kind}.alphabet": alphabet.astype(np.uint32),
        f"{kind}.begin": np.searchsorted(first, alphabet, side="left").astype(np.uint32),
        f"{kind}.second": numbers[second].astype(dtype),
    }
    return columns | _postings_columns(kind, postings, documents)


def _postings_columns(
    kind: str,
    postings: Iterable[tuple[Frequencies, Lists]],
    documents: int,
    reference: Reference | None = None,
) -> Written:
    """The columns of postings that come some terms at a time. Each part is packed and written before the next is asked
    for; the small columns follow when all are through."""
    parts: list[Columns] = []

    def data() -> Iterator[NDArray[np.uint8]]:
        terms = end = 0
        for frequencies, lists in chain(postings, [(np.zeros(0, np.int64), _nothing(kind))]):
            packed = pack_postings(frequencies, lists.docs, lists.codes, documents)
            columns: Columns = {"frequencies": frequencies, "ends": packed.offsets[1:] + end}
            if lists.codes is not None:
                rows = np.flatnonzero(lists.codes == LARGE)
                owners = np.searchsorted(np.cumsum(frequencies), rows, side="right")
                columns["large_terms"] = (terms + owners).astype(np.uint32)
                columns["large"] = lists.large.ravel()
                if reference:
                    columns |= champions_of(frequencies, lists, terms, reference.strength)
            parts.append(columns)
            terms += len(frequencies)
            end += len(packed.data)
            yield packed.data

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([part[name] for part in parts])

    written: Written = {f"{kind}.data": data}
    written[f"{kind}.frequencies"] = lambda: [_narrow(joined("frequencies"))]
    written[f"{kind}.offsets"] = lambda: [offset_column(np.concatenate(([0], joined("ends"))))]
    names = ["large_terms", "large"] if kind == "word" else []
    names += CHAMPION_COLUMNS if kind == "word" and reference else []
    return written | {f"{kind}.{name}": _later(joined, name) for name in names}


def _later(joined: Callable[[str], NDArray[Any]], name: str) -> Streamed:
    return lambda: [joined(name)]


def _nothing(kind: str) -> Lists:
    codes = np.zeros(0, np.uint8) if kind == "word" else None
    return Lists(np.zeros(0, np.uint32), codes, np.zeros((0, 3), np.uint16))


def frequencies_of(codes: NDArray[np.uint8], large: NDArray[np.uint16]) -> tuple[NDArray[Any], ...]:
    """Title, lead and body frequencies from codes: uint8, or uint16 where one is large."""
    fields = codes >> 6, codes >> 3 & 7, codes & 7
    if not len(large):
        return fields
    at = np.flatnonzero(codes == LARGE)
    wide = tuple(field.astype(np.uint16) for field in fields)
    for field, values in zip(wide, large.T, strict=True):
        field[at] = values
    return wide


CHAMPION_COLUMNS = ["champion_terms", "champions", "champion_frequencies", "champion_rest"]
# How the three frequencies of a champion fit in 16 bits: title, lead, body.
CHAMPION_BITS = (4, 5, 7)


def champions_of(frequencies: Frequencies, lists: Lists, base: int, strength: Strength) -> dict[str, NDArray[Any]]:
    """The champions of the frequent terms among some: for each `CHAMPIONS` documents, ascending, their frequencies, and
    how strong the term is at most in any other document."""
    begin = np.cumsum(frequencies) - frequencies
    frequent = np.flatnonzero(frequencies >= CHAMPIONS_FROM)
    counts = frequencies[frequent]
    mine = lists.take(begin[frequent], counts)
    fields = frequencies_of(mine.codes, mine.large) if mine.codes is not None else ()
    strengths = strength(mine.docs, *fields)
    title, lead, body = (field.astype(np.uint16) for field in fields)
    packed = title << (CHAMPION_BITS[1] + CHAMPION_BITS[2]) | lead << CHAMPION_BITS[2] | body
    fits = (title < 1 << CHAMPION_BITS[0]) & (lead < 1 << CHAMPION_BITS[1]) & (body < 1 << CHAMPION_BITS[2])
    terms, docs, codes, rest = [], [], [], []
    start = 0
    for term, count in zip(frequent.tolist(), counts.tolist(), strict=True):
        here = slice(start, start + count)
        start += count
        order = np.argpartition(strengths[here], count - CHAMPIONS - 1)
        best = np.sort(order[count - CHAMPIONS :])
        if fits[here][best].all():
            terms.append(base + term)
            docs.append(mine.docs[here][best])
            codes.append(packed[here][best])
            rest.append(strengths[here][order[count - CHAMPIONS - 1]])
    return {
        "champion_terms": np.array(terms, np.uint32),
        "champions": np.concatenate([np.zeros(0, np.uint32), *docs]),
        "champion_frequencies": np.concatenate([np.zeros(0, np.uint16), *codes]),
        "champion_rest": np.array(rest, np.float32),
    }


def document_columns(columns: Columns) -> Columns:
    """Document columns under their names in the file; whole numbers take no more bytes than their largest needs."""
    small = {}
    for name, values in columns.items():
        if values.dtype.kind == "u" and values.dtype.itemsize < 8:
            values = _narrow(values)
        small[f"doc.{name}"] = values
    return small


def _narrow(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers from 0 on in as few bytes as the largest needs."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def stored_columns(sizes: NDArray[np.int64], frames: Streamed) -> Written:
    """Frames one after another, by their sizes."""
    offsets = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    return {"stored.offsets": offset_column(offsets), "stored.frames": frames}


def offset_column(offsets: NDArray[np.int64]) -> NDArray[Any]:
    return offsets.astype(np.uint32 if offsets[-1] < 1 << 32 else np.uint64)


def compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    """Compresses documents for storing; `dictionary` is shared by all segments of an index, b"" if there is none."""
    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    if shared:
        shared.precompute_compress(level=_LEVEL)  # once, not for every document
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=shared, write_checksum=False, write_content_size=True)
