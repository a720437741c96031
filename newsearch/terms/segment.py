"""Segmentation: a run of Han characters → words, by two engines that give the same words.

Articles are cut by the thousand as arrays (`newsearch.terms.bulk_segment`), queries by jieba's own Tokenizer on a
`Dictionary`, which needs no start-up; words that a user added are in both. A test holds the two to the same search-mode
words on every run it can find. Neither ever sees Latin letters, digits and punctuation: `newsearch.terms.tokens` cuts
them.
"""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from math import log
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
    """jieba's Tokenizer reading its words from a `Dictionary`."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._tokenizer = _tokenizer_class()(dictionary)
        self._without_added = self if dictionary.base is dictionary else DictionarySegmenter(dictionary.base)

    def words(self, run: str) -> list[str]:
        return list(self._tokenizer.cut(run))

    def search_words(self, run: str) -> list[str]:
        return list(self._tokenizer.cut_for_search(run))

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
        return int(self._tokenizer.suggest_freq(word))


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

    model = word_model()

    class MappedTokenizer(jieba.Tokenizer):  # type: ignore[misc, name-defined]
        """Overrides the steps of jieba's Tokenizer that read its dictionary or its model of unknown words; the rest is
        jieba's."""

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

        def calc(self, sentence: str, DAG: dict[int, list[int]], route: dict[int, tuple[float, int]]) -> None:  # noqa: N803
            """The likeliest cut from each start, as jieba computes it."""
            frequency, log_total = self._words.frequency, log(self.total)
            route[len(sentence)] = (0, 0)
            for start in range(len(sentence) - 1, -1, -1):
                route[start] = max(
                    (log(frequency(sentence[start : last + 1]) or 1) - log_total + route[last + 1][0], last)
                    for last in DAG[start]
                )

        def _Tokenizer__cut_DAG(self, sentence: str) -> Iterator[str]:  # noqa: N802 (jieba's name for __cut_DAG)
            """The words of the likeliest cut; single characters in a row go through the model, unless together they
            are a word that the cut did not choose."""
            route: dict[int, tuple[float, int]] = {}
            self.calc(sentence, self.get_DAG(sentence), route)
            start = singles = 0  # sentence[singles:start] are single characters
            while start < len(sentence):
                end = route[start][1] + 1
                if end - start > 1:
                    yield from self._single(sentence[singles:start])
                    yield sentence[start:end]
                    singles = end
                start = end
            yield from self._single(sentence[singles:])

        def _single(self, characters: str) -> Iterable[str]:
            if len(characters) < 2 or self._words.frequency(characters):
                return characters
            return unknown_words(characters, model)

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
            import jieba
    finally:
        if before is absent:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel(logging.ERROR)
    return jieba
