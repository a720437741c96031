"""Articles in groups → the words that may stand out in one of them, and in how many articles of each group these are.

Counting every word would mean reading every posting. Two samples tell which ones are worth it. Words of few articles
come from titles and beginnings of a few articles of each group, cut at the longest word of the index; they cost little
to count, so nearly all that were seen are. Words of many articles hide there among chance, but the index knows where
each of them is strongest (`newsearch.index.tables.Champions`): the share of these articles that is in a group tells how
many are, and those words are counted that would stand out even if the share were a standard error smaller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.deadline import Deadline
from newsearch.index.reader import Reader
from newsearch.index.terms import Documents
from newsearch.terms.fold import views
from newsearch.terms.segment import HAN_RUN
from newsearch.terms.tokens import NOT_HAN_TOKEN, other_words

_Counts = NDArray[np.int64]
_Numbers = NDArray[np.float64]

#: From so many articles on a word counts only if two of them have it.
MANY = 15
_LONGEST_WORD = 10
# Standard errors that a share may be too large by.
_ERRORS = 1.0
# Postings of words of many articles that are counted.
_FREQUENT_POSTINGS = 600_000
# Postings that are counted at once: memory for more would come from the system page by page, which takes longer than
# all the arithmetic. And articles of a word from which it is counted by itself.
_AT_ONCE = 64_000
_BY_ITSELF = 4_000
# Texts that are read between two looks at the time.
_READ_AT_ONCE = 20
_TINY = 1e-12


class Groups(NamedTuple):
    """Live documents in groups: `of` (int64) is the group of every document of the index, `number` for those in none;
    `sizes` are the documents of each group. `whole` if every live document is in a group."""

    of: _Counts
    sizes: _Counts
    whole: bool

    @property
    def number(self) -> int:
        return len(self.sizes)


class Looks(NamedTuple):
    """What to look at: documents of the groups that may have outstanding words (the first ones), how many characters
    of each, how many postings of words of few articles may be counted, and how many words of many articles are tried
    for each group."""

    documents: Sequence[Documents]
    characters: int
    postings: int
    frequent: int


def counted_candidates(
    reader: Reader, groups: Groups, looks: Looks, fits: Callable[[str], bool], deadline: Deadline
) -> tuple[list[str], _Counts]:
    """Words that fit and may stand out in one of the first groups, and how many documents of each group have them: a
    row for each word. Fewer words if the time is up."""
    words, seen, looked_at = _seen(reader, looks, fits, deadline)
    everywhere = reader.tables.counts(words)
    order = np.argsort(everywhere, kind="stable")
    rare, others = np.split(order, [np.searchsorted(np.cumsum(everywhere[order]), looks.postings, side="right")])
    by_texts = _by_texts(seen[others], looked_at, groups)
    scored = len(looks.documents)
    less_rare = _Estimates([words[place] for place in others.tolist()], everywhere[others], *by_texts)
    estimates = [less_rare, _by_champions(reader, groups, scored)]
    frequent = _outstanding(estimates, groups, scored, looks.frequent, fits)
    chosen = list(dict.fromkeys([*(words[place] for place in rare), *frequent]))
    return counts_by_group(reader, chosen, groups, deadline)


def counts_by_group(
    reader: Reader, words: Sequence[str], groups: Groups, deadline: Deadline
) -> tuple[list[str], _Counts]:
    """The words, and in how many documents of each group each is: a row for each word. Only the first ones if the time
    is up."""
    found = reader.tables.places(words)
    reader.tables.check_documents(found)
    width = groups.number + 1
    table = np.zeros((len(words), width), np.int64)
    known = np.zeros(len(words), np.bool_)
    of = _narrow(groups.of)
    for places in _chunks(np.flatnonzero(found.counts < _BY_ITSELF), found.counts):
        if known.any() and deadline.passed():
            break
        for rows, docs in reader.tables.documents_of(found, places):
            keys = rows * width
            keys += of.take(docs)
            table[places] += np.bincount(keys, minlength=len(places) * width).reshape(-1, width)
        known[places] = True
    for place in np.flatnonzero(found.counts >= _BY_ITSELF).tolist():
        if known.any() and deadline.passed():
            break
        for docs in reader.tables.documents_of_one(found, place):
            table[place] += np.bincount(of.take(docs), minlength=width)
        known[place] = True
    return [words[place] for place in np.flatnonzero(known).tolist()], table[known, :-1]


def _narrow(of: _Counts) -> NDArray[Any]:
    """Groups of documents in so few bytes that they stay in the processor's cache."""
    return of.astype(np.min_scalar_type(int(of.max(initial=0))))


def _chunks(places: _Counts, counts: _Counts) -> Iterator[_Counts]:
    """Places in turn, some at a time, together with about `_AT_ONCE` postings."""
    return (part for part in np.split(places, _cuts(counts[places])) if len(part))


def _cuts(counts: _Counts) -> _Counts:
    chunk = np.cumsum(counts) // _AT_ONCE
    return np.flatnonzero(np.diff(chunk)) + 1


def _seen(
    reader: Reader, looks: Looks, fits: Callable[[str], bool], deadline: Deadline
) -> tuple[list[str], _Counts, _Counts]:
    """Words in the texts that are looked at, in how many of each group each is (a row for each word), and how many of
    each group were looked at before the time was up. What only one of many has is left out."""
    found = [Counter[str]() for _ in looks.documents]
    looked_at = np.zeros(len(found), np.int64)
    group_of = {document: group for group, docs in enumerate(looks.documents) for document in docs.tolist()}
    documents = list(_in_turn(looks.documents))
    for start in range(0, len(documents), _READ_AT_ONCE):
        if looked_at.any() and deadline.passed():
            break
        some = documents[start : start + _READ_AT_ONCE]
        beginnings = ("\n".join(reader.texts(document))[: looks.characters] for document in some)
        for document, text in zip(some, views(list(beginnings)), strict=True):
            found[group_of[document]].update(_cut(reader, document, text))
            looked_at[group_of[document]] += 1
    fewest = np.where(looked_at >= MANY, 2, 1).tolist()
    often = (word for words, least in zip(found, fewest, strict=True) for word, n in words.items() if n >= least)
    words = list(filter(fits, dict.fromkeys(often)))
    counts = np.zeros((len(words), len(found)), np.int64)
    place = {word: at for at, word in enumerate(words)}
    for group, mine in enumerate(found):
        counts[[place[word] for word in mine if word in place], group] = [mine[word] for word in mine if word in place]
    return words, counts, looked_at


def _cut(reader: Reader, document: int, text: str) -> set[str]:
    """The words of a text by forward maximum matching: always the longest one that the index has."""
    words = set(reader.tables.longest_words(HAN_RUN.findall(text), _LONGEST_WORD, document))
    return words.union(*(other_words(match, text) for match in NOT_HAN_TOKEN.finditer(text)))


class _Estimates(NamedTuple):
    """Words, in how many documents each is, and how many of each group that is likely and at least: tables with a row
    for each word."""

    words: list[str]
    everywhere: _Counts
    likely: _Numbers
    least: _Numbers


def _by_texts(seen: _Counts, looked_at: _Counts, groups: Groups) -> tuple[_Numbers, _Numbers]:
    """How many documents of each group have a word, by those that were looked at: likely and at least."""
    scale = groups.sizes[: len(looked_at)] / np.maximum(looked_at, 1)
    return seen * scale, _at_least(seen, looked_at) * scale


def _by_champions(reader: Reader, groups: Groups, scored: int) -> _Estimates:
    """The same by the champions of frequent words, for the first `scored` groups."""
    champions = reader.tables.champions
    group = _narrow(np.minimum(groups.of, scored)).take(champions.documents)
    keys = champions.rows * (scored + 1)
    keys += group
    hits = np.bincount(keys, minlength=len(champions.words) * (scored + 1)).reshape(-1, scored + 1)[:, :scored]
    sampled = champions.sampled[:, np.newaxis]
    scale = champions.counts[:, np.newaxis] / sampled
    return _Estimates(champions.words, champions.everywhere, hits * scale, _at_least(hits, sampled) * scale)


def _at_least(hits: _Counts, sampled: Any) -> _Numbers:
    """Hits in a sample, less what chance may have added; a quarter keeps a tiny sample from being sure."""
    share = hits / np.maximum(sampled, 1)
    fewer: _Numbers = np.maximum(hits - _ERRORS * np.sqrt(hits * (1 - share) + 0.25), 0)
    return fewer


def _outstanding(
    estimates: Sequence[_Estimates], groups: Groups, scored: int, most: int, fits: Callable[[str], bool]
) -> list[str]:
    """The words that stand out in one of the first `scored` groups even by the least estimate: the `most` best of each,
    the best of each first, as far as their postings may be counted. If several groups share these, the best are those
    with the highest score for each posting: what stands out in a month is rarely what is frequent in all."""
    words = [word for part in estimates for word in part.words]
    everywhere, likely, least = (np.concatenate([part[field] for part in estimates]) for field in (1, 2, 3))
    totals = everywhere if groups.whole else np.minimum(everywhere, likely.sum(axis=1))
    sizes, together = groups.sizes[:scored], int(groups.sizes.sum())
    totals, others = np.minimum(totals, together)[:, np.newaxis], together - sizes
    inside = np.clip(least, np.maximum(totals - others, 0), np.minimum(totals, sizes))
    scores = outstanding_scores(inside, totals, sizes, others)
    if scored > 1:
        scores /= np.maximum(everywhere, 1)[:, np.newaxis]
    chosen: dict[str, None] = {}
    left = _FREQUENT_POSTINGS
    for place in _in_turn([_best_places(column, most) for column in np.ascontiguousarray(scores.T)]):
        if words[place] not in chosen and everywhere[place] <= left and fits(words[place]):
            chosen[words[place]] = None
            left -= int(everywhere[place])
    return list(chosen)


def outstanding_scores(inside: Any, totals: Any, sizes: Any, others: Any) -> _Numbers:
    """G² of words that `inside` documents of groups have, of `totals` in all, where a group has a larger share of them
    than others, and 0 elsewhere: a row for each word, a column for each group."""
    scores = np.zeros(inside.shape)
    rows, columns = np.nonzero(inside * others > (totals - inside) * sizes)
    here = inside[rows, columns]
    of_all = np.broadcast_to(totals, inside.shape)[rows, columns]
    scores[rows, columns] = log_likelihood(here, sizes[columns], of_all - here, others[columns])
    return scores


def _best_places(scores: _Numbers, most: int) -> _Counts:
    """The places of the highest scores above 0, the highest first, at most so many; ties by place."""
    places = np.flatnonzero(scores > 0)  # few: numpy is slow to part what is mostly the same
    if 0 < most < len(places):
        places = places[scores[places] >= np.partition(scores[places], -most)[-most]]
    return places[np.argsort(-scores[places], kind="stable")][:most]


def _in_turn(lists: Sequence[NDArray[Any]]) -> Iterator[int]:
    """The first of each list, the second of each, and so on, each number once."""
    turns = zip_longest(*(numbers.tolist() for numbers in lists))
    return iter(dict.fromkeys(number for turn in turns for number in turn if number is not None))


def log_likelihood(inside: Any, articles: Any, outside: Any, others: Any) -> _Numbers:
    """Dunning's G² for words that `inside` of `articles` and `outside` of `others` have (arrays that broadcast, no
    count above its total): ≥ 0 where the share inside is the larger one, negative where it is the smaller one."""
    articles, others = np.asarray(articles, np.float64), np.asarray(others, np.float64)
    everything = articles + others
    having = np.asarray(inside + outside, np.float64)
    total = np.zeros(np.broadcast_shapes(having.shape, articles.shape), np.float64)
    for observed, row, column in (
        (inside, articles, having),
        (outside, others, having),
        (articles - inside, articles, everything - having),
        (others - outside, others, everything - having),
    ):
        expected = row * column / np.maximum(everything, 1)
        total += observed * np.log(np.maximum(observed, _TINY) / np.maximum(expected, _TINY))  # 0 · ln 0 is 0
    more = inside * others >= outside * articles
    return np.where(more, 2, -2) * np.maximum(total, 0)
