"""A segment: an immutable part of the index, its postings, document columns and stored text in one column file.

`SegmentBuilder` gathers documents in memory and writes the file, `Segment` answers from it, and
`newsearch.codec.merge` makes one segment of several. They speak of terms, documents and bytes only: what a term means
is the business of those who fill and read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import marisa_trie
import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.codec.columns import ColumnFile, Sink, write_columns
from newsearch.codec.packing import LARGE, pack_postings, unpack_codes, unpack_documents, unpack_many_documents
from newsearch.codec.postings import DOCUMENT_BITS, GroupedPostings, group, pack_occurrences

#: Most documents of one segment.
MOST_DOCUMENTS = 1 << DOCUMENT_BITS
#: A bigram's key is first << CHARACTER_BITS | second, code points.
CHARACTER_BITS = 21
_CHARACTER = np.uint64((1 << CHARACTER_BITS) - 1)
_LEVEL = 6

Columns = dict[str, NDArray[Any]]


class Postings:
    """The postings of one term in one segment, unpacked when asked for.

    `docs` (uint32) are its documents, ascending, each once; `title`, `lead` and `body` (uint8, or uint16 where a
    frequency is large) how often it occurs in each field of them. An unknown term has none.
    """

    __slots__ = ("_documents", "_large", "_packed", "frequency")

    def __init__(self, packed: NDArray[np.uint8], frequency: int, documents: int, large: NDArray[np.uint16]) -> None:
        self._packed = packed
        self.frequency = frequency
        self._documents = documents
        self._large = large

    def docs(self) -> NDArray[np.uint32]:
        return unpack_documents(self._packed, self.frequency, self._documents)

    def frequencies(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """How often the term occurs in title, lead and rest of the body of each document."""
        codes = unpack_codes(self._packed, self.frequency, self._documents)
        fields = codes >> 6, codes >> 3 & 7, codes & 7
        if not len(self._large):
            return fields
        at = np.flatnonzero(codes == LARGE)
        wide = tuple(field.astype(np.uint16) for field in fields)
        for field, values in zip(wide, self._large.T, strict=True):
            field[at] = values
        return wide[0], wide[1], wide[2]


class SegmentBuilder:
    """Documents on their way into a segment file. Not reusable after `write`."""

    def __init__(self) -> None:
        self._words: list[NDArray[np.uint64]] = []
        self._bigrams: list[NDArray[np.uint64]] = []
        self._bigram_docs: list[NDArray[np.uint64]] = []
        self._frames: list[bytes] = []
        self._columns: dict[str, list[NDArray[Any]]] = {}

    def __len__(self) -> int:
        return len(self._frames)

    def add_words(self, occurrences: NDArray[np.uint64]) -> None:
        """Adds occurrences packed by `pack_occurrences`; terms are numbers of the vocabulary given to `write`."""
        self._words.append(occurrences)

    def add_bigrams(self, keys: NDArray[np.uint64], places: NDArray[np.uint64]) -> None:
        """Adds bigram occurrences: parallel arrays of key and document << 2 | field."""
        self._bigrams.append(keys)
        self._bigram_docs.append(places)

    def add_documents(self, frames: Sequence[bytes], columns: Mapping[str, NDArray[Any]]) -> None:
        """Adds documents: the bytes to store for each, compressed, and a number for each document column."""
        self._frames += frames
        for name, values in columns.items():
            self._columns.setdefault(name, []).append(values)

    def write(self, sink: Sink, vocabulary: Sequence[str]) -> int:
        """Writes the segment; returns the checksum that pins it."""
        words = group(_all(self._words))
        used = np.zeros(len(vocabulary), np.bool_)
        used[words.terms.astype(np.int64)] = True
        trie = marisa_trie.Trie([word for word, keep in zip(vocabulary, used.tolist(), strict=True) if keep])
        ordinals = np.array([trie[vocabulary[number]] for number in words.terms.tolist()], np.int64)
        columns = word_columns(trie, [_reordered(words, ordinals)], len(self))
        self._words.clear()
        columns |= self._bigram_columns()
        columns |= {f"doc.{name}": np.concatenate(values) for name, values in self._columns.items()}
        columns |= stored_columns(self._frames)
        return write_columns(sink, columns, {"documents": len(self)})

    def _bigram_columns(self) -> Columns:
        keys, places = _all(self._bigrams), _all(self._bigram_docs)
        self._bigrams.clear()
        self._bigram_docs.clear()
        # Characters are numbered densely so that a pair of them fits beside document and field in 64 bits.
        first, second = keys >> np.uint64(CHARACTER_BITS), keys & _CHARACTER
        present = np.zeros(1 << CHARACTER_BITS, np.bool_)
        present[first] = present[second] = True
        alphabet = np.flatnonzero(present).astype(np.uint64)
        number = np.zeros(1 << CHARACTER_BITS, np.uint64)
        number[alphabet] = np.arange(len(alphabet), dtype=np.uint64)
        size = np.uint64(len(alphabet) or 1)
        dense = number[first] * size + number[second]
        grouped = group(pack_occurrences(dense, places))
        restored = alphabet[grouped.terms // size] << np.uint64(CHARACTER_BITS) | alphabet[grouped.terms % size]
        return bigram_columns(restored, [grouped], len(self))


def _reordered(grouped: GroupedPostings, ordinals: NDArray[np.int64]) -> GroupedPostings:
    """The postings in order of new ordinals for their terms."""
    order = np.argsort(ordinals)
    frequencies = grouped.frequencies[order]
    begin = np.cumsum(grouped.frequencies) - grouped.frequencies
    ranks = np.arange(int(frequencies.sum())) - np.repeat(np.cumsum(frequencies) - frequencies, frequencies)
    source = np.repeat(begin[order], frequencies) + ranks
    codes = grouped.codes[source]
    large = grouped.large
    if len(large):
        row = np.cumsum(grouped.codes == LARGE) - 1
        large = large[row[source[codes == LARGE]]]
    return GroupedPostings(ordinals[order].astype(np.uint64), frequencies, grouped.docs[source], codes, large)


def word_columns(trie: marisa_trie.Trie, chunks: Iterable[GroupedPostings], documents: int) -> Columns:
    """The columns of words whose postings stand in order of the trie's own numbers."""
    return {"word.trie": np.frombuffer(trie.tobytes(), np.uint8)} | _postings_columns("word", chunks, documents)


def bigram_columns(keys: NDArray[np.uint64], chunks: Iterable[GroupedPostings], documents: int) -> Columns:
    """The columns of bigrams whose keys ascend. Under each first character stand the numbers of the second ones."""
    first, second = keys >> np.uint64(CHARACTER_BITS), keys & _CHARACTER
    alphabet = np.unique(np.concatenate((np.unique(first), np.unique(second))))
    numbers = np.searchsorted(alphabet, second)
    dtype = np.uint16 if len(alphabet) <= 1 << 16 else np.uint32
    columns: Columns = {
        "bigram.alphabet": alphabet.astype(np.uint32),
        "bigram.begin": np.searchsorted(first, alphabet, side="left").astype(np.uint32),
        "bigram.second": numbers.astype(dtype),
    }
    return columns | _postings_columns("bigram", chunks, documents)


def _postings_columns(kind: str, chunks: Iterable[GroupedPostings], documents: int) -> Columns:
    """The columns of postings that come in chunks of terms; each is packed before the next is asked for."""
    frequencies: list[NDArray[np.uint32]] = []
    offsets = [np.zeros(1, np.int64)]
    data: list[NDArray[np.uint8]] = []
    large_terms: list[NDArray[np.uint32]] = []
    large: list[NDArray[np.uint16]] = []
    terms = end = 0
    for chunk in chunks:
        packed = pack_postings(chunk.frequencies, chunk.docs, chunk.codes, documents)
        frequencies.append(chunk.frequencies.astype(np.uint32))
        offsets.append(packed.offsets[1:] + end)
        data.append(packed.data)
        numbers = np.arange(terms, terms + len(chunk.frequencies), dtype=np.uint32)
        large_terms.append(np.repeat(numbers, chunk.frequencies)[chunk.codes == LARGE])
        large.append(chunk.large.ravel())
        terms += len(chunk.frequencies)
        end += len(packed.data)
    return {
        f"{kind}.frequencies": np.concatenate([*frequencies, np.zeros(0, np.uint32)]),
        f"{kind}.offsets": np.concatenate(offsets).astype(np.uint32 if end < 1 << 32 else np.uint64),
        f"{kind}.data": np.concatenate([*data, np.zeros(0, np.uint8)]),
        f"{kind}.large_terms": np.concatenate([*large_terms, np.zeros(0, np.uint32)]),
        f"{kind}.large": np.concatenate([*large, np.zeros(0, np.uint16)]),
    }


def stored_columns(frames: Sequence[bytes]) -> Columns:
    offsets = np.cumsum([0, *map(len, frames)], dtype=np.uint64)
    return {"stored.offsets": offsets, "stored.frames": np.frombuffer(b"".join(frames), np.uint8)}


def compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    """Compresses documents for storing; `dictionary` is shared by all segments of an index, b"" if there is none."""
    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=shared, write_checksum=False, write_content_size=True)


class Segment:
    """Answers from a segment file. Document numbers begin at 0 in each segment."""

    def __init__(self, file: ColumnFile, dictionary: bytes = b"") -> None:
        self.file = file
        self.documents: int = file.facts["documents"]
        self._trie_bytes = file.buffer("word.trie")  # a mapped trie does not keep its buffer alive by itself
        self._trie = marisa_trie.Trie().map(self._trie_bytes)
        self._alphabet = file.column("bigram.alphabet")
        self._begin = file.column("bigram.begin")
        shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._decompressor = zstandard.ZstdDecompressor(dict_data=shared)

    def word(self, term: str) -> Postings | None:
        """The postings of a term, None for an unknown one."""
        try:
            ordinal = self._trie.get(term)
        except UnicodeEncodeError:  # a lone surrogate: in no text
            return None
        return None if ordinal is None else self._postings("word", ordinal)

    def terms(self, prefix: str = "") -> Iterable[str]:
        """The terms that begin with `prefix`, in no particular order."""
        keys: Iterable[str] = self._trie.iterkeys(prefix)
        return keys

    def words(self) -> list[tuple[str, int]]:
        """Every term and its ordinal."""
        return [(word, self._trie[word]) for word in self._trie.iterkeys()]

    def bigram(self, key: int) -> Postings | None:
        """The postings of a bigram by its key, None for an unknown one."""
        low, high = self._range(key >> CHARACTER_BITS)
        second = self._number(key & int(_CHARACTER))
        if low == high or second is None:
            return None
        numbers = self.file.column("bigram.second", low, high)
        place = int(np.searchsorted(numbers, numbers.dtype.type(second)))
        return self._postings("bigram", low + place) if place < len(numbers) and numbers[place] == second else None

    def character(self, character: int) -> NDArray[np.bool_]:
        """For each document whether a character (its code point) stands in it: in a bigram, first or second."""
        found = np.zeros(self.documents, np.bool_)
        number = self._number(character)
        if number is not None:
            low, high = self._range(character)
            ending = np.flatnonzero(self.file.column("bigram.second") == number)
            ordinals = np.concatenate((np.arange(low, high), ending))
            begin = self.file.column("bigram.offsets")[ordinals].astype(np.int64)
            frequencies = self.file.column("bigram.frequencies")[ordinals].astype(np.int64)
            found[unpack_many_documents(self.file.column("bigram.data"), begin, frequencies, self.documents)] = True
        return found

    def bigram_keys(self) -> NDArray[np.uint64]:
        """Every bigram's key, ascending; a bigram's place is its ordinal."""
        begin = np.append(self._begin, np.uint32(self.file.length("bigram.second")))
        first = np.repeat(self._alphabet.astype(np.uint64), begin[1:].astype(np.int64) - begin[:-1].astype(np.int64))
        second = self._alphabet[self.file.column("bigram.second")].astype(np.uint64)
        return first << np.uint64(CHARACTER_BITS) | second

    def column(self, name: str) -> NDArray[Any]:
        """A document column, one number for each document."""
        return self.file.column(f"doc.{name}")

    def stored(self, document: int) -> bytes:
        """What was stored of a document."""
        start, stop = (int(offset) for offset in self.file.column("stored.offsets", document, document + 2))
        record: bytes = self._decompressor.decompress(self.file.buffer("stored.frames", start, stop))
        return record

    def check(self) -> None:
        """Reads everything; raises IndexDamaged at the first block that is not as it was written."""
        self.file.check()

    def _number(self, character: int) -> int | None:
        place = int(np.searchsorted(self._alphabet, np.uint32(character)))
        return place if place < len(self._alphabet) and self._alphabet[place] == character else None

    def _range(self, character: int) -> tuple[int, int]:
        """The ordinals of the bigrams that begin with a character."""
        number = self._number(character)
        if number is None:
            return 0, 0
        end = self._begin[number + 1] if number + 1 < len(self._begin) else self.file.length("bigram.second")
        return int(self._begin[number]), int(end)

    def _postings(self, kind: str, ordinal: int) -> Postings:
        start, stop = self.file.column(f"{kind}.offsets", ordinal, ordinal + 2).tolist()
        frequency = int(self.file.column(f"{kind}.frequencies", ordinal, ordinal + 1)[0])
        large = self.file.column(f"{kind}.large_terms")
        rows = slice(0, 0)
        if len(large):
            low, high = np.searchsorted(large, np.array([ordinal, ordinal + 1], np.uint32)).tolist()
            rows = slice(3 * low, 3 * high)
        wide = self.file.column(f"{kind}.large", rows.start, rows.stop).reshape(-1, 3)
        return Postings(self.file.column(f"{kind}.data", start, stop), frequency, self.documents, wide)


def _all(parts: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)
