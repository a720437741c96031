"""A column file whose end is damaged → the same with its end mended, where no more than a byte of it is wrong.

The end of a column file says where each column is; a single wrong byte there would cost every article of a segment. But
the manifest keeps the checksum of table and directory, and a CRC tells not only that a byte is wrong: there is hardly
ever more than one change of one byte that makes it right again. The trailer follows from where the directory begins.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np

from newsearch.codec import columns
from newsearch.codec.columns import MAGIC, TRAILER

_BEGINNING = b'{"columns"'
_POLYNOMIAL = 0xEDB88320


def mended(content: bytes, checksum: int) -> bytes | None:
    """The file with its first and last bytes as they must have been, by the checksum of its table and directory; None
    if more than a byte of those two is wrong. What lies between is as it is."""
    end = len(content) - TRAILER.size - len(MAGIC)
    for listing in _beginnings(content, end):
        blocks = -(-listing // (columns.BLOCK + 4))
        body = listing - 4 * blocks
        if body < len(MAGIC) or -(-body // columns.BLOCK) != blocks:
            continue
        tail = corrected(content[body:end], checksum)
        if tail is not None:
            trailer = TRAILER.pack(body, blocks, end - listing, checksum)
            return MAGIC + content[len(MAGIC) : body] + tail + trailer + MAGIC
    return None


def _beginnings(content: bytes, end: int) -> list[int]:
    """Where the directory may begin: where the trailer says, and where it looks so."""
    if end < len(MAGIC):
        return []
    body, blocks, listing, _ = TRAILER.unpack(content[end : end + TRAILER.size])
    found = [content.rfind(_BEGINNING, 0, end), end - listing, body + 4 * blocks]
    return [at for at in dict.fromkeys(found) if len(MAGIC) < at <= end]


def corrected(data: bytes, checksum: int) -> bytes | None:
    """The data that has this CRC-32 and differs in no more than a byte; None if there is none."""
    wanted = crc32(data) ^ checksum
    if not wanted:
        return data
    # What changing the last byte does to the CRC; one byte further ahead, that goes through the register once more.
    effect = _TABLE[1:].copy()
    for at in range(len(data) - 1, -1, -1):
        found = np.flatnonzero(effect == wanted)
        if len(found):
            return data[:at] + bytes([data[at] ^ int(found[0] + 1)]) + data[at + 1 :]
        effect = _TABLE[effect & 0xFF] ^ (effect >> 8)
    return None


def _crc_table() -> np.typing.NDArray[np.uint32]:
    """What a byte does to the register of the CRC."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(_POLYNOMIAL), table >> 1).astype(np.uint32)
    return table


_TABLE = _crc_table()
