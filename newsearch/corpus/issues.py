"""The pages of one issue that belong together: articles that go on on another page, in another file."""

from __future__ import annotations

from pathlib import Path

from newsearch.corpus.document import Document, Reading
from newsearch.corpus.packed.unpack import documents
from newsearch.corpus.pages import Page, PageOfIssue, issue_of, join_continued, split_page
from newsearch.corpus.trouble import TROUBLE
from newsearch.corpus.walk import CorpusFile

# Pages of an issue that are looked at for the rest of an article.
_MOST_PAGES = 100


def with_continued(page: Page, path: Path | None, reading: Reading) -> tuple[Page, list[str]]:
    """A page with its articles whole, which go on on other pages of the same issue, and without the rests that belong
    to articles of those; and the files of the pages that it was joined with. The names of files tell what is an issue;
    `path` is the page's own, None if it is none."""
    known = issue_of(str(path)) if path and page.pieces else None
    if path is None or known is None:
        return page, []
    issue, number = known
    others: dict[Path, str] = {}
    for other in sorted(path.parent.iterdir()):
        named = issue_of(str(other)) if other != path else None
        if named and named[0] == issue and len(others) < _MOST_PAGES:
            others[other] = named[1]
    # Only pages that a mark points to, on this page or on one that it points to.
    joined = {path: (page, page.number or number)}
    pointed = _pointed(page)
    while found := [other for other, its in others.items() if other not in joined and (not its or its in pointed)]:
        for other in found:
            read = _read(other, reading)
            joined[other] = read or Page([], [], [], []), others[other] or (read.number if read else "")
            pointed |= _pointed(read) if read else set()
    pages = [PageOfIssue(number, page.articles, page.pieces) for page, number in joined.values()]
    articles, decisions = join_continued(pages)
    partners = [str(other) for other, done in zip(joined, decisions, strict=True) if done and other != path]
    if not decisions[0]:
        return page, []
    made = sorted([*page.decisions, *decisions[0]], key=lambda decision: decision.lines)
    return page._replace(articles=articles[0], decisions=made), partners


def _pointed(page: Page) -> set[str]:
    return {number for piece in page.pieces for number in (piece.continued_on, piece.continued_from) if number}


def _read(path: Path, reading: Reading) -> Page | None:
    """Another page, None if it cannot be read: reading it itself says why."""
    try:
        with path.open("rb") as stream:
            file = CorpusFile(path, str(path), path.name, True)
            document = next(documents(file, stream, reading.limits), None)
            if isinstance(document, Document):
                return split_page(document.text(reading), reading.lexicon, document.facts.date)
    except TROUBLE:
        pass
    return None
