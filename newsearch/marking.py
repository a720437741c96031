"""Where the pieces of a query stand in an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsearch.article import Article
from newsearch.evaluation import StringPattern
from newsearch.query import Piece
from newsearch.snippets import Marked
from newsearch.terms.fold import View, view
from newsearch.terms.near import near
from newsearch.terms.segment import HAN_FIRST, HAN_LAST, Segmenter
from newsearch.terms.tokens import RARE_HAN, MatchWord

# Letters but those of Han, and digits: what runs are made of that must stand as whole words.
_LETTER_OR_DIGIT = f"[^\\W_{HAN_FIRST}-{HAN_LAST}{RARE_HAN}]"
_LETTER = f"[^\\W\\d_{HAN_FIRST}-{HAN_LAST}{RARE_HAN}]"
# Spans of words near each other that are marked in a text, and a few more: enough for any snippet.
_ENOUGH = 200


def mark(article: Article, pieces: Sequence[Piece], segmenter: Segmenter) -> tuple[list[Marked], list[Marked]]:
    """Where the pieces stand in title and body: the whole string wherever it does, else its words.

    A piece that stands as a whole anywhere in the article is marked as that only; a field's pieces only there.
    """
    views = {"title": view(article.title), "body": view(article.body)}
    marks: dict[str, list[Marked]] = {"title": [], "body": []}
    for number, piece in enumerate(dict.fromkeys(pieces)):
        fields = [name for name in views if piece.field in ("text", name)]
        found = {name: _whole(views[name], piece, number, segmenter) for name in fields}
        if not any(found.values()) and not piece.exact:
            found = {name: _words(views[name], piece, number) for name in fields}
        for name in fields:
            marks[name] += found[name]
    return marks["title"], marks["body"]


def _whole(where: View, piece: Piece, number: int, segmenter: Segmenter) -> list[Marked]:
    """Marks for a piece where it stands as a whole, in any of its spellings; of words near each other, for each."""
    if piece.between is not None:
        cut = lru_cache(maxsize=1024)(segmenter.words)  # a long text repeats itself
        spans = near(where.text, [word.text for word in piece.words], piece.between, cut, _ENOUGH)
        return [Marked(*where.original(start, end), number) for start, end in spans]
    if piece.pattern:
        return _find(where, StringPattern.wildcard(piece.pattern).expression, number)
    there = [spelling.string for spelling in piece.strings() if spelling.string in where.text]
    return _find(where, _alternatives(there), number) if there else []


def _find(where: View, expression: re.Pattern[str], piece: int) -> list[Marked]:
    spans = (match.span() for match in expression.finditer(where.text))
    return [Marked(*where.original(start, end), piece) for start, end in spans if end > start]


def _alternatives(strings: Sequence[str]) -> re.Pattern[str]:
    """Matches the longest of the strings that stands in a place."""
    return re.compile("|".join(map(re.escape, sorted(strings, key=len, reverse=True))))


def _words(where: View, piece: Piece, number: int) -> list[Marked]:
    """Marks for the words of a piece; words that stand side by side become one mark. A single character is marked
    only beside another word or where there is nothing longer to mark."""
    there = tuple(word for word in piece.words if word.text in where.text)
    marks = _find(where, _side_by_side(there), number) if there else []
    longer = [m for m in marks if m.end - m.start > 1]
    return longer or marks


@lru_cache(maxsize=2048)
def _side_by_side(words: tuple[MatchWord, ...]) -> re.Pattern[str]:
    """Matches one of the words or several without anything between them."""
    alternatives = (_standing(word) for word in sorted(words, key=lambda word: -len(word.text)))
    return re.compile("(?:" + "|".join(alternatives) + ")+")


def _standing(word: MatchWord) -> str:
    """Matches a word where the index has it: letters where no letter goes on, digits where no digit does, a run of both
    where neither does; Han may stand beside any of them."""
    text = re.escape(word.text)
    if not word.whole:
        return text
    if word.text.isdecimal():
        return rf"(?<!\d){text}(?!\d)"
    if not any(map(str.isdecimal, word.text)):
        return f"(?<!{_LETTER}){text}(?!{_LETTER})"
    return rf"(?<!{_LETTER_OR_DIGIT})(?<!\d\.){text}(?!{_LETTER_OR_DIGIT})(?!\.\d)"
