"""Where the pieces of a query stand in an article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsearch.article import Article
from newsearch.evaluation import StringPattern
from newsearch.query import Piece
from newsearch.snippets import Marked
from newsearch.terms.fold import View, view


def mark(article: Article, pieces: Sequence[Piece]) -> tuple[list[Marked], list[Marked]]:
    """Where the pieces stand in title and body: the whole string wherever it does, else its words.

    A piece that stands as a string anywhere in the article is marked as that only; a field's pieces only there.
    """
    views = {"title": view(article.title), "body": view(article.body)}
    marks: dict[str, list[Marked]] = {"title": [], "body": []}
    for number, piece in enumerate(pieces):
        fields = [name for name in views if piece.field in ("text", name)]
        whole = StringPattern.wildcard(piece.pattern) if piece.pattern else StringPattern.exact(piece.string)
        found = {name: _find(views[name], whole.expression, number) for name in fields}
        if not any(found.values()) and not piece.exact:
            found = {name: _words(views[name], piece, number) for name in fields}
        for name in fields:
            marks[name] += found[name]
    return marks["title"], marks["body"]


def _find(where: View, expression: re.Pattern[str], piece: int) -> list[Marked]:
    spans = (match.span() for match in expression.finditer(where.text))
    return [Marked(*where.original(start, end), piece) for start, end in spans if end > start]


def _words(where: View, piece: Piece, number: int) -> list[Marked]:
    """Marks for the words of a piece; words that stand side by side become one mark. A single character is marked
    only beside another word or where there is nothing longer to mark."""
    if not piece.words:
        return []
    longest_first = sorted(piece.words, key=lambda word: -len(word.text))
    alternatives = (
        rf"(?<![^\W_]){re.escape(w.text)}(?![^\W_])" if w.whole else re.escape(w.text) for w in longest_first
    )
    marks = _find(where, re.compile("(?:" + "|".join(alternatives) + ")+"), number)
    longer = [m for m in marks if m.end - m.start > 1]
    return longer or marks
