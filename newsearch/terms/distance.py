"""How far one spelling is from another: the edit distance of Levenshtein (1966), that is, how many characters must be
replaced, left out or put in to make one string of the other."""

from __future__ import annotations

from itertools import pairwise


def within(a: str, b: str, most: int) -> bool:
    """Whether the edit distance of two strings is at most `most`."""
    if abs(len(a) - len(b)) > most:
        return False
    a, b = _without_ends(a, b)
    return max(len(a), len(b)) <= most or _distance(a, b) <= most


def parts(word: str, count: int) -> list[str]:
    """A word in `count` parts of much the same length. What differs from it in fewer places than that has at least
    one of them as it is."""
    ends = [len(word) * number // count for number in range(count + 1)]
    return [word[start:end] for start, end in pairwise(ends)]


def _without_ends(a: str, b: str) -> tuple[str, str]:
    """What is left of two strings without what both begin and both end with: their distance stays."""
    shorter = min(len(a), len(b))
    start = next((place for place in range(shorter) if a[place] != b[place]), shorter)
    end = next((place for place in range(shorter - start) if a[-1 - place] != b[-1 - place]), shorter - start)
    return a[start : len(a) - end], b[start : len(b) - end]


def _distance(a: str, b: str) -> int:
    """Row by row (Wagner and Fischer 1974): how far each beginning of `a` is from each of `b`."""
    row = list(range(len(b) + 1))
    for number, one in enumerate(a, 1):
        above, row = row, [number]
        for place, other in enumerate(b):
            row.append(min(above[place] + (one != other), above[place + 1] + 1, row[place] + 1))
    return row[-1]
