"""The command line: a thin face over the library.

Data goes to stdout, talk and progress to stderr. Exit status: 0 done or found, 1 nothing found (search) or damage found
(check), 2 an error, which is one line that says what to do.

`group` is the command that all others are part of; `building`, `searching`, `exploring` and `exporting` are those;
`talk` is what they say, and `run` runs one.
"""

from __future__ import annotations

import os

# numpy would start a thread for each processor, to multiply matrices: 20 ms, and there are none here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from newsearch.cli import building, exploring, exporting, searching
from newsearch.cli.group import cli
from newsearch.cli.run import main

__all__ = ["building", "cli", "exploring", "exporting", "main", "searching"]
