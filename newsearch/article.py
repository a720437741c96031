"""What a news article is: an immutable record of plain text and a few facts about it.

Every reader of files ends in this type and every index starts from it. Text is kept exactly as it was written;
whoever searches folds a copy.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from newsearch.errors import BadArticle

#: The keys of `to_mapping`, of `newsearch read` and of JSON Lines input, in this order.
KEYS = ("id", "title", "body", "date", "authors", "source", "section", "url", "path", "kicker")

_values = attrgetter(*KEYS)
_DATE = re.compile(r"\s*(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?!\d).*", re.DOTALL)
# A space parts two Chinese names, but not the two halves of a Latin one.
_SEPARATORS = re.compile(r"\s*[、,，;；/]\s*|(?<=[^\x00-\u024f])\s+|\s+(?=[^\x00-\u024f])")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `title` or `body` has text; everything else may be empty.

    `date` is the day of publication. `path` is the file it came from, `kicker` the line above the title
    (often a place). An `id` of "" is filled in by whoever reads or adds the article.
    """

    id: str = ""
    title: str = ""
    body: str = ""
    date: dt.date | None = None
    authors: tuple[str, ...] = ()
    source: str = ""
    section: str = ""
    url: str = ""
    path: str = ""
    kicker: str = ""

    def __reduce__(self) -> tuple[type[Article], tuple[Any, ...]]:
        """Pickled as what it is made of: what dataclasses do for one with slots takes ten times as long."""
        return type(self), _values(self)

    def to_mapping(self) -> dict[str, Any]:
        """The article as JSON-ready values, `date` as YYYY-MM-DD or None, keys in the order of `KEYS`."""
        fields = {key: getattr(self, key) for key in KEYS}
        return fields | {"date": self.date.isoformat() if self.date else None, "authors": list(self.authors)}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Article:
        """Reads what `to_mapping` writes; `author` (a string or list) is accepted for `authors`, `date` may
        be a date, YYYY-MM-DD, YYYYMMDD or 2024年6月1日. Unknown keys are ignored.

        Raises BadArticle, naming the key, for a value of the wrong type or an article without text.
        """
        if not isinstance(mapping, Mapping):
            raise BadArticle(f"an article is an object with keys such as title and body, not {_kind(mapping)}")
        texts = {key: _text(mapping, key) for key in KEYS if key not in ("date", "authors")}
        if not texts["title"].strip() and not texts["body"].strip():
            raise BadArticle("an article needs a title or a body", "body")
        authors = mapping.get("authors") or mapping.get("author")
        return cls(**texts, date=parse_date(mapping.get("date")), authors=_authors(authors))

    def with_id(self, key: str, occurrence: int = 0) -> Article:
        """The article with an id made from its file's `key` and its title, unless it has one. `occurrence`
        tells apart articles of one title in one file."""
        if self.id:
            return self
        name = "\0".join((key, self.kicker, self.title or self.body[:64], str(occurrence)))
        return replace(self, id=hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest())

    def digest(self) -> int:
        """64 bits over every field: equal for the same article read again from the same place."""
        authors, date = "\1".join(self.authors), self.date.isoformat() if self.date else ""
        facts = (
            self.id,
            self.title,
            self.body,
            date,
            authors,
            self.source,
            self.section,
            self.url,
            self.path,
            self.kicker,
        )
        text = "\0".join(facts)
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


class Identifier:
    """Gives the articles of one file their ids, one after another: stable as long as file key and titles are."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._seen: dict[tuple[str, str], int] = {}

    def __call__(self, article: Article) -> Article:
        name = (article.kicker, article.title or article.body[:64])
        occurrence = self._seen.get(name, 0)
        self._seen[name] = occurrence + 1
        return article.with_id(self._key, occurrence)


def parse_date(value: object) -> dt.date | None:
    """A date, or a string that begins with one. Raises BadArticle for anything else but None and ""."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        if match:
            return dt.date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
        if isinstance(value, str) and value[:1].isalpha():
            from email.utils import parsedate_to_datetime  # slow to import, rarely needed

            return parsedate_to_datetime(value).date()  # as feeds write it: Sat, 01 Jun 2024 10:30:00 +0800
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    raise BadArticle(f"not a date: {str(value)[:40]!r} (write 2024-06-01)", "date")


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    if value is None or value == "":
        return ""
    if isinstance(value, bool | float) or not isinstance(value, str | int):
        raise BadArticle(f"{key} must be a string, not {_kind(value)}", key)
    text = _storable(str(value))
    return text if key in ("title", "body") else _whole_value(text)


def _storable(text: str) -> str:
    """A lone surrogate (JSON can spell one, a file name can have one) is no character and cannot be stored."""
    return _SURROGATES.sub("\ufffd", text) if _SURROGATES.search(text) else text


def _whole_value(text: str) -> str:
    """A NUL stands in no name and no address, and the trie that finds whole values does not take every one."""
    return text.replace("\0", "\ufffd")


def _authors(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, str):
        return tuple(name for name in _SEPARATORS.split(_whole_value(_storable(value)).strip()) if name)
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return tuple(_whole_value(_storable(name)).strip() for name in value if name.strip())
    raise BadArticle(f"authors must be a string or a list of strings, not {_kind(value)}", "authors")


def _kind(value: object) -> str:
    names: dict[type, str] = {
        dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null",
    }  # fmt: skip
    return names.get(type(value), "a number" if isinstance(value, int | float) else type(value).__name__)
