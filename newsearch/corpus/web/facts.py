"""What a page says about its article besides the text: title, date, authors, source, section, address.

Sites write these for people (above the text), for search engines (JSON-LD) and for social networks (meta elements), and
contradict themselves. What people see is believed first, as far as it can be told from the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from newsearch.corpus.facts.dates import any_date, number_date, without_date
from newsearch.corpus.facts.foreign import foreign_date
from newsearch.corpus.web.authors import page_authors
from newsearch.corpus.web.flow import HEADINGS, Block
from newsearch.corpus.web.rules import (
    EDITOR,
    LINK,
    LOGO,
    META_DATE,
    META_SECTION,
    META_SITE,
    META_SOURCE,
    META_TITLE,
    NO_SITE,
    NO_TITLE,
    PRINTED,
    REPOST,
    SITE,
    SOURCE,
    SOURCES,
    TIMES,
    TITLES,
)
from newsearch.corpus.web.said import Said, is_site
from newsearch.corpus.web.scripts import account_variable, drawn_from

_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]{1,2000})|<!--[^>]{0,400}?\surl:\s*(https?://[^\s>]{1,2000})"
)
_TITLE_PARTS = re.compile(
    r"\s*[_|｜→]+\s*|\s*-{1,3}>{1,3}\s*|\s*>>+\s*|\s+[-–—·»:]+\s+"
    r"|(?<=[\u3400-\u9fff”》！？])\s*[-–]+\s*(?=[\u3400-\u9fff])"
)
_HEADING = re.compile("最新|热门|熱門|今日|相关|相關|更多|即时|即時|国内|國內|国际|國際|社会|社會|综合|滚动|推荐|要闻")
# How much of a line is links in a menu.
_MENU = 0.8
# What stands behind the name of a site: its address.
_ADDRESS = re.compile(r"\s+(?:[\w-]{1,40}\.){1,4}[a-z]{2,6}$", re.I)
# A line with a date in it that is written as elsewhere has no more characters.
_SHORT_LINE = 60
# Blocks at the top of a page in which its site names itself.
_TOP = 3


class Facts(NamedTuple):
    title: str = ""
    date: dt.date | None = None
    authors: tuple[str, ...] = ()
    source: str = ""
    section: str = ""
    url: str = ""


def page_title(told: Said, found: Sequence[Block]) -> str:
    """The title: what stands on the page as a line and in the page's own title, or that without the site's name."""
    said_so = (told.first(META_TITLE), str(told.linked.get("headline") or ""), told.title)
    names = [name for name in said_so if name and not NO_TITLE.fullmatch(name) and not _is_paper(name)]
    lines = [block for block in found[:400] if 2 <= len(block.text) <= 120]
    for heading in (True, False):
        shown = [
            block.text
            for block in lines
            if (block.tag in HEADINGS or _names_title(block)) == heading and block.linked < len(block.text)
            and any(_is_part(block.text, name) for name in names)
        ]  # fmt: skip
        shown = [text for text in shown if not is_site(text, told)] or (shown if heading else [])
        if shown:
            return REPOST.sub("", max(shown, key=len))
    if names:
        return REPOST.sub("", _without_site(names[0], told))
    headings = [(HEADINGS.index(block.tag), block.text) for block in lines if block.tag in HEADINGS[:3]]
    called = [(len(HEADINGS), block.text) for block in lines if _names_title(block) and not block.linked]
    return min(headings + called, default=(0, ""), key=lambda heading: heading[0])[1]


def page_facts(told: Said, root: etree._Element, found: Sequence[Block], body: Sequence[Block], title: str) -> Facts:
    """The facts about the article `body` of a page whose blocks are `found`."""
    beside = _near(found, body, title)
    near = [block.text for block in beside]
    texts = [block.text for block in body]
    written, source = drawn_from(told.markup, title)
    printed = next((match for block in found if (match := PRINTED.fullmatch(block.text))), None)
    section = told.first(META_SECTION) if len(told.first(META_SECTION)) <= 20 else ""
    return Facts(
        title,
        _date(told, root, near, written),
        page_authors(told, beside, texts, title, _editors(found)),
        _source(told, root, beside, found, source),
        section or (f"第{int(printed[2])}版" if printed else ""),
        _url(told, root, near),
    )


def _editors(found: Sequence[Block]) -> frozenset[str]:
    """Who is named as an editor on a page: none of its authors."""
    matches = (EDITOR.search(block.text) for block in found if len(block.text) <= 60)
    return frozenset(match[1] for match in matches if match)


def _near(found: Sequence[Block], body: Sequence[Block], title: str) -> list[Block]:
    """The lines between the title and the text, or the last before the text, and the short ones after it."""
    indexes = {id(block): index for index, block in enumerate(found)}
    first = indexes[id(body[0])] if body else 0
    last = indexes[id(body[-1])] if body else 0
    start = next((i for i in range(first, -1, -1) if _is_title(found[i].text, title)), max(0, first - 8))
    short = [block for block in found[first : last + 1] if len(block.text) <= 40]
    inside = [*short[:5], *short[5:][-10:]]
    before = [block for block in found[start:first] if block.text != title]
    above = [block for block in found[max(0, start - 4) : start] if block.linked < _MENU * len(block.text)]
    after = [block for block in found[last + 1 : last + 8] if len(block.text) <= 60 and block.linked < len(block.text)]
    return before + above + inside + after


def _is_title(text: str, title: str) -> bool:
    return _squeezed(REPOST.sub("", text)) == _squeezed(title)


def _date(told: Said, root: etree._Element, near: Sequence[str], written: str) -> dt.date | None:
    """The day of publication where the page was published: what is shown, else what machines are told."""
    shown = next((day for text in near if len(text) <= 200 and (day := any_date(text))), None)
    named = [told.first(META_DATE), str(told.linked.get("datePublished") or "")]
    for element in root.iter("time", "em", "span"):
        place = f"{element.get('id') or ''} {element.get('class') or ''}"
        if element.tag == "time" or any(name in place for name in TIMES):
            named += [element.get("datetime") or "", "".join(map(str, element.itertext()))[:60]]
    named += [account_variable(told.markup, "createTime"), account_variable(told.markup, "ct")]
    named.append(written)
    known = next((day for text in named if text and (day := any_date(text) or _stamp(text))), None)
    # A time for machines may be the day before in another zone; a date far off is about something else.
    if shown and (known is None or abs((shown - known).days) <= 1):
        return shown
    lines = (foreign_date(text) for text in near if len(text) <= _SHORT_LINE)
    return known or number_date(_url(told, root, near)) or next(filter(None, lines), None)


def _source(told: Said, root: etree._Element, near: Sequence[Block], found: Sequence[Block], drawn: str) -> str:
    for text in (block.text for block in (*near, *found) if len(block.text) <= 120):
        if match := SOURCE.search(text):
            return _original(match[1])
    stated = told.first(META_SOURCE)
    if stated and len(stated) <= 30:
        return stated
    named = (block.text for block in near if 2 <= len(block.text) <= 20 and _is_called(block, SOURCES))
    if drawn or (drawn := next((name for name in named if not any_date(name)), "")):
        return drawn
    for above, block in zip(("", *(block.text for block in near)), near, strict=False):
        if any_date(block.text) and (name := _beside_date(block.text) or _alone(above)):
            return name
    account = next(
        ("".join(map(str, e.itertext())).strip() for e in root.iter("a", "span", "strong") if e.get("id") == "js_name"),
        "",
    )
    if account or (account := account_variable(told.markup, "nickname")):
        return account
    publisher = told.linked.get("publisher")
    site = told.first(META_SITE) or str(publisher.get("name") or "" if isinstance(publisher, dict) else "")
    if site and len(site) <= 40 and site not in NO_SITE:
        return _ADDRESS.sub("", site)
    parts = _TITLE_PARTS.split(told.title)
    sites = [part for part in parts if SITE.search(part) and len(part) <= 20]
    last = parts[-1] if len(parts) == 2 and len(parts[1]) <= 12 and len(parts[0]) > len(parts[1]) else ""
    last = last or next((block.text for block in found[:_TOP] if len(parts) > 2 and block.text == parts[-1]), "")
    top = (block.text for block in found[:_TOP] if block.linked == len(block.text))
    logo = next((text for text in top if LOGO.fullmatch(text)), "")
    return re.sub(r"(?:多媒体)?(?:数字报|电子报)(?:平台)?$", "", sites[-1] if sites else last or logo)


def _alone(text: str) -> str:
    """The site or paper that a line above a date is, "" if it is something else."""
    return text if _beside_date(text) == text and not _HEADING.match(text) else ""


def _original(name: str) -> str:
    """Of two papers joined by a dash the second, from which the first has it: 江口网－江口日报"""
    name = name.strip("《》“”\"'")
    first, _, second = re.sub(r"[－—–-]+", "-", name).partition("-")
    return second.strip("《》") if SITE.search(first) and SITE.search(second.strip("《》")) else name


def _is_called(block: Block, names: frozenset[str]) -> bool:
    """Whether the id or class of a block's element is one of some names."""
    called = (block.element.get("id") or "", *(block.element.get("class") or "").split())
    return any(name.lower() in names for name in called)


def _beside_date(text: str) -> str:
    """The site or paper named in a line with a date: 2020-02-28 10:11　江口晚报"""
    words = re.split(r"[\s\u3000|·:：\d]+", without_date(text))
    return next(
        (w for w in words if 3 <= len(w) <= 16 and SITE.search(w) and re.fullmatch(r"[\u3400-\u9fffA-Za-z]+", w)), ""
    )


def _url(told: Said, root: etree._Element, near: Sequence[str]) -> str:
    links = [e.get("href") or "" for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    saved = _SAVED_FROM.search(told.markup[:20000])
    linked = told.linked.get("url") or told.linked.get("mainEntityOfPage")
    linked = linked.get("@id") if isinstance(linked, dict) else linked
    candidates = [*links, told.meta.get("og:url", ""), (saved[1] or saved[2]) if saved else "", linked]
    candidates += [match[1] for text in near if (match := LINK.match(text))]
    return next((url for url in candidates if isinstance(url, str) and re.match(r"https?://[^\s/]+/\S", url)), "")


def _stamp(text: str) -> dt.date | None:
    """The day in China of a Unix time."""
    if not re.fullmatch(r"1\d{9}", text):
        return None
    return dt.datetime.fromtimestamp(int(text), dt.timezone(dt.timedelta(hours=8))).date()


def _names_title(block: Block) -> bool:
    parent = block.element.getparent()
    return bool(TITLES.search(block.place)) or (parent is not None and parent.tag in HEADINGS)


def _is_part(text: str, name: str) -> bool:
    """Whether a line is a page's title or stands in it between separators."""
    text, name = _squeezed(text), _squeezed(name)
    start = name.find(text)
    if not text or start < 0:
        return False
    before, after = name[:start], name[start + len(text) :]
    return (not before or before[-1] in "_|｜-–—·»:：>→]】") and (not after or after[0] in "_|｜-–—·»:：(（<")


def _is_paper(name: str) -> bool:
    """Whether a page's own title is but the name of its site, the same on all of its pages."""
    return len(name) <= 20 and bool(SITE.search(name)) and len(_TITLE_PARTS.split(name)) == 1 and "，" not in name


def _without_site(name: str, told: Said) -> str:
    """A page's title without the names of site and sections behind it, or before it."""
    parts = [part for part in _TITLE_PARTS.split(name) if part]
    if len(parts) < 2:
        return name.strip()
    if is_site(parts[0], told) and len(parts[1]) > len(parts[0]):
        parts = parts[1:]
    while len(parts) > 1 and (len(parts[-1]) <= 8 or SITE.search(parts[-1]) or parts[-1] == told.first(META_SITE)):
        parts.pop()
    end = name.find(parts[-1]) + len(parts[-1])
    return name[name.find(parts[0]) : end].strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
