"""Many small additions, and work shared by several processes: the answers are those of one build."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import Mock, patch

import pytest

import newsearch
from newsearch.article import Article
from newsearch.codec.builder import MOST_DOCUMENTS
from newsearch.errors import IndexLocked, StorageFailed
from newsearch.index import lanes, merging, segment_writer, storage
from newsearch.index.manifest import read_manifest
from newsearch.index.parts import Part
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer
from newsearch.terms.dictionary import default_dictionary

WORDS = [
    "台风",
    "渔船",
    "乡村振兴",
    "校车",
    "古籍",
    "防汛",
    "高铁",
    "人工智能",
    "养老",
    "工会",
    "B超",
    "3月15日",
    "的",
    "了",
]
QUERIES = ["台风", "台风 渔船", "乡村", "的", "“村振”", "标题:校车", "B超", "3月15日 -高铁", "人工智能 工会 养老"]


def made_up(count: int, seed: int) -> list[Article]:
    chooser = random.Random(seed)
    return [
        Article(
            id=f"a{number}",
            title="".join(chooser.choices(WORDS, k=3)),
            body="，".join("".join(chooser.choices(WORDS, k=chooser.randint(1, 9))) for _ in range(12)) + "。",
        )
        for number in range(count)
    ]


def answers(folder: Path) -> list[list[tuple[str, float]]]:
    with newsearch.open(folder) as index:
        assert index.check() == []
        found = (index.search(query, limit=10_000) for query in QUERIES)
        return [sorted((hit.id, round(hit.score, 4)) for hit in results) for results in found]


def test_many_small_additions(tmp_path: Path) -> None:
    articles = made_up(60, seed=1)
    for number in range(0, 60, 2):
        with open_writer(Storage(tmp_path / "many")) as opened:
            for article in articles[number : number + 2]:
                opened.add(article)
            if number > 10:
                opened.delete(f"a{number - 7}")
            opened.commit()
    gone = {f"a{number - 7}" for number in range(12, 60, 2)}
    with open_writer(Storage(tmp_path / "one")) as opened:
        for article in articles:
            if article.id not in gone:
                opened.add(article)
        opened.commit()
    with newsearch.open(tmp_path / "many") as index:
        stats = index.stats()
        assert stats.articles == 60 - len(gone)
        assert stats.segments < 2 * merging._MERGE_FROM
    assert answers(tmp_path / "many") == answers(tmp_path / "one")


def test_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 100)
    monkeypatch.setattr(segment_writer, "_BATCH", 32)
    monkeypatch.setattr(segment_writer, "_SEGMENT_CHARACTERS", 10_000)
    monkeypatch.setattr(segment_writer, "_TEXTS_SAMPLE", 300)
    articles = made_up(400, seed=2)
    for jobs in (1, 2, 3):
        with open_writer(Storage(tmp_path / str(jobs)), jobs=jobs) as opened:
            for article in articles:
                opened.add(article)
            opened.delete("a7")
            opened.commit()
            assert opened.total == 399
    one, two, three = (answers(tmp_path / str(jobs)) for jobs in (1, 2, 3))
    assert one == two == three
    assert all(one)


def test_the_same_articles_and_jobs_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 90)
    monkeypatch.setattr(segment_writer, "_BATCH", 32)
    monkeypatch.setattr(segment_writer, "_SEGMENT_CHARACTERS", 10_000)
    monkeypatch.setattr(segment_writer, "_TEXTS_SAMPLE", 300)
    contents: list[dict[str, bytes]] = []
    for folder in ("first", "second"):
        with open_writer(Storage(tmp_path / folder), jobs=2) as opened:
            for article in made_up(300, seed=3):
                opened.add(article)
            opened.commit()
        files = sorted((tmp_path / folder).iterdir())
        contents.append({file.name: file.read_bytes() for file in files if file.name != "lock"})
    assert contents[0] == contents[1]
    assert {"segment", "texts"} <= {name.split("-")[0] for name in contents[0]}


def test_a_worker_that_fails_or_dies_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 60)
    monkeypatch.setattr(segment_writer, "_BATCH", 32)
    articles = made_up(240, seed=4)
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        opened.add(articles[0])
        opened.commit()
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        for article in articles:
            opened.add(article)
        lane = opened._segments._seats[1].lane
        assert isinstance(lane, lanes.ProcessLane)
        lane._process.kill()
        with pytest.raises(StorageFailed, match="worker"):
            opened.commit()
    with newsearch.open(tmp_path) as index:
        assert len(index) == 1
        assert index.check() == []
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        assert sum(opened.add(article).value == "added" for article in articles) == 239
        opened.commit()
    with newsearch.open(tmp_path) as index:
        assert len(index) == 240


@pytest.mark.parametrize("jobs", [1, 2, 4, 8, 64])
def test_merging_ends_however_many_share_it(jobs: int, tmp_path: Path) -> None:
    """By default as many as there are processors: often more than segments."""
    articles = made_up(9, seed=12)
    for number, article in enumerate(articles):
        with open_writer(Storage(tmp_path), jobs=jobs) as opened:
            opened.add(article)
            opened.commit()
        assert sum(segments(tmp_path)) == number + 1
        assert len(segments(tmp_path)) < merging._MERGE_FROM


@pytest.mark.parametrize(("jobs", "expected"), [(1, [7]), (2, [3, 4]), (8, [3, 4])])
def test_deleting_alone_merges_too(
    jobs: int, expected: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, article in enumerate(made_up(8, seed=10)):
        monkeypatch.setattr(merging, "_MERGE_FROM", 9)
        with open_writer(Storage(tmp_path)) as opened:
            opened.add(article)
            opened.commit()
        assert len(segments(tmp_path)) == number + 1
    monkeypatch.setattr(merging, "_MERGE_FROM", 4)
    monkeypatch.setattr(merging, "_SHARED_FROM", 7)
    with open_writer(Storage(tmp_path), jobs=jobs) as opened:
        opened.delete("a3")
        opened.commit()
    assert segments(tmp_path) == expected


def parts(*alive: int) -> list[Part]:
    return [Part(documents) for documents in alive]


def test_what_a_large_addition_made_is_merged_once_it_is_complete() -> None:
    new = parts(60_000, 60_000, 60_000, 20_000, 1)
    assert merging.segments_to_merge(new, new, complete=False) == []
    assert merging.segments_to_merge(new, new, complete=True) == new
    assert merging.segments_to_merge(new[:2], new[:2], complete=True) == []


def test_an_addition_that_has_no_end_is_merged_all_the_same() -> None:
    new = parts(*[1000] * (merging._MOST_WAITING + 1))
    assert merging.segments_to_merge(new[1:], new[1:], complete=False) == []
    assert merging.segments_to_merge(new, new, complete=False) == new


def test_what_is_small_beside_an_addition_goes_with_it_and_what_is_large_stays() -> None:
    large, small, same = parts(900_000, 10, 45_000)
    new = parts(30_000, 30_000, 30_000)
    assert merging.segments_to_merge([large, small, same, *new], new, complete=True) == [small, *new]


def test_segments_of_the_size_that_an_addition_will_have_go_with_it_before_they_are_too_many() -> None:
    same, new = parts(40_000, 45_000), parts(30_000, 30_000, 30_000)
    assert merging.segments_to_merge([*same, *new], new, complete=True) == [*same, *new]


def test_a_small_addition_leaves_large_segments_alone() -> None:
    old, new = parts(250_000, 260_000, 10, 10), parts(10)
    assert merging.segments_to_merge([*old, *new], new, complete=True) == []
    assert merging.segments_to_merge([*old, *new, *parts(10)], new, complete=True)[:2] == old[2:]


def test_empty_segments_and_those_that_are_half_full_are_not_merged() -> None:
    new = parts(0, MOST_DOCUMENTS // 2 + 1, 5, 5)
    assert merging.segments_to_merge(new, new, complete=True) == []


@pytest.mark.parametrize(
    ("alive", "lanes", "expected"),
    [
        ([1, 1], 1, [[1, 1]]),
        ([1, 1, 1], 2, [[1, 1, 1]]),
        ([50_000, *[10_000] * 5], 8, [[10_000] * 5]),  # one that has its share already stays as it is
        ([6000] * 4, 2, [[6000, 6000], [6000, 6000]]),
        ([3, 3, 3, 3], 2, [[3, 3, 3, 3]]),  # so few are not worth two segments
        ([1 << 21] * 3, 1, [[1 << 21, 1 << 21]]),  # no more fit
    ],
)
def test_lanes_have_equal_shares(alive: list[int], lanes: int, expected: list[list[int]]) -> None:
    shared = merging.shares(parts(*alive), lanes)
    assert [[part.alive for part in share] for share in shared] == expected


@pytest.mark.parametrize("seed", range(5))
def test_shares_are_neighbours_and_make_fewer_segments(seed: int) -> None:
    print("seed", seed)
    chooser = random.Random(seed)
    for _ in range(200):
        alive = [int(10 ** chooser.uniform(0, 6.3)) for _ in range(chooser.randint(2, 40))]
        group = parts(*alive)
        shared = merging.shares(group, chooser.randint(1, 9))
        numbers = [[group.index(part) for part in share] for share in shared]
        assert shared
        assert all(mine == list(range(mine[0], mine[-1] + 1)) and len(mine) > 1 for mine in numbers)
        flat = list(chain.from_iterable(numbers))
        assert flat == sorted(set(flat))
        assert all(sum(part.alive for part in share) <= MOST_DOCUMENTS for share in shared)


@pytest.mark.parametrize("jobs", [1, 2])
def test_commits_on_the_way_are_merged_at_the_end(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is there for readers; at the end nothing of them takes room any more."""
    monkeypatch.setattr(merging, "_SHARED_FROM", 200)
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 90)
    monkeypatch.setattr(segment_writer, "_BATCH", 16)
    monkeypatch.setattr(segment_writer, "_TEXTS_SAMPLE", 300)
    articles = made_up(240, seed=14)
    with open_writer(Storage(tmp_path / "on"), jobs=jobs) as opened:
        for number, article in enumerate(articles, 1):
            opened.add(article)
            if number % 40 == 0:
                opened.commit(complete=False)
                assert sum(segments(tmp_path / "on")) == number
        opened.delete("a7")
        assert len(segments(tmp_path / "on")) == 6 * jobs
        opened.commit()
    assert sum(segments(tmp_path / "on")) == 239
    assert len(segments(tmp_path / "on")) == jobs
    assert sum(name.startswith("segment") for name in Storage(tmp_path / "on").names()) == jobs
    with open_writer(Storage(tmp_path / "one")) as opened:
        for article in articles:
            opened.add(article)
        opened.delete("a7")
        opened.commit()
    assert answers(tmp_path / "on") == answers(tmp_path / "one")


def segments(folder: Path) -> list[int]:
    manifest = read_manifest(Storage(folder))
    assert manifest is not None
    return [entry.documents for entry in manifest.segments]


@pytest.mark.parametrize(("documents", "tier"), [(0, 0), (4096, 0), (4097, 1), (16387, 1), (16388, 2), (262_208, 4)])
def test_tiers(documents: int, tier: int) -> None:
    assert merging.tier(documents) == tier


def test_what_fails_in_a_worker_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of it, and nothing is written after it."""
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 1)
    monkeypatch.setattr(segment_writer, "_SEGMENT_CHARACTERS", 1)
    monkeypatch.setattr(segment_writer, "_BATCH", 32)
    folder = tmp_path / "index"
    with open_writer(Storage(folder), jobs=2) as opened:
        articles = iter(made_up(250, seed=11))
        for article in islice(articles, 75):
            opened.add(article)
        opened.commit()
        folder.rename(tmp_path / "elsewhere")
        for article in articles:
            opened.add(article)
        with pytest.raises(StorageFailed, match=r"cannot write segment-\d+.columns in .+: No such file"):
            opened.commit()
    with newsearch.open(tmp_path / "elsewhere") as index:
        assert len(index) == 75


_KILLED = """
import sys
from newsearch.article import Article
from newsearch.codec.builder import MOST_DOCUMENTS
from newsearch.index import segment_writer, writer
from newsearch.index.storage import Storage
segment_writer._PARALLEL_FROM = 2000
with writer.open_writer(Storage(sys.argv[1]), jobs=2) as opened:
    for number in range(20_000):
        opened.add(Article(f"a{number}", f"台风{number}", "渔船回港避风。" * 20))
        if number == 2500:
            print(*(seat.lane._process.pid for seat in opened._segments._seats), flush=True)
            sys.stdin.read()
"""


def test_workers_do_not_outlive_a_killed_writer(tmp_path: Path) -> None:
    """Whatever they are doing; and while one lives, nobody else writes."""
    with subprocess.Popen([sys.executable, "-c", _KILLED, tmp_path], stdin=-1, stdout=-1) as process:
        assert process.stdout is not None
        workers = list(map(int, process.stdout.readline().split()))
        assert len(workers) == 2
        os.kill(workers[0], signal.SIGSTOP)
        process.kill()
        process.wait()
        with pytest.raises(IndexLocked), patch.object(storage, "_DYING", 0.1), open_writer(Storage(tmp_path)):
            pytest.fail("a worker is still there")
        os.kill(workers[0], signal.SIGCONT)
    with open_writer(Storage(tmp_path)) as opened:  # waits for them
        assert not any(Path(f"/proc/{worker}/cmdline").exists() and is_running(worker) for worker in workers)
        opened.commit()
    assert not any(name.startswith("segment") for name in Storage(tmp_path).names())


def is_running(process: int) -> bool:
    return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()


def test_giving_up_does_not_wait_for_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 300)
    with pytest.raises(KeyError), open_writer(Storage(tmp_path), jobs=2) as opened:
        for number in range(1024):
            opened.add(Article(f"a{number}", "台风", f"渔船第{number}次回港避风。" * 200))
        stopped = [seat.lane._process for seat in opened._segments._seats if isinstance(seat.lane, lanes.ProcessLane)]
        assert len(stopped) == 2
        raise KeyError
    assert 1 in [process.returncode for process in stopped]  # one has just been given much to do: it did not finish it
    assert Storage(tmp_path).names() == ["lock"]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("committed", [False, True])
def test_starting_over_when_lanes_are_at_work(
    jobs: int, committed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They know a dictionary for stored texts, and words, that the index has no more."""
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 120)
    monkeypatch.setattr(segment_writer, "_BATCH", 32)
    monkeypatch.setattr(segment_writer, "_TEXTS_SAMPLE", 400)
    articles = made_up(200, seed=9)
    with open_writer(Storage(tmp_path), jobs=jobs) as opened:
        opened.use_dictionary(default_dictionary().with_words({"台风渔船": 5000}))
        for article in articles:
            opened.add(article)
        if committed:
            opened.commit()
        assert (opened._segments.texts or opened._texts) is not None
        opened.start_over()
        for article in articles[:30]:
            opened.add(article)
        opened.commit()
        assert opened.total == 30
        opened.add(articles[30])
        opened.commit()
    with newsearch.open(tmp_path) as index:
        assert sorted(index, key=lambda article: int(article.id[1:])) == articles[:31]
        assert index.check() == []
        assert index._reader.dictionary().added == {}
    with open_writer(Storage(tmp_path / "fresh")) as opened:
        for article in articles[:31]:
            opened.add(article)
        opened.commit()
    assert answers(tmp_path) == answers(tmp_path / "fresh")
    assert [name for name in Storage(tmp_path).names() if name.startswith("texts")] == []


@pytest.mark.parametrize("refusal", [EOFError, ConnectionResetError])
def test_a_worker_that_hangs_up_is_an_error(
    refusal: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system has two words for it, depending on whether the worker had read everything."""
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 300)
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        for article in made_up(400, seed=7):
            opened.add(article)
        monkeypatch.setattr(Connection, "recv", Mock(side_effect=refusal))
        with pytest.raises(StorageFailed, match="a worker process died"):
            opened.commit()


@pytest.mark.parametrize(
    ("place", "failure", "said"),
    [
        ("newsearch.index.lanes._start", OSError(errno.EAGAIN, "Try again"), "cannot start a worker process"),
        ("newsearch.index.lanes.Connection.recv", MemoryError(), "cannot build a segment .*Cannot allocate memory"),
    ],
)
def test_without_room_for_workers_the_advice_is_fewer_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, failure: Exception, said: str
) -> None:
    """A worker tells what went wrong by sending it."""
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 1)
    answer = {"return_value": failure} if isinstance(failure, MemoryError) else {"side_effect": failure}
    refused = pytest.raises(StorageFailed, match=f"{said}.*use fewer --jobs")
    with refused, open_writer(Storage(tmp_path), jobs=2) as opened:
        opened.add(Article("1", "台风"))
        monkeypatch.setattr(place, Mock(**answer))
        opened.commit()
    assert open_reader(Storage(tmp_path)) is None


def test_a_worker_that_does_not_start_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "send", Mock(side_effect=BrokenPipeError))
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 300)
    with (
        pytest.raises(StorageFailed, match="a worker process died"),
        open_writer(Storage(tmp_path), jobs=2) as opened,
    ):
        for article in made_up(600, seed=8):
            opened.add(article)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    assert children == []


def test_one_writer_of_many_commits_finds_what_was_merged(tmp_path: Path) -> None:
    articles = made_up(30, seed=5)
    with open_writer(Storage(tmp_path)) as opened:
        for article in articles:
            opened.add(article)
            opened.commit()
        for number in range(0, 30, 3):
            assert opened.delete(f"a{number}")
            assert not opened.delete(f"a{number}")
        assert all(opened.add(articles[number]).value == "unchanged" for number in range(1, 30, 3))
        opened.commit()
        assert opened.total == 20
    with newsearch.open(tmp_path) as index:
        assert sorted(article.id for article in index) == sorted(f"a{number}" for number in range(30) if number % 3)
        assert index.check() == []
