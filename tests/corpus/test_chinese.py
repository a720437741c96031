"""What characters cost: the table, and the line between Chinese and anything else."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from characters import make_table

from newsearch.corpus.encoding import chinese
from newsearch.corpus.encoding.chinese import HOLE, common_characters, cost_of, read

TEXT = "五月十七日上午，便民桥正式通车。"


@pytest.mark.skipif(find_spec("opencc") is None, reason="opencc is a tool of development and not installed")
def test_the_table_is_what_jieba_and_opencc_make() -> None:
    assert Path(chinese.__file__).with_name("characters.txt").read_text("utf-8") == make_table()


def test_usual_characters_cost_less() -> None:
    costs = [cost_of(character) for character in "a，的国國龚龘𠮷あ\ue000\x00\ufffd"]
    assert costs == [5, 5, 8, 7, 7, 17, 19, 22, 16, HOLE, HOLE, HOLE]


def test_a_reading_is_a_sum() -> None:
    one, two = read(TEXT), read("ab\x00龘")
    assert (two.bits, two.letters, two.usual, two.holes, two.ascii) == (HOLE + 19, 2, 0, 1, 2)
    assert two.total == HOLE + 19 + 10
    assert read(TEXT + "ab\x00龘") == tuple(a + b for a, b in zip(one, two, strict=True))
    assert two.without_holes == (19, 1, 0, 0, 2)


@pytest.mark.parametrize("text", [TEXT, "欧阳询的《九成宫醴泉铭》", "颱風逼近，漁船今天回到港口了"])
def test_chinese(text: str) -> None:
    assert read(text).is_chinese
    assert not read(text).is_strange


@pytest.mark.parametrize("text", ["", "abc", "桥", "涓枃锛屽湪", "어제다리", "ÖÐÎÄ", "昨日、あの橋がとうとう開いた。"])
def test_no_chinese(text: str) -> None:
    assert not read(text).is_chinese


def test_common_characters() -> None:
    assert set("的国國，。") <= common_characters()
    assert not set("龘a\n") & common_characters()
