"""Dates as newspapers write them, in file names, running heads and signatures."""

from __future__ import annotations

import datetime as dt
import re

from newsearch.corpus.script import plain

_DIGITS = {character: str(value) for value, character in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_CHINESE = "〇○零一二三四五六七八九"
_WESTERN_DATE = re.compile(r"([12１２]\d{3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CHINESE_DATE = re.compile(f"([{_CHINESE}]{{4}})年([{_CHINESE}十]{{1,3}})月([{_CHINESE}十廿卅]{{1,3}})日")
# The years of the Republic are counted from 1912: 民國113年6月5日, 中華民國一百一十三年六月五日.
_REPUBLICAN_DATE = re.compile(
    rf"民[國国]\s*(\d{{1,3}}|[{_CHINESE}十百]{{1,6}}|元)\s*年\s*(\d{{1,2}}|[{_CHINESE}十]{{1,3}})\s*月\s*(\d{{1,2}}|[{_CHINESE}十廿卅]{{1,3}})\s*日"
)
_DAY = re.compile(
    rf"(?<![年\d{_CHINESE}])(\d{{1,2}}|[{_CHINESE}十]{{1,3}})\s*月\s*(\d{{1,2}}|[{_CHINESE}十廿卅]{{1,3}})\s*日"
)
_LOOSE_DATE = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_NUMBER_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/._]?(0[1-9]|1[0-2])[-/._]?(0[1-9]|[12]\d|3[01])(?!\d)")


def find_date(text: str) -> dt.date | None:
    """The first full date in a text: 2022年7月1日, ２０２２年７月１日, 二〇二二年七月一日, 民國111年7月1日."""
    western = _WESTERN_DATE.search(text)
    if western:
        return make_date(*(int(part) for part in western.groups()))
    chinese = _CHINESE_DATE.search(text)
    if chinese:
        return make_date(*(_number(part) for part in chinese.groups()))
    republican = _REPUBLICAN_DATE.search(text) if "民" in text else None
    if republican is None:
        return None
    year, month, day = (int(part) if part.isdecimal() else _number(part) for part in republican.groups())
    return make_date(year + 1911, month, day) if year else None


def any_date(text: str) -> dt.date | None:
    """The first full date of a text, in any of the ways that web pages write it with the year before."""
    if match := _LOOSE_DATE.search(text):
        return make_date(*(int(part) for part in match.groups()))
    return find_date(text) or number_date(text)


def without_date(text: str) -> str:
    """A text with a blank for each date in numbers."""
    return _LOOSE_DATE.sub(" ", text)


def is_date_line(line: str) -> bool:
    """Whether a line is a full date and nothing else (a weekday and brackets may stand beside it)."""
    bare = re.sub(r"[\s()（）]|星期[一二三四五六日天]", "", line)
    bare = re.sub("^中[華华](?=民)", "", bare)
    full = _WESTERN_DATE.fullmatch(bare) or _CHINESE_DATE.fullmatch(bare) or _REPUBLICAN_DATE.fullmatch(bare)
    return bool(full and find_date(bare)) or bool(
        re.fullmatch(r"[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}", bare) and number_date(bare)
    )


def is_day_line(line: str) -> bool:
    """Whether a line is a day without a year and nothing else: 7月5日, 七月五日."""
    return bool(_DAY.fullmatch(plain(re.sub(r"[\s()（）]|星期[一二三四五六日天]", "", line))))


def before_day(line: str) -> tuple[str, str]:
    """What stands before the day that a line ends with, and that day: (张三, 6月29日); ("", "") if it does not."""
    head, _, last = line.strip().replace("\u3000", " ").rpartition(" ")
    return (head.strip(), last) if head and (is_day_line(last) or is_date_line(last)) else ("", "")


def line_date(line: str, near: dt.date | None = None) -> dt.date | None:
    """The date of a line that is nothing else, None for other lines; one without a year, 6月29日, has the year that puts
    it nearest to `near`, and is none if there is no `near`."""
    if is_date_line(line):
        return find_date(line) or number_date(line)
    return day_near(line, near) if near and is_day_line(line) else None


def number_date(text: str) -> dt.date | None:
    """The first date written as numbers in a file name or line: 2022-07-01, 20220701, 2022/07/01."""
    match = _NUMBER_DATE.search(text) or re.search(r"(?<!\d)([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", text)
    return make_date(*(int(part) for part in match.groups())) if match else None


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """A day, None if there is none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """二〇二二 → 2022, 一百一十三 → 113, 十五 → 15, 三十 → 30, 廿一 → 21, 元 → 1."""
    text = text.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    if "百" in text:
        hundreds, rest = text.split("百", 1)
        rest = rest.lstrip("零〇○")
        return 100 * (_number(hundreds) if hundreds else 1) + (_number(rest) if rest else 0)
    if "十" in text:
        tens, ones = text.split("十", 1)
        return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)
    return int("".join(_DIGITS[character] for character in text))


def day_near(text: str, near: dt.date) -> dt.date | None:
    """The first day without a year in a text, 6月29日 or 六月二十九日, in the year that puts it nearest to `near`;
    None if that is more than half a year away."""
    match = _DAY.search(plain(text))
    if match is None:
        return None
    month, day = (int(part) if part.isdigit() else _number(part) for part in match.groups())
    years = (near.year - 1, near.year, near.year + 1)
    days = [found for year in years if 1 <= year <= 9999 and (found := make_date(year, month, day))]
    close = [found for found in days if abs(found - near) <= dt.timedelta(days=184)]
    return min(close, key=lambda found: (abs(found - near), found), default=None)
