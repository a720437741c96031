"""A segment: an immutable part of the index, its postings, document columns and stored text in one column file.

`SegmentBuilder` gathers documents in memory and writes the file; `Segment` answers from it. Both speak of terms,
documents and bytes only: what a term means is the business of those who fill and read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import marisa_trie
import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.codec.columns import ColumnFile, Sink, write_columns
from newsearch.codec.postings import DOCUMENT_BITS, EMPTY, GroupedPostings, Postings, group, pack

#: Most documents of one segment.
MOST_DOCUMENTS = 1 << DOCUMENT_BITS
_CHARACTER_BITS = np.uint64(21)
# From this many documents on, a shared compression dictionary saves more than it takes.
_DICTIONARY_FROM = 200
_DICTIONARY_BYTES = 65536
_PARTS = ("docs", "title", "lead", "body")


class SegmentBuilder:
    """Documents on their way into a segment file. Not reusable after `write`."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._terms: list[int] = []
        self._runs: list[tuple[int, int, int]] = []
        self._bigrams: list[tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]] = []
        self._stored: list[bytes | bytearray | memoryview[int]] = []
        self._columns: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._stored)

    def add(self, fields: Sequence[Sequence[str]], stored: bytes, columns: Mapping[str, int]) -> int:
        """Adds a document: the terms of title, lead and body (as often as they occur), the bytes to store and one
        integer for each document column (the same names every time). Returns the document's number."""
        document = len(self._stored)
        for field, terms in enumerate(fields):
            self._terms.extend(map(self._numbers.__getitem__, terms))
            self._runs.append((document, field, len(terms)))
        self._stored.append(stored)
        for name, value in columns.items():
            self._columns.setdefault(name, []).append(value)
        return document

    def add_bigrams(self, keys: NDArray[np.uint64], docs: NDArray[np.int64], fields: NDArray[np.int64]) -> None:
        """Adds bigram occurrences in bulk: parallel arrays of key, document number and field."""
        self._bigrams.append((keys, docs.astype(np.uint64), fields.astype(np.uint64)))

    def write(self, sink: Sink) -> int:
        """Writes the segment; returns the checksum that pins it."""
        columns: dict[str, NDArray[Any]] = {}
        columns |= self._word_columns()
        columns |= self._bigram_columns()
        dtypes: dict[str, Any] = {"digest": np.uint64, "date": np.int32}
        for name, values in self._columns.items():
            columns[f"doc.{name}"] = np.array(values, dtypes.get(name, np.uint32))
        columns |= self._stored_columns()
        return write_columns(sink, columns, {"documents": len(self)})

    def _word_columns(self) -> dict[str, NDArray[Any]]:
        trie = marisa_trie.Trie(self._numbers)
        # Terms are renumbered to the trie's own numbers, which is how they will be looked up.
        renumber = np.fromiter((trie[term] for term in self._numbers), np.uint64, len(self._numbers))
        runs = np.array(self._runs, np.int64).reshape(-1, 3)
        occurrences = pack(
            renumber[np.array(self._terms, np.int64)],
            np.repeat(runs[:, 0], runs[:, 2]).astype(np.uint64),
            np.repeat(runs[:, 1], runs[:, 2]).astype(np.uint64),
        )
        grouped = group(occurrences)
        columns: dict[str, NDArray[Any]] = {"word.trie": np.frombuffer(trie.tobytes(), np.uint8)}
        return columns | _columns("word", grouped)

    def _bigram_columns(self) -> dict[str, NDArray[Any]]:
        if self._bigrams:
            keys, docs, fields = (np.concatenate(parts) for parts in zip(*self._bigrams, strict=True))
        else:
            keys = docs = fields = np.zeros(0, np.uint64)
        # Characters are numbered densely so that a pair of them fits beside document and field in 64 bits.
        low = np.uint64((1 << 21) - 1)
        first, second = keys >> _CHARACTER_BITS, keys & low
        alphabet = np.unique(np.concatenate((np.unique(first), np.unique(second))))
        size = np.uint64(len(alphabet) or 1)
        dense = np.searchsorted(alphabet, first).astype(np.uint64) * size + np.searchsorted(alphabet, second).astype(
            np.uint64
        )
        grouped = group(pack(dense, docs, fields))
        restored = alphabet[grouped.terms // size] << _CHARACTER_BITS | alphabet[grouped.terms % size]
        columns: dict[str, NDArray[Any]] = {"bigram.keys": restored}
        return columns | _columns("bigram", grouped)

    def _stored_columns(self) -> dict[str, NDArray[Any]]:
        dictionary = b""
        if len(self._stored) >= _DICTIONARY_FROM:
            step = max(1, len(self._stored) // 4000)
            dictionary = zstandard.train_dictionary(_DICTIONARY_BYTES, self._stored[::step]).as_bytes()
        compressor = zstandard.ZstdCompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        )
        frames = [compressor.compress(record) for record in self._stored]
        offsets = np.cumsum([0, *map(len, frames)], dtype=np.uint64)
        return {
            "stored.dictionary": np.frombuffer(dictionary, np.uint8),
            "stored.offsets": offsets,
            "stored.frames": np.frombuffer(b"".join(frames), np.uint8),
        }


def _columns(kind: str, grouped: GroupedPostings) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {f"{kind}.offsets": grouped.offsets}
    return columns | {f"{kind}.{name}": part for name, part in zip(_PARTS, grouped.postings, strict=True)}


class Segment:
    """Answers from a segment file. Document numbers begin at 0 in each segment."""

    def __init__(self, file: ColumnFile) -> None:
        self._file = file
        self.documents: int = file.facts["documents"]
        self._trie = marisa_trie.Trie().map(file.buffer("word.trie"))
        dictionary = file.buffer("stored.dictionary")
        shared = zstandard.ZstdCompressionDict(bytes(dictionary)) if len(dictionary) else None
        self._decompressor = zstandard.ZstdDecompressor(dict_data=shared)

    def word(self, term: str) -> Postings:
        """The postings of a term; empty arrays for an unknown one."""
        number = self._trie.get(term)
        return EMPTY if number is None else self._postings("word", number, number + 1)

    def terms(self, prefix: str = "") -> Iterable[str]:
        """The terms that begin with `prefix`, in no particular order."""
        keys: Iterable[str] = self._trie.iterkeys(prefix)
        return keys

    def bigram(self, key: int) -> Postings:
        """The postings of a bigram by its key; empty arrays for an unknown one."""
        keys = self._file.column("bigram.keys")
        place = int(np.searchsorted(keys, np.uint64(key)))
        if place == len(keys) or int(keys[place]) != key:
            return EMPTY
        return self._postings("bigram", place, place + 1)

    def character(self, character: str) -> NDArray[np.uint32]:
        """The documents in which a character stands, ascending, each once."""
        keys = self._file.column("bigram.keys")
        low = np.searchsorted(keys, np.uint64(ord(character) << 21))
        high = np.searchsorted(keys, np.uint64((ord(character) + 1) << 21))
        return np.unique(self._postings("bigram", int(low), int(high)).docs)

    def column(self, name: str) -> NDArray[Any]:
        """A document column, one number for each document."""
        return self._file.column(f"doc.{name}")

    def stored(self, document: int) -> bytes:
        """What `SegmentBuilder.add` was given to store."""
        start, stop = (int(offset) for offset in self._file.column("stored.offsets", document, document + 2))
        record: bytes = self._decompressor.decompress(self._file.buffer("stored.frames", start, stop))
        return record

    def check(self) -> None:
        """Reads everything; raises IndexDamaged at the first block that is not as it was written."""
        self._file.check()

    def _postings(self, kind: str, first: int, last: int) -> Postings:
        offsets = self._file.column(f"{kind}.offsets", first, last + 1)
        start, stop = int(offsets[0]), int(offsets[-1])
        return Postings(*(self._file.column(f"{kind}.{name}", start, stop) for name in _PARTS))
