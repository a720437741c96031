"""Counts → text: facets, key terms, trends and what an index holds, with bars where a terminal draws them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newsearch.render.terminal import pad, table, width
from newsearch.stats import Stats

if TYPE_CHECKING:
    from newsearch.explore.keywords import Keyword, Trends

# Columns of the longest bar, and the bars of a sparkline.
_BAR = 30
_SPARKS = "▁▂▃▅▇"
# Bytes of text from which it says something how much larger or smaller the index is: its dictionary takes 2.6 MB.
_MUCH_TEXT = 1_000_000


def facets_text(facets: Mapping[str, Mapping[str, int]], bars: bool = False) -> str:
    """Counts of all matches, a value a line; with `bars` also drawn, the longest for the largest count of a facet."""
    rows = []
    for facet, counts in facets.items():
        largest = max(counts.values(), default=1)
        for value, count in counts.items():
            bar = "█" * math.ceil(_BAR * count / largest)
            rows.append((f"{facet} {value}", f"{count:>7,}  {bar}" if bars else f"{count:,}"))
    return table(rows)


def keywords_text(keywords: Sequence[Keyword], in_article: bool) -> str:
    """Key terms, one a line, with how often they stand in the one article or in how many articles they are."""
    rows = ((keyword.term, keyword.count) for keyword in keywords)
    return table((term, f"{count:,} ×" if in_article else f"in {articles(count)}") for term, count in rows)


def articles(count: int) -> str:
    """1 article, 2,000 articles."""
    return f"{count:,} article{'s' if count != 1 else ''}"


def trends_text(trends: Trends, sparklines: bool) -> str:
    """The terms of each period under its name, with how many of its articles have them; with `sparklines` also the
    share of each term over all periods."""
    lines = []
    for place, (period, total) in enumerate(zip(trends.periods, trends.articles, strict=True)):
        listed = trends.terms[period]
        counts = table((f"  {trend.term}", f"{trend.counts[place]:,}") for trend in listed).split("\n")
        if sparklines:
            shown = max(map(width, counts))
            counts = [
                f"{pad(line, shown)}  {sparkline(trend.counts, trends.articles)}"
                for line, trend in zip(counts, listed, strict=False)
            ]
        lines += [f"{period}  {articles(total)}", *(counts if listed else ())]
    return "\n".join(lines)


def no_trends_text(trends: Trends) -> str:
    """Why there are no terms in any period."""
    if not trends.periods:
        return "no article with a date"
    if len(trends.periods) == 1:
        return f"no {trends.by} but {trends.periods[0]} to compare"
    return f"no term that one {trends.by} has more of than the others"


def sparkline(counts: Sequence[int], totals: Sequence[int]) -> str:
    """The shares counts / totals as bars, a character each: the largest is the highest, 0 always the lowest."""
    shares = [count / total for count, total in zip(counts, totals, strict=True)]
    highest = max(shares, default=0) or 1
    return "".join(_SPARKS[min(len(_SPARKS) - 1, math.ceil(share / highest * (len(_SPARKS) - 1)))] for share in shares)


def stats_text(stats: Stats) -> str:
    size = f"{_bytes(stats.index_bytes)}"
    if stats.text_bytes >= _MUCH_TEXT:
        size += f" ({stats.index_bytes / stats.text_bytes:.2f} × the text, {_bytes(stats.text_bytes)})"
    dates = f"{stats.first_date} – {stats.last_date}" if stats.first_date else "none"
    rows = [
        ("articles", f"{stats.articles:,}" + (f", {stats.reprints:,} of them reprints" if stats.reprints else "")),
        ("dates", dates),
        ("files", f"{stats.files:,}" + (f", {stats.rejected_files:,} rejected" if stats.rejected_files else "")),
        ("size", size),
        ("generation", str(stats.generation)),
        ("segments", f"{stats.segments}" + (f", {stats.deleted:,} deleted articles in them" if stats.deleted else "")),
    ]
    rows += [(f"  {source or '(no source)'}", f"{count:,}") for source, count in list(stats.sources.items())[:20]]
    return table(rows)


def _bytes(count: int) -> str:
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    raise AssertionError
