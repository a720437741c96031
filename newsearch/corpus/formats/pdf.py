"""PDF files with a text layer: the articles of a newspaper page, or one article.

PDFium takes the text out (ten times faster than what is written in Python, and with the place of each character), in a
process of its own, because it can neither be interrupted nor trusted with any file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.facts.dates import find_date
from newsearch.corpus.headed import headed_articles
from newsearch.corpus.pdf.layout import in_order, paragraphs, without_running_heads
from newsearch.corpus.pdf.process import extract
from newsearch.corpus.trouble import Unreadable

_NO_TEXT = "a scanned PDF without a text layer; run OCR first, for example ocrmypdf -l chi_sim"
_NO_CHARACTERS = (
    "a PDF whose fonts do not say which characters they show; run OCR on it, for example ocrmypdf --force-ocr"
)
# Titles that programs put into files.
_NO_TITLE = re.compile(
    r"(?:untitled|无标题|未命名|microsoft word.*|.*\.(?:docx?|indd|fbd|ps|pdf|wps|qxd|pptx?)|[\W\d_]*)", re.I
)


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of a PDF. Raises Unreadable."""
    extracted = extract(document.content(reading.limits.document), reading.limits)
    pages = extracted.pages
    if not any(page.lines for page in pages):
        raise Unreadable(_NO_CHARACTERS if any(page.has_text for page in pages) else _NO_TEXT)
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.lines]
    if empty:
        document.warnings.append(f"without a text layer: page {', '.join(empty[:10])}{' …' * (len(empty) > 10)}")
    kept, heads = without_running_heads([(page.height, page.lines) for page in pages])
    date = document.facts.date or next((day for head in heads if (day := find_date(head))), None)
    lines = paragraphs([in_order(page) for page in kept])
    for article in headed_articles(lines, reading.lexicon, date):
        yield (
            article
            if article.title or _NO_TITLE.fullmatch(extracted.title)
            else replace(article, title=extracted.title)
        )
    if extracted.trouble:
        yield Rejection(document.shown, extracted.trouble)
