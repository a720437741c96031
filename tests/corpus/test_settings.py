"""newsearch.toml and --map: what they say is done, and every mistake in them is one clear line."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch.cli import cli
from newsearch.corpus import Reading, SettingsOf, find_files, options, parse_map
from newsearch.corpus.facts.naming import Facts
from newsearch.corpus.settings import read_settings
from newsearch.errors import BadSettings

TABLE = "稿名,稿子\n新桥,桥修好了。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "clippings"
    for name in ("江口日报/a.csv", "wanbao/b.csv", "wanbao/2022/c.csv"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TABLE, "utf-8")
    return root


def write(folder: Path, text: str) -> Path:
    path = folder / "newsearch.toml"
    path.write_text(text, "utf-8")
    return path


def read(*paths: Path, **asked: object) -> dict[str, newsearch.Article]:
    rejections: list[newsearch.Rejection] = []
    found = list(newsearch.read_articles(*paths, rejections=rejections, **asked))
    assert rejections == []
    return {Path(article.path).name: article for article in found}


def test_names_and_sources_once_for_all(folder: Path) -> None:
    write(
        folder,
        """
        [fields]
        "稿名" = "标题"
        "稿子" = "body"
        [defaults]
        source = "无名报"
        section = "本地"
        [[files]]
        match = "wanbao/**"
        source = "江口晚报"
        [[files]]
        match = ["c.csv", "nothing"]
        date = 2022-07-01
        """,
    )
    found = read(folder)
    facts = {name: (a.title, a.body, a.source, a.section, a.date) for name, a in found.items()}
    assert facts == {
        "a.csv": ("新桥", "桥修好了。", "江口日报", "本地", None),
        "b.csv": ("新桥", "桥修好了。", "江口晚报", "本地", None),
        "c.csv": ("新桥", "桥修好了。", "江口晚报", "本地", dt.date(2022, 7, 1)),
    }


def test_settings_beside_a_file_that_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "wanbao", '[fields]\n"稿名"="title"\n[[files]]\nmatch="b.csv"\nsource="江口晚报"')
    assert read(folder / "wanbao" / "b.csv")["b.csv"].source == "江口晚报"
    monkeypatch.chdir(folder / "wanbao")
    assert read(Path("b.csv"))["b.csv"].source == "江口晚报"
    assert read(Path())["b.csv"].source == "江口晚报"


def test_settings_in_a_folder_below_do_not_count_and_that_is_said(folder: Path) -> None:
    path = write(folder / "wanbao", '[defaults]\nsource="x"')
    rejections: list[newsearch.Rejection] = []
    list(newsearch.read_articles(folder, fields={"稿名": "title"}, rejections=rejections))
    assert [(item.path, item.reason[:14]) for item in rejections] == [(str(path), "settings count")]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("wanbao/**", "bc"), ("wanbao", "bc"), ("wanbao/", "bc"), ("wanbao/*.csv", "bc"), ("b.csv", "b"), ("*.csv", "abc"),
        ("江口*/*", "a"), ("wanbao/2022/*", "c"), ("[bc].csv", "bc"), ("?.csv", "abc"), ("c", ""), ("2022/*", ""),
        ("**/c.csv", "c"), ("*", "abc"),
    ],
)  # fmt: skip
def test_patterns(pattern: str, names: str, folder: Path) -> None:
    write(folder, f'[fields]\n"稿名"="title"\n[[files]]\nmatch="{pattern}"\nsection="对"')
    assert "".join(sorted(name[0] for name, article in read(folder).items() if article.section == "对")) == names


def test_of_several_that_match_the_last_counts(folder: Path) -> None:
    rules = [
        f'[[files]]\nmatch="{match}"\nsource="{source}"\nsection="{match}"'
        for match, source in (("*", "甲"), ("b*", ""))
    ]
    write(folder, "\n".join(['[fields]\n"稿名"="title"', *rules, '[[files]]\nmatch="*.csv"\nsource="乙"']))
    assert [(a.source, a.section) for a in read(folder).values()] == [("乙", "b*"), ("乙", "*"), ("乙", "*")]


def test_formats_and_encodings(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes("標題,內容\n颱風,一\n".encode("big5"))
    (tmp_path / "b.txt").write_text("新桥\n\n好。", "utf-8")
    write(tmp_path, '[[files]]\nmatch="*.dat"\nformat="csv"\nencoding="big5"')
    assert [article.title for article in read(tmp_path).values()] == ["颱風", "新桥"]


def test_what_is_asked_for_goes_first(folder: Path) -> None:
    write(folder, 'encoding="big5"\n[fields]\n"稿名"="body"\n"稿子"="ignore"')
    assert {a.title for a in read(folder, encoding="utf-8", fields={"稿名": "title"}).values()} == {"新桥"}


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("[fields\n", "", "is not TOML: "),
        ("a = " + "[" * 20_000, "", "is nested too deeply"),
        ("[fields]\n稿名 = 'title'", "", "is not TOML: Invalid statement (at line 2, column 1); write keys that"),
        ("colour = 1", "colour", "is not a key of settings; use one of format, encoding, fields, defaults, files"),
        ('[fields]\n"x" = "headlines"', "fields.x", "there is no field 'headlines'; use one of title, "),
        ("[fields]\nx = 1", "fields.x", "there is no field 1"),
        ("fields = 1", "fields", "must be a table"),
        ("defaults = 1", "defaults", "must be a table"),
        ("[defaults]\ntitle = 'x'", "defaults.title", "is not a key of settings; use one of date, source, section"),
        ("[defaults]\nsource = 1", "defaults.source", "must be a text"),
        ("[defaults]\ndate = '昨天'", "defaults.date", "'昨天' is not a date; write date = 2024-06-01"),
        ("files = 1", "files", "must be a list of tables"),
        ("[files]\nmatch='x'", "files", "must be a list of tables; write [[files]] before each"),
        ("[[files]]\nsource='x'", "files[1].match", "must be a pattern of names"),
        ("[[files]]\nmatch='x'\n[[files]]\nmatch=[1]", "files[2].match", "must be a pattern of names"),
        ("[[files]]\nmatch='x'\nauthor='y'", "files[1].author", "is not a key of settings; use one of match, format"),
        ("[[files]]\nmatch='x'\nformat='doc'", "files[1].format", "there is no format 'doc'; use one of page"),
        ("format=[]", "format", "there is no format []"),
        ("encoding='utf-9'", "encoding", "there is no text encoding 'utf-9'"),
        ("encoding=8", "encoding", "there is no text encoding 8"),
    ],
)
def test_mistakes(text: str, key: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(BadSettings) as caught:
        read_settings(path)
    assert (caught.value.path, caught.value.key) == (str(path), key)
    expected = f"{path}: {key}: {message}" if key else f"{path} {message}"
    assert str(caught.value).startswith(expected)


def test_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "newsearch.toml"
    assert read_settings(path) == ((), Facts(), {})
    for content, message in ((b"\xff\xfe", "is not UTF-8 text"), (b"#" * (2 << 20), "is larger than 1 MB")):
        path.write_bytes(content)
        with pytest.raises(BadSettings, match=message):
            read_settings(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(BadSettings, match="cannot be read"):
        read_settings(path)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([], {}),
        (["稿名=title", "3=正文"], {"稿名": "title", "3": "body"}),
        (["a=b=kicker", " x = date "], {"a=b": "kicker", "x": "date"}),
        (["摘要=ignore"], {"摘要": "ignore"}),
    ],
)
def test_map(written: list[str], expected: dict[str, str]) -> None:
    assert parse_map(written) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("title", "--map: title: is not NAME=FIELD; write --map 标题=title"),
        ("=title", "--map: =title: is not NAME=FIELD"),
        ("稿名=headlines", "--map: 稿名: there is no field 'headlines'; use one of title, subtitle"),
        ("稿名=", "--map: 稿名: there is no field ''"),
    ],
)
def test_mistakes_of_map(written: str, message: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        parse_map([written])
    assert str(caught.value).startswith(message)
    for command in (["read", str(folder)], ["--index", str(tmp_path / "index"), "index", str(folder)]):
        assert isinstance(CliRunner().invoke(cli, [*command, "--map", written]).exception, BadSettings)


def test_read_maps(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["read", str(folder), "--map", "稿名=title", "--map", "2=body"])
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["title"], line["body"]) for line in lines] == [("新桥", "桥修好了。")] * 3


def test_files_are_read_again_when_settings_change(folder: Path, tmp_path: Path) -> None:
    path = write(folder, '[fields]\n"稿名"="title"\n"稿子"="body"')
    old = path.stat().st_mtime_ns - 10**10
    for file in folder.rglob("*.csv"):
        os.utime(file, ns=(old, old))
    with newsearch.open(tmp_path / "index", create=True) as index:
        assert index.add_files(folder).added == 3
        assert (index.add_files(folder).files_read, len(index)) == (0, 3)
        ids = {article.id for article in index}
        write(folder, '[fields]\n"稿名"="title"\n"稿子"="body"\n[[files]]\nmatch="wanbao/*"\nsource="江口晚报"')
        report = index.add_files(folder)
        assert (report.files_read, report.files_unchanged, report.replaced) == (2, 1, 2)
        assert {article.id for article in index} == ids
        assert index.search("来源:江口晚报").total == 2
        report = index.add_files(folder, fields={"稿子": "ignore"})
        assert (report.files_read, report.replaced) == (3, 3)
        path.unlink()
        assert index.add_files(folder, fields={"稿名": "title"}).files_read == 3


def test_mistakes_leave_the_index_as_it_was(folder: Path, tmp_path: Path) -> None:
    write(folder, "colour = 1")
    with newsearch.open(tmp_path / "index", create=True) as index:
        before = index.generation
        with pytest.raises(BadSettings):
            index.add_files(folder)
        index.refresh()
        assert index.generation == before
    with pytest.raises(BadSettings):
        list(newsearch.read_articles(folder))


def test_options_are_what_they_were_without_settings(folder: Path) -> None:
    assert options(Reading(None)) == ""
    assert options(Reading(None, "page", "big5")) == "page big5"
    told = {options(Reading(None, fields={"a": "title"})), options(Reading(None, given=Facts(source="a"))),
            options(Reading(None, fallback=Facts(source="a"))), options(Reading(None, fields={"a": "body"}))}  # fmt: skip
    assert len(told) == 4
    pairs = {"a": "title", "b": "body"}
    assert options(Reading(None, fields=pairs)) == options(Reading(None, fields=dict(reversed(pairs.items()))))


def test_a_link_has_the_settings_of_where_it_is_found(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text(TABLE, "utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    write(folder, '[[files]]\nmatch="link.csv"\nsource="江口晚报"')
    file = next(file for file in find_files([folder]) if file.key == "link.csv")
    assert SettingsOf([folder]).reading(file, Reading(None)).given.source == "江口晚报"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_settings_in_the_readme_can_be_used(name: str, root: Path, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (root / name).read_text("utf-8"), re.DOTALL)
    rules, defaults, limits = read_settings(write(tmp_path, example))
    assert [(rule.match, rule.encoding) for rule in rules] == [("", None), ("wanbao/**", "gb18030")]
    assert (rules[0].fields, defaults.source) == ({"稿名": "title"}, "团结报")
    assert limits == {"text": 64 << 20}
