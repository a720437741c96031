"""How a page was taken apart → text for people: its articles, then line by line what was done and why."""

from __future__ import annotations

from newsearch.corpus.pages import Decision
from newsearch.page_explanation import PageExplanation
from newsearch.render.terminal import one_line, width


def page_explanation(explained: PageExplanation) -> str:
    """What `newsearch explain FILE` prints."""
    page = explained.page
    number = f", page {page.number}" if page.number else ""
    left_out = f"{len(page.furniture):,} left out"
    articles = f"{len(page.articles):,} article{'s' if len(page.articles) != 1 else ''}"
    lines = [f"{one_line(explained.path)}{number}: {articles}, {left_out}"]
    for place, article in enumerate(page.articles, 1):
        authors = f" ({' '.join(article.authors)})" if article.authors else ""
        lines.append(one_line(f"{place:>3}. {article.title or article.body[:20] + '…'}{authors}"))
    if page.decisions:
        lines.append("")
    shown = [(_lines(decision), decision) for decision in page.decisions]
    first = max((len(where) for where, _ in shown), default=0)
    second = max((width(decision.rule) for _, decision in shown), default=0)
    for where, decision in shown:
        lines.append(one_line(f"{where:>{first}}  {decision.rule:<{second}}  {decision.done}"))
        lines.append(" " * (first + second + 4) + one_line(f"because: {decision.reason}"))
    return "\n".join(lines)


def _lines(decision: Decision) -> str:
    """Line numbers as they are shown: 7, 7-9, 7+12 for lines that were put together."""
    first, *others = decision.lines
    if not others:
        return str(first)
    return f"{first}{'+' if decision.rule in ('column cut', 'hyphen') else '-'}{others[-1]}"
