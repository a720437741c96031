"""A file of named columns: numpy arrays that are memory-mapped and checked before use.

The body is a sequence of columns, each at a multiple of 64 bytes; then comes a table with the CRC-32 of every
64 KiB block of the body, a directory (JSON) that says where each column is, and a trailer of fixed size with the
CRC-32 of table and directory. A block is checked the first time a slice touches it, so opening a large file reads
only its end, and no byte reaches a caller unchecked.

Checksums tell accidents; whoever writes a file on purpose gets them right. So the directory is believed only as far as
it fits the file: a column of numbers, whole, inside the body.
"""

from __future__ import annotations

import json
import mmap
import struct
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsearch.errors import IndexDamaged

MAGIC = b"nscolum1"
BLOCK = 1 << 16
_ALIGNMENT = 64
#: Offset of the table, number of blocks, length of the directory, CRC-32 of table and directory.
TRAILER = struct.Struct("<QIII")

# For so long an open file is taken to be what it was when somebody last looked (1 ms): looking takes 1 µs, and a query
# touches a hundred slices.
_STEADY_NS = 1_000_000
# From so many blocks on, 2 MB, checking them is worth another thread.
_MANY_BLOCKS = 32
_KINDS = ("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8")
_DTYPES = {dtype.str: dtype for dtype in (np.dtype(f"<{kind}") for kind in _KINDS)}

Column = NDArray[Any]


class Place(NamedTuple):
    """Where a column lies: `length` numbers of a dtype from byte `offset` on."""

    dtype: np.dtype[Any]
    length: int
    offset: int


class Backing(Protocol):
    """The file on the disk that a buffer is a map of."""

    def read_at(self, start: int, stop: int) -> bytes:
        """Bytes of the file, fewer where it ends. Raises OSError where a map would kill the process (SIGBUS)."""
        ...

    def changed(self) -> bool:
        """Whether somebody wrote to the file or cut it short since it was mapped."""
        ...


class Sink(Protocol):
    def write(self, data: bytes | memoryview, /) -> int: ...


#: A column that is written as it is made: gives its parts, one at least, all of one dtype.
Streamed = Callable[[], Iterable[Column]]


def write_columns(sink: Sink, columns: Mapping[str, Column | Streamed], facts: Mapping[str, Any]) -> int:
    """Writes a whole file, its columns in their order; `facts` are JSON values kept in the directory.

    Returns the CRC-32 of table and directory, which pins the content of the file."""
    checksums: list[int] = []
    block = bytearray()
    position = 0

    def put(data: bytes | memoryview) -> None:
        nonlocal position, block
        sink.write(data)
        position += len(data)
        view = memoryview(data)
        if block:
            missing = BLOCK - len(block)
            block += view[:missing]
            view = view[missing:]
            if len(block) == BLOCK:
                checksums.append(crc32(block))
                block = bytearray()
        while len(view) >= BLOCK:
            checksums.append(crc32(view[:BLOCK]))
            view = view[BLOCK:]
        if len(view):
            block += view

    put(MAGIC)
    directory: dict[str, Any] = {"facts": dict(facts), "columns": {}}
    for name, column in columns.items():
        put(bytes(-position % _ALIGNMENT))
        begin, length, dtype = position, 0, None
        for part in column() if callable(column) else [column]:
            part = np.ascontiguousarray(part)
            if part.dtype.kind not in "iuf":
                raise TypeError(f"column {name} has dtype {part.dtype}; columns hold numbers")
            if dtype not in (None, part.dtype):
                raise TypeError(f"column {name} has parts of {dtype} and {part.dtype}")
            dtype = part.dtype
            length += len(part)
            if len(part):
                put(part.astype(dtype.newbyteorder("<"), copy=False).data.cast("B"))
        if dtype is None:
            raise TypeError(f"column {name} has no parts")
        directory["columns"][name] = [dtype.newbyteorder("<").str, length, begin]
    put(bytes(-position % _ALIGNMENT))
    if block:
        checksums.append(crc32(block))
    table = np.array(checksums, "<u4").tobytes()
    listing = json.dumps(directory, ensure_ascii=False, sort_keys=True).encode()
    checksum = crc32(listing, crc32(table))
    sink.write(table + listing + TRAILER.pack(position, len(checksums), len(listing), checksum) + MAGIC)
    return checksum


class ColumnFile:
    """Reads what `write_columns` wrote from a buffer (bytes or a memory map).

    `facts` and `checksum` are as written. Raises IndexDamaged, with `folder` and `name` as given, here and in
    `column` for bytes that are not as they were written, or are of no use as they were; with `backing`, the file that
    the buffer maps, also for a file that somebody changes while it is open.
    """

    def __init__(
        self, buffer: Any, folder: Path | str = "", name: str = "column file", backing: Backing | None = None
    ) -> None:
        self._folder, self._name = folder, name
        self._buffer = buffer
        self._backing = backing
        self._looked = time.monotonic_ns()
        view = memoryview(buffer)
        end = len(view) - TRAILER.size - len(MAGIC)
        if end < len(MAGIC) or bytes(view[:8]) != MAGIC or bytes(view[-8:]) != MAGIC:
            raise self._damaged(0, "not a whole column file")
        body, blocks, listing, self.checksum = TRAILER.unpack(view[end : end + TRAILER.size])
        if body + 4 * blocks + listing != end or blocks != -(-body // BLOCK):
            raise self._damaged(end, "the trailer does not fit the file")
        table = view[body : body + 4 * blocks]
        directory = view[body + 4 * blocks : end]
        if crc32(directory, crc32(table)) != self.checksum:
            raise self._damaged(body, "checksum of the directory is wrong")
        self._view = view
        self._body = body
        self._checksums = np.frombuffer(table, "<u4")
        self._unchecked = bytearray(b"\1" * blocks)
        try:
            self.facts, self._columns = _parsed(bytes(directory), body)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise self._damaged(body + 4 * blocks, "the directory makes no sense") from None
        self._whole: dict[str, Column] = {}  # as they lie in the file, unchecked
        self._away = bytearray(b"\1" * blocks)
        #: How many bytes of a mapped file reading has brought into memory at most, in whole blocks: the system maps
        #: what lies around a page with it.
        self.touched = 0

    def names(self) -> list[str]:
        return list(self._columns)

    def length(self, name: str) -> int:
        return self._place(name).length

    def dtype(self, name: str) -> np.dtype[Any]:
        return self._place(name).dtype

    def offset(self, name: str) -> int:
        """The first byte of a column."""
        return self._place(name).offset

    def column(self, name: str, start: int = 0, stop: int | None = None) -> Column:
        """Elements [start, stop) of a column as a read-only array that shares the file's memory."""
        values = self._unchecked_column(name)
        offset = self._columns[name].offset
        stop = len(values) if stop is None else stop
        if not 0 <= start <= stop <= len(values):
            raise self._damaged(offset, f"column {name} has no elements {start} to {stop}")
        size = values.itemsize
        self.look()
        self._check(offset + start * size, offset + stop * size)
        return values[start:stop]

    def parts(self, name: str, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Column:
        """A whole column of which only the parts [start, stop) are checked: nothing else of it may be read."""
        values = self._unchecked_column(name)
        offset = self._columns[name].offset
        if not len(starts):
            return values
        if starts.min() < 0 or stops.max() > len(values) or (starts > stops).any():
            raise self._damaged(offset, f"column {name} has no such parts")
        self.look()
        first, last = offset + starts * values.itemsize, offset + stops * values.itemsize
        steps = np.zeros(len(self._unchecked) + 1, np.int64)
        np.add.at(steps, first // BLOCK, 1)
        np.subtract.at(steps, -(-last // BLOCK), 1)
        touched = np.cumsum(steps[:-1]) > 0
        away = np.frombuffer(self._away, np.bool_)
        self.touched += BLOCK * int((away & touched).sum())
        away[touched] = False
        self._check_blocks((touched & np.frombuffer(self._unchecked, np.bool_)).nonzero()[0].tolist())
        return values

    def buffer(self, name: str, start: int = 0, stop: int | None = None) -> memoryview:
        """A column of bytes, or a part of it, as a memoryview."""
        return self.column(name, start, stop).data

    def look(self) -> None:
        """Raises IndexDamaged if the file was changed since it was opened: what has been checked may be other bytes,
        or none. Looks again only after a while."""
        if self._backing is None or (now := time.monotonic_ns()) - self._looked < _STEADY_NS:
            return
        if self._backing.changed():
            raise self._damaged(0, "somebody changed the file while it was open")
        self._looked = now

    def check(self) -> None:
        """Checks every block, also those that were checked before. Raises IndexDamaged at the first bad one."""
        for damage in self.damaged_blocks():
            raise damage

    def damaged_blocks(self) -> Iterator[IndexDamaged]:
        """Checks every block, also those that were checked before; yields each bad one as an error."""
        for number in range(len(self._unchecked)):
            self._unchecked[number] = 1
            try:
                self._check(number * BLOCK, min((number + 1) * BLOCK, self._body))
            except IndexDamaged as damage:
                yield damage

    def damaged(self, name: str, reason: str) -> IndexDamaged:
        """The error for a column whose numbers are as written but cannot be true."""
        place = self._columns.get(name)
        return self._damaged(place.offset if place else 0, f"column {name} {reason}")

    def let_go(self) -> None:
        """Gives back the memory of a mapped file; what is read again comes from the system's cache."""
        self.touched = 0
        self._away[:] = b"\1" * len(self._away)
        if isinstance(self._buffer, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self._buffer.madvise(mmap.MADV_DONTNEED)

    def _place(self, name: str) -> Place:
        try:
            return self._columns[name]
        except KeyError:
            raise self.damaged(name, "is missing") from None

    def _unchecked_column(self, name: str) -> Column:
        values = self._whole.get(name)
        if values is None:
            dtype, length, offset = self._place(name)
            values = np.frombuffer(self._view[offset : offset + length * dtype.itemsize], dtype)
            self._whole[name] = values
        return values

    def _damaged(self, offset: int, reason: str) -> IndexDamaged:
        return IndexDamaged(self._folder, self._name, offset, reason)

    def _check(self, first: int, last: int) -> None:
        block, high = first // BLOCK, -(-last // BLOCK)
        if self._away.find(1, block, high) >= 0:
            self.touched += BLOCK * self._away.count(1, block, high)
            self._away[block:high] = bytes(high - block)
        while (block := self._unchecked.find(1, block, high)) >= 0:
            self._check_block(block)

    def _check_blocks(self, blocks: Sequence[int]) -> None:
        """Checks blocks; of many another thread checks half: Python's lock is free while bytes are read and summed."""
        failed: list[IndexDamaged] = []

        def check(mine: Sequence[int]) -> None:
            try:
                for block in mine:
                    self._check_block(block)
            except IndexDamaged as damage:
                failed.append(damage)

        if len(blocks) < _MANY_BLOCKS:
            check(blocks)
        else:
            other = Thread(target=check, args=(blocks[1::2],))
            other.start()
            check(blocks[::2])
            other.join()
        for damage in failed:
            raise damage

    def _check_block(self, block: int) -> None:
        begin = block * BLOCK
        end = min(begin + BLOCK, self._body)
        try:
            content = self._backing.read_at(begin, end) if self._backing else self._view[begin:end]
        except OSError as error:
            raise self._damaged(begin, f"cannot be read: {error.strerror or error}") from error
        if crc32(content) != self._checksums[block]:
            raise self._damaged(begin, "checksum is wrong")
        self._unchecked[block] = 0


def _parsed(directory: bytes, body: int) -> tuple[dict[str, Any], dict[str, Place]]:
    """Facts and columns of a directory. Raises ValueError, TypeError, KeyError or RecursionError for one that is not
    what `write_columns` writes, or does not fit a body of so many bytes."""
    parsed = json.loads(directory.decode("utf-8"))  # json would look for other encodings, and load them
    facts, listed = parsed["facts"], parsed["columns"]
    if not isinstance(facts, dict) or not isinstance(listed, dict):
        raise TypeError("facts and columns are objects")
    columns = {}
    for name, (dtype, length, offset) in listed.items():
        place = Place(_DTYPES[dtype], length, offset)
        if type(length) is not int or type(offset) is not int or length < 0 or offset < 0 or offset % _ALIGNMENT:
            raise ValueError(f"{name}: {place}")
        if offset + length * place.dtype.itemsize > body:
            raise ValueError(f"{name} ends behind the file")
        columns[name] = place
    return facts, columns
