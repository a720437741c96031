"""One file → its articles, or the reason there are none."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from newsearch.article import Article, Identifier
from newsearch.corpus.document import Account, Document, Reading, Rejection
from newsearch.corpus.encoding.decode import check_encoding
from newsearch.corpus.kinds import FORMATS, format_by_content, format_by_name, reader
from newsearch.corpus.packed.unpack import documents
from newsearch.corpus.signs import sure_format
from newsearch.corpus.trouble import TROUBLE, reason
from newsearch.corpus.walk import SETTINGS_NAME, CorpusFile
from newsearch.errors import UnknownFormat


def check_reading(format: str | None, encoding: str | None) -> None:
    """Raises UnknownFormat or UnknownEncoding for what is neither None nor known."""
    if format is not None and format not in FORMATS:
        raise UnknownFormat(format, FORMATS)
    check_encoding(encoding)


def read_file(
    file: CorpusFile, reading: Reading, key: str | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[Article | Rejection | Account]:
    """The articles of a file, with ids made from `key` (the file's own if None), what was rejected, and after each
    document in it how that was read.

    `progress` is called with the number of bytes of the file taken in so far. Never raises for what is in the file.
    """
    try:
        mode = file.path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "a folder that cannot be opened" if stat.S_ISDIR(mode) else "not a regular file"
            yield Rejection(file.shown, kind)
            return
        with file.path.open("rb") as stream:
            identify = Identifier(key or file.key)
            document: Document | Rejection | None = None
            for document in documents(file, stream, reading.limits):
                if isinstance(document, Rejection):
                    yield document
                    continue
                if document.shown == file.shown:
                    document.path = file.path
                else:
                    document.archive = file
                document.facts = reading.given.over(document.facts).over(reading.fallback)
                for found in _read(document, reading):
                    if isinstance(found, Article):
                        # A name need not be valid UTF-8.
                        shown = document.shown.encode("utf-8", "replace").decode()
                        found = identify(replace(document.with_facts(found), path=shown))
                    yield found
                    if progress:
                        progress(stream.tell())
            if document is None:
                yield Rejection(file.shown, "an archive without a file in it that is read", empty=True)
    except TROUBLE as error:
        yield Rejection(file.shown, reason(error))


def file_digest(path: Path) -> str:
    """A hash of a file's bytes. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _read(document: Document, reading: Reading) -> Iterator[Article | Rejection | Account]:
    """The articles of one document, without ids, and its account."""
    ways = (
        ("asked for", reading.format),
        ("told by its content", sure_format(document.sample)),
        ("told by its name", format_by_name(document.name)),
    )
    why, format = next(((why, format) for why, format in ways if format), ("told by how it begins", None))
    if format is None and document.name == SETTINGS_NAME:
        yield Rejection(document.shown, "settings count in the folder that is named, not in one below it")
        return
    if format is None and not document.named:
        yield Rejection(document.shown, "not a kind of file that is read; --format reads it as one")
        return
    if not document.sample.strip():
        yield Rejection(document.shown, "the file is empty", empty=True)
        return
    format = format or format_by_content(document.sample) or "article"
    document.reasons.append(f"format {format}, {why}")
    articles = rejections = 0
    try:
        for found in reader(format)(document, reading):
            if isinstance(found, Rejection):
                rejections += 1
                yield found
            elif found.title.strip() or found.body.strip():
                articles += 1
                yield found
    except TROUBLE as error:
        rejections += 1
        yield Rejection(document.shown, reason(error))
    if not articles and not rejections:
        yield Rejection(document.shown, "no article in it", empty=True)
    yield Account(
        document.shown,
        format,
        document.encoding,
        tuple(document.reasons),
        tuple(document.warnings),
        articles,
        rejections,
        document.page,
        tuple(document.partners),
    )
