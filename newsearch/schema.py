"""Which fields an article has, what each is called, and how each becomes terms: the vocabulary of both halves.

The index keeps, for each article:

    words      of title, lead and body, search-mode words without a prefix          ranking
    bigrams    of title, lead and body                                              strings, ranking
    keywords   id, source, section, kicker, authors as whole values, prefixed with the field and a separator
    columns    date, lengths, digest, source file                                   filters, sorting, norms

The lead is the first `LEAD` characters of the body, up to the end of the run of letters that stands there.
"""

from __future__ import annotations

import datetime as dt
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.terms.bulk import BatchSegmenter, Occurrences, Vocabulary, cut_texts
from newsearch.terms.fold import View, fold, view

#: Changes whenever the same article would get other terms; an index remembers the one it was made with.
ANALYZER = "search words + bigrams + lead 100, folding 1, keywords 2"

#: Characters of a body that make its lead.
LEAD = 100
#: Parts field and value in the terms of keyword fields; stands in no word.
KEYWORD_MARK = "\x1f"

#: Text that is searched when no field is named: title or body.
TEXT = "text"
KEYWORD_FIELDS = ("id", "source", "section", "author")
#: Fields whose whole values are found without naming the field too: who wrote an article, the line above its title.
BESIDE_TEXT = ("author", "kicker")

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


class BatchTerms(NamedTuple):
    """What the index needs of a batch of articles: occurrences of words (numbers of a vocabulary) and of bigrams
    (keys), each with `places`, the article's number in the batch << 2 | field; and the words in each field of each
    article, int64 of shape (articles, 3)."""

    words: NDArray[np.uint64]
    word_places: NDArray[np.uint64]
    bigrams: NDArray[np.uint64]
    bigram_places: NDArray[np.uint64]
    lengths: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ArticleViews:
    """Title and body of a stored article as they are matched."""

    title: View
    body: View


def batch_terms(articles: Sequence[Article], segmenter: BatchSegmenter, vocabulary: Vocabulary) -> BatchTerms:
    """Cuts articles into terms; `vocabulary` grows. Deterministic for one `ANALYZER` and one dictionary."""
    texts = [text for article in articles for text in (article.title, article.body)]
    words, bigrams = cut_texts(texts, LEAD, segmenter, vocabulary)
    places = _places(words)
    lengths = np.bincount(places, minlength=4 * len(articles)).reshape(-1, 4)[:, :3]
    keywords = [article_keywords(article) for article in articles]
    keyword_numbers = [vocabulary.number(term) for terms in keywords for term in terms]
    keyword_places = np.repeat(np.arange(len(articles)) << 2, [len(terms) for terms in keywords])
    return BatchTerms(
        np.concatenate((words.terms, np.array(keyword_numbers, np.uint64))),
        np.concatenate((places, keyword_places)).astype(np.uint64),
        bigrams.terms,
        _places(bigrams).astype(np.uint64),
        lengths,
    )


def _places(occurrences: Occurrences) -> NDArray[np.int64]:
    """Article << 2 | field from the number of a text: titles are even, bodies odd."""
    is_body = occurrences.texts & 1
    return occurrences.texts >> 1 << 2 | is_body * (1 + occurrences.late)


def article_keywords(article: Article) -> list[str]:
    """The keyword terms of an article; the id first."""
    values = [("source", article.source), ("section", article.section), ("kicker", article.kicker)]
    values += [("author", author) for author in article.authors]
    return [id_term(article.id), *(keyword_term(field, value) for field, value in values if value)]


def keyword_term(field: str, value: str) -> str:
    """The term under which a whole value of a keyword field is indexed: folded, but for ids."""
    return f"{field}{KEYWORD_MARK}{value if field == 'id' else fold(value.strip())}"


def id_term(article_id: str) -> str:
    return keyword_term("id", article_id)


def date_number(date: dt.date | None) -> int:
    """A date as the number YYYYMMDD, 0 for none: ordered like dates."""
    return date.year * 10000 + date.month * 100 + date.day if date else 0


_HEAD = struct.Struct("<II")
_OTHER_KEYS = ("id", "authors", "source", "section", "url", "path", "kicker")


def encode_article(article: Article) -> bytes:
    """The article as it is stored: the lengths of title and body, both in UTF-8, then the rest as JSON.

    Text that stands by itself can be searched without reading the record as a whole.
    """
    title, body = article.title.encode(), article.body.encode()
    rest: dict[str, object] = {key: value for key in _OTHER_KEYS if (value := getattr(article, key))}
    if article.date:
        rest["date"] = article.date.isoformat()
    tail = json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((_HEAD.pack(len(title), len(body)), title, body, tail))


def decode_article(stored: bytes) -> Article:
    title, body = stored_texts(stored)
    rest = json.loads(stored[_HEAD.size + len(title) + len(body) :])
    date = rest.pop("date", None)
    authors = tuple(rest.pop("authors", ()))
    day = dt.date.fromisoformat(date) if date else None
    return Article(title=title.decode(), body=body.decode(), date=day, authors=authors, **rest)


def stored_texts(stored: bytes) -> tuple[bytes, bytes]:
    """Title and body of a stored article, in UTF-8."""
    title, body = _HEAD.unpack_from(stored)
    start = _HEAD.size + title
    return stored[_HEAD.size : start], stored[start : start + body]


def article_views(article: Article) -> ArticleViews:
    return ArticleViews(view(article.title), view(article.body))
