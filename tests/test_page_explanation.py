"""`newsearch explain FILE` and `newsearch read --all`: how a page was taken apart, and what is in no article."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch.cli import cli
from newsearch.cli.run import _status
from newsearch.errors import CorpusError, PathNotFound
from newsearch.page_explanation import explain_page

PAGE = (
    "清河日报 2024年5月1日 第2版\n\n## 新桥\n\n本报记者 张三\n\n今年以来，县总工会在县报和电视台上开辟了一个劳模专\n\n"
    "题宣传栏目，大家都爱看。（下转第3版）\n\n责任编辑：李四\n"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_mapping_says_all(page: Path) -> None:
    found = explain_page(page).to_mapping()
    assert (found["version"], found["path"], found["number"]) == (1, str(page), "2")
    (article,) = found["articles"]
    assert (article["title"], article["authors"], article["date"]) == ("新桥", ["张三"], "2024-05-01")
    assert (article["continued_on"], article["continued_from"]) == ("3", "")
    assert [(piece["furniture"], piece["line"]) for piece in found["furniture"]] == [
        ("running head", 1),
        ("editors", 11),
    ]
    joint = next(decision for decision in found["decisions"] if decision["rule"] == "column cut")
    assert (joint["lines"], joint["done"]) == ([7, 9], "joined: 个劳模专|题宣传栏")
    assert joint["reason"]


def test_the_library_offers_it(page: Path) -> None:
    assert newsearch.explain_page(page) == explain_page(page)


OTHER = "# 老井\n\n关于村里的老井该不该填，七个人有八种说法。\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("qinghe/2024-05-01-02.md", PAGE)
        archive.writestr("qinghe/2024-05-02-02.md", OTHER)
        archive.writestr("qinghe/a.jsonl", '{"title":"a"}\n')
    return path


@pytest.mark.parametrize(("name", "title"), [("2024-05-01-02.md", "新桥"), ("2024-05-02-02.md", "老井")])
def test_a_page_in_an_archive(name: str, title: str, archive: Path) -> None:
    path = archive / "qinghe" / name
    explained = explain_page(path)
    assert (explained.path, explained.page.articles[0].title) == (str(path), title)
    run = CliRunner().invoke(cli, ["explain", str(path)])
    assert (run.exit_code, run.stdout.splitlines()[1].strip()[:5]) == (0, f"1. {title}")


def test_the_only_page_in_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2024-05-01-02.md", PAGE)
        archive.writestr("a.jsonl", '{"title":"a"}\n')
    assert explain_page(path).path == f"{path}/2024-05-01-02.md"


def test_an_archive_of_which_no_page_is_explained(archive: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds several pages.* such as .*zip/qinghe/2024-05-01-02"):
        explain_page(archive)
    with pytest.raises(PathNotFound):
        explain_page(archive / "qinghe" / "2024-05-03-02.md")
    with pytest.raises(CorpusError, match="is no page"):
        explain_page(archive / "qinghe" / "a.jsonl")
    with pytest.raises(PathNotFound):
        explain_page(archive.parent / "no.zip" / "a.md")


def test_a_packed_file(tmp_path: Path) -> None:
    path = tmp_path / "page.md.gz"
    path.write_bytes(gzip.compress(PAGE.encode("gb18030")))
    assert explain_page(path).page.articles[0].title == "新桥"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", "新桥\n桥修好了。".encode(), "is no page"),
        ("a.jsonl", b'{"title":"a"}', "is no page"),
        ("a.md.gz", b"\x1f\x8b\x08broken", "damaged: what is packed is cut off"),
        ("a.md", bytes(range(256)) * 4, "a.md: "),
    ],
)
def test_what_is_no_page(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=says) as error:
        explain_page(path)
    assert error.value.advice


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound):
        explain_page(tmp_path / "nowhere.md")
    with pytest.raises(PathNotFound):
        list(newsearch.read_articles(tmp_path / "nowhere.md"))


def test_the_command_prints_what_was_done(page: Path) -> None:
    printed = CliRunner().invoke(cli, ["explain", str(page)])
    assert printed.exit_code == 0
    lines = printed.stdout.splitlines()
    assert lines[0] == f"{page}, page 2: 1 article, 2 left out"
    assert lines[1] == "  1. 新桥 (张三)"
    assert any(line.split()[:3] == ["7+9", "column", "cut"] for line in lines)
    assert any(line.strip() == "because: who made the page" for line in lines)


def test_the_command_prints_json(page: Path) -> None:
    printed = CliRunner().invoke(cli, ["explain", str(page), "--json"])
    assert json.loads(printed.stdout) == explain_page(page).to_mapping()


def test_a_file_needs_no_index_and_a_query_stays_one(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(page.parent)
    assert CliRunner().invoke(cli, ["explain", "page.md"]).exit_code == 0
    for arguments in (
        ["explain", "台风"],
        ["explain", "(page.md)"],
        ["explain", "page.md", "some-id"],
        ["explain", "坏" * 5000],
    ):
        assert _status(arguments) == 2, "there is no index here"


def test_an_escape_in_a_page_never_reaches_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil.md"
    path.write_text("## 新\x1b[31m桥\n\n桥修好了。\n\n责任编辑：\x1b[2J\n", "utf-8")
    assert "\x1b" not in CliRunner().invoke(cli, ["explain", str(path)]).stdout


def test_read_all_prints_furniture_after_the_articles(page: Path) -> None:
    printed = [json.loads(line) for line in CliRunner().invoke(cli, ["read", "--all", str(page)]).stdout.splitlines()]
    assert [("title" in each, each.get("furniture")) for each in printed] == [
        (True, None), (False, "running head"), (False, "editors"),
    ]  # fmt: skip
    assert printed[1] == {
        "furniture": "running head", "text": "清河日报 2024年5月1日 第2版", "line": 1, "path": str(page),
    }  # fmt: skip
    plain = CliRunner().invoke(cli, ["read", str(page)]).stdout.splitlines()
    assert [json.loads(line) for line in plain] == printed[:1]


def test_read_explain_says_how_each_file_was_read(page: Path) -> None:
    folder = page.parent
    (folder / "b.jsonl").write_text('{"title":"a"}\nbad\n', "utf-8")
    (folder / "c.txt").write_bytes(("新桥\n\n" + "桥修好了，大家都很高兴。" * 9).encode("gb18030"))
    said = CliRunner().invoke(cli, ["read", "--explain", str(folder)]).stderr.splitlines()
    assert [line.partition(": ")[2].partition(";")[0] for line in said[:3]] == [
        "1 article, 1 rejected", "1 article", "1 article",
    ]  # fmt: skip
    assert "format page, told by its name" in "\n".join(said)
    assert "encoding gb18030; " in "\n".join(said)
    assert said[-1].startswith("rejected ")


def test_warnings_are_told(page: Path) -> None:
    path = page.parent / "damaged.txt"
    path.write_bytes("新桥\n\n".encode() + "桥修好了，大家都很高兴。".encode() * 9 + b"\xe6\xa1")
    said = CliRunner().invoke(cli, ["read", str(path)]).stderr
    assert said.startswith(f"warning: {path}: ")
