"""Cuts the power at every moment, and asks whether the index is what it was acknowledged to be.

    python -m tests.faults.power_loss [--count N] [--seed S]      (make power-loss COUNT=100000)

The calls that an index makes are recorded once; each state is made from the recording up to some call, as a disk may
keep it (see `power_loss_disk`). Some states are those after a second mishap: the power fails again while the index is
being mended, or a process was killed, the next one went on, and then the power failed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from .oracle import NOTHING, Violation, add_probe, answers_of
from .power_loss_disk import Disk, Shelf, State, key_of
from .power_loss_steps import Recorded, adding, record, record_processes, small_limits, steps
from .recording import Call
from .small_corpus import small_words

#: The answers of an index without articles are not known before one was made.
_CREATE = "create"


class Case(NamedTuple):
    """A state in which the disk was found, the answers the index may give then, and how it came about."""

    state: State
    allowed: frozenset[str]
    story: str


@dataclass
class Judge:
    """Looks at states; what was said of one is remembered."""

    shelf: Shelf
    known: dict[bytes, str | Violation] = field(default_factory=dict)
    read: dict[bytes, str] = field(default_factory=dict)

    def answers(self, state: State) -> str:
        """The answers of the index in this state, which another article can be added to. Raises Violation."""
        key = key_of(state)
        if key not in self.known:
            self.known[key] = self._look(state)
        verdict = self.known[key]
        if isinstance(verdict, Violation):
            raise verdict
        return verdict

    def judge(self, case: Case) -> None:
        """Raises Violation."""
        try:
            answers = self.answers(case.state)
        except Violation as violation:
            raise Violation(f"{case.story}: {violation}") from violation
        if answers not in case.allowed:
            raise Violation(f"{case.story}: neither the last acknowledged generation nor the next")

    def _look(self, state: State) -> str | Violation:
        folder = self.shelf.put(state)
        named = key_of(_named(state))
        try:
            if named not in self.read:
                self.read[named] = answers_of(folder)
            add_probe(folder)
        except Violation as violation:
            return violation
        finally:
            shutil.rmtree(folder.parent)
        return self.read[named]


def _named(state: State) -> State:
    """The newest manifest in a folder and the files that it names, on which alone the answers depend."""
    newest = max((name for name in state or () if name.endswith(".json") and "manifest" in name), default="")
    listing = state[newest] if state and newest else b""
    return {name: content for name, content in (state or {}).items() if name == newest or name.encode() in listing}


@dataclass
class Campaign:
    """`left_out` are calls that are treated as if the index did not make them."""

    shelf: Shelf
    recorded: list[Recorded]
    rng: random.Random
    judge: Judge
    left_out: Callable[[Call], bool] = lambda _: False

    def __post_init__(self) -> None:
        self.empty = next(each.after for each in self.recorded if each.step.name == _CREATE)

    def cases(self) -> Iterator[Case]:
        """States without end: every prefix of the recording, again and again, and second mishaps between."""
        while True:
            yield from self._one_mishap()

    def _one_mishap(self) -> Iterator[Case]:
        disk = Disk()
        for recorded in self.recorded:
            for place, allowed in self._moments(recorded, disk, frozenset((recorded.before,))):
                story = f"{recorded.step.name}, power lost after call {place}"
                yield Case(disk.after_power_loss(self.rng), allowed, story)
                named = recorded.calls[place - 1 : place] and recorded.calls[place - 1].kind == "rename"
                if self.rng.random() < (0.3 if named else 0.02):
                    yield from self._two_mishaps(disk, recorded, allowed, place)

    def _two_mishaps(self, disk: Disk, recorded: Recorded, allowed: frozenset[str], place: int) -> Iterator[Case]:
        """What the disk may hold if the next process, which repeats the step or takes another, is cut short too."""
        if self.rng.random() < 0.5:
            story = "power lost"
            state = disk.after_power_loss(self.rng)
            disk, allowed = Disk.of(state), frozenset((self.judge.answers(state),))
        else:
            story = "killed"
            disk, state = disk.copy(), disk.visible()
        folder = self.shelf.put(state)
        step = self.rng.choice((recorded.step, recorded.step, adding("add another", [(9, 0)])))
        story = f"{recorded.step.name}, {story} after call {place}; then {step.name}"
        (again,) = record(folder, [step])
        shutil.rmtree(folder.parent)
        for second, now in self._moments(again, disk, allowed | {again.before}):
            for _ in range(4):
                yield Case(disk.after_power_loss(self.rng), now, f"{story}, power lost after call {second}")

    def _moments(self, recorded: Recorded, disk: Disk, before: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
        """Makes the calls of a step one after the other; yields how many were made and what the index may answer."""
        between = before | {recorded.after} | ({self.empty} if recorded.before == NOTHING else set())
        yield 0, before
        for place, call in enumerate(recorded.calls, 1):
            if not self.left_out(call):
                disk.apply(call)
            yield place, between
        if recorded.calls:  # who only reads acknowledges nothing
            yield len(recorded.calls), frozenset((recorded.after,))

    def run(self, count: int) -> Iterator[Violation]:
        """Judges so many states; yields what must not be. Says how far it is now and then."""
        cases = self.cases()
        for number in range(count):
            if number and number % 10_000 == 0:
                print(f"{number:,} states, {len(self.judge.known):,} different ones", flush=True)
            try:
                self.judge.judge(next(cases))
            except Violation as violation:
                yield violation


@contextmanager
def campaign(seed: int) -> Iterator[Campaign]:
    """Records the steps in a folder for passing use, and does no real sync: nothing here is to last."""
    with tempfile.TemporaryDirectory(dir=_fast_folder()) as name, small_limits():
        place = Path(name).resolve()
        with small_words(place), patch.object(os, "fsync", lambda _: None):
            folder = place / "new" / "folder" / "index"
            recorded = record(folder, steps(place / "corpus"))
            recorded.append(record_processes(folder, place / "calls"))
            shelf = Shelf(place / "states")
            yield Campaign(shelf, recorded, random.Random(seed), Judge(shelf))


def _fast_folder() -> str | None:
    """Where files lie in memory, if there is such a place."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    started = time.perf_counter()
    violations = 0
    with campaign(given.seed) as running:
        calls = sum(len(each.calls) for each in running.recorded)
        print(f"{len(running.recorded)} steps, {calls} calls recorded", flush=True)
        for violation in running.run(given.count):
            violations += 1
            print(violation, file=sys.stderr)
        distinct = len(running.judge.known)
    seconds = time.perf_counter() - started
    print(f"{given.count:,} states, {distinct:,} different ones, {violations} violations, {seconds:.0f} s")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
