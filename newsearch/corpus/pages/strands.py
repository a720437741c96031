"""Strands: an article as far as one reading of a page has followed it, and what speaks for a text being its next piece.

Strands are persistent: each knows the one before, so that readings which part late share what they agree on. The
evidence is in nats and of three kinds: the seam (does this text go on with the sentence in which the strand stops?),
an echo (does the word that the seam would make stand elsewhere in the article?) and kinship (does the text speak of the
same things?).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log1p, sqrt

from newsearch.corpus.facts.byline import end_authors
from newsearch.corpus.lexicon import Lexicon
from newsearch.corpus.seams import seam, stops_inside

#: What has signed an article: nothing, its authors' names, or who issued a notice and the day.
UNSIGNED, NAMES, DAY = "", "names", "day"

# log P(the text is of the article) / P(it is of another) = _LEVEL + _PAIRS · b / √n − _VOCABULARY · log(1 + v): the
# number of the text's distinct pairs of characters that the article has too (b), of its characters (n), and of the
# article's pairs (v). A logistic regression on 8,000 pairs of paragraphs and news reports, which it tells apart with an
# AUC of 0.954; words by their weights add 0.004 and cost twice the time.
_LEVEL, _PAIRS, _VOCABULARY = 4.14, 5.16, 1.49
_LEAST, _MOST = -4.0, 8.0
_ECHO = 4.0
# A column may have lost a line: hardly anything fits worse.
_WORST_FIT = -4.0
# How far back an article's words and text are looked at, and how much of a text.
_PIECES, _CHARACTERS = 60, 2000


@dataclass(slots=True, eq=False)
class Strand:
    """`article` is the number of the item that began it. `last` is the last paragraph, "" below a heading or list."""

    article: int
    text: str
    before: Strand | None = None
    last: str = ""
    signed: str = UNSIGNED
    pieces: int = 0
    open: bool = False
    known: frozenset[str] | None = None

    def with_text(self, text: str, continues: bool = True) -> Strand:
        """The strand with one more paragraph; with `continues` false it goes on elsewhere, not on this page."""
        signed = NAMES if end_authors(text)[1] else UNSIGNED
        is_open = continues and not signed and stops_inside(text)
        return Strand(self.article, text, self, text, signed, self.pieces + 1, is_open)

    def with_fixed(self, text: str, signed: str = UNSIGNED) -> Strand:
        """The strand with a line that is joined to no other: a subhead, a list, names, a signature."""
        return Strand(self.article, text, self, "", signed or self.signed, self.pieces + 1)

    def vocabulary(self) -> frozenset[str]:
        """The distinct pairs of characters of the last pieces."""
        chain: list[Strand] = []
        node: Strand | None = self
        while node is not None and node.known is None and len(chain) < _PIECES:
            chain.append(node)
            node = node.before
        known = node.known if node is not None and node.known is not None else frozenset()
        for each in reversed(chain):
            known = each.known = known | pairs(each.text)
        return known

    def contains(self, text: str) -> bool:
        """Whether a string stands in one of the last pieces."""
        node: Strand | None = self
        for _ in range(_PIECES):
            if node is None:
                return False
            if text in node.text[:_CHARACTERS]:
                return True
            node = node.before
        return False


class Evidence:
    """Answers for one page, and remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._told: dict[tuple[int, int, str, str], float] = {}

    def forget(self) -> None:
        self._told.clear()

    def joint(self, strand: Strand, text: str) -> float:
        """For a text to be the next piece of an article, by its beginning and its words."""
        # Readings that agree so far about an article hold strands of their own; one answer does for them.
        key = (strand.article, strand.pieces, strand.last, text)
        if key not in self._told:
            self._told[key] = self.fit(strand, text) + self.kinship(strand, text)
        return self._told[key]

    def fit(self, strand: Strand, text: str) -> float:
        """By its beginning alone, over a text that begins a paragraph."""
        return max(_WORST_FIT, self.seam(strand, text)) if strand.open else 0.0

    def seam(self, strand: Strand, text: str) -> float:
        return seam(self._lexicon, strand.last, text) + (_ECHO if self._echoes(strand, text) else 0.0)

    def kinship(self, strand: Strand, text: str) -> float:
        """By what it speaks of: the pairs of characters that it shares with the article."""
        if not strand.pieces:
            return 0.0  # the first text below a title, however well or badly the title says what it is about
        known = strand.vocabulary()
        odds = _LEVEL - _VOCABULARY * log1p(len(known))
        odds += _PAIRS * len(pairs(text) & known) / sqrt(max(1, min(len(text), _CHARACTERS)))
        return max(_LEAST, min(_MOST, odds))

    def _echoes(self, strand: Strand, text: str) -> bool:
        """Whether a string across the seam, of three characters, stands elsewhere in the article: a name that the
        dictionary does not know."""
        left, right = strand.last.rstrip()[-2:], text.lstrip()[:2]
        candidates = (left[-1:] + right, left + right[:1])
        return any(re.fullmatch("[\u3400-\u9fff]{3}", each) and strand.contains(each) for each in candidates)


@lru_cache(maxsize=512)
def pairs(text: str) -> frozenset[str]:
    """The distinct pairs of characters that stand next to each other in words."""
    runs = re.findall(r"[^\W_]{2,}", text[:_CHARACTERS])
    return frozenset(run[place : place + 2] for run in runs for place in range(len(run) - 1))
