"""A segment: an immutable part of the index, its postings, document columns and stored text in one column file.

`newsearch.codec.builder` writes it; this answers from it, in terms of documents that are numbered from 0 in each
segment.

Numbers lead from one column to another. Where one leads nowhere, whether by accident or made so on purpose, that is
IndexDamaged: what numpy raises then (`ASTRAY`) is caught where the number is followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import repeat
from threading import Lock
from typing import Any, NamedTuple

import marisa_trie
import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.codec.builder import CHAMPION_BITS, CHAMPIONS, CHARACTER, CHARACTER_BITS, frequencies_of
from newsearch.codec.columns import ColumnFile
from newsearch.codec.packing import (
    LARGE,
    Sizes,
    unpack_codes,
    unpack_documents,
    unpack_many_documents,
    unpack_some_codes,
)
from newsearch.codec.postings import NO_ROWS
from newsearch.codec.stored import decompressor, stored_record
from newsearch.codec.structure import check_structure
from newsearch.codec.tries import check_trie
from newsearch.errors import IndexDamaged

Documents = NDArray[np.uint32]

#: What following a number raises that leads nowhere.
ASTRAY = (IndexError, ValueError, OverflowError)
_LARGEST_CHARACTER = 0x10FFFF
# Postings that are unpacked at once where only a mark of each is kept: few enough for the processor's cache.
_AT_ONCE = 64_000


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

    __slots__ = ("_ordinal", "frequency", "kind", "packed", "segment")

    def __init__(self, segment: Segment, kind: str, ordinal: int, packed: NDArray[np.uint8], frequency: int) -> None:
        self.segment = segment
        self.kind = kind
        self._ordinal = ordinal
        #: Their bytes, checked.
        self.packed = packed
        self.frequency = frequency

    @property
    def has_codes(self) -> bool:
        """Whether it is said how often the term occurs in each field."""
        return self.kind == "word"

    def docs(self) -> Documents:
        self.segment.file.look()
        try:
            return unpack_documents(self.packed, self.frequency, self.segment.documents)
        except ASTRAY:
            raise self.astray() from None

    def frequencies(self) -> tuple[NDArray[Any], ...]:
        """How often a word occurs in title, lead and rest of the body of each document: uint8, or uint16 where a
        frequency is large."""
        self.segment.file.look()
        try:
            codes = unpack_codes(self.packed, self.frequency, self.segment.documents)
            return frequencies_of(codes, self.segment.large_frequencies(self._ordinal))
        except ASTRAY:
            raise self.astray() from None

    def frequencies_at(self, places: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        """The frequencies in some of the documents, by their places among `docs`."""
        self.segment.file.look()
        try:
            codes = unpack_some_codes(self.packed, self.frequency, self.segment.documents, places)
        except ASTRAY:
            raise self.astray() from None
        if (codes == LARGE).any():
            return tuple(field[places] for field in self.frequencies())
        return frequencies_of(codes, NO_ROWS)

    def large(self, row: int) -> NDArray[np.uint16]:
        """The frequencies (title, lead, body) of one of the postings that did not fit in a code."""
        frequencies: NDArray[np.uint16] = self.segment.large_frequencies(self._ordinal)[row]
        return frequencies

    def champions(self) -> Champions | None:
        """None for a term that is not frequent enough to have any."""
        return self.segment.champions(self._ordinal)

    def astray(self) -> IndexDamaged:
        """The error for bytes that are no postings."""
        return self.segment.file.damaged(f"{self.kind}.data", f"has postings of term {self._ordinal} that are none")


class Segment:
    """Answers from a segment file. Document numbers begin at 0 in each segment."""

    def __init__(self, file: ColumnFile, dictionary: bytes = b"") -> None:
        check_structure(file)
        self.file = file
        self.documents: int = file.facts["documents"]
        #: What the strengths of champions were measured by.
        self.reference: dict[str, Any] = file.facts.get("reference", {})
        self._trie_bytes = file.buffer("word.trie")  # a mapped trie does not keep its buffer alive by itself
        self._trie = mapped_trie(file, "word.trie", self._trie_bytes, file.length("word.frequencies"))
        self._alphabets: dict[str, dict[int, int]] = {}
        self._dictionary = dictionary
        self._decompressing = Lock()  # a decompressor serves one thread at a time

    def word(self, term: str) -> Postings | None:
        """The postings of a term, None for an unknown one."""
        ordinal = self.word_ordinal(term)
        return None if ordinal is None else self._postings("word", ordinal)

    def word_ordinal(self, term: str) -> int | None:
        """The ordinal of a term, None for an unknown one."""
        self.file.look()
        try:
            ordinal: int | None = self._trie.get(term)
        except UnicodeEncodeError:  # a lone surrogate: in no text
            return None
        return ordinal

    def term(self, ordinal: int) -> str:
        """The term that has an ordinal."""
        self.file.look()
        try:
            term: str = self._trie.restore_key(ordinal)
        except (KeyError, *ASTRAY):
            raise self.file.damaged("word.trie", f"has no term {ordinal}") from None
        return term

    def terms(self, prefix: str = "") -> Iterator[str]:
        """The terms that begin with `prefix`, in no particular order."""
        self.file.look()
        try:
            yield from self._trie.iterkeys(prefix)
        except UnicodeDecodeError:
            raise self._no_text() from None

    def known(self, terms: Iterable[str]) -> list[str]:
        """Those of `terms` that are in the segment; none may have a lone surrogate."""
        self.file.look()
        trie = self._trie
        return [term for term in terms if term in trie]

    def characters(self) -> str:
        """Every character that stands in a bigram, ascending."""
        return "".join(map(chr, self._alphabet("bigram").tolist()))

    def words(self, prefix: str = "") -> list[tuple[str, int]]:
        """The terms that begin with `prefix` and their ordinals, in no particular order."""
        self.file.look()
        try:
            found: list[tuple[str, int]] = self._trie.items(prefix)
        except UnicodeEncodeError:
            return []
        except UnicodeDecodeError:
            raise self._no_text() from None
        return found

    def words_at(self, text: str) -> list[tuple[str, int]]:
        """The terms that `text` begins with and their ordinals, shortest first."""
        self.file.look()
        try:
            return list(self._trie.iter_prefixes_with_ids(text))
        except UnicodeDecodeError:
            raise self._no_text() from None

    def longest_words(self, runs: Iterable[str], longest: int) -> list[str]:
        """Runs of Han by forward maximum matching: the longest terms of so many characters, or else one character."""
        self.file.look()
        prefixes = self._trie.prefixes
        words: list[str] = []
        try:
            for run in runs:
                start, end = 0, len(run)
                while start < end:
                    word = (prefixes(run[start : start + longest]) or run[start])[-1]
                    words.append(word)
                    start += len(word)
        except UnicodeDecodeError:
            raise self._no_text() from None
        return words

    def ordinals(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """The ordinals of terms, −1 for unknown ones; none may have a lone surrogate."""
        self.file.look()
        return np.fromiter(map(self._trie.get, terms, repeat(-1)), np.int64, len(terms))

    def word_at(self, ordinal: int) -> Postings:
        """The postings of the term that has an ordinal."""
        return self._postings("word", ordinal)

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
            low, high = self._range(kind, number)
            if high > self.file.length(f"{kind}.second"):
                raise self.file.damaged(f"{kind}.begin", f"has no bigrams {low} to {high}")
            ending = ending[(ending < low) | (ending >= high)]
            ordinals = np.concatenate((np.arange(low, high), ending))
            parts = np.cumsum(self.frequencies_of(kind, ordinals)) // _AT_ONCE
            for some in np.split(ordinals, np.flatnonzero(np.diff(parts)) + 1):
                found[self.documents_of(kind, some)] = True
        return found

    def frequencies(self, kind: str) -> NDArray[Any]:
        """In how many documents each term of a kind is, by its ordinal."""
        frequencies = self.file.column(f"{kind}.frequencies")
        if len(frequencies) and frequencies.max() > self.documents:
            raise self.file.damaged(f"{kind}.frequencies", "counts more documents than there are")
        return frequencies

    def frequencies_of(self, kind: str, ordinals: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many documents each of some terms is."""
        frequencies: NDArray[np.int64] = self.file.column(f"{kind}.frequencies")[ordinals].astype(np.int64)
        return frequencies

    def documents_of(self, kind: str, ordinals: NDArray[np.int64]) -> Documents:
        """The documents of some terms, one term after another; each term once."""
        data, begin, frequencies = self.packed_documents(kind, ordinals)
        try:
            return unpack_many_documents(data, begin, frequencies, self.documents)
        except ASTRAY:
            raise self.file.damaged(f"{kind}.data", "has postings that are none") from None

    def packed_documents(
        self, kind: str, ordinals: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
        """The bytes in which the documents of some terms are packed, where those of each begin, and how many each has;
        checked, all at once: quicker than some at a time."""
        begin = self.file.column(f"{kind}.offsets")[ordinals].astype(np.int64)
        frequencies = self.frequencies_of(kind, ordinals)
        sizes = Sizes.of(frequencies, self.documents)
        return self.file.parts(f"{kind}.data", begin, begin + sizes.low + sizes.high), begin, frequencies

    def bigram_keys(self, kind: str = "bigram") -> NDArray[np.uint64]:
        """Every bigram's key, ascending; a bigram's place is its ordinal."""
        alphabet, begin = self._alphabet(kind), self.file.column(f"{kind}.begin")
        ends = np.append(begin[1:], np.uint32(self.file.length(f"{kind}.second")))
        try:
            first = np.repeat(alphabet.astype(np.uint64), ends.astype(np.int64) - begin.astype(np.int64))
            second = alphabet[self.file.column(f"{kind}.second")].astype(np.uint64)
            return first << np.uint64(CHARACTER_BITS) | second
        except ASTRAY:
            raise self.file.damaged(f"{kind}.begin", "counts bigrams that are not there") from None

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
        docs = self.file.column("word.champions", start, stop)
        if docs.max() >= self.documents:
            raise self.file.damaged("word.champions", "names documents that are not there")
        _, lead, body = CHAMPION_BITS
        return Champions(
            docs,
            packed >> (lead + body),
            packed >> body & ((1 << lead) - 1),
            packed & ((1 << body) - 1),
            float(self.file.column("word.champion_rest", place, place + 1)[0]),
        )

    def every_champion(self) -> tuple[NDArray[np.int64], Documents]:
        """The words that have champions, by ordinal, and a row of `CHAMPIONS` documents for each."""
        if not self.reference:
            return np.zeros(0, np.int64), np.zeros((0, CHAMPIONS), np.uint32)
        terms, docs = self.file.column("word.champion_terms").astype(np.int64), self.file.column("word.champions")
        if len(docs) != CHAMPIONS * len(terms) or docs.max(initial=0) >= max(self.documents, 1):
            raise self.file.damaged("word.champions", "names documents that are not there")
        return terms, docs.reshape(-1, CHAMPIONS)

    def columns(self) -> list[str]:
        """The names of the document columns."""
        return [name.removeprefix("doc.") for name in self.file.names() if name.startswith("doc.")]

    def column(self, name: str) -> NDArray[Any]:
        """A document column, one number for each document."""
        return self.file.column(f"doc.{name}")

    def stored(self, document: int) -> bytes:
        """What was stored of a document."""
        with self._decompressing:
            return stored_record(self.file, self._decompressor, document)

    def check(self) -> None:
        """Reads everything; raises IndexDamaged at the first block that is not as it was written."""
        self.file.check()

    @cached_property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        return decompressor(self._dictionary)

    def _numbers(self, kind: str) -> dict[int, int]:
        """Code point → its number in the alphabet of the bigrams."""
        numbers = self._alphabets.get(kind)
        if numbers is None:
            alphabet = self._alphabet(kind).tolist()
            numbers = self._alphabets[kind] = dict(zip(alphabet, range(len(alphabet)), strict=True))
        return numbers

    def _alphabet(self, kind: str) -> NDArray[np.uint32]:
        """The code points that occur in bigrams, ascending."""
        alphabet = self.file.column(f"{kind}.alphabet")
        if len(alphabet) and (alphabet[-1] > _LARGEST_CHARACTER or (alphabet[1:] <= alphabet[:-1]).any()):
            raise self.file.damaged(f"{kind}.alphabet", "is none")
        return alphabet

    def _no_text(self) -> IndexDamaged:
        return self.file.damaged("word.trie", "has a term that is no text")

    def _range(self, kind: str, first: int) -> tuple[int, int]:
        """The ordinals of the bigrams that begin with a character, given by its number."""
        begin = self.file.column(f"{kind}.begin")
        end = begin[first + 1] if first + 1 < len(begin) else self.file.length(f"{kind}.second")
        return int(begin[first]), int(end)

    def _postings(self, kind: str, ordinal: int) -> Postings:
        start, stop = self.file.column(f"{kind}.offsets", ordinal, ordinal + 2).tolist()
        frequency = int(self.file.column(f"{kind}.frequencies", ordinal, ordinal + 1)[0])
        if frequency > self.documents:
            raise self.file.damaged(f"{kind}.frequencies", f"has {frequency} documents for term {ordinal}")
        return Postings(self, kind, ordinal, self.file.column(f"{kind}.data", start, stop), frequency)


def mapped_trie(file: ColumnFile, name: str, content: memoryview, terms: int) -> marisa_trie.Trie:
    """The trie in a column, safe to ask. Raises IndexDamaged if it is none, or has another number of terms."""
    try:
        if check_trie(content) != terms:
            raise ValueError("another number of terms")
        return marisa_trie.Trie().map(content)
    except (ValueError, RuntimeError) as error:
        raise file.damaged(name, f"is no list of {terms} terms ({error})") from None
