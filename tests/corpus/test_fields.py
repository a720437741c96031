"""Names that others give to the parts of an article, and what their values mean."""

from __future__ import annotations

import datetime as dt

import pytest

from newsearch.corpus.facts.fields import NAMES, FieldNames, day, field_named
from newsearch.errors import BadArticle


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("标题", "title"), ("標題", "title"), ("Headline", "title"), (" 新闻 标题 ", "title"), ("webTitle", "title"),
        ("content", "body"), ("內容", "body"), ("full_text", "body"), ("Article-Body", "body"), ("全文", "body"),
        ("pub_date", "date"), ("publishTime", "date"), ("發佈時間", "date"), ("published_at", "date"), ("日期：", "date"),
        ("byline", "authors"), ("记者", "authors"), ("media", "source"), ("报纸", "source"), ("版次", "section"),
        ("栏目", "section"), ("原文链接", "url"), ("link", "url"), ("编号", "id"), ("_id", "id"), ("引题", "kicker"),
        ("\ufefftitle", "title"), ("name", "label"), ("", None), ("价格", None),
    ],
)  # fmt: skip
def test_names(name: str, field: str | None) -> None:
    assert field_named(name) == field


def test_every_name_is_one_fields() -> None:
    names = [name for names in NAMES.values() for name in names.split()]
    assert len(names) == len(set(names))
    assert all(field_named(name) == field for field, names in NAMES.items() for name in names.split())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-07-01", "2022-07-01"),
        ("2022-07-01T23:30:00+08:00", "2022-07-01"),
        ("2022/7/1 0:00", "2022-07-01"),
        ("2022年7月1日 10:20", "2022-07-01"),
        ("二〇二二年七月一日", "2022-07-01"),
        ("发布时间：2022-07-01 10:20", "2022-07-01"),
        ("Fri, 01 Jul 2022 10:20:00 GMT", "2022-07-01"),
        ("20220701", "2022-07-01"),
        (20220701, "2022-07-01"),
        (1656604800, "2022-07-01"),
        ("1656604800", "2022-07-01"),
        (1656604800000, "2022-07-01"),
        (1656604799.5, "2022-07-01"),
        (1656604799, "2022-06-30"),
        (dt.datetime(2022, 7, 1, 23), "2022-07-01"),
        ("", None),
        (None, None),
    ],
)
def test_days(value: object, expected: str | None) -> None:
    assert day(value) == (dt.date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    "value", ["昨天", "2022-02-30", "13:20", True, [], {}, float("inf"), float("nan"), 10**40, "9" * 5000]
)
def test_what_is_no_day(value: object) -> None:
    with pytest.raises(BadArticle):
        day(value)


def test_our_own_records_are_passed_on_as_they_are() -> None:
    record = {"id": "1", "title": "甲", "body": "1 < 2 & 3", "date": "昨天", "author": "本报记者 张三"}
    assert FieldNames().mapped(record) is record


def test_of_several_names_the_best_that_has_a_value_counts() -> None:
    names = FieldNames()
    assert names.mapped({"text": "短", "content": "长", "x": 1}) == {"body": "长"}
    assert names.mapped({"text": "短", "content": "", "x": 1}) == {"body": "短"}
    assert names.mapped({"description": "短", "headline": "甲"}) == {"title": "甲", "body": "短"}
    assert names.mapped({"description": "短", "name": "甲"}) == {}


def test_what_the_user_says_goes_first() -> None:
    names = FieldNames({"text": "body", "headline": "ignore", "a.b": "title"})
    assert names.mapped({"Text": "短", "content": "长", "headline": "x", "a": {"b": "甲"}}) == {
        "body": "短",
        "title": "甲",
    }
    assert names.mapped({"body": "好", "title": "乙", "a": 1}) == {"body": "好", "title": "乙"}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"作者": "本报记者 张三 通讯员 李四"}, {"authors": ("张三", "李四")}),
        ({"作者": "John Smith"}, {"authors": "John Smith"}),
        ({"作者": ["张三", {"name": "李四"}]}, {"authors": ["张三", "李四"]}),
        ({"creator": 5}, {}),
        ({"media": {"id": 1, "name": "江口日报"}}, {"source": "江口日报"}),
        ({"媒体": "N/A"}, {}),
        ({"categories": ["要闻", "本地"]}, {"section": "要闻、本地"}),
        ({"页": 1, "page": 3}, {"section": "3"}),
        ({"content": ["一", "二"]}, {"body": "一\n二"}),
        ({"content": {"rendered": "<p>一</p>"}}, {"body": "一"}),
        ({"content": {"other": "一"}}, {"body": {"other": "一"}}),
        ({"headline": "甲&nbsp;乙"}, {"title": "甲 乙"}),
        ({"headline": "甲", "副标题": "副"}, {"title": "甲", "body": "副"}),
    ],
)
def test_values(record: dict[str, object], expected: dict[str, object]) -> None:
    assert FieldNames().mapped(record) == expected


def test_markup_in_our_own_records() -> None:
    record = {"title": "甲", "body": "<p>一</p><p>二</p>"}
    assert FieldNames().mapped(record) == {"title": "甲", "body": "一\n二"}
    assert record["body"].startswith("<p>")


def test_a_hint_names_what_there_is() -> None:
    names = FieldNames()
    assert names.hint({"title": ""}) == ""
    assert names.hint({"稿名": "x", "n" * 99: 1}).startswith(f"; it has 稿名, {'n' * 30}: say which is which")


def test_records_without_end_of_new_names() -> None:
    names = FieldNames()
    for number in range(2000):
        assert names.mapped({f"x{number}": 1, "标题": "甲"}) == {"title": "甲"}
    assert len(names._plans) <= 256
