"""A stream of bytes → lines of text, in little memory: for files of any size.

The beginning tells the encoding, as far as it can. What follows is read in blocks of whole lines; a block that is not
in the encoding is read line by line (`mend`), and if all before it was ASCII it tells the encoding anew. UTF-16 and
others in which a byte 0A is no line end are decoded as they come.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from newsearch.corpus.encoding.charsets import is_linewise, shown, to_text
from newsearch.corpus.encoding.choice import NotText, choose
from newsearch.corpus.encoding.decode import check_named
from newsearch.corpus.encoding.garbled import Garbling, garbling, ungarbled
from newsearch.corpus.encoding.mend import MIXED, pieces
from newsearch.corpus.limits import refusal

_BLOCK = 1 << 16
#: No line of text is longer; a file without line ends must not fill the memory.
LONGEST = 1 << 26


_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class Sniffed(NamedTuple):
    """What the beginning of a file tells: its encoding and why it is that one, whether a person named it (then no other
    is tried), and how its text was garbled before it was saved."""

    encoding: str
    reason: str
    named: bool = False
    garbled: Garbling | None = None


class Line(NamedTuple):
    """A line without its end; the encoding it was in, by itself; and how many of its characters could not be read."""

    text: str
    encoding: str
    damaged: int = 0


def sniffed(sample: bytes, encoding: str | None = None, declared: str | None = None) -> Sniffed:
    """What the beginning of a file tells, which may end inside a character; arguments as those of `decoded`. Raises
    NotText."""
    if encoding:
        return Sniffed(check_named(encoding), "named by --encoding", True)
    found, reason = choose(sample, declared)
    way = garbling(sample.decode("utf-8", "ignore")) if found.startswith("utf-8") else None
    return Sniffed(found, reason, garbled=way)


def lines(sample: bytes, stream: BinaryIO, found: Sniffed, longest: int = LONGEST) -> Iterator[Line]:
    """The lines of a stream of which `sample` has been read already.

    A line in another encoding than `found.encoding` says so. Raises NotText for a line of more than `longest` bytes,
    and for what a named encoding cannot be at all.
    """
    try:
        yield from _all_lines(sample, stream, found, longest)
    except (LookupError, ValueError) as error:  # codecs that cannot replace what they cannot read
        raise NotText(f"not {found.encoding}: {error}") from None


def _all_lines(sample: bytes, stream: BinaryIO, found: Sniffed, longest: int) -> Iterator[Line]:
    encoding = found.encoding
    if encoding == "utf-8-sig":
        encoding, sample = "utf-8", sample.removeprefix(codecs.BOM_UTF8)
    if not is_linewise(encoding):
        yield from _decoded_lines(sample, stream, encoding, longest)
        return
    if found.named and encoding == "utf-8":
        sample = sample.removeprefix(codecs.BOM_UTF8)
    told = found.named or not sample.isascii()
    for block in _blocks(sample, stream, longest):
        if not told and not block.isascii():
            told = True
            encoding = _chosen(block, encoding)
        for line in _lines(block, encoding, found.named):
            yield _put_back(line, found.garbled) if found.garbled else line


def _chosen(block: bytes, encoding: str) -> str:
    """What a block tells, which is the first that is not ASCII."""
    try:
        chosen = choose(block).encoding
    except NotText:
        return encoding
    return chosen if chosen in MIXED else encoding


def _lines(block: bytes, encoding: str, named: bool) -> Iterator[Line]:
    if encoding in MIXED:
        for piece in pieces(block, encoding, others=not named):
            yield from (Line(text, piece.encoding, piece.damaged) for text in _split(piece.text))
    else:
        for line in block.removesuffix(b"\n").split(b"\n"):
            text = to_text(line, encoding, lossy=True)
            yield Line(text.removesuffix("\r"), encoding, text.count("\ufffd"))


def _split(text: str) -> list[str]:
    """Only a line feed ends a line, with a carriage return before it or without."""
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _put_back(line: Line, way: Garbling) -> Line:
    text, lost = ungarbled(line.text, way)
    return Line(text, line.encoding, line.damaged + lost)


def _blocks(sample: bytes, stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """All bytes, in blocks that end where a line ends."""
    begun = [sample]
    size = len(sample)
    while more := stream.read(_BLOCK):
        end = more.rfind(b"\n") + 1
        if end:
            yield b"".join((*begun, more[:end]))
            begun, size = [], 0
        begun.append(more[end:])
        size += len(more) - end
        if size > longest:
            raise NotText(refusal("a line is longer than", "record", longest))
    if rest := b"".join(begun):
        yield rest


def _decoded_lines(sample: bytes, stream: BinaryIO, encoding: str, longest: int) -> Iterator[Line]:
    """The lines of a stream whose encoding must be decoded before lines can be told."""
    begun: list[str] = []
    size = 0
    for text in _decoded(sample, stream, encoding):
        whole, end, rest = text.rpartition("\n")
        if end:
            yield from (_line(line, encoding) for line in ("".join(begun) + whole).split("\n"))
            begun, size = [], 0
        begun.append(rest)
        size += len(rest)
        if size > longest:
            raise NotText(refusal("a line is longer than", "record", longest, f" in {shown(encoding)}"))
    if last := "".join(begun):
        yield _line(last, encoding)


def _decoded(sample: bytes, stream: BinaryIO, encoding: str) -> Iterator[str]:
    # Without a mark these are what processors have, as `bytes.decode` takes it; the decoders of streams refuse it.
    if encoding in ("utf-16", "utf-32") and not sample.startswith(_WIDE_MARKS):
        encoding += "-le"
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(sample)
    while data := stream.read(_BLOCK):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)


def _line(text: str, encoding: str) -> Line:
    return Line(text.removesuffix("\r").removeprefix("\ufeff"), encoding, text.count("\ufffd"))
