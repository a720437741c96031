"""Edit distances, against the definition."""

from __future__ import annotations

import random
from functools import cache

import pytest

from newsearch.terms.distance import parts, within


@cache
def distance(a: str, b: str) -> int:
    """Levenshtein's distance as it is defined: by what happens to the first characters."""
    if not a or not b:
        return len(a) + len(b)
    replaced = distance(a[1:], b[1:]) + (a[0] != b[0])
    return min(replaced, distance(a[1:], b) + 1, distance(a, b[1:]) + 1)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", 0), ("工作", "工作", 0), ("工作", "工人", 1), ("工作", "工作者", 1), ("工作", "作", 1),
        ("工作", "作工", 2), ("乡村振兴", "乡振村兴", 2), ("kitten", "sitting", 3), ("chenkai", "chengkai", 1),
        ("", "ab", 2),
    ],
)  # fmt: skip
def test_within(a: str, b: str, expected: int) -> None:
    assert [within(a, b, most) for most in range(5)] == [expected <= most for most in range(5)]


def test_against_the_definition() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    seen = set()
    for _ in range(4000):
        a, b = ("".join(rng.choices("台风灾", k=rng.randrange(8))) for _ in range(2))
        for most in range(4):
            assert within(a, b, most) == within(b, a, most) == (distance(a, b) <= most), (a, b, most)
        seen.add(min(distance(a, b), 4))
    assert seen == set(range(5))


def test_what_is_within_has_a_part_unchanged() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(2000):
        word = "".join(rng.choices("台风灾害", k=rng.randrange(3, 9)))
        assert "".join(parts(word, 3)) == word
        assert all(parts(word, 3))
        other = list(word)
        for _ in range(2):
            place = rng.randrange(len(other) + 1)
            other[place : place + rng.randrange(2)] = rng.choices("大学", k=rng.randrange(2))
        assert any(part in "".join(other) for part in parts(word, 3)), (word, other)
