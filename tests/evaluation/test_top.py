"""The best of many documents, held to scoring all of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from newsearch.deadline import Deadline
from newsearch.evaluation import Champions, best, top
from newsearch.evaluation.questions import Documents
from newsearch.evaluation.sets import NONE


class TinyTerm:
    """A term that adds so much to each of some documents; `rest` is as tight as it may be, or looser."""

    def __init__(self, added: dict[int, float], champions: Sequence[int], looser: float = 1.0) -> None:
        self.added = {document: np.float32(value) for document, value in added.items()}
        self.champions: Documents = np.array(sorted(set(champions) & set(added)), np.uint32)
        others = [value for document, value in self.added.items() if document not in champions]
        self.rest = float(max(others, default=np.float32(0))) * looser

    @property
    def docs(self) -> Documents:
        return np.array(sorted(self.added), np.uint32)

    def scores(self, docs: Documents, /) -> Any:
        return np.array([self.added.get(document, 0) for document in docs.tolist()], np.float32)


class TinyScorer:
    """Scores by some terms, and remembers which documents were scored."""

    def __init__(self, terms: Sequence[TinyTerm]) -> None:
        self.terms = terms
        self.scored: list[int] = []

    def __call__(self, docs: Documents) -> Any:
        assert docs.dtype == np.uint32
        self.scored += docs.tolist()
        return sum((term.scores(docs).astype(np.float64) for term in self.terms), np.zeros(len(docs)))

    def champions(self) -> Champions:
        docs = [term.champions for term in self.terms]
        added = [term.scores(term.champions) for term in self.terms]
        rests = [np.full(len(term.champions), term.rest) for term in self.terms]
        return Champions(*(np.concatenate([NONE, *columns]) for columns in (docs, added, rests)))


def best_documents(terms: Sequence[TinyTerm], k: int, size: int, within: Documents | None = None) -> Documents:
    """The documents of `best`, with the scores they have."""
    found = best(terms, TinyScorer(terms), k, size, within)
    assert found.docs.dtype == np.uint32
    assert found.scores.tolist() == pytest.approx(TinyScorer(terms)(found.docs).tolist())
    return found.docs


def random_term(rng: random.Random, size: int) -> TinyTerm:
    """A word with a few strong documents, a rare one that has no others, or a bigram that adds the same to all."""
    frequency = min(size, rng.choice([0, 1, 3, 20, rng.randrange(200), size]))
    docs = rng.sample(range(size), frequency)
    kind = rng.random()
    if kind < 0.25:
        return TinyTerm(dict.fromkeys(docs, rng.choice((0.5, rng.random() + 0.01))), [])
    added = {doc: rng.choice((rng.randrange(1, 9) / 4, rng.random() + 0.01)) for doc in docs}
    strongest = sorted(docs, key=lambda doc: (-added[doc], rng.random()))
    champions = docs if kind < 0.5 else strongest[: rng.choice([0, 1, 5, 30])]
    return TinyTerm(added, champions, rng.choice([1.0, 1.0, 1.5, 20.0]))


def assert_best(terms: Sequence[TinyTerm], k: int, size: int, within: Documents | None) -> int:
    """That the best are among those found, with all that tie with the last of them. Returns how many were found."""
    found = best_documents(terms, k, size, within)
    candidates = sorted({doc for term in terms for doc in term.added}) if within is None else within.tolist()
    scores = dict(zip(candidates, TinyScorer(terms)(np.array(candidates, np.uint32)).tolist(), strict=True))
    least = sorted(scores.values(), reverse=True)[:k][-1] if candidates else 0.0
    wanted = {doc for doc, score in scores.items() if score >= least}
    assert found.tolist() == sorted(set(found.tolist()))
    assert wanted <= set(found.tolist()) <= set(candidates), (k, size, within, [vars(term) for term in terms])
    return len(found)


@pytest.mark.parametrize("few", [0, 30, 1000])
def test_random_terms_against_scoring_all(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FEW", "_FEW_MATCHES", "_MANY", "_LONG", "_FEWEST_FIRST"):
        monkeypatch.setattr(top, name, few)
    monkeypatch.setattr(top, "_FEW_TERMS", few // 10)
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    fewer = 0
    for _ in range(500):
        size = rng.choice([1, 10, 100, 400])
        terms = [random_term(rng, size) for _ in range(rng.randrange(1, 6))]
        within = None
        if rng.random() < 0.5:
            within = np.array(sorted(rng.sample(range(size), rng.randrange(size + 1))), np.uint32)
        having = size if within is None else len(within)
        fewer += assert_best(terms, rng.choice([1, 2, 10, 60, 500]), size, within) < having / 2
    assert fewer > 50  # it does rule out most documents where it can


def test_ties_with_the_last_one() -> None:
    """All of them, champions or not, whichever term gave them their score."""
    one = TinyTerm({doc: 2.0 if doc < 3 else 1.0 for doc in range(50)}, range(5))
    other = TinyTerm(dict.fromkeys(range(60, 90), 1.0), [])
    for k in (1, 3):
        assert_best([one, other], k, 100, None)
    found = best_documents([one, other], 4, 100)
    assert found.tolist() == [*range(50), *range(60, 90)]


def test_a_rare_word_beside_a_frequent_one() -> None:
    """All documents of the rare one are champions, and the frequent one has too few champions to know a threshold."""
    rare = TinyTerm({1: 9.0, 2: 9.0}, [1, 2])
    frequent = TinyTerm(dict.fromkeys(range(10, 90), 1.0), [10])
    assert {1, 2} <= set(best_documents([rare, frequent], 5, 100).tolist())


def test_documents_without_a_term() -> None:
    """Among those of `within` they count, with nothing; else they do not."""
    term = TinyTerm({5: 1.0}, [5])
    assert best_documents([term], 3, 5000).tolist() == [5]
    within = np.arange(3000, dtype=np.uint32)
    assert best_documents([term], 3, 5000, within).tolist() == within.tolist()
    assert best_documents([term], 1, 5000, within).tolist() == [5]


@pytest.mark.parametrize("within", [None, np.arange(3000, dtype=np.uint32)], ids=["all", "within"])
def test_no_terms(within: Documents | None) -> None:
    found = best_documents([], 10, 5000, within)
    assert found.tolist() == (NONE if within is None else within).tolist()


def test_champions_settle_it_alone() -> None:
    """Where nothing else can reach the k-th of them, no long list is touched."""

    class Unread(TinyTerm):
        @property
        def docs(self) -> Documents:
            raise AssertionError("unpacked a list")

    terms = [Unread({doc: 5.0 if doc < 20 else 1.0 for doc in range(4000)}, range(20)) for _ in range(3)]
    scorer = TinyScorer(terms)
    assert best(terms, scorer, 10, 4000).docs.tolist() == list(range(20))
    assert scorer.scored == list(range(20))
    with pytest.raises(AssertionError, match="unpacked a list"):
        best(terms, scorer, 30, 4000)


def test_candidates_are_not_dropped_when_the_time_is_up() -> None:
    """It is up when they are known, and none of them is scored: too few to look for a threshold, too many to score."""

    class Soon(Deadline):
        asked = 0

        def passed(self) -> bool:
            self.asked += 1
            return self.asked > len(terms)

    terms = [TinyTerm({doc: 1.0 + doc / 1000 for doc in range(300)}, []) for _ in range(2)]
    scorer = TinyScorer(terms)
    found = best(terms, scorer, 10, 400, None, Soon())
    assert len(found.docs) >= 10
    assert len(scorer.scored) < 300
