"""newsearch, as its command builds and its library searches.

With `match="any"` one piece of a query is enough, but of that piece all the words. A headline is one or two pieces, so
fewer articles match here than have any of its words; what is ranked are all its words all the same.
"""

from __future__ import annotations

from pathlib import Path

import newsearch
from newsearch.build import index_files
from newsearch.index.storage import Storage

from .engine import Card, Engine, Searching
from .queries import Query


def _build(path: Path, folder: Path) -> None:
    index_files(Storage(folder), path)  # what `newsearch index` calls


def _open(folder: Path) -> Searching:
    index = newsearch.open(folder)

    def search(query: Query) -> newsearch.Results:
        return index.search(
            f'"{query.text}"' if query.match == "exact" else query.text,
            match="any" if query.match == "any" else "all",
            date_from=query.since or None,
            date_to=query.until or None,
        )

    def cards(query: Query) -> list[Card]:
        return [
            Card(hit.article.title, hit.title_highlights, hit.snippet.text, hit.snippet.highlights)
            for hit in search(query)
        ]

    return Searching(lambda query: [hit.id for hit in search(query)], cards, lambda query: search(query).total)


ENGINE = Engine(_build, _open)
