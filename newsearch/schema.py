"""Which fields an article has, what each is called, and how each becomes terms: the vocabulary of both halves.

The index keeps, for each article:

    words      of title, lead and body, search-mode words without a prefix          ranking
    bigrams    of the whole article, and of the title                               strings, ranking
    keywords   id, source, section, kicker, authors as whole values, prefixed with the field and a separator
    columns    date, lengths, digest, sketch, source file                           filters, sorting, norms, copies

The lead is the first `LEAD` characters of the body, up to the end of the run of letters that stands there.
"""

from __future__ import annotations

import datetime as dt
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.terms.fold import View, fold

if TYPE_CHECKING:
    from whoosh.fields import Schema

    from newsearch.terms.bulk import BatchSegmenter, Vocabulary

#: Changes whenever the same article would get other terms; an index remembers the one it was made with.
ANALYZER = "search words + bigrams + lead 100, folding 3, keywords 2, title bigrams, sketch 2"

#: Characters of a body that make its lead.
LEAD = 100
#: Parts field and value in the terms of keyword fields; stands in no word.
KEYWORD_MARK = "\x1f"

#: Text that is searched when no field is named: title or body.
TEXT = "text"
KEYWORD_FIELDS = ("id", "source", "section", "author")
#: Fields whose whole values are found without naming the field too: who wrote an article, the line above its title.
BESIDE_TEXT = ("author", "kicker")
# Keyword terms count as if they stood once in the body: the frequency that takes least room.
_KEYWORD_PLACE = 2

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
    """What the index needs of a batch of articles, each numbered by its place in the batch.

    Occurrences of words (uint64 numbers of a vocabulary) with `word_places`, article << 2 | field; of bigrams (uint64
    keys) with the article, in the whole of it and in the title alone; the number of each article's id among the words;
    the words in title and body of each article: int64 of shape (articles, 2); and the sketch of its body.
    """

    words: NDArray[np.uint64]
    word_places: NDArray[np.uint64]
    bigrams: NDArray[np.uint64]
    bigram_articles: NDArray[np.uint32]
    title_bigrams: NDArray[np.uint64]
    title_articles: NDArray[np.uint32]
    ids: NDArray[np.uint32]
    lengths: NDArray[np.int64]
    sketches: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class ArticleViews:
    """Title and body of a stored article as they are matched."""

    title: View
    body: View


def batch_terms(articles: Sequence[Article], segmenter: BatchSegmenter, vocabulary: Vocabulary) -> BatchTerms:
    """Cuts articles into terms; `vocabulary` grows. Deterministic for one `ANALYZER` and one dictionary."""
    texts = [text for article in articles for text in (article.title, article.body)]
    from newsearch.terms.bulk import cut_texts  # searching does without

    words, bigrams, sketches = cut_texts(texts, LEAD, segmenter, vocabulary)
    # Titles are the even texts, bodies the odd ones.
    is_body = words.texts & 1
    places = words.texts >> 1 << 2 | is_body * (1 + words.late)
    lengths = np.bincount(words.texts, minlength=len(texts)).reshape(-1, 2)
    keywords = [[vocabulary.number(term) for term in article_keywords(article)] for article in articles]
    keyword_places = np.repeat(np.arange(len(articles)) << 2 | _KEYWORD_PLACE, [len(terms) for terms in keywords])
    bigram_articles = (bigrams.texts >> 1).astype(np.uint32)
    in_title = bigrams.texts & 1 == 0
    return BatchTerms(
        np.concatenate((words.terms, np.array([term for terms in keywords for term in terms], np.uint64))),
        np.concatenate((places, keyword_places)).astype(np.uint64),
        bigrams.keys,
        bigram_articles,
        bigrams.keys[in_title],
        bigram_articles[in_title],
        np.array([terms[0] for terms in keywords], np.uint32),
        lengths,
        sketches[1::2],
    )


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


def whoosh_schema() -> Schema:
    """The fields as Whoosh has them, for its Searcher on an index: see `newsearch.index.whoosh_reader`.

    Terms come ready cut and folded: a list is indexed as it is, and a string is one term. Positions are not kept.
    """
    from whoosh.analysis import IDAnalyzer  # searching does without
    from whoosh.fields import ID, NUMERIC, FieldType, Schema
    from whoosh.formats import Existence, Frequency

    words = {"analyzer": IDAnalyzer(), "scorable": True}
    pairs = {"analyzer": IDAnalyzer(), "scorable": False}
    return Schema(
        title=FieldType(Frequency(), **words, stored=True),  # words of the title
        body=FieldType(Frequency(), **words, stored=True),  # words of the body, its lead included
        text=FieldType(Frequency(), **words),  # words of both: what is searched when no field is named
        title_bigrams=FieldType(Existence(), **pairs),  # the same texts as bigrams, which are there or not
        text_bigrams=FieldType(Existence(), **pairs),
        id=ID(unique=True, stored=True),  # whole values: the id as it is, the others folded
        source=ID(stored=True),
        section=ID(stored=True),
        kicker=ID(stored=True),
        author=ID(stored=True),  # a list of whole values, one for each author
        date=NUMERIC(int, bits=32, sortable=True, default=0, stored=True),  # YYYYMMDD; an article without one has none
    )


#: How texts are stored: every character of Unicode has its place in it, and Chinese ones take two bytes instead of the
#: three of UTF-8, a sixth less when compressed.
ENCODING = "gb18030"
_HEAD = struct.Struct("<II")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
#: What `decode_article` and `stored_texts` raise for bytes that are no article.
NO_ARTICLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, struct.error)
_OTHER_KEYS = ("id", "authors", "source", "section", "url", "path", "kicker")


def encode_article(article: Article) -> bytes:
    """The article as it is stored: the lengths of title and body, both in `ENCODING`, then the rest as JSON in UTF-8.

    Text that stands by itself can be searched without reading the record as a whole.
    """
    title, body = article.title.encode(ENCODING), article.body.encode(ENCODING)
    rest: dict[str, object] = {key: value for key in _OTHER_KEYS if (value := getattr(article, key))}
    if article.date:
        rest["date"] = article.date.isoformat()
    tail = _JSON.encode(rest).encode()
    return b"".join((_HEAD.pack(len(title), len(body)), title, body, tail))


def decode_article(stored: bytes) -> Article:
    """What was stored as an article. Raises one of `NO_ARTICLE` for what was not."""
    title, body = stored_texts(stored)
    rest = json.loads(stored[_HEAD.size + len(title) + len(body) :].decode("utf-8"))
    date = rest.pop("date", None)
    authors = tuple(rest.pop("authors", ()))
    "".join((*authors, *rest.values())).encode()  # all of them text
    day = dt.date.fromisoformat(date) if date else None
    return Article(title=title.decode(ENCODING), body=body.decode(ENCODING), date=day, authors=authors, **rest)


def stored_texts(stored: bytes) -> tuple[bytes, bytes]:
    """Title and body of a stored article, in `ENCODING`."""
    title, body = _HEAD.unpack_from(stored)
    start = _HEAD.size + title
    return stored[_HEAD.size : start], stored[start : start + body]
