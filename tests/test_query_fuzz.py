"""A slice of the queries of `make fuzz-queries`, and the heaviest ones by name."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from query_fuzz import HEAVY, LONGEST, answer, queries, questions, small_index

import newsearch
from newsearch import QueryError
from newsearch.query import parse_query
from newsearch.terms.segment import DictionarySegmenter

QUERIES = 20_000
#: Seconds for answering as many of them as fit.
ANSWERING = 6.0


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[newsearch.Index]:
    with small_index(tmp_path_factory.mktemp("fuzz"), corpus) as index:
        yield index


def test_every_query_is_read_or_refused(segmenter: DictionarySegmenter) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    source = queries(random.Random(seed))
    outcomes: Counter[str] = Counter()
    for _ in range(QUERIES):
        text = next(source)
        started = time.process_time()
        try:
            parsed = parse_query(text, segmenter)
            assert str(parsed.part), repr(text)
            outcomes["read"] += 1
        except QueryError as error:
            assert 0 <= error.column <= len(text), repr(text)
            outcomes["refused"] += 1
        assert time.process_time() - started < LONGEST, repr(text)
    assert min(outcomes["read"], outcomes["refused"]) > QUERIES // 10


def test_every_query_is_answered_or_refused(index: newsearch.Index) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    source = queries(random.Random(seed))
    articles = [article.id for article in index]
    outcomes: Counter[str] = Counter()
    began = time.process_time()
    while (started := time.process_time()) - began < ANSWERING and outcomes.total() < QUERIES:
        text = next(source)
        try:
            answered = [answer(index, text, article) for article in questions(outcomes.total(), articles)]
            outcomes[answered[0]] += 1
        except Exception as error:
            raise AssertionError(repr(text)) from error
        assert time.process_time() - started < LONGEST, repr(text)
    print(dict(outcomes))
    assert min(outcomes["read"], outcomes["refused"]) > 20


@pytest.mark.parametrize("text", HEAVY.values(), ids=list(HEAVY))
def test_nothing_takes_long(text: str, index: newsearch.Index) -> None:
    started = time.process_time()
    answer(index, text)
    assert time.process_time() - started < LONGEST
    with suppress(QueryError):
        index.explain_query(text)
