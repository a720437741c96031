"""How a page was taken apart: what was cut, joined and left out, by which rule, and the furniture of pages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsearch.corpus import Account, Limits, Reading, Rejection, check_reading, find_files, limit_map, read_file
from newsearch.errors import CorpusError, PathNotFound
from newsearch.terms.dictionary import default_dictionary
from newsearch.terms.lexicon import DictionaryLexicon

if TYPE_CHECKING:
    from newsearch.corpus.pages import Furniture, Page  # 40 ms, and `newsearch read` need not read pages


class PageExplanation(NamedTuple):
    """A page's file, as it was named, and what became of the page."""

    path: str
    page: Page

    def to_mapping(self) -> dict[str, Any]:
        """JSON-ready values: `path`, the page's `number`, its `articles` (title, kicker, authors, and from which page
        to which they are continued), its `furniture`, and its `decisions` (lines, rule, done, reason)."""
        return {
            "version": 1,
            "path": self.path,
            "number": self.page.number,
            "articles": [self._article(number) for number in range(len(self.page.articles))],
            "furniture": [furniture_mapping(piece) for piece in self.page.furniture],
            "decisions": [decision.to_mapping() for decision in self.page.decisions],
        }

    def _article(self, number: int) -> dict[str, Any]:
        article = self.page.articles[number]
        marks = next((piece for piece in self.page.pieces if piece.article == number), None)
        return {
            "title": article.title,
            "kicker": article.kicker,
            "authors": list(article.authors),
            "date": article.date.isoformat() if article.date else None,
            "continued_on": marks.continued_on if marks else "",
            "continued_from": marks.continued_from if marks else "",
        }


def file_holding(path: Path | str) -> Path | None:
    """The file that a path names, or the archive that it leads into (papers.zip/2022-07-01-03.md); None if there is
    neither."""
    try:
        return next((part for part in (Path(path), *Path(path).parents) if part.is_file()), None)
    except (OSError, ValueError):  # a name that no file can have
        return None


def explain_page(
    path: Path | str, *, encoding: str | None = None, limits: Mapping[str, int | str] | None = None
) -> PageExplanation:
    """How the page in a file is taken apart; in an archive, the page that is named behind the archive's own name, or
    the only one. `limits` are as for `read_articles`.

    Raises PathNotFound, UnknownEncoding, BadSettings for `limits`; CorpusError for a file that cannot be read or is no
    page, and for an archive with several pages if none of them is named.
    """
    holding = file_holding(path)
    if holding is None:
        raise PathNotFound(path)
    check_reading(None, encoding)
    most = Limits()._replace(**limit_map(limits or {}))
    reading = Reading(DictionaryLexicon(default_dictionary), encoding=encoding, limits=most)
    inside = None if holding == Path(path) else str(Path(path))
    problem: Rejection | None = None
    page: PageExplanation | None = None
    is_there = inside is None
    for found in chain.from_iterable(read_file(file, reading) for file in find_files([holding])):
        if inside and str(Path(found.path)) != inside:
            if is_there:
                break  # what comes of one document comes together
            continue
        is_there = True
        if isinstance(found, Rejection):
            problem = problem or found
        elif isinstance(found, Account) and found.page and page:
            raise CorpusError(f"{path} holds several pages", f"name one of them, such as {page.path}")
        elif isinstance(found, Account) and found.page:
            page = PageExplanation(found.path, found.page)
    if page:
        return page
    if not is_there:
        raise PathNotFound(path)
    if problem:
        raise CorpusError(str(problem), "mend the file, or name its encoding with --encoding")
    advice = "`newsearch read` prints what is in it; a page has headings, or a name that ends in .md"
    raise CorpusError(f"{path} is no page: nothing in it is taken apart", advice)


def furniture_mapping(piece: Furniture) -> dict[str, Any]:
    """JSON-ready values; the key `furniture` names the rule and tells it from an article."""
    return {"furniture": piece.rule, "text": piece.text, "line": piece.line}
