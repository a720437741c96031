"""Articles written for other programs: what is written can be indexed again, and a spreadsheet runs nothing."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import newsearch
from newsearch import Article, ExportFailed, Index
from newsearch.article import KEYS
from newsearch.cli import cli
from newsearch.export import csv_rows, json_lines, write_whole

STRANGE = [
    Article(id="formula", title="=HYPERLINK(\"http://evil\")", body="+1\r\n-2", authors=("@甲", "乙"), source="＝1"),
    Article(id="steering", title="红\x1b[31m\x9b2J\u202e", body="表\t格,\"引\"号\n第二行", path="\tx",
            url="-y", kicker="\r"),
    Article(id="plain", title="平常", body="无事。", section="要闻"),
]  # fmt: skip


def run(folder: Path, *arguments: str) -> Any:
    return CliRunner().invoke(cli, ["--index", str(folder), "export", *arguments])


@pytest.fixture
def strange(tmp_path: Path) -> Index:
    index = newsearch.open(tmp_path / "index", create=True)
    index.add(STRANGE)
    return index


def test_what_is_exported_is_indexed_again(news: Index, tmp_path: Path) -> None:
    written = tmp_path / "all.jsonl"
    assert run(news.folder, "-o", str(written)).exit_code == 0
    with newsearch.open(tmp_path / "again", create=True) as again:
        report = again.add_files(written)
        assert (report.added, report.rejections) == (len(news), [])
        assert {a.id: a.to_mapping() | {"path": ""} for a in again} == {
            a.id: a.to_mapping() | {"path": ""} for a in news
        }
        for query in ("台风", "乡村振兴 学校", '"登陆"', "台*登", "作者:潘海燕", "日期:2024-07"):
            before, after = (index.search(query, limit=100) for index in (news, again))
            assert [hit.id for hit in after] == [hit.id for hit in before] or {hit.id for hit in after} == {
                hit.id for hit in before
            }
            assert sorted(round(hit.score, 4) for hit in after) == sorted(round(hit.score, 4) for hit in before)


def test_a_query_and_filters_choose(news: Index) -> None:
    every = [article.id for article in news]
    assert [article.id for article in news.export()] == every
    chosen = [article.id for article in news.export("台风", date_from="2024-07", date_to="2024-08")]
    results = news.search("台风", limit=1000, date_from="2024-07", date_to="2024-08")
    assert sorted(chosen) == sorted(hit.id for hit in results)
    assert 0 < len(chosen) < len(every)
    done = run(news.folder, "台风", "--from", "2024-07", "--to", "2024-08")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == chosen
    with pytest.raises(newsearch.QueryError):
        news.export("(台风")


def test_partial_matches_are_not_exported(news: Index) -> None:
    assert news.search("台风 没有的词语").relaxed
    assert list(news.export("台风 没有的词语")) == []
    done = run(news.folder, "台风", "没有的词语", "-o", "none.jsonl")
    assert (done.exit_code, done.stdout) == (1, "")
    assert not Path("none.jsonl").exists()


def test_lines_are_as_read_prints_them(strange: Index) -> None:
    lines = list(json_lines(strange))
    assert [tuple(json.loads(line)) for line in lines] == [KEYS] * 3
    assert [json.loads(line) for line in lines] == [article.to_mapping() for article in STRANGE]
    assert all(line.count("\n") == 1 and line.endswith("\n") and line.isprintable() is False for line in lines)
    assert not any(character in "".join(lines) for character in "\x1b\x9b\u202e")


def test_a_spreadsheet_gets_columns_and_no_formulas(strange: Index) -> None:
    written = "".join(csv_rows(strange))
    assert written.startswith("\ufeffid,title,")
    head, *rows = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    assert tuple(head) == KEYS
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert not any(cell[:1] in set("=+-@\t\r\n＝＋－＠") - {""} for row in rows for cell in row if cell)
    assert (cells[0]["title"], cells[0]["body"]) == ("'=HYPERLINK(\"http://evil\")", "'+1\r\n-2")
    assert (cells[0]["authors"], cells[0]["source"], cells[0]["date"]) == ("'@甲、乙", "'＝1", "")
    assert (cells[1]["body"], cells[1]["path"], cells[1]["url"], cells[1]["kicker"]) == (
        STRANGE[1].body,
        "'\tx",
        "'-y",
        "'\r",
    )
    assert list(cells[2].values()) == ["plain", "平常", "无事。", "", "", "", "要闻", "", "", ""]


def test_csv_in_a_pipe_and_in_a_file_are_the_same_bytes(strange: Index, tmp_path: Path) -> None:
    done = run(strange.folder, "--format", "csv")
    assert run(strange.folder, "--format", "csv", "-o", str(tmp_path / "a.csv")).exit_code == 0
    assert (tmp_path / "a.csv").read_bytes() == done.stdout_bytes
    assert done.stdout_bytes.startswith(b"\xef\xbb\xbfid,")


def test_a_file_that_is_there_stays_unless_forced(strange: Index, tmp_path: Path) -> None:
    there = tmp_path / "there.jsonl"
    there.write_text("mine")
    with pytest.raises(ExportFailed, match=r"there already.*--force"):
        write_whole(there, ["new\n"])
    assert there.read_text() == "mine"
    done = run(strange.folder, "-o", str(there), "--force")
    assert (done.exit_code, done.stderr) == (0, f"3 articles written to {there}\n")
    assert there.read_text("utf-8").count("\n") == 3
    with pytest.raises(ExportFailed, match="name a file"):
        write_whole(tmp_path, ["new\n"], force=True)
    with pytest.raises(ExportFailed, match="name a file"):
        write_whole("/dev/null", ["new\n"], force=True)


def test_what_fails_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def lines() -> Any:
        yield "one\n"
        raise OSError(28, "No space left on device")

    there = tmp_path / "there.jsonl"
    there.write_text("mine")
    with pytest.raises(ExportFailed, match="No space left"):
        write_whole(there, lines(), force=True)
    with pytest.raises(ExportFailed, match="No such file"):
        write_whole(tmp_path / "nowhere" / "a.jsonl", ["one\n"])
    assert [path.name for path in tmp_path.iterdir()] == ["there.jsonl"]
    assert there.read_text() == "mine"


def test_exporting_takes_little_memory(tmp_path: Path) -> None:
    with newsearch.open(tmp_path / "index", create=True) as index:
        index.add({"id": str(n), "title": f"长文{n}", "body": f"第{n}段。" * 5_000} for n in range(400))
        list(zip(json_lines(index.export()), range(3), strict=False))  # what is loaded once
        tracemalloc.start()
        size = sum(len(line) for line in json_lines(index.export()))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < size / 2, f"{most:,} bytes for {size:,} characters"


def test_an_index_without_articles(tmp_path: Path) -> None:
    with newsearch.open(tmp_path / "index", create=True) as index:
        done = run(index.folder)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "no article to export\n")
