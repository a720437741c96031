"""Bytes → which encoding they are in, by evidence.

    a byte order mark              decides
    all of it is UTF-8             decides; nothing else is by chance
    what a format declares         is believed if the bytes can be read so and nothing reads better
    UTF-8, GB18030, Big5, UTF-16   that which reads most like Chinese (`chinese`), damage and lines in another encoding
                                   and all (`mend`)

What reads like no Chinese in any of them is no text for us: better refused, with advice, than indexed as nonsense.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from typing import NamedTuple

from newsearch.corpus.encoding.charsets import family, glance, shown, to_text
from newsearch.corpus.encoding.chinese import Reading, read
from newsearch.corpus.encoding.mend import MIXED, own
from newsearch.corpus.trouble import Unreadable

#: What is tried where the bytes do not tell themselves.
CANDIDATES = (*MIXED, "utf-16-le", "utf-16-be")
# UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that decide about a file, of the first so many that are looked at; the rest is read line by line where it must.
_EVIDENCE = 1 << 11
#: Bytes from the beginning that tell text from binary data.
SAMPLE = 1 << 16
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
# Three characters and one in fifty may be damaged, of short texts one in eight.
_DAMAGE = 50
_FEW = 3
_FEWEST_LEFT = 8
# Where a text is too short to tell, the declared encoding may cost so many bits more than the cheapest.
_NEAR = 16


class NotText(Unreadable):
    """The bytes are no text in an encoding that was tried; the message says why."""


class Choice(NamedTuple):
    """An encoding and the reason for it."""

    encoding: str
    reason: str


def choose(data: bytes, declared: str | None = None) -> Choice:
    """The encoding of a file from its content or beginning, which may end inside a character. Raises NotText."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = to_text(data[:SAMPLE], name, lossy=True)
            if read(text).holes > len(text) // 20 + 2:
                raise NotText(f"begins like {shown(name)}, but is binary data")
            return Choice(name, "byte order mark")
    if _is_utf8(data):
        return _choose_ascii(data, declared) if data.isascii() else _choose_utf8(data, declared)
    return _choose_by_reading(data, declared)


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _choose_ascii(data: bytes, declared: str | None) -> Choice:
    """ASCII is UTF-8, unless it is Chinese written in seven bits, or every second byte of UTF-16."""
    for name in filter(None, (declared, "hz" if b"~{" in data else None)):
        encoding = _declared(name)
        text = encoding and encoding not in CANDIDATES and strict(data, encoding)
        if encoding and text and read(text[:SAMPLE]).is_chinese:
            return Choice(encoding, "declared in the file" if name is declared else f"reads as {shown(encoding)}")
    if is_binary(data[:SAMPLE].decode("ascii")):
        return _choose_by_reading(data, declared)
    return Choice("utf-8", f"all {len(data):,} bytes are ASCII")


def _choose_utf8(data: bytes, declared: str | None) -> Choice:
    if is_binary(data[:SAMPLE].decode("utf-8", "ignore")):
        return _choose_by_reading(data, declared)
    but = _declared(declared)
    return Choice(
        "utf-8",
        f"all {len(data):,} bytes are UTF-8" + (f", though {declared} is declared" if but and but != "utf-8" else ""),
    )


def _choose_by_reading(data: bytes, declared: str | None) -> Choice:
    """What reads most like Chinese; else what is declared, if the bytes can be read so."""
    evidence = _evidence(data)
    wide = data[:_EVIDENCE]  # no lines to choose from before it is decoded
    readings = {name: read(glance(wide if name.startswith("utf-16") else evidence, name)) for name in CANDIDATES}
    # The bytes looked at are not the same for all, so costs are those of a byte.
    costs = {
        name: reading.total / (len(wide) if name.startswith("utf-16") else len(evidence))
        for name, reading in readings.items()
    }
    said = _declared(declared)
    best = min(CANDIDATES, key=lambda name: costs[name])
    if _is_text(best, readings[best]):
        second = min({"gb18030", "big5"} - {best}, key=lambda name: costs[name])
        reason = f"reads as Chinese: {readings[best].share} usual characters, {shown(second)} {readings[second].share}"
        return Choice(best, "declared in the file" if best == said else reason)
    binary = is_binary(data[:SAMPLE].decode("latin-1"))
    if not binary and (mixture := _mixture(evidence)):
        return mixture
    near = said in CANDIDATES and readings[said].total <= readings[best].total + _NEAR
    if said and (near or said not in CANDIDATES) and _can_be(data, said):
        return Choice(said, "declared in the file")
    if binary:
        raise NotText("binary data, not text")
    raise NotText("neither UTF-8 nor GB18030, Big5 or UTF-16 text in Chinese; name the encoding with --encoding")


def _mixture(evidence: bytes) -> Choice | None:
    """The encoding of most lines, if each reads as Chinese in one, mended where that must be; None if they do not."""
    lines = evidence.split(b"\n")
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        best = min((own(line, name) for name in MIXED), key=lambda piece: read(piece.text).total)
        texts[best.encoding].append(best.text)
    reading = read("".join(text for found in texts.values() for text in found))
    if not reading.without_holes.is_chinese or is_too_damaged(reading.holes, reading.letters):
        return None
    most = max(texts, key=lambda name: sum(map(len, texts[name])))
    return Choice(most, f"reads as Chinese, line by line: {reading.share} usual characters")


def _can_be(data: bytes, encoding: str) -> bool:
    """Whether the bytes can be read in an encoding, and are text there."""
    text = strict(data[:SAMPLE], encoding, whole=len(data) <= SAMPLE)
    return text is not None and not is_binary(text) and not read(text).holes


def _is_text(encoding: str, reading: Reading) -> bool:
    """Whether the best reading is good: Chinese, or ASCII that is UTF-16, or UTF-8 with a little damage."""
    if encoding == "utf-8":
        rest = reading.without_holes
        return not is_too_damaged(reading.holes, reading.letters + reading.ascii) and bool(rest.usual)
    if encoding.startswith("utf-16") and reading.ascii > reading.letters:
        return not reading.holes and reading.ascii > 8
    return reading.without_holes.is_chinese and not is_too_damaged(reading.holes, reading.letters)


def _evidence(data: bytes) -> bytes:
    """The lines of the data that are not ASCII, up to some thousand bytes: the others tell nothing."""
    if b"\0" in data[:_EVIDENCE]:  # UTF-16 has no lines to look at before it is decoded
        return data[:_EVIDENCE]
    first = _HIGH.search(data)
    start = first.start() if first else 0
    kept: list[bytes] = []
    size = 0
    for line in data[start : start + SAMPLE * 16].split(b"\n"):
        if not line.isascii():
            kept.append(line)
            size += len(line)
            if size > _EVIDENCE:
                break
    return b"\n".join(kept)[:_EVIDENCE] or data[:_EVIDENCE]


def _declared(name: str | None) -> str | None:
    """The encoding that a file means by the one it declares, as browsers take it; None for what is none."""
    try:
        found = family(name.strip()) if name else None
    except (LookupError, ValueError):
        return None
    return "cp1252" if found in ("ascii", "iso8859-1") else found


def strict(data: bytes, encoding: str, whole: bool = True) -> str | None:
    """The text if the bytes can be read in an encoding; `whole` if they do not end inside a character."""
    try:
        if whole:
            return to_text(data, encoding)
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except (LookupError, ValueError):  # also codecs of bytes, and those that fail in ways of their own
        return None


def is_too_damaged(damaged: int, length: int) -> bool:
    """Whether so many damaged characters are too many for a text of this length."""
    return damaged * _DAMAGE > length + _FEW * _DAMAGE or damaged * _FEWEST_LEFT > length


def is_binary(text: str) -> bool:
    """Whether a text has more control characters than a slip of the pen."""
    return len(_CONTROL.findall(text)) > max(2, len(text) // 500)
