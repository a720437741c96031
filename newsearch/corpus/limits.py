"""How much of one file is taken in. More is refused with its reason, at once, and the batch goes on."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The most of each thing, in bytes unless said otherwise."""

    #: a document that is read whole, as it is and unpacked: a page, a web page, a message, a book
    document: int = 64 << 20
    #: one record of a file that is streamed: a line of JSON Lines, an entry of a list, a row of a table
    record: int = 16 << 20


LIMITS = Limits()
