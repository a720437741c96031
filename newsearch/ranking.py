"""Matches → order: scores as pure functions on arrays.

The model is BM25F (Zaragoza, Craswell, Taylor, Saria, Robertson: Microsoft Cambridge at TREC-13, 2004): the weighted,
length-normalised frequencies of a term in title, lead and body are summed first and saturated once,

    tf'(t,d) = sum over fields f of  weight_f · tf_f(t,d) / (1 − b_f + b_f · length_f(d) / average_f)
    score(d) = sum over terms t of   boost_t · idf(t) · (k1 + 1) · tf'(t,d) / (k1 + tf'(t,d))
    idf(t)   = ln(1 + (N − n_t + 0.5) / (n_t + 0.5))

with N articles, n_t of which have the term. The lead counts as body text, and once more as lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """The model's parameters; measured on headlines against bodies of real broadcast news."""

    k1: float = 1.2
    title: float = 3.0
    lead: float = 1.0
    body: float = 1.0
    title_b: float = 0.4
    body_b: float = 0.75
    bigram: float = 0.5


WEIGHTS = Weights()


class Norms(NamedTuple):
    """For each document, what a field's frequency is multiplied by: weight over normalised length, float32."""

    title: Floats
    lead: Floats
    body: Floats


def norms(
    title_length: NDArray[Any],
    lead_length: NDArray[Any],
    body_length: NDArray[Any],
    live: NDArray[np.bool_],
    weights: Weights = WEIGHTS,
) -> Norms:
    """From the lengths in words, one entry a document (`body_length` without the lead). Averages are over live
    documents only, so that deletions leave no trace in scores."""
    body = lead_length.astype(np.float32) + body_length
    title_norm = _norm(title_length.astype(np.float32), live, weights.title_b)
    body_norm = _norm(body, live, weights.body_b)
    factors = ((weights.title, title_norm), (weights.lead + weights.body, body_norm), (weights.body, body_norm))
    return Norms(*((factor * norm).astype(np.float32) for factor, norm in factors))


def _norm(lengths: Floats, live: NDArray[np.bool_], b: float) -> NDArray[np.float64]:
    average = float(lengths[live].mean()) if live.any() else 1.0
    return 1 / (1 - b + b * lengths.astype(np.float64) / max(average, 1e-9))


def idf(frequency: int, documents: int) -> float:
    """The weight of a term that `frequency` of `documents` have; above 0 even for one that all have."""
    return float(np.log1p((documents - frequency + 0.5) / (frequency + 0.5)))


def bm25f(
    docs: NDArray[np.uint32],
    title: NDArray[Any],
    lead: NDArray[Any],
    body: NDArray[Any],
    norms: Norms,
    weight: float,
    k1: float = WEIGHTS.k1,
) -> Floats:
    """The scores one term gives to its documents: float32, like `docs`. `weight` is boost · idf."""
    frequency = title * norms.title[docs] + lead * norms.lead[docs] + body * norms.body[docs]
    return (np.float32(weight * (k1 + 1)) * frequency / (frequency + np.float32(k1))).astype(np.float32)


def accumulate(size: int, contributions: Iterable[tuple[NDArray[np.uint32], Floats]]) -> Floats:
    """The sum of contributions by document: float32 of length `size`."""
    scores = np.zeros(size, np.float32)
    for docs, values in contributions:
        scores[docs] += values
    return scores


def order(
    docs: NDArray[np.uint32], scores: Floats, dates: NDArray[np.int32], by: str, limit: int | None = None
) -> NDArray[np.uint32]:
    """The first `limit` of `docs` (None: all), best first. `by` is relevance, newest or oldest; the other two break
    ties, then the document number.

    `scores` and `dates` are per entry of `docs`; articles without a date (0) come last in either order of dates.
    """
    newest_first = -dates.astype(np.int64)
    oldest_first = np.where(dates == 0, np.int64(99999999), dates)
    orders: dict[str, tuple[NDArray[Any], NDArray[Any]]] = {
        "relevance": (-scores, newest_first),
        "newest": (newest_first, -scores),
        "oldest": (oldest_first, -scores),
    }
    first, second = orders[by]
    if limit is not None and limit < len(docs):
        # Only what is at least as good as the last one shown needs to be sorted, ties with it included.
        kept = first <= np.partition(first, limit - 1)[limit - 1] if limit else np.zeros(len(docs), np.bool_)
        docs, first, second = docs[kept], first[kept], second[kept]
    ordered = docs[np.lexsort((docs, second, first))]  # the last key counts first
    return ordered[:limit]
