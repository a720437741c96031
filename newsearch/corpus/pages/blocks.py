"""A page's text → its blocks: headings, paragraphs and lists, as they stand.

Blank lines part blocks, and a heading is a block of its own, whether it is written with `#`, underlined with `===`, or
a line that is all in bold. Rules look at `Block.plain`, which has simplified characters and half-width digits in the
same places as `Block.text` has what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from newsearch.corpus.facts.byline import author_line
from newsearch.corpus.facts.dates import is_date_line
from newsearch.corpus.pages.groups import runs
from newsearch.corpus.script import plain

_HEADING = re.compile(r"\s{0,3}(#{1,6}(?=\s)|#{2,6})\s*([^\s#].*)")
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)([^*_]{2,60})(?<=\S)\1\s*")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*")
_LIST_MARK = re.compile(r"^\s*[-*+]\s+(?=\S)")
_QUOTED = re.compile(r"^\s{0,3}>+[ \t]?(?=\S)")
_INNER_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,60})(?<=\S)\1")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_CREDITS = re.compile("记者|通讯员|作者|[文图摄][/／]")
# A title is set in no more lines.
_MOST_TITLE_LINES = 3
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.、．)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳])\s*\S")
_SENTENCE = re.compile(r"[。！？；]")
#: The level of a heading in bold, below all that are marked, and of a title without any markup.
BOLD, UNMARKED = 7, 8
#: A line longer than this is no title.
LONGEST_TITLE = 60
_SHORT = 30
_SUBTITLE = re.compile(r"\s*(?:——|—|--|－－)\s*\S")
# What columns are called; one of two words or less above a much longer title is one too.
_COLUMN = re.compile(
    r"(?:新闻|消息|信箱|提醒|提示|答疑|问答|资料|知识|常识|贴士|链接|小说|杂写|杂谈|杂记|漫笔|随笔|随想|新解|小站|广场|论坛|天地|之窗|园地|讲堂|课堂|视窗|速递|快讯|短波|传真|动态|追踪|连载|说法|博览|剪影|速写|茶座|夜话|语丝|絮语|点滴|拾零|集锦|花絮|掌故|史话|百科|门诊|顾问|服务台|回音壁|曝光台|点评|时评|短评|快评|杂文|散文|诗歌|书评|影评|见闻录|访谈录|热线|调查|往来|建议)$"
)
_LONGEST_COLUMN, _SHORTEST_TITLE = 16, 4
# Lines of which all but the last are longer than this are those of a text.
_WRAPPED = 16


class Kind(Enum):
    HEADING = "heading"
    TEXT = "text"
    LIST = "list"


class Block(NamedTuple):
    """`lines` are without markup, `line` is the number of the first, from 1. `level` is that of a heading, else 0."""

    kind: Kind
    lines: tuple[str, ...]
    line: int
    level: int
    text: str
    plain: str

    @property
    def last_line(self) -> int:
        return self.line + len(self.lines) - 1


def block(kind: Kind, lines: Sequence[str], line: int, level: int = 0) -> Block:
    text = "\n".join(part.strip() for part in lines)
    return Block(kind, tuple(lines), line, level, text, plain(text))


def is_short(found: Block) -> bool:
    """A few words without a sentence: a subhead, a kicker, a slogan, a signature; not the lines of a wrapped text."""
    if len(found.lines) > 1 and min(len(line.strip()) for line in found.lines[:-1]) >= _WRAPPED:
        return is_date_line(found.lines[-1])
    return all(len(line.strip()) <= _SHORT for line in found.lines) and not _SENTENCE.search(found.text)


def split_blocks(text: str) -> Iterator[Block]:
    """The blocks of a page, in order. Headings of one level in lines that follow each other are one title."""
    above: Block | None = None
    for found in _blocks(text):
        if above and _is_one_title(above, found):
            above = block(Kind.HEADING, [*above.lines, *found.lines], above.line, above.level)
            continue
        if above:
            yield above
        above = found
    if above:
        yield above


def names_column(above: Block, below: Block) -> bool:
    """Whether a heading only names the column of the title that stands below it, or says where it happened: it is in
    brackets, ends in a colon or is called as columns are; or it is a word or two and the title much longer."""
    text, title = above.plain.strip(), below.plain.strip()
    if len(above.lines) > 1 or _SUBTITLE.match(title):
        return False
    if re.fullmatch(r"[【〖\[].{1,14}[】〗\]]", text) or text[-1:] in "：:":
        return len(text) <= _LONGEST_COLUMN
    bare = text.strip(" \u3000·•●■◆□★☆|")
    if not re.fullmatch("[\u4e00-\u9fff]{2,8}", bare):
        return False
    return bool(_COLUMN.search(bare)) or (len(bare) <= _SHORTEST_TITLE and len(title) > 2 * len(bare))


def _is_one_title(above: Block, below: Block) -> bool:
    return (
        not names_column(above, below)
        and not _SUBTITLE.match(below.text)
        and above.kind is below.kind is Kind.HEADING
        and above.level == below.level
        and above.last_line == below.line - 1
        and len(above.lines) < _MOST_TITLE_LINES
        and len(above.text) + len(below.text) < LONGEST_TITLE
    )


def _blocks(text: str) -> Iterator[Block]:
    pending: list[str] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        heading = _HEADING.match(line)
        if heading is None and pending and _is_underlined(pending, line):
            yield block(Kind.HEADING, pending, start, 1 if "=" in line else 2)
            pending = []
            continue
        if pending and (heading or not line.strip()):
            yield from _unmarked(pending, start)
            pending = []
        if heading:
            yield block(Kind.HEADING, [_without_bold(heading[2].rstrip("# \t\u3000"))], number, len(heading[1]))
        elif line.strip():
            start = start if pending else number
            pending.append(line)


def _is_underlined(lines: list[str], line: str) -> bool:
    """Whether `line` makes a heading of the one line above it."""
    if len(lines) != 1 or not _UNDERLINE.fullmatch(line):
        return False
    return len(lines[0].strip()) <= LONGEST_TITLE and not re.search("[。；]", lines[0])


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return line.lstrip().startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2


def _without_bold(text: str) -> str:
    bold = _BOLD.fullmatch(text)
    return bold[2] if bold else text


def _unmarked(lines: list[str], start: int) -> Iterator[Block]:
    """The blocks of lines that stand between blank ones or headings."""
    begin = 0
    for number in range(len(lines) + 1):
        bold = number < len(lines) and _bold_heading(lines[number])
        if number == len(lines) or bold:
            yield from _group(lines[begin:number], start + begin)
            begin = number + 1
        if bold:
            yield block(Kind.HEADING, [bold], start + number, BOLD)


def _bold_heading(line: str) -> str:
    """The words of a line that is all in bold, ends no sentence and says not who wrote it, else ""."""
    bold = _BOLD.fullmatch(line)
    if not bold or _SENTENCE.search(bold[2]) or (_CREDITS.search(plain(bold[2])) and author_line(bold[2])):
        return ""
    return bold[2]


def _group(lines: list[str], start: int) -> Iterator[Block]:
    if not lines:
        return
    lines = [_QUOTED.sub("", line) for line in lines]
    if all(_LIST_MARK.match(line) or _NUMBERED.match(line) or _is_row(line) for line in lines):
        kept = [line for line in lines if not _TABLE_RULE.fullmatch(line)] or lines
        yield block(Kind.LIST, [_unlisted(line) for line in kept], start)
        return
    for begin, end, is_list in runs(lines):
        kind = Kind.LIST if is_list else Kind.TEXT
        yield block(kind, [_unlisted(line) for line in lines[begin:end]], start + begin)


def _unlisted(line: str) -> str:
    return _INNER_BOLD.sub(r"\2", _LIST_MARK.sub("", line))
