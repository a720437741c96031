"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from newsearch.article import Article
from newsearch.corpus.decode import sniff
from newsearch.corpus.document import Document, Reading, Rejection
from newsearch.errors import BadArticle


def read(document: Document, reading: Reading) -> Iterator[Article | Rejection]:
    """The articles of the lines, and a rejection for each line that holds none."""
    document.encoding = sniff(document.sample, reading.encoding)
    encoding = document.encoding.split(" ")[0]
    for found in read_json_lines(_lines(document, reading, encoding), encoding):
        yield found if isinstance(found, Article) else Rejection(document.shown, found[1], found[0])


def read_json_lines(lines: Iterable[bytes], encoding: str) -> Iterator[Article | tuple[int, str]]:
    """The articles of a file of JSON Lines; for a line that holds none, its number (from 1) and the reason."""
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode(encoding).strip().removeprefix("\ufeff")
            if text:
                yield Article.from_mapping(json.loads(text))
        except BadArticle as error:
            yield number, str(error)
        except UnicodeDecodeError:
            yield number, f"not {encoding} text"
        except json.JSONDecodeError as error:
            yield number, f"not JSON: {error.msg} at column {error.colno}"
        except ValueError as error:
            yield number, f"not JSON: {error}"
        except RecursionError:
            yield number, "not JSON: nested too deeply"


def _lines(document: Document, reading: Reading, encoding: str) -> Iterator[bytes]:
    """The lines, still encoded."""
    if encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")):  # a line end is more than one byte
        lines = document.content(reading.limits.document).decode(encoding, "replace").splitlines()
        return (line.encode(encoding) for line in lines)
    return document.lines(reading.limits.record)
