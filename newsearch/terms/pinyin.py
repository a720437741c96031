"""Pinyin: how characters and words are read, and which of them typed letters may stand for.

    xiangcun        xiang cun           syllables, the last one perhaps only begun
    xczx, xczhx     x c z x             initials
    xiangczx        xiang c z x         both

Syllables are written without tones, ü as v. A character that is read in several ways keeps all its readings where the
words around it do not decide; in 银行 they do. All of it is in `pinyin.txt`, made from pypinyin's dictionaries by
`python -m newsearch.terms.pinyin`: pypinyin takes 0.2 s to import and 35 µs a word, and an index has 100,000 words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from newsearch.terms.fold import fold

#: How syllables are typed: whole, by their first letters, or now so, now so.
Style = Literal["syllables", "initials", "mixed"]

_TABLE = Path(__file__).with_name("pinyin.txt")
_LONGEST_WORD = 8
# Surnames with a reading of their own that no word of pypinyin's has.
_SURNAMES = (
    ("区", "ou"), ("员", "yun"), ("召", "shao"), ("洗", "xian"), ("盖", "ge"), ("祭", "zhai"), ("种", "chong"),
    ("缪", "miao"), ("覃", "qin"),
)  # fmt: skip
_TYPED = re.compile(r"[a-zü]+(?:['’ ]+[a-zü]+)*")


class _Tables(NamedTuple):
    """Character → its readings; word → those it decides on, of its ambiguous characters in order, joined by '."""

    characters: dict[str, tuple[str, ...]]
    words: dict[str, str]


@cache
def _tables() -> _Tables:
    """`pinyin.txt`: a syllable and its characters a line; a blank line; then what words decide on, and the words, a
    line."""
    first, second = _TABLE.read_text("utf-8").split("\n\n")
    characters: dict[str, tuple[str, ...]] = {}
    for line in first.splitlines():
        syllable, written = line.split(" ")
        for character in written:
            characters[character] = (*characters.get(character, ()), syllable)
    words: dict[str, str] = {}
    for line in second.splitlines():
        decided, *group = line.split(" ")
        words |= dict.fromkeys(group, decided)
    return _Tables(characters, words)


def readings(character: str) -> tuple[str, ...]:
    """The syllables that a folded character may be read as; () for one without pinyin."""
    return _tables().characters.get(character, ())


@cache
def syllables() -> dict[str, str]:
    """Every syllable and the folded characters that may be read so."""
    found: dict[str, str] = {}
    for character, listed in _tables().characters.items():
        for syllable in listed:
            found[syllable] = found.get(syllable, "") + character
    return found


def word_readings(word: str) -> list[tuple[str, ...]]:
    """For each character of a folded word, the syllables it may be read as there: one where a word of the table, the
    longest that begins there, decides; else all of the character's."""
    return _read(word, _tables())


def _read(word: str, tables: _Tables) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    while len(found) < len(word):
        start = len(found)
        for end in range(min(len(word), start + _LONGEST_WORD), start + 1, -1):
            if decided := tables.words.get(word[start:end]):
                found += _decided(word[start:end], decided, tables)
                break
        else:
            found.append(tables.characters.get(word[start], ()))
    return found


def _decided(word: str, decided: str, tables: _Tables) -> list[tuple[str, ...]]:
    given = iter(decided.split("'"))
    every = (tables.characters[character] for character in word)
    return [syllables if len(syllables) == 1 else (next(given),) for syllables in every]


def typed_pinyin(text: str) -> str:
    """A text that may be typed pinyin, in small letters, ü as v, syllables parted by ' or a space with one ' between;
    "" for any other text."""
    text = fold(text).strip()
    if not _TYPED.fullmatch(text):
        return ""
    text = re.sub(r"['’ ]+", "'", text).replace("ü", "v")
    return re.sub(r"(?<=[ln])ue", "ve", text)  # lüe and nüe, as many type them


def ends(typed: str, start: int, syllable: str, style: Style) -> frozenset[int]:
    """Where a character read as `syllable` may end in `typed` if it begins at `start`.

    The last syllable may be only begun: `xiangcu` is read as xiang cun.
    """
    start += typed.startswith("'", start)
    rest, apart, _ = typed[start:].partition("'")
    lengths = set()
    if style != "initials" and rest and (rest.startswith(syllable) or (syllable.startswith(rest) and not apart)):
        lengths.add(min(len(syllable), len(rest)))
    if style != "syllables":
        lengths |= {len(initial) for initial in _initials(syllable) if rest.startswith(initial)}
    return frozenset(start + length for length in lengths)


def _initials(syllable: str) -> tuple[str, ...]:
    """zhen → z, zh."""
    return (syllable[0], syllable[:2]) if syllable[:2] in ("zh", "ch", "sh") else (syllable[0],)


def reads_as(parts: Sequence[str], typed: str, style: Style) -> bool:
    """Whether `typed` is these words, or their beginning, in pinyin; each word decides on its own characters."""
    places = {0}
    for listed in (listed for part in parts for listed in word_readings(part)):
        places = {end for start in places for syllable in listed for end in ends(typed, start, syllable, style)}
        if len(typed) in places:
            return True
    return False


def make_table() -> str:
    """The content of `pinyin.txt`. Needs pypinyin.

    Only folded characters and words: that is what an index has. Of a character's readings the first, the usual one,
    is kept, and those that it has in a word or as a surname; words are left out in which nothing needs deciding, or
    whose readings follow from those of shorter words.
    """
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # a tool of development: not on a user's machine
    from pypinyin.contrib.tone_convert import to_normal

    @cache
    def plain(reading: str) -> str:
        return str(to_normal(reading)).replace("ê", "e")

    attested = {
        (character, plain(reading[0]))
        for word, listed in PHRASES_DICT.items()
        for character, reading in zip(fold(word), listed, strict=False)
    } | set(_SURNAMES)
    tables = _Tables({}, {})
    for code, listed in sorted(PINYIN_DICT.items()):
        character = chr(code)
        # What has no vowel (嗯 is ng) is no syllable that anybody types.
        syllables = [plain(reading) for reading in listed.split(",") if re.search("[aeiouv]", plain(reading))]
        kept = {syllable for syllable in syllables if syllable == syllables[0] or (character, syllable) in attested}
        if kept and fold(character) == character and (character in "〇々" or "\u4e00" <= character <= "\u9fff"):
            tables.characters[character] = tuple(sorted(kept))
    for word in sorted(PHRASES_DICT, key=lambda word: (len(word), word)):
        decided = tuple(plain(reading[0]) for reading in PHRASES_DICT[word])
        known = [tables.characters.get(character, ()) for character in word]
        usual = len(decided) == len(word) <= _LONGEST_WORD and all(map(tuple.__contains__, known, decided))
        if usual and _read(word, tables) != [(syllable,) for syllable in decided]:
            tables.words[word] = "'".join(
                syllable for syllable, every in zip(decided, known, strict=True) if len(every) > 1
            )
    return _written(tables)


def _written(tables: _Tables) -> str:
    """The tables as `_tables` reads them."""
    characters: dict[str, str] = {}
    for character, listed in tables.characters.items():
        for syllable in listed:
            characters[syllable] = characters.get(syllable, "") + character
    words: dict[str, str] = {}
    for word, decided in tables.words.items():
        words[decided] = f"{words.get(decided, '')} {word}"
    lines = [f"{syllable} {written}" for syllable, written in sorted(characters.items())]
    return "\n".join([*lines, "", *(decided + group for decided, group in sorted(words.items()))]) + "\n"


if __name__ == "__main__":
    _TABLE.write_text(make_table(), "utf-8")
