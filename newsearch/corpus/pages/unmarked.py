"""Titles and names without any markup: short lines that stand as these do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsearch.corpus.facts.byline import has_dateline
from newsearch.corpus.facts.dates import is_date_line
from newsearch.corpus.pages.blocks import LONGEST_TITLE, UNMARKED, Block, Kind, block, names_column
from newsearch.corpus.pages.item import NOTICE, SUBTITLE, TAKEN, Item, Role, is_text
from newsearch.corpus.pages.verse import unspaced
from newsearch.corpus.seams import beginning, stops_inside

PEN_NAME = "pen name"
_OPENINGS = frozenset(
    [
        "引子",
        "前言",
        "导语",
        "导言",
        "序言",
        "序",
        "编者按",
        "开栏语",
        "摘要",
        "提要",
        "导读",
        "楔子",
        "按语",
        "题记",
        "尾声",
        "后记",
        "启事",
        "通知",
        "公告",
    ]
)
_LONGEST_UNMARKED = 45


def tell_short_lines(found: list[Item]) -> None:
    """Makes names and titles of the items that stand as such do."""
    for place, item in enumerate(found):
        if _is_pen_name(found, place):
            item.role, item.names, item.rule = Role.NAMES, tuple(item.block.text.split()), PEN_NAME
        elif item.role is Role.SHORT or (item.role is Role.TEXT and _is_long_title(item.block)):
            _promote(found, place)


def _promote(found: list[Item], place: int) -> None:
    """Makes a heading of a short line that stands as a title without markup does."""
    item = found[place]
    after = place + 1
    if after + 1 < len(found) and found[after].role is Role.SHORT and SUBTITLE.match(found[after].block.text):
        after += 1
    below = found[after] if after < len(found) else None
    text = item.block.text
    below_heading = place > 0 and found[place - 1].role is Role.HEADING and found[place - 1].block.level < UNMARKED
    if (
        below is None
        or below_heading
        or any(item.marks)
        or not 2 <= len(text) <= LONGEST_TITLE
        or len(item.block.lines) > 2
        or SUBTITLE.match(text)
    ):
        return
    if is_date_line(item.block.lines[-1]) or beginning(text) > 2 or text[-1] in "，、：:":
        return
    byline = below.role is Role.NAMES and after + 1 < len(found) and is_text(found[after + 1], verse=True)
    dateline = below.role is Role.TEXT and has_dateline(below.parts[0])
    notice = bool(NOTICE.fullmatch(unspaced(item.block.plain))) and is_text(below)
    is_listed = below.role is Role.LIST and len(below.parts) > 1
    alone = (
        (len(text) > 2 or is_listed)
        and item.role is Role.SHORT
        and (is_listed or (below.role is Role.TEXT and (len(below.block.text) > 40 or place == 0)))
        and (_is_set_above(item, below) or not stops_inside(_before(found, place)))
    )
    if byline or dateline or notice or alone:
        kept = _with_line_above(found, place)
        text = kept.text
        rule = "title by byline" if byline or dateline else "notice title" if notice else "unmarked"
        found[place] = Item(Role.HEADING, kept._replace(kind=Kind.HEADING, level=UNMARKED), [text], 0.0, rule)


def _with_line_above(found: Sequence[Item], place: int) -> Block:
    """A title without markup, with the line right above it that is set as it is: of about its length."""
    item = found[place]
    above = found[place - 1] if place else None
    if (
        above is None
        or above.role is not Role.SHORT
        or any(above.marks)
        or above.block.last_line + 1 != item.block.line
    ):
        return item.block
    lengths = sorted((len(above.block.text), len(item.block.text)))
    before = found[place - 2].block.last_line + 1 if place > 1 else 0
    even = len(above.block.lines) == 1 and lengths[0] >= 5 and lengths[1] <= 1.6 * lengths[0]
    if (
        not even
        or before == above.block.line
        or names_column(above.block, item.block)
        or is_date_line(above.block.text)
    ):
        return item.block
    above.odds = TAKEN
    return block(Kind.TEXT, [*above.block.lines, *item.block.lines], above.block.line)


def _is_set_above(item: Item, below: Item) -> bool:
    """Whether a line stands right above another: what a column cut off ends at the foot of it."""
    return item.block.last_line + 1 == below.block.line


def _is_pen_name(found: Sequence[Item], place: int) -> bool:
    """Whether two or three characters stand alone between a heading and its text: a name that looks like none. Several
    of unequal length may stand there (其木格 斯琴高娃): slogans are set in even parts."""
    item = found[place]
    if item.role is not Role.SHORT or any(item.marks) or not 0 < place < len(found) - 1:
        return False
    between = found[place - 1].role is Role.HEADING and found[place + 1].role is Role.TEXT
    text = item.block.plain
    if not between or text in _OPENINGS:
        return False
    parts = text.split()
    uneven = 2 <= len(parts) <= 4 and len(set(map(len, parts))) > 1
    longest = 4 if uneven else 3
    return (len(parts) == 1 or uneven) and all(re.fullmatch(f"[\u4e00-\u9fff]{{2,{longest}}}", part) for part in parts)


def _is_long_title(found: Block) -> bool:
    """Whether a line is too long for a subhead but not for a title."""
    return len(found.lines) == 1 and len(found.text) <= _LONGEST_UNMARKED and not re.search("[。；，]", found.text)


def _before(found: Sequence[Item], place: int) -> str:
    """The text that ends right before an item, "" if none does."""
    return found[place - 1].block.text if place and found[place - 1].role is Role.TEXT else ""
