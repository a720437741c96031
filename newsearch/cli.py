"""The command line: a thin face over the library.

Data goes to stdout, talk and progress to stderr. Exit status: 0 done or found, 1 nothing found (search) or damage found
(check), 2 an error, which is one line that says what to do.
"""

from __future__ import annotations

import functools
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

# numpy would start a thread for each processor, to multiply matrices: 20 ms, and there are none here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import newsearch
from newsearch import render
from newsearch.errors import ArticleNotFound, NewsearchError, PathNotFound
from newsearch.explore.facets import FACETS
from newsearch.index.manifest import read_manifest
from newsearch.index.reader import read_sources
from newsearch.index.storage import Storage
from newsearch.search import SORTS

if TYPE_CHECKING:
    from rich.console import Console

    from newsearch.build import Progress
    from newsearch.explain import Contribution
    from newsearch.explore.keywords import Period

_FOUND, _NOTHING, _ERROR = 0, 1, 2
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# -公司 excludes a word; it is not an option.
_QUERY_CONTEXT = _CONTEXT | {"ignore_unknown_options": True}


@click.group(context_settings=_CONTEXT)
@click.version_option(newsearch.__version__, "-V", "--version", prog_name="newsearch")
@click.option(
    "--index", "folder", default="index", envvar="NEWSEARCH_INDEX", show_default=True, metavar="DIR",
    help="The folder that holds the index (or NEWSEARCH_INDEX).",
)  # fmt: skip
@click.pass_context
def cli(context: click.Context, folder: str) -> None:
    """Chinese full-text search over news articles."""
    context.obj = folder


_format = click.option("--format", metavar="NAME", help="Read every file as this format, such as page or jsonl.")
_encoding = click.option("--encoding", metavar="NAME", help="Read every file in this encoding, such as gb18030.")


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--rebuild", is_flag=True, help="Build a fresh index and swap it in whole; the old one answers meanwhile."
)
@click.option("--prune", is_flag=True, help="Also remove the articles of files that are gone.")
@click.option("--jobs", type=click.IntRange(1), help="Processes that share the work (default: one a processor).")
@click.option(
    "--dict", "dictionary", metavar="FILE",
    help="Add a user dictionary's words: `word [frequency] [tag]` a line. With --rebuild only its words are kept.",
)  # fmt: skip
@_format
@_encoding
@click.pass_obj
def index(folder: str, /, paths: tuple[str, ...], rebuild: bool, **options: Any) -> None:
    """Add or update articles from files and folders (default: corpus/).

    Only files that changed are read. With --rebuild and no PATH, everything that was ever indexed is read again.
    """
    storage = Storage(folder)
    roots = _known_roots(storage) if rebuild and not paths else []
    for root in roots:
        if not Path(root).exists():
            advice = "name the paths to build from, or forget what is gone with `newsearch index PATH --prune`"
            raise PathNotFound(root, advice)
    from newsearch.build import index_files  # searching does without it

    with _progress_bar("indexing") as progress:
        given = list(paths) or roots or ["corpus"]
        report = index_files(storage, given, rebuild=rebuild, progress=progress, **options)
    _say(render.report_text(report))
    if report.rejections and not (report.changed or report.unchanged or report.files_unchanged):
        _say("error: no file gave an article; mend or leave out those listed above")
        sys.exit(_ERROR)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_format
@_encoding
def read(paths: tuple[str, ...], format: str | None, encoding: str | None) -> None:
    """Print the articles found in files as JSON Lines; indexes nothing."""
    rejections: list[newsearch.Rejection] = []
    count = 0
    for article in newsearch.read_articles(*paths, format=format, encoding=encoding, rejections=rejections):
        click.echo(render.to_json(article.to_mapping()))
        count += 1
    for rejection in rejections:
        _say(f"rejected {render.one_line(str(rejection))}")
    if not count:
        what = "no file gave an article; mend or leave out those listed above"
        missing = f"no article files in {', '.join(paths)}; put .md, .txt or .jsonl files there"
        _say(f"error: {what if rejections else missing}")
        sys.exit(_ERROR)


@cli.command(context_settings=_QUERY_CONTEXT)
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Show at most so many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Skip so many hits.")
@click.option("--from", "date_from", metavar="DATE", help="Only articles from this day, month or year on.")
@click.option("--to", "date_to", metavar="DATE", help="Only articles up to this day, month or year.")
@click.option("--source", help="Only articles of this paper or site.")
@click.option("--author", help="Only articles by this author.")
@click.option("--section", help="Only articles of this section.")
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
    text = _query_text(query)
    with newsearch.open(folder) as opened:
        match = "any" if any_piece else "all"
        options |= {"match": match, "fold_copies": not all_copies}
        results = opened.search(text, limit=limit, offset=offset, **options)
        parts = [opened.explain(results, hit) for hit in results] if explain else []
        if as_json:
            from newsearch.explain import contribution_mappings

            found = results.to_mapping()
            for mapping, hit, explained in zip(found["hits"], results, parts, strict=False):
                mapping["explanation"] = contribution_mappings(explained, hit.score)
            click.echo(render.to_json(found))
        else:
            _show_hits(results, offset, parts)
    sys.exit(_FOUND if results.total else _NOTHING)


@cli.command(context_settings=_QUERY_CONTEXT)
@click.argument("query", metavar="QUERY")
@click.argument("article_id", required=False, metavar="[ID]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def explain(folder: str, query: str, article_id: str | None, as_json: bool) -> None:
    """Show how a query is read and, with the ID of an article, why it is found or not and its score as a sum.

    QUERY is one argument: put it in quotation marks of the shell, as in '台风 -"暴雨"'.
    """
    _refuse_options(query, article_id or "")
    with newsearch.open(folder) as opened:
        try:
            explained = opened.explain_query(query, article_id)
        except ArticleNotFound as error:
            advice = "a query of several words is one argument, as in '台风 灾害'; `newsearch search --json` prints ids"
            raise ArticleNotFound(error.article_id, advice) from None
    from newsearch import render_explain

    click.echo(render.to_json(explained.to_mapping()) if as_json else render_explain.query_explanation(explained))


@cli.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def show(folder: str, article_id: str, as_json: bool) -> None:
    """Print a whole article."""
    with newsearch.open(folder) as opened:
        article = opened.get(article_id)
        text = (
            render.to_json(article.to_mapping()) if as_json else render.article_text(article, opened.copies(article_id))
        )
    click.echo(text)


@cli.command()
@click.argument("article_id", metavar="ID")
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Show at most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def similar(folder: str, article_id: str, limit: int, as_json: bool) -> None:
    """Find articles on the same story."""
    with newsearch.open(folder) as opened:
        results = opened.similar(article_id, limit=limit)
        if as_json:
            click.echo(render.to_json(results.to_mapping()))
        else:
            _show_hits(results, 0, [])
    sys.exit(_FOUND if results.total else _NOTHING)


@cli.command()
@click.argument("prefix")
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Show at most so many.")
@click.pass_obj
def suggest(folder: str, prefix: str, limit: int) -> None:
    """Print words and phrases that begin with PREFIX, one a line, those in most articles first.

    PREFIX is in characters of either script, in pinyin (xiangcun) or its initials (xczx).
    """
    with newsearch.open(folder) as opened:
        words = opened.suggest(prefix, limit=limit)
    for word in words:
        click.echo(render.one_line(word))
    sys.exit(_FOUND if words else _NOTHING)


@cli.command(context_settings=_QUERY_CONTEXT)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--id", "article_id", metavar="ID", help="The key terms of this article.")
@click.option("--by", type=click.Choice(["month", "year"]), help="What stands out in each month or year.")
@click.option("-n", "--limit", type=click.IntRange(0), help="Show at most so many (default: 20; with --by 5 for each).")
@click.option("--plot", metavar="FILE.png", help="With --by: draw the terms that stand out most; needs matplotlib.")
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
    as_json: bool,
) -> None:
    """Print the key terms of what QUERY finds, of one article, or of the whole index.

    They are the words that these articles have more of than the others. With --by, those that each month or year has
    more of than the other ones.
    """
    text = _query_text(query) if query else None
    if article_id is not None and (text is not None or by):
        raise click.UsageError("--id names one article; leave out the query and --by")
    if plot and not by:
        raise click.UsageError("--plot draws terms over time; add --by month or --by year")
    with newsearch.open(folder) as opened:
        if by:
            trends = opened.trends(text, by=by, limit=5 if limit is None else limit)
            found, mapping = any(trends.terms.values()), trends.to_mapping()
            if plot and found:
                from newsearch.explore.plot import plot_trends

                plot_trends(trends, plot)
            shown = render.trends_text(trends, sparklines=_on_terminal())
        else:
            listed = opened.keywords(text, id=article_id, limit=20 if limit is None else limit)
            found, mapping = bool(listed), {"version": 1, "keywords": [keyword.to_mapping() for keyword in listed]}
            shown = render.keywords_text(listed, in_article=article_id is not None)
    if as_json or found:
        click.echo(render.to_json(mapping) if as_json else shown)
    else:
        _say(f"no key terms{f' in what {render.one_line(text)} finds' if text else ''}")
    sys.exit(_FOUND if found else _NOTHING)


@cli.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def delete(folder: str, ids: tuple[str, ...]) -> None:
    """Remove articles from the index (their files stay as they are)."""
    with newsearch.open(folder) as opened:
        removed = opened.delete(ids)
    _say(f"{len(removed):,} article{'s' if len(removed) != 1 else ''} removed")
    missing = [article_id for article_id in ids if article_id not in removed]
    if missing:
        raise ArticleNotFound(missing[0])


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def stats(folder: str, as_json: bool) -> None:
    """Show what the index holds."""
    with newsearch.open(folder) as opened:
        found = opened.stats()
    click.echo(render.to_json(found.to_mapping()) if as_json else render.stats_text(found))


@cli.command()
@click.pass_obj
def check(folder: str) -> None:
    """Read every byte of the index and verify it; exit status 1 if something is damaged."""
    with newsearch.open(folder) as opened:
        damage = opened.check()
    for found in damage:
        click.echo(render.one_line(str(found)))
    if damage:
        sys.exit(_NOTHING)
    _say("the index is intact")


def main() -> NoReturn:
    """The `newsearch` command."""
    sys.exit(_status(sys.argv[1:]))


def _status(arguments: list[str]) -> int:
    """Runs a command; returns its exit status. click's own main would print errors its way and exit 1 for them."""
    try:
        with cli.make_context("newsearch", _with_exclusions(arguments) or ["--help"]) as context:
            cli.invoke(context)
        if sys.stdout:
            sys.stdout.flush()
        return _FOUND
    except click.exceptions.Exit as end:
        return end.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else _ERROR
    except NewsearchError as error:
        _say(render.error_text(error))
    except click.UsageError as error:
        help_command = f"{error.ctx.command_path} --help" if error.ctx else "newsearch --help"
        _say(f"error: {render.one_line(error.format_message())} (see `{help_command}`)")
    except click.ClickException as error:
        _say(f"error: {render.one_line(error.format_message())}")
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; nothing is half done: run it again to go on")
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough of it; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FOUND
    except OSError as error:
        _say(f"error: cannot write the output: {error.strerror or error}; free space or send it elsewhere")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _ERROR


def _with_exclusions(arguments: list[str]) -> list[str]:
    """The arguments with -nba in a query as NOT nba: click would take it for the option -n."""
    commands = ("search", "explain", "keywords")
    place = next((place + 1 for place, word in enumerate(arguments) if word in commands), None)
    if place is None:
        return arguments
    query = (f"NOT {word[1:]}" if re.match(r"-(?!n\d)[A-Za-z]{2}", word) else word for word in arguments[place:])
    return [*arguments[:place], *query]


def _refuse_options(*words: str) -> None:
    """Words of a query may begin with a minus sign, but not with two."""
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)


def _show_hits(results: newsearch.Results, offset: int, parts: list[list[Contribution]]) -> None:
    for note in results.notes:
        _say(f"note: {render.one_line(note)}")
    advice = render.did_you_mean(results)
    if not results.total:
        nothing = f"nothing found for {render.one_line(results.query)} ({results.took_ms:.1f} ms)"
        _say(f"{nothing}; {advice}" if advice else nothing)
        return
    _say(render.summary(results))
    if advice:
        _say(advice)
    on_terminal = _on_terminal()
    if on_terminal:
        from rich.console import Console

        console = Console(highlight=False, soft_wrap=True)
        show: Callable[[int, newsearch.Hit], None] = functools.partial(_print_card, console)
    else:
        show = _echo_hit
    for place, hit in enumerate(results):
        show(offset + place + 1, hit)
        if parts:
            from newsearch import render_explain

            click.echo(render_explain.explanation(parts[place], hit.score))
    if any(results.facets.values()):
        click.echo(render.facets_text(results.facets, bars=on_terminal))


def _on_terminal() -> bool:
    return bool(sys.stdout and sys.stdout.isatty())


def _echo_hit(number: int, hit: newsearch.Hit) -> None:
    click.echo(render.plain_hit(number, hit))


def _print_card(console: Console, number: int, hit: newsearch.Hit) -> None:
    console.print(render.card(number, hit, console.width))


def _query_text(words: tuple[str, ...]) -> str:
    """The words of a query as one text. A mistyped option is not a word to leave out."""
    unknown = [word for word in words if word.startswith("--")]
    if unknown:
        raise click.NoSuchOption(unknown[0])
    return " ".join(words)


def _known_roots(storage: Storage) -> list[str]:
    """The paths that were ever given to `index`, as they were written if they still mean the same."""
    manifest = read_manifest(storage)
    roots = read_sources(storage, manifest).roots if manifest else {}
    return [shown if str(Path(shown).resolve()) == path else path for path, shown in roots.items()]


@contextmanager
def _progress_bar(what: str) -> Iterator[Progress | None]:
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


def _say(text: str) -> None:
    click.echo(text, err=True)
