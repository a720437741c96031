"""Text + spans → snippet: the window of an article that shows best why it was found.

Spans are characters [start, end) of the original text, never of folded text, and a snippet is a piece of the original
text as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

#: Characters of a snippet.
WINDOW = 120
# How far before the first hit a snippet may begin to start at the beginning of a sentence.
_BACK = 48
# A mark longer than this (a wildcard can be) is cut at the snippet's edge.
_LONGEST_MARK = 500
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
    clipped = [(max(low, start) - start, min(high, end) - start) for low, high in spans]
    inside = [(low, high) for low, high in clipped if low < high]
    return Snippet(body[start:end], inside, start, start > 0, end < len(body))


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
