"""Do two stretches of text belong together? The dictionary here is a class of our own: the protocol is the seam."""

from __future__ import annotations

import pytest

from newsearch.corpus.seams import goes_on, join, seam, stops_inside, unwrap


class FakeLexicon:
    """Knows a few words: 5 nats for one that spans the seam."""

    def __init__(self, *known: str) -> None:
        self.known = known
        self.asked: list[tuple[str, str]] = []

    def cohesion(self, left: str, right: str) -> float:
        self.asked.append((left, right))
        spans = any(
            left.endswith(word[:cut]) and right.startswith(word[cut:])
            for word in self.known
            for cut in range(1, len(word))
        )
        return 5.0 if spans else 0.0


@pytest.mark.parametrize(
    ("left", "right", "evidence"),
    [
        ("开辟了劳模专", "题宣传栏目", 5.0),
        ("开辟了劳模专 ", "　题宣传栏目", 5.0),
        ("改善率居全", "省第一；重点", 0.0),
        ("改善率", "的提高", 3.0),
        ("改善率居全", "，也居首位", 8.0),
        ("改善率居全", "近年来，靖州", -3.0),
        ("改善率居全", "“走过路过", -3.0),
        ("改善率居全", "6月29日，靖州", -3.0),
        ("改善率", "個人", 2.0),
        ("定于2023年", "9月10日", 5.0),
        ("比例从4", "6%提高", 5.0),
        ("眼看", "今天", -2.0),
        # a word across the seam outweighs a usual beginning
        ("参加了记", "者会", 5.0),
    ],
)
def test_seam(left: str, right: str, evidence: float) -> None:
    assert seam(FakeLexicon("专题", "记者"), left, right) == evidence


def test_seam_asks_about_the_nearest_characters_only() -> None:
    lexicon = FakeLexicon()
    seam(lexicon, "零一二三四五六七八九", "甲乙丙丁戊己庚辛壬癸")
    assert lexicon.asked == [("二三四五六七八九", "甲乙丙丁戊己庚辛")]


@pytest.mark.parametrize("text", ["劳模专", "劳模专 ", "改善率居全", "他说，", "图为《桥》", "（张三）", "共3项", "A"])
def test_stops_inside(text: str) -> None:
    assert stops_inside(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "好。", "好。”", "好！」", "好？）", "好……", "如下：", "整改；", "整改;", "OK.”", "好。\u3000", '好."'],
)
def test_does_not_stop_inside(text: str) -> None:
    assert not stops_inside(text)


@pytest.mark.parametrize(
    ("text", "following", "expected"),
    [
        ("劳模专", "题宣传", True),
        ("好。", "题宣传", False),
        ("", "题宣传", False),
        ("现场整改；", "对检查中发现的问题", True),
        ("一是修桥；", "二是修路。", False),
        ("（一）修桥；", "（二）修路。", False),
        ("1.修桥；", "2.修路。", False),
        ("修桥;", "其次修路。", False),
        ("如下：", "修桥", False),
    ],
)
def test_goes_on(text: str, following: str, expected: bool) -> None:
    assert goes_on(text, following) is expected


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("劳模专", "题宣传", "劳模专题宣传"),
        ("the new", "bridge", "the new bridge"),
        ("the bridge,", "which", "the bridge, which"),
        ("a develop-", "ment of", "a development of"),
        ("用了APP", "之后", "用了APP之后"),
        ("共3", "000元", "共3000元"),
    ],
)
def test_join(left: str, right: str, whole: str) -> None:
    assert join(left, right) == whole


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([], []),
        (["", "  "], []),
        (["  桥修好了。 "], ["桥修好了。"]),
        # lines of one length were wrapped
        (["五月十七日上午便民桥正式通", "车，大家高兴。"], ["五月十七日上午便民桥正式通车，大家高兴。"]),
        (["五月十七日上午便民桥通车。", "大家高兴。"], ["五月十七日上午便民桥通车。", "大家高兴。"]),
        # a line that had room left ended there
        (["修桥", "五月十七日上午便民桥正式通", "车。"], ["修桥", "五月十七日上午便民桥正式通车。"]),
        (["修桥", "修路"], ["修桥", "修路"]),
        # an indent begins a paragraph, whatever came before
        (["　　五月十七日通车", "了。", "　　大家高兴。"], ["五月十七日通车了。", "大家高兴。"]),
        (["  first", "second", "  third"], ["first second", "third"]),
        (["\t五月十七日通车。", "大家高兴。"], ["五月十七日通车。大家高兴。"]),
    ],
)
def test_unwrap(lines: list[str], paragraphs: list[str]) -> None:
    assert unwrap(lines) == paragraphs


def test_english_sentences_end_with_a_point() -> None:
    assert not stops_inside("The green train still stops here.")
    assert stops_inside("The green train still stops")
    assert not goes_on("Nine of them have no staff.", "Passengers bring chickens.")
