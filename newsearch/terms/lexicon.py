"""What a dictionary knows about stretches of text: whether a word spans two, and which words tell them apart."""

from __future__ import annotations

from functools import lru_cache
from math import log

from newsearch.terms.dictionary import Dictionary
from newsearch.terms.fold import fold
from newsearch.terms.segment import DictionarySegmenter, han_runs


class DictionaryLexicon:
    """Answers from a dictionary; text may be in either script."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._segmenter = DictionarySegmenter(dictionary)
        self.words = lru_cache(maxsize=512)(self._words)

    def cohesion(self, left: str, right: str) -> float:
        """log P(left + right) − log P(left) − log P(right) under the unigram model, in nats. 0 if no word of the
        dictionary spans the seam, never less."""
        left, right = fold(left), fold(right)
        apart = self._dictionary.log_probability(left) + self._dictionary.log_probability(right)
        return max(0.0, self._dictionary.log_probability(left + right) - apart)

    def _words(self, text: str) -> frozenset[str]:
        """The distinct words of two characters or more."""
        return frozenset(word for run in han_runs(fold(text)) for word in self._segmenter.words(run) if len(word) > 1)

    def weight(self, word: str) -> float:
        """−log P(word): an unknown word counts as one of frequency 1."""
        return log(self._dictionary.total) - log(self._dictionary.frequency(word) or 1)
