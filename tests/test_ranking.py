"""BM25F against its formula in plain Python, what bounds it, and the order of results with its ties."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest

from newsearch import ranking
from newsearch.ranking import WEIGHTS, Averages, Lengths, Weights, averages, idf, order, saturation, strength

OTHERS = Weights(k1=2.0, title=1.5, lead=0.0, body=2.0, title_b=0.0, body_b=1.0)


def formula(length: tuple[int, int], average: Averages, counts: list[int], w: Weights) -> float:
    """The strength of one word in one document as the module's docstring writes it."""
    title_norm = 1 - w.title_b + w.title_b * length[0] / average.title
    body_norm = 1 - w.body_b + w.body_b * length[1] / average.body
    in_title, in_lead, in_body = counts
    return (
        w.title * in_title / title_norm
        + w.body * (in_lead + in_body) / body_norm
        + w.lead * in_lead / body_norm  # the lead counts as body text, and once more as lead
    )


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("weights", [WEIGHTS, OTHERS])
def test_strength_is_the_formula(weights: Weights, dtype: Any, rng: random.Random) -> None:
    """For one word and for several, frequencies and lengths being whatever numbers an index keeps."""
    for _ in range(50):
        size, words = rng.randrange(1, 20), rng.randrange(1, 4)
        lengths = [(rng.randrange(1, 30), rng.randrange(1, 250)) for _ in range(size)]
        average = Averages(rng.uniform(0.5, 30), rng.uniform(0.5, 500))
        counts = [[[rng.choice((0, 1, 3, 255)) for _ in range(3)] for _ in range(size)] for _ in range(words)]
        expected = [
            [formula(length, average, of, weights) for length, of in zip(lengths, mine, strict=True)] for mine in counts
        ]
        columns = Lengths(
            *(np.array(column, rng.choice((np.uint8, np.uint32))) for column in zip(*lengths, strict=True))
        )
        fields = np.moveaxis(np.array(counts, dtype), 2, 0)
        for found, wanted in (
            (strength(*fields, columns, average, weights), expected),
            (strength(*fields[:, 0], columns, average, weights), expected[0]),
        ):
            assert found.dtype == np.float32
            assert np.allclose(found, wanted, rtol=1e-5)


def test_strength_in_fields_without_length() -> None:
    """No division by zero where all titles, or all bodies, are empty."""
    none = np.zeros(3, np.uint8)
    found = strength(none, none + 1, none + 2, Lengths(none, none), averages(Lengths(none, none)))
    assert np.isfinite(found).all()


def test_the_longest_fields_do_not_wrap_around() -> None:
    longest = np.array([65_535], np.uint16)
    lengths = Lengths(longest, longest)
    (found,) = strength(longest, longest, longest, lengths, averages(lengths))
    assert found == pytest.approx(65_535 * (3.0 + 2.5 + 1.0))


@pytest.mark.parametrize("weights", [WEIGHTS, OTHERS])
def test_saturation(weights: Weights, rng: random.Random) -> None:
    """Rises from 0 towards k1 + 1, for arrays and for numbers."""
    values = sorted(rng.choice((rng.random(), 1e4 * rng.random())) for _ in range(100))
    found = saturation(np.array(values, np.float32), weights)
    assert found.tolist() == pytest.approx([v * (weights.k1 + 1) / (weights.k1 + v) for v in values], rel=1e-5)
    assert saturation(values[7], weights) == pytest.approx(float(found[7]), rel=1e-5)
    assert (np.diff(found) >= 0).all()
    assert saturation(0.0, weights) == 0 < found[-1] < weights.k1 + 1


@pytest.mark.parametrize(
    ("frequency", "documents", "value"),
    [(1, 1, math.log(4 / 3)), (1, 10, math.log(1 + 9.5 / 1.5)), (10, 10, math.log(1 + 0.5 / 10.5))],
)
def test_idf(frequency: int, documents: int, value: float) -> None:
    assert idf(frequency, documents) == pytest.approx(value)


def test_idf_falls_but_stays_above_nothing() -> None:
    values = [idf(frequency, 1000) for frequency in range(1, 1001)]
    assert values == sorted(values, reverse=True)
    assert values[-1] > 0


def test_averages_are_those_of_whole_numbers(rng: random.Random) -> None:
    """The very same number whatever the order and the width of the columns, also where 32 bits could not hold a sum."""
    lengths = [(rng.randrange(256), rng.randrange(1 << 32)) for _ in range(1000)]
    found = set()
    for dtype in (np.uint32, np.uint64):
        rng.shuffle(lengths)
        title, body = np.array(lengths, dtype).T
        found |= {averages(Lengths(title, body)), averages(Lengths(title.astype(np.uint8), body))}
    assert found == {Averages(sum(title for title, _ in lengths) / 1000, sum(body for _, body in lengths) / 1000)}


def test_averages_of_nothing() -> None:
    assert averages(Lengths(np.zeros(0, np.uint8), np.zeros(0, np.uint8))) == (0, 0)


def test_drift_bounds_what_other_averages_make_of_a_strength(rng: random.Random) -> None:
    """And no smaller factor would: a document of endless length comes as near as you like."""
    for _ in range(300):
        now, then = (Averages(rng.choice((1.0, rng.uniform(0.1, 50))), rng.uniform(1, 900)) for _ in range(2))
        most = ranking.drift(now, then)
        assert most >= 1
        size = 40
        lengths = Lengths(*(np.array(rng.choices([0, 1, 5, 300, 65_535], k=size), np.uint16) for _ in range(2)))
        counts = [np.array(rng.choices([0, 1, 9], k=size), np.uint8) for _ in range(3)]
        stronger, known = strength(*counts, lengths, now), strength(*counts, lengths, then)
        assert (stronger <= known * most * (1 + 1e-6)).all()
        long, none = Lengths(*[np.array([1 << 30], np.uint32)] * 2), np.zeros(1, np.uint8)
        factors = [
            float(strength(*fields, long, now)[0] / strength(*fields, long, then)[0])
            for fields in ((none + 1, none, none), (none, none, none + 1))
        ]
        assert max(1.0, *factors) == pytest.approx(most, rel=1e-3)


def test_drift_of_the_same_averages_and_of_none() -> None:
    assert ranking.drift(Averages(3.0, 200.0), Averages(3.0, 200.0)) == 1
    assert ranking.drift(Averages(3.0, 200.0), Averages(4.0, 300.0)) == 1
    assert ranking.drift(Averages(3.0, 600.0), Averages(4.0, 300.0)) == 2
    assert math.isfinite(ranking.drift(Averages(3.0, 200.0), Averages(0.0, 200.0)))


def test_order_is_that_of_sorted_tuples(rng: random.Random) -> None:
    """By several keys, with ties in all but the last; the first so many of it."""
    for _ in range(200):
        size = rng.randrange(30)
        scores = np.array([-rng.randrange(4) / 4 for _ in range(size)], np.float64)
        dates = np.array([-rng.randrange(3) for _ in range(size)], np.int64)
        digests = np.array(rng.sample(range(1 << 63, (1 << 63) + 99), size), np.uint64)
        expected = sorted(range(size), key=lambda at: (float(scores[at]), int(dates[at]), int(digests[at])))
        keys = [scores, dates, digests]
        assert order(keys).tolist() == expected
        for limit in (0, 1, 3, size - 1, size, size + 1):
            if limit >= 0:
                assert order(keys, limit).tolist() == expected[:limit], limit


def test_order_by_one_key() -> None:
    """What ties in every key keeps its place."""
    assert order([np.array([2, 1, 2, 1])]).tolist() == [1, 3, 0, 2]
    assert order([np.array([2, 1, 2, 1])], 1).tolist() == [1]
    assert order([np.zeros(0)], 3).tolist() == []


def test_what_the_weights_of_an_index_are() -> None:
    """Those that strength depends on, and no others: saturation can change without new champions."""
    w = Weights(k1=9, title=1, lead=2, body=3, title_b=4, body_b=5, bigram=9)
    assert w.fields() == [1, 2, 3, 4, 5]
