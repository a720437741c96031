"""Newsletters as mail programs save them: one message (EML), or a folder of them in one file (mbox).

Headers are taken apart by the standard library's oldest interface: the newer one refuses some that are wrong and needs
long for some that are made so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.encoding.decode import NotText, decoded
from newsearch.corpus.limits import Limits, refusal
from newsearch.corpus.seams import unwrap
from newsearch.corpus.trouble import Unreadable
from newsearch.corpus.web.reader import markup_lines, without_boilerplate
from newsearch.corpus.web.tree import declared_encoding, known_encoding

_MOST_HEADER = 10_000
_FEW = 12
_LETTERS = re.compile(r"[^\W_]")
# Quotations that mail programs put around what they answer or pass on.
_QUOTED = re.compile(
    r"<blockquote\b[^>]{0,300}\bcite\b.*?(?:</blockquote>|\Z)|<div[^>]{0,200}(?:gmail_quote|yahoo_quoted|moz-cite)[^>]{0,200}>.*",
    re.DOTALL | re.I,
)
_CUT = re.compile(
    r"-- ?|_{10,}|-{2,}\s*(?:原始邮件|原始郵件|Original Message|转发邮件信息)\s*-{2,}|"
    r"(?:在\s*)?\d{4}[-年/].{0,60}(?:写道|寫道)[:：]|On .{0,100}wrote:",
    re.I,
)
_FOOTER = re.compile(
    r".{0,60}(?:退订|取消订阅|退訂|取消訂閱|unsubscribe|在浏览器中(?:查看|打开)|在瀏覽器中|无法正常(?:显示|查看|浏览)|無法正常顯示|"
    r"view (?:this email )?in (?:your )?browser|请勿直接回复|請勿直接回覆|管理您的订阅|"
    r"manage (?:your )?(?:preferences|subscription)).{0,60}",
    re.I,
)
_REPLY = re.compile(r"(?:(?:re|fw|fwd|回复|答复|转发|回覆|轉寄)\s*[:：]\s*)+", re.I)


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of the messages; a message that cannot be read is a rejection. Raises Unreadable."""
    if not document.sample.startswith(b"From "):
        yield _article(document.content(reading.limits.document), document, reading)
        return
    for number, content in enumerate(messages(document.byte_lines(reading.limits.record), reading.limits.record), 1):
        try:
            if content is None:
                raise Unreadable(refusal("larger than", "record", reading.limits.record))
            yield _article(content, document, reading)
        except Unreadable as error:
            yield Rejection(document.shown, f"message {number}: {error}")


def messages(lines: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """The messages of an mbox file, None for one of more than `limit` bytes. A line `From ` after an empty one begins a
    message; `>From ` stands for such a line in a message."""
    message: list[bytes] = []
    size = 0
    blank = True
    for line in lines:
        if blank and line.startswith(b"From "):
            if size:
                yield b"".join(message) if size <= limit else None
            message, size = [], 0
            blank = False
            continue
        blank = not line.strip()
        size += len(line)
        if size <= limit:
            message.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
    if size:
        yield b"".join(message) if size <= limit else None


def _article(content: bytes, document: Document, reading: Reading) -> Article:
    """The article that a message is. Raises Unreadable for one without text."""
    try:
        message = message_from_bytes(content, policy=compat32)
        lines = _text(message, document, reading)
    except (RecursionError, MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"a damaged message: {str(error)[:120]}") from None
    title = _REPLY.sub("", _header(message, "Subject"), count=1)
    if not title and not lines:
        raise Unreadable("a message without subject and text")
    name, address = parseaddr(_header(message, "From"))
    return Article(title=title, body="\n".join(lines), date=_date(message), source=name or address)


def _text(message: Message, document: Document, reading: Reading) -> list[str]:
    """The lines of whichever part says more: HTML, unless the plain text beside it is longer."""
    found: dict[str, list[str]] = {"text/html": [], "text/plain": []}
    for part in _parts(message, document, reading.limits.parts):
        kind = part.get_content_type()
        if kind in found and not found[kind]:
            text = _decoded(part, document, reading)
            found[kind] = _html_lines(text, reading.limits) if kind == "text/html" else _plain_lines(text)
    weights = {kind: len(_LETTERS.findall("".join(lines))) for kind, lines in found.items()}
    best = "text/html" if weights["text/html"] >= 0.8 * weights["text/plain"] else "text/plain"
    return [line for line in without_boilerplate(found[best]) if not _FOOTER.fullmatch(line)]


def _parts(message: Message, document: Document, most: int) -> Iterator[Message]:
    """The parts that are shown, in their order; not what is attached. Warns if there are more than so many."""
    waiting = [message]
    for _ in range(most):
        if not waiting:
            return
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_disposition() == "attachment" or part.get_content_type() == "message/rfc822":
            continue
        if part.is_multipart() and isinstance(inner, list):
            waiting += [piece for piece in reversed(inner) if isinstance(piece, Message)]
        else:
            yield part
    if waiting:
        document.warnings.append(refusal("a message of more than", "parts", most, " parts: the rest is left out"))


def _decoded(part: Message, document: Document, reading: Reading) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if not content.strip():
        return ""
    declared = known_encoding(part.get_content_charset()) or declared_encoding(content)
    return document.decode(content, reading.encoding, declared)


def _html_lines(text: str, limits: Limits) -> list[str]:
    """The paragraphs of a text in HTML without what is quoted in it, unless that is all."""
    lines = markup_lines(_QUOTED.sub(" ", text), limits)
    return lines if len(_LETTERS.findall("".join(lines))) >= _FEW else markup_lines(text, limits)


def _plain_lines(text: str) -> list[str]:
    """The paragraphs of a plain text that may be wrapped, without what is quoted in it."""
    kept: list[str] = []
    for line in text.splitlines():
        if _CUT.fullmatch(line.strip()) and any(kept):
            break
        if not line.startswith(">"):
            kept.append(line)
    return [line for block in re.split(r"\n[ \t]*\n", "\n".join(kept)) for line in unwrap(block.split("\n"))]


def _header(message: Message, name: str) -> str:
    """A header in plain words: =?gbk?B?...?= decoded, and bytes that should not be there by evidence."""
    raw = str(message.get(name) or "")[:_MOST_HEADER]
    value = message.get(name)
    try:
        parts = decode_header(value if value is not None and len(str(value)) <= _MOST_HEADER else raw)
    except (HeaderParseError, ValueError):
        parts = [(raw, None)]
    text = "".join(part if isinstance(part, str) else _decoded_header(part, encoding) for part, encoding in parts)
    return " ".join(text.split())


def _decoded_header(part: bytes, encoding: str | None) -> str:
    known = known_encoding(encoding)
    try:
        return decoded(part, None, known).text
    except NotText:
        return part.decode(known or "utf-8", "replace")


def _date(message: Message) -> dt.date | None:
    """The day on which a message was sent where it was sent."""
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
