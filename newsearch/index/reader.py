"""One generation of the index, as a whole: segments and deletions end here.

Documents are numbered through all segments, deleted ones are left out of every answer, and postings come as numpy
arrays. A reader keeps the generation it opened, whatever a writer does meanwhile.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsearch import ranking
from newsearch.article import Article
from newsearch.codec.columns import ColumnFile
from newsearch.codec.segment import Postings
from newsearch.deadline import UNLIMITED, Deadline
from newsearch.errors import IndexDamaged, IndexIncompatible
from newsearch.index.manifest import LOOKS, FileEntry, Manifest, last_numbers, read_manifest
from newsearch.index.opening import (
    check_dates,
    decode_sources,
    deleted_documents,
    dictionary_of,
    open_columns,
    present,
    segment_of,
    texts_of,
)
from newsearch.index.reference import drift
from newsearch.index.sources import SourceTable
from newsearch.index.storage import Storage
from newsearch.index.tables import TermTables
from newsearch.index.terms import NO_DOCUMENTS, Documents, TermCache, TermPostings
from newsearch.schema import (
    ANALYZER,
    ENCODING,
    KEYWORD_MARK,
    NO_ARTICLE,
    ArticleViews,
    decode_article,
    id_term,
    keyword_term,
    stored_texts,
)
from newsearch.terms.dictionary import Dictionary, default_dictionary
from newsearch.terms.fold import view
from newsearch.terms.near import is_near
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import RUN_END, bigram_key

_ID_PREFIX = id_term("")
# Articles whose text is kept: those that were looked at are likely to be shown.
_KEPT = 64
# Answers about words near each other that are kept: those that are shown are counted too.
_ANSWERS = 4096
# Characters of which it is kept where they stand.
_CHARACTERS = 64
# Bytes of the files that are mapped at a time, about.
_MAPPED = 192 << 20
_KINDS = {False: "bigram", True: "title"}


class Reader:
    """Answers the questions of evaluation, ranking and the faces about one generation.

    Document numbers are uint32 below `size`; arrays of documents are ascending and hold each once. Damaged bytes
    raise IndexDamaged, naming file and offset, whichever method meets them.
    """

    def __init__(self, storage: Storage, manifest: Manifest) -> None:
        self.storage = storage
        self.manifest = manifest
        # Every file is mapped now: a writer may remove it while this reader goes on.
        entries = [entry for entry in manifest.files() if entry != manifest.sources]
        self._files = {entry.name: open_columns(storage, entry) for entry in entries}
        self._sources = present(storage, manifest.sources, storage.read) if manifest.sources else b""
        texts = manifest.texts
        self.texts_dictionary = texts_of(self._files[texts.name]) if texts else b""
        self.segments = [
            segment_of(self._files[entry.file.name], self.texts_dictionary, entry.documents)
            for entry in manifest.segments
        ]
        sizes = [segment.documents for segment in self.segments]
        self.bases = [sum(sizes[:place]) for place in range(len(sizes))]
        self.size = sum(sizes)
        self.live = np.ones(self.size, np.bool_)
        for base, entry in zip(self.bases, manifest.segments, strict=True):
            if entry.deletions:
                deleted = deleted_documents(self._files[entry.deletions.name], entry.documents)
                self.live[base + deleted.astype(np.int64)] = False
        self.count = int(self.live.sum())
        self._columns: dict[str, NDArray[Any]] = {}
        self._cache = TermCache()
        self._stored = lru_cache(_KEPT)(self._read_stored)
        self._near: dict[tuple[int, str, tuple[str, ...], int], bool] = {}
        self._standing = lru_cache(_CHARACTERS)(self._find_character)
        #: Title and body of a document as they were written.
        self.texts = lru_cache(_KEPT)(self._read_texts)

    @cached_property
    def lengths(self) -> ranking.Lengths:
        """The lengths of titles and bodies in words, by document."""
        return ranking.Lengths(self.column("title_length"), self.column("body_length"))

    @cached_property
    def averages(self) -> ranking.Averages:
        """The average lengths of live documents: deletions leave no trace in scores."""
        if self.count == self.size:
            return ranking.averages(self.lengths)
        return ranking.averages(ranking.Lengths(*(length[self.live] for length in self.lengths)))

    @cached_property
    def drifts(self) -> dict[int, float | None]:
        """By the base of each segment, how much stronger than by its own reference a word can be."""
        return {base: drift(segment, self.averages) for base, segment in zip(self.bases, self.segments, strict=True)}

    def breathe(self) -> None:
        """Lets go of what reading has mapped, if it is much: the pages stay in the system's cache, but count as this
        process's memory no longer."""
        if sum(file.touched for file in self._files.values()) < _MAPPED:
            return
        for file in self._files.values():
            file.let_go()

    def live_parts(self) -> list[NDArray[np.bool_]]:
        """Which documents are live, segment by segment."""
        return np.split(self.live, self.bases[1:]) if self.bases else []

    # Postings

    def word(self, term: str) -> TermPostings:
        """The postings of a word."""
        return self._cache.get("word", term, lambda word: self._joined([part.word(word) for part in self.segments]))

    def bigram(self, pair: str, title: bool = False) -> TermPostings:
        """The documents in which a bigram (two characters) stands, or in whose title it does; no frequencies."""
        kind = _KINDS[title]

        def find(pair: str) -> TermPostings:
            key = bigram_key(pair)
            return self._joined([part.bigram(key, kind) for part in self.segments])

        return self._cache.get(kind, pair, find)

    def character(self, character: str, title: bool = False) -> Documents:
        """The documents in whose title or body, or title alone, a letter, digit or Han character stands."""
        if not self.segments:
            return NO_DOCUMENTS
        standing = np.unpackbits(self._standing(character, title), count=self.size).view(np.bool_)
        return np.flatnonzero(standing & self.live).astype(np.uint32)

    def _find_character(self, character: str, title: bool) -> NDArray[np.uint8]:
        """Where a character stands, a bit for each document: it takes long to find out, and little to keep."""
        return np.packbits(
            np.concatenate([segment.character(ord(character), _KINDS[title]) for segment in self.segments])
        )

    def keyword(self, field: str, value: str) -> Documents:
        """The documents whose keyword field has this value, folded."""
        return self.word(keyword_term(field, value)).docs

    def words(self, prefix: str = "") -> Iterator[str]:
        """The words that begin with a prefix, once for each segment that has them, those of deleted documents too."""
        return (word for segment in self.segments for word in segment.terms(prefix) if KEYWORD_MARK not in word)

    def words_around(self, part: str) -> Iterator[str]:
        """The words that have a string in them, as in `words`. The first call reads every word: 0.5 µs each."""
        every = self._every_word
        at = every.find(part)
        while at >= 0:
            end = every.index("\n", at)
            yield every[every.rindex("\n", 0, at) + 1 : end]
            at = every.find(part, end)

    @cached_property
    def _every_word(self) -> str:
        """The words, each between line ends: one string takes a tenth of what a list of them would."""
        return "\n".join(("", *self.words(), ""))

    def known_words(self, words: Collection[str]) -> set[str]:
        """Those of `words` that are in the index: for many that are not, without opening postings."""
        return {word for segment in self.segments for word in segment.known(words)}

    def characters(self) -> set[str]:
        """Every letter, digit and Han character that stands in an article."""
        return {character for segment in self.segments for character in segment.characters()} - {RUN_END}

    @cached_property
    def tables(self) -> TermTables:
        """Words, bigrams and keyword values as whole tables."""
        return TermTables(self.segments, self.bases)

    def find(self, article_id: str) -> int | None:
        """The document of an article, None if there is none."""
        docs = self.word(id_term(article_id)).docs
        return int(docs[0]) if len(docs) else None

    # Documents

    def column(self, name: str) -> NDArray[Any]:
        """A document column over all documents, deleted ones included."""
        if name not in self._columns:
            parts = [segment.column(name) for segment in self.segments]
            if name == "date":
                for segment, dates in zip(self.segments, parts, strict=True):
                    check_dates(segment, dates)
            self._columns[name] = np.concatenate(parts) if parts else np.zeros(0, np.uint32)
        return self._columns[name]

    def id(self, document: int) -> str:
        """The id of a document's article, without reading the article."""
        place = self._segment_of(document)
        segment = self.segments[place]
        ordinal = int(segment.column("id")[document - self.bases[place]])
        return segment.term(ordinal).removeprefix(_ID_PREFIX)

    def article(self, document: int) -> Article:
        try:
            return decode_article(self._stored(document))
        except NO_ARTICLE:
            raise self._no_article(document) from None

    def articles(self, documents: Documents | None = None) -> Iterator[Article]:
        """The articles of some documents in their order, or every live one; in bounded memory."""
        for count, document in enumerate((np.flatnonzero(self.live) if documents is None else documents).tolist()):
            yield self.article(document)
            if count % _KEPT == 0:
                self.breathe()

    def views(self, document: int) -> ArticleViews:
        """Title and body of a document as they are matched."""
        title, body = self.texts(document)
        return ArticleViews(view(title), view(body))

    def stands(self, string: str, document: int, field: str) -> bool:
        """Whether a string stands in title, body or either (text) of a document as it was written."""
        title, body = self.texts(document)
        return (field != "body" and string in title) or (field != "title" and string in body)

    def near(
        self, document: int, field: str, words: Sequence[str], most: int, deadline: Deadline = UNLIMITED
    ) -> bool:
        """Whether words stand in this order in title, body or either (text) of a document, with at most so many others
        between them in all: see `newsearch.terms.near`. Raises TimeUp if the time is up in a long text."""
        question = (document, field, tuple(words), most)
        answer = self._near.get(question)
        if answer is None:
            title, body = self.texts(document)
            texts = {"text": (title, body), "title": (title,), "body": (body,)}[field]
            answer = any(is_near(view(text).text, words, most, self._cut, deadline) for text in texts)
            if len(self._near) >= _ANSWERS:
                self._near.clear()
            self._near[question] = answer
        return answer

    @cached_property
    def _cut(self) -> Callable[[str], list[str]]:
        return lru_cache(maxsize=1 << 16)(DictionarySegmenter(self.dictionary()).words)

    def _segment_of(self, document: int) -> int:
        return bisect_right(self.bases, document) - 1

    def _read_texts(self, document: int) -> tuple[str, str]:
        try:
            title, body = stored_texts(self._stored(document))
            return title.decode(ENCODING), body.decode(ENCODING)
        except NO_ARTICLE:
            raise self._no_article(document) from None

    def _no_article(self, document: int) -> IndexDamaged:
        place = self._segment_of(document)
        number = document - self.bases[place]
        return self.segments[place].file.damaged("stored.frames", f"has a document {number} that is no article")

    def _read_stored(self, document: int) -> bytes:
        place = self._segment_of(document)
        return self.segments[place].stored(document - self.bases[place])

    # The rest of the generation

    def sources(self) -> SourceTable:
        """The files this generation was read from."""
        return decode_sources(self.storage, self.manifest, self._sources)

    def dictionary(self) -> Dictionary:
        """The dictionary the index was built with, and the words added to it since."""
        return self._dictionary

    def added_words(self) -> Mapping[str, int]:
        """The words that were added to the dictionary. An index that has none yet need not read jieba's for that."""
        return self.dictionary().added if self.manifest.dictionary else {}

    @cached_property
    def _dictionary(self) -> Dictionary:
        entry = self.manifest.dictionary
        return dictionary_of(self._files[entry.name]) if entry else default_dictionary()

    def files(self) -> Iterator[tuple[FileEntry, ColumnFile | None]]:
        """The files of the generation, as they were opened; None for that of the sources."""
        return ((entry, self._files.get(entry.name)) for entry in self.manifest.files())

    def check(self) -> Iterator[IndexDamaged]:
        """Reads every byte of the generation; yields what is damaged, and what is missing if it is the newest one."""
        newest = read_manifest(self.storage)
        there = self.storage.names() if newest and newest.generation == self.manifest.generation else None
        for entry, file in self.files():
            if there is not None and entry.name not in there:
                yield IndexDamaged(self.storage.folder, entry.name, 0, "the file is missing")
            elif file is not None:
                yield from file.damaged_blocks()
            else:
                try:
                    self.sources()
                except IndexDamaged as damage:
                    yield damage

    def bytes_on_disk(self) -> int:
        return sum(entry.length for entry in self.manifest.files())

    def _joined(self, parts: Sequence[Postings | None]) -> TermPostings:
        found = [(base, part) for base, part in zip(self.bases, parts, strict=True) if part]
        return TermPostings(self, found)


def open_reader(storage: Storage, looks: int = LOOKS) -> Reader | None:
    """A reader of the newest generation, None if the folder holds no index yet; a writer that moves on meanwhile is
    followed so many `looks` long.

    Raises NotAnIndex, IndexIncompatible, IndexDamaged, StorageFailed.
    """
    manifest = read_manifest(storage)
    if manifest is None:
        return None
    if manifest.analyzer != ANALYZER:
        raise IndexIncompatible(storage.folder, "analyzer", repr(manifest.analyzer[:80]), repr(ANALYZER))
    try:
        return Reader(storage, manifest)
    except IndexDamaged:
        # A writer may have moved on by two generations meanwhile and removed files; if not, it is real.
        newest = read_manifest(storage)
        if newest is None or newest.generation == manifest.generation or looks == 1:
            raise
    return open_reader(storage, looks - 1)


def open_or_new(storage: Storage) -> Reader:
    """A reader of the newest generation, or of an index without articles."""
    return open_reader(storage) or Reader(storage, Manifest(analyzer=ANALYZER))


def open_afresh(storage: Storage) -> Reader:
    """Like `open_or_new`, but an index that cannot be read counts as one without articles, in its generation."""
    try:
        return open_or_new(storage)
    except (IndexDamaged, IndexIncompatible):
        generation, number = last_numbers(storage)
        kept = _readable_dictionary(storage)
        return Reader(storage, Manifest(generation, number + 1, dictionary=kept, analyzer=ANALYZER))


def _readable_dictionary(storage: Storage) -> FileEntry | None:
    """The dictionary of an index that cannot be read as a whole; None if that is lost too."""
    try:
        manifest = read_manifest(storage)
        if manifest and manifest.dictionary:
            open_columns(storage, manifest.dictionary)
            return manifest.dictionary
    except (IndexDamaged, IndexIncompatible):
        pass
    return None
