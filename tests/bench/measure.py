"""Builds one engine's index, or asks one engine its queries, in a process that does nothing else.

    python -m tests.bench.measure build ENGINE ARTICLES.jsonl FOLDER
    python -m tests.bench.measure ask ENGINE FOLDER QUERIES.json

Prints one JSON object. Asking runs through the warm-up queries of all sets in turn, then looks at its own memory, then
times each of the others once, with everything that an answer needs: reading the query, segmenting it, fetching the ids.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from .engine import Searching
from .engines import load
from .processes import memory
from .queries import Query, QuerySet, read_sets

Figures = dict[str, Any]

# Seconds after which a set is ended early, and the warm-up; and how many queries of a set are asked all the same.
_SET_SECONDS, _WARM_SECONDS = 60, 120
_FEWEST = 20
# Queries of a set for which matches are counted, and the sets where words alone decide what matches.
_COUNTED = 50
_WORD_SETS = ("frequent word", "rare word", "two words, AND")
# The set whose hits are shown.
_SHOWN_SET = "two words, AND"


def build(name: str, articles: Path, folder: Path) -> Figures:
    engine = load(name)
    started = time.perf_counter()
    engine.build(articles, folder)
    return {"build_seconds": time.perf_counter() - started}


def ask(name: str, folder: Path, sets: Mapping[str, QuerySet]) -> Figures:
    opened = load(name).open(folder)
    figures: Figures = {"warm_queries": warm_up(opened, sets.values())}
    figures["query_resident"] = memory("self", "status", "VmRSS") or None
    figures["query_anonymous"] = memory("self", "status", "RssAnon") or None
    figures["sets"] = {set_name: time_set(opened.ids, queries.timed) for set_name, queries in sets.items()}
    if opened.cards:
        shown = sets[_SHOWN_SET].warm
        figures["ids_median_ms"] = time_set(opened.ids, shown)["median_ms"]
        figures["cards_median_ms"] = time_set(opened.cards, shown)["median_ms"]
    if opened.total:
        total = opened.total
        figures["totals"] = {name: [total(query) for query in sets[name].timed[:_COUNTED]] for name in _WORD_SETS}
    return figures


def warm_up(opened: Searching, sets: Iterable[QuerySet]) -> int:
    """Asks the warm-up queries, one of each set after the other; returns how many there was time for."""
    in_turn = chain.from_iterable(zip_longest(*(queries.warm for queries in sets)))
    return sum(1 for query in _for_seconds(_WARM_SECONDS, filter(None, in_turn)) if opened.ids(query) is not None)


def time_set(answer: Callable[[Query], Sequence[object]], queries: Sequence[Query]) -> Figures:
    """The times of the queries in milliseconds, one each, and the share of them that found something."""
    times, found = [], 0
    for query in _for_seconds(_SET_SECONDS, queries):
        started = time.perf_counter()
        hits = answer(query)
        times.append((time.perf_counter() - started) * 1000)
        found += bool(hits)
    return {
        "queries": len(times),
        "median_ms": statistics.median(times),
        "p95_ms": percentile(times, 0.95),
        "found": found / len(times),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of them lies, between two of them in proportion. Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _for_seconds(seconds: float, queries: Iterable[Query]) -> Iterator[Query]:
    """The queries until the time is over, but `_FEWEST` at least."""
    end = time.perf_counter() + seconds
    for number, query in enumerate(queries):
        if number >= _FEWEST and time.perf_counter() > end:
            return
        yield query


def main(action: str, name: str, *paths: str) -> None:
    if action == "build":
        figures = build(name, Path(paths[0]), Path(paths[1]))
    else:
        figures = ask(name, Path(paths[0]), read_sets(Path(paths[1])))
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
