"""How much of one file is taken in. More is refused with its reason, at once, and the batch goes on."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The most of each thing, in bytes unless said otherwise."""

    #: a text that is read whole: a page, an article, a web page
    text: int = 16 << 20
    #: another document that is read whole, as it is and unpacked: a message, a book
    document: int = 64 << 20
    #: one record of a file that is streamed: a line of JSON Lines, an entry of a list, a row of a table
    record: int = 16 << 20
    #: all that a packed file unpacks to: so many times its own size, and `document` in any case
    expansion: int = 100
    #: layers of packing: a .tar.gz has two
    layers: int = 4
    #: the list of members of a ZIP file
    directory: int = 16 << 20


LIMITS = Limits()
