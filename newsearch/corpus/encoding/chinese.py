"""How a text reads as Chinese: what its characters cost under a model of how usual each is.

A character costs minus log2 of its probability, in bits. Real Chinese costs 9.6 bits a character (excerpts of 20
characters of news stay below 12.2); what a wrong decoding makes of the same bytes is full of rare characters, other
scripts, private use and holes, and costs 14 to 25. So of several decodings the one that costs least in all is right,
and it is Chinese if it is cheap enough. The costs of Han characters are `characters.txt`, made from jieba's dictionary
and opencc's traditional forms by `python -m tests.corpus.characters`, so that reading files needs neither.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Bits of what the table does not have. A hole is what nobody writes: controls, private use, unassigned, U+FFFD.
HOLE = 26
_ASCII = 5
_HAN = 19
_RARE_HAN = 22
_OTHER = 16
# Han characters up to this many bits are usual: a thousand, that make three quarters of any text.
_USUAL = 10
# A text is Chinese below so many bits a character, and so many in all: few characters may be anything.
_LIMIT = 12.5
_PRIOR = 10
# Above so many bits a character it is no Chinese, short or long.
_STRANGE = 13.5
_BLANKS = "\t\n\v\f\r\x1a\x1b"


class Reading(NamedTuple):
    """What a text costs. `bits` are those of its `letters`, the characters beyond ASCII and the controls; of these
    `usual` are usual in Chinese and `holes` nothing that anybody writes."""

    bits: int
    letters: int
    usual: int
    holes: int
    ascii: int

    @property
    def total(self) -> int:
        """What all of it costs: of several decodings of the same bytes the least is right."""
        return self.bits + _ASCII * self.ascii

    @property
    def is_chinese(self) -> bool:
        """Whether this is Chinese and nothing else."""
        return self.bits + _PRIOR < _LIMIT * self.letters

    @property
    def is_strange(self) -> bool:
        """Whether what is not ASCII in this is no Chinese."""
        return self.bits > _STRANGE * self.letters

    @property
    def without_holes(self) -> Reading:
        """What the rest costs."""
        return self._replace(bits=self.bits - HOLE * self.holes, letters=self.letters - self.holes, holes=0)

    @property
    def share(self) -> str:
        """How much of it is usual in Chinese, for people."""
        return f"{100 * self.usual // max(1, self.letters)} %"


def read(text: str) -> Reading:
    """What the characters of a text cost, order apart."""
    costs = _costs()
    tally = [0] * (HOLE + 1)
    for character, count in Counter(text).items():
        tally[costs[character]] += count
    plain, tally[0] = tally[0], 0
    return Reading(
        bits=sum(cost * count for cost, count in enumerate(tally)),
        letters=sum(tally),
        usual=sum(tally[: _USUAL + 1]),
        holes=tally[HOLE],
        ascii=plain,
    )


def cost_of(character: str) -> int:
    """What one character costs."""
    return _costs()[character] or _ASCII


@cache
def common_characters() -> frozenset[str]:
    """The characters that cost less than most Chinese does, punctuation too."""
    return frozenset(character for character, cost in _costs().items() if 0 < cost <= _LIMIT)


class _Costs(dict[str, int]):
    """Bits by character; 0 for ASCII, which tells nothing about Chinese. What is asked for is kept."""

    def __missing__(self, character: str) -> int:
        cost = _cost_beyond(character)
        if character <= "\uffff":  # so it stays small, whatever is asked for
            self[character] = cost
        return cost


@cache
def _costs() -> _Costs:
    lines = Path(__file__).with_name("characters.txt").read_text("utf-8").split("\n")
    pairs = [line.partition(" ") for line in lines if line]
    return _Costs({character: int(bits) for bits, _, characters in pairs for character in characters})


def _cost_beyond(character: str) -> int:
    """What a character costs that is not in the table."""
    if character < "\x80":
        return 0 if " " <= character < "\x7f" or character in _BLANKS else HOLE
    if "\u4e00" <= character <= "\u9fff":
        return _HAN
    if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") or character == "\ufffd":
        return HOLE
    return _RARE_HAN if "\u3400" <= character < "\u4e00" or character >= "\U00020000" else _OTHER
