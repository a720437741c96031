"""Typed pinyin → the words and phrases of the index that are read so.

Words are found through the readings of their characters. A phrase is a chain of words whose seams are bigrams of
the index: the least frequent of its words and seams bounds how many articles can have it, so that of all chains only
the best few are looked up, in the texts of a few articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple, get_args

import numpy as np

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.explore.sampling import frequency
from newsearch.index.reader import Reader
from newsearch.terms.pinyin import Style, ends, reads_as, syllables

# Letters that no syllable begins with.
_NO_INITIALS = set("iuv")
# From this length on what was typed may mix syllables and initials; below, nearly anything could be read somehow.
_MAY_BE_MIXED = 5
# Words that are given back at most; words of a chain, chains of one length that go on, words that each may go on with,
# chains that are looked up.
_MOST_WORDS = 40
_LONGEST_CHAIN = 4
_KEPT = 200
_FOLLOWING = 500
_LOOKED_UP = 8


class _Match(NamedTuple):
    """A word that may stand at a place of what was typed, the articles that have it, and where it may end there."""

    word: str
    articles: int
    ends: frozenset[int]


class _Chain(NamedTuple):
    """Words that stand for typed[:end], and the most articles that can have them side by side."""

    words: tuple[str, ...]
    end: int
    bound: int


def words_read_as(reader: Reader, typed: str, deadline: Deadline = UNLIMITED) -> Counter[str]:
    """The words and phrases of the index that are read as `typed` or begin so, with the articles that have each
    (estimated for phrases).

    `typed` is as `newsearch.terms.pinyin.typed_pinyin` gives it. Syllables and initials mixed are tried only in
    longer input, and only if nothing is read as the one or the other throughout; single characters are given only if
    there is nothing longer. If the time is up, there are those that were found by then.
    """
    whole, initials, mixed = get_args(Style)
    found = _read(reader, typed, whole, deadline)
    if not set(typed) & _NO_INITIALS:
        found |= _read(reader, typed, initials, deadline)
    if not found and len(typed) >= _MAY_BE_MIXED:
        found = _read(reader, typed, mixed, deadline)
    return Counter({word: count for word, count in found.items() if len(word) > 1}) or found


def _read(reader: Reader, typed: str, style: Style, deadline: Deadline) -> Counter[str]:
    if deadline.passed():
        return Counter()
    matches = _matcher(reader, typed, style)
    whole = [match for match in matches(0) if len(typed) in match.ends]
    whole.sort(key=lambda match: (-match.articles, match.word))
    fitting = (match for match in whole if reads_as([match.word], typed, style))
    found = Counter({match.word: match.articles for match in islice(fitting, _MOST_WORDS)})
    for chain in _chains(reader, typed, matches, deadline):
        if reads_as(chain.words, typed, style) and (count := frequency(reader, "".join(chain.words), deadline)):
            found["".join(chain.words)] = count
    return found


def _matcher(reader: Reader, typed: str, style: Style) -> Callable[[int], list[_Match]]:
    """Place in `typed` → the words that may stand there, by all readings of their characters."""
    tables = reader.tables
    alphabet = set(tables.bigrams.alphabet)
    nowhere: frozenset[int] = frozenset()

    @cache
    def letters(place: int) -> dict[str, frozenset[int]]:
        """The characters that may stand at a place, and where each may end."""
        found: dict[str, frozenset[int]] = {}
        for syllable, characters in syllables().items():
            if there := ends(typed, place, syllable, style):
                found |= {letter: found.get(letter, nowhere) | there for letter in characters if letter in alphabet}
        return found

    @cache
    def second_letters(places: frozenset[int]) -> set[str]:
        return {letter for place in places for letter in letters(place)}

    def word_ends(word: str, places: frozenset[int]) -> frozenset[int]:
        for letter in word[1:]:
            if len(typed) in places:
                break
            places = nowhere.union(*[letters(place).get(letter, nowhere) for place in places])
            if not places:
                break
        return places

    @cache
    def matches(place: int) -> list[_Match]:
        found = []
        for letter, places in letters(place).items():
            words = tables.words(letter).items()
            if len(typed) in places:
                found += [_Match(word, count, places) for word, count in words]
            else:  # nearly all words fall by their second character
                second = second_letters(places)
                fitting = [(word, count) for word, count in words if len(word) == 1 or word[1] in second]
                found += [_Match(word, count, word_ends(word, places)) for word, count in fitting]
        return [match for match in found if match.ends]

    return matches


def _chains(
    reader: Reader, typed: str, matches: Callable[[int], list[_Match]], deadline: Deadline
) -> list[_Chain]:
    """The chains of two words and more that stand for all of `typed`, those that most articles can have first."""

    @cache
    def words(place: int) -> list[_Match]:
        longer = (match for match in matches(place) if len(match.word) > 1)
        return sorted(longer, key=lambda match: (-match.articles, match.word))[:_FOLLOWING]

    whole: list[_Chain] = []
    open_chains = [
        _Chain((match.word,), end, match.articles)
        for match in matches(0)
        if len(match.word) > 1
        for end in match.ends
        if end < len(typed)
    ]
    for _ in range(_LONGEST_CHAIN - 1):
        by_end: dict[int, list[_Chain]] = {}
        for chain in sorted(open_chains, key=lambda chain: (-chain.bound, chain.words)):
            if len(group := by_end.setdefault(chain.end, [])) < _KEPT:
                group.append(chain)
        longer = [
            chain
            for end, group in by_end.items()
            if not deadline.passed()
            for chain in _extended(reader, group, words(end))
        ]
        whole += [chain for chain in longer if chain.end == len(typed)]
        open_chains = [chain for chain in longer if chain.end < len(typed)]
    whole.sort(key=lambda chain: (-chain.bound, chain.words))
    return whole[:_LOOKED_UP]


def _extended(reader: Reader, chains: list[_Chain], following: list[_Match]) -> Iterator[_Chain]:
    """The chains with one more word, those that most articles can have."""
    if not following:
        return
    bounds = reader.tables.bigrams.seams([chain.words[-1][-1] for chain in chains], [m.word[0] for m in following])
    np.minimum(bounds, np.array([match.articles for match in following]), out=bounds)
    np.minimum(bounds, np.array([chain.bound for chain in chains])[:, None], out=bounds)
    flat = bounds.ravel()
    best = flat.nonzero()[0]  # few, and numpy is slow to part what is mostly the same
    if len(best) > _KEPT:
        best = best[np.argpartition(-flat[best], _KEPT)[:_KEPT]]
    for place in best.tolist():
        chain, match = chains[place // len(following)], following[place % len(following)]
        for end in match.ends:
            yield _Chain((*chain.words, match.word), end, int(flat[place]))
