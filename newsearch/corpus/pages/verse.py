"""Lines that stay lines: verses below the names of who wrote them, and lines that each begin with a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsearch.corpus.pages.blocks import Block, Kind, is_short

_LABELLED = re.compile(r"[^。，：:]{1,12}[：:]\s*[^\s/]")
_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)）]?[、.]?")
_SPACED = re.compile(r"\S(?:[ \u3000]+\S){1,3}")


def is_labelled(found: Block) -> bool:
    """Whether all of several lines begin with a label: 男子跳高：第一名 石磊"""
    return len(found.lines) > 1 and all(map(_LABELLED.match, map(str.strip, found.lines)))


def verses(blocks: Sequence[Block], is_names: Sequence[bool]) -> Iterator[int]:
    """Which blocks are stanzas: short lines below a heading and the author's name, or below the heading after such."""
    in_verse = signed = False
    for place, found in enumerate(blocks):
        if found.kind is Kind.HEADING:
            signed = in_verse
            in_verse = False
        elif is_names[place]:
            signed = place > 0 and blocks[place - 1].kind is Kind.HEADING
        elif found.kind is Kind.TEXT and signed and is_short(found) and (len(found.lines) > 1 or _numbered(found)):
            in_verse = True
            yield place
        else:
            signed = False


def _numbered(found: Block) -> bool:
    return bool(_NUMBER.fullmatch(found.plain))


def unspaced(text: str) -> str:
    """A title of a few characters set apart as one: 讣 告 → 讣告"""
    return re.sub(r"\s", "", text) if _SPACED.fullmatch(text) else text
