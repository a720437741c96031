"""A newspaper page in Markdown or plain text → its articles.

A page is read as blocks (headings, paragraphs, lists), furniture is set aside, headings are told apart into titles and
subheads, and what is left is laid out as articles in the order of their titles. Then the page's disorder is undone:

    a column broke a sentence        the paragraphs are joined
    articles lie across each other   one article's sentence stops, another stands between, the sentence goes on: the
                                     later paragraphs are given back to the first article

The evidence for both is in `newsearch.corpus.seams`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from newsearch.article import Article
from newsearch.corpus.byline import author_line, dateline_authors, end_authors, has_dateline
from newsearch.corpus.dates import find_date, is_date_line
from newsearch.corpus.furniture import HEAD_RULES, OPENING_RULES, furniture
from newsearch.corpus.plain import read_plain
from newsearch.corpus.seams import Lexicon, goes_on, join, kinship, seam, stops_inside, unwrap

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
_LIST_MARK = re.compile(r"\s*[-*+]\s+(?=\S)")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*\S")
_KICKER = re.compile(r"([\u4e00-\u9fff·]{2,12})\s*[:：]")
_PAPER_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:[日晚早晨周时商时]报|都市报|快报|导报|新报|青年报|工人报|农民报|团结报|[日晚早晨週時商]報)"
)


# Nats of evidence that later paragraphs belong to an earlier article: that the article before them ended with its
# authors' names; that it stops inside a sentence itself; per unit of shared words; and what is needed in all.
_AFTER_AUTHORS = 7.0
_BOTH_STOP = 1.0
_KINSHIP = 12.0
_EVIDENCE_NEEDED = 0.5
# An article that has been found to be cut off itself needs so much more, lest it take what is another one's.
_CUT_OFF = 6.0


class Kind(Enum):
    HEADING = "heading"
    TEXT = "text"
    LIST = "list"


@dataclass(slots=True)
class Block:
    """A heading, a paragraph or a list as it stands on the page. `lines` are without markup, `line` is the number of
    the first, from 1."""

    kind: Kind
    lines: list[str]
    line: int
    level: int = 0

    @property
    def text(self) -> str:
        return "\n".join(line.strip() for line in self.lines)

    def is_short(self) -> bool:
        """A few words without a sentence: a subhead, a kicker, a slogan, a signature."""
        return all(len(line.strip()) <= 30 for line in self.lines) and not re.search(r"[。！？；]", self.text)

    def may_break_off(self) -> bool:
        """Whether this is one line in which a sentence may begin without ending: slogans are set with spaces."""
        return len(self.lines) == 1 and stops_inside(self.text) and not re.search(r"\s", self.text)

    def breaks_off(self) -> bool:
        """Whether a sentence surely begins here without ending: what is short and has a comma is hardly a slogan."""
        return self.may_break_off() and len(self.text) >= 10 and bool(re.search("[，：“]", self.text))


@dataclass(slots=True)
class Paragraph:
    """A paragraph of an article; a `fixed` one (subhead, list line, signature) is never joined to another."""

    text: str
    fixed: bool = False


@dataclass(slots=True)
class Draft:
    """An article as it is put together; `signed` once a signature with a date has closed it."""

    title: str
    kicker: str = ""
    authors: list[str] = field(default_factory=list)
    date: dt.date | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    signed: bool = False

    def add(self, texts: Iterable[str], fixed: bool = False) -> None:
        self.paragraphs += [Paragraph(text.strip(), fixed) for text in texts]

    def last(self) -> str:
        """The last paragraph if a sentence may stop in it, else ""."""
        return "" if not self.paragraphs or self.paragraphs[-1].fixed else self.paragraphs[-1].text

    def is_open(self) -> bool:
        """Whether the article so far stops inside a sentence."""
        return stops_inside(self.last()) and not end_authors(self.last())[1]

    def text(self) -> str:
        return "\n".join([self.title, *(paragraph.text for paragraph in self.paragraphs)])

    def body(self) -> str:
        """The paragraphs, one a line, those that a column broke joined."""
        joined: list[Paragraph] = []
        for paragraph in self.paragraphs:
            before = joined[-1] if joined else None
            if before and not before.fixed and not paragraph.fixed and goes_on(before.text, paragraph.text):
                before.text = join(before.text, paragraph.text)
            else:
                joined.append(Paragraph(paragraph.text, paragraph.fixed))
        return "\n".join(paragraph.text for paragraph in joined)


def read_page(text: str, lexicon: Lexicon, date: dt.date | None = None) -> list[Article]:
    """The articles of a page, without ids, in the order of their titles.

    `date` is the page's if its name tells; a running head on the page may tell too, and a notice has the date it is
    signed with.
    """
    blocks, heads = _without_furniture(list(split_blocks(text)))
    drafts = _Layout(blocks, lexicon).drafts()
    give_back(drafts, lexicon)
    source, section = _masthead(heads)
    date = date or next((found for line in heads if (found := find_date(line))), None)
    articles = []
    for draft in drafts:
        _take_end_authors(draft)
        article = Article(
            title=draft.title,
            body=draft.body(),
            date=draft.date or date,
            authors=tuple(dict.fromkeys(draft.authors)),
            source=source,
            section=section,
            kicker=draft.kicker,
        )
        if article.body or article.title:
            articles.append(article)
    headings = sum(block.kind is Kind.HEADING for block in blocks)
    if not articles and headings == 1 and blocks[0].kind is Kind.HEADING and len(blocks) > 1:
        # One title and a few words: too short to tell from a slogan, but all there is to read.
        return read_plain("\n".join(block.text for block in blocks), date)
    return articles


def split_blocks(text: str) -> Iterator[Block]:
    """The blocks of a page. Blank lines part them; a heading is a block of its own."""
    pending: list[str] = []
    start = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        heading = _HEADING.match(line)
        if pending and (heading or not line.strip()):
            yield _block(pending, start)
            pending = []
        if heading:
            yield Block(Kind.HEADING, [heading[2].rstrip("# \t\u3000")], number, len(heading[1]))
        elif line.strip():
            start = start if pending else number
            pending.append(line)


def _block(lines: list[str], start: int) -> Block:
    listed = [_LIST_MARK.sub("", line) for line in lines]
    is_list = all(_LIST_MARK.match(line) or _NUMBERED.match(line) for line in lines)
    return Block(Kind.LIST if is_list else Kind.TEXT, listed, start)


def _without_furniture(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """The blocks that may belong to articles, and the text of running heads."""
    kept: list[Block] = []
    heads: list[str] = []
    in_banner = False
    for block in blocks:
        rule = furniture(block.text, block.kind is Kind.TEXT) if block.kind is not Kind.HEADING else ""
        if rule in OPENING_RULES:
            in_banner = True
        elif rule in HEAD_RULES:
            heads.append(block.text)
        elif not rule:
            in_banner = in_banner and block.kind is Kind.TEXT and block.is_short()
            if not in_banner:
                kept.append(block)
    return kept, heads


def _masthead(heads: list[str]) -> tuple[str, str]:
    """The paper and the section that running heads name."""
    paper = _PAPER_NAME.search(" ".join(heads))
    rest = re.sub(r"\d{4}\s*年.*?日|[星礼]期.|^\d+$|" + _PAPER_NAME.pattern, " ", heads[0]) if heads else ""
    return (paper[0] if paper else ""), " ".join(rest.split())


class _Layout:
    """Lays the blocks of one page out as articles, as if nothing lay across anything else."""

    def __init__(self, blocks: list[Block], lexicon: Lexicon) -> None:
        self.blocks = blocks
        self.lexicon = lexicon
        self.title_level = min(
            (
                block.level
                for number, block in enumerate(blocks)
                if block.kind is Kind.HEADING and self._has_body(number)
            ),
            default=0,
        )
        self.laid: list[Draft] = []

    def drafts(self) -> list[Draft]:
        kicker = ""
        for number, block in enumerate(self.blocks):
            if self._is_title(number, kicker):
                self.laid.append(Draft(block.text, kicker))
                kicker = ""
            elif match := self._kicker(number):
                kicker = match[1]
            elif block.kind is Kind.HEADING:
                if self._has_body(number) and self.laid:
                    self.laid[-1].add([block.text], fixed=True)
            elif self.laid:
                self._add(self.laid[-1], block, number)
            elif not block.is_short():
                self.laid.append(self._untitled(block))
        return self.laid

    def _text_after(self, number: int) -> Block | None:
        """The block after this one, if it is text."""
        block = self.blocks[number + 1] if number + 1 < len(self.blocks) else None
        return block if block and block.kind is Kind.TEXT else None

    def _untitled(self, block: Block) -> Draft:
        """Text before any title: its first line is the title if that can be one."""
        paragraphs = unwrap(block.lines)
        draft = Draft("")
        if len(paragraphs) > 1 and len(paragraphs[0]) <= 40 and not re.search(r"[。；]", paragraphs[0]):
            draft.title = paragraphs.pop(0)
        draft.authors += dateline_authors(paragraphs[0]) if paragraphs else ()
        draft.add(paragraphs)
        return draft

    def _has_body(self, number: int) -> bool:
        """Whether text follows a heading, rather than nothing or slogans: those that have none are slogans too."""
        for block in self.blocks[number + 1 :]:
            if block.kind is Kind.LIST or (block.kind is Kind.TEXT and (not block.is_short() or block.breaks_off())):
                return True
            if block.kind is Kind.HEADING and block.level <= self.blocks[number].level:
                return False
        return False

    def _is_title(self, number: int, kicker: str) -> bool:
        block = self.blocks[number]
        following = self._text_after(number)
        introduces = (
            following is not None
            and not self._kicker(number + 1)
            and bool(author_line(following.text) or has_dateline(following.text))
        )
        if block.kind is Kind.TEXT:
            # A title without markup: set apart, and an author line or a dateline below it.
            return (
                block.is_short()
                and introduces
                and not (self.laid and self.laid[-1].is_open())
                and not author_line(block.text)
            )
        if block.kind is not Kind.HEADING or not self._has_body(number):
            return False
        if not self.laid or kicker or introduces or block.level <= self.title_level:
            return True
        # A subhead does not stand inside a sentence. A title can cut one in two; then the rest comes later.
        return self.laid[-1].is_open() and self._rest_follows(number, self.laid[-1].last())

    def _rest_follows(self, number: int, text: str) -> bool:
        """Whether the sentence in which `text` stops goes on after the first paragraph below this heading."""
        below = [block.text for block in self.blocks[number + 1 :] if block.kind is Kind.TEXT]
        return any(seam(self.lexicon, text, paragraph) > 2 for paragraph in below[1:])

    def _kicker(self, number: int) -> re.Match[str] | None:
        """A short line that ends in a colon, right above a heading."""
        block = self.blocks[number]
        above = number + 1 < len(self.blocks) and self.blocks[number + 1].kind is Kind.HEADING
        return _KICKER.fullmatch(block.text.strip()) if above and len(block.lines) == 1 else None

    def _add(self, draft: Draft, block: Block, number: int) -> None:
        authors = author_line(block.text) if not draft.paragraphs else ()
        if authors:
            draft.authors += authors
        elif block.kind is Kind.LIST:
            draft.add(block.lines, fixed=True)
        elif block.is_short() and is_date_line(block.lines[-1]):
            draft.date = find_date(block.lines[-1])
            draft.signed = True
            draft.add(block.lines, fixed=True)
        elif draft.signed and len(block.text) <= 30:
            return  # below a signature stands only what belongs to the page
        elif not block.is_short():
            if not draft.paragraphs:
                draft.authors += dateline_authors(block.text)
            draft.add(unwrap(block.lines))
        elif author_line(block.text.strip()):
            draft.add([block.text])
        elif not draft.signed and self._is_cut_off(number):
            draft.add(unwrap(block.lines))
        elif not draft.signed and self._belongs(draft, number):
            # A subhead without markup, or who signs; or the beginning of the paragraph below.
            draft.add(block.lines, fixed=not draft.is_open() and not self._begins_paragraph(number))

    def _is_cut_off(self, number: int) -> bool:
        """Whether a short line is the beginning of a sentence that the next article's heading cuts off."""
        block = self.blocks[number]
        has_kicker = number + 1 < len(self.blocks) and self._kicker(number + 1) is not None
        heading = number + (2 if has_kicker else 1)
        if heading >= len(self.blocks) or self.blocks[heading].kind is not Kind.HEADING:
            return False
        if not block.may_break_off() or not self._has_body(heading):
            return False
        told = re.search("[，、：“]", block.text) or (has_kicker and len(block.text) >= 8)
        return bool(told) or self._rest_follows(heading, block.text)

    def _begins_paragraph(self, number: int) -> bool:
        """Whether a short line is the beginning of the paragraph below it rather than a subhead."""
        block, following = self.blocks[number], self._text_after(number)
        if not following or following.is_short() or not block.may_break_off():
            return False
        text = block.text
        ends_badly = text[-1] in "，、的和与在于对将把被从为" or text[-1].isdigit() or text.count("“") > text.count("”")
        return ends_badly or seam(self.lexicon, text, following.text) > 1

    def _belongs(self, draft: Draft, number: int) -> bool:
        """Whether a short line is part of the article rather than of the page: text of the same article follows."""
        block, following = self.blocks[number], self._text_after(number)
        if draft.is_open() and seam(self.lexicon, draft.last(), block.text) > 1:
            return True
        if not following or _KICKER.fullmatch(following.text.strip()):
            return False
        if following.is_short():
            return is_date_line(following.lines[-1])
        return not draft.is_open()


def give_back(drafts: list[Draft], lexicon: Lexicon) -> None:
    """Returns to every article that stops inside a sentence the later paragraphs that go on with it, if they were laid
    out in another article."""
    cut_off: set[int] = set()
    for number, draft in enumerate(drafts):
        if not draft.is_open():
            continue
        places = [
            (_evidence(draft, other, place, lexicon) - distance, distance, place)
            for distance, other in enumerate(drafts[number + 1 :])
            for place in range(1, len(other.paragraphs))
            if not other.paragraphs[place].fixed
        ]
        evidence, distance, place = max(places, default=(0.0, 0, 0))
        if evidence > _EVIDENCE_NEEDED + (_CUT_OFF if number in cut_off else 0):
            cut_off.add(number + 1 + distance)
            other = drafts[number + 1 + distance]
            draft.paragraphs += other.paragraphs[place:]
            draft.signed, other.signed = draft.signed or other.signed, False
            del other.paragraphs[place:]


def _evidence(draft: Draft, other: Draft, place: int, lexicon: Lexicon) -> float:
    """How much speaks for the paragraphs of `other` from `place` on being the rest of `draft`, in nats."""
    before, text = other.paragraphs[place - 1], other.paragraphs[place].text
    evidence = seam(lexicon, draft.last(), text)
    if end_authors(before.text)[1]:
        evidence += _AFTER_AUTHORS
    elif not before.fixed and stops_inside(before.text):
        # The other article stops inside a sentence too: the text goes on with one of them.
        evidence -= seam(lexicon, before.text, text) - _BOTH_STOP
    front = "\n".join([other.title, *(paragraph.text for paragraph in other.paragraphs[:place])])
    ours, theirs = lexicon.words(draft.text()), lexicon.words(front)
    rest = [paragraph.text for paragraph in other.paragraphs[place:]]
    return evidence + _KINSHIP * sum(kinship(lexicon, text, ours) - kinship(lexicon, text, theirs) for text in rest)


def _take_end_authors(draft: Draft) -> None:
    """Moves the names at the end of an article from its text to its authors."""
    if not draft.paragraphs or draft.paragraphs[-1].fixed:
        return
    last = draft.paragraphs[-1]
    last.text, authors = end_authors(last.text)
    draft.authors += authors or author_line(last.text)
    if not last.text or (not authors and author_line(last.text)):
        draft.paragraphs.pop()
