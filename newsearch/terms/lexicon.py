"""What a dictionary knows about two stretches of text: whether a word spans them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from newsearch.terms.dictionary import Dictionary
from newsearch.terms.fold import fold


class DictionaryLexicon:
    """Answers from a dictionary, or from what makes one when it is first asked; text may be in either script."""

    def __init__(self, dictionary: Dictionary | Callable[[], Dictionary]) -> None:
        self._made_by = dictionary

    @cached_property
    def _dictionary(self) -> Dictionary:
        return self._made_by if isinstance(self._made_by, Dictionary) else self._made_by()

    def cohesion(self, left: str, right: str) -> float:
        """log P(left + right) − log P(left) − log P(right) under the unigram model, in nats. 0 if no word of the
        dictionary spans the seam, never less."""
        left, right = fold(left), fold(right)
        apart = self._dictionary.log_probability(left) + self._dictionary.log_probability(right)
        return max(0.0, self._dictionary.log_probability(left + right) - apart)
