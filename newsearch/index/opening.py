"""Files of an index → what they hold, with all that reading it relies on checked once.

A file must be there, be the one that the manifest means, and hold what its kind holds; else it is IndexDamaged, naming
the file. What can only be seen by following its numbers is seen when they are followed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from zlib import crc32

import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.codec.columns import ColumnFile
from newsearch.codec.segment import Segment
from newsearch.codec.stored import decompressor
from newsearch.codec.tries import check_trie
from newsearch.errors import IndexDamaged
from newsearch.index.manifest import FileEntry, Manifest
from newsearch.index.sources import SourceTable
from newsearch.index.storage import MappedFile, Storage
from newsearch.terms.dictionary import BUFFERS, Dictionary

# The columns that every article has, and the kinds of numbers in them.
_DOCUMENT_COLUMNS = {
    "id": "u", "title_length": "u", "body_length": "u", "date": "i", "digest": "u", "sketch": "u", "file": "u",
}  # fmt: skip


def open_columns(storage: Storage, entry: FileEntry) -> ColumnFile:
    """A column file of the index, known to be the one the manifest means. Raises IndexDamaged."""
    content = present(storage, entry, storage.map)
    if len(content) != entry.length:
        reason = f"{len(content)} bytes, not {entry.length}"
        raise IndexDamaged(storage.folder, entry.name, min(len(content), entry.length), reason)
    file = ColumnFile(content, storage.folder, entry.name, content if isinstance(content, MappedFile) else None)
    if file.checksum != entry.checksum:
        raise IndexDamaged(storage.folder, entry.name, 0, "the file of another index or generation")
    return file


_Content = TypeVar("_Content")


def present(storage: Storage, entry: FileEntry, access: Callable[[str], _Content]) -> _Content:
    try:
        return access(entry.name)
    except FileNotFoundError:
        raise IndexDamaged(storage.folder, entry.name, 0, "the file is missing") from None


def open_segment(storage: Storage, entry: FileEntry, texts_dictionary: bytes) -> Segment:
    return segment_of(open_columns(storage, entry), texts_dictionary)


def segment_of(file: ColumnFile, texts_dictionary: bytes, documents: int | None = None) -> Segment:
    """The segment in a file; `documents` is how many it must have. Raises IndexDamaged."""
    segment = Segment(file, texts_dictionary)
    if documents not in (None, segment.documents):
        raise file.damaged("stored.offsets", f"is about {segment.documents} documents, not {documents}")
    for name, kind in _DOCUMENT_COLUMNS.items():
        if file.dtype(f"doc.{name}").kind != kind:
            raise file.damaged(f"doc.{name}", f"holds {file.dtype(f'doc.{name}')}")
    return segment


def deleted_documents(file: ColumnFile, documents: int) -> NDArray[Any]:
    """The deleted ones of so many documents. Raises IndexDamaged."""
    deleted = file.column("documents")
    if deleted.dtype.kind != "u" or (len(deleted) and deleted.max() >= documents):
        raise file.damaged("documents", "names documents that are not there")
    return deleted


def texts_of(file: ColumnFile) -> bytes:
    """The dictionary of stored texts in a file. Raises IndexDamaged."""
    texts = file.buffer("dictionary").tobytes()
    try:
        if not texts:
            raise ValueError("empty")
        decompressor(texts)
    except (zstandard.ZstdError, ValueError, MemoryError):
        raise file.damaged("dictionary", "unpacks nothing") from None
    return texts


@lru_cache(maxsize=2)
def _words(trie: bytes) -> int:
    """How many words a trie has; looking takes 8 ms for jieba's, and most indexes have the same. Raises ValueError."""
    return check_trie(trie)


def dictionary_of(file: ColumnFile) -> Dictionary:
    """The dictionary in a file. Raises IndexDamaged."""
    names = [name for name in BUFFERS if name in file.names()]
    if len(names) not in (2, len(BUFFERS)) or names != list(BUFFERS[: len(names)]):
        raise file.damaged(BUFFERS[0], "is missing, or has no frequencies")
    # A copy, for the words of a query are looked up here letter by letter, without asking whether the file changed.
    content = [bytes(file.buffer(name).cast("B")) for name in names]
    for place in range(0, len(names), 2):
        words, frequencies = names[place], np.frombuffer(content[place + 1], np.uint8)
        if len(frequencies) % 4 or len(frequencies) < 8 or not frequencies.view("<u4")[0]:
            raise file.damaged(names[place + 1], "is no list of frequencies")
        try:
            if _words(content[place]) != len(frequencies) // 4 - 1:
                raise ValueError("another number of words")
        except ValueError as error:
            raise file.damaged(words, f"is no list of words ({error})") from None
    dictionary = Dictionary.frombuffers(*content)
    try:
        _ = dictionary.added
    except UnicodeDecodeError:
        raise file.damaged(BUFFERS[2], "has words that are none") from None
    return dictionary


def check_dates(segment: Segment, dates: NDArray[Any]) -> None:
    """Raises IndexDamaged for a date that no calendar has (but for those of short months, which do no harm)."""
    month, day = dates // 100 % 100, dates % 100
    possible = (dates > 0) & (dates <= 99991231) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    if not (possible | (dates == 0)).all():
        raise segment.file.damaged("doc.date", "has a date that is none")


def read_sources(storage: Storage, manifest: Manifest) -> SourceTable:
    """The files a generation was read from. Raises IndexDamaged."""
    content = present(storage, manifest.sources, storage.read) if manifest.sources else b""
    return decode_sources(storage, manifest, content)


def decode_sources(storage: Storage, manifest: Manifest, content: bytes) -> SourceTable:
    entry = manifest.sources
    if not entry:
        return SourceTable()
    if len(content) != entry.length or crc32(content) != entry.checksum:
        raise IndexDamaged(storage.folder, entry.name, 0, "checksum is wrong")
    try:
        return SourceTable.decode(content)
    except ValueError as error:
        raise IndexDamaged(storage.folder, entry.name, 0, f"makes no sense: {str(error)[:80]}") from None
