"""A desk where articles come, change and go: files, the index made of them by the command line, and what the index must
hold before and after each command. Commands run in forked children, so that they can be killed."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import newsearch
from newsearch.cli.run import _status
from newsearch.index import segment_writer
from newsearch.index.manifest import Manifest, manifest_name, read_manifest
from newsearch.index.storage import LOCK, Storage

#: What the articles are made of: every string of them is asked for.
WORDS = ["台风", "渔船", "乡村振兴", "核桃", "校车", "工会", "B超", "3月15日", "古籍", "山路", "的", "了"]
QUERIES = ["台风", "渔", "乡村振", "核桃校", "B超", "3月15日", "工会古", "山路", "的"]
_IDS = 60
_PER_FILE = 6
#: From so many articles on, commands with `--jobs 2` have worker processes here.
_PARALLEL_FROM = 4

Contents = dict[str, tuple[str, str]]


class Wrong(AssertionError):
    """What must never happen has."""


def require(condition: object, *what: object) -> None:
    if not condition:
        raise Wrong(*what)


@dataclass(frozen=True)
class Command:
    """Arguments of `newsearch`, and what the index holds when it has run."""

    kind: str
    arguments: list[str]
    after: Contents = field(repr=False)


@dataclass
class Desk:
    """One folder of files, one index of them."""

    folder: Path
    chooser: random.Random
    files: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    contents: Contents = field(default_factory=dict)

    @property
    def storage(self) -> Storage:
        return Storage(self.folder / "index")

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    def next_command(self) -> Command:
        """Changes the files at random, and says what to run then."""
        self.corpus.mkdir(exist_ok=True)
        kinds = ["add", "add", "update", "update", "remove", "delete", "rebuild"] if len(self.files) > 2 else ["add"]
        kind = self.chooser.choice(kinds)
        jobs = self.chooser.choice("12")
        if kind == "delete":
            ids = self.chooser.sample(sorted(self.contents), min(2, len(self.contents)))
            if ids:
                self.deleted |= set(ids)
                return Command(kind, ["delete", *ids], self._expected())
            kind = "rebuild"
        if kind == "rebuild":
            self.deleted.clear()
            return Command(kind, ["index", str(self.corpus), "--rebuild", "--jobs", jobs], self._expected())
        number = self.chooser.randrange(_IDS // _PER_FILE)
        name = f"{number:02}.jsonl"
        if kind == "remove":
            name = self.chooser.choice(sorted(self.files))
            self.deleted -= {mapping["id"] for mapping in self.files.pop(name)}
            (self.corpus / name).unlink()
        else:
            self.files[name] = [self._article(number * _PER_FILE + place) for place in range(_PER_FILE)]
            self.deleted -= {mapping["id"] for mapping in self.files[name]}
            lines = (json.dumps(mapping, ensure_ascii=False) + "\n" for mapping in self.files[name])
            (self.corpus / name).write_text("".join(lines), "utf-8")
        return Command(kind, ["index", str(self.corpus), "--prune", "--jobs", jobs], self._expected())

    def run(self, arguments: list[str]) -> int:
        """Runs a command to its end; returns its exit status."""
        return os.waitstatus_to_exitcode(os.waitpid(self.start(arguments), 0)[1])

    def start(self, arguments: list[str], ready: Callable[[], object] = lambda: None) -> int:
        """Starts a command in a child, the leader of a group of its own, once `ready` returns there; returns its
        process id. What it says is in `said`."""
        # Opened here: a child may be killed before it does anything.
        said = os.open(self.folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        child = os.fork()
        if child:
            os.close(said)
            with suppress(OSError):  # it may have done so, or ended
                os.setpgid(child, child)
            return child
        try:
            os.setpgid(0, 0)
            sys.stdout = sys.stderr = os.fdopen(said, "w", encoding="utf-8")
            os.dup2(said, 2)  # what workers say
            ready()
            segment_writer._PARALLEL_FROM = _PARALLEL_FROM
            status = _status(["--index", str(self.storage.folder), *arguments])
            sys.stderr.flush()
            os._exit(status)
        finally:
            os._exit(99)

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text("utf-8")

    def verify(self, command: Command, generation: int) -> bool:
        """Holds the index to its model after `command` was killed, which began at `generation`: whether it had
        committed. Raises Wrong."""
        if not generation and read_manifest(self.storage) is None:
            return False
        with newsearch.open(self.storage.folder) as index:
            require(index.generation in (generation, generation + 1), "generation", generation, index.generation)
            committed = index.generation > generation
            model = command.after if committed else self.contents
            require(index.check(quick=True) == [], "damage")
            held = {article.id: (article.title, article.body) for article in index}
            require(held == model, "contents", sorted(held), sorted(model))
            require(answers(index) == expected_answers(model), "answers")
        return committed

    def finish(self, command: Command) -> None:
        """Runs a command again after it was killed, as its user would: it succeeds, and leaves nothing behind.
        Raises Wrong."""
        self.storage.create_folder()
        with self.storage.lock():
            pass  # it is free
        status = self.run(["1" if argument == "2" else argument for argument in command.arguments])
        # Ids that the killed command has deleted are not there to be deleted.
        require(status == 0 or (command.kind == "delete" and status == 2), "the next run", status, self.said)
        self.contents = dict(command.after)
        generation = self.generation()
        require(not self.verify(Command("check", [], {}), generation), "the next run's index")
        require(leftovers(self.storage) == [], "left behind", leftovers(self.storage))

    def generation(self) -> int:
        manifest = read_manifest(self.storage)
        return manifest.generation if manifest else 0

    def _expected(self) -> Contents:
        listed = (mapping for mappings in self.files.values() for mapping in mappings)
        return {m["id"]: (m["title"], m["body"]) for m in listed if m["id"] not in self.deleted}

    def _article(self, number: int) -> dict[str, str]:
        text = ["".join(self.chooser.choices(WORDS, k=self.chooser.randint(2, 9))) for _ in range(3)]
        return {"id": f"a{number}", "title": text[0], "body": f"{text[1]}，{text[2]}。"}


def warm(folder: Path) -> None:
    """Loads here what commands need, so that each child need not."""
    folder.mkdir(parents=True)
    (folder / "a.jsonl").write_text('{"id": "1", "title": "台风", "body": "渔船"}\n', "utf-8")
    with newsearch.open(folder / "index", create=True) as index:
        index.add_files([folder], jobs=1)
        index.add_files([folder], jobs=1, rebuild=True)
        answers(index)


def answers(index: newsearch.Index) -> dict[str, list[str]]:
    """The ids that each quoted query finds."""
    return {query: sorted(hit.id for hit in index.search(f'"{query}"', limit=1000)) for query in QUERIES}


def expected_answers(contents: Contents) -> dict[str, list[str]]:
    return {
        query: sorted(id for id, texts in contents.items() if any(query in text for text in texts))
        for query in QUERIES
    }  # fmt: skip


def scores(index: newsearch.Index) -> dict[str, list[tuple[str, float]]]:
    """What each query finds, best first, with scores."""
    return {query: [(hit.id, round(hit.score, 6)) for hit in index.search(query, limit=1000)] for query in QUERIES}


def require_like_fresh(index: newsearch.Index, folder: Path) -> None:
    """Statistics, documents, scores and order are those of an index of the same articles that was never crashed."""
    with newsearch.open(folder, create=True) as fresh:
        fresh.add(list(index))
        require(len(fresh) == len(index), "documents", len(index), len(fresh))
        require(index._reader.averages == fresh._reader.averages, "averages")
        require(scores(index) == scores(fresh), "scores")


def leftovers(storage: Storage) -> list[str]:
    """Files that neither of the two newest generations refers to."""
    return sorted(set(storage.names()) - {LOCK} - set(_referenced(storage)))


def _referenced(storage: Storage) -> Iterator[str]:
    newest = read_manifest(storage)
    if newest:
        for generation in (newest.generation, newest.generation - 1):
            name = manifest_name(generation)
            if name in storage.names():
                yield name
                yield from (entry.name for entry in Manifest.decode(storage, name, storage.read(name)).files())


def workers_of(process: int) -> list[int]:
    """The live children of a process."""
    try:
        return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))
    except (FileNotFoundError, ProcessLookupError):
        return []
