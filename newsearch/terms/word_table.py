"""The words of a dictionary as a trie in flat arrays, walked from every character of many texts at once.

A state is a string with which a word begins, and a word's state is its number here. A step from state to state by a
character is looked up in a hash table with open addressing; a step for all characters of a batch is a handful of
whole-array operations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
States = NDArray[np.int32]

#: The state of a string with which no word begins.
NONE = -1
# Bits of a character, counted from the first Han character; all of them fit.
_CHARACTER_BITS = np.uint64(15)
# A quarter of the slots is taken at most; the multiplier is 2^64 divided by the golden ratio (Knuth, The Art of
# Computer Programming, volume 3, 6.4).
_SLOTS_A_KEY = 4
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_ONE = np.uint64(1)


class Words(NamedTuple):
    """The words of one length that stand in a text: where each begins, ascending, and its state."""

    places: Places
    states: States


class WordTable:
    """Han words and their log probabilities.

    Characters are numbers from 0, the first Han character, to `alphabet` − 1.
    """

    def __init__(self, words: Collection[str], frequencies: Collection[int], total: int, first: int, last: int) -> None:
        """`words` have a frequency of at least 1 each, out of `total`; those with a character that is not between the
        code points `first` and `last` are left out."""
        self.alphabet = last - first + 1
        codes = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32).astype(np.int64) - first
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        begins = np.cumsum(lengths) - lengths
        foreign = np.flatnonzero((codes < 0) | (codes >= self.alphabet))
        ours = np.ones(len(lengths), np.bool_)
        ours[np.searchsorted(begins, foreign, side="right") - 1] = False
        counts = np.fromiter(frequencies, np.int64, len(frequencies))[ours]
        states, keys, singles = _trie(codes, begins[ours], lengths[ours])
        #: The number of states.
        self.states = len(keys)
        #: The log probability of a character that is in no word.
        self.unknown = -log(total)
        # jieba takes logs of Python's numbers one by one; numpy's may differ in the last bit.
        distinct, which = np.unique(counts, return_inverse=True)
        logs = np.array([log(count) - log(total) for count in distinct.tolist()], np.float64)
        #: The log probability of each state that is a word, −∞ for one that only begins words, and at NONE.
        self.weights = np.full(self.states + 1, -np.inf)
        self.weights[states] = logs[which]
        self._is_word = self.weights > -np.inf
        self._first = np.full(self.alphabet, NONE, np.int32)
        self._first[keys[:singles].astype(np.int64)] = np.arange(singles)
        self._first_keys = _key(self._first, np.zeros(self.alphabet, np.uint16))
        # A slot has a key and its state in one number: what is looked up lies in one place.
        self._state_bits = np.uint64(max(self.states, 1).bit_length())
        self._state = (_ONE << self._state_bits) - _ONE
        self._slots, self._shift = _hash_table(keys, singles, self._state_bits)

    def words_in(self, characters: NDArray[np.uint16], rest: NDArray[np.int64]) -> Iterator[Words]:
        """The words that stand in runs of characters, length by length from 1 on, until none is left; `rest` says how
        many characters of its run there are from each one on."""
        # Taking from arrays by places is several times quicker than by masks.
        states = self._first.take(characters)
        places = np.flatnonzero(self._is_word.take(states))
        yield Words(places, states.take(places))
        keys = self._first_keys.take(characters[:-1])
        keys |= characters[1:]
        states = self._led_to(keys)
        places = np.flatnonzero((states >= 0) & (rest[:-1] > 1))
        states = states.take(places)
        length = 2
        while len(places):
            is_word = np.flatnonzero(self._is_word.take(states))
            yield Words(places.take(is_word), states.take(is_word))
            longer = np.flatnonzero(rest.take(places) > length)
            places, states = places.take(longer), states.take(longer)
            states = self._led_to(_key(states, characters.take(places + length)))
            kept = np.flatnonzero(states >= 0)
            places, states = places.take(kept), states.take(kept)
            length += 1

    def _led_to(self, keys: NDArray[np.uint64]) -> States:
        """The states that steps lead to, NONE where no word goes on so."""
        slots = keys * _GOLDEN
        slots >>= self._shift
        slots = slots.view(np.int64)
        entries = self._slots.take(slots)
        hit = entries >> self._state_bits == keys
        left = np.flatnonzero((entries != _EMPTY) & ~hit)
        found = np.where(hit, (entries & self._state).astype(np.int32), np.int32(NONE))
        slots = slots.take(left)
        while len(left):
            slots += 1
            slots &= len(self._slots) - 1
            entries = self._slots.take(slots)
            hit = entries >> self._state_bits == keys.take(left)
            found[left.compress(hit)] = (entries.compress(hit) & self._state).astype(np.int32)
            going = (entries != _EMPTY) & ~hit
            left, slots = left.compress(going), slots.compress(going)
        return found


def _key(states: NDArray[Any], characters: NDArray[Any]) -> NDArray[np.uint64]:
    """What stands for the step from a state by a character; a first character stands for itself."""
    return (states.astype(np.uint64) + _ONE << _CHARACTER_BITS) | characters.astype(np.uint64)


def _trie(codes: Places, begins: Places, lengths: Places) -> tuple[Places, NDArray[np.uint64], int]:
    """The state of each word; for each state the key of the step that leads to it; and how many states, the first
    ones, are single characters."""
    current = np.full(len(begins), NONE)
    levels: list[NDArray[np.uint64]] = [np.zeros(0, np.uint64)]
    count = 0
    for depth in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > depth)
        keys = _key(current[longer], codes[begins[longer] + depth])
        distinct, which = np.unique(keys, return_inverse=True)
        current[longer] = count + which
        levels.append(distinct)
        count += len(distinct)
    return current, np.concatenate(levels), len(levels[1]) if count else 0


def _hash_table(keys: NDArray[np.uint64], first: int, state_bits: np.uint64) -> tuple[NDArray[np.uint64], np.uint64]:
    """Slots of a hash table with the keys from `first` on and their states, and by how much a hash is shifted to be a
    slot."""
    bits = max(1, (_SLOTS_A_KEY * len(keys) - 1).bit_length())
    shift = np.uint64(64 - bits)
    table = np.full(1 << bits, _EMPTY)
    entries = keys[first:] << state_bits | np.arange(first, len(keys), dtype=np.uint64)
    slots = (keys[first:] * _GOLDEN >> shift).astype(np.int64)
    while len(entries):
        free = table[slots] == _EMPTY
        table[slots[free]] = entries[free]  # of several for one slot the last has it
        lost = table[slots] != entries
        entries, slots = entries[lost], slots[lost] + 1 & len(table) - 1
    return table, shift
