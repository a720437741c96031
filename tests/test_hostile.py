"""A slice of `make hostile-titles`, and that its look at the screen can fail."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hostile import STEERING, assert_tame, run

from newsearch.render.terminal import one_line, safe, to_json


def test_hostile_articles_names_and_queries_cannot_steer_a_terminal(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    assert run(tmp_path, random.Random(seed), 300) > 50_000


@pytest.mark.parametrize("text", STEERING, ids=map(ascii, STEERING))
def test_a_terminal_that_is_steered_is_noticed(text: str) -> None:
    with pytest.raises(AssertionError):
        assert_tame(f"台风{text}登陆")
    for tame in (safe(f"台风{text}登陆"), one_line(text), to_json({text: text})):
        assert_tame(tame)
