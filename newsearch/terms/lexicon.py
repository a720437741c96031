"""What a dictionary knows about two stretches of text: whether a word spans them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from math import log

from newsearch.terms.dictionary import Dictionary
from newsearch.terms.fold import fold

# Stretches of text of which it is kept how they are cut: a page compares each with many.
_KEPT = 1024


class DictionaryLexicon:
    """Answers from a dictionary, or from what makes one when it is first asked; text may be in either script."""

    def __init__(self, dictionary: Dictionary | Callable[[], Dictionary]) -> None:
        self._made_by = dictionary
        self._beginnings = lru_cache(_KEPT)(self._cut_beginnings)
        self._ends = lru_cache(_KEPT)(self._cut_ends)
        self._cohesion = lru_cache(_KEPT)(self._across)

    @cached_property
    def _dictionary(self) -> Dictionary:
        return self._made_by if isinstance(self._made_by, Dictionary) else self._made_by()

    def cohesion(self, left: str, right: str) -> float:
        """log P(left + right) − log P(left) − log P(right) under the unigram model, in nats. 0 if no word of the
        dictionary spans the seam, never less."""
        return self._cohesion(fold(left), fold(right))

    def _across(self, left: str, right: str) -> float:
        # A cut of both that is likelier has a word across the seam, and is at its best before and behind it.
        before, behind = self._beginnings(left), self._ends(right)
        apart, seam, text = before[-1] + behind[0], len(left), left + right
        best = apart
        for start in range(seam):
            for end, frequency in self._dictionary.words_at(text, start):
                if end > seam:
                    word = log(frequency) - log(self._dictionary.total)
                    best = max(best, before[start] + word + behind[end - seam])
        return best - apart

    def _cut_beginnings(self, text: str) -> list[float]:
        """The log probability of each beginning of a text, from none of it to all."""
        return self._dictionary.log_probabilities(text)

    def _cut_ends(self, text: str) -> list[float]:
        """The log probability of each end of a text, from all of it to none."""
        return [self._dictionary.log_probability(text[start:]) for start in range(len(text) + 1)]
