"""Many texts → occurrences of words and bigrams, as arrays.

`newsearch.terms.tokens` says what the words and bigrams of one text are; here a batch of texts is folded, segmented and
cut in a few whole-array steps, with the same outcome (a test compares the two). That is many times faster: neither a
word nor a bigram is touched alone by Python.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from newsearch.terms.fold import FOLDED, even, inner_break, uneven_codes
from newsearch.terms.segment import HAN_FIRST, HAN_LAST, LONGEST_RUN, Segmenter
from newsearch.terms.sketch import sketches
from newsearch.terms.tokens import NOT_HAN_TOKEN, SHIFT, other_words

_BMP = 0x10000
# Ends a text among several; where it stands in a text, something else that is no letter stands for it.
_TEXT_END, _NO_LETTER = "\x01", "\x02"
_SENTENCE_ENDS = np.array([ord(character) for character in "\n。！？!?”』」"], np.uint32)


class BatchSegmenter(Protocol):
    """Cuts many runs of Han characters, none longer than `LONGEST_RUN`."""

    def numbered(
        self, characters: NDArray[np.uint16], lengths: NDArray[np.int64], vocabulary: Vocabulary
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The search words of runs, which lie one after another: for each its number in the vocabulary, which grows,
        and the place of its first character, or of another one of the same run. Characters count from `HAN_FIRST`."""
        ...


class EachRun:
    """A segmenter that cuts one run at a time, for batches that are too small for another to be made."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def numbered(
        self, characters: NDArray[np.uint16], lengths: NDArray[np.int64], vocabulary: Vocabulary
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        text = (characters.astype(np.uint32) + np.uint32(ord(HAN_FIRST))).tobytes().decode("utf-32-le")
        numbers: list[int] = []
        places: list[int] = []
        begin = 0
        for length in lengths.tolist():
            words = self._segmenter.search_words(text[begin : begin + length])
            numbers += map(vocabulary.number, words)
            places += [begin] * len(words)
            begin += length
        return np.array(numbers, np.int64), np.array(places, np.int64)


class Occurrences(NamedTuple):
    """What stands where: three arrays of one length, in order of texts.

    `terms` (uint64) are word numbers, `texts` (int64) the numbers of the texts in the batch, `late` (bool) whether it
    stands behind the text's first part.
    """

    terms: NDArray[np.uint64]
    texts: NDArray[np.int64]
    late: NDArray[np.bool_]


class BigramOccurrences(NamedTuple):
    """Bigram keys (uint64: first << 21 | second) and the texts (int64) they stand in, in order of texts."""

    keys: NDArray[np.uint64]
    texts: NDArray[np.int64]


class CutTexts(NamedTuple):
    """What a batch of texts holds; and the sketch (uint64) of each."""

    words: Occurrences
    bigrams: BigramOccurrences
    sketches: NDArray[np.uint64]


class Vocabulary:
    """Words and their numbers, in the order they came."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._tokens: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def words(self) -> list[str]:
        return list(self._numbers)

    def number(self, word: str) -> int:
        return self._numbers[word]

    def numbers_of(self, token: str, match: re.Match[str]) -> list[int]:
        """The numbers of the words of a token that is no Han, which is `token` without the character behind it."""
        numbers = self._tokens.get(token)
        if numbers is None:
            numbers = self._tokens[token] = [self.number(word) for word in other_words(match, match.string)]
        return numbers


def cut_texts(texts: Sequence[str], first_part: int, segmenter: BatchSegmenter, vocabulary: Vocabulary) -> CutTexts:
    """Cuts original texts; `vocabulary`, which numbers the words, grows.

    The first part of a text is its first `first_part` characters, up to the end of the run of letters there.
    """
    codes, ends = _views(texts)
    letters = _letters(codes)
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
    parts = _part_ends(letters, starts, ends, first_part)
    text_of = np.repeat(np.arange(len(ends)), ends - starts + 1)
    words = _words(codes, letters, text_of, parts, segmenter, vocabulary)
    sketched = sketches(codes.compress(letters), text_of.compress(letters), len(texts))
    return CutTexts(words, _bigrams(codes, letters, text_of), sketched)


def _views(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The matching views of the texts as code points, each followed by a mark, and where the marks are."""
    joined = (
        _TEXT_END.join(text.replace(_TEXT_END, _NO_LETTER) if _TEXT_END in text else text for text in texts) + _TEXT_END
    )
    codes = _fold_codes().take(np.frombuffer(joined.encode("utf-32-le"), np.uint32))
    breaks = np.flatnonzero(codes == ord("\n"))
    # Nearly every line ends with a sentence; only the others need a closer look.
    breaks = breaks[~np.isin(codes[breaks - 1], _SENTENCE_ENDS)]
    if len(breaks):
        codes = _without_inner_breaks(joined, codes, breaks)
    if uneven_codes().take(codes).any():  # rare
        codes = np.frombuffer(even(codes.tobytes().decode("utf-32-le")).encode("utf-32-le"), np.uint32)
    return codes, np.flatnonzero(codes == ord(_TEXT_END))


def _without_inner_breaks(joined: str, codes: NDArray[np.uint32], breaks: NDArray[np.int64]) -> NDArray[np.uint32]:
    folded = codes.tobytes().decode("utf-32-le")
    kept = np.ones(len(codes), np.bool_)
    for at in breaks.tolist():
        found = inner_break(joined, folded, at)
        if found:
            start, end, instead = found
            codes[start : start + len(instead)] = ord(" ")
            kept[start + len(instead) : end] = False
    return codes.compress(kept)


def _part_ends(
    letters: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64], first_part: int
) -> NDArray[np.int64]:
    """For each text where its first part ends: the first non-letter at or after `first_part`; its end if shorter."""
    breaks = np.flatnonzero(~letters)
    wanted = np.minimum(starts + first_part, ends)
    return breaks[np.searchsorted(breaks, wanted)]


def _words(
    codes: NDArray[np.uint32],
    letters: NDArray[np.bool_],
    text_of: NDArray[np.int64],
    parts: NDArray[np.int64],
    segmenter: BatchSegmenter,
    vocabulary: Vocabulary,
) -> Occurrences:
    han = (codes >= ord(HAN_FIRST)) & (codes <= ord(HAN_LAST))
    at = np.flatnonzero(han)
    others = _other_words(codes, letters & ~han, text_of, parts, vocabulary)
    if not len(at):
        return others
    numbers, places = segmenter.numbered(
        (codes.take(at) - np.uint32(ord(HAN_FIRST))).astype(np.uint16), _run_lengths(at), vocabulary
    )
    at = at.take(places)
    texts = text_of.take(at)
    # A first part ends between two runs.
    words = _joined(Occurrences(numbers.astype(np.uint64), texts, at >= parts.take(texts)), others)
    # In order of texts: what puts them in order of words later need not put each word's places in order then.
    keys = words.texts << 1 | words.late
    order = np.argsort(keys.astype(np.uint16) if len(parts) < 1 << 15 else keys, kind="stable")
    return Occurrences(words.terms.take(order), words.texts.take(order), words.late.take(order))


def _run_lengths(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lengths of the runs of neighbouring places; a longer one than `LONGEST_RUN` is several."""
    begins = np.flatnonzero(np.diff(places, prepend=-2) > 1)
    lengths = np.diff(np.append(begins, len(places)))
    pieces = -(-lengths // LONGEST_RUN)
    if len(pieces) == pieces.sum():
        return lengths
    first = np.repeat(np.cumsum(pieces) - pieces, pieces)
    cut_before = LONGEST_RUN * (np.arange(len(first)) - first)
    cut: NDArray[np.int64] = np.minimum(np.repeat(lengths, pieces) - cut_before, LONGEST_RUN)
    return cut


def _other_words(
    codes: NDArray[np.uint32],
    others: NDArray[np.bool_],
    text_of: NDArray[np.int64],
    parts: NDArray[np.int64],
    vocabulary: Vocabulary,
) -> Occurrences:
    """The words of the letters that the segmenter does not see: Latin letters, digits, rare Han."""
    # Only these and their neighbours are read: a tenth of most texts.
    near = others.copy()
    near[1:] |= others[:-1]
    near[:-1] |= others[1:]
    kept = np.flatnonzero(near)
    text = codes[kept].tobytes().decode("utf-32-le")
    terms: list[int] = []
    places: list[int] = []
    counts: list[int] = []
    for match in NOT_HAN_TOKEN.finditer(text):
        start, end = match.span()
        numbers = vocabulary.numbers_of(text[start : end + 1], match)
        terms += numbers
        places.append(start)
        counts.append(len(numbers))
    at = np.repeat(kept[np.array(places, np.int64)], counts)
    texts = text_of.take(at)
    return Occurrences(np.array(terms, np.uint64), texts, at >= parts[texts])


def _bigrams(codes: NDArray[np.uint32], letters: NDArray[np.bool_], text_of: NDArray[np.int64]) -> BigramOccurrences:
    """Two neighbouring letters, and a letter without neighbours with RUN_END."""
    joins = letters[:-1] & letters[1:]  # the last character is a mark, so no text is cut short
    alone = letters[:-1] & ~letters[1:]
    alone[1:] &= ~letters[:-2]
    begins = joins | alone
    at = np.flatnonzero(begins)
    second = codes.take(at + 1)
    second *= joins.take(at)
    keys = codes.take(at).astype(np.uint64) << np.uint64(SHIFT) | second
    return BigramOccurrences(keys, text_of.take(at))


def _joined(left: Occurrences, right: Occurrences) -> Occurrences:
    return Occurrences(*(np.concatenate(pair) for pair in zip(left, right, strict=True)))


def _letters(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points are letters or digits (`str.isalnum`)."""
    letters = _bmp_letters().take(codes, mode="clip")
    for position in np.flatnonzero(codes >= _BMP):  # rare: characters beyond the basic plane
        letters[position] = chr(codes[position]).isalnum()
    return letters


@cache
def _bmp_letters() -> NDArray[np.bool_]:
    return np.fromiter((chr(code).isalnum() for code in range(_BMP + 1)), np.bool_, _BMP + 1)


@cache
def _fold_codes() -> NDArray[np.uint32]:
    """Code point → folded code point."""
    table = np.arange(0x110000, dtype=np.uint32)
    table[list(FOLDED)] = list(FOLDED.values())
    return table
