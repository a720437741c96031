"""What was done with a page, told line by line: every heading, cut, joint and omission, by which rule and why."""

from __future__ import annotations

from typing import Any, NamedTuple


class Decision(NamedTuple):
    """`lines` are the numbers of the page's lines it is about, from 1; `rule` is in `newsearch.corpus.pages.rules`;
    `done` says what became of them, `reason` why, in one line."""

    lines: tuple[int, ...]
    rule: str
    done: str
    reason: str

    def to_mapping(self) -> dict[str, Any]:
        return {"lines": list(self.lines), "rule": self.rule, "done": self.done, "reason": self.reason}
