"""Folding and the matching view, against brute force."""

from __future__ import annotations

import random
import sys
import time
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest

from newsearch.terms import fold as fold_module
from newsearch.terms.fold import Span, View, fold, make_table, view, views

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
        ("马•尔‧克・斯", "马·尔·克·斯"),
        ("O’Neill ‘x’", "o'neill 'x'"),
        ("GPT‑4 2019–2024 −5", "gpt-4 2019-2024 -5"),
        ("ΟΔΟΣ οδός", "οδοσ οδόσ"),
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
        # between Latin words and numbers it stands for a space, beside a Chinese mark for nothing
        ("new\nbridge", "new bridge"),
        ("New \r\n\tBridge", "new bridge"),
        ("1\n2", "1 2"),
        ("over,\nhe", "over, he"),
        ("全长，\n15里", "全长,15里"),
        ("采用AI\n《方案》", "采用ai《方案》"),
        ("5%\n，比", "5%,比"),
        # what ends a sentence or parts paragraphs stays
        ("好。\n近日", "好。\n近日"),
        ("好。\n15里", "好。\n15里"),
        ("Good!\nHe", "good!\nhe"),
        ("专\n\n题", "专\n\n题"),
        ("new\n\nbridge", "new\n\nbridge"),
        ("\n题", "\n题"),
        ("专\n", "专\n"),
        ("专\r题", "专\r题"),
        ("", ""),
    ],
)
def test_breaks_inside_sentences(text: str, seen: str) -> None:
    assert view(text).text == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("江\u200b口\ufeff县\u00ad", "江口县"),
        ("\u200e渔\u2060船", "渔船"),
        ("爱心❤\ufe0f接力", "爱心❤接力"),
        ("葛\U000e0100城", "葛城"),
        ("Cafe\u0301", "café"),
        ("Vie\u0323\u0302t", "việt"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("e\u200b\u0301", "é"),  # the accent is that of the letter before it
        ("国\u0301", "国\u0301"),
        ("\u0301国", "\u0301国"),
        ("\u200b", ""),
        ("\u0344", "\u0344"),  # composed, it would be longer
        ("专\u200b\n\ufeff题", "专题"),
        ("葛\ufe00\n城e\u0301", "葛城é"),
        ("news\u00ad\npaper", "newspaper"),
        ("new\u200b\n bridge", "new bridge"),
        ("㐀\ufe00专\n题", "㐀专题"),
    ],
)
def test_what_nobody_sees_and_letters_of_several_characters(text: str, seen: str) -> None:
    assert view(text).text == seen


def test_spans_take_in_what_belongs_to_their_letters() -> None:
    seen = view("a\u200be\u0301\u200bo, 心\ufe0f")
    assert seen.text == "aéo, 心"
    assert seen.original(0, 1) == Span(0, 1)
    assert seen.original(1, 2) == Span(2, 5)  # what is dropped in the same cluster as an accent goes with it
    assert seen.original(0, 3) == Span(0, 6)
    assert seen.original(2, 3) == Span(5, 6)
    assert seen.original(5, 6) == Span(8, 10)


def test_many_marks_take_no_long() -> None:
    started = time.process_time()
    view("e" + "\u0323\u0301" * 100_000)
    assert time.process_time() - started < 1


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


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["颱風登陸", "", "Ａ組\n的人"],
        ["台风\n", "\n登陆", "\u0301e", "e\u0301\u200b", "\u200b"],
        ["有一个\x01在里面", "颱風"],
        ["\x01", "\x01\n颱"],
    ],
)
def test_views_of_several_texts_are_those_of_each(texts: list[str]) -> None:
    assert views(texts) == [view(text).text for text in texts]


def test_original_against_brute_force() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(400):
        text = "".join(
            rng.choices(["国", "家", "a", "1", "。", "，", " ", "\t", "\n", "\r\n", "\n"], k=rng.randint(0, 24))
        )
        by_hand = seen_by_hand(text)
        seen = view(text)
        assert seen.text == "".join(character for _, character in by_hand), repr(text)
        for start in range(len(by_hand)):
            for end in range(start + 1, len(by_hand) + 1):
                expected = Span(by_hand[start][0], by_hand[end - 1][0] + 1)
                assert seen.original(start, end) == expected, (text, start, end)


def test_clusters_against_brute_force() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(400):
        parts = rng.choices(["国", "e", "é", "カ", "\u200b", "\ufeff", "\ufe0f", "\u0301"], k=rng.randint(0, 12))
        text = "".join(parts)
        seen = view(text)
        dropped = "".join(character for character in text if character not in "\u200b\ufeff\ufe0f")
        assert seen.text == unicodedata.normalize("NFC", dropped), ascii(text)
        for start in range(len(seen.text)):
            # Every letter comes from its own characters, in order; so do marks, but for those of several on a letter.
            span = seen.original(start, start + 1)
            shown = (seen.text[start], view(text[span.start : span.end]).text)
            letter, own = (unicodedata.normalize("NFD", string) for string in shown)
            assert letter == "\u0301" or own[0] == letter[0], ascii(text)
            assert start == 0 or seen.original(start - 1, start).end <= span.start


def seen_by_hand(text: str) -> list[tuple[int, str]]:
    """The rule again, one character at a time, for the characters of the test above: places and what is seen there."""
    folded, seen, place = fold(text), list[tuple[int, str]](), 0
    while place < len(text):
        end = place
        while end < len(text) and folded[end] in " \t":
            end += 1
        end += text[end : end + 1] == "\r"
        if seen and seen[-1][0] == place - 1 and text[end : end + 1] == "\n":
            end += 1
            while end < len(text) and folded[end] in " \t":
                end += 1
            before, after = text[place - 1], text[end : end + 1]
            inside = before in "国家a1，" and after and after in "国家a1，"
            if inside or (before in "国家" and after == "。"):
                if before in "a1" and after in "a1":
                    seen.append((place, " "))
                place = end
                continue
        seen.append((place, folded[place]))
        place += 1
    return seen
