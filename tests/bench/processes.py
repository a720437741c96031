"""Runs commands in processes of their own and says what memory these and their children took.

Memory is what Linux says in /proc; elsewhere the figures are missing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .articles import ROOT

Command = list[str | Path]

_PROC = Path("/proc")
# Seconds between two looks at memory; more if looking takes long, so that it costs a twentieth of the time at most.
_EVERY = 0.05
_SHARE = 20


class Watched(NamedTuple):
    """What a command printed, and its memory in bytes, None where it cannot be known: `anonymous` is the most that
    all processes had together at one time, shared pages counted once and files not at all; `resident` the most that a
    single one had, files that it mapped included (VmHWM)."""

    output: str
    anonymous: int | None
    resident: int | None


class Finished(NamedTuple):
    """What a command printed, and its seconds from start to end."""

    output: str
    seconds: float


class CommandFailed(Exception):
    """A command that ended badly, or did not do what it should; says so in one line."""


def environment() -> dict[str, str]:
    """What every command runs with: this project first of all that can be imported, and compiled once, as pip leaves
    whatever it installs, the other engines too."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "bench" / "compiled")}
    return os.environ | compiled | {"PYTHONPATH": path}


def run_command(command: Command, allowed: Iterable[int] = (0,)) -> Finished:
    """Runs a command. Raises CommandFailed if its exit status is not allowed."""
    started = time.perf_counter()
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if done.returncode not in allowed:
        raise CommandFailed(_last_words(done.stderr, done.returncode))
    return Finished(done.stdout, seconds)


def watch_command(command: Command) -> Watched:
    """Runs a command and looks at its memory again and again, at a little of its time. Raises CommandFailed."""
    anonymous = resident = 0
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, env=environment(), stdout=output, stderr=errors)
        try:
            while process.poll() is None:
                started = time.perf_counter()
                family = tree(process.pid)
                anonymous = max(anonymous, sum(memory(member, "smaps_rollup", "Pss_Anon") for member in family))
                resident = max(resident, *(memory(member, "status", "VmHWM") for member in family))
                time.sleep(max(_EVERY, (time.perf_counter() - started) * _SHARE))
        except BaseException:
            process.kill()
            process.wait()
            raise
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            raise CommandFailed(_last_words(errors.read(), process.returncode))
        return Watched(output.read(), anonymous or None, resident or None)


def tree(process: int) -> list[int]:
    """A process and all that descend from it, by their numbers; only itself if it is gone."""
    children: list[int] = []
    for listed in _PROC.glob(f"{process}/task/*/children"):
        try:
            children += map(int, listed.read_text().split())
        except OSError:
            continue  # the thread has ended since
    return [process, *(member for child in children for member in tree(child))]


def memory(process: int | str, file: str, name: str) -> int:
    """Bytes that /proc tells under a name for a process; 0 for one that is gone."""
    try:
        lines = (_PROC / str(process) / file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(f"{name}:")), 0)


def python(*arguments: str | Path) -> Command:
    return [sys.executable, *arguments]


def _last_words(errors: str, status: int) -> str:
    lines = [line for line in errors.splitlines() if line.strip()]
    return lines[-1] if lines else f"exit status {status}"
