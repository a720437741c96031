"""An item: a block and what can be told of it alone, and the words by which lines that belong to a title are known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from newsearch.corpus.facts.dates import is_date_line, is_day_line
from newsearch.corpus.pages.blocks import UNMARKED, Block
from newsearch.corpus.pages.continued import NO_MARKS, Marks
from newsearch.corpus.seams import stops_inside

#: The odds of a line that has been given to a title as its kicker or subtitle, and of a heading that can be none.
TAKEN, NEVER = float("-inf"), -1e9
_KICKER = re.compile(r"([\u4e00-\u9fff·]{2,12})\s*[:：]")
SUBTITLE = re.compile(r"\s*(?:——|—|--|－－)\s*\S")
NOTICE = re.compile(
    r"[\u4e00-\u9fff]{0,20}(?:公告|通告|通知|启事|声明|讣告|公示|告示|通报|倡议书|公开信|更正|致歉|寻人|寻亲|寻物|招领|遗失|鸣谢|文告|布告|征稿|征文|招标|简讯|短讯|[谜笑谚短小新].{1,2}[一二三四五六七八九十\d]+[则首]|说明|招聘|致谢|感谢信)"
)


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


def kicker_text(found: Block) -> str:
    """The kicker without its colon, or the whole line."""
    match = _KICKER.fullmatch(found.text)
    return match[1] if match else found.text.strip("【】[]")


def has_kicker_colon(found: Block) -> bool:
    return len(found.lines) == 1 and bool(_KICKER.fullmatch(found.text))


def closes(found: Block) -> bool:
    """Whether a few lines end in the day on which somebody signs; without a year only below who does."""
    return is_date_line(found.lines[-1]) or (len(found.lines) > 1 and is_day_line(found.lines[-1]))


def is_text(item: Item, verse: bool = False) -> bool:
    """Whether this can be the first text of an article: a column or another article may cut it off soon."""
    return (
        (verse and len(item.block.lines) > 1)
        or item.role in (Role.TEXT, Role.LIST)
        or (item.role is Role.SHORT and may_break_off(item) and len(item.block.text) >= 8)
    )


def may_break_off(item: Item) -> bool:
    """Whether this is one line in which a sentence may begin without ending: slogans are set with spaces."""
    return len(item.block.lines) == 1 and stops_inside(item.block.text) and not re.search(r"\s", item.block.text)


def subhead_rule(item: Item) -> str:
    """How the decision for a subhead names what speaks for it."""
    if item.rule in ("numbered subhead", "subhead with colon", "subhead below a title"):
        return item.rule
    return "subhead without markup" if item.block.level == UNMARKED else "subhead"
