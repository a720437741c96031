"""What a search gives: hits, and what there is to know of all matches together. Texts, marks and snippets are made when
they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from newsearch.article import Article
from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation.sets import NONE, union
from newsearch.finding import Documents
from newsearch.index.reader import Reader
from newsearch.marking import mark
from newsearch.query import Piece
from newsearch.snippets import Marked, Snippet, merged, snippet
from newsearch.terms.segment import Segmenter

if TYPE_CHECKING:
    from newsearch.search import Searcher


class Hit:
    """An article that was found. Its text is read when it is first asked for."""

    def __init__(
        self,
        reader: Reader,
        document: int,
        score: float,
        pieces: Sequence[Piece],
        segmenter: Segmenter,
        copies: Sequence[int] = (),
    ) -> None:
        self._reader = reader
        self.document = document
        self._pieces = pieces
        self._segmenter = segmenter
        self._copies = copies
        self.score = score

    def __repr__(self) -> str:
        return f"<Hit {self.id} {self.article.title!r} score={self.score:.3f}>"

    @cached_property
    def article(self) -> Article:
        return self._reader.article(self.document)

    @cached_property
    def id(self) -> str:
        return self._reader.id(self.document)

    @cached_property
    def copies(self) -> list[Article]:
        """Lower-ranked articles that are nearly the same, if copies were folded."""
        return [self._reader.article(document) for document in self._copies]

    @cached_property
    def _marks(self) -> tuple[list[Marked], list[Marked]]:
        return mark(self.article, self._pieces, self._segmenter)

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
        return (
            _facts(self.article)
            | {
                "score": round(self.score, 4),
                "snippet": self.snippet.text,
                "highlights": [list(span) for span in self.snippet.highlights],
                "title_highlights": [list(span) for span in self.title_highlights],
            }
            | _filled(copies=[_facts(copy) for copy in self.copies])
        )


def _facts(article: Article) -> dict[str, Any]:
    mapping = article.to_mapping()
    return {key: mapping[key] for key in ("id", "title", "date", "source", "section", "authors", "path", "url")}


@dataclass
class Results:
    """What a search found: `hits` are those of the page asked for, best first.

    `relaxed` is true if nothing had all that was asked for and these are the best partial matches. `took_ms` is the
    time until the hits were known. `facets` count all matches, for each facet asked for, by its values. `notes` say
    what was read in another way than its writer may have meant. If the time was up, `hits` are the best so far, and
    everything that is counted is counted among the matches known so far. `reranked` are the documents whose scores have
    to do with how close words stand.
    """

    query: str
    relaxed: bool = False
    took_ms: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    searcher: Searcher | None = field(default=None, repr=False)
    recent: bool = False
    reranked: frozenset[int] = field(default=frozenset(), repr=False)
    hits: list[Hit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    matches: Callable[[], Documents] = field(default=lambda: NONE, repr=False)
    advice: Callable[[], list[str]] = field(default=list, repr=False)
    deadline: Deadline = field(default=UNLIMITED, repr=False)

    @cached_property
    def _counted(self) -> tuple[Documents, bool]:
        """All matches, and whether the time was up by then."""
        self.deadline.resume()
        found = union([self.matches(), np.array(sorted(hit.document for hit in self.hits), np.uint32)])
        self.deadline.pause()
        return found, self.deadline.cut

    @property
    def documents(self) -> Documents:
        """All matches, as document numbers of the generation that was searched; found out when first asked for."""
        return self._counted[0]

    @property
    def timed_out(self) -> bool:
        """Whether there may be more matches, or better ones, because the time was up."""
        return self._counted[1]

    @property
    def total(self) -> int:
        """How many articles match."""
        return len(self.documents)

    @cached_property
    def suggestions(self) -> list[str]:
        """Queries near this one that find something, if it did not find all it asked for; found out when first asked
        for."""
        if self.timed_out:
            return []
        self.deadline.resume()
        offered = self.advice()
        self.deadline.pause()
        return offered

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
        } | _filled(notes=self.notes, suggestions=self.suggestions, facets=self.facets, timed_out=self.timed_out)


def _filled(**facts: Any) -> dict[str, Any]:
    """What JSON has only where there is something to say."""
    return {name: value for name, value in facts.items() if value}
