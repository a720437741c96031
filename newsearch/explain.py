"""How a query was read, what it asks of an article, and why an article has its score: the sum, term by term."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import floor
from typing import Any, NamedTuple

import numpy as np

from newsearch.closeness import Closeness
from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation import any_matching
from newsearch.finding import RankedWord, recency
from newsearch.query import AllOf, AnyOf, Dates, Excluded, Keyword, Mode, ParsedQuery, Part, Piece, Spelling, bracketed
from newsearch.search import Searcher

#: Decimals of a score in JSON.
DECIMALS = 4


class Contribution(NamedTuple):
    """What one term adds to a score. `title`, `lead` and `body` are how often it stands there (`body`: after the lead);
    `documents` how many articles have it. Of kind recent, near and order is what the date adds, and words near each
    other and in the query's order at the beginning: without a term or counts of it."""

    kind: str
    term: str
    documents: int
    title: int
    lead: int
    body: int
    score: float


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part of a query as it was read.

    `kind` is all or any (of `parts`), not, words, string, near, wildcard, fuzzy, value or dates. `role` is required,
    wanted (gives way where nothing has all), either (one of several is enough) or excluded. `text` is the part as it
    would be typed, `words` what it is cut into, `spellings` what a fuzzy word stands for. `first` and `last` are days,
    YYYYMMDD. `holds` tells whether an article has what is asked, None if none was asked about.
    """

    kind: str
    role: str
    text: str
    field: str = ""
    words: tuple[str, ...] = ()
    between: int = 0
    spellings: tuple[Spelling, ...] = ()
    first: int = 0
    last: int = 0
    parts: tuple[QueryPart, ...] = ()
    holds: bool | None = None

    def to_mapping(self) -> dict[str, Any]:
        """The part as it stands in JSON: without what its kind does not have."""
        facts: dict[str, Any] = {name: getattr(self, name) for name in ("kind", "role", "text")}
        optional = ("field", "words", "between", "first", "last")
        facts |= {name: value for name in optional if (value := getattr(self, name))}
        if self.spellings:
            facts["spellings"] = [{"string": s.string, "documents": s.documents} for s in self.spellings]
        if self.parts:
            facts["parts"] = [part.to_mapping() for part in self.parts]
        return facts if self.holds is None else facts | {"holds": self.holds}


@dataclass(frozen=True, slots=True)
class ArticleExplanation:
    """What a query finds of an article. `found` is "all", "part" (a partial match where no article has all) or "" if a
    search does not show it; `failing` are the parts of the query that it would need. A score is that of a search, and
    the sum of its `contributions`, the largest first; without `found` there is none."""

    id: str
    title: str
    found: str
    failing: tuple[QueryPart, ...]
    score: float
    contributions: tuple[Contribution, ...]

    def to_mapping(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "found": self.found,
            "failing": [part.text for part in self.failing],
            "score": round(self.score, DECIMALS),
            "explanation": contribution_mappings(self.contributions, self.score),
        }


@dataclass(frozen=True, slots=True)
class QueryExplanation:
    """How a query was read: `part` is the whole of it. If no article has all, one of each group in `one_of` is enough;
    if none has even that, any word of the pieces in `words_of`. `article` is about the one that was asked about; if it
    `timed_out`, it is not known whether a search finds that."""

    query: str
    part: QueryPart
    one_of: tuple[tuple[str, ...], ...] = ()
    words_of: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    article: ArticleExplanation | None = field(default=None)
    timed_out: bool = False

    def to_mapping(self) -> dict[str, Any]:
        """The explanation as `newsearch explain --json` prints it."""
        found = {
            "version": 1,
            "query": self.query,
            "part": self.part.to_mapping(),
            "relaxing": {"one_of": [list(group) for group in self.one_of], "words_of": list(self.words_of)},
            "notes": list(self.notes),
        }
        found |= {"article": self.article.to_mapping()} if self.article else {}
        return found | {"timed_out": True} if self.timed_out else found


Asked = Callable[[Part], bool]


def explain_query(
    searcher: Searcher, text: str, document: int | None = None, deadline: Deadline = UNLIMITED
) -> QueryExplanation:
    """How a query was read, and what it finds of a document. Raises QueryError."""
    parsed = searcher.read(text)
    part = _described(parsed.part, "required", None if document is None else _asked(searcher, document))
    explanation = QueryExplanation(
        text, part, tuple(_groups(parsed.part)), tuple(_divisible(parsed)), tuple(parsed.notes)
    )
    if document is None:
        return explanation
    about = _explain_article(searcher, parsed, part, document, deadline)
    return replace(explanation, article=about, timed_out=deadline.cut)


def _asked(searcher: Searcher, document: int) -> Asked:
    """Tells of a part whether the document matches it."""
    return lambda part: len(searcher.documents(part.node(Mode.STRICT), [document])) > 0


def _explain_article(
    searcher: Searcher, parsed: ParsedQuery, part: QueryPart, document: int, deadline: Deadline
) -> ArticleExplanation:
    article = searcher.reader.article(document)
    mode = Mode.STRICT if part.holds else _partial_match(searcher, parsed, document, deadline)
    parts: Sequence[Contribution] = ()
    if mode:
        reranked = searcher.is_reranked(parsed, mode, document, deadline)
        parts = explain_score(searcher, parsed.pieces, document, reranked=reranked)
    return ArticleExplanation(
        article.id,
        article.title,
        "all" if part.holds else "part" if mode else "",
        tuple(_failing(part)),
        sum(part.score for part in parts),
        tuple(parts),
    )


def _partial_match(searcher: Searcher, parsed: ParsedQuery, document: int, deadline: Deadline) -> Mode | None:
    """In which mode a search shows a document that does not have all: only where no other has, and none more of it."""
    for mode in Mode:
        tree = parsed.part.node(mode)
        if len(searcher.documents(tree, [document])):
            return mode
        if any_matching(searcher.reader, tree, None, deadline) or deadline.cut:
            return None
    return None


def _described(part: Part, role: str, asked: Asked | None, strict: bool = False) -> QueryPart:
    """A part with its role and all that is in it; nothing in a `strict` one gives way."""
    holds = asked(part) if asked else None
    match part:
        case Piece():
            words = tuple(word.text for word in part.words)
            return QueryPart(
                _kind(part), role, str(part), part.field, words, part.between or 0, part.spellings, holds=holds
            )
        case Keyword():
            return QueryPart("value", role, str(part), part.field, (part.value,), holds=holds)
        case Dates():
            return QueryPart("dates", role, str(part), "date", first=part.first, last=part.last, holds=holds)
        case Excluded():
            inner = _described(part.part, "excluded", asked, strict=True)
            if role == "excluded":
                return QueryPart("not", role, str(part), parts=(inner,), holds=holds)
            return replace(inner, text=str(part), holds=holds)
        case AllOf():
            gives_way = sum(part.wanted) > 1 and not strict
            roles = ["wanted" if gives_way and wanted else "required" for wanted in part.wanted]
            kind = "all"
        case AnyOf():
            roles = ["either"] * len(part.parts)
            kind = "any"
    parts = tuple(_described(child, role, asked, strict) for child, role in zip(part.parts, roles, strict=True))
    return QueryPart(kind, role, str(part), parts=parts, holds=holds)


def _kind(piece: Piece) -> str:
    if piece.pattern:
        return "wildcard"
    if piece.distance:
        return "fuzzy"
    if piece.between is not None:
        return "near"
    return "string" if piece.exact else "words"


def _groups(part: Part) -> Iterator[tuple[str, ...]]:
    """The groups of parts of which one is enough where nothing has all."""
    if not isinstance(part, AllOf | AnyOf):
        return
    if isinstance(part, AllOf) and sum(part.wanted) > 1:
        yield tuple(bracketed(child) for child, wanted in zip(part.parts, part.wanted, strict=True) if wanted)
    for child in part.parts:
        yield from _groups(child)


def _divisible(parsed: ParsedQuery) -> Iterator[str]:
    """The pieces of which any word is enough where nothing has even one."""
    return (str(piece) for piece in parsed.pieces if piece.node(Mode.ANY_WORD) != piece.node(Mode.STRICT))


def _failing(part: QueryPart) -> Iterator[QueryPart]:
    """The smallest parts whose demand is not met and without which nothing matches."""
    if part.holds:
        return
    if part.kind == "all" and part.role != "excluded":
        for child in part.parts:
            yield from _failing(child)
    else:
        yield part


def explain_score(
    searcher: Searcher, pieces: Sequence[Piece], document: int, recent: bool = False, reranked: bool = False
) -> list[Contribution]:
    """The contributions to the score of a document, the largest first; their sum is the score. `recent` is as in the
    search that gave it, `reranked` whether it was among the best few there."""
    found = []
    one = np.array([document], np.uint32)
    for term in searcher.ranked_terms(pieces):
        score = float(term.scores(one)[0])
        if score:
            fields = term.postings.at(one)[1] if isinstance(term, RankedWord) else ()
            title, lead, body = (int(field[0]) for field in fields) if fields else (0, 0, 0)
            found.append(Contribution(term.kind, term.text, len(term.postings), title, lead, body, score))
    if reranked:
        added = Closeness(searcher.reader, pieces)([document])[0]._asdict().items()
        found += [Contribution(kind, "", searcher.reader.count, 0, 0, 0, score) for kind, score in added if score]
    if recent:
        more = (float(recency(searcher.reader, one)[0]) - 1) * sum(part.score for part in found)
        found.append(Contribution("recent", "", searcher.reader.count, 0, 0, 0, more))
    return sorted(found, key=lambda part: (-part.score, part.kind, part.term))


def contribution_mappings(parts: Sequence[Contribution], total: float) -> list[dict[str, Any]]:
    """Contributions as they stand in JSON, rounded so that they add up to the rounded total."""
    scores = adding_up([part.score for part in parts], total, DECIMALS)
    return [part._asdict() | {"score": score} for part, score in zip(parts, scores, strict=True)]


def adding_up(numbers: Sequence[float], total: float, decimals: int) -> list[float]:
    """Numbers rounded up or down so that as they are written they add up to the rounded `total`, their sum: those
    with the largest remainders are rounded up (Hamilton's method)."""
    unit = 10**decimals
    whole = [floor(number * unit) for number in numbers]
    missing = round(total * unit) - sum(whole)
    by_remainder = sorted(range(len(numbers)), key=lambda place: whole[place] - numbers[place] * unit)
    for place in by_remainder[: max(0, missing)]:
        whole[place] += 1
        missing -= 1
    if whole and missing:  # the total was summed in float32, and is off by more than was rounded
        whole[whole.index(max(whole))] += missing
    return [number / unit for number in whole]
