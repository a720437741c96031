"""Matches → how many of them there are by month, year, source, section or author.

Counted over all matches, as whole arrays: dates straight from their column, the values of a keyword field from a table
of which document has which, made once a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.index.reader import Reader
from newsearch.index.terms import Documents
from newsearch.terms.fold import fold

Facet = Literal["month", "year", "source", "section", "author"]
FACETS: tuple[Facet, ...] = get_args(Facet)

#: Values of a source, section or author that are counted out, the most frequent.
MOST_VALUES = 100
_DIGITS_CUT = {"year": 10_000, "month": 100}


def facet_counts(reader: Reader, documents: Documents, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each facet named, its values and how many of `documents` have each; articles without a value are in none.

    Years and months (2024-06) ascend; of the others there are the `MOST_VALUES` most frequent, falling, written as in
    the first of the documents. An article of two authors counts for both. Raises ValueError for an unknown name.
    """
    names = list(dict.fromkeys(names))
    if unknown := [name for name in names if name not in FACETS]:
        raise ValueError(f"there is no facet {unknown[0]!r}; use {', '.join(FACETS)}")
    return {
        name: _periods(reader, documents, name) if name in _DIGITS_CUT else _values(reader, documents, name)
        for name in names
    }


def period_numbers(dates: NDArray[np.int32], by: str) -> NDArray[np.int32]:
    """YYYYMMDD → YYYY or YYYYMM."""
    return dates // _DIGITS_CUT[by]


def distinct(numbers: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Periods as numbers, ascending, how often each stands in `numbers`, and for each of these which one it is. (What
    numpy has for it imports masked arrays first, which takes longer than all of this.)"""
    low = int(numbers.min(initial=1 << 30))
    every = np.bincount(numbers - low) if len(numbers) else np.zeros(0, np.int64)
    present = np.flatnonzero(every)
    place = np.zeros(len(every), np.int64)
    place[present] = np.arange(len(present))
    return present + low, every[present], place[numbers - low]


def period_name(number: int, by: str) -> str:
    """YYYY or YYYYMM as 2024 or 2024-06."""
    return f"{number:04}" if by == "year" else f"{number // 100:04}-{number % 100:02}"


def _periods(reader: Reader, documents: Documents, by: str) -> dict[str, int]:
    dates = reader.column("date")[documents]
    numbers, counts, _ = distinct(period_numbers(dates[dates > 0], by))
    return {period_name(number, by): count for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)}


def _values(reader: Reader, documents: Documents, field: str) -> dict[str, int]:
    table = reader.tables.keyword(field)
    chosen = np.zeros(reader.size, np.bool_)
    chosen[documents] = True
    hits = np.flatnonzero(chosen[table.documents])
    ordinals = table.ordinals[hits]
    counts = np.bincount(ordinals, minlength=len(table.values))
    listed = counts.tolist()
    best = _most_frequent(counts)
    best.sort(key=lambda ordinal: (-listed[ordinal], table.values[ordinal]))
    # Documents ascend under a value, so the first hit of each is its first document.
    first = np.zeros(len(table.values), np.uint32)
    first[ordinals[::-1]] = table.documents[hits[::-1]]
    return {
        _as_written(reader.article(int(first[value])), field, table.values[value]): listed[value]
        for value in best[:MOST_VALUES]
    }


def _most_frequent(counts: NDArray[np.int64]) -> list[int]:
    """The places of counts above 0 that are as large as the largest `MOST_VALUES`."""
    least = np.partition(counts, -MOST_VALUES)[-MOST_VALUES] if len(counts) > MOST_VALUES else 1
    places: list[int] = np.flatnonzero(counts >= max(least, 1)).tolist()
    return places


def _as_written(article: Article, field: str, folded: str) -> str:
    """A folded value as an article has it."""
    written: Sequence[str] = article.authors if field == "author" else (getattr(article, field),)
    return next((value.strip() for value in written if fold(value.strip()) == folded), folded)
