"""Folders of files → index, run after run: what is read again, what is written, what is removed."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from zlib import crc32

import pytest

import newsearch
from newsearch import Article, Index, NothingToRead, PathNotFound, Report
from newsearch.build import add_articles, index_files
from newsearch.index.manifest import read_manifest
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage


class Desk:
    """A folder of clippings, and an index that is built from it."""

    def __init__(self, folder: Path) -> None:
        self.clippings = folder / "clippings"
        self.clippings.mkdir()
        self.storage = Storage(folder / "index")

    def write(self, name: str, content: str | bytes, root: Path | None = None) -> Path:
        """A file last changed an hour ago, later for each: older than what counts as still being written."""
        path = (root or self.clippings) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.settle(path)
        return path

    def settle(self, path: Path) -> None:
        self._clock = getattr(self, "_clock", time.time() - 3600) + 1
        os.utime(path, (self._clock, self._clock))

    def run(self, *paths: Path, rebuild: bool = False, prune: bool = False) -> Report:
        return index_files(self.storage, paths or [self.clippings], rebuild=rebuild, prune=prune)

    def articles(self) -> dict[str, Article]:
        reader = open_reader(self.storage)
        assert reader is not None
        assert list(reader.check()) == []
        return {article.id: article for article in reader.articles()}

    def titles(self) -> list[str]:
        return sorted(article.title for article in self.articles().values())

    def ids(self) -> dict[str, str]:
        """Title → id."""
        return {article.title: article_id for article_id, article in self.articles().items()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def lines(*articles: dict[str, object]) -> str:
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.replaced, report.unchanged, report.removed


WIRE = [
    {"title": "台风登陆", "body": "学校停课。"},
    {"title": "乡村学校", "body": "复课。"},
    {"id": "w3", "title": "工会"},
]


def test_a_first_run_and_a_second(desk: Desk) -> None:
    desk.write("wire.jsonl", lines(*WIRE))
    desk.write("a/typhoon.txt", "台风过境\n\n昨日台风过境。\n")
    first = desk.run()
    assert (counts(first), first.files_read, first.total, first.generation) == ((4, 0, 0, 0), 2, 4, 1)
    files = desk.storage.names()
    second = desk.run()
    assert (counts(second), second.files_read, second.files_unchanged) == ((0, 0, 0, 0), 0, 2)
    assert (second.total, second.generation, second.changed) == (4, 1, False)
    assert desk.storage.names() == files


def test_paths_are_shown_as_they_were_given(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a/typhoon.txt", "台风过境\n\n昨日台风过境。\n")
    monkeypatch.chdir(desk.clippings.parent)
    desk.run(Path("clippings"))
    assert [article.path for article in desk.articles().values()] == ["clippings/a/typhoon.txt"]


def test_a_changed_line(desk: Desk) -> None:
    wire = desk.write("wire.jsonl", lines(*WIRE))
    desk.run()
    before = desk.articles()
    desk.write("wire.jsonl", lines(WIRE[0], WIRE[1] | {"body": "已经复课。"}, WIRE[2]))
    report = desk.run()
    assert (counts(report), report.files_read) == ((0, 1, 2, 0), 1)
    after = desk.articles()
    assert set(after) == set(before)
    assert [a.body for a in after.values() if a.title == "乡村学校"] == ["已经复课。"]
    assert wire.exists()


def test_a_touched_file_is_not_written_again(desk: Desk) -> None:
    wire = desk.write("wire.jsonl", lines(*WIRE))
    desk.run()
    desk.settle(wire)
    report = desk.run()
    assert (counts(report), report.files_read, report.files_unchanged) == ((0, 0, 0, 0), 0, 1)


def test_a_file_changed_just_now_is_looked_at_again(desk: Desk) -> None:
    """Same size and same time, as two saves in one tick of the clock leave it."""
    wire = desk.clippings / "wire.jsonl"
    wire.write_text(lines({"id": "1", "title": "台风"}))
    status = wire.stat()
    desk.run()
    wire.write_text(lines({"id": "1", "title": "地震"}))
    os.utime(wire, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert wire.stat().st_size == status.st_size
    assert counts(desk.run()) == (0, 1, 0, 0)
    assert desk.titles() == ["地震"]


def test_an_added_file_leaves_the_others_alone(desk: Desk) -> None:
    desk.write("b.jsonl", lines(*WIRE))
    desk.run()
    before = desk.articles()
    desk.write("a.txt", "台风过境\n\n昨日台风过境。\n")
    report = desk.run()
    assert (counts(report), report.files_read, report.files_unchanged) == ((1, 0, 0, 0), 1, 1)
    assert before.items() <= desk.articles().items()


def test_an_article_that_left_its_file_is_removed(desk: Desk) -> None:
    desk.write("wire.jsonl", lines(*WIRE))
    desk.run()
    desk.write("wire.jsonl", lines(WIRE[0], WIRE[2]))
    assert counts(desk.run()) == (0, 0, 2, 1)
    assert desk.titles() == ["台风登陆", "工会"]


def test_a_file_that_is_gone_stays_until_pruned(desk: Desk) -> None:
    desk.write("a.jsonl", lines(*WIRE[:2]))
    desk.write("b.jsonl", lines(WIRE[2]))
    desk.run()
    (desk.clippings / "a.jsonl").unlink()
    report = desk.run()
    assert (counts(report), report.files_gone, report.total) == ((0, 0, 0, 0), 0, 3)
    report = desk.run(prune=True)
    assert (counts(report), report.files_gone, report.total) == ((0, 0, 0, 2), 1, 1)
    assert desk.titles() == ["工会"]
    assert desk.run(prune=True).files_gone == 0


def test_pruning_keeps_what_came_from_no_file(desk: Desk) -> None:
    add_articles(desk.storage, [{"id": "lib", "title": "台风"}])
    desk.write("a.jsonl", lines(WIRE[2]))
    desk.write("b.jsonl", lines(WIRE[0]))
    desk.run()
    (desk.clippings / "a.jsonl").unlink()
    desk.run(prune=True)
    assert desk.titles() == ["台风", "台风登陆"]


def test_a_rebuild_starts_from_the_files(desk: Desk) -> None:
    desk.write("a.jsonl", lines(*WIRE[:2]))
    desk.write("b.jsonl", lines(WIRE[2]))
    desk.run()
    add_articles(desk.storage, [{"id": "lib", "title": "直接加入"}])
    ids = desk.ids()
    (desk.clippings / "a.jsonl").unlink()
    desk.write("c.txt", "台风过境\n\n昨日台风过境。\n")
    report = desk.run(rebuild=True)
    assert (report.files_read, report.files_unchanged, report.total) == (2, 0, 3)
    assert desk.titles() == ["台风过境", "工会", "直接加入"]
    after = desk.ids()
    assert {title: after[title] for title in ("工会", "直接加入")} == {
        title: ids[title] for title in ("工会", "直接加入")
    }
    manifest = read_manifest(desk.storage)
    assert manifest is not None
    assert [segment.deletions for segment in manifest.segments] == [None]
    again = desk.run()
    assert (counts(again), again.files_unchanged) == ((0, 0, 0, 0), 2)


def test_a_rebuild_that_fails_changes_nothing(desk: Desk) -> None:
    desk.write("a.jsonl", lines(*WIRE))
    desk.run()
    before = desk.articles()
    with pytest.raises(PathNotFound):
        desk.run(desk.clippings, desk.clippings / "nowhere", rebuild=True)

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_files(desk.storage, [desk.clippings], rebuild=True, progress=stop)
    assert desk.articles() == before


@pytest.mark.parametrize("what", ["incompatible", "damaged"])
def test_a_rebuild_mends_what_its_error_says_it_mends(what: str, desk: Desk) -> None:
    desk.write("a.jsonl", lines(*WIRE))
    desk.run()
    (manifest,) = desk.storage.folder.glob("manifest-*")
    if what == "damaged":
        (segment,) = desk.storage.folder.glob("segment-*")
        segment.write_bytes(segment.read_bytes()[:-1])
    else:
        body = json.loads(manifest.read_text())["manifest"] | {"format": 0}
        compact = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()

        manifest.write_text(json.dumps({"checksum": crc32(compact), "manifest": body}))
    with pytest.raises(newsearch.IndexFolderError, match="--rebuild"):
        newsearch.open(desk.storage.folder)
    assert desk.run(rebuild=True).added == 3
    assert len(desk.articles()) == 3


def test_a_moved_file_keeps_its_ids(desk: Desk) -> None:
    desk.write("old/a.jsonl", lines(*WIRE[:2]))
    desk.run(desk.clippings / "old")
    ids = desk.ids()
    (desk.clippings / "old").rename(desk.clippings / "new")
    report = desk.run(desk.clippings / "new")
    assert (desk.ids(), report.total) == (ids, 2)
    assert report.added == 0
    assert desk.run(desk.clippings / "new", prune=True).removed == 0
    assert desk.ids() == ids


def test_a_file_moved_on_does_not_take_another_with_it(desk: Desk) -> None:
    desk.write("old/a.jsonl", lines(*WIRE[:2]))
    desk.run(desk.clippings / "old")
    (desk.clippings / "old").rename(desk.clippings / "new")
    desk.write("old/a.jsonl", lines(WIRE[0] | {"body": "另一篇。"}))
    desk.run(desk.clippings / "new")
    desk.run(desk.clippings / "old")
    assert desk.titles() == ["乡村学校", "台风登陆", "台风登陆"]


def test_files_of_one_name_in_two_roots(desk: Desk) -> None:
    for root in ("east", "west"):
        desk.write(f"{root}/a.jsonl", lines({"title": "台风登陆", "body": root}))
    roots = [desk.clippings / "east", desk.clippings / "west"]
    assert desk.run(*roots).added == 2
    assert sorted(article.body for article in desk.articles().values()) == ["east", "west"]
    ids = set(desk.articles())
    assert counts(desk.run(*reversed(roots))) == (0, 0, 0, 0)
    desk.write("west/a.jsonl", lines({"title": "台风登陆", "body": "west 2"}))
    assert counts(desk.run(*roots)) == (0, 1, 0, 0)
    assert set(desk.articles()) == ids
    assert sorted(article.body for article in desk.articles().values()) == ["east", "west 2"]


def test_one_file_found_twice_is_read_once(desk: Desk) -> None:
    file = desk.write("a.jsonl", lines(*WIRE))
    report = desk.run(desk.clippings, file, desk.clippings)
    assert (report.added, report.files_read, report.total) == (3, 1, 3)


def test_two_articles_of_one_title_in_one_file(desk: Desk) -> None:
    desk.write("a.jsonl", lines({"title": "简讯", "body": "甲"}, {"title": "简讯", "body": "乙"}))
    assert desk.run().added == 2
    assert len(desk.articles()) == 2


def test_a_broken_line_is_named_and_the_rest_goes_in(desk: Desk) -> None:
    path = desk.write("wire.jsonl", lines(WIRE[0]) + "{broken\n" + lines({"title": 1.5}, WIRE[2]))
    report = desk.run()
    assert desk.titles() == ["台风登陆", "工会"]
    assert [(r.path, r.line) for r in report.rejections] == [(str(path), 2), (str(path), 3)]
    assert ["JSON" in report.rejections[0].reason, "title" in report.rejections[1].reason] == [True, True]


def test_a_line_that_broke_does_not_remove_its_article(desk: Desk) -> None:
    desk.write("wire.jsonl", lines(*WIRE))
    desk.run()
    desk.write("wire.jsonl", lines(WIRE[0]) + "{broken\n" + lines(WIRE[2]))
    report = desk.run()
    assert (counts(report), len(report.rejections)) == ((0, 0, 2, 0), 1)
    assert desk.titles() == ["乡村学校", "台风登陆", "工会"]


REJECTED: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\n ", "empty"),
    ("binary.txt", bytes(range(256)) * 20, "text"),
    ("picture.png", b"\x89PNG\r\n", "kind of file"),
    ("broken.jsonl.gz", gzip.compress(b'{"title": "x"}' * 1000)[:-9], "cut off"),
    ("page.md", b"\n\n---\n\n", "no article"),
]


@pytest.mark.parametrize(("name", "content", "reason"), REJECTED, ids=[name for name, _, _ in REJECTED])
def test_a_rejected_file_is_listed_each_time(name: str, content: bytes, reason: str, desk: Desk) -> None:
    desk.write(name, content)
    desk.write("wire.jsonl", lines(*WIRE))
    for run in range(3):
        report = desk.run()
        assert [Path(rejection.path).name for rejection in report.rejections] == [name]
        assert reason in report.rejections[0].reason
        assert (report.total, report.files_unchanged) == (3, 2 if run else 0)


def test_a_rejected_file_that_was_mended_goes_in(desk: Desk) -> None:
    desk.write("a.txt", b"")
    desk.write("wire.jsonl", lines(*WIRE))
    assert len(desk.run().rejections) == 1
    desk.write("a.txt", "台风过境\n\n昨日台风过境。\n")
    report = desk.run()
    assert (counts(report), report.rejections) == ((1, 0, 0, 0), [])


def test_nothing_to_read(desk: Desk) -> None:
    with pytest.raises(NothingToRead):
        desk.run()
    with pytest.raises(PathNotFound):
        desk.run(desk.clippings / "nowhere")
    assert not desk.storage.folder.exists()


def test_an_article_deleted_by_hand_stays_deleted_until_its_file_changes(desk: Desk) -> None:
    desk.write("wire.jsonl", lines(*WIRE))
    desk.run()
    with newsearch.open(desk.storage.folder) as index:
        assert index.delete(["w3"]) == ["w3"]
    assert (desk.run().total, desk.titles()) == (2, ["乡村学校", "台风登陆"])


def test_the_library_and_the_files_share_an_id(desk: Desk) -> None:
    """The last one given counts, whoever gave it."""
    desk.write("wire.jsonl", lines({"id": "1", "title": "文件"}))
    desk.run()
    add_articles(desk.storage, [{"id": "1", "title": "直接加入"}])
    assert desk.titles() == ["直接加入"]
    desk.write("wire.jsonl", lines({"id": "1", "title": "文件二"}))
    desk.run()
    assert desk.titles() == ["文件二"]


def test_progress_ends_with_all_bytes(desk: Desk) -> None:
    paths = [desk.write("a.jsonl", lines(*WIRE)), desk.write("b.txt", "台风过境\n\n昨日台风过境。\n")]
    seen: list[tuple[int, int, int]] = []
    index_files(desk.storage, [desk.clippings], progress=lambda *numbers: seen.append(numbers))
    size = sum(path.stat().st_size for path in paths)
    assert {total for _, total, _ in seen} == {size}
    assert seen[-1] == (size, size, 4)
    assert seen == sorted(seen)


_SEARCHING = """
import sys
from pathlib import Path
import newsearch
opened = 0
with newsearch.open(sys.argv[1]) as kept:
    print("ready", flush=True)
    while not opened or Path(sys.argv[2]).read_text() != "stop":
        with newsearch.open(sys.argv[1]) as index:
            opened += 1
            for searched in (index, kept):
                results = searched.search("台风", limit=1000)
                assert results.total == 40, results.total
                assert all("台风" in hit.snippet.text and hit.snippet.highlights for hit in results)
        kept.refresh()
print(opened)
"""


def test_searches_go_on_during_rebuilds(desk: Desk, tmp_path: Path) -> None:
    desk.write("wire.jsonl", lines(*({"title": f"第{n}篇", "body": f"台风第{n}号"} for n in range(40))))
    desk.run()
    signal = tmp_path / "signal"
    signal.write_text("")
    command = [sys.executable, "-c", _SEARCHING, desk.storage.folder, signal]
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True) as searching:
        assert searching.stdout is not None
        try:
            assert searching.stdout.readline() == "ready\n"
            for _ in range(8):
                report = desk.run(rebuild=True)
                assert report.total == 40
        finally:
            signal.write_text("stop")
        opened, errors = searching.communicate(timeout=60)
    assert (searching.returncode, errors) == (0, "")
    assert int(opened) > 1
    manifest = read_manifest(desk.storage)
    assert manifest is not None
    assert manifest.generation == 9


def test_add_files_moves_the_index_on(desk: Desk) -> None:
    desk.write("wire.jsonl", lines(*WIRE))
    with newsearch.open(desk.storage.folder, create=True) as index:
        assert isinstance(index, Index)
        report = index.add_files([desk.clippings])
        assert (report.added, index.search("台风").total) == (3, 1)


def numbered(path: Path, *ids: str) -> None:
    path.write_text("".join(f'{{"id":"{i}","title":"第{i}篇","body":"正文{i}。"}}\n' for i in ids), "utf-8")


def ids(folder: Path) -> set[str]:
    with newsearch.open(folder) as index:
        assert index.check() == []
        return {article.id for article in index}


def test_an_article_that_moves_to_another_file_stays(tmp_path: Path) -> None:
    corpus, index = tmp_path / "m", Storage(tmp_path / "index")
    corpus.mkdir()
    numbered(corpus / "a.jsonl", "x1")
    numbered(corpus / "b.jsonl", "x2", "x3")
    index_files(index, [corpus])
    numbered(corpus / "a.jsonl", "x1", "x2")
    numbered(corpus / "b.jsonl", "x3")
    report = index_files(index, [corpus])
    assert (report.replaced, report.removed) == (1, 0)
    assert ids(index.folder) == {"x1", "x2", "x3"}


def test_a_renamed_file_keeps_its_articles_and_tells_its_new_path(tmp_path: Path) -> None:
    corpus, index = tmp_path / "m", Storage(tmp_path / "index")
    corpus.mkdir()
    numbered(corpus / "b.jsonl", "x2", "x3")
    index_files(index, [corpus])
    (corpus / "b.jsonl").rename(corpus / "c.jsonl")
    report = index_files(index, [corpus], prune=True)
    assert (report.removed, report.files_gone) == (0, 1)
    assert ids(index.folder) == {"x2", "x3"}
    with newsearch.open(index.folder) as opened:
        assert {article.path for article in opened} == {str(corpus / "c.jsonl")}


def test_an_article_in_two_files_outlives_either(tmp_path: Path) -> None:
    corpus, index = tmp_path / "m", Storage(tmp_path / "index")
    corpus.mkdir()
    numbered(corpus / "a.jsonl", "x1", "x2")
    numbered(corpus / "b.jsonl", "x2")
    index_files(index, [corpus])
    (corpus / "b.jsonl").unlink()
    index_files(index, [corpus], prune=True)
    assert ids(index.folder) == {"x1", "x2"}
    assert index_files(index, [corpus]).files_unchanged == 1


def test_an_emptied_file_loses_its_articles(tmp_path: Path) -> None:
    corpus, index = tmp_path / "m", Storage(tmp_path / "index")
    corpus.mkdir()
    numbered(corpus / "a.jsonl", "x1")
    numbered(corpus / "b.jsonl", "x2")
    index_files(index, [corpus])
    (corpus / "b.jsonl").write_text("", "utf-8")
    assert index_files(index, [corpus]).removed == 1
    assert ids(index.folder) == {"x1"}


def test_the_index_does_not_read_itself(tmp_path: Path) -> None:
    numbered(tmp_path / "a.jsonl", "x1")
    index = Storage(tmp_path / "index")
    for _ in range(2):
        assert index_files(index, [tmp_path]).rejections == []
    assert [Path(source.path).name for _, source in open_reader(index).sources()] == ["a.jsonl"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("options", "kind"), [({"format": "odt"}, newsearch.UnknownFormat), ({"jobs": 0}, ValueError)])
def test_options_that_do_not_exist(tmp_path: Path, options: dict[str, object], kind: type[Exception]) -> None:
    numbered(tmp_path / "a.jsonl", "x1")
    with pytest.raises(kind):
        index_files(Storage(tmp_path / "index"), tmp_path, **options)  # type: ignore[arg-type]


# A run that is cut short


def test_a_run_that_is_cut_short_goes_on_where_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stood before the cut is not written again; the file that was being read is read again."""
    monkeypatch.setattr("newsearch.incremental._CHECKPOINT", 0.0)
    desk.write("a.jsonl", lines(*WIRE))
    desk.write("b.jsonl", lines({"id": "b1", "title": "茶园"}, {"id": "b2", "title": "采茶"}))
    seen = []

    def cut(_done: int, _total: int, articles: int) -> None:
        seen.append(articles)
        if articles == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_files(desk.storage, desk.clippings, progress=cut)
    assert max(seen) == 4
    assert len(desk.titles()) == 4
    report = desk.run()
    assert counts(report) == (1, 0, 1, 0)
    assert (report.files_read, report.files_unchanged, report.total) == (1, 1, 5)
    assert desk.run().files_unchanged == 2


def test_checkpoints_change_nothing(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same index comes of one commit and of one after every article, also where articles go and come back."""
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other")
    for number, place in enumerate((desk, other)):
        monkeypatch.setattr("newsearch.incremental._CHECKPOINT", 0.0 if number else 1e9)
        place.write("a.jsonl", lines(*WIRE))
        place.write("b.jsonl", lines({"id": "w3", "title": "茶园"}, {"id": "b2", "title": "采茶"}))
        place.run()
        place.write("a.jsonl", lines(WIRE[0], {"title": "乡村学校", "body": "改期复课。"}))
        (place.clippings / "b.jsonl").unlink()
        place.write("c.jsonl", lines({"title": "渔港"}))
        place.run(prune=True)
        place.run()
    bare = [{article_id: (a.title, a.body) for article_id, a in place.articles().items()} for place in (desk, other)]
    assert bare[0] == bare[1]
    assert len(bare[0]) == 3


def test_a_killed_run_goes_on_where_it_was(desk: Desk) -> None:
    many = [{"id": str(number), "title": f"第{number}号渔船", "body": "渔船回港。" * 50} for number in range(6_000)]
    desk.write("wire.jsonl", lines(*many))
    script = (
        "import sys; from newsearch import build, incremental; incremental._CHECKPOINT = 0.3\n"
        "build.index_files(build.Storage(sys.argv[1]), sys.argv[2], jobs=1)"
    )
    run = subprocess.Popen([sys.executable, "-c", script, str(desk.storage.folder), str(desk.clippings)])
    deadline = time.monotonic() + 60
    while read_manifest(desk.storage) is None and time.monotonic() < deadline:
        time.sleep(0.01)
    run.kill()
    run.wait()
    kept = len(desk.articles())
    report = desk.run()
    assert (report.total, report.unchanged, report.added) == (6_000, kept, 6_000 - kept)
    assert kept > 0
