"""The files of an index: what another process, a failing disk and damaged bytes do to it."""

from __future__ import annotations

import errno
import fcntl
import gc
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import newsearch
from newsearch.article import Article
from newsearch.errors import IndexDamaged, IndexLocked, StorageFailed
from newsearch.index.manifest import manifest_name, read_manifest
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer

# The lock

_HOLDER = """
import sys
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer
with open_writer(Storage(sys.argv[1])) as writer:
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock until its stdin is closed."""
    with subprocess.Popen([sys.executable, "-c", _HOLDER, folder], stdin=-1, stdout=-1) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            yield process
        finally:
            process.kill()


def test_who_creates_an_index_waits_for_the_one_that_does(tmp_path: Path) -> None:
    with holder(tmp_path / "index") as process:
        with patch("newsearch.library._CREATING", 0.05), pytest.raises(IndexLocked, match=str(process.pid)):
            newsearch.open(tmp_path / "index", create=True)
        letting_go = threading.Timer(0.2, process.communicate)
        letting_go.start()
        with newsearch.open(tmp_path / "index", create=True) as index:
            assert index.generation == 1
        letting_go.join()


def test_a_second_process_is_told_who_writes(storage: Storage) -> None:
    with holder(storage.folder) as process:
        with pytest.raises(IndexLocked, match=str(process.pid)) as caught, open_writer(storage):
            pytest.fail("two writers")
        assert (caught.value.pid, caught.value.folder) == (process.pid, str(storage.folder))
        process.communicate()
    with open_writer(storage) as writer:
        writer.commit()


def test_a_killed_process_leaves_no_lock(storage: Storage) -> None:
    with holder(storage.folder) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (storage.folder / "lock").read_text() == str(process.pid)
        with open_writer(storage) as writer:
            writer.commit()
            assert (storage.folder / "lock").read_text() == str(os.getpid())
    assert (storage.folder / "lock").read_text() == ""


def test_two_writers_in_one_process(storage: Storage) -> None:
    caught: list[int | None] = []

    def second() -> None:
        try:
            with open_writer(storage):
                pass
        except IndexLocked as error:
            caught.append(error.pid)

    with open_writer(storage):
        held = storage.locks
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        assert storage.locks == held != ()
    assert storage.locks == ()
    assert caught == [os.getpid()]


def test_a_lock_that_names_nobody(storage: Storage) -> None:
    with storage_locked(storage):
        (storage.folder / "lock").write_text("?")
        with pytest.raises(IndexLocked, match="another process") as caught, open_writer(storage):
            pytest.fail("two writers")
        assert caught.value.pid is None


@contextmanager
def storage_locked(storage: Storage) -> Iterator[None]:
    storage.create_folder()
    with storage.lock():
        yield


@pytest.mark.parametrize("stale", ["", "999999999", "99999999999999999999"])
def test_a_holder_that_has_not_yet_said_who_it_is_is_waited_for(storage: Storage, stale: str) -> None:
    """It holds the lock, which still names the one before it, or nobody."""
    with storage_locked(storage):
        lock = storage.folder / "lock"
        lock.write_text(stale)
        naming = threading.Timer(0.1, lock.write_text, [str(os.getppid())])
        naming.start()
        with pytest.raises(IndexLocked) as caught, storage.lock():
            pytest.fail("two writers")
        naming.join()
        assert caught.value.pid == os.getppid()
        with pytest.raises(IndexLocked, match=str(os.getppid())), storage.lock():
            pytest.fail("who was told off has wiped out the name")


def test_a_holder_of_somebody_else_is_alive(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    with storage_locked(storage):
        monkeypatch.setattr(os, "kill", refuse)
        with pytest.raises(IndexLocked, match=str(os.getpid())), storage.lock():
            pytest.fail("two writers")


def test_a_folder_that_cannot_be_locked(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StorageFailed, match=r"cannot lock the folder in .+: No locks available"), open_writer(storage):
        pytest.fail("not locked")


_FORKING = """
import os, sys, time
from newsearch.index.storage import Storage
with Storage(sys.argv[1]).lock():
    child = os.fork()
    if not child:
        time.sleep(60)
    print(child, flush=True)
    time.sleep(60)
"""


def test_a_forked_child_does_not_keep_the_lock_of_a_killed_process(storage: Storage) -> None:
    storage.create_folder()
    with subprocess.Popen([sys.executable, "-c", _FORKING, storage.folder], stdout=-1) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            with pytest.raises(IndexLocked), storage.lock():
                pytest.fail("the parent still has it")
            process.kill()
            process.wait()
            with storage.lock():
                os.kill(child, 0)  # it lives
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_forked_child_that_leaves_the_block_does_not_let_go_for_its_parent(storage: Storage) -> None:
    storage.create_folder()
    with ExitStack() as block:
        block.enter_context(storage.lock())
        child = os.fork()
        if not child:
            try:
                block.close()
                os._exit(0)
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        with pytest.raises(IndexLocked, match=str(os.getpid())), storage.lock():
            pytest.fail("two writers")


def test_readers_do_not_wait_for_a_writer(storage: Storage) -> None:
    with newsearch.open(storage.folder, create=True) as index:
        index.add([{"id": "1", "title": "台风"}])
    with holder(storage.folder), newsearch.open(storage.folder) as index:
        assert index.search("台风").total == 1
        with pytest.raises(IndexLocked):
            index.add([{"title": "灾害"}])
        with pytest.raises(IndexLocked):
            index.delete(["1"])


# A disk that fails


class FailingStorage(Storage):
    """Refuses one of its calls, counted from 1, as a full disk does."""

    failing = 0
    calls = 0

    def _failing(self, action: str, absent_is_fine: bool = False) -> Any:
        self.calls += 1
        if self.calls == self.failing:
            raise StorageFailed(self.folder, action, OSError(errno.ENOSPC, "No space left on device"))
        return super()._failing(action, absent_is_fine)


def test_a_failure_at_any_step_leaves_the_old_state_or_the_new(storage: Storage) -> None:
    with newsearch.open(storage.folder, create=True) as index:
        index.add([Article(str(number), f"第{number}篇", "台风") for number in range(3)])
    old = contents(storage)
    failures = 0
    while True:
        failures += 1
        failing = FailingStorage(storage.folder)
        failing.failing = failures
        try:
            with open_writer(failing) as writer:
                writer.add(Article("0", "改写", "灾害"))
                writer.add(Article("9", "新的", "灾害"))
                writer.delete("1")
                writer.commit()
        except StorageFailed:
            if contents(storage) != old:
                break  # the new generation has its name; only what comes after it failed
        else:
            pytest.fail("no call failed after the commit")
    assert failures > 8
    assert contents(storage) == {"0": "改写", "2": "第2篇", "9": "新的"}


def contents(storage: Storage) -> dict[str, str]:
    reader = open_reader(storage)
    assert reader is not None
    assert list(reader.check()) == []
    return {article.id: article.title for article in reader.articles()}


def test_a_failed_sync_is_not_tried_again(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    with newsearch.open(storage.folder, create=True) as index:
        index.add([{"id": "1", "title": "台风"}])
    calls = 0

    def refuse(_: int) -> None:
        nonlocal calls
        calls += 1
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with newsearch.open(storage.folder) as index, pytest.raises(StorageFailed, match="Input/output") as caught:
        index.add([{"id": "2", "title": "灾害"}])
    assert calls == 1
    assert isinstance(caught.value.__cause__, OSError)
    monkeypatch.undo()
    assert contents(storage) == {"1": "台风"}


def test_everything_is_synced_before_it_is_named(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order that survives a power loss: files, their folder, the manifest, its name, the folder again."""
    events: list[str] = []
    sync, rename = os.fsync, Path.rename

    def fsync(descriptor: int) -> None:
        events.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    def renamed(self: Path, target: Path) -> Path:
        events.append(f"{self.name} → {target.name}")
        return rename(self, target)

    with newsearch.open(storage.folder, create=True):
        pass
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", renamed)
    with open_writer(storage) as writer:
        writer.add(Article("1", "台风"))
        manifest = writer.commit()
    name = manifest_name(manifest.generation)
    folder = storage.folder.name
    (segment,) = manifest.segments
    assert events == [segment.file.name, f"{name}.new", folder, f"{name}.new → {name}", folder]


def test_a_file_that_is_there_already_is_not_touched(storage: Storage) -> None:
    """It may be another's: a worker that outlived its writer would remove what the next one has just written."""
    storage.create_folder()
    storage.write("segment-0000000001.columns", lambda file: file.write(b"whole"))
    with pytest.raises(StorageFailed, match="exists"):
        storage.write("segment-0000000001.columns", lambda file: file.write(b"late"))
    assert storage.read("segment-0000000001.columns") == b"whole"


def test_what_cannot_be_removed_does_not_hide_why_it_was_not_written(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.create_folder()

    def full(*_: object, **__: object) -> None:
        monkeypatch.setattr(Path, "unlink", full)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFailed, match=r"cannot write texts-0000000001.columns in .+: No space left"):
        storage.write("texts-0000000001.columns", full)


# Damaged bytes


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a small index with two segments, deletions and a source table, by name."""
    folder = tmp_path_factory.mktemp("damage")
    corpus = folder / "corpus"
    corpus.mkdir()
    for number in range(30):
        (corpus / f"{number:02}.txt").write_text(f"台风第{number}号\n\n乡村学校停课，灾害{number}。" + "工会" * number)
    with newsearch.open(folder / "index", create=True) as index:
        index.add_files([corpus])
        index.add([{"id": "a", "title": "台风登陆", "body": "学校复课"}, {"id": "b", "title": "台风"}])
        index.delete(["a", list(index)[3].id])
    storage = Storage(folder / "index")
    manifest = read_manifest(storage)
    assert manifest is not None
    assert (len(manifest.segments), sum(segment.deletions is not None for segment in manifest.segments)) == (2, 2)
    names = [manifest_name(manifest.generation), *(entry.name for entry in manifest.files())]
    return {name: bytes(storage.read(name)) for name in names}


KINDS = ("manifest", "segment", "deletions", "dictionary", "sources")


def put(storage: Storage, files: dict[str, bytes]) -> None:
    storage.create_folder()
    for name, content in files.items():
        path = storage.folder / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def damage_found(folder: Path) -> list[IndexDamaged]:
    """What using an index in every way, then checking it, says is damaged."""
    found = []
    try:
        with newsearch.open(folder) as index:
            found += index.check()
            for query in ("台风", "灾", '"校停课"', "标题:第*号", "来源:无"):
                for hit in index.search(query, limit=100):
                    assert hit.article.title
            index.stats()
            index.add([])
    except IndexDamaged as damage:
        found.append(damage)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_flipped_byte_is_named(kind: str, whole: dict[str, bytes], storage: Storage) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    put(storage, whole)
    assert damage_found(storage.folder) == []
    for name in [name for name in whole if name.startswith(kind)]:
        content = whole[name]
        places = [0, len(content) // 2, len(content) - 1, *(rng.randrange(len(content)) for _ in range(40))]
        for place in places:
            flipped = bytearray(content)
            flipped[place] ^= 1 << rng.randrange(8)
            put(storage, {name: bytes(flipped)})
            assert {damage.file for damage in damage_found(storage.folder)} == {name}, place
        put(storage, {name: content})


def _empty(content: bytes) -> bytes:
    return b""


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _one_less(content: bytes) -> bytes:
    return content.rstrip()[:-1]


def _one_more(content: bytes) -> bytes:
    return content + b"\0"


def _zeros(content: bytes) -> bytes:
    return bytes(len(content))


def test_a_pipe_in_place_of_a_file_is_not_waited_for(storage: Storage) -> None:
    storage.create_folder()
    os.mkfifo(storage.folder / "manifest-0000000001.json")
    with pytest.raises(StorageFailed, match=r"cannot read manifest-0000000001.json in .+: not a file"):
        newsearch.open(storage.folder)


def test_folders_above_that_cannot_be_written_are_not_synced(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("newsearch.index.storage._sync", synced.append)
    above = storage.folder.parent
    monkeypatch.setattr(os, "access", lambda path, _: path == above)
    storage.create_folder()
    assert synced == [above]


def test_a_map_without_a_descriptor_to_spare_leaves_none_open(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    storage.create_folder()
    storage.write("texts-0000000001.columns", lambda file: file.write(b"text"))
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    with monkeypatch.context() as few:
        few.setattr(os, "dup", refuse)
        with pytest.raises(StorageFailed, match="Too many open files"):
            storage.map("texts-0000000001.columns")
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    assert bytes(storage.map("texts-0000000001.columns")) == b"text"


@pytest.mark.parametrize("spoil", [_empty, _half, _one_less, _one_more, _zeros])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_length_is_named(
    kind: str, spoil: Callable[[bytes], bytes], whole: dict[str, bytes], storage: Storage
) -> None:
    put(storage, whole)
    for name in [name for name in whole if name.startswith(kind)]:
        put(storage, {name: spoil(whole[name])})
        found = damage_found(storage.folder)
        assert {damage.file for damage in found} == {name}
        assert all(0 <= damage.offset <= len(whole[name]) for damage in found)
        put(storage, {name: whole[name]})


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_missing_file_is_named(kind: str, whole: dict[str, bytes], storage: Storage) -> None:
    for name in [name for name in whole if name.startswith(kind)]:
        put(storage, whole)
        (storage.folder / name).unlink()
        assert {damage.file for damage in damage_found(storage.folder)} == {name}


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_file_lost_under_an_open_index_is_found_by_check(
    kind: str, whole: dict[str, bytes], storage: Storage
) -> None:
    put(storage, whole)
    with newsearch.open(storage.folder) as index:
        for name in [name for name in whole if name.startswith(kind)]:
            (storage.folder / name).unlink()
            assert [damage.file for damage in index.check()] == [name]
            put(storage, whole)


@pytest.mark.parametrize("kind", ["segment", "deletions"])
def test_a_whole_file_in_the_wrong_place_is_named(kind: str, whole: dict[str, bytes], storage: Storage) -> None:
    """Intact, but another's: only the manifest can tell."""
    put(storage, whole)
    first, second = (name for name in whole if name.startswith(kind))
    assert whole[first] != whole[second]
    assert kind == "segment" or len(whole[first]) == len(whole[second])  # so that its length does not give it away
    put(storage, {second: whole[first]})
    assert {damage.file for damage in damage_found(storage.folder)} == {second}
