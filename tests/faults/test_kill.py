"""A slice of the kills of `make kill-9`."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from .kill import Interrupt, at_a_call, at_a_time, can_trace, interrupt
from .kill_desk import Desk


class AtOnce(random.Random):
    """Chooses the earliest time there is, and the command itself as victim."""

    def uniform(self, a: float, b: float) -> float:
        return min(a, b, 0.0)

    def choice(self, seq: Sequence[str]) -> str:
        return seq[0]


@pytest.mark.parametrize(("how", "kills"), [(at_a_call, 10), (at_a_time, 20)])
def test_a_killed_command_leaves_the_old_state_or_the_new(how: Interrupt, kills: int, tmp_path: Path) -> None:
    if how is at_a_call and (why := can_trace()):
        pytest.skip(why)
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    counts = interrupt(kills, seed, tmp_path / "desk", how)
    assert sum(counts.values()) == kills


def test_a_command_may_be_killed_before_it_does_anything(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", AtOnce(0))
    desk.folder.mkdir()
    command = desk.next_command()
    assert at_a_time(desk, command, desk.chooser) == "command"
    assert desk.said == ""
    assert not desk.verify(command, 0)
    desk.finish(command)
