"""How much of one file is taken in. More is refused with its reason, at once, and the batch goes on.

Who trusts a file may raise a limit for a run (`--limit text=64M`) or a folder (`[limits]` in newsearch.toml); memory
and time then grow with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from newsearch.errors import BadSettings


class Limits(NamedTuple):
    """The most of each thing, in bytes unless said otherwise."""

    #: a text that is read whole: a page, an article
    text: int = 16 << 20
    #: lines of a page that is taken apart; a longer one is one article
    lines: int = 50_000
    #: another document that is read whole, as it is and unpacked: a web page, a message, a PDF, a book
    document: int = 64 << 20
    #: XML that becomes a tree: a feed, a part of a Word document or a book; it takes ten times as much memory
    xml: int = 12 << 20
    #: one record of a file that is streamed: a line of JSON Lines, an entry of a list, a row of a table, a message
    record: int = 16 << 20
    #: the list of members of a ZIP file
    directory: int = 16 << 20
    #: all that a packed file unpacks to: so many times its own size, and `document` in any case
    expansion: int = 100
    #: layers of packing: a .tar.gz has two
    layers: int = 4
    #: text and tags of a web page, of a chapter of a book, of what is written in HTML in a feed or a message
    markup: int = 4 << 20
    #: tags of the same
    tags: int = 40_000
    #: pages of a PDF
    pages: int = 2000
    #: seconds for one page of a PDF; all may take fifteen times as long
    seconds: int = 4
    #: memory that a PDF may take while it is read, beside its own size
    memory: int = 200 << 20
    #: chapters of a book, parts of a message
    parts: int = 5000
    #: values in one record of JSON, each of which takes up to 200 bytes of memory, however short it is written
    values: int = 500_000
    #: cells in one row of a table
    cells: int = 10_000
    #: records in a row that are no articles, after which a file is read no further
    misses: int = 20_000


LIMITS = Limits()
#: The limits that are numbers, not sizes.
COUNTS = ("lines", "expansion", "layers", "tags", "pages", "seconds", "parts", "values", "cells", "misses")
_SIZE = re.compile(r"(\d{1,15})\s*([kmgt]?)(?:i?b)?", re.IGNORECASE | re.ASCII)
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_NAMES = {1 << 10: "kB", 1 << 20: "MB", 1 << 30: "GB", 1 << 40: "TB"}
# No limit is higher: nothing larger can be asked for at a time.
_HIGHEST = 1 << 40


def limit_map(pairs: Mapping[str, Any], path: Path | str = "--limit", key: str = "") -> dict[str, int]:
    """Limits by name, as written by people: a size such as 64M or 1G, a plain number of bytes, or a number of what is
    counted. Raises BadSettings, for `path`."""
    found = {}
    for name, written in pairs.items():
        where = f"{key}.{name}" if key else name
        if name not in Limits._fields:
            known = ", ".join(Limits._fields)
            raise BadSettings(path, where, f"there is no limit {str(name)[:40]!r}", f"use one of {known}")
        number = _number(written, name in COUNTS)
        if number is None:
            kind = "a number, as 200" if name in COUNTS else "a size of 1 byte to 1T, as 64M or 1G"
            raise BadSettings(path, where, f"{str(written)[:40]!r} does not say how much", f"write {kind}")
        found[name] = number
    return found


def parse_limits(written: Iterable[str]) -> dict[str, int]:
    """`NAME=SIZE` → limits by name. Raises BadSettings."""
    pairs = {}
    for text in written:
        name, sign, size = text.partition("=")
        if not sign:
            raise BadSettings("--limit", text, "is not NAME=SIZE", "write --limit text=64M")
        pairs[name.strip()] = size.strip()
    return limit_map(pairs)


def size_text(size: int) -> str:
    """A number of bytes in the largest unit that divides it: 16 MB."""
    unit = next((unit for unit in sorted(_NAMES, reverse=True) if size % unit == 0 and size), 1)
    return f"{size // unit:,} {_NAMES.get(unit, 'bytes')}"


def refusal(what: str, limit: str, most: int, after: str = "") -> str:
    """Why something is not taken in: `what` (and the words `after` the number) it has more of than the limit of that
    name, which is `most`, allows; and the option that raises it."""
    amount, more = (f"{most:,}", "NUMBER") if limit in COUNTS else (size_text(most), "SIZE")
    return f"{what} {amount}{after}; --limit {limit}={more} takes in more"


def _number(written: Any, is_count: bool) -> int | None:
    """How much is written, None for what does not say. Of what is counted there may be none."""
    match = _SIZE.fullmatch(str(written)) if isinstance(written, str | int) else None
    if not match or (is_count and match[0] != match[1]):
        return None
    number = int(match[1]) * _UNITS[match[2].lower()]
    return number if (0 if is_count else 1) <= number <= _HIGHEST else None
