"""Segmentation: a run of Han characters → words, by two engines that give the same words.

Articles are cut by the thousand as arrays (`newsearch.terms.bulk_segment`), queries here: as jieba does it, but on a
`Dictionary`, which needs no start-up, and with no more of jieba loaded than its model of unknown words when a query has
one. Words that a user added are in both. A test holds the two to the same search-mode words, and to jieba's, on every
run it can find. Neither ever sees Latin letters, digits and punctuation: `newsearch.terms.tokens` cuts them.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable
from functools import cache
from math import inf, log
from typing import Any, Protocol

from newsearch.terms.choices import Cut, Span, choices
from newsearch.terms.dictionary import Dictionary, ExtendedDictionary
from newsearch.terms.unknown import WordModel, unknown_words

# What both engines' dictionaries and models cover. Other Han characters are words of their own.
HAN_FIRST, HAN_LAST = "\u4e00", "\u9fd5"
HAN_RUN = re.compile(f"[{HAN_FIRST}-{HAN_LAST}]+")

# jieba's model of unknown words takes time quadratic in the run (240 kB of one character: 40 s). News has no run
# without punctuation as long as this; text that has is cut into runs of this length.
LONGEST_RUN = 200


class Segmenter(Protocol):
    """Cuts one run of Han characters."""

    def words(self, run: str) -> list[str]:
        """The words of the likeliest cut, in order; joined they are the run."""
        ...

    def search_words(self, run: str) -> list[str]:
        """jieba's search mode: each word, preceded by the shorter words of the dictionary inside it."""
        ...

    @property
    def extended(self) -> bool:
        """Whether a user added words, so that a query may have more than one cut."""
        ...

    def choices(self, run: str) -> list[list[Cut]]:
        """The stretches of a query's run, each with the cuts it may mean: see `newsearch.terms.choices`."""
        ...


class DictionarySegmenter:
    """jieba's segmentation with the words of a `Dictionary`, which need not be loaded."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._without_added = self if dictionary.base is dictionary else DictionarySegmenter(dictionary.base)

    def words(self, run: str) -> list[str]:
        """The words of the likeliest cut; single characters in a row go through the model of unknown words, unless
        together they are a word that the cut did not choose (`Tokenizer.__cut_DAG` of jieba)."""
        ends = self._ends(run)
        words: list[str] = []
        start = singles = 0  # run[singles:start] are single characters
        while start < len(run):
            end = ends[start]
            if end - start > 1:
                words += self._single(run[singles:start])
                words.append(run[start:end])
                singles = end
            start = end
        return [*words, *self._single(run[singles:])]

    def search_words(self, run: str) -> list[str]:
        """Of a word of three characters or more the words of two and of three inside it too, and before it
        (`Tokenizer.cut_for_search` of jieba)."""
        known = self._dictionary.frequency
        found: list[str] = []
        for word in self.words(run):
            for length in (2, 3):
                if len(word) > length:
                    parts = (word[at : at + length] for at in range(len(word) - length + 1))
                    found += filter(known, parts)
            found.append(word)
        return found

    @property
    def extended(self) -> bool:
        return isinstance(self._dictionary, ExtendedDictionary)

    def choices(self, run: str) -> list[list[Cut]]:
        """The cuts that a run of a query may mean, with the added words that jieba does not know."""
        new: list[Span] = []
        if isinstance(self._dictionary, ExtendedDictionary):
            ends = self._dictionary.new_words_at
            new = [Span(at, end) for at in range(len(run)) for end in ends(run, at) if end > at + 1]
        return choices(self._without_added.words(run), new, self._without_added.words)

    def suggested_frequency(self, word: str) -> int:
        """What jieba gives a word that is added without a frequency: just enough for it to be cut as one word."""
        return int(_tokenizer_class()(self._dictionary).suggest_freq(word))

    def _ends(self, run: str) -> list[int]:
        """Where the word of the likeliest cut ends that begins at each character: of equally likely ones the longest
        (`Tokenizer.calc` of jieba)."""
        log_total = log(self._dictionary.total)
        scores = [0.0] * (len(run) + 1)
        ends = [0] * len(run)
        for start in range(len(run) - 1, -1, -1):
            best = -inf
            for end, frequency in self._dictionary.words_at(run, start):
                score = log(frequency) - log_total + scores[end]
                if score >= best:
                    best, ends[start] = score, end
            if best == -inf:
                best, ends[start] = -log_total + scores[start + 1], start + 1
            scores[start] = best
        return ends

    def _single(self, characters: str) -> Iterable[str]:
        if len(characters) < 2 or self._dictionary.frequency(characters):
            return characters
        return unknown_words(characters, word_model())


def han_runs(text: str) -> list[str]:
    """The runs of `text` that a segmenter cuts, none longer than `LONGEST_RUN`."""
    runs = HAN_RUN.findall(text)
    if all(len(run) <= LONGEST_RUN for run in runs):
        return runs
    return [run[start : start + LONGEST_RUN] for run in runs for start in range(0, len(run), LONGEST_RUN)]


class _Frequencies:
    """What jieba's Tokenizer asks of its FREQ mapping."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._frequency = dictionary.frequency

    def get(self, word: str, default: int = 0) -> int:
        return self._frequency(word) or default


@cache
def word_model() -> WordModel:
    """jieba's model of unknown words."""
    finalseg = _import_jieba().finalseg
    return WordModel(finalseg.start_P, finalseg.trans_P, finalseg.emit_P)


@cache
def _tokenizer_class() -> type[Any]:
    jieba = _import_jieba()

    class MappedTokenizer(jieba.Tokenizer):  # type: ignore[misc, name-defined]
        """jieba's Tokenizer, as far as it suggests frequencies, which is for words of any characters."""

        def __init__(self, dictionary: Dictionary) -> None:
            super().__init__()
            self._words = dictionary
            self.FREQ = _Frequencies(dictionary)
            self.total = dictionary.total
            self.initialized = True  # there is nothing to load and no cache to write

        def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802 (jieba's name)
            """Start → last characters of the words that begin there."""
            return {
                start: [end - 1 for end, _ in self._words.words_at(sentence, start)] or [start]
                for start in range(len(sentence))
            }

    return MappedTokenizer


def _import_jieba() -> Any:
    """jieba, without its detour over pkg_resources (slow, deprecated, and absent from new environments) and
    without its log lines on stderr."""
    absent = object()
    before = sys.modules.get("pkg_resources", absent)
    if before is absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # makes jieba read its files itself
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # its regular expressions, when they are first compiled
            import logging

            import jieba
    finally:
        if before is absent:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.ERROR)
    return jieba
