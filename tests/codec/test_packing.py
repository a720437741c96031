"""Packed postings are the postings: one term at a time, many at once, and read bit by bit as FORMAT.md says."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from newsearch.codec.packing import (
    USUAL,
    low_bits,
    pack_postings,
    ranges,
    ranks,
    unpack_codes,
    unpack_documents,
    unpack_many_codes,
    unpack_many_documents,
    unpack_some_codes,
)


def width(frequency: int, documents: int) -> int:
    """The low bits by the grammar: the first width that documents are not too sparse for."""
    return next((bits for bits, most in ((0, 5), (4, 64), (8, 2048)) if documents <= most * frequency), 16)


def numbers(data: bytes, bits: int, count: int) -> list[int]:
    """Numbers of some bits each, from the lowest bit on."""
    whole = int.from_bytes(data, "little")
    return [whole >> bits * place & (1 << bits) - 1 for place in range(count)]


def by_the_grammar(data: bytes, frequency: int, documents: int, with_codes: bool) -> tuple[list[int], list[int]]:
    """Documents and codes of a term's postings; every byte must be accounted for."""
    bits = width(frequency, documents)
    planes = {0: [], 4: [4], 8: [8], 16: [8, 8]}[bits]
    low = [0] * frequency
    for shift, plane in zip((0, 8), planes, strict=False):
        size = -(-frequency * plane // 8)
        low = [so_far | more << shift for so_far, more in zip(low, numbers(data[:size], plane, frequency), strict=True)]
        data = data[size:]
    size = (frequency + (documents >> bits) + 8) // 8 if bits else -(-documents // 8)
    vector = int.from_bytes(data[:size], "little")
    ones = [place for place in range(8 * size) if vector >> place & 1]
    docs = [(one - rank << bits | low[rank]) if bits else one for rank, one in enumerate(ones)]
    data = data[size:]
    if not with_codes:
        assert not data
        return docs, []
    size = -(-frequency // 4)
    short, others = numbers(data[:size], 2, frequency), list(data[size:])
    assert len(others) == short.count(3)
    return docs, [others.pop(0) if code == 3 else (0o001, 0o010, 0o002)[code] for code in short]


def assert_round_trip(rng: random.Random, lists: list[list[int]], codes: np.ndarray | None, documents: int) -> None:
    """Packs lists of documents and reads each by itself, by the grammar, all at once, and some in another order."""
    frequencies = np.array([len(docs) for docs in lists], np.int64)
    docs = np.array([doc for docs in lists for doc in docs], np.uint32)
    packed = pack_postings(frequencies, docs, codes, documents)
    assert (packed.data.dtype, len(packed.offsets)) == (np.uint8, len(lists) + 1)
    assert (packed.offsets[0], packed.offsets[-1]) == (0, len(packed.data))
    mine = np.split(codes, np.cumsum(frequencies)[:-1]) if lists and codes is not None else []
    for number, frequency in enumerate(frequencies.tolist()):
        data = packed.data[packed.offsets[number] : packed.offsets[number + 1]]
        one = unpack_documents(data, frequency, documents)
        assert one.dtype == np.uint32
        assert one.tolist() == lists[number]
        read = by_the_grammar(data.tobytes(), frequency, documents, codes is not None)
        assert read == (lists[number], mine[number].tolist() if codes is not None else [])
        if codes is not None:
            found = unpack_codes(data, frequency, documents)
            assert (found.tolist(), found.dtype) == (mine[number].tolist(), np.uint8)
            places = np.array(sorted(rng.sample(range(frequency), rng.randint(0, frequency))), np.int64)
            for some in (places, places[::-1], np.arange(frequency)):
                assert unpack_some_codes(data, frequency, documents, some).tolist() == found[some].tolist()
    some = np.array(rng.sample(range(len(lists)), len(lists) // 2), np.int64)
    for chosen in (np.arange(len(lists)), some):
        begin, counts = packed.offsets[chosen], frequencies[chosen]
        many = unpack_many_documents(packed.data, begin, counts, documents)
        assert (many.tolist(), many.dtype) == ([doc for number in chosen for doc in lists[number]], np.uint32)
        if codes is not None:
            many_codes = unpack_many_codes(packed.data, begin, counts, documents)
            assert many_codes.tolist() == [code for number in chosen for code in mine[number].tolist()]


def random_codes(rng: random.Random, count: int) -> np.ndarray:
    """Mostly the usual ones, or any."""
    share = rng.choice([0.0, 0.1, 1.0])
    codes = [rng.randrange(256) if rng.random() < share else rng.choice(USUAL.tolist()) for _ in range(count)]
    return np.array(codes, np.uint8)


def test_random_postings(rng: random.Random) -> None:
    widths = set()
    for _ in range(120):
        documents = rng.choice([1, 2, 7, 8, 9, 255, 256, 257, 2049, rng.randint(1, 5000), rng.randint(1, 70_000)])
        lists = []
        for _ in range(rng.randint(0, 30)):
            most = max(1, int(documents * rng.choice([0.0004, 0.005, 0.05, 0.3, 1])))
            frequency = rng.randint(1, min(most, 2000))
            lists.append(sorted(rng.sample(range(documents), frequency)))
            widths.add(low_bits(frequency, documents))
        codes = random_codes(rng, sum(map(len, lists))) if rng.random() < 0.7 else None
        assert_round_trip(rng, lists, codes, documents)
    assert widths == {0, 4, 8, 16}


@pytest.mark.parametrize("documents", [1, 2, 5, 8, 64, 65, 2047, 2048, 2049, 65_535, 65_536, 65_537, 70_000])
def test_the_ends_of_each_width(documents: int, rng: random.Random) -> None:
    """The first documents, the last ones and every so many, at each frequency where another width begins."""
    edges = {documents // share + more for share in (1, 5, 64, 2048) for more in (-1, 0, 1)} | {1}
    lists = []
    for frequency in sorted(edge for edge in edges if 1 <= edge <= min(documents, 20_000)):
        lists.append(list(range(frequency)))
        lists.append(list(range(documents - frequency, documents)))
        lists.append([documents * number // frequency for number in range(frequency)])
    assert_round_trip(rng, lists, np.resize(np.arange(256, dtype=np.uint8), sum(map(len, lists))), documents)
    assert_round_trip(rng, lists, None, documents)


@pytest.mark.parametrize(
    ("frequency", "documents", "bits"),
    [
        (1, 1, 0), (1, 5, 0), (1, 6, 4), (10, 50, 0), (10, 51, 4), (1, 64, 4), (1, 65, 8), (3, 192, 4), (3, 193, 8),
        (1, 2048, 8), (1, 2049, 16), (2, 4096, 8), (2, 4097, 16), (2048, 1 << 22, 8), (2047, 1 << 22, 16),
        (1 << 22, 1 << 22, 0), (0, 10, 16),
    ],
)  # fmt: skip
def test_where_each_width_begins(frequency: int, documents: int, bits: int) -> None:
    assert low_bits(frequency, documents) == bits == width(frequency, documents)


def test_the_most_documents_of_a_segment(rng: random.Random) -> None:
    most = 1 << 22
    lists = [[0], [most - 1], [0, most - 1], list(range(0, most, 2047)), list(range(most - 3000, most))]
    assert_round_trip(rng, lists, random_codes(rng, sum(map(len, lists))), most)


@pytest.mark.parametrize(("documents", "frequency"), [(256, 256), (2560, 256), (25_600, 256), (70_000, 34)])
def test_all_codes(documents: int, frequency: int, rng: random.Random) -> None:
    docs = [documents * number // frequency for number in range(frequency)]
    for first in range(0, 256, frequency):
        codes = (np.arange(frequency) + first).astype(np.uint8)
        assert_round_trip(rng, [docs, docs[:1], docs], np.concatenate((codes, codes[:1], codes[::-1])), documents)


@pytest.mark.parametrize("pattern", range(16))
def test_other_codes_at_each_place_of_a_byte(pattern: int, rng: random.Random) -> None:
    """Which of four postings that share a byte of codes are unusual decides where the others' codes lie."""
    unusual = [bool(pattern >> place & 1) for place in range(4)] * 3
    codes = np.array([0o100 + number if other else 0o010 for number, other in enumerate(unusual)], np.uint8)
    for frequency in range(1, 13):
        assert_round_trip(rng, [list(range(frequency))], codes[:frequency], 100)


@pytest.mark.parametrize(("codes", "size"), [(USUAL[[0, 1, 2, 0, 1]], 3 + 2 + 2), (None, 3 + 2)], ids=["codes", "none"])
def test_the_usual_codes_take_two_bits(codes: Any, size: int) -> None:
    """Five postings of 100 documents: 20 bits of low parts, their high parts, 10 bits of codes or none."""
    packed = pack_postings(np.array([5]), np.array([3, 30, 50, 70, 99], np.uint32), codes, 100)
    assert len(packed.data) == size


@pytest.mark.parametrize("codes", [np.zeros(0, np.uint8), None], ids=["codes", "none"])
def test_nothing(codes: Any) -> None:
    packed = pack_postings(np.zeros(0, np.int64), np.zeros(0, np.uint32), codes, 10)
    assert (len(packed.data), packed.offsets.tolist()) == (0, [0])
    none = np.zeros(0, np.int64)
    assert len(unpack_many_documents(packed.data, none, none, 10)) == 0
    assert len(unpack_many_codes(packed.data, none, none, 10)) == 0


@pytest.mark.parametrize("frequencies", [[0, 2], [2, 0], [1, 0, 1], [0]], ids=str)
def test_terms_without_postings(frequencies: list[int], rng: random.Random) -> None:
    """As are left of words whose articles have all been deleted."""
    lists = [list(range(3, 3 + frequency)) for frequency in frequencies]
    assert_round_trip(rng, lists, np.full(sum(frequencies), 0o123, np.uint8), 100)
    assert_round_trip(rng, lists, None, 100)


def test_ranks() -> None:
    assert ranks(np.array([3, 0, 1, 2], np.int64)).tolist() == [0, 1, 2, 0, 0, 1]
    assert ranks(np.zeros(0, np.int64)).tolist() == []


def test_ranges(rng: random.Random) -> None:
    for _ in range(50):
        begins = [rng.randrange(1000) for _ in range(rng.randrange(12))]
        counts = [rng.choice((0, 0, 1, 2, 7)) for _ in begins]
        expected = [place for begin, count in zip(begins, counts, strict=True) for place in range(begin, begin + count)]
        for kind in (np.int64, np.uint32):  # places may fall: with unsigned numbers too
            assert ranges(np.array(begins, kind), np.array(counts, np.int64)).tolist() == expected


@pytest.mark.parametrize("documents", [4, 20, 100], ids=["bitmap", "4 bits", "4 bits, more"])
def test_many_terms_of_which_one_has_bits_too_many(documents: int) -> None:
    """Bytes that were made to harm: more documents than the term has, and not one that is the shape of many."""
    frequency = np.array([1])
    packed = pack_postings(frequency, np.array([3], np.uint32), None, documents)
    unpacked = unpack_many_documents(packed.data, packed.offsets[:-1], frequency, documents)
    assert unpacked.tolist() == [3]
    harmful = packed.data.copy()
    harmful[-1] |= 3 if documents == 4 else 0xFF
    with pytest.raises(ValueError):
        unpack_many_documents(harmful, packed.offsets[:-1], frequency, documents)
