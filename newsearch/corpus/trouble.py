"""What a file can do to whoever reads it, as reasons for people."""

from __future__ import annotations

import gzip
import lzma
import tarfile
import zipfile
import zlib

import zstandard


class Unreadable(Exception):
    """A document, or the rest of one, that cannot be read; the message says why."""


# What unpacking damaged bytes raises, and the kind of file that is damaged then.
_DAMAGE: dict[type[Exception], str] = {
    gzip.BadGzipFile: "gzip",
    zlib.error: "gzip",
    lzma.LZMAError: "xz",
    zstandard.ZstdError: "Zstandard",
    zipfile.BadZipFile: "ZIP",
    tarfile.TarError: "TAR",
}
#: All that reading a document may raise.
TROUBLE: tuple[type[Exception], ...] = (Unreadable, OSError, EOFError, *_DAMAGE)


def reason(error: Exception) -> str:
    """One of TROUBLE, in words."""
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, EOFError):
        return "damaged: what is packed is cut off"
    kind = next((name for kind, name in _DAMAGE.items() if isinstance(error, kind)), None)
    if kind:
        return f"damaged {kind} file: {error}"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"
