"""A tree of HTML → its text as blocks: what stands in one paragraph, cell, heading or line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em",
        "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr", "founder-author",
    )
)  # fmt: skip
_SKIPPED = frozenset(
    (
        "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg",
        "math", "canvas", "audio", "video", "select", "option", "button", "textarea", "input",
        "form-control", "map", "area", "rp", "rt", "amp-sidebar", "amp-ad", "amp-embed", "dialog",
    )
)  # fmt: skip
#: Elements of headings, those that titles stand in first.
HEADINGS = ("h1", "founder-title", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200b\u3000\ufeff]+")
# Old pages set paragraphs apart by nothing but an indent.
_INDENT = re.compile(r"(?<=[。！？”；：])\s*(?:\u3000{2}|\xa0{4})")
_EDGES = " \t\r\n\f\v\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000\ufeff\u200b"


@dataclass(slots=True)
class Block:
    """A stretch of text without a break, the innermost element that breaks lines around it, and how many of its
    characters are in links."""

    text: str
    element: etree._Element
    linked: int = 0

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    @property
    def place(self) -> str:
        """The id and the classes of the element."""
        return place_of(self.element)


def place_of(element: etree._Element) -> str:
    """The id and the classes of an element."""
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def blocks(root: etree._Element) -> Iterator[Block]:
    """The text of an element in the order of the document, as blocks without blanks around them. What is not shown is
    left out."""
    parts: list[str] = []
    linked = 0
    links = 0
    around = [root]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        skipped = tag in _SKIPPED or (event == "start" and _is_hidden(element))
        breaks = tag not in _INLINE and tag != ""
        if event == "start":
            if skipped:
                walk.skip_subtree()
                continue
            if breaks:
                yield from _block(parts, linked, around[-1])
                parts, linked = [], 0
                if tag not in ("br", "hr"):
                    around.append(element)
            links += tag == "a"
            parts.append(element.text or "")
            linked += len(parts[-1].strip()) if links else 0
            continue
        if around[-1] is element and element is not root:
            yield from _block(parts, linked, element)
            parts, linked = [], 0
            around.pop()
        links -= tag == "a" and links > 0 and not _is_hidden(element)
        if element is not root:
            parts.append(element.tail or "")
            linked += len(parts[-1].strip()) if links else 0
    yield from _block(parts, linked, root)


def paragraphs(root: etree._Element) -> list[str]:
    """The text of an element, a paragraph a line."""
    return [block.text for block in blocks(root)]


def _block(parts: list[str], linked: int, element: etree._Element) -> Iterator[Block]:
    raw = "".join(parts)
    lines = raw.splitlines() if element.tag == "pre" else _INDENT.split(raw)
    for line in lines:
        if text := _tidy(line):
            yield Block(text, element, min(linked, len(text)))


def _tidy(text: str) -> str:
    return _BLANKS.sub(_blank, text.strip(_EDGES))


def _blank(blank: re.Match[str]) -> str:
    """A full-width space says something in a title (甲　乙); other blanks are one blank."""
    return "\u3000" if "\u3000" in blank[0] else (" " if blank[0] != "\u200b" else "")


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
