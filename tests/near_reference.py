"""What near means, by trying every way: the definition of `newsearch.terms.near` in its slowest form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import HAN, stretches


def ways(text: str, words: Sequence[str], most: int, segmenter: Segmenter) -> Iterator[list[int]]:
    """The places of the words, for every way they stand in order with at most `most` others between."""
    owners = word_numbers(text, segmenter)

    def following(number: int, end: int, left: int) -> Iterator[list[int]]:
        if number == len(words):
            yield []
            return
        for place in range(end, len(text)):
            others = {owners[at] for at in range(end, place)} - {None} if number else set()
            if len(others) <= left and stands_at(text, words[number], place):
                for rest in following(number + 1, place + len(words[number]), left - len(others)):
                    yield [place, *rest]

    return following(0, 0, most)


def word_numbers(text: str, segmenter: Segmenter) -> list[int | None]:
    """For each character the number of the word that it belongs to, None for punctuation."""
    owners: list[int | None] = [None] * len(text)
    number = 0
    for start, end, kind in stretches(text):
        for word in segmenter.words(text[start:end]) if kind == HAN else [text[start:end]]:
            owners[start : start + len(word)] = [number] * len(word)
            start += len(word)
            number += 1
    return owners


def stands_at(text: str, word: str, place: int) -> bool:
    end = place + len(word)
    if text[place:end] != word:
        return False
    return not (place and goes_on(word[0], text[place - 1])) and not (end < len(text) and goes_on(word[-1], text[end]))


def goes_on(edge: str, neighbour: str) -> bool:
    """Whether a letter or digit at the edge of a word has its like beside it."""
    kinds = ("0123456789", "abcdefghijklmnopqrstuvwxyz")
    return any(edge in kind and neighbour in kind for kind in kinds)
