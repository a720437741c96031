"""Articles → the words that tell them from others: key terms, and how they rose and fell.

What an article is about is weighed by tf · idf (Salton and Buckley, Term-weighting approaches in automatic text
retrieval, 1988). What many articles are about is weighed by the log-likelihood ratio G² of a word's documents among
them and among all others (Dunning, Accurate methods for the statistics of surprise and coincidence, 1993):

    G² = 2 · Σ O · ln(O / E)      over the four cells (among them or not) × (has the word or not)

with the expected counts E of a word that does not care. A word of the whole index is weighed against general Chinese,
the dictionary that texts are segmented by (Rayson and Garside, Comparing corpora using frequency profiling, 2000), and
a word of a month or year against the other ones.

Which words are counted is told by samples (`newsearch.explore.candidates`); the counts are exact. Stop words, single
characters and numbers are no key terms, nor is a part of a longer word that hardly stands without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from newsearch import ranking
from newsearch.deadline import UNLIMITED, Deadline
from newsearch.explore.candidates import (
    MANY,
    Groups,
    Looks,
    counted_candidates,
    counts_by_group,
    log_likelihood,
    outstanding_scores,
)
from newsearch.explore.facets import distinct, period_name, period_numbers
from newsearch.explore.sampling import check_limit, spread, words_in_time
from newsearch.index.reader import Reader
from newsearch.index.terms import Documents
from newsearch.terms.dictionary import Dictionary
from newsearch.terms.segment import Segmenter
from newsearch.terms.stopwords import stop_words
from newsearch.terms.tokens import index_words

Period = Literal["month", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)

# Articles of which words are looked for: of a result, of all periods together and at least of one; how many characters
# of each, postings of words of few articles that are counted, and words of many that are tried, for each period.
_SAMPLED, _BEGINNING, _POSTINGS, _OFTEN = 50, 200, 100_000, 400
_SAMPLED_OVER_TIME, _FEWEST_OF_PERIOD = 280, 4
_TITLE_LONG, _POSTINGS_OVER_TIME, _OFTEN_OF_PERIOD = 40, 600_000, 40
# Neighbours that are looked at together: one block of the file has both.
_TOGETHER = 2
# Words that are taken first for the key terms of the whole index.
_FIRST_TAKEN = 512
# Words of an article that are counted without deleted articles, for each term that is shown and at least.
_COUNTED, _FEWEST_COUNTED = 8, 120
# A word of fewer articles says nothing about a period, nor one whose share may be chance (G² at 5 %, one degree).
_FEWEST_IN_PERIOD = 2
_CHANCE = 3.84
# A part of a longer term that has at most this much more documents stands hardly without it.
_HARDLY_MORE = 1.1
# How much more a word in the title says about an article.
_TITLE = 3
_NUMERALS = "〇零一二两三四五六七八九十百千万亿半数几多余"
_NUMBER_BEGINS = frozenset("第前近约" + _NUMERALS)
_NUMBER = re.compile(
    f"[第前近约]?[{_NUMERALS}]+"
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


def article_keywords(
    reader: Reader, segmenter: Segmenter, document: int, limit: int = 20, deadline: Deadline = UNLIMITED
) -> list[Keyword]:
    """The key terms of one article, by tf · idf; a word in the title counts three times. If the time is up, of as much
    of the body as was read by then."""
    check_limit(limit)
    views = reader.views(document)
    title = Counter(index_words(views.title.text, segmenter))
    body = words_in_time(views.body.text, segmenter, deadline)
    words = list(filter(_key_term_test(reader.dictionary()), body | title))
    everywhere = dict(zip(words, reader.tables.counts(words).tolist(), strict=True))

    def weighed(word: str, documents: int) -> float:
        weight = ranking.idf(min(documents, reader.count), reader.count)
        return weight * (body[word] + _TITLE * title[word])

    if reader.count < reader.size:  # the tables count deleted articles: enough to tell which words to count
        words.sort(key=lambda word: (-weighed(word, everywhere[word]), word))
        del words[max(_FEWEST_COUNTED, _COUNTED * limit) :]
        everywhere = {word: len(reader.word(word)) for word in words}
    found = [Keyword(word, weighed(word, everywhere[word]), body[word] + title[word]) for word in words]
    return _without_parts(found, limit)


def keywords(
    reader: Reader, documents: Documents, limit: int = 20, deadline: Deadline = UNLIMITED
) -> list[Keyword]:
    """The key terms of articles (ascending document numbers): what they have more of than the rest of the index, or,
    if they are the whole index, than general Chinese. If the time is up, the best of those that were counted by
    then."""
    check_limit(limit)
    if not len(documents) or not limit:
        return []
    if len(documents) == reader.count:
        return _of_the_whole(reader, limit, deadline)
    of = np.where(reader.live, 1, 2)
    of[documents] = 0
    sizes = np.array([len(documents), reader.count - len(documents)])
    looks = Looks([spread(documents, _SAMPLED)], _BEGINNING, _POSTINGS, _OFTEN)
    fits = _key_term_test(reader.dictionary())
    words, table = counted_candidates(reader, Groups(of, sizes, True), looks, fits, deadline)
    inside, outside = table.T
    return _best(words, log_likelihood(inside, sizes[0], outside, sizes[1]), inside, limit)


def trends(
    reader: Reader, documents: Documents, by: Period = "month", limit: int = 5, deadline: Deadline = UNLIMITED
) -> Trends:
    """For each month or year of articles the terms that stand out against the other periods; articles without a date
    are left out. If the time is up, the best of those terms that were counted by then. Raises ValueError for an unknown
    period."""
    check_limit(limit)
    if by not in PERIODS:
        raise ValueError(f"by is one of {', '.join(PERIODS)}")
    documents = documents[reader.column("date")[documents] > 0]
    if not len(documents):
        return Trends(by, [], [], {})
    numbers, totals, codes = distinct(period_numbers(reader.column("date")[documents], by))
    periods = [period_name(number, by) for number in numbers.tolist()]
    of = np.full(reader.size, len(periods))
    of[documents] = codes
    most = max(_FEWEST_OF_PERIOD, _SAMPLED_OVER_TIME // max(1, len(periods)))
    by_period = codes.astype(np.min_scalar_type(len(periods))).argsort(kind="stable")  # numbers of a byte or two: quick
    order = np.split(documents[by_period], np.cumsum(totals)[:-1])
    often = max(_OFTEN_OF_PERIOD, 4 * limit)
    looks = Looks([spread(part, most, _TOGETHER) for part in order], _TITLE_LONG, _POSTINGS_OVER_TIME, often)
    groups = Groups(of, totals, len(documents) == reader.count)
    words, counts = counted_candidates(reader, groups, looks, _key_term_test(reader.dictionary()), deadline)
    scores = outstanding_scores(counts, counts.sum(axis=1, keepdims=True), totals, len(documents) - totals)
    terms = {}
    for column, period in enumerate(periods):
        rows = np.flatnonzero(scores[:, column] > _CHANCE).tolist()
        mine = [words[row] for row in rows]
        best = _best(mine, scores[rows, column], counts[rows, column], limit, _FEWEST_IN_PERIOD)
        series = dict(zip(mine, rows, strict=True))
        terms[period] = [Trend(each.term, each.score, counts[series[each.term]].tolist()) for each in best]
    return Trends(by, periods, totals.tolist(), terms)


def _of_the_whole(reader: Reader, limit: int, deadline: Deadline) -> list[Keyword]:
    """The key terms of the whole index. No word of fewer documents scores higher in the same dictionary, so words are
    taken by falling number of documents, until no other one can score as high as the last term that is shown."""
    fits = _key_term_test(reader.dictionary())
    most = _FIRST_TAKEN
    while True:
        taken, others = reader.tables.most_frequent(most)
        found = _best_of_the_whole(reader, list(filter(fits, taken)), limit, deadline)
        bound = _against_general(reader, [""], np.array([others]))[0]
        if not others or (len(found) == limit and found[-1].score > bound) or deadline.passed():
            return found
        most *= 2


def _best_of_the_whole(reader: Reader, words: Sequence[str], limit: int, deadline: Deadline) -> list[Keyword]:
    """The best of some words against general Chinese. Deleted documents are counted at first: no more of the words are
    counted without them than may still be among the best."""
    counts = reader.tables.counts(words)
    scores = _against_general(reader, words, counts)
    fewest = 2 if reader.count >= MANY else 1
    if reader.count == reader.size:
        return _best(words, scores, counts, limit, fewest)
    order = np.argsort(-scores, kind="stable")
    everything = Groups(np.where(reader.live, 0, 1), np.array([reader.count]), True)
    most = 2 * limit
    while True:
        most = 2 * most + 1
        some = [words[place] for place in order[:most]]
        live, table = counts_by_group(reader, some, everything, deadline)
        found = _best(live, _against_general(reader, live, table[:, 0]), table[:, 0], limit, fewest)
        enough = len(found) == limit and (most >= len(order) or found[-1].score >= scores[order[most]])
        if enough or most >= len(order) or deadline.cut:
            return found


def _best(
    words: Sequence[str],
    scores: NDArray[np.float64],
    counts: NDArray[np.int64],
    limit: int,
    fewest: int = 1,
) -> list[Keyword]:
    """The best of the words that `fewest` articles have and that score above 0."""
    rows = zip(words, scores.tolist(), counts.tolist(), strict=True)
    found = (Keyword(word, score, count) for word, score, count in rows if score > 0 and count >= fewest)
    return _without_parts(found, limit)


def _without_parts(found: Iterable[Keyword], limit: int) -> list[Keyword]:
    """The best terms, without those that are part of a longer one among them and hardly stand without it."""
    left = sorted(found, key=lambda keyword: (-keyword.score, keyword.term))
    while True:
        shown = {keyword.term: keyword for keyword in left[:limit]}
        lengths = {len(term) for term in shown}
        parts = {part for longer in shown.values() for part in _parts(longer, shown, lengths)}
        if not parts:
            return left[:limit]
        left = [keyword for keyword in left if keyword.term not in parts]


def _parts(longer: Keyword, terms: Mapping[str, Keyword], lengths: Iterable[int]) -> Iterator[str]:
    """Those of some terms, which have such `lengths`, that are part of one and hardly stand without it."""
    size = len(longer.term)
    for length in (length for length in lengths if length < size):
        for start in range(size - length + 1):
            part = terms.get(longer.term[start : start + length])
            if part is not None and part.count <= _HARDLY_MORE * longer.count:
                yield part.term


def _against_general(reader: Reader, words: Sequence[str], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """The scores of words of the whole index: their share of all its postings against that in general Chinese."""
    dictionary = reader.dictionary()
    general = np.array([dictionary.frequency(word) or 1 for word in words], np.int64)
    return log_likelihood(counts, np.maximum(counts, _postings(reader)), general, dictionary.total)


def _postings(reader: Reader) -> float:
    """How many postings the live articles have: of all there are, as large a share as they have of all words."""
    if reader.count == reader.size:
        return reader.tables.postings
    words = reader.lengths.title.astype(np.int64) + reader.lengths.body
    return reader.tables.postings * float(words[reader.live].sum() / max(words.sum(), 1))


def _key_term_test(dictionary: Dictionary) -> Callable[[str], bool]:
    """A function that says whether a word may be a key term. A word that the dictionary does not know is none if a
    stop word is in it: there it was likely cut wrong (5日|称 → 日称)."""
    stops = stop_words()

    def fits(word: str) -> bool:
        if len(word) < 2 or word in stops or (word[0] in _NUMBER_BEGINS and _NUMBER.fullmatch(word)):
            return False
        if not word.isalpha() and _DIGITS.fullmatch(word):
            return False
        return stops.isdisjoint(word) or bool(dictionary.frequency(word))

    return fits
