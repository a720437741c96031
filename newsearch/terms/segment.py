"""Segmentation: a run of Han characters → words, by two engines that give the same words.

Articles are cut by rjieba (Rust, ten times faster), queries by jieba's own Tokenizer on a `Dictionary`, which needs
no start-up. A test holds the two to the same search-mode words on every run it can find. They would differ on
Latin letters, digits and punctuation, so neither ever sees those: `newsearch.terms.tokens` cuts them. What is left is
one character five or more times in a row, where jieba's own model is undecided; strings are found there all the same.
"""

from __future__ import annotations

import logging
import re
import sys
import warnings
from functools import cache
from math import log
from typing import Any, Protocol

from newsearch.terms.dictionary import Dictionary

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


class BulkSegmenter:
    """rjieba, for indexing."""

    def __init__(self) -> None:
        import rjieba  # 0.2 s: loads its dictionary. Searching never needs it.

        self._jieba = rjieba.Jieba()

    def words(self, run: str) -> list[str]:
        return list(self._jieba.cut(run))

    def search_words(self, run: str) -> list[str]:
        return list(self._jieba.cut_for_search(run))


class DictionarySegmenter:
    """jieba's Tokenizer reading its words from a `Dictionary`."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._tokenizer = _tokenizer_class()(dictionary)

    def words(self, run: str) -> list[str]:
        return list(self._tokenizer.cut(run))

    def search_words(self, run: str) -> list[str]:
        return list(self._tokenizer.cut_for_search(run))


def han_runs(text: str) -> list[str]:
    """The runs of `text` that a segmenter cuts, none longer than `LONGEST_RUN`."""
    runs = HAN_RUN.findall(text)
    if all(len(run) <= LONGEST_RUN for run in runs):
        return runs
    return [run[start : start + LONGEST_RUN] for run in runs for start in range(0, len(run), LONGEST_RUN)]


class _Frequencies:
    """What jieba's Tokenizer asks of its FREQ mapping."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.get = dictionary.frequency


@cache
def _tokenizer_class() -> type[Any]:
    jieba = _import_jieba()

    class MappedTokenizer(jieba.Tokenizer):  # type: ignore[misc, name-defined]
        """Overrides the two steps of jieba's Tokenizer that read its dictionary; the rest is jieba's."""

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
