"""Adding, replacing and removing articles, commit by commit, as readers see it."""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from newsearch.article import Article
from newsearch.build import index_files
from newsearch.errors import IndexNotOpen, StorageFailed
from newsearch.index import segment_writer
from newsearch.index.manifest import read_manifest
from newsearch.index.reader import Reader, open_reader
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, Outcome, open_writer

TYPHOON = Article(
    "1", "台风登陆", "今年第6号台风昨日登陆。", dt.date(2024, 7, 24), ("潘海燕", "麻超"), "团结报", "要闻"
)
SCHOOL = Article("2", "乡村学校", "乡村学校有了B站账号chenkai168。", None, (), "晚报")
NO_TITLE = Article("3", "", "只有正文")
NO_BODY = Article("4", "只有标题")


def commit(storage: Storage, added: Iterable[Article] = (), deleted: Iterable[str] = ()) -> None:
    with open_writer(storage) as writer:
        for article in added:
            writer.add(article)
        for article_id in deleted:
            writer.delete(article_id)
        writer.commit()


def reader_of(storage: Storage) -> Reader:
    reader = open_reader(storage)
    assert reader is not None
    return reader


def ids(reader: Reader) -> list[str]:
    return [article.id for article in reader.articles()]


@pytest.mark.parametrize("committed", [False, True])
def test_what_adding_and_deleting_say(storage: Storage, committed: bool) -> None:
    """The same words before and after a commit."""
    with open_writer(storage) as writer:
        assert writer.add(TYPHOON) is Outcome.ADDED
        assert writer.add(SCHOOL) is Outcome.ADDED
        writer.commit()
    with open_writer(storage) as writer:

        def settle() -> None:
            if committed:
                writer.commit()

        assert writer.add(TYPHOON) is Outcome.UNCHANGED
        settle()
        changed = Article("1", "台风登陆", "改写了。")
        assert writer.add(changed) is Outcome.REPLACED
        settle()
        assert writer.add(changed) is Outcome.UNCHANGED
        settle()
        assert writer.delete("1")
        settle()
        assert not writer.delete("1")
        assert not writer.delete("unknown")
        settle()
        assert writer.add(TYPHOON) is Outcome.ADDED
        writer.commit()
        assert writer.total == 2
    reader = reader_of(storage)
    assert sorted(ids(reader)) == ["1", "2"]
    assert reader.count == 2
    assert reader.article(found(reader, "1")) == TYPHOON


def found(reader: Reader, article_id: str) -> int:
    document = reader.find(article_id)
    assert document is not None
    return document


@pytest.mark.parametrize(
    "change",
    [{"title": "别的"}, {"body": "别的"}, {"date": dt.date(2024, 7, 25)}, {"authors": ("潘海燕",)}, {"source": "晚报"},
     {"section": "综合"}, {"url": "https://a.example"}, {"kicker": "直击"}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_change_in_any_field_replaces(storage: Storage, change: dict[str, object]) -> None:
    changed = Article(**{name: getattr(TYPHOON, name) for name in Article.__slots__} | change)
    with open_writer(storage) as writer:
        writer.add(TYPHOON)
        assert writer.add(changed) is Outcome.REPLACED
        writer.commit()
    reader = reader_of(storage)
    assert list(reader.articles()) == [changed]


def test_another_path_or_file_is_a_change(storage: Storage) -> None:
    with open_writer(storage) as writer:
        writer.add(TYPHOON, source=0)
        moved = Article(**{name: getattr(TYPHOON, name) for name in Article.__slots__} | {"path": "b.txt"})
        assert writer.add(TYPHOON) is Outcome.UNCHANGED
        assert writer.add(moved) is Outcome.REPLACED
        assert writer.add(moved, source=3) is Outcome.REPLACED
        writer.commit()
        assert writer.ids_from(3) <= {"1"}
    assert reader_of(storage).column("file")[found(reader_of(storage), "1")] == 3


def test_the_answers_of_a_reader(storage: Storage) -> None:
    commit(storage, [TYPHOON, SCHOOL])
    commit(storage, [NO_TITLE, NO_BODY])
    reader = reader_of(storage)
    number = {article.id: found(reader, article.id) for article in (TYPHOON, SCHOOL, NO_TITLE, NO_BODY)}

    def documents(*wanted: str) -> list[int]:
        return sorted(number[article_id] for article_id in wanted)

    assert (reader.size, reader.count, reader.live.tolist()) == (4, 4, [True] * 4)
    assert [reader.article(number[a.id]) for a in (TYPHOON, SCHOOL, NO_TITLE, NO_BODY)] == [
        TYPHOON, SCHOOL, NO_TITLE, NO_BODY,
    ]  # fmt: skip
    word = reader.word("台风")
    assert word.docs.tolist() == documents("1")
    assert (word.title.tolist(), word.lead.tolist(), word.body.tolist()) == ([1], [1], [0])
    assert reader.word("168").docs.tolist() == documents("2")
    assert reader.word("正文").docs.tolist() == documents("3")
    assert reader.bigram("只有").docs.tolist() == documents("3", "4")
    assert reader.bigram("有了").docs.tolist() == documents("2")
    assert reader.character("陆").tolist() == documents("1")
    assert reader.character("题").tolist() == documents("4")
    assert reader.character("b").tolist() == documents("2")
    assert reader.keyword("author", "麻超").tolist() == documents("1")
    assert reader.keyword("source", "晚报").tolist() == documents("2")
    assert reader.keyword("section", "要闻").tolist() == documents("1")
    assert reader.column("date")[[number[i] for i in "1234"]].tolist() == [20240724, 0, 0, 0]
    assert reader.views(number["2"]).body.text == "乡村学校有了b站账号chenkai168。"
    assert list(reader.check()) == []


@pytest.mark.parametrize("term", ["龘龘", "台", "x", "source\x1f团结报 "])
def test_unknown_terms_have_empty_postings(storage: Storage, term: str) -> None:
    commit(storage, [TYPHOON])
    reader = reader_of(storage)
    for postings in (reader.word(term), reader.bigram("龘龘")):
        columns = (postings.docs, postings.title, postings.lead, postings.body)
        assert [column.tolist() for column in columns] == [[], [], [], []]
        assert len(postings) == 0
    assert reader.character("龘").tolist() == []
    assert reader.keyword("source", "龘").tolist() == []
    assert reader.find("台风") is None


def test_an_index_of_nothing(storage: Storage) -> None:
    commit(storage)
    reader = reader_of(storage)
    assert (reader.size, reader.count, list(reader.articles()), list(reader.check())) == (0, 0, [], [])
    assert reader.word("台风").docs.tolist() == []
    assert reader.character("台").tolist() == []
    assert reader.column("date").tolist() == []


def test_a_deleted_article_is_in_no_answer(storage: Storage) -> None:
    commit(storage, [TYPHOON, SCHOOL, NO_TITLE])
    commit(storage, deleted=["1"])
    reader = reader_of(storage)
    assert (reader.size, reader.count, ids(reader)) == (3, 2, ["2", "3"])
    assert reader.find("1") is None
    assert reader.word("台风").docs.tolist() == []
    assert reader.bigram("台风").docs.tolist() == []
    assert reader.character("台").tolist() == []
    assert reader.keyword("source", "团结报").tolist() == []


def test_a_segment_with_nothing_alive_is_dropped(storage: Storage) -> None:
    commit(storage, [TYPHOON])
    commit(storage, [SCHOOL])
    commit(storage, deleted=["1"])
    assert (reader_of(storage).size, ids(reader_of(storage))) == (1, ["2"])


def random_article(rng: random.Random, number: int) -> Article:
    body = "".join(rng.choices("台风灾害乡村学校工会，。12ab", k=rng.randrange(1, 30)))
    return Article(str(number), rng.choice(("台风登陆", "工会", "")), body, source=rng.choice(("团结报", "晚报")))


def test_many_commits_against_a_dict(storage: Storage) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    expected: dict[str, Article] = {}
    for _ in range(12):
        with open_writer(storage) as writer:
            for _ in range(rng.randrange(1, 3)):
                for _ in range(rng.randrange(12)):
                    one_change(rng, writer, expected)
                writer.commit()
                assert writer.total == len(expected)
        reader = reader_of(storage)
        assert {article.id: article for article in reader.articles()} == expected
        assert reader.count == len(expected)
        for article_id in map(str, range(20)):
            document = reader.find(article_id)
            assert (document is None) == (article_id not in expected)
            assert document is None or reader.article(document) == expected[article_id]
        for pair in ("台风", "灾害", "ab", "12"):
            documents = reader.bigram(pair).docs
            assert documents.dtype == np.uint32
            assert sorted(documents.tolist()) == documents.tolist()
            having = {i for i, article in expected.items() if pair in article.title or pair in article.body}
            assert {reader.article(int(document)).id for document in documents} == having
        evening = {i for i, article in expected.items() if article.source == "晚报"}
        assert {reader.article(int(d)).id for d in reader.keyword("source", "晚报")} == evening
        assert list(reader.check()) == []


def one_change(rng: random.Random, writer: IndexWriter, expected: dict[str, Article]) -> None:
    article = random_article(rng, rng.randrange(20))
    before = expected.get(article.id)
    if rng.random() < 0.3:
        assert writer.delete(article.id) == (before is not None)
        expected.pop(article.id, None)
    else:
        outcome = Outcome.ADDED if before is None else Outcome.UNCHANGED if before == article else Outcome.REPLACED
        assert writer.add(article) is outcome
        expected[article.id] = article


def test_a_reader_keeps_its_generation(storage: Storage) -> None:
    commit(storage, [TYPHOON, SCHOOL])
    old = reader_of(storage)
    for number in range(4):  # the second commit from here removes files that the old reader uses
        commit(storage, [Article("1", f"第{number}稿", "改写")], deleted=["2"])
    assert list(old.articles()) == [TYPHOON, SCHOOL]
    assert old.word("台风").docs.tolist() == [0]
    assert old.sources().roots == {}
    assert len(old.dictionary()) > 300_000
    assert ids(reader_of(storage)) == ["1"]


def test_nothing_shows_before_the_commit(storage: Storage) -> None:
    commit(storage, [TYPHOON])
    with open_writer(storage) as writer:
        writer.add(SCHOOL)
        writer.delete("1")
        assert ids(reader_of(storage)) == ["1"]
        assert writer.total == 1
        writer.commit()
        assert ids(reader_of(storage)) == ["2"]


def test_what_is_not_committed_is_forgotten(storage: Storage) -> None:
    commit(storage, [TYPHOON])
    before = read_manifest(storage)
    with open_writer(storage) as writer:
        writer.add(SCHOOL)
        writer.delete("1")
    with pytest.raises(ZeroDivisionError), open_writer(storage) as writer:
        writer.add(SCHOOL)
        raise ZeroDivisionError
    assert read_manifest(storage) == before
    assert ids(reader_of(storage)) == ["1"]
    commit(storage, [NO_TITLE])  # and the lock is free
    assert sorted(ids(reader_of(storage))) == ["1", "3"]


def test_a_commit_of_nothing_makes_no_generation(storage: Storage) -> None:
    commit(storage, [TYPHOON])
    before, files = read_manifest(storage), storage.names()
    commit(storage)
    commit(storage, [TYPHOON], deleted=["unknown"])
    assert (read_manifest(storage), storage.names()) == (before, files)


def test_generations_count_up_and_two_are_kept(storage: Storage) -> None:
    for number in range(4):
        commit(storage, [Article(str(number), "台风")])
        manifest = read_manifest(storage)
        assert manifest is not None
        assert manifest.generation == number + 1
    kept = [name for name in storage.names() if name.startswith("manifest-")]
    assert kept == ["manifest-0000000003.json", "manifest-0000000004.json"]


def test_a_commit_clears_away_what_nobody_refers_to(storage: Storage) -> None:
    commit(storage, [TYPHOON])
    leftovers = ["segment-0000000099.columns", "manifest-0000000002.json.new", "deletions-0000000004.columns"]
    strangers = ["README.md", "notes.txt"]
    for name in leftovers + strangers:
        (storage.folder / name).write_text("left behind")
    commit(storage, [SCHOOL])
    assert [name for name in leftovers if (storage.folder / name).exists()] == []
    assert [name for name in strangers if not (storage.folder / name).exists()] == []
    assert list(reader_of(storage).check()) == []


def test_what_was_written_for_a_commit_that_never_came_is_removed(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a full disk would stay full; what is committed stays, and what somebody else left is for the next commit."""
    monkeypatch.setattr(segment_writer, "_BATCH", 2)
    monkeypatch.setattr(segment_writer, "_SEGMENT_CHARACTERS", 1)
    commit(storage, [TYPHOON])
    (storage.folder / "segment-0000000042.columns").write_bytes(b"left behind")
    before = storage.names()
    with open_writer(storage) as writer:
        writer.add(SCHOOL)
        writer.add(NO_BODY)
        assert len(storage.names()) == len(before) + 1
    assert storage.names() == before
    with pytest.raises(KeyError), open_writer(storage) as writer:
        writer.add(SCHOOL)
        writer.commit()
        between = storage.names()
        writer.add(NO_BODY)
        writer.add(NO_TITLE)
        assert len(storage.names()) > len(between)
        raise KeyError
    assert storage.names() == between
    assert ids(reader_of(storage)) == ["1", "2"]


def test_what_is_committed_though_the_last_sync_failed_stays(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(storage, [TYPHOON])
    syncs = []

    def fail(self: Storage) -> None:
        syncs.append(1)
        if len(syncs) == 2:
            raise StorageFailed(self.folder, "sync the folder", OSError(errno.EIO, "Input/output error"))

    monkeypatch.setattr(Storage, "sync_folder", fail)
    with pytest.raises(StorageFailed):
        commit(storage, [SCHOOL])
    reader = reader_of(storage)
    assert ids(reader) == ["1", "2"]
    assert list(reader.check()) == []


def test_after_a_failure_a_writer_commits_no_more(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Storage, name: str, _: object) -> None:
        raise StorageFailed(self.folder, f"write {name}", OSError(errno.ENOSPC, "No space left on device"))

    commit(storage, [TYPHOON])
    with open_writer(storage) as writer:
        writer.add(SCHOOL)
        with monkeypatch.context() as full:
            full.setattr(Storage, "write", fail)
            with pytest.raises(StorageFailed, match="No space left"):
                writer.commit()
        with pytest.raises(StorageFailed, match=r"an earlier step failed; .*open the index anew"):
            writer.commit()
    assert ids(reader_of(storage)) == ["1"]
    commit(storage, [SCHOOL])
    assert ids(reader_of(storage)) == ["1", "2"]


def test_a_forked_child_commits_nothing(storage: Storage) -> None:
    with open_writer(storage) as writer:
        writer.add(TYPHOON)
        child = os.fork()
        if not child:
            try:
                with pytest.raises(IndexNotOpen, match="forked"):
                    writer.commit()
                writer.close()
                os._exit(0)
            finally:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        writer.commit()
    assert ids(reader_of(storage)) == ["1"]


def test_a_commit_of_nothing_clears_away_what_a_dead_writer_left(storage: Storage) -> None:
    commit(storage, [TYPHOON])
    before = storage.names()
    for name in ("segment-0000000099.columns", "manifest-0000000002.json.new"):
        (storage.folder / name).write_bytes(b"half")
    commit(storage)
    assert storage.names() == before


def test_leftovers_under_the_next_numbers_are_in_nobodys_way(storage: Storage) -> None:
    commit(storage, [TYPHOON])
    manifest = read_manifest(storage)
    assert manifest is not None
    for number in range(manifest.next_number, manifest.next_number + 4):
        for kind in ("segment", "deletions"):
            (storage.folder / f"{kind}-{number:010}.columns").write_text("left behind")
    commit(storage, [SCHOOL], deleted=["1"])
    assert ids(reader_of(storage)) == ["2"]
    assert list(reader_of(storage).check()) == []


def test_starting_over(storage: Storage) -> None:
    commit(storage, [TYPHOON, SCHOOL])
    with open_writer(storage) as writer:
        writer.add(NO_BODY)
        writer.start_over()
        assert ids(reader_of(storage)) == ["1", "2"]
        assert [article.id for article in writer.committed_articles(0)] == ["1", "2"]
        assert writer.add(SCHOOL) is Outcome.ADDED
        writer.add(NO_TITLE)
        writer.commit()
    assert sorted(ids(reader_of(storage))) == ["2", "3"]
    assert reader_of(storage).size == 2


def test_starting_over_and_stopping_leaves_all_as_it_was(storage: Storage) -> None:
    commit(storage, [TYPHOON, SCHOOL])
    with open_writer(storage) as writer:
        writer.start_over()
    assert ids(reader_of(storage)) == ["1", "2"]


def test_the_same_articles_make_the_same_bytes(tmp_path: Path) -> None:
    folders = [Storage(tmp_path / name) for name in "ab"]
    for folder in folders:
        commit(folder, [TYPHOON, SCHOOL])
        commit(folder, [NO_TITLE], deleted=["1"])
    names = [name for name in folders[0].names() if name != "lock"]
    assert names == [name for name in folders[1].names() if name != "lock"]
    assert [name for name in names if bytes(folders[0].read(name)) != bytes(folders[1].read(name))] == []


def test_an_article_that_could_not_be_read_again_is_refused(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsearch.index.writer.LONGEST_TEXT", 40)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "long.txt").write_text("长文\n\n" + "渔船回港。" * 20)
    (tmp_path / "news" / "short.txt").write_text("短文\n\n渔船回港。")
    report = index_files(storage, [tmp_path / "news"])
    assert report.added == 1
    assert [rejection.reason for rejection in report.rejections] == [
        "an article has 40 characters at most; cut it into several"
    ]
