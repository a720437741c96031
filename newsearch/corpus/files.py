"""One file → its articles, or the reason there are none."""

from __future__ import annotations

import gzip
import hashlib
import re
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from newsearch.article import Article, Identifier, identified
from newsearch.corpus.dates import number_date
from newsearch.corpus.decode import NotText, check_encoding, decode, sniff
from newsearch.corpus.jsonl import read_json_lines
from newsearch.corpus.page import read_page
from newsearch.corpus.plain import read_plain
from newsearch.corpus.seams import Lexicon
from newsearch.corpus.walk import CorpusFile
from newsearch.errors import UnknownFormat

#: The formats, and the endings of file names that stand for them; each may be followed by .gz.
FORMATS = {
    "page": (".md", ".markdown"),
    "article": (".txt", ".text"),
    "jsonl": (".jsonl", ".ndjson"),
}
_SAMPLE = 1 << 16


class Rejection(NamedTuple):
    """A file, or one line of it, that gave no article; `empty` if there is nothing in it to give one."""

    path: str
    reason: str
    line: int | None = None
    empty: bool = False

    def __str__(self) -> str:
        return f"{self.path}{f' line {self.line}' if self.line else ''}: {self.reason}"


def check_reading(format: str | None, encoding: str | None) -> None:
    """Raises UnknownFormat or UnknownEncoding for what is neither None nor known."""
    if format is not None and format not in FORMATS:
        raise UnknownFormat(format, FORMATS)
    check_encoding(encoding)


def read_file(
    file: CorpusFile,
    lexicon: Lexicon,
    key: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Article | Rejection]:
    """The articles of a file, with ids made from `key` (the file's own if None), and what was rejected.

    `format` is one of FORMATS, found from name and content if None; `encoding` likewise. `progress` is called with the
    number of bytes of the file taken in so far. Never raises for what is in the file.
    """
    try:
        shown = file.shown.encode("utf-8", "replace").decode()  # a name need not be valid UTF-8
        for found in _read(file, lexicon, key or file.key, format, encoding, progress or (lambda _: None)):
            yield found if isinstance(found, Rejection) else replace(found, path=shown)
    except NotText as error:
        yield Rejection(file.shown, str(error))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Rejection(file.shown, f"damaged gzip file: {error}")
    except OSError as error:
        yield Rejection(file.shown, f"cannot be read: {error.strerror or error}")


def file_digest(path: Path) -> str:
    """A hash of a file's bytes. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _read(
    file: CorpusFile,
    lexicon: Lexicon,
    key: str,
    format: str | None,
    encoding: str | None,
    progress: Callable[[int], None],
) -> Iterator[Article | Rejection]:
    mode = file.path.stat().st_mode
    if not stat.S_ISREG(mode):
        yield Rejection(file.shown, "a folder that cannot be opened" if stat.S_ISDIR(mode) else "not a regular file")
        return
    expected = format or _format_by_name(file.path.name)
    if expected is None and not file.named:
        endings = " ".join(ending for endings in FORMATS.values() for ending in endings)
        yield Rejection(file.shown, f"not a kind of file that is read ({endings}, also with .gz)")
        return
    with _opened(file.path) as (stream, position):
        sample = stream.read(_SAMPLE)
        if not sample.strip():
            yield Rejection(file.shown, "the file is empty", empty=True)
            return
        if expected == "jsonl" or (expected is None and sample.lstrip().startswith(b"{")):
            yield from _json_lines(file, stream, sample, key, encoding, lambda: progress(position()))
            return
        text, _ = decode(sample + stream.read(), encoding)
        progress(position())
    date = number_date(file.path.name) or number_date(file.key)
    # A text file may be a page all the same; its headings tell, unless the format was named.
    is_page = expected == "page" or (format is None and _has_headings(text))
    articles = read_page(text, lexicon, date) if is_page else read_plain(text, date)
    articles = [article for article in articles if article.title.strip() or article.body.strip()]
    if not articles:
        yield Rejection(file.shown, "no article in it", empty=True)
    yield from identified(articles, key)


def _has_headings(text: str) -> bool:
    """Whether a text file is a page in Markdown: one that begins with a heading or has several."""
    return len(re.findall(r"^#{1,6} \S", text, re.MULTILINE)) > 1 or bool(re.match(r"\s*#{1,6} \S", text))


def _json_lines(
    file: CorpusFile, stream: BinaryIO, sample: bytes, key: str, encoding: str | None, progress: Callable[[], None]
) -> Iterator[Article | Rejection]:
    encoding = sniff(sample, encoding).split(" ")[0]
    identify = Identifier(key)
    empty = True
    for found in read_json_lines(_lines(sample, stream, encoding), encoding):
        progress()
        empty = False
        yield identify(found) if isinstance(found, Article) else Rejection(file.shown, found[1], found[0])
    if empty:
        yield Rejection(file.shown, "no article in it", empty=True)


def _lines(sample: bytes, stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The lines of a stream of which `sample` has been read already, still in their encoding."""
    if encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):  # a line end is more than one byte
        lines = (sample + stream.read()).decode(encoding, "replace").splitlines()
        yield from (line.encode(encoding) for line in lines)
        return
    *whole, begun = sample.split(b"\n")
    yield from whole
    yield begun + stream.readline()
    yield from stream


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, Callable[[], int]]]:
    """A file's content, unpacked, and how many bytes of the file itself have been taken in."""
    with path.open("rb") as raw:
        if raw.read(2) == b"\x1f\x8b":
            raw.seek(0)
            with gzip.open(raw) as unpacked:
                yield cast(BinaryIO, unpacked), raw.tell
        else:
            raw.seek(0)
            yield raw, raw.tell


def _format_by_name(name: str) -> str | None:
    """The format that a file's name stands for, None if none does."""
    name = name.lower().removesuffix(".gz")
    return next((format for format, endings in FORMATS.items() if name.endswith(endings)), None)
