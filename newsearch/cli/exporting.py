"""The command that hands articles on to other programs: export."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any

import click

import newsearch
from newsearch.article import Article
from newsearch.cli.group import FOUND, NOTHING, QUERY_CONTEXT, cli, filter_options, query_text
from newsearch.cli.talk import on_terminal, say
from newsearch.export import FORMATS, write_whole
from newsearch.render.terminal import one_line, shown


@cli.command(context_settings=QUERY_CONTEXT)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--format", "format", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write this file, whole or not at all, and not to stdout.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@filter_options
@click.pass_obj
def export(
    folder: str, /, query: tuple[str, ...], format: str, output: str | None, force: bool, **filters: Any
) -> None:
    """Write all articles, or those that have all of QUERY, as JSON Lines or CSV.

    `newsearch index` takes the JSON Lines back, ids and all. CSV is for spreadsheets: a cell that would be a formula
    begins with an apostrophe.
    """
    count = 0

    def counted(articles: Iterator[Article]) -> Iterator[Article]:
        nonlocal count
        for article in articles:
            count += 1
            yield article

    with newsearch.open(folder) as opened:
        articles = opened.export(query_text(query) if query else None, **filters)
        first = next(articles, None)
        if first is None:
            say("no article to export")
            sys.exit(NOTHING)
        lines = FORMATS[format](counted(chain([first], articles)))
        if output is None and sys.stdout:
            # Not by click's echo: in a pipe it leaves out what steers a terminal, and this is to be exact.
            sys.stdout.writelines(shown(line) if on_terminal() else line for line in lines)
        elif output is not None:
            write_whole(output, lines, force)
            say(f"{count:,} article{'s' if count != 1 else ''} written to {one_line(output)}")
    sys.exit(FOUND)
