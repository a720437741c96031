"""A slice of the campaign of `tests.faults.hostile`, and single indexes that were made to harm."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import newsearch
from newsearch import IndexDamaged
from newsearch.codec.columns import ColumnFile
from tests.faults import hostile
from tests.faults.bit_rot import Subject
from tests.faults.bit_rot_index import small_measures
from tests.faults.hostile_mutations import change_manifest, column_file, put_columns


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Subject]:
    with small_measures():
        yield Subject(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def subject(one: Subject) -> Iterator[Subject]:
    yield one
    one.heal()


def test_hostile_indexes_do_no_harm() -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    summary, wrong = hostile.run(seed, 3)
    assert wrong == []
    assert sum(summary["outcomes"].values()) == 3
    assert summary["memory"] < hostile.MEMORY


def test_what_is_made_to_fit_is_read(subject: Subject) -> None:
    """The mutations are not refused for their checksums: the same content put back is the same index."""
    name, columns, facts = column_file(subject, random.Random(1), ("segment",))
    put_columns(subject, name, columns, facts)
    assert subject.asked() == subject.expected
    assert newsearch.check(subject.folder) == []


@pytest.mark.parametrize(
    ("column", "change", "why"),
    [
        ("doc.date", lambda values: values * 0 + 20249999, "a date that is none"),
        ("doc.id", lambda values: values * 0 + 255, "no term 255"),
        ("doc.file", lambda values: values[:-1], "elements, not"),
        (
            "word.frequencies",
            lambda values: np.full(len(values), 2**31, np.uint32),
            "more documents than|documents for term",
        ),
        ("word.offsets", lambda values: values[::-1].copy(), "no elements|postings that are none"),
        ("bigram.alphabet", lambda values: values[::-1].copy(), "alphabet is none"),
        ("stored.offsets", lambda values: values * 2, "cannot be unpacked"),
        ("word.trie", lambda values: values[:-40], "no list of"),
    ],
)
def test_numbers_that_lead_nowhere(subject: Subject, column: str, change: Callable[[Any], Any], why: str) -> None:
    name = next(name for name in subject.names if name.startswith("segment"))
    file = ColumnFile(subject.contents[name])
    columns = {mine: file.column(mine).copy() for mine in file.names()}
    columns[column] = change(columns[column])
    put_columns(subject, name, columns, dict(file.facts))
    with pytest.raises(IndexDamaged, match=why) as caught:
        subject.asked()
    assert caught.value.file == name
    assert newsearch.check(subject.folder)


def test_counts_and_dictionaries_that_cannot_be(subject: Subject) -> None:
    name = next(name for name in subject.names if name.startswith("segment"))
    file = ColumnFile(subject.contents[name])
    columns = {mine: file.column(mine).copy() for mine in file.names()}
    columns["word.frequencies"] = np.full(len(columns["word.frequencies"]), 2**64 - 1, np.uint64)
    put_columns(subject, name, columns, dict(file.facts))
    with newsearch.open(subject.folder) as index, pytest.raises(IndexDamaged, match="more documents than there are"):
        index.trends()
    subject.heal()
    name = next(name for name in subject.names if name.startswith("texts"))
    put_columns(subject, name, {"dictionary": np.zeros(0, np.uint8)}, {})
    assert [damage.file for damage in newsearch.check(subject.folder)] == [name]
    assert newsearch.repair(subject.folder).lost
    assert newsearch.check(subject.folder) == []


@pytest.mark.parametrize("path", ["../../../etc/passwd", "/etc/passwd", "segment-0000000002.columns.new"])
def test_names_that_lead_elsewhere(subject: Subject, path: str) -> None:
    def change(body: Any) -> None:
        body["segments"][0]["file"]["name"] = path

    change_manifest(subject, change)
    with pytest.raises(IndexDamaged, match="makes no sense: no name of a file"):
        newsearch.open(subject.folder)


def test_postings_that_texts_do_not_have_are_found_by_check(subject: Subject) -> None:
    name = next(name for name in subject.names if name.startswith("segment"))
    file = ColumnFile(subject.contents[name])
    for column in ("word.data", "bigram.data", "doc.sketch", "word.champions", "word.large", "doc.title_length"):
        columns = {mine: file.column(mine).copy() for mine in file.names()}
        values = columns[column]
        at = len(values) // 2
        values[at] = values[at] ^ 1 if values.dtype.kind == "u" else 20240101
        put_columns(subject, name, columns, dict(file.facts))
        assert newsearch.check(subject.folder, quick=True) == [], column
        assert {damage.file for damage in newsearch.check(subject.folder)} == {name}, column
        subject.heal()
    put_columns(subject, name, columns, dict(file.facts))
    assert newsearch.repair(subject.folder).lost == []
    assert newsearch.check(subject.folder) == []


def test_folders_of_the_campaign_are_elsewhere(tmp_path: Path) -> None:
    listener = hostile.Listener(tmp_path)
    listener.on = True
    (tmp_path / "inside").write_text("")
    assert not listener.heard
    Path(__file__).read_text("utf-8")
    listener.on = False
    assert any(event.startswith("open") for event in listener.heard)
