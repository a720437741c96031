"""Files of words that a person writes: user dictionaries, and lists of synonyms.

UTF-8 or GBK, an entry a line; empty lines and lines that begin with # say nothing.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from pathlib import Path

from newsearch.errors import BadWordFile
from newsearch.terms.userwords import UserWord, parse_user_word


def numbered_lines(path: Path | str) -> list[tuple[int, str]]:
    """The entries of a file, stripped, each with the number of its line from 1. Raises BadWordFile."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise BadWordFile(path, None, f"cannot be read: {error.strerror}", "check the name of the file") from None
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines()
    encoding = _encoding(lines)
    decoded = []
    for number, line in enumerate(lines, 1):
        try:
            decoded.append(line.decode(encoding))
        except UnicodeDecodeError:
            decoded.append("\0")
        if "\0" in decoded[-1]:
            raise BadWordFile(path, number, "neither UTF-8 nor GBK text", "save the file as UTF-8")
    return _entries(decoded)


def read_user_words(words: Path | str | Iterable[str]) -> list[UserWord]:
    """The words of a user dictionary: a file, or lines as in one. Raises BadWordFile."""
    if isinstance(words, str | Path):
        name, lines = words, numbered_lines(words)
    else:
        name, lines = "the words", _entries(words)
    found = []
    for number, line in lines:
        try:
            found.append(parse_user_word(line))
        except ValueError as error:
            advice = "write a word, and if you like a frequency (1 or more) and a tag, with spaces between them"
            raise BadWordFile(name, number, str(error), advice) from None
    return found


def _entries(lines: Iterable[str]) -> list[tuple[int, str]]:
    stripped = ((number, line.strip()) for number, line in enumerate(lines, 1))
    return [(number, line) for number, line in stripped if line and not line.startswith("#")]


def _encoding(lines: Iterable[bytes]) -> str:
    """UTF-8 or GB18030, by the lines that tell: a line that is damaged does not make a file another encoding."""
    telling = [line for line in lines if not line.isascii()]
    return "utf-8" if sum(map(_is_utf8, telling)) * 2 >= len(telling) else "gb18030"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
