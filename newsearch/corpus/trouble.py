"""What a file can do to whoever reads it, as reasons for people."""

from __future__ import annotations

import gzip
import zlib


class Unreadable(Exception):
    """A document, or the rest of one, that cannot be read; the message says why."""


#: What unpacking damaged bytes raises.
DAMAGE = (gzip.BadGzipFile, EOFError, zlib.error)
#: All that reading a document may raise.
TROUBLE = (Unreadable, OSError, *DAMAGE)


def reason(error: Exception) -> str:
    """One of TROUBLE, in words."""
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, DAMAGE):
        return f"damaged gzip file: {error}"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"
