"""The files of a generation that is being written: their names, and that none stays behind if it never comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from numpy.typing import NDArray

from newsearch.codec.columns import write_columns
from newsearch.index.manifest import FileEntry, read_manifest
from newsearch.index.storage import Storage


class NewFiles:
    """Writes files under names that no generation has used; `number` is that of the next one."""

    def __init__(self, storage: Storage, number: int) -> None:
        self._storage = storage
        self.number = number
        self._uncommitted: set[str] = set()

    def next_name(self, kind: str, suffix: str) -> str:
        name = f"{kind}-{self.number:010}.{suffix}"
        self.number += 1
        # Left behind by a writer that died before its commit; no manifest names it.
        self._storage.remove(name)
        self._uncommitted.add(name)
        return name

    def write(self, kind: str, suffix: str, fill: Callable[[BinaryIO], int]) -> FileEntry:
        """Writes a file; `fill` returns its checksum. Raises StorageFailed."""
        name = self.next_name(kind, suffix)
        checksum = self._storage.write(name, fill)
        return self.entry(name, checksum)

    def write_columns(self, kind: str, columns: Mapping[str, NDArray[Any]]) -> FileEntry:
        """Writes a column file. Raises StorageFailed."""
        return self.write(kind, "columns", lambda file: write_columns(file, columns, {}))

    def entry(self, name: str, checksum: int) -> FileEntry:
        """What a manifest says of a file that was written."""
        return FileEntry(name, self._storage.size(name), checksum)

    def committed(self) -> None:
        """All files there are belong to a generation now."""
        self._uncommitted.clear()

    def remove_uncommitted(self) -> None:
        """Removes what was written for a commit that never came. Raises StorageFailed, IndexDamaged, IndexIncompatible;
        what is left then is removed by the next commit."""
        newest = read_manifest(self._storage)  # if the last sync failed, they are committed all the same
        committed = {entry.name for entry in newest.files()} if newest else set()
        for name in self._uncommitted - committed:
            self._storage.remove(name)
