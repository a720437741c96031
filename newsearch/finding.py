"""Which articles come first: a query tree and its pieces → documents in order, with their scores.

Terms of the pieces add to scores (`RankedWord`, `RankedBigram`); a `Finder` puts the documents that match a tree in
order, and neither scores nor reads more of them than it must.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Query as Node

from newsearch import ranking
from newsearch.closeness import Closeness
from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation import (
    Champions,
    Scored,
    best,
    blocks,
    certain_words,
    evaluate,
    evaluate_in_time,
    is_certain,
    is_slow,
    matching,
    possible,
)
from newsearch.evaluation.sets import NONE, difference, member, union
from newsearch.index.reader import Reader
from newsearch.index.terms import TermPostings, occurrences

Sort = Literal["relevance", "newest", "oldest"]

Documents = NDArray[np.uint32]

# Terms × documents that are scored at once; of more, most are 0 and only the others are looked at.
_AT_ONCE = 100_000
# Documents of which the texts are looked at before the time is.
_AT_FIRST = 64


class RankedWord:
    """A word, or a value beside the text (author, kicker), that adds to scores by how strongly it stands."""

    def __init__(self, reader: Reader, kind: str, text: str, postings: TermPostings, boost: float = 1.0) -> None:
        self.kind = kind
        self.text = text
        self.postings = postings
        self.weight = boost * ranking.idf(len(postings), reader.count)
        self._reader = reader

    @property
    def docs(self) -> Documents:
        return self.postings.docs

    @cached_property
    def rest(self) -> float:
        strongest = self.postings.champions[2]
        return self.weight * float(ranking.saturation(strongest) if strongest < np.inf else ranking.WEIGHTS.k1 + 1)

    def scores(self, docs: Documents) -> NDArray[np.float32]:
        """What it adds to each of some ascending documents, 0 where it is absent."""
        scores = np.zeros(len(docs), np.float32)
        found, (title, lead, body) = self.postings.at(docs)
        there = docs[found]
        lengths = ranking.Lengths(*(length[there] for length in self._reader.lengths))
        strengths = ranking.strength(title, lead, body, lengths, self._reader.averages)
        scores[found] = ranking.saturation(strengths) * np.float32(self.weight)
        return scores


class RankedBigram:
    """Two characters on either side of a word's end, that add the same to all articles in which they stand."""

    def __init__(self, reader: Reader, kind: str, text: str, postings: TermPostings, boost: float = 1.0) -> None:
        self.kind = kind
        self.text = text
        self.postings = postings
        self.weight = boost * ranking.WEIGHTS.bigram * ranking.idf(len(postings), reader.count)

    @property
    def rest(self) -> float:
        return self.weight

    @property
    def docs(self) -> Documents:
        return self.postings.docs

    def scores(self, docs: Documents) -> NDArray[np.float32]:
        return member(docs, self.docs) * np.float32(self.weight)


RankedTerm = RankedWord | RankedBigram


def lighter(terms: Sequence[RankedTerm], typed: Sequence[RankedTerm], share: float) -> list[RankedTerm]:
    """The terms of a synonym, without those that the typed form has too, and with so little weight that together they
    cannot add more than a `share` of what the typed form's own can. They are changed in place."""
    common = {(term.kind, term.text) for term in terms} & {(term.kind, term.text) for term in typed}
    own = [term for term in terms if (term.kind, term.text) not in common]
    most = share * sum(term.weight for term in typed if (term.kind, term.text) not in common)
    factor = min(share, most / sum(term.weight for term in own)) if own else 0.0
    for term in own:
        term.weight *= factor
    return own


class Scorer:
    """The scores of documents by all terms of a query, or by as many of them as there is time for."""

    def __init__(self, reader: Reader, terms: Sequence[RankedTerm], deadline: Deadline = UNLIMITED) -> None:
        self._reader = reader
        self._deadline = deadline
        self._terms = [term for term in terms if len(term.postings)]
        self._words = [term for term in self._terms if isinstance(term, RankedWord)]
        self._weights = np.array([term.weight for term in self._terms], np.float32)
        self._is_word = np.array([isinstance(term, RankedWord) for term in self._terms], np.bool_)

    def __call__(self, docs: Documents) -> NDArray[np.float64]:
        """The scores of ascending documents: sums over terms in their order, so the same whoever asks."""
        if len(self._terms) * len(docs) <= _AT_ONCE:
            scores: NDArray[np.float64] = self._looked_up(docs).sum(axis=0, dtype=np.float64)
            return scores
        scores = np.zeros(len(docs), np.float64)
        for term in self._terms:
            if self._deadline.passed():
                break
            scores += term.scores(docs)
        return scores

    def champions(self) -> Champions:
        """The champions of all words, one word after another."""
        listed = [word.postings.champions for word in self._words]
        counts = np.array([len(docs) for docs, _, _ in listed], np.int64)
        docs = np.concatenate([NONE, *(docs for docs, _, _ in listed)])
        title, lead, body = (np.concatenate([NONE, *(fields[row] for _, fields, _ in listed)]) for row in range(3))
        weights = np.array([word.weight for word in self._words], np.float32).repeat(counts)
        rests = np.array([word.rest for word in self._words]).repeat(counts)
        return Champions(docs, self._saturation(docs, title, lead, body) * weights, rests)

    def _looked_up(self, docs: Documents) -> NDArray[np.float32]:
        """What each term adds to each document, a row for each term."""
        there = occurrences([term.postings for term in self._terms], docs)
        added = np.zeros((len(self._terms), len(docs)), np.float32)
        added[there.terms, there.docs] = self._weights[there.terms]
        words = self._is_word[there.terms].nonzero()[0]
        row, column = there.terms[words], there.docs[words]
        saturated = self._saturation(docs[column], there.title[words], there.lead[words], there.body[words])
        added[row, column] = saturated * self._weights[row]
        return added

    def _saturation(
        self, docs: Documents, title: NDArray[Any], lead: NDArray[Any], body: NDArray[Any]
    ) -> NDArray[np.float32]:
        lengths = ranking.Lengths(*(length[docs] for length in self._reader.lengths))
        strengths = ranking.strength(title, lead, body, lengths, self._reader.averages)
        saturated: NDArray[np.float32] = ranking.saturation(strengths)
        return saturated


def recency(reader: Reader, documents: Documents) -> NDArray[np.float64]:
    """What the scores of documents are multiplied by if recent ones count for more; the newest of all is of today."""
    newest = int(day_numbers(reader.column("date").max(initial=0)))
    return ranking.recency(day_numbers(reader.column("date")[documents]), newest)


def day_numbers(dates: NDArray[np.int32]) -> NDArray[np.int64]:
    """Dates as YYYYMMDD → days since a day long ago, 0 for no date. Every month counts 30.44 days: near enough for the
    age of news."""
    years, months, days = dates // 10000, dates // 100 % 100, dates % 100
    return np.where(dates > 0, (years * 12 + months) * 30.44 + days, 0).astype(np.int64)


class Finder:
    """Finds the first documents of an order that match a tree, and looks at no more texts than it must."""

    def __init__(
        self,
        reader: Reader,
        tree: Node,
        allowed: Documents | None,
        terms: Sequence[RankedTerm],
        recent: bool = False,
        deadline: Deadline = UNLIMITED,
        closeness: Closeness | None = None,
    ) -> None:
        self._reader = reader
        self._tree = tree
        self._deadline = deadline
        self._allowed = allowed
        self._recent = recent
        self._closeness = closeness
        self._added: dict[int, float] = {}
        self._terms = [term for term in terms if len(term.postings)]
        self._every_term = terms
        self._scorer = Scorer(reader, terms, deadline)
        self._scored = Scored(NONE, np.zeros(0))
        self._certain = is_certain(tree)

    @property
    def reranked(self) -> frozenset[int]:
        """The documents whose scores have to do with how close words stand."""
        return frozenset(self._added)

    def scores(self, documents: Documents) -> list[float]:
        """The scores of some documents, in any order."""
        listed: list[float] = self._scores(documents).tolist()
        return listed

    def _scores(self, documents: Documents) -> NDArray[np.float64]:
        ascending, scores = self._scored
        if not len(ascending) or self._deadline.cut:
            ascending = np.sort(documents)
            scores = Scorer(self._reader, self._every_term)(ascending)
            if self._recent:
                scores = scores * recency(self._reader, ascending)
        added = np.array([self._added.get(document, 0.0) for document in documents.tolist()])
        if self._recent:
            added *= recency(self._reader, documents)
        found: NDArray[np.float64] = scores[ascending.searchsorted(documents)] + added
        return found

    @cached_property
    def _possible(self) -> Documents:
        found = possible(self._reader, self._tree, self._allowed, self._deadline)
        self._certain = self._certain and not self._deadline.cut
        return found

    def documents(self) -> Documents:
        """All documents that match, ascending; fewer if there is no time to look at all that may."""
        found = self._possible
        return found if self._certain else union(list(matching(self._reader, self._tree, found, self._deadline)))

    def newest(self, wanted: int, sort: Sort) -> Documents:
        """The first by date, either way; ties by digest."""
        ordered = self._in_order(self._possible, None, sort)
        return self._matching(ordered, wanted)

    def best(self, wanted: int) -> Documents:
        """The first by score; ties by date, the newest first, then by digest. One at least, if there is any."""
        if not self._closeness or wanted < 1:  # nobody sees the order of none
            return self._best_by_terms(max(wanted, 1))
        most = ranking.WEIGHTS.reranked
        ordered = self._best_by_terms(max(wanted, most))
        if self._deadline.passed():
            self._added = {}
            return ordered
        first = np.sort(ordered[:most])
        new = [document for document in first.tolist() if document not in self._added]
        self._added |= zip(new, map(sum, self._closeness(new)), strict=True)
        return np.concatenate([self._in_order(first, self._scores(first), "relevance"), ordered[most:]])

    def _best_by_terms(self, wanted: int) -> Documents:
        if self._recent:
            scores = self._scorer(self._possible) * recency(self._reader, self._possible)
            self._scored = Scored(self._possible, scores)
            return self._matching(self._in_order(self._possible, scores, "relevance"), wanted)
        words = certain_words(self._tree) if self._allowed is None else frozenset()
        if words:
            found = self._best_of_all(words, wanted)
            if found is not None:
                return found
        # Most candidates do match: no more are put in order than it takes to find enough.
        tried = wanted if self._certain else 4 * wanted + 16
        while True:
            found = self._matching(self._best(tried, self._possible), wanted)
            if self._certain or len(found) >= wanted or tried >= len(self._possible) or self._deadline.cut:
                return found
            tried *= 16

    def best_without_copies(self, wanted: int) -> tuple[Documents, dict[int, list[int]]]:
        """The first by score that are no copies of better ones, and by document the copies of it that were met."""
        tried = 2 * wanted + 8
        while True:
            ordered = self.best(tried)[:tried]
            original = ranking.copies(self._reader.column("sketch")[ordered])
            first = np.flatnonzero(original == np.arange(len(ordered)))
            if len(first) >= wanted or len(ordered) < tried or self._deadline.cut:
                break
            tried *= 4
        copies: dict[int, list[int]] = {}
        for place in np.flatnonzero(original != np.arange(len(ordered))).tolist():
            copies.setdefault(int(ordered[original[place]]), []).append(int(ordered[place]))
        return ordered[first], copies

    def _best_of_all(self, words: frozenset[str], wanted: int) -> Documents | None:
        """The best by the terms' own documents, where each of `words` alone is a match; None if there are too few."""
        sure = [term for term in self._terms if term.kind == "word" and term.text in words]
        if sum(len(term.postings) for term in sure) < wanted:
            return None
        ordered = self._best(wanted, None)
        if len(ordered) < wanted:
            return None
        doubtful = np.sort(ordered)
        for term in sure:
            if len(doubtful):
                doubtful = difference(doubtful, term.postings.champions[0])
        for term in sure:
            if len(doubtful):
                doubtful = difference(doubtful, term.docs)
        return ordered if len(evaluate(self._reader, self._tree, doubtful)) == len(doubtful) else None

    def _best(self, count: int, within: Documents | None) -> Documents:
        self._scored = best(self._terms, self._scorer, count, self._reader.size, within, self._deadline)
        return self._in_order(*self._scored, "relevance", count)

    def _in_order(
        self, documents: Documents, scores: NDArray[np.float64] | None, sort: Sort, limit: int | None = None
    ) -> Documents:
        dates = self._reader.column("date")[documents].astype(np.int64)
        # Articles without a date (0) come last in either order of dates.
        by_date = np.where(dates == 0, 99999999, dates) if sort == "oldest" else -dates
        keys = [by_date, self._reader.column("digest")[documents]]
        return documents[ranking.order(keys if scores is None else [-scores, *keys], limit)]

    def _matching(self, ordered: Documents, wanted: int) -> Documents:
        """The first documents that match, in order; at least one if there is any. Fewer if the time is up."""
        if self._certain:
            return ordered
        wanted = max(wanted, 1)
        found: list[Documents] = []
        first = 1 if is_slow(self._tree) else min(wanted, _AT_FIRST)
        for block in blocks(ordered, first, self._deadline):
            there = evaluate_in_time(self._reader, self._tree, np.sort(block), self._deadline)
            found.append(block[np.isin(block, there)])
            if sum(map(len, found)) >= wanted:
                break
        return np.concatenate([NONE, *found])
