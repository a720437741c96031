"""The command `newsearch`, which all others are part of, and what they share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click

import newsearch
from newsearch.deadline import SECONDS, Deadline

FOUND, NOTHING, ERROR = 0, 1, 2
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# -公司 excludes a word; it is not an option.
QUERY_CONTEXT = CONTEXT | {"ignore_unknown_options": True}


# The module that each command is in.
_WHERE = {
    "index": "building", "read": "building", "watch": "building", "delete": "building",
    "search": "searching", "explain": "searching", "similar": "searching",
    "show": "exploring", "suggest": "exploring", "keywords": "exploring", "stats": "exploring", "check": "exploring",
    "export": "exporting",
}  # fmt: skip


class _Commands(click.Group):
    """Each is loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _WHERE:
            import_module(f"newsearch.cli.{_WHERE[cmd_name]}")
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, context_settings=CONTEXT)
@click.version_option(newsearch.__version__, "-V", "--version", prog_name="newsearch")
@click.option(
    "--index", "folder", default="index", envvar="NEWSEARCH_INDEX", show_default=True, metavar="DIR",
    help="The folder that holds the index (or NEWSEARCH_INDEX).",
)  # fmt: skip
@click.pass_context
def cli(context: click.Context, folder: str) -> None:
    """Chinese full-text search over news articles."""
    context.obj = folder


def parsed(function: str) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], Mapping[str, Any]]:
    """What makes the values of an option a mapping, by a function of `newsearch.corpus`, which is slow to import."""
    return lambda _context, _option, written: getattr(import_module("newsearch.corpus"), function)(written)


limit_option = click.option(
    "--limit", "limits", multiple=True, metavar="NAME=SIZE", callback=parsed("parse_limits"),
    help="Take in more of one file than usual: text, document, xml, record, directory, markup or memory=64M (or 1G), "
    "lines, expansion, layers, tags, pages, seconds, parts, values, cells or misses=NUMBER; may be repeated.",
)  # fmt: skip

timeout_option = click.option(
    "--timeout", type=click.FloatRange(0), default=SECONDS, show_default=True, metavar="SECONDS",
    help="Show the best so far after this time; 0 for no limit.",
)  # fmt: skip

_FILTERS = (
    click.option("--from", "date_from", metavar="DATE", help="Only articles from this day, month or year on."),
    click.option("--to", "date_to", metavar="DATE", help="Only articles up to this day, month or year."),
    click.option("--source", help="Only articles of this paper or site."),
    click.option("--author", help="Only articles by this author."),
    click.option("--section", help="Only articles of this section."),
)


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that say what articles must be, whatever the query says."""
    return functools.reduce(lambda made, option: option(made), reversed(_FILTERS), command)


def deadline(timeout: float) -> Deadline:
    """What the option --timeout asks for."""
    return Deadline(timeout or None)


def query_text(words: tuple[str, ...]) -> str:
    """The words of a query as one text. A mistyped option is not a word to leave out."""
    unknown = [word for word in words if word.startswith("--")]
    if unknown:
        raise click.NoSuchOption(unknown[0])
    return " ".join(words)


def refuse_options(*words: str) -> None:
    """Words of a query may begin with a minus sign, but not with two."""
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
