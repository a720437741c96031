"""Which segments become one, so that every search meets few: a tiered merge policy, and one merge at the end of a
large addition.

Segments of about one size make a tier; once a tier has `_MERGE_FROM` of them they are merged, which lifts the outcome
into a higher tier. So each article is merged about log(articles) times in its life. What one addition made is merged
only when all of it is there: once, whatever its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsearch.codec.builder import MOST_DOCUMENTS
from newsearch.index.parts import Part

#: So many lanes share a merge at most, each of which makes a segment of its own.
MERGERS = 2
# From so many documents on, two segments are worth the time that a shared merge saves.
_SHARED_FROM = 20_000
# This many segments of about one size become one.
_MERGE_FROM = 4
_SMALLEST_TIER = 4096
# So many segments of an addition that goes on wait for its end; more would take memory, and time of whoever searches.
_MOST_WAITING = 32


def segments_to_merge(parts: Iterable[Part], new: Iterable[Part], complete: bool) -> list[Part]:
    """The segments that are to be merged next, in order; [] if none are. `new` are those that an addition has made so
    far and that were not merged, `complete` is whether that is all of it."""
    candidates = [part for part in parts if 0 < part.alive <= MOST_DOCUMENTS // 2]
    added = [part for part in new if part in candidates]
    if len(added) > (MERGERS if complete else _MOST_WAITING):
        return _with_smaller(added, candidates)
    return _crowded_tier(candidates) if complete else []


def _crowded_tier(parts: Iterable[Part]) -> list[Part]:
    """The segments of the lowest tier that has too many."""
    tiers: dict[int, list[Part]] = {}
    for part in parts:
        tiers.setdefault(tier(part.alive), []).append(part)
    return next((tiers[number] for number in sorted(tiers) if len(tiers[number]) >= _MERGE_FROM), [])


def _with_smaller(group: Sequence[Part], parts: Sequence[Part]) -> list[Part]:
    """These segments, and those which are small beside what becomes of them; those of the same size, too, if there
    would be too many of it."""
    outcome = tier(sum(part.alive for part in group) // MERGERS)
    same = [part for part in parts if part not in group and tier(part.alive) == outcome]
    reach = outcome + (len(same) + MERGERS >= _MERGE_FROM)
    return [part for part in parts if part in group or tier(part.alive) < reach]


def shares(parts: Sequence[Part], lanes: int) -> list[Sequence[Part]]:
    """The segments that become one, for each lane that can share the work: neighbours, of about as many documents for
    each lane, at least two and no more than a segment can have. Each part may have half of that at most."""
    total = sum(part.alive for part in parts)
    lanes = max(1, min(lanes, MERGERS, len(parts) // 2)) if total >= _SHARED_FROM else 1
    shared: list[list[Part]] = []
    before, lane = 0, -1
    for part in parts:
        mine = int(lanes * (before + part.alive / 2) / total)
        before += part.alive
        if mine == lane and sum(other.alive for other in shared[-1]) + part.alive <= MOST_DOCUMENTS:
            shared[-1].append(part)
        else:
            shared.append([part])
        lane = mine
    return [share for share in shared if len(share) > 1]


def tier(documents: int) -> int:
    """Segments of one tier differ by at most a factor of `_MERGE_FROM`."""
    number = 0
    while documents > _SMALLEST_TIER:
        documents //= _MERGE_FROM
        number += 1
    return number
