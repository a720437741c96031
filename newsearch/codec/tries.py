"""Whether the bytes of a marisa-trie can be trusted to be one.

marisa-trie maps a trie and follows the numbers in it without looking where they lead: bytes that were made to harm can
make it read outside of the map, or walk in a circle. Here everything that it follows is looked at once, as arrays: rank
and select tables are what follows from their bits, every node's parent comes before it, every link leads to a node or
a tail that is there, and every tail ends. What passes may hold other words than it should, but is safe to ask.

The layout is that of marisa-trie 0.2.x and 0.3.x on little-endian machines with 64 bits (grimoire/trie/louds-trie.cc).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_HEADER = b"We love Marisa.\0"
# A node's next level is another trie, or a tail; `marisa_trie.Trie` makes so many levels.
_MOST_LEVELS = 3
_NO_EXTRA = (1 << 24) - 1
_NOBODY = 0xFFFFFFFF
_ONES = np.array([byte.bit_count() for byte in range(256)], np.uint8)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
# Where a rank's seven counts lie in 64 bits.
_COUNTS = (0, 7, 15, 23, 32, 41, 50)


class _Bits(NamedTuple):
    """Bits in units of 64: how many there are and how many of them are 1, how many are 1 before each unit and in all,
    and whether there are tables for counting them and for finding the n-th 0 and the n-th 1."""

    units: NDArray[np.uint64]
    size: int
    ones: int
    before: NDArray[np.int64]
    ranks: bool
    select0: bool
    select1: bool

    def flags(self, start: int = 0, stop: int | None = None) -> NDArray[np.bool_]:
        """One by one, those of units [start, stop) in their order."""
        flags = np.unpackbits(self.units[start:stop].view(np.uint8), bitorder="little").view(np.bool_)
        return flags[: self.size - 64 * start]


def check_trie(content: Any) -> int:
    """The number of words in a trie that was written by `tobytes`. Raises ValueError for bytes that are none."""
    walk = _Walk(memoryview(content).cast("B"))
    if walk.take(len(_HEADER)).tobytes() != _HEADER:
        raise ValueError("no trie begins like this")
    keys, _ = _check_level(walk, 1)
    return keys


class _Walk:
    """Goes through the bytes, never behind their end."""

    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._at = 0

    def take(self, size: int) -> memoryview:
        end = self._at + size
        if end > len(self._content):
            raise ValueError("the trie ends too early")
        self._at, taken = end, self._content[self._at : end]
        return taken

    def number(self, size: int = 4) -> int:
        return int.from_bytes(self.take(size), "little")

    def vector(self, dtype: str) -> NDArray[Any]:
        size = self.number(8)
        if size % np.dtype(dtype).itemsize:
            raise ValueError("half a number")
        values = np.frombuffer(self.take(size), dtype)
        self.take(-size % 8)
        return values

    def bits(self) -> _Bits:
        units, size, ones = self.vector("<u8"), self.number(), self.number()
        ranks, select0, select1 = self.vector("<u4").reshape(-1, 3), self.vector("<u4"), self.vector("<u4")
        if len(units) != -(-size // 64):
            raise ValueError("bits are missing")
        # The product's highest byte is the sum of the eight bytes.
        counts = _ONES[units.view(np.uint8)].view("<u8") * np.uint64(0x0101010101010101) >> np.uint64(56)
        before = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        if before[-1] != ones or (size % 64 and int(units[-1]) >> size % 64):
            raise ValueError("bits are counted wrongly")
        if len(ranks) and not np.array_equal(ranks, _ranks(before, size)):
            raise ValueError("the ranks of bits are wrong")
        zeros_before = 64 * np.arange(len(before)) - before
        zeros_before[-1] = size - ones
        for table, earlier, inverted in ((select0, zeros_before, _ALL), (select1, before, np.uint64(0))):
            if len(table) and not np.array_equal(table, _selected(units ^ inverted, earlier, size)):
                raise ValueError("the places of bits are wrong")
        return _Bits(units, size, ones, before, bool(len(ranks)), bool(len(select0)), bool(len(select1)))

    def packed(self, count: int) -> NDArray[np.uint32]:
        """Numbers of one width, packed; there must be `count`."""
        units, width, mask, size = self.vector("<u8"), self.number(), self.number(), self.number(8)
        if size != count or width > 24 or mask != (1 << width) - 1 or (size and len(units) * 64 < max(width * size, 1)):
            raise ValueError("packed numbers are missing")
        # Eight numbers take as many bytes as one has bits, so every eighth begins at the same bit of a byte, so many
        # bytes further on; and up to 24 bits lie in the 32 that begin with their first byte.
        padded = np.concatenate((units, np.zeros(4, np.uint64)))
        numbers = np.empty((-(-count // 8), 8), np.uint32)
        for place in range(8):
            byte, bit = divmod(place * width, 8)
            column = np.ndarray((len(numbers),), "<u4", padded.data, byte, (width,))
            numbers[:, place] = column >> np.uint32(bit)
        numbers &= np.uint32(mask)
        return numbers.ravel()[:count]


def _ranks(before: NDArray[np.int64], size: int) -> NDArray[np.uint32]:
    """The table of ranks that belongs to bits: for every 512 how many ones come before, and before each 64 of them.
    `before` has the ones before each 64 bits, and all of them."""
    rows = -(-size // 512)
    padded = np.full(8 * rows + 1, before[-1])
    padded[: len(before)] = before
    table = np.zeros((rows + 1, 3), np.uint32)
    table[:, 0] = padded[::8]
    inside = padded[:-1].reshape(-1, 8)[:, 1:] - padded[:-1:8, np.newaxis]
    packed = np.zeros(rows, np.uint64)
    for column, shift in zip(inside.T, _COUNTS, strict=True):
        packed |= column.astype(np.uint64) << np.uint64(shift)
    table[:-1, 1:] = packed.view(np.uint32).reshape(-1, 2)
    return table


def _selected(units: NDArray[np.uint64], before: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The places of the first, 513th, … 1 in units of 64 bits, and the end; `before` is how many 1s come before each
    unit."""
    wanted = np.arange(0, before[-1], 512)
    unit = np.searchsorted(before, wanted, side="right") - 1
    flags = np.unpackbits(units[unit].view(np.uint8), bitorder="little").reshape(-1, 64)
    found = np.cumsum(flags, axis=1) > (wanted - before[unit])[:, np.newaxis]
    return np.append(64 * unit + found.argmax(axis=1), size)


def _check_level(walk: _Walk, level: int) -> tuple[int, int]:
    """Checks a trie and those below it; the numbers of its keys and of its nodes."""
    louds, terminals, linked, bases = walk.bits(), walk.bits(), walk.bits(), walk.vector("u1")
    nodes = len(bases)
    keys = _check_nodes(louds, nodes)
    if level == 1 and not (terminals.size == nodes + 1 and terminals.ranks and terminals.select1):
        raise ValueError("the ends of words are missing")
    if level == 1 and (not louds.select0 or int(terminals.units[-1]) >> nodes % 64):
        raise ValueError("the ends of words are missing")
    if linked.size != nodes or not linked.ranks:
        raise ValueError("a node is missing")
    extras = walk.packed(linked.ones)
    tail, ends = walk.vector("u1"), walk.bits().flags()
    links = bases[linked.flags()].astype(np.uint32) | extras << np.uint32(8)
    below = 0
    if len(links) and not len(tail):
        if level == _MOST_LEVELS:
            raise ValueError("too many levels")
        _, below = _check_level(walk, level + 1)
    cached = walk.vector("<u4").reshape(-1, 3)
    first_level, _ = walk.number(), walk.number()
    if first_level != keys:
        raise ValueError("the children of the root are counted wrongly")
    _check_links(np.concatenate((links, _cached_links(cached, nodes))), tail, ends, below)
    return terminals.ones, nodes


def _check_nodes(louds: _Bits, nodes: int) -> int:
    """Checks that the nodes are a tree, each behind its parent; the number of the root's children."""
    if louds.size != 2 * nodes + 2 or not louds.ranks or not louds.select1:
        raise ValueError("a node is missing")
    if not nodes or louds.ones != nodes or int(louds.units[0]) & 2:
        raise ValueError("the nodes are no tree")
    # The i-th 1 is the i-th node; its parent's number is that of the 0s before it, less 1: so many 1s before it are at
    # least as many as the 0s. Where they are many more, no 64 bits can change that.
    ahead = 2 * louds.before[:-1] - 64 * np.arange(len(louds.units))
    for unit in np.flatnonzero(ahead < 64).tolist():
        flags = louds.flags(unit, unit + 1)
        ones = 64 * unit + np.flatnonzero(flags)
        if (ones > 2 * np.arange(louds.before[unit], louds.before[unit] + len(ones))).any():
            raise ValueError("the nodes are no tree")
    return int(louds.flags()[2:].argmin())


def _cached_links(cached: NDArray[np.uint32], nodes: int) -> NDArray[np.uint32]:
    """The links of the shortcuts from a parent to a child."""
    if not len(cached) or len(cached) & (len(cached) - 1):
        raise ValueError("the shortcuts are missing")
    parent, child, link = cached.T
    used = child != _NOBODY
    if (parent[~used] != _NOBODY).any() or (child[used] >= nodes).any() or (parent[used] >= child[used]).any():
        raise ValueError("a shortcut leads nowhere")
    links: NDArray[np.uint32] = link[used & (link >> np.uint32(8) != _NO_EXTRA)]
    return links


def _check_links(links: NDArray[np.uint32], tail: NDArray[np.uint8], ends: NDArray[np.bool_], below: int) -> None:
    if not len(links):
        return
    if not len(tail):
        if not links.min() or links.max() >= below:
            raise ValueError("a link leads nowhere")
    elif links.max() >= len(tail) or (len(ends) and len(ends) != len(tail)):
        raise ValueError("a link leads behind the tails")
    elif not ends[-1] if len(ends) else tail[-1] or not tail[links].all():
        raise ValueError("a tail has no end")
