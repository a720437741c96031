"""The characters of a query, left to right: spaces, operators, quoted strings, bare words, and errors at a column."""

from __future__ import annotations

import re

from newsearch.errors import QueryError

CLOSING_QUOTE = {'"': '"“”＂', "“": '”"', "＂": '＂"', "「": "」", "『": "』", "„": "“”"}
_QUOTED = {opening: re.compile(f"{opening}([^{closing}]*)[{closing}]") for opening, closing in CLOSING_QUOTE.items()}
# Straight marks may have curly ones inside: "“双减”政策". An opening curly mark that none closes was meant to close.
_QUOTED['"'] = re.compile('"((?:“[^"”]*”|[^"“”＂])+|(?=["”＂]))["“”＂]')
CLOSING_BRACKET = {"(": ")）", "（": "）)"}
CLOSERS = ")）"
AND = frozenset(("AND", "ＡＮＤ", "与", "&&", "＆＆"))
OR = frozenset(("OR", "ＯＲ", "或", "||", "｜｜"))
NOT = frozenset(("NOT", "ＮＯＴ", "非"))

# Text between spaces and brackets: what an operator must be.
_STANDS_ALONE = re.compile(r"[^\s(（)）]+")
# NOT"台风" excludes a string; but 非“典型” may be text, so Chinese operators stand alone.
_BEFORE_QUOTE = re.compile("(?:AND|OR|NOT|&&|[|][|])(?=[" + "".join(CLOSING_QUOTE) + "])")
_SPACE = re.compile(r"\s*")
_NO_SPACE = re.compile(r"\S*")
_SHOWN = 40


class Scanner:
    """A query and the column up to which it has been read. Whatever it raises is a QueryError."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def error(self, message: str, column: int, advice: str) -> QueryError:
        return QueryError(message, self.text, column, advice)

    @property
    def next(self) -> str:
        """The next character, "" at the end."""
        return self.text[self.at : self.at + 1]

    @property
    def ended(self) -> bool:
        """Whether nothing more stands here: the end of the query or of a group."""
        return not self.next or self.next in CLOSERS

    def skip_space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Reads what matches here, if anything does."""
        match = expression.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def operator(self, kind: frozenset[str]) -> int | None:
        """Reads an operator of this kind; returns its column, None if there is none."""
        self.skip_space()
        start = self.at
        if not self.next_is(kind):
            return None
        self.at += len(self.operator_at(start))
        return start

    def next_is(self, kind: frozenset[str]) -> bool:
        """Whether the next word is an operator of this kind. A query that is only 与, 或 or 非 looks for that."""
        word = self.operator_at(self.at)
        return word in kind and (word.isascii() or self.text.strip() != word)

    def operator_at(self, column: int) -> str:
        """The word that would be an operator at a column, if it is one."""
        match = _BEFORE_QUOTE.match(self.text, column) or _STANDS_ALONE.match(self.text, column)
        return match[0] if match else ""

    def quoted(self) -> str:
        """A string with its quotation marks; returns what is between them."""
        match = self.match(_QUOTED[self.next])
        if not match:
            raise self.error("this quotation mark is never closed", self.at, "add the closing one or remove it")
        return match[1]

    def bare(self) -> str:
        """Text up to a space, a quotation mark or a bracket that closes a group; brackets inside it belong to it."""
        start, closers = self.at, 0
        while (character := self.next) and not character.isspace() and character not in CLOSING_QUOTE:
            if character in "”」』":
                raise self.error("a closing quotation mark without an opening one", self.at, "remove it or open one")
            if character in CLOSING_BRACKET and self.at > start:
                if not self._closed_soon(CLOSING_BRACKET[character]):
                    raise self._not_closed(CLOSING_BRACKET[character])
                closers += 1
            elif character in CLOSERS:
                if not closers:
                    break
                closers -= 1
            self.at += 1
        return self.text[start : self.at]

    def _not_closed(self, closing: str) -> QueryError:
        if any(bracket in self.text[self.at :] for bracket in closing):
            advice = "write a space before it as well, or quote the text"
            return self.error("a bracket inside a word, with a space before it is closed", self.at, advice)
        return self.error("this bracket is never closed", self.at, "close it or remove it")

    def _closed_soon(self, closing: str) -> bool:
        """Whether one of the closing brackets follows before the next space."""
        rest = _NO_SPACE.match(self.text, self.at + 1)
        return rest is not None and any(bracket in rest[0] for bracket in closing)


def shown(text: str) -> str:
    """A piece of a query as a message names it: not the whole of a long one."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
