"""The likeliest cut of many runs of characters at once, as jieba computes it for one.

jieba goes through a run from its end to its beginning, and for each character takes the word that begins there and
makes the rest of the run likeliest (`Tokenizer.calc`). Here all runs take each step together: the characters that are
as far from the end of their runs lie side by side, the longest runs first, so that a step reads and writes slices.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsearch.terms.word_table import Places, Words, WordTable


class Layout:
    """Characters of runs in the order in which all runs take their steps together.

    Step 0 comes before all characters, one entry for each run, the longest first; step t are the characters that are t
    from one end of their run, the last character being 1 from the end.
    """

    def __init__(self, lengths: Places) -> None:
        order = np.argsort(-lengths, kind="stable")
        longest = int(lengths.max(initial=0))
        #: How many runs take each step, and where it begins.
        self.counts = len(lengths) - np.searchsorted(np.sort(lengths), np.arange(longest + 1))
        self.begins = np.cumsum(self.counts) - self.counts
        #: The place of each run among the longest first.
        self.rank = np.empty(len(lengths), np.int64)
        self.rank[order] = np.arange(len(lengths))
        self.size = int(self.counts.sum())

    def steps(self) -> list[tuple[int, int]]:
        """Where each step begins, and how many runs take it."""
        return list(zip(self.begins.tolist(), self.counts.tolist(), strict=True))


def best_cut(table: WordTable, lengths: Places, rest: Places, found: Sequence[Words]) -> NDArray[np.uint8]:
    """The length of the word that the likeliest cut has from each character on.

    `lengths` are those of the runs, which lie one after another, `rest` how many characters of its run there are from
    each character on, and `found` the words in them by length, beginning with 1.
    """
    layout = Layout(lengths)
    at = layout.begins.take(rest) + np.repeat(layout.rank, lengths)
    in_word = np.zeros(len(rest), np.bool_)
    for words in found:
        in_word[words.places] = True
    weights = [np.full(layout.size, -np.inf) for _ in range(2)]
    weights[0][at.compress(~in_word)] = table.unknown
    for dense, words in zip(weights, found, strict=False):
        dense[at.take(words.places)] = table.weights.take(words.states)
    longer = [_Sparse(at, table, words, layout) for words in found[2:]]
    score = np.zeros(layout.size)
    chosen = np.ones(layout.size, np.uint8)
    steps = layout.steps()
    one, two = weights
    for step, (begin, count) in enumerate(steps[1:], 1):
        here = slice(begin, begin + count)
        before = steps[step - 1][0]
        best = one[here] + score[before : before + count]
        if step > 1:
            before = steps[step - 2][0]
            other = two[here] + score[before : before + count]
            # Of equally likely ones jieba takes the longest.
            chosen[here] += other >= best
            np.maximum(best, other, out=best)
        score[here] = best
        for length, sparse in enumerate(longer[: max(step - 2, 0)], 3):
            sparse.improve(step, score, chosen, length, begin - steps[step - length][0])
    lengths_from: NDArray[np.uint8] = chosen.take(at)
    return lengths_from


class _Sparse:
    """Words of one length in the order of the steps."""

    def __init__(self, at: Places, table: WordTable, words: Words, layout: Layout) -> None:
        places = at.take(words.places)
        order = np.argsort(places)
        self._places = places.take(order)
        self._weights = table.weights.take(words.states.take(order))
        self._bounds: list[int] = np.searchsorted(self._places, np.append(layout.begins, layout.size)).tolist()

    def improve(self, step: int, score: NDArray[np.float64], chosen: NDArray[np.uint8], length: int, back: int) -> None:
        """Takes the words where they make a cut likelier than shorter ones; what follows a word lies `back` before."""
        first, last = self._bounds[step], self._bounds[step + 1]
        if first == last:
            return
        places = self._places[first:last]
        scores = self._weights[first:last] + score.take(places - back)
        better = scores >= score.take(places)
        places = places.compress(better)
        score[places] = scores.compress(better)
        chosen[places] = length


def cut_places(chosen: NDArray[np.uint8], begins: Places, lengths: Places) -> NDArray[np.bool_]:
    """At which characters of the runs a word begins, if from each character on the word has the `chosen` length."""
    starts = np.zeros(len(chosen), np.bool_)
    ends = begins + lengths
    while len(begins):
        starts[begins] = True
        begins = begins + chosen.take(begins)
        going = begins < ends
        begins, ends = begins.compress(going), ends.compress(going)
    return starts
