"""What was stored of documents: one zstd frame for each, read one by one, also where the segment around is damaged."""

from __future__ import annotations

import zstandard

from newsearch.codec import columns
from newsearch.codec.columns import ColumnFile

#: Bytes of a stored document at most: one that says it is larger is not unpacked.
LARGEST_RECORD = 1 << 27
# Bytes of a frame's header at most.
_HEADER = 18


def decompressor(dictionary: bytes) -> zstandard.ZstdDecompressor:
    """What unpacks stored documents; `dictionary` is that of the index, b"" if there is none."""
    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=shared)


def stored_record(file: ColumnFile, unpack: zstandard.ZstdDecompressor, document: int) -> bytes:
    """What was stored of a document, whatever else of its segment is damaged. Raises IndexDamaged."""
    offsets = file.column("stored.offsets", document, document + 2)
    if offsets.dtype.kind != "u":
        raise file.damaged("stored.offsets", f"holds {offsets.dtype}")
    start, stop = offsets.tolist()
    frame = file.buffer("stored.frames", start, stop)
    try:
        _check_size(frame)
        record: bytes = unpack.decompress(frame)
    except (zstandard.ZstdError, ValueError, MemoryError):
        raise file.damaged("stored.frames", f"has a document {document} that cannot be unpacked") from None
    return record


def record_from(file: ColumnFile, unpack: zstandard.ZstdDecompressor, start: int) -> tuple[bytes, int]:
    """What was stored in the frame that begins at a byte of `stored.frames`, and where that frame ends: for when it is
    not known where. Raises IndexDamaged."""
    unpacking, parts, at = unpack.decompressobj(), [], start
    base, length = file.offset("stored.frames"), file.length("stored.frames")
    while not unpacking.eof:
        stop = (base + at) // columns.BLOCK * columns.BLOCK + columns.BLOCK - base
        # The first piece holds all of the frame's header.
        stop = min(max(stop, at + _HEADER if at == start else stop), length)
        if stop <= at:
            raise file.damaged("stored.frames", f"ends in the document at {start}")
        frame = file.buffer("stored.frames", at, stop)
        try:
            if at == start:
                _check_size(frame)
            parts.append(unpacking.decompress(frame))
        except (zstandard.ZstdError, ValueError, MemoryError):
            raise file.damaged("stored.frames", f"has no document at {start}") from None
        at = stop
    return b"".join(parts), at - len(unpacking.unused_data)


def _check_size(frame: memoryview) -> None:
    if not 0 <= zstandard.frame_content_size(frame) <= LARGEST_RECORD:
        raise ValueError("no size, or too large")
