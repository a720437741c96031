"""A part that is mutated → the whole file around it: checksums, lengths and packing stay right, so parsers see it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping

import zstandard

Wrap = Callable[[bytes], bytes]


def plain(content: bytes) -> bytes:
    """The file as it is."""
    return content


def between(before: bytes, after: bytes) -> Wrap:
    """Puts a part into the middle of a file."""
    return lambda content: before + content + after


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP file with these members, the same bytes every time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def member(name: str, members: Mapping[str, bytes]) -> Wrap:
    """Puts a part into a ZIP file as one of its members, in place of what is there."""
    return lambda content: zipped({**members, name: content})


def tarred(members: Mapping[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    """A TAR file with these members."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=format) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target.getvalue()


def in_tar(content: bytes) -> bytes:
    """A part as the headers and blocks of a TAR file whose sums are right: each block of 512 bytes that is one."""
    blocks = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
    return b"".join(map(_with_sum, blocks)) + bytes(1024)


def _with_sum(block: bytes) -> bytes:
    if block[257:262] != b"ustar":
        return block
    total = sum(block[:148]) + 8 * 0x20 + sum(block[156:])
    return block[:148] + b"%06o\0 " % total + block[156:]


#: Ending → how a stream is packed.
PACKERS: dict[str, Wrap] = {
    ".gz": lambda content: gzip.compress(content, 1, mtime=0),
    ".bz2": lambda content: bz2.compress(content, 1),
    ".xz": lambda content: lzma.compress(content, preset=0),
    ".zst": lambda content: zstandard.compress(content, 1),
}


def pdf(stream: bytes, *, font: bytes | None = None, title: bytes = b"(A)") -> bytes:
    """A PDF file of one page: what is drawn on it, the dictionary of its font, its title as PDF writes texts."""
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 0>>/DW 1000>>"
    )
    font = font or b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>"
    packed = zlib.compress(stream)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return pdf_objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        font,
        descendant,
        b"<</Title %s>>" % title,
    )


def pdf_objects(*objects: bytes) -> bytes:
    """A PDF file with these objects, numbered from 1: the first is its catalogue, the seventh what is known of it."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Info 7 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def placed_text(content: bytes) -> bytes:
    """A PDF file whose lines have places and sizes that the bytes say: four a line, and the length of its text."""
    drawn = [b"BT"]
    while len(content) >= 5:
        left, top, size, wide, length = struct.unpack("5B", content[:5])
        text = content[5 : 5 + length % 40 * 2]
        content = content[5 + len(text) :]
        place = b"%d 0 0 %d %d %d Tm" % (1 + wide % 40, 1 + size % 40, left * 3, top * 4)
        drawn.append(b"/F 1 Tf %s <%s> Tj" % (place, text.hex().encode()))
    return pdf(b"\n".join([*drawn, b"ET"]))
