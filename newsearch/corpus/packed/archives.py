"""Archives → the files in them, one after another. Nothing is written anywhere: a name is only a name here."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from newsearch.corpus.encoding.decode import decode
from newsearch.corpus.limits import Limits, refusal
from newsearch.corpus.trouble import Unreadable

# Files by which a ZIP file is known to be a document: of an office, a book.
_DOCUMENTS = {"[Content_Types].xml", "META-INF/container.xml"}
# The end of a ZIP file: its mark, and where in it the size of the list of members stands; a comment may follow.
_END = b"PK\x05\x06"
_END_SIZE, _END_COMMENT = 22, 1 << 16
# What zipfile and tarfile raise for nonsense, beside what they document.
_HOSTILE = (NotImplementedError, RuntimeError, ValueError, struct.error, OverflowError, LookupError)
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
# Bytes that the long name of a member, or other facts about it, may take.
_FACTS = 1 << 20
_ABOUT_MEMBERS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip


class Member(NamedTuple):
    """A file in an archive: its name there, and its content or why there is none."""

    name: str
    content: BinaryIO | None
    problem: str = ""


def is_document(archive: zipfile.ZipFile) -> bool:
    """Whether a ZIP file is one document of a format of its own."""
    return not _DOCUMENTS.isdisjoint(archive.namelist())


def open_zip(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """A ZIP file in a stream that can seek. Raises Unreadable if its list of members is longer than `limits` allow, or
    damaged."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _END_SIZE - _END_COMMENT))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        raise Unreadable("damaged ZIP file: it is cut off")
    # All ones stand for a list of over 4 GB.
    if struct.unpack_from("<I", tail, end + 12)[0] > limits.directory:
        raise Unreadable(refusal("a ZIP file whose list of members takes over", "directory", limits.directory))
    try:
        return zipfile.ZipFile(stream)
    except (*_HOSTILE, zipfile.BadZipFile) as error:
        raise Unreadable(f"damaged ZIP file: {error}") from None


def zip_members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """The files in a ZIP file, in the order of its list."""
    for info in archive.infolist():
        if info.filename.endswith("/"):
            continue
        name = _harmless(_zip_name(info))
        if info.flag_bits & _ENCRYPTED:
            yield Member(name, None, "encrypted; unpack it with its password first")
            continue
        try:
            with archive.open(info) as content:
                yield Member(name, cast(BinaryIO, content))
        except (*_HOSTILE, zipfile.BadZipFile) as error:
            yield Member(name, None, f"damaged, or packed in a way that is not known here: {error}")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Without the flag that says UTF-8 it is in whatever its writer used, in China GBK."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    try:
        return decode(info.filename.encode("cp437"))[0]
    except (Unreadable, UnicodeEncodeError):
        return info.filename


def tar_members(stream: BinaryIO) -> Iterator[Member]:
    """The files in a TAR file, as they come; links and devices are no files. Raises tarfile.TarError."""
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_BoundedTarInfo, errors="surrogateescape") as archive:
            for info in archive:
                archive.members = []  # type: ignore[attr-defined]  # it keeps all that it has met
                if info.isreg() or info.type == tarfile.GNUTYPE_SPARSE:
                    content = archive.extractfile(info)
                    if content:
                        yield Member(_harmless(_tar_name(info.name)), cast(BinaryIO, content))
    except _HOSTILE as error:
        raise Unreadable(f"damaged TAR file: {error}") from None


class _BoundedTarInfo(tarfile.TarInfo):
    """A member whose long name is read into memory only if it can be one."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _ABOUT_MEMBERS and self.size > _FACTS:
            raise tarfile.ReadError("facts about a member that take over 1 MB")
        return cast(tarfile.TarInfo, super()._proc_member(archive))  # type: ignore[misc]


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return decode(raw)[0]
    except Unreadable:
        return raw.decode("utf-8", "replace")


def _harmless(name: str) -> str:
    """A name inside an archive as a path below it, whatever it says: `../../etc/passwd` is etc/passwd in it."""
    parts = PurePosixPath(name.replace("\\", "/").replace("\0", "")).parts
    return "/".join(part for part in parts if part not in ("/", "//", "..", ".")) or "unnamed"
