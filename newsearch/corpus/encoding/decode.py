"""Bytes → text, and why it is that text.

`choice` says which encoding the bytes are in. Lines in another and damage are read by `mend`, and text that was read
wrongly before it was saved is put back by `garbled`. None of it goes unsaid: a text that is not simply what the bytes
say comes with a warning.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

from newsearch.corpus.encoding.charsets import family, shown, to_text
from newsearch.corpus.encoding.chinese import read
from newsearch.corpus.encoding.choice import (
    CANDIDATES,
    SAMPLE,
    Choice,
    NotText,
    choose,
    is_binary,
    is_too_damaged,
    strict,
)
from newsearch.corpus.encoding.garbled import Garbling, garbling, strange_slices, ungarbled
from newsearch.corpus.encoding.mend import MIXED, Piece, pieces
from newsearch.errors import UnknownEncoding

__all__ = ["Decoded", "NotText", "check_encoding", "check_named", "decode", "decoded", "sniff"]

_HAN = re.compile("[\u3400-\u9fff]")
# 锟斤拷 is what U+FFFD becomes that was read as GBK; a few may be talk about it.
_LOST_TWICE, _TALK = "锟斤拷", 3
# Of text that is whole UTF-8 but was damaged before one character in three may be lost.
_LOST = 3


class Decoded(NamedTuple):
    """A text, the encoding of its bytes, and why it is that one, in a line for people.

    `damaged` characters could not be read, and are U+FFFD, or were lost before; `warning` is empty unless somebody
    should look at the file, and then says why.
    """

    text: str
    encoding: str
    reason: str
    damaged: int = 0
    warning: str = ""


def check_encoding(name: str | None) -> None:
    """Raises UnknownEncoding unless `name` is None or an encoding of text that Python has."""
    try:
        "汉".encode(name or "utf-8", "replace").decode(name or "utf-8", "replace")
    except (LookupError, ValueError):
        raise UnknownEncoding(str(name)) from None


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of its encoding, with " (damaged)" if characters were lost. See `decoded`."""
    found = decoded(data, encoding)
    return found.text, f"{found.encoding} (damaged)" if found.damaged else found.encoding


def decoded(data: bytes, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """The text of a file, its encoding and why.

    With `encoding` only that is tried. `declared` is what the file says of itself; it is believed if the bytes can be
    read so and read no better in another. Raises NotText, also for an `encoding` that does not exist.
    """
    if encoding:
        return _named(data, encoding)
    choice = choose(data, declared)
    if choice.encoding in MIXED or choice.encoding == "utf-8-sig":
        return _by_lines(data, choice)
    text = to_text(data, choice.encoding, lossy=True).removeprefix("\ufeff")
    damaged = text.count("\ufffd")
    return Decoded(text, choice.encoding, choice.reason, damaged, _damage(damaged, choice.encoding))


def sniff(sample: bytes, encoding: str | None = None, declared: str | None = None) -> str:
    """The encoding of a file from its beginning, which may end inside a character. Raises NotText."""
    if encoding:
        check_named(encoding)
        return encoding
    return choose(sample, declared).encoding


def check_named(encoding: str) -> str:
    """The encoding that files named to be in `encoding` are read in. Raises NotText if there is none such."""
    try:
        b"text".decode(encoding)
    except UnicodeDecodeError:
        pass
    except (LookupError, ValueError):
        raise NotText(f"there is no text encoding named {encoding!r}") from None
    return family(encoding)


def _named(data: bytes, encoding: str) -> Decoded:
    """The text in the one encoding that a person named, with a little damage if need be."""
    found = check_named(encoding)
    reason = "named by --encoding"
    text = strict(data, found)
    if text is not None:
        return Decoded(text.removeprefix("\ufeff"), encoding, reason, 0, _doubt(data, found, text))
    if found in MIXED:
        text, damaged = _mended(data, found)
    else:
        try:
            text = to_text(data, found, lossy=True)
        except ValueError:
            raise NotText(f"not {encoding}") from None
        damaged = text.count("\ufffd")
    if is_too_damaged(damaged, len(text)):
        raise NotText(f"not {encoding}: {_where(data, found)}")
    return Decoded(text.removeprefix("\ufeff"), encoding, reason, damaged, _damage(damaged, found))


def _mended(data: bytes, encoding: str) -> tuple[str, int]:
    """In this encoding alone."""
    found = list(pieces(data, encoding, others=False))
    return "".join(piece.text for piece in found), sum(piece.damaged for piece in found)


def _where(data: bytes, encoding: str) -> str:
    try:
        to_text(data, encoding)
    except UnicodeDecodeError as error:
        return f"byte {error.start} cannot be read"
    except ValueError as error:
        return str(error)
    return "it cannot be read"


def _doubt(data: bytes, encoding: str, text: str) -> str:
    """A warning if a text that could be read in a named encoding reads much better in another."""
    if encoding not in CANDIDATES or not strange_slices(text):
        return ""
    try:
        better = choose(data).encoding
    except NotText:
        return ""
    if better == encoding:
        return ""
    return f"reads as no Chinese in {shown(encoding)}, but as Chinese in {shown(better)}"


def _by_lines(data: bytes, choice: Choice) -> Decoded:
    """The text of a file that is in `choice` on the whole."""
    encoding = "utf-8" if choice.encoding == "utf-8-sig" else choice.encoding
    data = data.removeprefix(codecs.BOM_UTF8) if encoding == "utf-8" else data
    found = list(pieces(data, encoding))
    text = "".join(piece.text for piece in found)
    if is_binary(text[:SAMPLE]):
        raise NotText("binary data, not text")
    damaged = sum(piece.damaged for piece in found)
    if is_too_damaged(damaged, len(text)):
        raise NotText(f"not {shown(encoding)}: {damaged:,} of {len(text):,} characters cannot be read")
    warnings = [_others(found, encoding), _damage(damaged, encoding, cut=_is_cut(data, found))]
    if encoding == "utf-8" and not damaged:
        text, lost, warning = _as_it_was(text)
        return Decoded(text, choice.encoding, choice.reason, lost, "; ".join(filter(None, (*warnings, warning))))
    return Decoded(text, choice.encoding, choice.reason, damaged, "; ".join(filter(None, warnings)))


def _as_it_was(text: str) -> tuple[str, int, str]:
    """Text that is whole UTF-8, put back if it was garbled before; what was lost before; and a warning."""
    lost = text.count("\ufffd")
    if (twice := text.count(_LOST_TWICE)) >= _TALK:
        lost += 2 * twice
    strange = strange_slices(text)
    way = garbling(text) if strange else None
    if way:
        text, holes = ungarbled(text, way)
        lost = max(lost, holes)
    if lost * _LOST > len(text):
        raise NotText(f"{lost:,} of {len(text):,} characters were lost before it was saved")
    warnings = []
    if way:
        warnings.append(f"was {garbled_as(way)}, put back")
    elif any(_is_nonsense(part) for part in strange):
        warnings.append("has Chinese characters, but does not read as Chinese")
    if lost:
        warnings.append(f"{_characters(lost)} lost before it was saved")
    return text, lost, "; ".join(warnings)


def garbled_as(way: Garbling) -> str:
    """How a text was garbled, for people."""
    return f"{shown(way.was)} read as {shown(way.read_as)} and saved"


def _is_nonsense(text: str) -> bool:
    """Whether a text that reads strange pretends to be Chinese."""
    return len(_HAN.findall(text)) * 2 > read(text).letters > 20


def _others(found: list[Piece], encoding: str) -> str:
    lines = Counter[str]()
    for piece in found:
        lines[piece.encoding] += piece.lines
    total = sum(lines.values())
    others = [f"{count:,} of {total:,} lines are {shown(other)}" for other, count in lines.items() if other != encoding]
    return f"{', '.join(others)}, the rest is {shown(encoding)}" if others else ""


def _damage(damaged: int, encoding: str, cut: bool = False) -> str:
    if not damaged:
        return ""
    if cut:
        return "cut off inside its last character"
    return f"{_characters(damaged)} cannot be read in {shown(encoding)}"


def _is_cut(data: bytes, found: list[Piece]) -> bool:
    """Whether all damage is that the file ends inside a character."""
    return sum(piece.damaged for piece in found) == 1 and found[-1].text.endswith("\ufffd") and data[-1] >= 0x80


def _characters(count: int) -> str:
    return f"{count:,} character{'s' if count != 1 else ''}"
