"""How strength is measured in a segment when its champions are chosen: by the ranking's model, with the segment's own
average lengths. A reader that ranks by other weights does without champions."""

from __future__ import annotations

from math import inf
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
    that of another model. Raises IndexDamaged for one that makes no sense."""
    facts = segment.reference
    if facts.get("weights") != ranking.WEIGHTS.fields():
        return None
    averages: Any = facts.get("averages")
    numbers = isinstance(averages, list) and all(isinstance(value, int | float) for value in averages)
    if not numbers or len(averages) != len(average) or not all(0 <= value < inf for value in averages):
        raise segment.file.damaged("word.champion_rest", "was measured by averages that are none")
    return ranking.drift(average, ranking.Averages(*averages))
