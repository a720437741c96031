"""Words that say how a sentence is built, not what it is about: no key terms, and nothing to search for.

Searching knows no stop words; every word can be found.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def stop_words() -> frozenset[str]:
    """The folded words of `stopwords.txt`."""
    lines = Path(__file__).with_name("stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
