"""A search engine without an index: every article is looked at, in plain Python, as the docstrings of query and ranking
say. Slow and short, to hold the real one to."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from whoosh import query as nodes
from whoosh.query import Query as Node

from newsearch.article import Article
from newsearch.query import Piece
from newsearch.ranking import WEIGHTS
from newsearch.terms.fold import fold, view
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import NOT_HAN_TOKEN, RUN_END, bigrams, index_words

Counts = tuple[int, int, int]  # title, lead, rest of the body


def date_of(article: Article) -> int:
    return int(article.date.strftime("%Y%m%d")) if article.date else 0


def in_order(found: Sequence[tuple[Article, float]], sort: str) -> list[Article]:
    """By score or date, either way, then the newest first, then by digest; what has no date comes last."""
    undated = 99999999 if sort == "oldest" else 0

    def key(hit: tuple[Article, float]) -> tuple[float, int, int]:
        article, score = hit
        date = date_of(article) or undated
        return (-score if sort == "relevance" else 0.0, date if sort == "oldest" else -date, article.digest())

    return [article for article, _ in sorted(found, key=key)]


class Terms(NamedTuple):
    """An article as it is matched and ranked."""

    title: str
    body: str
    words: dict[str, Counts]
    bigrams: set[str]
    lengths: tuple[int, int]


def end_of_lead(body: str, lead: int) -> int:
    """The first character at or after `lead` that is no letter; a number with points is not cut."""
    end = next((at for at in range(lead, len(body)) if not body[at].isalnum()), len(body))
    return next((m.end() for m in NOT_HAN_TOKEN.finditer(body) if m.start() < end < m.end()), end)


def terms_of(article: Article, segmenter: Segmenter, lead: int) -> Terms:
    title, body = view(article.title).text, view(article.body).text
    in_title, in_body = Counter(index_words(title, segmenter)), Counter(index_words(body, segmenter))
    late = Counter(index_words(body[end_of_lead(body, lead) :], segmenter))
    words = {word: (in_title[word], in_body[word] - late[word], late[word]) for word in [*in_title, *in_body]}
    return Terms(title, body, words, {*bigrams(title), *bigrams(body)}, (in_title.total(), in_body.total()))


class BruteForce:
    """Some articles, to be searched; `lead` is how many characters of a body make its lead."""

    def __init__(self, articles: Sequence[Article], segmenter: Segmenter, lead: int) -> None:
        self.articles = articles
        self.terms = {article.id: terms_of(article, segmenter, lead) for article in articles}
        self._segmenter = segmenter
        self._averages = [sum(t.lengths[f] for t in self.terms.values()) / max(len(articles), 1) for f in (0, 1)]

    def matching(self, node: Node) -> list[Article]:
        return [article for article in self.articles if self._holds(node, article)]

    def scores(self, pieces: Sequence[Piece], articles: Sequence[Article]) -> list[float]:
        terms = [term for piece in pieces for term in self._ranked(piece)]
        ends = [(piece.field, piece.string[0], piece.string[-1]) for piece in pieces if not piece.pattern]
        pairs = [a[2] + b[1] for a, b in pairwise(ends) if a[0] == b[0]]
        terms += [("beside", pair) for pair in dict.fromkeys(pairs) if pair.isalnum()]
        return [sum(self._score(*term, article) for term in terms) for article in articles]

    def added(self, pieces: Sequence[Piece], article: Article) -> float:
        """What the closeness of words adds to the score of one of the best articles."""
        beginning = view(article.title).text + "\n" + view(article.body[: WEIGHTS.beginning]).text
        groups: list[list[tuple[list[int], float]]] = []
        seen: set[str] = set()
        for piece in pieces:
            if piece.field == "text" and not piece.pattern:
                words = dict.fromkeys(w.text for w in piece.words if len(w.text) > 1 and w.text not in seen)
                seen |= words.keys()
                there = [word for word in words if self._frequency("word", word)]
                places = [[at for at in range(len(beginning)) if beginning.startswith(w, at)] for w in there]
                weights = [self._idf("word", word) for word in there]
                groups += [list(zip(places, weights, strict=True))] if there else []
        if sum(map(len, groups)) < 2:
            return 0.0
        near = chains = 0.0
        last = None
        for group in groups:
            if last:
                is_near = any(0 < abs(b - a) <= WEIGHTS.distance for a in last[0] for b in group[0][0])
                near += is_near * (last[1] + group[0][1]) / 2
            for (a_places, a), (b_places, b) in pairwise(group):
                is_near = any(0 < y - x <= WEIGHTS.distance for x in a_places for y in b_places)
                near += is_near * (a + b) / 2
            last = group[-1]
            firsts = [(places[0], weight) for places, weight in group if places]
            chosen = (some for size in range(len(firsts) + 1) for some in combinations(firsts, size))
            chains += max(sum(w for _, w in some) for some in chosen if all(a[0] < b[0] for a, b in pairwise(some)))
        return WEIGHTS.near * near + WEIGHTS.order * chains

    def _holds(self, node: Node, article: Article) -> bool:
        match node:
            case nodes.And():
                return all(self._holds(child, article) for child in node)
            case nodes.Or():
                return any(self._holds(child, article) for child in node)
            case nodes.Not():
                return not self._holds(node.query, article)
            case nodes.NumericRange():
                return bool(node.start <= date_of(article) <= node.end)
            case nodes.Phrase():
                return any(node.words[0] in text for text in self._texts(node.fieldname, article))
            case nodes.Wildcard():
                wild = {"?": "(?:[^\\W_]|[?])", "*": "(?:[^\\W_]|[*])*"}
                expression = "".join(wild.get(character) or re.escape(character) for character in node.text)
                return any(re.search(expression, text) for text in self._texts(node.fieldname, article))
            case nodes.Term() if node.fieldname in ("text", "title", "body"):
                title, lead, body = self.terms[article.id].words.get(node.text, (0, 0, 0))
                return bool({"text": title + lead + body, "title": title, "body": lead + body}[node.fieldname])
            case nodes.Term():
                return fold(node.text) in self._values(node.fieldname, article)
        raise AssertionError(node)

    def _texts(self, field: str, article: Article) -> list[str]:
        terms = self.terms[article.id]
        return {"text": [terms.title, terms.body], "title": [terms.title], "body": [terms.body]}[field]

    def _values(self, field: str, article: Article) -> list[str]:
        values = article.authors if field == "author" else [getattr(article, field)]
        return [fold(value) for value in values if value]

    def _ranked(self, piece: Piece) -> Iterator[tuple[str, str]]:
        """Kind and text of the terms that a piece is ranked by."""
        string = re.sub("[*?]", " ", piece.string) if piece.pattern else piece.string
        words = dict.fromkeys(index_words(string, self._segmenter))
        yield from (("word", word) for word in words)
        if piece.field == "text" and not piece.exact:
            yield from ((field, string) for field in ("author", "kicker"))
        pairs = dict.fromkeys(bigrams(string))
        yield from (("bigram", pair) for pair in pairs if pair[1] != RUN_END and pair not in words)

    def _score(self, kind: str, text: str, article: Article) -> float:
        if not self._having(kind, text, article):
            return 0.0
        idf = self._idf(kind, text)
        if kind in ("bigram", "beside"):
            return WEIGHTS.bigram * idf
        boost = 1 + WEIGHTS.bigram if kind == "word" and len(text) == 2 else 1
        strength = self._strength(kind, text, article)
        return boost * idf * (WEIGHTS.k1 + 1) * strength / (WEIGHTS.k1 + strength)

    def _idf(self, kind: str, text: str) -> float:
        found = self._frequency(kind, text)
        return math.log(1 + (len(self.articles) - found + 0.5) / (found + 0.5))

    def _frequency(self, kind: str, text: str) -> int:
        return sum(self._having(kind, text, other) for other in self.articles)

    def _having(self, kind: str, text: str, article: Article) -> bool:
        if kind in ("word", "bigram", "beside"):
            terms = self.terms[article.id]
            return text in (terms.words if kind == "word" else terms.bigrams)
        return text in self._values(kind, article)

    def _strength(self, kind: str, text: str, article: Article) -> float:
        terms = self.terms[article.id]
        # A value beside the text counts as if it stood once in the body.
        title, lead, body = terms.words[text] if kind == "word" else (0, 0, 1)
        title_norm, body_norm = (
            1 - b + b * length / average if average else 1 - b
            for b, length, average in zip((WEIGHTS.title_b, WEIGHTS.body_b), terms.lengths, self._averages, strict=True)
        )
        in_body = WEIGHTS.body * (lead + body) + WEIGHTS.lead * lead
        return WEIGHTS.title * title / title_norm + in_body / body_norm
