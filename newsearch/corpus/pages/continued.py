"""Articles that go on on another page: the marks that say so, and the pieces put together.

A mark is 下转第3版 at the end of a piece or 上接第1版 at its beginning, in brackets or alone. Pieces are joined across
the pages of one issue (`issue_of` tells which files those are): the piece that is continued on page N takes the one on
page N that is continued from its own page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from newsearch.article import Article
from newsearch.corpus.pages.trace import Decision
from newsearch.corpus.script import plain
from newsearch.corpus.seams import goes_on, join

_NUMBER = r"第?\s*([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版(?:《[^》]{1,40}》)?"
_OPEN, _CLOSE = r"[（(【\[▲▶►→◀◄←◆■●]*\s*", r"\s*[）)】\]◀◄←▶►→▼]*"
_ON = re.compile(rf"{_OPEN}(?:下转|紧转|转接|下接|续见|转)\s*{_NUMBER}{_CLOSE}\s*$")
_FROM = re.compile(rf"^\s*{_OPEN}(?:上接|紧接|续接|接)\s*{_NUMBER}{_CLOSE}[:：]?\s*")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_FILE = re.compile(
    r"^(?P<paper>.*?)[-_.]?(?P<date>(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2})[-_.]?(?P<page>[A-Za-z]?\d{1,3})?$"
)


class Marks(NamedTuple):
    """What a text says of where it goes on and came from: page numbers, "" where it says nothing."""

    continued_on: str = ""
    continued_from: str = ""


NO_MARKS = Marks()


def take_marks(text: str) -> tuple[str, Marks]:
    """The text without its marks, and what they say."""
    if "版" not in text:
        return text, NO_MARKS
    found = {}
    for name, expression in (("continued_on", _ON), ("continued_from", _FROM)):
        folded = plain(text)
        start = max(0, len(text) - 80) if name == "continued_on" else 0
        match = expression.search(folded, start) if name == "continued_on" else expression.match(folded[:80])
        # 转 and 接 alone are words of sentences unless the mark stands in brackets or is all there is.
        bracketed = match and (match[0].strip()[:1] in "（(【[▲▶►→◀◄←◆■●" or len(match[0].strip()) == len(text.strip()))
        if match and (bracketed or re.search("下转|上接|紧转|紧接", match[0])):
            found[name] = page_number(match[1])
            text = text[: match.start()].rstrip() if name == "continued_on" else text[match.end() :].lstrip()
    return text, Marks(**found)


def page_number(text: str) -> str:
    """A page's number as it is compared: 03 → 3, 三 → 3, 十二 → 12, A03 → A3."""
    text = plain(text)
    if "十" in text:
        tens, ones = text.split("十", 1)
        return str(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0))
    if text in _DIGITS:
        return str(_DIGITS[text])
    letter, digits = re.match(r"([A-Za-z]?)0*(\d*)", text).groups()  # type: ignore[union-attr]
    return letter.upper() + digits


def page_of_head(head: str) -> str:
    """The page's number that a running head or folio names, "" if it names none."""
    match = re.search(
        r"第?\s*([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版|^-?\s*([A-Z]?\d{1,3})(?:\s*-?\s*$|\s)", plain(head)
    )
    return page_number(match[1] or match[2]) if match else ""


class Issue(NamedTuple):
    """One day's paper, as the names of its files tell: pages of one folder, paper and day are one issue."""

    folder: str
    paper: str
    date: str


def issue_of(path: str) -> tuple[Issue, str] | None:
    """The issue that a page's file belongs to and the page's number ("" if the name has none): heyang-2021-04-16-04.md.
    None for a name without a day."""
    file = PurePath(path)
    match = _FILE.match(file.name.removesuffix(".gz").rsplit(".", 1)[0])
    if match is None:
        return None
    issue = Issue(str(file.parent), match["paper"], re.sub(r"\D", "", match["date"]))
    return issue, page_number(match["page"] or "")


class Piece(NamedTuple):
    """An article of a page (its place among the page's articles) that is not whole there. `line` is its first."""

    article: int
    line: int
    continued_on: str = ""
    continued_from: str = ""


class PageOfIssue(NamedTuple):
    """What joining needs to know of a page. `number` is "" if it is not known."""

    number: str
    articles: Sequence[Article]
    pieces: Sequence[Piece]


class Joined(NamedTuple):
    """The articles of each page after joining, and what was done, by page."""

    articles: list[list[Article]]
    decisions: list[list[Decision]]


def join_continued(pages: Sequence[PageOfIssue]) -> Joined:
    """Joins the articles of one issue that go on on another page. An article stands where it begins; pieces that find
    no other half stay as they are."""
    articles: list[list[Article | None]] = [list(page.articles) for page in pages]
    decisions: list[list[Decision]] = [[] for _ in pages]
    rests = [(number, piece) for number, page in enumerate(pages) for piece in page.pieces if piece.continued_from]
    heads = [(number, piece) for number, page in enumerate(pages) for piece in page.pieces if piece.continued_on]
    # From the last page back: what is continued twice is whole when its first piece asks for it.
    for number, head in reversed(heads):
        fitting = [rest for rest in rests if rest[0] != number and _fits(pages, number, head, *rest)]
        begun = articles[number][head.article]
        if not fitting or begun is None:
            continue
        there, rest = max(fitting, key=lambda found: _likeness(begun, pages[found[0]].articles[found[1].article]))
        rests.remove((there, rest))
        ended = articles[there][rest.article]
        if ended is None:
            continue
        articles[number][head.article] = _together(begun, ended)
        articles[there][rest.article] = None
        reason = f"page {pages[there].number or '?'} says it is continued from page {rest.continued_from}"
        decisions[number].append(
            Decision((head.line,), "joined across pages", f"took the rest of {begun.title}", reason)
        )
        reason = f"page {pages[number].number or '?'} says it goes on on page {head.continued_on}"
        decisions[there].append(Decision((rest.line,), "joined across pages", f"gave it to {begun.title}", reason))
    return Joined([[article for article in page if article is not None] for page in articles], decisions)


def _fits(pages: Sequence[PageOfIssue], number: int, head: Piece, there: int, rest: Piece) -> bool:
    """Whether the marks of two pieces answer each other; a page without a number may be any."""
    ours, theirs = pages[number].number, pages[there].number
    return (not theirs or head.continued_on == theirs) and (not ours or rest.continued_from == ours)


def _likeness(begun: Article, ended: Article) -> int:
    """How many pairs of characters of the second title the first article has: which of several rests is meant."""
    title = re.sub(r"\W", "", plain(ended.title))
    text = plain(begun.title + begun.body[:2000])
    return sum(title[place : place + 2] in text for place in range(len(title) - 1))


def _together(begun: Article, ended: Article) -> Article:
    left, _, right = begun.body.rpartition("\n")
    first, newline, others = ended.body.partition("\n")
    middle = join(right, first) if right and goes_on(right, first) else f"{right}\n{first}"
    body = "\n".join(filter(None, (left, middle.strip("\n")))) + newline + others
    authors = tuple(dict.fromkeys((*begun.authors, *ended.authors)))
    return replace(begun, body=body, authors=authors, date=begun.date or ended.date)
