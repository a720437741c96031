"""Errors → one line that says what to do; for a query, a caret under the column as well."""

from __future__ import annotations

from newsearch.errors import NewsearchError, QueryError
from newsearch.render.terminal import fitting, one_line, width

# Columns of a query that an error shows, its caret under them: on a terminal of 80 neither line is broken.
_LINE = 76


def error_text(error: NewsearchError) -> str:
    """One line; for a query, the query and a caret under the column as well."""
    line = f"error: {one_line(str(error))}"
    if isinstance(error, QueryError) and error.query.strip():
        before, after = _around(one_line(error.query), error.column)
        return f"{line}\n  {before}{after}\n  {' ' * width(before)}^"
    return line


def _around(text: str, column: int) -> tuple[str, str]:
    """What stands before a column of a text and from it on, as much as fits on a line."""
    before, after = text[max(0, column - _LINE) : column], text[column : column + _LINE]
    room = _LINE - min(width(after), _LINE // 2)
    if column > len(before) or width(before) > room:
        before = "…" + fitting(before[::-1], room - 1)[::-1]
    room = _LINE - width(before)
    if column + len(after) < len(text) or width(after) > room:
        after = fitting(after, room - 1) + "…"
    return before, after
