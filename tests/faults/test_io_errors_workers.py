"""Worker processes that are killed, cannot be started or have no memory: one clear error, and the index as it was."""

from __future__ import annotations

import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch.article import Article
from newsearch.errors import IndexLocked, StorageFailed
from newsearch.index import lanes, segment_writer
from newsearch.index.lanes import ProcessLane
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, open_writer

from .io_errors import Refusal, no_descriptor_left
from .oracle import answers_of, left_over
from .recording import TappedStorage
from .small_corpus import article, small_words


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An index with an article. Whoever adds five more with two jobs has worker processes."""
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 5)
    monkeypatch.setattr(segment_writer, "_BATCH", 1)
    with small_words(tmp_path):
        with newsearch.open(tmp_path / "index", create=True) as index:
            index.add([article(0)])
        yield tmp_path / "index"


def articles(first: int, count: int) -> list[Article]:
    return [Article.from_mapping(article(number)) for number in range(first, first + count)]


def add(storage: Storage, between: Callable[[IndexWriter], object], count: int = 30, jobs: int = 2) -> None:
    """Adds articles by two worker processes; `between` is called when half of them are in."""
    with open_writer(storage, jobs=jobs) as opened:
        for number, each in enumerate(articles(1, count)):
            if number == count // 2:
                between(opened)
            opened.add(each)
        opened.commit()


def workers(opened: IndexWriter) -> list[ProcessLane]:
    found = [seat.lane for seat in opened._segments._seats if isinstance(seat.lane, ProcessLane)]
    assert found
    return found


def refused(storage: Storage, between: Callable[[IndexWriter], object]) -> str:
    with pytest.raises(StorageFailed) as caught:
        add(storage, between)
    return str(caught.value)


def failed_as_it_should(folder: Path, before: str, storage: Storage, between: Callable[[IndexWriter], object]) -> str:
    """Has the addition fail; returns what it says."""
    with no_descriptor_left():
        said = refused(storage, between)
    assert "\n" not in said
    assert "--jobs" in said or "free space" in said
    assert answers_of(folder) == before
    assert left_over(folder) == []
    add(Storage(folder), lambda _: None, jobs=1)
    with newsearch.open(folder) as index:
        assert (len(index), index.check(quick=True)) == (31, [])
    assert left_over(folder) == []
    return said


def test_a_worker_that_is_killed(folder: Path) -> None:
    def kill(opened: IndexWriter) -> None:
        workers(opened)[0]._process.kill()

    assert "a worker process died" in failed_as_it_should(folder, answers_of(folder), Storage(folder), kill)


def test_a_worker_that_is_killed_with_work_before_it(folder: Path) -> None:
    """Its end of the pipe is reset then, not closed."""

    def kill(opened: IndexWriter) -> None:
        lane = workers(opened)[0]
        lane._process.send_signal(signal.SIGSTOP)
        opened.add(Article("waits", "台风"))
        opened.add(Article("waits too", "台风"))
        lane._process.kill()

    assert "a worker process died" in failed_as_it_should(folder, answers_of(folder), Storage(folder), kill)


def test_a_worker_that_dies_while_it_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half_an_answer(self: ProcessLane) -> dict[str, int]:
        mine, theirs = socket.socketpair()
        with mine, theirs:
            theirs.send(b"\0\0\1\0" + b"half")
            theirs.close()
            self._pipe.close()
            self._pipe = type(self._pipe)(mine.detach())
            return real(self)

    real = ProcessLane.finish
    before = answers_of(folder)
    monkeypatch.setattr(ProcessLane, "finish", half_an_answer)
    with pytest.raises(StorageFailed, match="a worker process died"):
        add(Storage(folder), lambda _: None)
    assert answers_of(folder) == before
    assert left_over(folder) == []


@pytest.mark.parametrize("function", ["socketpair", "Popen"])
def test_a_worker_that_cannot_be_started(folder: Path, monkeypatch: pytest.MonkeyPatch, function: str) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        monkeypatch.undo()
        monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 5)
        monkeypatch.setattr(segment_writer, "_BATCH", 1)
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(lanes.socket if function == "socketpair" else lanes.subprocess, function, refuse)
    said = failed_as_it_should(folder, answers_of(folder), Storage(folder), lambda _: None)
    assert "cannot start a worker process" in said


class StarvedStorage(Storage):
    """Leaves a worker process that it is given to hardly any memory."""

    spare = 0

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + self.spare, used + self.spare))


@pytest.mark.parametrize("spare", [0, 8 << 20])
def test_a_worker_without_memory(folder: Path, spare: int, capfd: pytest.CaptureFixture[str]) -> None:
    storage = StarvedStorage(folder)
    storage.spare = spare
    before = answers_of(folder)
    heavy = [Article(f"heavy{number}", "台风", "台风" * 400_000) for number in range(8)]

    def more(opened: IndexWriter) -> None:
        for each in heavy:
            opened.add(each)

    said = failed_as_it_should(folder, before, storage, more)
    assert "Cannot allocate memory" in said or "a worker process died" in said
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("number", [1, 3])
def test_a_disk_that_fills_up_under_a_worker(folder: Path, number: int) -> None:
    storage = TappedStorage(folder, Refusal(number, "ENOSPC", lasting=True))
    assert "No space left" in failed_as_it_should(folder, answers_of(folder), storage, lambda _: None)


_PARENT = """
import sys, time
from newsearch.article import Article
from newsearch.index import segment_writer, writer
from newsearch.index.storage import Storage
segment_writer._PARALLEL_FROM = segment_writer._BATCH = 1
with writer.open_writer(Storage(sys.argv[1]), jobs=1 + 1) as opened:
    for number in range(200):
        opened.add(Article(f"orphan{number}", "台风", "渔船回港避风，学校停课。" * 20_000))
        print("added", opened._segments._seats[0].lane._process.pid, flush=True)
    opened.commit()
"""


def is_stopped(process: int) -> bool:
    """Whether all of a process stands still: the signal takes a moment to reach each of its threads."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return all((task / "stat").read_text().rpartition(")")[2].split()[0] == "T" for task in tasks)


def test_no_one_else_writes_while_an_orphaned_worker_does(tmp_path: Path) -> None:
    """A worker whose parent was killed ends at once, and holds the lock until it has."""
    folder = tmp_path / "index"
    with newsearch.open(folder, create=True) as index:
        index.add([article(0)])
    before = answers_of(folder)
    with subprocess.Popen([sys.executable, "-c", _PARENT, str(folder)], stdout=-1) as parent:
        assert parent.stdout is not None
        for _ in range(8):
            worker = int(parent.stdout.readline().split()[1])
        os.kill(worker, signal.SIGSTOP)
        while not is_stopped(worker):  # until then it may still see its parent go, and end as it should
            time.sleep(0.001)
        parent.kill()
    with pytest.raises(IndexLocked), open_writer(Storage(folder)):
        pytest.fail("two writers")
    os.kill(worker, signal.SIGCONT)
    began = time.monotonic()
    while True:
        try:
            with open_writer(Storage(folder)) as opened:
                opened.commit()
            break
        except IndexLocked:
            assert time.monotonic() - began < 30
            time.sleep(0.01)
    assert answers_of(folder) == before
    assert left_over(folder) == []
