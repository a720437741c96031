"""Plain text files: the sample articles against their golden truth, then each rule."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from newsearch.corpus import Reading, find_files, read_file
from newsearch.corpus.facts.dates import number_date
from newsearch.corpus.plain import read_plain

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("articles.json").read_text("utf-8"))


def test_every_article_has_its_golden(corpus: Path) -> None:
    assert sorted(path.name for path in (corpus / "articles").iterdir()) == sorted(truth["file"] for truth in GOLDEN)


@pytest.mark.parametrize("truth", GOLDEN, ids=[truth["file"] for truth in GOLDEN])
def test_golden(truth: dict, corpus: Path, lexicon) -> None:
    (file,) = find_files([corpus / "articles" / truth["file"]])
    article, _ = read_file(file, Reading(lexicon))
    assert (article.title, list(article.authors), article.body) == (truth["title"], truth["authors"], truth["body"])
    expected = dt.date.fromisoformat(truth["date"]) if truth["date"] else number_date(truth["file"])
    assert article.date == expected


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n\u3000"])
def test_nothing(text: str) -> None:
    assert read_plain(text) == []


@pytest.mark.parametrize(
    ("text", "title", "authors", "date", "body"),
    [
        ("只有标题", "只有标题", (), None, ""),
        ("\n\n  标题  \n正文。", "标题", (), None, "正文。"),
        ("标题\n张三\n2024年5月1日\n\n正文。", "标题", ("张三",), "2024-05-01", "正文。"),
        ("标题\n2024/5/1\n本报记者 张三\n正文。", "标题", ("张三",), "2024-05-01", "正文。"),
        ("标题\n二〇二四年五月一日\n正文。", "标题", (), "2024-05-01", "正文。"),
        ("标题\n\n正文。（张三）", "标题", ("张三",), None, "正文。"),
        ("标题\n\n正文。\n\n（张三 李四）", "标题", ("张三", "李四"), None, "正文。"),
        ("标题\n\n本报讯（记者 张三）正文。", "标题", ("张三",), None, "本报讯（记者 张三）正文。"),
        ("标题\n\n本报讯（记者 张三）正文。（张三 李四）", "标题", ("张三", "李四"), None, "本报讯（记者 张三）正文。"),
        ("标题\n\n2024年5月1日通车。", "标题", (), None, "2024年5月1日通车。"),
        ("标题\n\n一。\n\n\n二。\n三。", "标题", (), None, "一。\n二。\n三。"),
    ],
)
def test_parts(text: str, title: str, authors: tuple[str, ...], date: str | None, body: str) -> None:
    for line_end in ("\n", "\r\n"):
        (article,) = read_plain(text.replace("\n", line_end))
        assert (article.title, article.authors, article.body) == (title, authors, body)
        assert article.date == (dt.date.fromisoformat(date) if date else None)


def test_the_date_of_the_file_name_counts_where_the_text_has_none() -> None:
    name = dt.date(2020, 1, 1)
    assert read_plain("标题\n正文。", name)[0].date == name
    assert read_plain("标题\n2024年5月1日\n正文。", name)[0].date == dt.date(2024, 5, 1)


def test_wrapped_lines_are_joined() -> None:
    text = "标题\n\n五月十七日上午，小曹村的便民桥正式通\n车。桥头没有剪彩，村民自发挂了两串鞭\n炮。"
    assert read_plain(text)[0].body == "五月十七日上午，小曹村的便民桥正式通车。桥头没有剪彩，村民自发挂了两串鞭炮。"


def test_a_sentence_goes_on_after_a_blank_line() -> None:
    first, rest = "五月十七日上午，清水县白石镇小曹村的便民桥终于正式通车，桥头没有", "剪彩，村民挂了两串鞭炮。"
    assert read_plain(f"标题\n\n{first}\n\n{rest}")[0].body == first + rest


def test_a_short_line_does_not_go_on_after_a_blank_line() -> None:
    assert read_plain("标题\n\n小标题\n\n桥修好了。")[0].body == "小标题\n桥修好了。"
