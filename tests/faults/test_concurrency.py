"""A slice of `make concurrency`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from .concurrency import (
    creators_against_each_other,
    hold_on,
    readers_against_a_writer,
    threads_share_an_index,
    writers_against_each_other,
)
from .small_corpus import small_words


@pytest.fixture(autouse=True)
def few_words(tmp_path: Path) -> Iterator[None]:
    with small_words(tmp_path):
        yield


@pytest.fixture
def seed() -> int:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    return seed


def test_readers_see_whole_generations_in_order(tmp_path: Path, seed: int) -> None:
    print(readers_against_a_writer(tmp_path / "index", 600, seed))


def test_one_of_several_writers_wins_and_the_others_know_who(tmp_path: Path) -> None:
    print(writers_against_each_other(tmp_path / "index", 30, writers=3))


def test_several_processes_that_make_one_index(tmp_path: Path) -> None:
    print(creators_against_each_other(tmp_path / "indexes", 10))


def test_a_reader_held_through_merges_and_a_rebuild(tmp_path: Path, seed: int) -> None:
    print(hold_on(tmp_path / "index", 3, seed))


def test_threads_that_share_an_index(tmp_path: Path, seed: int) -> None:
    print(threads_share_an_index(tmp_path / "index", 2.5, seed))
