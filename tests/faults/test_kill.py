"""A slice of the kills of `make kill-9`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .kill import Interrupt, at_a_call, at_a_time, can_trace, interrupt


@pytest.mark.parametrize(("how", "kills"), [(at_a_call, 10), (at_a_time, 20)])
def test_a_killed_command_leaves_the_old_state_or_the_new(how: Interrupt, kills: int, tmp_path: Path) -> None:
    if how is at_a_call and (why := can_trace()):
        pytest.skip(why)
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    counts = interrupt(kills, seed, tmp_path / "desk", how)
    assert sum(counts.values()) == kills
