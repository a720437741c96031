"""What changes an index: articles, files and words are added to it and articles removed, each as one commit.

Reading and writing are put together here; which files and articles of a corpus changed is told by `incremental`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsearch.article import KEYS, Article
from newsearch.corpus import (
    Account,
    Reading,
    Rejection,
    SettingsOf,
    check_reading,
    endings,
    field_map,
    find_files,
    limit_map,
    read_file,
)
from newsearch.errors import BadWordFile, IndexDamaged, NothingToRead
from newsearch.incremental import Progress, Run, file_size
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, open_writer
from newsearch.report import Report
from newsearch.terms.dictionary import LONGEST_WORD, default_dictionary
from newsearch.terms.lexicon import DictionaryLexicon
from newsearch.terms.userwords import UserWord, extended
from newsearch.wordfiles import read_user_words

#: Words for the dictionary: a file in jieba's format (`word [frequency] [tag]`), or lines as in one.
Words = Path | str | Iterable[str]


def read_articles(
    *paths: Path | str,
    format: str | None = None,
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
    limits: Mapping[str, int | str] | None = None,
    rejections: list[Rejection] | None = None,
    accounts: list[Account] | None = None,
) -> Iterator[Article]:
    """The articles in files and folders, in a fixed order, with ids.

    `fields` says which field a name in tables and JSON stands for: {"稿件名": "title"}. `limits` allow more of one
    file, or less (`newsearch.corpus.limits.Limits` has them all): {"text": "64M", "layers": 6}. What gives no article
    is appended to `rejections`, if given, and how each document was read to `accounts`, after its articles. Raises
    PathNotFound, and BadSettings for `fields`, `limits` or a newsearch.toml.
    """
    check_reading(format, encoding)
    reading = Reading(DictionaryLexicon(default_dictionary), format, encoding, fields=field_map(fields or {}))
    files = find_files(paths)
    settings = SettingsOf(paths, limit_map(limits or {}))
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
    limits: Mapping[str, int | str] | None = None,
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
    and `limits` are as for `read_articles`.

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
    settings = SettingsOf(paths, limit_map(limits or {}))
    if not files and only is None:
        raise NothingToRead(", ".join(map(str, paths)), endings())
    with open_writer(storage, jobs=jobs or os.cpu_count() or 1, afresh=rebuild) as writer:
        # A damaged dictionary must not keep an index from being rebuilt.
        lexicon = DictionaryLexicon(default_dictionary if rebuild else lambda: writer.dictionary)
        reading = Reading(lexicon, format, encoding, fields=given_fields)
        run = Run(writer, report, reading, settings, progress, sum(map(file_size, files)), rebuild)
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
