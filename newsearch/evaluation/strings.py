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
# A single letter begins and ends so many bigrams that this many texts are sooner read than all of them looked up.
_FEW = 256
# Letters that a * stands for at most: hardly a run of letters is as long.
_LONGEST = 100
_STAR = rf"(?:{_LETTER}|[*]){{0,{_LONGEST}}}"


@dataclass(frozen=True, slots=True)
class StringPattern:
    """What to look for in folded text: a string, or a pattern in which ? is one letter and * up to 100 letters.

    `literals` are the strings that every match contains; `string` is the whole if there is no wildcard, else "".
    """

    source: str
    literals: tuple[str, ...]
    string: str

    @property
    def expression(self) -> re.Pattern[str]:
        """Finds it in folded text; compiled when it is first needed."""
        return re.compile(self.source)

    @classmethod
    def exact(cls, string: str) -> StringPattern:
        return cls(re.escape(string), (string,), string)

    @classmethod
    def wildcard(cls, pattern: str) -> StringPattern:
        """Takes time linear in the text: what follows a * is taken where it first stands, for good (an atomic group).
        If the rest of the pattern fits behind a later place in a run of letters, it fits behind that one."""
        first, *others = pattern.split("*")
        steps = (f"(?>{_STAR}?{_one_for_one(part)})" for part in others if part)
        ending = _STAR if pattern.endswith("*") else ""
        source = "".join((_one_for_one(first), *steps, ending))
        return cls(source, tuple(part for part in re.split("[*?]", pattern) if part), "")


def _one_for_one(part: str) -> str:
    """A pattern without * as an expression."""
    return rf"(?:{_LETTER}|[?])".join(map(re.escape, part.split("?")))


def string_documents(
    index: IndexQuestions, pattern: StringPattern, field: str, within: Documents | None = None
) -> Documents:
    """The documents in whose `field` (title, body, or text for either) the pattern stands; those in `within`."""
    candidates = string_candidates(index, pattern, field, within)
    if not len(candidates):
        return candidates
    # A single letter, if it was looked up, stands in every candidate.
    certain = is_certain(pattern) or (_is_letter(pattern) and (within is None or len(within) > _FEW))
    if field == "body":
        # Where a bigram is in the title too, it need not be in the body.
        elsewhere = string_candidates(index, pattern, "title", candidates) if certain else candidates
    else:
        elsewhere = NONE if certain else candidates
    sure = ~member(candidates, elsewhere)
    if is_letters(pattern.string) and not sure.all():
        sure |= member(candidates, in_field(index.word(pattern.string), field))
    doubtful = candidates[~sure]
    sure[~sure] = np.fromiter((_stands(index, d, pattern, field) for d in doubtful.tolist()), np.bool_, len(doubtful))
    return candidates[sure]


def is_certain(pattern: StringPattern) -> bool:
    """Whether a bigram alone tells where a string stands."""
    return len(pattern.string) == 2 and is_letters(pattern.string)


def _is_letter(pattern: StringPattern) -> bool:
    return len(pattern.string) == 1 and is_letters(pattern.string)


def is_letters(string: str) -> bool:
    """Whether a string is one run of letters and digits."""
    return letter_runs(string) == [string]


def string_candidates(
    index: IndexQuestions, pattern: StringPattern, field: str, within: Documents | None = None
) -> Documents:
    """The documents that have every bigram of the pattern's literals, in the title if that is the `field`; no text is
    looked at."""
    in_title = field == "title"
    runs = [run for literal in pattern.literals for run in letter_runs(literal)]
    pairs = dict.fromkeys(a + b for run in runs for a, b in pairwise(run))
    rarest_first = sorted((index.bigram(pair, in_title) for pair in pairs), key=lambda found: found.most)
    candidates = within
    for found in rarest_first:
        if candidates is not None and not len(candidates):
            break
        candidates = found.docs if candidates is None else intersection([candidates, found.docs])
    if runs and not pairs and (within is None or len(within) > _FEW):
        sets = [index.character(run, in_title) for run in dict.fromkeys(runs)]
        candidates = intersection(sets if within is None else [*sets, within])
    # A pattern of wildcards alone has no letter to look up.
    return np.flatnonzero(index.live).astype(np.uint32) if candidates is None else candidates


def at_most(index: IndexQuestions, pattern: StringPattern) -> int:
    """A cheap bound on how many documents have a string."""
    pairs = (a + b for literal in pattern.literals for run in letter_runs(literal) for a, b in pairwise(run))
    return min((index.bigram(pair).most for pair in pairs), default=index.size)


def in_field(postings: TermPostings, field: str) -> Documents:
    """The documents that have the term in a field (text: in any)."""
    if field == "text" or not len(postings.docs):
        return postings.docs
    mask = postings.title > 0 if field == "title" else (postings.lead > 0) | (postings.body > 0)
    return postings.docs[mask]


def letter_runs(string: str) -> list[str]:
    """The maximal runs of letters and digits of a string: what bigrams are cut from."""
    return re.findall(_LETTER + "+", string)


def _stands(index: IndexQuestions, document: int, pattern: StringPattern, field: str) -> bool:
    # Most text is written as it folds; then no view need be made.
    if pattern.string and index.stands(pattern.string, document, field):
        return True
    views = index.views(document)
    texts = {"text": (views.title, views.body), "title": (views.title,), "body": (views.body,)}[field]
    return any(pattern.expression.search(text.text) for text in texts)
