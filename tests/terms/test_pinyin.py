"""Readings of characters and words, and what typed letters may stand for, against all spellings written out."""

from __future__ import annotations

import random
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest

from newsearch.explore.spelled import _NO_INITIALS
from newsearch.terms import pinyin
from newsearch.terms.fold import fold
from newsearch.terms.pinyin import Style, ends, make_table, readings, reads_as, syllables, typed_pinyin, word_readings


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("村", ("cun",)),
        ("行", ("hang", "heng", "xing")),
        ("长", ("chang", "zhang")),
        ("女", ("nv",)),
        ("略", ("lve",)),
        ("抵", ("di",)),  # and zhi, qi in books that nobody types
        ("覃", ("qin", "tan")),  # a surname
        ("嗯", ()),  # ng: no syllable to type
        ("〇", ("ling",)),
        ("a", ()),
        ("3", ()),
        ("，", ()),
        ("鄉", ()),  # not folded
    ],
)
def test_readings(character: str, expected: tuple[str, ...]) -> None:
    assert readings(character) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("银行", [("yin",), ("hang",)]),
        ("行走", [("xing",), ("zou",)]),
        ("银行卡", [("yin",), ("hang",), ("ka", "qia")]),
        ("长城", [("chang",), ("cheng",)]),
        ("校长", [("xiao",), ("zhang",)]),
        ("重庆长江", [("chong",), ("qing",), ("chang",), ("jiang",)]),
        ("行", [("hang", "heng", "xing")]),
        ("b站", [(), ("zhan",)]),
        ("", []),
    ],
)
def test_words_decide_how_their_characters_are_read(word: str, expected: list[tuple[str, ...]]) -> None:
    assert word_readings(word) == expected


def test_syllables_are_the_other_way_round() -> None:
    table = syllables()
    assert "村" in table["cun"]
    assert all(syllable.isascii() and syllable.isalpha() and syllable.islower() for syllable in table)
    assert all(syllable in readings(character) for syllable, listed in table.items() for character in listed)
    assert all(fold(listed) == listed for listed in table.values())
    assert 380 < len(table) < 430


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("XiangCun", "xiangcun"),
        ("  xi'an ", "xi'an"),
        ("xi’an", "xi'an"),
        ("xiang  cun", "xiang'cun"),
        ("ｘｃｚｘ", "xczx"),
        ("lüxing", "lvxing"),
        ("LÜE", "lve"),
        ("nuedai", "nvedai"),
        ("nba2024", ""),
        ("乡cun", ""),
        ("xi-an", ""),
        ("'", ""),
        ("", ""),
    ],
)
def test_what_may_be_typed_pinyin(text: str, typed: str) -> None:
    assert typed_pinyin(text) == typed


@pytest.mark.parametrize(
    ("typed", "start", "syllable", "style", "expected"),
    [
        ("xiangcun", 0, "xiang", "syllables", {5}),
        ("xiangcun", 0, "xian", "syllables", {4}),
        ("xiangcun", 5, "cun", "syllables", {8}),
        ("xiangcu", 5, "cun", "syllables", {7}),  # begun
        ("xiangcun", 0, "xi", "initials", {1}),
        ("zhen", 0, "zhen", "initials", {1, 2}),
        ("zen", 0, "zhen", "initials", {1}),
        ("xian", 0, "xian", "mixed", {1, 4}),
        ("xi'an", 0, "xian", "syllables", set()),
        ("xi'an", 0, "xi", "syllables", {2}),
        ("xi'an", 2, "an", "syllables", {5}),
        ("xi", 2, "an", "mixed", set()),
        ("cun", 0, "xiang", "mixed", set()),
    ],
)
def test_where_a_syllable_may_end(typed: str, start: int, syllable: str, style: Style, expected: set[int]) -> None:
    assert ends(typed, start, syllable, style) == expected


def spellings(word: str, style: Style) -> set[str]:
    """Every way to type a whole word."""
    choices = []
    for listed in word_readings(word):
        whole = set(listed) if style != "initials" else set()
        short = {s[0] for s in listed} | {s[:2] for s in listed if s[1:2] == "h"} if style != "syllables" else set()
        choices.append(whole | short)
    return {"".join(choice) for choice in product(*choices)}


@pytest.mark.parametrize("style", ["syllables", "initials", "mixed"])
def test_reading_is_what_some_spelling_begins_with(style: Style) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    words = ["乡村振兴", "银行", "西安", "长城", "重庆市", "山", "女儿", "事业单位", "先", "沙漠"]
    typed = {spelling[:cut] for word in words for spelling in spellings(word, style) for cut in range(1, 12)}
    typed |= {"".join(rng.choice("aceghinosuxz") for _ in range(rng.randrange(1, 6))) for _ in range(300)}
    for word in words:
        every = spellings(word, style)
        for text in sorted(typed):
            expected = any(spelling.startswith(text) for spelling in every)
            assert reads_as([word], text, style) == expected, (word, text)


def test_words_of_a_chain_are_read_apart() -> None:
    assert reads_as(["银行", "行走"], "yinhangxingzou", "syllables")
    assert not reads_as(["银行", "行走"], "yinhanghangzou", "syllables")
    assert not reads_as(["银行"], "yinhangxing", "syllables")
    assert not reads_as([], "a", "syllables")


@pytest.mark.skipif(find_spec("pypinyin") is None, reason="pypinyin is a tool of development and not installed")
def test_the_table_is_what_pypinyin_makes() -> None:
    assert Path(pinyin.__file__).with_name("pinyin.txt").read_text("utf-8") == make_table()


@pytest.mark.skipif(find_spec("pypinyin") is None, reason="pypinyin is a tool of development and not installed")
def test_words_are_read_as_pypinyin_reads_them() -> None:
    import pypinyin

    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    known = [word for word in pypinyin.constants.PHRASES_DICT if fold(word) == word and len(word) < 9]
    wrong = 0
    sample = random.Random(seed).sample(sorted(known), 2000)
    for word in sample:
        expected = [(syllable,) for syllable in pypinyin.lazy_pinyin(word)]
        wrong += word_readings(word) != expected
    assert wrong < len(sample) * 0.005  # words with a reading that no other word has (乐亭)


def test_no_syllable_begins_with_i_u_or_v() -> None:
    assert set("abcdefghijklmnopqrstuvwxyz") - {syllable[0] for syllable in syllables()} == _NO_INITIALS
