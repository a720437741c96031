"""Articles → segment files: shared out among lanes, batch by batch and in turn.

A lane works in this process or in one of its own (`lanes`); how many there are and how much each gets before its
articles become a segment is decided here. Lanes are opened late: small additions need no other process, and the
compression dictionary of the stored texts is made from what was added first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import zstandard

from newsearch.codec.builder import MOST_DOCUMENTS
from newsearch.index.lanes import Entry, Lane, LocalLane, MergeSource, ProcessLane
from newsearch.index.manifest import FileEntry, SegmentEntry
from newsearch.index.merging import shares
from newsearch.index.new_files import NewFiles
from newsearch.index.parts import Part, redirect
from newsearch.index.storage import Storage
from newsearch.schema import encode_article
from newsearch.terms.bulk import EachRun
from newsearch.terms.dictionary import Dictionary
from newsearch.terms.segment import DictionarySegmenter

# Characters of text after which a lane's articles become a segment; about ten times that in bytes of memory.
_SEGMENT_CHARACTERS = 32_000_000
# Articles that a lane takes at a time.
_BATCH = 512
# From this many articles on, other processes are worth their start.
_PARALLEL_FROM = 3000
# Articles from which the compression dictionary of the stored texts is made, and its size in bytes.
_TEXTS_SAMPLE = 2000
_TEXTS_BYTES = 256 * 1024
# Up to this many articles are cut with the dictionary at hand: making arrays of it would take longer.
_FEW = 64


@dataclass(slots=True)
class _Seat:
    """A lane, the segment it is working on, how much text that has, and what waits until the lane is there."""

    part: Part = field(default_factory=Part)
    characters: int = 0
    waiting: list[list[Entry]] = field(default_factory=list)
    lane: Lane | None = None


class SegmentWriter:
    """Makes segments of articles, and one segment of several.

    `texts_dictionary` is what stored texts are compressed with, b"" if there is none yet; `texts` is its file if it was
    made here. `dictionary` gives what articles are cut by, and `added_words` those that are not jieba's, when the first
    are.
    """

    def __init__(
        self,
        storage: Storage,
        files: NewFiles,
        jobs: int,
        texts_dictionary: bytes,
        dictionary: Callable[[], Dictionary],
        added_words: Callable[[], Mapping[str, int]],
    ) -> None:
        self.texts: FileEntry | None = None
        self.dictionary = dictionary
        self.added_words = added_words
        self._storage = storage
        self._files = files
        self._jobs = jobs
        self._texts_dictionary = texts_dictionary
        self._seats = [_Seat() for _ in range(jobs)]
        self._turn = 0
        self._batch: list[Entry] = []
        self._added = 0
        self._flushed: list[Part] = []

    def add(self, entry: Entry) -> tuple[Part, int]:
        """Takes an article; returns the segment it will be in and its number there. What a lane raises leaves nothing
        that could be gone on with."""
        seat = self._seats[self._turn]
        part, document = seat.part, seat.part.documents
        part.documents += 1
        seat.characters += len(entry.article.title) + len(entry.article.body)
        self._batch.append(entry)
        self._added += 1
        if len(self._batch) == _BATCH or part.documents == MOST_DOCUMENTS:
            self._end_batch()
        return part, document

    def end(self) -> None:
        """Ends all segments that are being built, without waiting for their files."""
        if self._batch:
            self._end_batch()
        for seat in self._seats:
            if seat.part.documents:
                self._flush(seat)

    def finish(self) -> list[Part]:
        """Ends all segments that are being built, and waits for their files; returns those made since the last time."""
        self.end()
        made, self._flushed = self._flushed, []
        self._collect(made)
        return made

    def merge(self, group: Sequence[Part]) -> list[Part]:
        """One segment of several, or one for each lane that shares the work: fewer than there were, in any case, those
        of the group that stayed as they were included."""
        if not self._seats[0].lane:
            self._open_lanes()
        merged = []
        outcome = list(group)
        for number, mine in enumerate(shares(group, len(self._seats))):
            part = Part(sum(part.alive for part in mine), name=self._files.next_name("segment", "columns"))
            sources = [MergeSource(cast(SegmentEntry, part.entry).file, part.live()) for part in mine]
            cast(Lane, self._seats[number % len(self._seats)].lane).merge(part.name, sources)
            merged.append(part)
            redirect(mine, part, [source.live for source in sources])
            place = outcome.index(mine[0])
            outcome[place : place + len(mine)] = [part]
        self._collect(merged)
        return outcome

    def close(self) -> None:
        """Ends worker processes."""
        for seat in self._seats:
            if seat.lane:
                seat.lane.close()

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
        added_words = self.added_words()
        few = EachRun(DictionarySegmenter(self.dictionary())) if len(waiting) <= _FEW else None
        for seat in self._seats:
            if self._jobs > 1 and self._added >= _PARALLEL_FROM:
                seat.lane = ProcessLane(self._storage, added_words)
            else:
                seat.lane = LocalLane(self._storage, added_words, few)
        # While other processes start, there is time for this.
        if not self._texts_dictionary and len(waiting) >= _TEXTS_SAMPLE // 4:
            self._train(waiting[:: max(1, len(waiting) // _TEXTS_SAMPLE)])
        for seat in self._seats:
            lane = cast(Lane, seat.lane)
            lane.store_with(self._texts_dictionary)
            for batch in seat.waiting:
                lane.add(batch)
            seat.waiting = []

    def _train(self, sample: Iterable[Entry]) -> None:
        """Makes the dictionary that the stored texts of this index are compressed with."""
        records: list[bytes | bytearray | memoryview[int]] = [encode_article(entry.article) for entry in sample]
        self._texts_dictionary = zstandard.train_dictionary(_TEXTS_BYTES, records).as_bytes()
        self.texts = self._files.write_columns("texts", {"dictionary": np.frombuffer(self._texts_dictionary, np.uint8)})

    def _flush(self, seat: _Seat) -> None:
        """Has the lane write its articles to a segment file."""
        if not seat.lane:
            self._open_lanes()
        lane = cast(Lane, seat.lane)
        part, seat.part, seat.characters = seat.part, Part(), 0
        part.name = self._files.next_name("segment", "columns")
        lane.flush(part.name)
        self._flushed.append(part)

    def _collect(self, parts: Iterable[Part]) -> None:
        """Waits for the files of segments that lanes are writing."""
        checksums: dict[str, int] = {}
        for seat in self._seats:
            if seat.lane:
                checksums |= seat.lane.finish()
        for part in parts:
            part.entry = SegmentEntry(self._files.entry(part.name, checksums[part.name]), part.documents)
