"""Sketches agree as often as texts share strings."""

from __future__ import annotations

import random

import numpy as np

from newsearch.ranking import copies
from newsearch.terms.sketch import SHORT, SHORTEST, sketches


def sketch(*texts: str) -> np.ndarray:
    codes = np.array([ord(letter) for text in texts for letter in text], np.uint32)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return sketches(codes, owners, len(texts))


def random_text(rng: random.Random, length: int) -> str:
    return "".join(chr(rng.randrange(0x4E00, 0x5200)) for _ in range(length))


def test_the_same_text_has_the_same_sketch_wherever_it_stands() -> None:
    rng = random.Random(5)
    first, second = random_text(rng, 300), random_text(rng, 300)
    alone, together = sketch(first), sketch(second, first, "", first)
    assert alone[0] == together[1] == together[3] != together[0]
    assert together[2] == 0


def test_a_short_text_is_the_same_only_as_a_whole() -> None:
    rng = random.Random(7)
    for length in (SHORTEST + 3, 40, SHORT + 2):
        text = random_text(rng, length)
        changed = f"{text[:-1]}改"
        same, other, again, longer = sketch(text, changed, text, text + "改")
        assert same == again != 0
        assert copies(np.array([same, other], np.uint64)).tolist() == [0, 1]
        assert copies(np.array([same, longer], np.uint64)).tolist() == [0, 1]


def test_a_very_short_text_has_none() -> None:
    text = random_text(random.Random(6), SHORTEST + 3)
    assert sketch(text)[0] != 0
    assert sketch(text[:-1])[0] == 0
    assert sketch("")[0] == 0
    assert len(sketches(np.zeros(0, np.uint32), np.zeros(0, np.int64), 0)) == 0


def test_strings_do_not_run_from_one_text_into_the_next() -> None:
    rng = random.Random(8)
    first, second, third = (random_text(rng, 200) for _ in range(3))
    assert sketch(first, second)[0] == sketch(first, third)[0]


def test_bytes_agree_as_often_as_strings_are_shared() -> None:
    """With a tenth of the letters changed, 0.9⁴ of the strings stay: 0.49 of all that stand in either."""
    seed = random.randrange(10**9)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for changed, low, high in ((0.0, 1.0, 1.0), (0.1, 0.38, 0.6), (1.0, 0.0, 0.05)):
        agreeing = []
        for _ in range(60):
            text = random_text(rng, 400)
            other = "".join(random_text(rng, 1) if rng.random() < changed else letter for letter in text)
            pair = sketch(text, other)[:, np.newaxis].view(np.uint8)
            agreeing.append(np.mean(pair[0] == pair[1]))
        assert low <= np.mean(agreeing) <= high, (changed, np.mean(agreeing))


def test_copies_are_named_by_the_best_of_them() -> None:
    rng = random.Random(9)
    story, other = random_text(rng, 500), random_text(rng, 500)
    edited = story[:250] + "改" + story[251:]
    found = copies(np.concatenate((sketch(story, other, edited, other), np.zeros(2, np.uint64))))
    assert found.tolist() == [0, 1, 0, 1, 4, 5]
    assert copies(np.zeros(0, np.uint64)).tolist() == []
