"""The word list: jieba's dictionary, with frequencies, as two byte strings that an index keeps and memory-maps.

jieba parses its dictionary at every start (0.7 s) or unmarshals a cache from the shared temporary folder, which
would run whatever somebody put there. Here the words are a marisa-trie and the frequencies an array by the trie's
word number: opened in well under a millisecond, never executed, and kept beside the index, so that every query
is cut by the very dictionary the articles were cut by.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path

import marisa_trie


class Dictionary:
    """Words and how often each occurs. `total` is the sum of the frequencies."""

    def __init__(
        self, trie: marisa_trie.Trie, frequencies: memoryview | array[int], total: int, buffer: object = None
    ) -> None:
        self._trie = trie
        # A mapped trie does not keep its buffer alive by itself.
        self._buffer = buffer
        self._frequencies = frequencies
        self.total = total

    @classmethod
    def of(cls, frequencies: dict[str, int]) -> Dictionary:
        """A dictionary of these words; a frequency is at least 1."""
        trie = marisa_trie.Trie(frequencies)
        by_number = array("I", bytes(4 * len(trie)))
        for word, frequency in frequencies.items():
            by_number[trie[word]] = frequency
        return cls(trie, by_number, sum(frequencies.values()))

    @classmethod
    def frombuffers(cls, trie: memoryview | bytes, frequencies: memoryview | bytes) -> Dictionary:
        """Opens what `tobuffers` wrote, without copying."""
        by_number = memoryview(frequencies).cast("B").cast("I")
        return cls(marisa_trie.Trie().map(trie), by_number[1:], by_number[0], trie)

    def tobuffers(self) -> tuple[bytes, bytes]:
        """The trie, and the total followed by the frequencies by word number as native uint32."""
        return self._trie.tobytes(), array("I", [self.total]).tobytes() + bytes(self._frequencies)

    def __len__(self) -> int:
        return len(self._trie)

    def frequency(self, word: str) -> int:
        """0 for a word that is not in the list."""
        number = self._trie.get(word)
        return self._frequencies[number] if number is not None else 0

    def words_at(self, text: str, start: int, longest: int = 32) -> Iterator[tuple[int, int]]:
        """(end, frequency) of every word of the list that begins at `start` in `text`, shortest first."""
        for word, number in self._trie.iter_prefixes_with_ids(text[start : start + longest]):
            yield start + len(word), self._frequencies[number]

    def log_probability(self, text: str) -> float:
        """Natural log of the likeliest cut of `text` under the unigram model that jieba uses: the sum of
        log(frequency / total) over the words of the best cut; a character in no word counts as frequency 1."""
        unknown = -log(self.total)
        best = [0.0] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            score = unknown + best[start + 1]
            for end, frequency in self.words_at(text, start):
                score = max(score, log(frequency) + unknown + best[end])
            best[start] = score
        return best[0]


def jieba_words(lines: Iterable[str]) -> dict[str, int]:
    """Word → frequency from lines in the format of jieba's dict.txt (`word frequency tag`)."""
    frequencies = {}
    for line in lines:
        word, frequency, *_ = line.split()
        frequencies[word] = int(frequency)
    return frequencies


@cache
def default_dictionary() -> Dictionary:
    """jieba's own word list, parsed once a process."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    with Path(spec.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        return Dictionary.of(jieba_words(lines))
