"""Lines that stay lines: verses below the names of who wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsearch.corpus.pages.blocks import Block, Kind, is_short

_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)）]?[、.]?")
# So many short lines right below a title or names are verses.
_STANZA = 3
_SPACED = re.compile(r"\S(?:[ \u3000]+\S){1,3}|[\u3400-\u9fff](?:[ \u3000]+[\u3400-\u9fff“”，、]){4,40}")


def verses(blocks: Sequence[Block], is_names: Sequence[bool]) -> Iterator[int]:
    """Which blocks are stanzas: short lines below a heading and the author's name, or below the heading after such."""
    in_verse = signed = False
    for place, found in enumerate(blocks):
        begins = place > 0 and (blocks[place - 1].kind is Kind.HEADING or is_names[place - 1])
        if found.kind is Kind.HEADING:
            signed = in_verse
            in_verse = False
        elif is_names[place]:
            signed = place > 0 and blocks[place - 1].kind is Kind.HEADING
        elif found.kind is Kind.TEXT and signed and is_short(found) and (len(found.lines) > 1 or _numbered(found)):
            in_verse = True
            yield place
        elif found.kind is Kind.TEXT and begins and is_short(found) and len(found.lines) >= _STANZA:
            yield place
        else:
            signed = False


def _numbered(found: Block) -> bool:
    return bool(_NUMBER.fullmatch(found.plain))


def unspaced(text: str) -> str:
    """A title of a few characters set apart as one: 讣 告 → 讣告"""
    return re.sub(r"\s", "", text) if _SPACED.fullmatch(text) else text
