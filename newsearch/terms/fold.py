"""Folding and the matching view: what makes two spellings the same string, without moving a character.

Folding maps one character to one (traditional to simplified, full width to half width, capitals to small letters,
compatibility forms to plain ones), so an offset in folded text is an offset in the original. The table is
`folding.txt`, made from opencc's character table, Unicode's own and `variants.txt` by `python -m newsearch.terms.fold`,
and kept as a file so that an index never depends on which opencc happens to be installed.

The matching view of a text is its folded form without soft line breaks (single breaks that a column or an OCR
program put inside a sentence; between Latin words a space stands for them) and without characters that nobody sees
(zero-width spaces, soft hyphens, marks of direction, selectors of a glyph); letters written as several characters, such
as e and an accent, are one (Unicode's canonical composition, NFC). A `View` knows where all that was, so spans found
in it can be put back.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_from, _to = Path(__file__).with_name("folding.txt").read_text("utf-8").splitlines()
#: Code point → the code point it folds to, for those that fold.
FOLDED: dict[int, int] = {ord(a): ord(b) for a, b in zip(_from, _to, strict=True)}

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
# Unicode's Default_Ignorable_Code_Point, as far as texts have them: those behind which a word ends as it did before,
# and those that belong to the character before them.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_SELECTORS = "\u034f\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef"

# A single line break and what nobody sees around it.
_SPACE = " \t" + _UNSEEN + _SELECTORS
_AROUND = re.compile(f"[{_SPACE}\r]")
_BREAK = f"[{_SPACE}]*\r?\n[{_SPACE}]*"
# What may stand right before and after a break that is left out.
_INSIDE_BEFORE = r"0-9a-z%)\]、,;:（(《〈「『“'—…·"
_INSIDE_AFTER = r"0-9a-z(\[、,;:。.!?）)》〉」』”'—…·《〈「『“"
_SOFT_BREAK = re.compile(
    f"(?<=[{_HAN}]){_BREAK}(?=[{_HAN}{_INSIDE_AFTER}])|(?<=[{_INSIDE_BEFORE}]){_BREAK}(?=[{_HAN}])"
)
# A break inside a sentence beside which no Han stands: between Latin words or numbers, where a space stands for it, or
# beside punctuation.
_OTHER_BEFORE = r"0-9a-z%)\]'\",;:.(\[、》〉’—…·《〈「『“‘-"
_OTHER_AFTER = r"0-9a-z(\['\",;:!?)、》〉」』”’—…·《〈「『“‘"
_OTHER_BREAK = re.compile(f"(?<=[{_OTHER_BEFORE}]){_BREAK}(?=[{_OTHER_AFTER}])")
_SOFT_HYPHEN = "\u00ad"
# Punctuation of Chinese sentences, as it is written: no space stands beside it.
_CHINESE_MARKS = frozenset("，、；：（）！？《》〈〉「」『』“”‘’—…·")

# What composes with the character before it: accents, voicing marks of kana, vowels and finals of Hangul.
_MARKS = "\u0300-\u034e\u0350-\u036f\u1161-\u11ff\u3099\u309a"
_ALL = _UNSEEN + _SELECTORS + _MARKS
_UNEVEN = re.compile(f"[{_ALL}]")
# No more than 30: the same as in Unicode's Stream-Safe Text Format, for composing takes time quadratic in the marks.
_CLUSTER = re.compile(f"[^{_ALL}\n]?[{_ALL}]{{1,30}}")
_DROPPED = re.compile(f"[{_UNSEEN}{_SELECTORS}]")
_BELONGING = re.compile(f"[{_SELECTORS}{_MARKS}]")

#: Forms of one sign that people type and print for each other, beyond what Unicode calls compatible.
TWINS = {"·": "•‧・∙⋅", "'": "‘’′", "-": "‐‑–−", "σ": "ς", "〇": "○◯", "i": "İ"}

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
    characters had been left out up to and including `cuts[i]`. A place of k lies between two characters, one of
    k + ½ inside character k, which stands for several.
    """

    text: str
    cuts: tuple[float, ...] = ()
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
    edits = _edits(text, folded)
    if not edits:
        return View(folded)
    pieces: list[str] = []
    cuts: list[float] = []
    shifts: list[int] = []
    last = removed = length = 0
    for start, end, instead, inside in edits:
        pieces += (folded[last:start], instead)
        length += start - last
        cuts.append(length + 0.5 if inside else length + len(instead))
        length += len(instead)
        removed += end - start - len(instead)
        shifts.append(removed)
        last = end
    pieces.append(folded[last:])
    return View("".join(pieces), tuple(cuts), tuple(shifts))


def views(texts: Sequence[str]) -> list[str]:
    """The matching views of some texts; of all at once, which is quicker for short ones, if none has the mark between
    them."""
    seen = view("\x01".join(texts)).text.split("\x01")
    return seen if len(seen) == len(texts) else [view(text).text for text in texts]


#: Characters [start, end) of a folded text, what stands for them, and whether that is one with what was left out.
_Edit = tuple[int, int, str, bool]


def _edits(text: str, folded: str) -> list[_Edit]:
    """What the view of a text has otherwise than its folded form, ascending."""
    edits: list[_Edit] = []
    if "\n" in folded:
        edits += [(*line_break, False) for line_break in inner_breaks(text, folded)]
    if _UNEVEN.search(folded):
        gaps = pairwise([0, *chain.from_iterable(edit[:2] for edit in edits), len(folded)])
        for start, end in list(gaps)[::2]:  # between the breaks
            edits += _clusters(folded, start, end)
        edits.sort()
    return edits


def _clusters(folded: str, start: int, end: int) -> Iterator[_Edit]:
    for match in _CLUSTER.finditer(folded, start, end):
        instead = _even(match[0])
        if instead != match[0]:
            yield *match.span(), instead, bool(instead) and bool(_BELONGING.search(match[0]))


def even(folded: str) -> str:
    """A folded text without unseen characters, its letters composed."""
    return _CLUSTER.sub(lambda match: _even(match[0]), folded)


def _even(cluster: str) -> str:
    seen = _DROPPED.sub("", cluster)
    composed = unicodedata.normalize("NFC", seen)
    return fold(composed) if len(composed) < len(seen) else seen  # a few become longer


@cache
def uneven_codes() -> NDArray[np.bool_]:
    """Of each code point whether it is unseen or composes with the one before it."""
    table = np.zeros(sys.maxunicode + 1, np.bool_)
    for first, last in re.findall("(.)(?:-(.))?", _ALL):
        table[ord(first) : ord(last or first) + 1] = True
    return table


def inner_breaks(text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """The line breaks inside sentences, with the space around them, and what stands for each: nothing where Han, a
    Chinese mark or a soft hyphen is beside it, else a space. Only what lies around line breaks is looked at."""
    at = folded.find("\n")
    while at >= 0:
        found = inner_break(text, folded, at)
        if found:
            yield found
        at = folded.find("\n", found[1] if found else at + 1)


def inner_break(text: str, folded: str, at: int) -> tuple[int, int, str] | None:
    """The line break at a place, if it is one inside a sentence, as in `inner_breaks`."""
    start = at
    while start and _AROUND.match(folded, start - 1):
        start -= 1
    soft = _SOFT_BREAK.match(folded, start)
    if soft:
        return *soft.span(), ""
    other = _OTHER_BREAK.match(folded, start)
    if not other:
        return None
    start, end = other.span()
    beside_mark = text[start - 1] in _CHINESE_MARKS or text[end] in _CHINESE_MARKS
    return start, end, "" if beside_mark or _SOFT_HYPHEN in text[start:at] else " "


def variants() -> dict[str, str]:
    """Forms of characters that opencc does not simplify, and what each folds to: those of `variants.txt`."""
    lines = Path(__file__).with_name("variants.txt").read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


def make_table() -> tuple[str, str]:
    """The characters that fold and what each folds to, as two strings of one length.

    Order: Unicode compatibility form (if it is one character), small letter (likewise), then opencc's
    traditional to simplified, `TWINS` and `variants`, until nothing changes. Needs opencc.
    """
    from opencc import OpenCC  # a tool of development: not on a user's machine

    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    han = [c for c in characters if re.match(f"[{_HAN}\uf900-\ufaff\U0002f800-\U0002fa1f]", c)]
    simplified = dict(zip(han, OpenCC("t2s").convert("\n".join(han)).split("\n"), strict=True))
    simplified |= {twin: sign for sign, twins in TWINS.items() for twin in twins}
    simplified |= variants()

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
