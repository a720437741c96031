"""A query that found nothing, or not all it asked for → other queries worth trying.

Nothing here is looked at for a query that found what it asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.explore.spelled import words_read_as
from newsearch.explore.spelling import LONGEST, MOST_WRONG, corrected_queries
from newsearch.index.reader import Reader
from newsearch.query import ParsedQuery, Piece
from newsearch.schema import TEXT
from newsearch.terms.pinyin import typed_pinyin

# Readings of typed letters that are offered, and letters above which nobody typed pinyin.
_MOST_READINGS = 4
_LONGEST_TYPED = 40


def pinyin_queries(reader: Reader, parsed: ParsedQuery, deadline: Deadline = UNLIMITED) -> list[str]:
    """What a query of nothing but Latin letters may have meant as pinyin, the most frequent first: `xiangcun zhenxing`
    as one phrase, or else each part by itself. [] for any other query, or if the index has nothing that is read so, or
    nothing that is found in time."""
    parts = parsed.text.split()
    plain = [piece.string for piece in parsed.pieces if piece.field == TEXT and not (piece.exact or piece.pattern)]
    if len(plain) != len(parts) or len(parsed.text) > _LONGEST_TYPED or not all(map(typed_pinyin, parts)):
        return []
    whole = words_read_as(reader, typed_pinyin(parsed.text), deadline)
    if whole or len(parts) == 1:
        return [text for text, _ in sorted(whole.items(), key=lambda item: (-item[1], item[0]))][:_MOST_READINGS]
    read = [words_read_as(reader, typed_pinyin(part), deadline) for part in parts]
    return [" ".join(min(words, key=lambda word: (-words[word], word)) for words in read)] if all(read) else []


def near_queries(
    reader: Reader, parsed: ParsedQuery, stands: Callable[[Piece], bool], deadline: Deadline = UNLIMITED
) -> list[str]:
    """The query with those of its strings that stand nowhere replaced by ones near them, the nearest first; [] if all
    of them stand somewhere or nothing is near, or not in time. Short strings only: a long one is hardly a slip."""
    short = (piece for piece in parsed.pieces if len(piece.string) <= LONGEST and not piece.pattern)
    wrong = (piece.string for piece in short if not stands(piece))
    missing: dict[str, None] = {}
    while len(missing) <= MOST_WRONG and (string := next(wrong, None)) is not None:
        missing[string] = None
    return list(corrected_queries(reader, parsed.text, list(missing), deadline))
