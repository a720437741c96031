"""HTML in a text → the text. For fields that hold a piece of a web page, not for finding an article on a whole one."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from html import unescape
from typing import Any, cast

_BLOCK_NAMES = (
    "address article aside blockquote br caption center dd details dialog div dl dt figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset(("td", "th"))
_SKIPPED_NAMES = "script style template noscript iframe object svg math title textarea select"
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|img|strong|em|b|i|u|font|center|h[1-6]|ul|ol|li|table|tbody|tr|td|th|section|article|"
    r"blockquote|figure|script|style|html|body|pre|hr|video|iframe)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|tr|h[1-6]|section|article|blockquote|table|ul|ol)(?:\s[^<>]*)?/?>", re.I)
_ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|apos|lt|gt|[lr][ds]quo|[mn]dash|hellip|middot|bull|e[mn]sp|thinsp|[lr]aquo|#\d{2,7}|"
    r"#[xX][\da-fA-F]{2,6});"
)
# What nobody wrote to be read would keep the parser busy for many seconds.
_MOST_TAGS = 200_000
_ANY_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"[ \t\xa0]+")
_FULL_WIDTH = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff“”‘’…—·]"


def is_markup(text: str) -> bool:
    """Whether a text evidently is HTML: it has one of HTML's usual tags or entities."""
    if text.count("<") > _MOST_TAGS:
        return ">" in text
    return bool(_TAG.search(text) or _ENTITY.search(text))


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, without empty lines: entities decoded, scripts and styles dropped; paragraphs, line
    breaks, list items and rows end lines. Line ends of the source are spaces, or nothing inside Chinese text, unless
    the piece has no tags that end lines. Markup that was escaped as a whole is read too."""
    if markup.count("<") > _MOST_TAGS:
        return unescape(_ANY_TAG.sub("\n", markup))
    text = _text(markup)
    if not _TAG.search(markup) and _BLOCK_TAG.search(text):
        text = _text(text)
    return text


def _text(markup: str) -> str:
    from lxml import etree  # slow to import, rarely needed

    if _BLOCK_TAG.search(markup):
        markup = _broken().sub("", markup).replace("\r", " ").replace("\n", " ")
    target = _Target()
    # A parser with a target builds no tree: depth costs nothing.
    parser = etree.HTMLParser(target=cast(Any, target), encoding="utf-8", huge_tree=True)
    source = markup.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    with suppress(etree.XMLSyntaxError):  # what was read before it is in the target
        etree.fromstring(b"<html><body>" + source.encode() + b"</body></html>", parser)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(target.parts).split("\n"))
    return "\n".join(line for line in lines if line)


@cache
def _broken() -> re.Pattern[str]:
    """Line ends inside Chinese text; slow to compile, rarely needed."""
    return re.compile(rf"(?<={_FULL_WIDTH})[ \t\r]*\n[ \t\r\n]*(?={_FULL_WIDTH})")


class _Target:
    """Collects text as the parser comes by it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._skipped = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def end(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")

    def data(self, text: str) -> None:
        if not self._skipped:
            self.parts.append(text)

    def comment(self, _text: str) -> None:
        """Comments are no text."""

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Nor are instructions."""

    def close(self) -> None:
        """All was collected."""
