"""A file of named columns: numpy arrays that are memory-mapped and checked before use.

The body is a sequence of columns, each at a multiple of 64 bytes; then comes a table with the CRC-32 of every
64 KiB block of the body, a directory (JSON) that says where each column is, and a trailer of fixed size with the
CRC-32 of table and directory. A block is checked the first time a slice touches it, so opening a large file reads
only its end, and no byte reaches a caller unchecked.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsearch.errors import IndexDamaged

MAGIC = b"nscolum1"
BLOCK = 1 << 16
_ALIGNMENT = 64
# Offset of the table, number of blocks, length of the directory, CRC-32 of table and directory.
_TRAILER = struct.Struct("<QIII")

Column = NDArray[Any]


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
    sink.write(table + listing + _TRAILER.pack(position, len(checksums), len(listing), checksum) + MAGIC)
    return checksum


class ColumnFile:
    """Reads what `write_columns` wrote from a buffer (bytes or a memory map).

    `facts` and `checksum` are as written. Raises IndexDamaged, with `folder` and `name` as given, here and in
    `column` for bytes that are not as they were written.
    """

    def __init__(self, buffer: Any, folder: Path | str = "", name: str = "column file") -> None:
        self._folder, self._name = folder, name
        self._buffer = buffer
        view = memoryview(buffer)
        end = len(view) - _TRAILER.size - len(MAGIC)
        if end < len(MAGIC) or bytes(view[:8]) != MAGIC or bytes(view[-8:]) != MAGIC:
            raise self._damaged(0, "not a whole column file")
        body, blocks, listing, self.checksum = _TRAILER.unpack(view[end : end + _TRAILER.size])
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
        parsed = json.loads(bytes(directory))
        self.facts: dict[str, Any] = parsed["facts"]
        self._columns: dict[str, list[Any]] = parsed["columns"]
        self._whole: dict[str, Column] = {}  # as they lie in the file, unchecked
        #: About how many bytes of a mapped file reading has brought into memory.
        self.touched = 0

    def names(self) -> list[str]:
        return list(self._columns)

    def length(self, name: str) -> int:
        return int(self._columns[name][1])

    def column(self, name: str, start: int = 0, stop: int | None = None) -> Column:
        """Elements [start, stop) of a column as a read-only array that shares the file's memory."""
        values = self._whole.get(name)
        if values is None:
            values = self._whole[name] = self._unchecked_column(name)
        offset = self._columns[name][2]
        stop = len(values) if stop is None else stop
        if not 0 <= start <= stop <= len(values):
            raise self._damaged(offset, f"column {name} has no elements {start} to {stop}")
        size = values.itemsize
        self._check(offset + start * size, offset + stop * size)
        return values[start:stop]

    def _unchecked_column(self, name: str) -> Column:
        dtype, length, offset = self._columns[name]
        end = offset + length * np.dtype(dtype).itemsize
        if not 0 <= offset <= end <= self._body:
            raise self._damaged(offset, f"column {name} ends behind the file")
        return np.frombuffer(self._view[offset:end], dtype)

    def buffer(self, name: str, start: int = 0, stop: int | None = None) -> memoryview:
        """A column of bytes, or a part of it, as a memoryview."""
        return self.column(name, start, stop).data

    def check(self) -> None:
        """Checks every block that has not been checked."""
        self._check(0, self._body)

    def let_go(self) -> None:
        """Gives back the memory of a mapped file; what is read again comes from the system's cache."""
        self.touched = 0
        if isinstance(self._buffer, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self._buffer.madvise(mmap.MADV_DONTNEED)

    def _damaged(self, offset: int, reason: str) -> IndexDamaged:
        return IndexDamaged(self._folder, self._name, offset, reason)

    def _check(self, first: int, last: int) -> None:
        self.touched += last - first + BLOCK // 8
        block, high = first // BLOCK, -(-last // BLOCK)
        while (block := self._unchecked.find(1, block, high)) >= 0:
            begin = block * BLOCK
            if crc32(self._view[begin : min(begin + BLOCK, self._body)]) != self._checksums[block]:
                raise self._damaged(begin, "checksum is wrong")
            self._unchecked[block] = 0
