"""What a page says about itself for machines: meta elements, JSON-LD, its own title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from newsearch.corpus.web.rules import META_SITE, META_TITLE, SITE
from newsearch.corpus.web.scripts import linked_article


class Said(NamedTuple):
    """What a page says about itself for machines: its meta elements, the article of its JSON-LD, its markup."""

    meta: Mapping[str, str]
    linked: Mapping[str, Any]
    title: str
    markup: str

    def first(self, names: Sequence[str]) -> str:
        return next((value for name in names if (value := self.meta.get(name, ""))), "")


def said(root: etree._Element, markup: str) -> Said:
    """What a page says to machines; `markup` is the text it was parsed from."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        if name and (value := " ".join((element.get("content") or "").split())):
            meta.setdefault(name, value)
    title = next((" ".join("".join(map(str, e.itertext())).split()) for e in root.iter("title")), "")
    return Said(meta, linked_article(markup), title, markup)


def is_site(text: str, told: Said) -> bool:
    """Whether a text is the name of the page's site."""
    sites = {told.meta.get(name, "") for name in META_SITE}
    return text in sites or (bool(SITE.search(text)) and len(text) <= 12 and text != told.first(META_TITLE))
