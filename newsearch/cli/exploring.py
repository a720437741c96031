"""Commands that look at what an index holds: show, suggest, keywords, stats, check."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

import newsearch
from newsearch.cli.group import FOUND, NOTHING, QUERY_CONTEXT, cli, deadline, query_text, timeout_option
from newsearch.cli.talk import on_terminal, say, say_if_cut
from newsearch.render.counts import keywords_text, no_trends_text, stats_text, trends_text
from newsearch.render.hits import article_text
from newsearch.render.reports import lost_text, repair_text
from newsearch.render.terminal import one_line, to_json

if TYPE_CHECKING:
    from newsearch.explore.keywords import Period


@cli.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def show(folder: str, article_id: str, as_json: bool) -> None:
    """Print a whole article."""
    with newsearch.open(folder) as opened:
        article = opened.get(article_id)
        copies = [] if as_json else opened.copies(article_id)
    click.echo(to_json(article.to_mapping()) if as_json else article_text(article, copies))


@cli.command()
@click.argument("prefix")
@click.option("-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="Show at most so many.")
@timeout_option
@click.pass_obj
def suggest(folder: str, prefix: str, limit: int, timeout: float) -> None:
    """Print words and phrases that begin with PREFIX, one a line, those in most articles first.

    PREFIX is in characters of either script, in pinyin (xiangcun) or its initials (xczx).
    """
    with newsearch.open(folder) as opened:
        until = deadline(timeout)
        words = opened.suggest(prefix, limit=limit, timeout=until)
    for word in words:
        click.echo(one_line(word))
    if not words and not until.cut:
        say(f"nothing begins with {one_line(prefix)!r} or is read so")
    say_if_cut(until.cut, timeout)
    sys.exit(FOUND if words else NOTHING)


@cli.command(context_settings=QUERY_CONTEXT)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--id", "article_id", metavar="ID", help="The key terms of this article.")
@click.option("--by", type=click.Choice(["month", "year"]), help="What stands out in each month or year.")
@click.option("-n", "--limit", type=click.IntRange(1), help="Show at most so many (default: 20; with --by 5 for each).")
@click.option("--plot", metavar="FILE.png", help="With --by: draw the terms that stand out most; needs matplotlib.")
@timeout_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def keywords(
    folder: str,
    /,
    query: tuple[str, ...],
    article_id: str | None,
    by: Period | None,
    limit: int | None,
    plot: str | None,
    timeout: float,
    as_json: bool,
) -> None:
    """Print the key terms of what QUERY finds, of one article, or of the whole index.

    They are the words that these articles have more of than the others. With --by, those that each month or year has
    more of than the other ones.
    """
    text = query_text(query) if query else None
    if article_id is not None and (text is not None or by):
        raise click.UsageError("--id names one article; leave out the query and --by")
    if plot and not by:
        raise click.UsageError("--plot draws terms over time; add --by month or --by year")
    with newsearch.open(folder) as opened:
        until = deadline(timeout)
        if by:
            trends = opened.trends(text, by=by, limit=5 if limit is None else limit, timeout=until)
            found, mapping = any(trends.terms.values()), trends.to_mapping()
            if plot and found:
                from newsearch.explore.plot import plot_trends

                plot_trends(trends, plot)
            shown = trends_text(trends, sparklines=on_terminal())
            nothing = no_trends_text(trends)
        else:
            listed = opened.keywords(text, id=article_id, limit=20 if limit is None else limit, timeout=until)
            found, mapping = bool(listed), {"version": 1, "keywords": [keyword.to_mapping() for keyword in listed]}
            shown = keywords_text(listed, in_article=article_id is not None)
            nothing = "no key terms"
    if until.cut:
        mapping["timed_out"] = True
    if as_json or found:
        click.echo(to_json(mapping) if as_json else shown)
    elif not until.cut:
        say(f"{nothing}{f' in what {one_line(text)} finds' if text else ''}")
    say_if_cut(until.cut, timeout)
    sys.exit(FOUND if found else NOTHING)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def stats(folder: str, as_json: bool) -> None:
    """Show what the index holds."""
    with newsearch.open(folder) as opened:
        found = opened.stats()
    click.echo(to_json(found.to_mapping()) if as_json else stats_text(found))


@cli.command()
@click.option("--quick", is_flag=True, help="Only read every byte; do not hold words and columns to the texts.")
@click.option("--repair", "mend", is_flag=True, help="Write what is intact as a new generation, and list what is lost.")
@click.pass_obj
def check(folder: str, quick: bool, mend: bool) -> None:
    """Verify the index; exit status 1 if something is damaged or, with --repair, if articles are lost.

    Every byte is read, then words and columns are held to the stored texts: that takes as long as indexing.
    """
    if mend:
        report = newsearch.repair(folder, quick=quick)
        say(repair_text(report))
        for lost in report.lost:
            click.echo(lost_text(lost))
        sys.exit(NOTHING if report.lost else FOUND)
    damage = newsearch.check(folder, quick=quick)
    for found in damage:
        click.echo(one_line(str(found)))
    if damage:
        sys.exit(NOTHING)
    say("the index is intact")
