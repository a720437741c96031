"""Words in order and near each other: where `"进了技术学校"~2` stands in a text.

It stands where the words of the string (`newsearch.terms.tokens.ordered_words`) occur one after another, none
overlapping the next, and at most N other words lie between them, all gaps together. A word occurs wherever its
characters stand, as a string does; if it begins or ends with a Latin letter or a digit, no other Latin letter
(digit) may go on there. The words between are those of the text as the segmenter cuts it: every word that has a
character in the gap, cut in two by it or not. Punctuation, spaces and line breaks count nothing, so the string itself
always stands near itself.

Positions in the index would be quicker, but they would tie what is near to the one cut that the index was made with,
and double its size. Most texts that have the words have them far apart, and counting runs of letters as one word each
rules those out; of the others only what lies around the words is cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from newsearch.terms.segment import HAN_FIRST, HAN_LAST
from newsearch.terms.tokens import HAN, RARE_HAN, stretches

Span = tuple[int, int]
Cut = Callable[[str], list[str]]
# Letters up to the next punctuation: never part of a word, so there are at least as many words as such runs.
_RUN = re.compile(r"[^\W_]+(?:(?<=\d)\.(?=\d)[^\W_]+)*")
_LATIN = f"[^\\W\\d_{HAN_FIRST}-{HAN_LAST}{RARE_HAN}]"


def near(text: str, words: Sequence[str], most: int, cut: Cut) -> list[Span]:
    """Where the words stand with at most `most` others between them: the spans of the words of every such place
    (words that touch as one), ascending, each once; [] if they do so nowhere. `text` is a matching view, `words` are
    two or more, and `cut` gives the words of a run of Han (`Segmenter.words`)."""
    places = [_places(text, word) for word in words]
    if not all(places):
        return []
    lengths = [len(word) for word in words]
    runs = [match.span() for match in _RUN.finditer(text)]
    rough = _chains(places, lengths, runs, most)
    if not rough:
        return []
    spans = _words(text, [start for start, _, _ in rough], most + sum(lengths), cut)
    found = {span for step in _chains(places, lengths, spans, most) for span in _spans(step, lengths)}
    return sorted(found)


#: A word of the query at its place, how many others lie between on the best way that leads there, and the step before
#: (None for the first word). A plain tuple: there may be hundreds of thousands.
_Step = tuple[int, int, Any]


def _chains(places: Sequence[Sequence[int]], lengths: Sequence[int], spans: Sequence[Span], most: int) -> list[_Step]:
    """The occurrences of the last word to which the others lead with at most `most` between them: words at `spans`."""
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    steps: list[_Step] = [(start, 0, None) for start in places[0]]
    for following, length in zip(places[1:], lengths, strict=False):
        steps = [step for step in _next_steps(steps, following, length, starts, ends) if step[1] <= most]
    return steps


def _next_steps(
    steps: Sequence[_Step], places: Sequence[int], length: int, starts: Sequence[int], ends: Sequence[int]
) -> Iterator[_Step]:
    """The best way on from steps to words of a length to each of `places` that has one.

    A gap [e, s) touches the words that start before s, less those that end up to e. So the best e is the one with the
    least of what lies before it less the words that end up to it, and a walk along both finds it for each s in turn.
    Where s is e there is no gap.
    """
    best: _Step | None = None
    least = at = 0
    for place in places:
        while at < len(steps) and (end := steps[at][0] + length) < place:
            value = steps[at][1] - bisect_right(ends, end)
            if best is None or value <= least:
                best, least = steps[at], value
            at += 1
        between = least + bisect_left(starts, place)
        if at < len(steps) and steps[at][0] + length == place and (best is None or steps[at][1] <= between):
            yield place, steps[at][1], steps[at]
        elif best is not None:
            yield place, between, best


def _spans(step: _Step, lengths: Sequence[int]) -> list[Span]:
    """The spans of the words on the way to a last word; words that touch are one."""
    starts: list[int] = []
    way: _Step | None = step
    while way is not None:
        starts.append(way[0])
        way = way[2]
    spans: list[Span] = []
    for start, length in zip(reversed(starts), lengths, strict=True):
        begin = spans.pop()[0] if spans and spans[-1][1] == start else start
        spans.append((begin, start + length))
    return spans


def _words(text: str, last_words: Iterable[int], reach: int, cut: Cut) -> list[Span]:
    """The words of a text; Han is cut only as far as `reach` stretches before one of `last_words`, since no more lie
    between the first word and the last."""
    uncut = list(stretches(text))
    starts = [stretch.start for stretch in uncut]
    wanted: set[int] = set()
    for start in last_words:
        number = bisect_right(starts, start)
        wanted.update(range(max(0, number - reach), number))
    spans: list[Span] = []
    for number, (start, end, kind) in enumerate(uncut):
        if kind != HAN or number not in wanted:
            spans.append((start, end))
            continue
        for word in cut(text[start:end]):
            spans.append((start, start + len(word)))
            start += len(word)
    return spans


def _places(text: str, word: str) -> list[int]:
    """Where a word begins, overlapping occurrences as well, ascending."""
    before, after = _limits(word)
    places, at = [], text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (before and at and before.match(text, at - 1)) and not (after and after.match(text, end)):
            places.append(at)
        at = text.find(word, at + 1)
    return places


@lru_cache(maxsize=256)
def _limits(word: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What may not stand right before and right after a word; None if anything may."""
    first, last = (
        next((re.compile(kind) for kind in (r"\d", _LATIN) if re.match(kind, edge)), None)
        for edge in (word[0], word[-1])
    )
    return first, last
