"""Text → terms: the words and bigrams under which an article is found.

Han characters are segmented; Latin letters, digits and other scripts are cut here by a rule of our own:

    chenkai168   → chenkai168, chenkai, 168        a run, and its runs of letters and of digits
    6.5          → 6.5, 6, 5                       a number with points, and its parts
    3月15日      → 3, 3月, 15, 15日                a run, and the run with the Han character it is written with

All functions take a matching view (`newsearch.terms.fold.view(...).text`), folded and without soft line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from newsearch.terms.choices import Cut
from newsearch.terms.segment import HAN_FIRST, HAN_LAST, LONGEST_RUN, Segmenter

RARE_HAN = "\u3005\u3007\u3400-\u4dbf\u9fd6-\u9fff\U00020000-\U000323af"
# Group 1: a rarer Han character, a word of its own; 2: a run of other letters and digits. Numbers keep their points.
_OTHER = f"((?=\\w)[{RARE_HAN}])|([^\\W_{HAN_FIRST}-{HAN_LAST}{RARE_HAN}]+(?:(?<=\\d)\\.\\d+)*)"
NOT_HAN_TOKEN = re.compile(_OTHER)
_TOKEN = re.compile(f"{_OTHER}|([{HAN_FIRST}-{HAN_LAST}]+)")
_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\W\d_]+")
# A number with its unit, or several: 162万, 3月15日, 2022年7月1日, 5%, 12㎡; or one letter with what it names: B站.
_UNIT = "(?:[\u4e00-\u9fd5%‰‱℃℉\u3371-\u337a\u3380-\u33df]|°[cf]?(?![a-z]))"
_WITH_UNIT = re.compile(
    f"(?<![a-z0-9.])(?:(?:\\d+(?:\\.\\d+)*{_UNIT})+|[a-z](?=[\u4e00-\u9fd5])[\u4e00-\u9fd5])"
)

#: Stands for the second character in the bigram of a letter without neighbours.
RUN_END = "\0"
#: A bigram's key is first << SHIFT | second, code points.
SHIFT = 21


def searchable(text: str) -> bool:
    """Whether `text` has a letter, digit or Han character, that is, anything but punctuation."""
    return any(character.isalnum() for character in text)


def index_words(text: str, segmenter: Segmenter) -> list[str]:
    """The words of an article's text, in order, repeated as often as they stand."""
    return list(chain.from_iterable(words_by_token(text, segmenter)))


def words_by_token(text: str, segmenter: Segmenter) -> Iterator[list[str]]:
    """The words of `index_words`, run by run: for who may stop before the end."""
    for match in _TOKEN.finditer(text):
        han = match[3]
        if han:
            for start in range(0, len(han), LONGEST_RUN):
                yield segmenter.search_words(han[start : start + LONGEST_RUN])
        else:
            yield other_words(match, text)


def other_words(match: re.Match[str], text: str) -> list[str]:
    """The words of a token that is no run of Han: a match of `NOT_HAN_TOKEN` in `text`."""
    rare, run = match.group(1, 2)
    if rare:
        return [rare]
    parts = _LETTERS_OR_DIGITS.findall(run)
    words = parts if len(parts) < 2 else [run, *parts]
    follower = text[match.end() : match.end() + 1]
    return [*words, parts[-1] + follower] if follower and HAN_FIRST <= follower <= HAN_LAST and parts else words


class MatchWord(NamedTuple):
    """A word that a piece of a query asks for. `whole` words (letters, digits) must stand as whole runs, the
    others wherever their characters stand."""

    text: str
    whole: bool


#: A stretch of a query's piece: the cuts of it, of one of which all words must stand.
MatchPart = tuple[tuple[MatchWord, ...], ...]


def match_words(text: str, segmenter: Segmenter) -> list[MatchWord]:
    """The words of a query's piece, in order, without repeats: what must all stand in an article that does not
    have the piece as a string. A number and its unit are one word."""
    return words_of(_parts(text, lambda run: [[[word]] for word in segmenter.words(run)]))


def match_parts(text: str, segmenter: Segmenter) -> tuple[MatchPart, ...]:
    """A query's piece, part by part, each with all the cuts that a user's words make possible; no parts if a user added
    no words, for then `match_words` says it all."""
    return tuple(_parts(text, segmenter.choices)) if segmenter.extended else ()


def words_of(parts: Iterable[MatchPart]) -> list[MatchWord]:
    """The words of all cuts, in order, without repeats."""
    return list(dict.fromkeys(word for part in parts for cut in part for word in cut))


def _parts(text: str, choices: Callable[[str], list[list[Cut]]]) -> Iterator[MatchPart]:
    for start, end, kind in stretches(text):
        stretch = text[start:end]
        if kind == HAN:
            for cuts in choices(stretch):
                yield tuple(tuple(MatchWord(word, False) for word in cut) for cut in cuts)
        else:
            yield ((MatchWord(stretch, kind == WHOLE),),)


def ordered_words(text: str, segmenter: Segmenter) -> list[MatchWord]:
    """The words of `match_words`, as often as they stand."""
    words: list[MatchWord] = []
    for start, end, kind in stretches(text):
        stretch = text[start:end]
        cut = segmenter.words(stretch) if kind == HAN else [stretch]
        words += [MatchWord(word, kind == WHOLE) for word in cut]
    return words


#: Kinds of stretches: HAN is for the segmenter to cut; a STRING (a number with its unit, a rarer Han character) is a
#: word that stands wherever its characters do; a WHOLE (letters, digits) one that stands as a whole run.
HAN, STRING, WHOLE = "han", "string", "whole"


class Stretch(NamedTuple):
    """Characters [start, end) of a text that are cut by themselves, and their kind."""

    start: int
    end: int
    kind: str


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of a text, in order; between them there is only punctuation and space. No HAN is longer than
    `LONGEST_RUN`."""
    last = 0
    for match in _WITH_UNIT.finditer(text):
        yield from _plain_stretches(text, last, match.start())
        yield Stretch(*match.span(), STRING)
        last = match.end()
    yield from _plain_stretches(text, last, len(text))


def _plain_stretches(text: str, first: int, last: int) -> Iterator[Stretch]:
    for match in _TOKEN.finditer(text, first, last):
        start, end = match.span()
        if match[3]:
            for begin in range(start, end, LONGEST_RUN):
                yield Stretch(begin, min(end, begin + LONGEST_RUN), HAN)
        else:
            yield Stretch(start, end, STRING if match[1] else WHOLE)


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
    """The bigrams of `text` in order: each two neighbours inside a run of letters; for a run of one letter, that with
    RUN_END. So a letter begins or ends a bigram wherever it stands."""
    found: list[str] = []
    for run in runs(text):
        found += map("".join, pairwise(run)) if len(run) > 1 else [run + RUN_END]
    return found


def bigram_key(pair: str) -> int:
    """The key of a bigram; a lone character pairs with RUN_END."""
    return ord(pair[0]) << SHIFT | (ord(pair[1]) if pair[1] != RUN_END else 0)
