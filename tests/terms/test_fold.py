"""Folding and the matching view, against brute force."""

from __future__ import annotations

import random
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from newsearch.terms import fold as fold_module
from newsearch.terms.fold import Span, View, fold, make_table, view

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("颱風逼近，漁船回港", "台风逼近,渔船回港"),
        ("ＡＢＣ１２３", "abc123"),
        ("APP", "app"),
        ("２０２２年７月１日", "2022年7月1日"),
        ("（湘）“好”", "(湘)“好”"),
        ("里裡", "里里"),
        ("①②", "12"),
        ("ｱｲ", "アイ"),
        ("Ⅱ类", "ⅱ类"),
        ("a\u3000b\u00a0c", "a b c"),
        ("一\n二\r\n三", "一\n二\r\n三"),
        ("ÀÉ", "àé"),
        ("\U0001f600", "\U0001f600"),
        ("\ud800", "\ud800"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_character_folds_to_one() -> None:
    folded = fold(EVERYTHING)
    assert len(folded) == len(EVERYTHING)
    assert all(fold(EVERYTHING[code]) == folded[code] for code in range(0, len(EVERYTHING), 7))


def test_folding_twice_is_folding_once() -> None:
    folded = fold(EVERYTHING)
    assert [
        hex(ord(was)) for was, once, twice in zip(EVERYTHING, folded, fold(folded), strict=True) if once != twice
    ] == []


def test_line_ends_stay_line_ends() -> None:
    assert [hex(code) for code in range(0x110000) if fold(chr(code)) in "\r\n" and chr(code) not in "\r\n"] == []
    assert fold("\r\n") == "\r\n"


@pytest.mark.skipif(find_spec("opencc") is None, reason="opencc is a tool of development and not installed")
def test_the_table_is_what_opencc_and_unicode_make() -> None:
    kept = Path(fold_module.__file__).with_name("folding.txt").read_text("utf-8")
    assert kept == "\n".join(make_table()) + "\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("劳模专\n题宣传", "劳模专题宣传"),
        ("劳模专\r\n题宣传", "劳模专题宣传"),
        ("劳模专 \t\n \u3000题宣传", "劳模专题宣传"),
        ("勞模專\n題", "劳模专题"),
        ("共3\n万元", "共3万元"),
        ("共\n3万元", "共3万元"),
        ("说，\n好", "说,好"),
        ("全\n，省", "全,省"),
        # what ends a sentence or parts paragraphs and Latin words stays
        ("好。\n近日", "好。\n近日"),
        ("专\n\n题", "专\n\n题"),
        ("new\nbridge", "new\nbridge"),
        ("1\n2", "1\n2"),
        ("\n题", "\n题"),
        ("专\n", "专\n"),
        ("专\r题", "专\r题"),
        ("", ""),
    ],
)
def test_soft_breaks(text: str, seen: str) -> None:
    assert view(text).text == seen


def test_original_of_a_word_across_a_break() -> None:
    seen = view("开辟了劳模专\n题宣传\n栏目")
    start = seen.text.index("专题")
    assert seen.original(start, start + 2) == Span(5, 8)
    # a break at either end of a span lies outside it
    assert seen.original(start + 1, start + 4) == Span(7, 10)
    assert seen.original(0, start + 1) == Span(0, 6)


def test_a_view_without_breaks_is_the_folded_text() -> None:
    assert view("颱風") == View("台风")
    assert view("颱風").original(1, 2) == Span(1, 2)


def test_original_against_brute_force() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(400):
        text = "".join(
            rng.choices(["国", "家", "a", "1", "。", "，", " ", "\t", "\n", "\r\n", "\n"], k=rng.randint(0, 24))
        )
        kept = places_kept(fold(text))
        seen = view(text)
        assert seen.text == "".join(fold(text)[place] for place in kept), repr(text)
        for start in range(len(kept)):
            for end in range(start + 1, len(kept) + 1):
                expected = Span(kept[start], kept[end - 1] + 1)
                assert seen.original(start, end) == expected, (text, start, end)


def places_kept(text: str) -> list[int]:
    """The rule again, one character at a time, for the characters of the test above."""
    kept, place = [], 0
    while place < len(text):
        end = place
        while end < len(text) and text[end] in " \t":
            end += 1
        end += text[end : end + 1] == "\r"
        if kept and kept[-1] == place - 1 and text[end : end + 1] == "\n":
            end += 1
            while end < len(text) and text[end] in " \t":
                end += 1
            before, after = text[place - 1], text[end : end + 1]
            if (before in "国家" and after and after in "国家a1。,") or (before in "a1," and after and after in "国家"):
                place = end
                continue
        kept.append(place)
        place += 1
    return kept
