"""Keeps an index current: what is written under some paths is indexed as soon as it has been quiet for a moment.

The operating system tells which files were touched (watchfiles); only these are looked at. What changes while an index
run goes on is taken with the next one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

from watchfiles import Change, watch

from newsearch.build import index_files
from newsearch.corpus import SETTINGS_NAME, find_files
from newsearch.errors import NewsearchError, NothingToRead, PathNotFound
from newsearch.index.storage import Storage
from newsearch.report import Report

# Milliseconds for which the system is asked at a time, and within which it puts changes together.
_TICK = 100
# Seconds without a change after which a file counts as written; what never rests is read all the same after so many.
_QUIET = 0.5
_RESTLESS = 30.0
# From so many changes on, everything is looked at: the system may have dropped some.
_MANY = 2_000
# Seconds to wait after a run that failed, the longest of them.
_PATIENCE = 60.0


def keep_current(
    storage: Storage,
    paths: Iterable[Path | str],
    *,
    tell: Callable[[Report | NewsearchError], None],
    stop: Event,
    **options: Any,
) -> None:
    """Indexes what is under `paths` now, and then whatever changes there, until `stop` is set.

    `tell` is called with the report of each run, and with the error of one that failed (the disk is full, somebody else
    is writing); that one is tried again. `options` are those of `index_files`. Raises PathNotFound, and what
    `index_files` raises for the first run.
    """
    roots = list(paths)
    find_files(roots)  # raises if one is not there
    changes = _changes([Path(root).resolve() for root in roots], storage.folder.resolve(), stop)
    next(changes, None)  # from here on, nothing that changes is missed
    try:
        tell(index_files(storage, roots, **options))
    except NothingToRead as error:
        tell(error)  # yet
    waiting = Waiting()
    failures, again = 0, 0.0
    for touched in changes:
        now = time.monotonic()
        waiting.note(touched, now)
        ready = waiting.ready(now) if now >= again else set()
        if not ready:
            continue
        try:
            # Settings change how everything is read.
            is_all = len(ready) > _MANY or any(path.name == SETTINGS_NAME for path in ready)
            only = None if is_all else ready
            report = index_files(storage, roots, **options, only=only)
        except PathNotFound:
            raise
        except NewsearchError as error:
            tell(error)
            failures += 1
            again = time.monotonic() + min(_PATIENCE, 2.0**failures)
            waiting.note(ready, now - _QUIET)
        else:
            failures = 0
            if report.changed or report.files_read:
                tell(report)


class Waiting:
    """Files that were touched, each until it has been quiet for a moment."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[float, float]] = {}

    def note(self, paths: Iterable[Path], now: float) -> None:
        """Records that files were touched; times are of one clock, in seconds."""
        for path in paths:
            first, _ = self._files.get(path, (now, now))
            self._files[path] = first, now

    def ready(self, now: float) -> set[Path]:
        """Takes out the files that seem to be written."""
        ready = {
            path for path, (first, last) in self._files.items() if now - last >= _QUIET or now - first >= _RESTLESS
        }
        for path in ready:
            del self._files[path]
        return ready


def _changes(roots: list[Path], without: Path, stop: Event) -> Iterator[set[Path]]:
    """The paths that were touched, every tick, an empty set if none was, until `stop` is set."""

    def outside_index(_: Change, path: str) -> bool:
        return not Path(path).is_relative_to(without)

    for changes in watch(
        *roots,
        watch_filter=outside_index,
        debounce=_TICK,
        step=_TICK // 2,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=True,
    ):
        yield {Path(path) for _, path in changes}
