"""Markup → an article, or text: what the formats that hold HTML ask for."""

from __future__ import annotations

import re

from newsearch.article import Article
from newsearch.corpus.limits import LIMITS, Limits
from newsearch.corpus.trouble import Unreadable
from newsearch.corpus.web.article import article_blocks, is_boilerplate
from newsearch.corpus.web.facts import page_facts, page_title
from newsearch.corpus.web.flow import blocks, paragraphs
from newsearch.corpus.web.said import said
from newsearch.corpus.web.tree import page_tree

_MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w{1,10};")
TOO_DEEP = "nested too deeply: what lies deepest is missing"


def page_article(markup: str, limits: Limits = LIMITS) -> tuple[Article | None, bool]:
    """The article of a web page, None if nothing on it reads like one, and whether something lay too deep to be
    read. Raises Unreadable."""
    root, too_deep = page_tree(markup, limits)
    if root is None:
        return None, too_deep
    found = list(blocks(root))
    told = said(root, markup)
    title = page_title(told, found)
    body = article_blocks(root, found, title)
    if not body:
        return None, too_deep
    facts = page_facts(told, root, found, body, title)
    text = "\n".join(block.text for block in body)
    return Article("", facts.title, text, facts.date, facts.authors, facts.source, facts.section, facts.url), too_deep


def markup_lines(markup: str, limits: Limits = LIMITS) -> list[str]:
    """The text of some markup, a paragraph a line, all of it. Raises Unreadable for too much of it."""
    if not _MARKUP.search(markup):
        return [line.strip() for line in markup.splitlines() if line.strip()]
    root, too_deep = page_tree(markup, limits)
    if too_deep:
        raise Unreadable(TOO_DEEP)
    return paragraphs(root) if root is not None else []


def markup_title(markup: str) -> str:
    """A title that may be written with markup, also with markup that was escaped twice, as one line."""
    for _ in range(2):
        if not _MARKUP.search(markup):
            break
        markup = " ".join(markup_lines(markup))
    return " ".join(markup.split())


def without_boilerplate(lines: list[str]) -> list[str]:
    """Lines but those about the page."""
    return [line for line in lines if not is_boilerplate(line)]
