"""The manifest: which files are the index, as of one generation.

`manifest-<generation>.json` lists every file of that generation with its length and checksum. The highest
generation in the folder is the index; a commit is the appearance of the next one. The one before is kept, so a reader
that is just opening it finds its files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from zlib import crc32

from newsearch.errors import IndexDamaged, IndexIncompatible, NotAnIndex
from newsearch.index.storage import LOCK, Storage

#: Raised whenever a file of the index changes its meaning.
FORMAT = 2
_NAME = re.compile(r"manifest-(\d{10})\.json")
# What may lie in a folder that is not an index yet.
_HARMLESS = {"README.md", "README", ".gitignore", ".gitkeep", ".DS_Store", LOCK}


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the index: its name, length in bytes and CRC-32 (of the directory, for a column file)."""

    name: str
    length: int
    checksum: int


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment file, the number of its documents, and the file that lists the deleted ones, if any."""

    file: FileEntry
    documents: int
    deletions: FileEntry | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of the index. `next_number` is the number the next new file will carry; `analyzer` and
    `fingerprint`, that of the word list, say how its articles were cut."""

    generation: int = 0
    next_number: int = 1
    segments: tuple[SegmentEntry, ...] = ()
    dictionary: FileEntry | None = None
    sources: FileEntry | None = None
    texts: FileEntry | None = None
    analyzer: str = ""
    fingerprint: str = ""
    format: int = field(default=FORMAT)

    def files(self) -> list[FileEntry]:
        listed = [entry for segment in self.segments for entry in (segment.file, segment.deletions)]
        return [entry for entry in (*listed, self.dictionary, self.sources, self.texts) if entry]

    def successor(self, **changes: Any) -> Manifest:
        return replace(self, generation=self.generation + 1, **changes)

    def encode(self) -> bytes:
        body = asdict(self)
        return json.dumps({"checksum": _checksum(body), "manifest": body}, indent=1, sort_keys=True).encode() + b"\n"

    @classmethod
    def decode(cls, storage: Storage, name: str, content: bytes) -> Manifest:
        """Raises IndexDamaged for content that is not as written, IndexIncompatible for another format."""
        try:
            outer = json.loads(content)
            body = outer["manifest"]
            intact = outer["checksum"] == _checksum(body)
        except (ValueError, TypeError, KeyError, RecursionError):
            intact = False
        if not intact:
            raise IndexDamaged(storage.folder, name, 0, "not as it was written")
        if body["format"] != FORMAT:
            raise IndexIncompatible(storage.folder, "format version", body["format"], FORMAT)
        segments = tuple(
            SegmentEntry(FileEntry(**entry["file"]), entry["documents"], _entry(entry["deletions"]))
            for entry in body["segments"]
        )
        plain = {key: body[key] for key in ("generation", "next_number", "analyzer", "fingerprint")}
        return cls(
            segments=segments,
            dictionary=_entry(body["dictionary"]),
            sources=_entry(body["sources"]),
            texts=_entry(body["texts"]),
            **plain,
        )


def manifest_name(generation: int) -> str:
    return f"manifest-{generation:010}.json"


def read_manifest(storage: Storage) -> Manifest | None:
    """The newest generation in the folder, None if there is no index yet.

    Raises NotAnIndex for a folder full of something else, IndexDamaged, IndexIncompatible.
    """
    while True:
        names = storage.names()
        found = [name for name in names if _NAME.fullmatch(name)]
        if not found:
            strangers = [name for name in names if name not in _HARMLESS and not is_index_file(name)]
            if strangers:
                raise NotAnIndex(
                    storage.folder,
                    f"{storage.folder} is not an index: it holds other files, such as {strangers[0]}",
                    "name the index folder, or an empty one to build a new index in",
                )
            return None
        try:
            return Manifest.decode(storage, found[-1], storage.read(found[-1]))
        except FileNotFoundError:
            continue  # a writer moved on by two generations between the listing and the reading


def last_numbers(storage: Storage) -> tuple[int, int]:
    """The highest generation and the highest file number that any file in the folder carries in its name."""
    generations = [int(match[1]) for name in storage.names() if (match := _NAME.fullmatch(name))]
    numbers = [int(name.split("-")[1].split(".")[0]) for name in storage.names() if is_index_file(name)]
    return max(generations, default=0), max(numbers, default=0)


def unreferenced(storage: Storage, current: Manifest) -> list[str]:
    """Files of the index's own making that neither `current` nor the generation before it needs."""
    keep = {manifest_name(current.generation), manifest_name(current.generation - 1)}
    keep |= {entry.name for entry in current.files()}
    try:
        name = manifest_name(current.generation - 1)
        keep |= {entry.name for entry in Manifest.decode(storage, name, storage.read(name)).files()}
    except (FileNotFoundError, IndexDamaged, IndexIncompatible):
        pass  # there is none before the first generation, and nothing to keep of one that cannot be read
    return [name for name in storage.names() if is_index_file(name) and name not in keep]


def is_index_file(name: str) -> bool:
    """Whether the index itself makes files of such a name."""
    return bool(
        re.fullmatch(r"(manifest|segment|deletions|dictionary|sources|texts)-\d{10}\.(json|columns)(\.new)?", name)
    )


def _entry(body: Mapping[str, Any] | None) -> FileEntry | None:
    return FileEntry(**body) if body else None


def _checksum(body: Mapping[str, Any]) -> int:
    return crc32(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
