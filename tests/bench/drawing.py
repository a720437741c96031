"""The queries, drawn with a seed from the articles that are searched.

Each set has as many different queries as it can: some to warm an engine up, the others to be timed, once each.
Words and pairs are the segmenter's and stand in some article, so every engine has something to find; an exact string is
any Han characters that stand in a row, wherever the words begin.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, cycle, islice

from .articles import SEED, Row
from .queries import Match, Query, QuerySet
from .segmentation import words

#: Queries of a set that are timed, and those that warm up before: 1,000 of them over the eight sets.
TIMED, WARM = 200, 125
# A word of a pair stands in one article of so many at least; a rare word in one of so many at most, and in two.
_COMMON = 500
_RARE = 2000
# How often a query is drawn again for want of a new one.
_TRIES = 20
_HAN = re.compile("[\u4e00-\u9fff]+")
_SHORTEST, _LONGEST = 4, 8


def draw_sets(articles: Sequence[Row], timed: int = TIMED, warm: int = WARM, seed: int = SEED) -> dict[str, QuerySet]:
    """Name of a set → its queries; the same for the same articles and seed."""
    counts = Counter(chain.from_iterable(set(_han_words(row)) for row in articles))
    # Search mode also gives pieces across words, such as 会主 in 大会主席, which alone are cut: nobody asks for those.
    whole = (word for word in counts if word in words(word))
    ordered = sorted(whole, key=lambda word: (-counts[word], word))
    frequent = ordered[: timed + warm]
    rare = [word for word in ordered if 2 <= counts[word] <= max(3, len(articles) // _RARE)]
    common = frozenset(word for word in ordered if counts[word] >= len(articles) / _COMMON)
    chooser = random.Random(seed)
    drawn = _shuffled_forever(articles, chooser)
    draws: dict[str, Iterable[Query]] = {
        "frequent word": (Query("all", word) for word in chooser.sample(frequent, len(frequent))),
        "rare word": (Query("all", word) for word in chooser.sample(rare, len(rare))),
        "two words, AND": _pairs(drawn, "all", common, chooser),
        "two words, OR": _pairs(drawn, "any", common, chooser),
        "two words, dated": _dated_pairs(drawn, common, chooser),
        "headline, all words": _headlines(drawn, "all"),
        "headline, any word": _headlines(drawn, "any"),
        "exact string, 4–8": _strings(drawn, chooser),
    }
    return {name: _query_set(draw, timed, warm) for name, draw in draws.items()}


def _query_set(draw: Iterable[Query], timed: int, warm: int) -> QuerySet:
    queries = distinct(draw, timed + warm)
    return QuerySet(queries[:warm], queries[warm:])


def distinct(draw: Iterable[Query], wanted: int) -> list[Query]:
    """The first `wanted` different queries; if there are not so many, those there are, over again."""
    found: dict[Query, None] = {}
    for query in islice(draw, wanted * _TRIES):
        found[query] = None
        if len(found) == wanted:
            break
    return list(islice(cycle(found), wanted))


def _shuffled_forever(articles: Sequence[Row], chooser: random.Random) -> Iterator[Row]:
    while True:
        yield from chooser.sample(articles, len(articles))


def _han_words(row: Row) -> list[str]:
    """The words of two or more Han characters."""
    return [word for word in words(f"{row['title']}\n{row['body']}") if len(word) > 1 and _HAN.fullmatch(word)]


def _pair(row: Row, common: frozenset[str], chooser: random.Random) -> str:
    """Two common words of an article, "" if it has not so many."""
    found = sorted(common.intersection(_han_words(row)))
    return " ".join(chooser.sample(found, 2)) if len(found) > 1 else ""


def _pairs(drawn: Iterator[Row], match: Match, common: frozenset[str], chooser: random.Random) -> Iterator[Query]:
    return (Query(match, pair) for row in drawn if (pair := _pair(row, common, chooser)))


def _dated_pairs(drawn: Iterator[Row], common: frozenset[str], chooser: random.Random) -> Iterator[Query]:
    """Pairs with the month, or the year, of an article that has both words."""
    for row in drawn:
        if pair := _pair(row, common, chooser):
            year, month, _ = map(int, row["date"].split("-"))
            first, last = chooser.choice([(month, month), (1, 12)])
            since, until = dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
            yield Query("all", pair, since.isoformat(), until.isoformat())


def _headlines(drawn: Iterator[Row], match: Match) -> Iterator[Query]:
    """Titles without their punctuation, which some query languages read as operators."""
    for row in drawn:
        parts = re.findall(r"\w+(?:\.\d+)*%?", row["title"].lower())
        # A single character may be an operator too: 与, 或, 非.
        if parts and all(len(part) > 1 for part in parts):
            yield Query(match, " ".join(parts))


def _strings(drawn: Iterator[Row], chooser: random.Random) -> Iterator[Query]:
    for row in drawn:
        length = chooser.randint(_SHORTEST, _LONGEST)
        starts = [p for run in _HAN.finditer(row["body"]) for p in range(run.start(), run.end() - length + 1)]
        if starts:
            start = chooser.choice(starts)
            yield Query("exact", row["body"][start : start + length])
