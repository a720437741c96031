"""Segmentation for indexing: jieba's search words of many runs of Han characters at once, as whole-array operations.

The words are those of `newsearch.terms.segment`, which cuts one run at a time (a test holds the two to each other).
The dictionary is walked from all characters together (`word_table`), all runs take each step of the likeliest cut
together (`best_cut`), and so do those characters in it that the model of unknown words decides on (`unknown_cuts`). No
word is ever made a string, except once for each number it gets: so words come numbered, in little more than the time
that rjieba, in Rust, takes to cut them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from newsearch.terms.best_cut import best_cut, cut_places
from newsearch.terms.bulk import Vocabulary
from newsearch.terms.dictionary import default_frequencies
from newsearch.terms.segment import HAN_FIRST, HAN_LAST, word_model
from newsearch.terms.unknown_cuts import ArrayModel
from newsearch.terms.word_table import NONE, Places, States, Words, WordTable

_FIRST, _LAST = ord(HAN_FIRST), ord(HAN_LAST)
# Characters of an unknown word that fit in a key of 64 bits, and the bits of each.
_PACKED, _PACKED_BITS = 4, 15


class Cut(NamedTuple):
    """Words in runs of characters: where each begins, how many characters it has, and its state in the dictionary."""

    places: Places
    lengths: Places
    states: States


class BulkSegmenter:
    """jieba's segmentation by its own dictionary and the words added to it. Takes half a second to make."""

    def __init__(self, added: Mapping[str, int] | None = None) -> None:
        words = {**default_frequencies(), **(added or {})}
        self._table = WordTable(words.keys(), words.values(), sum(words.values()), _FIRST, _LAST)
        self._model = ArrayModel(word_model(), _FIRST, _LAST)
        self._numbers: WeakKeyDictionary[Vocabulary, NDArray[np.int64]] = WeakKeyDictionary()

    def words(self, run: str) -> list[str]:
        """The words of the likeliest cut of one run."""
        cut, _ = self._cut(*_one_run(run))
        return [run[place : place + length] for place, length in zip(cut.places, cut.lengths, strict=True)]

    def search_words(self, run: str) -> list[str]:
        """The words of one run, each preceded by the shorter words inside it."""
        cut, inner = self._cut(*_one_run(run))
        word = np.searchsorted(cut.places, np.concatenate([part.places for part in (*inner, cut)]), side="right")
        kind = np.repeat(np.arange(len(inner) + 1), [len(part.places) for part in (*inner, cut)])
        joined = Cut(*map(np.concatenate, zip(*inner, cut, strict=True)))
        order = np.lexsort((joined.places, kind, word)).tolist()
        return [run[joined.places[at] : joined.places[at] + joined.lengths[at]] for at in order]

    def numbered(
        self, characters: NDArray[np.uint16], lengths: Places, vocabulary: Vocabulary
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The search words of runs, which lie one after another: for each its number in the vocabulary, which grows,
        and the place of its first character. In no particular order."""
        cut, inner = self._cut(characters, lengths)
        parts = [self._numbers_of(part, characters, vocabulary) for part in (cut, *inner)]
        return np.concatenate(parts), np.concatenate([part.places for part in (cut, *inner)])

    def _cut(self, characters: NDArray[np.uint16], lengths: Places) -> tuple[Cut, list[Cut]]:
        """The likeliest words, and the words of two and of three characters that stand inside longer ones."""
        ends = np.cumsum(lengths)
        begins = ends - lengths
        rest = np.repeat(ends, lengths) - np.arange(len(characters))
        found = list(self._table.words_in(characters, rest))
        chosen = best_cut(self._table, lengths, rest, found)
        starts = cut_places(chosen, begins, lengths)
        self._cut_unknown(starts, chosen, begins, found, characters)
        places = np.flatnonzero(starts)
        sizes = np.diff(np.append(places, len(characters)))
        cut = Cut(places, sizes, _states(found, places, sizes))
        word_of = np.cumsum(starts) - 1
        inner = []
        for length, words in enumerate(found[1:3], 2):
            around = word_of.take(words.places)
            size = sizes.take(around)
            inside = np.flatnonzero((size > length) & (words.places + length <= places.take(around) + size))
            within = words.places.take(inside)
            inner.append(Cut(within, np.full(len(within), length), words.states.take(inside)))
        return cut, inner

    def _cut_unknown(
        self,
        starts: NDArray[np.bool_],
        chosen: NDArray[np.uint8],
        begins: Places,
        found: Sequence[Words],
        characters: NDArray[np.uint16],
    ) -> None:
        """Joins single characters in a row to unknown words, unless together they are a word that the cut did not
        choose; `starts` is changed."""
        words = np.flatnonzero(starts)
        single = chosen.take(words) == 1
        begins_run = np.zeros(len(starts), np.bool_)
        begins_run[begins] = True
        first = single & (begins_run.take(words) | np.concatenate(([True], ~single[:-1])))
        rows = np.flatnonzero(first)
        counts = np.add.reduceat(single, rows, dtype=np.int64) if len(rows) else rows
        several = counts > 1
        places, counts = words[rows[several]], counts[several]
        unknown = _states(found, places, counts) == NONE
        places, counts = places.compress(unknown), counts.compress(unknown)
        if len(places):
            members = np.repeat(places - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
            starts[members] = self._model.starts(characters[members], counts)

    def _numbers_of(self, cut: Cut, characters: NDArray[np.uint16], vocabulary: Vocabulary) -> NDArray[np.int64]:
        known = self._numbers.get(vocabulary)
        if known is None:
            known = self._numbers[vocabulary] = np.full(self._table.states, NONE, np.int64)
        numbers = np.where(cut.states >= 0, known.take(cut.states), NONE)
        new = np.flatnonzero((cut.states >= 0) & (numbers < 0))
        if len(new):
            states, firsts = np.unique(cut.states[new], return_index=True)
            firsts = new[firsts]
            strings = _strings(characters, cut.places[firsts], cut.lengths[firsts])
            known[states] = [vocabulary.number(string) for string in strings]
            numbers[new] = known[cut.states[new]]
        unknown = np.flatnonzero(cut.states < 0)
        if len(unknown):
            numbers[unknown] = _unknown_numbers(characters, cut.places[unknown], cut.lengths[unknown], vocabulary)
        return numbers


def _one_run(run: str) -> tuple[NDArray[np.uint16], Places]:
    codes = np.frombuffer(run.encode("utf-32-le"), np.uint32)
    return (codes - np.uint32(_FIRST)).astype(np.uint16), np.array([len(run)])


def _states(found: Sequence[Words], places: Places, lengths: Places) -> States:
    """The states of some strings of the runs: NONE for one that is no word."""
    states = np.full(len(places), NONE, np.int32)
    for length, words in enumerate(found, 1):
        mine = np.flatnonzero(lengths == length)
        if not len(mine) or not len(words.places):
            continue
        # A table of all places beats looking each one up.
        table = np.full(int(max(words.places[-1], places[mine[-1]])) + 1, NONE, np.int32)
        table[words.places] = words.states
        states[mine] = table.take(places.take(mine))
    return states


def _unknown_numbers(
    characters: NDArray[np.uint16], places: Places, lengths: Places, vocabulary: Vocabulary
) -> NDArray[np.int64]:
    """The numbers of strings that are no words of the dictionary."""
    numbers = np.empty(len(places), np.int64)
    short = lengths <= _PACKED
    keys = np.zeros(int(short.sum()), np.uint64)
    for at in range(_PACKED):
        has = np.flatnonzero(lengths[short] > at)
        letters = characters[places[short][has] + at].astype(np.uint64) + np.uint64(1)
        keys[has] |= letters << np.uint64(_PACKED_BITS * at)
    _, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
    strings = _strings(characters, places[short][firsts], lengths[short][firsts])
    numbers[short] = np.array([vocabulary.number(string) for string in strings], np.int64)[which]
    long = np.flatnonzero(~short)
    strings = _strings(characters, places[long], lengths[long])
    numbers[long] = [vocabulary.number(string) for string in strings]
    return numbers


def _strings(characters: NDArray[np.uint16], places: Places, lengths: Places) -> list[str]:
    bounds = zip(places.tolist(), (places + lengths).tolist(), strict=True)
    if not len(places):
        return []
    first = int(places.min())
    text = (characters[first : int((places + lengths).max())] + np.uint16(_FIRST)).tobytes().decode("utf-16-le")
    return [text[start - first : end - first] for start, end in bounds]
