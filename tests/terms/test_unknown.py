"""The model of unknown words: against every way to label a run, and against jieba's own code with our tables."""

from __future__ import annotations

import random
from itertools import product
from math import inf, log

import pytest

from newsearch.terms.unknown import NEVER, WordModel, unknown_words

TINY = WordModel(
    {"B": log(0.7), "M": NEVER, "E": NEVER, "S": log(0.3)},
    {
        "B": {"M": log(0.4), "E": log(0.6)},
        "M": {"M": log(0.3), "E": log(0.7)},
        "E": {"B": log(0.55), "S": log(0.45)},
        "S": {"B": log(0.5), "S": log(0.5)},
    },
    {
        "B": {"甲": log(0.6), "乙": log(0.3), "丙": log(0.1)},
        "M": {"甲": log(0.1), "乙": log(0.1), "丙": log(0.8)},
        "E": {"甲": log(0.2), "乙": log(0.7), "丙": log(0.1)},
        "S": {"甲": log(0.35), "丙": log(0.45)},
    },
)


def probability(run: str, words: tuple[str, ...]) -> float:
    """The log probability that the model gives to these words of the run."""
    states = "".join("S" if len(word) == 1 else "B" + "M" * (len(word) - 2) + "E" for word in words)
    total = TINY.first[states[0]] + TINY.character[states[0]].get(run[0], NEVER)
    for before, state, character in zip(states, states[1:], run[1:], strict=False):
        total += TINY.following[before][state] + TINY.character[state].get(character, NEVER)
    return total


def every_cut(run: str) -> list[tuple[str, ...]]:
    cuts = []
    for ends in product((False, True), repeat=len(run) - 1):
        words, start = [], 0
        for end, here in enumerate((*ends, True), 1):
            if here:
                words.append(run[start:end])
                start = end
        cuts.append(tuple(words))
    return cuts


def test_the_likeliest_of_every_cut() -> None:
    for length in range(1, 8):
        for run in map("".join, product("甲乙丙", repeat=length)) if length < 5 else ["甲乙丙丙乙甲甲"[:length]]:
            found = tuple(unknown_words(run, TINY))
            best = max(every_cut(run), key=lambda words, run=run: probability(run, words))
            assert probability(run, found) >= probability(run, best) - 1e-4 > -inf, run


@pytest.mark.parametrize("character", ["龘", "\u9fd5"])
def test_characters_that_the_model_does_not_know(character: str) -> None:
    assert unknown_words(character * 3, TINY) == [character] * 3


def test_jieba_s_own_code_with_rounded_tables(segmenter) -> None:
    """Also where two ways are equally likely, as for one character or two again and again."""
    from jieba import finalseg  # after `segmenter`, which imports it without its detours

    model = WordModel(finalseg.start_P, finalseg.trans_P, finalseg.emit_P)
    rounded = {state: {c: round(p, 6) for c, p in table.items()} for state, table in finalseg.emit_P.items()}
    characters = sorted(set(rounded["B"]) & set(rounded["E"]))
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(2000):
        few = rng.choices(characters, k=rng.randint(1, 3))
        run = "".join(few * rng.randint(1, 8) if rng.random() < 0.5 else rng.choices(characters, k=rng.randint(1, 12)))
        _, states = finalseg.viterbi(run, "BMES", finalseg.start_P, finalseg.trans_P, rounded)
        ends = [end for end, state in enumerate(states, 1) if state in "ES"]
        assert unknown_words(run, model) == [run[a:b] for a, b in zip([0, *ends], ends, strict=False)], run
