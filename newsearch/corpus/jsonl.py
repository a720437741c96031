"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from newsearch.article import Article
from newsearch.errors import BadArticle


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
