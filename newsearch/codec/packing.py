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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

#: The three frequency codes that take two bits: once in the body, once in the lead, twice in the body.
USUAL = np.array([0o001, 0o010, 0o002], np.uint8)
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
        short = _SHORT[codes]
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
        rank = ranks(counts)
        mine = docs[np.repeat(first[terms], counts) + rank]
        at = begin[terms]
        for shift, width in _planes(bits):
            _put_plane(data, at, counts, rank, mine >> np.uint32(shift), width)
            at = at + (counts * width + 7) // 8
        ones = (mine >> np.uint32(bits)) + rank if bits else mine
        high = sizes.high[terms]
        flags = np.zeros(8 * int(high.sum()), np.bool_)
        flags[np.repeat(8 * (np.cumsum(high) - high), counts) + ones] = True
        data[np.repeat(at, high) + ranks(high)] = np.packbits(flags, bitorder="little")
    if codes is not None:
        at = begin + sizes.low + sizes.high
        _put_plane(data, at, frequencies, ranks(frequencies), short, 2)
        data[np.repeat(at + code_sizes, others) + ranks(others)] = codes[is_other]
    return Packed(data, offsets)


def _put_plane(
    data: Bytes,
    at: NDArray[np.int64],
    counts: NDArray[np.int64],
    rank: NDArray[np.int64],
    values: NDArray[np.uint32] | Bytes,
    width: int,
) -> None:
    """Writes the lowest `width` bits of many terms' values, each term's beginning at its byte of `at`."""
    per_byte = 8 // width
    sizes = -(-counts // per_byte)
    padded = np.zeros(per_byte * int(sizes.sum()), np.uint8)
    padded[np.repeat(per_byte * (np.cumsum(sizes) - sizes), counts) + rank] = values & ((1 << width) - 1)
    rows = padded.reshape(-1, per_byte)
    packed = rows[:, 0].copy()
    for place in range(1, per_byte):
        packed |= rows[:, place] << (width * place)
    data[np.repeat(at, sizes) + ranks(sizes)] = packed


_SHORT = np.full(256, OTHER, np.uint8)
_SHORT[USUAL] = np.arange(3)


def unpack_many_codes(data: Bytes, begin: NDArray[np.int64], frequencies: NDArray[np.int64], documents: int) -> Bytes:
    """The frequency codes of many terms, one after another; `begin` is where each one's bytes begin."""
    sizes = Sizes.of(frequencies, documents)
    rank = ranks(frequencies)
    code_begin = begin + sizes.low + sizes.high
    short = data[np.repeat(code_begin, frequencies) + rank // 4] >> (2 * (rank & 3)).astype(np.uint8) & 3
    codes: Bytes = USUAL_AND_OTHER[short]
    others = np.flatnonzero(short == OTHER)
    term = np.repeat(np.arange(len(frequencies)), frequencies)[others]
    counts = np.bincount(term, minlength=len(frequencies))
    codes[others] = data[(code_begin + (frequencies + 3) // 4)[term] + ranks(counts)]
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
        rank = ranks(counts)
        at = begin[terms]
        low = np.zeros(len(rank), np.uint32)
        for shift, width in _planes(bits):
            per_byte = 8 // width
            plane = data[np.repeat(at, counts) + rank // per_byte]
            if width < 8:
                plane = plane >> (width * (rank % per_byte)).astype(np.uint8) & ((1 << width) - 1)
            low |= plane.astype(np.uint32) << np.uint32(shift)
            at = at + (counts * width + 7) // 8
        high_sizes = sizes.high[terms]
        high = data[np.repeat(at, high_sizes) + ranks(high_sizes)]
        ones = np.flatnonzero(np.unpackbits(high, bitorder="little").view(np.bool_))
        ones -= np.repeat(8 * (np.cumsum(high_sizes) - high_sizes), counts)
        if bits:
            ones = ones - rank << bits
        docs[np.repeat(first[terms], counts) + rank] = ones.astype(np.uint32) | low
    return _documents(docs, len(docs), documents)


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


def ranks(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … for each count: the places inside consecutive groups."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
