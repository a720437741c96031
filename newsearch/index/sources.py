"""Where articles came from: the files that have been read, and the paths they were found under.

Kept with the index so that the next run reads only files that changed, and `--rebuild` and `--prune` know what there
was. Each file has a number; an article's `file` column holds it, 0 for articles that were not read from a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

# The column of files in a segment has 32 bits.
_MOST_FILES = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was when last read. `path` is absolute; `key` is what the ids of its articles are made from;
    `reading` is how it was asked to be read: a format, an encoding, a hash of settings; `rejected` says why it gave no
    articles, "" if it did; `displaced_by` are the files that have articles now which are in this one too."""

    path: str
    key: str
    size: int
    mtime_ns: int
    digest: str
    reading: str = ""
    rejected: str = ""
    displaced_by: tuple[int, ...] = ()


class SourceTable:
    """Files by number and by path. `roots` are the paths that were given to `index`: (absolute, as written)."""

    def __init__(self) -> None:
        self.roots: dict[str, str] = {}
        self._files: dict[int, Source] = {}
        self._numbers: dict[str, int] = {}
        self._owners: dict[str, int] = {}
        self._next = 1

    def __iter__(self) -> Iterator[tuple[int, Source]]:
        return iter(list(self._files.items()))

    def __len__(self) -> int:
        return len(self._files)

    def number(self, path: str) -> int:
        """The number of a file that has been put, 0 for an unknown one."""
        return self._numbers.get(path, 0)

    def get(self, number: int) -> Source | None:
        return self._files.get(number)

    def owner(self, key: str) -> Source | None:
        """The file whose ids are made from `key`."""
        return self._files.get(self._owners.get(key, 0))

    def put(self, source: Source) -> int:
        """Records a file, in place of what was known of its path. Returns its number."""
        number = self._numbers.get(source.path)
        if number is None:
            number = self._next
            self._next += 1
        self._files[number] = source
        self._numbers[source.path] = number
        self._owners[source.key] = number
        return number

    def keep_free(self, numbers: int) -> None:
        """Gives no file a number below this one from now on: articles may still have it."""
        self._next = max(self._next, numbers)

    def move(self, number: int, path: str) -> None:
        """Records that a file is at another path now."""
        source = self._files[number]
        del self._numbers[source.path]
        self._files[number] = replace(source, path=path)
        self._numbers[path] = number

    def forget(self, number: int) -> None:
        source = self._files.pop(number)
        del self._numbers[source.path]
        if self._owners.get(source.key) == number:
            del self._owners[source.key]

    def clear(self) -> None:
        """Forgets every file; numbers are not used again."""
        for number, _ in self:
            self.forget(number)

    def encode(self) -> bytes:
        files = {str(number): asdict(source) for number, source in self._files.items()}
        table = {"roots": self.roots, "files": files, "next": self._next}
        # Escaped, because a file name need not be valid UTF-8.
        return json.dumps(table, indent=0).encode()

    @classmethod
    def decode(cls, content: bytes) -> SourceTable:
        """Raises ValueError for content that is no table."""
        try:
            mapping = json.loads(content.decode("utf-8"))
            table = cls()
            table.roots = {_text(path): _text(written) for path, written in mapping["roots"].items()}
            for number, fields in mapping["files"].items():
                table._next = _number(int(number))
                table.put(_source(fields))
            if len(table) != len(mapping["files"]):
                raise ValueError("a path is there twice")
            following = _number(mapping["next"])
            if following <= max(table._files, default=0):
                raise ValueError("a number would be given twice")
            table._next = following
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"no table of files: {error}") from None
        return table


def _source(fields: dict[str, Any]) -> Source:
    """Raises ValueError, TypeError or KeyError for fields that are not those of a file."""
    displaced_by = tuple(_number(number) for number in fields["displaced_by"])
    source = Source(**fields | {"displaced_by": displaced_by})
    for value in (source.path, source.key, source.digest, source.reading, source.rejected):
        _text(value)
    for number in (source.size, source.mtime_ns):
        if type(number) is not int:
            raise TypeError(f"no number: {number!r}")
    return source


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _MOST_FILES:
        raise ValueError(f"no number of a file: {value!r}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value
