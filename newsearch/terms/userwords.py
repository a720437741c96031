"""Words that a user adds to the dictionary: what a line says, and the dictionary with them in it.

A line is that of jieba's user dictionaries, `word [frequency] [tag]`; tags are read over. A word is folded, as the text
is that it shall be found in. Only words of Han characters can change how text is cut, for only runs of those are
segmented; others (5G基站, T恤) are found as strings whatever a dictionary says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsearch.terms.dictionary import LONGEST_WORD, MOST, Dictionary
from newsearch.terms.fold import fold
from newsearch.terms.segment import HAN_RUN, DictionarySegmenter

_LINE = re.compile(r"(?P<word>.+?)(?:[ \t]+(?P<frequency>[0-9]+))?(?:[ \t]+[a-z]+)?", re.DOTALL)
_NUMBER = re.compile(r"[-+.]?[0-9][0-9.,]*")


class UserWord(NamedTuple):
    """A folded word, and as it was written; without a frequency it gets the one that jieba suggests."""

    text: str
    written: str
    frequency: int | None = None

    def segments(self) -> bool:
        """Whether a segmenter can meet this word in a text."""
        return len(self.text) <= LONGEST_WORD and bool(HAN_RUN.fullmatch(self.text))


def parse_user_word(line: str) -> UserWord:
    """The word of a line. Raises ValueError, saying what is wrong with it."""
    line = line.strip()
    match = _LINE.fullmatch(fold(line))
    if not match:
        raise ValueError("no word")
    word, frequency = match.group("word", "frequency")
    first, *rest = word.split()
    # jieba's own example has words with a space in them, but a mistake in a frequency or tag looks like one too.
    if rest and (HAN_RUN.fullmatch(first) or _NUMBER.fullmatch(rest[-1])):
        raise ValueError(f"{' '.join(rest)} is no frequency or tag")
    written = line[: match.end("word")]
    if frequency is None:
        return UserWord(word, written)
    if len(frequency) > len(str(MOST)) or not 1 <= int(frequency) <= MOST:
        raise ValueError(f"{frequency[:20]} is no frequency")
    return UserWord(word, written, int(frequency))


def extended(dictionary: Dictionary, words: Iterable[UserWord]) -> Dictionary:
    """A dictionary with words added, one after the other as jieba's `load_userdict` does.

    What cannot change a cut is left out. A word that was added before keeps its frequency if it now comes without one,
    so that adding the same words again changes nothing. Raises OverflowError if the frequencies become too large.
    """
    growing = _GrowingDictionary(dictionary)
    for word in words:
        if not word.segments():
            continue
        if word.frequency is not None:
            growing.add(word.text, word.frequency)
        elif word.text not in growing.words:
            growing.add(word.text, DictionarySegmenter(growing).suggested_frequency(word.text))
    return dictionary if growing.words == dictionary.added else dictionary.with_words(growing.words)


class _GrowingDictionary(Dictionary):
    """A dictionary that words are being added to: the next one's frequency depends on those before."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._under = dictionary.base
        self.words = dict(dictionary.added)
        self.total = dictionary.total

    def add(self, word: str, frequency: int) -> None:
        self.total += frequency - self.frequency(word)
        self.words[word] = frequency

    def frequency(self, word: str) -> int:
        return self.words.get(word) or self._under.frequency(word)

    def words_at(self, text: str, start: int, longest: int = LONGEST_WORD) -> Iterator[tuple[int, int]]:
        found = dict(self._under.words_at(text, start, longest))
        for end in range(start + 1, min(start + longest, len(text)) + 1):
            if frequency := self.words.get(text[start:end]):
                found[end] = frequency
        return iter(sorted(found.items()))
