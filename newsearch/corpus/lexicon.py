"""What splitting pages asks of a dictionary; whoever reads files brings one."""

from __future__ import annotations

from typing import Protocol


class Lexicon(Protocol):
    """What the splitter asks of a dictionary."""

    def cohesion(self, left: str, right: str) -> float:
        """How much likelier `left + right` is as one text than as two, in nats; 0 if no word spans the seam."""
        ...
