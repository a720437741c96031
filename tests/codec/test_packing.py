"""Packed postings are the postings: one term at a time, and many at once."""

from __future__ import annotations

import random

import numpy as np
import pytest

from newsearch.codec.packing import (
    BITMAP,
    USUAL,
    layout,
    low_bits,
    pack_postings,
    unpack_codes,
    unpack_documents,
    unpack_many_documents,
    unpack_postings,
)


def assert_round_trip(lists: list[list[int]], codes: np.ndarray, documents: int) -> None:
    """Packs lists of documents and reads each by itself, all at once, and some in another order."""
    frequencies = np.array([len(docs) for docs in lists], np.int64)
    docs = np.array([doc for docs in lists for doc in docs], np.uint32)
    packed = pack_postings(frequencies, docs, codes, documents)
    assert (packed.data.dtype, len(packed.offsets)) == (np.uint8, len(lists) + 1)
    assert (packed.offsets[0], packed.offsets[-1]) == (0, len(packed.data))
    mine = np.split(codes, np.cumsum(frequencies)[:-1]) if lists else []
    for number, frequency in enumerate(frequencies.tolist()):
        data = packed.data[packed.offsets[number] : packed.offsets[number + 1]]
        one = unpack_documents(data, frequency, documents)
        assert one.dtype == np.uint32
        assert one.tolist() == lists[number]
        assert unpack_codes(data, frequency, documents).tolist() == mine[number].tolist()
        others = int(np.sum(~np.isin(mine[number], USUAL)))
        assert len(data) == layout(frequency, documents).codes + others
    begin = packed.offsets[:-1]
    all_docs, all_codes = unpack_postings(packed.data, begin, frequencies, documents)
    assert (all_docs.tolist(), all_codes.tolist()) == (docs.tolist(), codes.tolist())
    some = np.array(random.sample(range(len(lists)), len(lists) // 2), np.int64)
    found, found_codes = unpack_postings(packed.data, begin[some], frequencies[some], documents)
    assert found.tolist() == [doc for number in some for doc in lists[number]]
    assert found_codes.tolist() == [code for number in some for code in mine[number].tolist()]
    assert unpack_many_documents(packed.data, begin[some], frequencies[some], documents).tolist() == found.tolist()


def random_codes(rng: random.Random, count: int) -> np.ndarray:
    """Mostly the usual ones, or any."""
    share = rng.choice([0.0, 0.1, 1.0])
    codes = [rng.randrange(256) if rng.random() < share else rng.choice(USUAL.tolist()) for _ in range(count)]
    return np.array(codes, np.uint8)


def test_random_postings() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    random.seed(seed)
    classes = set()
    for _ in range(120):
        documents = rng.choice([1, 2, 7, 8, 9, 255, 256, 257, 1201, rng.randint(1, 5000), rng.randint(1, 70_000)])
        lists = []
        for _ in range(rng.randint(0, 30)):
            most = max(1, int(documents * rng.choice([0.0005, 0.005, 0.05, 0.3, 1])))
            frequency = rng.randint(1, min(most, 3000))
            lists.append(sorted(rng.sample(range(documents), frequency)))
            classes.add(low_bits(frequency, documents))
        assert_round_trip(lists, random_codes(rng, sum(map(len, lists))), documents)
    assert classes == {BITMAP, 4, 8, 16}


@pytest.mark.parametrize("documents", [1, 2, 5, 8, 64, 1200, 1201, 65_535, 65_536, 65_537, 70_000])
def test_the_ends_of_each_class(documents: int) -> None:
    """The first documents, the last ones and every so many, at each frequency where another scheme begins."""
    edges = {documents // share + more for share in (1, 5, 40, 1200) for more in (-1, 0, 1)} | {1}
    lists = []
    for frequency in sorted(edge for edge in edges if 1 <= edge <= documents):
        lists.append(list(range(frequency)))
        lists.append(list(range(documents - frequency, documents)))
        lists.append([documents * number // frequency for number in range(frequency)])
    codes = np.resize(np.arange(256, dtype=np.uint8), sum(map(len, lists)))
    assert_round_trip(lists, codes, documents)


@pytest.mark.parametrize(("documents", "frequency"), [(256, 256), (2560, 256), (25_600, 256), (70_000, 58)])
def test_all_codes(documents: int, frequency: int) -> None:
    docs = [documents * number // frequency for number in range(frequency)]
    for first in range(0, 256, frequency):
        codes = (np.arange(frequency) + first).astype(np.uint8)
        assert_round_trip([docs, docs[:1], docs], np.concatenate((codes, codes[:1], codes[::-1])), documents)


def test_the_usual_codes_take_two_bits() -> None:
    """Five postings of 100 documents: 20 bits of low parts, their high parts, 10 bits of codes."""
    packed = pack_postings(np.array([5]), np.array([3, 30, 50, 70, 99], np.uint32), USUAL[[0, 1, 2, 0, 1]], 100)
    assert len(packed.data) == layout(5, 100).codes == 3 + 2 + 2


def test_nothing() -> None:
    packed = pack_postings(np.zeros(0, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8), 10)
    assert (len(packed.data), packed.offsets.tolist()) == (0, [0])
    none = np.zeros(0, np.int64)
    assert [len(column) for column in unpack_postings(packed.data, none, none, 10)] == [0, 0]


@pytest.mark.parametrize("frequencies", [[0, 2], [2, 0], [1, 0, 1], [0]], ids=str)
def test_terms_without_postings(frequencies: list[int]) -> None:
    """As are left of words whose articles have all been deleted."""
    lists = [list(range(3, 3 + frequency)) for frequency in frequencies]
    assert_round_trip(lists, np.full(sum(frequencies), 0o123, np.uint8), 100)
