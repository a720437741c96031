"""Commands that change an index, and `read`, which shows what would go into one."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

import newsearch
from newsearch.cli.group import ERROR, cli, limit_option, parsed
from newsearch.cli.talk import progress_bar, say
from newsearch.errors import ArticleNotFound, NewsearchError, PathNotFound
from newsearch.index.manifest import read_manifest
from newsearch.index.opening import read_sources
from newsearch.index.storage import Storage
from newsearch.render.errors import error_text
from newsearch.render.indexing import report_text
from newsearch.render.reports import account_text
from newsearch.render.terminal import one_line, to_json

if TYPE_CHECKING:
    from newsearch.corpus import Account
    from newsearch.report import Report

_format = click.option("--format", metavar="NAME", help="Read every file as this format, such as page or jsonl.")
_encoding = click.option("--encoding", metavar="NAME", help="Read every file in this encoding, such as gb18030.")


_map = click.option(
    "--map", "fields", multiple=True, metavar="NAME=FIELD", callback=parsed("parse_map"),
    help="In tables and JSON, NAME (or a column's number) is FIELD, as in 稿件名=title; may be repeated.",
)  # fmt: skip


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
@_map
@limit_option
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

    with progress_bar("indexing") as progress:
        given = list(paths) or roots or ["corpus"]
        report = index_files(storage, given, rebuild=rebuild, progress=progress, **options)
    say(report_text(report))
    if report.rejections and not (report.changed or report.unchanged or report.files_unchanged):
        say("error: no file gave an article; mend or leave out those listed above")
        sys.exit(ERROR)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--all", "everything", is_flag=True, help="Also print what stands on pages and is in no article.")
@click.option("--explain", is_flag=True, help="Also say how each file was read, and why so.")
@_format
@_encoding
@_map
@limit_option
def read(paths: tuple[str, ...], everything: bool, explain: bool, **options: Any) -> None:
    """Print the articles found in files as JSON Lines; indexes nothing.

    With --all, the furniture of a page (running heads, captions, slogans, advertisements) follows its articles, as
    objects with the key "furniture", which names the rule that told it.
    """
    from newsearch.page_explanation import furniture_mapping

    rejections: list[newsearch.Rejection] = []
    accounts: list[Account] = []
    count = 0

    def account_for() -> None:
        """Says what is to be said of the documents that have been read."""
        for account in accounts:
            for piece in account.page.furniture if everything and account.page else ():
                click.echo(to_json(furniture_mapping(piece) | {"path": account.path}))
            if explain:
                say(account_text(account))
            for warning in account.warnings:
                say(f"warning: {one_line(f'{account.path}: {warning}')}")
        accounts.clear()

    options |= {"rejections": rejections, "accounts": accounts}
    for article in newsearch.read_articles(*paths, **options):
        account_for()
        click.echo(to_json(article.to_mapping()))
        count += 1
    account_for()
    for rejection in rejections:
        say(f"rejected {one_line(str(rejection))}")
    if not count:
        what = "no file gave an article; mend or leave out those listed above"
        missing = f"no article files in {', '.join(paths)}; put .md, .txt or .jsonl files there"
        say(f"error: {what if rejections else missing}")
        sys.exit(ERROR)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--prune", is_flag=True, help="Also remove the articles of files that go away.")
@click.option("--jobs", type=click.IntRange(1), help="Processes that share the work (default: one a processor).")
@_format
@_encoding
@_map
@limit_option
@click.pass_obj
def watch(folder: str, /, paths: tuple[str, ...], **options: Any) -> None:
    """Index what is in files and folders (default: corpus/), and whatever changes there, until stopped.

    A file is read once it has been quiet for half a second. Ctrl-C and SIGTERM stop it; nothing is half done then.
    """
    from newsearch.watch import keep_current  # slow to import

    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with suppress(KeyboardInterrupt):
        keep_current(Storage(folder), paths or ("corpus",), tell=_tell, stop=stop, **options)
    say("stopped")


def _tell(news: Report | NewsearchError) -> None:
    """What became of one run of a watch, in a line or a few."""
    if isinstance(news, NewsearchError):
        say(error_text(news))
    else:
        say(report_text(news))


@cli.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def delete(folder: str, ids: tuple[str, ...]) -> None:
    """Remove articles from the index (their files stay as they are)."""
    with newsearch.open(folder) as opened:
        removed = opened.delete(ids)
    say(f"{len(removed):,} article{'s' if len(removed) != 1 else ''} removed")
    missing = [article_id for article_id in ids if article_id not in removed]
    if missing:
        raise ArticleNotFound(missing[0])


def _known_roots(storage: Storage) -> list[str]:
    """The paths that were ever given to `index`, as they were written if they still mean the same."""
    manifest = read_manifest(storage)
    roots = read_sources(storage, manifest).roots if manifest else {}
    return [shown if str(Path(shown).resolve()) == path else path for path, shown in roots.items()]
