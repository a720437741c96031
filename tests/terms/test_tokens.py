"""Under which terms a text is found, as data."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from newsearch.terms.segment import LONGEST_RUN
from newsearch.terms.tokens import (
    HAN,
    RUN_END,
    STRING,
    WHOLE,
    bigrams,
    index_words,
    match_words,
    ordered_words,
    runs,
    searchable,
    stretches,
)


class Characters:
    """A segmenter to which every pair of characters is a word; its search mode adds the characters themselves."""

    def words(self, run: str) -> list[str]:
        return [run[start : start + 2] for start in range(0, len(run), 2)]

    def search_words(self, run: str) -> list[str]:
        return [part for word in self.words(run) for part in (*(word if len(word) > 1 else ()), word)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("，。！", ""),
        ("台风", "台 风 台风"),
        ("台风，灾", "台 风 台风 灾"),
        ("chenkai168", "chenkai168 chenkai 168"),
        ("chen_kai", "chen kai"),
        ("6.5", "6.5 6 5"),
        ("1.2.3", "1.2.3 1 2 3"),
        ("6.", "6"),
        (".5", "5"),
        ("a.b", "a b"),
        ("3月15日", "3 3月 月 15 15日 日"),
        ("6.5万", "6.5 6 5 5万 万"),
        ("b站", "b b站 站"),
        ("app上", "app app上 上"),
        ("3一", "3 3一 一"),
        ("3\u9fd5", "3 3\u9fd5 \u9fd5"),
        ("3\u9fd6", "3 \u9fd6"),
        ("1a2b", "1a2b 1 a 2 b"),
        ("\u3400", "\u3400"),
        ("二〇", "二 〇"),
        ("\U00020000\U00020001", "\U00020000 \U00020001"),
        ("café", "café"),
        ("アイ", "アイ"),
        ("台风台风", "台 风 台风 台 风 台风"),
    ],
)
def test_index_words(text: str, words: str) -> None:
    assert index_words(text, Characters()) == words.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("，。！", ""),
        ("台风灾", "台风 灾"),
        ("台风台风", "台风"),
        ("chenkai168", "chenkai168!"),
        ("168", "168!"),
        ("6.5", "6.5!"),
        ("3月15日", "3月15日"),
        ("3月台风", "3月 台风"),
        ("162万元", "162万 元"),
        ("6.5万", "6.5万"),
        ("b站", "b站"),
        ("ab站", "ab! 站"),
        ("b站，b站", "b站"),
        ("看b站", "看 b站"),
        ("a15b2月", "a15b2! 月"),
        ("台风app", "台风 app!"),
        ("\u3400", "\u3400"),
        ("1 1", "1!"),
    ],
)
def test_match_words(text: str, words: str) -> None:
    """Words that must stand as whole runs are written with an exclamation mark."""
    found = match_words(text, Characters())
    assert [word.text + "!" * word.whole for word in found] == words.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("台风台风", "台风 台风"),
        ("b站，b站", "b站 b站"),
        ("1 1", "1! 1!"),
        ("3月15日3月15日", "3月15日3月15日"),
    ],
)
def test_ordered_words(text: str, words: str) -> None:
    found = ordered_words(text, Characters())
    assert [word.text + "!" * word.whole for word in found] == words.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("，。", []),
        ("台风，3月a1 \u3400", [("台风", HAN), ("3月", STRING), ("a1", WHOLE), ("\u3400", STRING)]),
        ("增长6.5%", [("增长", HAN), ("6.5%", STRING)]),
        ("5°c或12㎡", [("5°c", STRING), ("或", HAN), ("12㎡", STRING)]),
        ("6.5-7", [("6.5", WHOLE), ("7", WHOLE)]),
        ("2024年底", [("2024年", STRING), ("底", HAN)]),
        ("台" * (LONGEST_RUN + 1), [("台" * LONGEST_RUN, HAN), ("台", HAN)]),
    ],
)
def test_stretches(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], kind) for start, end, kind in stretches(text)] == expected


def test_stretches_hold_every_letter() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    pieces = [*"台风的万月日aZ19.,，_ \n〇\u3400アé", "6.5", "3月", "b站", "𰶃"]
    for _ in range(500):
        text = "".join(rng.choices(pieces, k=rng.randrange(20)))
        found = list(stretches(text))
        assert all(one.end <= other.start for one, other in pairwise(found))
        inside = {at for start, end, _ in found for at in range(start, end)}
        letters = {at for at, character in enumerate(text) if character.isalnum()}
        assert letters <= inside
        assert {text[at] for at in inside - letters} <= {"."}  # of a number


def test_long_runs_are_cut_the_same_way_on_both_sides() -> None:
    run = "台风" * LONGEST_RUN + "灾"
    asked: list[str] = []

    class Recorder(Characters):
        def words(self, run: str) -> list[str]:
            asked.append(run)
            return super().words(run)

    index_words(run, Recorder())
    indexed = list(asked)
    asked.clear()
    match_words(run, Recorder())
    assert asked == indexed == [run[start : start + LONGEST_RUN] for start in range(0, len(run), LONGEST_RUN)]


def test_a_text_has_every_word_that_it_is_asked_for(segmenter) -> None:
    """What a query's words must match, the article with the same text has: as a word or, for a number with its unit, as
    a string."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    pieces = ["台风", "灾害", "中华人民共和国", "3", "15", ".", "月", "b站", "app ", "，", "\n", "〇", "\u3400", "万"]
    for _ in range(500):
        text = "".join(rng.choices(pieces, k=rng.randint(1, 12)))
        words = set(index_words(text, segmenter))
        for word in match_words(text, segmenter):
            assert word.text in words if word.whole else word.text in text, (text, word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("台", True),
        ("a", True),
        ("7", True),
        ("\U00020000", True),
        ("，。", False),
        ("", False),
        ("_ \n", False),
        ("😀", False),
    ],
)
def test_searchable(text: str, expected: bool) -> None:
    assert searchable(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("，", []),
        ("台风", ["台风"]),
        ("，台风a1。b_c\n", ["台风a1", "b", "c"]),
        ("\U00020000台", ["\U00020000台"]),
    ],
)
def test_runs(text: str, expected: list[str]) -> None:
    assert list(runs(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("，。\n", []),
        ("台", ["台" + RUN_END]),
        ("台风", ["台风"]),
        ("台风灾", ["台风", "风灾"]),
        ("台，风", ["台" + RUN_END, "风" + RUN_END]),
        ("b站1", ["b站", "站1"]),
        ("a_b", ["a" + RUN_END, "b" + RUN_END]),
        ("6.5", ["6" + RUN_END, "5" + RUN_END]),
        ("台台台", ["台台", "台台"]),
        ("\U00020000台😀1", ["\U00020000台", "1" + RUN_END]),
    ],
)
def test_bigrams(text: str, expected: list[str]) -> None:
    assert bigrams(text) == expected


def test_a_letter_begins_or_ends_a_bigram_wherever_it_stands() -> None:
    text = "台风2024，来了！b站\n灾"
    letters = {character for character in text if character.isalnum()}
    assert {letter for pair in bigrams(text) for letter in pair} - {RUN_END} == letters
