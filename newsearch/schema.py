"""Which fields an article has, what each is called, and how each becomes terms: the vocabulary of both halves.

The index keeps, for each article:

    words      of title, lead and body, search-mode words without a prefix          ranking
    bigrams    of title, lead and body                                              strings, ranking
    keywords   id, source, section, authors as whole values, prefixed with the field and a separator
    columns    date, lengths, digest, source file                                   filters, sorting, norms

The lead is the first `LEAD` characters of the body, up to the end of the run of letters that stands there.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import NamedTuple

from whoosh import fields as whoosh_fields

from newsearch.article import Article
from newsearch.terms.fold import View, fold, view
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import index_words

#: Changes whenever the same article would get other terms; an index remembers the one it was made with.
ANALYZER = "search words + bigrams + lead 100, folding 1"

LEAD = 100
_SEPARATOR = "\x1f"

#: Text that is searched when no field is named: title or body.
TEXT = "text"
TEXT_FIELDS = (TEXT, "title", "body")
KEYWORD_FIELDS = ("id", "source", "section", "author")

#: What a query may call each field.
FIELD_NAMES = {
    "title": "title", "标题": "title", "題目": "title", "题目": "title", "標題": "title",
    "body": "body", "正文": "body", "内容": "body", "text": "text", "全文": "text",
    "author": "author", "authors": "author", "作者": "author", "记者": "author",
    "source": "source", "来源": "source", "报纸": "source", "來源": "source",
    "section": "section", "版面": "section", "栏目": "section",
    "date": "date", "日期": "date",
    "id": "id", "编号": "id",
}  # fmt: skip

#: The fields as Whoosh knows them.
SCHEMA = whoosh_fields.Schema(
    id=whoosh_fields.ID(unique=True),
    text=whoosh_fields.TEXT(phrase=False),
    title=whoosh_fields.TEXT(phrase=False),
    body=whoosh_fields.TEXT(phrase=False),
    author=whoosh_fields.ID(),
    source=whoosh_fields.ID(),
    section=whoosh_fields.ID(),
    date=whoosh_fields.NUMERIC(int),
    article=whoosh_fields.STORED(),
)


class ArticleTerms(NamedTuple):
    """Everything the index needs of an article. `views` are title and body as they are matched; `lead_end` is
    where the lead ends in the body's view."""

    title: list[str]
    lead: list[str]
    body: list[str]
    keywords: list[str]
    views: tuple[str, str]
    lead_end: int


@dataclass(frozen=True, slots=True)
class ArticleViews:
    """Title and body of a stored article as they are matched."""

    title: View
    body: View


def article_terms(article: Article, segmenter: Segmenter) -> ArticleTerms:
    """Cuts an article into terms. Deterministic for one `ANALYZER` and one dictionary."""
    title, body = view(article.title).text, view(article.body).text
    end = lead_end(body)
    return ArticleTerms(
        index_words(title, segmenter),
        index_words(body[:end], segmenter),
        index_words(body[end:], segmenter),
        article_keywords(article),
        (title, body),
        end,
    )


def lead_end(body: str) -> int:
    """Where the lead of a body's view ends."""
    end = min(LEAD, len(body))
    while end < len(body) and body[end].isalnum():
        end += 1
    return end


def article_keywords(article: Article) -> list[str]:
    """The keyword terms of an article; the id first."""
    values = [("source", article.source), ("section", article.section)]
    values += [("author", author) for author in article.authors]
    return [id_term(article.id), *(keyword_term(field, value) for field, value in values if value)]


def keyword_term(field: str, value: str) -> str:
    """The term under which a whole value of a keyword field is indexed: folded, but for ids."""
    return f"{field}{_SEPARATOR}{value if field == 'id' else fold(value.strip())}"


def id_term(article_id: str) -> str:
    return keyword_term("id", article_id)


def date_number(date: dt.date | None) -> int:
    """A date as the number YYYYMMDD, 0 for none: ordered like dates."""
    return date.year * 10000 + date.month * 100 + date.day if date else 0


def encode_article(article: Article) -> bytes:
    """The article as it is stored: JSON, empty fields left out."""
    mapping = {key: value for key, value in article.to_mapping().items() if value}
    return json.dumps(mapping, ensure_ascii=False, separators=(",", ":")).encode()


def decode_article(stored: bytes) -> Article:
    mapping = json.loads(stored)
    date = mapping.get("date")
    mapping["date"] = dt.date.fromisoformat(date) if date else None
    mapping["authors"] = tuple(mapping.get("authors", ()))
    return Article(**mapping)


def article_views(article: Article) -> ArticleViews:
    return ArticleViews(view(article.title), view(article.body))
