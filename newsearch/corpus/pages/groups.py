"""Lines that no blank line parts → the runs among them that are blocks of their own.

Many pages have no blank lines, or too few: titles, author lines, signatures and lists stand right above and below text.
A group whose lines were only wrapped is told by its lines: most of the long ones stop inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from newsearch.corpus.facts.byline import author_line
from newsearch.corpus.facts.dates import is_date_line, is_day_line
from newsearch.corpus.seams import goes_on, stops_inside

# What the lines of a list begin with, beside numbers and labels.
_SIGNS = "▲▼△▽●■◆○□◇★☆※◎•·"
_NUMBERED = re.compile(
    r"(?:\d{1,2}[.、．)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,2}、)\s*\S"
)
_LABELLED = re.compile(r"[^。，；！？：:“”「」]{1,12}[：:]\s*[^\s/“「]")
_FIGURE = re.compile(r"[\d０-９][\d０-９.,，．]*\s*[\u4e00-\u9fff%％:：\s]")
_SENTENCE = re.compile(r"[。！？；]")
# No column is narrower or wider; a line no longer than the last may be a title.
_NARROWEST, _WIDEST, SHORT = 12, 60, 30
# Lines about as long as the longest were wrapped there.
_FULL = 0.8
# Lines of so many fields are rows.
_FIELDS = 3
# So many short lines after each other are verses, or a list, and stay together.
_STANZA = 3


class Sort(Enum):
    """What a line among others is."""

    TEXT = "text"
    SHORT = "short"
    LISTED = "listed"


def runs(lines: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """The runs of a group of lines that are blocks, as (begin, end, whether it is a list), in order."""
    if len(lines) < 2:
        yield 0, len(lines), False
        return
    bare = [line.strip() for line in lines]
    wrapped = is_wrapped(bare)
    sorts = _sorts(bare, wrapped)
    if set(sorts) == {Sort.LISTED}:
        yield 0, len(lines), True
        return
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or not _stay(bare, sorts, number, wrapped):
            if sorts[start] is Sort.SHORT:
                yield from _short(bare, start, number)
            else:
                yield start, number, sorts[start] is Sort.LISTED
            start = number


def _stay(bare: Sequence[str], sorts: Sequence[Sort], number: int, wrapped: bool) -> bool:
    """Whether a line stays with the one above it."""
    same = sorts[number] is sorts[number - 1]
    return same and (wrapped or sorts[number] is not Sort.TEXT or bare[number - 1][-1] in "，、")


def _short(bare: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """A run of short lines: one above text or a list and those with names are each for itself, and so is the line above
    names, which is their title; verses, and who signs with the day, stay together."""
    alone = {end - 1} if end < len(bare) else set()
    if end - start == 2 and author_line(bare[start]) and not is_date_line(bare[start + 1]):
        alone.add(start)
    for place in range(start + 1, end):
        if author_line(bare[place]) and (bare[place][0] in _SIGNS or end - start <= _STANZA + 1 or place == start + 1):
            alone |= {place - 1, place}
    begin = start
    for place in range(start, end + 1):
        if place == end or place in alone:
            yield from _stanza(bare, begin, place, whole=begin == 0 and place == len(bare))
            if place < end:
                yield place, place + 1, False
            begin = place + 1


def _stanza(bare: Sequence[str], begin: int, end: int, whole: bool) -> Iterator[tuple[int, int, bool]]:
    if end <= begin:
        return
    signed = end - begin > 1 and (is_date_line(bare[end - 1]) or is_day_line(bare[end - 1]))
    if whole or (end - begin >= _STANZA and not any(line[-1] in ":：" for line in bare[begin:end])):
        yield begin, end, False
        return
    last = end - 2 if signed else end
    yield from ((place, place + 1, False) for place in range(begin, last))
    if signed:
        yield last, end, False


def is_wrapped(bare: Sequence[str]) -> bool:
    """Whether lines are those of a column: of the longest, all but few stop inside a sentence."""
    if author_line(bare[-1]):
        bare = bare[:-1]
    widest = max(map(len, bare))
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    full = [stops_inside(line) for line in bare[:-1] if len(line) >= _FULL * widest]
    return 2 * sum(full) > len(full)


def _sorts(bare: Sequence[str], wrapped: bool) -> list[Sort]:
    widest = max(map(len, bare))
    listed = _listed(bare)
    whole = all(listed)
    sorts: list[Sort] = []
    for number, line in enumerate(bare):
        above = bare[number - 1] if number else ""
        rest = wrapped and len(above) >= _FULL * widest and goes_on(above, line) and not author_line(line)
        if listed[number] and (whole or not rest or _mark(line) != "figure"):
            sorts.append(Sort.LISTED)
        elif rest or _is_text(line) or (wrapped and len(line) >= _FULL * widest):
            sorts.append(Sort.TEXT)
        else:
            sorts.append(Sort.SHORT)
    return sorts


def _is_text(line: str) -> bool:
    return len(line) > SHORT or bool(_SENTENCE.search(line)) or line[-1] in "，、"


def _listed(bare: Sequence[str]) -> list[bool]:
    """Which lines are of a list: at least two after each other that begin alike."""
    kinds = [_mark(line) for line in bare]
    pairs = [bool(kind) and kind == after for kind, after in pairwise(kinds)]
    return [above or below for above, below in zip([False, *pairs], [*pairs, False], strict=True)]


def _mark(line: str) -> str:
    """What a line of a list begins with: its sign, or which kind of number or label; "" for none."""
    if line[:1] in _SIGNS:
        return line[:1]
    if _NUMBERED.match(line):
        return "number"
    if _LABELLED.match(line):
        return "label"
    if len(line) <= SHORT and len(line.split()) >= _FIELDS and not author_line(line):
        return "fields"
    return "figure" if _FIGURE.match(line) and len(line) <= SHORT else ""
