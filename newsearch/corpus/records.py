"""Records with named fields → articles: what JSON, JSON Lines and tables have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newsearch.article import Article
from newsearch.corpus.document import Document, Rejection
from newsearch.corpus.facts.fields import FieldNames, plain_name
from newsearch.corpus.frames import rows_of
from newsearch.corpus.limits import refusal
from newsearch.corpus.trouble import TROUBLE, Unreadable
from newsearch.errors import BadArticle

#: So many rejections of one document are told one by one; the others are counted.
MOST_REJECTIONS = 1000
#: An article lies no deeper in objects and lists than so many levels.
MOST_LEVELS = 12
_HOLDERS = (
    "articles items data list results result records rows docs documents hits entries posts news stories contents "
    "文章 新闻 新聞 稿件 数据 數據 列表 记录 記錄 结果 結果 报道 報道"
)
#: Names under which an object that has a title itself (a feed, a page of results) keeps its articles.
HOLDERS = frozenset(_HOLDERS.split())
#: An object inside another which has the article, or the rest of it: Elasticsearch, JSON:API, GraphQL, CouchDB.
WRAPPERS = ("_source", "attributes", "node", "article", "doc", "fields")


class Record(NamedTuple):
    """A record, or the reason why there is none where one was expected. `line` counts from 1; `place` names it for
    people where the line does not ("" where it does)."""

    value: Any
    line: int | None
    place: str = ""
    reason: str = ""


def articles(
    document: Document, records: Iterable[Record], names: FieldNames, misses: int
) -> Iterator[Article | Rejection]:
    """The articles that records are, and a rejection for each that is none, until there are more `misses` in a row than
    so many; adds to the document's warnings."""
    rejected = in_a_row = 0
    trouble: Exception | None = None
    try:
        for record in records:
            found = record.reason or article_or_reason(record.value, names)
            if isinstance(found, Article):
                in_a_row = 0
                yield found
                continue
            rejected += 1
            in_a_row += 1
            if in_a_row > misses:
                after = " records in a row are no articles; no more were read"
                raise Unreadable(refusal("more than", "misses", misses, after))
            if rejected <= MOST_REJECTIONS:
                place = f"{record.place}: " if record.place else ""
                yield Rejection(document.shown, place + found, record.line)
    except TROUBLE as error:
        trouble = error
    if rejected > MOST_REJECTIONS:
        more = f"{rejected - MOST_REJECTIONS:,} more that gave no article, for like reasons"
        yield Rejection(document.shown, more)
    document.warnings += names.warnings()
    if trouble:
        raise trouble


def article_or_reason(value: Any, names: FieldNames) -> Article | str:
    """The article that a record is, or why it is none."""
    try:
        return Article.from_mapping(names.mapped(value) if isinstance(value, Mapping) else value)
    except BadArticle as error:
        hint = names.hint(value) if error.key == "body" and isinstance(value, Mapping) and value else ""
        return f"{error}{hint}"


def articles_in(value: Any, names: FieldNames, level: int = 0) -> Iterator[Any]:
    """The outermost objects in a value that have a title or a body; of a list that has such, its other entries too."""
    if isinstance(value, dict):
        value = unwrapped(value)
        if (rows := rows_of(value, names)) is not None:
            yield from rows
        elif names.is_article(value) and not _holds_articles(value, names):
            yield value
        elif level < MOST_LEVELS:
            for child in value.values():
                if isinstance(child, dict | list):
                    yield from articles_in(child, names, level + 1)
    elif isinstance(value, list) and level < MOST_LEVELS:
        several = any(type(child) is dict and names.is_article(unwrapped(child)) for child in value)
        for child in value:
            inside = articles_in(child, names, level + 1)
            first = next(inside, None)
            if first is not None:
                yield first
                yield from inside
            elif several and not (type(child) is dict and "@type" in child):  # linked data say what else they are
                yield child


def unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    """An object with what lies in the wrapper in it, if it has one."""
    for name in WRAPPERS:
        if type(inner := value.get(name)) is dict:
            return {key: value[key] for key in value if key != name} | inner
    return value


def _holds_articles(value: dict[str, Any], names: FieldNames) -> bool:
    """Whether an object is a feed or a page of results rather than an article."""
    return any(
        type(child) is list
        and bool(child)
        and type(child[0]) is dict
        and plain_name(name) in HOLDERS
        and names.is_article(unwrapped(child[0]))
        for name, child in value.items()
    )
