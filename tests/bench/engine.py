"""What an engine must be able to do to be measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from .queries import Query


class Card(NamedTuple):
    """A hit as it is shown: highlights are spans [start, end) of the title, and of the snippet."""

    title: str
    title_highlights: list[tuple[int, int]]
    snippet: str
    highlights: list[tuple[int, int]]


class Searching(NamedTuple):
    """An index that is open: the ids of a query's first ten hits, best first; the ten as they are shown; and how many
    articles match in all. The last two are measured for newsearch and Tantivy only."""

    ids: Callable[[Query], list[str]]
    cards: Callable[[Query], list[Card]] | None = None
    total: Callable[[Query], int] | None = None


class Engine(NamedTuple):
    """`build(path, folder)` indexes a JSON Lines file, from reading it to the last commit, in a folder that is not
    there yet."""

    build: Callable[[Path, Path], None]
    open: Callable[[Path], Searching]
