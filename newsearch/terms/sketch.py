"""Which articles are nearly the same: a few bytes of each that agree as often as their texts do.

Of all strings of four letters in a text, each of eight hash functions keeps the least hash, and of that one byte: two
texts agree in a byte as often as they share strings (Broder, On the resemblance and containment of documents, 1997; Li
and König, b-Bit minwise hashing, 2010). A short text is the same only as a whole.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LETTERS = 4
#: In a text with fewer strings a word more or less makes another text: all bytes are a hash of it as a whole.
SHORT = 64
#: Texts with fewer strings have no sketch: many say the same by chance.
SHORTEST = 16
# Odd numbers of no meaning (from the digits of pi): the letters' places in a string, and the hash functions.
_PLACES = np.array([0x243F6A8885A308D3, 0x13198A2E03707345, 0xA4093822299F31D1, 0x082EFA98EC4E6C89], np.uint64)
_HASHES = np.array(
    [
        0x452821E638D01377, 0xBE5466CF34E90C6D, 0xC0AC29B7C97C50DD, 0x3F84D5B5B5470917,
        0x9216D5D98979FB1B, 0xD1310BA698DFB5AD, 0x2FFD72DBD01ADFB7, 0xB8E1AFED6A267E97,
    ],
    np.uint64,
)  # fmt: skip


def sketches(letters: NDArray[np.uint32], texts: NDArray[np.int64], count: int) -> NDArray[np.uint64]:
    """The sketches of `count` texts, 0 for one that is too short to have any.

    `letters` are the code points of all texts' letters in order, and `texts` the text that each belongs to.
    """
    found = np.zeros(count, np.uint64)
    if len(letters) < _LETTERS:
        return found
    last = len(letters) - _LETTERS + 1
    whole = texts[:last] == texts[_LETTERS - 1 :]
    strings = np.zeros(last, np.uint64)
    for place, factor in enumerate(_PLACES):
        strings += letters[place : place + last] * factor
    strings, owners = strings.compress(whole), texts[:last].compress(whole)
    strings ^= strings >> np.uint64(29)
    sizes = np.bincount(owners, minlength=count)
    filled = np.flatnonzero(sizes)
    if not len(filled):
        return found
    first = np.cumsum(sizes) - sizes
    for number, factor in enumerate(_HASHES):
        least = np.minimum.reduceat(strings * factor, first[filled])
        found[filled] |= (least >> np.uint64(20) & np.uint64(255)) << np.uint64(8 * number)
    short = filled[sizes[filled] < SHORT]
    # Sums, because the hashes of a text's strings are at hand and each string moves all bits; order tells little more.
    whole_texts = np.add.reduceat(strings * _HASHES[0] ^ strings >> np.uint64(31), first[filled])
    found[short] = (whole_texts * _HASHES[1])[sizes[filled] < SHORT]
    # A sketch of zeros would say that there is none.
    found[filled] = np.maximum(found[filled], 1)
    found[sizes < SHORTEST] = 0
    return found
