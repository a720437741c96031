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
_NAME = re.compile(r"manifest-([0-9]{10})\.json")
#: So often are files looked for again that a writer may just have replaced; no writer is that quick so often.
LOOKS = 100
_MOST_FILES = 10**10
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
        return encoded(asdict(self))

    @classmethod
    def decode(cls, storage: Storage, name: str, content: bytes) -> Manifest:
        """Raises IndexDamaged for content that is not as written or makes no sense, IndexIncompatible for another
        format."""
        try:
            outer = json.loads(content.decode("utf-8"))
            body = outer["manifest"]
            intact, version = outer["checksum"] == _checksum(body), body["format"]
            # Byte for byte: other spaces would be the same JSON.
            intact = intact and (version != FORMAT or content == encoded(body))
        except (ValueError, TypeError, KeyError, RecursionError):
            intact = False
        if not intact:
            raise IndexDamaged(storage.folder, name, 0, "not as it was written")
        if version != FORMAT:
            found = version if type(version) is int else str(version)[:40]
            raise IndexIncompatible(storage.folder, "format version", found, FORMAT)
        try:
            return cls._of(body, int(_generation(name)))
        except (ValueError, TypeError, KeyError) as error:
            raise IndexDamaged(storage.folder, name, 0, f"makes no sense: {str(error)[:80]}") from None

    @classmethod
    def _of(cls, body: Mapping[str, Any], generation: int) -> Manifest:
        segments = tuple(
            SegmentEntry(
                _listed("segment", entry["file"]),
                _number(entry["documents"]),
                None if entry["deletions"] is None else _listed("deletions", entry["deletions"]),
            )
            for entry in _list(body["segments"])
        )
        dictionary, sources, texts = (
            None if body[kind] is None else _listed(kind, body[kind]) for kind in ("dictionary", "sources", "texts")
        )
        manifest = cls(
            generation=_number(body["generation"]),
            next_number=_number(body["next_number"]),
            segments=segments,
            dictionary=dictionary,
            sources=sources,
            texts=texts,
            analyzer=_text(body["analyzer"]),
            fingerprint=_text(body["fingerprint"]),
        )
        names = [entry.name for entry in manifest.files()]
        if manifest.generation != generation or not 0 < manifest.next_number < _MOST_FILES:
            raise ValueError("the numbers of generation and next file")
        if len(set(names)) < len(names):
            raise ValueError("a file is listed twice")
        return manifest


def encoded(body: Mapping[str, Any]) -> bytes:
    """The fields of a manifest as they are written, with their checksum."""
    return json.dumps({"checksum": _checksum(body), "manifest": body}, indent=1, sort_keys=True).encode() + b"\n"


def manifest_name(generation: int) -> str:
    return f"manifest-{generation:010}.json"


def read_manifest(storage: Storage) -> Manifest | None:
    """The newest generation in the folder, None if there is no index yet.

    Raises NotAnIndex for a folder full of something else, IndexDamaged (also for a name that leads to no file),
    IndexIncompatible.
    """
    for _ in range(LOOKS):
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
    raise IndexDamaged(storage.folder, found[-1], 0, "the file is missing")


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
        re.fullmatch(r"(manifest|segment|deletions|dictionary|sources|texts)-[0-9]{10}\.(json|columns)(\.new)?", name)
    )


def _listed(kind: str, body: Mapping[str, Any]) -> FileEntry:
    """A file of a kind as it is listed. Raises ValueError, TypeError, KeyError for what cannot be one: a name that
    leads out of the folder, say."""
    name = _text(body["name"])
    if not is_index_file(name) or not name.startswith(f"{kind}-") or name.endswith(".new"):
        raise ValueError(f"no name of a file: {name!r}")
    return FileEntry(name, _number(body["length"]), _number(body["checksum"]))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"no list: {value!r}")
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"no number: {value!r}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


def _generation(name: str) -> str:
    match = _NAME.fullmatch(name)
    if not match:
        raise ValueError(f"no name of a manifest: {name!r}")
    return match[1]


def _checksum(body: Mapping[str, Any]) -> int:
    return crc32(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
