"""Files that changed → articles that changed: one pass over the files of a corpus.

A file is read again if its size and time, and then its digest, are others than when it was last read, or if it is to be
read in another way. What it no longer has is removed, and an article that two files have belongs to the one that gave
it last; when that one goes away, the other is read again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from newsearch.article import Article
from newsearch.corpus import CorpusFile, Reading, Rejection, SettingsOf, file_digest, options, read_file
from newsearch.errors import BadArticle
from newsearch.index.sources import Source, SourceTable
from newsearch.index.writer import IndexWriter, Outcome
from newsearch.report import Report

# Seconds after which what has been read is committed, so that a run that is cut short need not begin anew.
_CHECKPOINT = 60.0
# A file written this shortly before it was read may be written again without its time or size telling.
_SETTLED_NS = 2_000_000_000

#: Called with bytes read so far, bytes in all, and articles so far.
Progress = Callable[[int, int, int], None]


class Run:
    """One pass over the files of a corpus."""

    def __init__(
        self,
        writer: IndexWriter,
        report: Report,
        reading: Reading,
        settings: SettingsOf,
        progress: Progress | None,
        total_bytes: int,
        rebuild: bool,
    ) -> None:
        self.rebuild = rebuild
        self.writer = writer
        self.report = report
        self.reading = reading
        self.settings = settings
        self.progress = progress
        self.total_bytes = total_bytes
        self.bytes_before = 0
        self.articles = 0
        self.uncovered: set[int] = set()
        self.read: set[str] = set()
        self.partners: dict[str, set[str]] = {}
        self.committed = time.monotonic()

    def take(self, file: CorpusFile) -> None:
        """Brings the index up to date with one file."""
        sources = self.writer.sources
        try:
            status = file.path.stat()
            known = sources.get(sources.number(str(file.path)))
            same_status = known and (known.size, known.mtime_ns) == (status.st_size, status.st_mtime_ns)
            digest = known.digest if known and same_status else file_digest(file.path) if file.path.is_file() else ""
        except OSError as error:
            self.report.rejections.append(Rejection(file.shown, f"cannot be read: {error.strerror}"))
            return
        mtime = status.st_mtime_ns if time.time_ns() - status.st_mtime_ns > _SETTLED_NS else 0
        key = known.key if known else self._key(file)
        displaced_by = known.displaced_by if known else ()
        reading = self.settings.reading(file, self.reading)
        source = Source(str(file.path), key, status.st_size, mtime, digest, options(reading), "", displaced_by)
        if known and (digest, source.reading) == (known.digest, known.reading):
            self.report.files_unchanged += 1
            sources.put(replace(source, rejected=known.rejected))
            if known.rejected:
                self.report.rejections.append(Rejection(file.shown, known.rejected))
        else:
            # Until it has been read whole, it counts as one that has to be read.
            number = sources.put(replace(known or source, digest="", mtime_ns=0))
            rejected = self._read(file, reading, number, key, self.writer.ids_from(number) if known else set())
            sources.put(replace(source, rejected=rejected))
            self.report.files_read += 1
            self.read.add(str(file.path))
        self.bytes_before += status.st_size
        self._show(0)

    def prune(self) -> None:
        """Removes the articles of files that are gone."""
        for number, source in self.writer.sources:
            if not Path(source.path).exists():
                self._remove(self.writer.ids_from(number), number)
                self.writer.sources.forget(number)
                self.report.files_gone += 1
                self._uncover(number)
        roots = self.writer.sources.roots
        for path in [path for path in roots if not Path(path).exists()]:
            del roots[path]

    def _read(self, file: CorpusFile, reading: Reading, number: int, key: str, before: set[str]) -> str:
        """Adds a file's articles and removes those of the ids `before` that it no longer has, unless a part of it could
        not be read. Returns why the whole file was rejected, "" if it was not."""
        found: set[str] = set()
        rejections = []
        for item in read_file(file, reading, key, self._show):
            if isinstance(item, Article):
                found.add(item.id)
                self.articles += 1
                try:
                    outcome = self.writer.add(item, number)
                except BadArticle as error:
                    rejections.append(Rejection(file.shown, str(error)))
                    continue
                if self.rebuild and outcome is Outcome.ADDED and self.writer.was_committed(item.id):
                    outcome = Outcome.REPLACED
                self.report.count(outcome)
                self._checkpoint()
            elif isinstance(item, Rejection):
                rejections.append(item)
            else:
                self.report.note(item)
                for partner in item.partners:
                    self.partners.setdefault(partner, set()).add(str(file.path))
        self.report.rejections += rejections
        if all(rejection.empty for rejection in rejections):
            self._remove(before - found, number)
        return rejections[0].reason if rejections and not found else ""

    def _remove(self, ids: Iterable[str], number: int) -> None:
        """Removes articles of a file, but not those that another file has given meanwhile."""
        self.report.removed += sum(self.writer.delete(article_id, number) for article_id in sorted(ids))

    def _checkpoint(self) -> None:
        """Commits what has been read so far, now and then; a rebuild has to appear whole."""
        if not self.rebuild and time.monotonic() - self.committed > _CHECKPOINT:
            self.note_displaced()
            self.writer.commit(complete=False)
            self.committed = time.monotonic()

    def partners_to_read(self) -> list[Path]:
        """Files that have to be read again: an article that goes on from one to the other was put together anew, or is
        not any longer."""
        sources = self.writer.sources
        unread = [path for path in self.partners if path not in self.read]
        for path in unread:
            if source := sources.get(sources.number(path)):
                sources.put(replace(source, digest="", mtime_ns=0))
        # Should one of them go away, the other has to be read again.
        numbers = {path: sources.number(path) for path in (*self.partners, *self.read)}
        pairs = ((numbers[path], numbers.get(other, 0)) for path, others in self.partners.items() for other in others)
        self.writer.displaced |= {(one, other) for one, other in pairs if one and other}
        return [Path(path) for path in unread]

    def note_displaced(self) -> None:
        """Remembers which files have articles that another one gave later."""
        sources = self.writer.sources
        for before, after in sorted(self.writer.displaced):
            source = sources.get(before)
            if source and after not in source.displaced_by:
                sources.put(replace(source, displaced_by=(*source.displaced_by, after)))

    def _uncover(self, gone: int) -> None:
        """Has the files read again of which one that is gone had taken articles: now, or in the next run if they are
        not among those of this one."""
        sources = self.writer.sources
        for number, source in sources:
            if gone in source.displaced_by:
                self.uncovered.add(number)
                left = tuple(number for number in source.displaced_by if number != gone)
                sources.put(replace(source, digest="", mtime_ns=0, displaced_by=left))

    def _key(self, file: CorpusFile) -> str:
        """What the ids of a new file's articles are made from: its name under the root it was found in.

        If a file of another root has the key already, folder names are put before it until it is free; if that file
        is gone, this is the same one in a new place.
        """
        sources: SourceTable = self.writer.sources
        key = file.key
        parents = list(file.path.parts[: -len(Path(key).parts)])
        while (owner := sources.owner(key)) is not None:
            if not Path(owner.path).exists():
                sources.move(sources.number(owner.path), str(file.path))
                break
            if not parents:
                break
            key = f"{parents.pop()}/{key}"
        return key

    def _show(self, position: int) -> None:
        if self.progress:
            self.progress(self.bytes_before + position, self.total_bytes, self.articles)


def file_size(file: CorpusFile) -> int:
    """Its bytes, for telling how far a pass has got."""
    try:
        return file.path.stat().st_size
    except OSError:
        return 0  # gone since it was found; taking it says so
