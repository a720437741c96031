"""Text from articles → text that a terminal only shows, and its width there.

Whatever could move the cursor, ring a bell or turn the writing direction is replaced before it reaches a terminal.
Widths are those a terminal gives: two columns for a Chinese character.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

# Controls of C0 and C1, bidirectional overrides and isolates, line and paragraph separators, and what is no character.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def safe(text: str) -> str:
    """Text that a terminal only shows: every dangerous character replaced by one U+FFFD, so offsets stay."""
    return _UNSAFE.sub("\ufffd", text)


def shown(text: str) -> str:
    """Safe text whose lines may end as on other systems."""
    return safe(text.replace("\r\n", "\n").removeprefix("\ufeff"))


def one_line(text: str) -> str:
    """Safe text with line breaks and tabs as spaces, one for one."""
    return safe(text.replace("\n", " ").replace("\t", " ").replace("\r", " "))


def to_json(value: Any) -> str:
    """JSON with Chinese as it is, and what is unsafe on a terminal as escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(character_width(character) for character in text)


def character_width(character: str) -> int:
    """Columns that a character takes: 0, 1 or 2."""
    if unicodedata.category(character) in ("Mn", "Me") or character in "\u200b\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """The text with spaces up to so many columns."""
    return text + " " * max(0, columns - width(text))


def fitting(text: str, columns: int) -> str:
    """The beginning of a text that takes no more columns than that."""
    used = 0
    for place, character in enumerate(text):
        used += character_width(character)
        if used > columns:
            return text[:place]
    return text


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Two columns, aligned by display width."""
    rows = [(one_line(name), one_line(value)) for name, value in rows]
    first = max((width(name) for name, _ in rows), default=0)
    return "\n".join(f"{pad(name, first)}  {value}".rstrip() for name, value in rows)
