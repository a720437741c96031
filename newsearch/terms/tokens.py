"""Text → terms: the words and bigrams under which an article is found.

Han characters are segmented; Latin letters, digits and other scripts are cut here by a rule of our own:

    chenkai168   → chenkai168, chenkai, 168        a run, and its runs of letters and of digits
    6.5          → 6.5, 6, 5                       a number with points, and its parts
    3月15日      → 3, 3月, 15, 15日                a run, and the run with the Han character it is written with

All functions take a matching view (`newsearch.terms.fold.view(...).text`), folded and without soft line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsearch.terms.segment import LONGEST_RUN, Segmenter

_RARE_HAN = "\u3005\u3007\u3400-\u4dbf\u9fd6-\u9fff\U00020000-\U000323af"
# Group 1: a run of Han that the segmenter knows; 2: one rarer Han character; 3: a run of anything else that is a
# letter or digit. Numbers keep their points.
_TOKEN = re.compile(
    f"([\u4e00-\u9fd5]+)|([{_RARE_HAN}])|((?:(?![\u4e00-\u9fd5{_RARE_HAN}])[^\\W_])+(?:(?<=\\d)\\.\\d+)*)"
)
_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\W\d_]+")
# A number with its unit, or several: 162万, 3月15日, 2022年7月1日; or one letter with what it names: B站.
_WITH_UNIT = re.compile("(?:\\d+(?:\\.\\d+)*[\u4e00-\u9fd5])+|(?<![^\\W_])[a-z](?=[\u4e00-\u9fd5])[\u4e00-\u9fd5]")

#: Ends a run of letters in the bigrams, so that the last character of a run begins a bigram too.
RUN_END = "\0"


def searchable(text: str) -> bool:
    """Whether `text` has a letter, digit or Han character, that is, anything but punctuation."""
    return any(character.isalnum() for character in text)


def index_words(text: str, segmenter: Segmenter) -> list[str]:
    """The words of an article's text, in order, repeated as often as they stand."""
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        han, rare, other = match.groups()
        if han:
            for start in range(0, len(han), LONGEST_RUN):
                words += segmenter.search_words(han[start : start + LONGEST_RUN])
        elif rare:
            words.append(rare)
        else:
            words += _other_words(other)
            follower = text[match.end() : match.end() + 1]
            if "\u4e00" <= follower <= "\u9fd5":
                words.append(_LETTERS_OR_DIGITS.findall(other)[-1] + follower)
    return words


def _other_words(run: str) -> list[str]:
    parts = _LETTERS_OR_DIGITS.findall(run)
    return parts if len(parts) < 2 else [run, *parts]


class MatchWord(NamedTuple):
    """A word that a piece of a query asks for. `whole` words (letters, digits) must stand as whole runs, the
    others wherever their characters stand."""

    text: str
    whole: bool


def match_words(text: str, segmenter: Segmenter) -> list[MatchWord]:
    """The words of a query's piece, in order, without repeats: what must all stand in an article that does not
    have the piece as a string. A number and its unit are one word."""
    words: list[MatchWord] = []
    last = 0
    for match in _WITH_UNIT.finditer(text):
        words += _plain_match_words(text[last : match.start()], segmenter)
        words.append(MatchWord(match[0], False))
        last = match.end()
    words += _plain_match_words(text[last:], segmenter)
    return list(dict.fromkeys(words))


def _plain_match_words(text: str, segmenter: Segmenter) -> Iterator[MatchWord]:
    for match in _TOKEN.finditer(text):
        han, rare, other = match.groups()
        if han:
            for start in range(0, len(han), LONGEST_RUN):
                yield from (MatchWord(word, False) for word in segmenter.words(han[start : start + LONGEST_RUN]))
        else:
            yield MatchWord(rare or other, not rare)


def runs(text: str) -> Iterator[str]:
    """The maximal runs of letters, digits and Han characters of `text`: what bigrams are cut from."""
    start = -1
    for position, character in enumerate(text):
        if character.isalnum():
            if start < 0:
                start = position
        elif start >= 0:
            yield text[start:position]
            start = -1
    if start >= 0:
        yield text[start:]


def bigrams(text: str) -> list[str]:
    """The bigrams of `text` in order: each two neighbours inside a run, and (last character, RUN_END) at its end.

    A character thus begins exactly one bigram for each place where it stands.
    """
    return [pair for run in runs(text) for pair in map("".join, zip(run, run[1:] + RUN_END, strict=True))]
