"""How much a query may ask for. More is an error at once, rather than a long wait."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The most of each thing."""

    #: characters of a query
    characters: int = 10_000
    #: words, strings and values that it looks for
    pieces: int = 1_000
    #: of these, ones that texts are read for or words compared with: wildcards and ~
    costly: int = 20
    #: brackets and NOTs inside one another
    nesting: int = 50
    #: * and ? in one piece
    wildcards: int = 50
    #: words of "…"~N, and N, words between them
    near_words: int = 32
    between: int = 100
    #: N of word~N, characters that differ
    distance: int = 2
    #: spellings that word~ stands for
    spellings: int = 50
    #: notes about a query
    notes: int = 20


LIMITS = Limits()

#: N where ~ stands alone after a string, and after a word.
BETWEEN = 2
DISTANCE = 1
#: Shortest words for word~ and word~2: of a shorter one, too much is like it.
SHORTEST_FUZZY = {1: 2, 2: 5}
