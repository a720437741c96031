"""Segments as a writer sees them: which become one, and where articles are then."""

from __future__ import annotations

import random

import pytest

from newsearch.index.merging import segments_to_merge
from newsearch.index.parts import Part, Place, current, redirect


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ([], []),
        ([10, 20, 30], []),
        ([10, 20, 30, 40], [10, 20, 30, 40]),
        ([50_000, 10, 60_000, 20, 30], []),
        ([50_000, 10, 60_000, 20, 30, 40], [10, 20, 30, 40]),
        ([50_000, 60_000, 55_000, 10, 51_000], [50_000, 60_000, 55_000, 51_000]),
        ([10, 0, 20, 0, 30, 0], []),
    ],
)
def test_segments_of_about_one_size_become_one(sizes: list[int], merged: list[int]) -> None:
    assert [part.documents for part in segments_to_merge(map(Part, sizes), [], complete=True)] == merged


def test_places_follow_merges(rng: random.Random) -> None:
    """Held to lists of ids: what is live of several, one behind the other, and that again."""
    parts = [Part(count) for count in (5, 1, 7, 3)]
    names = ([f"{number}-{document}" for document in range(part.documents)] for number, part in enumerate(parts))
    ids = dict(zip(map(id, parts), names, strict=True))
    places = {name: Place(part, document, 0, 0) for part in parts for document, name in enumerate(ids[id(part)])}
    for group in (parts[:2], parts[2:]):
        for part in group:
            part.dead = set(rng.sample(range(part.documents), part.documents // 2))
        merge(group, ids, parts)
    merge(parts[4:], ids, parts)
    (last,) = parts[6:]
    for name in ids[id(last)]:
        place = current(places[name])
        assert place is not None
        assert (place.part, ids[id(last)][place.document]) == (last, name)
    assert current(None) is None


def merge(group: list[Part], ids: dict[int, list[str]], parts: list[Part]) -> None:
    """Merges segments into a new one, which is put behind the others; `ids` are those of the documents of each."""
    live = [part.live() for part in group]
    into = Part(sum(part.alive for part in group))
    redirect(group, into, live)
    ids[id(into)] = [name for part in group for document, name in enumerate(ids[id(part)]) if document not in part.gone]
    assert into.documents == len(ids[id(into)]) == sum(map(sum, live))
    parts.append(into)
