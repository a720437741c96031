"""Which files are the index: what a folder may hold, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest

import newsearch
from newsearch.errors import IndexDamaged, IndexIncompatible, NotAnIndex
from newsearch.index.manifest import FORMAT, FileEntry, Manifest, SegmentEntry, manifest_name, read_manifest
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer
from newsearch.schema import ANALYZER

FULL = Manifest(
    generation=7,
    next_number=12,
    segments=(
        SegmentEntry(
            FileEntry("segment-0000000001.columns", 100, 5), 3, FileEntry("deletions-0000000009.columns", 4, 6)
        ),
        SegmentEntry(FileEntry("segment-0000000010.columns", 200, 6), 4),
    ),
    dictionary=FileEntry("dictionary-0000000002.columns", 1, 2),
    sources=FileEntry("sources-0000000011.json", 3, 4),
    analyzer="words",
)  # fmt: skip


def put(storage: Storage, manifest: Manifest) -> None:
    storage.create_folder()
    (storage.folder / manifest_name(manifest.generation)).write_bytes(manifest.encode())


@pytest.mark.parametrize("manifest", [Manifest(), FULL])
def test_what_is_encoded_is_decoded(storage: Storage, manifest: Manifest) -> None:
    put(storage, manifest)
    assert read_manifest(storage) == manifest


def test_all_files_are_listed() -> None:
    assert sorted(entry.name for entry in FULL.files()) == [
        "deletions-0000000009.columns", "dictionary-0000000002.columns",
        "segment-0000000001.columns", "segment-0000000010.columns", "sources-0000000011.json",
    ]  # fmt: skip


def test_the_newest_counts(storage: Storage) -> None:
    for generation in (8, 10, 9):
        put(storage, replace(FULL, generation=generation))
    (storage.folder / "manifest-0000000011.json.new").write_text("half written")
    newest = read_manifest(storage)
    assert newest is not None
    assert newest.generation == 10


@pytest.mark.parametrize("exists", [True, False])
def test_no_index_yet(storage: Storage, exists: bool) -> None:
    if exists:
        storage.create_folder()
        for name in ("README.md", ".gitignore", "lock", "segment-0000000001.columns"):
            (storage.folder / name).write_text("")
    assert read_manifest(storage) is None
    with pytest.raises(NotAnIndex) as caught:
        newsearch.open(storage.folder)
    assert caught.value.folder == str(storage.folder)
    assert storage.folder.exists() == exists


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_of_other_files_is_refused_and_left_as_it_is(storage: Storage, create: bool) -> None:
    storage.create_folder()
    (storage.folder / "clippings.txt").write_text("台风")
    with pytest.raises(NotAnIndex, match=r"clippings\.txt"):
        newsearch.open(storage.folder, create=create)
    with pytest.raises(NotAnIndex), open_writer(storage):
        pytest.fail("a writer in a folder of other files")
    assert storage.names() == ["clippings.txt"]


@pytest.mark.parametrize("create", [True, False])
def test_a_file_in_place_of_the_folder(tmp_path: Path, create: bool) -> None:
    place = tmp_path / "index"
    place.write_text("台风")
    with pytest.raises(NotAnIndex, match="file"):
        newsearch.open(place, create=create)
    with pytest.raises(NotAnIndex, match="file"), open_writer(Storage(place)):
        pytest.fail("a writer in a file")
    assert place.read_text() == "台风"


def rewritten(storage: Storage, **changes: object) -> None:
    """The newest manifest with other values and a checksum that fits them."""
    manifest = read_manifest(storage)
    assert manifest is not None
    put(storage, replace(manifest, **changes))  # type: ignore[arg-type]


def an_index(storage: Storage) -> None:
    with newsearch.open(storage.folder, create=True) as index:
        index.add([{"id": "1", "title": "台风"}])


def test_another_format_is_incompatible(storage: Storage) -> None:
    an_index(storage)
    rewritten(storage, format=FORMAT + 1)
    with pytest.raises(IndexIncompatible) as caught:
        newsearch.open(storage.folder)
    assert (caught.value.found, caught.value.expected) == (FORMAT + 1, FORMAT)
    assert "--rebuild" in caught.value.advice


def test_another_format_may_have_other_keys(storage: Storage) -> None:
    storage.create_folder()
    body = {"format": FORMAT + 1, "shards": []}
    compact = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    content = json.dumps({"checksum": crc32(compact), "manifest": body})
    (storage.folder / manifest_name(1)).write_text(content)
    with pytest.raises(IndexIncompatible):
        read_manifest(storage)


def test_another_analyzer_is_incompatible(storage: Storage) -> None:
    an_index(storage)
    rewritten(storage, analyzer="words, folding 0")
    with pytest.raises(IndexIncompatible, match="folding 0") as caught:
        open_reader(storage)
    assert (caught.value.found, caught.value.expected) == (repr("words, folding 0"), repr(ANALYZER))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"{}", b'{"checksum": 1, "manifest": {}}', b"\xff\xfe",
        pytest.param(b"[" * 100_000, id="deep"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_manifest_that_is_none_is_damage(storage: Storage, content: bytes) -> None:
    an_index(storage)
    newest = max(name for name in storage.names() if name.startswith("manifest-"))
    (storage.folder / newest).write_bytes(content)
    with pytest.raises(IndexDamaged) as caught:
        newsearch.open(storage.folder)
    assert (caught.value.file, caught.value.offset, caught.value.folder) == (newest, 0, str(storage.folder))
