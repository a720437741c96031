"""Chinese full-text search over news articles.

import newsearch
with newsearch.open("index", create=True) as index:
    index.add(newsearch.read_articles("corpus"))
    for hit in index.search("乡村振兴"):
        print(hit.article.title, hit.snippet.text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsearch.article import Article
from newsearch.errors import (
    ArticleNotFound,
    BadArticle,
    BadWordFile,
    CorpusError,
    IndexDamaged,
    IndexFolderError,
    IndexIncompatible,
    IndexLocked,
    NewsearchError,
    NotAnIndex,
    NothingToRead,
    PathNotFound,
    QueryError,
    StorageFailed,
    UnknownEncoding,
    UnknownFormat,
)
from newsearch.library import Index, Stats, open
from newsearch.search import Hit, Results
from newsearch.snippets import Snippet
from newsearch.synonyms import Synonyms, read_synonyms

if TYPE_CHECKING:
    from newsearch.build import Report, read_articles
    from newsearch.corpus import Rejection

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticleNotFound",
    "BadArticle",
    "BadWordFile",
    "CorpusError",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexFolderError",
    "IndexIncompatible",
    "IndexLocked",
    "NewsearchError",
    "NotAnIndex",
    "NothingToRead",
    "PathNotFound",
    "QueryError",
    "Rejection",
    "Report",
    "Results",
    "Snippet",
    "Stats",
    "StorageFailed",
    "Synonyms",
    "UnknownEncoding",
    "UnknownFormat",
    "open",
    "read_articles",
    "read_synonyms",
]


def __getattr__(name: str) -> Any:
    """What only building needs is loaded when it is asked for: a search starts 0.1 s sooner."""
    if name in ("Report", "read_articles"):
        from newsearch import build

        return getattr(build, name)
    if name == "Rejection":
        from newsearch.corpus import Rejection

        return Rejection
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
