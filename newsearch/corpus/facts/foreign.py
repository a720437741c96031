"""Dates with the year behind, as abroad: in English, and in numbers. Apart from the others: few files need them."""

from __future__ import annotations

import datetime as dt
import re

from newsearch.corpus.facts.dates import make_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ENGLISH_DATE = re.compile(
    rf"\b(?:{_NAMED_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?|(\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAMED_MONTH},?)\s+((?:19|20)\d{{2}})\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", *"一二三四五六日")
_WEEKDAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b|(?:星期|[周週])([一二三四五六日])|礼拜([一二三四五六日])",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")


def foreign_date(text: str) -> dt.date | None:
    """The first date with the year behind: Mar 04, 2024, 4 March 2024, 04/03/2024. Of two numbers the first is the day,
    as in Hong Kong, Singapore and Malaysia, unless only the second can be, or a weekday beside them says so."""
    if match := _ENGLISH_DATE.search(text):
        month = _MONTHS.index((match[1] or match[4]).lower()) + 1
        return make_date(int(match[5]), month, int(match[2] or match[3]))
    if match := _YEAR_LAST.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        days = [day for day in (make_date(year, second, first), make_date(year, first, second)) if day]
        weekday = _WEEKDAY.search(text)
        named = _WEEKDAYS.index((weekday[1] or weekday[2] or weekday[3]).lower()) % 7 if weekday else None
        return next((day for day in days if day.weekday() == named), days[0] if days else None)
    return None
