"""Dates as newspapers write them, as data."""

from __future__ import annotations

import datetime as dt

import pytest

from newsearch.corpus.facts.dates import (
    any_date,
    before_day,
    day_near,
    find_date,
    is_date_line,
    is_day_line,
    line_date,
    number_date,
    without_date,
)
from newsearch.corpus.facts.foreign import foreign_date


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年7月1日", "2022-07-01"),
        ("清河日报 2022 年 7 月 1 日 星期五", "2022-07-01"),
        ("到2022年12月31日为止，2023年1月1日起", "2022-12-31"),
        ("２０２２年７月１日", "2022-07-01"),
        ("二〇二二年七月一日", "2022-07-01"),
        ("二○二二年七月一日", "2022-07-01"),
        ("二零二二年十月十日", "2022-10-10"),
        ("二〇二二年十二月三十一日", "2022-12-31"),
        ("一九九九年十一月二十日", "1999-11-20"),
        ("二〇二四年二月廿九日", "2024-02-29"),
        ("二〇二四年一月卅一日", "2024-01-31"),
        ("民國113年6月5日", "2024-06-05"),
        ("中華民國一百一十三年六月五日", "2024-06-05"),
        ("中華民國一百零八年十二月三十一日", "2019-12-31"),
        ("民国三十七年十月十日", "1948-10-10"),
        ("民國元年一月一日", "1912-01-01"),
        ("民國一一三年六月五日", "2024-06-05"),
        ("民國113年2月30日", None),
        ("民國0年2月3日", None),
        ("二〇二三年二月二十九日", None),
        ("2023年2月29日", None),
        ("2022年13月1日", None),
        ("零零零零年一月一日", None),
        ("7月1日", None),
        ("2022-07-01", None),
        ("", None),
    ],
)
def test_find_date(text: str, expected: str | None) -> None:
    assert find_date(text) == day(expected)


@pytest.mark.parametrize(
    "line",
    [
        "2022年7月1日",
        " 2022年7月1日　",
        "（2022年7月1日）",
        "2022年7月1日 星期五",
        "2022 年 7 月 1 日",
        "２０２２年７月１日",
        "二〇二二年七月一日",
        "2022-07-01",
        "2022-7-1",
        "2022/07/01",
        "2022.7.1",
        "民國111年7月1日",
        "中華民國一百一十一年七月一日 星期五",
    ],
)
def test_date_lines(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2022年7月1日报道",
        "于2022年7月1日",
        "2022年7月",
        "7月1日",
        "2022-13-01",
        "2022年2月30日",
        "20220701",
        "2022-07-01-03",
    ],
)
def test_no_date_lines(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("luyu-2020-12-11-06.md", "2020-12-11"),
        ("20220701.txt", "2022-07-01"),
        ("news_20220701_2.txt", "2022-07-01"),
        ("2022/07/01/a.txt", "2022-07-01"),
        ("2022_07_01", "2022-07-01"),
        ("2022/7/1", "2022-07-01"),
        ("2022.7.1", "2022-07-01"),
        ("202207011530.txt", None),
        ("120220701.txt", None),
        ("2022-02-30.txt", None),
        ("2022-13-01", None),
        ("2022-07", None),
        ("wire.jsonl", None),
        ("", None),
    ],
)
def test_number_date(text: str, expected: str | None) -> None:
    assert number_date(text) == day(expected)


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("6月29日，靖州", "2022-07-01", "2022-06-29"),
        ("六月二十九日", "2022-07-01", "2022-06-29"),
        ("12月30日", "2023-01-02", "2022-12-30"),
        ("1月2日", "2022-12-30", "2023-01-02"),
        ("2月29日", "2023-03-01", None),
        ("2月29日", "2024-03-01", "2024-02-29"),
        ("2021年6月29日", "2022-07-01", None),
        ("6月", "2022-07-01", None),
        ("12月31日", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_day_without_a_year_is_near_the_page(text: str, near: str, expected: str | None) -> None:
    assert day_near(text, dt.date.fromisoformat(near)) == day(expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("7月5日", True), ("（七月五日）", True), ("7月5日起", False), ("", False), ("2022年7月5日", False)],
)
def test_day_lines(line: str, expected: bool) -> None:
    assert is_day_line(line) is expected


@pytest.mark.parametrize(
    ("line", "near", "expected"),
    [
        ("2022年6月29日", None, "2022-06-29"),
        ("2022年6月29日", "2024-07-01", "2022-06-29"),
        ("6月29日", "2022-07-01", "2022-06-29"),
        ("（十二月三十日 星期五）", "2023-01-02", "2022-12-30"),
        ("6月29日", None, None),
        ("6月29日，河水上涨", "2022-07-01", None),
    ],
)
def test_lines_that_are_a_date(line: str, near: str | None, expected: str | None) -> None:
    assert line_date(line, dt.date.fromisoformat(near) if near else None) == (expected and dt.date.fromisoformat(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar 04, 2024", "2024-03-04"),
        ("4 March 2024 10:20", "2024-03-04"),
        ("Sept. 1st, 2023", "2023-09-01"),
        ("发布: 07/08/2022 10:20", "2022-08-07"),
        ("12/25/2021", "2021-12-25"),
        ("19-11-2018 10:12 AM", "2018-11-19"),
        ("Mon, 02/12/2018 - 16:05", "2018-02-12"),
        ("02/12/2018（星期日）", "2018-12-02"),
        ("31/31/2020", None),
        ("Feb 30, 2020", None),
        ("2022/07/08", None),
        ("1/2/3/2020", None),
        ("", None),
    ],
)
def test_dates_with_the_year_behind(text: str, expected: str | None) -> None:
    assert foreign_date(text) == day(expected)


def test_dates_however_they_are_written() -> None:
    assert any_date("来源 2024/5/8 10:20") == any_date("二〇二四年五月八日") == any_date("20240508") == day("2024-05-08")
    assert any_date("2024-13-01") is None
    assert without_date("2020-02-28 10:11　江口晚报") == "  10:11　江口晚报"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("张望北　6月29日", ("张望北", "6月29日")),
        (" 张三 李四 2021年6月29日 ", ("张三 李四", "2021年6月29日")),
        ("6月29日", ("", "")),
        ("张望北 六月", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_day_behind_names(line: str, expected: tuple[str, str]) -> None:
    assert before_day(line) == expected
