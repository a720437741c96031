"""Bytes of HTML → a tree, whatever was written; in time and memory that grow with their length, no faster."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from newsearch.corpus.limits import LIMITS, Limits, refusal
from newsearch.corpus.trouble import Unreadable

# Scripts and styles may be so many times as long as the text and the tags of a page.
_SCRIPTS = 3
# As deep as libxml2 goes; what lies deeper it leaves out.
_TOO_DEEP = "Excessive depth"

_CHARSET = re.compile(
    rb"""<(?:meta\b[^<>]{0,300}?charset|\?xml\b[^<>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I
)
_NOT_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|svg|template|iframe|object|canvas|math)\b[^>]*+>.*?(?:</\1\s*>|\Z)"
    r"|(?<=[\"'(=])data:[\w/+.;=-]{1,80},[\w/+=%\s-]*+",
    re.DOTALL | re.I,
)
_PICTURE = re.compile(rb"data:[\w/+.;=-]{1,80},[\w/+=%-]++")
# Quotes count after an equals sign only, and one that is not closed reaches to the end: so no place is looked at twice.
_TAG = re.compile(r"""<[a-z](?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)""", re.I)
_NAME = re.compile(r"<[a-zA-Z][\w:-]{0,40}")
# libxml2 holds each attribute of a tag against all the others.
_MOST_ATTRIBUTES = 200
_LONG_TAG = 4 * _MOST_ATTRIBUTES
# Chinese encodings are declared by their smaller relatives, and pages use what these do not have.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252"}


def without_pictures(content: bytes, limits: Limits = LIMITS) -> bytes:
    """A page without the pictures that are written into it. Raises Unreadable if it is too large all the same."""
    if len(content) > limits.markup:
        content = _PICTURE.sub(b"data:", content)
    if len(content) > _SCRIPTS * limits.markup:
        raise Unreadable(refusal("a web page without its pictures of more than 3 times", "markup", limits.markup))
    return content


def declared_encoding(sample: bytes) -> str | None:
    """The encoding that the beginning of a page or an XML file names, None if it names none that exists."""
    match = _CHARSET.search(sample[:8192])
    return known_encoding(match[1].decode("ascii", "replace")) if match else None


def known_encoding(name: str | None) -> str | None:
    """An encoding under Python's name for it, the wider of its kind; None if there is none of that name."""
    name = (name or "").strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(_WIDER.get(name, name))
    except (LookupError, ValueError):
        return None
    return codec.name if codec._is_text_encoding and codec.name not in ("undefined", "idna", "punycode") else None


def page_tree(text: str, limits: Limits = LIMITS) -> tuple[etree._Element | None, bool]:
    """The root of a page, None if there is nothing, and whether something lay too deep and is missing. Scripts, styles,
    comments and pictures are left out. Raises Unreadable for a page that is too large."""
    text = _TAG.sub(_tame, _NOT_TEXT.sub(" ", text.replace("\0", "")))
    content = text.encode("utf-8", "replace")
    if len(content) > limits.markup:
        raise Unreadable(refusal("a web page of more than", "markup", limits.markup, " of text and tags"))
    if content.count(b"<") > limits.tags:
        raise Unreadable(refusal("a web page of more than", "tags", limits.tags, " tags"))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser) if content.strip() else None
    except etree.LxmlError:
        return None, False
    return root, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _tame(tag: re.Match[str]) -> str:
    """A tag, without its attributes if they are too many."""
    text = tag[0]
    if len(text) < _LONG_TAG or len(re.findall(r"[\s/\"']+[^\s=/\"'>]", text)) < _MOST_ATTRIBUTES:
        return text
    name = _NAME.match(text)
    return f"{name[0]}>" if name else " "
