"""Text that was read in a wrong encoding and saved → the text that it was.

    ä¸­æ–‡   中文 in UTF-8, read as Latin-1 or cp1252       涓枃   in UTF-8, read as GBK
    ÖÐÎÄ     中文 in GBK, read as Latin-1                  いゅ   in GBK, read as Big5

The way back is to write the text in the encoding it was wrongly read in, and read the bytes as what they were. If no
byte was lost, nothing is guessed; that this is the way is known from what comes out: Chinese for about half the bits
(`chinese`). GBK loses the odd byte at the end of a run; that character is U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from newsearch.corpus.encoding.charsets import to_text
from newsearch.corpus.encoding.chinese import Reading, read

# The bytes 80–9F as cp1252 has them, of which Latin-1 makes controls; both occur in one text.
_CP1252 = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
_READ_AS = ("cp1252", "gb18030", "big5")
_WERE = ("utf-8", "gb18030", "big5")
# A way back must save a quarter of the bits of a text, and one character in three may be lost on it.
_SAVED = 4 / 3
_LETTERS_A_HOLE = 3
_SLICE = 256
_LOST = re.compile("\ufffd{1,3}\\??")
_FEWEST = 6


class Garbling(NamedTuple):
    """Bytes in the encoding `was` that were read as `read_as`."""

    was: str
    read_as: str


def garbling(text: str) -> Garbling | None:
    """How a text was garbled, None if it was not, judged from a few slices of it."""
    for part in strange_slices(text):
        now = read(part)
        readings = [(read(_back(part, way)), way) for way in _ways()]
        found = [(then.bits, way) for then, way in readings if _is_better(then, now)]
        if found:
            return min(found)[1]
    return None


def ungarbled(text: str, way: Garbling) -> tuple[str, int]:
    """The text as it was, and how many of its characters were lost. Lines that were not garbled that way stay as they
    are."""
    lines = [_line(line, way) for line in text.split("\n")]
    return "\n".join(line for line, _ in lines), sum(lost for _, lost in lines)


def _line(line: str, way: Garbling) -> tuple[str, int]:
    if line.isascii():
        return line, 0
    back = _back(line, way)
    then = read(back)
    # That the file is garbled is known, so a few characters are enough.
    if then.usual and not then.without_holes.is_strange and _saves(then, read(line)):
        return back, then.holes
    return line, 0


def _is_better(then: Reading, now: Reading) -> bool:
    return then.without_holes.is_chinese and _saves(then, now)


def _saves(then: Reading, now: Reading) -> bool:
    return then.without_holes.bits * _SAVED < now.bits and then.holes * _LETTERS_A_HOLE <= then.letters


def _back(text: str, way: Garbling) -> str:
    if way.read_as == "cp1252":
        data = text.translate(_CP1252).encode("latin-1", "newsearch.hole")
    else:
        codec = "cp950" if way.read_as == "big5" else way.read_as
        data = text.replace("\ufffd", "\ud800").encode(codec, "newsearch.hole")
    # One character that was lost is up to three bytes, and where some were already a question mark.
    return _LOST.sub("\ufffd", to_text(data, way.was, lossy=True))


def _hole(error: UnicodeError) -> tuple[bytes, int]:
    if isinstance(error, UnicodeEncodeError):
        return b"\xff" * (error.end - error.start), error.end  # which is illegal in all encodings that text may be in
    raise error


codecs.register_error("newsearch.hole", _hole)


def _ways() -> Iterator[Garbling]:
    for read_as in _READ_AS:
        for was in _WERE:
            if was != read_as:
                yield Garbling(was, read_as)


def strange_slices(text: str) -> list[str]:
    """Those of a few stretches from all over a text that have other letters than ASCII, and do not read as Chinese."""
    return [part for part in _slices(text) if (now := read(part)).letters >= _FEWEST and now.is_strange]


def _slices(text: str) -> list[str]:
    if text.isascii():
        return []
    if len(text) <= _SLICE * 3:
        return [text]
    return [text[start : start + _SLICE] for start in (0, (len(text) - _SLICE) // 2, len(text) - _SLICE)]
