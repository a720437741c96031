"""What is asked of every engine, and the sets of it as a file that passes between processes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

Match = Literal["all", "any", "exact"]


class Query(NamedTuple):
    """Words of which all or any are wanted, or a string that must stand exactly so. `since` and `until` are days
    (YYYY-MM-DD, both included), "" for none."""

    match: Match
    text: str
    since: str = ""
    until: str = ""


class QuerySet(NamedTuple):
    """Queries of one kind: some to warm an engine up, the others to be timed. None stands twice if there are enough."""

    warm: list[Query]
    timed: list[Query]


def write_sets(path: Path, sets: Mapping[str, QuerySet]) -> None:
    path.write_text(json.dumps(sets, ensure_ascii=False), "utf-8")


def read_sets(path: Path) -> dict[str, QuerySet]:
    sets = json.loads(path.read_text("utf-8"))
    return {name: QuerySet(*([Query(*query) for query in part] for part in parts)) for name, parts in sets.items()}
