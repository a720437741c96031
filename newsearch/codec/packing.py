"""Ascending document numbers and frequencies as few bytes, packed and unpacked by whole-array operations.

Documents are stored by the Elias-Fano scheme (Elias 1974; Vigna, Quasi-succinct indices, 2013): the low `l` bits of
each as they are, the rest as a bit vector in which the i-th document sets bit (document >> l) + i. Low parts of 4, 8 or
16 bits need little shuffling; a term in more than a fifth of the documents has l = 0 and a plain bitmap instead. `l` is
a function of the term's document frequency alone.

A frequency triple (title, lead, body) is one byte, title << 6 | lead << 3 | body, if it fits; the three usual ones take
two bits, and the others are kept beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

#: The three frequency codes that take two bits: once in the body, once in the lead, twice in the body.
USUAL = np.array([0o001, 0o010, 0o002], np.uint8)
#: The two bits of any other code, which is kept beside.
OTHER = 3
#: The code of a triple that does not fit in a byte.
LARGE = 0


# Low bits, and the largest n/f for which they take least room: l + 1 + 2⁻ˡ·n/f bits a posting for f of n documents.
_WIDTHS = ((0, 5), (4, 64), (8, 2048), (16, None))


def low_bits(frequency: int, documents: int) -> int:
    """How many low bits of its documents a term stores, 0 for a bitmap."""
    for bits, sparsest in _WIDTHS:
        if sparsest is None or documents <= sparsest * frequency:
            return bits
    raise AssertionError("the last width has no bound")


def _many_low_bits(frequencies: NDArray[np.int64], documents: int | NDArray[np.int64]) -> NDArray[np.int64]:
    sparser = sum((documents > frequencies * sparsest).astype(np.int64) for _, sparsest in _WIDTHS if sparsest)
    return _LOW_BITS[sparser]


_LOW_BITS = np.array([bits for bits, _ in _WIDTHS])


def _planes(bits: int) -> Iterator[tuple[int, int]]:
    """The planes that low bits are kept in, as (shift, width)."""
    shift = 0
    for width in (8, 8, 4):
        if bits - shift >= width:
            yield shift, width
            shift += width


def unpack_documents(packed: Bytes, frequency: int, documents: int) -> NDArray[np.uint32]:
    """The documents of a term, ascending, from the bytes of its postings. Raises ValueError for bytes that do not hold
    `frequency` numbers below `documents`."""
    bits = low_bits(frequency, documents)
    if not bits:
        flags = np.unpackbits(packed[: (documents + 7) // 8], bitorder="little").view(np.bool_)
        return _documents(flags.nonzero()[0].astype(np.uint32), frequency, documents)
    at = _low_size(frequency, bits)
    low = _unpack_low(packed[:at], frequency, bits)
    high = packed[at : at + _high_size(frequency, bits, documents)]
    ones = np.unpackbits(high, bitorder="little").view(np.bool_).nonzero()[0][:frequency].astype(np.uint32)
    ones -= np.arange(frequency, dtype=np.uint32)
    ones <<= np.uint32(bits)
    ones |= low
    return _documents(ones, frequency, documents)


def _documents(unpacked: NDArray[np.uint32], count: int, documents: int) -> NDArray[np.uint32]:
    if len(unpacked) != count or (count and unpacked.max() >= documents):
        raise ValueError(f"not {count} numbers below {documents}")
    return unpacked


def _unpack_low(packed: Bytes, frequency: int, bits: int) -> NDArray[np.uint32] | Bytes:
    if bits == 4:
        return _unpack_plane(packed, 4)[:frequency]
    if bits == 8:
        return packed
    # Postings begin at any byte, so the bytes cannot be viewed as 16-bit numbers.
    return packed[:frequency].astype(np.uint32) | packed[frequency:].astype(np.uint32) << np.uint32(8)


def unpack_codes(packed: Bytes, frequency: int, documents: int) -> Bytes:
    """The frequency codes of a term's postings."""
    bits = low_bits(frequency, documents)
    begin = _low_size(frequency, bits) + _high_size(frequency, bits, documents)
    end = begin + (frequency + 3) // 4
    short = _unpack_plane(packed[begin:end], 2)[:frequency]
    codes: Bytes = USUAL_AND_OTHER[short]
    others = np.flatnonzero(short == OTHER)
    codes[others] = packed[end : end + len(others)]
    return codes


def unpack_some_codes(packed: Bytes, frequency: int, documents: int, places: NDArray[np.int64]) -> Bytes:
    """The codes of some postings of a term, by their places."""
    bits = low_bits(frequency, documents)
    begin = _low_size(frequency, bits) + _high_size(frequency, bits, documents)
    pairs = packed[begin : begin + (frequency + 3) // 4]
    short = pairs[places >> 2] >> ((places & 3) << 1).astype(np.uint8) & 3
    codes: Bytes = USUAL_AND_OTHER[short]
    others = (short == OTHER).nonzero()[0]
    if len(others):
        at = places[others]
        pair = pairs[at >> 2]
        before = _OTHERS_IN[pairs].cumsum(dtype=np.int64)[at >> 2] - _OTHERS_IN[pair & ~_BELOW[at & 3]]
        codes[others] = packed[begin + len(pairs) + before]
    return codes


#: Two bits → the code that they stand for.
USUAL_AND_OTHER = np.append(USUAL, np.uint8(LARGE))


# How many of the four codes in a byte stand for others.
_OTHERS_IN = np.array([sum(byte >> shift & 3 == OTHER for shift in (0, 2, 4, 6)) for byte in range(256)], np.uint8)
# The bits of a byte before each of its four codes.
_BELOW = np.array([0, 3, 15, 63], np.uint8)


def _low_size(frequency: int, bits: int) -> int:
    return sum((frequency * width + 7) // 8 for _, width in _planes(bits))


def _high_size(frequency: int, bits: int, documents: int) -> int:
    return (frequency + (documents >> bits) + 8) // 8 if bits else (documents + 7) // 8


def _unpack_plane(packed: Bytes, width: int) -> Bytes:
    """The numbers of 8, 4 or 2 bits that bytes hold, from the lowest bit on."""
    if width == 8:
        return packed
    per_byte = 8 // width
    numbers = np.empty((len(packed), per_byte), np.uint8)
    for place in range(per_byte):
        np.right_shift(packed, width * place, out=numbers[:, place])
    numbers &= (1 << width) - 1
    return numbers.ravel()


class Packed(NamedTuple):
    """The packed postings of many terms: `offsets` (int64) has one more element than there are terms."""

    data: Bytes
    offsets: NDArray[np.int64]


def pack_postings(
    frequencies: NDArray[np.int64], docs: NDArray[np.uint32], codes: Bytes | None, documents: int
) -> Packed:
    """Packs the postings of many terms, one after another in `docs` and `codes`; `frequencies` says how many are
    whose. Without `codes` a posting is a document and nothing more."""
    sizes = Sizes.of(frequencies, documents)
    code_sizes = np.zeros(len(frequencies), np.int64)
    others = code_sizes
    if codes is not None:
        short = _SHORT.take(codes)
        is_other = short == OTHER
        ends = np.cumsum(frequencies)
        seen = np.concatenate(([0], np.cumsum(is_other)))
        others = seen[ends] - seen[ends - frequencies]
        code_sizes = (frequencies + 3) // 4
    offsets = np.concatenate(([0], np.cumsum(sizes.low + sizes.high + code_sizes + others)))
    data = np.zeros(offsets[-1], np.uint8)
    begin = offsets[:-1]
    first = np.cumsum(frequencies) - frequencies
    for bits, _ in _WIDTHS:
        terms = np.flatnonzero(sizes.bits == bits)
        if not len(terms):
            continue
        counts = frequencies[terms]
        mine = docs if len(terms) == len(frequencies) else docs.take(ranges(first[terms], counts))
        at = begin[terms]
        for shift, width in _planes(bits):
            _put_plane(data, at, counts, mine >> np.uint32(shift) if shift else mine, width)
            at = at + (counts * width + 7) // 8
        high = sizes.high[terms]
        starts = 8 * (np.cumsum(high) - high)
        flags = np.zeros(8 * int(high.sum()), np.bool_)
        flags[ranges(starts, counts) + (mine >> np.uint32(bits)) if bits else np.repeat(starts, counts) + mine] = True
        data[ranges(at, high)] = np.packbits(flags, bitorder="little")
    if codes is not None:
        at = begin + sizes.low + sizes.high
        _put_plane(data, at, frequencies, short, 2)
        data[ranges(at + code_sizes, others)] = codes.compress(is_other)
    return Packed(data, offsets)


def _put_plane(
    data: Bytes, at: NDArray[np.int64], counts: NDArray[np.int64], values: NDArray[np.uint32] | Bytes, width: int
) -> None:
    """Writes the lowest `width` bits of many terms' values, each term's beginning at its byte of `at`."""
    per_byte = 8 // width
    sizes = -(-counts // per_byte)
    packed = values.astype(np.uint8)
    if per_byte > 1:
        padded = np.zeros(per_byte * int(sizes.sum()), np.uint8)
        padded[ranges(per_byte * (np.cumsum(sizes) - sizes), counts)] = packed & np.uint8((1 << width) - 1)
        packed = _joined(padded, width)
    data[ranges(at, sizes)] = packed


def _joined(numbers: Bytes, width: int) -> Bytes:
    """Numbers of 4 or 2 bits, two or four in a byte, from the lowest bit on."""
    # Several bytes are shifted at once, as one number.
    wide = numbers.view(f"<u{8 // width}")
    joined = wide.copy()
    for place in range(1, 8 // width):
        joined |= wide >> ((8 - width) * place)
    return joined.astype(np.uint8)


_SHORT = np.full(256, OTHER, np.uint8)
_SHORT[USUAL] = np.arange(3)


def unpack_many_codes(data: Bytes, begin: NDArray[np.int64], frequencies: NDArray[np.int64], documents: int) -> Bytes:
    """The frequency codes of many terms, one after another; `begin` is where each one's bytes begin."""
    sizes = Sizes.of(frequencies, documents)
    code_begin = begin + sizes.low + sizes.high
    pair = ranges(4 * code_begin, frequencies)
    short = data.take(pair >> 2) >> ((pair & 3) << 1).astype(np.uint8) & 3
    codes: Bytes = USUAL_AND_OTHER.take(short)
    others = np.flatnonzero(short == OTHER)
    counts = np.diff(np.searchsorted(others, np.cumsum(frequencies)), prepend=0)
    codes[others] = data.take(ranges(code_begin + (frequencies + 3) // 4, counts))
    return codes


def unpack_many_documents(
    data: Bytes, begin: NDArray[np.int64], frequencies: NDArray[np.int64], documents: int
) -> NDArray[np.uint32]:
    """The documents of many terms, each of them once, one after another; `begin` is where each one's bytes begin.
    Raises ValueError or IndexError for bytes that do not hold so many numbers below `documents`."""
    sizes = Sizes.of(frequencies, documents)
    size = sizes.low + sizes.high
    if len(frequencies) and (
        frequencies.max() > documents or begin.min() < 0 or (begin + size).max() > len(data) or size.sum() > len(data)
    ):
        raise ValueError("there are not so many postings")
    first = np.cumsum(frequencies) - frequencies
    docs = np.zeros(int(frequencies.sum()), np.uint32)
    for bits, _ in _WIDTHS:
        terms = np.flatnonzero(sizes.bits == bits)
        if not len(terms):
            continue
        counts = frequencies[terms]
        at = begin[terms]
        high_at = at + sizes.low[terms]
        high_sizes = sizes.high[terms]
        ones = np.flatnonzero(np.unpackbits(data.take(ranges(high_at, high_sizes)), bitorder="little").view(np.bool_))
        starts = 8 * (np.cumsum(high_sizes) - high_sizes)
        ones -= ranges(starts, counts) if bits else np.repeat(starts, counts)
        mine = ones.astype(np.uint32) << np.uint32(bits)
        for shift, width in _planes(bits):
            mine |= _plane_of_many(data, at, counts, width).astype(np.uint32) << np.uint32(shift)
            at = at + (counts * width + 7) // 8
        if len(terms) == len(frequencies):
            docs = mine
        else:
            docs[ranges(first[terms], counts)] = mine
    return _documents(docs, int(frequencies.sum()), documents)


def _plane_of_many(data: Bytes, at: NDArray[np.int64], counts: NDArray[np.int64], width: int) -> Bytes:
    """What `_put_plane` wrote: bytes, or numbers of 4 bits."""
    if width == 8:
        return data.take(ranges(at, counts))
    half = ranges(2 * at, counts)
    numbers: Bytes = data.take(half >> 1) >> ((half & 1) << 2).astype(np.uint8) & np.uint8(15)
    return numbers


class Sizes(NamedTuple):
    """The low bits of many terms, and the bytes of low and high parts: int64, one a term."""

    bits: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @classmethod
    def of(cls, frequencies: NDArray[np.int64], documents: int | NDArray[np.int64]) -> Sizes:
        bits = _many_low_bits(frequencies, documents)
        low = (frequencies * bits + 7) // 8  # as planes hold whole bytes, or half of them
        high = np.where(bits == 0, (documents + 7) // 8, (frequencies + (documents >> bits) + 8) // 8)
        return cls(bits, low, high)


def ranges(begins: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """begin, begin + 1, … for each begin, as many as its count says, one after another."""
    kept = counts > 0
    if not kept.all():
        begins, counts = begins[kept], counts[kept]
    if not len(counts):
        return np.zeros(0, np.int64)
    # Every place is one more than the one before it, but where another begins: half the work of repeating and counting.
    ends = np.cumsum(counts, dtype=np.int64)
    steps = np.ones(ends[-1], np.int64)
    steps[0] = begins[0]
    steps[ends[:-1]] = begins[1:].astype(np.int64) - begins[:-1] - counts[:-1] + 1
    return np.cumsum(steps, out=steps)


def ranks(counts: NDArray[Any]) -> NDArray[np.int64]:
    """0, 1, … for each count: the places inside consecutive groups."""
    return ranges(np.zeros(len(counts), np.int64), counts)
