"""Whole commands from a shell, process and imports included: one search, and ten new articles."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from .articles import ROOT, SEED, Row, recombined
from .engines import LISTED, load
from .processes import Command, CommandFailed, python, run_command
from .queries import Query

#: Queries asked, and additions made, one after the other.
SEARCHES, ADDITIONS = 10, 5
_TEN = 10
_OWN_SCRIPT = Path(sys.executable).with_name("newsearch")
# What the script does that pip installs, for where it is not installed.
_OWN_COMMAND: Command = (
    [_OWN_SCRIPT] if _OWN_SCRIPT.exists() else python("-c", "from newsearch.cli import main; main()")
)
_TANTIVY_SCRIPT = ROOT / "tests" / "bench" / "tantivy_shell.py"
# Exit status of a search: found, and nothing found.
_ANSWERED = (0, 1)


class Shell(NamedTuple):
    """An engine's commands, and what its segment files are called."""

    search: Callable[[Path, str], Command]
    add: Callable[[Path, Path], Command]
    segments: str


SHELLS = {
    "newsearch": Shell(
        lambda folder, query: [*_OWN_COMMAND, "--index", folder, "search", query],
        lambda folder, path: [*_OWN_COMMAND, "--index", folder, "index", path],
        "segment-*",
    ),
    "tantivy": Shell(
        lambda folder, query: python(_TANTIVY_SCRIPT, "search", folder, query),
        lambda folder, path: python(_TANTIVY_SCRIPT, "add", folder, path),
        "[0-9a-f]" * 32 + ".*",
    ),
}


def time_searches(folders: Mapping[str, Path], queries: Sequence[Query]) -> dict[str, dict[str, float]]:
    """Engine → the best and the median time of a search; the engines take turns with each of the first queries."""
    times: dict[str, list[float]] = {name: [] for name in folders}
    for query in queries[:SEARCHES]:
        for name, folder in folders.items():
            times[name].append(run_command(SHELLS[name].search(folder, query.text), _ANSWERED).seconds * 1000)
    return {
        name: {"shell_best_ms": min(taken), "shell_median_ms": statistics.median(taken)}
        for name, taken in times.items()
    }


def time_additions(name: str, folder: Path, real: Sequence[Row]) -> dict[str, Any]:
    """The median and longest time until ten new articles are in an index, several times over.

    `add_kept` is the share of the segment files there before that the first addition left as they were. Raises
    CommandFailed if a command fails or not all that was added is found.
    """
    new = recombined(real, SEED + 1)
    files_before = segment_files(name, folder)
    times, kept = [], 1.0
    for number in range(ADDITIONS):
        path = folder.with_name(f"ten-{number}.jsonl")
        mark = f"benchmark{number}"
        path.write_text("".join(_line(row, mark, place) for place, row in enumerate(islice(new, _TEN))), "utf-8")
        times.append(run_command(SHELLS[name].add(folder, path)).seconds * 1000)
        found = {hit for hit in load(name).open(folder).ids(Query("all", mark)) if hit.startswith(mark)}
        if len(found) < _TEN:
            raise CommandFailed(f"{LISTED[name].label} finds {len(found)} of {_TEN} articles just added")
        if number == 0:
            after = segment_files(name, folder).items()
            kept = len(files_before.items() & after) / len(files_before)
    return {
        "add_median_ms": statistics.median(times),
        "add_longest_ms": max(times),
        "add_kept": kept,
    }


def segment_files(name: str, folder: Path) -> dict[str, tuple[int, int]]:
    """Name → size in bytes and time of change in nanoseconds."""
    statuses = ((path.name, path.stat()) for path in folder.glob(SHELLS[name].segments))
    return {name: (status.st_size, status.st_mtime_ns) for name, status in statuses}


def _line(row: Row, mark: str, place: int) -> str:
    return json.dumps(row | {"id": f"{mark}-{place}", "title": f"{row['title']} {mark}"}, ensure_ascii=False) + "\n"
