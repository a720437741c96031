"""Top-k with early stop: the k documents that score best, and no more of the others scored than need be.

MaxScore (Turtle and Flood, Query evaluation: strategies and optimizations, 1995) on whole arrays, begun with champion
lists (Manning, Raghavan, Schütze, Introduction to Information Retrieval, 2008, 7.1.3): documents in which a term is
strongest, with what it adds to them. Those that get most by these lists are scored first, and the k-th best of them is
a threshold before any long list is touched. No other document gets more than the terms' `rest` together, and most are
ruled out by the terms they have, before frequencies are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation.questions import Documents
from newsearch.evaluation.sets import NONE, member

# Scores are sums of 32-bit floats in any order; what differs by less than this share may be a tie.
_SLACK = 1e-5
# So many documents are sooner scored than narrowed down; and of those that match anyhow, so many.
_FEW = 64
_FEW_MATCHES = 1000
# The most promising documents are scored first: so many times as many as are wanted, and no fewer than this.
_FIRST = 2
_FEWEST_FIRST = 24
# Candidates, and postings, from which it pays to look for a higher threshold before going on.
_MANY = 500
_LONG = 20_000
# Terms up to which all they add is looked up at once.
_FEW_TERMS = 3
# Shares of the highest bound: what lies above the first that enough documents reach promises most.
_CUTS = (0.98, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5)

_Floats = NDArray[np.float64]


class ScoredTerm(Protocol):
    """A term that adds to scores. `rest` bounds what it adds to a document that is not one of its champions."""

    @property
    def docs(self) -> Documents: ...
    @property
    def rest(self) -> float: ...
    def scores(self, docs: Documents, /) -> NDArray[Any]:
        """What it adds to each of some documents, 0 where it is absent."""
        ...


class Champions(NamedTuple):
    """The champions of several terms: parallel arrays of a document, what the term adds to it, and the term's rest."""

    docs: Documents
    scores: NDArray[Any]
    rests: NDArray[Any]


class Scorer(Protocol):
    """Scores documents by all terms: the sums of what they add."""

    def __call__(self, docs: Documents, /) -> _Floats: ...
    def champions(self) -> Champions: ...


class Scored(NamedTuple):
    """Documents, ascending, and their scores."""

    docs: Documents
    scores: _Floats


def best(
    terms: Sequence[ScoredTerm],
    scorer: Scorer,
    k: int,
    size: int,
    within: Documents | None = None,
    deadline: Deadline = UNLIMITED,
) -> Scored:
    """The k documents with the highest scores and all that tie with the last of them; of those in `within`, or else of
    the documents below `size` that have a term. May hold more. If the time is up, some may be missing."""
    if within is not None and len(within) <= max(k, _FEW_MATCHES):
        return Scored(within, scorer(within))
    leaders = _Leaders(scorer, k)
    terms = sorted(terms, key=lambda term: -term.rest)
    every = sum(term.rest for term in terms)
    seeds, least, above = _seeds(scorer.champions(), within)
    if len(terms) == 1:
        leaders.take(Scored(seeds, least))
    elif len(seeds) >= k:
        leaders.add(seeds, least)
    counted = 0
    if within is not None:
        bounds = np.full(len(within), float(every))
        bounds[within.searchsorted(seeds)] += above
        candidates = Scored(within, bounds)
    elif every < leaders.threshold:
        candidates = Scored(seeds, above + every)
    else:
        candidates, counted = _having(terms, Scored(seeds, above), leaders, size, deadline)
    leaders.score(_narrowed(terms[:counted], terms[counted:], leaders, candidates, deadline))
    return leaders.reaching()


class _Leaders:
    """The documents that were scored so far, and the least score that is enough to be among the k best of them."""

    def __init__(self, scorer: Scorer, k: int) -> None:
        self._scorer = scorer
        self._k = k
        self._at_once = max(_FIRST * k, _FEWEST_FIRST)
        self._scored = Scored(NONE, np.zeros(0))
        self.threshold = -np.inf

    def add(self, docs: Documents, promise: NDArray[Any]) -> None:
        """Scores those of some documents that promise most."""
        new = ~member(docs, self._scored.docs)
        self.score(_most_promising(docs[new], promise[new], self._at_once))

    def score(self, docs: Documents) -> None:
        """Scores documents that are new."""
        if len(docs):
            self.take(Scored(docs, self._scorer(docs)))

    def take(self, scored: Scored) -> None:
        """Takes in documents that are new, and scored."""
        docs = np.concatenate([self._scored.docs, scored.docs])
        scores = np.concatenate([self._scored.scores, scored.scores])
        order = docs.argsort()
        self._scored = Scored(docs[order], scores[order])
        if len(scores) >= self._k:
            self.threshold = _kth(scores, self._k) * (1 - _SLACK)

    def new(self, bounded: Scored) -> Scored:
        """Those of some documents, with bounds, that are not scored yet and could be among the best."""
        may = bounded.scores >= self.threshold * (1 - _SLACK)
        docs, bounds = bounded.docs[may], bounded.scores[may]
        new = ~member(docs, self._scored.docs)
        return Scored(docs[new], bounds[new])

    def reaching(self) -> Scored:
        """The best, and what ties with the last of them."""
        kept = self._scored.scores >= self.threshold
        return Scored(self._scored.docs[kept], self._scored.scores[kept])


def _most_promising(docs: Documents, promise: NDArray[Any], count: int) -> Documents:
    """About `count` of some documents, those that promise most; of many that promise the same, any."""
    highest = promise.max(initial=0)
    fewer = NONE
    for cut in _CUTS if len(docs) > _MANY else ():  # of many equal values, numpy's partition takes long
        high = promise >= cut * highest
        if np.count_nonzero(high) >= count:
            docs, promise = docs[high], promise[high]
            break
        fewer = docs[high]
    if len(docs) <= count:
        return docs
    if len(docs) > _MANY:
        return fewer if len(fewer) > count // 2 else docs[:count]
    enough = _kth(promise, count)
    return np.sort(np.concatenate([docs[promise > enough], docs[promise == enough]])[:count])


def _kth(values: NDArray[Any], k: int) -> float:
    """The k-th highest of some values."""
    return float(np.partition(values, len(values) - k)[len(values) - k])


def _seeds(champions: Champions, within: Documents | None) -> tuple[Documents, _Floats, _Floats]:
    """The champions, ascending; their scores by what they are champions of, and how much of that is above the rest."""
    order = champions.docs.argsort(kind="stable")
    docs = champions.docs[order]
    if within is not None:
        order = order[member(docs, within)]
        docs = champions.docs[order]
    first = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    starts = first.nonzero()[0]
    if not len(starts):
        return NONE, np.zeros(0), np.zeros(0)
    scores = champions.scores[order].astype(np.float64)
    above = np.maximum(scores - champions.rests[order], 0)
    return docs[starts], np.add.reduceat(scores, starts), np.add.reduceat(above, starts)


def _having(
    terms: Sequence[ScoredTerm], seeds: Scored, leaders: _Leaders, size: int, deadline: Deadline
) -> tuple[Scored, int]:
    """Documents whose terms could lift them to the threshold, with bounds; and how many of the terms these count only
    where they stand. `seeds` are champions and what they have above the `rest` of their terms."""
    bounds = np.zeros(size, np.float32)
    bounds[seeds.docs] = seeds.scores
    left = sum(term.rest for term in terms)
    counted = postings = 0
    for term in terms:
        if left < leaders.threshold or deadline.passed():
            break  # a document that has only these terms cannot reach it
        docs = term.docs
        if counted > 1 and postings < _LONG <= postings + len(docs):
            high = (bounds > _CUTS[-1] * bounds.max(initial=0)).nonzero()[0]
            leaders.add(high.astype(np.uint32), bounds[high])  # before long lists, a higher threshold pays
            if left < leaders.threshold:
                break
        bounds[docs] += np.float32(term.rest)
        postings += len(docs)
        left -= term.rest
        counted += 1
    enough = max(leaders.threshold - left, 0) * (1 - _SLACK)
    found = (bounds >= enough if enough > 0 else bounds > 0).nonzero()[0]
    return Scored(found.astype(np.uint32), bounds[found].astype(np.float64) + max(left, 0) * (1 + _SLACK)), counted


def _narrowed(
    counted: Sequence[ScoredTerm],
    uncounted: Sequence[ScoredTerm],
    leaders: _Leaders,
    candidates: Scored,
    deadline: Deadline,
) -> Documents:
    """Those of some documents that may reach the threshold, narrowed down by their bounds until there are few or the
    time is up. The bounds have the `rest` of the `counted` terms where these stand, and that of the `uncounted` ones
    everywhere."""
    if len(uncounted) > _FEW_TERMS:  # it is soon known where they are absent
        steps = [*((term, _absent) for term in uncounted), *((term, _weak) for term in (*counted, *uncounted))]
    else:
        steps = [*((term, _less) for term in uncounted), *((term, _weak) for term in counted)]
    for number, (term, less) in enumerate(steps):
        if number in (0, len(uncounted)):
            candidates = leaders.new(candidates)
            if len(candidates.docs) > _MANY:
                leaders.add(*candidates)
                candidates = leaders.new(candidates)
        docs, bounds = candidates
        if len(docs) <= _FEW:
            return docs
        if deadline.passed():
            return _most_promising(docs, bounds, _FEW)
        bounds = bounds - less(term, docs)
        kept = bounds >= leaders.threshold * (1 - _SLACK)
        candidates = Scored(docs[kept], bounds[kept])
    return leaders.new(candidates).docs


def _absent(term: ScoredTerm, docs: Documents) -> _Floats:
    """The rest of a term where it is absent."""
    return np.where(member(docs, term.docs), 0.0, term.rest)


def _less(term: ScoredTerm, docs: Documents) -> _Floats:
    """How much less than its rest a term adds."""
    return np.maximum(term.rest - term.scores(docs).astype(np.float64), 0)


def _weak(term: ScoredTerm, docs: Documents) -> _Floats:
    """How much less than its rest a term adds where it stands."""
    added = term.scores(docs).astype(np.float64)
    return np.where(added > 0, np.maximum(term.rest - added, 0), 0.0)
