"""Paragraphs of which some are known to be headings → articles: what a Word document or a PDF gives away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from newsearch.article import Article
from newsearch.corpus.facts.byline import author_line, dateline_authors, end_authors
from newsearch.corpus.facts.dates import line_date
from newsearch.corpus.lexicon import Lexicon
from newsearch.corpus.pages import read_page


class Line(NamedTuple):
    """A paragraph; `level` is 0 for text, 1 and more for a heading, as in Markdown."""

    text: str
    level: int = 0


def headed_articles(lines: Sequence[Line], lexicon: Lexicon, date: dt.date | None = None) -> list[Article]:
    """The articles of a document, without ids: one for each of its highest headings if there are several with text
    between them, else one. `date` counts for those that have none."""
    levels = [line.level for line in lines if line.level]
    top = min(levels, default=0)
    if levels.count(top) > 1 and _text_between(lines, top):
        text = "\n\n".join("#" * min(line.level, 6) + " " * bool(line.level) + line.text for line in lines)
        return read_page(text, lexicon, date)
    return one_article(_title_first(lines), date)


def one_article(paragraphs: Sequence[str], date: dt.date | None = None) -> list[Article]:
    """The article of whole paragraphs: a title, perhaps authors and a date, the text. None for no paragraph."""
    rest = [text.strip() for text in paragraphs if text.strip()]
    if not rest:
        return []
    title = rest.pop(0) if len(rest[0]) <= 80 else ""
    authors: tuple[str, ...] = ()
    while rest and len(rest) > 1:
        if day := line_date(rest[0], date):
            date = day
        elif not authors and author_line(rest[0]):
            authors = author_line(rest[0])
        else:
            break
        rest.pop(0)
    if rest:
        authors = authors or dateline_authors(rest[0])
        rest[-1], names = end_authors(rest[-1])
        authors += tuple(name for name in names if name not in authors)
    return [Article(title=title, body="\n".join(filter(None, rest)), authors=authors, date=date)]


def _title_first(lines: Sequence[Line]) -> list[str]:
    """The paragraphs, the first of the highest headings among the first few before the others."""
    head = [index for index, line in enumerate(lines[:5]) if line.level]
    first = min(head, key=lambda index: lines[index].level, default=0)
    order = [*lines[first : first + 1], *lines[:first], *lines[first + 1 :]]
    return [line.text for line in order]


def _text_between(lines: Sequence[Line], top: int) -> bool:
    """Whether text stands after at least two of the highest headings."""
    followed = 0
    waiting = False
    for line in lines:
        if line.level == top:
            waiting = True
        elif waiting and not line.level:
            followed += 1
            waiting = False
    return followed > 1
