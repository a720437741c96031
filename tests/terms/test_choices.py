"""Which cuts a query may mean: cases as data, and what must hold for any added words."""

from __future__ import annotations

import random
from itertools import combinations, groupby, pairwise, product

import pytest

from newsearch.terms.choices import _MOST_ACROSS, Span, choices
from newsearch.terms.dictionary import Dictionary
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import match_parts, match_words


def pairs(text: str) -> list[str]:
    """A segmenter to which every two characters are a word; what is left of a pair is one character."""
    return [text[start : start + 2] for start in range(0, len(text), 2)]


def shown(found: list[list[list[str]]]) -> str:
    """Stretches with a space between them, their cuts with |, the words of a cut with +."""
    return " ".join("|".join("+".join(cut) for cut in cuts) for cuts in found)


@pytest.mark.parametrize(
    ("run", "added", "expected"),
    [
        ("", [], ""),
        ("甲乙丙丁", [], "甲乙 丙丁"),
        ("甲乙丙丁", [(0, 2)], "甲乙 丙丁"),
        ("甲乙丙丁", [(0, 4)], "甲乙 丙丁"),
        ("甲乙丙丁", [(1, 3)], "甲乙+丙丁|甲+乙丙+丁"),
        ("甲乙丙丁", [(0, 3)], "甲乙+丙丁|甲乙丙+丁"),
        ("甲乙丙丁", [(1, 4)], "甲乙+丙丁|甲+乙丙丁"),
        ("甲乙丙丁戊己", [(1, 3)], "甲乙+丙丁|甲+乙丙+丁 戊己"),
        ("甲乙丙丁戊己", [(3, 5)], "甲乙 丙丁+戊己|丙+丁戊+己"),
        ("甲乙丙丁戊己", [(1, 3), (3, 5)], "甲乙+丙丁+戊己|甲+乙丙+丁+戊己|甲乙+丙+丁戊+己|甲+乙丙+丁戊+己"),
        ("甲乙丙丁戊己", [(1, 3), (2, 5)], "甲乙+丙丁+戊己|甲+乙丙+丁+戊己|甲乙+丙丁戊+己"),
        ("甲乙丙丁戊己庚辛", [(1, 3), (5, 7)], "甲乙+丙丁|甲+乙丙+丁 戊己+庚辛|戊+己庚+辛"),
        ("甲乙丙丁戊己庚辛", [(1, 7)], "甲乙+丙丁+戊己+庚辛|甲+乙丙丁戊己庚+辛"),
    ],
)
def test_cases(run: str, added: list[tuple[int, int]], expected: str) -> None:
    assert shown(choices(pairs(run), [Span(*span) for span in added], pairs)) == expected


def test_a_word_inside_a_word() -> None:
    assert shown(choices(["甲乙丙丁"], [Span(1, 3)], pairs)) == "甲乙丙丁|甲+乙丙+丁"


def whole_cuts(found: list[list[list[str]]]) -> set[tuple[str, ...]]:
    return {tuple(word for cut in cuts for word in cut) for cuts in product(*found)}


def expected_cuts(run: str, added: list[Span]) -> set[tuple[str, ...]]:
    """For all added words that do not overlap: they, and what they leave of each pair."""
    words = [Span(start, min(start + 2, len(run))) for start in range(0, len(run), 2)]
    bounds = {0, *(word.end for word in words)}
    across = [span for span in added if not {span.start, span.end} <= bounds]
    cuts = set()
    for size in range(len(across) + 1):
        for chosen in combinations(sorted(across), size):
            if any(left.end > right.start for left, right in pairwise(chosen)):
                continue
            owner = {place: span for span in (*words, *chosen) for place in range(*span)}
            groups = groupby(range(len(run)), key=owner.__getitem__)
            cuts.add(tuple("".join(run[place] for place in places) for _, places in groups))
    return cuts


def test_random_words_against_every_choice() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(500):
        run = "".join(chr(0x4E00 + place) for place in range(rng.randint(2, 14)))
        spans = {tuple(sorted(rng.sample(range(len(run) + 1), 2))) for _ in range(rng.randint(0, 4))}
        added = [Span(*span) for span in spans if span[1] - span[0] > 1]
        found = choices(pairs(run), added, pairs)
        assert whole_cuts(found) == expected_cuts(run, added), (run, added)
        assert [word for cuts in found for word in cuts[0]] == pairs(run)


def test_many_words_across_the_same_place_are_bounded() -> None:
    run = "".join(chr(0x4E00 + place) for place in range(40))
    added = [Span(start, end) for start in range(1, 40, 2) for end in range(start + 2, 40, 2)]
    (cuts,) = choices(pairs(run), added, pairs)[:1]
    assert len(cuts) <= 1 + 2**6


WORDS = Dictionary.of({"研究": 300, "研究生": 500, "生命": 400, "起源": 300, "命": 50})


def test_a_dictionary_without_added_words_has_one_cut() -> None:
    segmenter = DictionarySegmenter(WORDS)
    assert not segmenter.extended
    assert match_parts("研究生命起源", segmenter) == ()
    assert shown(segmenter.choices("研究生命起源")) == " ".join(segmenter.words("研究生命起源"))


def test_added_words_give_a_query_more_cuts() -> None:
    segmenter = DictionarySegmenter(WORDS.with_words({"究生命": 3, "生命": 9, "源": 4}))
    assert segmenter.extended
    (base,) = {tuple(DictionarySegmenter(WORDS).words("研究生命起源"))}
    assert base == ("研究", "生命", "起源")
    assert shown(segmenter.choices("研究生命起源")) == "研究+生命|研+究生命 起源"


def test_a_word_that_jieba_knows_makes_no_other_cut() -> None:
    """It was there when the first cut was made, and lost."""
    known = Dictionary.of({"中国": 90, "人": 80, "大量": 70, "人大": 9, "量": 3})
    assert shown(DictionarySegmenter(known.with_words({"人大": 10})).choices("中国人大量")) == "中国 人 大量"
    assert len(DictionarySegmenter(known.with_words({"国人": 10})).choices("中国人大量")[0]) == 2


def test_parts_of_a_piece() -> None:
    segmenter = DictionarySegmenter(WORDS.with_words({"究生命": 3}))
    parts = match_parts("3月研究生命b站", segmenter)
    assert [["+".join(w.text + "!" * w.whole for w in cut) for cut in part] for part in parts] == [
        ["3月"], ["研究+生命", "研+究生命"], ["b站"],
    ]  # fmt: skip
    assert [w.text for w in match_words("3月研究b站", segmenter)] == ["3月", "研究", "b站"]


def test_a_later_word_takes_no_cut_away() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(200):
        run = "".join(rng.choices("研究生命起源", k=rng.randint(2, 12)))
        spans = [sorted(rng.sample(range(len(run) + 1), 2)) for _ in range(4)]
        items = list({run[start:end]: rng.randint(1, 10**6) for start, end in spans}.items())
        # Of more places than that where added words stand, in a run of one letter say, not all combinations count.
        if sum(run.startswith(word, at) for word, _ in items for at in range(len(run))) > _MOST_ACROSS:
            continue
        cuts: list[set[tuple[str, ...]]] = []
        for count in range(len(items) + 1):
            segmenter = DictionarySegmenter(WORDS.with_words(dict(items[:count])))
            cuts.append(whole_cuts(segmenter.choices(run)))
            assert all("".join(cut) == run for cut in cuts[-1])
        assert all(before <= after for before, after in pairwise(cuts)), (run, items)
