"""Refuses each call that an index makes to its files, one after the other, and asks whether nothing is lost by it.

    python -m tests.faults.io_errors [--count N] [--seed S]      (make io-errors COUNT=2000)

A point is an action, the number of the call that fails, how it fails, and whether it fails once or from then on. After
each one the error must be the documented one, the old generation (or the new one, whole) must answer here and in
another process, the lock must be free, no descriptor left open, and the action must succeed when it is tried again,
after which no file is left over.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import newsearch
from newsearch.errors import NewsearchError, StorageFailed
from newsearch.index.storage import Storage

from .oracle import Violation, answers_of, left_over, texts
from .power_loss_disk import Shelf, State
from .power_loss_steps import Step, small_limits, steps
from .recording import Call, Counting, tapped
from .small_corpus import small_words

#: How a call of some kind fails; what is not here fails in each of `ANY`.
ANY = ("EIO",)
FAILURES = {
    "create": ("ENOSPC", "EMFILE", "EIO", "EDQUOT"),
    "open": ("EMFILE", "EIO", "EACCES"),
    "write": ("ENOSPC", "EIO", "short"),
    "sync": ("EIO", "ENOSPC"),
    "rename": ("ENOSPC", "EIO"),
    "remove": ("EIO", "EROFS"),
    "mkdir": ("ENOSPC", "EACCES"),
    "map": ("ENOMEM", "EMFILE"),
    "list": ("EMFILE", "EIO"),
    "lock": ("ENOLCK", "EIO"),
    "truncate": ("EIO",),
}


class Point(NamedTuple):
    """`number` is that of the call that fails, from 1; `lasting` if all that come after it fail too."""

    action: str
    number: int
    failure: str
    lasting: bool


@dataclass
class Refusal:
    """A tap that refuses one call, or all from one on."""

    number: int
    failure: str
    lasting: bool
    seen: int = 0
    refused: list[Call] = field(default_factory=list)
    full: bool = False

    def before(self, call: Call) -> int | None:
        self.seen += 1
        if self.full and call.kind == "write":
            self._refuse(call, "ENOSPC")
        if self.seen < self.number or (self.seen > self.number and not self.lasting):
            return None
        if self.failure == "short" and call.kind == "write" and len(call.data) > 1:
            self.refused.append(call)
            self.full = self.lasting
            return len(call.data) // 2
        self._refuse(call, "ENOSPC" if self.failure == "short" else self.failure)
        return None

    def after(self, call: Call) -> None:
        """Nothing is to be done."""

    def _refuse(self, call: Call, failure: str) -> None:
        self.refused.append(call)
        number = getattr(errno, failure)
        raise OSError(number, os.strerror(number))


@dataclass
class Action:
    """Something that is done to an index, the state it is done to, the answers before and after, and its calls."""

    step: Step
    state: State
    before: str
    after: str
    kinds: list[str]


@dataclass
class Campaign:
    shelf: Shelf
    actions: dict[str, Action]
    rng: random.Random
    outcomes: Counter[str] = field(default_factory=Counter)

    def points(self) -> list[Point]:
        """Every point there is, in an order by chance."""
        points = [
            Point(name, number, failure, lasting)
            for name, action in self.actions.items()
            for number, kind in enumerate(action.kinds, 1)
            for failure in FAILURES.get(kind, ANY)
            for lasting in (False, True)
        ]
        self.rng.shuffle(points)
        return points

    def run(self, points: list[Point], elsewhere: float = 0.02) -> Iterator[Violation]:
        """Tries the points; yields what must not be. In so many of all cases a new process is asked too. Says how
        far it is now and then."""
        for number, point in enumerate(points):
            if number and number % 500 == 0:
                print(f"{number:,} points: {dict(sorted(self.outcomes.items()))}", flush=True)
            try:
                self.try_point(point, self.rng.random() < elsewhere)
            except Violation as violation:
                kind = self.actions[point.action].kinds[point.number - 1]
                yield Violation(f"{point} ({kind}): {violation}")

    def try_point(self, point: Point, elsewhere: bool) -> None:
        """Raises Violation."""
        action = self.actions[point.action]
        folder = self.shelf.put(action.state)
        try:
            with no_descriptor_left(), _reading(folder):
                self._fail(action, folder, point)
                found = answers_of(folder)
                if found not in (action.before, action.after):
                    raise Violation("neither the old generation nor the new one answers")
                if elsewhere and answers_elsewhere(folder) != found:
                    raise Violation("another process is given other answers")
                _lock_is_free(folder)
            _again(action, folder)
        finally:
            shutil.rmtree(folder.parent)

    def _fail(self, action: Action, folder: Path, point: Point) -> None:
        tap = Refusal(point.number, point.failure, point.lasting)
        try:
            with tapped(folder, tap):
                action.step.run(folder)
        except StorageFailed as error:
            if not isinstance(error.__cause__, OSError) or "\n" in str(error) or not error.advice:
                raise Violation(f"not a clear line: {error!s}") from error
            self.outcomes["refused"] += 1
        except Exception as error:
            raise Violation(f"{type(error).__name__} instead of StorageFailed: {error}") from error
        else:
            if not tap.refused:
                raise Violation("the call that was to fail was not made")
            if any(call.kind == "sync" for call in tap.refused):
                raise Violation("acknowledged after a sync that failed")
            self.outcomes["done all the same"] += 1
            if answers_of(folder) != action.after:
                raise Violation("said to be done, and is not")


def _again(action: Action, folder: Path) -> None:
    """Tries the action again, as a person would. Raises Violation if it fails or leaves anything over."""
    try:
        action.step.run(folder)
    except NewsearchError as error:
        raise Violation(f"fails again: {error}") from error
    if answers_of(folder) != action.after:
        raise Violation("does something else the second time")
    left = left_over(folder)
    if left:
        raise Violation(f"left over: {left}")


@contextmanager
def no_descriptor_left() -> Iterator[None]:
    before = _descriptors()
    yield
    if _descriptors() - before:
        gc.collect()  # an index that nobody has any more may wait for it
    left = _descriptors() - before
    if left:
        raise Violation(f"descriptors left open: {sorted(left)}")


def _descriptors() -> set[str]:
    found = set()
    for entry in os.listdir("/proc/self/fd"):  # noqa: PTH208
        with suppress(FileNotFoundError):
            found.add(f"{entry} {os.readlink(f'/proc/self/fd/{entry}')}")  # noqa: PTH115
    return found


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Somebody who has the index open all the while is not disturbed."""
    try:
        index = newsearch.open(folder)
    except newsearch.NotAnIndex:
        yield
        return
    before = texts(index)
    yield
    if texts(index) != before or index.search("的", limit=100).total > len(before):
        raise Violation("an open index answers otherwise")


_ELSEWHERE = """
import sys
from pathlib import Path
from {package}.oracle import answers_of
print(answers_of(Path(sys.argv[1])))
"""


def answers_elsewhere(folder: Path) -> str:
    """The answers of an index, as a new process gives them."""
    code = _ELSEWHERE.format(package=__package__)
    path = os.pathsep.join(entry for entry in sys.path if entry)
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path})
    if done.returncode:
        raise Violation(f"another process cannot read it: {done.stderr}")
    return done.stdout.strip()


def _lock_is_free(folder: Path) -> None:
    if folder.exists():
        try:
            with Storage(folder).lock():
                pass
        except newsearch.IndexLocked as error:
            raise Violation("the lock is still held") from error


@contextmanager
def campaign(seed: int) -> Iterator[Campaign]:
    """Builds the index step by step and keeps the state before each."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=place) as name, small_limits():
        root = Path(name).resolve()
        with small_words(root), patch.object(os, "fsync", lambda _: None):
            actions = _actions(root / "index", root / "corpus")
            gc.collect()
            gc.freeze()  # so that collecting garbage does not take long
            yield Campaign(Shelf(root / "states"), actions, random.Random(seed))


def _actions(folder: Path, corpus: Path) -> dict[str, Action]:
    actions = {}
    for step in [*steps(corpus), Step("read", _read, dict)]:
        state = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else None
        before = answers_of(folder)
        counting = Counting()
        with tapped(folder, counting):
            step.run(folder)
        actions[step.name] = Action(step, state, before, answers_of(folder), counting.kinds)
    return actions


def _read(folder: Path) -> None:
    with newsearch.open(folder) as index:
        index.search("台风").to_mapping()
        index.stats()
        index.check(quick=True)
        index.refresh()


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=2_000, help="points to try; there are some 5,000")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    started = time.perf_counter()
    violations = 0
    with campaign(given.seed) as running:
        points = running.points()
        print(f"{len(running.actions)} actions, {len(points):,} points", flush=True)
        points = points[: given.count]
        for violation in running.run(points):
            violations += 1
            print(violation, file=sys.stderr)
        outcomes = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(running.outcomes.items()))
    seconds = time.perf_counter() - started
    print(f"{len(points):,} points tried: {outcomes}; {violations} violations, {seconds:.0f} s")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
