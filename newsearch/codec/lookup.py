"""Looking up a few documents in the packed postings of many terms at once, without unpacking them.

In the bit vector of an Elias-Fano list the h-th zero ends the documents whose high part is below h. Where that zero is
(select) is found by counting bits 64 at a time, for all terms and documents together (Vigna, Broadword implementation
of rank/select queries, 2008). Between two zeros lie the few postings whose low bits are then compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.codec.packing import LARGE, OTHER, USUAL_AND_OTHER, Bytes, Sizes, ranges

_Places = NDArray[np.int64]

_WORD = 64
# The place of the k-th set bit of a byte, by byte and k - 1.
_SELECT = np.array(
    [[*(place for place in range(8) if byte >> place & 1), *[0] * (8 - byte.bit_count())] for byte in range(256)],
    np.uint8,
)
_ONE = np.uint64(1)
# The low bit of each pair of bits.
_PAIRS = np.uint64(0x5555555555555555)


class Lists(NamedTuple):
    """The packed postings of several terms, also of several segments: the bytes they are in, where each one's begin,
    how many postings each has, and the sizes of their parts (int64)."""

    data: Bytes
    begin: _Places
    frequencies: _Places
    sizes: Sizes

    @classmethod
    def of(cls, packed: Sequence[Bytes], frequencies: Sequence[int], documents: NDArray[Any]) -> Lists:
        """The bytes of each list, how many postings it has, and how many documents its segment."""
        lengths = np.array([len(content) for content in packed], np.int64)
        counts = np.array(frequencies, np.int64)
        sizes = Sizes.of(counts, documents.astype(np.int64))
        if (sizes.low + sizes.high > lengths).any():
            raise ValueError("there are not so many postings")
        return cls(np.concatenate(packed), lengths.cumsum() - lengths, counts, sizes)


class Found(NamedTuple):
    """What was found: parallel arrays (int64) of the list, the number of the pair that was asked for, and the place of
    the posting in the list."""

    lists: _Places
    pairs: _Places
    places: _Places


def look_up(lists: Lists, rows: _Places, docs: NDArray[np.uint32]) -> Found:
    """Finds pairs of a list (its number) and a document, in no particular order. Raises IndexError or ValueError for
    bytes that are no postings."""
    sizes = lists.sizes
    high = _Words.of(lists.data, lists.begin + sizes.low, sizes.high)
    wide = docs.astype(np.int64)
    is_list = (sizes.bits > 0)[rows]
    if is_list.all():
        return _in_lists(lists, high, rows, wide)
    sparse, dense = is_list.nonzero()[0], (~is_list).nonzero()[0]
    found = _in_bitmaps(high, rows[dense], wide[dense])
    parts = [found._replace(pairs=dense[found.pairs])]
    if len(sparse):
        found = _in_lists(lists, high, rows[sparse], wide[sparse])
        parts.append(found._replace(pairs=sparse[found.pairs]))
    return Found(*map(np.concatenate, zip(*parts, strict=True)))


class _Words(NamedTuple):
    """Bytes of several lists as 64-bit words (`<u8`), each list's from a word of its own on: `first`."""

    words: NDArray[np.uint64]
    first: _Places

    @classmethod
    def of(cls, data: Bytes, begin: _Places, sizes: _Places) -> _Words:
        counts = (sizes + 7) // 8
        content = data.data
        parts: list[memoryview | bytes] = []
        for start, size in zip(begin.tolist(), sizes.tolist(), strict=True):
            parts += (content[start : start + size], bytes(-size % 8))
        return cls(np.frombuffer(b"".join(parts), "<u8"), counts.cumsum() - counts)


def _in_bitmaps(bitmaps: _Words, rows: _Places, docs: _Places) -> Found:
    word = bitmaps.first[rows] + (docs >> 6)
    bit = _ONE << (docs & 63).astype(np.uint64)
    pairs = (bitmaps.words[word] & bit).nonzero()[0]
    before = _before(np.bitwise_count(bitmaps.words))
    lists, at = rows[pairs], word[pairs]
    inside = np.bitwise_count(bitmaps.words[at] & (bit[pairs] - _ONE))
    return Found(lists, pairs, before[at] - before[bitmaps.first[lists]] + inside)


def _in_lists(lists: Lists, high: _Words, rows: _Places, docs: _Places) -> Found:
    bits = lists.sizes.bits[rows]
    buckets = docs >> bits
    zeros = _before(_WORD - np.bitwise_count(high.words).astype(np.int64))
    first = high.first[rows]
    # The zero that ends the bucket before, and the one that ends this.
    wanted = zeros[first] + np.array([np.maximum(buckets, 1), buckets + 1])
    at = _select_zero(high.words, zeros, wanted.ravel()).reshape(wanted.shape)
    at -= _WORD * first
    at[0, buckets == 0] = -1
    at -= buckets
    start = at[0] + 1
    counts = at[1] - start
    if (counts > 1 << bits).any():  # also if there are fewer zeros than there must be
        raise ValueError("more documents than numbers for them")
    filled = counts.nonzero()[0]
    start, counts = start[filled], counts[filled]
    pairs = filled.repeat(counts)
    places = ranges(start, counts)
    owners, width = rows[pairs], bits[pairs]
    low = _low(lists.data, lists.begin[owners], lists.frequencies[owners], width, places)
    same = low == docs[pairs] & ((1 << width) - 1)
    return Found(owners[same], pairs[same], places[same])


def _low(data: Bytes, begin: _Places, frequencies: _Places, bits: _Places, places: _Places) -> _Places:
    """The low bits of postings."""
    half = bits == 4
    low: _Places = data[begin + (places >> half)].astype(np.int64)
    low = low >> ((half & places) << 2) & ((1 << np.minimum(bits, 8)) - 1)
    double = (bits == 16).nonzero()[0]
    if len(double):
        low[double] |= data[(begin + frequencies + places)[double]].astype(np.int64) << 8
    return low


def _select_zero(words: NDArray[np.uint64], zeros: _Places, wanted: _Places) -> _Places:
    """The bits that are the `wanted`-th zeros, counted from 1; `zeros` says how many there are before each word."""
    word = zeros.searchsorted(wanted) - 1
    left = wanted - zeros[word]  # 1 to 64
    ones = (~words[word]).view(np.uint8).reshape(-1, 8)
    counts = np.bitwise_count(ones)
    sums = counts.cumsum(axis=1, dtype=np.uint8)
    byte = (sums < left[:, np.newaxis]).sum(axis=1)
    row = np.arange(len(word))
    last = left - sums[row, byte] + counts[row, byte] - 1
    bits: _Places = _WORD * word + 8 * byte + _SELECT[ones[row, byte], last]
    return bits


def _before(counts: NDArray[np.int64] | NDArray[np.uint8]) -> _Places:
    """The sums of what comes before each element, and of all."""
    sums = np.zeros(len(counts) + 1, np.int64)
    counts.cumsum(dtype=np.int64, out=sums[1:])
    return sums


def codes_at(lists: Lists, rows: _Places, places: _Places) -> tuple[Bytes, _Places]:
    """The frequency codes of postings, by their lists and places; and for each of them that is LARGE, in their order,
    the place of its frequencies among the large ones of its term."""
    data, begin, frequencies, sizes = lists
    code_begin = begin + sizes.low + sizes.high
    short = data[code_begin[rows] + (places >> 2)] >> ((places & 3) << 1).astype(np.uint8) & 3
    codes: Bytes = USUAL_AND_OTHER[short]
    others = (short == OTHER).nonzero()[0]
    if not len(others):
        return codes, others
    used = np.zeros(len(begin), np.bool_)
    used[rows[others]] = True
    numbers = (used.cumsum() - 1)[rows[others]]
    pair_sizes = (frequencies + 3) // 4
    pairs = _Words.of(data, code_begin[used], pair_sizes[used])
    is_other = pairs.words & pairs.words >> _ONE & _PAIRS
    before = _before(np.bitwise_count(is_other))
    first = pairs.first[numbers]
    word = first + (places[others] >> 5)
    below = (_ONE << ((places[others] & 31) << 1).astype(np.uint64)) - _ONE
    rank = before[word] - before[first] + np.bitwise_count(is_other[word] & below)
    others_begin = (code_begin + pair_sizes)[rows[others]]
    codes[others] = data[others_begin + rank]
    large = (codes[others] == LARGE).nonzero()[0]
    slices = zip(others_begin[large].tolist(), rank[large].tolist(), strict=True)
    return codes, np.array([int((data[start : start + count] == LARGE).sum()) for start, count in slices], np.int64)
