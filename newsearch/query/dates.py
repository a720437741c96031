"""What is written after 日期: → the first and last day, as numbers YYYYMMDD."""

from __future__ import annotations

import calendar
import re

FIRST_DAY, LAST_DAY = 1, 99991231  # 0 is no date
ADVICE = "write 2024, 2024-06, 2024-06-01, 2024年6月, 2024-06..2024-07 or >=2024"

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?|(\d{4})(\d{2})(\d{2})")
_RANGE = ".."
_COMPARISON = re.compile("[<>]=?|[≤≥]")
_SHOWN = 40


class BadDate(ValueError):
    """What is written is no date; `offset` is where in it the fault is, `advice` what to write."""

    def __init__(self, message: str, offset: int, advice: str = ADVICE) -> None:
        super().__init__(message)
        self.offset = offset
        self.advice = advice


def date_range(value: str) -> tuple[int, int]:
    """The first and last day of a folded value: a date, `from..to` with either end left out, or a comparison.

    Raises BadDate.
    """
    if _RANGE in value:
        return _between(value)
    sign = _COMPARISON.match(value)
    if not sign:
        return _span(value, 0)
    first, last = _span(value[sign.end() :], sign.end())
    return {
        ">=": (first, LAST_DAY), "≥": (first, LAST_DAY), ">": (last + 1, LAST_DAY),
        "<=": (FIRST_DAY, last), "≤": (FIRST_DAY, last), "<": (FIRST_DAY, first - 1),
    }[sign[0]]  # fmt: skip


def _between(value: str) -> tuple[int, int]:
    low, high = value.split(_RANGE, 1)
    if not low and not high:
        raise BadDate("neither end of the dates is given", 0, "write 2024-06.. or ..2024-07")
    first = _span(low, 0)[0] if low else FIRST_DAY
    last = _span(high, len(low) + len(_RANGE))[1] if high else LAST_DAY
    if first > last:
        raise BadDate(f"the dates end before they begin: {value}", 0, "write the earlier one first")
    return first, last


def _span(value: str, offset: int) -> tuple[int, int]:
    try:
        return date_span(value)
    except ValueError:
        raise BadDate(f"not a date: {value[:_SHOWN]!r}", offset) from None


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
