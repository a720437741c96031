"""Tables that were dumped as JSON by columns: what pandas and data sets write → one record a row.

{"title": {"0": "甲", "1": "乙"}, "content": {"0": "…", "1": "…"}}          by columns, keyed by row
{"title": ["甲", "乙"], "content": ["…", "…"]}                            by columns, in order
{"columns": ["title", "content"], "data": [["甲", "…"], ["乙", "…"]]}      the header apart
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from newsearch.corpus.facts.fields import FieldNames


def rows_of(value: Mapping[str, Any], names: FieldNames) -> list[dict[str, Any]] | None:
    """The rows of a table, None if the object is none."""
    if not any(type(part) is dict or type(part) is list for part in value.values()):
        return None
    header, data = value.get("columns"), value.get("data")
    if _is_header(header, names) and isinstance(data, list) and data and all(isinstance(row, list) for row in data):
        return [dict(zip(header, row, strict=False)) for row in data]  # type: ignore[arg-type]
    plan = dict(names.plan(value))
    texts: list[Any] = [value.get(name) for field in ("title", "body") for name in plan.get(field, ())]
    alike = all(map(_is_column, texts)) and len({(type(column), len(column)) for column in texts}) == 1
    first = texts[0] if len(texts) > 1 and alike else None
    columns: dict[str, Any] = {name: column for name, column in value.items() if type(column) is type(first)}
    if isinstance(first, dict):
        return [{name: column.get(key) for name, column in columns.items()} for key in first]
    if isinstance(first, list):
        whole = {name: column for name, column in columns.items() if len(column) == len(first)}
        return [dict(zip(whole, row, strict=True)) for row in zip(*whole.values(), strict=True)]
    return None


def _is_header(header: object, names: FieldNames) -> bool:
    if not isinstance(header, list) or not all(isinstance(name, str) for name in header):
        return False
    return any(field in ("title", "body") for field, _ in names.plan(header))


def _is_column(column: object) -> bool:
    """Whether a value is the column of a table: a list of one is what some crawlers make of every value."""
    cells: Sequence[object]
    if isinstance(column, dict):
        cells = list(column.values()) if all(key.isdecimal() for key in column) else ()
    else:
        cells = column if isinstance(column, list) and len(column) > 1 else ()
    return bool(cells) and all(cell is None or isinstance(cell, str) for cell in cells)
