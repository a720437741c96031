"""A page's blocks → items: what each block can be, as far as that can be told without knowing whose it is.

Furniture is set aside here; bylines, kickers, subtitles and the marks of continued articles are recognised; and every
heading is given odds, in nats, that it is the title of an article rather than a subhead inside one. What the odds are made
of is the table `EVIDENCE`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from newsearch.corpus.facts.byline import author_line, has_dateline
from newsearch.corpus.facts.dates import is_date_line, is_day_line
from newsearch.corpus.pages.blocks import BOLD, LONGEST_TITLE, UNMARKED, Block, Kind, block, is_short
from newsearch.corpus.pages.continued import NO_MARKS, Marks, take_marks
from newsearch.corpus.pages.furniture import is_section_name
from newsearch.corpus.pages.verse import is_labelled, unspaced, verses
from newsearch.corpus.seams import beginning, stops_inside, unwrap


class Role(Enum):
    HEADING = "heading"
    NAMES = "names"
    TEXT = "text"
    SHORT = "short line"
    LIST = "list"


@dataclass(slots=True)
class Item:
    """A block and what can be told of it alone. `parts` are its paragraphs or lines; of a heading `odds` and the
    `rule` that speaks loudest; of an author line the `names`. `above` are lines above a title that belong to it
    (kickers), `below` those under it. `cut_soon` is true of a heading that is none unless the few words below it are a
    sentence that goes on elsewhere."""

    role: Role
    block: Block
    parts: list[str]
    odds: float = 0.0
    rule: str = ""
    names: tuple[str, ...] = ()
    above: list[Block] = field(default_factory=list)
    below: list[Block] = field(default_factory=list)
    marks: Marks = NO_MARKS
    cut_soon: bool = False


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
_PEN_NAME = "pen name"
_OPENINGS = frozenset(
    ["引子", "前言", "导语", "导言", "序言", "序", "编者按", "开栏语", "摘要", "提要", "导读", "楔子", "按语", "题记", "尾声", "后记", "启事", "通知", "公告"]
)
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节条部]|\d{1,2}[.、．](?!\d)|[①-⑳])"
)
_KICKER = re.compile(r"([\u4e00-\u9fff·]{2,12})\s*[:：]")
_SUBTITLE = re.compile(r"\s*(?:——|—|--|－－)\s*\S")
_NOTICE = re.compile(
    r"[\u4e00-\u9fff]{0,20}(?:公告|通告|通知|启事|声明|讣告|公示|告示|通报|倡议书|公开信|更正|致歉|说明|招聘|致谢|感谢信)"
)
_LONGEST_KICKER = 36
_LONGEST_UNMARKED = 45


def kicker_text(found: Block) -> str:
    """The kicker without its colon, or the whole line."""
    match = _KICKER.fullmatch(found.text)
    return match[1] if match else found.text.strip("【】[]")


def has_kicker_colon(found: Block) -> bool:
    return len(found.lines) == 1 and bool(_KICKER.fullmatch(found.text))


def closes(found: Block) -> bool:
    """Whether a few lines end in the day on which somebody signs; without a year only below who does."""
    return is_date_line(found.lines[-1]) or (len(found.lines) > 1 and is_day_line(found.lines[-1]))


def items(blocks: Sequence[Block]) -> list[Item]:
    """The items of a page from which furniture has been taken, in order. Kickers and subtitles are with their titles; a
    heading without text is an item with odds of minus infinity."""
    blocks = list(_split(blocks))
    found = [_item(each) for each in blocks]
    for place in verses([item.block for item in found], [item.role is Role.NAMES for item in found]):
        found[place].role, found[place].parts = Role.LIST, list(found[place].block.lines)
    for place, item in enumerate(found):
        if _is_pen_name(found, place):
            item.role, item.names, item.rule = Role.NAMES, (item.block.text,), _PEN_NAME
        elif item.role is Role.SHORT or (item.role is Role.TEXT and _is_long_title(item.block)):
            _promote(found, place)
    _weigh(found)
    return [item for item in found if item.odds != _TAKEN]


#: The odds of a line that has been given to a title as its kicker or subtitle, and of a heading that can be none.
_TAKEN, NEVER = float("-inf"), -1e9


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
    if is_labelled(found):
        return Item(Role.LIST, found, list(found.lines), marks=marks)
    # What goes on elsewhere, and what begins as a report does, is text, however little of it stands here.
    is_text = has_dateline(found.text) or (found.text and any(marks))
    role = Role.SHORT if is_short(found) and not is_text else Role.TEXT
    return Item(role, found, unwrap(found.lines) or [""], marks=marks)


def _promote(found: list[Item], place: int) -> None:
    """Makes a heading of a short line that stands as a title without markup does."""
    item = found[place]
    below = found[place + 1] if place + 1 < len(found) else None
    text = item.block.text
    below_heading = place > 0 and found[place - 1].role is Role.HEADING and found[place - 1].block.level < UNMARKED
    if (
        below is None
        or below_heading
        or any(item.marks)
        or not 2 <= len(text) <= LONGEST_TITLE
        or len(item.block.lines) > 2
    ):
        return
    if is_date_line(item.block.lines[-1]) or beginning(text) > 2 or text[-1] in "，、：:":
        return
    byline = below.role is Role.NAMES and place + 2 < len(found) and _is_text(found[place + 2])
    dateline = below.role is Role.TEXT and has_dateline(below.parts[0])
    notice = bool(_NOTICE.fullmatch(unspaced(item.block.plain))) and _is_text(below)
    alone = (
        len(text) > 2
        and item.role is Role.SHORT
        and below.role is Role.TEXT
        and len(below.block.text) > 40
        and not stops_inside(_before(found, place))
    )
    if byline or dateline or notice or alone:
        kept = item.block
        rule = "title by byline" if byline or dateline else "notice title" if notice else "unmarked"
        found[place] = Item(Role.HEADING, kept._replace(kind=Kind.HEADING, level=UNMARKED), [text], 0.0, rule)


def _is_pen_name(found: list[Item], place: int) -> bool:
    """Whether two or three characters stand alone between a heading and its text: a name that looks like none."""
    item = found[place]
    if item.role is not Role.SHORT or any(item.marks) or not 0 < place < len(found) - 1:
        return False
    between = found[place - 1].role is Role.HEADING and found[place + 1].role is Role.TEXT
    text = item.block.plain
    return between and bool(re.fullmatch("[\u4e00-\u9fff]{2,3}", text)) and text not in _OPENINGS


def _is_long_title(found: Block) -> bool:
    """Whether a line is too long for a subhead but not for a title."""
    return len(found.lines) == 1 and len(found.text) <= _LONGEST_UNMARKED and not re.search("[。；，]", found.text)


def _is_text(item: Item) -> bool:
    """Whether this can be the first text of an article: a column or another article may cut it off soon."""
    return item.role in (Role.TEXT, Role.LIST) or (
        item.role is Role.SHORT and may_break_off(item) and len(item.block.text) >= 8
    )


def _before(found: list[Item], place: int) -> str:
    """The text that ends right before an item, "" if none does."""
    return found[place - 1].block.text if place and found[place - 1].role is Role.TEXT else ""


def _weigh(found: list[Item]) -> None:
    """Gives every heading its odds, its kickers and its subtitles."""
    has_body, direct = _bodies(found)
    headings = [place for place, item in enumerate(found) if item.role is Role.HEADING]
    marked = [found[place].block.level for place in headings if direct[place] and found[place].block.level != UNMARKED]
    top = min(marked, default=UNMARKED)
    if top == BOLD and any(found[place].rule == "title by byline" for place in headings):
        top = UNMARKED  # the paper sets its titles in plain lines and its subheads in bold
    for place in headings:
        if found[place].odds != _TAKEN:
            _take_subtitles(found, place, has_body, direct, top)
    for place in headings:
        item = found[place]
        if item.odds == _TAKEN:
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


def may_break_off(item: Item) -> bool:
    """Whether this is one line in which a sentence may begin without ending: slogans are set with spaces."""
    return len(item.block.lines) == 1 and stops_inside(item.block.text) and not re.search(r"\s", item.block.text)


def _take_subtitles(found: list[Item], place: int, has_body: list[bool], direct: list[bool], top: int) -> None:
    """Gives a heading the subtitle below it, and what has no text of its own but a heading below to that heading."""
    item = found[place]
    after = place + 1
    while (
        after < len(found)
        and found[after].role in (Role.HEADING, Role.SHORT)
        and _SUBTITLE.match(found[after].block.text)
    ):
        item.below.append(found[after].block)
        has_body[place] = has_body[place] or has_body[after] or _text_follows(found, after)
        direct[place] = direct[place] or direct[after]
        found[after].odds = _TAKEN
        after += 1
    if after < len(found) and found[after].role is Role.HEADING and after == place + 1 and not item.below:
        lesser = found[after].block.level > item.block.level
        if lesser and has_body[place]:
            stands_first = place == 0 and item.block.level == min(i.block.level for i in found[:2])
            plausible = item.block.level >= top or (stands_first and found[after].rule != "title by byline")
            if is_section_name(item.block.plain) or not plausible:
                has_body[place] = False
            else:
                found[after].rule = "subhead below a title"
        elif not lesser and has_body[after] and len(item.block.text) <= _LONGEST_KICKER and not item.marks.continued_on:
            if is_section_name(item.block.plain):
                return
            if item.block.level > found[after].block.level or has_kicker_colon(item.block):
                found[after].above.append(item.block)
                item.odds = _TAKEN


def _text_follows(found: list[Item], place: int) -> bool:
    return place + 1 < len(found) and found[place + 1].role in (Role.TEXT, Role.NAMES, Role.LIST)


def _take_kicker(found: list[Item], place: int) -> None:
    """Gives a title the line above it that ends in a colon."""
    above = found[place - 1] if place else None
    if above and above.role is Role.SHORT and above.odds != _TAKEN and has_kicker_colon(above.block):
        found[place].above.append(above.block)
        above.odds = _TAKEN


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
    while place < len(found) and found[place].odds == _TAKEN:
        place += 1
    if place == len(found):
        return False
    below = found[place]
    if below.role is Role.NAMES:
        return below.rule != _PEN_NAME
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
    elif _NOTICE.fullmatch(text) and "notice title" not in told:
        told.append("notice title")
    odds = sum(EVIDENCE[name] for name in told)
    if level > top and level != UNMARKED:
        odds += _OF_ITS_LEVEL * max(0.0, 2 * sure / of_level[level] - 1)
    if "title heading" not in told:  # titles are longer than subheads, but for 讣告 and its like
        odds += max(0.0 if "notice title" in told else -2.5, min(3.0, (len(text.strip()) - 12) * 0.35))
    if "notice title" in told and level == UNMARKED:
        odds += _NOTICE_SET_APART
    loudest = max(told, key=lambda name: abs(EVIDENCE[name]))
    return odds, loudest
