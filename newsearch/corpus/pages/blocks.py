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

from newsearch.corpus.facts.dates import is_date_line
from newsearch.corpus.script import plain

_HEADING = re.compile(r"\s{0,3}(#{1,6}(?=\s)|#{2,6})\s*([^\s#].*)")
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)([^*_]{2,60})(?<=\S)\1\s*")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*")
_LIST_MARK = re.compile(r"\s*[-*+]\s+(?=\S)")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.、．)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳])\s*\S")
_SENTENCE = re.compile(r"[。！？；]")
#: The level of a heading in bold, below all that are marked, and of a title without any markup.
BOLD, UNMARKED = 7, 8
#: A line longer than this is no title.
LONGEST_TITLE = 60
_SHORT = 30
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
    """The blocks of a page, in order."""
    pending: list[str] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        heading = _HEADING.match(line)
        if heading is None and pending and _is_underlined(pending, line):
            yield block(Kind.HEADING, pending, start, 1 if "=" in line else 2)
            pending = []
            continue
        if pending and (heading or not line.strip()):
            yield _unmarked(pending, start)
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


def _without_bold(text: str) -> str:
    bold = _BOLD.fullmatch(text)
    return bold[2] if bold else text


def _unmarked(lines: list[str], start: int) -> Block:
    if len(lines) == 1 and (bold := _BOLD.fullmatch(lines[0])) and not _SENTENCE.search(bold[2]):
        return block(Kind.HEADING, [bold[2]], start, BOLD)
    listed = [_LIST_MARK.sub("", line) for line in lines]
    is_list = all(_LIST_MARK.match(line) or _NUMBERED.match(line) for line in lines)
    return block(Kind.LIST if is_list else Kind.TEXT, listed, start)
