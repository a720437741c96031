"""Encodings as files really use them: GB18030 for all of its family, Big5 with its extensions.

Programs write more than the standards have, and Python's codecs follow the standards:

    gb18030   GB2312 and GBK are parts of it. Windows writes € as the byte 80. Python has the edition of 2000, in which
              some characters still lie in private use that Unicode has since taken in.
    big5      Windows' cp950 (with 碁銹裏墻恒粧嫺), and where it has nothing Hong Kong's supplement, 咗喺啲; the rows
              of ①②③ are mostly those of the ETen system and Hong Kong.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from newsearch.corpus.encoding.chinese import read

_FAMILIES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5", "cp950": "big5", "big5hkscs": "big5",
}  # fmt: skip

# The names that people know.
_SHOWN = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030", "big5": "Big5", "cp1252": "Windows-1252", "hz": "HZ",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-32": "UTF-32",
}  # fmt: skip

# GB18030-2022: what Python 3 still decodes to private use, and the characters that are meant.
_SINCE_2000 = dict(
    zip(
        range(0xE78D, 0xE797),
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19",
        strict=True,
    )
) | {
    0xE7C7: "\u1e3f", 0xE816: "\U00020087", 0xE817: "\U00020089", 0xE818: "\U000200cc", 0xE81E: "\u9fb4",
    0xE826: "\u9fb5", 0xE82B: "\u9fb6", 0xE82C: "\u9fb7", 0xE831: "\U000215d7", 0xE832: "\u9fb8",
    0xE83B: "\U0002298f", 0xE843: "\u9fb9", 0xE854: "\u9fba", 0xE855: "\U000241fe", 0xE864: "\u9fbb",
}  # fmt: skip
_PRIVATE = re.compile("[\ue78d-\ue864]")
_KANA = re.compile("[\u3005\u303b-\u30ff\u0400-\u04ff\u2460-\u249b]")


def family(name: str) -> str:
    """The encoding that files said to be in `name` are read in. Raises LookupError for a name that Python does not
    have, ValueError for what is no name."""
    found = codecs.lookup(name).name
    return _FAMILIES.get(found, found)


def shown(encoding: str) -> str:
    """The name of an encoding for people."""
    return _SHOWN.get(encoding, encoding)


def to_text(data: bytes, encoding: str, lossy: bool = False) -> str:
    """Bytes in an encoding as `family` names it. Raises UnicodeDecodeError, or if `lossy` has U+FFFD for what cannot be
    read."""
    errors = "replace" if lossy else "strict"
    if encoding == "gb18030":
        text = data.decode("gb18030", f"newsearch.gb18030.{errors}")
        return text.translate(_SINCE_2000) if _PRIVATE.search(text) else text
    if encoding == "big5":
        # A241 is ／ to all but Windows, and nobody writes news with its ∕.
        text = data.decode("cp950", f"newsearch.big5.{errors}").replace("\u2215", "／")
        return _rows_of_eten(text) if _KANA.search(text) else text
    return data.decode(encoding, errors)


def glance(data: bytes, encoding: str) -> str:
    """`to_text`, lossy, ten times quicker on bytes that are in another encoding: all but a few characters the same."""
    return data.decode("big5hkscs" if encoding == "big5" else encoding, "replace")


def is_linewise(encoding: str) -> bool:
    """Whether a byte 0A is a line end in this encoding, and nothing else."""
    return "\n一\n".encode(encoding, "replace").startswith(b"\n") and not encoding.startswith(("utf-16", "utf-32"))


def _euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


def _hong_kong(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        end = error.start + 2
        try:
            return error.object[error.start : end].decode("big5hkscs"), end
        except UnicodeDecodeError:
            pass
    raise error


def _or_replace(error: UnicodeError) -> tuple[str, int]:
    try:
        return (_euro if isinstance(error, UnicodeDecodeError) and error.encoding == "gb18030" else _hong_kong)(error)
    except UnicodeDecodeError as illegal:
        return "\ufffd", illegal.start + 1


def _rows_of_eten(text: str) -> str:
    """The rows C6A1–C8FE as ETen and Hong Kong have them, or as Python does: what is more usual in Chinese."""
    python = "".join(_KANA.findall(text))
    eten = python.translate(_eten())
    return text.translate(_eten()) if read(eten).bits <= read(python).bits else text


@cache
def _eten() -> dict[int, str]:
    """What cp950 has for the rows C6A1–C8FE → what files mean."""
    meant = {}
    for code in range(0xC6A1, 0xC8FF):
        pair = code.to_bytes(2, "big")
        try:
            meant[ord(pair.decode("cp950"))] = pair.decode("big5hkscs")
        except UnicodeDecodeError:
            continue
    return meant


codecs.register_error("newsearch.gb18030.strict", _euro)
codecs.register_error("newsearch.gb18030.replace", _or_replace)
codecs.register_error("newsearch.big5.strict", _hong_kong)
codecs.register_error("newsearch.big5.replace", _or_replace)
