"""Files → documents: what is packed is unpacked as it is read, in memory and by pieces, never to the disk.

Packing is told by content, not by name. An archive may hold archives; each of its documents is named by its way down:
`papers.zip/2022/07/01.md`. Small files that unpack to huge ones are refused by one rule: all that a file unpacks to, in
all layers together, is at most so many times its own size.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, Protocol, cast

import zstandard

from newsearch.corpus.document import Document, Rejection
from newsearch.corpus.facts.naming import named_facts
from newsearch.corpus.kinds import format_by_name
from newsearch.corpus.limits import Limits, refusal
from newsearch.corpus.packed.archives import Member, is_document, open_zip, tar_members, zip_members
from newsearch.corpus.packed.streams import Budget, at_most, beginning, continued, counted
from newsearch.corpus.trouble import TROUBLE, Unreadable, reason
from newsearch.corpus.walk import CorpusFile, is_left_out

# Bytes by which packing is told, and those taken in at a time.
_SIGN = 512
_CHUNK = 1 << 16
# Memory that unpacking may take: the largest windows that xz -9 and zstd --ultra -22 use.
_WINDOW = 128 << 20

# Formats that are ZIP files themselves.
_ZIP_DOCUMENTS = ("docx", "epub")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR = re.compile(rb".{257}ustar", re.DOTALL)


class _Decompressor(Protocol):
    """bz2's and lzma's."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Unpacked(io.RawIOBase):
    """A stream as what `make` makes unpacks it. One packed stream may follow another, and zeros the last one."""

    def __init__(self, packed: BinaryIO, make: Callable[[], _Decompressor]) -> None:
        self._packed = packed
        self._make = make
        self._decompressor = make()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = b""
        while not data:
            if self._decompressor.eof:
                rest = self._decompressor.unused_data.lstrip(b"\0")
                while not rest and (more := self._packed.read(_CHUNK)):
                    rest = more.lstrip(b"\0")
                if not rest:
                    return 0
                self._decompressor = self._make()
                data = self._decompressor.decompress(rest, len(buffer))
                continue
            packed = self._packed.read(_CHUNK) if self._decompressor.needs_input else b""
            if not packed and self._decompressor.needs_input:
                raise EOFError
            try:
                data = self._decompressor.decompress(packed, len(buffer))
            except OSError as error:  # bz2 says so of damage
                raise Unreadable(f"damaged bzip2 file: {error}") from None
        buffer[: len(data)] = data
        return len(data)


def _gzip(packed: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, gzip.GzipFile(fileobj=packed, mode="rb"))


def _bzip2(packed: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _Unpacked(packed, bz2.BZ2Decompressor))


def _xz(packed: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _Unpacked(packed, lambda: lzma.LZMADecompressor(memlimit=_WINDOW)))


def _zstd(packed: BinaryIO) -> BinaryIO:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    return cast(BinaryIO, unpacker.stream_reader(packed, read_across_frames=True))


class _Packing(NamedTuple):
    """A way to pack one stream: how it begins, what names end in and in what instead, and what unpacks it."""

    sign: bytes
    endings: dict[str, str]
    unpack: Callable[[BinaryIO], BinaryIO]


_PACKINGS = (
    _Packing(b"\x1f\x8b", {".gz": "", ".tgz": ".tar"}, _gzip),
    _Packing(b"BZh", {".bz2": "", ".tbz": ".tar", ".tbz2": ".tar"}, _bzip2),
    _Packing(b"\xfd7zXZ\0", {".xz": "", ".txz": ".tar"}, _xz),
    _Packing(b"\x28\xb5\x2f\xfd", {".zst": "", ".tzst": ".tar"}, _zstd),
)


class _Place(NamedTuple):
    """The names of a stream, as a Document has them."""

    name: str
    shown: str
    key: str
    named: bool

    def without(self, endings: dict[str, str]) -> _Place:
        """The same, its name without what says how it is packed."""
        for ending, instead in endings.items():
            if self.name.lower().endswith(ending):
                return self._replace(name=self.name[: -len(ending)] + instead)
        return self

    def inside(self, member: str) -> _Place:
        return _Place(PurePosixPath(member).name, f"{self.shown}/{member}", f"{self.key}/{member}", False)


def documents(file: CorpusFile, stream: BinaryIO, limits: Limits) -> Iterator[Document | Rejection]:
    """The documents in a file that has been opened as `stream`, and what in it cannot be read; each has to be read
    before the next is asked for. Raises, also while a document is read, what TROUBLE lists."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    budget = Budget(max(limits.document, limits.expansion * size), limits.expansion)
    place = _Place(file.path.name, file.shown, file.key, file.named)
    return _Unpacking(limits, budget).documents(stream, place, limits.layers, stream)


class _Unpacking:
    """How deep and how far one file is unpacked."""

    def __init__(self, limits: Limits, budget: Budget) -> None:
        self.limits = limits
        self.budget = budget

    def documents(
        self, stream: BinaryIO, place: _Place, layers: int, file: BinaryIO | None = None
    ) -> Iterator[Document | Rejection]:
        """What comes of one stream; it may be packed in so many layers. `file` is the same if it is a file, which can
        seek."""
        sign = beginning(stream, _SIGN)
        whole = continued(sign, stream)
        is_zip = sign.startswith(_ZIP) and format_by_name(place.name) not in _ZIP_DOCUMENTS
        packing = next((packing for packing in _PACKINGS if sign.startswith(packing.sign)), None)
        if packing or is_zip or _TAR.match(sign):
            if not layers:
                most = self.limits.layers
                raise Unreadable(refusal("packed in more than", "layers", most, " layers; unpack it first"))
            if packing:
                content = counted(packing.unpack(whole), self.budget)
                yield from self.documents(content, place.without(packing.endings), layers - 1)
            elif is_zip:
                yield from self._zip(file or self._at_hand(whole), place, layers - 1)
            else:
                yield from self._archive(tar_members(whole), place, layers - 1)
        else:
            yield Document(whole, place.name, place.shown, named_facts(place.key), place.named)

    def _zip(self, stream: BinaryIO, place: _Place, layers: int) -> Iterator[Document | Rejection]:
        with open_zip(stream, self.limits) as archive:
            if not is_document(archive):
                yield from self._archive(zip_members(archive), place, layers)
                return
        stream.seek(0)
        yield Document(stream, place.name, place.shown, named_facts(place.key), place.named)

    def _at_hand(self, stream: BinaryIO) -> BinaryIO:
        """A ZIP file that is packed itself: its list of members stands at its end."""
        most = self.limits.document
        content = at_most(stream, most + 1)
        if len(content) > most:
            raise Unreadable(refusal("a ZIP file of over", "document", most, " in another file; unpack it first"))
        return io.BytesIO(content)

    def _archive(self, members: Iterator[Member], place: _Place, layers: int) -> Iterator[Document | Rejection]:
        for member in members:
            inside = place.inside(member.name)
            if is_left_out(member.name):
                continue
            if member.content is None:
                yield Rejection(inside.shown, member.problem)
                continue
            self.budget.spend(0)  # once it is spent, nothing more is read
            try:
                yield from self.documents(counted(member.content, self.budget), inside, layers)
            except TROUBLE as error:
                yield Rejection(inside.shown, reason(error))
