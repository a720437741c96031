"""The format that the beginning of a document gives away whatever it is called: signs that no text bears by chance."""

from __future__ import annotations

import re

_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>])")
_ROOT = re.compile(
    rb"(?:<\?.{0,300}?\?>|<!--.{0,2000}?-->|<!doctype[^<>\[]{0,300}>|\s)*<([a-z][\w:-]{0,40})", re.DOTALL
)
_ROOTS = {b"html": "html", b"rss": "feed", b"feed": "feed", b"atom:feed": "feed", b"rdf:rdf": "feed"}
_HEADER = re.compile(rb"(?:[\x21-\x39\x3b-\x7e]{1,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n){0,99}){3,200}")
_HEADERS = (b"date", b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to")
_MBOX = re.compile(rb"From \S{1,200} .{0,40}\d{4}[^\n]{0,20}\r?\n[\x21-\x39\x3b-\x7e]{1,60}:")


def sure_format(sample: bytes) -> str | None:
    """The format of a document with this beginning, None for one that only its name can tell."""
    if b"%PDF-" in sample[:1024]:
        return "pdf"
    if sample.startswith(b"PK\x03\x04"):
        return _packed(sample)
    if sample.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")):
        return "docx"
    head = sample[:8192].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"").lstrip()
    return _marked_up(head.lower()) or _mail(head)


def _packed(sample: bytes) -> str | None:
    if sample[30:66].startswith(b"mimetypeapplication/epub+zip"):
        return "epub"
    return "docx" if b"[Content_Types].xml" in sample and b"word/" in sample else None


def _marked_up(head: bytes) -> str | None:
    if not head.startswith(b"<"):
        return None
    root = _ROOT.match(head)
    return "html" if _HTML.match(head) else (_ROOTS.get(root[1]) if root else None)


def _mail(head: bytes) -> str | None:
    if _MBOX.match(head):
        return "mail"
    header = _HEADER.match(head)
    if not header:
        return None
    names = {line.split(b":")[0].lower() for line in header[0].splitlines() if line[:1] not in b" \t"}
    if (
        b"multipart/related" in header[0].lower()
        and names & {b"snapshot-content-location", b"from"}
        and _is_page(header[0])
    ):
        return "html"
    return "mail" if b"from" in names and names.intersection(_HEADERS) else None


def _is_page(header: bytes) -> bool:
    """Whether a message is a web page as browsers save it, which nobody sent."""
    lower = header.lower()
    return b"snapshot-content-location:" in lower or b"saved by" in lower
