"""A disk that is really full, through the real command: one clear line, the old index answers, and it goes on later."""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import newsearch

from .oracle import left_over
from .small_corpus import article

_COMMAND = [sys.executable, "-c", "from newsearch.cli import main; main()"]
#: Room for two copies of the dictionary (3.5 MB) and some articles.
_ROOM = 9 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory with little room."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if done.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        gc.collect()  # an index that was open there may still be mapped
        subprocess.run(["umount", str(place)], check=True)


class Command:
    """The command on an index."""

    def __init__(self, index: Path) -> None:
        self.index = index

    def __call__(
        self, *arguments: str | Path, status: int = 0, before: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = [*_COMMAND, "--index", str(self.index), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=before)
        assert done.returncode == status, done.stderr
        return done

    def refused(self, *arguments: str | Path, because: str, before: Callable[[], None] | None = None) -> None:
        """It fails with one line that says why and what to do."""
        done = self(*arguments, status=2, before=before)
        assert done.stdout == ""
        (line,) = done.stderr.strip().splitlines()
        assert line.startswith("error: cannot ")
        assert because in line
        assert "free space" in line

    def ids(self, query: str) -> set[str]:
        with newsearch.open(self.index) as index:
            assert index.check() == []
            return {hit.id for hit in index.search(query, limit=100)}


def write_corpus(folder: Path, numbers: range, length: int = 1) -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        one = article(number)
        # Nothing that would get smaller by compression.
        noise = "".join(chr(0x4E00 + byte) for byte in os.urandom(length))
        (folder / f"{number}.jsonl").write_text(json.dumps(one | {"body": one["body"] + noise}) + "\n", "utf-8")
    return folder


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    command = Command(small_disk / "index")
    first = write_corpus(tmp_path / "first", range(3))
    second = write_corpus(tmp_path / "second", range(3, 9))
    command("index", first)
    old = command.ids("见闻 OR 台风")
    assert len(old) == 3
    before = {path.name for path in command.index.iterdir()}
    ballast = small_disk / "ballast"
    for spare in (0, 12_288):
        with ballast.open("wb", buffering=0) as file:
            _fill(file.fileno())
            os.ftruncate(file.fileno(), file.tell() - spare)
        command.refused("index", second, because="No space left on device")
        command.refused("index", "--rebuild", second, because="No space left on device")
        assert command.ids("见闻 OR 台风") == old
        assert {path.name for path in command.index.iterdir()} == before
    ballast.unlink()
    command("index", second)
    assert len(command.ids("见闻 OR 台风")) == 9
    assert left_over(command.index) == []


def _fill(descriptor: int) -> None:
    """Writes until nothing more goes in."""
    size = 1 << 20
    while size:
        try:
            os.write(descriptor, bytes(size))
        except OSError:
            size //= 2


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    """The same where no file system can be mounted: the process may write no large file."""
    command = Command(tmp_path / "index")
    first = write_corpus(tmp_path / "first", range(3))
    second = write_corpus(tmp_path / "second", range(3, 9), length=2_000)
    command("index", first)
    old = command.ids("见闻 OR 台风")
    before = {path.name for path in command.index.iterdir()}
    command.refused("index", second, because="File too large", before=lambda: _no_file_above(8192))
    assert command.ids("见闻 OR 台风") == old
    assert {path.name for path in command.index.iterdir()} == before
    command("index", second)
    assert len(command.ids("见闻 OR 台风")) == 9
    assert left_over(command.index) == []


def _no_file_above(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_first_index_for_which_there_is_no_room(tmp_path: Path) -> None:
    command = Command(tmp_path / "index")
    corpus = write_corpus(tmp_path / "first", range(3))
    command.refused("index", corpus, because="File too large", before=lambda: _no_file_above(100_000))
    assert {path.name for path in command.index.iterdir()} == {"lock"}
    command("search", "台风", status=2)
    command("index", corpus)
    assert len(command.ids("见闻 OR 台风")) == 3
