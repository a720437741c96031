"""Many texts → occurrences of words and bigrams, as arrays.

`newsearch.terms.tokens` says what the words and bigrams of one text are; here a batch of texts is folded, segmented and
cut in a few whole-array steps, with the same outcome (a test compares the two). That is ten times faster: the segmenter
is called once a batch, and neither a word nor a bigram is touched alone by Python.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from newsearch.terms.fold import FOLDED, SOFT_BREAK
from newsearch.terms.segment import HAN_FIRST, HAN_LAST, LONGEST_RUN
from newsearch.terms.sketch import sketches
from newsearch.terms.tokens import NOT_HAN_TOKEN, SHIFT, other_words

_BMP = 0x10000
# Marks in the text that the segmenter sees; it hands each back as a token of its own.
_BREAK, _TEXT_END, _PART_END = "\n", "\x01", "\x02"
_MARKS = 3
_SENTENCE_ENDS = np.array([ord(character) for character in "\n。！？!?”』」"], np.uint32)
_TEXT_END_NUMBER, _PART_END_NUMBER = -2, -1
_LONG_RUN = re.compile(f"([{HAN_FIRST}-{HAN_LAST}]{{{LONGEST_RUN}}})")


class BatchSegmenter(Protocol):
    def search_words(self, text: str) -> list[str]:
        """The search words of a text; a character that is no Han is a word of its own."""
        ...


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
        for mark in (_BREAK, _TEXT_END, _PART_END):
            self._numbers[mark]

    def __len__(self) -> int:
        return len(self._numbers) - _MARKS

    def words(self) -> list[str]:
        return list(self._numbers)[_MARKS:]

    def number(self, word: str) -> int:
        return self._numbers[word] - _MARKS

    def numbers_of(self, token: str, match: re.Match[str]) -> list[int]:
        """The numbers of the words of a token that is no Han, which is `token` without the character behind it."""
        numbers = self._tokens.get(token)
        if numbers is None:
            numbers = self._tokens[token] = [self.number(word) for word in other_words(match, match.string)]
        return numbers

    def with_marks(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of tokens among which there are marks; those have the numbers below 0."""
        return np.fromiter(map(self._numbers.__getitem__, tokens), np.int64, len(tokens)) - _MARKS


def cut_texts(texts: Sequence[str], first_part: int, segmenter: BatchSegmenter, vocabulary: Vocabulary) -> CutTexts:
    """Cuts original texts; `vocabulary`, which numbers the words, grows.

    The first part of a text is its first `first_part` characters, up to the end of the run of letters there.
    """
    codes, ends = _views(texts)
    letters = _letters(codes)
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1))
    parts = _part_ends(letters, starts, ends, first_part)
    words = _words(codes, letters, starts, ends, parts, segmenter, vocabulary)
    at = np.flatnonzero(letters)
    text_of = np.searchsorted(ends, at)
    return CutTexts(words, _bigrams(codes, letters, ends), sketches(codes[at], text_of, len(texts)))


def _views(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The matching views of the texts as code points, each followed by a mark, and where the marks are."""
    joined = (
        _TEXT_END.join(text.replace(_TEXT_END, _PART_END) if _TEXT_END in text else text for text in texts) + _TEXT_END
    )
    codes = _fold_codes()[np.frombuffer(joined.encode("utf-32-le"), np.uint32)]
    breaks = np.flatnonzero(codes == ord("\n"))
    # Nearly every line ends with a sentence; only the others need a closer look.
    breaks = breaks[~np.isin(codes[breaks - 1], _SENTENCE_ENDS)]
    if len(breaks):
        codes = _without_soft_breaks(codes, breaks)
    return codes, np.flatnonzero(codes == ord(_TEXT_END))


def _without_soft_breaks(codes: NDArray[np.uint32], breaks: NDArray[np.int64]) -> NDArray[np.uint32]:
    text = codes.tobytes().decode("utf-32-le")
    kept = np.ones(len(codes), np.bool_)
    for at in breaks.tolist():
        start = at
        while start and text[start - 1] in " \t\r":
            start -= 1
        soft = SOFT_BREAK.match(text, start)
        if soft:
            kept[soft.start() : soft.end()] = False
    return codes[kept]


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
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    parts: NDArray[np.int64],
    segmenter: BatchSegmenter,
    vocabulary: Vocabulary,
) -> Occurrences:
    han = (codes >= ord(HAN_FIRST)) & (codes <= ord(HAN_LAST))
    marked = np.where(han, codes, np.uint32(ord(_BREAK)))
    marked[parts] = ord(_PART_END)
    marked[ends] = ord(_TEXT_END)  # also where the first part is the whole text
    kept = (marked != ord(_BREAK)) | np.concatenate(([True], marked[:-1] != ord(_BREAK)))
    marked = marked[kept]
    text = marked.tobytes().decode("utf-32-le")
    if _longest_run(marked >= ord(HAN_FIRST)) > LONGEST_RUN:
        text = _LONG_RUN.sub(r"\1\n", text)
    tokens = segmenter.search_words(text)
    found = vocabulary.with_marks(tokens)
    text_ends = found == _TEXT_END_NUMBER
    number = np.cumsum(text_ends)
    # Late is what has a part's end before it in its own text, not only in earlier ones.
    part_ends = np.cumsum(found == _PART_END_NUMBER)
    late = part_ends > np.concatenate(([0], part_ends[text_ends]))[number]
    words = found >= 0
    han_words = Occurrences(found[words].astype(np.uint64), number[words], late[words])
    return _joined(han_words, _other_words(codes, letters & ~han, starts, parts, vocabulary))


def _other_words(
    codes: NDArray[np.uint32],
    others: NDArray[np.bool_],
    starts: NDArray[np.int64],
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
    texts = np.searchsorted(starts, at, side="right") - 1
    return Occurrences(np.array(terms, np.uint64), texts, at >= parts[texts])


def _bigrams(codes: NDArray[np.uint32], letters: NDArray[np.bool_], ends: NDArray[np.int64]) -> BigramOccurrences:
    """Two neighbouring letters, and a letter without neighbours with RUN_END."""
    joins = letters[:-1] & letters[1:]  # the last character is a mark, so no text is cut short
    alone = letters[:-1] & ~letters[1:]
    alone[1:] &= ~letters[:-2]
    begins = joins | alone
    at = np.flatnonzero(begins)
    second = codes[at + 1].astype(np.uint64)
    second[alone[at]] = 0
    keys = codes[at].astype(np.uint64) << np.uint64(SHIFT) | second
    counts = np.diff(np.searchsorted(at, ends), prepend=0)
    return BigramOccurrences(keys, np.repeat(np.arange(len(ends)), counts))


def _longest_run(members: NDArray[np.bool_]) -> int:
    """The length of the longest run of True."""
    others = np.flatnonzero(~members)
    return int(np.diff(others, prepend=-1, append=len(members)).max()) - 1


def _joined(left: Occurrences, right: Occurrences) -> Occurrences:
    return Occurrences(*(np.concatenate(pair) for pair in zip(left, right, strict=True)))


def _letters(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points are letters or digits (`str.isalnum`)."""
    letters = _bmp_letters()[np.minimum(codes, _BMP)]
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
