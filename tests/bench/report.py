"""Figures of a run → a table; figures of runs of several sizes → a Markdown table and a plot."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .engines import LISTED

#: What one run wrote: `corpus`, `machine`, the number of `queries` by set, and `engines` by name, each its figures.
Run = dict[str, Any]

_BASE = "tantivy"
_NONE = "–"
_MEGA = 1e6
_COLUMNS = 4


class Row(NamedTuple):
    """A line of a table: what it is called, where its figure comes from, what it is divided by to be shown, and
    whether its growth with the number of articles is worth a plot."""

    label: str
    figure: Callable[[Mapping[str, Any]], float | None]
    unit: float = 1.0
    plotted: bool = True


def _row(label: str, key: str, unit: float = 1.0, plotted: bool = True) -> Row:
    return Row(label, lambda figures: figures.get(key), unit, plotted)


def _set_row(name: str, label: str, key: str, unit: float = 1.0, plotted: bool = True) -> Row:
    return Row(f"{name}: {label}", lambda figures: figures.get("sets", {}).get(name, {}).get(key), unit, plotted)


def _call_row(name: str, label: str, key: str, plotted: bool = True) -> Row:
    return Row(f"{name}: {label}", lambda figures: figures.get("exploring", {}).get(name, {}).get(key), 1.0, plotted)


def rows(engines: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The lines of a table about these engines; those that no engine has a figure for are left out."""
    engines = list(engines)
    sets = list(dict.fromkeys(name for figures in engines for name in figures.get("sets", ())))
    calls = list(dict.fromkeys(name for figures in engines for name in figures.get("exploring", ())))
    every = [
        _row("build, s", "build_seconds", plotted=False),
        _row("build, articles/s (more is better)", "articles_per_second"),
        _row("build, peak memory of all processes, MB", "build_anonymous", _MEGA),
        _row("build, peak resident of the largest, MB", "build_resident", _MEGA, plotted=False),
        _row("index, MB", "index_bytes", _MEGA),
        _row("index, × the text", "index_ratio"),
        _row("searching, resident after 1,000 queries, MB", "query_resident", _MEGA),
        _row("searching, anonymous after 1,000 queries, MB", "query_anonymous", _MEGA),
        *(_set_row(name, "median, ms", "median_ms") for name in sets),
        *(_set_row(name, "p95, ms", "p95_ms") for name in sets),
        *(_set_row(name, "found, %", "found", 0.01, plotted=False) for name in sets),
        _row("ten hits, ids alone: median, ms", "ids_median_ms"),
        _row("ten hits with titles and snippets: median, ms", "cards_median_ms"),
        *(_call_row(name, "first, ms", "first_ms", plotted=False) for name in calls),
        *(_call_row(name, "median after it, ms", "median_ms") for name in calls),
        _row("one search from the shell: best, ms", "shell_best_ms", plotted=False),
        _row("one search from the shell: median, ms", "shell_median_ms"),
        _row("ten articles added from the shell: median, ms", "add_median_ms"),
        _row("ten articles added from the shell: longest, ms", "add_longest_ms", plotted=False),
        _row("old segment files left as they were, %", "add_kept", 0.01, plotted=False),
    ]
    return [row for row in every if any(row.figure(figures) is not None for figures in engines)]


def table(run: Run) -> str:
    """One line a figure, one column an engine, each but Tantivy with its figure over Tantivy's."""
    engines: dict[str, dict[str, Any]] = run["engines"]
    base = engines.get(_BASE)
    header = [""]
    for name in engines:
        header += [LISTED[name].label] + ["÷ Tantivy"] * (base is not None and name != _BASE)
    lines = [header]
    for row in rows(engines.values()):
        cells = [row.label]
        for name, figures in engines.items():
            cells.append(_shown(row, figures))
            if base is not None and name != _BASE:
                cells.append(ratio(row.figure(figures), row.figure(base)))
        lines.append(cells)
    return aligned(lines)


def ratio(value: float | None, base: float | None) -> str:
    return f"{value / base:.2f}" if value is not None and base else _NONE


def number(value: float | None) -> str:
    """Three digits or more: 1,234  123  12.3  1.23  0.123."""
    if value is None:
        return _NONE
    digits = 2 - math.floor(math.log10(abs(value))) if value else 0
    return f"{value:,.{min(max(digits, 0), 3)}f}"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Cells in columns: the first begins, the others end in line."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )


def shortened(run: Run) -> list[str]:
    """Which engines had no time for all of the queries, a line each."""
    lines = []
    for name, figures in run["engines"].items():
        asked = {set_name: results["queries"] for set_name, results in figures["sets"].items()}
        asked["warm-up"] = figures["warm_queries"]
        fewer = [
            f"{asked[part]} of {wanted} ({part})" for part, wanted in run["queries"].items() if asked[part] < wanted
        ]
        if fewer:
            lines.append(f"{LISTED[name].label} had no time for all queries: {', '.join(fewer)}")
    return lines


def fewer_found(run: Run) -> list[str]:
    """The queries for which newsearch found fewer articles than Tantivy, as "set, number of the query: n < m".

    That must not be: newsearch finds the words wherever Tantivy does, and strings besides.
    """
    ours, theirs = (run["engines"].get(name, {}).get("totals", {}) for name in ("newsearch", _BASE))
    return [
        f"{name}, {place}: {own:,} < {other:,}"
        for name in ours.keys() & theirs.keys()
        for place, (own, other) in enumerate(zip(ours[name], theirs[name], strict=True))
        if own < other
    ]


def totals_compared(run: Run) -> int:
    return sum(map(len, run["engines"].get("newsearch", {}).get("totals", {}).values()))


def read_runs(folder: Path) -> list[Run]:
    """The runs whose figures are in a folder, the smallest first."""
    runs = [json.loads(path.read_text("utf-8")) for path in folder.glob("figures-*.json")]
    return sorted(runs, key=lambda run: run["corpus"]["articles"])


def growth_table(runs: Sequence[Run]) -> str:
    """Markdown: one line a figure and engine, one column a size."""
    engines = _engines(runs)
    header = ["", "engine", *(f"{run['corpus']['articles']:,}" for run in runs)]
    lines = [header, ["---", "---", *("---:" for _ in runs)]]
    for row in rows(figures for run in runs for figures in run["engines"].values()):
        for name in engines:
            values = [_shown(row, run["engines"].get(name, {})) for run in runs]
            if set(values) != {_NONE}:
                lines.append([row.label, LISTED[name].label, *values])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def growth_plot(runs: Sequence[Run], path: Path) -> None:
    """Every figure against the number of articles, both logarithmic, one line an engine. Needs matplotlib."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    shown = [row for row in rows(f for run in runs for f in run["engines"].values()) if row.plotted]
    height = math.ceil(len(shown) / _COLUMNS)
    figure, axes = pyplot.subplots(height, _COLUMNS, figsize=(4 * _COLUMNS, 3 * height), squeeze=False)
    for row, axis in zip(shown, axes.flat, strict=False):
        for place, name in enumerate(LISTED):
            points = _points(row, name, runs)
            if points:
                axis.plot(*zip(*points, strict=True), marker="o", color=f"C{place}", label=LISTED[name].label)
        axis.set(xscale="log", yscale="log", title=row.label)
        axis.title.set_fontsize("small")
        axis.grid(visible=True, which="both", alpha=0.3)
    for axis in axes.flat[len(shown) :]:
        axis.set_visible(False)
    axes.flat[0].legend(fontsize="small")
    figure.supxlabel("articles")
    figure.tight_layout()
    figure.savefig(path, dpi=100)
    pyplot.close(figure)


def _points(row: Row, name: str, runs: Sequence[Run]) -> list[tuple[int, float]]:
    """Articles and figure of an engine, where it has one above zero."""
    pairs = ((run["corpus"]["articles"], row.figure(run["engines"].get(name, {}))) for run in runs)
    return [(articles, value / row.unit) for articles, value in pairs if value]


def _engines(runs: Iterable[Run]) -> list[str]:
    return list(dict.fromkeys(name for run in runs for name in run["engines"]))


def _shown(row: Row, figures: Mapping[str, Any]) -> str:
    value = row.figure(figures)
    return number(None if value is None else value / row.unit)
