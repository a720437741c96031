"""Which files are the index: what a folder may hold, and what is refused."""

from __future__ import annotations

import itertools
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from click.testing import CliRunner

import newsearch
from newsearch.article import Article
from newsearch.cli import cli
from newsearch.errors import IndexDamaged, IndexIncompatible, NotAnIndex
from newsearch.index import check, reader, writer
from newsearch.index.manifest import (
    FORMAT,
    LOOKS,
    FileEntry,
    Manifest,
    SegmentEntry,
    encoded,
    manifest_name,
    read_manifest,
)
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer
from newsearch.schema import ANALYZER
from newsearch.terms.dictionary import Dictionary, default_fingerprint

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
    fingerprint="0123456789abcdef",
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


def test_a_writer_that_moves_on_while_its_manifest_is_read(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_writer(storage) as writer:
        writer.add(Article("1", "台风"))
        writer.commit()
    listed = storage.names()
    with open_writer(storage) as writer:
        for number in range(2):
            writer.add(Article("1", f"台风{number}"))
            writer.commit()
    listings = iter([listed, storage.names()])
    monkeypatch.setattr(storage, "names", lambda: next(listings))
    manifest = read_manifest(storage)
    assert manifest is not None
    assert manifest.generation == 3


def test_a_manifest_that_leads_nowhere_is_damage(storage: Storage) -> None:
    with open_writer(storage) as writer:
        for number in range(2):
            writer.add(Article(str(number), "台风"))
            writer.commit()
    path = storage.folder / manifest_name(2)
    path.unlink()
    path.symlink_to("nowhere")
    with pytest.raises(IndexDamaged, match="the file is missing") as caught:
        newsearch.open(storage.folder)
    assert (caught.value.file, caught.value.offset) == (path.name, 0)
    assert [damage.file for damage in newsearch.check(storage.folder)] == [path.name]
    assert newsearch.repair(storage.folder).kept == 1
    assert newsearch.check(storage.folder) == []


def _body(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(FULL.encode())["manifest"]
    return body | changes


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (_body(generation=8), "the numbers of generation and next file"),
        (_body(next_number=0), "the numbers of generation and next file"),
        (_body(next_number=10**10), "the numbers of generation and next file"),
        (_body(next_number=True), "no number: True"),
        (_body(generation=-1), "no number: -1"),
        (_body(analyzer=None), "no text: None"),
        (_body(segments=""), "no list: ''"),
        (_body(segments={}), "no list: {}"),
        (_body(texts=0.0), "float"),
        (_body(sources={}), "name"),
        (_body(dictionary=""), "str"),
        (_body(segments=[_body()["segments"][0] | {"deletions": 0}]), "int"),
        (_body(segments=[*_body()["segments"], _body()["segments"][0]]), "a file is listed twice"),
        (_body(sources={"name": "../sources-0000000011.json", "length": 3, "checksum": 4}), "no name of a file"),
        (_body(sources={"name": "texts-0000000011.columns", "length": 3, "checksum": 4}), "no name of a file"),
        (_body(sources={"name": "sources-0000000011.json.new", "length": 3, "checksum": 4}), "no name of a file"),
        (_body(dictionary={"name": "dictionary-0000000002.columns"}), "length"),
    ],
)
def test_what_is_written_well_and_makes_no_sense(storage: Storage, body: dict[str, Any], why: str) -> None:
    storage.create_folder()
    (storage.folder / manifest_name(7)).write_bytes(encoded(body))
    with pytest.raises(IndexDamaged, match=f"makes no sense: .*{why}") as caught:
        read_manifest(storage)
    assert caught.value.file == manifest_name(7)


def test_a_name_that_is_none_of_a_manifest(storage: Storage) -> None:
    with pytest.raises(IndexDamaged, match="no name of a manifest"):
        Manifest.decode(storage, "manifest-7.json", FULL.encode())


def test_a_writer_that_is_quicker_than_every_look_is_not_followed_for_ever(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every look there is a newer generation, whose segment is gone when it is opened."""
    generations = itertools.count(1)

    def moved_on(_: Storage) -> Manifest:
        return replace(FULL, generation=next(generations), analyzer=ANALYZER)

    monkeypatch.setattr(reader, "read_manifest", moved_on)
    with pytest.raises(IndexDamaged, match="the file is missing"):
        open_reader(storage)
    assert next(generations) <= 2 * LOOKS + 1
    monkeypatch.setattr(check, "read_manifest", moved_on)
    assert "the file is missing" in str((check.check_folder(storage) or [""])[0])
    assert next(generations) <= 4 * LOOKS + 2


def test_an_index_that_never_had_a_dictionary_can_be_replaced(storage: Storage) -> None:
    lost = SegmentEntry(FileEntry("segment-0000000001.columns", 9, 9), 1)
    put(storage, Manifest(1, 2, (lost,), analyzer=ANALYZER))
    with pytest.raises(IndexDamaged), open_writer(storage):
        pytest.fail("its segment is lost")
    with open_writer(storage, afresh=True) as writer:
        writer.start_over()
        writer.add(Article("1", "台风"))
        assert writer.commit().generation == 2


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


def test_another_word_list_searches_and_deletes_but_does_not_add(storage: Storage) -> None:
    """The index keeps its own list, which queries are cut by; articles would be cut by the one installed."""
    an_index(storage)
    rewritten(storage, fingerprint="0123456789abcdef")
    with newsearch.open(storage.folder) as index:
        assert index.add([{"id": "1", "title": "台风"}]).unchanged == 1
        with pytest.raises(IndexIncompatible) as caught:
            index.add([{"id": "2", "title": "渔船"}])
        assert (caught.value.found, caught.value.expected) == ("0123456789abcdef", default_fingerprint())
        assert index.search("台风").total == 1
        assert index.delete(["1"]) == ["1"]
        assert len(index) == 0
    manifest = read_manifest(storage)
    assert manifest is not None
    assert manifest.fingerprint == "0123456789abcdef"


def test_an_index_remembers_the_word_list(storage: Storage) -> None:
    an_index(storage)
    manifest = read_manifest(storage)
    assert manifest is not None
    assert manifest.fingerprint == default_fingerprint()


def test_starting_over_cuts_by_the_word_list_installed(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    an_index(storage)
    tiny = Dictionary.of({"台风渔船": 5})
    for module in (reader, writer):
        monkeypatch.setattr(module, "default_dictionary", lambda: tiny)
    monkeypatch.setattr(writer, "default_fingerprint", lambda: "0123456789abcdef")
    with open_writer(storage) as opened:
        opened.start_over()
        opened.add(Article("1", "台风渔船"))
        assert opened.commit().fingerprint == "0123456789abcdef"
    found = open_reader(storage)
    assert found is not None
    assert set(found.words("台风")) == {"台风渔船"}
    assert len(found.dictionary()) == 1


@pytest.mark.parametrize(
    "changes", [{"format": FORMAT + 1}, {"analyzer": "words"}, {"fingerprint": "0123456789abcdef"}]
)
def test_what_is_incompatible_says_what_to_run(
    storage: Storage, tmp_path: Path, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And running it, from anywhere, builds an index."""
    storage = Storage(tmp_path / "my index")
    an_index(storage)
    rewritten(storage, **changes)
    clippings = tmp_path / "clippings"
    clippings.mkdir()
    (clippings / "a.txt").write_text("渔船回港\n\n台风登陆。")
    monkeypatch.chdir(clippings)
    with pytest.raises(IndexIncompatible) as caught:
        newsearch.open(storage.folder).add_files(clippings)
    command = re.search("`(newsearch .+?)`", str(caught.value))
    assert command
    assert str(caught.value).count("\n") == 0
    name, *arguments = shlex.split(command[1].replace("PATH...", str(clippings)))
    assert name == "newsearch"
    done = CliRunner().invoke(cli, arguments)
    assert (done.exit_code, done.exception) == (0, None)
    with newsearch.open(storage.folder) as index:
        assert index.search("渔船").total == 1
        assert index.add([{"id": "2", "title": "渔船"}]).added == 1


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
