"""Indexes made to harm, with checksums that fit: each is refused in one line, or answers something harmless.

    python -m tests.faults.hostile [--indexes N] [--seed N]

Numbers are changed to absurd ones, columns take other types and lengths, tries lead nowhere, frames say they are huge,
names lead out of the folder, JSON is deep; then lengths and checksums are made to fit again. Opening, asking
everything, checking and repairing happen in a process of its own that may have only so much memory. An exception that
is none of newsearch's, a crash, more than 2 seconds of work, or anything that a hook hears (code, modules, programs,
network, files elsewhere) is wrong.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import newsearch
from newsearch import ArticleNotFound, NewsearchError
from newsearch.index import agreement
from newsearch.terms.bulk_segment import BulkSegmenter
from tests.faults.bit_rot import Subject
from tests.faults.bit_rot_index import questions, small_measures
from tests.faults.hostile_mutations import MUTATIONS

#: Seconds of work and bytes of memory that an index may cost, whatever is in it.
LONGEST = 2.0
MEMORY = 512 << 20
FORBIDDEN = (
    "pickle.", "marshal.load", "exec", "compile", "code.__new__", "function.__new__", "import", "ctypes.", "os.system",
    "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "subprocess.", "socket.", "shutil.", "urllib.", "webbrowser.",
)  # fmt: skip


def everything(folder: Path) -> tuple[str, str]:
    """Opens, asks, checks and repairs an index: what became of it in a word, and what is wrong, "" for nothing."""
    outcome = "answers"
    try:
        with newsearch.open(folder) as index:
            refused = 0
            for question in questions(index):
                try:
                    repr(question())
                except ArticleNotFound:
                    pass  # an answer: it is not in the index
                except NewsearchError:
                    refused += 1
            outcome = "some questions refused" if refused else outcome
            try:
                list(index)
            except NewsearchError:
                outcome = "some questions refused"
    except NewsearchError:
        outcome = "refused"
    try:
        damage = bool(newsearch.check(folder))
    except NewsearchError:
        damage = True
    if outcome != "answers" and not damage:
        return outcome, "check finds nothing"
    try:
        report = newsearch.repair(folder)
        left = newsearch.check(folder)
        if left:
            return outcome, f"damaged after its repair: {left[0]}"
        return f"{outcome}; {'repaired' if report.damage else 'intact'}", ""
    except NewsearchError as error:
        return f"{outcome}; not repaired: {type(error).__name__}", ""


class Listener:
    """Hears of what must not happen."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.on = False
        self.heard: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        elsewhere = event == "open" and isinstance(arguments[0], str) and not arguments[0].startswith(self.folder)
        if event.startswith(FORBIDDEN) or elsewhere:
            self.heard.append(f"{event} {str(arguments[:1])[:120]}")


def child(seed: int, count: int) -> int:
    """Makes and asks so many hostile indexes; prints a summary as JSON. Exit status 1 if something is wrong."""
    rng = random.Random(seed)
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, base = 0.0, 0
    with tempfile.TemporaryDirectory() as folder, small_measures(), segmenters_kept():
        subject = Subject(Path(folder))
        BulkSegmenter().words("渔船")
        for mutation in MUTATIONS:  # so that all is imported that is ever needed
            mutation(subject, random.Random(5))
            _clean(subject)
        for name in ("segment", "dictionary", "deletions", "texts", "sources", "manifest"):
            damaged = subject.folder / next(mine for mine in subject.names if mine.startswith(name))
            damaged.write_bytes(damaged.read_bytes()[:-1])
            everything(subject.folder)
            _clean(subject)
        listener = Listener(subject.folder)
        base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.RLIM_INFINITY))
        for number in range(count):
            mutation = rng.choice(MUTATIONS)
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            what = mutation(subject, rng)
            resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.RLIM_INFINITY))
            print(ascii(f"{number} {mutation.__name__} {what}")[:200], file=sys.stderr, flush=True)
            faulthandler.dump_traceback_later(60, exit=True)
            listener.on = True
            started = time.process_time()
            try:
                outcome, fault = everything(subject.folder)
            except Exception:
                listener.on = False
                outcome, fault = "EXCEPTION", traceback.format_exc(limit=-4)
            seconds = time.process_time() - started
            listener.on = False
            faulthandler.cancel_dump_traceback_later()
            slowest = max(slowest, seconds)
            outcomes[f"{mutation.__name__}: {outcome}"] += 1
            if seconds > LONGEST:
                wrong.append(f"{what}: {seconds:.1f} s")
            if fault:
                wrong.append(f"{mutation.__name__} {what}: {fault}")
            if listener.heard:
                wrong.append(f"{what}: heard {listener.heard[:3]}")
                listener.heard.clear()
            _clean(subject)
    most = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10) - base
    print(json.dumps({"outcomes": outcomes, "wrong": wrong, "slowest": slowest, "memory": most}))
    return int(bool(wrong))


@contextmanager
def segmenters_kept() -> Iterator[None]:
    """Arrays are made once of each list of added words, not for each index: that was half the time."""

    @cache
    def kept(added: frozenset[tuple[str, int]]) -> BulkSegmenter:
        return BulkSegmenter(dict(added))

    with patch.object(agreement, "BulkSegmenter", lambda added: kept(frozenset(added.items()))):
        yield


def _clean(subject: Subject) -> None:
    for path in subject.folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        elif not path.is_file() or path.is_symlink():
            path.unlink()
    subject.heal()


def run(seed: int, count: int) -> tuple[dict[str, Any], list[str]]:
    """A child's summary and what is wrong; a child that dies of an index is asked no further."""
    command = [sys.executable, "-m", "tests.faults.hostile", "--child", "--indexes", str(count), "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    if done.returncode not in (0, 1) or not done.stdout:
        return {}, [f"seed {seed}: exit status {done.returncode} after {done.stderr[-1500:]}"]
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary, summary["wrong"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--indexes", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--child", action="store_true", help="make and ask them in this process")
    options = parser.parse_args()
    if options.child:
        return child(options.seed, options.indexes)
    print(f"seed {options.seed}", flush=True)
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, memory, share = 0.0, 0, 250
    for number in range(-(-options.indexes // share)):
        summary, mine = run(options.seed + number, min(share, options.indexes - number * share))
        outcomes.update(summary.get("outcomes", {}))
        slowest, memory = max(slowest, summary.get("slowest", 0)), max(memory, summary.get("memory", 0))
        wrong += mine
    for outcome, count in sorted(outcomes.items()):
        print(f"{outcome:<70} {count:>6,}")
    print(f"{sum(outcomes.values()):,} indexes, slowest {slowest:.2f} s of work, at most {memory >> 20} MB more")
    print(f"{len(wrong)} wrong", *wrong[:20], sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
