"""Grouping occurrences, held to a Counter; combining the postings of several sources, held to a dict."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from newsearch.codec import postings
from newsearch.codec.packing import LARGE
from newsearch.codec.postings import (
    BODY,
    DEAD,
    DOCUMENT_BITS,
    LEAD,
    NO_ROWS,
    TITLE,
    Frequencies,
    Grouped,
    GroupedSource,
    Lists,
    Source,
    chunks,
    combined,
    distinct,
    group_documents,
    group_occurrences,
    stable_order,
)

Occurrence = tuple[int, int, int]  # term, document, field
Counts = tuple[int, int, int]  # title, lead, body


def grouped(occurrences: list[Occurrence]) -> Grouped:
    terms, docs, fields = np.array(occurrences, np.uint32).reshape(-1, 3).T
    return group_occurrences(terms, docs << np.uint32(2) | fields)


def rows(lists: Lists) -> list[tuple[int, Counts]]:
    """Document and frequencies of each posting; checks the form on the way."""
    assert lists.codes is not None
    assert [lists.docs.dtype, lists.codes.dtype, lists.large.dtype] == [np.uint32, np.uint8, np.uint16]
    assert lists.large.shape == (np.sum(lists.codes == LARGE), 3)
    large = iter(lists.large.tolist())
    codes = lists.codes.tolist()
    counts = [tuple(next(large)) if code == LARGE else (code >> 6, code >> 3 & 7, code & 7) for code in codes]
    for code, mine in zip(codes, counts, strict=True):
        assert any(mine)
        assert code != LARGE or mine[TITLE] > 3 or mine[LEAD] > 7 or mine[BODY] > 7
    return list(zip(lists.docs.tolist(), counts, strict=True))


def by_term(found: Grouped) -> list[tuple[int, int]]:
    """Term and document of each posting, in order."""
    assert [found.terms.dtype, found.frequencies.dtype] == [np.uint64, np.int64]
    assert (found.terms[1:] > found.terms[:-1]).all()
    assert (found.frequencies > 0).all()
    assert found.frequencies.sum() == len(found.lists.docs)
    terms = np.repeat(found.terms, found.frequencies).tolist()
    return list(zip(terms, found.lists.docs.tolist(), strict=True))


def read_back(found: Grouped) -> dict[Occurrence, int]:
    """What postings say, as counts of occurrences."""
    places = by_term(found)
    assert places == sorted(set(places))
    counts = [mine for _, mine in rows(found.lists)]
    return {
        (term, doc, field): count
        for (term, doc), mine in zip(places, counts, strict=True)
        for field, count in enumerate(mine)
        if count
    }


def test_random_occurrences(rng: random.Random) -> None:
    """In any order: terms and documents are put in theirs."""
    for _ in range(200):
        terms = [rng.choice([rng.randrange(10), rng.randrange(1 << 32)]) for _ in range(rng.randint(1, 8))]
        docs = [rng.choice([rng.randrange(10), rng.randrange(1 << DOCUMENT_BITS)]) for _ in range(rng.randint(1, 8))]
        occurrences = [
            (rng.choice(terms), rng.choice(docs), rng.choice((TITLE, LEAD, BODY))) for _ in range(rng.randint(0, 400))
        ]
        assert read_back(grouped(occurrences)) == Counter(occurrences)
        assert read_back(grouped(sorted(occurrences, key=lambda found: found[1:]))) == Counter(occurrences)


@pytest.mark.parametrize("field", [TITLE, LEAD, BODY])
@pytest.mark.parametrize("count", [1, 3, 4, 7, 8, 255, 256, 65_535])
def test_counts(field: int, count: int) -> None:
    others = [(1, 4, BODY), (1, 6, TITLE), (0, 5, LEAD), (2, 5, LEAD)]
    occurrences = [(1, 5, field)] * count + others
    assert read_back(grouped(occurrences)) == Counter(occurrences)


def test_large_counts_beside_each_other() -> None:
    """In several fields, documents and terms; each row goes to its own posting."""
    occurrences = [(1, 5, TITLE)] * 4 + [(1, 5, LEAD)] * 8 + [(1, 5, BODY)] * 2
    occurrences += [(1, 6, BODY)] * 300 + [(1, 7, TITLE)] * 3 + [(2, 0, LEAD)] * 9 + [(2, 1, BODY)] * 7
    assert read_back(grouped(occurrences[::-1])) == Counter(occurrences)


def test_a_count_stays_at_the_most_it_can_be() -> None:
    assert read_back(grouped([(1, 5, BODY)] * 70_000)) == {(1, 5, BODY): 65_535}


def test_the_largest_numbers() -> None:
    occurrences = [((1 << 32) - 1, (1 << DOCUMENT_BITS) - 1, BODY), (0, 0, TITLE)]
    assert read_back(grouped(occurrences)) == Counter(occurrences)


def test_documents_are_grouped_each_once(rng: random.Random) -> None:
    for _ in range(200):
        terms = [rng.choice([rng.randrange(10), rng.randrange(1 << 42)]) for _ in range(rng.randint(1, 8))]
        docs = [rng.choice([rng.randrange(10), rng.randrange(1 << DOCUMENT_BITS)]) for _ in range(rng.randint(1, 8))]
        pairs = [(rng.choice(terms), rng.choice(docs)) for _ in range(rng.randint(0, 100))]
        found = group_documents(
            np.array([term for term, _ in pairs], np.uint64), np.array([doc for _, doc in pairs], np.uint32)
        )
        assert by_term(found) == sorted(set(pairs))
        assert (found.lists.codes, len(found.lists.large)) == (None, 0)


def test_nothing() -> None:
    assert read_back(grouped([])) == {}
    assert by_term(group_documents(np.zeros(0, np.uint64), np.zeros(0, np.uint32))) == []


@pytest.mark.parametrize("bits", [1, 15, 16, 17, 31, 32, 33, 47, 48, 64])
def test_stable_order(bits: int, rng: random.Random) -> None:
    """By keys of any length; equal ones stay as they stand."""
    most = (1 << bits) - 1
    for count in (0, 1, 2, 300):
        # Few values of each 16 bits, so that many keys agree in some of them.
        drawn = [sum(rng.choice((0, 1, 0xFFFF)) << shift for shift in range(0, 64, 16)) & most for _ in range(count)]
        for dtype in (np.uint32, np.uint64) if bits <= 32 else (np.uint64,):
            keys = np.array([*drawn, most], dtype)
            assert stable_order(keys).tolist() == sorted(range(len(keys)), key=lambda at: int(keys[at]))


def test_taking_some_terms(rng: random.Random) -> None:
    """In any order and more than once, with the large frequencies that are theirs."""
    occurrences = [(rng.randrange(9), rng.randrange(9), rng.randrange(3)) for _ in range(900)]
    found = grouped(occurrences)
    assert len(found.lists.large) > 3
    all_rows = rows(found.lists)
    ends = np.cumsum(found.frequencies)
    begin = ends - found.frequencies
    for _ in range(50):
        chosen = np.array(rng.choices(range(len(found.terms)), k=rng.randint(0, 12)), np.int64)
        taken = found.lists.take(begin[chosen], found.frequencies[chosen])
        assert rows(taken) == [row for term in chosen for row in all_rows[begin[term] : ends[term]]]
        documents_only = Lists(found.lists.docs, None, NO_ROWS).take(begin[chosen], found.frequencies[chosen])
        assert (documents_only.docs.tolist(), documents_only.codes) == (taken.docs.tolist(), None)


def test_taking_terms_in_a_row(rng: random.Random) -> None:
    """Which are taken as they stand: from each term on to each, with the large frequencies that are theirs."""
    found = grouped([(rng.randrange(6), rng.randrange(6), rng.randrange(3)) for _ in range(600)])
    assert len(found.lists.large) > 3
    all_rows = rows(found.lists)
    ends = np.cumsum(found.frequencies)
    begin = ends - found.frequencies
    for first in range(len(found.terms)):
        for last in range(first, len(found.terms)):
            taken = found.lists.take(begin[first : last + 1], found.frequencies[first : last + 1])
            assert rows(taken) == all_rows[begin[first] : ends[last]]


def test_distinct(rng: random.Random) -> None:
    parts = [sorted(rng.choices(range(40), k=rng.randrange(30))) for _ in range(6)]
    found = distinct([np.array(part, np.uint64) for part in parts])
    assert found.tolist() == sorted({value for part in parts for value in part})
    assert distinct([]).tolist() == []


class Dropping:
    """A source some of whose documents died: it gives fewer postings than it said it has."""

    def __init__(self, source: GroupedSource, dead: int) -> None:
        self.frequencies, self.ordinals = source.frequencies, source.ordinals
        self._source, self._dead = source, dead

    def lists(self, terms: Frequencies) -> tuple[Frequencies, Lists]:
        counts, lists = self._source.lists(terms)
        kept = lists.docs != self._dead
        term = np.repeat(np.arange(len(terms)), counts)
        codes = None if lists.codes is None else lists.codes[kept]
        large = lists.large[kept[lists.codes == LARGE]] if lists.codes is not None else NO_ROWS
        return np.bincount(term[kept], minlength=len(terms)), Lists(lists.docs[kept], codes, large)


@pytest.mark.parametrize("chunk", [1, 5, 40, 500_000])
@pytest.mark.parametrize("with_codes", [True, False], ids=["codes", "none"])
def test_combining_sources(chunk: int, with_codes: bool, rng: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every term's postings, those of the first source before those of the next; each has numbers of its own."""
    monkeypatch.setattr(postings, "_CHUNK", chunk)
    for _ in range(40):
        terms = rng.randint(1, 12)
        model: dict[int, list[tuple[int, Counts | None]]] = {ordinal: [] for ordinal in range(terms)}
        sources: list[Source] = []
        for number in range(rng.randint(1, 4)):
            numbers = rng.sample([*range(terms), *[DEAD] * 3], rng.randint(1, terms + 3))
            vocabulary = np.array(numbers, np.int64)
            occurrences = [
                (rng.randrange(len(numbers)), 10 * number + rng.randrange(9), rng.choice((0, 2, 2)))
                for _ in range(rng.randint(0, 150))
            ]
            found = grouped(occurrences)
            if not with_codes:
                found = found._replace(lists=Lists(found.lists.docs, None, NO_ROWS))
            source: Source = GroupedSource(found, vocabulary)
            dead = 10 * number + rng.choice([4, 9])  # one that it has, or none
            sources.append(Dropping(source, dead) if number % 2 else source)  # type: ignore[arg-type]
            counted = rows(grouped(occurrences).lists)
            for (term, doc), (_, counts) in zip(by_term(found), counted, strict=True):
                if numbers[term] != DEAD and not (number % 2 and doc == dead):
                    model[numbers[term]].append((doc, counts if with_codes else None))
        read: list[tuple[int, Counts | None]] = []
        frequencies: list[int] = []
        for counts, lists in combined(sources, terms):
            assert len(lists.docs) == counts.sum()
            read += rows(lists) if with_codes else [(doc, None) for doc in lists.docs.tolist()]
            frequencies += counts.tolist()
        assert frequencies == [len(model[ordinal]) for ordinal in range(terms)]
        assert read == [row for ordinal in range(terms) for row in model[ordinal]]


def test_combining_nothing() -> None:
    assert list(combined([], 0)) == []
    assert list(combined([GroupedSource(grouped([]), np.zeros(0, np.int64))], 0)) == []


@pytest.mark.parametrize(
    ("frequencies", "ranges"),
    [
        ([], []),
        ([3], [(0, 1)]),
        ([100], [(0, 1)]),
        ([4, 6, 1], [(0, 2), (2, 3)]),
        ([4, 7, 3], [(0, 1), (1, 3)]),
        ([100, 0, 0, 100], [(0, 1), (1, 3), (3, 4)]),
        ([1] * 25, [(0, 10), (10, 20), (20, 25)]),
        ([0, 0], [(0, 2)]),
    ],
    ids=str,
)
def test_chunks(frequencies: list[int], ranges: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of at most so many postings, or of one term that has more."""
    monkeypatch.setattr(postings, "_CHUNK", 10)
    assert list(chunks(np.array(frequencies, np.int64))) == ranges
