"""Exact strings: which articles contain a string, however they were segmented.

The bigrams of the string narrow the articles down to candidates that have all of them; where that leaves room for
doubt (three characters or more, or punctuation in the string) the text of each candidate decides. A string that is
also a word of the index needs no look at the articles that have the word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from newsearch.evaluation.questions import Documents, IndexQuestions, TermPostings
from newsearch.evaluation.sets import NONE, intersection, member

_LETTER = r"[^\W_]"
# Letters that a * stands for at most.
_LONGEST = 32


@dataclass(frozen=True, slots=True)
class StringPattern:
    """What to look for in folded text: a string, or a pattern in which ? is one letter and * up to 32 letters.

    `literals` are the strings that every match contains; `string` is the whole if there is no wildcard, else "".
    """

    expression: re.Pattern[str]
    literals: tuple[str, ...]
    string: str

    @classmethod
    def exact(cls, string: str) -> StringPattern:
        return cls(re.compile(re.escape(string)), (string,), string)

    @classmethod
    def wildcard(cls, pattern: str) -> StringPattern:
        parts = re.split(r"([*?])", pattern)
        wild = {"*": rf"(?:{_LETTER}|[*]){{0,{_LONGEST}}}", "?": rf"(?:{_LETTER}|[?])"}
        expression = "".join(wild.get(part) or re.escape(part) for part in parts)
        return cls(re.compile(expression), tuple(part for part in parts if part and part not in wild), "")


def string_documents(
    index: IndexQuestions, pattern: StringPattern, field: str, within: Documents | None = None
) -> Documents:
    """The documents in whose `field` (title, body, or text for either) the pattern stands; those in `within`."""
    candidates = string_candidates(index, pattern, field)
    if within is not None:
        candidates = intersection([candidates, within])
    whole = letter_runs(pattern.string) == [pattern.string]
    if not len(candidates) or (field == "text" and whole and len(pattern.string) < 3):
        return candidates
    certain = in_field(index.word(pattern.string), field) if whole else NONE
    sure = member(candidates, certain)
    doubtful = candidates[~sure]
    confirmed = np.fromiter((_stands(index, d, pattern, field) for d in doubtful.tolist()), np.bool_, len(doubtful))
    sure[~sure] = confirmed
    return candidates[sure]


def string_candidates(index: IndexQuestions, pattern: StringPattern, field: str) -> Documents:
    """The documents that have every bigram of the pattern's literals in `field`: no text is looked at."""
    return _candidates(index, [run for literal in pattern.literals for run in letter_runs(literal)], field)


def in_field(postings: TermPostings, field: str) -> Documents:
    """The documents that have the term in a field (text: in any)."""
    if field == "text" or not len(postings.docs):
        return postings.docs
    mask = postings.title > 0 if field == "title" else (postings.lead > 0) | (postings.body > 0)
    return postings.docs[mask]


def letter_runs(string: str) -> list[str]:
    """The maximal runs of letters and digits of a string: what bigrams are cut from."""
    return re.findall(_LETTER + "+", string)


def _candidates(index: IndexQuestions, runs: list[str], field: str) -> Documents:
    """The documents that have every bigram of the runs; for a lone letter, every document it stands in."""
    pairs = dict.fromkeys(a + b for run in runs for a, b in pairwise(run))
    sets = [in_field(index.bigram(pair), field) for pair in pairs]
    if not sets:
        sets = [index.character(run) for run in dict.fromkeys(runs)]
    # A pattern of wildcards alone has no letter to look up.
    return intersection(sets) if sets else np.flatnonzero(index.live).astype(np.uint32)


def _stands(index: IndexQuestions, document: int, pattern: StringPattern, field: str) -> bool:
    if pattern.string:
        # Most text is written as it folds; then the bytes decide at once.
        title, body = index.texts(document)
        needle = pattern.string.encode()
        if (field != "body" and needle in title) or (field != "title" and needle in body):
            return True
    views = index.views(document)
    texts = {"text": (views.title, views.body), "title": (views.title,), "body": (views.body,)}[field]
    return any(pattern.expression.search(text.text) for text in texts)
