"""Words in order and near each other: where `"进了技术学校"~2` stands in a text.

It stands where the words of the string (`newsearch.terms.tokens.ordered_words`) occur one after another, none
overlapping the next, and at most N other words lie between them, all gaps together. A word occurs wherever its
characters stand, as a string does; if it begins or ends with a Latin letter or a digit, no other Latin letter
(digit) may go on there. The words between are those of the text as the segmenter cuts it: every word that has a
character in the gap, cut in two by it or not. Punctuation, spaces and line breaks count nothing, so the string itself
always stands near itself.

Positions in the index would be quicker, but they would tie what is near to the one cut that the index was made with,
and double its size. Most texts that have the words have them far apart, and counting runs of letters as one word each
rules those out; of the others only what lies right before the last word is cut, place by place, until there is enough.
A long text is looked at window by window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.deadline import UNLIMITED, Deadline, TimeUp
from newsearch.terms.segment import HAN_FIRST, HAN_LAST
from newsearch.terms.tokens import HAN, RARE_HAN, Stretch, stretches

Span = tuple[int, int]
Cut = Callable[[str], list[str]]
_Numbers = NDArray[np.int64]
# Letters up to the next punctuation: never part of a word, so there are at least as many words as such runs.
_RUN = re.compile(r"[^\W_]+(?:(?<=\d)\.(?=\d)[^\W_]+)*")
_LATIN = f"[^\\W\\d_{HAN_FIRST}-{HAN_LAST}{RARE_HAN}]"
# Places of the last word that are looked at first; twice as many each time after.
_AT_FIRST = 16
# Characters of a text that are looked at before the next ones are, and where a text may be parted: no word and no
# number goes on there.
_WINDOW = 50_000
_PART = re.compile(r"[^\w.]")


def near(text: str, words: Sequence[str], most: int, cut: Cut, enough: int | None = None) -> list[Span]:
    """Where the words stand with at most `most` others between them: the spans of the words of every such place
    (words that touch as one), ascending, each once; [] if they do so nowhere. `text` is a matching view, `words` are
    two or more, and `cut` gives the words of a run of Han (`Segmenter.words`). If there are more than `enough` spans,
    the last ones may be missing."""
    found: set[Span] = set()
    for ways in _ways_by_part(text, words, most, cut):
        found.update(_spans(ways, [len(word) for word in words]))
        if enough is not None and len(found) >= enough:
            break
    return sorted(found)


def is_near(text: str, words: Sequence[str], most: int, cut: Cut, deadline: Deadline = UNLIMITED) -> bool:
    """Whether `near` would find anything; no more of the text is cut than it takes to tell. Raises TimeUp if the time
    is up before that is known; the first part of a text is looked at in any case."""
    for window in _windows(text, most + sum(map(len, words))):
        if window.start and deadline.passed():
            raise TimeUp
        if any(ways.shape[1] for ways in _ways_in_window(text, window, words, most, cut)):
            return True
    return False


class _Window(NamedTuple):
    """A part of a text: places from `start` to `end`, and what lies before them from `begin` on."""

    begin: int
    start: int
    end: int


def _windows(text: str, reach: int) -> Iterator[_Window]:
    """The windows of a text, one after another; before each place there are `reach` runs of letters in its window, if
    there are so many in the text. What lies before is never longer than the window."""
    begin = start = 0
    while start < len(text):
        parted = _PART.search(text, start + max(_WINDOW, start - begin))
        end = parted.end() if parted else len(text)
        yield _Window(begin, start, end)
        if end < len(text):
            runs = [match.start() for match in _RUN.finditer(text, begin, end)]
            # One character more: a point before a number tells how it is read.
            begin = max(begin, runs[-reach - 1] - 1) if len(runs) > reach else begin
        start = end


#: Places of words: a row for each word of the query, a column for each way from the first to the last.
_Ways = _Numbers


def _ways_by_part(text: str, words: Sequence[str], most: int, cut: Cut) -> Iterator[_Ways]:
    """The best ways to all places of the last word that have one, some places at a time, ascending."""
    for window in _windows(text, most + sum(map(len, words))):
        yield from _ways_in_window(text, window, words, most, cut)


def _ways_in_window(text: str, window: _Window, words: Sequence[str], most: int, cut: Cut) -> Iterator[_Ways]:
    """The best ways to the places of the last word in a window."""
    begin, start, end = window
    for ways in _ways_in(text[begin:end], words, most, cut):
        yield ways[:, ways[-1] >= start - begin] + begin


def _ways_in(text: str, words: Sequence[str], most: int, cut: Cut) -> Iterator[_Ways]:
    """The best ways in a text that is looked at as a whole."""
    places = [np.array(_places(text, word), np.int64) for word in words]
    if not all(map(len, places)):
        return
    lengths = [len(word) for word in words]
    runs = _Words.of([match.span() for match in _RUN.finditer(text)])
    last = _ways(places, lengths, runs, most)[-1]
    if not len(last):
        return
    uncut = list(stretches(text))
    starts = np.array([stretch.start for stretch in uncut], np.int64)
    # No more words lie between the first word and the last, so no more stretches do: what is further before the last
    # word need not be cut, for it counts enough as one word for each stretch.
    reach = most + sum(lengths)
    ends = np.searchsorted(starts, last, side="right")
    begin, size = 0, _AT_FIRST
    while begin < len(last):
        part, end = last[begin : begin + size], ends[begin : begin + size]
        first, after = max(0, int(end[0]) - reach - 1), int(end[-1])
        wanted = np.zeros(after - first + 1, np.int64)
        np.add.at(wanted, np.maximum(end - reach - 1 - first, 0), 1)
        np.add.at(wanted, end - first, -1)
        inside = [at[(at >= starts[first]) & (at <= part[-1])] for at in places]
        cut_here = (np.cumsum(wanted) > 0)[:-1].tolist()
        ways = _ways(inside, lengths, _words(text, uncut[first:after], cut_here, cut), most)
        yield ways[:, ways[-1] >= part[0]]
        begin, size = begin + size, 2 * size


class _Words(NamedTuple):
    """Where words begin and end, ascending."""

    starts: _Numbers
    ends: _Numbers

    @classmethod
    def of(cls, spans: Sequence[Span]) -> _Words:
        return cls(*np.array(spans, np.int64).reshape(-1, 2).T.copy())


def _words(text: str, around: Sequence[Stretch], cut_here: Sequence[bool], cut: Cut) -> _Words:
    """The words of some stretches; those that are not to be cut count as one word each."""
    spans: list[Span] = []
    for (start, end, kind), wanted in zip(around, cut_here, strict=True):
        if kind != HAN or not wanted:
            spans.append((start, end))
            continue
        for word in cut(text[start:end]):
            spans.append((start, start + len(word)))
            start += len(word)
    return _Words.of(spans)


def _ways(places: Sequence[_Numbers], lengths: Sequence[int], words: _Words, most: int) -> _Ways:
    """The best way to each occurrence of the last word to which the others lead with at most `most` words between.

    A gap [e, s) touches the words that start before s, less those that end up to e. So the best e is the one with the
    least of what lies before it less the words that end up to it: a running minimum finds it for each s. Where s is e
    there is no gap.
    """
    ways = places[0][np.newaxis]
    between = np.zeros(len(places[0]), np.int64)
    for following, length in zip(places[1:], lengths, strict=False):
        ends = ways[-1] + length
        values = between - np.searchsorted(words.ends, ends, side="right")
        # Of equal ones the last: the nearest.
        keys = np.minimum.accumulate(values * (len(ends) + 1) - np.arange(len(ends)))
        before = np.searchsorted(ends, following, side="left")
        there = np.searchsorted(words.starts, following, side="left")
        gap = np.full(len(following), most + 1, np.int64)
        step = np.zeros(len(following), np.int64)
        some = before > 0
        best = keys[before[some] - 1]
        least = -(-best // (len(ends) + 1))
        gap[some] = least + there[some]
        step[some] = least * (len(ends) + 1) - best
        if len(ends):
            touching = np.minimum(before, len(ends) - 1)
            closer = (before < len(ends)) & (ends[touching] == following) & (between[touching] <= gap)
            gap[closer], step[closer] = between[touching[closer]], touching[closer]
        kept = gap <= most
        ways = np.vstack((ways[:, step[kept]], following[kept]))
        between = gap[kept]
    return ways


def _spans(ways: _Ways, lengths: Sequence[int]) -> set[Span]:
    """The spans of the words on the ways; words that touch are one."""
    spans: set[Span] = set()
    begins = ways[0]
    for word, length in enumerate(lengths):
        ends = ways[word] + length
        touching = ways[word + 1] == ends if word + 1 < len(ways) else np.zeros(len(ends), np.bool_)
        spans.update(zip(begins[~touching].tolist(), ends[~touching].tolist(), strict=True))
        if word + 1 < len(ways):
            begins = np.where(touching, begins, ways[word + 1])
    return spans


def _places(text: str, word: str) -> list[int]:
    """Where a word begins, overlapping occurrences as well, ascending."""
    before, after = _limits(word)
    places, at = [], text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (before and at and before.match(text, at - 1)) and not (after and after.match(text, end)):
            places.append(at)
        at = text.find(word, at + 1)
    return places


@lru_cache(maxsize=256)
def _limits(word: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What may not stand right before and right after a word; None if anything may."""
    first, last = (
        next((re.compile(kind) for kind in (r"\d", _LATIN) if re.match(kind, edge)), None)
        for edge in (word[0], word[-1])
    )
    return first, last
