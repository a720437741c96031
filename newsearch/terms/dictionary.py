"""The word list: jieba's dictionary, with frequencies, as two byte strings that an index keeps and memory-maps.

jieba parses its dictionary at every start (0.7 s) or unmarshals a cache from the shared temporary folder, which
would run whatever somebody put there. Here the words are a marisa-trie and the frequencies an array by the trie's
word number: opened in well under a millisecond, never executed, and kept beside the index, so that every query
is cut by the very dictionary the articles were cut by.

Words that a user added lie over jieba's as a second, small list: queries also need the cut without them.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path

import marisa_trie

#: What `Dictionary.tobuffers` returns, in order; without added words only the first two.
BUFFERS = ("trie", "frequencies", "added_trie", "added_frequencies")
#: Frequencies and their sum are kept as uint32.
MOST = 0xFFFFFFFF
#: Characters of a word at most; longer ones are never found in a text.
LONGEST_WORD = 32


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

    @staticmethod
    def of(frequencies: Mapping[str, int], total: int | None = None) -> Dictionary:
        """A dictionary of these words; a frequency is at least 1. `total` is given for words that are part of a larger
        list."""
        trie = marisa_trie.Trie(frequencies)
        by_number = array("I", bytes(4 * len(trie)))
        for word, frequency in frequencies.items():
            by_number[trie[word]] = frequency
        return Dictionary(trie, by_number, sum(frequencies.values()) if total is None else total)

    @staticmethod
    def frombuffers(
        trie: memoryview | bytes, frequencies: memoryview | bytes, *added: memoryview | bytes
    ) -> Dictionary:
        """Opens what `tobuffers` wrote, without copying."""
        by_number = memoryview(frequencies).cast("B").cast("I")
        dictionary = Dictionary(marisa_trie.Trie().map(trie), by_number[1:], by_number[0], trie)
        return ExtendedDictionary(dictionary, Dictionary.frombuffers(*added)) if added else dictionary

    def tobuffers(self) -> tuple[bytes, ...]:
        """The trie, and the total followed by the frequencies by word number as native uint32; then, if there are added
        words, the same for those."""
        return self._trie.tobytes(), array("I", [self.total]).tobytes() + bytes(self._frequencies)

    @property
    def base(self) -> Dictionary:
        """The dictionary without the words that a user added."""
        return self

    @property
    def added(self) -> Mapping[str, int]:
        """The words that a user added, with their frequencies."""
        return {}

    def with_words(self, words: Mapping[str, int]) -> Dictionary:
        """This dictionary with `words` added, or with their frequencies where it has them.

        Raises OverflowError if all frequencies together are more than `MOST`.
        """
        added = {**self.added, **words}
        if not added:
            return self
        total = self.base.total + sum(frequency - self.base.frequency(word) for word, frequency in added.items())
        if total > MOST:
            raise OverflowError(f"the frequencies add up to {total}")
        return ExtendedDictionary(self.base, Dictionary.of(added, total))

    def __len__(self) -> int:
        return len(self._trie)

    def items(self) -> Iterator[tuple[str, int]]:
        """Every word and its frequency, in no particular order."""
        return ((word, self._frequencies[number]) for word, number in self._trie.items())

    def frequency(self, word: str) -> int:
        """0 for a word that is not in the list."""
        number = self._trie.get(word)
        return self._frequencies[number] if number is not None else 0

    def words_at(self, text: str, start: int, longest: int = LONGEST_WORD) -> Iterator[tuple[int, int]]:
        """(end, frequency) of every word of the list that begins at `start` in `text`, shortest first."""
        try:
            for word, number in self._trie.iter_prefixes_with_ids(text[start : start + longest]):
                yield start + len(word), self._frequencies[number]
        except UnicodeDecodeError:
            return  # half a character is no word, whatever a list that was made to harm says

    def log_probability(self, text: str) -> float:
        """Natural log of the likeliest cut of `text` under the unigram model that jieba uses: the sum of
        log(frequency / total) over the words of the best cut; a character in no word counts as frequency 1."""
        return self.log_probabilities(text)[-1]

    def log_probabilities(self, text: str) -> list[float]:
        """`log_probability` of each beginning of `text`, from none of it to all."""
        unknown = -log(self.total)
        best = [unknown * length for length in range(len(text) + 1)]
        for start, so_far in enumerate(best):
            for end, frequency in self.words_at(text, start):
                best[end] = max(best[end], so_far + log(frequency) + unknown)
            if start < len(text):
                best[start + 1] = max(best[start + 1], so_far + unknown)
        return best


class ExtendedDictionary(Dictionary):
    """A dictionary and words added to it, which count instead of its own. `words.total` is that of both together."""

    def __init__(self, base: Dictionary, words: Dictionary) -> None:
        self._base = base
        self._words = words
        self.total = words.total

    def tobuffers(self) -> tuple[bytes, ...]:
        return (*self._base.tobuffers(), *self._words.tobuffers())

    @property
    def base(self) -> Dictionary:
        return self._base

    @property
    def added(self) -> Mapping[str, int]:
        return dict(self._words.items())

    def __len__(self) -> int:
        return len(self._base) + sum(not self._base.frequency(word) for word in self.added)

    def items(self) -> Iterator[tuple[str, int]]:
        return iter({**dict(self._base.items()), **self.added}.items())

    def frequency(self, word: str) -> int:
        return self._words.frequency(word) or self._base.frequency(word)

    def words_at(self, text: str, start: int, longest: int = LONGEST_WORD) -> Iterator[tuple[int, int]]:
        found = list(self._base.words_at(text, start, longest))
        added = list(self._words.words_at(text, start, longest))
        return iter(sorted({**dict(found), **dict(added)}.items()) if added else found)

    def new_words_at(self, text: str, start: int) -> Iterator[int]:
        """The end of every added word that begins at `start` in `text` and is not in the dictionary without them."""
        return (end for end, _ in self._words.words_at(text, start) if not self._base.frequency(text[start:end]))


def default_frequencies() -> dict[str, int]:
    """The words of jieba's own list and their frequencies. A line of it is `word frequency tag`."""
    fields = _jieba_file().read_text("utf-8").split()
    return dict(zip(fields[::3], map(int, fields[1::3]), strict=True))


@cache
def default_dictionary() -> Dictionary:
    """jieba's own word list, parsed once a process."""
    return Dictionary.of(default_frequencies())


@cache
def default_fingerprint() -> str:
    """What tells `default_dictionary` from any other one, without parsing it (10 ms): 16 hexadecimal digits."""
    with _jieba_file().open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=8)).hexdigest()


def _jieba_file() -> Path:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed", name="jieba")
    return Path(spec.origin).with_name("dict.txt")
