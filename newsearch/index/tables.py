"""The terms of a generation as whole tables: which words begin with a prefix, which characters follow which, which
value of a keyword field each document has.

Search asks for one term at a time; completions, corrections and facets ask for all of a kind at once. Tables are made
when they are first asked for and kept as long as their reader. Counts are of documents and include deleted ones, until
a merge drops them: enough to rank by; who needs to be exact asks `Reader.word`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.codec.builder import CHARACTER_BITS
from newsearch.codec.segment import Segment
from newsearch.index.terms import NO_DOCUMENTS, Documents
from newsearch.schema import KEYWORD_MARK

_CHARACTER = np.uint64((1 << CHARACTER_BITS) - 1)


class Bigrams(NamedTuple):
    """Every bigram and in how many documents it is; four arrays of one length, in order of first, then second.

    `first` and `second` (uint16 or uint32) are numbers of `alphabet`, the characters in order; `keys` (int64) is
    first · len(alphabet) + second, ascending; `counts` is int64.
    """

    alphabet: str
    first: NDArray[Any]
    second: NDArray[Any]
    keys: NDArray[np.int64]
    counts: NDArray[np.int64]

    def number(self, character: str) -> int:
        """The number of a character, −1 for one that is in no bigram."""
        place = bisect_left(self.alphabet, character)
        return place if self.alphabet[place : place + 1] == character else -1

    def _distinct(self, characters: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the characters, each once, and for each character which of these is its."""
        places = {character: place for place, character in enumerate(dict.fromkeys(characters))}
        alphabet, wanted = _code_points(self.alphabet), _code_points("".join(places))
        numbers = alphabet.searchsorted(wanted)
        known = np.append(alphabet, 0)[numbers] == wanted
        return np.where(known, numbers, -1), np.array([places[character] for character in characters], np.int64)

    def documents(self, left: str, right: str) -> int:
        """In how many documents one character stands before another."""
        first, second = self.number(left), self.number(right)
        wanted = first * len(self.alphabet) + second
        place = int(np.searchsorted(self.keys, wanted)) if min(first, second) >= 0 else len(self.keys)
        return int(self.counts[place]) if place < len(self.keys) and self.keys[place] == wanted else 0

    def seams(self, left: Sequence[str], right: Sequence[str]) -> NDArray[np.int64]:
        """In how many documents each character of `left` stands before each of `right`: a row for each of `left`."""
        (first, row), (second, column) = self._distinct(left), self._distinct(right)
        first = first[:, None]
        wanted = first * len(self.alphabet) + second
        places = np.minimum(np.searchsorted(self.keys, wanted), max(len(self.keys) - 1, 0))
        known = (first >= 0) & (second >= 0)
        known[known] = self.keys[places[known]] == wanted[known]
        counts = np.zeros(wanted.shape, np.int64)
        counts[known] = self.counts[places[known]]
        return counts[row[:, None], column]


class KeywordValues(NamedTuple):
    """The folded values of a keyword field, and which documents have which: two arrays of one length.

    `values[ordinals[i]]` is a value of `documents[i]` (uint32), deleted documents included; the documents of one value
    ascend.
    """

    values: list[str]
    ordinals: NDArray[np.int32]
    documents: NDArray[np.uint32]


class Places(NamedTuple):
    """Where words are: the ordinal of each in every segment (−1 where it is not), and in how many documents each is."""

    ordinals: list[NDArray[np.int64]]
    counts: NDArray[np.int64]


class Champions(NamedTuple):
    """Documents in which words are strong, of those words that are frequent enough in a segment to have such: a sample
    of their documents, deleted ones included.

    `documents[i]` (uint32) is one of `words[rows[i]]`. For each word, `everywhere` is in how many documents it is,
    `counts` in how many of the segments whose champions these are, and `sampled` how many champions it has.
    """

    words: list[str]
    everywhere: NDArray[np.int64]
    counts: NDArray[np.int64]
    sampled: NDArray[np.int64]
    rows: NDArray[np.int64]
    documents: Documents


class TermTables:
    """What the segments of a generation have, added up."""

    def __init__(self, segments: Sequence[Segment], bases: Sequence[int]) -> None:
        self._segments = segments
        self._bases = bases
        self._words: dict[str, dict[str, int]] = {}
        self._keywords: dict[str, KeywordValues] = {}

    @cached_property
    def _counts(self) -> list[NDArray[np.uint32]]:
        return [segment.frequencies("word") for segment in self._segments]

    @property
    def postings(self) -> int:
        """How many postings all words have together, keyword values included."""
        return sum(int(counts.sum()) for counts in self._counts)

    def words(self, prefix: str) -> dict[str, int]:
        """The words that begin with a prefix of one character or more, keyword values left out, and in how many
        documents each is."""
        first = prefix[:1]
        if first not in self._words:
            found: Counter[str] = Counter()
            for segment, counts in zip(self._segments, self._counts, strict=True):
                for word, ordinal in segment.words(first):
                    if KEYWORD_MARK not in word:
                        found[word] += int(counts[ordinal])
            self._words[first] = dict(found)
        beginning = self._words[first]
        if prefix == first:
            return beginning
        return {word: count for word, count in beginning.items() if word.startswith(prefix)}

    def places(self, words: Sequence[str]) -> Places:
        """Where some words are in each segment, and in how many documents each is."""
        ordinals = [segment.ordinals(words) for segment in self._segments]
        found = np.zeros(len(words), np.int64)
        for mine, counts in zip(ordinals, self._counts, strict=True):
            there = mine >= 0
            found[there] += counts[mine[there]]
        return Places(ordinals, found)

    def counts(self, words: Sequence[str]) -> NDArray[np.int64]:
        """In how many documents each of some words is."""
        return self.places(words).counts

    def longest_words(self, runs: Iterable[str], longest: int, document: int) -> list[str]:
        """Runs of Han, cut at the longest words of a document's segment: see `Segment.longest_words`."""
        return self._segments[bisect_right(self._bases, document) - 1].longest_words(runs, longest)

    def check_documents(self, words: Places) -> None:
        """Checks the postings that are to be read of words, all at once. Raises IndexDamaged."""
        for segment, ordinals in zip(self._segments, words.ordinals, strict=True):
            segment.packed_documents("word", ordinals[ordinals >= 0])

    def documents_of(self, words: Places, some: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], Documents]]:
        """The documents of some of the words, segment by segment, deleted ones included: two arrays of one length,
        places in `some` and documents. Quickest for words of few documents."""
        for base, segment, all_ordinals in zip(self._bases, self._segments, words.ordinals, strict=True):
            ordinals = all_ordinals[some]
            there = np.flatnonzero(ordinals >= 0)
            found = segment.documents_of("word", ordinals[there])
            yield np.repeat(there, segment.frequencies_of("word", ordinals[there])), found + np.uint32(base)

    def documents_of_one(self, words: Places, place: int) -> Iterator[Documents]:
        """The documents of the word at a place, segment by segment, deleted ones included. Quickest for words of many
        documents; they are not kept."""
        for base, segment, ordinals in zip(self._bases, self._segments, words.ordinals, strict=True):
            if (ordinal := int(ordinals[place])) >= 0:
                yield segment.word_at(ordinal).docs() + np.uint32(base)

    def most_frequent(self, most: int) -> tuple[list[str], int]:
        """The words, keyword values left out, that are among the `most` most frequent terms of a segment, and in how
        many documents any other word can be."""
        found: dict[str, None] = {}
        others = 0
        for segment, counts in zip(self._segments, self._counts, strict=True):
            order = np.argsort(-counts.astype(np.int64), kind="stable")
            found |= dict.fromkeys(map(segment.term, order[:most].tolist()))
            others += int(counts[order[most]]) if most < len(order) else 0
        return [word for word in found if KEYWORD_MARK not in word], others

    @cached_property
    def champions(self) -> Champions:
        """A sample of the documents of the most frequent words."""
        words: list[str] = []
        none = np.zeros(0, np.int64)
        rows, of_each, counts, documents = [none], [none], [none], [NO_DOCUMENTS]
        for base, segment in zip(self._bases, self._segments, strict=True):
            terms, docs = segment.every_champion()
            # Most are champions of an earlier segment too: to look these up is quicker than to write all out.
            mine = _places_among(terms, segment.ordinals(words))
            new = np.flatnonzero(mine < 0)
            mine[new] = len(words) + np.arange(len(new))
            words += map(segment.term, terms[new].tolist())
            rows.append(mine)
            of_each.append(np.repeat(mine, docs.shape[1]))
            documents.append(docs.ravel() + np.uint32(base))
            counts.append(segment.frequencies_of("word", terms))
        covered = np.bincount(np.concatenate(rows), np.concatenate(counts), len(words)).astype(np.int64)
        every = np.concatenate(of_each)
        sampled = np.bincount(every, minlength=len(words))
        return Champions(words, self.counts(words), covered, sampled, every, np.concatenate(documents))

    @cached_property
    def bigrams(self) -> Bigrams:
        keys = np.concatenate([np.zeros(0, np.uint64), *(segment.bigram_keys() for segment in self._segments)])
        counts = [segment.frequencies("bigram") for segment in self._segments]
        order = np.argsort(keys, kind="stable")  # a merge: each segment's keys ascend
        keys, counted = keys[order], np.concatenate([np.zeros(0, np.uint32), *counts])[order].astype(np.int64)
        begin = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
        keys, counted = keys[begin], np.add.reduceat(counted, begin)
        first, second = keys >> np.uint64(CHARACTER_BITS), keys & _CHARACTER
        present = np.zeros(1 << CHARACTER_BITS, np.bool_)
        present[first] = present[second] = True
        codes = np.flatnonzero(present)
        number = np.zeros(1 << CHARACTER_BITS, np.uint16 if len(codes) <= 1 << 16 else np.uint32)
        number[codes] = np.arange(len(codes))
        left, right = number[first], number[second]
        dense = left.astype(np.int64) * len(codes) + right
        return Bigrams("".join(map(chr, codes.tolist())), left, right, dense, counted)

    def keyword(self, field: str) -> KeywordValues:
        """The values of a keyword field (source, section, author, …)."""
        if field not in self._keywords:
            self._keywords[field] = self._keyword_values(field)
        return self._keywords[field]

    def _keyword_values(self, field: str) -> KeywordValues:
        prefix = field + KEYWORD_MARK
        numbers: dict[str, int] = {}
        ordinals = [np.zeros(0, np.int32)]
        documents = [np.zeros(0, np.uint32)]
        for base, segment in zip(self._bases, self._segments, strict=True):
            terms = segment.words(prefix)
            if not terms:
                continue
            places = np.array([ordinal for _, ordinal in terms], np.int64)
            mine = [numbers.setdefault(term.removeprefix(prefix), len(numbers)) for term, _ in terms]
            found = segment.documents_of("word", places)
            ordinals.append(np.repeat(np.array(mine, np.int32), segment.frequencies_of("word", places)))
            documents.append(found + np.uint32(base))
        return KeywordValues(list(numbers), np.concatenate(ordinals), np.concatenate(documents))


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _places_among(numbers: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each number among others, none of which is there twice but for −1; −1 for those that are not."""
    order = np.argsort(others)
    place = np.append(others[order], np.iinfo(np.int64).max).searchsorted(numbers)
    found = np.append(order, -1)[place]
    return np.where(np.append(others, -1)[found] == numbers, found, -1)
