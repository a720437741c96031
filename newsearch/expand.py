"""A query as it was typed → what stands for it in an index: `工作~` becomes the words that are like 工作.

Like a word are those of the index at an edit distance of at most N (1 unless it is said), the word itself first, then
the nearer ones, then those in more articles. A single character is like nothing: it stands inside almost every text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from newsearch.index.reader import Reader
from newsearch.query import LIMITS, ParsedQuery, Piece, Spelling, changed
from newsearch.ranking import idf
from newsearch.terms.distance import parts, within

# What another spelling counts in ranking, beside 1 for the word that was typed: little where articles have that word,
# so that several others do not outweigh it; more where none has. A rare one counts no more than the most frequent one.
_WEIGHT, _WEIGHT_ALONE = 0.1, 0.5


def expanded(parsed: ParsedQuery, reader: Reader) -> ParsedQuery:
    """The query with the spellings of its fuzzy pieces; those without any but their own are noted."""
    if not any(piece.distance for piece in parsed.every_piece):
        return parsed
    alike = cache(lambda word, distance: spellings(reader, word, distance))

    def change(piece: Piece) -> Piece:
        return replace(piece, spellings=alike(piece.string, piece.distance)) if piece.distance else piece

    fuzzy = dict.fromkeys(piece for piece in parsed.every_piece if piece.distance)
    alone = [f"no word is like {piece.string}" for piece in fuzzy if len(alike(piece.string, piece.distance)) == 1]
    return ParsedQuery(parsed.text, changed(parsed.part, change), [*parsed.notes, *alone])


def spellings(reader: Reader, word: str, distance: int) -> tuple[Spelling, ...]:
    """The words that are like a folded word of two characters or more, at most `LIMITS.spellings` of them, and in how
    many articles each is; the word itself comes first, whether it is in the index or not."""
    alike = {found for found in _candidates(reader, word, distance) if len(found) > 1 and within(word, found, distance)}
    documents = {found: len(reader.word(found)) for found in alike | {word}}
    others = sorted(
        (found for found in alike - {word} if documents[found]),
        key=lambda found: (not within(word, found, 1), -documents[found], found),
    )
    chosen = others[: LIMITS.spellings - 1]
    least = idf(max(documents[found] for found in (word, *chosen)), reader.count)
    weight = _WEIGHT if documents[word] else _WEIGHT_ALONE
    weights = {found: weight * least / idf(documents[found], reader.count) for found in chosen}
    return (
        Spelling(word, documents[word], 1.0),
        *(Spelling(found, documents[found], weights[found]) for found in chosen),
    )


def _candidates(reader: Reader, word: str, distance: int) -> Iterable[str]:
    """Words of the index among which are all that are like a word.

    For one slip the trie of words is enough: either the first character is right, or what follows it is. For more,
    one part of the word must be as it was.
    """
    if distance > 1:
        return {found for part in parts(word, distance + 1) for found in reader.words_around(part)}
    first_wrong = [word[1:]]
    for character in reader.characters():
        first_wrong += (character + word[1:], character + word)
    return {*reader.words(word[0]), *reader.known_words(first_wrong)}
