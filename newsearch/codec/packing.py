"""Ascending document numbers and frequencies as few bytes, packed and unpacked by whole-array operations.

Documents are stored by the Elias-Fano scheme (Elias 1974; Vigna, Quasi-succinct indices, 2013): the low `l` bits of
each as they are, the rest as a bit vector in which the i-th document sets bit (document >> l) + i. Low parts of 4, 8 or
16 bits need no bit-shuffling; a term in more than a fifth of the documents has a plain bitmap instead. Which of the
four is a function of the term's document frequency alone.

A frequency triple (title, lead, body) is one byte, title << 6 | lead << 3 | body, if it fits; the three usual ones take
two bits, and the others are kept beside.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

BITMAP = 0
#: The three frequency codes that take two bits: once in the body, once in the lead, twice in the body.
USUAL = np.array([0o001, 0o010, 0o002], np.uint8)
_OTHER = 3
#: The code of a triple that does not fit in a byte.
LARGE = 0


def low_bits(frequency: int, documents: int) -> int:
    """How many low bits of its documents a term stores: BITMAP, 4, 8 or 16."""
    if frequency * 5 > documents:
        return BITMAP
    if frequency * 40 > documents:
        return 4
    return 8 if frequency * 1200 > documents else 16


class Layout(NamedTuple):
    """Where the parts of a term's packed postings end, in bytes from their begin. The other codes follow to the end."""

    low: int
    high: int
    codes: int


def layout(frequency: int, documents: int) -> Layout:
    bits = low_bits(frequency, documents)
    low = (frequency * bits + 7) // 8
    high = low + ((documents + 7) // 8 if bits == BITMAP else (frequency + (documents >> bits) + 8) // 8)
    return Layout(low, high, high + (frequency + 3) // 4)


def unpack_documents(packed: Bytes, frequency: int, documents: int) -> NDArray[np.uint32]:
    """The documents of a term, ascending, from the bytes of its postings."""
    bits = low_bits(frequency, documents)
    place = layout(frequency, documents)
    ones = np.flatnonzero(np.unpackbits(packed[place.low : place.high], bitorder="little").view(np.bool_))
    if bits == BITMAP:
        return ones.astype(np.uint32)
    high = (ones - np.arange(frequency)).astype(np.uint32) << np.uint32(bits)
    return high | _unpack_low(packed[: place.low], bits, frequency)


def unpack_codes(packed: Bytes, frequency: int, documents: int) -> Bytes:
    """The frequency codes of a term's postings."""
    place = layout(frequency, documents)
    pairs = packed[place.high : place.codes]
    two_bits = np.empty((len(pairs), 4), np.uint8)
    for column in range(4):
        two_bits[:, column] = pairs >> (2 * column) & 3
    short = two_bits.ravel()[:frequency]
    codes = _USUAL_AND_OTHER[short]
    others = np.flatnonzero(short == _OTHER)
    codes[others] = packed[place.codes : place.codes + len(others)]
    return codes


_USUAL_AND_OTHER = np.append(USUAL, np.uint8(LARGE))


def _unpack_low(packed: Bytes, bits: int, frequency: int) -> NDArray[np.uint32]:
    if bits == 4:
        low = np.empty((len(packed), 2), np.uint32)
        low[:, 0] = packed & 15
        low[:, 1] = packed >> 4
        return low.ravel()[:frequency]
    return packed.view(np.dtype(f"<u{bits // 8}")).astype(np.uint32) if bits == 8 else _unpack_16(packed)


def _unpack_16(packed: Bytes) -> NDArray[np.uint32]:
    # Postings begin at any byte, so the bytes cannot be viewed as 16-bit numbers.
    return packed[0::2].astype(np.uint32) | packed[1::2].astype(np.uint32) << np.uint32(8)


class Packed(NamedTuple):
    """The packed postings of many terms: `offsets` (int64) has one more element than there are terms."""

    data: Bytes
    offsets: NDArray[np.int64]


def pack_postings(frequencies: NDArray[np.int64], docs: NDArray[np.uint32], codes: Bytes, documents: int) -> Packed:
    """Packs the postings of many terms, one after another in `docs` and `codes`; `frequencies` says how many are
    whose."""
    term = np.repeat(np.arange(len(frequencies)), frequencies)
    rank = _ranks(frequencies)
    bits, low_size, high_size, code_size = _Sizes.of(frequencies, documents)
    short = _short_codes(codes)
    is_other = short == _OTHER
    others = np.bincount(term[is_other], minlength=len(frequencies))
    offsets = np.concatenate(([0], np.cumsum(low_size + high_size + code_size + others)))
    data = np.zeros(offsets[-1], np.uint8)
    begin = offsets[:-1]

    width = bits[term]
    for size in (4, 8, 16):
        chosen = np.flatnonzero(width == size)
        values, at = docs[chosen], begin[term[chosen]]
        if size == 4:
            nibbles = (values & 15).astype(np.uint8) << (4 * (rank[chosen] & 1)).astype(np.uint8)
            np.bitwise_or.at(data, at + rank[chosen] // 2, nibbles)
        else:
            for byte in range(size // 8):
                data[at + rank[chosen] * (size // 8) + byte] = values >> np.uint32(8 * byte) & np.uint32(255)
    ones = np.where(width == BITMAP, docs, (docs >> width.astype(np.uint32)) + rank)
    _set_bits(data, (begin + low_size)[term], ones)
    _or_shifted(data, (begin + low_size + high_size)[term] + rank // 4, short, 2 * (rank & 3))
    places = np.flatnonzero(is_other)
    other_rank = np.arange(len(places)) - (np.cumsum(others) - others)[term[places]]
    data[(begin + low_size + high_size + code_size)[term[places]] + other_rank] = codes[places]
    return Packed(data, offsets)


def _short_codes(codes: Bytes) -> Bytes:
    table = np.full(256, _OTHER, np.uint8)
    table[USUAL] = np.arange(3)
    return table[codes]


def _set_bits(data: Bytes, begin: NDArray[np.int64], bits: NDArray[np.int64]) -> None:
    np.bitwise_or.at(data, begin + (bits >> 3), np.uint8(1) << (bits & 7).astype(np.uint8))


def _or_shifted(data: Bytes, at: NDArray[np.int64], values: Bytes, shift: NDArray[np.int64]) -> None:
    np.bitwise_or.at(data, at, values << shift.astype(np.uint8))


def unpack_postings(
    data: Bytes, begin: NDArray[np.int64], frequencies: NDArray[np.int64], documents: int
) -> tuple[NDArray[np.uint32], Bytes]:
    """The documents and codes of many terms at once, one after another; `begin` is where each one's bytes begin."""
    docs = unpack_many_documents(data, begin, frequencies, documents)
    sizes = _Sizes.of(frequencies, documents)
    rank = _ranks(frequencies)
    code_begin = begin + sizes.low + sizes.high
    short = data[np.repeat(code_begin, frequencies) + rank // 4] >> (2 * (rank & 3)).astype(np.uint8) & 3
    codes = _USUAL_AND_OTHER[short]
    others = np.flatnonzero(short == _OTHER)
    term = np.repeat(np.arange(len(frequencies)), frequencies)[others]
    counts = np.bincount(term, minlength=len(frequencies))
    codes[others] = data[(code_begin + sizes.codes)[term] + _ranks(counts)]
    return docs, codes


def unpack_many_documents(
    data: Bytes, begin: NDArray[np.int64], frequencies: NDArray[np.int64], documents: int
) -> NDArray[np.uint32]:
    """The documents of many terms at once, one after another."""
    first = np.cumsum(frequencies) - frequencies
    sizes = _Sizes.of(frequencies, documents)
    docs = np.zeros(int(frequencies.sum()), np.uint32)
    for bits in (BITMAP, 4, 8, 16):
        terms = np.flatnonzero(sizes.bits == bits)
        if not len(terms):
            continue
        counts = frequencies[terms]
        rank = _ranks(counts)
        at = np.repeat(begin[terms], counts)
        if bits == 4:
            low = data[at + rank // 2] >> (4 * (rank & 1)).astype(np.uint8) & 15
        elif bits == 8:
            low = data[at + rank]
        elif bits == 16:
            low = data[at + 2 * rank].astype(np.uint32) | data[at + 2 * rank + 1].astype(np.uint32) << np.uint32(8)
        else:
            low = np.zeros(1, np.uint8)
        high_sizes = sizes.high[terms]
        source = np.repeat((begin + sizes.low)[terms], high_sizes) + _ranks(high_sizes)
        ones = np.flatnonzero(np.unpackbits(data[source], bitorder="little").view(np.bool_))
        ones -= np.repeat(8 * (np.cumsum(high_sizes) - high_sizes), counts)
        high = ones if bits == BITMAP else ones - rank << bits
        docs[np.repeat(first[terms], counts) + rank] = high.astype(np.uint32) | low
    return docs


class _Sizes(NamedTuple):
    """The sizes of the parts of many terms' packed postings, and their low bits: int64, one a term."""

    bits: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, frequencies: NDArray[np.int64], documents: int) -> _Sizes:
        dense = [frequencies * 5 > documents, frequencies * 40 > documents, frequencies * 1200 > documents]
        bits = np.select(dense, [BITMAP, 4, 8], 16)
        high = np.where(bits == BITMAP, (documents + 7) // 8, (frequencies + (documents >> bits) + 8) // 8)
        return cls(bits, (frequencies * bits + 7) // 8, high, (frequencies + 3) // 4)


def _ranks(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … for each count: the places inside consecutive groups."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
