"""The word list: the same words and frequencies as jieba's, from memory or from a map."""

from __future__ import annotations

import gc
import mmap
import random
import weakref
from array import array
from collections.abc import Iterator
from importlib.util import find_spec
from math import inf, log
from pathlib import Path

import marisa_trie
import pytest

from newsearch.terms import dictionary as module
from newsearch.terms.dictionary import Dictionary, default_dictionary, default_fingerprint, default_frequencies

SMALL = {"劳": 3, "劳模": 20, "专题": 40, "专": 5, "模专": 1, "题": 7, "劳模专": 2, "a": 9}


@pytest.fixture(params=["of", "frombuffers", "mapped"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Dictionary]:
    dictionary = Dictionary.of(SMALL)
    if request.param == "of":
        yield dictionary
    elif request.param == "frombuffers":
        buffers = dictionary.tobuffers()
        yield Dictionary.frombuffers(*buffers)
    else:
        maps = []
        for name, content in zip(("words", "frequencies"), dictionary.tobuffers(), strict=True):
            (tmp_path / name).write_bytes(content)
            with (tmp_path / name).open("rb") as stream:
                maps.append(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        yield Dictionary.frombuffers(*map(memoryview, maps))


def test_words_and_frequencies(small: Dictionary) -> None:
    assert len(small) == len(SMALL)
    assert small.total == sum(SMALL.values())
    assert {word: small.frequency(word) for word in SMALL} == SMALL


@pytest.mark.parametrize("word", ["", "模", "劳模专题", "劳模 ", "b"])
def test_unknown_words(word: str, small: Dictionary) -> None:
    assert small.frequency(word) == 0


@pytest.mark.parametrize(
    ("start", "ends"),
    [(0, [(1, 3), (2, 20), (3, 2)]), (1, [(3, 1)]), (2, [(3, 5), (4, 40)]), (3, [(4, 7)]), (4, []), (5, [])],
)
def test_words_at(start: int, ends: list[tuple[int, int]], small: Dictionary) -> None:
    assert list(small.words_at("劳模专题b", start)) == ends


def test_words_at_looks_no_further_than_asked(small: Dictionary) -> None:
    assert list(small.words_at("劳模专题", 0, longest=2)) == [(1, 3), (2, 20)]


def test_half_a_character_is_no_word() -> None:
    """A list that was made to harm may hold one; before it, words are found as ever."""
    halves = marisa_trie.BinaryTrie(["台".encode(), "台风".encode()[:4], "台风".encode()])
    numbers = array("I", [30, 10, 10, 10]).tobytes()
    assert list(Dictionary.frombuffers(halves.tobytes(), numbers).words_at("台风", 0)) == [(1, 10)]


def test_log_probability_against_every_cut(small: Dictionary) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(200):
        text = "".join(rng.choices("劳模专题ab", k=rng.randint(0, 8)))
        assert small.log_probability(text) == pytest.approx(best_cut(text)), text


def best_cut(text: str) -> float:
    """The likeliest of all cuts into words of SMALL and single characters."""
    if not text:
        return 0.0
    best = -inf
    for end in range(1, len(text) + 1):
        frequency = SMALL.get(text[:end], 1 if end == 1 else 0)
        if frequency:
            best = max(best, log(frequency / sum(SMALL.values())) + best_cut(text[end:]))
    return best


def test_jieba_s_own_list() -> None:
    expected = {}
    for line in Path(jieba_file()).read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        expected[word] = int(frequency)
    assert default_frequencies() == expected


def jieba_file() -> str:
    spec = find_spec("jieba")
    assert spec is not None and spec.origin is not None
    return str(Path(spec.origin).with_name("dict.txt"))


def test_the_default_is_jieba_s_own(jieba_itself) -> None:
    dictionary = default_dictionary()
    expected = {word: frequency for word, frequency in jieba_itself.FREQ.items() if frequency}
    assert len(dictionary) == len(expected) > 300_000
    # jieba counts B超, which stands twice in its list, twice; we count it once, as rjieba does
    assert dictionary.total == sum(expected.values()) == jieba_itself.total - expected["B超"]
    assert [word for word, frequency in expected.items() if dictionary.frequency(word) != frequency] == []
    # prefixes that are no words have frequency 0 in jieba's mapping and are absent from ours
    prefixes = [word for word, frequency in jieba_itself.FREQ.items() if not frequency]
    assert prefixes
    assert [word for word in prefixes if dictionary.frequency(word)] == []


def test_the_default_survives_its_buffers() -> None:
    dictionary = default_dictionary()
    buffers = dictionary.tobuffers()
    again = Dictionary.frombuffers(*buffers)
    assert (len(again), again.total) == (len(dictionary), dictionary.total)
    assert again.tobuffers() == buffers
    for word in ("台风", "中华人民共和国", "的", "没有这个词"):
        assert again.frequency(word) == dictionary.frequency(word)
    assert again.log_probability("中华人民共和国万岁") == dictionary.log_probability("中华人民共和国万岁")


def test_a_dictionary_keeps_its_buffers_alive() -> None:
    class Buffer(bytearray):
        """Bytes that can be watched."""

    buffers = [Buffer(content) for content in Dictionary.of(SMALL).tobuffers()]
    watched = [weakref.ref(buffer) for buffer in buffers]
    dictionary = Dictionary.frombuffers(*map(memoryview, buffers))
    del buffers
    gc.collect()
    assert [watch() is not None for watch in watched] == [True, True]
    assert len(dictionary) == len(SMALL)


def test_no_word_is_longer_than_words_at_looks(jieba_itself) -> None:
    assert max(map(len, jieba_itself.FREQ)) <= 32


def test_a_fingerprint_tells_word_lists_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint = default_fingerprint.__wrapped__
    assert fingerprint() == default_fingerprint()
    assert len(default_fingerprint()) == 16
    other = tmp_path / "dict.txt"
    monkeypatch.setattr(module, "_jieba_file", lambda: other)
    found = set()
    for line in ("劳模 3 n\n", "劳模 4 n\n", ""):
        other.write_text(line)
        found.add(fingerprint())
    assert len(found | {default_fingerprint()}) == 4
