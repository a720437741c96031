"""A slice of the commits of `make orphans`, and every place at which one commit can die."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsearch import Article
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, open_writer

from .kill_desk import leftovers
from .orphans import PLACES, commit_on, commit_or_die, held
from .small_corpus import small_words


@pytest.fixture(autouse=True)
def few_words(tmp_path: Path) -> Iterator[None]:
    with small_words(tmp_path):
        yield


def test_nothing_is_left_behind_and_nothing_drifts(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    print(commit_on(tmp_path / "index", 60, 20, seed))


def test_dying_at_every_place(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with open_writer(Storage(folder)) as writer:
        for number in range(4):
            writer.add(Article(f"a{number}", "台风"))
            writer.commit()
    before = held(folder)

    def change(writer: IndexWriter) -> None:
        writer.add(Article("a9", "渔船"))
        writer.delete("a1")

    step, outcomes = 0, []
    while not outcomes or outcomes[-1] == before:
        step += 1
        assert commit_or_die(folder, change, step)
        outcomes.append(held(folder))
    assert outcomes[-1] == {"a0": ("台风", ""), "a2": ("台风", ""), "a3": ("台风", ""), "a9": ("渔船", "")}
    assert 20 < step < PLACES
    with open_writer(Storage(folder)) as writer:  # which has nothing to say, and yet clears up
        writer.commit()
    assert leftovers(Storage(folder)) == []
