"""Segments that Whoosh itself writes with our codec, and what the codec's parts do that a search does not show."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import fields, formats
from whoosh import query as nodes
from whoosh.codec.base import Codec
from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
from whoosh.index import FileIndex
from whoosh.matching import ReadTooFar
from whoosh.scoring import WeightScorer
from whoosh.searching import Searcher

import newsearch
from newsearch.codec.whoosh_codec.codec import ColumnCodec
from newsearch.codec.whoosh_codec.fields import Found, own_layout
from newsearch.codec.whoosh_codec.readers import ColumnMatcher
from newsearch.errors import IndexDamaged
from newsearch.index.reader import open_reader
from newsearch.index.whoosh_reader import LAYOUT, whoosh_reader
from newsearch.schema import whoosh_schema

SCHEMA = fields.Schema(
    id=fields.ID(unique=True, stored=True),
    words=fields.TEXT(phrase=False, stored=True),
    tags=fields.KEYWORD(commas=True),
    number=fields.NUMERIC(sortable=True, stored=True),
    tiny=fields.NUMERIC(bits=8, signed=False, shift_step=0),
    day=fields.DATETIME(sortable=True),
    note=fields.STORED(),
)
WORDS = ("alfa", "bravo", "charlie", "台风", "渔船", "𠮷野")
QUERIES = [
    nodes.Every(),
    nodes.Term("words", "alfa"),
    nodes.And([nodes.Term("words", "台风"), nodes.Not(nodes.Term("tags", "red"))]),
    nodes.Or([nodes.Term("words", "𠮷野"), nodes.NumericRange("number", -50, 200), nodes.Prefix("words", "b")]),
    nodes.NumericRange("number", None, -1),
    nodes.NumericRange("tiny", 3, 9),
    nodes.DateRange("day", datetime(2024, 1, 5), datetime(2024, 2, 1)),
    nodes.Wildcard("words", "*r*"),
    nodes.FuzzyTerm("words", "brava"),
    nodes.TermRange("words", "alfa", "charlie"),
    nodes.Term("id", "7"),
    nodes.Term("words", "delta"),
    nodes.NullQuery,
]


def random_fields(rng: random.Random, number: int) -> dict[str, Any]:
    every = {
        "id": str(number),
        "words": " ".join(rng.choices(WORDS, k=rng.choice((1, 5, 30, 400)))),
        "tags": ",".join(rng.choices(("red", "green"), k=2)),
        "number": rng.randint(-(1 << 31), (1 << 31) - 1) if rng.random() < 0.3 else rng.randint(-100, 1000),
        "tiny": rng.randrange(12),
        "day": datetime(2024, 1, 1) + timedelta(hours=rng.randrange(1000)),
        "note": "只存不查",
    }
    return {name: value for name, value in every.items() if name in ("id", "words") or rng.random() < 0.8}


@pytest.fixture(params=["file", "ram"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return FileStorage(str(tmp_path)) if request.param == "file" else RamStorage()


def written(storage: Storage, batches: list[list[dict[str, Any]]], codec: Codec | None = None) -> FileIndex:
    """An index of Whoosh's with a segment for each batch; one document in five is deleted."""
    index = storage.create_index(SCHEMA)
    for batch in batches:
        writer = index.writer(codec=codec)
        for document in batch:
            writer.add_document(**document)
        writer.commit(merge=False)
    writer = index.writer(codec=codec)
    for document in range(0, sum(map(len, batches)), 5):
        writer.delete_document(document)
    writer.commit(merge=False)
    return index


def answers(index: FileIndex) -> list[list[tuple[str, float]]]:
    """Ids and scores for each query, best first."""
    with index.searcher() as searcher:
        return [[(hit["id"], hit.score) for hit in searcher.search(query, limit=None)] for query in QUERIES]


def test_whoosh_writes_columns_and_finds_what_its_own_codec_finds(storage: Storage, rng: random.Random) -> None:
    batches = [[random_fields(rng, 100 * batch + number) for number in range(30)] for batch in range(3)]
    ours, stock = written(storage, batches, ColumnCodec(SCHEMA)), written(RamStorage(), batches)
    assert sum(name.endswith(".columns") for name in storage.list()) == 3
    assert answers(ours) == answers(stock)
    with ours.searcher() as searcher, stock.searcher() as stock_searcher:
        assert list(searcher.reader().all_stored_fields()) == list(stock_searcher.reader().all_stored_fields())
        for name in ("number", "day"):
            newest = [
                [hit["id"] for hit in s.search(nodes.Every(name), sortedby=name)] for s in (searcher, stock_searcher)
            ]
            assert newest[0] == newest[1]
            assert newest[0]


def test_whoosh_merges_columns(storage: Storage, rng: random.Random) -> None:
    """As it merges segments of its own: it adds up rounded lengths, so scores may differ from those of an index
    written at once."""
    batches = [[random_fields(rng, 100 * batch + number) for number in range(10)] for batch in range(3)]
    indexes = [written(storage, batches, ColumnCodec(SCHEMA)), written(RamStorage(), batches)]
    for index, codec in zip(indexes, (ColumnCodec(SCHEMA), None), strict=True):
        writer = index.writer(codec=codec)
        writer.update_document(id="7", words="alfa alfa")
        writer.commit(optimize=True)
        assert (len(index._segments()), index.doc_count(), index.reader().has_deletions()) == (1, 24, False)
    assert answers(indexes[0]) == answers(indexes[1])


def test_a_cancelled_writer_leaves_the_index_as_it_was(storage: Storage, rng: random.Random) -> None:
    index = written(storage, [[random_fields(rng, 0), random_fields(rng, 1)]], ColumnCodec(SCHEMA))
    writer = index.writer(codec=ColumnCodec(SCHEMA))
    writer.add_document(id="2", words="alfa")
    writer.cancel()
    assert index.doc_count() == 1


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (fields.TEXT(), "alfa", "no positions"),
        (
            fields.FieldType(formats.Frequency(field_boost=1.5), fields.TEXT().analyzer),
            "alfa",
            "not boosts such as 1.5",
        ),
        (fields.NUMERIC(float), 1.5, "whole numbers"),
        (fields.NUMERIC(), [1, 2], "one number"),
        (fields.ID(sortable=True), "alfa", "numbers only"),
        (fields.TEXT(phrase=False, vector=True), "alfa", "no vectors"),
    ],
    ids=["positions", "boosts", "floats", "several numbers", "text column", "vectors"],
)
def test_what_columns_cannot_hold_is_refused(field: fields.FieldType, value: Any, message: str) -> None:
    schema = fields.Schema(field=field)
    index = RamStorage().create_index(schema)
    with pytest.raises((TypeError, ValueError), match=f"field field: .*{message}"):
        writer = index.writer(codec=ColumnCodec(schema))
        writer.add_document(field=value)
        writer.commit()


def test_a_shared_layout_is_for_reading() -> None:
    schema = whoosh_schema()
    index = RamStorage().create_index(schema)
    writer = index.writer(codec=ColumnCodec(schema, LAYOUT))
    writer.add_document(title=["台风"])
    with pytest.raises(TypeError, match="reading only"):
        writer.commit()


def test_fields_without_terms_have_no_place() -> None:
    assert set(own_layout(SCHEMA)) == set(SCHEMA.names()) - {"note"}


def test_damage_is_named(rng: random.Random, tmp_path: Path) -> None:
    index = written(
        FileStorage(str(tmp_path)), [[random_fields(rng, number) for number in range(9)]], ColumnCodec(SCHEMA)
    )
    (file,) = tmp_path.glob("*.columns")
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)
    with pytest.raises(IndexDamaged, match=file.name):
        answers(index)


def test_an_index_of_nothing(tmp_path: Path) -> None:
    newsearch.open(tmp_path, create=True)
    reader = open_reader(newsearch.index.storage.Storage(tmp_path))
    assert reader is not None
    with Searcher(whoosh_reader(reader)) as searcher:
        assert [len(searcher.search(query)) for query in (nodes.Every(), nodes.Term("text", "台风"))] == [0, 0]


# A matcher by itself


@pytest.fixture
def matcher() -> ColumnMatcher:
    found = Found(np.array([2, 3, 50, 90], np.uint32), np.array([1, 4, 1, 2]))
    return ColumnMatcher(("words", b"alfa"), found, (3, 12), formats.Frequency(), WeightScorer(4.0))


def rest(matcher: ColumnMatcher) -> list[tuple[int, float]]:
    postings = []
    while matcher.is_active():
        postings.append((matcher.id(), matcher.weight()))
        matcher.next()
    return postings


def test_a_matcher_walks_its_postings(matcher: ColumnMatcher) -> None:
    assert matcher.term() == ("words", b"alfa")
    assert rest(matcher) == [(2, 1.0), (3, 4.0), (50, 1.0), (90, 2.0)]
    matcher.reset()
    assert [matcher.next() for _ in range(4)] == [False, False, False, True]


@pytest.mark.parametrize(("target", "at"), [(0, 2), (2, 2), (4, 50), (50, 50), (90, 90), (91, None)])
def test_a_matcher_skips(matcher: ColumnMatcher, target: int, at: int | None) -> None:
    matcher.skip_to(target)
    assert (matcher.id() if matcher.is_active() else None) == at


def test_a_matcher_never_goes_back(matcher: ColumnMatcher) -> None:
    matcher.skip_to(50)
    matcher.skip_to(3)
    assert matcher.id() == 50


def test_a_copy_goes_its_own_way(matcher: ColumnMatcher) -> None:
    matcher.next()
    copy = matcher.copy()
    assert rest(matcher)[0] == (3, 4.0)
    assert rest(copy)[0] == (3, 4.0)


@pytest.mark.parametrize("step", [lambda m: m.next(), lambda m: m.skip_to(99)], ids=["next", "skip_to"])
def test_a_matcher_that_has_ended_says_so(matcher: ColumnMatcher, step: Callable[[ColumnMatcher], None]) -> None:
    rest(matcher)
    with pytest.raises(ReadTooFar):
        step(matcher)


def test_a_matcher_is_one_block(matcher: ColumnMatcher) -> None:
    assert (matcher.block_min_length(), matcher.block_max_length(), matcher.block_max_weight()) == (3, 12, 4.0)
    assert (matcher.skip_to_quality(3.9), matcher.id()) == (0, 2)
    assert (matcher.skip_to_quality(4.0), matcher.is_active()) == (1, False)
    assert matcher.skip_to_quality(9.0) == 0
