"""A newspaper page in Markdown or plain text → its articles, what is in none of them, and why.

    text → blocks → furniture aside → items → layout → drafts → articles

`blocks` finds headings, paragraphs and lists, `groups` those among lines that no blank line parts; `furniture` is a
table of what belongs to the page rather than to an article; `items` tells titles, subheads, bylines, kickers and marks
of continued articles, `unmarked` titles without markup, `verse` lines that stay lines; `layout` decides which article
each text belongs to, also where articles lie across each other; `drafts` joins what columns broke. `continued` joins
the pieces of articles that go on on another page. `rules` lists every rule by name, with an example; each decision
names its rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsearch.article import Article
from newsearch.corpus.facts.byline import author_line
from newsearch.corpus.facts.dates import before_day, is_date_line, is_day_line, line_date
from newsearch.corpus.lexicon import Lexicon
from newsearch.corpus.pages.blocks import Block, Kind, is_short, split_blocks
from newsearch.corpus.pages.blocks import block as make_block
from newsearch.corpus.pages.continued import (
    Issue,
    Joined,
    PageOfIssue,
    Piece,
    issue_of,
    join_continued,
    page_number,
)
from newsearch.corpus.pages.drafts import Drafts
from newsearch.corpus.pages.furniture import (
    HEAD_RULES,
    OPENING_RULES,
    Furniture,
    is_advertisement,
    is_marked_item,
    is_photo_news,
    is_section_name,
    names_paper,
    shape,
)
from newsearch.corpus.pages.heads import masthead
from newsearch.corpus.pages.items import items
from newsearch.corpus.pages.layout import lay_out
from newsearch.corpus.pages.rules import reason
from newsearch.corpus.pages.trace import Decision
from newsearch.corpus.plain import read_plain
from newsearch.corpus.script import plain

__all__ = [
    "Decision",
    "Furniture",
    "Issue",
    "Joined",
    "Page",
    "PageOfIssue",
    "Piece",
    "issue_of",
    "join_continued",
    "page_number",
    "read_page",
    "split_page",
]


class Page(NamedTuple):
    """What a page was taken apart into. `articles` have no ids yet and stand in the order of their titles; `decisions`
    in the order of the page; `pieces` are the articles that go on on another page or began there; `number` is the
    page's own if it says so, else ""."""

    articles: list[Article]
    furniture: list[Furniture]
    decisions: list[Decision]
    pieces: list[Piece]
    number: str = ""


def read_page(text: str, lexicon: Lexicon, date: dt.date | None = None) -> list[Article]:
    """The articles of a page, without ids, in the order of their titles: see `split_page`."""
    return split_page(text, lexicon, date).articles


def split_page(text: str, lexicon: Lexicon, date: dt.date | None = None) -> Page:
    """Takes a page apart. Never raises for what is in the text.

    `date` is the page's if its name tells; a running head on the page may tell too, and a notice has the date it is
    signed with.
    """
    whole = _head_in_lines(list(split_blocks(text)))
    blocks, furniture, days = _without_furniture(whole)
    head = masthead([found.text for found in furniture if found.rule in HEAD_RULES])
    day = date or head.date
    dated = {title: its for title, line in days.items() if (its := line_date(line.text, day))}
    day = day or next(iter(dated.values()), None)
    blocks = _with_days(blocks, {title: line for title, line in days.items() if title not in dated})
    found = items(blocks)
    drafts = Drafts(found, day, dated)
    for placement in lay_out(found, lexicon):
        drafts.put(placement)
    articles, pieces = drafts.articles(day, head.source, head.section)
    furniture += [Furniture("short line", days[line].text, days[line].line) for line in drafts.undated()]
    headings = [block for block in whole if block.kind is Kind.HEADING]
    if not articles and len(headings) == 1 and blocks[0].kind is Kind.HEADING and len(blocks) > 1:
        # One title and a few words: too short to tell from a slogan, but all there is to read.
        articles = read_plain("\n".join(block.text for block in blocks), day)
        done = f"title: {articles[0].title}"
        decisions = [Decision((blocks[0].line,), "only title", done, reason("only title"))]
    else:
        furniture += [Furniture(rule, item.block.text, item.block.line) for rule, item in drafts.left_out]
        decisions = drafts.decisions
    if head.date and not date:
        line = next(found.line for found in furniture if found.rule in HEAD_RULES)
        decisions.append(Decision((line,), "page date", f"date: {head.date.isoformat()}", reason("page date")))
    furniture.sort(key=lambda piece: piece.line)
    decisions += [
        Decision((piece.line,), piece.rule, f"left out: {_shown(piece.text)}", reason(piece.rule))
        for piece in furniture
    ]
    decisions.sort(key=lambda decision: decision.lines)
    return Page(articles, furniture, decisions, pieces, head.page)


def _without_furniture(blocks: list[Block]) -> tuple[list[Block], list[Furniture], dict[int, Block]]:
    """The blocks that may belong to articles, the others, and by the line of the heading right above it those that are
    only a day."""
    kept: list[Block] = []
    furniture: list[Furniture] = []
    days: dict[int, Block] = {}
    in_banner = False
    head = _head_length(blocks)
    for number, block in enumerate(blocks):
        below_title = bool(kept) and (kept[-1].kind is Kind.HEADING or is_short(kept[-1]))
        if _is_day_of(kept[-1] if kept else None, block):
            days[kept[-1].line] = block
            continue
        names, day = _signed_with_day(kept[-1] if kept else None, block)
        if names and day:
            days[kept[-1].line] = day
            kept.append(names)
            continue
        rule = shape(block, below_title)
        if not rule and number < head and names_paper(block.plain.strip()):
            rule = "" if number + 1 == head and _is_title_of(block, _at(blocks, number + 1)) else "running head"
        if rule == "caption":
            above, below = _at(blocks, number - 1), _at(blocks, number + 1)
            item = is_marked_item(block, above) or is_marked_item(block, below)
            if item or is_photo_news(block, above, _at(blocks, number - 2), below):
                rule = ""
        if rule == "caption" and len(kept) > 1 and _is_captioned(kept[-2], kept[-1], block):
            furniture.append(Furniture(rule, kept[-1].text, kept.pop().line))
        if rule in OPENING_RULES:
            in_banner = True
        elif not rule:
            if block.kind is Kind.HEADING:
                rule = "section name" if _is_section(blocks, number) else ""
            elif is_advertisement(block, in_banner):
                rule = "advertisement"
            elif in_banner and block.kind is Kind.TEXT and is_short(block):
                rule = "banner words"
            in_banner = bool(rule) and in_banner
        if rule:
            furniture.append(Furniture(rule, block.text, block.line))
        else:
            kept.append(block)
    return kept, furniture, days


def _head_in_lines(blocks: list[Block]) -> list[Block]:
    """The blocks, those that stand above any title and text each a line: names, days and numbers in a few words."""
    head = _head_length(blocks)
    lines = [part for found in blocks[:head] for part in _one_by_one(found)]
    return lines + blocks[head:]


def _head_length(blocks: Sequence[Block]) -> int:
    """How many blocks stand above the first title and the first text."""
    return next((at for at, found in enumerate(blocks) if not _may_be_head(found)), len(blocks))


def _may_be_head(found: Block) -> bool:
    return found.kind is Kind.TEXT and (is_short(found) or all(names_paper(plain(line)) for line in found.lines))


def _is_captioned(before: Block, found: Block, credit: Block) -> bool:
    """Whether a line stands for itself with one below it that says who took the picture."""
    apart = before.last_line + 1 < found.line and found.last_line + 1 == credit.line
    text = found.kind is Kind.TEXT and before.kind is not Kind.HEADING and len(found.text) <= 80
    return apart and text and bool(author_line(credit.text))


def _is_title_of(found: Block, below: Block | None) -> bool:
    """Whether the last line of a page's head is the title of the text right below it instead."""
    return below is not None and below.kind is Kind.TEXT and below.line == found.last_line + 1


def _one_by_one(found: Block) -> list[Block]:
    return [make_block(found.kind, [line], found.line + at) for at, line in enumerate(found.lines)]


def _at(blocks: Sequence[Block], number: int) -> Block | None:
    return blocks[number] if 0 <= number < len(blocks) else None


def _signed_with_day(above: Block | None, block: Block) -> tuple[Block | None, Block | None]:
    """The names and the day of a line that has nothing else, right below a heading: 张三　6月29日"""
    if above is None or above.kind is not Kind.HEADING or block.kind is not Kind.TEXT or len(block.lines) != 1:
        return None, None
    names, day = before_day(block.lines[0])
    if not day or not author_line(names):
        return None, None
    return make_block(Kind.TEXT, [names], block.line), make_block(Kind.TEXT, [day], block.line)


def _is_day_of(above: Block | None, block: Block) -> bool:
    """Whether a block is only a day, right below a heading."""
    below = above is not None and above.kind is Kind.HEADING and block.kind is Kind.TEXT and len(block.lines) == 1
    return below and (is_date_line(block.text) or is_day_line(block.text))


def _with_days(blocks: list[Block], days: Mapping[int, Block]) -> list[Block]:
    """The blocks, those of days that no date was told by back in their places."""
    return [each for block in blocks for each in (block, days.get(block.line)) if each] if days else blocks


def _is_section(blocks: list[Block], number: int) -> bool:
    """Whether a heading only names the section whose first title follows it."""
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    return is_section_name(blocks[number].plain) and following is not None and following.kind is Kind.HEADING


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"
