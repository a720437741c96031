"""Bigrams of many texts at once, as numbers.

`newsearch.terms.tokens.bigrams` says what a bigram is, one text at a time; here numpy cuts whole batches of articles,
with the same outcome (a test compares the two). A bigram's key is first << 21 | second, code points; a run's end
counts as code point 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

SHIFT = 21
_BMP = 0x10000


def bigram_key(pair: str) -> int:
    """The key of one bigram (two characters, the second may be RUN_END)."""
    return ord(pair[0]) << SHIFT | ord(pair[1])


def bigram_keys(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Every bigram of every text: its key (uint64), the number of its text and its position there (int64).

    In order of text and position; the three arrays have one length.
    """
    # A separator after each text ends its last run.
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = _letters(codes)
    starts = np.flatnonzero(letters)
    first = codes[starts].astype(np.uint64)
    second = np.where(letters[starts + 1], codes[starts + 1], 0).astype(np.uint64)
    ends = np.cumsum(np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts)))
    numbers = np.searchsorted(ends, starts, side="right")
    begins = np.concatenate((np.zeros(1, np.int64), ends))
    return first << np.uint64(SHIFT) | second, numbers, starts - begins[numbers]


def _letters(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points are letters or digits (`str.isalnum`)."""
    letters = _bmp_letters()[np.minimum(codes, _BMP)]
    for position in np.flatnonzero(codes >= _BMP):  # rare: characters beyond the basic plane
        letters[position] = chr(codes[position]).isalnum()
    return letters


@cache
def _bmp_letters() -> NDArray[np.bool_]:
    return np.fromiter((chr(code).isalnum() for code in range(_BMP + 1)), np.bool_, _BMP + 1)
