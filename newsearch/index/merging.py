"""Which segments become one, so that every search meets few: a tiered merge policy.

Segments of about one size make a tier; once a tier has `_MERGE_FROM` of them they are merged, which lifts the outcome
into a higher tier. So each article is merged about log(articles) times in its life.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsearch.index.parts import Part

# This many segments of about one size become one.
_MERGE_FROM = 4
_SMALLEST_TIER = 4096


def segments_to_merge(parts: Iterable[Part]) -> list[Part]:
    """The segments of the lowest tier that has too many, in order; [] if none has."""
    tiers: dict[int, list[Part]] = {}
    for part in parts:
        if part.alive:
            tiers.setdefault(tier(part.alive), []).append(part)
    return next((tiers[number] for number in sorted(tiers) if len(tiers[number]) >= _MERGE_FROM), [])


def tier(documents: int) -> int:
    """Segments of one tier differ by at most a factor of `_MERGE_FROM`."""
    number = 0
    while documents > _SMALLEST_TIER:
        documents //= _MERGE_FROM
        number += 1
    return number
