"""Measures how fast an index is built and searched and how large it is, beside other engines in the same run.

    python -m tests.bench run --articles 20000 --engines newsearch,tantivy --out build/bench
    python -m tests.bench plot --out build/bench

Every engine is built and asked in processes of its own, from the same articles, cut into words by the same segmenter,
and asked the same queries. `run` prints one table and writes figures-<articles>.json; `plot` makes growth.png and
growth.md of all such files in the folder. Exit status: 0 done, 1 an engine failed or newsearch found too little,
2 a mistake in the command.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from . import exploring, report, shell
from .articles import ROOT, SAMPLE, real_articles, rows, write_corpus
from .drawing import draw_sets
from .engines import LISTED, why_left_out
from .processes import CommandFailed, memory, python, run_command, watch_command
from .queries import QuerySet, write_sets

_DEFAULT_ARTICLES = 20_000
_DEFAULT_ENGINES = "newsearch,tantivy,fts5,whoosh"
_DEFAULT_FOLDER = ROOT / "build" / "bench"
_REAL_ALONE = "news"
_FEWEST = 100
# Articles, from the first on, that queries are drawn from.
_DRAWN_FROM = 10_000
# The engine that has more than a search.
_OURS = "newsearch"
# The set whose queries are asked from the shell.
_SHELL_SET = "two words, AND"
# Other work on the machine from which the figures cannot be trusted, as the load of the last minute.
_BUSY = 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").split("\n\n")[0])
    actions = parser.add_subparsers(required=True, metavar="{run,plot}")
    running = actions.add_parser("run", help="build and ask engines, print a table")
    running.add_argument(
        "--articles", type=_count, default=_DEFAULT_ARTICLES, metavar="N",
        help=f"how many (default: %(default)s); `{_REAL_ALONE}`: the real ones alone",
    )  # fmt: skip
    running.add_argument(
        "--engines", type=_names, default=_DEFAULT_ENGINES, metavar="A,B",
        help=f"of {', '.join(LISTED)} (default: %(default)s)",
    )  # fmt: skip
    running.add_argument("--keep", action="store_true", help="keep the articles and indexes beside the figures")
    running.set_defaults(action=lambda options: run(options.articles, options.engines, options.out, options.keep))
    plotting = actions.add_parser("plot", help="plot the figures of several sizes")
    plotting.set_defaults(action=lambda options: plot(options.out))
    for each in (running, plotting):
        each.add_argument("--out", type=Path, default=_DEFAULT_FOLDER, metavar="DIR", help="where the figures are kept")
    options = parser.parse_args(arguments)
    status: int = options.action(options)
    return status


def run(articles: int | None, engines: Sequence[str], out: Path, keep: bool = False) -> int:
    """Measures engines with so many articles (None: the real ones alone) and writes their figures to `out`."""
    work = out / "bench-work"  # emptied first: a name that nobody else uses
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        measured, failed = _measured(articles, engines, work, out, keep)
    finally:
        if not keep:
            shutil.rmtree(work)
    print(report.table(measured))
    fewer = report.fewer_found(measured)
    for line in report.shortened(measured):
        print(line)
    if compared := report.totals_compared(measured):
        print(f"newsearch finds at least as much as Tantivy for {compared - len(fewer)} of {compared} queries")
        for line in fewer:
            print(f"  {line}")
    return int(bool(fewer or failed))


def plot(out: Path) -> int:
    """Puts the figures of all runs in a folder into one plot and one table."""
    runs = report.read_runs(out)
    if not runs:
        _say(f"error: no figures in {out}; measure first with `python -m tests.bench run --out {out}`")
        return 2
    (out / "growth.md").write_text(report.growth_table(runs), "utf-8")
    if find_spec("matplotlib") is None:
        _say("error: a plot needs matplotlib; install it with `pip install '.[bench]'`")
        return 2
    report.growth_plot(runs, out / "growth.png")
    _say(f"{out / 'growth.md'} and growth.png, of {len(runs)} sizes")
    return 0


def _measured(
    articles: int | None, engines: Sequence[str], work: Path, out: Path, keep: bool
) -> tuple[report.Run, list[str]]:
    """The figures of the engines, and which of them failed. Every engine's are on the disk before the next begins."""
    corpus = write_corpus(work / "news.jsonl", articles)
    if corpus.source == SAMPLE:
        _say("there is no shared news beside the project (../shared): the sample articles of corpus/ are taken instead")
    _say(f"{corpus.articles:,} articles, {corpus.real:,} of them {corpus.source}, the others recombined from these")
    machine = _machine()
    if machine["load"] > _BUSY:
        _say(f"other work is going on (load {machine['load']:.1f}): times are longer than they would be alone")
    sets = draw_sets(list(islice(rows(work / "news.jsonl"), _DRAWN_FROM)))
    write_sets(work / "queries.json", sets)
    queries = {name: len(each.timed) for name, each in sets.items()}
    queries["warm-up"] = sum(len(each.warm) for each in sets.values())
    measured: report.Run = {"corpus": corpus._asdict(), "machine": machine, "queries": queries, "engines": {}}
    present = [name for name in engines if not _left_out(name, corpus.articles)]
    failed = []
    for name in present:
        try:
            measured["engines"][name] = _one_engine(name, work, corpus.articles, corpus.text_bytes)
        except CommandFailed as failure:
            _say(f"error: {LISTED[name].label} failed: {failure}")
            failed.append(name)
        if name not in shell.SHELLS and not keep:
            shutil.rmtree(work / name, ignore_errors=True)
        _save(measured, out)
    for label, more in (("beside the search", _exploring), ("from the shell", _from_the_shell)):
        _say(f"  {label} …")
        try:
            more(measured["engines"], work, sets)
        except CommandFailed as failure:
            _say(f"error: {label}: {failure}")
            failed.append(label)
    _save(measured, out)
    return measured, failed


def _one_engine(name: str, work: Path, articles: int, text_bytes: int) -> dict[str, Any]:
    """Builds and asks one engine, each in a process of its own. Raises CommandFailed."""
    measure = python("-m", "tests.bench.measure")
    folder = work / name
    _say(f"  {LISTED[name].label} …")
    built = watch_command([*measure, "build", name, work / "news.jsonl", folder])
    figures: dict[str, Any] = json.loads(built.output)
    index_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    figures |= {
        "articles_per_second": articles / figures["build_seconds"],
        "build_anonymous": built.anonymous,
        "build_resident": built.resident,
        "index_bytes": index_bytes,
        "index_ratio": index_bytes / text_bytes,
    }
    asked: dict[str, Any] = json.loads(run_command([*measure, "ask", name, folder, work / "queries.json"]).output)
    return figures | asked


def _exploring(engines: dict[str, dict[str, Any]], work: Path, _: Mapping[str, QuerySet]) -> None:
    """Puts into newsearch's figures what the help beside the search takes."""
    if _OURS in engines:
        engines[_OURS]["exploring"] = exploring.explore(work / _OURS, work / "queries.json")


def _from_the_shell(engines: dict[str, dict[str, Any]], work: Path, sets: Mapping[str, QuerySet]) -> None:
    """Puts into the figures what whole commands take; the additions come last, for they change the indexes."""
    folders = {name: work / name for name in engines if name in shell.SHELLS}
    for name, figures in shell.time_searches(folders, sets[_SHELL_SET].timed).items():
        engines[name] |= figures
    _, real = real_articles()
    for name, folder in folders.items():
        engines[name] |= shell.time_additions(name, folder, real)


def _left_out(name: str, articles: int) -> bool:
    reason = why_left_out(name, articles)
    if reason:
        _say(reason)
    return bool(reason)


def _save(measured: report.Run, out: Path) -> None:
    path = out / f"figures-{measured['corpus']['articles']}.json"
    path.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _machine() -> dict[str, Any]:
    return {
        "processors": os.cpu_count(),
        "memory": memory(".", "meminfo", "MemTotal"),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "versions": dict(_versions()),
    }


def _versions() -> Iterator[tuple[str, str]]:
    for package in ("newsearch", "numpy", "rjieba", "tantivy", "whoosh3"):
        with suppress(PackageNotFoundError):
            yield package, version(package)


def _count(text: str) -> int | None:
    """The argument of --articles."""
    if text == _REAL_ALONE:
        return None
    if not text.isdecimal() or int(text) < _FEWEST:
        raise argparse.ArgumentTypeError(f"{text} is neither `{_REAL_ALONE}` nor a number from {_FEWEST} on")
    return int(text)


def _names(text: str) -> list[str]:
    """The argument of --engines."""
    names = list(dict.fromkeys(text.split(",")))
    unknown = [name for name in names if name not in LISTED]
    if unknown:
        raise argparse.ArgumentTypeError(f"no engine {unknown[0]!r}; there are {', '.join(LISTED)}")
    return names


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
