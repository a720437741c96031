"""Text: a page with several articles, or one article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.kinds import format_by_name
from newsearch.corpus.page import read_page
from newsearch.corpus.plain import read_plain

_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of a text. What is not named a page may be one all the same, unless the user says that it is not."""
    text = document.text(reading)
    expected = reading.format or format_by_name(document.name)
    is_page = expected == "page" or (reading.format is None and _has_headings(text))
    date = document.facts.date
    yield from read_page(text, reading.lexicon, date) if is_page else read_plain(text, date)


def _has_headings(text: str) -> bool:
    """Whether a text is a page in Markdown: it begins with a heading or has several."""
    return len(_HEADING.findall(text)) > 1 or bool(re.match(r"\s*#{1,6} \S", text))
