"""What the name of a file and of its folders tells about its articles: the day, the paper, the page of the paper.

团结报/2022/07/01/A3.txt, 人民日报_2022年7月1日_第4版.txt, 20220701_03.txt. A part of a name is a paper only if it ends
as the names of papers do; 剪报 or 本地新闻 is none. Pages are written A3 and 第3版 however the file writes them (a03,
03版), so that one search finds them all.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from newsearch.corpus.facts.dates import find_date, number_date


class Facts(NamedTuple):
    """What is known about all articles of a document before it is read; an article may know better."""

    date: dt.date | None = None
    source: str = ""
    section: str = ""

    def over(self, other: Facts) -> Facts:
        """These, and what the other knows beside them."""
        return Facts(self.date or other.date, self.source or other.source, self.section or other.section)


NO_FACTS = Facts()

_SOURCE = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:报|報|网|網|周刊|週刊|月刊|杂志|雜誌|新闻社|新聞社|通讯社|通訊社|通讯|新华社|中新社|电视台|電視台|广播电台|"
    r"报社|報社)(?:客户端|海外版|电子版|数字报)?|新华社|中新社|新華社|法新社|路透社|美联社|中央社"
)
# What ends like a paper or a site and is none.
_NO_SOURCE = re.compile(
    r".*(?:剪|简|簡|情|电|電|举|舉|通|预|預|汇|匯|公|海|年|月|季|喜|捷|读|讀|订|訂|旧|舊|老|各|看|数字|數字|电子|電子|手机|墙|板|黑板|学|"
    r"上|下|申|填|谎|回|警|战)[报報]|.*(?:官|内|內|外|互联|互聯|局域|电|電|路|球|渔|联|聯|上|全|因特|万维|本)[网網]|.*(?:快|简|会员)通讯"
)
_REAL_SOURCE = re.compile(r"大公报|大公報|.*(?:学习|科技|科学|医学|大学|党校)学报|.*电网报|.*国家电网报")
_PAGE = re.compile(r"第?\s*0*([1-9]\d{0,2})\s*版|第?\s*([A-Za-z])\s*0*([1-9]\d{0,2})\s*版|(头版|頭版)")
_LETTER_PAGE = re.compile(r"(?<![A-Za-z0-9])([A-HTa-ht])0?([1-9]\d?)(?![A-Za-z0-9])")
_DATE = (
    r"(?:19|20)\d{2}[-/._]?(?:0[1-9]|1[0-2])[-/._]?(?:0[1-9]|[12]\d|3[01])(?!\d)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
)
_NUMBER_AFTER_DATE = re.compile(rf"(?:{_DATE})[-_ ]0?([1-9]\d?)$")
_DIGITS_AFTER_DATE = re.compile(rf"(?:{_DATE})[-_ ]\d\d$")
_BETWEEN = re.compile(
    rf"{_DATE}|\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|第?\s*[A-Za-z]?\s*\d{{1,3}}\s*版|[^\u4e00-\u9fff]+"
)


def named_facts(key: str) -> Facts:
    """What the name of a file under its root tells, the last part of it before its folders."""
    key = unicodedata.normalize("NFC", key)  # as some file systems do not write it
    folders, _, name = key.rpartition("/")
    stem = name[: name.rindex(".")] if "." in name[1:] else name
    date = _date(name) or _date(key)
    source = next(filter(None, map(_source, (stem, *reversed(folders.split("/"))))), "")
    section = next(filter(None, (_section(part, date) for part in (stem, *reversed(folders.split("/"))))), "")
    return Facts(date, source, section)


def _date(name: str) -> dt.date | None:
    return number_date(name) or find_date(name.replace("/", ""))


def _source(part: str) -> str:
    """The paper that a part of a path names, "" if it names none."""
    for word in _BETWEEN.split(part):
        if (
            _SOURCE.fullmatch(word)
            and len(word) > 2
            and (_REAL_SOURCE.fullmatch(word) or not _NO_SOURCE.fullmatch(word))
        ):
            return word
    return ""


def _section(part: str, date: dt.date | None) -> str:
    """The page that a part of a path names: A3, 第3版, 头版; a letter with a number, or two digits behind the date, is
    one only where there is a date."""
    if page := _PAGE.search(part):
        number, letter, letter_number, front = page.groups()
        return f"第{number}版" if number else "头版" if front else f"{letter.upper()}{letter_number}"
    if date is None:
        return ""
    if page := _LETTER_PAGE.search(part):
        return f"{page[1].upper()}{page[2]}"
    page = _NUMBER_AFTER_DATE.search(part) if _DIGITS_AFTER_DATE.search(part) else None
    return f"第{page[1]}版" if page else ""
