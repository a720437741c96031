"""What the name of a file tells about its articles."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from newsearch.corpus.dates import number_date


class Facts(NamedTuple):
    """What is known about all articles of a document before it is read; an article may know better."""

    date: dt.date | None = None
    source: str = ""
    section: str = ""


def named_facts(key: str) -> Facts:
    """What the name of a file under its root tells, the last part of it before its folders: 2024-06-01/village.md."""
    return Facts(number_date(key.rsplit("/", 1)[-1]) or number_date(key))
