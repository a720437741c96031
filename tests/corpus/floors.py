"""Quality floors that only rise: `floors.json` has what was measured when it was last written, rounded down."""

from __future__ import annotations

import json
from pathlib import Path

FLOORS: dict[str, float] = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))
#: A floor lies no further below what is measured.
SLACK = 0.005


def hold(name: str, measured: float) -> None:
    """Fails if a score has fallen below its floor, or if the floor lies so low that it would not be noticed."""
    floor = FLOORS[name]
    assert measured >= floor, f"{name}: {measured:.4f} is below the floor {floor}: mend the rules, not the floor"
    assert floor >= measured - SLACK, f"{name}: raise the floor in floors.json from {floor} to {measured - 0.001:.3f}"
