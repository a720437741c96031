"""Damaged bytes → text: what can be read of a block of lines that is not wholly in its file's encoding.

A file may have lines in two encodings, where somebody appended to it or pasted files together, and bytes that were lost
or overwritten. Each line is read in the encoding in which it costs least (`chinese`); one that no encoding reads whole
is read in the file's own, with U+FFFD for what cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsearch.corpus.encoding.charsets import to_text
from newsearch.corpus.encoding.chinese import HOLE, common_characters, cost_of, read

#: The encodings that lines of one file may be in side by side.
MIXED = ("utf-8", "gb18030", "big5")
# So many bits must be saved before a line is in another encoding than its file.
_SWITCH = 16
# Longer lines are not worth the cheapest reading of each byte.
_LONGEST = 1 << 16
_BLOCK = 1 << 13
# Of the distinct characters at the beginning of a line of Chinese most are common; of nonsense one in ten.
_GLANCE = 128
_ONE_IN = 3
_ASCII = frozenset(map(chr, range(0x80)))


class Piece(NamedTuple):
    """Whole lines in one encoding, with their line ends; `damaged` characters could not be read."""

    text: str
    encoding: str
    damaged: int = 0

    @property
    def lines(self) -> int:
        return self.text.count("\n") + (not self.text.endswith("\n"))


def pieces(data: bytes, encoding: str, others: bool = True) -> Iterator[Piece]:
    """All of `data`, lines of a file that is in `encoding` (one of MIXED) as a whole; none is in another unless
    `others`."""
    if encoding == "utf-8":  # which nothing else is by chance
        try:
            yield Piece(data.decode(), encoding)
            return
        except UnicodeDecodeError:
            pass
    for block in blocks(data, _BLOCK):
        whole = _strict(block, encoding)
        if whole is not None and (encoding == "utf-8" or not others or _is_plain(whole)):
            yield Piece(whole, encoding)
            continue
        for line in re.findall(rb"[^\n]*\n|[^\n]+", block):
            piece = own(line, encoding)
            if others and (piece.damaged or not _is_plain(piece.text)):
                piece = _cheapest(line, piece)
            yield piece


def blocks(data: bytes, size: int) -> Iterator[bytes]:
    """The data cut after line ends, into blocks of about `size` bytes, longer only for longer lines."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + size) + 1 or len(data)
        yield data[start:end]
        start = end


def _is_plain(text: str) -> bool:
    """Whether what can be read in a Chinese encoding reads as Chinese in every line, at a glance."""
    return text.isascii() or all(_is_common(line) for line in text.split("\n"))


def _is_common(line: str) -> bool:
    distinct = set(line[:_GLANCE])
    known = len(common_characters() & distinct)
    return known * _ONE_IN >= len(distinct) or known * _ONE_IN >= len(distinct - _ASCII)


def own(line: bytes, encoding: str) -> Piece:
    """A line in this encoding, mended if it must be."""
    text = _strict(line, encoding)
    return Piece(text, encoding) if text is not None else _mended(line, encoding)


def _cheapest(line: bytes, found: Piece) -> Piece:
    """The line in its file's encoding or, if it can be read there and costs less, in another."""
    best, least = found, read(found.text).total
    for other in MIXED:
        if other != found.encoding and (text := _strict(line, other)) is not None:
            cost = read(text).total + _SWITCH
            if cost < least:
                best, least = Piece(text, other), cost
    return best


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return to_text(data, encoding)
    except UnicodeDecodeError:
        return None


def _mended(line: bytes, encoding: str) -> Piece:
    """The cheapest reading of a damaged line.

    In Chinese encodings a lost byte makes pairs of the wrong halves up to the end of the run, and all of those are
    characters. So every way to cut the line into characters and holes is weighed, as Viterbi's algorithm does.
    """
    if encoding == "utf-8" or len(line) > _LONGEST:
        text = to_text(line, encoding, lossy=True)
        return Piece(text, encoding, text.count("\ufffd"))
    least = [0] + [HOLE * len(line) * 2] * len(line)
    last: list[tuple[int, str]] = [(0, "")] * (len(line) + 1)
    for start in range(len(line)):
        for length in (1, 2, 4) if encoding == "gb18030" else (1, 2):
            unit = line[start : start + length]
            if len(unit) < length or (length == 4 and not 0x30 <= unit[1] <= 0x39):
                break
            text, cost = _unit(unit, encoding)
            if least[start] + cost < least[start + length]:
                least[start + length] = least[start] + cost
                last[start + length] = length, text
    units = []
    end = len(line)
    while end:
        length, text = last[end]
        units.append(text)
        end -= length
    # Two bytes that cannot be read are one character.
    text = "".join(reversed(units)).replace("\ufffd\ufffd", "\ufffd")
    return Piece(text, encoding, text.count("\ufffd"))


@lru_cache(1 << 16)
def _unit(unit: bytes, encoding: str) -> tuple[str, int]:
    """One character, or a hole, and its cost; what is more than one character costs too much."""
    text = to_text(unit, encoding, lossy=True)
    if len(text) > 1 or (len(unit) > 1 and text == "\ufffd"):
        return text, HOLE * 4 * len(unit)
    return text, cost_of(text)
