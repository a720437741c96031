"""What commands say: hits as cards or lines, progress, and everything that goes to stderr."""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

import newsearch
from newsearch.render.counts import facets_text
from newsearch.render.hits import card, did_you_mean, plain_hit, summary
from newsearch.render.terminal import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from newsearch.explain import Contribution
    from newsearch.incremental import Progress


def say(text: str) -> None:
    click.echo(text, err=True)


def say_if_cut(timed_out: bool, seconds: float) -> None:
    """Says that the time was up, if it was."""
    if timed_out:
        say(f"note: stopped after {seconds:g} s, there may be more; give it longer with --timeout (0: no limit)")


def show_hits(results: newsearch.Results, offset: int, parts: list[list[Contribution]]) -> None:
    for note in results.notes:
        say(f"note: {one_line(note)}")
    advice = did_you_mean(results)
    if not results.total:
        nothing = f"nothing found for {one_line(results.query)} ({results.took_ms:.1f} ms)"
        say(f"{nothing}; {advice}" if advice else nothing)
        return
    say(summary(results))
    if advice:
        say(advice)
    coloured = on_terminal()
    if coloured:
        from rich.console import Console

        console = Console(highlight=False, soft_wrap=True)
        show: Callable[[int, newsearch.Hit], None] = functools.partial(_print_card, console)
    else:
        show = _echo_hit
    for place, hit in enumerate(results):
        show(offset + place + 1, hit)
        if parts:
            from newsearch.render.explanations import explanation

            click.echo(explanation(parts[place], hit.score))
    if any(results.facets.values()):
        click.echo(facets_text(results.facets, bars=coloured))


def on_terminal() -> bool:
    return bool(sys.stdout and sys.stdout.isatty())


def _echo_hit(number: int, hit: newsearch.Hit) -> None:
    click.echo(plain_hit(number, hit))


def _print_card(console: Console, number: int, hit: newsearch.Hit) -> None:
    console.print(card(number, hit, console.width))


@contextmanager
def progress_bar(what: str) -> Iterator[Progress | None]:
    """A bar on a terminal for what takes over a second; nothing elsewhere."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(what),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.fields[articles]}"),
        TimeRemainingColumn(),
    )
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    started = time.monotonic()
    task: TaskID | None = None
    shown = 0.0

    def show(done: int, total: int, articles: int) -> None:
        nonlocal task, shown
        now = time.monotonic()
        if now - started < 1 or now - shown < 0.1:
            return
        shown = now
        if task is None:
            bar.start()
            task = bar.add_task(what, total=total, articles="")
        rate = f"{articles:,} articles  {articles / (now - started):,.0f}/s"
        bar.update(task, completed=done, total=total, articles=rate)

    try:
        yield show
    finally:
        bar.stop()
