"""Many small additions, and work shared by several processes: the answers are those of one build."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import newsearch
from newsearch.article import Article
from newsearch.errors import StorageFailed
from newsearch.index import lanes, writer
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer

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
        assert stats.segments < 2 * writer._MERGE_FROM
    assert answers(tmp_path / "many") == answers(tmp_path / "one")


def test_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_PARALLEL_FROM", 500)
    monkeypatch.setattr(writer, "_SEGMENT_CHARACTERS", 20_000)
    articles = made_up(2000, seed=2)
    for jobs in (1, 2, 3):
        with open_writer(Storage(tmp_path / str(jobs)), jobs=jobs) as opened:
            for article in articles:
                opened.add(article)
            opened.delete("a7")
            opened.commit()
            assert opened.total == 1999
    one, two, three = (answers(tmp_path / str(jobs)) for jobs in (1, 2, 3))
    assert one == two == three
    assert all(one)


def test_the_same_articles_and_jobs_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_PARALLEL_FROM", 500)
    monkeypatch.setattr(writer, "_SEGMENT_CHARACTERS", 50_000)
    contents = []
    for folder in ("first", "second"):
        with open_writer(Storage(tmp_path / folder), jobs=2) as opened:
            for article in made_up(1500, seed=3):
                opened.add(article)
            opened.commit()
        files = sorted((tmp_path / folder).iterdir())
        contents.append({file.name: file.read_bytes() for file in files if file.name != "lock"})
    assert contents[0] == contents[1]


def test_a_worker_that_fails_or_dies_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_PARALLEL_FROM", 300)
    articles = made_up(1200, seed=4)
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        opened.add(articles[0])
        opened.commit()
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        for article in articles:
            opened.add(article)
        lane = opened._seats[1].lane
        assert isinstance(lane, lanes.ProcessLane)
        lane._process.kill()
        with pytest.raises(StorageFailed, match="worker"):
            opened.commit()
    with newsearch.open(tmp_path) as index:
        assert len(index) == 1
        assert index.check() == []
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        assert sum(opened.add(article).value == "added" for article in articles) == 1199
        opened.commit()
    with newsearch.open(tmp_path) as index:
        assert len(index) == 1200


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
