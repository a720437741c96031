"""Whole-array segmentation in its parts, each against the plain way to do the same."""

from __future__ import annotations

import random
from math import log

import numpy as np
import pytest

from newsearch.terms.best_cut import Layout, best_cut, cut_places
from newsearch.terms.bulk import Vocabulary
from newsearch.terms.bulk_segment import BulkSegmenter
from newsearch.terms.segment import word_model
from newsearch.terms.unknown import unknown_words
from newsearch.terms.unknown_cuts import ArrayModel
from newsearch.terms.word_table import WordTable

LETTERS = "甲乙丙丁"
FIRST, LAST = ord(min(LETTERS)), ord(max(LETTERS))


def seeded() -> random.Random:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    return random.Random(seed)


def random_words(rng: random.Random, count: int, longest: int) -> dict[str, int]:
    words = ("".join(rng.choices(LETTERS, k=rng.randint(1, longest))) for _ in range(count))
    return {word: rng.choice((1, 1, 2, 3, 50)) for word in words}


def arrays(runs: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Characters from `FIRST` on, the lengths of the runs, and the characters that are left from each one on."""
    codes = np.array([ord(letter) - FIRST for run in runs for letter in run], np.uint16)
    lengths = np.array([len(run) for run in runs], np.int64)
    rest = np.array([left for run in runs for left in range(len(run), 0, -1)], np.int64)
    return codes, lengths, rest


@pytest.mark.parametrize("count", [0, 1, 5, 60, 2000])
def test_every_word_is_found_where_it_stands_and_nothing_else(count: int) -> None:
    rng = seeded()
    words = random_words(rng, count, 6)
    table = WordTable(words.keys(), words.values(), 10_000, FIRST, LAST)
    runs = ["".join(rng.choices(LETTERS, k=rng.randint(1, 12))) for _ in range(60)]
    codes, _, rest = arrays(runs)
    text = "".join(runs)
    found = {
        (place, length): table.weights[state]
        for length, there in enumerate(table.words_in(codes, rest), 1)
        for place, state in zip(there.places.tolist(), there.states.tolist(), strict=True)
    }
    assert found == {
        (place, length): log(words[string]) - log(10_000)
        for place in range(len(text))
        for length in range(1, rest[place] + 1)
        if (string := text[place : place + length]) in words
    }


def test_words_with_other_characters_are_left_out() -> None:
    words = {"甲": 3, "甲A": 5, "A": 7, "乙": 2}
    table = WordTable(words.keys(), words.values(), 17, FIRST, LAST)
    codes, _, rest = arrays(["甲乙"])
    assert [there.places.tolist() for there in table.words_in(codes, rest)] == [[0, 1]]


def likeliest(run: str, words: dict[str, int], total: int) -> list[int]:
    """The length of the best word from each character on, as jieba's `calc` finds it."""
    best: dict[int, tuple[float, int]] = {len(run): (0.0, 0)}
    for start in range(len(run) - 1, -1, -1):
        ends = [end for end in range(start + 1, len(run) + 1) if run[start:end] in words] or [start + 1]
        best[start] = max((log(words.get(run[start:end], 1)) - log(total) + best[end][0], end) for end in ends)
    return [best[start][1] - start for start in range(len(run))]


@pytest.mark.parametrize("count", [0, 3, 20, 200])
def test_the_likeliest_cut_of_many_runs_is_that_of_each(count: int) -> None:
    """Few frequencies and few letters: many cuts are equally likely."""
    rng = seeded()
    words = random_words(rng, count, 7)
    table = WordTable(words.keys(), words.values(), 1000, FIRST, LAST)
    runs = ["".join(rng.choices(LETTERS, k=rng.choice((1, 2, 3, 9, 30)))) for _ in range(80)]
    codes, lengths, rest = arrays(runs)
    chosen = best_cut(table, lengths, rest, list(table.words_in(codes, rest)))
    assert chosen.tolist() == [length for run in runs for length in likeliest(run, words, 1000)]
    starts = cut_places(chosen, np.cumsum(lengths) - lengths, lengths)
    expected = np.zeros(len(codes), np.bool_)
    for begin, run in zip(np.cumsum(lengths) - lengths, runs, strict=True):
        at = 0
        while at < len(run):
            expected[begin + at] = True
            at += int(chosen[begin + at])
    assert starts.tolist() == expected.tolist()


def test_the_layout_puts_equal_steps_side_by_side_the_longest_runs_first() -> None:
    layout = Layout(np.array([2, 5, 2]))
    assert layout.steps() == [(0, 3), (3, 3), (6, 3), (9, 1), (10, 1), (11, 1)]
    assert layout.rank.tolist() == [1, 0, 2]
    assert layout.size == 12


def test_unknown_words_of_many_runs_are_those_of_each(frequent: str) -> None:
    rng = seeded()
    runs = ["".join(rng.choices(frequent, k=rng.choice((2, 2, 3, 4, 9, 40)))) for _ in range(300)]
    runs += ["龘" * 7, "专" * 5, "萧" * 5, "\u9fd5\u4e00"]
    codes = np.array([ord(letter) - 0x4E00 for run in runs for letter in run], np.uint16)
    starts = ArrayModel(word_model(), 0x4E00, 0x9FD5).starts(codes, np.array([len(run) for run in runs]))
    expected = [place == 0 for run in runs for word in unknown_words(run, word_model()) for place in range(len(word))]
    assert starts.tolist() == expected


@pytest.fixture(scope="module")
def frequent(han_words: list[str]) -> str:
    return "".join(word for word in han_words if len(word) == 1)


def test_each_vocabulary_has_its_own_numbers() -> None:
    segmenter = BulkSegmenter({"云栖数谷": 1000})
    run = "来到云栖数谷看看欧阳砻砻砻砻砻"
    codes = np.array([ord(letter) - 0x4E00 for letter in run], np.uint16)
    for first in ("看看", "别的"):
        vocabulary = Vocabulary()
        assert vocabulary.number(first) == 0
        for _ in range(2):
            numbers, _ = segmenter.numbered(codes, np.array([len(run)]), vocabulary)
            words = [vocabulary.words()[number] for number in numbers]
            assert sorted(words) == sorted(segmenter.search_words(run))
            assert "云栖数谷" in words
