"""Documents that are ZIP files of XML (DOCX, EPUB): their members, in memory, no more of them than is asked for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from newsearch.corpus.trouble import Unreadable

#: The longest list of members that is read: some 20,000 of them.
_MOST_DIRECTORY = 2 << 20
#: The largest part that is read; what is parsed takes ten times as much memory.
_MOST_MEMBER = 12 << 20
_END = b"PK\x05\x06"
# What zipfile raises for damage and for what it cannot unpack.
_TROUBLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError, OSError)


class Members:
    """The members of a ZIP file by name; in all no more than `limit` bytes can be read from it."""

    def __init__(self, archive: zipfile.ZipFile, limit: int) -> None:
        self._archive = archive
        self._left = limit
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises Unreadable: there is none, it is damaged, encrypted or too large."""
        if name not in self.names:
            raise Unreadable(f"damaged: it has no {name}")
        try:
            with self._archive.open(name) as member:
                content = member.read(min(self._left, _MOST_MEMBER) + 1)
        except _TROUBLE as error:
            raise Unreadable(f"damaged: {name} in it cannot be unpacked ({error})") from None
        self._left -= len(content)
        if self._left < 0 or len(content) > _MOST_MEMBER:
            raise Unreadable("unpacks to more than is read of one document")
        return content


@contextmanager
def members(content: bytes, limit: int) -> Iterator[Members]:
    """Opens a ZIP file. Raises Unreadable."""
    end = content.rfind(_END)
    if end < 0 or len(content) < end + 22:
        raise Unreadable("damaged: the file is cut off")
    if struct.unpack_from("<I", content, end + 12)[0] > _MOST_DIRECTORY:
        raise Unreadable("too many parts in one document")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _TROUBLE as error:
        raise Unreadable(f"damaged: {error}") from None
    with archive:
        yield Members(archive, limit)


def refuse_entities(text: str) -> None:
    """Raises Unreadable for XML that declares entities, which can make a small file endless or read other files."""
    if "<!ENTITY" in text:
        raise Unreadable("XML that declares entities, which can make a small file endless")


def xml_root(content: bytes) -> etree._Element:
    """The root of an XML document. What it may declare of its own (entities) is refused, nothing is fetched. Raises
    Unreadable."""
    refuse_entities(content.replace(b"\0", b"").decode("latin-1"))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"not well-formed XML: {str(error)[:120]}") from None
