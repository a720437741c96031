"""A query takes no longer than it may: what was found by then is returned, all of it true, and it is said."""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import newsearch
from newsearch import Deadline, Index
from newsearch.cli import cli
from newsearch.deadline import SECONDS, deadline_of
from newsearch.evaluation.blocks import blocks
from newsearch.index.reader import Reader

#: All of these texts must be looked at, and half of them have the words in another order.
COUNT = 600
NEAR = '"河 长"~3'


@pytest.fixture(scope="module")
def rivers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with newsearch.open(tmp_path_factory.mktemp("rivers"), create=True) as index:
        bodies = ["小河水位上长。", "长堤外有河。"]
        index.add({"id": f"river-{n}", "title": f"水情{n}", "body": bodies[n % 2]} for n in range(COUNT))
        yield index


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text takes a hundredth of a second to read."""
    read = Reader._read_stored

    def slow(self: Reader, document: int) -> bytes:
        time.sleep(0.01)
        return read(self, document)

    monkeypatch.setattr(Reader, "_read_stored", slow)


@pytest.fixture
def reopened(rivers: Index, slowly: None) -> Index:
    """The index with nothing read yet, every text slow."""
    return newsearch.open(rivers.folder)


# The deadline itself


def test_time_runs_only_between_resume_and_pause() -> None:
    deadline = Deadline(0.05)
    deadline.pause()
    time.sleep(0.1)
    deadline.resume()
    deadline.resume()
    assert not deadline.passed()
    time.sleep(0.06)
    assert not deadline.cut  # nobody asked
    assert deadline.passed()
    assert deadline.cut


def test_no_limit_and_none_at_all() -> None:
    assert not Deadline(None).passed()
    assert not Deadline(math.inf).passed()
    assert Deadline(0).passed()
    for wrong in (-1, math.nan):
        with pytest.raises(ValueError, match="timeout"):
            Deadline(wrong)
    shared = Deadline(5)
    assert deadline_of(shared) is shared


def test_blocks_hold_every_document_once_and_grow() -> None:
    documents = np.arange(1000, dtype=np.uint32)
    sizes = [len(block) for block in blocks(documents, 8, Deadline())]
    assert (sum(sizes), sizes[:3]) == (1000, [8, 16, 32])
    assert np.array_equal(np.concatenate(list(blocks(documents, 8, Deadline()))), documents)
    assert [len(block) for block in blocks(documents, 8, Deadline(0))] == [8]
    assert list(blocks(documents[:0], 8, Deadline())) == []


def test_blocks_shrink_where_each_takes_long() -> None:
    sizes = []
    for block in blocks(np.arange(64, dtype=np.uint32), 16, Deadline(1)):
        sizes.append(len(block))
        time.sleep(0.01 * len(block))
    assert sizes[1] < 16
    assert sum(sizes) == 64


# Searching


def test_in_time_nothing_is_said(rivers: Index) -> None:
    results = rivers.search(NEAR, timeout=60)
    assert (results.total, results.timed_out) == (COUNT // 2, False)
    assert "timed_out" not in results.to_mapping()
    assert rivers.search(NEAR, timeout=None).total == COUNT // 2


@pytest.mark.parametrize("options", [{}, {"sort": "newest"}, {"recent": True}, {"fold_copies": True}, {"limit": 100}])
def test_the_best_so_far(reopened: Index, options: dict[str, Any]) -> None:
    started = time.perf_counter()
    results = reopened.search(NEAR, timeout=0.3, **options)
    assert results.timed_out
    assert time.perf_counter() - started < 3
    assert results.to_mapping()["timed_out"] is True
    assert len(results) <= results.total < COUNT // 2
    assert not results.relaxed
    assert results.suggestions == []
    assert all(int(hit.id.removeprefix("river-")) % 2 == 0 for hit in results)  # true ones only


@pytest.mark.parametrize(
    "query",
    [NEAR, f"-{NEAR}", f"水情 -({NEAR} OR 河?长)", "河*长 OR 长?外", f"{NEAR} OR 没有", f"({NEAR}) 水情 -外有河"],
)
def test_what_is_found_in_time_is_true(rivers: Index, reopened: Index, query: str) -> None:
    every = set(rivers.search(query, timeout=None).documents.tolist())
    results = reopened.search(query, timeout=0.2)
    assert set(results.documents.tolist()) <= every
    assert results.timed_out or set(results.documents.tolist()) == every


def test_a_strict_answer_that_is_not_known_in_time_is_not_relaxed(reopened: Index) -> None:
    results = reopened.search('"河 长"~0 "长 河"~0', timeout=0.1)
    assert (results.timed_out, results.relaxed, results.suggestions) == (True, False, [])


def test_time_between_hits_and_total_does_not_count(reopened: Index) -> None:
    results = reopened.search("水情", timeout=0.2)
    time.sleep(0.3)
    assert (results.total, results.timed_out) == (COUNT, False)


def test_queries_of_several_threads_have_their_own_time(rivers: Index) -> None:
    found: dict[float | None, bool] = {}

    def ask(timeout: float | None) -> None:
        found[timeout] = rivers.search(f"{NEAR} OR 河?长", timeout=timeout).timed_out

    threads = [threading.Thread(target=ask, args=(timeout,)) for timeout in (0, None, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: True, None: False, 60: False}


def test_facets_keywords_trends_and_explaining_stop_too(reopened: Index) -> None:
    started = time.perf_counter()
    results = reopened.search(NEAR, timeout=0.2, facets=["year"])
    assert results.timed_out
    for ask in (reopened.keywords, reopened.trends):
        until = Deadline(0.2)
        ask(NEAR, timeout=until)  # type: ignore[operator]
        assert until.cut
    explained = reopened.explain_query('"外 河"~0 "河 外"~0', "river-1", timeout=0.1)
    assert explained.timed_out
    assert explained.to_mapping()["timed_out"] is True
    assert time.perf_counter() - started < 15
    assert "timed_out" not in reopened.explain_query("水情", "river-1").to_mapping()


def test_words_near_each_other_in_one_long_text(tmp_path: Path) -> None:
    """It is given up in the middle, is in no answer then, and is looked at again when there is time."""
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": "long", "body": "台风的渔船，" * 300_000}, {"id": "short", "body": "渔船的台风。"}])
    cases = {'"台风 的"~0': {"long"}, '"渔船 的"~0': {"short"}, '"台风 船"~0': set(), '的 -"船 台风"~0': {"short"}}
    for query, found in cases.items():
        with newsearch.open(tmp_path) as index:
            results = index.search(query, timeout=0.02)
            assert {hit.id for hit in results} <= found
            assert results.timed_out or {hit.id for hit in results} == found
            hits = {hit.id for hit in index.search(query, timeout=None)}
            assert hits == found


def test_a_thousand_words_are_scored_no_longer_than_that(rivers: Index) -> None:
    query = " OR ".join(f"水情{number} 河" for number in range(450))
    results = rivers.search(query, timeout=0)
    assert results.timed_out
    scores = [hit.score for hit in results]
    assert all(score > 0 for score in scores)


# The command


def run(folder: Path, *arguments: str) -> Any:
    return CliRunner().invoke(cli, ["--index", str(folder), *arguments])


def test_the_command_says_it_in_one_line(rivers: Index, slowly: None) -> None:
    done = run(rivers.folder, "search", NEAR, "--timeout", "0.1", "-n", "2")
    lines = done.stderr.splitlines()
    assert done.exit_code == 0
    assert lines[0].startswith("at least ")
    assert [line for line in lines if "--timeout" in line] == [
        "note: stopped after 0.1 s, there may be more; give it longer with --timeout (0: no limit)"
    ]
    done = run(rivers.folder, "search", NEAR, "--timeout", "0.1", "--json")
    assert json.loads(done.stdout)["timed_out"] is True
    assert "--timeout" in done.stderr
    done = run(rivers.folder, "keywords", NEAR, "--timeout", "0.1", "--json")
    assert json.loads(done.stdout)["timed_out"] is True
    done = run(rivers.folder, "explain", '"外 河"~0 "河 外"~0', "river-1", "--timeout", "0.1")
    assert "--timeout" in done.stderr


def test_zero_is_no_limit_and_less_an_error(rivers: Index) -> None:
    done = run(rivers.folder, "search", NEAR, "--timeout", "0")
    assert (done.exit_code, done.stderr.startswith(f"{COUNT // 2} articles")) == (0, True)
    assert run(rivers.folder, "search", NEAR, "--timeout", "-1").exit_code == 2


def test_the_time_a_query_has_by_itself() -> None:
    assert SECONDS == 1.5
