"""What a page says about its article besides the text: title, date, authors, source, section, address.

Sites write these for people (above the text), for search engines (JSON-LD) and for social networks (meta elements), and
contradict themselves. What people see is believed first, as far as it can be told from the rest.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from newsearch.corpus.facts.byline import author_line, dateline_authors, end_authors, is_name
from newsearch.corpus.facts.dates import find_date, number_date
from newsearch.corpus.web.flow import HEADINGS, Block
from newsearch.corpus.web.rules import (
    BYLINE,
    CREDIT,
    META_AUTHOR,
    META_DATE,
    META_SECTION,
    META_SITE,
    META_SOURCE,
    META_TITLE,
    NO_SITE,
    ROLE,
    SITE,
    SOURCE,
    TAIWAN,
    TIMES,
)

_JSON_LD = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.{0,200000}?)</script", re.DOTALL | re.I)
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]{1,2000})|<!--[^>]{0,400}?\surl:\s*(https?://[^\s>]{1,2000})"
)
_WECHAT = re.compile(r"""\bvar\s+(ct|createTime|nickname|user_name)\s*=\s*(?:htmlDecode\()?["']([^"']{1,60})["']""")
_TITLE_PARTS = re.compile(r"\s*[_|｜]+\s*|\s+[-–—·»:]+\s+|(?<=[\u3400-\u9fff”》！？])\s*[-–]+\s*(?=[\u3400-\u9fff])")
_DAY = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")


class Facts(NamedTuple):
    title: str = ""
    date: dt.date | None = None
    authors: tuple[str, ...] = ()
    source: str = ""
    section: str = ""
    url: str = ""


class Said(NamedTuple):
    """What a page says about itself for machines: its meta elements, the article of its JSON-LD, its markup."""

    meta: Mapping[str, str]
    linked: Mapping[str, Any]
    title: str
    markup: str

    def first(self, names: Sequence[str]) -> str:
        return next((value for name in names if (value := self.meta.get(name, ""))), "")


def said(root: etree._Element, markup: str) -> Said:
    """What a page says to machines; `markup` is the text it was parsed from."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        if name and (value := " ".join((element.get("content") or "").split())):
            meta.setdefault(name, value)
    title = next((" ".join("".join(map(str, e.itertext())).split()) for e in root.iter("title")), "")
    return Said(meta, _article_of(markup), title, markup)


def page_title(told: Said, found: Sequence[Block]) -> str:
    """The title: what stands on the page as a line and in the page's own title, or that without the site's name."""
    names = [name for name in (told.first(META_TITLE), str(told.linked.get("headline") or ""), told.title) if name]
    lines = [block for block in found[:400] if 2 <= len(block.text) <= 120]
    for heading in (True, False):
        shown = [
            block.text
            for block in lines
            if (block.tag in HEADINGS or _names_title(block)) == heading and block.linked < len(block.text)
            and any(_is_part(block.text, name) for name in names)
        ]  # fmt: skip
        shown = [text for text in shown if not _is_site(text, told)] or (shown if heading else [])
        if shown:
            return max(shown, key=len)
    if not names:
        return next((block.text for block in lines if block.tag in ("h1", "founder-title")), "")
    return _without_site(names[0], told)


def page_facts(told: Said, root: etree._Element, found: Sequence[Block], body: Sequence[Block], title: str) -> Facts:
    """The facts about the article `body` of a page whose blocks are `found`."""
    near = _near(found, body, title)
    texts = [block.text for block in body]
    return Facts(
        title,
        _date(told, root, near),
        _authors(told, near, texts, title),
        _source(told, root, near, found),
        told.first(META_SECTION) if len(told.first(META_SECTION)) <= 20 else "",
        _url(told, root),
    )


def _near(found: Sequence[Block], body: Sequence[Block], title: str) -> list[str]:
    """The lines between the title and the text, or the last before the text, and the short ones after it."""
    indexes = {id(block): index for index, block in enumerate(found)}
    first = indexes[id(body[0])] if body else 0
    last = indexes[id(body[-1])] if body else 0
    start = next((i for i in range(first, -1, -1) if _squeezed(found[i].text) == _squeezed(title)), max(0, first - 8))
    short = [block.text for block in found[first : last + 1] if len(block.text) <= 40]
    inside = [*short[:5], *short[5:][-10:]]
    before = [block.text for block in found[start:first] if block.text != title]
    above = [block.text for block in found[max(0, start - 4) : start]]
    after = [block.text for block in found[last + 1 : last + 8] if len(block.text) <= 60]
    return before + above + inside + after


def _date(told: Said, root: etree._Element, near: Sequence[str]) -> dt.date | None:
    """The day of publication where the page was published: what is shown, else what machines are told."""
    shown = next((day for text in near if len(text) <= 200 and (day := _day(text))), None)
    named = [told.first(META_DATE), str(told.linked.get("datePublished") or "")]
    for element in root.iter("time", "em", "span"):
        place = f"{element.get('id') or ''} {element.get('class') or ''}"
        if element.tag == "time" or any(name in place for name in TIMES):
            named += [element.get("datetime") or "", "".join(map(str, element.itertext()))[:60]]
    named += [_wechat(told, "createTime"), _wechat(told, "ct")]
    known = next((day for text in named if text and (day := _day(text) or _stamp(text))), None)
    # A time for machines may be the day before in another zone; a date far off is about something else.
    if shown and (known is None or abs((shown - known).days) <= 1):
        return shown
    return known or number_date(_url(told, root))


def _authors(told: Said, near: Sequence[str], body: Sequence[str], title: str) -> tuple[str, ...]:
    for text in near:
        if (match := BYLINE.match(text) or CREDIT.search(text)) and (names := _names(match[1])):
            return names
    for text in near:
        if (
            text != title
            and not _day(text)
            and (names := author_line(text))
            and (ROLE.match(text) or all(map(is_name, names)))
        ):
            return names
    if body and (match := TAIWAN.match(body[0])):
        return (match[1],)
    if body and (names := dateline_authors(body[0]) or end_authors(body[-1])[1]):
        return names
    people = told.linked.get("author")
    people = people if isinstance(people, list) else [people]
    listed = [str(person.get("name") if isinstance(person, dict) else person or "").strip() for person in people]
    for text in ("、".join(filter(None, listed)), told.first(META_AUTHOR)):
        names = tuple(name for name in _names(text) if not SITE.search(name) and not _is_site(name, told))
        if names:
            return names
    return ()


def _names(text: str) -> tuple[str, ...]:
    """The people of a list, () if there is something else in it."""
    text = re.sub(r"^(?:本报|本刊)?(?:记者|通讯员|作者)[\s:：]*", "", text.strip())
    if not text or len(text) > 60 or re.search(r"[:：/。！？@]|编辑|https?", text):
        return ()
    if re.search(r"[\u3400-\u9fff]", text):
        return tuple(name for name in re.split(r"[\s\u3000、，,;；]+", text) if 2 <= len(name) <= 12)
    return tuple(name.strip() for name in re.split(r"[、,;，]+", text) if name.strip())


def _source(told: Said, root: etree._Element, near: Sequence[str], found: Sequence[Block]) -> str:
    shown = [block.text for block in found if len(block.text) <= 120]
    for text in (*near, *shown):
        if match := SOURCE.search(text):
            return match[1].strip("《》“”\"'")
    stated = told.first(META_SOURCE)
    if stated and len(stated) <= 30:
        return stated
    for text in near:
        if _day(text) and (name := _beside_date(text)):
            return name
    account = next(
        ("".join(map(str, e.itertext())).strip() for e in root.iter("a", "span", "strong") if e.get("id") == "js_name"),
        "",
    )
    if account or (account := _wechat(told, "nickname")):
        return account
    publisher = told.linked.get("publisher")
    site = told.first(META_SITE) or str(publisher.get("name") or "" if isinstance(publisher, dict) else "")
    if site and len(site) <= 40 and site not in NO_SITE:
        return site
    parts = [part for part in _TITLE_PARTS.split(told.title) if SITE.search(part) and len(part) <= 20]
    return re.sub(r"(?:多媒体)?数字报(?:平台)?$", "", parts[-1] if parts else "")


def _beside_date(text: str) -> str:
    """The site or paper named in a line with a date: 2020-02-28 10:11　江口晚报"""
    words = re.split(r"[\s\u3000|·:：]+", text)
    return next(
        (w for w in words if 3 <= len(w) <= 16 and SITE.search(w) and re.fullmatch(r"[\u3400-\u9fffA-Za-z]+", w)), ""
    )


def _url(told: Said, root: etree._Element) -> str:
    links = [e.get("href") or "" for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    saved = _SAVED_FROM.search(told.markup[:20000])
    linked = told.linked.get("url") or told.linked.get("mainEntityOfPage")
    linked = linked.get("@id") if isinstance(linked, dict) else linked
    candidates = [*links, told.meta.get("og:url", ""), (saved[1] or saved[2]) if saved else "", linked]
    return next((url for url in candidates if isinstance(url, str) and re.match(r"https?://[^\s/]+/\S", url)), "")


def _article_of(markup: str) -> Mapping[str, Any]:
    """The article in the JSON-LD of a page, {} if there is none."""
    for match in _JSON_LD.finditer(markup):
        try:
            data = json.loads(match[1].strip())
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            kinds = thing.get("@type")
            if any(
                "Article" in str(kind) or str(kind) == "BlogPosting"
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return thing
    return {}


def _things(data: object) -> Iterator[dict[str, Any]]:
    listed = data if isinstance(data, list) else [data]
    for thing in listed:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else ()) if isinstance(part, dict))


def _wechat(told: Said, name: str) -> str:
    if "js_content" not in told.markup:
        return ""
    return next((value for key, value in _WECHAT.findall(told.markup) if key == name), "")


def _day(text: str) -> dt.date | None:
    """The first full date of a text, in any of the ways that pages write it."""
    if match := _DAY.search(text):
        try:
            return dt.date(*(int(part) for part in match.groups()))
        except ValueError:
            return None
    return find_date(text) or number_date(text)


def _stamp(text: str) -> dt.date | None:
    """The day in China of a Unix time."""
    if not re.fullmatch(r"1\d{9}", text):
        return None
    return dt.datetime.fromtimestamp(int(text), dt.timezone(dt.timedelta(hours=8))).date()


def _names_title(block: Block) -> bool:
    place = f"{block.element.get('id') or ''} {block.element.get('class') or ''}".lower()
    parent = block.element.getparent()
    return "title" in place or (parent is not None and parent.tag in HEADINGS)


def _is_part(text: str, name: str) -> bool:
    """Whether a line is a page's title or stands in it between separators."""
    text, name = _squeezed(text), _squeezed(name)
    start = name.find(text)
    if not text or start < 0:
        return False
    before, after = name[:start], name[start + len(text) :]
    return (not before or before[-1] in "_|｜-–—·»:：") and (not after or after[0] in "_|｜-–—·»:：(（")


def _is_site(text: str, told: Said) -> bool:
    sites = {told.meta.get(name, "") for name in META_SITE}
    return text in sites or (bool(SITE.search(text)) and len(text) <= 12 and text != told.first(META_TITLE))


def _without_site(name: str, told: Said) -> str:
    """A page's title without the names of site and sections behind it, or before it."""
    parts = [part for part in _TITLE_PARTS.split(name) if part]
    if len(parts) < 2:
        return name.strip()
    if _is_site(parts[0], told) and len(parts[1]) > len(parts[0]):
        parts = parts[1:]
    while len(parts) > 1 and (len(parts[-1]) <= 8 or SITE.search(parts[-1]) or parts[-1] == told.first(META_SITE)):
        parts.pop()
    end = name.find(parts[-1]) + len(parts[-1])
    return name[name.find(parts[0]) : end].strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
