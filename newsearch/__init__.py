"""Chinese full-text search over news articles.

import newsearch
with newsearch.open("index", create=True) as index:
    index.add(newsearch.read_articles("corpus"))
    for hit in index.search("乡村振兴"):
        print(hit.article.title, hit.snippet.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from newsearch.article import Article
from newsearch.deadline import Deadline
from newsearch.errors import (
    ArticleNotFound,
    BadArticle,
    BadSettings,
    BadWordFile,
    CorpusError,
    ExportFailed,
    IndexDamaged,
    IndexFolderError,
    IndexIncompatible,
    IndexLocked,
    IndexNotOpen,
    NewsearchError,
    NotAnIndex,
    NothingToRead,
    PathNotFound,
    PlotFailed,
    QueryError,
    StorageFailed,
    UnknownEncoding,
    UnknownFormat,
)

if TYPE_CHECKING:
    from newsearch.build import read_articles
    from newsearch.corpus import Rejection
    from newsearch.explain import QueryExplanation
    from newsearch.explore.keywords import Keyword, Trend, Trends
    from newsearch.index.repair import Lost, RepairReport
    from newsearch.library import Index, check, open, repair
    from newsearch.page_explanation import PageExplanation, explain_page
    from newsearch.report import Report
    from newsearch.results import Hit, Results
    from newsearch.snippets import Snippet
    from newsearch.stats import Stats
    from newsearch.synonyms import Synonyms, read_synonyms

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticleNotFound",
    "BadArticle",
    "BadSettings",
    "BadWordFile",
    "CorpusError",
    "Deadline",
    "ExportFailed",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexFolderError",
    "IndexIncompatible",
    "IndexLocked",
    "IndexNotOpen",
    "Keyword",
    "Lost",
    "NewsearchError",
    "NotAnIndex",
    "NothingToRead",
    "PageExplanation",
    "PathNotFound",
    "PlotFailed",
    "QueryError",
    "QueryExplanation",
    "Rejection",
    "RepairReport",
    "Report",
    "Results",
    "Snippet",
    "Stats",
    "StorageFailed",
    "Synonyms",
    "Trend",
    "Trends",
    "UnknownEncoding",
    "UnknownFormat",
    "check",
    "explain_page",
    "open",
    "read_articles",
    "read_synonyms",
    "repair",
]


_ELSEWHERE = {
    "Index": "library",
    "check": "library",
    "open": "library",
    "repair": "library",
    "Hit": "results",
    "Results": "results",
    "Snippet": "snippets",
    "Stats": "stats",
    "Synonyms": "synonyms",
    "read_synonyms": "synonyms",
    "Report": "report",
    "read_articles": "build",
    "Rejection": "corpus",
    "QueryExplanation": "explain",
    "PageExplanation": "page_explanation",
    "explain_page": "page_explanation",
    "Keyword": "explore.keywords",
    "Lost": "index.repair",
    "RepairReport": "index.repair",
    "Trend": "explore.keywords",
    "Trends": "explore.keywords",
}


def __getattr__(name: str) -> Any:
    """What is elsewhere is loaded when it is asked for: nobody waits for what is not used."""
    if name in _ELSEWHERE:
        value = globals()[name] = getattr(import_module(f"newsearch.{_ELSEWHERE[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
