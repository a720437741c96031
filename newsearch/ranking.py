"""Matches → order: scores as pure functions on arrays.

The model is BM25F (Zaragoza, Craswell, Taylor, Saria, Robertson: Microsoft Cambridge at TREC-13, 2004): the weighted,
length-normalised frequencies of a word in title and body are summed first and saturated once,

    strength(t,d) = sum over fields f of  weight_f · tf_f(t,d) / (1 − b_f + b_f · length_f(d) / average_f)
    score(d)      = sum over words t of   boost_t · idf(t) · (k1 + 1) · strength(t,d) / (k1 + strength(t,d))
    idf(t)        = ln(1 + (N − n_t + 0.5) / (n_t + 0.5))

with N articles, n_t of which have the word. The lead counts as body text, and once more as lead. To that comes, for
each bigram of the query that crosses two words, `bigram` · idf of it if the article has it: words that stand side by
side. A word of two characters is its own bigram and has that weight too. Where one piece of a query ends and the next
begins there is such a bigram as well: pieces close to each other, as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """The model's parameters; measured on headlines against bodies of real broadcast news."""

    k1: float = 1.2
    title: float = 3.0
    lead: float = 1.5
    body: float = 1.0
    title_b: float = 0.4
    body_b: float = 0.75
    bigram: float = 0.5
    recent: float = 0.5
    half_life: float = 90.0
    # See `newsearch.closeness`; the last three in articles and characters.
    near: float = 1.3
    order: float = 0.6
    reranked: int = 10
    beginning: int = 200
    distance: int = 20

    def fields(self) -> list[float]:
        """Those that strength depends on."""
        return [self.title, self.lead, self.body, self.title_b, self.body_b]


WEIGHTS = Weights()
# Bytes of two sketches that agree where articles are copies: 0.9 of their strings are shared, give or take.
_SAME_BYTES = 7


class Averages(NamedTuple):
    """The average lengths of titles and bodies, in words."""

    title: float
    body: float


class Lengths(NamedTuple):
    """The lengths of titles and bodies in words, one entry a document."""

    title: NDArray[Any]
    body: NDArray[Any]


def averages(lengths: Lengths) -> Averages:
    """Sums of whole numbers divided once: the same for the same articles, whatever their order."""
    return Averages(*(int(length.sum(dtype=np.int64)) / max(len(length), 1) for length in lengths))


def strength(
    title: NDArray[Any],
    lead: NDArray[Any],
    body: NDArray[Any],
    lengths: Lengths,
    average: Averages,
    weights: Weights = WEIGHTS,
) -> Floats:
    """The strength of words in documents, by their frequencies in title, lead and rest of the body and the documents'
    `lengths`; arrays of shape (documents) or (words, documents), float32."""
    # Of whole numbers in a byte, some versions of numpy would make 16-bit floats.
    title, lead, body = (np.asarray(field, np.float32) for field in (title, lead, body))
    in_title = title * (np.float32(weights.title) * _norm(lengths.title, average.title, weights.title_b))
    norm = _norm(lengths.body, average.body, weights.body_b)
    in_body = (lead * np.float32(weights.lead + weights.body) + body * np.float32(weights.body)) * norm
    found: Floats = in_title + in_body
    return found


def _norm(length: NDArray[Any], average: float, b: float) -> NDArray[np.float32]:
    scale = np.float32(b / max(average, 1e-9))
    norm: NDArray[np.float32] = np.float32(1) / (np.float32(1 - b) + scale * length.astype(np.float32))
    return norm


def drift(average: Averages, reference: Averages) -> float:
    """How many times stronger by one set of averages than by another a word can be at most."""
    return max(1.0, *(now / max(then, 1e-9) for now, then in zip(average, reference, strict=True)))


def saturation(strengths: Any, weights: Weights = WEIGHTS) -> Any:
    """0 to k1 + 1: what a word's strength counts for; arrays or a number."""
    return strengths * (weights.k1 + 1) / (strengths + weights.k1)


def idf(frequency: int, documents: int) -> float:
    """The weight of a term that `frequency` of `documents` have; above 0 even for one that all have."""
    return float(np.log1p((documents - frequency + 0.5) / (frequency + 0.5)))


def recency(days: NDArray[np.int64], newest: int, weights: Weights = WEIGHTS) -> NDArray[np.float64]:
    """What scores are multiplied by if recent articles count for more: 1 + recent · 2^(−age / half-life), by the day
    numbers of articles and of the newest one (Li and Croft, Time-based language models, 2003); 1 for a day below 1."""
    age = np.maximum(newest - days, 0)
    return np.where(days > 0, 1 + weights.recent * 0.5 ** (age / weights.half_life), 1.0)


def alike(sketches: NDArray[np.uint64], sketch: int) -> NDArray[np.bool_]:
    """Which articles are nearly the same as one with this sketch: seven of eight bytes agree at least."""
    if not sketch:
        return np.zeros(len(sketches), np.bool_)
    bytes_of = np.ascontiguousarray(sketches)[:, np.newaxis].view(np.uint8)
    same: NDArray[np.bool_] = (bytes_of == np.array([sketch], np.uint64).view(np.uint8)).sum(axis=1) >= _SAME_BYTES
    return same


def reprints(sketches: NDArray[np.uint64], order: NDArray[Any]) -> NDArray[np.int64]:
    """For each article the first, by `order`, of those that are nearly the same as it or as one of these, and so on:
    its own place if there is none before it."""
    first = np.arange(len(sketches))
    told = np.flatnonzero(sketches)
    told = told[np.argsort(order[told], kind="stable")]
    if not len(told):
        return first
    label = np.arange(len(told))
    # Two that agree in all bytes but one agree in all that are left if that one is covered.
    covered = [np.uint64(0xFF << 8 * place) for place in range(8)]
    groups = [np.unique(sketches[told] & ~mask, return_inverse=True)[1] for mask in covered]
    while True:
        before = label
        for group in groups:
            least = np.full(int(group.max()) + 1, len(told))
            np.minimum.at(least, group, label)
            label = least[group]
        if np.array_equal(label, before):
            break
    first[told] = told[label]
    return first


def copies(sketches: NDArray[np.uint64]) -> NDArray[np.int64]:
    """For each of some articles, best first, the place of the best one that is nearly the same: its own if there is
    none before it. Nearly the same are two whose sketches agree in seven of eight bytes at least."""
    best = np.arange(len(sketches))
    rows = sketches[:, np.newaxis].view(np.uint8).reshape(len(sketches), 8)
    kept: list[int] = []
    for place in range(len(sketches)):
        if sketches[place]:
            same = np.flatnonzero((rows[kept] == rows[place]).sum(axis=1) >= _SAME_BYTES) if kept else kept
            if len(same):
                best[place] = kept[same[0]]
                continue
            kept.append(place)
    return best


def order(keys: list[NDArray[Any]], limit: int | None = None) -> NDArray[np.int64]:
    """The places of the first `limit` entries (None: all) of parallel arrays, ordered by the first of them, ties by the
    next, and so on; all ascend."""
    first = keys[0]
    places = np.arange(len(first))
    if limit is not None and 0 < limit < len(first):
        # Only what is at least as good as the last one shown needs to be sorted, ties with it included.
        places = np.flatnonzero(first <= np.partition(first, limit - 1)[limit - 1])
    ordered = places[np.lexsort([key[places] for key in reversed(keys)])]  # the last key counts first
    return ordered[:limit]
