"""Whether an index is as it was written, and says of its articles what their texts say.

Every byte is read and held to its checksum; then, unless it is to be quick, the postings and columns are held to the
stored texts (`newsearch.index.agreement`). Finding one damage does not end it: what is left to look at is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.errors import IndexDamaged, IndexIncompatible
from newsearch.index.manifest import LOOKS, Manifest, read_manifest
from newsearch.index.opening import dictionary_of, open_columns, read_sources
from newsearch.index.reader import Reader
from newsearch.index.storage import Storage
from newsearch.schema import ANALYZER


def check_folder(storage: Storage, quick: bool = False) -> list[IndexDamaged] | None:
    """What is damaged in the newest generation, [] if nothing is; None if the folder holds no index.

    Raises NotAnIndex, IndexIncompatible, StorageFailed.
    """
    for _ in range(LOOKS):
        try:
            manifest = read_manifest(storage)
        except IndexDamaged as damage:
            return [damage]
        if manifest is None:
            return None
        found = list(check_generation(storage, manifest, quick))
        try:
            newest = read_manifest(storage)
        except IndexDamaged as damage:
            return [damage]
        # A writer may have moved on meanwhile and removed files.
        if not found or newest is None or newest.generation == manifest.generation:
            return found
    return found


def check_generation(storage: Storage, manifest: Manifest, quick: bool = False) -> Iterator[IndexDamaged]:
    """What is damaged in one generation. Raises IndexIncompatible."""
    if manifest.analyzer != ANALYZER:
        raise IndexIncompatible(storage.folder, "analyzer", repr(manifest.analyzer[:80]), repr(ANALYZER))
    sound = True
    for damage in _files(storage, manifest):
        sound = False
        yield damage
    if sound:
        try:
            reader = Reader(storage, manifest)
            if not quick:
                yield from check_agreement(reader)
        except IndexDamaged as damage:
            yield damage


def check_agreement(reader: Reader) -> Iterator[IndexDamaged]:
    """What an opened generation says that the stored texts do not."""
    from newsearch.index.agreement import disagreements  # searching does without what it stands on

    return disagreements(reader)


def _files(storage: Storage, manifest: Manifest) -> Iterator[IndexDamaged]:
    """What is damaged in each file by itself."""
    for entry in manifest.files():
        try:
            if entry == manifest.sources:
                read_sources(storage, manifest)
                continue
            file = open_columns(storage, entry)
            damaged = list(file.damaged_blocks())
            yield from damaged
            if damaged:
                continue
            if entry == manifest.dictionary:
                dictionary_of(file)
        except IndexDamaged as damage:
            yield damage
