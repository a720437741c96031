"""Where articles came from: the files that have been read, and the paths they were found under.

Kept with the index so that the next run reads only files that changed, and `--rebuild` and `--prune` know what there
was. Each file has a number; an article's `file` column holds it, 0 for articles that were not read from a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace


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
        mapping = json.loads(content)
        table = cls()
        table.roots = mapping["roots"]
        for number, fields in mapping["files"].items():
            table._next = int(number)
            table.put(Source(**fields | {"displaced_by": tuple(fields["displaced_by"])}))
        table._next = mapping["next"]
        return table
