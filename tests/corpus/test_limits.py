"""Limits: what is refused names the one that does it, and raising that takes it in."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from any_file import given
from click.testing import CliRunner

import newsearch
from newsearch.cli import cli
from newsearch.corpus import Reading, SettingsOf, find_files, options
from newsearch.corpus.limits import COUNTS, LIMITS, Limits, limit_map, parse_limits, size_text
from newsearch.errors import BadSettings

BRIDGE = "村里修了新桥\n\n桥修好了，大家都很高兴。\n"
LONG_ROW = '{"title":"桥","body":"' + "桥修好了。" * 20_000 + '"}'
ROW = '{"title":"桥","body":"桥修好了，大家都很高兴。"}'


def stored(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


WORD = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": "<d><p><t>桥修好了</t></p></d>".encode()})
FEED = "<rss><channel><item><title>桥修好了</title></item></channel></rss>".encode()
PAGE = f"<html><p>{BRIDGE}</p><p>{BRIDGE}</p></html>".encode()
LETTER = b"Subject: a\nContent-Type: text/html; charset=utf-8\n\n" + PAGE
VALUES = '{"title":"桥","body":"桥修好了。","a":[1,2,3,4,5,6,7,8,9]}'
ROW_OF_FOUR = "桥,桥修好了。,1,2"
_ITEM = '<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml"/>'
_BOOK = f'<package><manifest>{_ITEM.format("a")}{_ITEM.format("b")}</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
BOOK = stored(
    {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container><rootfile full-path="b.opf"/></container>',
        "b.opf": _BOOK.encode(),
        "a.xhtml": PAGE,
        "b.xhtml": PAGE,
    }
)
#: Limit → files that go beyond it when it is as low as this.
REFUSED: dict[str, list[tuple[int, str, bytes]]] = {
    "text": [(20, "a.txt", BRIDGE.encode()), (20, "a.md", BRIDGE.encode())],
    "document": [
        (20, "a.html", b"<p>" + BRIDGE.encode()),
        (20, "a.eml", b"Subject: a\n\n" + BRIDGE.encode()),
        (20, "a.pdf", b"%PDF-1.7\n%%EOF and so on"),
        (20, "a.docx", WORD),
        (300, "a.zip.gz", gzip.compress(zipped({"a.txt": BRIDGE.encode() * 50, "b.txt": b"a" * 300_000}))),
    ],
    "xml": [(20, "a.xml", FEED), (20, "a.docx", WORD)],
    "record": [
        (30, "a.jsonl", ROW.encode()),
        (20_000, "a.json", f"[{ROW},{LONG_ROW}]".encode()),
        (30, "a.csv", f"标题,正文\n桥,{'好' * 50}\n".encode()),
        (30, "a.mbox", b"From a\nSubject: a\n\n" + BRIDGE.encode()),
        (9, "a.mbox", b"From a\nSubject: a\n\n" + BRIDGE.encode()),
    ],
    "directory": [(20, "a.zip", zipped({"a.txt": BRIDGE.encode()})), (80, "a.docx", WORD)],
    "markup": [(20, "a.html", PAGE), (20, "a.xml", FEED.replace(b"</title>", b"</title><description>&lt;p&gt;a b c d e f g h i&lt;/p&gt;</description>")), (20, "a.eml", LETTER), (20, "a.epub", BOOK)],
    "tags": [(2, "a.html", PAGE), (2, "a.eml", LETTER), (2, "a.epub", BOOK)],
    "parts": [(1, "a.epub", BOOK)],
    "values": [(9, "a.jsonl", VALUES.encode()), (9, "a.json", VALUES.encode())],
    "cells": [(3, "a.csv", f"标题,正文\n{ROW_OF_FOUR}\n{ROW_OF_FOUR},{'a,' * 60}\n".encode())],
    "misses": [(3, "a.jsonl", b"{}\n" * 9), (3, "a.csv", "标题,正文,日期\n".encode() + b"1,2,3,4\n" * 9)],
    "layers": [(1, "a.txt", gzip.compress(gzip.compress(BRIDGE.encode()))), (0, "a.txt", gzip.compress(b"a"))],
}  # fmt: skip
CASES = [(limit, *case) for limit, cases in REFUSED.items() for case in cases]


@pytest.mark.parametrize(("limit", "most", "name", "content"), CASES, ids=[f"{case[0]}-{case[2]}" for case in CASES])
def test_a_refusal_names_the_limit_that_is_too_low(
    limit: str, most: int, name: str, content: bytes, tmp_path: Path
) -> None:
    refused = given(tmp_path, name, content, limits=LIMITS._replace(**{limit: most}))
    assert f"--limit {limit}=" in refused.reasons[-1]
    assert not any("--limit" in reason for reason in given(tmp_path, name, content).reasons)


def test_a_page_that_is_too_long_is_one_article(tmp_path: Path) -> None:
    page = "# 桥通车了\n\n今天通车，大家都去看。\n\n# 学校开学\n\n学生回到学校上课。\n"
    (tmp_path / "a.md").write_text(page)
    assert len(given(tmp_path, "a.md", page, limits=LIMITS._replace(lines=7)).articles) == 2
    long = given(tmp_path, "a.md", page, limits=LIMITS._replace(lines=6))
    assert "学校上课" in long.articles[0].body
    assert long.warnings == ("read as one article: a page has more than 6 lines; --limit lines=NUMBER takes in more",)


def test_a_bomb_names_its_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a\n" * 50_000)
    limits = LIMITS._replace(document=1000, expansion=10)
    assert (
        "more than 10 times its own size, as bombs do; --limit expansion=NUMBER takes in more"
        in given(tmp_path, "a.txt", bomb, limits=limits).reasons[0]
    )
    assert given(tmp_path, "a.txt", bomb, limits=limits._replace(expansion=10_000)).reasons == []


def test_what_was_refused_is_taken_in_with_a_higher_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BRIDGE)
    rejections: list[newsearch.Rejection] = []
    assert list(newsearch.read_articles(tmp_path, limits={"text": "20"}, rejections=rejections)) == []
    assert [found.title for found in newsearch.read_articles(tmp_path, limits={"text": 1000})] == ["村里修了新桥"]
    assert (
        rejections[0].reason
        == "larger than 20 bytes, the most that is read of its kind; --limit text=SIZE takes in more"
    )


@pytest.mark.parametrize(
    ("written", "size"),
    [("64M", 64 << 20), ("1G", 1 << 30), ("1g", 1 << 30), ("2T", None), ("1T", 1 << 40), ("10 MB", 10 << 20), ("5kB", 5 << 10),
     ("7KiB", 7 << 10), ("123", 123), (123, 123), ("0", None), ("-1", None), ("1.5G", None), ("", None), ("M", None), ("9" * 40, None),
     (1.5, None), (None, None), (["1"], None), (True, None), ("٣", None)],
)  # fmt: skip
def test_sizes(written: object, size: int | None) -> None:
    if size is None:
        with pytest.raises(BadSettings, match="does not say how much; write a size"):
            limit_map({"text": written})
    else:
        assert limit_map({"text": written}) == {"text": size}


def test_what_is_counted_has_no_unit_and_may_be_none() -> None:
    assert parse_limits(["layers=0", "expansion = 500"]) == {"layers": 0, "expansion": 500}
    assert set(COUNTS) <= set(Limits._fields)
    for written in ("2M", "1K", "x"):
        with pytest.raises(BadSettings, match="write a number"):
            parse_limits([f"layers={written}"])


def test_mistakes() -> None:
    with pytest.raises(BadSettings, match="--limit: tex: there is no limit 'tex'; use one of text, lines"):
        parse_limits(["tex=64M"])
    with pytest.raises(BadSettings, match="--limit: 64M: is not NAME=SIZE; write --limit text=64M"):
        parse_limits(["64M"])


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1 << 20, "1 MB"),
        (16 << 20, "16 MB"),
        (3 << 30, "3 GB"),
        (1536, "1,536 bytes"),
        (5 << 10, "5 kB"),
        (1 << 40, "1 TB"),
    ],
)
def test_sizes_for_people(size: int, text: str) -> None:
    assert size_text(size) == text


def test_limits_of_a_folder_and_of_a_run(tmp_path: Path) -> None:
    (tmp_path / "newsearch.toml").write_text('[limits]\ntext = "1K"\nlayers = 2\n')
    (tmp_path / "a.txt").write_text(BRIDGE)
    (file,) = find_files([tmp_path])
    asked = Reading(None)  # type: ignore[arg-type]
    assert SettingsOf([tmp_path]).reading(file, asked).limits == Limits(text=1024, layers=2)
    assert SettingsOf([tmp_path], {"text": LIMITS.text}).reading(file, asked).limits == Limits(layers=2)
    assert options(asked) == ""
    assert options(SettingsOf([tmp_path]).reading(file, asked)) != ""


@pytest.mark.parametrize(
    ("settings", "message"),
    [("limits = 3", "limits: must be a table; write"), ("[limits]\ntex = 3", "limits.tex: there is no limit 'tex'"),
     ("[limits]\ntext = []", "limits.text: '[]' does not say how much")],
)  # fmt: skip
def test_settings_with_mistakes(settings: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "newsearch.toml").write_text(settings)
    with pytest.raises(BadSettings) as caught:
        SettingsOf([tmp_path])
    assert message in str(caught.value)


@pytest.mark.parametrize("command", ["index", "read", "watch"])
def test_commands_refuse_a_limit_that_is_not_one(command: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(cli, ["--index", str(tmp_path / "index"), command, str(tmp_path), "--limit", "text=much"])
    assert isinstance(run.exception, BadSettings)


def test_a_file_that_was_refused_is_read_again_with_a_higher_limit(tmp_path: Path) -> None:
    folder, index = tmp_path / "news", str(tmp_path / "index")
    folder.mkdir()
    (folder / "a.txt").write_text(BRIDGE)
    (folder / "b.txt").write_text("桥\n\n好")
    runs = [CliRunner().invoke(cli, ["--index", index, "index", str(folder), *limit], catch_exceptions=False)
            for limit in (["--limit", "text=20"], [], ["--limit", "layers=3", "--limit", "text=1M"])]  # fmt: skip
    assert "--limit text=SIZE takes in more" in runs[0].stderr
    assert ["rejected" in run.stderr for run in runs] == [True, False, False]
    with newsearch.open(index) as opened:
        assert len(opened) == 2


def test_parts_of_a_message(tmp_path: Path) -> None:
    parts = "".join(f"--b\n\n{text}\n" for text in ("", BRIDGE)).encode()
    letter = b'Subject: a\nContent-Type: multipart/mixed; boundary="b"\n\n' + parts + b"--b--\n"
    whole, cut = (given(tmp_path, "a.eml", letter, limits=LIMITS._replace(parts=most)) for most in (3, 2))
    assert ("桥修好了" in whole.article.body, whole.warnings) == (True, ())
    warning = "a message of more than 2 parts: the rest is left out; --limit parts=NUMBER takes in more"
    assert (cut.article.body, cut.warnings) == ("", (warning,))


def test_limits_of_what_is_explained(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("# 桥修好了\n\n桥修好了，大家都很高兴。\n\n# 路修好了\n\n路修好了。\n")
    run = CliRunner().invoke(cli, ["explain", str(page), "--limit", "text=20"])
    assert isinstance(run.exception, newsearch.CorpusError)
    assert "--limit text=SIZE takes in more" in str(run.exception)
    assert CliRunner().invoke(cli, ["explain", str(page), "--limit", "text=2K"]).exit_code == 0
    assert len(newsearch.explain_page(page, limits={"lines": 8}).page.articles) == 2
    with pytest.raises(BadSettings, match="there is no limit 'tex'"):
        newsearch.explain_page(page, limits={"tex": 1})
    for option in ("--limit=text=2K", "--encoding=gbk"):
        run = CliRunner().invoke(cli, ["explain", "台风", option])
        assert (run.exit_code, "--encoding and --limit are for a file, and none is named 台风" in run.stderr) == (2, True)


def test_every_limit_stands_in_both_readmes(root: Path) -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        text = (root / readme).read_text("utf-8")
        for name, most in LIMITS._asdict().items():
            shown = most if name in COUNTS else f"{most >> 20}M"
            assert f"| `{name}` | {shown} |" in text, (readme, name)
