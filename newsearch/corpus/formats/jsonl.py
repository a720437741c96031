"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.corpus.facts.fields import FieldNames
from newsearch.corpus.limits import LIMITS, refusal
from newsearch.corpus.records import Record, articles, articles_in

#: Line ends and tabs that stand in strings as they are, are no reason to lose an article.
DECODER = json.JSONDecoder(strict=False)


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of the lines, and a rejection for each line that holds none."""
    names = FieldNames(reading.fields)
    lines = document.lines(reading)
    yield from articles(document, read_json_lines(lines, names, reading.limits.values), names, reading.limits.misses)


def read_json_lines(lines: Iterable[str], names: FieldNames, values: int = LIMITS.values) -> Iterator[Record]:
    """The records on lines of JSON, with the numbers of their lines, or the reason why there is none; a line may have
    so many values."""
    for number, line in enumerate(lines, 1):
        try:
            text = line.strip().removeprefix("\ufeff")
            if not text:
                continue
            if has_too_many_values(text, values):
                yield Record(None, number, reason=refusal("more than", "values", values, " values on a line"))
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


def has_too_many_values(text: str, most: int) -> bool:
    """Whether a JSON text may have more than so many values."""
    return len(text) > most and sum(map(text.count, ",[{")) > most


def _records(value: Any, number: int, names: FieldNames) -> Iterator[Record]:
    if type(value) is dict and names.is_ours(value):
        yield Record(value, number)
        return
    found = None
    for found in articles_in(value, names):
        yield Record(found, number)
    if found is None:
        yield Record(value, number)
