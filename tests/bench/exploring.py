"""How long the help beside the search takes: facets, key terms, similar articles, completions; newsearch only.

    python -m tests.bench.exploring FOLDER QUERIES.json CALL

Prints one JSON object: what CALL takes as the first one in a process, with an index that was just opened, and the
median of the calls after it, in milliseconds. The queries are frequent words, a call each.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import newsearch
from newsearch import Index

from .processes import python, run_command
from .queries import read_sets

#: The set that queries are taken from, and how many of them are asked.
QUERY_SET = "frequent word"
_ASKED = 6

#: What is measured: a label → the call, with an index and a word.
CALLS: dict[str, Callable[[Index, str], object]] = {
    "all facets of a word": lambda index, word: index.search(
        word, facets=["month", "year", "source", "section", "author"], timeout=None
    ),
    "key terms of a word": lambda index, word: index.keywords(word, timeout=None),
    "key terms of the index": lambda index, _: index.keywords(timeout=None),
    "key terms by month": lambda index, _: index.trends(by="month", timeout=None),
    "similar articles": lambda index, word: index.similar(index.search(word, limit=1).hits[0].id, timeout=None),
    "completions": lambda index, word: index.suggest(word[:2]),
}


def measure(folder: Path, words: list[str], call: Callable[[Index, str], object]) -> dict[str, float]:
    """Times a call with each of the words. Raises ValueError for fewer than two."""
    if len(words) < 2:
        raise ValueError("two words at least: the first is asked of an index that was just opened")
    with newsearch.open(folder) as index:
        times = []
        for word in words:
            started = time.perf_counter()
            call(index, word)
            times.append((time.perf_counter() - started) * 1000)
    return {"first_ms": times[0], "median_ms": statistics.median(times[1:])}


def explore(folder: Path, queries: Path) -> dict[str, dict[str, float]]:
    """The figures of every call, each in a process of its own. Raises CommandFailed."""
    command = python("-m", "tests.bench.exploring", folder, queries)
    return {name: json.loads(run_command([*command, name]).output) for name in CALLS}


def main(folder: str, queries: str, call: str) -> None:
    words = [query.text for query in read_sets(Path(queries))[QUERY_SET].timed[:_ASKED]]
    json.dump(measure(Path(folder), words, CALLS[call]), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
