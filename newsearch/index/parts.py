"""Segments as a writer sees them, and where articles are in them: also in segments that are not written yet, or that
have become part of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.index.manifest import SegmentEntry


@dataclass(slots=True, eq=False)
class Part:
    """A segment. `entry` is None until the file called `name` is there; `dead` are the documents that died since the
    last commit, `died` those before. Once it is `merged_into` another, `targets` are its documents' numbers there."""

    documents: int = 0
    entry: SegmentEntry | None = None
    died: frozenset[int] = frozenset()
    dead: set[int] = field(default_factory=set)
    name: str = ""
    merged_into: Part | None = None
    targets: NDArray[np.int64] | None = None

    @property
    def gone(self) -> frozenset[int]:
        return self.died | self.dead

    @property
    def alive(self) -> int:
        return self.documents - len(self.gone)

    def live(self) -> NDArray[np.bool_]:
        """Whether each document is live."""
        live = np.ones(self.documents, np.bool_)
        live[list(self.gone)] = False
        return live


class Place(NamedTuple):
    """Where an article is, and what it is known by."""

    part: Part
    document: int
    digest: int
    source: int


def redirect(merged: Sequence[Part], into: Part, live: Sequence[NDArray[np.bool_]]) -> None:
    """Notes where the `live` documents of segments are that were `merged` into one."""
    base = 0
    for part, alive in zip(merged, live, strict=True):
        part.merged_into, part.targets = into, np.cumsum(alive) - 1 + base
        base += int(alive.sum())


def current(place: Place | None) -> Place | None:
    """The place of an article after the merges since it was noted."""
    while place and place.part.merged_into is not None and place.part.targets is not None:
        document = int(place.part.targets[place.document])
        place = place._replace(part=place.part.merged_into, document=document)
    return place
