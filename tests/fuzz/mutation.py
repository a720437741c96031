"""Bytes changed at random, where atheris is not: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

#: The most bytes that a swollen part has.
SWOLLEN = 1 << 20


def mutated(rng: random.Random, part: bytes, others: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """A part with a few places changed: bytes flipped, left out, doubled, put in, or taken from another part."""
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        start = rng.randrange(len(part) + 1)
        end = min(len(part), start + rng.choice((0, 1, 1, 2, 4, 30, 300)))
        other = rng.choice(others)
        taken = rng.randrange(len(other) + 1)
        instead = rng.choice(
            (
                bytes(byte ^ 1 << rng.randrange(8) for byte in part[start:end]),
                b"",
                part[start:end] * rng.choice((2, 3, 100)),
                rng.choice(words),
                rng.choice(words) * rng.choice((2, 20)),
                rng.randbytes(rng.choice((1, 2, 4, 16))),
                other[taken : taken + rng.choice((4, 40, 400))],
            )
        )
        part = part[:start] + instead + part[end:]
    return part


def swollen(rng: random.Random, part: bytes, words: Sequence[bytes], most: int = SWOLLEN) -> bytes:
    """A part in which one piece, or one word of its format, stands so often that the whole has `most` bytes: what takes
    the square of its length shows."""
    start = rng.randrange(len(part) + 1)
    piece = part[start : start + rng.choice((1, 2, 3, 6, 20, 60, 200))]
    if not piece or rng.random() < 0.4:
        piece = b"".join(rng.choices(words, k=rng.choice((1, 1, 2, 3))))
    return part[:start] + piece * max(1, (most - len(part)) // len(piece)) + part[start:]
