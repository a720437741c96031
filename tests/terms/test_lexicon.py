"""What a dictionary tells about stretches of text."""

from __future__ import annotations

from math import log

import pytest

from newsearch.terms.dictionary import Dictionary
from newsearch.terms.lexicon import DictionaryLexicon

SMALL = {"劳": 3, "劳模": 20, "专题": 40, "专": 5, "题": 7, "宣传": 25}


@pytest.fixture(scope="module")
def small() -> DictionaryLexicon:
    return DictionaryLexicon(Dictionary.of(SMALL))


def test_cohesion_is_what_a_word_across_the_seam_gains(small: DictionaryLexicon) -> None:
    assert small.cohesion("劳模专", "题宣传") == pytest.approx(log(40 / 100) - log(5 / 100) - log(7 / 100))


@pytest.mark.parametrize(
    ("left", "right"), [("劳模", "专题"), ("专题", "宣传"), ("", "专题"), ("专题", ""), ("甲", "乙"), ("", "")]
)
def test_no_word_across_no_cohesion(left: str, right: str, small: DictionaryLexicon) -> None:
    assert small.cohesion(left, right) == pytest.approx(0, abs=1e-9)


def test_cohesion_is_never_negative(small: DictionaryLexicon) -> None:
    text = "劳模专题宣传劳专题专宣传模题"
    assert min(small.cohesion(text[:cut], text[cut:]) for cut in range(len(text) + 1)) >= 0


@pytest.mark.parametrize(
    ("left", "right"),
    [("开辟了劳模专", "题宣传栏目"), ("奋斗终身的崇", "高理想来激励"), ("教育活", "动为主线"), ("勞模專", "題宣傳")],
)
def test_broken_words_cohere(left: str, right: str, lexicon: DictionaryLexicon) -> None:
    assert lexicon.cohesion(left, right) > 1


def test_a_dictionary_that_is_not_asked_is_not_made() -> None:
    made: list[Dictionary] = []

    def make() -> Dictionary:
        made.append(Dictionary.of(SMALL))
        return made[-1]

    lexicon = DictionaryLexicon(make)
    assert made == []
    assert lexicon.cohesion("劳模专", "题") == lexicon.cohesion("劳模专", "题")
    assert len(made) == 1
