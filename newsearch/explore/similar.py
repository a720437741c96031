"""An article → others on the same story: those that share its most telling words.

The words are weighted as in ranking, so the article itself would score highest; what reaches a good part of that score
counts as similar.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from newsearch import ranking
from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation import best
from newsearch.explore.sampling import check_limit, words_in_time
from newsearch.finding import RankedWord, Scorer
from newsearch.index.reader import Reader
from newsearch.results import Hit, Results
from newsearch.terms.fold import view
from newsearch.terms.segment import Segmenter

if TYPE_CHECKING:
    from newsearch.search import Searcher

# What tells a story: so many words of an article, none counted more often than this; and how much of the article's own
# score by them another one must reach to be on the same story.
_TELLING_WORDS = 24
_TELLING_REPEATS = 4
_SAME_STORY = 0.1
# Words of which the deleted articles are left out, for each telling one.
_COUNTED = 4


def similar(searcher: Searcher, document: int, limit: int = 10, deadline: Deadline = UNLIMITED) -> Results:
    """Articles on the same story as a document, best first; `total` counts those that are given. If the time is up,
    those by as much of the article as was read by then, of as many as were looked at."""
    check_limit(limit)
    started = time.perf_counter()
    reader = searcher.reader
    article = reader.article(document)
    text = view(f"{article.title}\n{article.body}").text
    telling = telling_words(reader, searcher.segmenter, text, deadline)
    scorer = Scorer(reader, telling)
    needed = float(scorer(np.array([document], np.uint32))[0]) * _SAME_STORY
    others, scores = best(telling, scorer, limit + 1, reader.size, None, deadline)
    kept = (scores > needed) & (others != document)
    others, scores = others[kept], scores[kept]
    places = ranking.order([-scores, reader.column("digest")[others]], limit)
    hits = [Hit(reader, int(others[place]), float(scores[place]), (), searcher.segmenter) for place in places.tolist()]
    took = (time.perf_counter() - started) * 1000
    deadline.pause()
    return Results(article.title, took_ms=took, searcher=searcher, hits=hits, deadline=deadline)


def telling_words(
    reader: Reader, segmenter: Segmenter, text: str, deadline: Deadline = UNLIMITED
) -> list[RankedWord]:
    """The words that tell a folded text from others, the most telling first; words of no other article left out."""
    counts = words_in_time(text, segmenter, deadline)
    words = [word for word in counts if len(word) > 1]
    weights = {
        word: ranking.idf(min(documents, reader.count), reader.count) * min(counts[word], _TELLING_REPEATS)
        for word, documents in zip(words, reader.tables.counts(words).tolist(), strict=True)
        if documents > 1
    }
    # The tables count deleted articles: enough to tell which words to count.
    most = _TELLING_WORDS * (_COUNTED if reader.count < reader.size else 1)
    words = sorted(weights, key=lambda word: (-weights[word], word))[:most]
    terms = [RankedWord(reader, "word", word, reader.word(word)) for word in words]
    terms.sort(key=lambda term: (-term.weight * min(counts[term.text], _TELLING_REPEATS), term.text))
    return [term for term in terms if len(term.postings) > 1][:_TELLING_WORDS]
