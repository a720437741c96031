"""Placed items → articles: paragraphs that a column broke are joined, names at the end become authors, and every step
is told as a decision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsearch.article import Article
from newsearch.corpus.facts.byline import author_line, dateline_authors, end_authors
from newsearch.corpus.facts.dates import day_near, find_date, number_date
from newsearch.corpus.pages.continued import Piece
from newsearch.corpus.pages.item import Item, Role, has_kicker_colon, kicker_text
from newsearch.corpus.pages.layout import Placement
from newsearch.corpus.pages.rules import reason
from newsearch.corpus.pages.trace import Decision
from newsearch.corpus.pages.verse import unspaced
from newsearch.corpus.seams import goes_on, joined

# Who signs a letter to the paper.
_READER = re.compile(r"(?:读者|讀者|市民|村民)\s")
# What items of news in brief begin with.
_MARKS = "▲▼△▽●■◆○□◇"
#: Rules that begin an article with what stands on the line.
_TITLES = {
    "title heading", "title by byline", "title after a signature", "title that cuts in", "title cut off soon", "kicker with colon",
    "kicker heading", "notice title", "title without markup",
}  # fmt: skip


@dataclass(slots=True)
class _Paragraph:
    """A paragraph of an article; a `fixed` one (subhead, list line, signature) is never joined to another."""

    text: str
    line: int
    fixed: bool = False
    names: bool = False

    @property
    def joins(self) -> bool:
        return not (self.fixed or self.names or end_authors(self.text)[1])


@dataclass(slots=True)
class Draft:
    """An article as it is put together."""

    title: str
    line: int
    kicker: str = ""
    authors: list[str] = field(default_factory=list)
    date: dt.date | None = None
    paragraphs: list[_Paragraph] = field(default_factory=list)
    continued_on: str = ""
    continued_from: str = ""


class Drafts:
    """The articles of one page in the making, in the order of their titles, and what was decided."""

    def __init__(self, items: Sequence[Item], near: dt.date | None, dated: Mapping[int, dt.date]) -> None:
        """`near` is the page's day, `dated` the days below headings, by the lines of those."""
        self._items = items
        self._near = near
        self._dated = dict(dated)
        self._by_item: dict[int, Draft] = {}
        self._above: list[Item] = []  # kickers whose title is to come
        self.left_out: list[tuple[str, Item]] = []
        self.decisions: list[Decision] = []

    def put(self, placement: Placement) -> None:
        """Takes one part of an item to the article it was laid out to."""
        item = self._items[placement.item]
        rule = placement.rule
        if rule == "kicker line":
            self._above.append(item)
            return
        if rule not in _TITLES:
            self._leave_out_above()
        if placement.article < 0:
            self.left_out.append((rule, item))
            return
        draft = self._by_item.get(placement.article)
        if draft is None:
            draft = self._begin(placement, item)
        if any(item.marks) and placement.part == len(item.parts) - 1:
            self._mark(draft, item)
        if placement.article == placement.item and rule in _TITLES:
            return
        self._add(draft, placement, item)

    def undated(self) -> list[int]:
        """The lines of the headings with a day below that began no article."""
        return list(self._dated)

    def articles(self, date: dt.date | None, source: str, section: str) -> tuple[list[Article], list[Piece]]:
        """The articles that have text, and which of them are continued."""
        self._leave_out_above()
        articles: list[Article] = []
        pieces: list[Piece] = []
        for draft in self._by_item.values():
            self._take_end_authors(draft)
            body = self._body(draft)
            if not (body or draft.title):
                continue
            if draft.continued_on or draft.continued_from:
                pieces.append(Piece(len(articles), draft.line, draft.continued_on, draft.continued_from))
            authors = tuple(dict.fromkeys(draft.authors))
            day = draft.date or date
            articles.append(
                Article(
                    title=draft.title, body=body, date=day, authors=authors,
                    source=source, section=section, kicker=draft.kicker,
                )
            )  # fmt: skip
        return articles, pieces

    def _leave_out_above(self) -> None:
        """What was no kicker after all."""
        self.left_out += [("short line", item) for item in self._above]
        self._above = []

    def _begin(self, placement: Placement, item: Item) -> Draft:
        draft = Draft("", item.block.line)
        self._by_item[placement.article] = draft
        if item.role is Role.HEADING and placement.rule in _TITLES:
            draft.title = " ".join(map(unspaced, item.block.text.split("\n")))
            self._tell(item, placement.rule, f"title: {draft.title}")
            draft.date = self._dated.pop(item.block.line, None)
            if draft.date:
                self._tell(item, "date below title", f"date: {draft.date.isoformat()}")
            kickers = [("kicker line", above.block) for above in self._above]
            kickers += [
                ("kicker with colon" if has_kicker_colon(above) else "kicker heading", above) for above in item.above
            ]
            self._above = []
            draft.kicker = " ".join(kicker_text(above) for _, above in kickers)
            for rule, above in kickers:
                self._tell_line(above.line, rule, f"kicker of: {draft.title}")
            for below in item.below:
                draft.paragraphs.append(_Paragraph(below.text, below.line, fixed=True))
                self._tell_line(below.line, "subtitle", f"first line of: {draft.title}")
        else:
            self._tell(item, "untitled text", "begins an article without a title")
        return draft

    def _add(self, draft: Draft, placement: Placement, item: Item) -> None:
        rule, part = placement.rule, placement.part
        name = _called(draft)
        if item.role is Role.TEXT or rule in ("text", "given back"):
            text = item.parts[part]
            if part == 0 and text == draft.title and item.role is Role.TEXT and not draft.paragraphs:
                return
            if not draft.paragraphs or all(paragraph.fixed for paragraph in draft.paragraphs):
                self._dateline(draft, item, text)
            draft.paragraphs.append(_Paragraph(text.strip(), item.block.line))
            if placement.given_back:
                self._tell(item, "given back", f"goes on with: {name}")
            if len(item.parts) == 1 and len(item.block.lines) > 1:
                self._tell(item, "wrapped lines", f"{len(item.block.lines)} lines made one paragraph")
        elif rule == "byline":
            draft.authors += item.names
            self._tell(item, "byline", f"authors: {' '.join(item.names)}")
        elif rule == "names at the end":
            draft.paragraphs.append(_Paragraph(item.block.text, item.block.line, names=True))
        elif rule == "signature":
            line = item.block.lines[part].strip()
            if _READER.match(line):
                draft.authors += author_line(line)
            draft.paragraphs.append(_Paragraph(line, item.block.line + part, fixed=True))
            if part == len(item.block.lines) - 1:
                self._sign(draft, item, line)
        elif item.role is Role.HEADING or item.role is Role.SHORT:
            if item.block.text:
                draft.paragraphs += [
                    _Paragraph(line.strip(), item.block.line + number, fixed=True)
                    for number, line in enumerate(item.block.lines)
                    if item.role is Role.HEADING or number == part
                ]
                self._tell(item, rule, f"stays inside: {name}")
        else:
            draft.paragraphs.append(_Paragraph(item.parts[part].strip(), item.block.line + part, fixed=True))
            if part == len(item.parts) - 1:
                self._tell(item, "list", f"{len(item.parts)} lines stay inside: {name}")

    def _dateline(self, draft: Draft, item: Item, text: str) -> None:
        authors = dateline_authors(text)
        if authors:
            draft.authors += authors
            self._tell(item, "dateline", f"authors: {' '.join(authors)}")

    def _sign(self, draft: Draft, item: Item, line: str) -> None:
        """A notice has the date it is signed with; a day without a year has the page's."""
        day = find_date(line) or number_date(line) or (day_near(line, self._near) if self._near else None)
        if day:
            draft.date = day
            self._tell(item, "signature", f"signs: {_called(draft)}, {day.isoformat()}")

    def _mark(self, draft: Draft, item: Item) -> None:
        if item.marks.continued_on:
            draft.continued_on = item.marks.continued_on
            self._tell(item, "continued on", f"goes on on page {draft.continued_on}: {_called(draft)}")
        if item.marks.continued_from:
            draft.continued_from = item.marks.continued_from
            self._tell(item, "continued from", f"begun on page {draft.continued_from}: {_called(draft)}")

    def _take_end_authors(self, draft: Draft) -> None:
        """Moves the names at the end of an article from its text to its authors."""
        signed = sum(bool(end_authors(paragraph.text)[1]) for paragraph in draft.paragraphs)
        while draft.paragraphs and not draft.paragraphs[-1].fixed:
            last = draft.paragraphs[-1]
            if signed > 1 and last.text[:1] in _MARKS:
                return  # several items, each with its own
            rest, authors = ("", author_line(last.text)) if last.names else end_authors(last.text)
            if not authors and author_line(last.text):
                rest, authors = "", author_line(last.text)
            if not authors:
                return
            draft.authors += authors
            self._tell_line(last.line, "names at the end", f"authors: {' '.join(authors)}")
            if rest:
                last.text = rest
                return
            draft.paragraphs.pop()

    def _body(self, draft: Draft) -> str:
        """The paragraphs, one a line, those that a column broke joined."""
        paragraphs: list[list[_Paragraph]] = []
        for paragraph in draft.paragraphs:
            before = paragraphs[-1][-1] if paragraphs else None
            if before and before.joins and paragraph.joins and goes_on(before.text, paragraph.text):
                paragraphs[-1].append(paragraph)
                cut, rest = before.text.rstrip()[-4:], paragraph.text[:4]
                hyphen = bool(re.search("[A-Za-z]-$", before.text) and re.match("[a-z]", paragraph.text))
                rule = "hyphen" if hyphen else "column cut"
                self.decisions.append(
                    Decision((before.line, paragraph.line), rule, f"joined: {cut}|{rest}", reason(rule))
                )
            else:
                paragraphs.append([paragraph])
        return "\n".join(joined([part.text for part in parts]) for parts in paragraphs)

    def _tell(self, item: Item, rule: str, done: str) -> None:
        lines = tuple(range(item.block.line, item.block.last_line + 1))
        self.decisions.append(Decision((lines[0], lines[-1]) if len(lines) > 1 else lines, rule, done, reason(rule)))

    def _tell_line(self, line: int, rule: str, done: str) -> None:
        self.decisions.append(Decision((line,), rule, done, reason(rule)))


def _called(draft: Draft) -> str:
    """How a decision names an article."""
    return draft.title or (draft.paragraphs[0].text[:20] + "…" if draft.paragraphs else "an article without a title")
