"""Which format a document has: what its name says, and what stands at its beginning."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

from newsearch.article import Article
from newsearch.corpus.document import Document, Reading, Rejection

#: The articles of a document, without ids, and what was rejected. Raises Unreadable, NotText and OSError.
Reader = Callable[[Document, Reading], Iterator[Article | Rejection]]


class Format(NamedTuple):
    """The endings of names that stand for a format, and the module of `newsearch.corpus.formats` that reads it with a
    function `read`; modules are imported when they are first needed."""

    endings: tuple[str, ...]
    module: str


FORMATS = {
    "page": Format((".md", ".markdown"), "text"),
    "article": Format((".txt", ".text"), "text"),
    "jsonl": Format((".jsonl", ".ndjson"), "json_file"),
    "json": Format((".json",), "json_file"),
    "csv": Format((".csv", ".tsv", ".tab"), "table"),
    "html": Format((".html", ".htm", ".shtml", ".xhtml", ".mhtml", ".mht"), "html"),
    "feed": Format((".rss", ".atom", ".rdf", ".xml"), "feed"),
    "mail": Format((".eml", ".mbox"), "mail"),
    "docx": Format((".docx", ".docm", ".doc", ".rtf"), "docx"),
    "pdf": Format((".pdf",), "pdf"),
    "epub": Format((".epub",), "epub"),
}


_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*\{\s*[\"}])")


def endings() -> str:
    """All endings, for people."""
    return " ".join(ending for format in FORMATS.values() for ending in format.endings)


def format_by_name(name: str) -> str | None:
    """The format that a name stands for, None if none does."""
    name = name.lower()
    return next((format for format, (endings, _) in FORMATS.items() if name.endswith(endings)), None)


def format_by_content(sample: bytes) -> str | None:
    """The format that the beginning of a document gives away, None for what may be any text."""
    if _JSON.match(sample):
        return "json"
    return None


def reader(format: str) -> Reader:
    """What reads a format."""
    module = importlib.import_module(f"newsearch.corpus.formats.{FORMATS[format].module}")
    return cast(Reader, module.read)
