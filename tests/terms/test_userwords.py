"""Words that a user adds: what a line says, and the dictionary with them in it, against jieba's own."""

from __future__ import annotations

import random

import pytest

from newsearch.terms.dictionary import LONGEST_WORD, MOST, Dictionary, default_dictionary
from newsearch.terms.fold import fold
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.userwords import UserWord, extended, parse_user_word


@pytest.mark.parametrize(
    ("line", "word", "frequency"),
    [
        ("云栖数谷", "云栖数谷", None),
        ("云栖数谷 5", "云栖数谷", 5),
        ("云栖数谷 5 nz", "云栖数谷", 5),
        ("云栖数谷 nz", "云栖数谷", None),
        ("云栖数谷\t12\tNZ", "云栖数谷", 12),
        ("  云栖数谷   7  ", "云栖数谷", 7),
        ("雲棲數谷　８", "云栖数谷", 8),
        (f"云栖 {MOST}", "云栖", MOST),
        ("5G基站 3", "5g基站", 3),
        ("Ｔ恤", "t恤", None),
        ("C++ 9", "c++", 9),
        ("数智 Trust认证 20", None, None),
        ("Edu Trust认证 20", "edu trust认证", 20),
        ("7", "7", None),
        ("云栖数谷 0", None, None),
        ("云栖数谷 -3", None, None),
        ("云栖数谷 1.5", None, None),
        ("T恤 1.5", None, None),
        ("云栖数谷 强", None, None),
        ("云栖数谷 5 nz 更多", None, None),
        ("云栖数谷 nz 5", None, None),
        (f"云栖 {MOST + 1}", None, None),
        ("云栖 " + "9" * 5000, None, None),
        ("", None, None),
    ],
)
def test_a_line(line: str, word: str | None, frequency: int | None) -> None:
    if word is None:
        with pytest.raises(ValueError, match=r"frequency|no word"):
            parse_user_word(line)
    else:
        found = parse_user_word(line)
        assert (found.text, found.frequency) == (word, frequency)
        assert fold(found.written) == word
        assert line.strip().startswith(found.written)


@pytest.mark.parametrize(
    ("word", "segments"),
    [
        ("云", True),
        ("云栖数谷", True),
        ("云" * LONGEST_WORD, True),
        ("云" * (LONGEST_WORD + 1), False),
        ("5g基站", False),
        ("艾尔肯·吐尼亚孜", False),
        ("大黄\u44ec虫", False),
        ("云栖 数谷", False),
        ("", False),
    ],
)
def test_what_a_segmenter_can_meet(word: str, segments: bool) -> None:
    assert UserWord(word, word).segments() == segments


def words_of(*lines: str) -> list[UserWord]:
    return [parse_user_word(line) for line in lines]


def test_words_are_added() -> None:
    before = default_dictionary()
    after = extended(before, words_of("云栖数谷", "台风 9", "5G基站"))
    assert after.added == {"云栖数谷": after.frequency("云栖数谷"), "台风": 9}
    assert after.base is before
    assert after.total == before.total + after.frequency("云栖数谷") + 9 - before.frequency("台风")
    assert len(after) == len(before) + 1
    assert DictionarySegmenter(before).words("来到云栖数谷看看") != DictionarySegmenter(after).words("来到云栖数谷看看")
    assert "云栖数谷" in DictionarySegmenter(after).words("来到云栖数谷看看")
    assert before.frequency("云栖数谷") == 0


def test_the_same_words_again_change_nothing() -> None:
    words = words_of("云栖数谷", "人工智能", "台风 9", "云栖")
    once = extended(default_dictionary(), words)
    assert extended(once, words) is once
    assert extended(once, words_of("台风")) is once
    assert extended(once, words_of("台风 10")).added == {**once.added, "台风": 10}
    assert extended(default_dictionary(), words_of("5G基站")) is default_dictionary()


def test_later_words_join_earlier_ones() -> None:
    once = extended(default_dictionary(), words_of("云栖数谷"))
    twice = extended(once, words_of("数谷公园 7"))
    assert twice.added == {**once.added, "数谷公园": 7}
    assert twice.base is default_dictionary()
    assert extended(default_dictionary(), words_of("数谷公园 7", "云栖数谷")).tobuffers() == twice.tobuffers()


def test_frequencies_that_are_too_large_together() -> None:
    with pytest.raises(OverflowError, match="add up"):
        extended(default_dictionary(), words_of(f"云栖数谷 {MOST}"))


def test_a_dictionary_with_words_survives_its_buffers() -> None:
    dictionary = Dictionary.of({"台风": 5, "台": 2, "风": 1}).with_words({"风眼": 4, "台": 7})
    again = Dictionary.frombuffers(*dictionary.tobuffers())
    assert again.added == {"风眼": 4, "台": 7}
    assert (again.total, len(again), dict(again.items())) == (17, 4, {"台风": 5, "台": 7, "风": 1, "风眼": 4})
    assert again.tobuffers() == dictionary.tobuffers()
    assert list(again.words_at("台风眼", 0)) == [(1, 7), (2, 5)]
    assert list(again.words_at("台风眼", 1)) == [(2, 1), (3, 4)]
    assert [again.base.frequency(word) for word in ("台", "风眼")] == [2, 0]
    assert again.base.total == 8
    assert again.log_probability("风眼") > again.base.log_probability("风眼")
    assert Dictionary.of({"台": 2}).with_words({}).tobuffers() == Dictionary.of({"台": 2}).tobuffers()


def test_frequencies_are_those_that_jieba_gives(jieba_itself, han_words: list[str]) -> None:
    """With the total that we have: jieba counts a word whose frequency is replaced twice."""
    import jieba

    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    own = jieba.Tokenizer()
    own.FREQ, own.initialized = dict(jieba_itself.FREQ), True
    own.total = default_dictionary().total

    def word() -> str:
        kind = rng.random()
        if kind < 0.3:
            return "".join(chr(rng.randint(0x4E00, 0x9FD5)) for _ in range(rng.randint(2, 5)))
        left, right = rng.choices(han_words, k=2)
        return left if kind < 0.4 and len(left) > 1 else (left + right if kind < 0.8 else left[-1] + right[:1])

    words = {word(): rng.choice([None, None, rng.randint(1, 9), rng.randint(1, 10**6)]) for _ in range(200)}
    dictionary = extended(default_dictionary(), [UserWord(text, text, given) for text, given in words.items()])
    for text, given in words.items():
        before = own.FREQ.get(text) or 0
        own.add_word(text, given)
        own.total -= before
    assert dictionary.total == own.total
    assert dictionary.added == {text: own.FREQ[text] for text in words}
