"""Strings, words and values: what a query looks for, between the operators and brackets."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsearch.query.dates import BadDate, date_range
from newsearch.query.limits import BETWEEN, DISTANCE, LIMITS, SHORTEST_FUZZY
from newsearch.query.pieces import Dates, Keyword, Part, Piece
from newsearch.query.scan import CLOSING_QUOTE, Scanner, shown
from newsearch.schema import FIELD_NAMES, KEYWORD_FIELDS, TEXT
from newsearch.terms.fold import fold, view
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import match_parts, match_words, ordered_words, runs, searchable, words_of

_SIGNS = re.compile("[<>=≤≥＜＞＝]+")
_COMPARED = re.compile(f"([A-Za-z]+|[\u4e00-\u9fff]{{1,12}}){_SIGNS.pattern}")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Punctuation around a piece is not looked for.
_ENDS = "，。！？；：、,.!;:…—·-[]【】《》〈〉<>'‘’～~|&"
_WILDCARD = re.compile("[*?]")
_WIDE_WILDCARD = re.compile("[＊？]")
# An operator that is not written as one: 台风AND灾害, or in small letters.
_NO_OPERATOR = re.compile("(?<![A-Za-z])(AND|OR|NOT)(?![A-Za-z])|^(and|or|not)$")
# A weight as Lucene's queries have it.
_BOOST = re.compile(r"\^\d+(?:\.\d+)?$")
_TILDE = re.compile(r"[~～](\d*)")
_LAST_TILDE = re.compile(r"[~～](\d*)$")
_AFTER_TILDE = _ENDS.replace("~", "").replace("～", "") + "?？"
# 10~20 and 2023～2024 are ranges of numbers, and text.
_NUMBER_RANGE = re.compile(r"[\d.]*\d[~～]\d+$")
_SPACED_RANGE = re.compile(r"\s+(?=\.\.)|(?<=\.\.)\s+(?=\d)")


#: Gives a piece what may stand in its place: the piece as it now matches, with its synonyms, and a note that says so
#: ("" if nothing may).
Expansion = Callable[[Piece], tuple[Piece, str]]


class PrimaryReader(Scanner):
    """Reads one primary at a time, in the field that is set; None for one that says nothing."""

    def __init__(self, text: str, segmenter: Segmenter, expand: Expansion | None = None) -> None:
        super().__init__(text)
        self.segmenter = segmenter
        self.expand = expand
        self.field = TEXT
        self.depth = 0
        self.pieces = 0
        self.costly = 0
        self.notes: dict[str, None] = {}

    def primary(self) -> Part | None:
        """A string, word or value; nothing that is in brackets."""
        start = self.at
        if self.field == "date":
            return self._dates()
        quoted = self.next in CLOSING_QUOTE
        raw = self.quoted() if quoted else self.bare()
        if self.field in KEYWORD_FIELDS:
            return self._keyword(raw, start) if quoted else self._bare_keyword(raw, start)
        return self._string(raw, start) if quoted else self._bare_piece(raw, start)

    def _string(self, raw: str, start: int) -> Part:
        """A quoted string, and the ~N behind it."""
        string = self._folded(raw)
        if not searchable(string):
            raise self.error("only punctuation between the quotation marks", start, "put a word there")
        if "*" in raw:
            self.note(f'* in "{shown(raw)}" was read as text; a wildcard stands without quotation marks')
        tilde = self.match(_TILDE)
        if not tilde:
            return self._counted(Piece(self.field, string, (), exact=True), start)
        self._must_end_here(tilde)
        between = self._number(tilde, BETWEEN)
        if between > LIMITS.between:
            advice = f"write a number up to {LIMITS.between}, or the words without quotation marks"
            raise self.error(f"{shown(tilde[0])} is too far", tilde.start(), advice)
        words = tuple(ordered_words(string, self.segmenter))
        if len(words) > LIMITS.near_words:
            message = f"{tilde[0]} after {len(words)} words, more than {LIMITS.near_words}"
            raise self.error(message, tilde.start(), "shorten the string, or leave ~ out")
        if len(words) == 1:
            self.note(f"{shown(raw)} is one word: {tilde[0]} after it says nothing")
            return self._counted(Piece(self.field, string, (), exact=True), start)
        return self._counted(Piece(self.field, string, words, exact=True, between=between), start, costly=True)

    def _bare_piece(self, raw: str, start: int) -> Part | None:
        self._check_misplaced(raw, start)
        # A ? at the end only asks a question, and a full-width one is no wildcard: headlines are full of them.
        is_pattern = bool(_WILDCARD.search(raw.rstrip("?")))
        string = self._folded(raw).strip(_ENDS + (" " if is_pattern else " ?"))
        if not searchable(string):
            self.note(f"{shown(raw)} is only punctuation and was left out")
            return None
        tilde = _LAST_TILDE.search(raw.rstrip(_AFTER_TILDE))
        if tilde and not _NUMBER_RANGE.fullmatch(raw):
            return self._fuzzy(raw, start, tilde)
        if is_pattern:
            return self._pattern(raw, string, start)
        if "＊" in raw:
            self.note(f"＊ in {shown(raw)} was read as text; the wildcard is *")
        if (word := _NO_OPERATOR.search(raw)) and word[0] != self.text.strip():
            where = "" if word[0] == raw else f" in {shown(raw)}"
            self.note(f"{word[0]}{where} was read as text; operators are in capitals, with spaces around them")
        if boost := _BOOST.search(raw):
            self.note(f"{boost[0]} in {shown(raw)} was read as text; words have no weights")
        if raw[0] == "!" and searchable(raw[1:2]):
            self.note(f"! in {shown(raw)} was read as text; write -{shown(raw[1:])} to exclude it")
        parts = match_parts(string, self.segmenter)
        words = tuple(words_of(parts) or match_words(string, self.segmenter))
        piece = Piece(self.field, string, words, exact=False, parts=parts)
        if self.expand:
            piece, note = self.expand(piece)
            if note:
                self.note(note)
        return self._counted(piece, start)

    def _check_misplaced(self, raw: str, start: int) -> None:
        """Signs that stand where they would silently mean nothing."""
        if _TILDE.fullmatch(raw) and len(raw) > 1:
            raise self.error(f"{shown(raw)} stands alone", start, "write it right after a word or a quotation mark")
        before = self.text[:start].rsplit(None, 1)[-1:] if raw[0] in ":：" else []
        if before and fold(before[0]) in FIELD_NAMES:
            raise self.error(f"a space before {raw[0]}", start, f"write {before[0]}: without one")
        before = self.text[:start].rsplit(None, 1)[-1:] if _SIGNS.fullmatch(raw) else []
        if before and FIELD_NAMES.get(fold(before[0])) == "date":
            raise self.error(f"{raw} stands alone", start, "write 日期:>=2024 without spaces")
        compared = _COMPARED.match(raw)
        if compared and FIELD_NAMES.get(fold(compared[1])) == "date":
            raise self.error(f"a colon is missing after {compared[1]}", compared.end(1), "write 日期:>=2024")

    def _fuzzy(self, raw: str, start: int, tilde: re.Match[str]) -> Part:
        sign, column = tilde[0][0], start + tilde.start()
        word = self._folded(raw[: tilde.start()]).strip(_ENDS + " ?")
        if _WILDCARD.search(word):
            raise self.error(f"{sign} does not go with wildcards", column, "use one or the other")
        if list(runs(word)) != [word]:
            raise self.error(f"{sign} goes after one word", column, "put spaces between words, or quote the text")
        distance = self._number(tilde, DISTANCE)
        shortest = SHORTEST_FUZZY.get(distance)
        if shortest is None:
            advice = "write ~, ~1 or ~2, or quote the text"
            raise self.error(f"{shown(tilde[0])} is not known after a word", column, advice)
        if len(word) < shortest:
            advice = "write ~1" if len(word) >= SHORTEST_FUZZY[DISTANCE] else "leave it out"
            message = f"{sign}{distance} needs a word of {shortest} characters or more"
            raise self.error(message, column, f"{advice}, or quote the text")
        return self._counted(Piece(self.field, word, (), exact=True, distance=distance), start, costly=True)

    def _pattern(self, raw: str, string: str, start: int) -> Part:
        wide = _WIDE_WILDCARD.search(raw.rstrip("?？"))
        if wide:
            advice = f"write {fold(wide[0])} or quote the text"
            raise self.error(f"{wide[0]} beside a wildcard", start + wide.start(), advice)
        if len(_WILDCARD.findall(string)) > LIMITS.wildcards:
            raise self.error(f"more than {LIMITS.wildcards} wildcards in one piece", start, "use fewer")
        piece = Piece(self.field, string, (), exact=False, pattern=string.rstrip("?"))
        return self._counted(piece, start, costly=True)

    # Values

    def _bare_keyword(self, raw: str, start: int) -> Part:
        sign = None if self.field == "id" else _WILDCARD.search(raw) or _LAST_TILDE.search(raw)
        if sign:
            where = "works in title and body only"
            raise self.error(f"{sign[0][0]} {where}", start + sign.start(), "quote the value if it has this character")
        return self._keyword(raw, start)

    def _keyword(self, value: str, start: int) -> Part:
        if not value.strip():
            raise self.error("a value is missing here", start, "write one")
        tilde = self.match(_TILDE)
        if tilde:
            raise self.error(f"{tilde[0][0]} works in title and body only", tilde.start(), "remove it")
        return self._counted(Keyword(self.field, _SURROGATES.sub("\ufffd", value.strip())), start)

    def _dates(self) -> Part:
        start = self.at + (self.next in CLOSING_QUOTE)
        value = self.quoted() if self.next in CLOSING_QUOTE else self.bare()
        spaced = _SPACED_RANGE.match(self.text, self.at)
        if spaced:
            raise self.error("a space in a range of dates", self.at, "write 2024-06..2024-07 without one")
        try:
            first, last = date_range(fold(value))
        except BadDate as bad:
            raise self.error(str(bad), start + bad.offset, bad.advice) from None
        return self._counted(Dates(first, last), start)

    # Small things

    def _folded(self, raw: str) -> str:
        return view(_SURROGATES.sub("\ufffd", raw)).text  # no article can have a surrogate

    def _number(self, tilde: re.Match[str], default: int) -> int:
        # A number of more digits is too large for anything, and int() refuses the longest.
        return int(tilde[1][:6]) if tilde[1] else default

    def _must_end_here(self, tilde: re.Match[str]) -> None:
        if not self.ended and not self.next.isspace():
            raise self.error(f"{shown(tilde[0])} goes on here", self.at, "write a number after ~, and a space after it")

    def _counted(self, part: Part, column: int, costly: bool = False) -> Part:
        self.pieces += 1
        self.costly += costly
        if self.pieces > LIMITS.pieces:
            raise self.error(f"more than {LIMITS.pieces:,} words and strings", column, "ask for fewer at a time")
        if self.costly > LIMITS.costly:
            raise self.error(f"more than {LIMITS.costly} pieces with wildcards or ~", column, "ask for fewer at a time")
        return part

    def note(self, note: str) -> None:
        if len(self.notes) < LIMITS.notes:
            self.notes[note] = None
