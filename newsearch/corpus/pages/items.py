"""A page's blocks → items: what each block can be, as far as that can be told without knowing whose it is.

Furniture is set aside here; bylines, kickers, subtitles and the marks of continued articles are recognised; and every
heading is given odds, in nats, that it is the title of an article rather than a subhead inside one. What the odds are made
of is the table `EVIDENCE`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsearch.corpus.facts.byline import author_line, has_dateline
from newsearch.corpus.pages.blocks import BOLD, UNMARKED, Block, Kind, block, is_short, names_column
from newsearch.corpus.pages.continued import take_marks
from newsearch.corpus.pages.furniture import is_section_name
from newsearch.corpus.pages.item import (
    NEVER,
    NOTICE,
    SUBTITLE,
    TAKEN,
    Item,
    Role,
    has_kicker_colon,
    is_text,
    may_break_off,
)
from newsearch.corpus.pages.unmarked import PEN_NAME, tell_short_lines
from newsearch.corpus.pages.verse import verses
from newsearch.corpus.seams import unwrap

#: What speaks for a heading being a title (or against it), in nats.
EVIDENCE = {
    "title heading": 6.0,  # of the level that the page's titles have
    "title by byline": 9.0,  # an author line or a dateline stands below it
    "kicker with colon": 8.0,
    "kicker heading": 8.0,
    "kicker line": 3.0,
    "notice title": 4.0,  # 通告, 启事: what notices are called
    "numbered subhead": -10.0,
    "subhead with colon": -8.0,
    "lesser heading": -2.5,
    "heading in bold": -1.0,  # beside headings with marks
    "only title above": 2.5,  # the level above is used once: it may be the leading article's
    "unmarked": -1.0,
    "unmarked beside headings": -6.0,
}
# If all the others of a lesser heading's level are titles; none if half of them.
_OF_ITS_LEVEL = 6.0
# What notices are called in a line of its own.
_NOTICE_SET_APART = 4.0
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条部]|\d{1,2}[.、．](?!\d)|[①-⑳])"
)
_LONGEST_KICKER = 36


def items(blocks: Sequence[Block]) -> list[Item]:
    """The items of a page from which furniture has been taken, in order. Kickers and subtitles are with their titles; a
    heading without text is an item with odds of minus infinity."""
    blocks = list(_split(blocks))
    found = [_item(each) for each in blocks]
    _keep_verses(found)
    tell_short_lines(found)
    _keep_verses(found)
    _weigh(found)
    return [item for item in found if item.odds != TAKEN]


def _keep_verses(found: list[Item]) -> None:
    """Makes lists of stanzas: their lines stay lines."""
    for place in verses([item.block for item in found], [item.role is Role.NAMES for item in found]):
        found[place].role, found[place].parts = Role.LIST, list(found[place].block.lines)


def _split(blocks: Sequence[Block]) -> list[Block]:
    """Parts a title or an author line from the text that follows it without a blank line."""
    parted: list[Block] = []
    for found in blocks:
        cut = 0
        if found.kind is Kind.TEXT and len(found.lines) >= 2:
            first, second = found.lines[0].strip(), found.lines[1].strip()
            below_heading = bool(parted) and parted[-1].kind is Kind.HEADING
            is_title = len(first) <= 40 and not re.search("[。；，]", first) and not author_line(first)
            if (below_heading and author_line(first)) or (
                is_title and ((author_line(second) and len(found.lines) > 2) or has_dateline(second))
            ):
                cut = 1
        if cut:
            parted.append(block(found.kind, found.lines[:1], found.line))
            parted += _split([block(found.kind, found.lines[1:], found.line + 1)])
        else:
            parted.append(found)
    return parted


def _item(found: Block) -> Item:
    text, marks = take_marks(found.text)
    if any(marks):
        lines = text.split("\n")
        found = block(found.kind, lines, found.line, found.level)
    if found.kind is Kind.HEADING:
        return Item(Role.HEADING, found, [text], marks=marks)
    if found.kind is Kind.LIST:
        return Item(Role.LIST, found, list(found.lines), marks=marks)
    names = author_line(found.text) if found.text and not has_kicker_colon(found) else ()
    if names:
        return Item(Role.NAMES, found, [found.text], names=names, marks=marks)
    # What goes on elsewhere, and what begins as a report does, is text, however little of it stands here.
    is_text = has_dateline(found.text) or (found.text and any(marks))
    role = Role.SHORT if is_short(found) and not is_text else Role.TEXT
    return Item(role, found, unwrap(found.lines) or [""], marks=marks)


def _weigh(found: list[Item]) -> None:
    """Gives every heading its odds, its kickers and its subtitles."""
    has_body, direct = _bodies(found)
    headings = [place for place, item in enumerate(found) if item.role is Role.HEADING]
    marked = [found[place].block.level for place in headings if direct[place] and found[place].block.level != UNMARKED]
    top = min(marked, default=UNMARKED)
    if top == BOLD and any(found[place].rule == "title by byline" for place in headings):
        top = UNMARKED  # the paper sets its titles in plain lines and its subheads in bold
    for place in headings:
        if found[place].odds != TAKEN:
            _take_subtitles(found, place, has_body, direct, top)
    for place in headings:
        item = found[place]
        if item.odds == TAKEN:
            continue
        if not has_body[place]:
            item.odds, item.rule = NEVER, "slogan heading"
            item.cut_soon = item.block.level == top and _is_cut_soon(found, place)
            if item.cut_soon:
                _take_kicker(found, place)
        else:
            _take_kicker(found, place)
    _pool(found, [place for place in headings if found[place].odds > NEVER], top)


def _bodies(found: list[Item]) -> tuple[list[bool], list[bool]]:
    """For each item: whether text follows before a heading of its own level or above, and before any heading."""
    has_body, direct = [False] * len(found), [False] * len(found)
    seen = [False] * (UNMARKED + 1)
    near = False
    for place in range(len(found) - 1, -1, -1):
        item = found[place]
        if item.role is Role.HEADING:
            has_body[place], direct[place] = seen[item.block.level], near
            seen[item.block.level :] = [False] * (UNMARKED + 1 - item.block.level)
            near = False
        elif item.role in (Role.TEXT, Role.LIST) or any(item.marks) or _breaks_off(item):
            seen, near = [True] * (UNMARKED + 1), True
    return has_body, direct


def _is_cut_soon(found: list[Item], place: int) -> bool:
    """Whether below a heading stands nothing but the beginning of a sentence, and then a heading."""
    below = found[place + 1 : place + 4]
    if below and below[0].role is Role.NAMES:
        below = below[1:]
    if len(below) < 2 or below[0].role is not Role.SHORT or not may_break_off(below[0]) or len(below[0].block.text) < 8:
        return False
    return below[1].role is Role.HEADING or has_kicker_colon(below[1].block)


def _breaks_off(item: Item) -> bool:
    """Whether a sentence surely begins in a short line without ending: with a comma it is hardly a slogan."""
    text = item.block.text
    return item.role is Role.SHORT and may_break_off(item) and len(text) >= 10 and bool(re.search("[，：“]", text))


def _take_subtitles(found: list[Item], place: int, has_body: list[bool], direct: list[bool], top: int) -> None:
    """Gives a heading the subtitle below it, and what has no text of its own but a heading below to that heading."""
    item = found[place]
    after = place + 1
    while (
        after < len(found)
        and found[after].role in (Role.HEADING, Role.SHORT)
        and SUBTITLE.match(found[after].block.text)
    ):
        item.below.append(found[after].block)
        has_body[place] = has_body[place] or has_body[after] or _text_follows(found, after)
        direct[place] = direct[place] or direct[after]
        found[after].odds = TAKEN
        after += 1
    if after < len(found) and found[after].role is Role.HEADING and after == place + 1 and not item.below:
        lesser = found[after].block.level > item.block.level
        column = names_column(item.block, found[after].block) and not NOTICE.fullmatch(item.block.plain)
        names_section = is_section_name(item.block.plain)
        if column and has_body[after] and not item.marks.continued_on and not names_section:
            found[after].above.append(item.block)
            item.odds = TAKEN
        elif (
            lesser
            and item.block.level <= top
            and has_body[after]
            and not names_section
            and _is_introduced(found, after)
        ):
            item.below.append(found[after].block)
            found[after].odds = TAKEN
        elif lesser and has_body[place]:
            stands_first = place == 0 and item.block.level == min(i.block.level for i in found[:2])
            plausible = item.block.level >= top or (stands_first and found[after].rule != "title by byline")
            if names_section or not plausible:
                has_body[place] = False
            else:
                found[after].rule = "subhead below a title"
        elif not lesser and has_body[after] and len(item.block.text) <= _LONGEST_KICKER and not item.marks.continued_on:
            if names_section:
                return
            if item.block.level > found[after].block.level or has_kicker_colon(item.block):
                found[after].above.append(item.block)
                item.odds = TAKEN


def _is_introduced(found: list[Item], place: int) -> bool:
    """Whether names stand right below, and above text; or a dateline."""
    below = found[place + 1 : place + 3]
    if below and below[0].role is Role.TEXT and has_dateline(below[0].parts[0]):
        return True
    return len(below) == 2 and below[0].role is Role.NAMES and is_text(below[1])


def _text_follows(found: list[Item], place: int) -> bool:
    return place + 1 < len(found) and found[place + 1].role in (Role.TEXT, Role.NAMES, Role.LIST)


def _take_kicker(found: list[Item], place: int) -> None:
    """Gives a title the line above it that ends in a colon."""
    above = found[place - 1] if place else None
    if above and above.role is Role.SHORT and above.odds != TAKEN and has_kicker_colon(above.block):
        found[place].above.append(above.block)
        above.odds = TAKEN


def _pool(found: list[Item], headings: list[int], top: int) -> None:
    """Adds the evidence up: what stands around each heading, and what the others of its level are."""
    sure = [0] * (UNMARKED + 1)
    of_level = [0] * (UNMARKED + 1)
    for place in headings:
        item = found[place]
        of_level[item.block.level] += 1
        if _introduced(found, place):
            item.rule = "title by byline"
        elif item.above:
            item.rule = "kicker with colon" if has_kicker_colon(item.above[-1]) else "kicker heading"
        sure[item.block.level] += item.rule in ("title by byline", "kicker with colon", "kicker heading")
    for place in headings:
        item = found[place]
        item.odds, item.rule = _odds(item, top, sure[item.block.level], of_level)


def _introduced(found: list[Item], place: int) -> bool:
    """Whether an author line or a dateline stands right below a heading."""
    place += 1
    while place < len(found) and found[place].odds == TAKEN:
        place += 1
    if place == len(found):
        return False
    below = found[place]
    if below.role is Role.NAMES:
        return below.rule != PEN_NAME
    return below.role is Role.TEXT and has_dateline(below.parts[0])


def _odds(item: Item, top: int, sure: int, of_level: list[int]) -> tuple[float, str]:
    """A heading's odds of being a title, and the rule that speaks loudest."""
    level, text = item.block.level, item.block.plain
    if item.rule == "subhead below a title":
        return NEVER / 2, item.rule
    told = [item.rule] if item.rule in EVIDENCE and item.rule != "unmarked" else []
    if level <= top < UNMARKED:
        told.append("title heading")
    elif level == UNMARKED:
        if not told:
            told.append("unmarked" if top == UNMARKED else "unmarked beside headings")
    else:
        told.append("lesser heading")
        if level == BOLD:
            told.append("heading in bold")
        if level == top + 1 and level < BOLD and of_level[top] == 1:
            told.append("only title above")
    if _NUMBERED.match(text):
        told.append("numbered subhead")
    elif text.rstrip()[-1:] in ":：":
        told.append("subhead with colon")
    elif NOTICE.fullmatch(text) and "notice title" not in told:
        told.append("notice title")
    odds = sum(EVIDENCE[name] for name in told)
    if level > top or level == UNMARKED:
        odds += _OF_ITS_LEVEL * max(0.0, 2 * sure / of_level[level] - 1)
    if "title heading" not in told:  # titles are longer than subheads, but for 讣告 and its like
        odds += max(0.0 if "notice title" in told else -2.5, min(3.0, (len(text.strip()) - 12) * 0.35))
    if "notice title" in told and level == UNMARKED:
        odds += _NOTICE_SET_APART
    loudest = max(told, key=lambda name: abs(EVIDENCE[name]))
    return odds, loudest
