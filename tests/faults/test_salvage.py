"""What repair makes of an index in which several things are damaged at once, or that was made to be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import pytest
import zstandard

import newsearch
from newsearch import Article, IndexDamaged, IndexIncompatible
from newsearch.codec.columns import ColumnFile, write_columns
from newsearch.codec.segment import Segment
from newsearch.index import check, repair
from newsearch.index.manifest import FileEntry, Manifest, encoded, manifest_name, read_manifest
from newsearch.index.reader import Reader
from newsearch.index.sources import SourceTable
from newsearch.index.storage import Storage
from newsearch.schema import NO_ARTICLE, decode_article, encode_article
from tests.faults.bit_rot_index import build, contents, newest, small_measures


@pytest.fixture(scope="module", autouse=True)
def measures() -> Iterator[None]:
    with small_measures():
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("salvage") / "index")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    copied: Path = shutil.copytree(made, tmp_path / "index")
    return copied


def spoil(folder: Path, entry: FileEntry, column: str) -> None:
    """Every byte of a column is another."""
    path = folder / entry.name
    content = bytearray(path.read_bytes())
    file = ColumnFile(bytes(content))
    start, size = file.offset(column), len(file.buffer(column).cast("B"))
    content[start : start + size] = bytes(byte ^ 0x55 for byte in content[start : start + size])
    path.write_bytes(content)


def change(folder: Path, entry: FileEntry, **columns: Callable[[Any], Any]) -> FileEntry:
    """Puts other columns in a file, `_` for a dot in their names; its entry, which fits, goes into the manifest."""
    file = ColumnFile((folder / entry.name).read_bytes())
    kept = {name: file.column(name).copy() for name in file.names()}
    for written, made in columns.items():
        name = written if written in kept else written.replace("_", ".", 1)
        kept[name] = made(kept[name])
    sink = BytesIO()
    fitting = FileEntry(entry.name, 0, write_columns(sink, kept, dict(file.facts)))
    fitting = replace(fitting, length=len(sink.getvalue()))
    (folder / entry.name).write_bytes(sink.getvalue())
    manifest = newest(folder)
    old, new = (json.dumps(vars_of(each)) for each in (entry, fitting))
    body = json.loads(json.dumps(json.loads(manifest.encode())["manifest"]).replace(old, new))
    (folder / manifest_name(manifest.generation)).write_bytes(encoded(body))
    return fitting


def vars_of(entry: FileEntry) -> dict[str, Any]:
    return {"checksum": entry.checksum, "length": entry.length, "name": entry.name}


def repaired(folder: Path) -> newsearch.RepairReport:
    """The report of a repair, after which nothing is damaged."""
    report = newsearch.repair(folder)
    assert newsearch.check(folder) == []
    return report


def test_what_is_found_only_when_the_rest_is_taken_out_is_taken_out_too(folder: Path) -> None:
    """Two segments have numbers of another type; the first one hides the second."""
    before = contents(folder)
    segments = newest(folder).segments[:2]
    for segment in segments:
        change(folder, segment.file, doc_title_length=lambda old: old.astype(np.int64))
    (first,) = newsearch.check(folder)
    report = repaired(folder)
    assert [damage.file for damage in report.damage] == [segment.file.name for segment in segments]
    assert first.file == segments[0].file.name
    assert (contents(folder), report.lost) == (before, [])


def test_damage_that_stays_whatever_is_taken_out_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(storage: Storage, _: Manifest) -> Reader:
        raise IndexDamaged(storage.folder, "nothing.columns", 0, "is never there")

    monkeypatch.setattr(repair, "Reader", refuse)
    with pytest.raises(IndexDamaged, match="is never there"):
        newsearch.repair(folder)


def test_of_two_versions_the_newer_one_stays(tmp_path: Path) -> None:
    """Both segments are damaged, and that the older version was replaced is too."""
    folder = tmp_path / "index"
    for body in ("台风登陆。", "渔船回港。"):
        with newsearch.open(folder, create=True) as index:
            index.add([Article("a", "台风", body), Article(body, "乡村", "学校")])
    older, newer = newest(folder).segments
    assert older.deletions
    spoil(folder, older.deletions, "documents")
    for segment in (older, newer):
        spoil(folder, segment.file, "word.data")
    report = repaired(folder)
    assert contents(folder)["a"].body == "渔船回港。"
    assert (len(contents(folder)), report.lost) == (3, [])


def test_a_segment_that_is_gone_is_so_many_articles_of_which_nothing_is_known(folder: Path) -> None:
    before = contents(folder)
    entry = newest(folder).segments[1]
    (folder / entry.file.name).unlink()
    report = repaired(folder)
    assert {(lost.id, lost.path) for lost in report.lost} == {("", "")}
    assert len(report.lost) == len(before) - len(contents(folder))
    assert len(report.reread) == 5


def test_lost_articles_without_a_list_of_ids(folder: Path) -> None:
    before = len(contents(folder))
    entry = newest(folder).segments[1].file
    spoil(folder, entry, "word.trie")
    spoil(folder, entry, "stored.frames")
    report = repaired(folder)
    assert {lost.id for lost in report.lost} == {""}
    assert len(report.lost) == before - len(contents(folder)) > 0
    assert report.reread


def test_lost_articles_whose_ids_lead_nowhere(folder: Path) -> None:
    before = len(contents(folder))
    entry = newest(folder).segments[1].file
    spoil(folder, change(folder, entry, doc_id=lambda old: old * 0 + np.iinfo(old.dtype).max), "stored.frames")
    report = repaired(folder)
    assert {lost.id for lost in report.lost} == {""}
    assert len(report.lost) == before - len(contents(folder)) > 0


def test_a_byte_of_a_directory_costs_nothing(folder: Path) -> None:
    before = contents(folder)
    path = folder / newest(folder).segments[1].file.name
    content = bytearray(path.read_bytes())
    content[content.rindex(b'"facts"')] ^= 1
    path.write_bytes(content)
    report = repaired(folder)
    assert [damage.file for damage in report.damage] == [path.name]
    assert (contents(folder), report.lost) == (before, [])


def test_a_stored_text_that_is_no_article_is_lost_by_its_id(folder: Path) -> None:
    before = contents(folder)
    segment = newest(folder).segments[0]
    texts = ColumnFile((folder / newest(folder).texts.name).read_bytes()).buffer("dictionary")  # type: ignore[union-attr]
    pack = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(bytes(texts)))
    frame = pack.compress(b"no article at all")
    change(
        folder,
        segment.file,
        stored_frames=lambda old: np.concatenate((np.frombuffer(frame, np.uint8), old)),
        stored_offsets=lambda old: np.concatenate((old[:1], old[1:] + np.uint32(len(frame)))),
    )
    spoiled = newsearch.check(folder)
    assert [damage.file for damage in spoiled] == [segment.file.name]
    report = repaired(folder)
    assert {lost.id for lost in report.lost} == set(before) - set(contents(folder))
    assert len(report.lost) == 1


@pytest.mark.parametrize("column", ["stored_offsets", "doc_file"])
def test_numbers_that_are_none(folder: Path, column: str) -> None:
    """Where a text lies, or which file it came from, is no number: what can be known otherwise is kept."""
    entry = newest(folder).segments[0].file
    before = contents(folder)
    change(folder, entry, **{column: lambda old: np.full(len(old), np.nan)})
    assert {damage.file for damage in newsearch.check(folder)} == {entry.name}
    report = repaired(folder)
    assert set(contents(folder)) | {lost.id for lost in report.lost} == set(before)
    assert contents(folder).items() <= before.items()


def test_what_texts_are_unpacked_with_is_not_named(folder: Path) -> None:
    """The manifest says that there is no such file; the file is there and saves every article."""
    before = contents(folder)
    manifest = newest(folder)
    assert manifest.texts
    (folder / manifest_name(manifest.generation)).write_bytes(replace(manifest, texts=None).encode())
    assert newsearch.check(folder)
    report = repaired(folder)
    assert (contents(folder), report.lost) == (before, [])
    assert report.restored == len(before)


def test_added_words_that_are_half_a_character(folder: Path) -> None:
    entry = newest(folder).dictionary
    assert entry
    trie = np.frombuffer(marisa_trie.BinaryTrie(["柳溪渔船".encode(), b"\xe6\x9f"]).tobytes(), np.uint8)
    change(folder, entry, added_trie=lambda _: trie)
    (damage,) = newsearch.check(folder)
    assert "has words that are none" in str(damage)
    with pytest.raises(IndexDamaged, match="has words that are none"):
        newsearch.open(folder)
    assert repaired(folder).lost == []


def test_json_is_read_as_utf_8_alone() -> None:
    """Other encodings, which Python's reader would look for, are nothing that was written here."""
    article = encode_article(Article("a", "台风", "登陆"))
    head, tail = article[: article.index(b"{")], article[article.index(b"{") :]
    assert decode_article(article).id == "a"
    with pytest.raises(NO_ARTICLE):
        decode_article(head + tail.decode().encode("utf-32-be"))
    with pytest.raises(ValueError, match="codec"):
        SourceTable.decode(SourceTable().encode().decode().encode("utf-16"))


@pytest.mark.parametrize(
    ("way", "nothing", "what"),
    [
        ("word_ordinal", None, "has a term"),
        ("words_at", [], "has a term"),
        ("words", [], "lists other terms for their first letter '渔'"),
    ],
)
def test_a_list_of_terms_that_does_not_find_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, way: str, nothing: Any, what: str
) -> None:
    """A trie may list a term and not find it, or not in every way of looking."""
    name = newest(folder).segments[0].file.name
    real = getattr(Segment, way)

    def blind(self: Segment, *asked: str) -> Any:
        return nothing if asked in (("渔船",), ("渔",)) else real(self, *asked)

    monkeypatch.setattr(Segment, way, blind)
    found = newsearch.check(folder)
    assert name in {damage.file for damage in found}
    assert all(f"word.trie {what}" in str(damage) for damage in found)


def test_an_older_manifest_of_another_format_helps_nobody(folder: Path) -> None:
    manifest = newest(folder)
    older = folder / manifest_name(manifest.generation - 1)
    older.write_bytes(encoded({"format": 1}))
    assert manifest.sources
    (folder / manifest.sources.name).unlink()
    assert repaired(folder).lost == []
    (folder / manifest_name(newest(folder).generation)).write_bytes(encoded({"format": 99}))
    with pytest.raises(IndexIncompatible, match="format version 99"):
        newsearch.repair(folder)
    with pytest.raises(IndexIncompatible):
        repair.readable_manifests(Storage(folder))


def test_another_analyzer_is_not_damage(folder: Path) -> None:
    other = replace(newest(folder), analyzer="another")
    (folder / manifest_name(other.generation)).write_bytes(other.encode())
    for ask in (newsearch.check, newsearch.repair):
        with pytest.raises(IndexIncompatible, match="analyzer 'another'"):
            ask(folder)


def test_a_manifest_that_is_damaged_while_its_files_are_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def read(storage: Storage) -> Manifest | None:
        seen.append(1)
        if len(seen) == 2:
            (storage.folder / manifest_name(newest(folder).generation)).write_bytes(b"{}")
        return read_manifest(storage)

    entry = newest(folder).segments[0].file
    (folder / entry.name).unlink()
    monkeypatch.setattr(check, "read_manifest", read)
    (damage,) = newsearch.check(folder)
    assert damage.file.startswith("manifest")


def test_candidates_for_a_word_list_are_looked_at_one_after_the_other(folder: Path, made: Path) -> None:
    """A newer one is spoilt, one is no column file, and a third is whole."""
    entry = newest(folder).dictionary
    assert entry
    for number in (97, 98):
        shutil.copy(folder / entry.name, folder / f"dictionary-00000000{number}.columns")
    spoil(folder, replace(entry, name="dictionary-0000000098.columns"), "trie")
    (folder / "dictionary-0000000099.columns").write_bytes(b"none")
    spoil(folder, entry, "trie")
    report = repaired(folder)
    assert report.notes == []
    with newsearch.open(folder) as index, newsearch.open(made) as whole:
        assert index._reader.dictionary().added == whole._reader.dictionary().added


def test_a_word_list_without_added_words(tmp_path: Path) -> None:
    with newsearch.open(tmp_path / "index", create=True) as index:
        index.add([Article("a", "台风", "渔船")])
    entry = newest(tmp_path / "index").dictionary
    assert entry
    spoil(tmp_path / "index", entry, "trie")
    assert "if you had added words" in repaired(tmp_path / "index").notes[0]
    assert len(contents(tmp_path / "index")) == 1


def test_segments_alone_are_enough(folder: Path, made: Path) -> None:
    """There is no manifest, no word list and no list of files; what looks like a segment and is none does no harm."""
    before = contents(made)
    entry = newest(folder).dictionary
    assert entry
    shutil.copy(folder / entry.name, folder / "segment-0000000099.columns")
    for path in [*folder.glob("manifest-*"), *folder.glob("dictionary-*"), *folder.glob("sources-*")]:
        path.write_bytes(b"") if path.name.startswith("manifest") else path.unlink()
    assert repaired(folder).lost == []
    after = contents(folder)
    assert {article_id: after[article_id] for article_id in before} == before
