"""BM25F against its formula in plain Python, and the order of results with its ties."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from newsearch.ranking import WEIGHTS, Weights, accumulate, bm25f, idf, norms, order

Lengths = list[list[int]]  # title, lead, body of each document


def formula(lengths: Lengths, live: list[bool], document: int, counts: list[int], weight: float, w: Weights) -> float:
    """The score of one term in one document as the module's docstring writes it."""
    living = [lengths[d] for d in range(len(lengths)) if live[d]]
    average_title = sum(title for title, _, _ in living) / len(living)
    average_body = sum(lead + body for _, lead, body in living) / len(living)
    title, lead, body = lengths[document]
    title_norm = 1 - w.title_b + w.title_b * title / average_title
    body_norm = 1 - w.body_b + w.body_b * (lead + body) / average_body
    in_title, in_lead, in_body = counts
    frequency = (
        w.title * in_title / title_norm
        + w.body * (in_lead + in_body) / body_norm
        + w.lead * in_lead / body_norm  # the lead counts as body text, and once more as lead
    )
    return weight * (w.k1 + 1) * frequency / (w.k1 + frequency)


@pytest.mark.parametrize("weights", [WEIGHTS, Weights(k1=2.0, title=1.5, lead=0.0, body=2.0, title_b=0.0, body_b=1.0)])
def test_bm25f_is_the_formula(weights: Weights) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(50):
        size = rng.randrange(1, 20)
        lengths = [[rng.randrange(1, 30), rng.randrange(1, 60), rng.randrange(400)] for _ in range(size)]
        live = [rng.random() < 0.8 for _ in range(size)]
        live[rng.randrange(size)] = True
        docs = sorted(rng.sample(range(size), rng.randrange(1, size + 1)))
        counts = [[rng.randrange(4), rng.randrange(4), rng.randrange(9)] for _ in docs]
        weight = rng.random() * 10
        title, lead, body = np.array(lengths, np.uint16).T
        scores = bm25f(
            np.array(docs, np.uint32), *np.array(counts, np.uint16).T,
            norms(title, lead, body, np.array(live), weights), weight, weights.k1,
        )  # fmt: skip
        expected = [formula(lengths, live, d, c, weight, weights) for d, c in zip(docs, counts, strict=True)]
        assert scores.tolist() == pytest.approx(expected, rel=1e-5)
        assert scores.dtype == np.float32


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


def test_deleted_documents_leave_no_trace_in_norms() -> None:
    title, lead, body = np.array([[5, 20, 100], [9, 9, 9], [7, 30, 0]], np.uint16).T
    with_deleted = norms(title, lead, body, np.array([True, False, True]))
    without = norms(title[[0, 2]], lead[[0, 2]], body[[0, 2]], np.array([True, True]))
    for kept, alone in zip(with_deleted, without, strict=True):
        assert kept[[0, 2]].tolist() == alone.tolist()


@pytest.mark.parametrize("lengths", [np.zeros(0, np.uint16), np.zeros(3, np.uint16)])
@pytest.mark.parametrize("alive", [True, False])
def test_norms_of_nothing(lengths: np.typing.NDArray[np.uint16], alive: bool) -> None:
    for norm in norms(lengths, lengths, lengths, np.full(len(lengths), alive)):
        assert norm.dtype == np.float32
        assert np.isfinite(norm).all()


def test_the_longest_field_does_not_wrap_around() -> None:
    longest = np.array([65535], np.uint16)
    (title, lead, body) = norms(longest, longest, longest, np.array([True]))
    assert [float(n[0]) for n in (title, lead, body)] == pytest.approx([3.0, 2.0, 1.0])


def test_contributions_add_up() -> None:
    first = (np.array([0, 2], np.uint32), np.array([1.0, 2.0], np.float32))
    second = (np.array([2, 3], np.uint32), np.array([0.5, 4.0], np.float32))
    scores = accumulate(5, [first, second])
    assert (scores.tolist(), scores.dtype) == ([1.0, 0.0, 2.5, 4.0, 0.0], np.float32)


# document: score, date
FOUND = {1: (2.0, 20240101), 3: (2.0, 20240601), 4: (5.0, 0), 6: (2.0, 20240601), 7: (1.0, 20240601), 9: (2.0, 0)}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("relevance", [4, 3, 6, 1, 9, 7]),  # score; then newest, undated last; then the document's number
        ("newest", [3, 6, 7, 1, 4, 9]),  # date; then score; then the number
        ("oldest", [1, 3, 6, 7, 4, 9]),
    ],
)
def test_order(by: str, expected: list[int]) -> None:
    docs = np.array(list(FOUND), np.uint32)
    scores = np.array([score for score, _ in FOUND.values()], np.float32)
    dates = np.array([date for _, date in FOUND.values()], np.int32)
    assert order(docs, scores, dates, by).tolist() == expected


@pytest.mark.parametrize("by", ["relevance", "newest", "oldest"])
def test_order_of_nothing(by: str) -> None:
    assert order(np.zeros(0, np.uint32), np.zeros(0, np.float32), np.zeros(0, np.int32), by).tolist() == []
