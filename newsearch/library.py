"""The library's face: `newsearch.open` and the `Index` it returns. What builds is imported where it is used."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from newsearch import ranking
from newsearch.article import Article
from newsearch.deadline import SECONDS, Timeout, deadline_of
from newsearch.errors import ArticleNotFound, IndexDamaged, IndexLocked, IndexNotOpen, NotAnIndex
from newsearch.evaluation.sets import intersection
from newsearch.finding import Documents, Sort
from newsearch.index.reader import Reader, open_or_new, open_reader
from newsearch.index.storage import Storage
from newsearch.results import Hit, Results
from newsearch.search import Filters, Match, Searcher
from newsearch.stats import Stats, stats_of
from newsearch.synonyms import SynonymRules
from newsearch.terms.segment import DictionarySegmenter

# How long somebody else may take to make an index, in seconds, before who wants to make it too is told so.
_CREATING = 5.0

if TYPE_CHECKING:
    from newsearch.build import Words
    from newsearch.explain import Contribution, QueryExplanation
    from newsearch.explore.keywords import Keyword, Period, Trends
    from newsearch.incremental import Progress
    from newsearch.index.repair import RepairReport
    from newsearch.report import Report


class Index:
    """An index folder, open for searching and changing. Made by `newsearch.open`.

    Searching sees the generation that was newest when the index was opened, refreshed or changed through this object.
    Several threads may use one index; a forked process opens its own. What was found before `close` can still be read.
    Every method raises IndexNotOpen after `close` and in a process that was forked since the index was opened.
    """

    def __init__(self, storage: Storage, reader: Reader) -> None:
        self._storage = storage
        self._process = os.getpid()
        self._moving = Lock()
        self._searcher: Searcher | None = _searcher(reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return self._reader.count

    def __iter__(self) -> Iterator[Article]:
        return self._reader.articles()

    @property
    def folder(self) -> Path:
        return self._storage.folder

    @property
    def generation(self) -> int:
        return self._reader.manifest.generation

    def close(self) -> None:
        """Lets go of the files. Every change was committed when it was made."""
        self._searcher = None

    def refresh(self) -> bool:
        """Moves on to the newest generation; True if there was a newer one."""
        self._check_open()
        with self._moving:  # one after the other: none may end with what it read before another
            before = self.generation
            reader = open_or_new(self._storage)
            if self._searcher:  # else it was closed meanwhile
                self._searcher = _searcher(reader)
        return reader.manifest.generation != before

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        match: Match = "all",
        sort: Sort = "relevance",
        date_from: str | dt.date | None = None,
        date_to: str | dt.date | None = None,
        source: str | None = None,
        author: str | None = None,
        section: str | None = None,
        synonyms: SynonymRules | None = None,
        facets: Iterable[str] = (),
        recent: bool = False,
        fold_copies: bool = False,
        timeout: Timeout = SECONDS,
    ) -> Results:
        """Finds articles, best first. `limit` may be any size; `facets` (month, year, source, section, author) count
        all matches into `Results.facets`.

        `synonyms` are a file (see `newsearch.synonyms`), words with the forms that each also finds, or what
        `read_synonyms` made of a file, which saves reading it for every search.

        `recent` counts recent articles for more. `fold_copies` makes one hit of articles that are nearly the same; its
        `copies` are the others' ids.

        After `timeout` seconds of work (None: no limit) the best so far are returned, and `Results.timed_out` is true.

        Raises QueryError for a query or date that cannot be read, BadWordFile for such synonyms, ValueError for a
        negative limit, offset or timeout or an unknown facet.
        """
        filters = Filters(date_from, date_to, source, author, section)
        options: dict[str, Any] = {"filters": filters, "synonyms": synonyms, "facets": facets}
        options |= {"recent": recent, "fold_copies": fold_copies, "timeout": timeout}
        return self._now.search(query, limit=limit, offset=offset, match=match, sort=sort, **options)

    def explain(self, results: Results, hit: Hit) -> list[Contribution]:
        """What the score of a hit of these results is made of: contributions whose sum it is, the largest first."""
        from newsearch.explain import explain_score

        searcher, reranked = self._now, hit.document in results.reranked
        return explain_score(results.searcher or searcher, results.pieces, hit.document, results.recent, reranked)

    def explain_query(
        self, query: str, article_id: str | None = None, *, timeout: Timeout = SECONDS
    ) -> QueryExplanation:
        """How a query was read; with an id, also what it finds of that article and its score as a sum. If the `timeout`
        is over before all of that is known, `QueryExplanation.timed_out` is true.

        Raises QueryError, ArticleNotFound.
        """
        from newsearch.explain import explain_query

        searcher = self._now
        document = None if article_id is None else _document(searcher.reader, article_id)
        return explain_query(searcher, query, document, deadline_of(timeout))

    def similar(self, article_id: str, *, limit: int = 10, timeout: Timeout = SECONDS) -> Results:
        """Articles on the same story, best first; after the `timeout` the best so far, and `Results.timed_out` is true.
        `Results.total` counts no more than `limit`. Raises ArticleNotFound, ValueError for a negative limit."""
        from newsearch.explore.similar import similar

        searcher, deadline = self._now, deadline_of(timeout)
        return similar(searcher, _document(searcher.reader, article_id), limit, deadline)

    def suggest(self, prefix: str, *, limit: int = 10, timeout: Timeout = SECONDS) -> list[str]:
        """Words and phrases that begin with `prefix` or are read so in pinyin (xiangcun, xczx), those in most articles
        first; [] for a prefix without letters. After the `timeout` they are those found so far, as in `keywords`.
        Raises ValueError for a negative limit."""
        from newsearch.explore.suggest import suggest

        searcher, deadline = self._now, deadline_of(timeout)
        return suggest(searcher.reader, searcher.segmenter, prefix, limit, deadline)

    def keywords(
        self, query: str | None = None, *, id: str | None = None, limit: int = 20, timeout: Timeout = SECONDS
    ) -> list[Keyword]:
        """The key terms of what a query finds, of one article, or of the whole index, best first. After the `timeout`
        they are those of what was found so far; `Deadline.cut` of one that was given tells.

        Raises QueryError, ArticleNotFound, ValueError for both a query and an id or a negative limit.
        """
        from newsearch.explore.keywords import article_keywords, keywords

        searcher, deadline = self._now, deadline_of(timeout)
        if id is None:
            return keywords(searcher.reader, _documents(searcher, query, deadline), limit, deadline)
        if query is not None:
            raise ValueError("keywords are those of a query or of an article, not both")
        return article_keywords(searcher.reader, searcher.segmenter, _document(searcher.reader, id), limit, deadline)

    def trends(
        self, query: str | None = None, *, by: Period = "month", limit: int = 5, timeout: Timeout = SECONDS
    ) -> Trends:
        """The terms that stand out in each month or year of what a query finds, or of the whole index; `timeout` as in
        `keywords`.

        Raises QueryError, ValueError for a `by` that is neither or a negative limit.
        """
        from newsearch.explore.keywords import trends

        searcher, deadline = self._now, deadline_of(timeout)
        return trends(searcher.reader, _documents(searcher, query, deadline), by, limit, deadline)

    def export(
        self,
        query: str | None = None,
        *,
        date_from: str | dt.date | None = None,
        date_to: str | dt.date | None = None,
        source: str | None = None,
        author: str | None = None,
        section: str | None = None,
    ) -> Iterator[Article]:
        """The articles that have all that a query and filters ask for, or all there are, in order of the index; none is
        read before its turn. Raises QueryError, at once."""
        searcher = self._now
        allowed = Filters(date_from, date_to, source, author, section).documents(searcher.reader)
        found = _documents(searcher, query, None)
        chosen = found if allowed is None else intersection([found, allowed])
        return searcher.reader.articles(chosen)

    def get(self, article_id: str) -> Article:
        """The article with this id. Raises ArticleNotFound (a KeyError)."""
        reader = self._reader
        return reader.article(_document(reader, article_id))

    def copies(self, article_id: str) -> list[Article]:
        """The other articles that are nearly the same as this one, reprints of it or what it is a reprint of, by date.
        Raises ArticleNotFound."""
        reader = self._reader
        document = _document(reader, article_id)
        sketches = reader.column("sketch")
        same = ranking.alike(sketches, int(sketches[document])) & reader.live
        same[document] = False
        articles = map(reader.article, np.flatnonzero(same).tolist())
        return sorted(articles, key=lambda article: (article.date or dt.date.max, article.id))

    def add(self, articles: Iterable[Article | Mapping[str, Any]]) -> Report:
        """Adds articles, each in place of the one with its id, and commits when all are in.

        Returns the counts. Raises BadArticle (nothing is added then), IndexLocked, StorageFailed.
        """
        from newsearch.build import add_articles

        self._check_open()
        report = add_articles(self._storage, articles)
        self.refresh()
        return report

    def add_files(
        self,
        paths: Path | str | Iterable[Path | str],
        *,
        rebuild: bool = False,
        prune: bool = False,
        format: str | None = None,
        encoding: str | None = None,
        fields: Mapping[str, str] | None = None,
        limits: Mapping[str, int | str] | None = None,
        jobs: int | None = None,
        dictionary: Words | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """Brings the index up to date with files and folders, as `newsearch index` does: see
        `newsearch.build.index_files`."""
        from newsearch.build import index_files

        self._check_open()
        options = {"rebuild": rebuild, "prune": prune, "format": format, "encoding": encoding, "jobs": jobs}
        given: dict[str, Any] = options | {"fields": fields, "limits": limits, "dictionary": dictionary}
        report = index_files(self._storage, paths, progress=progress, **given)
        self.refresh()
        return report

    def add_words(self, words: Words) -> Report:
        """Adds words to the dictionary that articles and queries are cut by: a file in the format of jieba's user
        dictionaries (`word [frequency] [tag]`), or lines as in one.

        They change how articles rank that are added from then on, or all of them after a rebuild; what was found before
        is found still. Raises BadWordFile, IndexLocked, StorageFailed.
        """
        from newsearch.build import add_words

        self._check_open()
        report = add_words(self._storage, words)
        self.refresh()
        return report

    def delete(self, ids: Iterable[str]) -> list[str]:
        """Removes articles and commits; returns the ids that were there."""
        from newsearch.build import delete_articles

        self._check_open()
        removed = delete_articles(self._storage, ids)
        self.refresh()
        return removed

    def stats(self) -> Stats:
        """Counts and sizes; reads every article."""
        return stats_of(self._reader)

    def check(self, *, quick: bool = False) -> list[IndexDamaged]:
        """What is damaged, [] if nothing is: reads every byte, and then holds words, bigrams and columns to the stored
        texts, which takes as long as indexing them, unless it is to be `quick`. `newsearch.repair` mends it."""
        from newsearch.index.check import check_agreement

        damage = list(self._reader.check())
        return damage if damage or quick else list(check_agreement(self._reader))

    @property
    def _now(self) -> Searcher:
        """The generation in use. To be asked for once in a call: another thread may move on meanwhile."""
        if self._process != os.getpid():
            raise IndexNotOpen(self.folder, "it was opened by the process that this one was forked from")
        searcher = self._searcher
        if searcher is None:
            raise IndexNotOpen(self.folder, "it was closed")
        return searcher

    @property
    def _reader(self) -> Reader:
        return self._now.reader

    def _check_open(self) -> None:
        _ = self._now


def _searcher(reader: Reader) -> Searcher:
    return Searcher(reader, DictionarySegmenter(reader.dictionary()))


def _document(reader: Reader, article_id: str) -> int:
    document = reader.find(article_id)
    if document is None:
        raise ArticleNotFound(article_id)
    return document


def _documents(searcher: Searcher, query: str | None, timeout: Timeout) -> Documents:
    """What a query finds; all articles for None."""
    live = np.flatnonzero(searcher.reader.live).astype(np.uint32)
    return live if query is None else searcher.matches(query, deadline_of(timeout))


def open(folder: Path | str = "index", *, create: bool = False) -> Index:
    """Opens the index in a folder. With `create`, an absent or empty folder becomes an index without articles.

    Several processes may do so at once: one makes it, the others get what it made.

    Raises NotAnIndex if there is none, IndexDamaged, IndexIncompatible, StorageFailed, IndexLocked if another process
    makes one there and has nothing to show for it within 5 seconds.
    """
    storage = Storage(folder)
    reader = open_reader(storage)
    if reader is None:
        if not create:
            raise _no_index(folder)
        reader = _created(storage)
    return Index(storage, reader)


def _created(storage: Storage) -> Reader:
    """A reader of a new index, or of the one that somebody else is just making. Raises IndexLocked for who takes
    longer over it."""
    from newsearch.index.writer import open_writer

    deadline = time.monotonic() + _CREATING
    while True:
        try:
            with open_writer(storage) as writer:
                writer.commit()
        except IndexLocked:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        if reader := open_reader(storage):
            return reader


def check(folder: Path | str = "index", *, quick: bool = False) -> list[IndexDamaged]:
    """What is damaged in the index in a folder, also in one that cannot be opened: see `Index.check`.

    Raises NotAnIndex, IndexIncompatible, StorageFailed.
    """
    from newsearch.index.check import check_folder

    damage = check_folder(Storage(folder), quick)
    if damage is None:
        raise _no_index(folder)
    return damage


def repair(folder: Path | str = "index", *, quick: bool = False) -> RepairReport:
    """Makes a damaged index intact, as its next generation, with every article that is intact; says what is lost, and
    which files the next `newsearch index` reads again for it. An intact index stays as it is.

    Raises NotAnIndex, IndexIncompatible, IndexLocked, StorageFailed; the index is then what it was.
    """
    from newsearch.index.repair import repair

    return repair(Storage(folder), quick)


def _no_index(folder: Path | str) -> NotAnIndex:
    return NotAnIndex(folder, f"there is no index in {folder}", "build one with `newsearch index PATH`")
