"""A damaged index → what of it is intact: the files that can stay, and the articles of those that cannot.

An article is intact if the blocks that its stored text lies in are, whatever became of the rest of its segment: words
and columns can be made again from the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import marisa_trie
import numpy as np
import zstandard
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.codec.columns import ColumnFile
from newsearch.codec.mending import mended
from newsearch.codec.segment import mapped_trie
from newsearch.codec.stored import decompressor, record_from, stored_record
from newsearch.errors import IndexDamaged, IndexIncompatible
from newsearch.index.manifest import FileEntry, Manifest, SegmentEntry, is_index_file, manifest_name
from newsearch.index.opening import deleted_documents, dictionary_of, open_columns, read_sources, texts_of
from newsearch.index.sources import SourceTable
from newsearch.index.storage import Storage
from newsearch.schema import ANALYZER, NO_ARTICLE, decode_article, id_term
from newsearch.terms.dictionary import BUFFERS, Dictionary, default_dictionary, default_fingerprint

_ID_PREFIX = id_term("")


class Salvaged(NamedTuple):
    """A document of a damaged segment: its article, None if that is lost; the number of its file, None if nobody knows;
    and its id, "" if nobody knows."""

    article: Article | None
    source: int | None
    id: str


@dataclass(slots=True)
class Remains:
    """What is left of an index. `kept` names files that stay as they are; `torn` are segments whose articles have to be
    looked for, with the documents known to be deleted; `strays` are segments that no readable manifest lists, the
    newest first. `notes` say what a person should know."""

    kept: Manifest
    torn: list[tuple[SegmentEntry, NDArray[Any]]] = field(default_factory=list)
    strays: list[ColumnFile] = field(default_factory=list)
    texts: bytes = b""
    dictionary: Dictionary | None = None
    sources: SourceTable = field(default_factory=SourceTable)
    sources_lost: bool = False
    notes: list[str] = field(default_factory=list)


def readable_manifests(storage: Storage) -> tuple[list[Manifest], bool]:
    """The generations whose manifests can be read, the newest first, and whether the newest of all is among them.

    Raises IndexIncompatible if that is of another format.
    """
    names = [name for name in storage.names() if is_index_file(name) and re.fullmatch(r"manifest-\d+\.json", name)]
    names.reverse()
    found = []
    for name in names:
        try:
            found.append(Manifest.decode(storage, name, storage.read(name)))
        except (IndexDamaged, FileNotFoundError):
            continue
        except IndexIncompatible:
            if name == names[0]:
                raise
    whole = bool(found and names and manifest_name(found[0].generation) == names[0])
    return found, whole


def remains(storage: Storage, manifests: list[Manifest], whole: bool, bad: Collection[str]) -> Remains:
    """What is left of the newest generation whose manifest can be read; `whole` says that it is the newest of all, and
    `bad` names its damaged files. Files of the generation before it help out where they can."""
    newest = manifests[0] if manifests else Manifest(analyzer=ANALYZER)
    before = manifests[1] if len(manifests) > 1 else None
    left = Remains(newest)
    _keep_dictionary(storage, left, before, bad)
    _keep_sources(storage, left, before)
    _keep_texts(storage, left)
    segments = []
    for entry in newest.segments:
        deleted = _deletions(storage, entry, left)
        texts_lost = newest.texts is not None and not left.texts
        if entry.file.name in bad or deleted is None or texts_lost:
            left.torn.append((entry, np.zeros(0, np.uint32) if deleted is None else deleted))
        else:
            segments.append(entry)
    left.kept = replace(left.kept, segments=tuple(segments))
    if not whole:
        left.notes.append("the newest manifest is damaged: articles removed since the one before may be back")
        left.strays = list(_strays(storage, newest))
    return left


def salvaged(file: ColumnFile, texts: bytes) -> Iterator[tuple[int, Salvaged]]:
    """The documents of a segment file whose directory is intact, by their numbers."""
    unpack = decompressor(texts)
    trie = _trie(file)
    end: int | None = 0  # of the frame before, None if that is not known
    for document in range(documents_of(file)):
        found = _record(file, unpack, document, end)
        end = found[1] if found else _number(file, "stored.offsets", document + 1)
        article = _article(found[0]) if found else None
        source = _number(file, "doc.file", document)
        if article is not None:
            yield document, Salvaged(article, source, article.id)
        else:
            yield document, Salvaged(None, source, _id(trie, _number(file, "doc.id", document)))


def _record(
    file: ColumnFile, unpack: zstandard.ZstdDecompressor, document: int, end: int | None
) -> tuple[bytes, int | None] | None:
    """What was stored of a document, and where its frame ends; None if that is lost. Where it begins may be damaged: it
    begins where the one before ends."""
    try:
        return stored_record(file, unpack, document), _number(file, "stored.offsets", document + 1)
    except IndexDamaged:
        pass
    start = _number(file, "stored.offsets", document)
    start = end if start is None else start
    try:
        return None if start is None else record_from(file, unpack, start)
    except IndexDamaged:
        return None


def _article(record: bytes) -> Article | None:
    try:
        return decode_article(record)
    except NO_ARTICLE:
        return None


def documents_of(file: ColumnFile) -> int:
    """How many documents a segment file has. Raises IndexDamaged if it is none."""
    return max(0, file.length("stored.offsets") - 1)


def open_torn(storage: Storage, entry: FileEntry) -> ColumnFile | None:
    """A damaged segment file, None if not even its directory is intact, or can be mended."""
    try:
        file = open_columns(storage, entry)
        documents_of(file)
        return file
    except IndexDamaged:
        pass
    try:
        content = mended(storage.read(entry.name), entry.checksum)
        file = ColumnFile(content or b"", storage.folder, entry.name)
        documents_of(file)
    except (FileNotFoundError, IndexDamaged):
        return None
    return file


def _keep_dictionary(storage: Storage, left: Remains, before: Manifest | None, bad: Collection[str]) -> None:
    entry = left.kept.dictionary
    if entry is not None and entry.name not in bad:
        return
    left.kept = replace(left.kept, dictionary=None)
    older = before.dictionary if before else None
    for candidate in [found for found in (older, *_files(storage, "dictionary")) if found and found != entry]:
        dictionary = _dictionary(storage, candidate)
        if dictionary is not None:
            left.dictionary = dictionary
            return
    left.dictionary = default_dictionary().with_words(_added_words(storage, entry) if entry else {})
    if entry:
        left.notes.append(_words_note(left.dictionary))


def _words_note(dictionary: Dictionary) -> str:
    if dictionary.added:
        return f"the dictionary was damaged and made anew, with the {len(dictionary.added):,} words added to it"
    return "the dictionary was damaged and made anew; if you had added words, add them again with --dict"


def _dictionary(storage: Storage, entry: FileEntry) -> Dictionary | None:
    try:
        file = open_columns(storage, entry)
        file.check()
        return dictionary_of(file)
    except IndexDamaged:
        return None


def _added_words(storage: Storage, entry: FileEntry) -> dict[str, int]:
    """The words that a user added, from a dictionary that is damaged elsewhere; {} if they are lost."""
    try:
        file = open_columns(storage, entry)
        if BUFFERS[2] not in file.names():
            return {}
        words, frequencies = file.buffer(BUFFERS[2]), np.frombuffer(file.buffer(BUFFERS[3]), "<u4")
        mapped_trie(file, BUFFERS[2], words, len(frequencies) - 1)
        return dict(Dictionary.frombuffers(bytes(words), frequencies.tobytes()).items())
    except (IndexDamaged, ValueError, UnicodeDecodeError):
        return {}


def _keep_sources(storage: Storage, left: Remains, before: Manifest | None) -> None:
    for manifest in filter(None, (left.kept, before)):
        try:
            left.sources = read_sources(storage, manifest)
        except IndexDamaged:
            left.sources_lost = True
            continue
        break
    if left.sources_lost:
        left.kept = replace(left.kept, sources=None)
        left.notes.append("the list of files is damaged: the next `newsearch index` may read some again")


def _keep_texts(storage: Storage, left: Remains) -> None:
    """What stored texts are unpacked with. A file that the manifest does not name helps to save articles, but stays out
    of what is kept."""
    named = left.kept.texts
    for entry in [named] if named else _files(storage, "texts"):
        try:
            left.texts = texts_of(open_columns(storage, entry))
        except IndexDamaged:
            continue
        return
    left.kept = replace(left.kept, texts=None)


def _deletions(storage: Storage, entry: SegmentEntry, left: Remains) -> NDArray[Any] | None:
    """The deleted documents of a segment, None if they are not known."""
    if entry.deletions is None:
        return np.zeros(0, np.uint32)
    try:
        return deleted_documents(open_columns(storage, entry.deletions), entry.documents)
    except IndexDamaged:
        left.notes.append(f"which articles of {entry.file.name} were removed is damaged: they may be back")
    return None


def _strays(storage: Storage, newest: Manifest) -> Iterator[ColumnFile]:
    listed = {entry.name for entry in newest.files()}
    for entry in _files(storage, "segment"):
        number = int(entry.name.split("-")[1].split(".")[0])
        if entry.name not in listed and (number >= newest.next_number or not newest.generation):
            file = open_torn(storage, entry)
            if file is not None:
                yield file


def _files(storage: Storage, kind: str) -> list[FileEntry]:
    """The column files of a kind that are in the folder, the newest first, pinned by their own directories."""
    found = []
    for name in sorted(storage.names(), reverse=True):
        if is_index_file(name) and name.startswith(f"{kind}-") and name.endswith(".columns"):
            try:
                content = storage.read(name)
                found.append(FileEntry(name, len(content), ColumnFile(content, storage.folder, name).checksum))
            except (IndexDamaged, FileNotFoundError):
                continue
    return found


def _trie(file: ColumnFile) -> marisa_trie.Trie | None:
    try:
        return mapped_trie(file, "word.trie", file.buffer("word.trie"), file.length("word.frequencies"))
    except IndexDamaged:
        return None


def _id(trie: marisa_trie.Trie | None, ordinal: int | None) -> str:
    if trie is None or ordinal is None:
        return ""
    try:
        return str(trie.restore_key(ordinal)).removeprefix(_ID_PREFIX)
    except (KeyError, IndexError, ValueError):
        return ""


def _number(file: ColumnFile, name: str, document: int) -> int | None:
    """A number of a column; None if it is lost, or none."""
    try:
        found = file.column(name, document, document + 1)
        return int(found[0]) if found.dtype.kind == "u" else None
    except (IndexDamaged, IndexError):
        return None


def fingerprint_of(left: Remains) -> str:
    """What the kept generation was cut with, or the installed word list for a dictionary made anew."""
    return left.kept.fingerprint if left.kept.dictionary else default_fingerprint()
