"""Words that stand together at an article's beginning, as they do in the query: what the best few articles are put in
order by once more.

BM25 counts words wherever they stand. News says at its beginning what it is about, and says it in the words of a
headline, near each other and mostly in the same order (proximity over pairs of query words: Rasolofo and Savoy, Term
proximity scoring for keyword-based retrieval systems, 2003). Looked at are the title and the first `beginning`
characters of the body; the words are those of two characters or more that the query's pieces are cut into and the
index has, each weighing its idf:

    near(d)  = sum over neighbouring words a, b of  (idf(a) + idf(b)) / 2  if b begins 1 to `distance` characters
               after a; where they are the last of one piece and the first of the next one: after or before it
    order(d) = sum over pieces of the greatest sum of idf of words whose first places, all among the first `early`
               characters, ascend as in the piece
    added(d) = near_weight · near(d) + order_weight · order(d)

The texts have to be read for it, so only the `reranked` best get it; it is never negative, and they stay the best.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from newsearch import ranking
from newsearch.index.reader import Reader
from newsearch.query import Piece
from newsearch.schema import TEXT
from newsearch.terms.fold import view


class Added(NamedTuple):
    """What the closeness of words adds to a score."""

    near: float
    order: float


class Placed(NamedTuple):
    """A word of a query: the places where it begins in a text, ascending, and its weight."""

    places: Sequence[int]
    weight: float


def near(pieces: Sequence[Sequence[Placed]], distance: int) -> float:
    """The weight of neighbouring words that stand near each other: those of a piece in its order, the last of one and
    the first of the next in either. No piece is empty."""
    inside = [pair for words in pieces for pair in pairwise(words)]
    between = [(before[-1], after[0]) for before, after in pairwise(pieces)]
    return sum(_mean(a, b) for a, b in inside if _follows(a.places, b.places, distance)) + sum(
        _mean(a, b)
        for a, b in between
        if _follows(a.places, b.places, distance) or _follows(b.places, a.places, distance)
    )


def in_order(words: Sequence[Placed], early: int) -> float:
    """The weight of the heaviest of the chains of words whose first places, below `early`, ascend as the words do."""
    chains: list[tuple[int, float]] = []  # the place at which each ends, and its weight
    for places, weight in words:
        if places and places[0] < early:
            chains.append((places[0], weight + max((sum_ for end, sum_ in chains if end < places[0]), default=0.0)))
    return max((weight for _, weight in chains), default=0.0)


def _mean(a: Placed, b: Placed) -> float:
    return (a.weight + b.weight) / 2


def _follows(first: Sequence[int], second: Sequence[int], distance: int) -> bool:
    """Whether one of `second` comes 1 to `distance` after one of `first`."""
    for place in first:
        following = bisect_right(second, place)
        if following < len(second) and second[following] - place <= distance:
            return True
    return False


class Closeness:
    """What the words of a query's pieces add to the scores of articles in which they stand together."""

    def __init__(self, reader: Reader, pieces: Sequence[Piece]) -> None:
        self._reader = reader
        self._pieces = [words for words in _weighted_words(reader, pieces) if words]

    def __bool__(self) -> bool:
        """Whether there are words that can stand together."""
        return sum(map(len, self._pieces)) > 1

    def __call__(self, documents: Sequence[int]) -> list[Added]:
        """What is added to the score of each document."""
        read = [self._reader.texts(document) for document in documents]
        views = _views([text for title, body in read for text in (title, body[: ranking.WEIGHTS.beginning])])
        return [self._added(f"{title}\n{body}") for title, body in zip(views[::2], views[1::2], strict=True)]

    def _added(self, beginning: str) -> Added:
        weights = ranking.WEIGHTS
        placed = [[Placed(_places(beginning, word), idf) for word, idf in words] for words in self._pieces]
        return Added(
            weights.near * near(placed, weights.distance),
            weights.order * sum(in_order(words, weights.early) for words in placed),
        )


def _views(texts: Sequence[str]) -> list[str]:
    """The matching views of some texts; of all at once, which is quicker, if no text has the mark between them."""
    views = view("\x01".join(texts)).text.split("\x01")
    return views if len(views) == len(texts) else [view(text).text for text in texts]


def _weighted_words(reader: Reader, pieces: Sequence[Piece]) -> Iterator[list[tuple[str, float]]]:
    """The words of each piece, those of earlier ones left out, with their idf."""
    seen: set[str] = set()
    for piece in pieces:
        if piece.field == TEXT and not (piece.pattern or piece.stands_for or piece.distance):
            words = [word.text for word in piece.words if len(word.text) > 1 and word.text not in seen]
            seen.update(words)
            counted = ((word, len(reader.word(word))) for word in dict.fromkeys(words))
            yield [(word, ranking.idf(count, reader.count)) for word, count in counted if count]


def _places(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + 1)
    return places
