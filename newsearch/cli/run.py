"""Runs a command and turns whatever goes wrong into one line and an exit status."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import NoReturn

import click

from newsearch.cli.group import ERROR, FOUND, cli
from newsearch.cli.talk import say
from newsearch.errors import NewsearchError
from newsearch.render.errors import error_text
from newsearch.render.terminal import one_line


def main() -> NoReturn:
    """The `newsearch` command."""
    status = _status(sys.argv[1:])
    if sys.stderr:
        with suppress(OSError):
            sys.stderr.flush()
    # Python would take 40 ms now to free what it has, object by object. All files are closed, and nobody waits for it.
    os._exit(status)


def _status(arguments: list[str]) -> int:
    """Runs a command and writes what it prints; returns its exit status. click's own main would print errors its way
    and exit 1 for them."""
    try:
        status = _run(arguments)
        if sys.stdout:
            sys.stdout.flush()
        return status
    except NewsearchError as error:
        say(error_text(error))
    except click.UsageError as error:
        help_command = f"{error.ctx.command_path} --help" if error.ctx else "newsearch --help"
        say(f"error: {one_line(error.format_message())} (see `{help_command}`)")
    except click.ClickException as error:
        say(f"error: {one_line(error.format_message())}")
    except (KeyboardInterrupt, click.Abort):
        say("interrupted; nothing is half done: run it again to go on")
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough of it; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except OSError as error:
        say(f"error: cannot write the output: {error.strerror or error}; free space or send it elsewhere")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ERROR


def _run(arguments: list[str]) -> int:
    try:
        with cli.make_context("newsearch", with_exclusions(arguments) or ["--help"]) as context:
            cli.invoke(context)
        return FOUND
    except click.exceptions.Exit as end:
        return end.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ERROR


def with_exclusions(arguments: list[str]) -> list[str]:
    """The arguments with -nba in a query as NOT nba: click would take it for the option -n."""
    commands = ("search", "explain", "keywords", "export")
    place = next((place + 1 for place, word in enumerate(arguments) if word in commands), None)
    if place is None:
        return arguments
    query = (f"NOT {word[1:]}" if re.match(r"-(?!n\d)[A-Za-z]{2}", word) else word for word in arguments[place:])
    return [*arguments[:place], *query]
