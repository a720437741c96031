"""A slice of `make io-errors`, the proof that it would notice, and what it found once."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch.errors import IndexDamaged, StorageFailed
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer

from .io_errors import FAILURES, Campaign, Refusal, campaign
from .oracle import left_over
from .recording import Recorder, tapped
from .small_corpus import article, small_words

POINTS = 200


@pytest.fixture(scope="module")
def running() -> Iterator[Campaign]:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    with campaign(seed) as running:
        yield running


def test_a_call_that_fails_loses_nothing(running: Campaign) -> None:
    assert [str(violation) for violation in running.run(running.points()[:POINTS])] == []
    assert running.outcomes["refused"] > POINTS // 2


def test_every_kind_of_call_is_made_to_fail(running: Campaign) -> None:
    kinds = {kind for action in running.actions.values() for kind in action.kinds}
    assert set(FAILURES) <= kinds


# The campaign notices what is wrong


def _swallows_errors(self: Storage, name: str, fill: Callable[[Any], Any]) -> Any:
    with self._failing("write"), (self.folder / name).open("xb") as file:
        result = fill(file)
        file.flush()
        with suppress(OSError):
            os.fsync(file.fileno())
        return result


def _leaves_descriptors(self: Storage) -> None:
    with self._failing("sync the folder"):
        os.fsync(os.open(self.folder, os.O_RDONLY))


def _raises_as_it_comes(self: Storage, name: str) -> None:
    (self.folder / name).unlink(missing_ok=True)


def _names_it_at_once(self: Storage, name: str, content: bytes) -> None:
    with self._failing("write"), (self.folder / name).open("xb") as file:
        file.write(content)


@pytest.mark.parametrize(
    ("method", "worse", "noticed"),
    [
        ("write", _swallows_errors, "acknowledged after a sync that failed"),
        ("sync_folder", _leaves_descriptors, "descriptors left open"),
        ("remove", _raises_as_it_comes, "OSError instead of StorageFailed"),
        ("publish", _names_it_at_once, "IndexDamaged"),
    ],
)
def test_the_campaign_notices(
    running: Campaign, monkeypatch: pytest.MonkeyPatch, method: str, worse: Callable[..., Any], noticed: str
) -> None:
    monkeypatch.setattr(Storage, method, worse)
    points = [point for point in running.points() if point.action == "add and merge"]
    assert any(noticed in str(violation) for violation in running.run(points, elsewhere=0.0))


# What was found once


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    storage = Storage(tmp_path / "index")
    storage.create_folder()
    return storage


def refuse(number: int) -> Callable[..., Any]:
    def refusing(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return refusing


def test_a_file_that_is_there_already_is_not_removed(storage: Storage) -> None:
    """It may be another writer's, and committed."""
    storage.write("segment-0000000001.columns", lambda file: file.write(b"committed"))
    with pytest.raises(StorageFailed, match="File exists"):
        storage.write("segment-0000000001.columns", lambda file: file.write(b"late"))
    assert storage.read("segment-0000000001.columns") == b"committed"


def test_what_went_wrong_first_is_told(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-written file that cannot be removed either hides neither the cause nor the kind of the error."""
    monkeypatch.setattr(os, "fsync", refuse(errno.ENOSPC))
    monkeypatch.setattr(os, "unlink", refuse(errno.EIO))
    with pytest.raises(StorageFailed, match="No space left") as caught:
        storage.write("texts-0000000001.columns", lambda file: file.write(b"text"))
    assert isinstance(caught.value.__cause__, OSError)


def test_a_lock_that_cannot_be_taken(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", refuse(errno.ENOLCK))
    with pytest.raises(StorageFailed, match="cannot lock the folder"), storage.lock():
        pytest.fail("not locked")


def test_a_folder_is_there_after_a_power_loss(tmp_path: Path) -> None:
    """The folder, and those it lies in, are synced, also if they were made by a process that was killed."""
    recorder = Recorder()
    (tmp_path / "new" / "index").mkdir(parents=True)
    with tapped(tmp_path / "new" / "index", recorder):
        newsearch.open(tmp_path / "new" / "index", create=True)
    synced = [call.name for call in recorder.calls if call.kind == "sync"]
    assert synced[:2] == ["..", "../.."]


def test_folders_above_that_cannot_be_written_are_let_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    above = tmp_path / "not ours"
    above.mkdir()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != above and real(path, mode))
    recorder = Recorder()
    with tapped(above / "index", recorder):
        newsearch.open(above / "index", create=True)
    assert [call.name for call in recorder.calls if call.kind == "sync" and ".." in call.name] == []


def test_an_existing_index_syncs_no_folder_above(tmp_path: Path) -> None:
    newsearch.open(tmp_path / "index", create=True)
    recorder = Recorder()
    with tapped(tmp_path / "index", recorder), newsearch.open(tmp_path / "index") as index:
        index.add([article(1)])
    assert [call.name for call in recorder.calls if ".." in call.name] == []


def test_to_say_that_nothing_changed_is_to_acknowledge(tmp_path: Path) -> None:
    """The generation may have been named by a process that was killed before it synced the folder."""
    with newsearch.open(tmp_path, create=True) as index:
        index.add([article(1)])
        recorder = Recorder()
        with tapped(tmp_path, recorder):
            report = index.add([article(1)])
    assert report.unchanged == 1
    assert [call.name for call in recorder.calls if call.kind == "sync"] == ["."]


def test_what_a_killed_process_left_is_removed_even_if_nothing_changed(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([article(1)])
        for name in ("segment-0000000099.columns", "manifest-0000000003.json.new"):
            (tmp_path / name).write_bytes(b"half")
        index.add([article(1)])
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("before", [[], [article(1)]])
def test_a_commit_that_fails_takes_no_room(
    tmp_path: Path, before: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk the files of a failed attempt would be in the way of the next one."""
    folder = tmp_path / "index"
    if before:
        with newsearch.open(folder, create=True) as index:
            index.add(before)
    old = {path.name for path in folder.iterdir()} if before else {"lock"}
    monkeypatch.setattr(Storage, "publish", lambda self, *_: self.write("sources-0000000099.json", refuse(28)))
    with pytest.raises(StorageFailed), open_writer(Storage(folder)) as opened:
        opened.add(newsearch.Article("2", "台风"))
        opened.commit()
    assert {path.name for path in folder.iterdir()} == old


def test_a_commit_that_is_tried_again_by_the_same_writer(tmp_path: Path) -> None:
    """It is refused: what the first attempt had in hand may be lost to it."""
    outcomes = set()
    with small_words(tmp_path):
        for one in range(3):
            with newsearch.open(tmp_path / "before", create=True) as index:
                index.add([article(one)])
        for number in range(1, 200):
            folder: Path = shutil.copytree(tmp_path / "before", tmp_path / f"{number}")
            refusal = Refusal(number, "ENOSPC", lasting=False)
            outcomes.add(commit_twice(folder, refusal))
            if refusal.seen < number:
                break
            with newsearch.open(folder) as index:
                assert index.check(quick=True) == []
                assert len(index) in (3, 4)
    assert outcomes == {"at once", "refused"}


def commit_twice(folder: Path, refusal: Refusal) -> str:
    try:
        with open_writer(Storage(folder)) as opened:
            opened.add(newsearch.Article("new", "台风"))
            with tapped(folder, refusal):
                with suppress(StorageFailed):
                    opened.commit()
                opened.commit()
    except StorageFailed:
        return "refused"
    with newsearch.open(folder) as index:
        assert sorted(each.id for each in index) == ["a0", "a1", "a2", "new"], refusal.refused
    return "at once"


def test_a_failure_in_a_damaged_index_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could still be rescued stays until a rebuilt index is whole."""
    with newsearch.open(tmp_path, create=True) as index:
        index.add([article(1)])
    newest = max(tmp_path.glob("manifest-*.json"))
    newest.write_bytes(newest.read_bytes()[:-9])
    old = {path.name for path in tmp_path.iterdir()}
    monkeypatch.setattr(Storage, "publish", lambda self, name, _: self.write(name, refuse(28)))
    with pytest.raises(StorageFailed), open_writer(Storage(tmp_path), afresh=True) as opened:
        opened.start_over()
        opened.commit()
    assert old <= {path.name for path in tmp_path.iterdir()}
    with pytest.raises(IndexDamaged):
        newsearch.open(tmp_path)
