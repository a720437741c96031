"""Where new articles become segments: in this process, or in several that work side by side.

A lane takes batches of articles in order and turns them into a segment file when told to. Which articles go to which
lane is decided by their order alone, so the same articles give the same segments, whatever runs faster.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.codec.builder import SegmentBuilder, compressor
from newsearch.codec.merge import merge_segments
from newsearch.errors import StorageFailed
from newsearch.index.manifest import FileEntry
from newsearch.index.opening import open_segment
from newsearch.index.reference import reference_of
from newsearch.index.storage import Storage
from newsearch.schema import batch_terms, date_number, encode_article
from newsearch.terms.bulk import BatchSegmenter, Vocabulary
from newsearch.terms.bulk_segment import BulkSegmenter

# What to do when a worker could not be started or died: as a rule there was no memory for it.
_FEWER = "use fewer --jobs or free memory"
# What a worker's C library (glibc; others do not look) does with freed memory: arrays of some megabytes come and go
# all the time, and getting each from the system anew took 3 % of a build's processor time.
_KEEP_FREED = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(32 << 20)}
# A worker ends when its parent has closed the pipe or is gone (it looks twice a second, should it not be told),
# whatever it is doing: also while it loads what it needs, for it has the lock.
_START = """
import os, select, sys, threading
pipe, parent = map(int, sys.argv[1:])
def watch():
    poll = select.poll()
    poll.register(pipe, 0)
    while not poll.poll(500) and os.getppid() == parent:
        pass
    os._exit(1)
threading.Thread(target=watch, daemon=True).start()
from newsearch.index.lanes import work
work(pipe)
"""


class Entry(NamedTuple):
    """An article on its way into a segment: the number of its file and its digest."""

    article: Article
    source: int
    digest: int


class MergeSource(NamedTuple):
    """A segment that is to become part of another, and which of its documents are live."""

    file: FileEntry
    live: NDArray[np.bool_]


class Lane(Protocol):
    """Takes articles, gives segment files. `flush` and `merge` may return before the file is there; `finish` waits.
    Before the first articles `store_with` must say by which dictionary their texts are compressed, b"" for none."""

    def store_with(self, texts_dictionary: bytes) -> None: ...
    def add(self, batch: Sequence[Entry]) -> None: ...
    def flush(self, name: str) -> None: ...
    def merge(self, name: str, sources: Sequence[MergeSource]) -> None: ...
    def finish(self) -> dict[str, int]:
        """The checksums of the files written, by name. Raises StorageFailed if one could not be."""
        ...

    def close(self) -> None: ...


class LocalLane:
    """Does the work here and now."""

    def __init__(
        self, storage: Storage, added_words: Mapping[str, int], segmenter: BatchSegmenter | None = None
    ) -> None:
        self._storage = storage
        self._added_words = added_words
        self._segmenter = segmenter
        self._compressor = compressor(b"")
        self._written: dict[str, int] = {}
        self._start()

    def _start(self) -> None:
        self._builder = SegmentBuilder()
        self._vocabulary = Vocabulary()

    def store_with(self, texts_dictionary: bytes) -> None:
        self._compressor = compressor(texts_dictionary)

    def add(self, batch: Sequence[Entry]) -> None:
        if self._segmenter is None:
            self._segmenter = BulkSegmenter(self._added_words)
        articles = [entry.article for entry in batch]
        terms = batch_terms(articles, self._segmenter, self._vocabulary)
        base = len(self._builder)
        places = (terms.word_places + np.uint64(base << 2)).astype(np.uint32)
        self._builder.add_words(terms.words.astype(np.uint32), places)
        self._builder.add_bigrams("bigram", terms.bigrams, terms.bigram_articles + np.uint32(base))
        self._builder.add_bigrams("title", terms.title_bigrams, terms.title_articles + np.uint32(base))
        title, body = terms.lengths.T.astype(np.uint32)
        columns = {
            "id": terms.ids,
            "title_length": title,
            "body_length": body,
            "sketch": terms.sketches,
            "date": np.array([date_number(article.date) for article in articles], np.int32),
            "digest": np.array([entry.digest for entry in batch], np.uint64),
            "file": np.array([entry.source for entry in batch], np.uint32),
        }
        self._builder.add_documents([self._compressor.compress(encode_article(a)) for a in articles], columns)

    def flush(self, name: str) -> None:
        builder, words = self._builder, self._vocabulary.words()
        self._written[name] = self._storage.write(name, lambda file: builder.write(file, words, reference_of))
        self._start()

    def merge(self, name: str, sources: Sequence[MergeSource]) -> None:
        segments = [open_segment(self._storage, source.file, b"") for source in sources]
        live = [source.live for source in sources]
        self._written[name] = self._storage.write(
            name, lambda file: merge_segments(file, segments, live, reference_of)[0]
        )

    def finish(self) -> dict[str, int]:
        written, self._written = self._written, {}
        return written

    def close(self) -> None:
        """Nothing is held."""


class ProcessLane:
    """Has the work done by a process of its own, which has the lock too: nobody else writes before it has
    ended, though it may outlive a writer that is killed by some milliseconds."""

    def __init__(self, storage: Storage, added_words: Mapping[str, int]) -> None:
        self._storage = storage
        try:
            self._process, self._pipe = _start(storage.locks)
        except OSError as cause:
            raise StorageFailed(storage.folder, "start a worker process", cause, _FEWER) from cause
        try:
            self._send((storage, added_words))
        except BaseException:
            self.close()
            raise

    def store_with(self, texts_dictionary: bytes) -> None:
        self._send(("store_with", texts_dictionary))

    def add(self, batch: Sequence[Entry]) -> None:
        self._send(("add", batch))

    def flush(self, name: str) -> None:
        self._send(("flush", name))

    def merge(self, name: str, sources: Sequence[MergeSource]) -> None:
        self._send(("merge", name, sources))

    def finish(self) -> dict[str, int]:
        self._send(("finish",))
        try:
            answer = self._pipe.recv()
        except (EOFError, OSError):  # OSError: it died before it had read everything, or in the middle of its answer
            raise self._lost() from None
        if isinstance(answer, MemoryError):
            cause = OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
            raise StorageFailed(self._storage.folder, "build a segment", cause, _FEWER) from cause
        if isinstance(answer, BaseException):
            raise answer
        written: dict[str, int] = answer
        return written

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._pipe.close()
        self._process.wait()

    def _send(self, message: tuple[object, ...]) -> None:
        try:
            self._pipe.send(message)
        except OSError:
            raise self._lost() from None

    def _lost(self) -> StorageFailed:
        return StorageFailed(self._storage.folder, "build a segment", OSError("a worker process died"), _FEWER)


def _start(locks: tuple[int, ...]) -> tuple[subprocess.Popen[bytes], Connection]:
    """A worker process, which holds the locks too, and the pipe to it."""
    # A plain child rather than multiprocessing's: that would run the caller's main module again.
    mine, theirs = socket.socketpair()
    with mine, theirs:
        command = [sys.executable, "-c", _START, str(theirs.fileno()), str(os.getpid())]
        path = os.pathsep.join(entry for entry in sys.path if entry)
        environment = _KEEP_FREED | os.environ | {"PYTHONPATH": path}
        process = subprocess.Popen(command, pass_fds=(theirs.fileno(), *locks), env=environment)
        return process, Connection(mine.detach())


def work(descriptor: int) -> None:
    """A worker's life: until the pipe is closed. A failure is kept and handed over at the next finish."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    # No memory for a message: what comes next on the pipe cannot be told then.
    with suppress(EOFError, OSError, MemoryError):
        _answer(Connection(descriptor))


def _answer(pipe: Connection) -> None:
    storage, added_words = pipe.recv()
    # The segmenter takes longest to make: it is there when the first articles come.
    lane = LocalLane(storage, added_words, BulkSegmenter(added_words))
    actions: dict[str, Callable[..., None]] = {
        "store_with": lane.store_with, "add": lane.add, "flush": lane.flush, "merge": lane.merge
    }  # fmt: skip
    failure: Exception | None = None
    while True:
        message, *arguments = pipe.recv()
        if message == "finish":
            pipe.send(failure or lane.finish())
        elif failure is None:
            try:
                actions[message](*arguments)
            except Exception as error:
                failure = error
