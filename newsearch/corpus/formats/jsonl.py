"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.facts.fields import FieldNames
from newsearch.corpus.records import Record, articles, articles_in

#: A record of more values is refused: each takes up to 200 bytes of memory, however short it is written.
MOST_VALUES = 500_000
#: Line ends and tabs that stand in strings as they are, are no reason to lose an article.
DECODER = json.JSONDecoder(strict=False)

_LONG = 1 << 20


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of the lines, and a rejection for each line that holds none."""
    names = FieldNames(reading.fields)
    yield from articles(document, read_json_lines(document.lines(reading), names), names)


def read_json_lines(lines: Iterable[str], names: FieldNames) -> Iterator[Record]:
    """The records on lines of JSON, with the numbers of their lines, or the reason why there is none."""
    for number, line in enumerate(lines, 1):
        try:
            text = line.strip().removeprefix("\ufeff")
            if not text:
                continue
            if has_too_many_values(text):
                yield Record(None, number, reason=f"more than {MOST_VALUES:,} values on a line")
                continue
            value = DECODER.decode(text)
        except json.JSONDecodeError as error:
            yield Record(None, number, reason=f"not JSON: {error.msg} at column {error.colno}")
        except ValueError as error:
            yield Record(None, number, reason=f"not JSON: {error}")
        except RecursionError:
            yield Record(None, number, reason="not JSON: nested too deeply")
        else:
            yield from _records(value, number, names)


def has_too_many_values(text: str) -> bool:
    """Whether a JSON text may have more than MOST_VALUES values."""
    return len(text) > _LONG and sum(map(text.count, ",[{")) > MOST_VALUES


def _records(value: Any, number: int, names: FieldNames) -> Iterator[Record]:
    if type(value) is dict and names.is_ours(value):
        yield Record(value, number)
        return
    found = None
    for found in articles_in(value, names):
        yield Record(found, number)
    if found is None:
        yield Record(value, number)
