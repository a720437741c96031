"""What the running heads of a page say: the paper, the day, the section and the page's number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from newsearch.corpus.facts.dates import find_date, number_date
from newsearch.corpus.pages.continued import page_of_head
from newsearch.corpus.script import plain

_PAPER_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:[日晚早晨周时商]报|都市报|快报|导报|新报|青年报|工人报|农民报|团结报)"
)
_NO_SECTION = re.compile(
    rf"\d{{4}}\s*年.*?日|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|[星礼]期.|农历.{{2,8}}|^\d+$|{_PAPER_NAME.pattern}"
)


class Masthead(NamedTuple):
    """ "" and None where the heads say nothing."""

    source: str = ""
    section: str = ""
    date: dt.date | None = None
    page: str = ""


def masthead(heads: Sequence[str]) -> Masthead:
    """What the lines that are running heads or folios say together."""
    if not heads:
        return Masthead()
    text = " ".join(heads)
    paper = _PAPER_NAME.search(plain(text))
    first = plain(heads[0])
    section = first
    for match in _NO_SECTION.finditer(first):
        section = section[: match.start()] + " " * len(match[0]) + section[match.end() :]
    kept = "".join(printed if left != " " else " " for printed, left in zip(heads[0], section, strict=True))
    date = next((found for line in heads if (found := find_date(line) or number_date(line))), None)
    page = next(filter(None, map(page_of_head, heads)), "")
    return Masthead(text[paper.start() : paper.end()] if paper else "", " ".join(kept.split()), date, page)
