"""The pages of one issue that belong together: articles that go on on another page, in another file or elsewhere in the
same archive."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from newsearch.corpus.document import Document, Reading
from newsearch.corpus.facts.naming import Facts
from newsearch.corpus.kinds import format_by_name
from newsearch.corpus.limits import Limits
from newsearch.corpus.packed.unpack import documents
from newsearch.corpus.pages import Page, PageOfIssue, issue_of, join_continued, split_page
from newsearch.corpus.trouble import TROUBLE
from newsearch.corpus.walk import CorpusFile

# Pages of an issue that are looked at for the rest of an article.
_MOST_PAGES = 100
# Bytes that are kept of the pages of one archive.
_MOST_KEPT = 64 << 20
# Every mark has one of these characters; a page without any of them is not kept.
_IN_MARKS = frozenset(
    sign.encode(encoding, "ignore")
    for sign in "转轉接续續"
    for encoding in ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
) - {b""}


class _Kept(NamedTuple):
    """A page of an archive as it lies there."""

    name: str
    facts: Facts
    content: bytes


def with_continued(page: Page, document: Document, reading: Reading) -> tuple[Page, list[str]]:
    """A page with its articles whole, which go on on other pages of the same issue, and without the rests that belong
    to articles of those; and the other files whose pages it was joined with. The names of files, also of those in an
    archive, tell what is an issue."""
    own = str(document.path or document.shown)
    known = issue_of(own) if page.pieces and (document.path or document.archive) else None
    if known is None:
        return page, []
    issue, number = known
    asked = _in_folder(document.path, reading) if document.path else _in_archive(document, reading)
    others: dict[str, str] = {}
    for other in asked:
        named = issue_of(other) if other != own else None
        if named and named[0] == issue and len(others) < _MOST_PAGES:
            others[other] = named[1]
    # Only pages that a mark points to, on this page or on one that it points to.
    joined = {own: (page, page.number or number)}
    pointed = _pointed(page)
    while found := [other for other, its in others.items() if other not in joined and (not its or its in pointed)]:
        for other in found:
            read = asked[other]()
            joined[other] = read or Page([], [], [], []), others[other] or (read.number if read else "")
            pointed |= _pointed(read) if read else set()
    pages = [PageOfIssue(number, page.articles, page.pieces) for page, number in joined.values()]
    articles, decisions = join_continued(pages)
    if not decisions[0]:
        return page, []
    partners = [other for other, done in zip(joined, decisions, strict=True) if done and other != own]
    made = sorted([*page.decisions, *decisions[0]], key=lambda decision: decision.lines)
    return page._replace(articles=articles[0], decisions=made), partners if document.path else []


def _pointed(page: Page) -> set[str]:
    return {number for piece in page.pieces for number in (piece.continued_on, piece.continued_from) if number}


def _in_folder(path: Path, reading: Reading) -> Mapping[str, Callable[[], Page | None]]:
    """The files beside a page's: by name what reads the page in it, None if it cannot be read."""
    return {str(other): partial(_page_of_file, other, reading) for other in sorted(path.parent.iterdir())}


def _in_archive(document: Document, reading: Reading) -> Mapping[str, Callable[[], Page | None]]:
    """The same of the pages with marks in the archive that a page lies in."""
    archive = document.archive
    if archive is None:
        return {}
    try:
        written = archive.path.stat()
    except OSError:
        return {}
    kept = _pages_of_archive(archive, (written.st_size, written.st_mtime_ns), reading.limits)
    return {shown: partial(_page_of_archive, shown, one, reading) for shown, one in kept.items()}


def _page_of_file(path: Path, reading: Reading) -> Page | None:
    """The page in another file, None if it cannot be read: reading it itself says why."""
    try:
        with path.open("rb") as stream:
            file = CorpusFile(path, str(path), path.name, True)
            document = next(documents(file, stream, reading.limits), None)
            if isinstance(document, Document) and (text := document.text(reading)).count("\n") <= reading.limits.lines:
                return split_page(text, reading.lexicon, document.facts.date)
    except TROUBLE:
        pass
    return None


def _page_of_archive(shown: str, kept: _Kept, reading: Reading) -> Page | None:
    try:
        document = Document(io.BytesIO(kept.content), kept.name, shown, kept.facts)
        return split_page(document.text(reading), reading.lexicon, kept.facts.date)
    except TROUBLE:
        return None


@lru_cache(maxsize=1)  # the pages of an archive are read one after another
def _pages_of_archive(archive: CorpusFile, _written: tuple[int, int], limits: Limits) -> Mapping[str, _Kept]:
    """The pages in an archive that have marks, up to so many bytes. One more reading of it finds them all: an
    article may go on on a page that comes later."""
    kept: dict[str, _Kept] = {}
    size = 0
    try:
        with archive.path.open("rb") as stream:
            for document in documents(archive, stream, limits):
                if isinstance(document, Document) and _may_be_page(document):
                    content = document.content(limits.text)
                    if any(sign in content for sign in _IN_MARKS):
                        kept[document.shown] = _Kept(document.name, document.facts, content)
                        size += len(content)
                if size > _MOST_KEPT:
                    break
    except TROUBLE:
        pass  # reading the archive itself says why
    return dict(sorted(kept.items()))


def _may_be_page(document: Document) -> bool:
    return format_by_name(document.name) in ("page", "article") and issue_of(document.shown) is not None
