"""A segment: an immutable part of the index, its postings, document columns and stored text in one column file.

`newsearch.codec.builder` writes it; this answers from it, in terms of documents that are numbered from 0 in each
segment.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import marisa_trie
import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.codec.builder import CHAMPION_BITS, CHAMPIONS, CHARACTER, CHARACTER_BITS, frequencies_of
from newsearch.codec.columns import ColumnFile
from newsearch.codec.packing import LARGE, unpack_codes, unpack_documents, unpack_many_documents, unpack_some_codes
from newsearch.codec.postings import NO_ROWS

Documents = NDArray[np.uint32]


class Champions(NamedTuple):
    """Where a word is strongest: documents, ascending, how often it occurs in each field of them (uint16), and how
    strong it is at most in any other document, by the segment's own reference."""

    docs: Documents
    title: NDArray[Any]
    lead: NDArray[Any]
    body: NDArray[Any]
    rest: float


class Postings:
    """The postings of one term in one segment, unpacked when asked for.

    `docs` (uint32) are its documents, ascending, each once. An unknown term has none.
    """

    __slots__ = ("_ordinal", "_packed", "_segment", "frequency")

    def __init__(self, segment: Segment, ordinal: int, packed: NDArray[np.uint8], frequency: int) -> None:
        self._segment = segment
        self._ordinal = ordinal
        self._packed = packed
        self.frequency = frequency

    def docs(self) -> Documents:
        return unpack_documents(self._packed, self.frequency, self._segment.documents)

    def frequencies(self) -> tuple[NDArray[Any], ...]:
        """How often a word occurs in title, lead and rest of the body of each document: uint8, or uint16 where a
        frequency is large."""
        codes = unpack_codes(self._packed, self.frequency, self._segment.documents)
        return frequencies_of(codes, self._segment.large_frequencies(self._ordinal))

    def frequencies_at(self, places: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        """The frequencies in some of the documents, by their places among `docs`."""
        codes = unpack_some_codes(self._packed, self.frequency, self._segment.documents, places)
        if (codes == LARGE).any():
            return tuple(field[places] for field in self.frequencies())
        return frequencies_of(codes, NO_ROWS)

    def champions(self) -> Champions | None:
        """None for a term that is not frequent enough to have any."""
        return self._segment.champions(self._ordinal)


class Segment:
    """Answers from a segment file. Document numbers begin at 0 in each segment."""

    def __init__(self, file: ColumnFile, dictionary: bytes = b"") -> None:
        self.file = file
        self.documents: int = file.facts["documents"]
        #: What the strengths of champions were measured by.
        self.reference: dict[str, Any] = file.facts.get("reference", {})
        self._trie_bytes = file.buffer("word.trie")  # a mapped trie does not keep its buffer alive by itself
        self._trie = marisa_trie.Trie().map(self._trie_bytes)
        self._alphabets: dict[str, dict[int, int]] = {}
        self._dictionary = dictionary
        self._decompressing = Lock()  # a decompressor serves one thread at a time

    def word(self, term: str) -> Postings | None:
        """The postings of a term, None for an unknown one."""
        try:
            ordinal = self._trie.get(term)
        except UnicodeEncodeError:  # a lone surrogate: in no text
            return None
        return None if ordinal is None else self._postings("word", ordinal)

    def term(self, ordinal: int) -> str:
        """The term that has an ordinal."""
        term: str = self._trie.restore_key(ordinal)
        return term

    def terms(self, prefix: str = "") -> Iterable[str]:
        """The terms that begin with `prefix`, in no particular order."""
        keys: Iterable[str] = self._trie.iterkeys(prefix)
        return keys

    def known(self, terms: Iterable[str]) -> list[str]:
        """Those of `terms` that are in the segment; none may have a lone surrogate."""
        trie = self._trie
        return [term for term in terms if term in trie]

    def characters(self) -> str:
        """Every character that stands in a bigram, ascending."""
        return "".join(map(chr, self.file.column("bigram.alphabet").tolist()))

    def words(self, prefix: str = "") -> list[tuple[str, int]]:
        """The terms that begin with `prefix` and their ordinals, in no particular order."""
        try:
            found: list[tuple[str, int]] = self._trie.items(prefix)
        except UnicodeEncodeError:
            return []
        return found

    def words_at(self, text: str) -> list[tuple[str, int]]:
        """The terms that `text` begins with and their ordinals, shortest first."""
        return list(self._trie.iter_prefixes_with_ids(text))

    def bigram(self, key: int, kind: str = "bigram") -> Postings | None:
        """The postings of a bigram by its key, None for an unknown one; documents only."""
        numbers = self._numbers(kind)
        first, second = numbers.get(key >> CHARACTER_BITS), numbers.get(key & int(CHARACTER))
        if first is None or second is None:
            return None
        low, high = self._range(kind, first)
        seconds = self.file.column(f"{kind}.second", low, high)
        place = int(seconds.searchsorted(seconds.dtype.type(second)))
        return self._postings(kind, low + place) if place < len(seconds) and seconds[place] == second else None

    def character(self, character: int, kind: str = "bigram") -> NDArray[np.bool_]:
        """For each document whether a character (its code point) stands in it: in a bigram, first or second."""
        found = np.zeros(self.documents, np.bool_)
        number = self._numbers(kind).get(character)
        if number is not None:
            ending = np.flatnonzero(self.file.column(f"{kind}.second") == number)
            ordinals = np.concatenate((np.arange(*self._range(kind, number)), ending))
            begin = self.file.column(f"{kind}.offsets")[ordinals].astype(np.int64)
            frequencies = self.file.column(f"{kind}.frequencies")[ordinals].astype(np.int64)
            found[unpack_many_documents(self.file.column(f"{kind}.data"), begin, frequencies, self.documents)] = True
        return found

    def bigram_keys(self, kind: str = "bigram") -> NDArray[np.uint64]:
        """Every bigram's key, ascending; a bigram's place is its ordinal."""
        alphabet, begin = self.file.column(f"{kind}.alphabet"), self.file.column(f"{kind}.begin")
        ends = np.append(begin[1:], np.uint32(self.file.length(f"{kind}.second")))
        first = np.repeat(alphabet.astype(np.uint64), ends.astype(np.int64) - begin.astype(np.int64))
        second = alphabet[self.file.column(f"{kind}.second")].astype(np.uint64)
        return first << np.uint64(CHARACTER_BITS) | second

    def large_frequencies(self, ordinal: int) -> NDArray[np.uint16]:
        """The frequencies (title, lead, body) of a word's postings that did not fit in a code: shape (n, 3)."""
        terms = self.file.column("word.large_terms")
        low, high = terms.searchsorted(np.array([ordinal, ordinal + 1], np.uint32)).tolist()
        return self.file.column("word.large", 3 * low, 3 * high).reshape(-1, 3)

    def champions(self, ordinal: int) -> Champions | None:
        """The champions of a word by its ordinal, None if it has none."""
        if not self.reference:
            return None
        terms = self.file.column("word.champion_terms")
        place = int(terms.searchsorted(np.uint32(ordinal)))
        if place == len(terms) or terms[place] != ordinal:
            return None
        start, stop = CHAMPIONS * place, CHAMPIONS * (place + 1)
        packed = self.file.column("word.champion_frequencies", start, stop)
        _, lead, body = CHAMPION_BITS
        return Champions(
            self.file.column("word.champions", start, stop),
            packed >> (lead + body),
            packed >> body & ((1 << lead) - 1),
            packed & ((1 << body) - 1),
            float(self.file.column("word.champion_rest", place, place + 1)[0]),
        )

    def columns(self) -> list[str]:
        """The names of the document columns."""
        return [name.removeprefix("doc.") for name in self.file.names() if name.startswith("doc.")]

    def column(self, name: str) -> NDArray[Any]:
        """A document column, one number for each document."""
        return self.file.column(f"doc.{name}")

    def stored(self, document: int) -> bytes:
        """What was stored of a document."""
        start, stop = self.file.column("stored.offsets", document, document + 2).tolist()
        with self._decompressing:
            record: bytes = self._decompressor.decompress(self.file.buffer("stored.frames", start, stop))
        return record

    def check(self) -> None:
        """Reads everything; raises IndexDamaged at the first block that is not as it was written."""
        self.file.check()

    @cached_property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        shared = zstandard.ZstdCompressionDict(self._dictionary) if self._dictionary else None
        return zstandard.ZstdDecompressor(dict_data=shared)

    def _numbers(self, kind: str) -> dict[int, int]:
        """Code point → its number in the alphabet of the bigrams."""
        numbers = self._alphabets.get(kind)
        if numbers is None:
            alphabet = self.file.column(f"{kind}.alphabet").tolist()
            numbers = self._alphabets[kind] = dict(zip(alphabet, range(len(alphabet)), strict=True))
        return numbers

    def _range(self, kind: str, first: int) -> tuple[int, int]:
        """The ordinals of the bigrams that begin with a character, given by its number."""
        begin = self.file.column(f"{kind}.begin")
        end = begin[first + 1] if first + 1 < len(begin) else self.file.length(f"{kind}.second")
        return int(begin[first]), int(end)

    def _postings(self, kind: str, ordinal: int) -> Postings:
        start, stop = self.file.column(f"{kind}.offsets", ordinal, ordinal + 2).tolist()
        frequency = int(self.file.column(f"{kind}.frequencies", ordinal, ordinal + 1)[0])
        return Postings(self, ordinal, self.file.column(f"{kind}.data", start, stop), frequency)
