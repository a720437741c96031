"""Adding and removing articles: everything since the last commit becomes visible at once, or not at all.

New articles become segments (`segment_writer`); a replaced or removed article is marked in its segment's deletions. A
commit writes what is left, merges segments when there are many of one size (`merging`), then writes the manifest of the
next generation; until that has its name, readers see nothing and a crash leaves only files that nobody refers to, which
the next commit removes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import Any, cast
from zlib import crc32

import numpy as np

from newsearch.article import Article
from newsearch.errors import BadArticle, IndexDamaged, IndexIncompatible, IndexNotOpen, StorageFailed
from newsearch.index.lanes import Entry
from newsearch.index.manifest import FileEntry, Manifest, SegmentEntry, manifest_name, unreferenced
from newsearch.index.merging import segments_to_merge
from newsearch.index.new_files import NewFiles
from newsearch.index.parts import Part, Place, current
from newsearch.index.reader import Reader, open_afresh, open_or_new
from newsearch.index.segment_writer import SegmentWriter
from newsearch.index.storage import Storage
from newsearch.schema import ANALYZER
from newsearch.terms.dictionary import BUFFERS, Dictionary, default_dictionary, default_fingerprint

#: Characters of an article at most: what is stored of it, in up to 4 bytes each, must fit `LARGEST_RECORD`.
LONGEST_TEXT = 30_000_000


class Outcome(Enum):
    """What adding an article did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


class IndexWriter:
    """Writes one generation; `open_writer` makes it and holds the lock.

    `sources` is the caller's to change; `total` is the number of articles as of the last commit; `displaced` are pairs
    of files of which the second has an article now that was the first one's.
    """

    def __init__(self, storage: Storage, reader: Reader, jobs: int = 1) -> None:
        self._storage = storage
        self._reader = reader
        self._manifest = reader.manifest
        self._files = NewFiles(storage, reader.manifest.next_number)
        self._process = os.getpid()
        self._committed = [
            Part(entry.documents, entry, frozenset(np.flatnonzero(~live).tolist()))
            for entry, live in zip(reader.manifest.segments, reader.live_parts(), strict=True)
        ]
        self._parts = list(self._committed)
        self._unmerged: list[Part] = []
        self._places: dict[str, Place | None] = {}
        self._texts = reader.manifest.texts
        self._dictionary = reader.manifest.dictionary
        self._words: Callable[[], Dictionary] = cache(reader.dictionary)
        self._added_words: Callable[[], Mapping[str, int]] = reader.added_words
        self._fingerprint = reader.manifest.fingerprint
        self.sources = reader.sources()
        self.total = reader.count
        self.displaced: set[tuple[int, int]] = set()
        self._jobs = jobs
        self._segments = self._segment_writer(reader.texts_dictionary)
        self._failed = False

    def add(self, article: Article, source: int = 0) -> Outcome:
        """Adds an article that has an id, in place of the one with that id, if any.

        `source` is the number in `sources` of the file it comes from, 0 for none. Raises IndexIncompatible if the index
        was made with another word list than the one installed: queries are cut by the index's, and would miss words.
        Raises BadArticle for one that is too long to be read again.
        """
        if len(article.title) + len(article.body) > LONGEST_TEXT:
            raise BadArticle(f"an article has {LONGEST_TEXT:,} characters at most; cut it into several", "body")
        digest = article.digest()
        place = self._find(article.id)
        if place and (place.digest, place.source) == (digest, source):
            return Outcome.UNCHANGED
        if self._fingerprint not in ("", default_fingerprint()):
            raise IndexIncompatible(self._storage.folder, "dictionary", self._fingerprint, default_fingerprint())
        if place:
            place.part.dead.add(place.document)
            if place.source not in (0, source):
                self.displaced.add((place.source, source))
        with self._failing():
            part, document = self._segments.add(Entry(article, source, digest))
        self._places[article.id] = Place(part, document, digest, source)
        return Outcome.REPLACED if place else Outcome.ADDED

    def delete(self, article_id: str, source: int | None = None) -> bool:
        """Removes an article, with `source` only if it is that file's now; False if there is none of that id."""
        place = self._find(article_id)
        if place is None or source not in (None, place.source):
            return False
        place.part.dead.add(place.document)
        self._places[article_id] = None
        return True

    @property
    def dictionary(self) -> Dictionary:
        """What articles are cut by."""
        return self._words()

    @property
    def replaces_unreadable(self) -> bool:
        """Whether there was an index here that could not be read, so that nothing of its articles is known."""
        return self._manifest.generation > 0 and not self._manifest.fingerprint

    def use_dictionary(self, dictionary: Dictionary) -> None:
        """Has articles cut by this dictionary, and the next commit keep it. To be called before anything is added."""
        self._words, self._added_words, self._dictionary = lambda: dictionary, lambda: dictionary.added, None
        self._segments.dictionary, self._segments.added_words = self._words, self._added_words

    def was_committed(self, article_id: str) -> bool:
        """Whether an article of this id was there when the writer was opened, also after `start_over`."""
        return self._reader.find(article_id) is not None

    def ids_from(self, source: int) -> set[str]:
        """The ids of the committed articles that came from a file."""
        return {article.id for article in self.committed_articles(source)}

    def committed_articles(self, source: int) -> Iterator[Article]:
        """The committed articles that came from a file (0: from none), also after `start_over`."""
        for document in np.flatnonzero((self._reader.column("file") == source) & self._reader.live):
            yield self._reader.article(int(document))

    def start_over(self) -> None:
        """Forgets every article and file, and added words: the next commit holds only what is added from here on."""
        self._parts, self._committed, self._unmerged = [], [], []
        self._places = {}
        self.sources.clear()
        self._texts = None
        self._fingerprint = ""
        self._segments.close()  # its lanes know words, and a dictionary of stored texts, that there are no more
        self._segments = self._segment_writer(b"")
        self.use_dictionary(default_dictionary())

    def commit(self, complete: bool = True) -> Manifest:
        """Makes everything since the last commit visible, as a new generation unless nothing changed. May be called
        again and again. Unless what is being added is `complete`, its segments are not merged yet.

        Raises StorageFailed; the last generation then stays what it was (unless only the very last sync failed: then
        the new one may be there, whole), and this writer can commit no more.
        """
        if self._process != os.getpid():
            raise IndexNotOpen(self._storage.folder, "the writer belongs to the process that this one was forked from")
        if self._failed:
            cause = OSError("an earlier step failed")
            raise StorageFailed(self._storage.folder, "commit", cause, "open the index anew")
        with self._failing():
            return self._commit(complete)

    def _commit(self, complete: bool) -> Manifest:
        self._segments.end()
        self._dictionary = self._dictionary or self._write_dictionary()  # while other processes write segments
        waited = bool(self._unmerged)
        made = self._segments.finish()
        self._parts += made
        self._unmerged += made
        merged = self._merge(complete)
        self._texts = self._segments.texts or self._texts
        self.total = sum(part.alive for part in self._parts)
        changes = {
            "segments": tuple(self._settled(part) for part in self._parts if part.alive),
            "dictionary": self._dictionary,
            "sources": self._settled_sources(),
            "texts": self._texts,
            "analyzer": ANALYZER,
            "fingerprint": self._fingerprint or default_fingerprint(),
        }
        if any(getattr(self._manifest, name) != value for name, value in changes.items()):
            self._publish(changes)
            if waited and merged:
                # The generation before still has what was merged just now, and is kept: nobody has room for it twice.
                self._publish({})
        else:
            self._storage.sync_folder()  # whoever gave the generation its name may have died before syncing it
        self._files.committed()
        _tidy(self._storage, self._manifest)
        return self._manifest

    def _publish(self, changes: Mapping[str, Any]) -> None:
        manifest = self._manifest.successor(next_number=self._files.number, **changes)
        self._storage.publish(manifest_name(manifest.generation), manifest.encode())
        self._manifest = manifest

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Notes a failure: after one nobody knows what lanes and parts hold."""
        try:
            yield
        except Exception:
            self._failed = True
            raise

    def close(self) -> None:
        """Ends worker processes, and removes what was written for a commit that never came: if the disk is full, it
        must not stay so."""
        self._segments.close()
        if self._process == os.getpid():
            with suppress(StorageFailed, IndexDamaged, IndexIncompatible):  # the next commit cleans up
                self._files.remove_uncommitted()

    def _segment_writer(self, texts_dictionary: bytes) -> SegmentWriter:
        return SegmentWriter(self._storage, self._files, self._jobs, texts_dictionary, self._words, self._added_words)

    def _find(self, article_id: str) -> Place | None:
        if article_id in self._places:
            return current(self._places[article_id])
        document = self._reader.find(article_id) if self._committed else None
        if document is None:
            return None
        number = int(np.searchsorted(self._reader.bases, document, side="right")) - 1
        place = Place(
            self._committed[number],
            document - self._reader.bases[number],
            int(self._reader.column("digest")[document]),
            int(self._reader.column("file")[document]),
        )
        self._places[article_id] = place
        return current(place)

    def _merge(self, complete: bool) -> bool:
        """Makes few segments of many, so that every search meets few; returns whether there were too many."""
        before = self._parts
        while group := segments_to_merge(self._parts, self._unmerged, complete):
            place = self._parts.index(group[0])
            self._parts = [part for part in self._parts if part not in group]
            self._parts[place:place] = self._segments.merge(group)
            self._unmerged = []
        if complete:
            self._unmerged = []
        return self._parts is not before

    def _settled(self, part: Part) -> SegmentEntry:
        """The entry of a segment, with its deletions written."""
        entry = cast(SegmentEntry, part.entry)
        if not part.dead:
            return entry
        documents = np.array(sorted(part.gone), np.uint32)
        part.entry = replace(entry, deletions=self._files.write_columns("deletions", {"documents": documents}))
        part.died, part.dead = part.gone, set()
        return part.entry

    def _settled_sources(self) -> FileEntry:
        encoded = self.sources.encode()
        before = self._manifest.sources
        if before and (before.length, before.checksum) == (len(encoded), crc32(encoded)):
            return before
        return self._files.write("sources", "json", lambda file: file.write(encoded) and crc32(encoded))

    def _write_dictionary(self) -> FileEntry:
        parts = zip(BUFFERS, self.dictionary.tobuffers(), strict=False)
        return self._files.write_columns("dictionary", {name: np.frombuffer(b, np.uint8) for name, b in parts})


@contextmanager
def open_writer(storage: Storage, create: bool = True, jobs: int = 1, afresh: bool = False) -> Iterator[IndexWriter]:
    """The one writer of an index, holding its lock. With `create`, an absent or empty folder becomes an index.

    `jobs` processes share the work of large additions. What is not committed when the block ends is forgotten. A
    damaged or incompatible index is an error, but with `afresh` is replaced by what is written. Raises IndexLocked,
    NotAnIndex, StorageFailed and what opening a reader raises.
    """
    opened = open_afresh if afresh else open_or_new
    before = opened(storage)  # refuses a folder of something else before anything is made in it
    if create and not before.manifest.generation:
        storage.create_folder()
    with storage.lock():
        writer = IndexWriter(storage, opened(storage), jobs)
        try:
            yield writer
        finally:
            writer.close()


def _tidy(storage: Storage, manifest: Manifest) -> None:
    """Removes the files that neither this generation, the newest one, nor the one before it needs."""
    with suppress(StorageFailed):  # what is left is removed by the next commit
        for name in unreferenced(storage, manifest):
            storage.remove(name)
