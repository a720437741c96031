"""Reading bytes as a file of the corpus, for the tests of its formats."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from newsearch.article import Article
from newsearch.corpus import Account, CorpusFile, Reading, Rejection, find_files, read_file
from newsearch.corpus.kinds import format_by_name


class NoWords:
    """A lexicon that knows nothing."""

    def cohesion(self, _left: str, _right: str) -> float:
        return 0.0


class Found(NamedTuple):
    """What came of a file."""

    articles: list[Article]
    rejections: list[Rejection]
    account: Account | None

    @property
    def article(self) -> Article:
        (article,) = self.articles
        return article

    @property
    def reason(self) -> str:
        assert not self.articles
        (rejection,) = self.rejections
        return rejection.reason

    @property
    def titles(self) -> list[str]:
        return [article.title for article in self.articles]

    @property
    def bodies(self) -> list[str]:
        return [article.body for article in self.articles]

    @property
    def reasons(self) -> list[str]:
        return [rejection.reason for rejection in self.rejections]

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.account.warnings if self.account else ()


def given(folder: Path, name: str, content: bytes | str, **options: Any) -> Found:
    """What comes of a file with this content that is named; `options` are those of Reading."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return _found(path, options)


def read_bytes(folder: Path, name: str, content: bytes, **options: Any) -> Found:
    """What comes of a file with these bytes that lies in a folder which was asked for; `options` are those of
    Reading."""
    path = folder / "clippings" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    found = _found(path.parent, options)
    path.unlink()
    return found


def _found(asked: Path, options: dict[str, Any]) -> Found:
    (file,) = find_files([asked])
    found = list(read_file(file, Reading(NoWords(), **options)))
    return Found(
        [one for one in found if isinstance(one, Article)],
        [one for one in found if isinstance(one, Rejection)],
        next((one for one in found if isinstance(one, Account)), None),
    )


class Outcome(NamedTuple):
    """What reading a hostile file took and gave: seconds, the texts of the articles, the reasons for rejections."""

    seconds: float
    bodies: list[str]
    reasons: list[str]


def read_hostile(folder: Path, files: dict[str, bytes]) -> tuple[dict[str, Outcome], int]:
    """Reads files in a process of their own: what came of each, by name, and the most memory that was used for all,
    in bytes. Fails if anything was opened for writing or a socket was made."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    run = subprocess.run([sys.executable, __file__, str(folder), *files], capture_output=True, timeout=100, check=False)
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    *told, memory = [json.loads(line) for line in run.stdout.splitlines()]
    return {name: Outcome(*outcome) for name, outcome in zip(files, told, strict=True)}, memory


def _watch(event: str, args: tuple[object, ...]) -> None:
    writes = False
    if event == "open" and not isinstance(args[0], int):  # a pipe has a number instead of a name
        writes = bool(set("wax+") & set(str(args[1] or ""))) or bool(int(str(args[2])) & (os.O_WRONLY | os.O_RDWR))
    if event.startswith("socket.") or writes:
        os.write(2, f"{event} {args}\n".encode())
        os._exit(3)


def _seconds() -> float:
    """The processor time of this process and those it waited for: other work on the machine does not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _main(folder: Path, names: list[str]) -> None:
    first = folder / "first"
    for name in names:  # what a format imports is not counted
        list(read_file(CorpusFile(first, name, name, True), Reading(NoWords(), format=format_by_name(name))))
    sys.addaudithook(_watch)
    for name in names:
        began = _seconds()
        found = list(read_file(CorpusFile(folder / name, name, name, True), Reading(NoWords())))
        seconds = _seconds() - began
        bodies = [one.title + "\n" + one.body for one in found if isinstance(one, Article)]
        reasons = [one.reason for one in found if isinstance(one, Rejection)]
        print(json.dumps([seconds, [body[:1000] for body in bodies[:100]], reasons[:100]]))
    # getrusage would count what the process had before it became this program.
    status = Path("/proc/self/status").read_text("ascii")
    print(json.dumps(1024 * int(status.split("VmHWM:")[1].split()[0])))


if __name__ == "__main__":
    (Path(sys.argv[1]) / "first").write_bytes(b"<a>")
    _main(Path(sys.argv[1]), sys.argv[2:])
