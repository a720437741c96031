"""Streams of bytes that were begun already, and streams of which only so much may come."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from newsearch.corpus.limits import refusal
from newsearch.corpus.trouble import TROUBLE, Unreadable

_BUFFER = 1 << 16
_PART = 1 << 20


def beginning(stream: BinaryIO, count: int) -> bytes:
    """The next `count` bytes of a stream, fewer at its end or before damage."""
    parts = []
    try:
        while count and (part := cast(io.BufferedReader, stream).read1(count)):
            parts.append(part)
            count -= len(part)
    except TROUBLE:
        if not parts:
            raise
    return b"".join(parts)


def at_most(stream: BinaryIO, count: int) -> bytes:
    """The next `count` bytes of a stream, fewer at its end; memory is taken only for what comes."""
    parts = []
    while count and (part := stream.read(min(count, _PART))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def continued(beginning: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream put together again from its beginning, which was read already, and the rest."""
    return cast(BinaryIO, io.BufferedReader(_Continued(beginning, rest), _BUFFER))


class _Continued(io.RawIOBase):
    def __init__(self, beginning: bytes, rest: BinaryIO) -> None:
        self._beginning = memoryview(beginning)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._beginning:
            taken = min(len(buffer), len(self._beginning))
            buffer[:taken] = self._beginning[:taken]
            self._beginning = self._beginning[taken:]
            return taken
        data = cast(io.BufferedReader, self._rest).read1(len(buffer))  # what stands before damage is not lost
        buffer[: len(data)] = data
        return len(data)


class Budget:
    """How many bytes may come out of a file, in all its layers together."""

    def __init__(self, most: int, times: int) -> None:
        self._left = most
        self._times = times

    def spend(self, count: int) -> None:
        """Counts bytes. Raises Unreadable once there are too many, also every time after."""
        self._left -= count
        if self._left < 0:
            bomb = refusal("unpacks to more than", "expansion", self._times, " times its own size, as bombs do")
            raise Unreadable(bomb)


def counted(stream: BinaryIO, budget: Budget) -> BinaryIO:
    """The same bytes, each of them spent from a budget."""
    return cast(BinaryIO, io.BufferedReader(_Counted(stream, budget), _BUFFER))


class _Counted(io.RawIOBase):
    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count: int = cast(io.RawIOBase, self._stream).readinto(buffer) or 0
        self._budget.spend(count)
        return count
