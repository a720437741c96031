"""Looking up documents in packed lists, held to the lists they were packed from."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from newsearch.codec.lookup import Lists, codes_at, look_up
from newsearch.codec.packing import LARGE, USUAL, low_bits, pack_postings

# Usual codes, others, and one for frequencies that do not fit.
CODES = np.array([*USUAL, 0o111, 0o005, 0o310, LARGE], np.uint8)


class PackedLists:
    """Random lists of two segments, as arrays and packed."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.docs: list[NDArray[np.uint32]] = []
        self.codes: list[NDArray[np.uint8]] = []
        self.sizes: list[int] = []
        packed: list[NDArray[np.uint8]] = []
        for size in rng.choice([1, 9, 70, 1000, 5000, 70_000, 200_000], 2).tolist():
            shares = 10 ** -rng.uniform(0, 5, rng.integers(1, 12))
            frequencies = np.maximum(1, size * shares).astype(np.int64)
            docs = [np.sort(rng.choice(size, count, replace=False)).astype(np.uint32) for count in frequencies.tolist()]
            codes = [rng.choice(CODES, count) for count in frequencies.tolist()]
            data, offsets = pack_postings(frequencies, np.concatenate(docs), np.concatenate(codes), size)
            packed += [data[begin:end] for begin, end in pairwise(offsets)]
            self.docs += docs
            self.codes += codes
            self.sizes += [size] * len(docs)
        self.packed = Lists.of(packed, [len(docs) for docs in self.docs], np.array(self.sizes))

    def pairs(self, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Lists, and documents of which some stand in them: at both ends, beside each other, and any."""
        lists, docs = [], []
        for number, (there, size) in enumerate(zip(self.docs, self.sizes, strict=True)):
            some = there[rng.integers(0, len(there), 5)].tolist()
            near = [doc + step for doc in some for step in (-1, 1) if 0 <= doc + step < size]
            asked = sorted({0, size - 1, *some, *near, *rng.integers(0, size, 5).tolist()})
            lists += [number] * len(asked)
            docs += asked
        return np.array(lists), np.array(docs, np.uint32)


def test_random_lists() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = np.random.default_rng(seed)
    widths = set()
    for _ in range(150):
        made = PackedLists(rng)
        widths |= {low_bits(len(docs), size) for docs, size in zip(made.docs, made.sizes, strict=True)}
        lists, docs = made.pairs(rng)
        found = look_up(made.packed, lists, docs)
        got = sorted(zip(found.pairs.tolist(), found.lists.tolist(), found.places.tolist(), strict=True))
        wanted = [
            (pair, number, int(made.docs[number].searchsorted(doc)))
            for pair, (number, doc) in enumerate(zip(lists.tolist(), docs.tolist(), strict=True))
            if doc in made.docs[number]
        ]
        assert got == wanted
        codes, among_large = codes_at(made.packed, found.lists, found.places)
        there = list(zip(found.lists.tolist(), found.places.tolist(), strict=True))
        assert codes.tolist() == [int(made.codes[number][place]) for number, place in there]
        large = [(number, place) for number, place in there if made.codes[number][place] == LARGE]
        assert among_large.tolist() == [int((made.codes[number][:place] == LARGE).sum()) for number, place in large]
    assert widths == {0, 4, 8, 16}


def test_bytes_that_are_no_postings() -> None:
    """More postings than there are bytes for are refused; others lead to an error, or to something."""
    with pytest.raises(ValueError, match="not so many"):
        Lists.of([np.zeros(10, np.uint8)], [1000], np.array([100_000]))
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = np.random.default_rng(seed)
    for _ in range(200):
        made = PackedLists(rng)
        data = made.packed.data.copy()
        data[rng.integers(0, len(data), 20)] = rng.integers(0, 256, 20)
        damaged = made.packed._replace(data=data)
        lists, docs = made.pairs(rng)
        try:
            found = look_up(damaged, lists, docs)
            codes_at(damaged, found.lists, found.places)
        except (IndexError, ValueError):
            continue
