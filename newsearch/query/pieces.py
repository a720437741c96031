"""What a query is made of: its parts, and the Whoosh nodes that each stands for.

A part matches in one of three modes: strictly; with any piece of those that stand side by side, when no article has
all of them; and with any word of a piece, when none has even one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from whoosh import query as whoosh_query
from whoosh.query import Query as Node

from newsearch.schema import BESIDE_TEXT, TEXT
from newsearch.terms.tokens import MatchPart, MatchWord, words_of

#: A piece of more words is a sentence, such as a headline: where any piece is enough, so is any of its words.
PHRASE_WORDS = 3


class Mode(Enum):
    STRICT = "strict"
    ANY_PIECE = "any piece"
    ANY_WORD = "any word"


class Spelling(NamedTuple):
    """A string that a fuzzy piece stands for: how many articles have it as a word, and what it counts in ranking
    beside the word as it was typed, which counts 1."""

    string: str
    documents: int
    weight: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the query looks for. `string` and `words` are folded; an `exact` one matches only as the
    string, not where its words stand apart.

    A wildcard has a `pattern`; a string whose words may have up to N others `between` them has that number, and in
    `words` its words in order and as often as they stand; a fuzzy word has the `distance` up to which others are
    like it, and `spellings` once an index was asked for them.

    `parts` are set where there is more than one way to have all words: one cut of each part must stand. `instead` are
    strings that match in place of the whole. A piece that `stands_for` another string is a synonym of it, and stands
    among the `synonyms` of the piece that was typed, to rank and highlight by.
    """

    field: str
    string: str
    words: tuple[MatchWord, ...]
    exact: bool
    pattern: str = ""
    between: int | None = None
    distance: int = 0
    spellings: tuple[Spelling, ...] = ()
    parts: tuple[MatchPart, ...] = ()
    instead: tuple[str, ...] = ()
    stands_for: str = ""
    synonyms: tuple[Piece, ...] = ()

    def __str__(self) -> str:
        """The piece as it would be typed."""
        prefix = "" if self.field == TEXT else f"{self.field}:"
        if self.distance:
            return f"{prefix}{self.string}~{self.distance}"
        if self.between is not None:
            return f'{prefix}"{self.string}"~{self.between}'
        return f'{prefix}"{self.string}"' if self.exact else prefix + self.string

    def strings(self) -> tuple[Spelling, ...]:
        """What stands for the piece: itself, or its spellings."""
        return self.spellings or (Spelling(self.string, 0, 1.0),)

    def node(self, mode: Mode) -> Node:
        nodes = self._whole()
        if self._has_parts():
            if mode is Mode.ANY_WORD or (mode is Mode.ANY_PIECE and len(self.words) > PHRASE_WORDS):
                nodes += self._any_word()
            else:
                # Where the string stands, so do its words, unless one must stand as a whole.
                nodes = nodes if any(word.whole for word in self.words) else nodes[1:]
                nodes.append(whoosh_query.And(self._all_words()))
        return nodes[0] if len(nodes) == 1 else whoosh_query.Or(nodes)

    def _whole(self) -> list[Node]:
        """Where the piece stands as a whole; without a field or quotes also as an author or a kicker."""
        if self.pattern:
            return [whoosh_query.Wildcard(self.field, self.pattern)]
        if self.between is not None:
            return [whoosh_query.Phrase(self.field, [word.text for word in self.words], slop=self.between + 1)]
        if self.distance and not self.spellings:
            return [whoosh_query.FuzzyTerm(self.field, self.string, maxdist=self.distance)]
        beside = BESIDE_TEXT if self.field == TEXT and not self.exact else ()
        strings = [*(spelling.string for spelling in self.strings()), *self.instead]
        phrases = [whoosh_query.Phrase(self.field, [string]) for string in strings]
        return [*phrases, *(whoosh_query.Term(field, self.string) for field in beside)]

    def _has_parts(self) -> bool:
        one_cut = all(len(part) == 1 for part in self.parts)
        one_word = len(self.words) == 1 and self.words[0].text == self.string and one_cut
        return not (self.exact or self.pattern or one_word)

    def _all_words(self) -> list[Node]:
        if not self.parts:
            return self._nodes_of(self.words)
        nodes = self._nodes_of(words_of(part for part in self.parts if len(part) == 1))
        for part in dict.fromkeys(part for part in self.parts if len(part) > 1):
            cuts = [self._nodes_of(cut) for cut in part]
            nodes.append(whoosh_query.Or([cut[0] if len(cut) == 1 else whoosh_query.And(cut) for cut in cuts]))
        return nodes

    def _any_word(self) -> list[Node]:
        if self.parts:  # the index may have been cut by other words than these
            return self._nodes_of(words_of(self.parts))
        # Longer words as the index has them: a partial match is not worth a look at every text.
        short = [word for word in self.words if len(word.text) < 3 and not word.whole]
        longer = [word for word in self.words if len(word.text) > 2 or word.whole]
        return [*(whoosh_query.Term(self.field, word.text) for word in longer), *self._nodes_of(short)]

    def _nodes_of(self, words: Iterable[MatchWord]) -> list[Node]:
        return [
            whoosh_query.Term(self.field, word.text) if word.whole else whoosh_query.Phrase(self.field, [word.text])
            for word in words
        ]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword field has this value."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"

    def node(self, _: Mode) -> Node:
        return whoosh_query.Term(self.field, self.value)


@dataclass(frozen=True, slots=True)
class Dates:
    """The date lies between two days, YYYYMMDD, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"date:{self.first}..{self.last}"

    def node(self, _: Mode) -> Node:
        return whoosh_query.NumericRange("date", self.first, self.last)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What must not match. Exclusions are always strict."""

    part: Part

    def __str__(self) -> str:
        return f"-{bracketed(self.part)}"

    def node(self, _: Mode) -> Node:
        return whoosh_query.Not(self.part.node(Mode.STRICT))


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts that must all match. Those that are `wanted`, not demanded (a bool for each part), stood side by side; in
    the looser modes one of them is enough."""

    parts: tuple[Part, ...]
    wanted: tuple[bool, ...]

    def __str__(self) -> str:
        return " ".join(map(bracketed, self.parts))

    def node(self, mode: Mode) -> Node:
        demanded = [part.node(mode) for part, wanted in zip(self.parts, self.wanted, strict=True) if not wanted]
        loose = [part.node(mode) for part, wanted in zip(self.parts, self.wanted, strict=True) if wanted]
        if mode is not Mode.STRICT and len(loose) > 1:
            loose = [whoosh_query.Or(loose)]
        nodes = demanded + loose
        return nodes[0] if len(nodes) == 1 else whoosh_query.And(nodes)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Parts one of which must match."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return " OR ".join(map(bracketed, self.parts))

    def node(self, mode: Mode) -> Node:
        return whoosh_query.Or([part.node(mode) for part in self.parts])


Part = Piece | Keyword | Dates | Excluded | AllOf | AnyOf


def pieces_of(part: Part, excluded: bool = False) -> Iterator[Piece]:
    """The pieces of a part, left to right; those that are excluded only if asked for."""
    match part:
        case Piece():
            yield part
            yield from part.synonyms
        case Excluded() if excluded:
            yield from pieces_of(part.part, excluded)
        case AllOf() | AnyOf():
            for child in part.parts:
                yield from pieces_of(child, excluded)


def changed(part: Part, change: Callable[[Piece], Piece]) -> Part:
    """The part with every piece changed, excluded ones too."""
    match part:
        case Piece():
            return change(part)
        case Excluded():
            return Excluded(changed(part.part, change))
        case AllOf() | AnyOf():
            return replace(part, parts=tuple(changed(child, change) for child in part.parts))
    return part


def bracketed(part: Part) -> str:
    """A part as it would be typed beside others."""
    return f"({part})" if isinstance(part, AllOf | AnyOf) else str(part)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was read.

    `tree` matches articles that have everything asked for; `any_piece` those with any of the pieces that stood side
    by side; `any_word` those with any word of them. `pieces` are those to rank and highlight by, left to right.
    `notes` say what was read in another way than its writer may have meant.
    """

    text: str
    part: Part
    notes: list[str] = field(default_factory=list)

    @property
    def tree(self) -> Node:
        return self.part.node(Mode.STRICT)

    @property
    def any_piece(self) -> Node:
        return self.part.node(Mode.ANY_PIECE)

    @property
    def any_word(self) -> Node:
        return self.part.node(Mode.ANY_WORD)

    @property
    def every_piece(self) -> list[Piece]:
        """`pieces` and those that are excluded."""
        return list(pieces_of(self.part, excluded=True))

    @property
    def pieces(self) -> list[Piece]:
        return list(pieces_of(self.part))
