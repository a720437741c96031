"""What the scripts of a page say about its article: JSON-LD, the variables of public accounts, and the objects that
pages are drawn from. Nothing is run; they are read as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

_JSON_LD = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.I)
_SCRIPT_END = re.compile("</script", re.I)
_LONGEST_JSON = 200_000
_WECHAT = re.compile(r"""\bvar\s+(ct|createTime|nickname|user_name)\s*=\s*(?:htmlDecode\()?["']([^"']{1,60})["']""")
# How far around a title the rest of its object may reach.
_REACH = 3000
_MOST_PLACES = 10
_PAIR = re.compile(r"""["']?\b(\w{4,20})["']?\s*:\s*(?:"([^"\\]{2,60})"|'([^'\\]{2,60})'|(1\d{9}(?:\d{3})?)\b)""")
#: The names that objects have for the time of publication and for the paper or account, in lower case.
_DATES = frozenset(
    ("pubtime", "publishtime", "publish_time", "newstime", "pubdate", "publishdate", "publish_date", "publishedat",
     "datepublished")
)  # fmt: skip
_SOURCES = frozenset(("media", "source", "medianame", "media_name", "sourcename", "source_name"))


def linked_article(markup: str) -> Mapping[str, Any]:
    """The article in the JSON-LD of a page, {} if there is none."""
    for text in _linked_texts(markup):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            kinds = thing.get("@type")
            if any(
                "Article" in str(kind) or str(kind) == "BlogPosting"
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                return thing
    return {}


def _linked_texts(markup: str) -> Iterator[str]:
    """The scripts of JSON-LD, each looked at once: a page may begin very many and end none."""
    last = 0
    for begun in _JSON_LD.finditer(markup):
        if begun.start() < last:
            continue
        end = _SCRIPT_END.search(markup, begun.end())
        if not end:
            return
        last = end.end()
        if end.start() - begun.end() <= _LONGEST_JSON:
            yield markup[begun.end() : end.start()].strip()


def _things(data: object) -> Iterator[dict[str, Any]]:
    listed = data if isinstance(data, list) else [data]
    for thing in listed:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else ()) if isinstance(part, dict))


def account_variable(markup: str, name: str) -> str:
    """What a variable of a public account's page is set to, "" if there is none."""
    if "js_content" not in markup:
        return ""
    return next((value for key, value in _WECHAT.findall(markup) if key == name), "")


def drawn_from(markup: str, title: str) -> tuple[str, str]:
    """The time of publication and the source in the object of a script that has this title, "" where it has none."""
    date = source = ""
    written = "|".join(re.escape(form) for form in {title, json.dumps(title)[1:-1]})
    places = re.finditer(rf"""["'](?:{written})["']""", markup) if title else ()
    for place in islice(places, _MOST_PLACES):
        for match in _PAIR.finditer(_object_at(markup, place.start())):
            name, value = match[1].lower(), match[2] or match[3] or match[4]
            date = date or (value if name in _DATES else "")
            source = source or (value if name in _SOURCES and not value.isascii() and len(value) <= 20 else "")
    return date, source


def _object_at(text: str, at: int) -> str:
    """What stands around a place between the brace before it and the one behind it."""
    start = max(text.rfind("{", max(0, at - _REACH), at), 0)
    end = text.find("}", at, at + _REACH)
    return text[start : end if end >= 0 else at + _REACH] if at - start < _REACH else ""
