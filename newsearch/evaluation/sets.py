"""Set operations on ascending arrays of document numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsearch.evaluation.questions import Documents

NONE: Documents = np.zeros(0, np.uint32)


def member(values: Documents, of: Documents) -> np.typing.NDArray[np.bool_]:
    """For each of `values` whether it is in `of`: a bool array like `values`."""
    if not len(of) or not len(values):
        return np.zeros(len(values), np.bool_)
    if len(values) > 150 + len(of) // 7:
        # A table of all documents beats looking each one up; the bound is measured.
        present = np.zeros(int(max(of[-1], values[-1])) + 1, np.bool_)
        present[of] = True
        return present[values]
    places = of.searchsorted(values)
    found: np.typing.NDArray[np.bool_] = of[np.minimum(places, len(of) - 1)] == values
    return found


def intersection(sets: Sequence[Documents]) -> Documents:
    """What is in every set, beginning with the smallest. No sets have nothing in common."""
    if not sets:
        return NONE
    smallest, *others = sorted(sets, key=len)
    for other in others:
        if not len(smallest):
            break
        smallest = smallest[member(smallest, other)]
    return smallest


def union(sets: Sequence[Documents]) -> Documents:
    filled = [documents for documents in sets if len(documents)]
    if len(filled) < 2:
        return filled[0] if filled else NONE
    last = int(max(documents[-1] for documents in filled))
    if 16 * sum(map(len, filled)) > last:
        present = np.zeros(last + 1, np.bool_)
        for documents in filled:
            present[documents] = True
        return np.flatnonzero(present).astype(np.uint32)
    ascending = np.sort(np.concatenate(filled))
    first = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return ascending[first]


def difference(documents: Documents, without: Documents) -> Documents:
    return documents[~member(documents, without)]
