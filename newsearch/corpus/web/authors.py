"""Who wrote the article of a page: bylines beside the text, datelines in it, and what machines are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsearch.corpus.facts.byline import author_line, dateline_authors, end_authors, is_name
from newsearch.corpus.facts.dates import any_date
from newsearch.corpus.web.flow import Block
from newsearch.corpus.web.rules import (
    ABROAD,
    AGENCY,
    AUTHORS,
    BYLINE,
    BYLINE_AT_END,
    CREDIT,
    DESK,
    ENDS,
    META_AUTHOR,
    NOBODY,
    PHOTOGRAPHER,
    ROLE,
    SITE,
    TAIWAN,
    TAIWAN_LINE,
)
from newsearch.corpus.web.said import Said, is_site

# A line about an article has no more characters.
_LINE = 60
# What people are called before their names.
_ROLE_BEFORE = re.compile(
    r"^(?:[\u3400-\u9fff]{2,8}[报刊网社台]\s*)?(?:本报|本刊|首席|特约|实习)?(?:记者|記者|通讯员|作者)[\s:：]*"
)
# Where or how it was reported, behind the names: 甲 乙 / 綜合報導
_REPORTED = re.compile(r"\s*[／/╱][^／/╱]{0,6}(?:報導|报导|報道|报道)$")
# A label with the names in the line below it, and an account that stands as the author.
_LABEL = re.compile(r"(?:作者|记者|記者|撰文|文)\s*[:：]")
_ACCOUNT = re.compile(r"@([\u3400-\u9fff\w-]{2,20})(?=\s|$)")
# Of the paragraphs at the beginning of a text, those that may have a dateline.
_MOST_CAPTIONS = 3


def page_authors(
    told: Said, beside: Sequence[Block], body: Sequence[str], title: str, editors: frozenset[str]
) -> tuple[str, ...]:
    beside = [block for block in beside if not ENDS.fullmatch(block.text)]  # 全文完 looks like a name
    near = [PHOTOGRAPHER.split(block.text, maxsplit=1)[0] for block in beside]
    for text in (*near, told.first(META_AUTHOR)):
        if len(text) <= _LINE and (match := DESK.fullmatch(text) or TAIWAN_LINE.search(text)):
            return (match[1],)
    for text in near:
        match = BYLINE.match(text) or CREDIT.search(text) or (BYLINE_AT_END.search(text) if any_date(text) else None)
        if match and (names := _names(match[1])):
            return names
    for text in near:
        if (
            text != title
            and not any_date(text)
            and (names := author_line(text))
            and (ROLE.match(text) or all(map(is_name, names)))
        ):
            return names
    for label, text in pairwise(near):
        if _LABEL.fullmatch(label) and (names := _bare_names(text)):
            return names
    for block in beside:
        if AUTHORS.search(block.place) and (names := _bare_names(block.text)):
            return names
    for text in body[:_MOST_CAPTIONS]:  # captions may stand above the text
        if names := _in_dateline(text):
            return names
    if body and (names := end_authors(body[-1])[1]):
        return names
    people = told.linked.get("author")
    people = people if isinstance(people, list) else [people]
    listed = [str(person.get("name") if isinstance(person, dict) else person or "").strip() for person in people]
    for text in ("、".join(filter(None, listed)), told.first(META_AUTHOR)):
        people = (name for name in _names(text) if name not in editors)
        names = tuple(name for name in people if not SITE.search(name) and not is_site(name, told))
        if names:
            return names
    return next(((match[1],) for text in near if (match := _ACCOUNT.match(text))), ())


def _in_dateline(text: str) -> tuple[str, ...]:
    """The reporters in the dateline of a text, also as written in Taiwan and abroad: 〔記者甲／某地報導〕,
    （某社記者甲某地15日電）"""
    if match := TAIWAN.match(text):
        return (match[1],)
    if not (match := AGENCY.match(text) or ABROAD.match(text)):
        return dateline_authors(text)
    *others, last = match[1].split("、")  # the place follows the last name without a mark
    return (*others, last[:3] if len(last) > 4 and is_name(last[:3]) else last[:2])


def _bare_names(text: str) -> tuple[str, ...]:
    """The people in an element that is called author, () if something else stands in it."""
    text = _REPORTED.sub("", text)
    names = _names(re.sub(r"[(（][^()（）]*[)）]", "", text)) if len(text) <= _LINE else ()
    people = all(re.fullmatch(r"[\u3400-\u9fff·•]{2,12}", name) and not SITE.search(name) for name in names)
    return names if people and all(len(name) <= 4 or "·" in name for name in names) else ()


def _names(text: str) -> tuple[str, ...]:
    """The people of a list, () if there is something else in it."""
    text = _ROLE_BEFORE.sub("", text.strip())
    if not text or text.casefold() in NOBODY or len(text) > 60 or re.search(r"[:：/。！？@]|编辑|https?", text):
        return ()
    if re.search(r"[\u3400-\u9fff]", text):
        text = re.split(r"\d", text, maxsplit=1)[0]  # 文小满2 分钟: how long it takes to read
        return tuple(name for name in re.split(r"[\s\u3000、，,;；]+", text) if 2 <= len(name) <= 12)
    return tuple(name.strip() for name in re.split(r"[、,;，]+", text) if name.strip())
