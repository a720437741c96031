"""`newsearch.terms.unknown` for many runs at once: all of them take each step of the Viterbi algorithm together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsearch.terms.best_cut import Layout
from newsearch.terms.unknown import BEFORE, NEVER, WordModel, emission
from newsearch.terms.word_table import Places

# In the order in which the later one is taken of two that are equally likely.
_STATES = "BEMS"
_BEFORE = np.array([[_STATES.index(before) for before in sorted(BEFORE[state])] for state in _STATES])
_ENDING = np.array([state in "ES" for state in _STATES])
_Scores = NDArray[np.float64]


class ArrayModel:
    """A model of unknown words; characters are numbered from 0, the code point `first`, to the code point `last`."""

    def __init__(self, model: WordModel, first: int, last: int) -> None:
        self._first = [model.first[state] for state in _STATES]
        self._following = [[model.following[b].get(state, NEVER) for state in _STATES] for b in _STATES]
        self._emissions = np.full((len(_STATES), last - first + 1), NEVER)
        for row, state in zip(self._emissions, _STATES, strict=True):
            for character in model.character[state]:
                if len(character) == 1 and first <= ord(character) <= last:
                    row[ord(character) - first] = emission(model, state, character)

    def starts(self, characters: NDArray[np.uint16], lengths: Places) -> NDArray[np.bool_]:
        """At which characters of the runs, which lie one after another, an unknown word begins."""
        layout = Layout(lengths)
        begins = np.cumsum(lengths) - lengths
        place = np.arange(len(characters)) - np.repeat(begins, lengths)
        at = layout.begins[place + 1] + np.repeat(layout.rank, lengths)
        ordered = np.zeros(layout.size, np.uint16)
        ordered[at] = characters
        ends = self._ends(layout, self._emissions.take(ordered, axis=1))
        starts: NDArray[np.bool_] = place == 0
        starts[1:] |= ends[at[:-1]]
        return starts

    def _ends(self, layout: Layout, emissions: _Scores) -> NDArray[np.bool_]:
        """For each character, in the order of the steps, whether a word ends there."""
        steps = layout.steps()
        later = np.zeros((len(_STATES), layout.size), np.bool_)
        last = np.zeros(steps[0][1], np.bool_)
        scores: list[_Scores] = []
        for step, (begin, count) in enumerate(steps[1:], 1):
            here = slice(begin, begin + count)
            if step == 1:
                scores = [first + row[here] for first, row in zip(self._first, emissions, strict=True)]
            else:
                scores = [score[:count] for score in scores]
                scores = [
                    self._step(scores, state, emissions[state, here], later[state, here])
                    for state in range(len(_STATES))
                ]
            last[:count] = scores[3] >= scores[1]
        states = np.zeros(0, np.intp)
        ends = np.zeros(layout.size, np.bool_)
        for begin, count in reversed(steps[1:]):
            states = np.concatenate((states, np.where(last[len(states) : count], 3, 1)))
            ends[begin : begin + count] = _ENDING[states]
            states = _BEFORE[states, later[states, np.arange(begin, begin + count)].astype(np.intp)]
        return ends

    def _step(self, scores: list[_Scores], state: int, emitted: _Scores, took_late: NDArray[np.bool_]) -> _Scores:
        """The scores of a state after one more character; `took_late` says where it follows the later of two."""
        early, late = _BEFORE[state]
        by_early = scores[early] + self._following[early][state] + emitted
        by_late = scores[late] + self._following[late][state] + emitted
        np.greater_equal(by_late, by_early, out=took_late)
        best: _Scores = np.maximum(by_early, by_late)
        return best
