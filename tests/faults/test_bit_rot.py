"""A slice of the campaign of `tests.faults.bit_rot`, and what an open index does when its files are changed."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch import IndexDamaged
from newsearch.index.storage import MappedFile, Storage
from tests.faults.bit_rot import Subject, campaign, in_a_child, removals_and_swaps
from tests.faults.bit_rot_index import build, small_measures


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Subject]:
    with small_measures():
        yield Subject(tmp_path_factory.mktemp("rot"))


def test_damage_before_opening(subject: Subject) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    tally = campaign(subject, seed, {"flip": 50, "cut": 10, "zero": 10})
    assert tally.wrong == []
    assert tally.outcomes.total() == 70
    assert tally.outcomes["flip", "error, file and offset"] > 30


def test_other_spaces_in_a_manifest_are_damage(subject: Subject) -> None:
    path = subject.folder / next(name for name in subject.names if name.startswith("manifest"))
    path.write_bytes(path.read_bytes().replace(b" ", b"\t", 1))
    assert [damage.file for damage in newsearch.check(subject.folder)] == [path.name]
    subject.heal()


def test_files_removed_and_swapped(subject: Subject) -> None:
    tally = removals_and_swaps(subject)
    assert tally.wrong == []
    assert tally.outcomes["swap", "error, file and offset"] > 10


def test_damage_to_open_files() -> None:
    status, output = in_a_child(random.randrange(10**6), {"flip": 5, "cut": 3, "zero": 2})
    assert status == 0, output


def test_the_campaign_can_fail(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without checksums of blocks it finds wrong answers, or what is no error of ours."""
    monkeypatch.setattr("newsearch.codec.columns.ColumnFile._check", lambda *_: None)
    assert campaign(subject, 5, {"zero": 12}).wrong


def test_an_open_file_that_is_changed_or_cut_is_refused(tmp_path: Path) -> None:
    with small_measures():
        folder = build(tmp_path / "index")
        for change in ("write", "cut"):
            with newsearch.open(folder) as index:
                entry = index._reader.manifest.segments[0].file
                path = folder / entry.name
                content = path.read_bytes()
                time.sleep(0.01)
                if change == "write":
                    path.touch()
                else:
                    os.truncate(path, 4096)
                time.sleep(0.002)
                with pytest.raises(IndexDamaged, match="while it was open") as caught:
                    list(index)
                assert caught.value.file == entry.name
                path.write_bytes(content)
                index.refresh()
                assert len(list(index)) == len(index)


def test_a_file_that_is_removed_or_renamed_is_still_read(tmp_path: Path) -> None:
    with small_measures():
        folder = build(tmp_path / "index")
        with newsearch.open(folder) as index:
            for path in folder.iterdir():
                os.link(path, tmp_path / path.name)
                path.unlink()
            time.sleep(0.002)
            assert len(list(index)) == len(index)


def test_a_disk_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> bytes:
        raise OSError(5, "Input/output error")

    with small_measures():
        folder = build(tmp_path / "index")
        monkeypatch.setattr(MappedFile, "read_at", fail)
        with pytest.raises(IndexDamaged, match=r"at byte \d+: cannot be read: Input/output error"):
            newsearch.open(folder)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    storage = Storage(tmp_path)
    for access in (storage.read, storage.map):
        with pytest.raises(newsearch.StorageFailed, match="not a file"):
            access("pipe")
