"""Text + spans → snippet: the window of an article that shows best why it was found.

Spans are characters [start, end) of the original text, never of folded text, and a snippet is a piece of the original
text as it stands. It does not begin or end inside a letter or sign that is written as several characters (Unicode's
grapheme clusters, as far as accents, selectors, joiners and skin tones make them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import combining

#: Characters of a snippet.
WINDOW = 120
# How far before the first hit a snippet may begin to start at the beginning of a sentence.
_BACK = 48
# A mark longer than this (a wildcard can be) is cut at the snippet's edge.
_LONGEST_MARK = 500
# Characters of a cluster that are kept together: accents without end are cut.
_LONGEST_CLUSTER = 30
_JOINER = "\u200d"
# Selectors of a glyph, skin tones, and tags of flags; accents are told by their combining class.
_BELONGING = re.compile("[\u20dd-\u20e4\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\n+")


class Marked(NamedTuple):
    """A stretch of text that matched: its span and which piece of the query it belongs to."""

    start: int
    end: int
    piece: int


class Snippet(NamedTuple):
    """`text` is `body[start : start + len(text)]`; `highlights` are spans in `text`, ascending, not overlapping.
    `cut_before` and `cut_after` tell whether the body goes on there."""

    text: str
    highlights: list[tuple[int, int]]
    start: int
    cut_before: bool
    cut_after: bool


def merged(marks: Iterable[Marked]) -> list[tuple[int, int]]:
    """Spans in ascending order, overlapping ones as one."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in sorted(marks):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def snippet(body: str, marks: Sequence[Marked], window: int = WINDOW) -> Snippet:
    """The best window of about `window` characters: the most different pieces, then the most marks, then the earliest.

    Every mark inside it is highlighted; without marks it is the beginning of the body.
    """
    spans = merged(marks)
    start, end = _bounds(body, sorted(marks), window)
    # A mark at the edge is taken in whole, unless it is longer than a snippet should be.
    for low, high in spans:
        if low < start < high:
            start = max(low, start - _LONGEST_MARK)
        if low < end < high:
            end = min(high, end + _LONGEST_MARK)
    start, end = _cluster_start(body, start), _cluster_end(body, end)
    clipped = [(max(low, start) - start, min(high, end) - start) for low, high in spans]
    inside = [(low, high) for low, high in clipped if low < high]
    return Snippet(body[start:end], inside, start, start > 0, end < len(body))


def _cluster_start(body: str, place: int) -> int:
    """The place, or where the cluster begins that it would cut."""
    low = max(0, place - _LONGEST_CLUSTER)
    while low < place < len(body) and _goes_on(body, place):
        place -= 1
    return place


def _cluster_end(body: str, place: int) -> int:
    """The place, or where the cluster ends that it would cut."""
    high = min(len(body), place + _LONGEST_CLUSTER)
    while 0 < place < high and _goes_on(body, place):
        place += 1
    return place


def _goes_on(body: str, place: int) -> bool:
    """Whether the character at a place belongs to the one before it."""
    before, character = body[place - 1], body[place]
    return _JOINER in (before, character) or bool(_BELONGING.match(character)) or bool(combining(character))


def _bounds(body: str, marks: list[Marked], window: int) -> tuple[int, int]:
    if len(body) <= window:
        return 0, len(body)
    if not marks:
        return 0, window
    first, last = _best_group(marks, window)
    start = _sentence_start(body, first)
    if last - start > window:
        start = max(0, first - (window - (last - first)) // 2) if last - first < window else first
    end = min(len(body), start + window)
    start = max(0, min(start, end - window))
    return start, end


def _best_group(marks: list[Marked], window: int) -> tuple[int, int]:
    """The span from the first to the last mark of the best group that fits in a window."""
    by_end = sorted(range(len(marks)), key=lambda number: marks[number].end)
    best, best_value = (marks[0].start, marks[0].end), (0, 0)
    pieces: Counter[int] = Counter()  # of the marks in the window, how many of each piece
    taken = inside = 0
    for number, mark in enumerate(marks):
        while taken < len(by_end) and marks[by_end[taken]].end <= mark.start + window:
            if by_end[taken] >= number:
                pieces[marks[by_end[taken]].piece] += 1
                inside += 1
            taken += 1
        value = (len(pieces), inside)
        if value > best_value:
            last = next(marks[other].end for other in reversed(by_end[:taken]) if other >= number)
            best, best_value = (mark.start, last), value
        if mark.end <= mark.start + window:
            inside -= 1
            pieces[mark.piece] -= 1
            if not pieces[mark.piece]:
                del pieces[mark.piece]
    return best


def _sentence_start(body: str, position: int) -> int:
    """The beginning of the sentence around `position`, unless it is too far before it."""
    low = max(0, position - _BACK)
    ends = [match.end() for match in _SENTENCE_END.finditer(body, low, position)]
    if ends:
        return ends[-1]
    return 0 if low == 0 else max(0, position - _BACK // 3)
