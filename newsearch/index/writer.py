"""Adding and removing articles: everything since the last commit becomes visible at once, or not at all.

New articles go in batches to lanes, which make segment files of them; a replaced or removed article is marked in its
segment's deletions. A commit writes what is left, merges segments when there are many of one size, then writes the
manifest of the next generation; until that has its name, readers see nothing and a crash leaves only files that nobody
refers to, which the next commit removes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, BinaryIO, NamedTuple, cast
from zlib import crc32

import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.codec.builder import MOST_DOCUMENTS
from newsearch.codec.columns import write_columns
from newsearch.errors import BadArticle, IndexDamaged, IndexIncompatible, IndexNotOpen, StorageFailed
from newsearch.index.lanes import Entry, Lane, LocalLane, MergeSource, ProcessLane
from newsearch.index.manifest import (
    FileEntry,
    Manifest,
    SegmentEntry,
    last_numbers,
    manifest_name,
    read_manifest,
    unreferenced,
)
from newsearch.index.opening import open_columns
from newsearch.index.reader import Reader, open_or_new
from newsearch.index.storage import Storage
from newsearch.schema import ANALYZER, encode_article
from newsearch.terms.bulk import EachRun
from newsearch.terms.dictionary import BUFFERS, Dictionary, default_dictionary, default_fingerprint
from newsearch.terms.segment import DictionarySegmenter

#: Characters of an article at most: what is stored of it, in up to 4 bytes each, must fit `LARGEST_RECORD`.
LONGEST_TEXT = 30_000_000
# Characters of text after which a lane's articles become a segment; about ten times that in bytes of memory.
_SEGMENT_CHARACTERS = 32_000_000
# Articles that a lane takes at a time.
_BATCH = 256
# From this many articles on, other processes are worth their start.
_PARALLEL_FROM = 3000
# Articles from which the compression dictionary of the stored texts is made, and its size in bytes.
_TEXTS_SAMPLE = 2000
_TEXTS_BYTES = 256 * 1024
# This many segments of about one size become one.
_MERGE_FROM = 4
_SMALLEST_TIER = 4096
# Up to this many articles are cut with the dictionary at hand: making arrays of it would take longer.
_FEW = 64


class Outcome(Enum):
    """What adding an article did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(slots=True, eq=False)
class _Part:
    """A segment as the writer sees it. `entry` is None until the file called `name` is there; `dead` are the documents
    that died since the last commit, `died` those before. Once it is `merged_into` another, `targets` are its
    documents' numbers there."""

    documents: int = 0
    entry: SegmentEntry | None = None
    died: frozenset[int] = frozenset()
    dead: set[int] = field(default_factory=set)
    name: str = ""
    merged_into: _Part | None = None
    targets: NDArray[np.int64] | None = None

    @property
    def gone(self) -> frozenset[int]:
        return self.died | self.dead

    @property
    def alive(self) -> int:
        return self.documents - len(self.gone)


@dataclass(slots=True)
class _Seat:
    """A lane, the segment it is working on, how much text that has, and what waits until the lane is there."""

    part: _Part = field(default_factory=_Part)
    characters: int = 0
    waiting: list[list[Entry]] = field(default_factory=list)
    lane: Lane | None = None


class _Place(NamedTuple):
    """Where an article is, and what it is known by."""

    part: _Part
    document: int
    digest: int
    source: int


class IndexWriter:
    """Writes one generation; `open_writer` makes it and holds the lock.

    `sources` is the caller's to change; `total` is the number of articles as of the last commit; `displaced` are pairs
    of files of which the second has an article now that was the first one's.
    """

    def __init__(self, storage: Storage, reader: Reader, jobs: int = 1) -> None:
        self._storage = storage
        self._reader = reader
        self._manifest = reader.manifest
        self._number = reader.manifest.next_number
        self._uncommitted: set[str] = set()
        self._process = os.getpid()
        self._committed = [
            _Part(entry.documents, entry, frozenset(np.flatnonzero(~live).tolist()))
            for entry, live in zip(reader.manifest.segments, reader.live_parts(), strict=True)
        ]
        self._parts = list(self._committed)
        self._places: dict[str, _Place | None] = {}
        self._texts = reader.manifest.texts
        self._dictionary = reader.manifest.dictionary
        self._words: Dictionary | None = None
        self._fingerprint = reader.manifest.fingerprint
        self._texts_dictionary = reader.texts_dictionary
        self.sources = reader.sources()
        self.total = reader.count
        self.displaced: set[tuple[int, int]] = set()
        self._jobs = jobs
        self._seats = [_Seat() for _ in range(jobs)]
        self._turn = 0
        self._batch: list[Entry] = []
        self._added = 0
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
        seat = self._seats[self._turn]
        self._places[article.id] = _Place(seat.part, seat.part.documents, digest, source)
        seat.part.documents += 1
        seat.characters += len(article.title) + len(article.body)
        self._batch.append(Entry(article, source, digest))
        self._added += 1
        if len(self._batch) == _BATCH or seat.part.documents == MOST_DOCUMENTS:
            with self._failing():
                self._end_batch()
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
        if self._words is None:
            self._words = self._reader.dictionary()
        return self._words

    @property
    def replaces_unreadable(self) -> bool:
        """Whether there was an index here that could not be read, so that nothing of its articles is known."""
        return self._manifest.generation > 0 and not self._manifest.fingerprint

    def use_dictionary(self, dictionary: Dictionary) -> None:
        """Has articles cut by this dictionary, and the next commit keep it. To be called before anything is added."""
        self._words, self._dictionary = dictionary, None

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
        self._parts, self._committed = [], []
        self._places = {}
        self.sources.clear()
        self._texts, self._texts_dictionary = None, b""
        self.use_dictionary(default_dictionary())
        self._fingerprint = ""
        self._close_lanes()  # they know words, and a dictionary of stored texts, that there are no more
        self._seats = [_Seat() for _ in self._seats]
        self._batch = []

    def commit(self) -> Manifest:
        """Makes everything since the last commit visible, as a new generation unless nothing changed. May be called
        again and again.

        Raises StorageFailed; the last generation then stays what it was (unless only the very last sync failed: then
        the new one may be there, whole), and this writer can commit no more.
        """
        if self._process != os.getpid():
            raise IndexNotOpen(self._storage.folder, "the writer belongs to the process that this one was forked from")
        if self._failed:
            cause = OSError("an earlier step failed")
            raise StorageFailed(self._storage.folder, "commit", cause, "open the index anew")
        with self._failing():
            return self._commit()

    def _commit(self) -> Manifest:
        self._finish_lanes()
        self._merge()
        self.total = sum(part.alive for part in self._parts)
        self._dictionary = self._dictionary or self._write_dictionary()
        changes = {
            "segments": tuple(self._settled(part) for part in self._parts if part.alive),
            "dictionary": self._dictionary,
            "sources": self._settled_sources(),
            "texts": self._texts,
            "analyzer": ANALYZER,
            "fingerprint": self._fingerprint or default_fingerprint(),
        }
        if any(getattr(self._manifest, name) != value for name, value in changes.items()):
            manifest = self._manifest.successor(next_number=self._number, **changes)
            self._storage.publish(manifest_name(manifest.generation), manifest.encode())
            self._manifest = manifest
        elif self._manifest.generation:
            self._storage.sync_folder()  # whoever gave the generation its name may have died before syncing it
        self._uncommitted.clear()
        _tidy(self._storage, self._manifest)
        return self._manifest

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
        self._close_lanes()
        if self._process == os.getpid():
            with suppress(StorageFailed, IndexDamaged, IndexIncompatible):  # the next commit cleans up
                newest = read_manifest(self._storage)  # if the last sync failed, they are committed all the same
                committed = {entry.name for entry in newest.files()} if newest else set()
                for name in self._uncommitted - committed:
                    self._storage.remove(name)

    def _close_lanes(self) -> None:
        for seat in self._seats:
            if seat.lane:
                seat.lane.close()

    # Finding

    def _find(self, article_id: str) -> _Place | None:
        if article_id in self._places:
            return _current(self._places[article_id])
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
        return _current(place)

    # Building

    def _end_batch(self) -> None:
        """Gives the batch to the lane whose turn it is, and the turn to the next one."""
        seat = self._seats[self._turn]
        if seat.lane:
            seat.lane.add(self._batch)
        else:
            seat.waiting.append(self._batch)
        self._batch = []
        if seat.characters >= _SEGMENT_CHARACTERS or seat.part.documents == MOST_DOCUMENTS:
            self._flush(seat)
        self._turn = (self._turn + 1) % len(self._seats)
        if self._added >= _PARALLEL_FROM and not self._seats[0].lane:
            self._open_lanes()

    def _open_lanes(self) -> None:
        """Starts the lanes, and gives them what has waited."""
        waiting = [entry for seat in self._seats for batch in seat.waiting for entry in batch]
        if not self._texts_dictionary and len(waiting) >= _TEXTS_SAMPLE // 4:
            self._train(waiting[:: max(1, len(waiting) // _TEXTS_SAMPLE)])
        few = EachRun(DictionarySegmenter(self.dictionary)) if len(waiting) <= _FEW else None
        added = self.dictionary.added
        for seat in self._seats:
            if self._jobs > 1 and self._added >= _PARALLEL_FROM:
                seat.lane = ProcessLane(self._storage, self._texts_dictionary, added)
            else:
                seat.lane = LocalLane(self._storage, self._texts_dictionary, added, few)
            for batch in seat.waiting:
                seat.lane.add(batch)
            seat.waiting = []

    def _train(self, sample: Iterable[Entry]) -> None:
        """Makes the dictionary that the stored texts of this index are compressed with."""
        records: list[bytes | bytearray | memoryview[int]] = [encode_article(entry.article) for entry in sample]
        self._texts_dictionary = zstandard.train_dictionary(_TEXTS_BYTES, records).as_bytes()
        column = np.frombuffer(self._texts_dictionary, np.uint8)
        self._texts = self._write("texts", "columns", _filling({"dictionary": column}))

    def _flush(self, seat: _Seat) -> None:
        """Has the lane write its articles to a segment file."""
        if not seat.lane:
            self._open_lanes()
        lane = cast(Lane, seat.lane)
        part, seat.part, seat.characters = seat.part, _Part(), 0
        part.name = self._next_name("segment", "columns")
        lane.flush(part.name)
        self._parts.append(part)

    def _finish_lanes(self) -> None:
        """Ends all segments that are being built, and waits for their files."""
        if self._batch:
            self._end_batch()
        for seat in self._seats:
            if seat.part.documents:
                self._flush(seat)
        self._collect([part for part in self._parts if part.entry is None])

    # Committing

    def _merge(self) -> None:
        """Makes one segment of those of about one size where there are many, so that every search meets few."""
        tiers: dict[int, list[_Part]] = {}
        for part in self._parts:
            tiers.setdefault(_tier(part.alive), []).append(part)
        for tier in sorted(tiers):
            group = [part for part in tiers[tier] if part.alive]
            if len(group) >= _MERGE_FROM:
                place = self._parts.index(group[0])
                self._parts = [part for part in self._parts if part not in group]
                self._parts[place:place] = self._merged(group)
                self._merge()
                return

    def _merged(self, group: list[_Part]) -> list[_Part]:
        """One segment of several, or one for each lane that can share the work: fewer than there were, in any case."""
        if not self._seats[0].lane:
            self._open_lanes()
        share = max(2, -(-len(group) // len(self._seats)))
        merged = []
        for number, seat in enumerate(self._seats):
            mine = group[number * share : (number + 1) * share]
            if mine:
                part = _Part(sum(part.alive for part in mine), name=self._next_name("segment", "columns"))
                sources = [MergeSource(cast(SegmentEntry, part.entry).file, _live(part)) for part in mine]
                cast(Lane, seat.lane).merge(part.name, sources)
                merged.append(part)
                _redirect(mine, part, [source.live for source in sources])
        self._collect(merged)
        return merged

    def _collect(self, parts: Iterable[_Part]) -> None:
        """Waits for the files of segments that lanes are writing."""
        checksums: dict[str, int] = {}
        for seat in self._seats:
            if seat.lane:
                checksums |= seat.lane.finish()
        for part in parts:
            file = FileEntry(part.name, self._storage.size(part.name), checksums[part.name])
            part.entry = SegmentEntry(file, part.documents)

    def _settled(self, part: _Part) -> SegmentEntry:
        """The entry of a segment, with its deletions written."""
        entry = cast(SegmentEntry, part.entry)
        if not part.dead:
            return entry
        documents = np.array(sorted(part.gone), np.uint32)
        part.entry = replace(entry, deletions=self._write("deletions", "columns", _filling({"documents": documents})))
        part.died, part.dead = part.gone, set()
        return part.entry

    def _settled_sources(self) -> FileEntry:
        encoded = self.sources.encode()
        before = self._manifest.sources
        if before and (before.length, before.checksum) == (len(encoded), crc32(encoded)):
            return before
        return self._write("sources", "json", lambda file: file.write(encoded) and crc32(encoded))

    def _write_dictionary(self) -> FileEntry:
        parts = zip(BUFFERS, self.dictionary.tobuffers(), strict=False)
        return self._write("dictionary", "columns", _filling({name: np.frombuffer(b, np.uint8) for name, b in parts}))

    def _write(self, kind: str, suffix: str, fill: Callable[[BinaryIO], int]) -> FileEntry:
        """Writes a new file of the index; `fill` returns its checksum."""
        name = self._next_name(kind, suffix)
        checksum = self._storage.write(name, fill)
        return FileEntry(name, self._storage.size(name), checksum)

    def _next_name(self, kind: str, suffix: str) -> str:
        name = f"{kind}-{self._number:010}.{suffix}"
        self._number += 1
        # Left behind by a writer that died before its commit; no manifest names it.
        self._storage.remove(name)
        self._uncommitted.add(name)
        return name


def _redirect(merged: list[_Part], into: _Part, live: list[NDArray[np.bool_]]) -> None:
    base = 0
    for part, alive in zip(merged, live, strict=True):
        part.merged_into, part.targets = into, np.cumsum(alive) - 1 + base
        base += int(alive.sum())


def _current(place: _Place | None) -> _Place | None:
    """The place of an article after the segments that were merged since it was noted."""
    while place and place.part.merged_into is not None and place.part.targets is not None:
        document = int(place.part.targets[place.document])
        place = place._replace(part=place.part.merged_into, document=document)
    return place


def _tier(documents: int) -> int:
    """Segments of one tier differ by at most a factor of `_MERGE_FROM`."""
    tier = 0
    while documents > _SMALLEST_TIER:
        documents //= _MERGE_FROM
        tier += 1
    return tier


def _live(part: _Part) -> NDArray[np.bool_]:
    live = np.ones(part.documents, np.bool_)
    live[list(part.gone)] = False
    return live


def _filling(columns: dict[str, NDArray[Any]]) -> Callable[[BinaryIO], int]:
    return lambda file: write_columns(file, columns, {})


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
