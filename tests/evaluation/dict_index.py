"""The smallest index that answers the questions of evaluation: a list of articles and dicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation.questions import Documents
from newsearch.terms.near import near
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import bigrams, index_words

_LEAD = 6


class Text(NamedTuple):
    text: str


class Views(NamedTuple):
    title: Text
    body: Text


class TinyArticle(NamedTuple):
    """Folded text and facts, as an index would keep them."""

    title: str
    body: str
    source: str = ""
    date: int = 0


class TinyPostings(NamedTuple):
    docs: Documents
    title: Any
    lead: Any
    body: Any
    most: int


class DictIndex:
    """Every other article is written in other characters than it folds to, so that only its views tell what stands."""

    def __init__(self, articles: Sequence[TinyArticle], segmenter: Segmenter, deleted: frozenset[int]) -> None:
        self.articles = articles
        self.segmenter = segmenter
        self.size = len(articles)
        self.live = np.array([number not in deleted for number in range(self.size)], np.bool_)
        self._counts: dict[tuple[str, str], dict[int, list[int]]] = {}
        for document, article in enumerate(articles):
            end = _LEAD
            while end < len(article.body) and article.body[end - 1].isalnum():
                end += 1  # a lead ends between runs, as in the schema
            for place, text in enumerate((article.title, article.body[:end], article.body[end:])):
                self._count("word", index_words(text, segmenter), document, place)
            self._count("title", bigrams(article.title), document, 0)
            self._count("bigram", bigrams(article.title) + bigrams(article.body), document, 0)

    def _count(self, kind: str, terms: list[str], document: int, place: int) -> None:
        for term, count in Counter(terms).items():
            self._counts.setdefault((kind, term), {}).setdefault(document, [0, 0, 0])[place] += count

    def _postings(self, kind: str, term: str) -> TinyPostings:
        every = self._counts.get((kind, term), {})
        found = [(document, counts) for document, counts in sorted(every.items()) if self.live[document]]
        docs = np.array([document for document, _ in found], np.uint32)
        counts = np.array([count for _, count in found], np.uint16).reshape(-1, 3)
        return TinyPostings(docs, *counts.T, len(every))

    def word(self, term: str, /) -> TinyPostings:
        return self._postings("word", term)

    def bigram(self, pair: str, title: bool = False, /) -> TinyPostings:
        return self._postings("title" if title else "bigram", pair)

    def character(self, character: str, title: bool = False, /) -> Documents:
        return self._live(lambda article: character in article.title + article.body * (not title))

    def keyword(self, field: str, value: str, /) -> Documents:
        return self._live(lambda article: getattr(article, field) == value)

    def column(self, name: str, /) -> Any:
        return np.array([getattr(article, name) for article in self.articles], np.int32)

    def views(self, document: int, /) -> Views:
        article = self.articles[document]
        return Views(Text(article.title), Text(article.body))

    def stands(self, string: str, document: int, field: str, /) -> bool:
        article = self.articles[document]
        texts = {"text": (article.title, article.body), "title": (article.title,), "body": (article.body,)}[field]
        return document % 2 == 0 and any(string in text for text in texts)

    def near(
        self, document: int, field: str, words: Sequence[str], most: int, _: Deadline = UNLIMITED, /
    ) -> bool:
        article = self.articles[document]
        texts = {"text": (article.title, article.body), "title": (article.title,), "body": (article.body,)}[field]
        return any(near(text, words, most, self.segmenter.words) for text in texts)

    def _live(self, wanted: Any) -> Documents:
        numbers = [n for n, article in enumerate(self.articles) if self.live[n] and wanted(article)]
        return np.array(numbers, np.uint32)
