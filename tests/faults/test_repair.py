"""What `repair` makes of a damaged index: every article that is intact, and a list of the others."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch import Lost, NotAnIndex
from newsearch.cli import cli
from newsearch.codec import columns
from newsearch.codec.columns import ColumnFile
from newsearch.codec.mending import corrected, mended
from newsearch.index.manifest import manifest_name
from newsearch.index.opening import open_columns
from newsearch.index.storage import Storage
from tests.faults.bit_rot_index import ADDED, build, contents, newest, small_measures


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with small_measures():
        yield build(tmp_path_factory.mktemp("repair") / "index")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    copied: Path = shutil.copytree(made, tmp_path / "index")
    return copied


def spoil(path: Path, at: int, count: int = 1) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + count] = bytes(byte ^ 0x55 for byte in content[at : at + count])
    path.write_bytes(content)


def documents_touching(folder: Path, segment: int, at: int) -> set[str]:
    """The ids of the live documents whose stored text, or where it lies, is in the block of a byte."""
    with newsearch.open(folder) as index:
        reader = index._reader
        entry = reader.manifest.segments[segment]
        file = open_columns(Storage(folder), entry.file)
        block = at // columns.BLOCK
        if at >= file._body:
            return set()
        touched = set()
        offsets = file.column("stored.offsets").tolist()
        for document in range(entry.documents):
            start = file.offset("stored.offsets") + 4 * document
            low, high = (file.offset("stored.frames") + offsets[document + end] for end in (0, 1))
            spans = [(start, start + 8), (low, high)]
            if any(first // columns.BLOCK <= block <= (last - 1) // columns.BLOCK for first, last in spans):
                number = reader.bases[segment] + document
                if reader.live[number]:
                    touched.add(reader.id(number))
        return touched


def test_an_intact_index_stays_as_it_is(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}
    report = newsearch.repair(folder)
    assert (report.damage, report.lost, report.kept) == ([], [], len(contents(folder)))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"} == before


def test_a_byte_anywhere_costs_no_more_than_the_articles_of_its_block(folder: Path, made: Path, tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    before = contents(made)
    for _ in range(4):
        shutil.rmtree(folder)
        shutil.copytree(made, folder)
        manifest = newest(folder)
        segment = rng.randrange(len(manifest.segments))
        path = folder / manifest.segments[segment].file.name
        at = rng.randrange(path.stat().st_size)
        expected = documents_touching(folder, segment, at)
        spoil(path, at)
        assert newsearch.check(folder), at
        report = newsearch.repair(folder)
        assert newsearch.check(folder) == [], at
        after = contents(folder)
        lost = set(before) - set(after)
        assert lost <= expected, at
        assert {lost.id for lost in report.lost if lost.id} <= lost
        assert len(report.lost) == len(lost)
        assert all(before[article_id] == article for article_id, article in after.items())
        assert len(after) == report.kept + report.restored
        with newsearch.open(folder) as index:
            assert all(index.search(f"“{a.title}”").total for a in list(after.values())[:5])


def test_the_file_of_a_lost_article_is_read_again(tmp_path: Path) -> None:
    clippings, folder = tmp_path / "clippings", tmp_path / "index"
    clippings.mkdir()
    for number in range(8):
        (clippings / f"{number}.txt").write_text(f"第{number}号渡船\n\n渡船第{number}次靠岸，" + "码头上人很多。" * 30)
    with small_measures():
        with newsearch.open(folder, create=True) as index:
            index.add_files([clippings])
        before = contents(folder)
        manifest = newest(folder)
        path = folder / manifest.segments[0].file.name
        file = ColumnFile(path.read_bytes())
        spoil(path, file.offset("stored.frames") + int(file.column("stored.offsets")[3]))
        report = newsearch.repair(folder)
        assert 1 <= len(report.lost) < 8
        assert sorted(lost.path for lost in report.lost) == report.reread
        assert {lost.id for lost in report.lost} == set(before) - set(contents(folder))
        with newsearch.open(folder) as index:
            found = index.add_files([clippings])
            assert (found.files_read, found.added) == (len(report.lost), len(report.lost))
        assert contents(folder) == before
        assert newsearch.check(folder) == []


@pytest.mark.parametrize("kind", ["dictionary", "sources", "texts", "deletions", "manifest"])
@pytest.mark.parametrize("how", ["missing", "spoilt"])
def test_any_other_file(folder: Path, made: Path, kind: str, how: str) -> None:
    before = contents(made)
    if kind == "manifest":
        (folder / manifest_name(newest(folder).generation)).write_bytes(b"{}" if how == "spoilt" else b"")
    else:
        manifest = newest(folder)
        entries = {"deletions": manifest.segments[0].deletions, "dictionary": manifest.dictionary}
        entry = entries.get(kind) or getattr(manifest, kind, None)
        assert entry
        if how == "missing":
            (folder / entry.name).unlink()
        else:
            spoil(folder / entry.name, 70, 40)
    assert newsearch.check(folder)
    report = newsearch.repair(folder)
    assert newsearch.check(folder) == []
    after = contents(folder)
    if kind == "texts":
        assert after == {}
        assert len(report.lost) == len(before)
        assert len(report.reread) == 5
        return
    assert report.lost == []
    assert {key: after[key] for key in before} == before
    resurrected = set(after) - set(before)
    assert bool(resurrected) == (kind in ("deletions", "manifest"))
    assert bool(report.notes) == (kind != "segment")
    with newsearch.open(folder) as index:
        added = index._reader.dictionary().added
        assert bool(added) == (kind != "dictionary" or how == "spoilt")


def test_added_words_outlive_a_damaged_word_list(folder: Path) -> None:
    entry = newest(folder).dictionary
    assert entry
    file = open_columns(Storage(folder), entry)
    spoil(folder / entry.name, file.offset("trie") + 200)
    report = newsearch.repair(folder)
    assert "2 words" in report.notes[0]
    with newsearch.open(folder) as index:
        assert set(index._reader.dictionary().added) == {line.split()[0] for line in ADDED}


def test_without_any_manifest_the_segments_are_enough(folder: Path, made: Path) -> None:
    before = contents(made)
    for path in folder.glob("manifest-*"):
        path.write_bytes(b"")
    report = newsearch.repair(folder)
    after = contents(folder)
    assert {key: after[key] for key in before} == before
    assert report.lost == []
    assert report.generation == 6
    assert newsearch.check(folder) == []


def test_nothing_is_removed_before_the_repair_is_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / newest(folder).segments[0].file.name
    spoil(path, 100)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "lock"}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(newsearch.StorageFailed, match="No space"):
        newsearch.repair(folder)
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_the_command_says_what_it_did(folder: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli, ["--index", str(folder), "check", *arguments])
        return done.exit_code, done.stdout, done.stderr

    assert run() == (0, "", "the index is intact\n")
    assert run("--repair") == (0, "", "the index is intact; nothing to repair\n")
    entry = newest(folder).segments[0].file
    file = open_columns(Storage(folder), entry)
    spoil(folder / entry.name, file.offset("word.data") + 5)
    code, out, _ = run("--quick")
    assert code == 1
    assert entry.name in out
    assert "check --repair" in out
    code, out, err = run("--repair")
    assert (code, out) == (0, "")
    assert "0 are lost" in err
    assert run()[0] == 0
    entry = newest(folder).segments[-1].file
    file = open_columns(Storage(folder), entry)
    spoil(folder / entry.name, file.offset("stored.frames") + int(file.column("stored.offsets")[-2]))
    code, out, err = run("--repair")
    assert code == 1
    assert "\t/clippings/" in out
    assert "reads them again" in err
    assert run("--repair")[0] == 0


def test_no_index_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotAnIndex, match="build one with"):
        newsearch.repair(tmp_path)
    with pytest.raises(NotAnIndex, match="build one with"):
        newsearch.check(tmp_path)


def test_a_byte_is_found_by_its_checksum() -> None:
    from zlib import crc32

    rng = random.Random(7)
    data = rng.randbytes(700)
    for at in (0, 1, 350, 698, 699):
        wrong = bytearray(data)
        wrong[at] ^= rng.randrange(1, 256)
        assert corrected(bytes(wrong), crc32(data)) == data
    assert corrected(data, crc32(data)) == data
    assert corrected(bytes(8), crc32(b"\1\2\3\4\5\6\7\10")) is None


def test_texts_are_found_without_their_offsets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each frame begins where the one before ends."""
    with small_measures():
        monkeypatch.setattr(columns, "BLOCK", 64)  # so that offsets and frames share none
        folder = build(tmp_path / "index")
        before = contents(folder)
        entry = newest(folder).segments[0].file
        file = open_columns(Storage(folder), entry)
        spoil(folder / entry.name, file.offset("stored.offsets") + 64, 4)
        assert newsearch.check(folder)
        assert newsearch.repair(folder).lost == []
        assert contents(folder) == before
        assert newsearch.check(folder) == []


def test_any_byte_of_the_end_of_a_segment_is_mended(folder: Path) -> None:
    entry = newest(folder).segments[1].file
    content = (folder / entry.name).read_bytes()
    body = ColumnFile(content)._body
    for at in [*range(8), *range(body, len(content), 37), *range(len(content) - 28, len(content))]:
        wrong = content[:at] + bytes([content[at] ^ 0x40]) + content[at + 1 :]
        assert mended(wrong, entry.checksum) == content, at
    assert mended(content[:-1], entry.checksum) is None
    assert mended(b"", entry.checksum) is None


def test_a_lost_article_is_known_by_its_id_and_path() -> None:
    assert Lost("a", "b") == Lost("a", "b")
