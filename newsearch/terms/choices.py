"""The cuts that a query may mean once a user has added words: jieba's own, and those with the added words in them.

An added word changes how a query is cut, and what was found by all words of the old cut must be found still. So a query
has several cuts: that of the dictionary without added words, and for all added words that lie across it, alone and
together, the one that keeps them whole and cuts anew what they leave of the words they lie across. A word that is
added later can only make more of them. (One that is made of whole words of the cut asks for nothing that those do not.)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

# Added words that lie across the same words of a cut, of which all combinations count; no query has as many.
_MOST_ACROSS = 6

#: Consecutive words that stand for the same stretch of text.
Cut = list[str]


class Span(NamedTuple):
    start: int
    end: int


def choices(words: Sequence[str], added: Sequence[Span], cut: Callable[[str], list[str]]) -> list[list[Cut]]:
    """The stretches of a run, each with its cuts, jieba's own first.

    `words` are the run's words by the dictionary without added ones, `added` the spans in it that are new words,
    `cut` segments a stretch without them. Any cut of one stretch goes with any of the others.
    """
    bounds = [0, *accumulate(map(len, words))]
    across = [span for span in added if len(set(span) & set(bounds)) < 2]
    found: list[list[Cut]] = []
    done = 0
    for first, last, spans in _stretches(across, bounds):
        found += [[[word]] for word in words[done:first]]
        inside = [Span(start, end) for start, end in pairwise(bounds[first : last + 1])]
        run = "".join(words)
        cuts = [list(words[first:last]), *(_around(run, inside, chosen, cut) for chosen in _apart(spans))]
        found.append([list(distinct) for distinct in dict.fromkeys(map(tuple, cuts))])
        done = last
    return found + [[[word]] for word in words[done:]]


def _stretches(across: Sequence[Span], bounds: Sequence[int]) -> Iterator[tuple[int, int, list[Span]]]:
    """The words [first, last) that spans lie across, those that share a word together."""
    stretch: tuple[int, int, list[Span]] | None = None
    for span in sorted(across):
        first, last = bisect_right(bounds, span.start) - 1, bisect_left(bounds, span.end)
        if stretch and first < stretch[1]:
            stretch = (stretch[0], max(last, stretch[1]), [*stretch[2], span])
        else:
            if stretch:
                yield stretch
            stretch = (first, last, [span])
    if stretch:
        yield stretch


def _apart(spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Every choice of spans that do not overlap, of the longest ones if they are many."""
    few = sorted(sorted(spans, key=lambda span: span.start - span.end)[:_MOST_ACROSS])
    for size in range(1, len(few) + 1):
        for chosen in combinations(few, size):
            if all(left.end <= right.start for left, right in pairwise(chosen)):
                yield chosen


def _around(run: str, words: Sequence[Span], chosen: Sequence[Span], cut: Callable[[str], list[str]]) -> Cut:
    """A stretch with the chosen spans as words; words that they do not touch stay, what they leave of others is cut."""
    found = [(span, [run[span.start : span.end]]) for span in chosen]
    for word in words:
        for rest in _without(word, chosen):
            text = run[rest.start : rest.end]
            found.append((rest, [text] if rest == word else cut(text)))
    return [text for _, texts in sorted(found) for text in texts]


def _without(word: Span, chosen: Sequence[Span]) -> Iterator[Span]:
    """What is left of a word by spans in order that do not overlap. (What two words leave is never put together: that
    would depend on which other words were added.)"""
    at = word.start
    for span in chosen:
        if span.start < word.end and at < span.end:
            if at < span.start:
                yield Span(at, span.start)
            at = span.end
    if at < word.end:
        yield Span(at, word.end)
