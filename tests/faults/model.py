"""A dict beside an index: whatever is done to both, in whatever order, the index holds and finds what the dict does.

    PYTHONPATH=tests:. python -m faults.model [--runs N] [--steps N] [--seed S]        (make model RUNS=2000)

Hypothesis chooses what is done and, when something goes wrong, finds the shortest way to it. Searches are answered by
brute force too: documents, scores and order. Merging and rebuilding must change none of them.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import brute_force
import hypothesis
from brute_force import BruteForce, in_order
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import newsearch
from newsearch import Article, BadArticle, schema
from newsearch.index import merging
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, open_writer
from newsearch.query import parse_query
from newsearch.terms.dictionary import Dictionary, default_dictionary
from newsearch.terms.segment import DictionarySegmenter

from .kill_desk import leftovers, require
from .orphans import PLACES, commit_or_die
from .small_corpus import tries_known

LEAD = schema.LEAD
_PARTS = ["台风", "渔船", "乡村", "振兴", "学校", "人工智能", "的", "了", "B超", "3月15日", "，", "。\n"]
QUERIES = [
    "台风",
    "渔",
    "乡村振兴",
    "“船乡”",
    "标题:学校",
    "人工 台风",
    "的 -了",
    "学? OR 渔船",
    "3月15日 B超",
    "“了的”",
]

ids = st.sampled_from([f"a{number}" for number in range(12)])
texts = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=8).map("".join)
articles = st.builds(Article, ids, texts.map(lambda text: text.replace("\n", "")), texts)
batches = st.lists(articles, max_size=5)
#: An article is added, an id deleted, and None is starting over.
Change = Article | str | None
changes = st.lists(articles | ids | articles | ids | articles | st.none(), max_size=6)

jobs = st.sampled_from([1, 2, 5])  # how many share the work of merging
_LOT = 50

#: What was done how often, over all runs.
done: Counter[str] = Counter()


class GivenUpError(Exception):
    """What goes wrong in somebody's list of articles."""


class Machine(RuleBasedStateMachine):
    """An index, the dict that says what is in it, and an open index that stays behind until it is refreshed."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="newsearch-model-"))
        self.folder = self.root / "index"
        self.model: dict[str, Article] = {}
        self.open = newsearch.open(self.folder, create=True)
        self.seen: dict[str, Article] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @rule(batch=batches)
    def add(self, batch: list[Article]) -> None:
        done["add"] += 1
        with newsearch.open(self.folder) as index:
            report = index.add(batch)
            self._apply(self.model, batch)
            require(report.total == len(index) == len(self.model), "how many", report)

    @rule(batch=batches, bad=st.sampled_from([GivenUpError(), {"id": "bad"}, {"title": "x", "date": "never"}]))
    def add_badly(self, batch: list[Article], bad: Any) -> None:
        """Nothing of a list that cannot be read to its end goes in."""
        done["bad add"] += 1

        def listed() -> Iterator[Any]:
            yield from batch
            if isinstance(bad, GivenUpError):
                raise bad
            yield bad

        with newsearch.open(self.folder) as index:
            try:
                index.add(listed())
            except (GivenUpError, BadArticle):
                pass
            else:
                require(False, "a bad article went in")

    @rule(wanted=st.lists(ids, max_size=5))
    def delete(self, wanted: list[str]) -> None:
        done["delete"] += 1
        with newsearch.open(self.folder) as index:
            there = [id for id in dict.fromkeys(wanted) if id in self.model]
            require(index.delete(wanted) == there, "what was deleted")
            self._apply(self.model, wanted)

    @rule(sessions=st.lists(changes, min_size=1, max_size=3), rolled_back=changes, jobs=jobs)
    def commit_and_roll_back(self, sessions: list[list[Change]], rolled_back: list[Change], jobs: int = 1) -> None:
        """Several commits of one writer, and changes after them that are given up."""
        done["commit, roll back"] += 1
        try:
            with open_writer(self.storage, jobs=jobs) as writer:
                for session in sessions:
                    _make(writer, session)
                    writer.commit()
                    self._apply(self.model, session)
                    require(writer.total == len(self.model), "how many", writer.total)
                _make(writer, rolled_back)
                raise GivenUpError
        except GivenUpError:
            pass

    @rule(session=changes, merged=st.booleans(), step=st.integers(1, PLACES))
    def crash(self, session: list[Change], merged: bool, step: int) -> None:
        """A child dies at a step of its storage: all of its changes are there, or none."""
        done["crash"] += 1
        with _merging_from(2 if merged else 4):
            died = commit_or_die(self.folder, lambda writer: _make(writer, session), step)
        after = dict(self.model)
        self._apply(after, session)
        with newsearch.open(self.folder) as index:
            now = {article.id: article for article in index}
            require(now == after or (died and now == self.model), "old or new")
        self.model = now

    @rule(jobs=jobs)
    def merge(self, jobs: int = 1) -> None:
        """One segment of all; every answer stays what it was."""
        done["merge"] += 1
        before = self._answers()
        with _merging_from(2), open_writer(self.storage, jobs=jobs) as writer:
            writer.commit()
        require(self._answers() == before, "the same answers after merging")

    @rule()
    def rebuild(self) -> None:
        done["rebuild"] += 1
        before = self._answers()
        with open_writer(self.storage) as writer:
            kept = list(writer.committed_articles(0))
            writer.start_over()
            for article in kept:
                writer.add(article)
            writer.commit()
        require(self._answers() == before, "the same answers after rebuilding")

    @rule()
    def reopen(self) -> None:
        done["reopen"] += 1
        self.open.close()
        self.open = newsearch.open(self.folder)
        self.seen = dict(self.model)

    @rule()
    def refresh(self) -> None:
        done["refresh"] += 1
        before = self.open.generation
        require(self.open.refresh() == (self.open.generation > before), "whether it moved on")
        self.seen = dict(self.model)

    @rule(query=st.sampled_from(QUERIES))
    def search(self, query: str) -> None:
        """The open index, by brute force over the articles that it saw."""
        done["search"] += 1
        results = self.open.search(query, limit=100)
        model = BruteForce(list(self.seen.values()), _segmenter(), LEAD)
        parsed = parse_query(query, _segmenter())
        trees = [parsed.tree, parsed.any_piece, parsed.any_word]
        found = next((found for tree in trees if (found := model.matching(tree))), [])
        scores = dict(zip([a.id for a in found], model.scores(parsed.pieces, found), strict=True))
        require({hit.id for hit in results} == set(scores), "documents", query, scores)
        for hit in results:
            score = scores[hit.id]
            if hit.document in results.reranked:
                score += model.added(parsed.pieces, self.seen[hit.id])
            require(abs(hit.score - score) <= 1e-5 * (1 + score), "score", query, hit.id)
        ordered = in_order([(self.seen[hit.id], hit.score) for hit in results], "relevance")
        require([hit.id for hit in results] == [article.id for article in ordered], "order", query)

    @invariant()
    def it_holds_what_the_dict_does(self) -> None:
        done["steps"] += 1
        with newsearch.open(self.folder) as index:
            require({article.id: article for article in index} == self.model, "contents")
        require({article.id: article for article in self.open} == self.seen, "what was open stays as it was")

    @rule()
    def look_around(self) -> None:
        """A commit leaves nothing behind, and every byte is as it was written."""
        done["look around"] += 1
        with open_writer(self.storage) as writer:
            writer.commit()
        require(leftovers(self.storage) == [], "left behind")
        with newsearch.open(self.folder) as index:
            require(index.check(quick=True) == [], "damage")

    @property
    def storage(self) -> Storage:
        return Storage(self.folder)

    def _answers(self) -> list[Any]:
        with newsearch.open(self.folder) as index:
            found = (index.search(query, limit=100) for query in QUERIES)
            return [[(hit.id, hit.score, hit.snippet.text) for hit in results] for results in found]

    @staticmethod
    def _apply(model: dict[str, Article], session: Sequence[Change]) -> None:
        for change in session:
            if change is None:
                model.clear()
            elif isinstance(change, str):
                model.pop(change, None)
            else:
                model[change.id] = change


def _make(writer: IndexWriter, session: Sequence[Change]) -> None:
    for change in session:
        if change is None:
            writer.start_over()
        elif isinstance(change, str):
            writer.delete(change)
        else:
            writer.add(change)


@contextmanager
def _merging_from(segments: int) -> Iterator[None]:
    usual, merging._MERGE_FROM = merging._MERGE_FROM, segments
    try:
        yield
    finally:
        merging._MERGE_FROM = usual


@cache
def _few_words() -> Dictionary:
    """The words that occur here: the whole list would be nearly all that is read and written."""
    whole = default_dictionary()
    words = [*_PARTS, "登陆", "回港", "人工", "智能"]
    return Dictionary.of({word: whole.frequency(word) for word in words if whole.frequency(word)}, whole.total)


@cache
def _segmenter() -> DictionarySegmenter:
    return DictionarySegmenter(_few_words())


@contextmanager
def conditions() -> Iterator[None]:
    """What machines need around them, to be quick."""
    with _terms_kept(), _small_indexes(), tries_known():
        yield


@contextmanager
def _small_indexes() -> Iterator[None]:
    few = _few_words()
    ours = [module for name, module in sys.modules.items() if name.startswith("newsearch.")]
    with ExitStack() as patched:
        for module in [module for module in ours if hasattr(module, "default_dictionary")]:
            patched.enter_context(patch.object(module, "default_dictionary", lambda: few))
        yield


@contextmanager
def _terms_kept() -> Iterator[None]:
    """Brute force cuts an article once, not once for each search."""
    usual: Callable[..., Any] = brute_force.terms_of
    brute_force.terms_of = lru_cache(10_000)(usual)  # type: ignore[assignment]
    try:
        yield
    finally:
        brute_force.terms_of = usual


def run(runs: int, steps: int, seed: int) -> Counter[str]:
    """Lets Hypothesis try so many runs of at most so many steps. Returns what was done; raises what went wrong, after
    Hypothesis has printed the shortest way to it."""
    done.clear()
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    with conditions():
        run_state_machine_as_test(hypothesis.seed(seed)(Machine), settings=chosen)  # type: ignore[no-untyped-call]
    return +done


def run_on(runs: int, steps: int, seed: int) -> None:
    """Does so many runs, some at a time, and says of each lot which seed repeats it."""
    begun, left, counts = time.monotonic(), runs, Counter[str]()
    while left:
        lot = min(left, _LOT)
        print(f"--runs {2 * lot} --seed {seed} repeats this lot", flush=True)
        counts += run(lot, steps, seed)
        left -= lot
        seed += 2
        print(f"{runs - left:,} runs in {time.monotonic() - begun:.0f} s: {dict(sorted(counts.items()))}", flush=True)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=2000)
    options.add_argument("--steps", type=int, default=50)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    children = []
    for half in (0, 1):  # one for each of two processors
        child = os.fork()
        if child:
            children.append(child)
            continue
        try:
            run_on((given.runs + half) // 2, given.steps, given.seed + half)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(1)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    return int(any(statuses))


if __name__ == "__main__":
    sys.exit(main())
