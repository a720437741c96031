"""The command line: a thin face over the library.

Data goes to stdout, talk and progress to stderr. Exit status: 0 done or found, 1 nothing found (search) or damage found
(check), 2 an error, which is one line that says what to do.

`group` is the command that all others are part of; `building`, `searching`, `exploring` and `exporting` are those;
`talk` is what they say, `run` runs one, and `starting` is what makes it start quickly.
"""

from __future__ import annotations

# isort: off
from newsearch.cli import starting  # before anything that it makes lighter
from newsearch.cli.group import cli
from newsearch.cli.run import main

__all__ = ["cli", "main", "starting"]
