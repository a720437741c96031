"""Text: a page with several articles, or one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from newsearch.article import KEYS, Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.facts.fields import FieldNames
from newsearch.corpus.facts.frontmatter import split_front_matter
from newsearch.corpus.facts.naming import Facts
from newsearch.corpus.issues import with_continued
from newsearch.corpus.kinds import format_by_name
from newsearch.corpus.limits import refusal
from newsearch.corpus.pages import split_page
from newsearch.corpus.plain import read_plain
from newsearch.errors import BadArticle

_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)

_HEADING_MARKS = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of a text. What is not named a page may be one all the same, unless the user says that it is not;
    a text with a title in the facts above it is one article."""
    facts, text, problem = split_front_matter(document.text(reading))
    if problem:
        document.warnings.append(problem)
    told = _told(document, reading, facts)
    if told.title:
        yield _titled(text, told)
        return
    date = document.facts.date
    expected = reading.format or format_by_name(document.name)
    is_page = expected == "page" or (reading.format is None and _has_headings(text))
    if is_page and text.count("\n") > reading.limits.lines:
        why = refusal("read as one article: a page has more than", "lines", reading.limits.lines, " lines")
        document.warnings.append(why)
    elif is_page:
        page = split_page(text, reading.lexicon, date)
        document.page, document.partners = with_continued(page, document, reading)
    articles = document.page.articles if document.page else read_plain(text, date)
    yield from (_with(article, told) for article in articles) if len(articles) == 1 else articles


def _told(document: Document, reading: Reading, facts: Mapping[str, Any]) -> Article:
    """What the facts above a text say, as an article without a body; those that count for all go to the document."""
    if not facts:
        return Article()
    names = FieldNames(reading.fields, ours=False)
    known = names.mapped(facts)
    document.warnings += names.warnings()
    try:
        told = Article.from_mapping({**known, "body": "…"})
    except BadArticle as error:
        document.warnings.append(f"the facts above the text are left out: {error}")
        return Article()
    document.facts = Facts(told.date, told.source, told.section).over(document.facts)
    return replace(told, body="")


def _titled(text: str, told: Article) -> Article:
    """The one article of a text that was given its title."""
    body = _HEADING_MARKS.sub("", text).strip()
    first, _, rest = body.partition("\n")
    if first.strip() == told.title.strip():
        body = rest
    (article,) = read_plain(f"{told.title}\n\n{body}")
    return _with(replace(article, title=told.title), told)


def _with(article: Article, told: Article) -> Article:
    """An article with what was said above it, which is surer than what was found in it."""
    known = {name: value for name in KEYS if (value := getattr(told, name))}
    return replace(article, **known)


def _has_headings(text: str) -> bool:
    """Whether a text is a page in Markdown: it begins with a heading or has several."""
    return len(_HEADING.findall(text)) > 1 or bool(re.match(r"\s*#{1,6} \S", text))
