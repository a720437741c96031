"""JSON: an article, a list of them, or whatever holds such lists, as a stream of any size.

A dump is one value: articles stand in a list, which often lies in an object (`data`, `hits.hits`, `文章`). So lists are
walked entry by entry, an object is read whole if it is small enough to be an article, and walked too if it is larger;
the outermost objects that have a title or a body are articles. Values may also follow one another without commas or
line ends. Each is read by the decoder of Python's json, so that it means the same as in JSON Lines, and a bad one costs
no other: reading goes on at the next object.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.encoding.decode import sniff
from newsearch.corpus.encoding.late import late_stream
from newsearch.corpus.facts.fields import FieldNames
from newsearch.corpus.formats import jsonl
from newsearch.corpus.limits import Limits, refusal
from newsearch.corpus.records import (
    MOST_LEVELS,
    MOST_REJECTIONS,
    Record,
    article_or_reason,
    articles,
    articles_in,
    unwrapped,
)
from newsearch.corpus.trouble import Unreadable

_CHUNK = 1 << 16
_SPACE = re.compile(r"[\s\ufeff]*")
_NEXT_OBJECT = re.compile(r"[}\]]\s{0,200}+,?+\s{0,200}+(?=\{)")
_LONGEST_GAP = 500
_MOST_MENDED = 1000
_ONE_VALUE = re.compile(rb"\s*(?:\[\s*[{\[\]]|\{\s*\n|\{\s*\}|\[\s*\n)")
# The longest that a value can be cut at the end of what was read and the decoder complain before it: a \u escape.
_CUT = 12


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of a document. Whether it is one of JSON or of JSON Lines is told by what is in it."""
    if reading.format == "jsonl" or (reading.format is None and _has_lines(document)):
        yield from jsonl.read(document, reading)
        return
    document.encoding = sniff(document.sample, reading.encoding)
    stream, late = (document.stream, None) if reading.encoding else late_stream(document)
    text = _Text(stream, document.encoding.split(" ")[0], reading.limits)
    names = FieldNames(reading.fields)
    yield from articles(document, _records(text, names), names, reading.limits.misses)
    if late:
        late.told(document)


class _Entry(NamedTuple):
    """An object as it stands in the document: the how-manieth of its list, and how deep that lies."""

    value: Any
    line: int
    number: int
    level: int
    reason: str = ""


class _TooLarge(Unreadable):
    """A value that cannot be read whole."""


class _Text:
    """A JSON text, of which only the value that is being read is in memory."""

    def __init__(self, stream: BinaryIO, encoding: str, limits: Limits) -> None:
        self.buffer = ""
        self.at = 0
        self.ended = False
        self.mended = 0
        self._stream = stream
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
        self.limits = limits
        self._line = 1
        self._counted = 0

    def line(self) -> int:
        """The line of `at`, from 1."""
        self._line += self.buffer.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def peek(self) -> str:
        """The next character that is no space, "" at the end; `at` is moved to it."""
        while True:
            self.at = _SPACE.match(self.buffer, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if self.ended:
                return ""
            self.more()

    def value(self) -> Any:
        """The value at `at`, which is moved behind it. Raises _TooLarge, json.JSONDecodeError, ValueError."""
        while True:
            try:
                value, end = jsonl.DECODER.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError as error:
                is_cut = error.msg.startswith("Unterminated string") or error.pos >= len(self.buffer) - _CUT
                if self.ended or not is_cut:
                    raise
            except RecursionError:
                raise Unreadable("JSON that is nested too deeply") from None
            else:
                if self.ended or end < len(self.buffer):  # a number may go on
                    self.at = end
                    return value
            self.more()

    def more(self) -> None:
        """Reads on, as much again as there is. Raises _TooLarge."""
        self.line()
        self.buffer = self.buffer[self.at :]
        self.at = self._counted = 0
        most = self.limits.record
        if len(self.buffer) > most:
            raise _TooLarge(refusal("an entry is larger than", "record", most, ", or a string in it never ends"))
        data = self._stream.read(max(_CHUNK, len(self.buffer)))
        self.ended = not data
        self.buffer += self._decode(data, self.ended)
        if jsonl.has_too_many_values(self.buffer, self.limits.values):
            raise _TooLarge(refusal("an entry has more than", "values", self.limits.values, " values"))

    def complaint(self, error: ValueError) -> str:
        """What is wrong with the value at `at`, for people."""
        if not isinstance(error, json.JSONDecodeError):
            return f"not JSON: {error}"
        return f"not JSON: {error.msg} in line {self.line() + self.buffer.count(chr(10), self.at, error.pos):,}"

    def skip_to_object(self) -> None:
        """Moves `at` to an object that begins where another value ended, or to the end; `mended` counts how often.
        Raises Unreadable if that is too often."""
        self.mended += 1
        if self.mended > _MOST_MENDED:
            raise Unreadable(f"more than {_MOST_MENDED:,} entries are not JSON; what follows is not read")
        self.at += 1
        while not (match := _NEXT_OBJECT.search(self.buffer, self.at)):
            self.at = max(self.at, len(self.buffer) - _LONGEST_GAP)
            if self.ended:
                self.at = len(self.buffer)
                return
            self.more()
        self.at = match.end()


def _has_lines(document: Document) -> bool:
    """Whether a document is JSON Lines. One that is called so is, unless it begins as no line of that could."""
    if document.name.lower().endswith((".jsonl", ".ndjson")):
        return not _ONE_VALUE.match(document.sample.removeprefix(codecs.BOM_UTF8))
    first, _, rest = document.sample.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    try:
        return rest.lstrip().startswith(b"{") and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _records(text: _Text, names: FieldNames) -> Iterator[Record]:
    """The articles' objects. An entry of a list without a title or a body is a bad one if another there has one."""
    bad: list[Record] = []  # those before the first that has
    untold, several, seen = 0, False, False
    last: Any = None
    for entry in _entries(text, 0):
        if entry.number == 1:
            bad, untold, several = [], 0, False
        place = f"entry {entry.number:,}" if entry.number and entry.level else ""
        if entry.reason:
            seen = True
            yield Record(None, entry.line, place, entry.reason)
            continue
        found = 0
        for found, record in enumerate(articles_in(entry.value, names), 1):
            yield from bad
            if untold:
                yield Record(None, entry.line, place, f"{untold:,} more entries before it gave no article")
            bad, untold = [], 0
            yield Record(record, entry.line, place or (f"entry {found:,}" if record is not entry.value else ""))
        if found:
            several = seen = True
            continue
        last = entry.value
        told = Record(None, entry.line, place, str(article_or_reason(last, names)))
        if several:
            yield told
        elif len(bad) < MOST_REJECTIONS:
            bad.append(told)
        else:
            untold += 1
        if untold + len(bad) > text.limits.misses:
            nothing = "" if seen else f"no article in it{_what_there_is(last, names)}; "
            stopped = f"{nothing}not read any further after"
            raise Unreadable(refusal(stopped, "misses", text.limits.misses, " entries that are no articles"))
    if not seen:
        raise Unreadable(f"no article in it{_what_there_is(last, names)}")


def _what_there_is(value: Any, names: FieldNames) -> str:
    """Why what was read last is no article."""
    if isinstance(value, dict) and value:
        return names.hint(unwrapped(value))
    return ": only objects with a title or a body are read as articles"


def _entries(text: _Text, level: int) -> Iterator[_Entry]:
    """The values that are read whole, in the list that `at` is in or in the sequence of values at the outermost level.

    Raises Unreadable for a list without an end."""
    number = 0
    while start := text.peek():
        if start == "]" and level:
            text.at += 1
            return
        if start == "," or (text.mended and start in "]}:"):
            text.at += 1
            continue
        number += 1
        yield from _value(text, start, number, level)
    if level:
        raise Unreadable("the JSON ends in the middle of a list: what follows is missing")


def _value(text: _Text, start: str, number: int, level: int) -> Iterator[_Entry]:
    """What is read whole of the value that begins at `at` with `start`: the value itself or parts of it."""
    line = text.line()
    if level > MOST_LEVELS:
        raise Unreadable("JSON that is nested too deeply")
    if start == "[":
        text.at += 1
        yield from _entries(text, level + 1)
        return
    try:
        value = text.value()
        if isinstance(value, dict) or not text.mended:
            yield _Entry(value, line, number, level)
    except _TooLarge:
        if start != "{":
            raise
        text.at += 1
        yield from _members(text, level + 1)
    except ValueError as error:
        yield _Entry(None, line, number, level, text.complaint(error))
        text.skip_to_object()


def _members(text: _Text, level: int) -> Iterator[_Entry]:
    """The objects and lists among the values of an object, of which `at` is behind the opening brace."""
    while (start := text.peek()) != "}":
        if start == ",":
            text.at += 1
            continue
        try:
            text.value()
            if text.peek() != ":":
                raise Unreadable(f"not JSON: a name without a value in line {text.line():,}")
            text.at += 1
            start = text.peek()
            if start not in ("[", "{"):
                text.value()
        except ValueError as error:
            raise Unreadable(text.complaint(error)) from None
        if start in ("[", "{"):
            yield from _value(text, start, 0, level)
    text.at += 1
