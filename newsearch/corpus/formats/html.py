"""Web pages as browsers and crawlers save them, also whole in one file (MHTML): one article a page."""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.trouble import Unreadable
from newsearch.corpus.web.reader import TOO_DEEP, page_article
from newsearch.corpus.web.tree import declared_encoding, known_encoding, without_pictures

#: What Unreadable says of a page that is a list, a form or a script.
NO_ARTICLE = "no article text on this web page: it is a list, or its text is loaded by scripts"


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The article of a web page. Raises Unreadable if there is none."""
    content, declared = document.content(reading.limits.document), None
    if is_mhtml(document.sample):
        content, declared, url = _first_page(content)
    else:
        url = ""
    declared = declared or declared_encoding(content)
    text = document.decode(without_pictures(content, reading.limits), reading.encoding, declared)
    if declared and not reading.encoding and document.encoding.split(" ")[0] != declared:
        document.reasons.append(f"the page says {declared}, its bytes say {document.encoding}")
    article, too_deep = page_article(text, reading.limits)
    if too_deep:
        document.warnings.append(TOO_DEEP)
    if article is None:
        raise Unreadable(NO_ARTICLE)
    if url and not article.url:
        article = Article.from_mapping(article.to_mapping() | {"url": url})
    yield article


def is_mhtml(sample: bytes) -> bool:
    """Whether a document begins as a web page saved with its pictures in one file does."""
    head = sample[:2000].lower()
    return b"multipart/related" in head and b"mime-version:" in head


def _first_page(content: bytes) -> tuple[bytes, str | None, str]:
    """The page itself of an MHTML file: its bytes, the encoding they are said to have, its address."""
    from email import message_from_bytes
    from email.policy import compat32

    message = message_from_bytes(content, policy=compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            url = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
            url = url if url.startswith(("http://", "https://")) else ""
            return body if isinstance(body, bytes) else b"", known_encoding(part.get_content_charset()), url
    raise Unreadable("no web page in this MHTML file")
