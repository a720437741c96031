"""Synonyms: other forms under which a query's words are found too, applied when the query is read.

A file has a rule a line, as Elasticsearch and Solr write them:

    电脑, 计算机, 微机               each is found by each of the others
    新冠 => 新冠肺炎, COVID-19      the forms on the right are found by those on the left, not the other way

A form is found as a string. What was typed always counts too, and a little more: a synonym scores at most `WEIGHT` of
what the form it stands for would. Strings in quotation marks, wildcards and fields of whole values are taken as typed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, product
from pathlib import Path

from newsearch.errors import BadWordFile
from newsearch.query import Expansion, Piece
from newsearch.terms.fold import fold
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import MatchPart, MatchWord, match_words, searchable, words_of
from newsearch.wordfiles import numbered_lines

#: What a synonym weighs beside the form that was typed.
WEIGHT = 0.9
# What one cut of a stretch becomes at most; words with synonyms are rarely so close together.
_MOST_VARIANTS = 64
_ADVICE = "write words with commas between them, or words => words"

_Forms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Forms by the folded word that also finds them; a word is no form of its own. `longest` is the length of the
    longest word."""

    forms: _Forms
    longest: int

    @classmethod
    def of(cls, rules: Mapping[str, str | Iterable[str]]) -> Synonyms:
        """From words and the forms that each also finds (one way). Raises ValueError for one without letters."""
        pairs = [(word, [given] if isinstance(given, str) else list(given)) for word, given in rules.items()]
        for text in (text for word, forms in pairs for text in (word, *forms)):
            if not searchable(text):
                raise ValueError(f"{text!r} has no letters")
        return cls.joined(pairs)

    @classmethod
    def joined(cls, pairs: Iterable[tuple[str, Iterable[str]]]) -> Synonyms:
        """From words and their forms; the forms of a word that comes again are joined."""
        found: dict[str, dict[str, None]] = {}
        for word, forms in pairs:
            key = fold(word.strip())
            for form in map(str.strip, forms):
                if fold(form) != key:
                    found.setdefault(key, {})[form] = None
        return cls({word: tuple(forms) for word, forms in found.items()}, max(map(len, found), default=0))


#: A file of rules, words with the forms that each also finds, or what `read_synonyms` returned.
SynonymRules = Path | str | Mapping[str, str | Iterable[str]] | Synonyms


def read_synonyms(path: Path | str) -> Synonyms:
    """The rules of a file. Raises BadWordFile, which names file and line."""
    pairs: list[tuple[str, Iterable[str]]] = []
    for number, line in numbered_lines(path):
        try:
            words, forms = _rule(line)
        except ValueError as error:
            raise BadWordFile(path, number, str(error), _ADVICE) from None
        pairs += [(word, forms) for word in words]
    return Synonyms.joined(pairs)


def expansion(synonyms: SynonymRules, segmenter: Segmenter) -> Expansion:
    """What expands the pieces of a query. Raises BadWordFile for a file that cannot be read, ValueError for such a
    mapping."""
    if isinstance(synonyms, str | Path):
        synonyms = read_synonyms(synonyms)
    elif not isinstance(synonyms, Synonyms):
        synonyms = Synonyms.of(synonyms)
    return partial(expanded, synonyms=synonyms, segmenter=segmenter)


def expanded(piece: Piece, synonyms: Synonyms, segmenter: Segmenter) -> tuple[Piece, str]:
    """A piece that also matches by the synonyms of the whole, or else of its words, with a piece for each of them; and
    what was done, in words."""
    forms, used = synonyms.forms, dict[str, tuple[str, ...]]()
    if piece.string in forms:
        used[piece.string] = forms[piece.string]
        piece = replace(piece, instead=tuple(fold(form) for form in used[piece.string]))
    else:
        parts = _joined(piece.parts or tuple(((word,),) for word in piece.words), piece.string, synonyms)
        vary = partial(_variants, string=piece.string, synonyms=synonyms, used=used, segmenter=segmenter)
        varied = tuple(tuple(variant for cut in part for variant in vary(cut)) for part in parts)
        if used:
            words = dict.fromkeys((*piece.words, *(word for word in words_of(varied) if word.text in piece.string)))
            piece = replace(piece, words=tuple(words), parts=varied)
    beside = tuple(_synonym(piece, key, fold(form), segmenter) for key, forms in used.items() for form in forms)
    return replace(piece, synonyms=beside), "; ".join(
        f"{key} also stands for {', '.join(forms)}" for key, forms in used.items()
    )


def _synonym(piece: Piece, stands_for: str, form: str, segmenter: Segmenter) -> Piece:
    return Piece(piece.field, form, tuple(match_words(form, segmenter)), exact=True, stands_for=stands_for)


def _joined(parts: Sequence[MatchPart], string: str, synonyms: Synonyms) -> list[MatchPart]:
    """The parts of a piece, those as one that together make up a word with synonyms."""
    texts = ["".join(word.text for word in part[0]) for part in parts]
    stretches = (parts[first:last] for first, last, _ in _stretches(texts, string, synonyms))
    return [tuple(_together(stretch)) if len(stretch) > 1 else stretch[0] for stretch in stretches]


def _together(options: Sequence[Iterable[tuple[MatchWord, ...]]]) -> Iterator[tuple[MatchWord, ...]]:
    """Every way to take one of each of the options, as one."""
    return (tuple(word for words in taken for word in words) for taken in islice(product(*options), _MOST_VARIANTS))


def _variants(
    cut: tuple[MatchWord, ...], string: str, synonyms: Synonyms, used: dict[str, tuple[str, ...]], segmenter: Segmenter
) -> Iterator[tuple[MatchWord, ...]]:
    """A cut, and it with synonyms in place of words that have any; notes in `used` which have."""
    options: list[list[tuple[MatchWord, ...]]] = []
    for first, last, key in _stretches([word.text for word in cut], string, synonyms):
        options.append([cut[first:last]])
        before, after = "", ""
        if not key and not cut[first].whole:
            before, key, after = _inside(cut[first].text, synonyms.forms, segmenter)
        if key:
            used[key] = synonyms.forms[key]
            replaced = ((before, fold(form), after) for form in used[key])
            options[-1] += [tuple(MatchWord(text, False) for text in texts if text) for texts in replaced]
    return _together(options)


def _inside(word: str, forms: _Forms, segmenter: Segmenter) -> tuple[str, str, str]:
    """A word with synonyms that a longer one is made of (电脑 in 电脑病毒), the longest, between what is before and
    after it, each a word or nothing; three times "" if there is none."""
    for size in range(len(word) - 2, 1, -1):
        for start in range(len(word) - size + 1):
            before, key, after = word[:start], word[start : start + size], word[start + size :]
            if key in forms and all(len(r) > 1 and segmenter.words(r) == [r] for r in (before, after) if r):
                return before, key, after
    return "", "", ""


def _stretches(texts: Sequence[str], string: str, synonyms: Synonyms) -> Iterator[tuple[int, int, str]]:
    """Consecutive texts of a string, [first, last), that are a word with synonyms as they stand there, and that word;
    the longest first. The others one by one, with no word."""
    starts, ends = [], [0]
    for text in texts:
        starts.append(max(ends[-1], string.find(text, ends[-1])))
        ends.append(starts[-1] + len(text))
    first = 0
    while first < len(texts):
        reach = bisect_right(ends, starts[first] + synonyms.longest) - 1
        keys = ((last, string[starts[first] : ends[last]]) for last in range(reach, first, -1))
        last, key = next(((last, key) for last, key in keys if key in synonyms.forms), (first + 1, ""))
        yield first, last, key
        first = last


def _rule(line: str) -> tuple[list[str], list[str]]:
    """The words of a rule and their forms. Raises ValueError, saying what is wrong."""
    sides = [_words(side) for side in line.replace("＝＞", "=>").split("=>")]
    if len(sides) > 2:
        raise ValueError("more than one => in a line")
    if len(sides) == 1 and len(sides[0]) < 2:
        raise ValueError(f"{sides[0][0]} stands alone")
    return sides[0], sides[-1]


def _words(side: str) -> list[str]:
    words = [word.strip() for word in side.replace("，", ",").split(",")]
    for word in words:
        if not searchable(word):
            raise ValueError(f"{word} has no letters" if word else "a word is missing")
    return words
