"""What is done to an index while the power may fail: every way of changing one, each on what the steps before it left.

A step can be done again on any state of the index, as a person would who does not know how far it came.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

import newsearch
from newsearch.article import Article
from newsearch.index import segment_writer, writer

from .oracle import Violation, answers_of, texts
from .recording import Call, FileRecorder, Recorder, TappedStorage, tapped
from .small_corpus import article

Texts = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """`run` changes the index in a folder; `model` says which articles it has then."""

    name: str
    run: Callable[[Path], object]
    model: Callable[[Texts], Texts]


@dataclass(frozen=True)
class Recorded:
    """The calls that a step made, and the answers of the index before and after it."""

    step: Step
    calls: list[Call]
    before: str
    after: str


@contextmanager
def small_limits() -> Iterator[None]:
    """Has the compression dictionary of stored texts made of a handful of articles."""
    with patch.multiple(segment_writer, _TEXTS_SAMPLE=40, _TEXTS_BYTES=256):
        yield


def steps(corpus: Path) -> list[Step]:
    """`corpus` is a folder for the files that are indexed."""
    return [
        Step("create", _open, dict),
        adding("add", [(0, 0), (1, 0), (2, 0)]),
        adding("update and add", [(1, 1), (3, 0)]),
        deleting("delete", ["a0", "a3", "unknown"]),
        adding("add a second segment", [(4, 0), (5, 0)]),
        adding("add a third segment", [(6, 0)]),
        adding("add and merge", [(7, 0), (8, 0)]),
        adding("add nothing new", [(7, 0), (8, 0)]),
        Step("add words", lambda folder: _open(folder).add_words(["台风消息 50", "石桥村 40"]), dict),
        indexing("index files", corpus, {"one": [20, 21, 22], "two": [*range(40, 52)]}),
        indexing("index a changed file and prune", corpus, {"one": [20, 22, 25]}, prune=True),
        indexing("rebuild", corpus, {"one": [20, 25, 26], "two": [41]}, rebuild=True),
        deleting("delete after rebuilding", ["a20", "a7"]),
        Step("delete everything", _delete_all, lambda _: {}),
        adding("begin again", [(30, 0), (31, 0)]),
    ]


def record(folder: Path, todo: Iterable[Step]) -> list[Recorded]:
    """Takes the steps on the index in a folder, one after the other, and records them.

    Raises Violation if the index does not hold then what the model says.
    """
    recorded = []
    before = answers_of(folder)
    for step in todo:
        expected = step.model(_texts(folder))
        recorder = Recorder()
        with tapped(folder, recorder):
            step.run(folder)
        if _texts(folder) != expected:
            raise Violation(f"{step.name}: the index does not hold what was put into it")
        after = answers_of(folder)
        recorded.append(Recorded(step, recorder.calls, before, after))
        before = after
    return recorded


def record_processes(folder: Path, log: Path) -> Recorded:
    """Adds articles by two worker processes, which write and merge segments, and records all three processes. Doing it
    again does it in one."""
    numbers = [(number, 0) for number in range(9, 19)]
    step = adding("add by several processes", numbers)
    before, expected = answers_of(folder), step.model(_texts(folder))
    recorder = FileRecorder(str(log))
    several = patch.multiple(segment_writer, _PARALLEL_FROM=1, _SEGMENT_CHARACTERS=60, _BATCH=1)
    with several, tapped(folder, recorder), writer.open_writer(TappedStorage(folder, recorder), jobs=2) as opened:
        for which in numbers:
            opened.add(Article.from_mapping(article(*which)))
        opened.commit()
    if _texts(folder) != expected:
        raise Violation("the index does not hold what several processes put into it")
    return Recorded(step, recorder.calls, before, answers_of(folder))


def adding(name: str, articles: Iterable[tuple[int, int]]) -> Step:
    """Adds articles, given by number and version."""
    given = [article(*which) for which in articles]
    return Step(name, lambda folder: _open(folder).add(given), lambda before: before | _model(given))


def deleting(name: str, ids: list[str]) -> Step:
    return Step(
        name,
        lambda folder: _open(folder).delete(ids),
        lambda before: {article_id: text for article_id, text in before.items() if article_id not in ids},
    )


def indexing(name: str, corpus: Path, files: dict[str, list[int]], **options: bool) -> Step:
    """Makes these the files of the corpus, each with articles by number, and indexes them. Only files have the articles
    from number 20 on."""
    given = [article(number) for numbers in files.values() for number in numbers]

    def run(folder: Path) -> None:
        _write_corpus(corpus, files)
        _open(folder).add_files([corpus], jobs=2, **options)  # type: ignore[arg-type]

    def model(before: Texts) -> Texts:
        return {article_id: text for article_id, text in before.items() if int(article_id[1:]) < 20} | _model(given)

    return Step(name, run, model)


def _write_corpus(corpus: Path, files: dict[str, list[int]]) -> None:
    corpus.mkdir(exist_ok=True)
    for path in corpus.iterdir():
        path.unlink()
    for name, numbers in files.items():
        path = corpus / f"{name}.jsonl"
        path.write_text("".join(json.dumps(article(number)) + "\n" for number in numbers), "utf-8")
        os.utime(path, (1, crc32(path.read_bytes()) % 10**9))  # the same in each run, another for other content


def _model(articles: Iterable[dict[str, Any]]) -> Texts:
    return {each["id"]: (each["title"], each["body"]) for each in articles}


def _open(folder: Path) -> newsearch.Index:
    return newsearch.open(folder, create=True)


def _delete_all(folder: Path) -> None:
    with _open(folder) as index:
        index.delete(sorted(texts(index)))


def _texts(folder: Path) -> Texts:
    with suppress(newsearch.NotAnIndex), newsearch.open(folder) as index:
        return texts(index)
    return {}
