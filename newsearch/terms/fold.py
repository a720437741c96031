"""Folding and the matching view: what makes two spellings the same string, without moving a character.

Folding maps one character to one (traditional to simplified, full width to half width, capitals to small letters,
compatibility forms to plain ones), so an offset in folded text is an offset in the original. The table is
`folding.txt`, made from opencc's character table and Unicode's own by `python -m newsearch.terms.fold`, and kept
as a file so that an index never depends on which opencc happens to be installed.

The matching view of a text is its folded form without soft line breaks: single breaks that a column or an OCR
program put inside a sentence. A `View` knows where they were, so spans found in it can be put back.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_from, _to = Path(__file__).with_name("folding.txt").read_text("utf-8").splitlines()
#: Code point → the code point it folds to, for those that fold.
FOLDED: dict[int, int] = {ord(a): ord(b) for a, b in zip(_from, _to, strict=True)}

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
# What may stand right before and after a break inside a sentence. Two Latin letters keep the break: there it
# stands for the space between two words.
_INSIDE_BEFORE = r"0-9a-z%)\]、,;:（(《〈「『“‘—…·"
_INSIDE_AFTER = r"0-9a-z(\[、,;:。.!?）)》〉」』”’—…·《〈「『“‘"
SOFT_BREAK = re.compile(
    f"(?<=[{_HAN}])[ \t]*\r?\n[ \t]*(?=[{_HAN}{_INSIDE_AFTER}])|(?<=[{_INSIDE_BEFORE}])[ \t]*\r?\n[ \t]*(?=[{_HAN}])"
)


# From so many characters on a table as an array is quicker, ten times for an article.
_LONG = 64


class Span(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int


def fold(text: str) -> str:
    """The folded text; `len(fold(text)) == len(text)` always."""
    if len(text) < _LONG:
        return text.translate(FOLDED)
    try:
        codes = np.frombuffer(text.encode("utf-16-le"), "<u2")
    except UnicodeEncodeError:  # a lone surrogate
        return text.translate(FOLDED)
    if len(codes) == len(text):
        folded = _short_table()[codes]
        if folded.all():
            return bytes(folded).decode("utf-16-le")
    return text.translate(FOLDED)


@cache
def _short_table() -> NDArray[np.uint16]:
    """What each character of 16 bits folds to; 0 for the few that fold to one of more."""
    table = np.arange(1 << 16, dtype="<u2")
    short = {code: to for code, to in FOLDED.items() if code < len(table)}
    table[list(short)] = [to if to < len(table) else 0 for to in short.values()]
    return table


@dataclass(frozen=True, slots=True)
class View:
    """The matching view of a text: `text` is folded and has no soft line breaks.

    `cuts` are the places in `text` where characters were left out, ascending, and `shifts[i]` how many
    characters had been left out up to and including `cuts[i]`.
    """

    text: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> Span:
        """The span of the original text that `text[start:end]` came from, breaks inside it included."""
        if not self.cuts:
            return Span(start, end)
        # A break right at the start lies before the span, one right at the end after it.
        before = bisect_right(self.cuts, start)
        within = bisect_left(self.cuts, end)
        return Span(
            start + (self.shifts[before - 1] if before else 0), end + (self.shifts[within - 1] if within else 0)
        )


def view(text: str) -> View:
    """The matching view of an original text."""
    folded = fold(text)
    if "\n" not in folded:
        return View(folded)
    pieces, cuts, shifts, last, removed, length = [], [], [], 0, 0, 0
    for match in soft_breaks(folded):
        pieces.append(folded[last : match.start()])
        length += match.start() - last
        removed += match.end() - match.start()
        cuts.append(length)
        shifts.append(removed)
        last = match.end()
    if not cuts:
        return View(folded)
    pieces.append(folded[last:])
    return View("".join(pieces), tuple(cuts), tuple(shifts))


def soft_breaks(folded: str) -> Iterator[re.Match[str]]:
    """The soft line breaks of a folded text. Only what lies around line breaks is looked at."""
    at = folded.find("\n")
    while at >= 0:
        start = at
        while start and folded[start - 1] in " \t\r":
            start -= 1
        match = SOFT_BREAK.match(folded, start)
        if match:
            yield match
        at = folded.find("\n", match.end() if match else at + 1)


def make_table() -> tuple[str, str]:
    """The characters that fold and what each folds to, as two strings of one length.

    Order: Unicode compatibility form (if it is one character), small letter (likewise), then opencc's
    traditional to simplified, until nothing changes. Needs opencc.
    """
    from opencc import OpenCC  # a tool of development: not on a user's machine

    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    han = [c for c in characters if re.match(f"[{_HAN}\uf900-\ufaff\U0002f800-\U0002fa1f]", c)]
    simplified = dict(zip(han, OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True))

    def folded(character: str) -> str:
        for _ in range(4):
            before = character
            for form in (unicodedata.normalize("NFKC", character), character.lower(), simplified.get(character, "")):
                if len(form) == 1 and not form.isspace() and form != character:
                    character = form
                    break
            if character == before:
                return character
        return character

    # Wide and unusual spaces match a plain one; line ends stay what they are.
    line_ends = "\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
    pairs = [(c, " " if c.isspace() and c not in line_ends else folded(c)) for c in characters]
    pairs = [(c, f) for c, f in pairs if f != c]
    return "".join(c for c, _ in pairs), "".join(f for _, f in pairs)


if __name__ == "__main__":
    Path(__file__).with_name("folding.txt").write_text("\n".join(make_table()) + "\n", "utf-8")
