"""Files → index: reading, identity and writing put together.

Only files that changed since they were last read are read again, and of those only articles that changed are written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from newsearch.article import KEYS, Article
from newsearch.corpus import (
    Account,
    CorpusFile,
    Reading,
    Rejection,
    SettingsOf,
    check_reading,
    endings,
    field_map,
    file_digest,
    find_files,
    options,
    read_file,
)
from newsearch.errors import BadArticle, BadWordFile, IndexDamaged, NothingToRead
from newsearch.index.sources import Source, SourceTable
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, Outcome, open_writer
from newsearch.terms.dictionary import LONGEST_WORD, default_dictionary
from newsearch.terms.lexicon import DictionaryLexicon
from newsearch.terms.userwords import UserWord, extended
from newsearch.wordfiles import read_user_words

# Seconds after which what has been read is committed, so that a run that is cut short need not begin anew.
_CHECKPOINT = 60.0
# A file written this shortly before it was read may be written again without its time or size telling.
_SETTLED_NS = 2_000_000_000

#: Words for the dictionary: a file in jieba's format (`word [frequency] [tag]`), or lines as in one.
Words = Path | str | Iterable[str]

#: Called with bytes read so far, bytes in all, and articles so far.
Progress = Callable[[int, int, int], None]


@dataclass(slots=True)
class FormatCounts:
    """How many documents of one format were read, and what they gave."""

    documents: int = 0
    articles: int = 0
    rejections: int = 0


@dataclass(slots=True)
class Report:
    """What a run of `index` did. Counts of articles, but for `files_…`; `words` are those new in the dictionary, or
    there with another frequency. `warnings` are about files that were read but may not be what was written; `notes` say
    what else a person should know."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    total: int = 0
    generation: int = 0
    files_read: int = 0
    files_unchanged: int = 0
    files_gone: int = 0
    words: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    formats: dict[str, FormatCounts] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    def note(self, account: Account) -> None:
        """Counts a document that was read."""
        counts = self.formats.setdefault(account.format, FormatCounts())
        counts.documents += 1
        counts.articles += account.articles
        counts.rejections += account.rejections
        self.warnings += [f"{account.path}: {warning}" for warning in account.warnings]

    @property
    def changed(self) -> bool:
        return bool(self.added or self.replaced or self.removed)


def read_articles(
    *paths: Path | str,
    format: str | None = None,
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
    rejections: list[Rejection] | None = None,
    accounts: list[Account] | None = None,
) -> Iterator[Article]:
    """The articles in files and folders, in a fixed order, with ids.

    `fields` says which field a name in tables and JSON stands for: {"稿件名": "title"}. What gives no article is
    appended to `rejections`, if given, and how each document was read to `accounts`, after its articles. Raises
    PathNotFound, and BadSettings for `fields` or a newsearch.toml.
    """
    check_reading(format, encoding)
    reading = Reading(DictionaryLexicon(default_dictionary()), format, encoding, fields=field_map(fields or {}))
    files = find_files(paths)
    settings = SettingsOf(paths)
    for file in files:
        for found in read_file(file, settings.reading(file, reading)):
            if isinstance(found, Article):
                yield found
            elif isinstance(found, Rejection):
                if rejections is not None:
                    rejections.append(found)
            elif accounts is not None:
                accounts.append(found)


def add_articles(storage: Storage, articles: Iterable[Article | Mapping[str, Any]]) -> Report:
    """Adds articles that come from no file, each in place of the one with its id, and commits.

    An article without an id gets one made from its content. Raises BadArticle, and nothing is added then.
    """
    started = time.perf_counter()
    report = Report()
    with open_writer(storage) as writer:
        for given in articles:
            mapping = {key: getattr(given, key) for key in KEYS} if isinstance(given, Article) else given
            article = Article.from_mapping(mapping)
            report.count(writer.add(article.with_id(f"{article.digest():016x}")))
        _finish(writer, report, started)
    return report


def add_words(storage: Storage, words: Words) -> Report:
    """Adds words to the dictionary of an index, and commits.

    From then on articles are cut by them; those in the index already are when it is rebuilt. Raises BadWordFile.
    """
    started = time.perf_counter()
    report = Report()
    new = read_user_words(words)
    with open_writer(storage) as writer:
        _add_words(writer, new, report)
        _note_older(writer, report)
        _finish(writer, report, started)
    return report


def delete_articles(storage: Storage, ids: Iterable[str]) -> list[str]:
    """Removes articles and commits. Returns the ids that were there."""
    ids = [ids] if isinstance(ids, str) else ids
    with open_writer(storage, create=False) as writer:
        removed = [article_id for article_id in ids if writer.delete(article_id)]
        writer.commit()
    return removed


def index_files(
    storage: Storage,
    paths: Path | str | Iterable[Path | str],
    *,
    rebuild: bool = False,
    prune: bool = False,
    format: str | None = None,
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
    jobs: int | None = None,
    dictionary: Words | None = None,
    progress: Progress | None = None,
    only: Iterable[Path] | None = None,
) -> Report:
    """Brings the index up to date with files and folders, and commits: at the end, and in a long run every minute, so
    that one which is cut short goes on where it was when it is run again.

    `rebuild` starts from nothing but the paths (and the articles that never came from a file); the old index
    answers until the new one is whole, and there is one commit. `prune` removes the articles of files that are gone.
    Raises PathNotFound, NothingToRead, BadSettings, BadWordFile and what opening a writer raises; the index is then
    what it was at the last commit. `jobs` processes share the work, as many as there are processors if None. `fields`
    is as for `read_articles`.

    With `only`, nothing under the paths is looked at but these files and what is in these folders (absolute paths).

    The words of `dictionary` are added to those of the index, as by `add_words`. Rebuilding keeps words that were added
    before, unless `dictionary` is given: then there are only its words.
    """
    started = time.perf_counter()
    report = Report()
    check_reading(format, encoding)
    if jobs is not None and jobs < 1:
        raise ValueError("jobs must be at least 1")
    new_words = read_user_words(dictionary) if dictionary is not None else None
    given_fields = field_map(fields or {})
    paths = [paths] if isinstance(paths, str | Path) else list(paths)
    files = list(find_files(paths, storage.folder, only))
    settings = SettingsOf(paths)
    if not files and only is None:
        raise NothingToRead(", ".join(map(str, paths)), endings())
    with open_writer(storage, jobs=jobs or os.cpu_count() or 1, afresh=rebuild) as writer:
        # A damaged dictionary must not keep an index from being rebuilt.
        lexicon = DictionaryLexicon(default_dictionary() if rebuild else writer.dictionary)
        reading = Reading(lexicon, format, encoding, fields=given_fields)
        run = _Run(writer, report, reading, settings, progress, sum(map(_size, files)), rebuild)
        before = writer.total
        if writer.replaces_unreadable:
            report.notes.append("the index that was here could not be read: articles that came from no file are lost")
        if rebuild:
            kept = _added_before(writer, report) if new_words is None else {}
            writer.start_over()
            writer.use_dictionary(writer.dictionary.with_words(kept))
        if new_words is not None:
            _add_words(writer, new_words, report)
        if not rebuild:
            _note_older(writer, report)
        else:
            for article in writer.committed_articles(0):
                writer.add(article)
                report.unchanged += 1
        for path in paths:
            writer.sources.roots[str(Path(path).resolve())] = str(path)
        for file in files:
            run.take(file)
        for file in find_files(paths, storage.folder, run.partners_to_read()):
            run.take(file)
        run.note_displaced()
        if prune:
            run.prune()
            for file in files:
                if writer.sources.number(str(file.path)) in run.uncovered:
                    run.take(file)
        _finish(writer, report, started)
        if rebuild:
            report.removed = max(0, before + report.added - report.total)
    return report


def _add_words(writer: IndexWriter, words: Sequence[UserWord], report: Report) -> None:
    before = writer.dictionary
    try:
        dictionary = extended(before, words)
    except OverflowError as error:
        raise BadWordFile("the dictionary", None, str(error), "give smaller frequencies") from None
    known = before.added
    report.words = sum(known.get(word) != frequency for word, frequency in dictionary.added.items())
    left_out = [word.written for word in words if not word.segments()]
    if left_out:
        shown = "、".join(left_out[:5]) + ("…" if len(left_out) > 5 else "")
        why = f"only words of 1 to {LONGEST_WORD} Han characters can cut text; others are found as strings anyway"
        report.notes.append(f"{len(left_out):,} not added to the dictionary ({shown}): {why}")
    if report.words:
        writer.use_dictionary(dictionary)


def _note_older(writer: IndexWriter, report: Report) -> None:
    if report.words and writer.total:
        report.notes.append("articles indexed before are cut by the new words after `newsearch index --rebuild`")


def _added_before(writer: IndexWriter, report: Report) -> Mapping[str, int]:
    try:
        return writer.dictionary.added
    except IndexDamaged:
        report.notes.append("the dictionary of the index was damaged; add your words again with --dict")
        return {}


def _finish(writer: IndexWriter, report: Report, started: float) -> None:
    manifest = writer.commit()
    report.generation = manifest.generation
    report.total = writer.total
    report.seconds = time.perf_counter() - started


class _Run:
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
            self.writer.commit()
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


def _size(file: CorpusFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0  # gone since it was found; taking it says so
