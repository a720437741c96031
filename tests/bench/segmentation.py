"""The segmentation that all engines but newsearch are given, which has its own of the same kind."""

from __future__ import annotations

import re

import rjieba

_LETTER = re.compile(r"\w")


def words(text: str) -> list[str]:
    """Search-mode words, as newsearch's index has them, without punctuation and spaces."""
    # isalnum answers for nearly all of them, in a third of the time that the expression takes.
    return [word for word in rjieba.cut_for_search(text.lower()) if word.isalnum() or _LETTER.search(word)]
