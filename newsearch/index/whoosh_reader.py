"""One generation of an index as Whoosh reads it: `whoosh.searching.Searcher(whoosh_reader(reader))`.

The same fields, documents and terms as ever, but one posting at a time; for comparing, and for tools that speak Whoosh.
Nothing that newsearch does by itself imports this.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader

from newsearch.codec.postings import BODY, LEAD, TITLE
from newsearch.codec.whoosh_codec.codec import ColumnCodec, ColumnSegment
from newsearch.codec.whoosh_codec.fields import Bigrams, Layout, Numbers, Words
from newsearch.index.reader import Reader
from newsearch.schema import date_number, decode_article, whoosh_schema

#: How the fields of `whoosh_schema` lie in the columns.
LAYOUT: Layout = {
    "title": Words((TITLE,), ("title_length",), own=False),
    "body": Words((LEAD, BODY), ("body_length",), own=False),
    "text": Words((TITLE, LEAD, BODY), ("title_length", "body_length"), own=False),
    "title_bigrams": Bigrams("title"),
    "text_bigrams": Bigrams("bigram"),
    **{name: Words((BODY,)) for name in ("id", "source", "section", "kicker", "author")},
    "date": Numbers("date", none=0),
}


def whoosh_reader(reader: Reader) -> IndexReader:
    """A SegmentReader of Whoosh's for each segment, deletions honoured; one reader over all of them.

    Documents have the numbers they have in `reader`. Damaged bytes raise IndexDamaged.
    """
    schema = whoosh_schema()
    codec = ColumnCodec(schema, LAYOUT, stored_fields)
    leaves = [
        SegmentReader(None, schema, ColumnSegment(codec, "newsearch", segment, np.flatnonzero(~live).tolist()))
        for segment, live in zip(reader.segments, reader.live_parts(), strict=True)
    ]
    if len(leaves) == 1:
        return leaves[0]
    return MultiReader(leaves) if leaves else EmptyReader(schema)


def stored_fields(record: bytes) -> dict[str, Any]:
    """What Whoosh calls stored fields, of a stored article: fields that are empty are left out."""
    article = decode_article(record)
    names = ("id", "title", "body", "source", "section", "kicker")
    fields = {name: getattr(article, name) for name in names}
    fields |= {"author": list(article.authors), "date": date_number(article.date)}
    return {name: value for name, value in fields.items() if value}
