"""CSV, TSV and their kin: one article a row, as a stream.

What parts the cells is the character that makes the first row names that are known, and the rows below it as long. Rows
are read by Python's csv, strictly; a row that strictness refuses, or that runs over several lines and has the wrong
number of cells, has a quotation mark too many or too few. It is taken less strictly then, but never with a line that is
a row by itself: such a mark must not swallow the articles below it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TextIO

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.encoding.decode import sniff
from newsearch.corpus.encoding.late import late_stream
from newsearch.corpus.facts.fields import FieldNames, listed
from newsearch.corpus.limits import refusal
from newsearch.corpus.records import Record, articles
from newsearch.corpus.trouble import TROUBLE, Unreadable

#: What may part cells, the most usual first.
DELIMITERS = ",\t;|，；｜"

_SAMPLE = 1 << 16
_SAMPLE_ROWS = 50
# A title or a note may stand above the header.
_HEADER_AMONG = 8
# So many times as many marks as cells on one line, even if they stand in a text, take too much memory to look at.
_MARKS = 20
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
# What a row with quotation marks that csv refuses may run to, and how many that stay so are looked at more closely.
_MOST_MENDED_LINES = 50
_MOST_MENDED_LENGTH = 1 << 16
_MOST_UNMENDED = 1000
_SEP = re.compile(r"\"?sep=(.)\"?\r?\n?", re.IGNORECASE)


class Dialect(NamedTuple):
    """What parts the cells, and whether they may be in quotation marks."""

    delimiter: str
    quoted: bool

    def rows(self, lines: Iterable[str], strict: bool = False) -> Iterator[list[str]]:
        if self.quoted:
            return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=True, strict=strict)
        return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=strict)


class _Unclosed(Exception):
    """A row is longer than a row may be."""


class _Lines:
    """The lines of a table as csv asks for them, those of the row it is at in `taken`; they can be put back.

    `number` is the line, from 1, that the row began in; `damaged` counts lines with bytes that are no text, `unmended`
    rows whose quotation marks could not be told.
    """

    def __init__(self, stream: TextIO, limit: int, cells: int) -> None:
        self.taken: list[str] = []
        self.number = 1
        self.damaged = 0
        self.unmended = 0
        self.limit = limit
        self.cells = cells
        self._stream = stream
        self._is_first = True
        self._end: Unreadable | None = None
        self._back: deque[str] = deque()
        self._length = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        self._length += len(line)
        if self._length > self.limit:
            raise _Unclosed
        return line

    def begin_row(self) -> None:
        self.number += len(self.taken)
        self.taken.clear()
        self._length = 0

    def put_back(self, kept: int) -> None:
        """Gives all lines of this row again but the first `kept`."""
        self._back.extendleft(reversed(self.taken[kept:]))
        del self.taken[kept:]
        self._length = sum(map(len, self.taken))

    def _read(self) -> str:
        if self._end:
            raise self._end
        line = self._stream.readline(self.limit + 1)
        if len(line) > self.limit:
            self._end = Unreadable(refusal("a line is longer than", "record", self.limit))
            raise self._end
        most = _MARKS * self.cells
        if len(line) > most and max(map(line.count, DELIMITERS)) > most:
            self._end = Unreadable(refusal(f"a line has more than {_MARKS} times", "cells", self.cells, " cells"))
            raise self._end
        if self._is_first:
            self._is_first = False
            line = line.removeprefix("\ufeff")
        self.damaged += "\ufffd" in line
        return line.replace("\0", "") or "\n" if "\0" in line else line


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of the rows. Raises Unreadable if no column can be told to be a title or a body."""
    document.encoding = sniff(document.sample, reading.encoding)
    encoding = document.encoding.split(" ")[0]
    content, late = (document.stream, None) if reading.encoding else late_stream(document)
    stream = io.TextIOWrapper(content, encoding, errors="replace", newline="")
    lines = _Lines(stream, reading.limits.record, reading.limits.cells)
    names = FieldNames(reading.fields, ours=False)
    sample = [line[:_SAMPLE] for line in islice(_sample_lines(lines), _SAMPLE_ROWS * 20)]
    sep = _SEP.fullmatch(sample[0]) if sample else None
    if sep:
        lines.put_back(1)
        lines.begin_row()
        del sample[0]
    lines.put_back(0)
    dialect = find_dialect(sample, names, sep[1] if sep else DELIMITERS)
    header, above = _header(dialect, sample, names)
    document.reasons.append(f"cells parted by {_shown(dialect.delimiter)}")
    columns, names = _columns(header, reading)
    yield from articles(document, _records(lines, dialect, columns, above, names), names, reading.limits.misses)
    if late:
        late.told(document)
        encoding = document.encoding
    if lines.damaged:
        document.warnings.append(f"{lines.damaged:,} lines have bytes that are not {encoding} text, shown as \ufffd")


def find_dialect(sample: Sequence[str], names: FieldNames, delimiters: str = DELIMITERS) -> Dialect:
    """What parts the cells of a table that begins so: what makes most names known, then most rows as long as the
    header. Quotation marks are taken for text only between tabs, if no cell stands in them and they do not fit."""

    def evidence(dialect: Dialect) -> tuple[int, float, bool]:
        rows = [row for row in islice(_readable(dialect, sample), _SAMPLE_ROWS) if row]
        header = max(rows[:_HEADER_AMONG], key=lambda row: len(names.plan(row)), default=[])
        known = len(names.plan(header))
        if not dialect.quoted and any(_QUOTED.fullmatch(cell) for row in rows for cell in row):
            return (known, 0.0, False)
        alike = sum(len(row) == len(header) for row in rows) / max(1, len(rows))
        fits = len(list(_readable(dialect, sample, strict=True))) >= len(rows)
        return (known, alike if known or len(header) > 1 else 0.5, fits)

    dialects = [Dialect(mark, True) for mark in delimiters]
    return max(dialects + [Dialect("\t", False)] * ("\t" in delimiters), key=evidence)


def _readable(dialect: Dialect, lines: Sequence[str], strict: bool = False) -> Iterator[list[str]]:
    """The rows of some lines up to the first that csv refuses."""
    try:
        yield from dialect.rows(lines, strict)
    except csv.Error:
        return


def _sample_lines(lines: _Lines) -> Iterator[str]:
    length = 0
    try:
        for line in lines:
            yield line
            length += len(line)
            if length > _SAMPLE:
                return
    except (_Unclosed, *TROUBLE):  # type: ignore[misc]
        if not length:
            raise


def _header(dialect: Dialect, sample: Sequence[str], names: FieldNames) -> tuple[list[str], int]:
    """The names of the columns, numbers if the user names them by those, and how many rows stand above the articles."""
    rows = list(islice(_readable(dialect, sample), _HEADER_AMONG))
    for number, row in enumerate(rows):
        if any(field in ("title", "body") for field, _ in names.plan(row)):
            return row, number + 1
    if names.given and all(name.isdecimal() for name in names.given):
        return [str(number) for number in range(1, max(map(len, rows), default=0) + 1)], 0
    first = next(filter(any, rows), [])
    needed = "its first row must name the columns, such as 标题,正文,日期 or title,body,date"
    advice = "or say which is which with --map 1=title, --map 2=body"
    raise Unreadable(f"no column is known as a title or a body in {listed(first)}: {needed}, {advice}")


def _columns(header: list[str], reading: Reading) -> tuple[list[str], FieldNames]:
    """The names of the columns, each once, and what they stand for; a column may be named by its number too."""
    columns: list[str] = []
    for name in header:
        columns.append(name if name not in columns else f"{name} ({len(columns) + 1})")
    given = {
        columns[int(name) - 1]
        if name.isdecimal() and name not in columns and 0 < int(name) <= len(columns)
        else name: field
        for name, field in reading.fields.items()
    }
    return columns, FieldNames(given, ours=False)


def _records(lines: _Lines, dialect: Dialect, columns: list[str], above: int, names: FieldNames) -> Iterator[Record]:
    plan = dict(names.plan(columns))
    text = [columns.index(name) for name in plan.get("body", plan.get("title", ())) if name in columns]
    needed = min(text, default=0) + 1
    body_is_last = bool(text) and text[0] == len(columns) - 1
    for row in _rows(lines, dialect, len(columns)):
        if above:
            above -= 1
            continue
        if isinstance(row, str):
            yield Record(None, lines.number, reason=row)
            continue
        while len(row) > len(columns) and not row[-1].strip():
            row.pop()
        if not any(map(str.strip, row)) or row == columns:  # the header again, where files were put together
            continue
        if len(row) > len(columns) and body_is_last:
            row[len(columns) - 1 :] = [dialect.delimiter.join(row[len(columns) - 1 :])]
        if len(row) > len(columns) or len(row) < needed:
            number = f"{len(row):,} cell{'s' if len(row) != 1 else ''}"
            yield Record(None, lines.number, reason=f"{number} where the header has {len(columns):,}")
            continue
        cells = (cell.replace("\r\n", "\n") if "\r" in cell else cell for cell in row)
        yield Record(dict(zip(columns, cells, strict=False)), lines.number)


def _rows(lines: _Lines, dialect: Dialect, columns: int) -> Iterator[list[str] | str]:
    """The rows; for one that cannot be told, the reason."""
    reader = dialect.rows(lines, strict=True)
    while True:
        lines.begin_row()
        row = _row(reader, lines, dialect, columns)
        if row is None:
            return
        yield row


def _row(reader: Iterator[list[str]], lines: _Lines, dialect: Dialect, columns: int) -> list[str] | str | None:
    """The next row, why it cannot be told, or None at the end."""
    before = csv.field_size_limit(lines.limit)
    try:
        row = next(reader)
        if len(row) > lines.cells:
            return refusal("more than", "cells", lines.cells, " cells")
        return row if len(row) == columns or len(lines.taken) == 1 else _mended(lines, dialect, columns)
    except StopIteration:
        return None
    except (csv.Error, _Unclosed):
        return _mended(lines, dialect, columns)
    finally:
        csv.field_size_limit(before)


def _mended(lines: _Lines, dialect: Dialect, columns: int) -> list[str] | str:
    """The row that begins with the first of the lines taken, if its quotation marks end cells only where a cell can
    end: of as few lines as make it whole, none of which is a row by itself. If there is no such row, the first line
    with all its quotation marks as text, or why that is no row."""
    lines.put_back(0)
    text = ""
    for line in islice(lines, _MOST_MENDED_LINES if lines.unmended < _MOST_UNMENDED else 1):
        if text and columns > 1 and _is_row(line, dialect, columns):
            break
        text += line
        if len(text) > _MOST_MENDED_LENGTH:
            break
        cells = _loosely_quoted(text, dialect.delimiter)
        if len(cells) == columns:
            return cells
    lines.unmended += 1
    lines.put_back(1)
    cells = lines.taken[0].rstrip("\r\n").split(dialect.delimiter)
    if len(cells) == columns:
        return [cell.strip().removeprefix('"').removesuffix('"') for cell in cells]
    return "a quotation mark in it is never closed, or stands where none may stand"


def _is_row(line: str, dialect: Dialect, columns: int) -> bool:
    try:
        return [len(row) for row in dialect.rows([line], strict=True)] == [columns]
    except csv.Error:
        return False


def _loosely_quoted(text: str, delimiter: str) -> list[str]:
    """The cells of a row in which a quotation mark ends a cell only before a delimiter or the end, [] if it has an
    open one."""
    cell = _loose_cell(delimiter)
    cells, at = [], 0
    while match := cell.match(text, at):
        inside, end, plain, plain_end = match.groups()
        cells.append(plain if inside is None else inside.replace('""', '"'))
        at = match.end()
        if (end or plain_end or "") != delimiter:
            return cells
    return []


@lru_cache(maxsize=16)
def _loose_cell(delimiter: str) -> re.Pattern[str]:
    part = re.escape(delimiter)
    return re.compile(rf'[ \t]*"(.*?)"[ \t]*({part}|\r?\n?\Z)|(?![ \t]*")([^{part}\r\n]*)({part}|\r?\n?\Z)', re.DOTALL)


def _shown(delimiter: str) -> str:
    return {"\t": "tabs"}.get(delimiter, delimiter)
