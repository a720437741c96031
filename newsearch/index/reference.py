"""How strength is measured in a segment when its champions are chosen: by the ranking's model, with the segment's own
average lengths. A reader that ranks by other weights does without champions."""

from __future__ import annotations

from typing import Any

from newsearch import ranking
from newsearch.codec.builder import Columns, Reference
from newsearch.codec.segment import Segment


def reference_of(columns: Columns) -> Reference:
    """The reference of the segment that has these document columns."""
    lengths = ranking.Lengths(columns["title_length"], columns["body_length"])
    average = ranking.averages(lengths)

    def strength(docs: Any, title: Any, lead: Any, body: Any) -> Any:
        mine = ranking.Lengths(lengths.title[docs], lengths.body[docs])
        return ranking.strength(title, lead, body, mine, average)

    return Reference(strength, {"weights": ranking.WEIGHTS.fields(), "averages": list(average)})


def drift(segment: Segment, average: ranking.Averages) -> float | None:
    """How much stronger than in the segment's reference a word can be by other averages; None if the reference is
    that of another model."""
    facts = segment.reference
    if facts.get("weights") != ranking.WEIGHTS.fields():
        return None
    return ranking.drift(average, ranking.Averages(*facts["averages"]))
