"""Top-k with early stop: which documents can be among the k that score best, scored no further than needed.

MaxScore (Turtle and Flood, Query evaluation: strategies and optimizations, 1995) on whole arrays, begun with champion
lists (Manning, Raghavan, Schütze, Introduction to Information Retrieval, 2008, 7.1.3): documents in which a term is
strongest are scored first, so that the k-th best of them is a threshold before any long list is touched. No other
document gets more than the terms' `rest` together, and most are ruled out by the terms they have, before frequencies
are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation.questions import Documents
from newsearch.evaluation.sets import NONE, difference, intersection, union

# Scores are sums of 32-bit floats in any order; what differs by less than this share may be a tie.
_SLACK = 1e-5
# So many documents are sooner scored than narrowed down.
_FEW = 1000


class ScoredTerm(Protocol):
    """A term that adds to scores. `rest` bounds what it adds to a document that is not among its `champions`."""

    @property
    def docs(self) -> Documents: ...
    @property
    def champions(self) -> Documents: ...
    @property
    def rest(self) -> float: ...
    def scores(self, docs: Documents, /) -> NDArray[Any]:
        """What it adds to each of some documents, 0 where it is absent."""
        ...


def best(
    terms: Sequence[ScoredTerm],
    score: Callable[[Documents], NDArray[Any]],
    k: int,
    size: int,
    within: Documents | None = None,
    deadline: Deadline = UNLIMITED,
) -> Documents:
    """Documents, ascending, that hold the k with the highest scores and all that tie with the last of them; of those in
    `within`, or else of the documents below `size` that have a term. May hold more.

    `score` gives the scores of documents: the sums of what the terms add. If the time is up, some may be missing.
    """
    if within is not None and len(within) <= max(k, _FEW):
        return within
    seeds = union([term.champions for term in terms])
    if within is not None:
        seeds = intersection([seeds, within])
    threshold = -np.inf
    if len(seeds) >= k:
        scores = score(seeds)
        threshold = np.partition(scores, len(seeds) - k)[len(seeds) - k] * (1 - _SLACK)
        seeds = seeds[scores >= threshold]
    left = sum(term.rest for term in terms)
    if left < threshold:
        return seeds
    strongest_first = sorted(terms, key=lambda term: -term.rest)
    others = union([seeds, _having(strongest_first, threshold, size, deadline)]) if within is None else within
    if threshold == -np.inf and len(others) > k:
        scores = score(others)
        reaching: Documents = others[scores >= np.partition(scores, len(others) - k)[len(others) - k] * (1 - _SLACK)]
        return reaching
    return union([seeds, _reaching(strongest_first, threshold, difference(others, seeds), deadline)])


def _having(terms: Sequence[ScoredTerm], threshold: float, size: int, deadline: Deadline) -> Documents:
    """Documents whose terms could lift them to the threshold."""
    bounds = np.zeros(size, np.float32)
    left = sum(term.rest for term in terms)
    for term in terms:
        if left < threshold or deadline.passed():
            break  # a document that has only these terms cannot reach it
        bounds[term.docs] += np.float32(term.rest)
        left -= term.rest
    enough = max(threshold - left, 0) * (1 - _SLACK)
    reaching = bounds >= enough if enough > 0 else bounds > 0
    found: Documents = reaching.nonzero()[0].astype(np.uint32)
    return found


def _reaching(terms: Sequence[ScoredTerm], threshold: float, docs: Documents, deadline: Deadline) -> Documents:
    """Those of some documents outside the champions that reach the threshold."""
    scores = np.zeros(len(docs), np.float32)
    left = sum(term.rest for term in terms)
    for term in terms:
        if not len(docs) or deadline.passed():
            return NONE
        scores += term.scores(docs)
        left -= term.rest
        kept = scores + np.float32(max(left, 0) * (1 + _SLACK)) >= threshold * (1 - _SLACK)
        docs, scores = docs[kept], scores[kept]
    return docs
