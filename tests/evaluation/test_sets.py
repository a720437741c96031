"""Set operations on arrays against Python's own sets."""

from __future__ import annotations

import random

import numpy as np
import pytest

from newsearch.evaluation.questions import Documents
from newsearch.evaluation.sets import NONE, difference, intersection, member, union


def documents(*numbers: int) -> Documents:
    return np.array(numbers, np.uint32)


@pytest.mark.parametrize(
    ("most", "sizes"), [(30, (0, 1, 5, 12)), (100_000, (0, 1, 3, 60, 2000))], ids=["dense", "sparse"]
)
def test_against_python_sets(most: int, sizes: tuple[int, ...]) -> None:
    """Of sizes that differ much or little, close together or far between."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(300):
        plain = [{rng.randrange(most) for _ in range(rng.choice(sizes))} for _ in range(rng.randrange(1, 5))]
        # Else sets from far apart have nothing in common.
        plain = [numbers | set(rng.sample(sorted(plain[0]), len(plain[0]) // 3)) for numbers in plain]
        arrays = [documents(*sorted(numbers)) for numbers in plain]
        assert intersection(arrays).tolist() == sorted(set.intersection(*plain))
        assert union(arrays).tolist() == sorted(set.union(*plain))
        assert difference(arrays[0], arrays[-1]).tolist() == sorted(plain[0] - plain[-1])
        assert member(arrays[0], arrays[-1]).tolist() == [n in plain[-1] for n in sorted(plain[0])]


def test_no_sets() -> None:
    assert intersection([]).tolist() == []
    assert union([]).tolist() == []
    assert member(documents(1, 2), NONE).tolist() == [False, False]


@pytest.mark.parametrize(
    "result",
    [
        union([]),
        union([NONE, NONE]),
        union([documents(3), documents(1)]),
        intersection([]),
        intersection([documents(1, 2), documents(2)]),
        difference(documents(1), NONE),
        difference(documents(1), documents(1)),
    ],
)
def test_results_are_documents(result: Documents) -> None:
    assert result.dtype == np.uint32


def test_the_largest_document_number() -> None:
    top = (1 << 32) - 1
    assert union([documents(0, top), documents(5)]).tolist() == [0, 5, top]
    assert intersection([documents(0, top), documents(top)]).tolist() == [top]
