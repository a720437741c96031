"""Adding and removing articles: everything since the last commit becomes visible at once, or not at all.

New articles gather in a builder and go to a segment file when there are enough; a replaced or removed article is
marked in its segment's deletions. A commit writes what is left, then the manifest of the next generation; until that
has its name, readers see nothing and a crash leaves only files that nobody refers to, which the next commit removes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, BinaryIO, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.codec.columns import write_columns
from newsearch.codec.postings import BODY, LEAD, TITLE
from newsearch.codec.segment import MOST_DOCUMENTS, SegmentBuilder
from newsearch.index.manifest import FileEntry, Manifest, SegmentEntry, manifest_name, unreferenced
from newsearch.index.reader import Reader, open_reader
from newsearch.index.storage import Storage
from newsearch.schema import ANALYZER, article_terms, date_number, encode_article
from newsearch.terms.bigrams import bigram_keys
from newsearch.terms.dictionary import default_dictionary
from newsearch.terms.segment import BulkSegmenter, Segmenter

# Characters of text that a builder holds before it becomes a segment; about a hundred times that in bytes of memory.
_SEGMENT_CHARACTERS = 8_000_000
# Articles whose bigrams are cut in one go.
_BIGRAM_BATCH = 512


class Outcome(Enum):
    """What adding an article did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class _Part:
    """A segment as the writer sees it. `entry` is None while it is still in the builder; `dead` are the documents
    that died since the last commit, `died` those before."""

    entry: SegmentEntry | None = None
    died: frozenset[int] = frozenset()
    dead: set[int] = field(default_factory=set)


class _Place(NamedTuple):
    """Where an article is, and what it is known by."""

    part: _Part
    document: int
    digest: int
    source: int


class IndexWriter:
    """Writes one generation; `open_writer` makes it and holds the lock.

    `sources` is the caller's to change; `total` is the number of articles as of the last commit.
    """

    def __init__(self, storage: Storage, reader: Reader) -> None:
        self._storage = storage
        self._reader = reader
        self._manifest = reader.manifest
        self._number = reader.manifest.next_number
        self._committed = [
            _Part(entry, frozenset(np.flatnonzero(~reader.live[base : base + entry.documents]).tolist()))
            for base, entry in zip(reader.bases, reader.manifest.segments, strict=True)
        ]
        self._parts = list(self._committed)
        self._places: dict[str, _Place | None] = {}
        self._segmenter: Segmenter | None = None
        self.sources = reader.sources()
        self.total = reader.count
        self._start_builder()

    def add(self, article: Article, source: int = 0) -> Outcome:
        """Adds an article that has an id, in place of the one with that id, if any.

        `source` is the number in `sources` of the file it comes from, 0 for none.
        """
        digest = article.digest()
        place = self._find(article.id)
        if place and (place.digest, place.source) == (digest, source):
            return Outcome.UNCHANGED
        if place:
            place.part.dead.add(place.document)
        document = self._add_to_builder(article, digest, source)
        self._places[article.id] = _Place(self._building, document, digest, source)
        if self._characters >= _SEGMENT_CHARACTERS or len(self._builder) == MOST_DOCUMENTS:
            self._flush()
        return Outcome.REPLACED if place else Outcome.ADDED

    def delete(self, article_id: str) -> bool:
        """Removes an article; False if there is none of that id."""
        place = self._find(article_id)
        if place is None:
            return False
        place.part.dead.add(place.document)
        self._places[article_id] = None
        return True

    def ids_from(self, source: int) -> set[str]:
        """The ids of the committed articles that came from a file."""
        documents = np.flatnonzero((self._reader.column("file") == source) & self._reader.live)
        return {self._reader.article(int(document)).id for document in documents}

    def committed_articles(self, source: int) -> Iterator[Article]:
        """The committed articles that came from a file (0: from none), also after `start_over`."""
        for document in np.flatnonzero((self._reader.column("file") == source) & self._reader.live):
            yield self._reader.article(int(document))

    def start_over(self) -> None:
        """Forgets every article and file: the next commit holds only what is added from here on."""
        self._parts, self._committed = [], []
        self._places = {}
        self.sources.clear()
        self._start_builder()

    def commit(self) -> Manifest:
        """Makes everything since the last commit visible, as a new generation unless nothing changed.

        Raises StorageFailed; the last generation then stays what it was.
        """
        self._flush()
        self.total = sum(part.entry.documents - len(part.died | part.dead) for part in self._parts if part.entry)
        segments = tuple(entry for entry in map(self._settled, self._parts) if entry)
        dictionary = self._manifest.dictionary or self._write_dictionary()
        encoded = self.sources.encode()
        sources = self._manifest.sources
        if sources is None or (sources.length, sources.checksum) != (len(encoded), crc32(encoded)):
            sources = self._write("sources", "json", lambda file: file.write(encoded) and crc32(encoded))
        changes = {"segments": segments, "dictionary": dictionary, "sources": sources, "analyzer": ANALYZER}
        if all(getattr(self._manifest, name) == value for name, value in changes.items()):
            return self._manifest
        manifest = self._manifest.successor(next_number=self._number, **changes)
        self._storage.publish(manifest_name(manifest.generation), manifest.encode())
        for name in unreferenced(self._storage, manifest):
            self._storage.remove(name)
        self._manifest = manifest
        return manifest

    def _find(self, article_id: str) -> _Place | None:
        if article_id in self._places:
            return self._places[article_id]
        document = self._reader.find(article_id) if self._committed else None
        if document is None:
            return None
        number = int(np.searchsorted(self._reader.bases, document, side="right")) - 1
        place = _Place(
            self._committed[number],
            document - self._reader.bases[number],
            int(self._reader.column("digest")[document]),
            int(self._reader.column("file")[document]),
        )
        self._places[article_id] = place
        return place

    def _start_builder(self) -> None:
        self._builder = SegmentBuilder()
        self._building = _Part()
        self._characters = 0
        self._views: list[str] = []
        self._view_places: list[tuple[int, int, int]] = []

    def _add_to_builder(self, article: Article, digest: int, source: int) -> int:
        if self._segmenter is None:
            self._segmenter = BulkSegmenter()
        terms = article_terms(article, self._segmenter)
        columns = {
            "title_length": len(terms.title),
            "lead_length": len(terms.lead),
            "body_length": len(terms.body),
            "date": date_number(article.date),
            "digest": digest,
            "file": source,
        }
        fields = (terms.title + terms.keywords, terms.lead, terms.body)
        document = self._builder.add(fields, encode_article(article), columns)
        self._views += terms.views
        self._view_places += [(document, TITLE, 0), (document, LEAD, terms.lead_end)]
        self._characters += sum(map(len, terms.views))
        if len(self._views) >= 2 * _BIGRAM_BATCH:
            self._cut_bigrams()
        return document

    def _cut_bigrams(self) -> None:
        if not self._views:
            return
        keys, numbers, positions = bigram_keys(self._views)
        documents, fields, lead_ends = np.array(self._view_places, np.int64)[numbers].T
        fields = np.where((fields == LEAD) & (positions >= lead_ends), BODY, fields)
        self._builder.add_bigrams(keys, documents, fields)
        self._views, self._view_places = [], []

    def _flush(self) -> None:
        """Writes the builder's articles to a segment file."""
        self._cut_bigrams()
        part = self._building
        if len(part.dead) < len(self._builder):
            entry = self._write("segment", "columns", self._builder.write)
            part.entry = SegmentEntry(entry, len(self._builder))
            self._parts.append(part)
        self._start_builder()

    def _settled(self, part: _Part) -> SegmentEntry | None:
        """The entry of a segment with its deletions written; None if nothing in it is alive."""
        entry = part.entry
        if entry is None:
            return None
        died = part.died | part.dead
        if len(died) == entry.documents:
            return None
        if not part.dead:
            return entry
        documents = np.array(sorted(died), np.uint32)
        written = self._write("deletions", "columns", _filling({"documents": documents}))
        return replace(entry, deletions=written)

    def _write_dictionary(self) -> FileEntry:
        trie, frequencies = (np.frombuffer(part, np.uint8) for part in default_dictionary().tobuffers())
        return self._write("dictionary", "columns", _filling({"trie": trie, "frequencies": frequencies}))

    def _write(self, kind: str, suffix: str, fill: Callable[[BinaryIO], int]) -> FileEntry:
        """Writes a new file of the index; `fill` returns its checksum."""
        name = f"{kind}-{self._number:010}.{suffix}"
        self._number += 1
        # Left behind by a writer that died before its commit; no manifest names it.
        self._storage.remove(name)
        checksum = self._storage.write(name, fill)
        return FileEntry(name, self._storage.size(name), checksum)


def _filling(columns: dict[str, NDArray[Any]]) -> Callable[[BinaryIO], int]:
    return lambda file: write_columns(file, columns, {})


@contextmanager
def open_writer(storage: Storage, create: bool = True) -> Iterator[IndexWriter]:
    """The one writer of an index, holding its lock. With `create`, an absent or empty folder becomes an index.

    What is not committed when the block ends is forgotten. Raises IndexLocked, NotAnIndex, StorageFailed and what
    opening a reader raises.
    """
    storage.names()  # a file in place of the folder is refused before anything is made
    if create:
        storage.create_folder()
    open_or_new(storage)  # refuses a folder of something else before a lock file appears in it
    with storage.lock():
        yield IndexWriter(storage, open_or_new(storage))


def open_or_new(storage: Storage) -> Reader:
    """A reader of the newest generation, or of an index without articles."""
    return open_reader(storage) or Reader(storage, Manifest(analyzer=ANALYZER))
