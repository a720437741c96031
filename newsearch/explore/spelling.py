"""A string that stands nowhere → strings near it that do: did you mean?

Near are strings that sound the same (乡村镇兴 → 乡村振兴: the same syllables without tones), those with two
neighbours the other way round, and those with one character more, less or other (Damerau, A technique for computer
detection and correction of spelling errors, 1964). All of them are made from the bigrams of the index: what has a
bigram that stands nowhere is never made, and the least frequent bigram of a string bounds how many articles can
have it.
"""

from __future__ import annotations

import string as letters
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.explore.sampling import frequency
from newsearch.index.reader import Reader
from newsearch.index.tables import Bigrams
from newsearch.terms.fold import fold
from newsearch.terms.pinyin import readings, syllables

_SHORTEST, LONGEST = 2, 12
# From this length on one character more, less or other is a slip of the finger rather than another word.
_LONG_ENOUGH = 3
# From this length on a string is worth trying though no article has it as a whole: its words may all stand in one.
_WORDS_MAY_DO = 5
# Strings with one last character that are kept on the way, other characters tried at one place, strings looked up.
_KEPT = 3
_TRIED = 6
_LOOKED_UP = 12
_ANY = 1 << 62
#: Wrong strings of one query that are corrected.
MOST_WRONG = 3


class _Near(NamedTuple):
    """A string, how far it is from the one typed, and the most articles that can have it.

    0: it sounds the same, or two neighbours are swapped; 1: one character more, less or other; 2: the first or last
    character less, which always finds more and says little.
    """

    text: str
    distance: int
    bound: int


def corrections(reader: Reader, string: str, limit: int = 3, deadline: Deadline = UNLIMITED) -> list[str]:
    """Strings near a folded one, the nearest first, then those in most articles.

    Each stands in an article or, if none does and it is long, may have all its words in one: who offers them asks
    whether they find something. [] for a string that is too short or too long or has more than letters and digits,
    or if the time is up.
    """
    if deadline.passed() or not (_SHORTEST <= len(string) <= LONGEST and string.isalnum()):
        return []
    near = _words_near(reader, string) if string.isascii() else _strings_near(reader.tables.bigrams, string)
    best: dict[str, _Near] = {}
    for found in sorted(near, key=lambda found: (found.distance, -found.bound, found.text)):
        best.setdefault(found.text, found)
    best.pop(string, None)
    looked_up = list(best.values())[:_LOOKED_UP]
    counts = {found.text: frequency(reader, found.text, deadline) for found in looked_up}
    if deadline.cut:
        return []
    standing = [found for found in looked_up if counts[found.text]]
    if not standing and len(string) >= _WORDS_MAY_DO:
        return [found.text for found in looked_up[:limit]]
    standing.sort(key=lambda found: (found.distance, -counts[found.text], found.text))
    return [found.text for found in standing[:limit]]


def corrected_queries(
    reader: Reader, text: str, wrong: Sequence[str], deadline: Deadline = UNLIMITED
) -> Iterator[str]:
    """A query with those of its strings that stand nowhere (`wrong`, folded) corrected: every correction if it is one
    string, the best of each if there are several."""
    listed = [corrections(reader, string, deadline=deadline) for string in wrong[:MOST_WRONG]]
    if not listed or not all(listed) or len(wrong) > MOST_WRONG:
        return
    for choice in [[found] for found in listed[0]] if len(listed) == 1 else [[found[0] for found in listed]]:
        query = text
        for string, correction in zip(wrong, choice, strict=True):
            place = fold(query).find(string)
            if place < 0:  # written with a line break inside
                return
            query = query[:place] + correction + query[place + len(string) :]
        yield query


def _strings_near(bigrams: Bigrams, string: str) -> Iterator[_Near]:
    yield from _sounding_alike(bigrams, string)
    halves = [(string[:place], string[place:]) for place in range(len(string) + 1)]
    changed = [_Near(a + b[1] + b[0] + b[2:], 0, 0) for a, b in halves if len(b) > 1]
    if len(string) >= _LONG_ENOUGH:
        changed += [_Near(a + b[1:], 1 if a and b[1:] else 2, 0) for a, b in halves if b]
        for a, b in halves:
            yield from _with_another(bigrams, a, b)
            yield from _with_another(bigrams, a, b[1:]) if b else ()
    yield from (near._replace(bound=bound) for near in changed if (bound := _bound(bigrams, near.text)))


def _sounding_alike(bigrams: Bigrams, string: str) -> Iterator[_Near]:
    """Strings whose characters share a syllable with the string's, one by one; character by character the best."""
    choices = [_same_sound(character) for character in string]
    best: dict[str, list[tuple[int, str]]] = {character: [(_ANY, character)] for character in choices[0]}
    for left, right in pairwise(choices):
        seams = bigrams.seams(left, right)
        longer: dict[str, list[tuple[int, str]]] = {}
        for row, column in np.argwhere(seams).tolist():
            seam = int(seams[row, column])
            begun = [(min(bound, seam), text + right[column]) for bound, text in best.get(left[row], ())]
            longer.setdefault(right[column], []).extend(begun)
        best = {last: sorted(found, reverse=True)[:_KEPT] for last, found in longer.items()}
    return (_Near(text, 0, bound) for found in best.values() for bound, text in found)


def _same_sound(character: str) -> list[str]:
    table = syllables()
    return sorted({character, *(other for syllable in readings(character) for other in table[syllable])})


def _with_another(bigrams: Bigrams, before: str, after: str) -> Iterator[_Near]:
    """Strings with one character between two parts, those that most articles can have."""
    bound = min(_bound(bigrams, before), _bound(bigrams, after))
    if not bound:
        return
    counts = np.full(len(bigrams.alphabet), bound)
    for character, side, others in (
        (before[-1:], bigrams.first, bigrams.second),
        (after[:1], bigrams.second, bigrams.first),
    ):
        if character:
            chosen = np.flatnonzero(side == bigrams.number(character))
            beside = np.zeros_like(counts)
            beside[others[chosen]] = bigrams.counts[chosen]
            counts = np.minimum(counts, beside)
    for number in np.argsort(-counts, kind="stable")[:_TRIED].tolist():
        if counts[number]:
            yield _Near(before + bigrams.alphabet[number] + after, 1, int(counts[number]))


def _bound(bigrams: Bigrams, text: str) -> int:
    """The documents of the least frequent bigram: no more have the string. Large for less than two characters."""
    return min((bigrams.documents(first, second) for first, second in pairwise(text)), default=_ANY)


def _words_near(reader: Reader, word: str) -> Iterator[_Near]:
    """Words of Latin letters and digits with one letter more, less, other, or two neighbours swapped."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in halves if b} | {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    for letter in letters.ascii_lowercase:
        near |= {a + letter + b for a, b in halves} | {a + letter + b[1:] for a, b in halves if b}
    return (_Near(text, 1, count) for text in near if len(text) > 1 and (count := len(reader.word(text))))
