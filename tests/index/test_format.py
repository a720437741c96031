"""An index that was written by an earlier newsearch: read as it stands if it is of this format, else refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from make_fixture import FIRST, FOLDER, HARBOUR, SECOND, make

import newsearch
from newsearch.build import index_files
from newsearch.errors import IndexIncompatible
from newsearch.index.manifest import FORMAT
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage

EARLIER = [folder for folder in FOLDER.parent.glob("format-*") if folder != FOLDER]

QUERIES = {
    "渔港": ["harbour"],
    "码头": ["harbour", "undated"],
    "“夜加固”": ["harbour"],
    "月亮": ["school"],
    "作者:程野": ["school"],
    "来源:山水周刊": ["tea"],
    "茶农": ["tea"],
    "3月15日": ["tea"],
    "B站": ["tea"],
    "海边见闻": ["harbour"],
    "日期:2024": ["harbour", "tea"],
    "小*": ["school", "tea"],
    "撤回": [],
}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(params=["kept", "made now"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "kept":
        assert FOLDER.is_dir(), f"there is no index of format {FORMAT} here; run `python -m tests.index.make_fixture`"
        return FOLDER
    make(tmp_path / "made")
    return tmp_path / "made"


def test_everything_in_it_is_found(folder: Path) -> None:
    before = contents(folder)
    with newsearch.open(folder) as index:
        assert index.check() == []
        assert list(index) == [article for article in FIRST + SECOND if article.id != "withdrawn"]
        for query, ids in QUERIES.items():
            assert sorted(hit.id for hit in index.search(query)) == ids, query
        (hit,) = index.search("月亮")
        assert hit.title_highlights == []
        assert hit.snippet.highlights
        assert sum(part.score for part in index.explain(index.search("月亮"), hit)) == pytest.approx(hit.score)
    assert contents(folder) == before


def test_it_has_a_bit_of_everything(folder: Path) -> None:
    reader = open_reader(Storage(folder))
    assert reader is not None
    assert [(entry.documents, bool(entry.deletions)) for entry in reader.manifest.segments] == [(3, True), (2, False)]
    assert dict(reader.sources()) == {1: HARBOUR}
    assert reader.column("file").tolist() == [1, 0, 0, 0, 0]
    moon = reader.word("月亮")
    assert moon.lead.tolist() == [19]  # more than fits in a code
    assert 50 < len(reader.dictionary()) < 1000
    assert sum(map(len, contents(folder).values())) < 64_000


def test_earlier_formats_are_refused() -> None:
    assert len(EARLIER) == FORMAT - 1
    for earlier in EARLIER:
        before = contents(earlier)
        with pytest.raises(
            IndexIncompatible, match=re.escape(f"`newsearch --index {earlier} index --rebuild PATH...`")
        ):
            newsearch.open(earlier)
        assert contents(earlier) == before


@pytest.mark.parametrize("earlier", EARLIER, ids=lambda folder: folder.name)
def test_rebuilding_an_earlier_format_says_what_is_lost(earlier: Path, tmp_path: Path) -> None:
    shutil.copytree(earlier, tmp_path / "index")
    with pytest.raises(IndexIncompatible, match="articles from no file are lost"):
        newsearch.open(tmp_path / "index")
    (tmp_path / "a.txt").write_text("渔港\n渔船归港。\n", "utf-8")
    report = index_files(Storage(tmp_path / "index"), tmp_path / "a.txt", rebuild=True)
    lost = "the index that was here could not be read: articles that came from no file are lost"
    assert (report.total, report.notes) == (1, [lost])
    assert index_files(Storage(tmp_path / "index"), tmp_path / "a.txt", rebuild=True).notes == []
