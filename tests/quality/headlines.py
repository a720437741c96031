"""How well headlines find their articles: first-hit quality of newsearch against plain BM25.

Bodies are indexed without their titles; each headline is then a query, and the article it belongs to the one right
answer. Reported is the mean reciprocal rank within the first ten hits (MRR@10), for newsearch as its users search it
and for BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009; k1 1.2, b 0.75) over the search-mode
words of jieba, from the same articles in the same run.

    python -m tests.quality [ARTICLES.jsonl.gz] [--queries N] [--seed N]
"""

from __future__ import annotations

import gzip
import json
import math
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import rjieba

import newsearch
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer
from newsearch.terms.fold import view
from newsearch.terms.tokens import index_words

K1, B = 1.2, 0.75
DEPTH = 10
SHORTEST = 10
#: A query → the ids of the best hits, best first.
Engine = Callable[[str], Sequence[str]]


class Pair(NamedTuple):
    """An article, and its headline that is not indexed with it."""

    id: str
    headline: str
    body: str


def read_pairs(path: Path) -> list[Pair]:
    """The articles of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Pair(str(row["id"]), row["title"], row["body"]) for row in rows if row["body"].strip()]


def draw(pairs: Sequence[Pair], queries: int, seed: int) -> list[Pair]:
    """Articles whose headlines are asked: unique ones of at least ten characters."""
    counts = Counter(pair.headline for pair in pairs)
    candidates = [pair for pair in pairs if counts[pair.headline] == 1 and len(pair.headline) >= SHORTEST]
    return random.Random(seed).sample(candidates, min(queries, len(candidates)))


def reciprocal_rank(engine: Engine, asked: Iterable[Pair]) -> float:
    """MRR@10: the mean of 1/rank of the right article, 0 where it is not among the first ten."""
    ranks = []
    for pair in asked:
        found = list(engine(pair.headline))[:DEPTH]
        ranks.append(1 / (found.index(pair.id) + 1) if pair.id in found else 0.0)
    return sum(ranks) / max(len(ranks), 1)


class _Jieba:
    """rjieba: cuts as jieba does, one text after another, and fast."""

    def __init__(self) -> None:
        self._jieba = rjieba.Jieba()

    def search_words(self, run: str) -> list[str]:
        return list(self._jieba.cut_for_search(run))


def plain_bm25(pairs: Sequence[Pair]) -> Engine:
    segmenter = _Jieba()
    postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
    lengths = []
    for number, pair in enumerate(pairs):
        words = index_words(view(pair.body).text, segmenter)
        lengths.append(len(words))
        for word, count in Counter(words).items():
            postings[word][number] = count
    average = sum(lengths) / max(len(lengths), 1)
    norms = [K1 * (1 - B + B * length / average) for length in lengths]

    def search(query: str) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in dict.fromkeys(index_words(view(query).text, segmenter)):
            found = postings.get(word, {})
            idf = math.log1p((len(pairs) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found.items():
                scores[number] += idf * count * (K1 + 1) / (count + norms[number])
        best = sorted(scores, key=lambda number: (-scores[number], number))[:DEPTH]
        return [pairs[number].id for number in best]

    return search


def build(pairs: Sequence[Pair], folder: Path) -> newsearch.Index:
    with open_writer(Storage(folder)) as writer:
        for pair in pairs:
            writer.add(newsearch.Article(id=pair.id, body=pair.body))
        writer.commit()
    return newsearch.open(folder)


def newsearch_engine(index: newsearch.Index, match: Literal["all", "any"]) -> Engine:
    """newsearch as a user has it, the headline typed as it is."""

    def search(query: str) -> list[str]:
        # Every mark that a query language knows would change what is asked.
        text = "".join(character if character.isalnum() else " " for character in query)
        return [hit.id for hit in index.search(text, match=match, limit=DEPTH)]

    return search


def compare(pairs: Sequence[Pair], queries: int, seed: int) -> dict[str, float]:
    """MRR@10 of plain BM25, and of newsearch both ways of asking it."""
    asked = draw(pairs, queries, seed)
    figures = {"plain BM25": reciprocal_rank(plain_bm25(pairs), asked)}
    with tempfile.TemporaryDirectory() as folder:
        index = build(pairs, Path(folder))
        for match in ("all", "any"):
            figures[f"newsearch, match={match}"] = reciprocal_rank(newsearch_engine(index, match), asked)
    return figures
