"""What people are shown: an error under its column, and scores that add up as they are written."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

from newsearch.errors import QueryError
from newsearch.explain import Contribution
from newsearch.render.errors import error_text
from newsearch.render.explanations import explanation
from newsearch.render.terminal import width


def columns(text: str) -> int:
    """What a terminal makes of a text: nothing for marks, two columns for what is wide."""
    return sum(0 if unicodedata.category(c) == "Mn" else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


@pytest.mark.parametrize(
    ("query", "column", "shown", "caret"),
    [
        ("(台风", 0, "(台风", 0),
        ("台风)", 2, "台风)", 4),
        ("ab 台风 cd)", 8, "ab 台风 cd)", 10),
        ("ＡＢ（台", 2, "ＡＢ（台", 4),
        ("e\u0301e\u0301)", 4, "e\u0301e\u0301)", 2),  # an accent of its own takes no column
        ("台\n风\t)", 4, "台 风 )", 6),
        ("台\x1b\u202e)", 3, "台\ufffd\ufffd)", 4),
        ("台风 OR", 5, "台风 OR", 7),
        ("台风", 2, "台风", 4),  # behind the end
        ("台" * 100 + ")", 100, "…" + "台" * 37 + ")", 75),
        (")" + "台" * 100, 0, ")" + "台" * 37 + "…", 0),
    ],
)
def test_a_caret_stands_under_the_column(query: str, column: int, shown: str, caret: int) -> None:
    error = QueryError("it is wrong", query, column, "mend it")
    assert error_text(error).split("\n") == ["error: it is wrong; mend it", f"  {shown}", f"  {' ' * caret}^"]


def test_a_caret_wherever_it_stands() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(3000):
        query = "台" + "".join(rng.choices("台风灾ａ（ab( \u0301*😀", k=rng.randrange(200)))
        column = rng.randrange(len(query) + 1)
        _, shown, pointer = error_text(QueryError("wrong", query, column, "mend it")).split("\n")
        before = next(start for start in range(len(shown) + 1) if columns(shown[:start]) == columns(pointer) - 1)
        # A mark that takes no column stands under the caret's character, not in front of it.
        rest = shown[before:].lstrip("\u0301").removesuffix("…")
        assert query[column:].lstrip("\u0301").startswith(rest), (query, column)
        assert max(columns(shown), columns(pointer)) < 80, (query, column)
        assert len(rest) >= min(10, len(query) - column - query[column:].count("\u0301")), (query, column)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("台风", 4), ("ab", 2), ("e\u0301", 1), ("ｂ", 2), ("\u0e01\u0e31", 1), ("\u200b", 0), ("😀", 2)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_score_is_the_sum_of_what_is_written() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(500):
        scores = [rng.random() * rng.choice((0.001, 1, 20)) for _ in range(rng.randrange(1, 30))]
        parts = [Contribution("word", "台风", 3, 1, 0, 2, score) for score in scores]
        total = sum(scores) + rng.choice((0, 1e-6, -1e-6))
        first, *others = re.findall(r"^ +(-?\d+\.\d{3})  ", explanation(parts, total), re.MULTILINE)
        assert first == f"{total:.3f}"
        assert sum(round(float(number) * 1000) for number in others) == round(float(first) * 1000)
        assert all(abs(float(n) - s) <= 0.0011 for n, s in zip(others, scores, strict=True))
