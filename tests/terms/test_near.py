"""Words in order and near each other, against trying every way."""

from __future__ import annotations

import random
import time
from functools import lru_cache

import numpy as np
import pytest
from near_reference import ways

from newsearch.deadline import Deadline, TimeUp
from newsearch.terms import near as near_module
from newsearch.terms.near import is_near, near
from newsearch.terms.segment import LONGEST_RUN, DictionarySegmenter
from newsearch.terms.tokens import ordered_words, stretches


def words_of(string: str, segmenter: DictionarySegmenter) -> list[str]:
    return [word.text for word in ordered_words(string, segmenter)]


def spans(text: str, words: str, most: int, segmenter: DictionarySegmenter) -> list[str]:
    return [text[start:end] for start, end in near(text, words.split(), most, segmenter.words)]


@pytest.mark.parametrize(
    ("text", "words", "needed"),
    [
        ("他进了技术学校", "进 了 技术 学校", 0),
        ("他进了一所技术学校", "进 了 技术 学校", 1),
        ("他进了县里的技术学校", "进 了 技术 学校", 2),
        ("他进了县里的技术专科学校", "进 了 技术 学校", 3),
        ("他进，了：技术\n学校", "进 了 技术 学校", 0),
        ("学校技术了进", "进 了 技术 学校", None),
        ("进了学校", "进 了 技术 学校", None),
        ("台风台风", "台风 台风", 0),
        ("台风", "台风 台风", None),
        ("台台台", "台台 台台", None),  # one must not overlap the next
        ("台风大学校", "台风 学校", 1),  # the cut is 大学 校: a word that the gap cuts in two counts
        ("oxford reading tree", "oxford tree", 1),
        ("oxford tree2", "oxford tree", 0),
        ("oxford trees", "oxford tree", None),
        ("my oxfords tree", "oxford tree", None),
        ("增长6.5个百分点", "增长 个", 1),
        ("3月15日15日", "3月 15日", 0),
        ("13月台风5日", "3月 台风", None),
        ("7月8日台风登陆9月", "台风 9月", 1),
        ("乡村2024年振兴", "乡村 振兴", 1),  # a number with its unit is one word
        ("乡村。振兴", "乡村 振兴", 0),
    ],
)
def test_how_far_is_near(text: str, words: str, needed: int | None, segmenter: DictionarySegmenter) -> None:
    found = [most for most in range(6) if near(text, words.split(), most, segmenter.words)]
    assert found == ([] if needed is None else list(range(needed, 6)))


@pytest.mark.parametrize(
    ("text", "most", "marked"),
    [
        ("昨天进了技术学校。", 2, ["进了技术学校"]),
        ("进了县里的技术学校", 2, ["进了", "技术学校"]),
        ("进了技术学校，又进了县里的技术学校", 2, ["进了技术学校", "进了", "技术学校"]),
        ("进了进了技术学校", 0, ["进了技术学校"]),
    ],
)
def test_what_is_marked(text: str, most: int, marked: list[str], segmenter: DictionarySegmenter) -> None:
    assert spans(text, "进 了 技术 学校", most, segmenter) == marked


def test_against_trying_every_way(segmenter: DictionarySegmenter) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    alphabet = [*"台风灾害学校大学技术的了，。 ", "台风", "技术学校", "大学", "a", "ab", "1", "12", "6.5", "3月"]
    outcomes = {True: 0, False: 0}
    for _ in range(1500):
        text = "".join(rng.choices(alphabet, k=rng.randrange(2, 16)))
        cut = words_of(text, segmenter)
        other = words_of("".join(rng.choices(alphabet, k=3)), segmenter)
        words = rng.choice((rng.choices(cut, k=rng.randrange(2, 4)) if cut else other, list(dict.fromkeys(cut))[:3]))
        most = rng.randrange(4)
        if len(words) < 2:
            continue
        found = near(text, words, most, segmenter.words)
        every = list(ways(text, words, most, segmenter))
        case = (text, words, most)
        assert bool(found) == bool(every) == is_near(text, words, most, segmenter.words), case
        # Nothing is marked but words on one way, and the end of every way is.
        lengths = [len(word) for word in words]
        trodden = [{at + n for at, length in zip(way, lengths, strict=True) for n in range(length)} for way in every]
        assert all(any(way.issuperset(range(*span)) for way in trodden) for span in found), case
        assert all(any(start <= way[-1] < end for start, end in found) for way in every), case
        outcomes[bool(found)] += 1
    assert min(outcomes.values()) > 200


def test_part_by_part_is_as_at_once(segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    alphabet = [*"台风的了，。", "渔船", "登陆", "江口县", "3月", "ab "]
    outcomes = 0
    for _ in range(60):
        text = "".join(rng.choices(alphabet, k=300))
        words = rng.choices(["的", "了", "台风", "渔船", "登陆", "3月"], k=rng.randrange(2, 5))
        most = rng.randrange(4)
        monkeypatch.setattr(near_module, "_AT_FIRST", 1)
        found = near(text, words, most, segmenter.words)
        few = near(text, words, most, segmenter.words, enough=2)
        monkeypatch.setattr(near_module, "_AT_FIRST", 1000)
        assert found == near(text, words, most, segmenter.words), (text, words, most)
        assert set(few) <= set(found)
        assert len(few) >= min(2, len(found))
        outcomes += len(few) < len(found)
    assert outcomes > 5


def test_what_is_not_cut_makes_no_difference(segmenter: DictionarySegmenter) -> None:
    """Only what lies right before a last word is cut; the same is found if all of the text is."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    alphabet = [*"台风的了，。，。，", "渔船", "登陆江口县的", "3月", "ab ", "工人走进大门"]
    cut_less = some = 0
    for _ in range(150):
        text = "".join(rng.choices(alphabet, k=150))
        words = rng.choices(["的", "了", "台风", "渔船", "登陆", "3月"], k=rng.randrange(2, 4))
        most = rng.randrange(4)
        runs: list[str] = []

        def cut(run: str, runs: list[str] = runs) -> list[str]:
            runs.append(run)
            return segmenter.words(run)

        found = near(text, words, most, cut)
        uncut = list(stretches(text))
        every = near_module._words(text, uncut, [True] * len(uncut), segmenter.words)
        places = [np.array(near_module._places(text, word), np.int64) for word in words]
        lengths = [len(word) for word in words]
        all_ways = near_module._ways(places, lengths, every, most) if all(map(len, places)) else None
        assert found == ([] if all_ways is None else sorted(near_module._spans(all_ways, lengths))), (text, words, most)
        cut_less += 0 < len(runs) < sum(stretch.kind == "han" for stretch in uncut)
        some += bool(found)
    assert min(cut_less, some) > 30


def test_only_what_lies_around_is_cut(segmenter: DictionarySegmenter) -> None:
    """Of a thousand runs those right before the two places where the words are near."""
    far = "工人走进大门，" * 500
    runs: list[str] = []

    def cut(run: str) -> list[str]:
        runs.append(run)
        return segmenter.words(run)

    text = f"台风的渔船，{far}渔船，{far}台风的渔船"
    assert [text[start:end] for start, end in near(text, ["台风", "渔船"], 1, cut)] == ["台风", "渔船"] * 2
    assert 2 <= len(runs) < 30


def test_a_string_stands_near_itself(segmenter: DictionarySegmenter) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    alphabet = [*"台风灾害学校大学技术的了", "中华人民共和国", "ab ", "12", "6.5", "3月15日", "，", " ", "《", "\n"]
    for _ in range(500):
        string = "".join(rng.choices(alphabet, k=rng.randrange(2, 12)))
        words = words_of(string, segmenter)
        text = f"{rng.choice(('', '他说', '，'))} {string} {rng.choice(('', '的', '。'))}"
        assert len(words) < 2 or near(text, words, 0, segmenter.words), (text, words)


@pytest.mark.parametrize("text", ["的" * 250_000, "的了" * 125_000, "的，" * 125_000, "的" + "了" * 250_000 + "的"])
def test_long_texts_take_no_time(text: str, segmenter: DictionarySegmenter) -> None:
    assert len(text) > 10 * LONGEST_RUN
    started = time.process_time()
    for words, most in ((["的", "了", "的"], 3), (["的", "的"], 100)):
        is_near(text, words, most, lru_cache(segmenter.words))
        near(text, words, most, lru_cache(segmenter.words), enough=200)
    assert time.process_time() - started < 8


def test_window_by_window_is_as_at_once(segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    alphabet = [*"台风的了，。\n.·_", "渔船", "登陆", "江口县", "3月", "ab ", "6.5", "1.", ".5日", "工人走进大门"]
    found_some = several = 0
    for _ in range(400):
        text = "".join(rng.choices(alphabet, k=200))
        words = rng.choices(["的", "了", "台风", "渔船", "登陆", "3月", "5日", "6.5", "ab"], k=rng.randrange(2, 5))
        most = rng.randrange(5)
        monkeypatch.setattr(near_module, "_WINDOW", 10_000)
        found = near(text, words, most, segmenter.words)
        monkeypatch.setattr(near_module, "_WINDOW", rng.choice([1, 10, 40]))
        windows = list(near_module._windows(text, most + len(words)))
        assert [window.start for window in windows] == [0, *(window.end for window in windows[:-1])]
        assert windows[-1].end == len(text)
        assert near(text, words, most, segmenter.words) == found, (text, words, most)
        assert is_near(text, words, most, segmenter.words) == bool(found)
        found_some += bool(found)
        several += len(windows) > 5
    assert min(found_some, several) > 40


def test_a_long_text_is_given_up_when_the_time_is_up(segmenter: DictionarySegmenter) -> None:
    text = "渔船的台风，" * 30_000
    with pytest.raises(TimeUp):
        is_near(text, ["台风", "的"], 0, segmenter.words, Deadline(0))
    assert is_near(text, ["的", "台风"], 0, segmenter.words, Deadline(0))  # in the first window
    assert not is_near(text[:3000], ["台风", "的"], 0, segmenter.words, Deadline(0))
    assert not is_near(text, ["台风", "的"], 0, segmenter.words, Deadline(60))
