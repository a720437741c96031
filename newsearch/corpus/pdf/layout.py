"""Lines with their places on a page → lines in reading order, running heads apart, paragraphs and headings told.

The order is that of recursive XY cuts (Nagy and Seth, Hierarchical Representation of Optically Scanned Documents, ICPR
1984): a page falls into columns where an empty strip goes from its top to its bottom, else into bands at its widest
empty line, and so on in each part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from newsearch.corpus.facts.dates import find_date
from newsearch.corpus.headed import Line as Paragraph
from newsearch.corpus.seams import goes_on, join, unwrap

#: The parts of the height at top and bottom in which running heads stand.
_EDGE = 0.12
_REPEATED = 0.6
# The least width of a gutter, a gap between paragraphs and a difference of size that count, in sizes of text.
_GUTTER = 0.7
_GAP = 1.1
_LARGER = 1.25
_LONGEST_HEADING = 60
# More lines than a newspaper page has are left in the order of the file.
_MOST_LINES = 1500
_PAGE_NUMBER = re.compile(
    r"[\s\-—–·.]*(?:第?\s*\d{1,4}\s*[页版頁]?|[A-D]\d{1,2}\s*版?|\d{1,4}\s*/\s*\d{1,4})[\s\-—–·.]*"
)
_SPACED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")


class Line(NamedTuple):
    """A line of text and its place; `bottom` and `top` count upwards from the foot of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)


def without_running_heads(pages: Sequence[tuple[float, Sequence[Line]]]) -> tuple[list[list[Line]], list[str]]:
    """Pages (height, lines) → the lines of each but running heads and page numbers, and the texts of those."""
    places = Counter(
        place for height, lines in pages for place in {_place(line) for line in lines if _at_edge(line, height)}
    )
    enough = max(2.0, _REPEATED * len(pages))
    largest = _LARGER * _body_size([lines for _, lines in pages])
    kept: list[list[Line]] = []
    heads: list[str] = []
    for height, lines in pages:
        rest = []
        for line in lines:
            if _at_edge(line, height) and (
                (places[_place(line)] >= enough and line.size < largest) or _is_head(line.text)
            ):
                heads.append(line.text)
            else:
                rest.append(line)
        kept.append(rest)
    return kept, heads


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page as they are read."""
    if len(lines) > _MOST_LINES:
        return list(lines)
    ordered: list[Line] = []
    waiting = [list(lines)] if lines else []
    while waiting:
        part = waiting.pop()
        pieces = _columns(part) or _bands(part)
        if pieces:
            waiting += reversed(pieces)
        else:
            ordered += sorted(part, key=lambda line: (-line.top, line.left))
    return ordered


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of pages whose lines are in order; large lines are headings, the largest of level 1."""
    body = _body_size(pages)
    blocks = [(block, _is_heading(block, body)) for page in pages for block in _blocks(page)]
    sizes = sorted({_rounded(block[0].size) for block, heading in blocks if heading}, reverse=True)
    found: list[Paragraph] = []
    for block, heading in blocks:
        texts = [_SPACED.sub("", line.text.rstrip()) for line in block]
        if heading:
            found.append(
                Paragraph("".join(text.strip() for text in texts), min(sizes.index(_rounded(block[0].size)) + 1, 6))
            )
            continue
        for text in _unwrapped(block, texts):
            before = found[-1] if found else None
            if before and not before.level and len(before.text) >= 20 and goes_on(before.text, text):
                found[-1] = Paragraph(join(before.text, text))
            else:
                found.append(Paragraph(text))
    return [paragraph for paragraph in found if paragraph.text]


def _unwrapped(block: Sequence[Line], texts: Sequence[str]) -> list[str]:
    """The paragraphs of lines one under the other. Where an indent is a place and no blanks, it is given blanks."""
    edge = min(line.left for line in block)
    shifted = [
        "\u3000\u3000" + text.strip() if 1.2 * line.size < line.left - edge < 3.5 * line.size else text
        for line, text in zip(block, texts, strict=True)
    ]
    return unwrap(shifted)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines one under the other in one size and column."""
    block: list[Line] = []
    for line in lines:
        if block and not _follows(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _follows(above: Line, line: Line) -> bool:
    size = min(above.size, line.size)
    near = -0.5 * size <= above.bottom - line.top <= _GAP * size
    alike = max(above.size, line.size) < 1.15 * size
    return near and alike and line.left < above.right and above.left < line.right


def _is_heading(block: Sequence[Line], body: float) -> bool:
    return block[0].size >= _LARGER * body and sum(len(line.text) for line in block) <= _LONGEST_HEADING


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[_rounded(line.size)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0)


def _columns(lines: list[Line]) -> list[list[Line]]:
    """The parts left and right of the empty strips from top to bottom, [] if there is none."""
    return _cut(
        lines, lambda line: (line.left, line.right), _GUTTER * median([line.size for line in lines]), every=True
    )


def _bands(lines: list[Line]) -> list[list[Line]]:
    """The parts above and below the widest empty line, [] if no two lines stand side by side, or none is empty."""
    rows = sorted(lines, key=lambda line: -line.top)
    if all(above.bottom - line.top > -0.5 * line.size for above, line in pairwise(rows)):
        return []
    return _cut(
        lines, lambda line: (-line.top, -line.bottom), -0.3 * median([line.size for line in lines]), every=False
    )


def _cut(
    lines: list[Line], extent: Callable[[Line], tuple[float, float]], least: float, every: bool
) -> list[list[Line]]:
    """The lines parted where their extents leave gaps of more than `least`: at each of them, or at the widest."""
    ordered = sorted(lines, key=extent)
    gaps: list[tuple[float, int]] = []
    reach = extent(ordered[0])[1]
    for index, line in enumerate(ordered[1:], 1):
        start, end = extent(line)
        if start - reach > least:
            gaps.append((start - reach, index))
        reach = max(reach, end)
    places = sorted(index for _, index in (gaps if every else sorted(gaps, reverse=True)[:1]))
    edges = [0, *places, len(ordered)]
    return [ordered[start:end] for start, end in pairwise(edges)] if places else []


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom > (1 - _EDGE) * height or line.top < _EDGE * height


def _is_head(text: str) -> bool:
    """Whether a line at the edge of a page is its number or the day of the paper."""
    return bool(_PAGE_NUMBER.fullmatch(text)) or (len(text) <= 60 and "。" not in text and find_date(text) is not None)


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.strip()), round(line.bottom / 4)


def _rounded(size: float) -> float:
    return round(2 * size) / 2
