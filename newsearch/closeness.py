"""Words that stand together at an article's beginning, as they do in the query: what the best few articles are put in
order by once more.

BM25 counts words wherever they stand. News says at its beginning what it is about, and says it in the words of a
headline, near each other and mostly in the same order (proximity over pairs of query words: Rasolofo and Savoy, Term
proximity scoring for keyword-based retrieval systems, 2003). Looked at are the title and the first `beginning`
characters of the body; the words are those of two characters or more that the query's pieces are cut into and the
index has, each weighing its idf:

    near(d)  = sum over neighbouring words a, b of  (idf(a) + idf(b)) / 2  if b begins 1 to `distance` characters
               after a; where they are the last of one piece and the first of the next one: after or before it
    order(d) = sum over pieces of the greatest sum of idf of words whose first places ascend as in the piece
    added(d) = near_weight · near(d) + order_weight · order(d)

The texts have to be read for it, so only the `reranked` best get it; it is never negative, and they stay the best.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from newsearch import ranking
from newsearch.index.reader import Reader
from newsearch.query import Piece
from newsearch.schema import TEXT
from newsearch.terms.fold import views


class Added(NamedTuple):
    """What the closeness of words adds to a score."""

    near: float
    order: float


class Pair(NamedTuple):
    """Two neighbouring words of a query by their numbers, and what they weigh; of two pieces the words may stand in
    `either` order."""

    first: int
    second: int
    weight: float
    either: bool


#: For each word of a query the places where it begins in a text, ascending.
Places = Sequence[Sequence[int]]


def near(places: Places, pairs: Sequence[Pair], distance: int) -> float:
    """The weight of the pairs of words that stand near each other."""
    return sum(
        pair.weight
        for pair in pairs
        if _follows(places[pair.first], places[pair.second], distance)
        or (pair.either and _follows(places[pair.second], places[pair.first], distance))
    )


def in_order(places: Places, weights: Sequence[float]) -> float:
    """The weight of the heaviest of the chains of words whose first places ascend as the words do."""
    chains: list[tuple[int, float]] = []  # the place at which each ends, and its weight
    for at, weight in zip(places, weights, strict=True):
        if at:
            chains.append((at[0], weight + max([so_far for end, so_far in chains if end < at[0]], default=0.0)))
    return max([weight for _, weight in chains], default=0.0)


def _follows(first: Sequence[int], second: Sequence[int], distance: int) -> bool:
    """Whether one of `second` comes 1 to `distance` after one of `first`."""
    if second:
        for place in first:
            following = bisect_right(second, place)
            if following < len(second) and second[following] - place <= distance:
                return True
    return False


class Closeness:
    """What the words of a query's pieces add to the scores of articles in which they stand together."""

    def __init__(self, reader: Reader, pieces: Sequence[Piece]) -> None:
        self._reader = reader
        grouped = [words for words in _weighted_words(reader, pieces) if words]
        self._words = [word for words in grouped for word, _ in words]
        self._weights = [weight for words in grouped for _, weight in words]
        bounds = [0, *accumulate(map(len, grouped))]
        self._pieces = [slice(*ends) for ends in pairwise(bounds)]
        self._pairs = [
            Pair(number - 1, number, (self._weights[number - 1] + self._weights[number]) / 2, number in bounds)
            for number in range(1, len(self._words))
        ]

    def __bool__(self) -> bool:
        """Whether there are words that can stand together."""
        return bool(self._pairs)

    def __call__(self, documents: Sequence[int]) -> list[Added]:
        """What is added to the score of each document."""
        read = [self._reader.texts(document) for document in documents]
        seen = views([text for title, body in read for text in (title, body[: ranking.WEIGHTS.beginning])])
        return [self._added(f"{title}\n{body}") for title, body in zip(seen[::2], seen[1::2], strict=True)]

    def _added(self, beginning: str) -> Added:
        weights = ranking.WEIGHTS
        places = [_places(beginning, word) for word in self._words]
        chains = (in_order(places[piece], self._weights[piece]) for piece in self._pieces)
        return Added(weights.near * near(places, self._pairs, weights.distance), weights.order * sum(chains))


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
