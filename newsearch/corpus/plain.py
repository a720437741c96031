"""A text file with one article: the first line is the title, an author line and a date line may follow."""

from __future__ import annotations

import datetime as dt
import re

from newsearch.article import Article
from newsearch.corpus.facts.byline import author_line, dateline_authors, end_authors
from newsearch.corpus.facts.dates import line_date
from newsearch.corpus.seams import goes_on, join, unwrap


def read_plain(text: str, date: dt.date | None = None) -> list[Article]:
    """The article of a plain text, without id; none for a text without letters. `date` counts if the text has none,
    and gives its year to one without."""
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[0].strip():
        lines.pop(0)
    if not lines:
        return []
    title = lines.pop(0).strip()
    authors: tuple[str, ...] = ()
    while lines:
        line = lines[0].strip()
        if line and (day := line_date(line, date)):
            date = day
        elif line and not authors and author_line(line):
            authors = author_line(line)
        elif line:
            break
        lines.pop(0)
    body = _paragraphs(lines)
    if body:
        authors = authors or dateline_authors(body[0])
        body[-1], names = end_authors(body[-1])
        authors += tuple(name for name in names if name not in authors)
    return [Article(title=title, body="\n".join(filter(None, body)), authors=authors, date=date)]


def _paragraphs(lines: list[str]) -> list[str]:
    """Blank lines part paragraphs; a sentence that stops at one goes on after it."""
    paragraphs: list[str] = []
    for block in re.split(r"\n[ \t]*\n", "\n".join(lines)):
        for number, paragraph in enumerate(unwrap(block.split("\n"))):
            if number == 0 and paragraphs and len(paragraphs[-1]) > 30 and goes_on(paragraphs[-1], paragraph):
                paragraphs[-1] = join(paragraphs[-1], paragraph)
            else:
                paragraphs.append(paragraph)
    return paragraphs
