"""Grouping occurrences, held to a Counter."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest

from newsearch.codec.packing import LARGE
from newsearch.codec.postings import BODY, DOCUMENT_BITS, LEAD, TITLE, GroupedPostings, group, pack_occurrences

Occurrence = tuple[int, int, int]  # term, document, field


def grouped(occurrences: list[Occurrence]) -> GroupedPostings:
    columns = np.array(occurrences, np.uint64).reshape(-1, 3).T
    return group(pack_occurrences(columns[0], columns[1] << np.uint64(2) | columns[2]))


def read_back(postings: GroupedPostings) -> dict[Occurrence, int]:
    """What postings say, as counts of occurrences; checks their form on the way."""
    assert [column.dtype for column in postings] == [np.uint64, np.int64, np.uint32, np.uint8, np.uint16]
    assert (np.diff(postings.terms.astype(np.int64)) > 0).all()
    assert (postings.frequencies > 0).all()
    assert postings.frequencies.sum() == len(postings.docs) == len(postings.codes)
    assert postings.large.shape == (np.sum(postings.codes == LARGE), 3)
    found: dict[Occurrence, int] = {}
    large = iter(postings.large.tolist())
    terms = np.repeat(postings.terms, postings.frequencies).tolist()
    for term, doc, code in zip(terms, postings.docs.tolist(), postings.codes.tolist(), strict=True):
        assert (term, doc, TITLE) > max(found, default=(-1,))
        counts = next(large) if code == LARGE else (code >> 6, code >> 3 & 7, code & 7)
        assert any(counts)
        assert code != LARGE or counts[TITLE] > 3 or counts[LEAD] > 7 or counts[BODY] > 7
        found |= {(term, doc, field): count for field, count in enumerate(counts) if count}
    return found


def test_random_occurrences() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(200):
        terms = [rng.choice([rng.randrange(10), rng.randrange(1 << 40)]) for _ in range(rng.randint(1, 8))]
        docs = [rng.choice([rng.randrange(10), rng.randrange(1 << DOCUMENT_BITS)]) for _ in range(rng.randint(1, 8))]
        occurrences = [
            (rng.choice(terms), rng.choice(docs), rng.choice((TITLE, LEAD, BODY))) for _ in range(rng.randint(0, 400))
        ]
        assert read_back(grouped(occurrences)) == Counter(occurrences)


@pytest.mark.parametrize("field", [TITLE, LEAD, BODY])
@pytest.mark.parametrize("count", [1, 3, 4, 7, 8, 255, 256, 65_535])
def test_counts(field: int, count: int) -> None:
    others = [(1, 4, BODY), (1, 6, TITLE), (0, 5, LEAD), (2, 5, LEAD)]
    occurrences = [(1, 5, field)] * count + others
    assert read_back(grouped(occurrences)) == Counter(occurrences)


def test_a_count_stays_at_the_most_it_can_be() -> None:
    assert read_back(grouped([(1, 5, BODY)] * 70_000)) == {(1, 5, BODY): 65_535}


def test_the_largest_numbers() -> None:
    occurrences = [((1 << 40) - 1, (1 << DOCUMENT_BITS) - 1, BODY), (0, 0, TITLE)]
    assert read_back(grouped(occurrences)) == Counter(occurrences)


def test_nothing() -> None:
    assert [len(column) for column in grouped([])] == [0] * 5
    assert read_back(grouped([])) == {}
