"""Why an article has its score: the sum, term by term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from newsearch.finding import RankedWord, recency
from newsearch.query import Piece
from newsearch.search import Searcher


class Contribution(NamedTuple):
    """What one term adds to a score. `title`, `lead` and `body` are how often it stands there (`body`: after the lead);
    `documents` how many articles have it."""

    kind: str
    term: str
    documents: int
    title: int
    lead: int
    body: int
    score: float


def explain_score(
    searcher: Searcher, pieces: Sequence[Piece], document: int, recent: bool = False
) -> list[Contribution]:
    """The contributions to the score of a document, the largest first; their sum is the score. `recent` is as in the
    search that gave it."""
    found = []
    one = np.array([document], np.uint32)
    for term in searcher.ranked_terms(pieces):
        score = float(term.scores(one)[0])
        if score:
            fields = term.postings.at(one)[1] if isinstance(term, RankedWord) else ()
            title, lead, body = (int(field[0]) for field in fields) if fields else (0, 0, 0)
            found.append(Contribution(term.kind, term.text, len(term.postings), title, lead, body, score))
    if recent:
        more = (float(recency(searcher.reader, one)[0]) - 1) * sum(part.score for part in found)
        found.append(Contribution("recent", "", searcher.reader.count, 0, 0, 0, more))
    return sorted(found, key=lambda part: (-part.score, part.kind, part.term))


def contribution_mapping(part: Contribution) -> dict[str, Any]:
    """A contribution as it stands in JSON."""
    return part._asdict() | {"score": round(part.score, 4)}
