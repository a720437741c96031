"""What a person typed → a Whoosh query tree, or an error that points at the column.

Whoosh's own parser takes anything and silently means something else by it (an unknown field, a dangling AND, an
unbalanced bracket), so this one is ours: a recursive descent over a small grammar, with the column at hand wherever it
stops. The nodes are Whoosh's:

    Phrase(field, [string])            the string stands in the field, exactly
    Term(field, word)                  the word stands as a whole word; or a keyword field has the value
    Wildcard(field, pattern)           ? one letter, * any letters
    NumericRange("date", first, last)  YYYYMMDD, both ends included
    And, Or, Not, Every

and a piece without quotes is Or([Phrase(string), Term("author", string), Term("kicker", string), And(its words)]).
Words that a user added to the dictionary, and synonyms, put an Or in place of some of its words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from whoosh import query as whoosh_query
from whoosh.query import Query as Node

from newsearch.errors import QueryError
from newsearch.schema import BESIDE_TEXT, FIELD_NAMES, KEYWORD_FIELDS, TEXT
from newsearch.terms.fold import fold, view
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import MatchPart, MatchWord, match_parts, match_words, searchable, words_of

_CLOSING_QUOTE = {'"': '"“”＂', "“": '”"', "＂": '＂"', "「": "」", "『": "』", "„": "“”"}
_CLOSING_BRACKET = {"(": ")）", "（": "）)"}
# Text between spaces and brackets: what an operator must be.
_BARE_WORD = re.compile(r"[^\s(（)）]+")
_AND = {"AND", "与", "&&"}
_OR = {"OR", "或", "||"}
_NOT = {"NOT", "非"}
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*|[\u4e00-\u9fff]{1,12})([:：])")
_TILDES = "~～"
_DEEPEST = 50
#: A piece of more words is a sentence, such as a headline: where any piece is enough, so is any of its words.
PHRASE_WORDS = 3
_SURROGATES = re.compile("[\ud800-\udfff]")
_ENDS = "，。！？；：、,.!;:…—–·[]【】《》〈〉<>'‘’～~|&"

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?|(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the query looks for. `string` and `words` are folded; an `exact` one was quoted and
    matches only as the string. `pattern` is set for a wildcard.

    `parts` are set where there is more than one way to have all words: one cut of each part must stand. `instead` are
    strings that match in place of the whole. A piece that `stands_for` another string is a synonym of it.
    """

    field: str
    string: str
    words: tuple[MatchWord, ...]
    exact: bool
    pattern: str = ""
    parts: tuple[MatchPart, ...] = ()
    instead: tuple[str, ...] = ()
    stands_for: str = ""

    def strict(self) -> Node:
        """Matches where the string stands, or where all words stand."""
        whole = self._whole()
        if not self._has_parts():
            return whole[0] if len(whole) == 1 else whoosh_query.Or(whole)
        words = whoosh_query.And(self._part_nodes())
        if any(word.whole for word in self.words):
            return whoosh_query.Or([*whole, words])
        # Where the string stands, so do its words.
        _, *others = whole
        return whoosh_query.Or([*others, words]) if others else words

    def relaxed(self) -> Node:
        """Matches where the string or any word stands."""
        if not self._has_parts():
            return self.strict()
        if self.parts:  # the index may have been cut by other words than these
            return whoosh_query.Or([*self._whole(), *self._nodes_of(words_of(self.parts))])
        # Longer words as the index has them: a partial match is not worth a look at every text.
        short = [word for word in self.words if len(word.text) < 3 and not word.whole]
        longer = [whoosh_query.Term(self.field, word.text) for word in self.words if word not in short]
        return whoosh_query.Or([*self._whole(), *longer, *self._nodes_of(short)])

    def _whole(self) -> list[Node]:
        """Where the piece stands as a whole; without a field or quotes also as an author or a kicker."""
        if self.pattern:
            return [whoosh_query.Wildcard(self.field, self.pattern)]
        beside = BESIDE_TEXT if self.field == TEXT and not self.exact else ()
        phrases = [whoosh_query.Phrase(self.field, [string]) for string in (self.string, *self.instead)]
        return [*phrases, *(whoosh_query.Term(field, self.string) for field in beside)]

    def _has_parts(self) -> bool:
        one_cut = all(len(part) == 1 for part in self.parts)
        one_word = len(self.words) == 1 and self.words[0].text == self.string and one_cut
        return not (self.exact or self.pattern or one_word)

    def _part_nodes(self) -> list[Node]:
        if not self.parts:
            return self._nodes_of(self.words)
        nodes = self._nodes_of(words_of(part for part in self.parts if len(part) == 1))
        for part in dict.fromkeys(part for part in self.parts if len(part) > 1):
            cuts = [self._nodes_of(cut) for cut in part]
            nodes.append(whoosh_query.Or([cut[0] if len(cut) == 1 else whoosh_query.And(cut) for cut in cuts]))
        return nodes

    def _nodes_of(self, words: Iterable[MatchWord]) -> list[Node]:
        return [
            whoosh_query.Term(self.field, word.text) if word.whole else whoosh_query.Phrase(self.field, [word.text])
            for word in words
        ]


@dataclass(slots=True)
class ParsedQuery:
    """A query as it was read.

    `tree` matches articles that have everything asked for; `any_piece` those with any of the pieces that stood side
    by side; `any_word` those with any word of them. `pieces` are those to rank and highlight by, left to right.
    `notes` say what was read in another way than its writer may have meant.
    """

    text: str
    tree: Node
    any_piece: Node
    any_word: Node
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


#: Gives a piece what may stand in its place: the piece as it now matches, the pieces to rank and highlight by beside
#: it, and a note that says so ("" if nothing may).
Expansion = Callable[[Piece], tuple[Piece, list[Piece], str]]


def parse_query(text: str, segmenter: Segmenter, expand: Expansion | None = None) -> ParsedQuery:
    """Reads a query; `expand` sees every piece. Raises QueryError, whose `column` is where reading stopped."""
    if not searchable(text):
        what = "has only punctuation" if text.strip() else "is empty"
        raise QueryError(f"the query {what}", text, 0, 'type a word, such as 台风 or "乡村振兴"')
    return _Parser(text, segmenter, expand).parse()


# How a parsed part becomes a node: strictly, with any piece of a conjunction, with any word of a piece.
_Builder = Callable[[str], Node]
_STRICT, _ANY_PIECE, _ANY_WORD = "strict", "any piece", "any word"


class _Parser:
    """One query. Methods named after the grammar's rules return a builder, None for a part that says nothing."""

    def __init__(self, text: str, segmenter: Segmenter, expand: Expansion | None) -> None:
        self.text = text
        self.segmenter = segmenter
        self.expand = expand
        self.at = 0
        self.field = TEXT
        self.negated = 0
        self.depth = 0
        self.pieces: list[Piece] = []
        self.notes: list[str] = []

    def parse(self) -> ParsedQuery:
        builder = self._alternatives()
        if self.at < len(self.text):
            raise self._error("a closing bracket without an opening one", self.at, "remove it or open one before it")
        if builder is None:
            raise QueryError("the query has only punctuation", self.text, 0, "type a word, such as 台风")
        strict, any_piece, any_word = (builder(mode) for mode in (_STRICT, _ANY_PIECE, _ANY_WORD))
        return ParsedQuery(self.text, strict, any_piece, any_word, self.pieces, self.notes)

    def _alternatives(self) -> _Builder | None:
        """alternatives = conjunction { OR conjunction }"""
        self._skip_space()
        start = self.at
        parts = [self._conjunction()]
        while (operator := self._operator(_OR)) is not None:
            if operator == start:
                raise self._dangling(operator)
            self._operand_follows(operator)
            parts.append(self._conjunction())
        builders = [part for part in parts if part]
        if not builders:
            return None
        if len(builders) == 1:
            return builders[0]
        return lambda mode: whoosh_query.Or([builder(mode) for builder in builders])

    def _conjunction(self) -> _Builder | None:
        """conjunction = unary { [AND] unary }; side by side means AND, but gives way when nothing has all."""
        loose: list[_Builder] = []  # side by side
        firm: list[_Builder] = []  # joined by AND, or a filter, or a NOT
        pending: int | None = None
        while True:
            self._skip_space()
            if self.at == len(self.text) or self.text[self.at] in ")）" or self._next_is(_OR):
                if pending is not None:
                    raise self._dangling(pending)
                break
            operator = self._operator(_AND)
            if operator is not None:
                if not loose and not firm:
                    raise self._dangling(operator)
                self._operand_follows(operator)
                pending = operator
                firm += loose[-1:]
                del loose[-1:]
                continue
            builder, is_filter = self._unary()
            if builder:
                (firm if is_filter or pending is not None else loose).append(builder)
            pending = None
        if not loose and not firm:
            return None
        return lambda mode: _join(firm, loose, mode)

    def _unary(self) -> tuple[_Builder | None, bool]:
        """unary = (NOT | -) unary | [field:] primary. The flag tells what may not be relaxed away."""
        start = self.at
        operator = self._operator(_NOT)
        minus = operator is None and self.text[start] in "-－" and self._stands(start + 1)
        if operator is not None or minus:
            if operator is not None:
                self._operand_follows(operator)
            else:
                self.at += 1
            self._descend(start)
            self._skip_space()
            self.negated += 1
            builder, _ = self._unary()
            self.negated -= 1
            self.depth -= 1
            if builder is None:
                raise self._error("nothing to exclude", start, "write the word to exclude right after it")
            inner = builder
            return lambda _: whoosh_query.Not(inner(_STRICT)), True
        match = _FIELD.match(self.text, self.at)
        if match and self._is_field(match):
            return self._in_field(match)
        return self._primary(), False

    def _is_field(self, match: re.Match[str]) -> bool:
        name, colon = match.groups()
        if name.lower() in FIELD_NAMES:
            return True
        follows = self.text[match.end() : match.end() + 1]
        if follows == "/" or not follows or follows.isspace():
            return False  # an address, or a colon that ends the text before it
        if colon == "：":
            # A headline pasted whole: 湘西州：……. Said, not refused.
            self.notes.append(f"{name}： is no field and was read as text")
            return False
        names = "标题: 正文: 作者: 来源: 版面: 日期: (title: body: author: source: section: date:)"
        raise self._error(f"there is no field {name!r}", match.start(), f"use one of {names}, or quote the text")

    def _in_field(self, match: re.Match[str]) -> tuple[_Builder | None, bool]:
        name = FIELD_NAMES[match[1].lower()]
        self.at = match.end()
        self._skip_space()
        if self.at == len(self.text):
            raise self._error(f"{match[1]}: needs a value", match.start(), f"write {match[1]}: and what to look for")
        if name == "date":
            return self._date(), True
        inner = _FIELD.match(self.text, self.at)
        if self.text[self.at] in "-－" or (inner and inner[1].lower() in FIELD_NAMES):
            raise self._error("a value cannot begin like this", self.at, "quote it, or write the field or - before it")
        outer, self.field = self.field, name
        builder = self._primary()
        self.field = outer
        if builder is None:
            raise self._error(f"{match[1]}: needs a value", match.start(), "write a word after it")
        return builder, name in KEYWORD_FIELDS

    def _primary(self) -> _Builder | None:
        """primary = ( alternatives ) | "string" | piece"""
        start = self.at
        character = self.text[start]
        if character in _CLOSING_BRACKET:
            return self._group()
        if character in _CLOSING_QUOTE:
            string = self._quoted()
            follower = self.text[self.at : self.at + 1]
            if follower and follower in _TILDES:
                raise self._error(f"{follower} after a string is not known yet", self.at, "remove it")
            if self.field in KEYWORD_FIELDS:
                return self._keyword(string)
            return self._piece(view(string).text, start, exact=True)
        raw = self._bare()
        if not raw:  # a character that can begin nothing
            raise self._error(f"{character} cannot stand here", start, "quote it to look for it")
        tilde = re.search(rf"[{_TILDES}]\d*$", raw)
        if tilde and searchable(raw):
            raise self._error(f"{tilde[0][0]} after a word is not known yet", start + tilde.start(), "remove it")
        if self.field in KEYWORD_FIELDS:
            return self._keyword(raw)
        # A ? at the end only asks a question, and a full-width one is no wildcard: headlines are full of them.
        is_pattern = bool(re.search(r"[*?]", raw.rstrip("?")))
        return self._piece(view(raw).text.strip(_ENDS + (" " if is_pattern else " ?")), start, is_pattern=is_pattern)

    def _group(self) -> _Builder | None:
        start = self.at
        self._descend(start)
        self.at += 1
        builder = self._alternatives()
        self.depth -= 1
        if self.at == len(self.text):
            raise self._error("this bracket is never closed", start, "add ) or remove it")
        self.at += 1
        return builder

    def _descend(self, column: int) -> None:
        if self.depth == _DEEPEST:
            raise self._error("brackets and NOTs are nested too deeply", column, "use fewer")
        self.depth += 1

    def _quoted(self) -> str:
        start = self.at
        closing = _CLOSING_QUOTE[self.text[start]]
        end = next((i for i in range(start + 1, len(self.text)) if self.text[i] in closing), None)
        if end is None:
            raise self._error("this quotation mark is never closed", start, "add the closing one or remove it")
        self.at = end + 1
        return self.text[start + 1 : end]

    def _bare(self) -> str:
        """Text up to a space, a quotation mark or a bracket that closes a group; brackets inside it belong to it."""
        start, closers = self.at, []
        while self.at < len(self.text):
            character = self.text[self.at]
            if character.isspace() or character in _CLOSING_QUOTE:
                break
            if character in "”」』":
                raise self._error("a closing quotation mark without an opening one", self.at, "remove it or open one")
            if character in _CLOSING_BRACKET and self.at > start:
                rest = self.text[self.at + 1 :].split(None, 1)
                if not any(closing in (rest[0] if rest else "") for closing in _CLOSING_BRACKET[character]):
                    raise self._error("this bracket is never closed", self.at, "close it or remove it")
                closers.append(character)
            elif character in ")）":
                if not closers:
                    break
                closers.pop()
            self.at += 1
        return self.text[start : self.at]

    def _piece(self, string: str, start: int, exact: bool = False, is_pattern: bool = False) -> _Builder | None:
        if not searchable(string):
            if exact:
                raise self._error("only punctuation between the quotation marks", start, "put a word there")
            if string.strip():
                self.notes.append(f"{string.strip()} is only punctuation and was left out")
            return None
        string = _SURROGATES.sub("\ufffd", string)  # no article can have one
        pattern = string.rstrip("?") if is_pattern else ""
        parts = () if pattern else match_parts(string, self.segmenter)
        words = () if pattern else tuple(words_of(parts) or match_words(string, self.segmenter))
        piece, beside = Piece(self.field, string, words, exact, pattern, parts), list[Piece]()
        if self.expand:
            piece, beside, note = self.expand(piece)
            self.notes += [note] * (note not in ("", *self.notes))
        if not self.negated:
            self.pieces += [piece, *beside]
        loosest = _ANY_PIECE if len(piece.words) > PHRASE_WORDS else _ANY_WORD
        return lambda mode: piece.relaxed() if mode in (loosest, _ANY_WORD) else piece.strict()

    def _keyword(self, value: str) -> _Builder:
        if not value.strip():
            raise self._error("a value is missing here", max(0, self.at - 1), "write one")
        node = whoosh_query.Term(self.field, _SURROGATES.sub("\ufffd", value.strip()))
        return lambda _: node

    def _keyword_value(self) -> str:
        start = self.at
        value = self._quoted() if self.text[start] in _CLOSING_QUOTE else self._bare()
        if not value.strip():
            raise self._error("a value is missing here", start, "write one")
        return value.strip()

    def _date(self) -> _Builder:
        start = self.at
        value = fold(self._keyword_value())
        first, last = self._date_range(value, start)
        node = whoosh_query.NumericRange("date", first, last)
        return lambda _: node

    def _date_range(self, value: str, start: int) -> tuple[int, int]:
        if ".." in value:
            low, high = value.split("..", 1)
            first = self._day(low, start)[0] if low else 1
            last = self._day(high, start + value.index("..") + 2)[1] if high else 99991231
            if not low and not high:
                raise self._error("neither end of the dates is given", start, "write 2024-06.. or ..2024-07")
            if first > last:
                raise self._error(f"the dates end before they begin: {value}", start, "write the earlier one first")
            return first, last
        for sign in (">=", "<=", ">", "<"):
            if value.startswith(sign):
                first, last = self._day(value[len(sign) :], start + len(sign))
                return {">=": (first, 99991231), "<=": (1, last), ">": (last + 1, 99991231), "<": (1, first - 1)}[sign]
        return self._day(value, start)

    def _day(self, value: str, start: int) -> tuple[int, int]:
        try:
            return date_span(value)
        except ValueError:
            advice = "write 2024, 2024-06, 2024-06-01, 2024年6月, 2024-06..2024-07 or >=2024"
            raise self._error(f"not a date: {value!r}", start, advice) from None

    # Reading

    def _skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _peek_word(self) -> str:
        """The next word if it stands alone, between spaces, brackets or the ends."""
        match = _BARE_WORD.match(self.text, self.at)
        return match[0] if match else ""

    def _operator(self, kind: set[str]) -> int | None:
        """Reads an operator of this kind; returns its column, None if there is none."""
        self._skip_space()
        if not self._next_is(kind):
            return None
        start = self.at
        self.at += len(self._peek_word())
        return start

    def _next_is(self, kind: set[str]) -> bool:
        """Whether the next word is an operator of this kind. A query that is only 与, 或 or 非 looks for that."""
        word = self._peek_word()
        return word in kind and (word.isascii() or self.text.strip() != word)

    def _operand_follows(self, operator: int) -> None:
        self._skip_space()
        if self.at == len(self.text) or self.text[self.at] in ")）" or self._next_is(_AND | _OR):
            raise self._dangling(operator)

    def _stands(self, position: int) -> bool:
        return position < len(self.text) and not self.text[position].isspace()

    def _dangling(self, column: int) -> QueryError:
        word = _BARE_WORD.match(self.text, column)
        name = word[0] if word else ""
        return self._error(
            f"{name} needs something on both sides", column, f'add a word, or write "{name}" to look for it'
        )

    def _error(self, message: str, column: int, advice: str) -> QueryError:
        return QueryError(message, self.text, column, advice)


def _join(firm: list[_Builder], loose: list[_Builder], mode: str) -> Node:
    """What must hold together; in the looser modes one of the loose ones is enough."""
    loose_nodes = [builder(mode) for builder in loose]
    nodes = [builder(mode) for builder in firm]
    if mode == _STRICT or len(loose_nodes) < 2:
        nodes += loose_nodes
    else:
        nodes.append(whoosh_query.Or(loose_nodes))
    return nodes[0] if len(nodes) == 1 else whoosh_query.And(nodes)


def date_span(value: str) -> tuple[int, int]:
    """The first and last day, as YYYYMMDD, of a year, month or day written as 2024, 2024-06, 2024年6月1日 or 20240601.

    Raises ValueError for anything else.
    """
    match = _DATE.fullmatch(value.strip())
    if not match:
        raise ValueError(f"not a date: {value!r}")
    year, month, day = (
        int(part) if part else None for part in (match[4] and match.group(4, 5, 6)) or match.group(1, 2, 3)
    )
    if year is None or not 1 <= year <= 9999:
        raise ValueError(f"no such year: {value!r}")
    if month is None:
        return year * 10000 + 101, year * 10000 + 1231
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    if not last or (day is not None and not 1 <= day <= last):
        raise ValueError(f"no such day: {value!r}")
    base = year * 10000 + month * 100
    return (base + 1, base + last) if day is None else (base + day, base + day)
