"""Everything that can go wrong, as one tree.

    NewsearchError
    ├── CorpusError               reading files
    │   ├── PathNotFound          a path that is not there
    │   ├── UnknownEncoding       an encoding that does not exist
    │   ├── UnknownFormat         a format that is not read
    │   ├── NothingToRead         a folder without a readable file
    │   ├── BadSettings           newsearch.toml or --map cannot be used; names file and key
    │   └── BadArticle            a mapping that is not an article
    ├── BadWordFile               a user dictionary or a list of synonyms; names file and line
    ├── QueryError                a query that cannot be read; points at the column
    ├── ArticleNotFound           no article has this id
    ├── PlotFailed                a plot that cannot be drawn or written
    ├── ExportFailed              a file for other programs that cannot be written
    └── IndexFolderError          the folder that holds the index
        ├── NotAnIndex            nothing there, or something else
        ├── IndexLocked           another process is writing
        ├── IndexNotOpen          closed, or opened by the process that this one was forked from
        ├── IndexIncompatible     made by another format, analyzer or dictionary
        ├── IndexDamaged          bytes that fail their checksum; names file and offset
        └── StorageFailed         the operating system refused (disk full, no permission, I/O error)

Each says what happened and what to do about it, in one line; the parts are attributes.
A file that cannot be read is not an error: it becomes a `newsearch.corpus.Rejection` and the batch goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from shlex import quote
from typing import Any


class NewsearchError(Exception):
    """Root of the tree. `advice` says what to do next; it ends the message."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(f"{message}; {advice}" if advice else message)
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors pass between worker processes; their constructors take other arguments than `args` has.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[NewsearchError], args: tuple[Any, ...], state: dict[str, Any]) -> NewsearchError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class CorpusError(NewsearchError):
    """Reading files failed as a whole."""


class PathNotFound(CorpusError):
    def __init__(self, path: Path | str, advice: str = "check the spelling") -> None:
        super().__init__(f"no such file or folder: {path}", advice)
        self.path = str(path)


class UnknownEncoding(CorpusError):
    def __init__(self, name: str) -> None:
        super().__init__(f"there is no text encoding named {name!r}", "use one such as utf-8, gb18030 or big5")
        self.name = name


class UnknownFormat(CorpusError):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no format named {name!r}", f"use one of {', '.join(known)}")
        self.name = name


class NothingToRead(CorpusError):
    def __init__(self, path: Path | str, kinds: str) -> None:
        super().__init__(f"no article files in {path}", f"put {kinds} files there")
        self.path = str(path)


class BadSettings(CorpusError, ValueError):
    """Settings that cannot be used: the `path` of newsearch.toml, or --map, and the `key` at fault, "" for the file."""

    def __init__(self, path: Path | str, key: str, message: str, advice: str) -> None:
        super().__init__(f"{path}: {key}: {message}" if key else f"{path} {message}", advice)
        self.path = str(path)
        self.key = key


class BadArticle(CorpusError, ValueError):
    """A mapping that is not an article; `key` is the field at fault."""

    def __init__(self, message: str, key: str | None = None) -> None:
        super().__init__(message)
        self.key = key


class BadWordFile(NewsearchError, ValueError):
    """A file of words that cannot be read: `path`, and `line` from 1, None if it is not about one."""

    def __init__(self, path: Path | str, line: int | None, message: str, advice: str = "") -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}", advice)
        self.path = str(path)
        self.line = line


class QueryError(NewsearchError, ValueError):
    """`column` is the 0-based character of `query` at fault."""

    def __init__(self, message: str, query: str, column: int, advice: str = "") -> None:
        super().__init__(message, advice)
        self.query = query
        self.column = column


class ArticleNotFound(NewsearchError, KeyError):
    def __init__(self, article_id: str, advice: str = "`newsearch search --json` prints ids") -> None:
        super().__init__(f"no article has the id {article_id!r}", advice)
        self.article_id = article_id

    __str__ = NewsearchError.__str__


class PlotFailed(NewsearchError):
    """A plot that cannot be drawn here, or whose file cannot be written."""


class ExportFailed(NewsearchError):
    """A file of exported articles that is there already, or cannot be written."""


class IndexFolderError(NewsearchError):
    """Something about the folder that holds the index. `folder` names it."""

    def __init__(self, folder: Path | str, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.folder = str(folder)


def _rebuild(folder: Path | str) -> str:
    command = f"`newsearch --index {quote(str(folder))} index --rebuild PATH...`"
    return f"{command} with the articles' files (articles from no file are lost)"


class NotAnIndex(IndexFolderError):
    pass


class IndexLocked(IndexFolderError):
    """`pid` is the process that holds the lock, None if it could not be told."""

    def __init__(self, folder: Path | str, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another process"
        super().__init__(folder, f"{holder} is writing to {folder}", "wait until it has finished, then try again")
        self.pid = pid


class IndexNotOpen(IndexFolderError):
    """An index that is used after `close`, or in a child of the process that opened it."""

    def __init__(self, folder: Path | str, why: str) -> None:
        super().__init__(folder, f"the index in {folder} is not open here: {why}", "open it again: newsearch.open")


class IndexIncompatible(IndexFolderError):
    """`found` and `expected` name both versions."""

    def __init__(self, folder: Path | str, what: str, found: object, expected: object) -> None:
        super().__init__(
            folder,
            f"the index in {folder} has {what} {found}, this newsearch has {expected}",
            f"build it anew: {_rebuild(folder)}",
        )
        self.found = found
        self.expected = expected


class IndexDamaged(IndexFolderError):
    """`file` is the damaged file's name, `offset` the first byte of the bad block."""

    def __init__(self, folder: Path | str, file: str, offset: int, reason: str) -> None:
        super().__init__(
            folder,
            f"the index is damaged: {file} at byte {offset}: {reason}",
            f"restore the folder from a backup, save what is intact with `newsearch --index {quote(str(folder))} check "
            f"--repair`, or build it anew: {_rebuild(folder)}",
        )
        self.file = file
        self.offset = offset


class StorageFailed(IndexFolderError):
    """The operating system's own error is `__cause__`; `remedy` is what would help against it."""

    def __init__(
        self, folder: Path | str, action: str, cause: OSError, remedy: str = "free space or mend the permissions"
    ) -> None:
        super().__init__(
            folder,
            f"cannot {action} in {folder}: {cause.strerror or cause}",
            f"what was committed before is intact; {remedy} and try again",
        )
