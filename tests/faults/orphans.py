"""Commits without end, some of which die half-way: nothing is left behind, and nothing drifts.

    PYTHONPATH=tests:. python -m faults.orphans [--commits N] [--crashes N] [--seed S]      (make orphans)

A crash is a child that ends, without a word, before or after any step of its storage, or with half a file written.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

import newsearch
from newsearch import Article
from newsearch.index.manifest import read_manifest
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, open_writer

from .kill_desk import WORDS, Contents, leftovers, require, require_like_fresh
from .small_corpus import small_words

#: The exit status of a child that died where it was told to.
DIED = 77
#: A commit has about so many places to die at.
PLACES = 60
_IDS = 80
_Result = TypeVar("_Result")

Change = Callable[[IndexWriter], object]


class DyingStorage(Storage):
    """Ends the process at one of its steps, counted from 1."""

    def __init__(self, folder: Path | str, step: int) -> None:
        super().__init__(folder)
        self.left = step

    def write(self, name: str, fill: Callable[[BinaryIO], _Result]) -> _Result:
        def half(file: BinaryIO) -> _Result:
            filled = fill(file)
            file.flush()
            if self.left == 1:
                file.truncate(file.tell() // 2)
            self._step()
            return filled

        return super().write(name, half)

    @contextmanager
    def _failing(self, action: str, absent_is_fine: bool = False) -> Iterator[None]:
        self._step()
        with super()._failing(action, absent_is_fine):
            yield
        self._step()

    def _step(self) -> None:
        self.left -= 1
        if not self.left:
            os._exit(DIED)


def commit_or_die(folder: Path, change: Change, step: int) -> bool:
    """Has a child make a change, commit it, and die at a step; whether it came so far. Raises Wrong."""
    child = os.fork()
    if not child:
        try:
            with open_writer(DyingStorage(folder, step)) as writer:
                change(writer)
                writer.commit()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    require(status in (0, DIED), "a child failed: see above", status)
    return status == DIED


def held(folder: Path) -> Contents:
    """What an index holds; it is whole. {} for a folder without one."""
    if read_manifest(Storage(folder)) is None:
        return {}
    with newsearch.open(folder) as index:
        require(index.check(quick=True) == [], "damage")
        return {article.id: (article.title, article.body) for article in index}


def random_change(chooser: random.Random, before: Contents) -> tuple[Change, Contents]:
    """Articles that come, change and go, or everything anew; and what the index holds then."""
    added = [_article(chooser) for _ in range(chooser.randint(0, 4))]
    deleted = chooser.sample(sorted(before), min(len(before), chooser.randint(0, 3)))
    anew = chooser.random() < 0.03
    after = {id: texts for id, texts in before.items() if id not in deleted}
    kept = [Article(id, *texts) for id, texts in after.items()] if anew else []
    after |= {article.id: (article.title, article.body) for article in added}

    def change(writer: IndexWriter) -> None:
        if anew:
            writer.start_over()
            for article in kept:
                writer.add(article)
        else:
            for id in deleted:
                writer.delete(id)
        for article in added:
            writer.add(article)

    return change, after


def commit_on(folder: Path, commits: int, crashes: int, seed: int) -> str:
    """Commits so often, and dies so often in between; then everything in the folder is of use. Raises Wrong."""
    chooser = random.Random(seed)
    dying = set(chooser.sample(range(1, commits), crashes))
    contents: Contents = {}
    begun, committed = time.monotonic(), 0
    for number in range(commits):
        while True:
            change, after = random_change(chooser, contents)
            if number not in dying:
                break
            died = commit_or_die(folder, change, chooser.randint(1, PLACES))
            now = held(folder)
            require(now == after or (died and now == contents), "old or new", number)
            committed += died and now == after != contents
            contents = now
            if died:
                break
        if number not in dying:
            with open_writer(Storage(folder)) as writer:
                change(writer)
                writer.commit()
            contents = after
    with open_writer(Storage(folder)) as writer:
        writer.commit()
    require(leftovers(Storage(folder)) == [], "left behind", leftovers(Storage(folder)))
    require(held(folder) == contents, "contents")
    with newsearch.open(folder) as index, tempfile.TemporaryDirectory() as fresh:
        require_like_fresh(index, Path(fresh) / "index")
    took = time.monotonic() - begun
    died = f"{crashes:,} of them died ({committed} of those too late to matter)"
    return f"{commits:,} commits in {took:.0f} s, {died}: {len(contents)} articles, no leftovers"


def _article(chooser: random.Random) -> Article:
    text = ["".join(chooser.choices(WORDS, k=chooser.randint(1, 9))) for _ in range(2)]
    return Article(f"a{chooser.randrange(_IDS)}", *text)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--commits", type=int, default=1000)
    options.add_argument("--crashes", type=int, default=100)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, small_words(Path(folder)):
        print(commit_on(Path(folder) / "index", given.commits, given.crashes, given.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
