"""Bytes → text, by evidence: a wrong decoding of Chinese rarely yields text that anybody would write."""

from __future__ import annotations

import codecs
import re

from newsearch.corpus.trouble import Unreadable
from newsearch.errors import UnknownEncoding

# Bytes that decide about a file; the rest must then decode too.
_SAMPLE = 1 << 16
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Code points that a false GB18030 decoding of something else is full of: private use and rare scripts.
_UNLIKELY = re.compile("[\ue000-\uf8ff\u0400-\u04ff\u2500-\u257f\u30a0-\u30ff\ufffd]")
_HAN = re.compile("[\u4e00-\u9fff]")
# The most usual characters of Chinese text; every real text of some length has several.
_USUAL = set(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市师结解"
)


class NotText(Unreadable):
    """The bytes are no text in an encoding that was tried; the message says why."""


def check_encoding(name: str | None) -> None:
    """Raises UnknownEncoding unless `name` is None or an encoding of text that Python has."""
    try:
        "汉".encode(name or "utf-8", "replace").decode(name or "utf-8", "replace")
    except (LookupError, ValueError):
        raise UnknownEncoding(str(name)) from None


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    With `encoding` only that is tried. Otherwise: a byte order mark, UTF-8, GB18030, and UTF-8 with a few damaged
    characters (shown as U+FFFD). Raises NotText, also for an encoding that does not exist.
    """
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except UnicodeDecodeError as error:
            raise NotText(f"not {encoding}: byte {error.start} cannot be read") from None
        except (LookupError, ValueError):
            raise NotText(f"there is no text encoding named {encoding!r}") from None
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise NotText(f"begins like {name}, but byte {error.start} cannot be read") from None
    try:
        text, name = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, name = _without_utf8(data)
    if len(_CONTROL.findall(text[:_SAMPLE])) > max(2, len(text[:_SAMPLE]) // 500):
        raise NotText("binary data, not text")
    return text, name


def sniff(sample: bytes, encoding: str | None = None) -> str:
    """The encoding of a file from its beginning, which may end inside a character."""
    for cut in range(4):
        try:
            return decode(sample[: len(sample) - cut], encoding)[1]
        except NotText as error:
            reason = error
    raise reason


def _without_utf8(data: bytes) -> tuple[str, str]:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _reads_like_chinese(text[:_SAMPLE]):
        return text, "gb18030"
    repaired = data.decode("utf-8", "replace")
    damaged = repaired.count("\ufffd")
    if damaged * 50 < len(repaired) and _HAN.search(repaired):
        return repaired, "utf-8 (damaged)"
    raise NotText("neither UTF-8 nor GB18030 text; name the encoding with --encoding")


def _reads_like_chinese(text: str) -> bool:
    han = len(_HAN.findall(text))
    usual = sum(character in _USUAL for character in text)
    return han > 0 and usual * 8 >= han and len(_UNLIKELY.findall(text)) * 20 <= han
