"""Documents that are ZIP files of XML (DOCX, EPUB): their members, in memory, no more of them than is asked for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from newsearch.corpus.limits import Limits, refusal
from newsearch.corpus.trouble import Unreadable

# The list of members may be so many times shorter than that of a ZIP file that is an archive: some 20,000 of them.
_SHORTER = 8
_END = b"PK\x05\x06"
# What zipfile raises for damage and for what it cannot unpack.
_TROUBLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError, OSError)


class Members:
    """The members of a ZIP file by name; no more can be read from it than `limits` allow of a document, and of XML."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._left = limits.document
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises Unreadable: there is none, it is damaged, encrypted or too large."""
        if name not in self.names:
            raise Unreadable(f"damaged: it has no {name}")
        try:
            with self._archive.open(name) as member:
                content = member.read(min(self._left, self._limits.xml) + 1)
        except _TROUBLE as error:
            raise Unreadable(f"damaged: {name} in it cannot be unpacked ({error})") from None
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable(refusal("unpacks to more than", "document", self._limits.document))
        if len(content) > self._limits.xml:
            raise Unreadable(refusal(f"{name} in it unpacks to more than", "xml", self._limits.xml))
        return content


@contextmanager
def members(content: bytes, limits: Limits) -> Iterator[Members]:
    """Opens a ZIP file. Raises Unreadable."""
    end = content.rfind(_END)
    if end < 0 or len(content) < end + 22:
        raise Unreadable("damaged: the file is cut off")
    if struct.unpack_from("<I", content, end + 12)[0] > limits.directory // _SHORTER:
        its = "a document whose list of parts takes over an eighth of"
        raise Unreadable(refusal(its, "directory", limits.directory))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _TROUBLE as error:
        raise Unreadable(f"damaged: {error}") from None
    with archive:
        yield Members(archive, limits)


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
