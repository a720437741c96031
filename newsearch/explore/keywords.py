"""Articles → the words that tell them from others: key terms, and how they rose and fell.

What an article is about is weighed by tf · idf (Salton and Buckley, Term-weighting approaches in automatic text
retrieval, 1988). What many articles are about is weighed by the log-likelihood ratio G² of a word's documents among
them and among all others (Dunning, Accurate methods for the statistics of surprise and coincidence, 1993):

    G² = 2 · Σ O · ln(O / E)      over the four cells (among them or not) × (has the word or not)

with the expected counts E of a word that does not care. A word of the whole index is weighed against general Chinese,
the dictionary that texts are segmented by (Rayson and Garside, Comparing corpora using frequency profiling, 2000), and
a word of a month or year against the other ones.

Candidates come from titles and beginnings of a sample of the articles, cut at the longest word of the index; then the
postings of the best candidates give exact counts. Stop words, single characters and numbers are no key terms, nor is
a part of a longer word that hardly stands without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from newsearch import ranking
from newsearch.explore.facets import period_name, period_numbers
from newsearch.explore.sampling import spread
from newsearch.index.reader import Reader
from newsearch.index.terms import Documents
from newsearch.terms.dictionary import Dictionary
from newsearch.terms.fold import view
from newsearch.terms.segment import HAN_RUN, Segmenter
from newsearch.terms.stopwords import stop_words
from newsearch.terms.tokens import NOT_HAN_TOKEN, index_words, other_words

Period = Literal["month", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)

# Articles that give candidates: of a result, of the whole index, of all periods together and at least of one.
_SAMPLED = 50
_SAMPLED_OF_ALL = 120
_SAMPLED_OVER_TIME = 700
_FEWEST_OF_PERIOD = 4
# From so many articles on a word counts only if two of them have it.
_MANY = 15
# Characters of a body that are looked at, and the longest word.
_BEGINNING = 200
_LONGEST_WORD = 10
# Candidates that are counted exactly, for each term that is shown.
_COUNTED = 8
_FEWEST_COUNTED = 120
# A word of fewer articles says nothing about a period, nor one whose share may be chance (G² at 5 %, one degree).
_FEWEST_IN_PERIOD = 2
_CHANCE = 3.84
# A part of a longer term that has at most this much more documents stands hardly without it.
_HARDLY_MORE = 1.1
# How much more a word in the title says about an article.
_TITLE = 3
_NUMBER = re.compile(
    "[第前近约]?[〇零一二两三四五六七八九十百千万亿半数几多余]+"
    "[个多余来名人位天周年月日号时点分秒岁米元次只张条件项家批户亩斤吨里捆把顶架盏根处本层茬句册顿枚]*(?:钟|小时)?"
)
_DIGITS = re.compile(r"[^a-z]*\d[^a-z]*")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A key term: `count` is in how many of the articles it is, or how often it stands in the one."""

    term: str
    score: float
    count: int

    def to_mapping(self) -> dict[str, Any]:
        return {"term": self.term, "score": round(self.score, 3), "count": self.count}


@dataclass(frozen=True, slots=True)
class Trend:
    """A term that a period has more of than the others; `counts` is the number of articles with it in each period."""

    term: str
    score: float
    counts: list[int]

    def to_mapping(self) -> dict[str, Any]:
        return {"term": self.term, "score": round(self.score, 3), "counts": self.counts}


@dataclass(slots=True)
class Trends:
    """Periods in order (2024 or 2024-06), the articles of each, and the terms that stand out in each, best first."""

    by: str
    periods: list[str]
    articles: list[int]
    terms: dict[str, list[Trend]]

    def to_mapping(self) -> dict[str, Any]:
        """As `keywords --by … --json` prints them."""
        terms = {period: [trend.to_mapping() for trend in listed] for period, listed in self.terms.items()}
        return {"version": 1, "by": self.by, "periods": self.periods, "articles": self.articles, "terms": terms}


def article_keywords(reader: Reader, segmenter: Segmenter, document: int, limit: int = 20) -> list[Keyword]:
    """The key terms of one article, by tf · idf; a word in the title counts three times."""
    views = reader.views(document)
    body, title = (Counter(index_words(part.text, segmenter)) for part in (views.body, views.title))
    words = list(filter(_key_term_test(reader.dictionary()), body | title))

    def weighed(word: str, documents: int) -> float:
        weight = ranking.idf(min(documents, reader.count), reader.count)
        return weight * (body[word] + _TITLE * title[word])

    if reader.count < reader.size:  # the tables count deleted articles: enough to tell which words to count
        words.sort(key=lambda word: (-weighed(word, reader.tables.count(word)), word))
        del words[_counted(limit) :]
    found = [Keyword(word, weighed(word, len(reader.word(word))), body[word] + title[word]) for word in words]
    return _without_parts(found, limit)


def keywords(reader: Reader, documents: Documents, limit: int = 20) -> list[Keyword]:
    """The key terms of articles (ascending document numbers): what they have more of than the rest of the index, or,
    if they are the whole index, than general Chinese."""
    if not len(documents):
        return []
    dictionary = reader.dictionary()
    whole = len(documents) == reader.count
    sample = _sampled(reader, documents, _SAMPLED_OF_ALL if whole else _SAMPLED, _key_term_test(dictionary))
    likely = _likeliest(reader, dictionary, sample, reader.tables.count)[: _counted(limit)]
    inside, outside = _split_counts(reader, likely, documents)
    if whole:
        scores = _against_general(reader, dictionary, likely, inside)
    else:
        scores = log_likelihood(inside, len(documents), outside, reader.count - len(documents))
    return _best(likely, scores, inside, limit)


def trends(reader: Reader, documents: Documents, by: Period = "month", limit: int = 5) -> Trends:
    """For each month or year of articles the terms that stand out against the other periods; articles without a date
    are left out. Raises ValueError for an unknown period."""
    if by not in PERIODS:
        raise ValueError(f"by is one of {', '.join(PERIODS)}")
    documents = documents[reader.column("date")[documents] > 0]
    numbers, codes = np.unique(period_numbers(reader.column("date")[documents], by), return_inverse=True)
    periods = [period_name(number, by) for number in numbers.tolist()]
    totals = np.bincount(codes, minlength=len(periods))
    words = _period_candidates(reader, [documents[codes == code] for code in range(len(periods))], limit)
    counts = _counts_by_period(reader, words, documents, codes, len(periods))
    rest = counts.sum(axis=1, keepdims=True) - counts
    scores = log_likelihood(counts, totals, rest, len(documents) - totals)
    series = dict(zip(words, counts.tolist(), strict=True))
    terms = {}
    for column, period in enumerate(periods):
        best = _best(words, scores[:, column], counts[:, column], limit, _FEWEST_IN_PERIOD, _CHANCE)
        terms[period] = [Trend(keyword.term, keyword.score, series[keyword.term]) for keyword in best]
    return Trends(by, periods, totals.tolist(), terms)


def log_likelihood(
    inside: NDArray[np.int64], articles: Any, outside: NDArray[np.int64], others: Any
) -> NDArray[np.float64]:
    """Dunning's G² for words that `inside` of `articles` and `outside` of `others` have (arrays that broadcast, no
    count above its total): ≥ 0 where the share inside is the larger one, negative where it is the smaller one."""
    articles, others = np.asarray(articles, np.float64), np.asarray(others, np.float64)
    everything = articles + others
    having = (inside + outside).astype(np.float64)
    total = np.zeros(np.broadcast_shapes(having.shape, articles.shape), np.float64)
    for observed, row, column in (
        (inside, articles, having),
        (outside, others, having),
        (articles - inside, articles, everything - having),
        (others - outside, others, everything - having),
    ):
        expected = row * column / np.maximum(everything, 1)
        there = (observed > 0) & (expected > 0)
        ratio = np.divide(observed, expected, out=np.ones_like(total), where=there)
        total += np.where(there, observed * np.log(ratio), 0)
    more = inside * others >= outside * articles
    return np.where(more, 2, -2) * np.maximum(total, 0)


def _counted(limit: int) -> int:
    """How many candidates are counted exactly."""
    return max(_FEWEST_COUNTED, _COUNTED * limit)


def _best(
    words: Sequence[str],
    scores: NDArray[np.float64],
    counts: NDArray[np.int64],
    limit: int,
    fewest: int = 1,
    least: float = 0,
) -> list[Keyword]:
    """The best of the words that `fewest` articles have and that score above `least`."""
    rows = zip(words, scores.tolist(), counts.tolist(), strict=True)
    found = (Keyword(word, score, count) for word, score, count in rows if score > least and count >= fewest)
    return _without_parts(found, limit)


def _without_parts(found: Iterable[Keyword], limit: int) -> list[Keyword]:
    """The best terms, without those that are part of a longer one among them and hardly stand without it."""
    left = sorted(found, key=lambda keyword: (-keyword.score, keyword.term))
    while True:
        shown = left[:limit]
        parts = {part.term for part in shown if any(_is_part(part, longer) for longer in shown)}
        if not parts:
            return shown
        left = [keyword for keyword in left if keyword.term not in parts]


def _is_part(part: Keyword, longer: Keyword) -> bool:
    return part.term != longer.term and part.term in longer.term and part.count <= _HARDLY_MORE * longer.count


class _Sample(NamedTuple):
    """Key terms of a few of `articles` articles, in how many of these few each is, and how many these are."""

    words: Counter[str]
    size: int
    articles: int


def _sampled(reader: Reader, documents: Documents, most: int, fits: Callable[[str], bool]) -> _Sample:
    """Key terms of titles and beginnings of at most `most` articles. What only one of many has is left out."""
    found: Counter[str] = Counter()
    sample = spread(documents, most).tolist()
    for document in sample:
        title, body = reader.texts(document)
        text = f"{title}\n{body[:_BEGINNING]}"
        found.update(set(_cut(reader, document, view(text).text)))
    fewest = 2 if len(sample) >= _MANY else 1
    words = Counter({word: count for word, count in found.items() if count >= fewest and fits(word)})
    return _Sample(words, len(sample), len(documents))


def _likeliest(reader: Reader, dictionary: Dictionary, sample: _Sample, count: Callable[[str], int]) -> list[str]:
    """The words of a sample, those first that would score highest were all the articles like it."""
    words = list(sample.words)
    everywhere = np.array([count(word) for word in words], np.int64)
    share = np.array(list(sample.words.values()), np.float64) / max(sample.size, 1)
    inside = np.minimum(share * sample.articles, everywhere)
    others = reader.count - sample.articles
    if others:
        scores = log_likelihood(inside, sample.articles, np.minimum(everywhere - inside, others), others)
    else:
        scores = _against_general(reader, dictionary, words, everywhere)
    return [words[place] for place in np.argsort(-scores, kind="stable")]


def _against_general(
    reader: Reader, dictionary: Dictionary, words: Sequence[str], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The scores of words of the whole index: their share of all its postings against that in general Chinese."""
    general = np.array([dictionary.frequency(word) or 1 for word in words], np.int64)
    return log_likelihood(counts, np.maximum(counts, _postings(reader)), general, dictionary.total)


def _postings(reader: Reader) -> float:
    """How many postings the live articles have: of all there are, as large a share as they have of all words."""
    if reader.count == reader.size:
        return reader.tables.postings
    words = reader.lengths.title.astype(np.int64) + reader.lengths.body
    return reader.tables.postings * float(words[reader.live].sum() / max(words.sum(), 1))


def _split_counts(
    reader: Reader, words: Sequence[str], documents: Documents
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """In how many of the documents each word is, and in how many others."""
    chosen = np.zeros(reader.size, np.bool_)
    chosen[documents] = True
    found = [reader.word(word).docs for word in words]
    inside = np.array([np.count_nonzero(chosen[docs]) for docs in found], np.int64)
    return inside, np.array([len(docs) for docs in found], np.int64) - inside


def _counts_by_period(
    reader: Reader, words: Sequence[str], documents: Documents, codes: NDArray[np.int64], periods: int
) -> NDArray[np.int64]:
    """In how many of the documents of each period (`codes`, like `documents`) each word is: a row for each word."""
    period_of = np.full(reader.size, periods, np.int32)
    period_of[documents] = codes
    counts = np.zeros((len(words), periods), np.int64)
    for row, word in enumerate(words):
        counts[row] = np.bincount(period_of[reader.word(word).docs], minlength=periods + 1)[:periods]
    return counts


def _period_candidates(reader: Reader, parts: Sequence[Documents], limit: int) -> list[str]:
    """Words that may stand out in one of the periods, by a sample of each."""
    dictionary = reader.dictionary()
    fits, count = cache(_key_term_test(dictionary)), cache(reader.tables.count)
    most = max(_FEWEST_OF_PERIOD, _SAMPLED_OVER_TIME // max(1, len(parts)))
    likely = [_likeliest(reader, dictionary, _sampled(reader, part, most, fits), count) for part in parts]
    return list(dict.fromkeys(word for words in likely for word in words[: _COUNTED * limit]))


def _cut(reader: Reader, document: int, text: str) -> Iterator[str]:
    """The words of a text by forward maximum matching: always the longest one that the index has."""
    for run in HAN_RUN.findall(text):
        start = 0
        while start < len(run):
            word = reader.tables.longest_word(run[start : start + _LONGEST_WORD], document) or run[start]
            yield word
            start += len(word)
    for match in NOT_HAN_TOKEN.finditer(text):
        yield from other_words(match, text)


def _key_term_test(dictionary: Dictionary) -> Callable[[str], bool]:
    """A function that says whether a word may be a key term. A word that the dictionary does not know is none if a
    stop word is in it: there it was likely cut wrong (5日|称 → 日称)."""
    stops = stop_words()

    def fits(word: str) -> bool:
        if len(word) < 2 or word in stops or _NUMBER.fullmatch(word) or _DIGITS.fullmatch(word):
            return False
        return bool(dictionary.frequency(word)) or not any(character in stops for character in word)

    return fits
