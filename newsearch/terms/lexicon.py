"""What a dictionary knows about two stretches of text: whether a word spans them."""

from __future__ import annotations

from newsearch.terms.dictionary import Dictionary
from newsearch.terms.fold import fold


class DictionaryLexicon:
    """Answers from a dictionary; text may be in either script."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def cohesion(self, left: str, right: str) -> float:
        """log P(left + right) − log P(left) − log P(right) under the unigram model, in nats. 0 if no word of the
        dictionary spans the seam, never less."""
        left, right = fold(left), fold(right)
        apart = self._dictionary.log_probability(left) + self._dictionary.log_probability(right)
        return max(0.0, self._dictionary.log_probability(left + right) - apart)
