"""Word documents (DOCX): a page with several articles if there are several headings, else one article.

Text that was deleted with changes tracked is left out. The XML is read as it is: a library for documents would hide
tracked changes and text boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from newsearch.article import Article, parse_date
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.facts.byline import author_line
from newsearch.corpus.headed import Line, headed_articles
from newsearch.corpus.packed.zipped import Members, members, xml_root
from newsearch.corpus.trouble import Unreadable
from newsearch.errors import BadArticle

_OLD = b"\xd0\xcf\x11\xe0"
_HEADING = re.compile(r"(?:heading|标题|標題)\s*(\d)")
# Deleted or moved away; the same again for old readers; codes of fields; readings beside characters.
_LEFT_OUT = ("del", "moveFrom", "Fallback", "instrText", "rt")


class _Properties(NamedTuple):
    title: str = ""
    creator: str = ""
    created: str = ""


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of a Word document. Raises Unreadable."""
    content = document.content(reading.limits.document)
    if content.startswith(_OLD):
        raise Unreadable("an old or encrypted Office document; open it and save it as .docx, without a password")
    if not content.startswith(b"PK"):
        kind = "an RTF document" if content.startswith(b"{\\rtf") else "not a Word document"
        raise Unreadable(f"{kind}; open it and save it as .docx")
    with members(content, reading.limits) as parts:
        name = _main_part(parts)
        lines = list(_lines(xml_root(parts.read(name)), _styles(parts)))
        properties = _properties(parts)
    for article in headed_articles(lines, reading.lexicon, document.facts.date):
        yield _completed(article, properties, document)


def _main_part(parts: Members) -> str:
    if "word/document.xml" in parts.names:
        return "word/document.xml"
    named = [name for name in sorted(parts.names) if re.fullmatch(r"word/document\d*\.xml", name)]
    if not named:
        raise Unreadable("not a Word document: it has no word/document.xml")
    return named[0]


def _lines(root: etree._Element, styles: Mapping[str, int]) -> Iterator[Line]:
    """The paragraphs in their order; those of a text box after the one that it is anchored in."""
    open_paragraphs: list[list[str]] = []
    finished: list[Line] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = etree.QName(element).localname
        if event == "start":
            if tag in _LEFT_OUT:
                walk.skip_subtree()
            elif tag == "p":
                open_paragraphs.append([])
            elif open_paragraphs:
                open_paragraphs[-1].append(_text(tag, element))
        elif tag == "p" and open_paragraphs:
            text = "".join(open_paragraphs.pop())
            level = _level(element, styles)
            own = [Line(line.strip(), level) for line in text.split("\n") if line.strip()]
            if open_paragraphs:
                finished += own
            else:
                yield from own
                yield from finished
                finished = []


def _text(tag: str, element: etree._Element) -> str:
    if tag == "t":
        return element.text or ""
    return {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(tag, "")


def _level(paragraph: etree._Element, styles: Mapping[str, int]) -> int:
    """1 and more for a heading, 0 for text."""
    for element in paragraph.iterfind("{*}pPr/{*}outlineLvl"):
        if (value := _value(element)).isdecimal() and int(value) < 9:
            return int(value) + 1
    for element in paragraph.iterfind("{*}pPr/{*}pStyle"):
        return styles.get(_value(element), 0)
    return 0


def _styles(parts: Members) -> dict[str, int]:
    """The levels of the styles that are headings, by their ids."""
    if "word/styles.xml" not in parts.names:
        return {}
    levels = {}
    for style in xml_root(parts.read("word/styles.xml")).iterfind("{*}style"):
        name = next((_value(element).lower() for element in style.iterfind("{*}name")), "")
        match = _HEADING.match(name)
        identifier = next((value for key, value in style.attrib.items() if str(key).endswith("}styleId")), "")
        if match or name in ("title", "标题", "標題"):
            levels[str(identifier)] = int(match[1]) if match else 1
    return levels


def _properties(parts: Members) -> _Properties:
    if "docProps/core.xml" not in parts.names:
        return _Properties()
    root = xml_root(parts.read("docProps/core.xml"))
    found = {
        etree.QName(element).localname: (element.text or "").strip() for element in root if isinstance(element.tag, str)
    }
    return _Properties(found.get("title", ""), found.get("creator", ""), found.get("created", ""))


def _completed(article: Article, properties: _Properties, document: Document) -> Article:
    """An article with what the document's properties tell where neither it nor a name tells anything."""
    try:
        created = parse_date(properties.created[:10])
    except BadArticle:
        created = None
    return replace(
        article,
        title=article.title or properties.title,
        authors=article.authors or author_line(properties.creator),
        date=article.date or document.facts.date or created,
    )


def _value(element: etree._Element) -> str:
    return str(next((value for key, value in element.attrib.items() if str(key).endswith("}val")), ""))
