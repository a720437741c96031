"""A query → ranked articles with highlights: evaluation, ranking and snippets put together."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, Literal, get_args

import numpy as np
from whoosh.query import Query as Node

from newsearch import ranking
from newsearch.closeness import Closeness
from newsearch.deadline import SECONDS, UNLIMITED, Deadline, Timeout, deadline_of
from newsearch.errors import QueryError
from newsearch.evaluation import all_matching, any_matching, evaluate
from newsearch.evaluation.sets import intersection
from newsearch.expand import expanded
from newsearch.explore.facets import facet_counts
from newsearch.finding import Documents, Finder, RankedBigram, RankedTerm, RankedWord, Sort, lighter
from newsearch.index.reader import Reader
from newsearch.query import Mode, ParsedQuery, Piece, date_span, parse_query
from newsearch.results import Hit, Results
from newsearch.schema import BESIDE_TEXT, TEXT, keyword_term
from newsearch.synonyms import WEIGHT, SynonymRules, expansion
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import RUN_END, bigrams, index_words

Match = Literal["all", "any"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Filters:
    """What articles must be, whatever the query says. Dates are a date, or a year, month or day as a string; a month or
    year counts from its first day (`date_from`) and to its last (`date_to`)."""

    date_from: str | dt.date | None = None
    date_to: str | dt.date | None = None
    source: str | None = None
    author: str | None = None
    section: str | None = None

    def documents(self, reader: Reader) -> Documents | None:
        """The documents that pass, None for all. Raises QueryError for a date that is none."""
        sets = [
            reader.keyword(name, value)
            for name in ("source", "author", "section")
            if (value := getattr(self, name)) is not None
        ]
        if self.date_from is not None or self.date_to is not None:
            low = _day(self.date_from, 0) if self.date_from is not None else 1
            high = _day(self.date_to, 1) if self.date_to is not None else 99991231
            if low > high:
                advice = "the first is --from, the second --to"
                raise QueryError("the dates end before they begin", f"{self.date_from} {self.date_to}", 0, advice)
            dates = reader.column("date")
            sets.append(np.flatnonzero(reader.live & (dates >= low) & (dates <= high)).astype(np.uint32))
        return intersection(sets) if sets else None


class Searcher:
    """Searches one generation of an index. Safe to share between threads once made."""

    def __init__(self, reader: Reader, segmenter: Segmenter) -> None:
        self.reader = reader
        self.segmenter = segmenter

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        match: Match = "all",
        sort: Sort = "relevance",
        filters: Filters | None = None,
        synonyms: SynonymRules | None = None,
        facets: Iterable[str] = (),
        recent: bool = False,
        fold_copies: bool = False,
        timeout: Timeout = SECONDS,
    ) -> Results:
        """Finds articles; `facets` counts all of them by month, year, source, section or author.

        `recent` counts recent articles for more. With `fold_copies`, an article that is nearly the same as a better one
        is named by that one's hit instead of being a hit itself, unless the query has an exact string or the order is
        by date: then every article is wanted.

        After `timeout` the best so far are returned.

        Raises QueryError for a query that cannot be read, BadWordFile for such synonyms, ValueError for a negative
        limit, offset or timeout or an unknown `match`, `sort` or facet.
        """
        if limit < 0 or offset < 0:
            raise ValueError("limit and offset must not be negative")
        if match not in get_args(Match) or sort not in SORTS:
            raise ValueError(f"match is one of {get_args(Match)}, sort one of {SORTS}")
        facets = tuple(facets)
        started = time.perf_counter()
        deadline = deadline_of(timeout)
        parsed = self.read(text, synonyms)
        pieces = parsed.pieces
        filters = filters or Filters()
        allowed = filters.documents(self.reader)
        terms = list(self.ranked_terms(pieces))
        closeness = Closeness(self.reader, pieces)
        # All that was asked for; if nothing has it, part of it.
        modes = (Mode.ANY_PIECE, Mode.ANY_WORD) if match == "any" else tuple(Mode)
        wanted = offset + limit
        results = Results(text, pieces=pieces, searcher=self, recent=recent, notes=parsed.notes, deadline=deadline)
        found_any = False
        copies: dict[int, list[int]] = {}
        for number, mode in enumerate(modes):
            tree = parsed.part.node(mode)
            finder = Finder(self.reader, tree, allowed, terms, recent, deadline, closeness)
            if sort != "relevance":
                ordered = finder.newest(wanted, sort)
            elif fold_copies and not any(piece.exact for piece in pieces):
                ordered, copies = finder.best_without_copies(wanted)
            else:
                ordered = finder.best(wanted)
            if len(ordered):
                found_any, results.relaxed = True, number > 0
                results.matches = finder.documents
                results.reranked = finder.reranked
                shown = ordered[offset:wanted]
                results.hits = [
                    Hit(self.reader, document, score, pieces, self.segmenter, copies.get(document, ()))
                    for document, score in zip(shown.tolist(), finder.scores(shown), strict=True)
                ]
            if found_any or deadline.cut:
                break
        if results.relaxed or not found_any:
            results.advice = partial(self._near, parsed, allowed, deadline)
        if not found_any and not deadline.cut:
            options: dict[str, Any] = {
                "filters": filters,
                "facets": facets,
                "recent": recent,
                "fold_copies": fold_copies,
                "timeout": deadline,
            }
            again = partial(self.search, limit=limit, offset=offset, match=match, sort=sort, **options)
            results = self._as_pinyin(parsed, again, deadline) or results
            deadline.resume()
        results.facets = results.facets or facet_counts(self.reader, results.documents, facets) if facets else {}
        results.took_ms = (time.perf_counter() - started) * 1000
        deadline.pause()
        self.reader.breathe()
        return results

    def read(self, text: str, synonyms: SynonymRules | None = None) -> ParsedQuery:
        """A query as it is searched for in this index. Raises QueryError, BadWordFile."""
        expand = expansion(synonyms, self.segmenter) if synonyms is not None else None
        return expanded(parse_query(text, self.segmenter, expand), self.reader)

    def documents(self, node: Node, within: Sequence[int] | None = None) -> Documents:
        """The documents that a query tree matches, ascending; with `within` (ascending), those that are in it."""
        return evaluate(self.reader, node, None if within is None else np.array(within, np.uint32))

    def is_reranked(self, parsed: ParsedQuery, mode: Mode, document: int, deadline: Deadline) -> bool:
        """Whether a document is among the best few that match in a mode, whose scores have to do with how close words
        stand."""
        terms = list(self.ranked_terms(parsed.pieces))
        closeness = Closeness(self.reader, parsed.pieces)
        finder = Finder(self.reader, parsed.part.node(mode), None, terms, False, deadline, closeness)
        finder.best(1)
        return document in finder.reranked

    def matches(self, text: str, deadline: Deadline = UNLIMITED) -> Documents:
        """All articles that have everything a query asks for, ascending, or as many as there is time for. Raises
        QueryError."""
        return all_matching(self.reader, self.read(text).tree, None, deadline)

    def _as_pinyin(
        self, parsed: ParsedQuery, again: Callable[[str], Results], deadline: Deadline
    ) -> Results | None:
        """What letters that stand nowhere find if they are read as pinyin."""
        from newsearch.explore.advice import pinyin_queries  # rarely needed, and large

        if any_matching(self.reader, parsed.any_word, None, deadline):
            return None  # they stand somewhere; a filter is in the way
        readings = pinyin_queries(self.reader, parsed, deadline)
        for reading in readings:
            found = again(reading)
            if found.total and not found.relaxed:
                found.query = parsed.text
                found.notes.insert(0, f"{parsed.text} stands nowhere and was read as pinyin: {reading}")
                found.advice = partial(list, [other for other in readings if other != reading])
                return found
        return None

    def _near(self, parsed: ParsedQuery, allowed: Documents | None, deadline: Deadline) -> list[str]:
        """Queries near one that did not find all it asked for, which do."""
        from newsearch.explore.advice import near_queries

        def stands(piece: Piece) -> bool:
            return deadline.passed() or any_matching(self.reader, piece.node(Mode.STRICT), None, deadline)

        near = near_queries(self.reader, parsed, stands, deadline)
        return [query for query in near if self._finds(query, allowed, deadline)]

    def _finds(self, query: str, allowed: Documents | None, deadline: Deadline) -> bool:
        """Whether a query that nobody typed finds something."""
        try:
            return not deadline.passed() and any_matching(self.reader, self.read(query).tree, allowed, deadline)
        except QueryError:
            return False  # what was put in is shorter than the ~2 behind it needs, say

    def ranked_terms(self, pieces: Sequence[Piece]) -> Iterator[RankedTerm]:
        """The terms of the pieces that a score is made of."""
        for piece in pieces:
            if piece.stands_for:
                plain = replace(piece, stands_for="")
                typed = replace(plain, string=piece.stands_for)
                yield from lighter(list(self.ranked_terms([plain])), list(self.ranked_terms([typed])), WEIGHT)
                continue
            words: dict[str, float] = {}
            pairs: dict[str, float] = {}
            for spelling, _, weight in piece.strings():
                string = re.sub(r"[*?]", " ", spelling) if piece.pattern else spelling
                for word in index_words(string, self.segmenter):
                    words.setdefault(word, weight)
                for pair in bigrams(string):
                    pairs.setdefault(pair, weight)
            for word, weight in words.items():
                boost = weight * (1 + ranking.WEIGHTS.bigram if len(word) == 2 else 1)
                yield RankedWord(self.reader, "word", word, self.reader.word(word), boost)
            if piece.field == TEXT and not piece.exact:
                for field in BESIDE_TEXT:
                    postings = self.reader.word(keyword_term(field, piece.string))
                    if len(postings):
                        yield RankedWord(self.reader, field, piece.string, postings)
            for pair, weight in pairs.items():
                if pair[1] != RUN_END and pair not in words:
                    yield RankedBigram(self.reader, "bigram", pair, self.reader.bigram(pair), weight)
        for pair in side_by_side(pieces):
            yield RankedBigram(self.reader, "beside", pair, self.reader.bigram(pair))


def side_by_side(pieces: Sequence[Piece]) -> list[str]:
    """The bigrams where one piece ends and the next begins: articles that have them as they were typed rank higher."""
    plain = [piece for piece in pieces if not (piece.pattern or piece.stands_for or piece.distance)]
    pairs = (before.string[-1] + after.string[0] for before, after in pairwise(plain) if before.field == after.field)
    return [pair for pair in dict.fromkeys(pairs) if pair.isalnum()]


def _day(value: str | dt.date, end: int) -> int:
    if isinstance(value, dt.date):
        return value.year * 10000 + value.month * 100 + value.day
    try:
        return date_span(str(value))[end]
    except ValueError:
        raise QueryError(f"not a date: {value!r}", str(value), 0, "write 2024, 2024-06 or 2024-06-01") from None
