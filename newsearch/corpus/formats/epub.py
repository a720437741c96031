"""Electronic books and magazines (EPUB): one article a chapter, in reading order; the book's title is the source."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from newsearch.article import Article, parse_date
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.facts.byline import author_line
from newsearch.corpus.headed import one_article
from newsearch.corpus.limits import Limits, refusal
from newsearch.corpus.packed.zipped import Members, members, xml_root
from newsearch.corpus.trouble import Unreadable
from newsearch.corpus.web.flow import HEADINGS, blocks
from newsearch.corpus.web.reader import TOO_DEEP
from newsearch.corpus.web.tree import declared_encoding, page_tree
from newsearch.errors import BadArticle

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Fonts may be obfuscated in a book that anybody may read.
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
# Fewer characters are no chapter, but a cover.
_LEAST = 4
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The chapters of a book as articles. Raises Unreadable."""
    with members(document.content(reading.limits.document), reading.limits) as parts:
        _refuse_locked(parts)
        package = _package_path(parts)
        root = xml_root(parts.read(package))
        book = _book(root)
        pages = _reading_order(root, package, reading.limits.parts)
        contents = _contents(parts, root, package)
        for article in _joined(_chapters(pages, contents, parts, document, reading.limits)):
            yield (
                article
                if isinstance(article, Rejection)
                else replace(
                    article,
                    source=book.source,
                    authors=article.authors or book.authors,
                    date=article.date or document.facts.date or book.date,
                )
            )


def _refuse_locked(parts: Members) -> None:
    if _ENCRYPTION not in parts.names:
        return
    methods = [str(e.get("Algorithm")) for e in xml_root(parts.read(_ENCRYPTION)).iter("{*}EncryptionMethod")]
    if any(method not in _FONTS_ONLY for method in methods):
        raise Unreadable("a book protected against copying (DRM), which cannot be read")


def _package_path(parts: Members) -> str:
    for element in xml_root(parts.read(_CONTAINER)).iter("{*}rootfile"):
        if path := element.get("full-path"):
            return str(path)
    raise Unreadable("damaged: the book does not say where it begins")


def _book(root: etree._Element) -> Article:
    """What the book says about itself: its title as a source, its authors and its day."""
    texts = {
        name: [" ".join((e.text or "").split()) for e in root.iter(f"{{*}}{name}")]
        for name in ("title", "creator", "date")
    }
    try:
        date = parse_date(next(iter(texts["date"]), ""))
    except BadArticle:
        date = None
    authors = tuple(dict.fromkeys(name for text in texts["creator"] for name in author_line(text) or (text,) if name))
    return Article(source=next(iter(texts["title"]), ""), authors=authors, date=date)


def _reading_order(root: etree._Element, package: str, most: int) -> list[str]:
    """The names of the pages in the order of the spine, without the table of contents."""
    manifest = {
        str(item.get("id")): item
        for item in root.iter("{*}item")
        if item.get("media-type") in _PAGES and "nav" not in str(item.get("properties") or "").split()
    }
    spine = [str(item.get("idref")) for item in root.iter("{*}itemref") if item.get("linear") != "no"]
    if len(spine) > most:
        raise Unreadable(refusal("a book of more than", "parts", most, " parts"))
    names = [_resolved(package, str(manifest[name].get("href"))) for name in spine if name in manifest]
    return list(dict.fromkeys(names))


def _contents(parts: Members, root: etree._Element, package: str) -> dict[str, str]:
    """Page → title by the table of contents, new (nav) or old (NCX); {} if there is none that can be read."""
    for item in root.iter("{*}item"):
        is_new = "nav" in str(item.get("properties") or "").split()
        if not is_new and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        path = _resolved(package, str(item.get("href")))
        if path not in parts.names:
            continue
        try:
            tree = xml_root(parts.read(path))
        except Unreadable:
            continue
        found: dict[str, str] = {}
        for label, target in _links(tree) if is_new else _points(tree):
            page = _resolved(path, target)
            if label and page:
                found.setdefault(page, label)
        if found:
            return found
    return {}


def _links(tree: etree._Element) -> Iterator[tuple[str, str]]:
    for link in tree.iter("{*}a"):
        yield " ".join("".join(map(str, link.itertext())).split()), str(link.get("href") or "")


def _points(tree: etree._Element) -> Iterator[tuple[str, str]]:
    for point in tree.iter("{*}navPoint"):
        label = next((" ".join((e.text or "").split()) for e in point.iterfind("{*}navLabel/{*}text")), "")
        yield label, next((str(e.get("src") or "") for e in point.iterfind("{*}content")), "")


def _chapters(
    pages: list[str], contents: dict[str, str], parts: Members, document: Document, limits: Limits
) -> Iterator[tuple[str, Article | Rejection]]:
    """The pages with text as articles, each with its title in the table of contents."""
    for name in pages:
        try:
            article = _chapter(parts.read(name), contents.get(name, ""), document, limits)
        except Unreadable as error:
            yield "", Rejection(document.shown, f"{name}: {error}")
            continue
        if article:
            yield contents.get(name, "" if contents else article.title or name), article


def _joined(chapters: Iterator[tuple[str, Article | Rejection]]) -> Iterator[Article | Rejection]:
    """A page that the table of contents does not name goes on with the one before it."""
    last: Article | None = None
    for label, found in chapters:
        if isinstance(found, Rejection):
            yield found
        elif last is not None and not label:
            last = replace(last, body="\n".join(filter(None, (last.body, found.title, found.body))))
        else:
            if last is not None:
                yield last
            last = found
    if last is not None:
        yield last


def _chapter(content: bytes, label: str, document: Document, limits: Limits) -> Article | None:
    """The article of a page, None for a cover or another page without text."""
    text = document.decode(content, declared=declared_encoding(content))
    root, too_deep = page_tree(text, limits)
    if too_deep:
        document.warnings.append(TOO_DEEP)
    found = list(blocks(root)) if root is not None else []
    heading = next((block.text for block in found[:5] if block.tag in HEADINGS), "")
    title = heading or label
    lines = [block.text for block in found]
    if title in lines[:5]:
        lines.remove(title)
    if sum(map(len, lines)) < _LEAST and not (label and lines):
        return None
    return next(iter(one_article([title, *lines] if title else lines)), None)


def _resolved(base: str, target: str) -> str:
    """The name of a member that another one refers to."""
    path = re.split(r"[#?]", target)[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else ""
