"""What is promised of any file, held to what comes of one that is read as `newsearch read` reads it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import newsearch
from newsearch.errors import BadSettings
from newsearch.render.terminal import one_line, to_json

#: The longest that one file may take, in seconds of processor time, and the most memory, in megabytes.
SECONDS = 5.0
MEGABYTES = 512
#: Settings are written for some file: this one lies beside them.
BESIDE = "a.jsonl"


class Broken(AssertionError):
    """A promise that was not kept; the message says which."""


def processor_seconds() -> float:
    """The processor time of this process and of those it waited for: other work on the machine does not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is one: millions of files are written to it, one after another."""
    shared = Path("/dev/shm")  # noqa: S108
    return tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None)


def hold(folder: Path, name: str, content: bytes) -> str:
    """Reads a file with this name and content in a folder that is otherwise empty; what came of it, in a word. Raises
    Broken, or whatever the parser should not have raised."""
    files = {name: content}
    if name == "newsearch.toml":
        files[BESIDE] = '{"稿件名":"桥","body":"通车"}\n'.encode()
    for written, its in files.items():
        (folder / written).write_bytes(its)
    try:
        started = processor_seconds()
        outcome = _read(folder)
        took = processor_seconds() - started
    finally:
        for written in files:
            (folder / written).unlink()
    if took > SECONDS:
        raise Broken(f"took {took:.1f} s")
    return outcome


def _read(folder: Path) -> str:
    rejections: list[newsearch.Rejection] = []
    count = 0
    try:
        for article in newsearch.read_articles(folder, rejections=rejections):
            to_json(article.to_mapping()).encode()
            count += 1
    except BadSettings as error:
        if "\n" in one_line(str(error)) or not error.advice:
            raise Broken("settings are refused without advice in one line") from error
        return "refused"
    for rejection in rejections:
        if not rejection.reason.strip():
            raise Broken("a rejection without a reason")
    if not count and not rejections:
        raise Broken("neither an article nor a rejection")
    return "rejected" if rejections else "read"
