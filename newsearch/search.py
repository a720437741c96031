"""A query → ranked articles with highlights: evaluation, ranking and snippets put together."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Query as Node

from newsearch import ranking
from newsearch.article import Article
from newsearch.errors import QueryError
from newsearch.evaluation import StringPattern, evaluate, string_candidates
from newsearch.index.reader import Reader, TermPostings
from newsearch.query import ParsedQuery, Piece, date_span, parse_query
from newsearch.schema import BESIDE_TEXT, TEXT, keyword_term
from newsearch.snippets import Marked, Snippet, merged, snippet
from newsearch.terms.fold import View, view
from newsearch.terms.segment import HAN_RUN, Segmenter
from newsearch.terms.tokens import RUN_END, bigrams, index_words, searchable

Match = Literal["all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = get_args(Sort)

Documents = NDArray[np.uint32]

# What tells a story: so many words of an article, none counted more often than this; and how much of the article's own
# score by them another one must reach to be on the same story.
_TELLING_WORDS = 24
_TELLING_REPEATS = 4
_SAME_STORY = 0.1
# Articles that are looked at for phrases, and characters behind the prefix.
_SAMPLED = 200
_LOOK_AHEAD = 8


class Hit:
    """An article that was found. Its text is read when it is first asked for."""

    def __init__(self, reader: Reader, document: int, score: float, pieces: Sequence[Piece]) -> None:
        self._reader = reader
        self.document = document
        self._pieces = pieces
        self.score = score

    def __repr__(self) -> str:
        return f"<Hit {self.id} {self.article.title!r} score={self.score:.3f}>"

    @cached_property
    def article(self) -> Article:
        return self._reader.article(self.document)

    @property
    def id(self) -> str:
        return self.article.id

    @cached_property
    def _marks(self) -> tuple[list[Marked], list[Marked]]:
        return mark(self.article, self._pieces)

    @property
    def title_highlights(self) -> list[tuple[int, int]]:
        """Spans [start, end) in the title."""
        return merged(self._marks[0])

    @cached_property
    def snippet(self) -> Snippet:
        """The best window of the body; its highlights are spans in `snippet.text`."""
        return snippet(self.article.body, self._marks[1])

    def to_mapping(self) -> dict[str, Any]:
        """The hit as it stands in `search --json`."""
        article = self.article.to_mapping()
        facts = {key: article[key] for key in ("id", "title", "date", "source", "section", "authors", "path", "url")}
        return facts | {
            "score": round(self.score, 4),
            "snippet": self.snippet.text,
            "highlights": [list(span) for span in self.snippet.highlights],
            "title_highlights": [list(span) for span in self.title_highlights],
        }


@dataclass(slots=True)
class Results:
    """What a search found. `total` counts all matches, `hits` are those of the page asked for, best first.

    `relaxed` is true if nothing had all that was asked for and these are the best partial matches.
    """

    query: str
    total: int = 0
    relaxed: bool = False
    took_ms: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    searcher: Searcher | None = field(default=None, repr=False)
    hits: list[Hit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def to_mapping(self) -> dict[str, Any]:
        """The results as `search --json` prints them."""
        return {
            "version": 1,
            "query": self.query,
            "total": self.total,
            "relaxed": self.relaxed,
            "took_ms": round(self.took_ms, 2),
            "hits": [hit.to_mapping() for hit in self.hits],
        }


@dataclass(frozen=True, slots=True)
class Filters:
    """What articles must be, whatever the query says. Dates are a date, or a year, month or day as a string; a month or
    year counts from its first day (`date_from`) and to its last (`date_to`)."""

    date_from: str | dt.date | None = None
    date_to: str | dt.date | None = None
    source: str | None = None
    author: str | None = None
    section: str | None = None

    def documents(self, reader: Reader, documents: Documents) -> Documents:
        """Those of `documents` that pass. Raises QueryError for a date that is none."""
        for name in ("source", "author", "section"):
            value = getattr(self, name)
            if value is not None:
                documents = np.intersect1d(documents, reader.keyword(name, value), assume_unique=True)
        if self.date_from is not None or self.date_to is not None:
            dates = reader.column("date")[documents]
            low = _day(self.date_from, 0) if self.date_from is not None else 1
            high = _day(self.date_to, 1) if self.date_to is not None else 99991231
            if low > high:
                advice = "the first is --from, the second --to"
                raise QueryError("the dates end before they begin", f"{self.date_from} {self.date_to}", 0, advice)
            documents = documents[(dates >= low) & (dates <= high)]
        return documents


class _Lookup:
    """What one search asks of an index, each thing once: postings serve matching and ranking alike."""

    def __init__(self, reader: Reader) -> None:
        self.size = reader.size
        self.live = reader.live
        self.column = reader.column
        self.views = reader.views
        self.texts = reader.texts
        self.word = cache(reader.word)
        self.bigram = cache(reader.bigram)
        self.character = cache(reader.character)

    def keyword(self, field: str, value: str) -> Documents:
        return self.word(keyword_term(field, value)).docs


class RankedTerm(NamedTuple):
    """A term that adds to scores: a word, a bigram, or a value beside the text (author, kicker)."""

    kind: str
    text: str
    postings: TermPostings
    weight: float


class Searcher:
    """Searches one generation of an index. Safe to share between threads once made."""

    def __init__(self, reader: Reader, segmenter: Segmenter) -> None:
        self.reader = reader
        self.segmenter = segmenter
        title, lead, body = (reader.column(name) for name in ("title_length", "lead_length", "body_length"))
        self._norms = ranking.norms(title, lead, body, reader.live)

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        match: Match = "all",
        sort: Sort = "relevance",
        filters: Filters | None = None,
    ) -> Results:
        """Finds articles. Raises QueryError for a query that cannot be read, ValueError for a negative limit or
        offset or an unknown `match` or `sort`."""
        if limit < 0 or offset < 0:
            raise ValueError("limit and offset must not be negative")
        if match not in get_args(Match) or sort not in SORTS:
            raise ValueError(f"match is one of {get_args(Match)}, sort one of {SORTS}")
        started = time.perf_counter()
        parsed = parse_query(text, self.segmenter)
        lookup = _Lookup(self.reader)
        documents, relaxed = self._matches(lookup, parsed, match, filters or Filters())
        scores = self._scores(lookup, parsed.pieces)
        dates = self.reader.column("date")[documents]
        ordered = ranking.order(documents, scores[documents], dates, sort, offset + limit)
        hits = [
            Hit(self.reader, document, float(scores[document]), parsed.pieces) for document in ordered[offset:].tolist()
        ]
        took = (time.perf_counter() - started) * 1000
        return Results(text, len(documents), relaxed, took, parsed.pieces, self, hits, parsed.notes)

    def similar(self, document: int, limit: int = 10) -> Results:
        """Articles on the same story as a document: those that share its most telling words, best first.

        The words are weighted as in ranking, so the article itself would score highest; what reaches a good part of
        that score counts as similar.
        """
        started = time.perf_counter()
        article = self.reader.article(document)
        words = Counter(index_words(view(f"{article.title}\n{article.body}").text, self.segmenter))
        terms = [self._ranked("word", word, self.reader.word(word)) for word in words if len(word) > 1]
        terms.sort(key=lambda term: (-term.weight * min(words[term.text], _TELLING_REPEATS), term.text))
        telling = [term for term in terms if len(term.postings) > 1][:_TELLING_WORDS]
        contributions = ((term.postings.docs, self.term_scores(term)) for term in telling)
        scores = ranking.accumulate(self.reader.size, contributions)
        needed, scores[document] = scores[document] * _SAME_STORY, 0
        documents = np.flatnonzero(scores > needed).astype(np.uint32)
        ordered = ranking.order(documents, scores[documents], self.reader.column("date")[documents], "relevance", limit)
        hits = [Hit(self.reader, found, float(scores[found]), ()) for found in ordered.tolist()]
        took = (time.perf_counter() - started) * 1000
        return Results(article.title, len(documents), False, took, [], self, hits)

    def suggest(self, prefix: str, limit: int = 10) -> list[str]:
        """Words and phrases that begin with a prefix, those in most articles first.

        Words come from the index; phrases are what follows the prefix in some of the articles where it stands.
        """
        prefix = view(prefix.strip()).text
        if not searchable(prefix):
            return []
        found = Counter(self.reader.words_with(prefix))
        phrase = StringPattern.exact(prefix)
        documents = string_candidates(self.reader, phrase, TEXT)
        sample = documents[:: max(1, len(documents) // _SAMPLED)]
        phrases: Counter[str] = Counter()
        for document in sample.tolist():
            views = self.reader.views(document)
            phrases.update(
                {begun for text in (views.title.text, views.body.text) for begun in self._begun(text, prefix)}
            )
        for text, count in phrases.items():
            found[text] = max(found[text], count * len(documents) // len(sample) if count > 1 else 0)
        return sorted((text for text in found if found[text]), key=lambda text: (-found[text], text))[:limit]

    def _begun(self, text: str, prefix: str) -> Iterator[str]:
        """The prefix with the word or two that follow it, wherever it stands in a text."""
        for place in (match.start() for match in re.finditer(re.escape(prefix), text)):
            run = HAN_RUN.match(text, place)
            if run:
                words = self.segmenter.words(run[0][: len(prefix) + _LOOK_AHEAD])
                begun = list(accumulate(words[:-1]))  # the last one may have been cut short
                yield from [phrase for phrase in begun if len(phrase) > len(prefix)][:2]

    def _matches(self, lookup: _Lookup, parsed: ParsedQuery, match: Match, filters: Filters) -> tuple[Documents, bool]:
        """The documents that have all (or any) of what was asked for; if none has, those that have part of it."""
        modes: list[Node] = [parsed.tree, parsed.any_piece, parsed.any_word]
        if match == "any":
            modes = modes[1:]
        for number, tree in enumerate(modes):
            documents = filters.documents(self.reader, evaluate(lookup, tree))
            if len(documents):
                return documents, number > 0
        return np.zeros(0, np.uint32), False

    def _scores(self, lookup: _Lookup, pieces: Sequence[Piece]) -> ranking.Floats:
        contributions = ((term.postings.docs, self.term_scores(term)) for term in self.ranked_terms(pieces, lookup))
        return ranking.accumulate(self.reader.size, contributions)

    def ranked_terms(self, pieces: Sequence[Piece], lookup: _Lookup | None = None) -> Iterator[RankedTerm]:
        """The terms of the pieces that a score is made of."""
        lookup = lookup or _Lookup(self.reader)
        for piece in pieces:
            string = re.sub(r"[*?]", " ", piece.string) if piece.pattern else piece.string
            for word in dict.fromkeys(index_words(string, self.segmenter)):
                yield self._ranked("word", word, lookup.word(word))
            if piece.field == TEXT and not piece.exact:
                for field in BESIDE_TEXT:
                    yield self._ranked(field, string, lookup.word(keyword_term(field, string)))
            for pair in dict.fromkeys(bigrams(string)):
                if pair[1] != RUN_END:
                    yield self._ranked("bigram", pair, lookup.bigram(pair), ranking.WEIGHTS.bigram)

    def _ranked(self, kind: str, text: str, postings: TermPostings, boost: float = 1.0) -> RankedTerm:
        return RankedTerm(kind, text, postings, boost * ranking.idf(len(postings), self.reader.count))

    def term_scores(self, term: RankedTerm) -> ranking.Floats:
        """What a term adds to each of its documents."""
        postings = term.postings
        return ranking.bm25f(postings.docs, postings.title, postings.lead, postings.body, self._norms, term.weight)


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


def _day(value: str | dt.date, end: int) -> int:
    if isinstance(value, dt.date):
        return value.year * 10000 + value.month * 100 + value.day
    try:
        return date_span(str(value))[end]
    except ValueError:
        raise QueryError(f"not a date: {value!r}", str(value), 0, "write 2024, 2024-06 or 2024-06-01") from None
