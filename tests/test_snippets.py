"""The window of an article that shows why it was found."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from newsearch.snippets import WINDOW, Marked, merged, snippet

SENTENCE = "县气象台预计台风将于凌晨登陆。"
LONG = SENTENCE * 7000  # 105,000 characters


def marks(*spans: tuple[int, int]) -> list[Marked]:
    """Marks of a piece of its own each."""
    return [Marked(start, end, piece) for piece, (start, end) in enumerate(spans)]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(3, 5), (0, 2)], [(0, 2), (3, 5)]),
        ([(0, 3), (2, 5)], [(0, 5)]),
        ([(0, 9), (2, 5)], [(0, 9)]),
        ([(2, 5), (2, 5)], [(2, 5)]),
        ([(0, 2), (2, 4)], [(0, 2), (2, 4)]),
    ],
)
def test_merged(spans: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    assert merged(marks(*spans)) == expected


def test_a_short_body_is_shown_whole() -> None:
    found = snippet("昨日台风登陆。", marks((2, 4)))
    assert found == ("昨日台风登陆。", [(2, 4)], 0, False, False)


def test_no_marks_show_the_beginning() -> None:
    found = snippet(LONG, [])
    assert found == (LONG[:WINDOW], [], 0, False, True)


@pytest.mark.parametrize("body", ["", "短"])
def test_next_to_nothing(body: str) -> None:
    assert snippet(body, []) == (body, [], 0, False, False)


@pytest.mark.parametrize("place", [0, 1, 50, WINDOW - 1, WINDOW, 5000, len(LONG) - 300, len(LONG) - 2])
def test_a_mark_anywhere_is_shown_and_marked(place: int) -> None:
    found = snippet(LONG, marks((place, place + 2)))
    assert [found.start + low for low, _ in found.highlights] == [place]
    assert WINDOW <= len(found.text) <= WINDOW + 2
    assert (found.cut_before, found.cut_after) == (found.start > 0, found.start + len(found.text) < len(LONG))


def test_a_snippet_begins_at_the_sentence_of_the_first_mark() -> None:
    body = "一" * 300 + "。" + SENTENCE + "二" * 300
    place = body.index("台风")
    assert snippet(body, marks((place, place + 2))).text.startswith(SENTENCE)


def test_a_sentence_that_begins_far_before_is_cut() -> None:
    body = "一" * 300 + "台风" + "二" * 300
    found = snippet(body, marks((300, 302)))
    assert found.cut_before
    assert 0 < found.highlights[0][0] < WINDOW // 2


@pytest.mark.parametrize("length", [WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW])
def test_a_mark_as_long_as_a_window_is_whole(length: int) -> None:
    body = "一" * 500 + "台" * length + "二" * 500
    found = snippet(body, marks((500, 500 + length)))
    assert [found.text[low:high] for low, high in found.highlights] == ["台" * length]


def test_marks_at_both_edges_are_taken_in_whole() -> None:
    body = "一" * 400
    spans = [(100, 130), (150, 152), (215, 245)]
    found = snippet(body, [Marked(start, end, 0) for start, end in spans])
    shown = [(found.start + low, found.start + high) for low, high in found.highlights]
    end = found.start + len(found.text)
    assert shown == [span for span in spans if span[0] < end and span[1] > found.start]
    assert len(shown) >= 2


def test_more_different_pieces_are_better_than_more_marks() -> None:
    body = "一" * 2000
    same = [Marked(place, place + 2, 0) for place in range(100, 200, 10)]
    both = [Marked(1500, 1502, 0), Marked(1530, 1532, 1)]
    found = snippet(body, same + both)
    assert [found.start + low for low, _ in found.highlights] == [1500, 1530]


def test_the_earliest_of_equals() -> None:
    found = snippet("一" * 2000, [Marked(place, place + 2, 0) for place in (300, 900, 1500)])
    assert [found.start + low for low, _ in found.highlights] == [300]


def test_many_marks_in_a_long_body() -> None:
    places = [place for place in range(len(LONG)) if LONG.startswith("台风", place)]
    found = snippet(LONG, [Marked(place, place + 2, 0) for place in places])
    assert [found.text[low:high] for low, high in found.highlights] == ["台风"] * found.text.count("台风")


def test_properties_of_every_snippet() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(2000):
        body = "".join(rng.choices("一二三台风。！\n”", k=rng.randrange(500)))
        given = []
        for _ in range(rng.randrange(8) if body else 0):
            start = rng.randrange(len(body))
            given.append(Marked(start, min(len(body), start + rng.randrange(1, 30)), rng.randrange(3)))
        found = snippet(body, given, window=rng.choice((20, 120)))
        end = found.start + len(found.text)
        assert found.text == body[found.start : end]
        assert (found.cut_before, found.cut_after) == (found.start > 0, end < len(body))
        shown = [(found.start + low, found.start + high) for low, high in found.highlights]
        spans = merged(given)
        # No mark is cut: what the window touches it holds, and that is all that is highlighted.
        assert shown == [span for span in spans if span[0] < end and span[1] > found.start], (body, given)
        assert bool(shown) == bool(given), (body, given)
        assert all(low < high <= next_low for (low, high), (next_low, _) in pairwise(found.highlights))


@pytest.mark.parametrize("cluster", ["e\u0301\u0323", "葛\U000e0100", "❤\ufe0f", "👩\u200d🌾", "👍🏽", "か\u3099"])
def test_no_letter_of_several_characters_is_cut(cluster: str) -> None:
    for shift in range(len(cluster)):
        body = "一" * shift + cluster * 200 + "台风" + cluster * 200
        place = body.index("台风")
        for marks in ([], [Marked(place, place + 2, 0)]):
            found = snippet(body, marks)
            assert found.text.strip("一").replace("台风", "").replace(cluster, "") == ""
            assert len(found.text) < 140
    assert len(snippet("e" + "\u0301" * 1000, []).text) < 160


def test_a_mark_of_a_whole_book_does_not_make_a_snippet_of_it() -> None:
    body = "乡村" + "风" * 600_000
    found = snippet(body, [Marked(0, len(body), 0)])
    assert len(found.text) < 1000
    assert found.highlights == [(0, len(found.text))]
