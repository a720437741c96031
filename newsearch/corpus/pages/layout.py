"""Which article each item of a page belongs to: the likeliest reading of the page as a whole.

Articles lie across each other: one stops inside a sentence where the title of another cuts it, and goes on after that
one has ended, under no title of its own. Neither the cut nor the place where the text goes back can be told alone: a
lesser heading may be a subhead, a column may have broken the sentence. So readings are followed side by side, item by
item: each has a current article and those that wait for their rest, and its score adds up the evidence for what it has
made of the page so far (see `newsearch.corpus.pages.strands`). The best few are kept, and the best of them at the end
of the page is taken. The work is linear in the page: few readings, few waiting articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import exp, log1p
from typing import NamedTuple

from newsearch.corpus.facts.byline import names_office
from newsearch.corpus.lexicon import Lexicon
from newsearch.corpus.pages.blocks import UNMARKED
from newsearch.corpus.pages.item import NEVER, Item, Role, closes, has_kicker_colon, may_break_off, subhead_rule
from newsearch.corpus.pages.strands import DAY, NAMES, UNSIGNED, Evidence, Strand
from newsearch.corpus.seams import seam

# Readings that are followed, and articles that wait in each.
_READINGS, _WAITING = 8, 3
# Headings after which an article is waited for no longer.
_FAR = 6
# What it costs, in nats: to go back to a waiting article; to leave one waiting at the end of the page; text after the
# article's authors or its day; a subhead inside a sentence.
_BACK = 1.5
_LEFT_WAITING = 1.0
_AFTER_SIGNATURE = 7.0
_SUBHEAD_INSIDE = 5.0
_TITLE_WITHOUT_TEXT = 10.0
_SURE_UNMARKED = {"title by byline", "notice title", "kicker with colon", "kicker heading"}
# A heading after a signature is a title.
_TITLE_AFTER_SIGNATURE = 7.0
_SURE = 6.0
# Against a short line being the beginning of the text right below it, rather than printed for itself.
_LINE_OF_ITS_OWN = 4.0
# Shorter lines are no part of a sentence that went on elsewhere.
_SHORTEST_REST = 5
_LONGEST_KICKER = 26
# A heading of the titles' level with only the beginning of a sentence below it: that it is a slogan, or a title.
_SLOGAN, _CUT_SOON = 1.5, 0.5


class Placement(NamedTuple):
    """One part of an item put somewhere: `article` is the number of the item that began the article, -1 for none.
    `given_back` if the text went back to an article that waited for it."""

    item: int
    part: int
    article: int
    rule: str
    given_back: bool = False


class _Step(NamedTuple):
    before: _Step | None
    placement: Placement


class _Reading(NamedTuple):
    score: float
    current: Strand | None
    waiting: tuple[Strand, ...]
    step: _Step | None

    def put(self, placement: Placement, current: Strand | None, score: float = 0.0) -> _Reading:
        return self._replace(score=self.score + score, current=current, step=_Step(self.step, placement))


def lay_out(items: Sequence[Item], lexicon: Lexicon) -> list[Placement]:
    """Where each part of each item belongs, in the order of the page."""
    return _Layout(items, lexicon).run()


class _Layout:
    def __init__(self, items: Sequence[Item], lexicon: Lexicon) -> None:
        self.items = items
        self.lexicon = lexicon
        self.evidence = Evidence(lexicon)
        self.compare = False
        self.has_headings = any(item.role is Role.HEADING and item.block.level < UNMARKED for item in items)
        #: How many headings stand above each item.
        self.headings = list(accumulate((item.role is Role.HEADING for item in items), initial=0))

    def run(self) -> list[Placement]:
        readings = [_Reading(0.0, None, (), None)]
        for number, item in enumerate(self.items):
            # With one reading and nothing waiting there is nothing to weigh.
            self.compare = len(readings) > 1 or bool(readings[0].waiting)
            readings = _best([new for reading in readings for new in self._moves(reading, number, item)])
            self.evidence.forget()
        best = max(readings, key=lambda reading: reading.score - _LEFT_WAITING * len(reading.waiting))
        placements = []
        step = best.step
        while step is not None:
            placements.append(step.placement)
            step = step.before
        return placements[::-1]

    def _moves(self, reading: _Reading, number: int, item: Item) -> Iterable[_Reading]:
        match item.role:
            case Role.HEADING:
                return self._heading(reading, number, item)
            case Role.TEXT:
                return self._text(reading, number, item)
            case Role.NAMES:
                return self._names(reading, number, item)
            case Role.LIST:
                return self._list(reading, number, item)
        return self._short(reading, number, item)

    def _heading(self, reading: _Reading, number: int, item: Item) -> Iterator[_Reading]:
        current = reading.current
        if item.odds == NEVER:
            yield reading.put(Placement(number, 0, -1, "slogan heading"), current, -_SLOGAN if item.cut_soon else 0.0)
            if item.cut_soon:
                yield self._title(reading, number, item, "title cut off soon", -_CUT_SOON)
            return
        if item.block.level == UNMARKED and item.rule not in _SURE_UNMARKED and self._begins_paragraph(number):
            yield from self._short(reading, number, item)
            return
        odds, rule = item.odds, item.rule
        if current is None or item.marks.continued_from:
            odds = max(odds, _SURE + 1)
        elif current.signed:
            odds += _TITLE_AFTER_SIGNATURE
            rule = "title after a signature" if item.odds < 0 < odds else rule
        if current and current.pieces == 0 and item.rule == "subhead below a title":
            odds = -_SURE - 1
        if odds > -_SURE:
            yield self._title(reading, number, item, _title_rule(rule, current), _log_sigmoid(odds))
        if odds < _SURE and current:
            cost = _SUBHEAD_INSIDE if current.open else 0.0
            # Its words say nothing for either reading: what follows is about them in both.
            below = current.with_fixed("")
            placed = Placement(number, 0, current.article, subhead_rule(item))
            yield reading.put(placed, below, _log_sigmoid(-odds) - cost)

    def _title(self, reading: _Reading, number: int, item: Item, rule: str, score: float) -> _Reading:
        # What has waited for long will not be gone back to.
        waiting = tuple(
            strand for strand in reading.waiting if self.headings[number] - self.headings[strand.article] <= _FAR
        )
        score -= _LEFT_WAITING * (len(reading.waiting) - len(waiting))
        begun = reading._replace(waiting=waiting)
        begun = begun.put(Placement(number, 0, number, rule), Strand(number, item.block.text), score)
        if reading.current and reading.current.open:
            begun = begun._replace(waiting=_queue(waiting, reading.current))
        return begun

    def _text(self, reading: _Reading, number: int, item: Item) -> Iterator[_Reading]:
        current, text = reading.current, item.parts[0]
        continues = not item.marks.continued_on
        untitled = Strand(number, "")
        if current and current.signed == DAY and len(item.block.text) <= 30 and not any(item.marks):
            yield reading.put(Placement(number, 0, -1, "below a signature"), current)
            return
        if current is None or (item.marks.continued_from and current.pieces):
            begun = reading.put(Placement(number, 0, number, "untitled text"), untitled)
            if current and current.open:
                begun = begun._replace(waiting=_queue(reading.waiting, current))
            yield self._rest(begun, number, item, untitled.with_text(text, continues))
            return
        weigh = self.compare or bool(current.signed)
        stays = self.evidence.joint(current, text) if weigh else 0.0
        stays -= _AFTER_SIGNATURE if current.signed else 0.0
        kept = reading.put(Placement(number, 0, current.article, "text"), None, stays)
        yield self._rest(kept, number, item, current.with_text(text, continues))
        if not weigh:
            return
        yield from self._back(reading, number, item, current)

    def _back(self, reading: _Reading, number: int, item: Item, current: Strand) -> Iterator[_Reading]:
        """The text as the rest of an article that waits for it."""
        text = item.parts[0]
        for strand in reading.waiting:
            if not strand.open:
                continue
            waiting = tuple(other for other in reading.waiting if other is not strand)
            if current.open:
                waiting = _queue(waiting, current)
            cost = _BACK + self._distance(strand, current)
            cost += 0.0 if current.pieces else _TITLE_WITHOUT_TEXT
            back = reading._replace(waiting=waiting)
            evidence = self.evidence.joint(strand, text)
            back = back.put(Placement(number, 0, strand.article, "given back", True), None, evidence - cost)
            yield self._rest(back, number, item, strand.with_text(text, not item.marks.continued_on))

    def _distance(self, strand: Strand, current: Strand) -> float:
        """How many titles lie between a waiting article and the current one."""
        return max(0.0, float(self.headings[current.article] - self.headings[strand.article] - 1))

    def _rest(self, reading: _Reading, number: int, item: Item, current: Strand) -> _Reading:
        """The reading with the other paragraphs of an item, which stay with the first."""
        continues = not item.marks.continued_on
        for part, text in enumerate(item.parts[1:], 1):
            current = current.with_text(text, continues)
            reading = reading.put(Placement(number, part, current.article, "text"), current)
        return reading._replace(current=current)

    def _names(self, reading: _Reading, number: int, item: Item) -> Iterator[_Reading]:
        current = reading.current
        if current is None:
            yield reading.put(Placement(number, 0, -1, "short line"), None)
        elif current.pieces == 0:
            yield reading.put(Placement(number, 0, current.article, "byline"), current)
        else:
            signed = current.with_fixed(item.block.text, NAMES)
            yield reading.put(Placement(number, 0, current.article, "names at the end"), signed)

    def _list(self, reading: _Reading, number: int, item: Item) -> Iterator[_Reading]:
        current = reading.current
        if current is None:
            if all(len(line) <= 30 for line in item.parts):
                yield reading.put(Placement(number, 0, -1, "short line"), None)
                return
            current = Strand(number, "")
        if self.compare:
            reading = reading._replace(score=reading.score + self.evidence.kinship(current, item.block.text))
        for part, line in enumerate(item.parts):
            current = current.with_fixed(line)
            reading = reading.put(Placement(number, part, current.article, "list"), current)
        yield reading

    def _short(self, reading: _Reading, number: int, item: Item) -> Iterator[_Reading]:
        """A few words without a sentence: a signature, a subhead, a part of a sentence, or the page's own."""
        current, text = reading.current, item.block.text
        nothing = reading.put(Placement(number, 0, -1, "short line"), current)
        if not text and any(item.marks):
            yield from self._mark(reading, number, item)
        elif self._is_kicker(number, current):
            yield reading.put(Placement(number, 0, -1, "kicker line"), current)
        elif current is None:
            yield nothing
        elif closes(item.block):
            yield self._fixed(reading, number, item, "signature", DAY)
        elif current.signed == DAY and len(text) <= 30:
            yield reading.put(Placement(number, 0, -1, "below a signature"), current)
        else:
            yield from self._short_text(reading, number, item, nothing)
            if len(text) >= _SHORTEST_REST:
                yield from self._back(reading, number, item, current)

    def _short_text(self, reading: _Reading, number: int, item: Item, nothing: _Reading) -> Iterator[_Reading]:
        current, text = reading.current, item.block.text
        if current is None:
            yield nothing
        elif current.signed != DAY and self._is_above_title(number):
            yield from self._cut_off(reading, number, item, nothing)
        elif current.open and seam(self.lexicon, current.last, text) > 1:
            yield self._fragment(reading, number, item)
        else:
            yield self._subhead(reading, number, item, current) or self._signer(reading, number, item) or nothing

    def _signer(self, reading: _Reading, number: int, item: Item) -> _Reading | None:
        """Who issued a notice, right below its last line."""
        current, right_below = reading.current, self.items[number - 1].block.last_line + 1 == item.block.line
        if current and current.pieces and not current.open and right_below and names_office(item.block.plain):
            return self._fixed(reading, number, item, "signature", UNSIGNED)
        return None

    def _subhead(self, reading: _Reading, number: int, item: Item, current: Strand) -> _Reading | None:
        """A short line as part of the article, if text of the same article follows it."""
        below = self._below(number)
        if below is None or current.signed == DAY or has_kicker_colon(below.block) or below.role is Role.HEADING:
            return None
        if below.role not in (Role.TEXT, Role.LIST) and not (below.role is Role.SHORT and closes(below.block)):
            return None
        if current.open and below.role is Role.TEXT:
            return None
        if self._begins_paragraph(number):
            return self._fragment(reading, number, item)
        is_signer = below.role is Role.SHORT
        return self._fixed(reading, number, item, "signature" if is_signer else "subhead without markup", UNSIGNED)

    def _fixed(self, reading: _Reading, number: int, item: Item, rule: str, signed: str) -> _Reading:
        current = reading.current
        assert current is not None  # noqa: S101 - callers have looked
        for part in range(len(item.block.lines)):
            reading = reading.put(Placement(number, part, current.article, rule), current)
        return reading._replace(current=current.with_fixed(item.block.text, signed))

    def _fragment(self, reading: _Reading, number: int, item: Item, score: float = 0.0) -> _Reading:
        current = reading.current
        assert current is not None  # noqa: S101 - callers have looked
        placed = reading.put(Placement(number, 0, current.article, "text"), None, score)
        return self._rest(placed, number, item, current.with_text(item.parts[0]))

    def _cut_off(self, reading: _Reading, number: int, item: Item, nothing: _Reading) -> Iterator[_Reading]:
        """A short line above a title: the beginning of a sentence that the title cuts off, the title's kicker, or a
        slogan."""
        current = reading.current
        text = item.block.text
        if current is None or not may_break_off(item) or current.open:
            if current and current.open and seam(self.lexicon, current.last, text) > 1:
                yield self._fragment(reading, number, item)
            else:
                yield nothing
            return
        told = (
            current.pieces == 0
            or bool(re.search("[，、：“]", text))
            or (bool(self.items[number + 1].above) and len(text) >= 8)
        )
        yield self._fragment(reading, number, item, -0.3 if told else -3.0)
        cost = 3.0 if told else 0.3
        if self._is_kicker(number, None):
            nothing = reading.put(Placement(number, 0, -1, "kicker line"), current)
        yield nothing._replace(score=nothing.score - cost)

    def _mark(self, reading: _Reading, number: int, item: Item) -> Iterator[_Reading]:
        """A line that only says where an article goes on or came from."""
        current = reading.current
        below = self._below(number)
        if item.marks.continued_on and current is not None:
            closed = Strand(**{name: getattr(current, name) for name in Strand.__slots__} | {"open": False})
            yield reading.put(Placement(number, 0, current.article, "continued on"), closed)
        elif item.marks.continued_from and below is not None and below.role is Role.HEADING:
            yield reading.put(Placement(number, 0, number + 1, "continued from"), current)
        elif item.marks.continued_from and current is not None and current.pieces == 0:
            yield reading.put(Placement(number, 0, current.article, "continued from"), current)
        elif item.marks.continued_from:
            begun = reading.put(Placement(number, 0, number, "untitled text"), Strand(number, ""))
            yield begun if not (current and current.open) else begun._replace(waiting=_queue(reading.waiting, current))
        else:
            yield reading.put(Placement(number, 0, -1, "short line"), current)

    def _below(self, number: int) -> Item | None:
        return self.items[number + 1] if number + 1 < len(self.items) else None

    def _is_above_title(self, number: int) -> bool:
        below = self._below(number)
        return (
            below is not None
            and below.role is Role.HEADING
            and (below.odds > NEVER or below.cut_soon)
            and not below.rule.startswith("unmarked")
        )

    def _is_kicker(self, number: int, current: Strand | None) -> bool:
        """Whether a short line stands above a title as its kicker, rather than with an article in which a sentence is
        open or that has been signed."""
        text = self.items[number].block.plain
        if not self._is_above_title(number) or self.items[number + 1].rule.endswith("subhead"):
            return False
        closed = current is None or (
            not current.open and current.signed != DAY and not may_break_off(self.items[number])
        )
        return closed and len(self.items[number].block.lines) == 1 and 4 <= len(text) <= _LONGEST_KICKER

    def _begins_paragraph(self, number: int) -> bool:
        """Whether a short line is the beginning of the paragraph below it rather than a subhead."""
        item, below = self.items[number], self._below(number)
        if below is None or below.role is not Role.TEXT or not may_break_off(item) or item.block.text[-1] == "】":
            return False
        text = item.block.text
        ends_badly = text[-1] in "，、的和与在于对将把被从为" or text[-1].isdigit() or text.count("“") > text.count("”")
        evidence = seam(self.lexicon, text, below.parts[0]) + (4.0 if ends_badly else 0.0)
        evidence -= _LINE_OF_ITS_OWN if item.block.last_line + 1 == below.block.line else 0.0
        evidence += (1.5 if "，" in text else 0.0) + max(-1.5, min(2.0, (len(text) - 14) * 0.25))
        return evidence > (0.5 if self.has_headings else 2.0)


def _title_rule(rule: str, current: Strand | None) -> str:
    """How the decision for a title names what speaks for it."""
    if rule in ("title by byline", "kicker with colon", "kicker heading", "notice title", "title after a signature"):
        return rule
    if current and current.open and rule != "title heading":
        return "title that cuts in"
    return "title without markup" if rule.startswith("unmarked") else "title heading"


def _queue(waiting: tuple[Strand, ...], strand: Strand) -> tuple[Strand, ...]:
    return (*waiting, strand)[-_WAITING:]


def _best(readings: list[_Reading]) -> list[_Reading]:
    """The best readings; of those that stand at the same places, one."""
    if len(readings) == 1:
        return readings
    readings.sort(key=lambda reading: -(reading.score - _LEFT_WAITING * len(reading.waiting)))
    kept: dict[tuple[object, ...], _Reading] = {}
    for reading in readings:
        strands = (reading.current, *reading.waiting)
        key = tuple((strand.article, strand.last, strand.signed) if strand else None for strand in strands)
        kept.setdefault(key, reading)
        if len(kept) == _READINGS:
            break
    return list(kept.values())


def _log_sigmoid(odds: float) -> float:
    """log of the probability that odds in nats mean."""
    return -log1p(exp(-odds)) if odds > -30 else odds
