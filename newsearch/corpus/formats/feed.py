"""News feeds (RSS, Atom, RDF) that were saved: one article an entry.

They are read with lxml: feedparser, which is made for it, falls back on a parser that a megabyte can keep busy for
minutes.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

from newsearch.article import Article, parse_date
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.facts.byline import author_line
from newsearch.corpus.limits import Limits
from newsearch.corpus.packed.zipped import refuse_entities
from newsearch.corpus.trouble import Unreadable
from newsearch.corpus.web.flow import paragraphs
from newsearch.corpus.web.reader import markup_lines, markup_title, without_boilerplate
from newsearch.corpus.web.tree import declared_encoding
from newsearch.errors import BadArticle

_ENTRIES = ("item", "entry")
_ROOTS = ("rss", "feed", "RDF")
# Best first: the whole text before a summary, the day of publication before that of a change.
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
# HTML's names of characters, which XML does not know.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z]{2,10}\d{0,2};")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What is damaged may have names that no element can be given.
_HTML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_MAILBOX = re.compile(r"\S+@\S+\s*\(([^()]+)\)|([^<>]+?)\s*<\S+@\S+>")


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of a feed. Raises Unreadable."""
    content = document.content(reading.limits.xml, "xml")
    text = document.decode(content, reading.encoding, declared_encoding(content))
    root = _tree(text, document)
    channel = next((element for element in root.iter("{*}channel")), root)
    source = markup_title(_text(channel, ("title",)))
    home = _link(channel, "")
    for number, entry in enumerate(root.iter(*(f"{{*}}{name}" for name in _ENTRIES)), 1):
        try:
            article = _article(entry, source, home, reading.limits)
        except Unreadable as error:
            yield Rejection(document.shown, f"entry {number}: {error}")
            continue
        if article.title or article.body:
            yield article
        else:
            yield Rejection(document.shown, f"entry {number} has neither title nor text")


def _tree(text: str, document: Document) -> etree._Element:
    """The tree of a feed; of a damaged one what can be read, with a warning. Raises Unreadable."""
    refuse_entities(text)
    text = _NAMED.sub(lambda name: html.unescape(name[0]), _NOT_XML.sub("", _DECLARATION.sub("", text, count=1)))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True,
        remove_comments=True, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise Unreadable(f"a damaged feed: {str(error)[:120]}") from None
    if root is None or _name(root) not in _ROOTS:
        raise Unreadable("XML that is not an RSS or Atom feed")
    if errors := parser.error_log.filter_from_errors():
        first = errors[0]
        document.warnings.append(f"a damaged feed, entries may be missing: {first.message} (line {first.line})")
    return root


def _article(entry: etree._Element, source: str, home: str, limits: Limits) -> Article:
    original = next(entry.iterchildren("{*}source"), None)
    name = "" if original is None else _text(original, ("title",)) or (original.text or "")
    sections = [str(e.get("term") or e.text or "").strip() for e in entry.iterchildren("{*}category")]
    return Article(
        title=markup_title(_text(entry, ("title",))),
        body="\n".join(_body(entry, limits)),
        date=_date(entry),
        authors=_authors(entry),
        source=markup_title(name) or source,
        section=next((section for section in sections if 0 < len(section) <= 20), ""),
        url=_link(entry, home),
    )


def _body(entry: etree._Element, limits: Limits) -> list[str]:
    for name in _TEXTS:
        for element in entry.iterchildren(f"{{*}}{name}"):
            if element.get("src") or element.get("url"):  # media elsewhere
                continue
            lines = paragraphs(_bare(element)) if len(element) else markup_lines(element.text or "", limits)
            if lines := without_boilerplate(lines):
                return lines
    return []


def _bare(element: etree._Element) -> etree._Element:
    """An element of XHTML with its names as HTML has them."""
    for inner in element.iter(etree.Element):
        name = _name(inner)
        inner.tag = name if _HTML_NAME.fullmatch(name) else "div"
    return element


def _date(entry: etree._Element) -> dt.date | None:
    """The day of publication as it is written there, whatever the time zone."""
    for name in _DATES:
        text = _text(entry, (name,))
        for parse in (parse_date, lambda text: parsedate_to_datetime(text).date()):
            try:
                if text and (day := parse(text)):
                    return day
            except (BadArticle, ValueError, TypeError, IndexError, OverflowError):
                continue
    return None


def _authors(entry: etree._Element) -> tuple[str, ...]:
    authors: list[str] = []
    for element in entry.iterchildren("{*}author", "{*}creator"):
        name = markup_title(_text(element, ("name",)) or (element.text or ""))
        if match := _MAILBOX.fullmatch(name[:200]):
            name = (match[1] or match[2]).strip()
        authors += author_line(name) or ([name] if name and "@" not in name and len(name) <= 40 else [])
    return tuple(dict.fromkeys(authors))


def _link(entry: etree._Element, home: str) -> str:
    """The address of an entry or a feed, "" if it has none that can be followed."""
    for element in entry.iterchildren("{*}link"):
        link = (element.text or "").strip() or str(element.get("href") or "")
        if link and (element.get("rel") or "alternate") == "alternate":
            try:
                link = urljoin(urljoin(home, element.base or ""), link)
            except ValueError:
                return ""
            return link if link.startswith(("http://", "https://")) else ""
    return ""


def _text(element: etree._Element, names: tuple[str, ...]) -> str:
    """The text of the first child with one of these names."""
    for name in names:
        for child in element.iterchildren(f"{{*}}{name}"):
            if text := " ".join("".join(map(str, child.itertext())).split()):
                return text
    return ""


def _name(element: etree._Element) -> str:
    """The name of an element without its namespace, also without a prefix that was never declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]
