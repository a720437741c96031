"""The grammar of queries, by recursive descent: the column is at hand wherever reading stops.

alternatives = conjunction { OR conjunction }
conjunction  = unary { [AND] unary }
unary        = (NOT | -) unary | [field:] primary
primary      = ( alternatives ) | "string" [~N] | word [~N] | wildcards | value | dates
"""

from __future__ import annotations

import re

from newsearch.errors import QueryError
from newsearch.query.limits import LIMITS
from newsearch.query.pieces import AllOf, AnyOf, Excluded, ParsedQuery, Part
from newsearch.query.primary import Expansion, PrimaryReader
from newsearch.query.scan import AND, CLOSING_BRACKET, NOT, OR, shown
from newsearch.schema import FIELD_NAMES, KEYWORD_FIELDS
from newsearch.terms.fold import fold
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import searchable

_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*|[\u4e00-\u9fff]{1,12})([:：])")
_FIELD_LIST = "标题: 正文: 作者: 来源: 版面: 日期: (title: body: author: source: section: date:)"
_MINUS = "-－"


def parse_query(text: str, segmenter: Segmenter, expand: Expansion | None = None) -> ParsedQuery:
    """Reads a query; `expand` sees every piece without quotes.

    Raises QueryError, whose `column` is where reading stopped.
    """
    if len(text) > LIMITS.characters:
        message = f"the query has {len(text):,} characters, more than {LIMITS.characters:,}"
        raise QueryError(message, text, LIMITS.characters, "shorten it")
    if not searchable(fold(text)):
        what = "has only punctuation" if text.strip() else "is empty"
        raise QueryError(f"the query {what}", text, 0, 'type a word, such as 台风 or "乡村振兴"')
    return _Parser(text, segmenter, expand).parse()


class _Parser(PrimaryReader):
    """One query. Methods named after the grammar's rules return a part, None for one that says nothing."""

    def parse(self) -> ParsedQuery:
        part = self._alternatives()
        if self.at < len(self.text):
            raise self.error("a closing bracket without an opening one", self.at, "remove it or open one before it")
        if part is None:
            raise self.error("the query has only punctuation", 0, "type a word, such as 台风")
        return ParsedQuery(self.text, part, list(self.notes))

    def _alternatives(self) -> Part | None:
        parts = [self._conjunction()]
        operators: list[int] = []
        while (operator := self.operator(OR)) is not None:
            self._operand_follows(operator)
            operators.append(operator)
            parts.append(self._conjunction())
        for number, operator in enumerate(operators):
            if parts[number] is None or parts[number + 1] is None:
                raise self._dangling(operator)
        found = [part for part in parts if part is not None]
        return AnyOf(tuple(found)) if len(found) > 1 else parts[0]

    def _conjunction(self) -> Part | None:
        """Side by side means AND, but gives way when nothing has all; AND, NOT and filters do not."""
        parts: list[Part] = []
        wanted: list[bool] = []
        operator: int | None = None
        while True:
            self.skip_space()
            if self.ended or self.next_is(OR):
                break
            start = self.at
            if self.operator(AND) is not None:
                if not parts:
                    raise self._dangling(start)
                self._operand_follows(start)
                operator = start
                wanted[-1] = False
                continue
            part, demanded = self._unary()
            if part is not None:
                parts.append(part)
                wanted.append(not demanded and operator is None)
                operator = None
        if operator is not None:
            raise self._dangling(operator)
        return AllOf(tuple(parts), tuple(wanted)) if len(parts) > 1 else parts[0] if parts else None

    def _unary(self) -> tuple[Part | None, bool]:
        """The flag tells what may not be relaxed away."""
        start = self.at
        operator = self.operator(NOT)
        if operator is not None or (self.next in _MINUS and self.text[start + 1 : start + 2].strip()):
            return self._excluded(start, operator), True
        match = _FIELD.match(self.text, start)
        if match and self._is_field(match):
            return self._in_field(match), self._is_filter(FIELD_NAMES[fold(match[1])])
        return self._primary(), self._is_filter(self.field)

    def _excluded(self, start: int, operator: int | None) -> Part:
        if operator is None:
            self.at += 1  # the minus sign
        self._descend(start)
        self.skip_space()
        if operator is not None:
            self._operand_follows(start)
        elif self.ended:
            raise self._nothing_to_exclude(start)
        part, _ = self._unary()
        self.depth -= 1
        if part is None:
            raise self._nothing_to_exclude(start)
        return Excluded(part)

    def _nothing_to_exclude(self, start: int) -> QueryError:
        return self.error("nothing to exclude", start, "write the word to exclude right after it")

    # Fields

    def _is_field(self, match: re.Match[str]) -> bool:
        name, colon = match.groups()
        if fold(name) in FIELD_NAMES:
            return True
        follows = self.text[match.end() : match.end() + 1]
        if follows == "/" or not follows.strip():
            return False  # an address, or a colon that ends the text before it
        if colon == "：":
            # A headline pasted whole: 湘西州：……. Said, not refused.
            self.note(f"{name}： is no field and was read as text")
            return False
        raise self.error(f"there is no field {shown(name)!r}", match.start(), f"use {_FIELD_LIST}, or quote the text")

    def _in_field(self, match: re.Match[str]) -> Part:
        name = FIELD_NAMES[fold(match[1])]
        self.at = match.end()
        self.skip_space()
        spaced = self.at > match.end()
        if self.ended or (spaced and self.next_is(AND | OR | NOT)):
            raise self._value_missing(match)
        inner = _FIELD.match(self.text, self.at)
        if self.next in _MINUS or (inner and fold(inner[1]) in FIELD_NAMES):
            raise self.error("a value cannot begin like this", self.at, "quote it, or write the field or - before it")
        outer, self.field = self.field, name
        part = self._primary()
        self.field = outer
        if part is None:
            raise self._value_missing(match)
        return part

    def _is_filter(self, field: str) -> bool:
        return field == "date" or field in KEYWORD_FIELDS

    def _value_missing(self, match: re.Match[str]) -> QueryError:
        return self.error(f"{match[1]}: needs a value", match.start(), f"write {match[1]}: and what to look for")

    # Groups, and what stops reading

    def _primary(self) -> Part | None:
        return self._group() if self.next in CLOSING_BRACKET else self.primary()

    def _group(self) -> Part | None:
        start = self.at
        self._descend(start)
        self.at += 1
        self.skip_space()
        if self.next and self.ended:
            raise self.error("nothing between the brackets", start, "remove them or write a word between them")
        part = self._alternatives()
        self.depth -= 1
        if self.at == len(self.text):
            raise self.error("this bracket is never closed", start, "add ) or remove it")
        self.at += 1
        return part

    def _descend(self, column: int) -> None:
        if self.depth == LIMITS.nesting:
            raise self.error("brackets and NOTs are nested too deeply", column, "use fewer")
        self.depth += 1

    def _operand_follows(self, operator: int) -> None:
        self.skip_space()
        if self.ended or self.next_is(AND | OR):
            raise self._dangling(operator)

    def _dangling(self, column: int) -> QueryError:
        name = self.operator_at(column)
        where = "after it" if name in NOT else "on both sides"
        advice = f'add a word, or write "{name}" to look for it'
        return self.error(f"{name} needs something {where}", column, advice)
