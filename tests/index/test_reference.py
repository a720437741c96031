"""By what strength is measured where champions are chosen, and what a reader makes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from newsearch import ranking
from newsearch.codec.builder import MOST_DOCUMENTS, Reference
from newsearch.index.reference import drift, reference_of

COLUMNS = {
    "title_length": np.array([2, 4, 0, 6], np.uint8),
    "body_length": np.array([100, 300, 0, 400], np.uint16),
    "date": np.array([0, 0, 0, 0], np.int32),
}
AVERAGES = ranking.Averages(3.0, 200.0)


class Referring:
    """All that a segment is asked for."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.reference = facts


def made() -> Reference:
    return reference_of(COLUMNS)


def test_strength_is_that_of_ranking_by_the_segments_own_averages() -> None:
    docs = np.array([0, 1, 3, 1], np.uint32)
    title, lead, body = (np.array(field, np.uint8) for field in ([1, 0, 2, 0], [0, 3, 0, 0], [9, 1, 0, 200]))
    lengths = ranking.Lengths(COLUMNS["title_length"][docs], COLUMNS["body_length"][docs])
    found = made().strength(docs, title, lead, body)
    assert found.tolist() == ranking.strength(title, lead, body, lengths, AVERAGES).tolist()
    assert found.dtype == np.float32
    assert (found > 0).all()


def test_a_segment_without_documents() -> None:
    none = reference_of({name: column[:0] for name, column in COLUMNS.items()})
    assert len(none.strength(np.zeros(0, np.uint32), *[np.zeros(0, np.uint8)] * 3)) == 0
    assert none.facts["averages"] == [0, 0]


def test_its_facts_come_back_from_a_file_as_they_were() -> None:
    """Sums of the longest fields too, to the last digit."""
    lengths = np.full(3, MOST_DOCUMENTS // 3, np.uint32)
    for reference in (made(), reference_of({"title_length": lengths, "body_length": lengths - 1})):
        facts = json.loads(json.dumps(dict(reference.facts)))
        assert facts == dict(reference.facts)
        average = ranking.Averages(*reference.facts["averages"])
        assert drift(Referring(facts), average) == 1.0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("average", "most"),
    [((3.0, 200.0), 1.0), ((1.0, 100.0), 1.0), ((6.0, 200.0), 2.0), ((6.0, 500.0), 2.5), ((0.0, 0.0), 1.0)],
)
def test_drift(average: tuple[float, float], most: float) -> None:
    facts = dict(made().facts)
    assert drift(Referring(facts), ranking.Averages(*average)) == most  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["title", "lead", "body", "title_b", "body_b"])
def test_by_other_weights_nothing_is_known(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = dict(made().facts)
    monkeypatch.setattr(ranking, "WEIGHTS", replace(ranking.WEIGHTS, **{name: 0.125}))
    assert drift(Referring(facts), AVERAGES) is None  # type: ignore[arg-type]


def test_saturation_and_bigrams_may_change(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = dict(made().facts)
    monkeypatch.setattr(ranking, "WEIGHTS", replace(ranking.WEIGHTS, k1=9.0, bigram=9.0))
    assert drift(Referring(facts), AVERAGES) == 1.0  # type: ignore[arg-type]


def test_a_segment_without_reference() -> None:
    assert drift(Referring({}), AVERAGES) is None  # type: ignore[arg-type]
