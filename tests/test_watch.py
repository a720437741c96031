"""An index that is kept current while files come, change and go."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import Report
from newsearch.errors import IndexLocked, NewsearchError, PathNotFound
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage
from newsearch.watch import Waiting, keep_current

# Seconds that a change may take on a busy machine; two on one that has nothing else to do.
_PATIENT = 60.0


class Watcher:
    """A watcher in a thread of its own, and what it told."""

    def __init__(self, storage: Storage, *paths: Path, **options: object) -> None:
        self.storage = storage
        self.told: list[Report | NewsearchError] = []
        self.stop = threading.Event()
        self._thread = threading.Thread(
            target=keep_current,
            args=(storage, paths),
            kwargs={"tell": self.told.append, "stop": self.stop, "jobs": 1, **options},
        )
        self._thread.start()
        self.until(lambda: bool(self.told))

    def titles(self) -> list[str]:
        reader = open_reader(self.storage)
        return sorted(article.title for article in reader.articles()) if reader else []

    def until(self, is_so: Callable[[], bool]) -> None:
        """Waits for something to come true."""
        deadline = time.monotonic() + _PATIENT
        while not is_so():
            assert time.monotonic() < deadline, self.told
            assert self._thread.is_alive()
            time.sleep(0.05)

    def end(self) -> None:
        self.stop.set()
        self._thread.join(_PATIENT)
        assert not self._thread.is_alive()


@pytest.fixture
def clippings(tmp_path: Path) -> Path:
    folder = tmp_path / "clippings"
    folder.mkdir()
    return folder


@pytest.fixture
def watcher(clippings: Path, tmp_path: Path) -> Iterator[Watcher]:
    (clippings / "first.txt").write_text("台风登陆\n\n昨日台风登陆，学校停课。\n", "utf-8")
    watcher = Watcher(Storage(tmp_path / "index"), clippings)
    yield watcher
    watcher.end()


def test_what_is_there_and_what_comes(watcher: Watcher, clippings: Path) -> None:
    assert watcher.titles() == ["台风登陆"]
    (clippings / "second.txt").write_text("渔船回港\n\n全部渔船回港避风。\n", "utf-8")
    watcher.until(lambda: watcher.titles() == ["台风登陆", "渔船回港"])
    (clippings / "2024" / "07").mkdir(parents=True)
    (clippings / "2024" / "07" / "third.txt").write_text("茶园采茶\n\n春茶开采。\n", "utf-8")
    watcher.until(lambda: len(watcher.titles()) == 3)
    (clippings / "first.txt").write_text("台风远去\n\n学校复课。\n", "utf-8")
    watcher.until(lambda: "台风远去" in watcher.titles())
    assert len(watcher.titles()) == 3
    assert not [told for told in watcher.told if isinstance(told, NewsearchError)]


def test_ids_are_those_that_indexing_the_folder_gives(watcher: Watcher, clippings: Path, tmp_path: Path) -> None:
    (clippings / "a").mkdir()
    (clippings / "a" / "second.txt").write_text("渔船回港\n\n全部渔船回港避风。\n", "utf-8")
    watcher.until(lambda: len(watcher.titles()) == 2)
    with newsearch.open(watcher.storage.folder) as watched, newsearch.open(tmp_path / "other", create=True) as other:
        other.add_files(clippings)
        assert {article.id for article in watched} == {article.id for article in other}


def test_a_file_that_is_still_being_written_is_taken_once_it_is_whole(watcher: Watcher, clippings: Path) -> None:
    before = len(watcher.told)
    with (clippings / "slow.jsonl").open("w", encoding="utf-8") as file:
        for number in range(12):
            line = json.dumps({"id": str(number), "title": f"第{number}条"}) + "\n"
            file.write(line[:8])
            file.flush()
            time.sleep(0.1)
            file.write(line[8:])
            file.flush()
    watcher.until(lambda: len(watcher.titles()) == 13)
    assert [told for told in watcher.told[before:] if not isinstance(told, Report) or told.rejections] == []


def test_a_folder_that_is_moved_in(watcher: Watcher, clippings: Path, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / "elsewhere" / "deep").mkdir(parents=True, exist_ok=True)
        (tmp_path / "elsewhere" / "deep" / f"{number}.txt").write_text(f"第{number}版\n\n要闻。\n", "utf-8")
    (tmp_path / "elsewhere").rename(clippings / "moved")
    watcher.until(lambda: len(watcher.titles()) == 6)


def test_hidden_files_and_readmes_are_left_alone(watcher: Watcher, clippings: Path) -> None:
    before = len(watcher.told)
    (clippings / ".draft.txt").write_text("草稿\n\n未完。\n", "utf-8")
    (clippings / "README.md").write_text("# 说明\n\n不是文章。\n", "utf-8")
    (clippings / ".git").mkdir()
    (clippings / ".git" / "notes.txt").write_text("笔记\n\n不是文章。\n", "utf-8")
    (clippings / "last.txt").write_text("渔船回港\n\n全部渔船回港避风。\n", "utf-8")
    watcher.until(lambda: len(watcher.titles()) == 2)
    assert watcher.titles() == ["台风登陆", "渔船回港"]
    assert all(isinstance(told, Report) and not told.rejections for told in watcher.told[before:])


def test_what_goes_is_removed_if_that_is_asked_for(clippings: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (clippings / f"{name}.txt").write_text(f"{name}号\n\n要闻。\n", "utf-8")
    watcher = Watcher(Storage(tmp_path / "index"), clippings, prune=True)
    (clippings / "one.txt").unlink()
    watcher.until(lambda: watcher.titles() == ["two号"])
    watcher.end()


def test_an_index_inside_the_folder_does_not_wake_its_watcher(clippings: Path) -> None:
    watcher = Watcher(Storage(clippings / "index"), clippings)
    (clippings / "one.txt").write_text("一号\n\n要闻。\n", "utf-8")
    watcher.until(lambda: watcher.titles() == ["一号"])
    before = len(watcher.told)
    time.sleep(1.5)
    assert len(watcher.told) == before
    watcher.end()


def test_another_writer_is_waited_for(watcher: Watcher, clippings: Path) -> None:
    with watcher.storage.lock():
        (clippings / "second.txt").write_text("渔船回港\n\n全部渔船回港避风。\n", "utf-8")
        watcher.until(lambda: any(isinstance(told, IndexLocked) for told in watcher.told))
    watcher.until(lambda: len(watcher.titles()) == 2)


@pytest.mark.parametrize("files", [3_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_a_burst_of_files(files: int, watcher: Watcher, clippings: Path) -> None:
    """10,000 are more than the system keeps in its queue (16,384 events) while nobody looks."""
    for number in range(files):
        folder = clippings / f"{number % 50:02}"
        if number < 50:
            folder.mkdir()
        (folder / f"{number}.txt").write_text(f"第{number}号渔船\n\n回港。\n", "utf-8")
    watcher.until(lambda: len(watcher.titles()) == files + 1)


@pytest.fixture
def ctrl_c_counts() -> Iterator[None]:
    """Also where these tests were started in the background: what they start would ignore it as they do."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_counts")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_the_command(sent: int, clippings: Path, tmp_path: Path) -> None:
    """It says what it does, ends in order when it is told to, and has committed what it said."""
    command = [sys.executable, "-m", "newsearch", "--index", str(tmp_path / "index"), "watch", str(clippings)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr
        assert "no article files" in run.stderr.readline()
        (clippings / "first.txt").write_text("台风登陆\n\n昨日台风登陆，学校停课。\n", "utf-8")
        assert "1 added" in run.stderr.readline()
        run.send_signal(sent)
        assert run.communicate(timeout=_PATIENT)[1].endswith("stopped\n")
        assert run.returncode == 0
    with newsearch.open(tmp_path / "index") as index:
        assert [article.title for article in index] == ["台风登陆"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound):
        keep_current(Storage(tmp_path / "index"), [tmp_path / "none"], tell=print, stop=threading.Event())


def test_a_folder_that_goes_away_ends_the_watch(clippings: Path, tmp_path: Path) -> None:
    stop, ended = threading.Event(), []

    def run() -> None:
        try:
            keep_current(Storage(tmp_path / "index"), [clippings], tell=lambda _: None, stop=stop)
        except PathNotFound as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(1)
    shutil.rmtree(clippings)
    thread.join(_PATIENT)
    stop.set()
    assert [error.path for error in ended] == [str(clippings)]


def test_waiting() -> None:
    one, other = Path("/one"), Path("/other")
    waiting = Waiting()
    waiting.note([one, other], 10.0)
    assert waiting.ready(10.4) == set()
    waiting.note([other], 10.4)
    assert waiting.ready(10.5) == {one}
    assert waiting.ready(10.8) == set()
    assert waiting.ready(10.9) == {other}
    for tenth in range(400):  # never quiet
        waiting.note([one], 20 + tenth / 10)
        if waiting.ready(20 + tenth / 10):
            break
    assert tenth == 300


def test_files_of_some_paths_only(tmp_path: Path) -> None:
    from newsearch.corpus import find_files

    for name in ("a/one.txt", "a/b/two.txt", "a/.c/three.txt", "README.md", "index/four.txt", "five.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("文\n", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    everything = {file.path: file for file in find_files([tmp_path], tmp_path / "index")}
    for only in (list(everything), [tmp_path], [tmp_path / "a"], [tmp_path / "a" / "b"]):
        expected = [file for path, file in everything.items() if any(path.is_relative_to(one) for one in only)]
        assert sorted(find_files([tmp_path], tmp_path / "index", only)) == sorted(expected)
    left_out = [tmp_path / name for name in ("a/.c/three.txt", "README.md", "index/four.txt", "link", "none", "index")]
    assert list(find_files([tmp_path], tmp_path / "index", [*left_out, tmp_path.parent / "x"])) == []
