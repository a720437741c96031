"""How a page was taken apart: what was cut, joined and left out, by which rule, and the furniture of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from newsearch.corpus import Account, Reading, Rejection, check_reading, find_files, read_file
from newsearch.corpus.pages import Furniture, Page
from newsearch.errors import CorpusError, PathNotFound
from newsearch.terms.dictionary import default_dictionary
from newsearch.terms.lexicon import DictionaryLexicon


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


def explain_page(path: Path | str, *, encoding: str | None = None) -> PageExplanation:
    """How the page in a file is taken apart.

    Raises PathNotFound, UnknownEncoding; CorpusError for a file that cannot be read or is no page.
    """
    if not Path(path).is_file():
        raise PathNotFound(path)
    check_reading(None, encoding)
    reading = Reading(DictionaryLexicon(default_dictionary()), encoding=encoding)
    problems = []
    for file in find_files([path]):
        for found in read_file(file, reading):
            if isinstance(found, Rejection):
                problems.append(str(found))
            elif isinstance(found, Account) and found.page:
                return PageExplanation(str(path), found.page)
    if problems:
        raise CorpusError(problems[0], "mend the file, or name its encoding with --encoding")
    advice = "`newsearch read` prints what is in it; a page has headings, or a name that ends in .md"
    raise CorpusError(f"{path} is no page: nothing in it is taken apart", advice)


def furniture_mapping(piece: Furniture) -> dict[str, Any]:
    """JSON-ready values; the key `furniture` names the rule and tells it from an article."""
    return {"furniture": piece.rule, "text": piece.text, "line": piece.line}
