"""Readers against a writer, writers against each other, a reader that is held on to, and threads that share an index.

    PYTHONPATH=tests:. python -m faults.concurrency [--opens N] [--contests N] [--seed S]       (make concurrency)

Generation g of the index that readers open holds exactly the articles g - 29 to g, so every answer can be held to the
generation that it is of.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import newsearch
from newsearch import Article, Index, IndexLocked
from newsearch.index.manifest import manifest_name, read_manifest
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer

from .kill_desk import Wrong, leftovers, require
from .small_corpus import small_words

_KEPT = 30
_REBUILD_EVERY = 23
READERS = 4
#: Seconds within which who comes second must know.
IN_TIME = 4.0


def numbered(number: int) -> Article:
    """An article that says its number, and what all of them say."""
    return Article(f"n{number}", f"第{number:06}号台风", "渔船回港避风。" + "防汛抢险。" * (number % 5))


def kept(generation: int) -> range:
    """The numbers of the articles that a generation holds."""
    return range(max(1, generation - _KEPT + 1), generation + 1)


def commit_next(storage: Storage) -> int:
    """Writes the next generation, now and then by rebuilding; returns its number."""
    before = read_manifest(storage)
    generation = before.generation + 1 if before else 1
    with open_writer(storage) as writer:
        if generation % _REBUILD_EVERY == 0:
            writer.start_over()
            for number in kept(generation):
                writer.add(numbered(number))
        else:
            writer.add(numbered(generation))
            writer.delete(f"n{generation - _KEPT}")
        require(writer.commit().generation == generation, "one commit, one generation")
    return generation


def require_model(index: Index, chooser: random.Random) -> None:
    """Holds an index to the model of its generation: one question of several, all cheap."""
    numbers = kept(index.generation)
    require(len(index) == len(numbers), "articles", index.generation, len(index))
    number = chooser.choice(numbers)
    match chooser.randrange(4):
        case 0:
            require([hit.id for hit in index.search(f'"第{number:06}号"')] == [f"n{number}"], "one article", number)
        case 1:
            found = {hit.id for hit in index.search("台风 渔船", limit=100)}
            require(found == {f"n{number}" for number in numbers}, "all articles", index.generation, sorted(found))
        case 2:
            require(index.get(f"n{number}") == numbered(number), "an article", number)
        case _:
            gone = numbers[0] - 1
            require(index.search(f'"第{gone:06}号"').total == 0, "a deleted article", gone)


# Readers against a writer


def read_on(folder: Path, opens: int, seed: int) -> int:
    """Opens an index so often, without pause, and holds it to its model. Returns how many generations were seen."""
    chooser = random.Random(seed)
    seen = 0
    generations = set()
    held = newsearch.open(folder)
    for number in range(opens):
        with newsearch.open(folder) as index:
            require(index.generation >= seen, "the generation went back", seen, index.generation)
            seen = index.generation
            generations.add(seen)
            require_model(index, chooser)
        if number and number % 5000 == 0:
            print(f"seed {seed}: opened {number:,} times", flush=True)
        if number % 10 == 0:
            require_model(held, chooser)
            if number % 200 == 0:
                before = held.generation
                held.refresh()
                require(held.generation >= max(seen, before), "refreshing went back")
    return len(generations)


def readers_against_a_writer(folder: Path, opens: int, seed: int) -> str:
    """Readers open until they have done so `opens` times together, while this process commits. Raises Wrong."""
    storage = Storage(folder)
    commit_next(storage)
    begun = time.monotonic()
    with _children() as start:

        def reading(seed: int) -> Callable[[Connection], object]:
            return lambda pipe: pipe.send(read_on(folder, opens // READERS, seed))

        pipes = [start(reading(seed + reader)) for reader in range(READERS)]
        generation = 1
        while not all(pipe.poll() for pipe in pipes):
            generation = commit_next(storage)
            require(leftovers(storage) == [], "left behind")
        seen = [_received(pipe) for pipe in pipes]
    rebuilt = generation // _REBUILD_EVERY
    return (
        f"{READERS} readers opened {opens:,} times in {time.monotonic() - begun:.0f} s, seeing {min(seen):,} to "
        f"{max(seen):,} of {generation:,} generations, {rebuilt:,} of them rebuilt"
    )


# Writers against each other


def contend(storage: Storage, pipe: Connection) -> None:
    """Tries to write whenever told to, says how that went, and commits as winner when all have tried."""
    while True:
        number = pipe.recv()
        begun = time.monotonic()
        try:
            with open_writer(storage) as writer:
                pipe.send(("won", os.getpid(), time.monotonic() - begun))
                pipe.recv()
                writer.add(numbered(number))
                writer.commit()
            pipe.send("done")
        except IndexLocked as error:
            require(f"process {error.pid} is writing" in str(error), "the message", str(error))
            pipe.send(("locked", error.pid, time.monotonic() - begun))
            pipe.recv()


def writers_against_each_other(folder: Path, contests: int, writers: int = 2) -> str:
    """Each contest has one winner, and everybody else is told its process id in time. Raises Wrong."""
    storage = Storage(folder)
    with newsearch.open(folder, create=True):
        pass
    wins, slowest = Counter[int](), 0.0
    with _children() as start:
        pipes = [start(lambda pipe: contend(storage, pipe)) for _ in range(writers)]
        for number in range(1, contests + 1):
            for pipe in pipes:
                pipe.send(number)
            said = [_received(pipe) for pipe in pipes]
            winners = [process for what, process, _ in said if what == "won"]
            require(len(winners) == 1, "one wins", said)
            require(all(process == winners[0] for _, process, _ in said), "the winner is named", said)
            slowest = max(slowest, *(took for what, _, took in said if what == "locked"))
            wins[winners[0]] += 1
            for pipe in pipes:
                pipe.send("go on")
            require(_received(pipes[[what for what, *_ in said].index("won")]) == "done")
    with newsearch.open(folder) as index:
        require(len(index) == contests, "every winner's article", len(index))
    require(slowest < IN_TIME, "told in time", slowest)
    return f"{contests:,} contests, won {sorted(wins.values())}; the other knew by whom within {slowest * 1000:.0f} ms"


def creators_against_each_other(folder: Path, contests: int, creators: int = 3) -> str:
    """Each contest opens an index that is not there, in several processes at once: all get the same. Raises Wrong."""
    folder.mkdir(parents=True)

    def create(pipe: Connection) -> None:
        while True:
            path = folder / str(pipe.recv())
            with newsearch.open(path, create=True) as index:
                pipe.send((index.generation, len(index), (path / manifest_name(1)).stat().st_ino))

    slowest = 0.0
    with _children() as start:
        pipes = [start(create) for _ in range(creators)]
        for number in range(contests):
            begun = time.monotonic()
            for pipe in pipes:
                pipe.send(number)
            said = [_received(pipe) for pipe in pipes]
            slowest = max(slowest, time.monotonic() - begun)
            require(said[0][:2] == (1, 0) and len(set(said)) == 1, "one index, made once", said)
            shutil.rmtree(folder / str(number))
    return f"{contests:,} times {creators} processes made one index, at most {slowest * 1000:.0f} ms each"


# A reader that is held on to


def hold_on(folder: Path, merges: int, seed: int) -> str:
    """An index that stays open while its files are merged away and rebuilt gives the answers that it gave. Raises
    Wrong."""
    storage = Storage(folder)
    commit_next(storage)
    merged = commits = 0
    with newsearch.open(folder) as held, newsearch.open(folder) as asked_late:
        expected = everything(held)
        while merged < merges or commits % _REBUILD_EVERY:
            before = read_manifest(storage)
            commit_next(storage)
            commits += 1
            after = read_manifest(storage)
            merged += bool(before and after and len(after.segments) < len(before.segments))
            require(everything(held) == expected, "the same answers")
        gone = [entry.name for entry in held._reader.manifest.files() if entry.name not in storage.names()]
        require(len(gone) > 1, "files that are read are gone", gone)
        require(everything(asked_late) == expected, "the same answers, first asked for after all that")
    return f"a reader's answers stayed the same through {commits} commits, {merged} merges and {len(gone)} lost files"


def everything(index: Index) -> list[Any]:
    """What an index says, in every way of asking."""
    found = index.search("台风 OR 渔船", limit=100, facets=["month", "source"])
    first = next(iter(index)).id
    return [
        index.generation,
        [(hit.id, hit.score, hit.snippet.text, hit.snippet.highlights, hit.title_highlights) for hit in found],
        found.facets,
        list(index),
        index.get(first),
        [(hit.id, hit.score) for hit in index.similar(first, limit=50)],
        index.suggest("台"),
        index.suggest("yc"),
        index.keywords("渔船"),
        index.stats().articles,
    ]


# Threads that share an index


def threads_share_an_index(folder: Path, seconds: float, seed: int, threads: int = 8) -> str:
    """Threads ask one Index everything at once while it is refreshed and changed. Each answer must be that of one of
    the two states that the index goes to and fro between. Raises Wrong."""
    base = [
        Article(f"s{number}", f"台风第{number}号登陆", "沿海渔船回港避风。" * (1 + number % 4), source="潮报")
        for number in range(20)
    ]
    # It moves within the index whenever it is replaced: a number of one generation is wrong in the next.
    states = [base[7], Article("s7", "台风过后渔船出港", "渔船出港捕鱼。", source="晨报")]
    with newsearch.open(folder, create=True) as index, newsearch.open(folder) as changing:
        index.add(base)
        expected: dict[str, list[Any]] = {name: [] for name in _QUESTIONS}
        for state in (0, 1):
            index.add([states[state]])
            for name, ask in _QUESTIONS.items():
                expected[name].append(ask(index))
        errors: list[BaseException] = []
        asked: Counter[str] = Counter()
        deadline = time.monotonic() + seconds

        def ask_on(number: int) -> None:
            chooser = random.Random(seed + number)
            try:
                names = [*_QUESTIONS, "refresh"]
                once = iter(chooser.sample(names, len(names)))
                while (name := next(once, "")) or (time.monotonic() < deadline and not errors):
                    name = name or chooser.choice(names)
                    if name == "refresh":
                        index.refresh()
                    else:
                        answer = _QUESTIONS[name](index)
                        require(answer in expected[name], name, answer, expected[name])
                    asked[name] += 1
            except BaseException as error:
                errors.append(error)

        running = [threading.Thread(target=ask_on, args=(number,)) for number in range(threads)]
        commits, usual = 0, sys.getswitchinterval()
        sys.setswitchinterval(1e-5)  # a thread is interrupted after every few operations
        try:
            for thread in running:
                thread.start()
            while any(thread.is_alive() for thread in running):
                changing.add([states[commits % 2]])
                commits += 1
            for thread in running:
                thread.join()
        finally:
            sys.setswitchinterval(usual)
        if errors:
            raise errors[0]
        require(set(asked) == {*_QUESTIONS, "refresh"}, "everything was asked", asked)
    return f"{threads} threads, {sum(asked.values()):,} answers during {commits:,} commits"


def _hits(results: newsearch.Results) -> list[tuple[str, float, str]]:
    return [(hit.id, round(hit.score, 9), hit.snippet.text) for hit in results]


_QUESTIONS: dict[str, Callable[[Index], Any]] = {
    "search": lambda index: _hits(index.search("台风 渔船", limit=50)),
    "phrase": lambda index: _hits(index.search('"船回港"', limit=50)),
    "near": lambda index: _hits(index.search('"沿海避风"~2', limit=50)),
    "wildcard": lambda index: sorted(hit.id for hit in index.search("渔?出*", limit=50)),
    "pinyin": lambda index: _hits(index.search("yuchuan", limit=5)),
    "facets": lambda index: index.search("台风", facets=["source", "month"]).facets,
    "get": lambda index: index.get("s7"),
    "similar": lambda index: _hits(index.similar("s7", limit=50)),
    "suggest": lambda index: index.suggest("渔"),
    # Their scores count deleted articles until these are merged away.
    "keywords": lambda index: sorted((found.term, found.count) for found in index.keywords("渔船")),
    "stats": lambda index: index.stats().sources,
    "articles": lambda index: sorted(index, key=lambda article: article.id),
}


# Processes


@contextmanager
def _children() -> Iterator[Callable[[Callable[[Connection], object]], Connection]]:
    """Starts children, each with a pipe to it; they end with the block. What goes wrong in one is printed, and its pipe
    has an end."""
    started: list[tuple[int, Connection]] = []

    def start(work: Callable[[Connection], object]) -> Connection:
        mine, theirs = Pipe()
        child = os.fork()
        if not child:
            try:
                for _, pipe in started:
                    pipe.close()
                mine.close()
                work(theirs)
                os._exit(0)
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
            finally:
                os._exit(1)
        theirs.close()
        started.append((child, mine))
        return mine

    try:
        yield start
    finally:
        for child, pipe in started:
            pipe.close()
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _received(pipe: Connection) -> Any:
    require(pipe.poll(600), "an answer in time")
    try:
        return pipe.recv()
    except EOFError:
        raise Wrong("a child failed: see above") from None


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--opens", type=int, default=100_000)
    options.add_argument("--contests", type=int, default=1000)
    options.add_argument("--merges", type=int, default=20)
    options.add_argument("--seconds", type=float, default=60.0, help="how long threads share an index")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as name, small_words(Path(name)):
        folder = Path(name)
        print(hold_on(folder / "held", given.merges, given.seed), flush=True)
        print(threads_share_an_index(folder / "threads", given.seconds, given.seed), flush=True)
        print(writers_against_each_other(folder / "contests", given.contests), flush=True)
        print(creators_against_each_other(folder / "created", given.contests), flush=True)
        print(readers_against_a_writer(folder / "readers", given.opens, given.seed), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
