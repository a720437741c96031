"""Commands that find articles: search, explain, similar."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

import newsearch
from newsearch.cli.group import (
    FOUND,
    NOTHING,
    QUERY_CONTEXT,
    cli,
    deadline,
    filter_options,
    limit_option,
    query_text,
    refuse_options,
    timeout_option,
)
from newsearch.cli.talk import say, say_if_cut, show_hits
from newsearch.errors import ArticleNotFound
from newsearch.explore.facets import FACETS
from newsearch.render.terminal import one_line, to_json
from newsearch.search import SORTS


@cli.command(context_settings=QUERY_CONTEXT)
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Show at most so many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Skip so many hits.")
@filter_options
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option(
    "--synonyms", metavar="FILE", envvar="NEWSEARCH_SYNONYMS",
    help="Find synonyms too: `电脑, 计算机` or `新冠 => COVID-19` a line (or NEWSEARCH_SYNONYMS).",
)  # fmt: skip
@click.option("--any", "any_piece", is_flag=True, help="Any piece of the query is enough.")
@click.option("--recent", is_flag=True, help="Count recent articles for more.")
@click.option("--all-copies", is_flag=True, help="Show articles that are nearly the same one by one.")
@click.option(
    "--facet", "facets", multiple=True, type=click.Choice(FACETS), help="Count all matches by this; may be repeated."
)
@click.option("--explain", is_flag=True, help="Show what each score is made of.")
@timeout_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def search(
    folder: str,
    /,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    any_piece: bool,
    all_copies: bool,
    explain: bool,
    timeout: float,
    as_json: bool,
    **options: Any,
) -> None:
    """Find articles.

    \b
    台风 灾害                both, anywhere in title or body
    "对冲基金"               exactly this string
    招商 -公司   A OR B      boolean, with brackets; 与 或 非 too
    标题:工会  作者:麻超      one field; also 来源: 版面: 日期:2024-06..2024-07
    北?大学   乡村*          wildcards
    xiangcun  xczx           pinyin or its initials, for letters that stand nowhere as they are
    工作~    "台风登陆"~2    words spelt nearly so; words near each other
    """
    text = query_text(query)
    with newsearch.open(folder) as opened:
        match = "any" if any_piece else "all"
        options |= {"match": match, "fold_copies": not all_copies, "timeout": deadline(timeout)}
        results = opened.search(text, limit=limit, offset=offset, **options)
        parts = [opened.explain(results, hit) for hit in results] if explain else []
        if as_json:
            from newsearch.explain import contribution_mappings

            found = results.to_mapping()
            for mapping, hit, explained in zip(found["hits"], results, parts, strict=False):
                mapping["explanation"] = contribution_mappings(explained, hit.score)
            click.echo(to_json(found))
        else:
            show_hits(results, offset, parts)
        say_if_cut(results.timed_out, timeout)
    sys.exit(FOUND if results.total else NOTHING)


@cli.command(context_settings=QUERY_CONTEXT)
@click.argument("query", metavar="QUERY|FILE")
@click.argument("article_id", required=False, metavar="[ID]")
@click.option("--encoding", metavar="NAME", help="Read FILE in this encoding, such as gb18030.")
@limit_option
@timeout_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def explain(
    folder: str,
    query: str,
    article_id: str | None,
    encoding: str | None,
    limits: dict[str, int],
    timeout: float,
    as_json: bool,
) -> None:
    """Show how a query is read and, with the ID of an article, why it is found or not and its score as a sum; or how
    the newspaper page in a file is taken apart.

    QUERY is one argument: put it in quotation marks of the shell, as in '台风 -"暴雨"'. If it alone is given and a file
    has that name, also in an archive (papers.zip/2022-07-01-03.md), it is the file (needs no index); in brackets, as in
    '(台风)', it is a query all the same.
    """
    refuse_options(query, article_id or "")
    if article_id is None and _is_file(query):
        from newsearch.page_explanation import explain_page
        from newsearch.render.pages import page_explanation

        taken_apart = explain_page(query, encoding=encoding, limits=limits)
        click.echo(to_json(taken_apart.to_mapping()) if as_json else page_explanation(taken_apart))
        return
    if encoding or limits:
        raise click.UsageError(f"--encoding and --limit are for a file, and none is named {query}")
    with newsearch.open(folder) as opened:
        try:
            explained = opened.explain_query(query, article_id, timeout=deadline(timeout))
        except ArticleNotFound as error:
            advice = "a query of several words is one argument, as in '台风 灾害'; `newsearch search --json` prints ids"
            raise ArticleNotFound(error.article_id, advice) from None
    from newsearch.render.explanations import query_explanation

    click.echo(to_json(explained.to_mapping()) if as_json else query_explanation(explained))
    say_if_cut(explained.timed_out, timeout)


@cli.command()
@click.argument("article_id", metavar="ID")
@click.option("-n", "--limit", type=click.IntRange(1), default=10, show_default=True, help="Show at most so many.")
@timeout_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def similar(folder: str, article_id: str, limit: int, timeout: float, as_json: bool) -> None:
    """Find articles on the same story."""
    with newsearch.open(folder) as opened:
        results = opened.similar(article_id, limit=limit, timeout=deadline(timeout))
        if as_json:
            click.echo(to_json(results.to_mapping()))
        elif results.total:
            show_hits(results, 0, [])
        else:
            say(f"no other article is on the same story as {one_line(results.query)}")
    say_if_cut(results.timed_out, timeout)
    sys.exit(FOUND if results.total else NOTHING)


def _is_file(text: str) -> bool:
    """Whether a text names a file, or one in an archive."""
    path = Path(text)
    try:
        return any(part.is_file() for part in (path, *path.parents))
    except (OSError, ValueError):  # a name that no file can have
        return False
