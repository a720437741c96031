"""Why an article has its score: the sum, term by term."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

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


def explain_score(searcher: Searcher, pieces: Sequence[Piece], document: int) -> list[Contribution]:
    """The contributions to the score of a document, the largest first; their sum is the score."""
    found = []
    for term in searcher.ranked_terms(pieces):
        postings = term.postings
        place = bisect_left(postings.docs, document)
        if place < len(postings.docs) and postings.docs[place] == document:
            title, lead, body = (int(field[place]) for field in (postings.title, postings.lead, postings.body))
            score = float(searcher.term_scores(term)[place])
            found.append(Contribution(term.kind, term.text, len(postings), title, lead, body, score))
    return sorted(found, key=lambda part: (-part.score, part.kind, part.term))


def contribution_mapping(part: Contribution) -> dict[str, Any]:
    """A contribution as it stands in JSON."""
    return part._asdict() | {"score": round(part.score, 4)}
