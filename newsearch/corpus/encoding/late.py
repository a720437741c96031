"""Streams that begin in ASCII, which tells nothing, and may go on in any encoding → the same in UTF-8.

A table or a dump can have its first Chinese character after megabytes; then that place tells the encoding, not the
beginning. What is before it is passed on as it is, and nothing is read twice.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO

from newsearch.corpus.document import Document
from newsearch.corpus.encoding.choice import NotText, choose
from newsearch.corpus.encoding.mend import MIXED

# Bytes from the first that is not ASCII on that tell the encoding.
_EVIDENCE = 1 << 14
_BLOCK = 1 << 16
_HIGH = re.compile(rb"[\x80-\xff]")


def late_stream(document: Document) -> tuple[BinaryIO, Utf8Stream | None]:
    """The stream of a document that has been sniffed, and, if its beginning does not tell its encoding, what it is read
    through."""
    if document.encoding != "utf-8" or not document.sample.isascii():
        return document.stream, None
    late = Utf8Stream(document.stream)
    return io.BufferedReader(late), late  # type: ignore[type-var]


class Utf8Stream(io.RawIOBase):
    """A stream of bytes as UTF-8. `encoding` is what it is in, "utf-8" as long as all of it was ASCII, and `reason` is
    why, "" until then."""

    def __init__(self, stream: BinaryIO) -> None:
        self.encoding = "utf-8"
        self.reason = ""
        self._stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None
        self._ready = b""

    def told(self, document: Document) -> None:
        """Adds to a document what was found out while it was read."""
        if self.reason:
            document.encoding = self.encoding
            document.reasons.append(self.reason)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._ready:
            data = self._stream.read(_BLOCK)
            self._ready = self._as_utf8(data)
            if not data:
                break
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _as_utf8(self, data: bytes) -> bytes:
        if self.reason:
            if self._decoder is None:
                return data
            return self._decoder.decode(data, final=not data).encode("utf-8", "replace")
        first = _HIGH.search(data)
        if first is None:
            return data
        start = first.start()
        rest = data[start:]
        while len(rest) < _EVIDENCE and (more := self._stream.read(_EVIDENCE)):
            rest += more
        try:
            self.encoding, self.reason = choose(rest)
        except NotText as error:
            self.reason = f"all before the first character that is not ASCII; {error}"
        if self.encoding in MIXED and self.encoding != "utf-8":
            self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        return data[:start] + self._as_utf8(rest)
