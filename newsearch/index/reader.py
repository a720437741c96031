"""One generation of the index, as a whole: segments and deletions end here.

Documents are numbered through all segments, deleted ones are left out of every answer, and postings come as numpy
arrays. A reader keeps the generation it opened, whatever a writer does meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.codec.columns import ColumnFile
from newsearch.codec.postings import EMPTY, Postings
from newsearch.codec.segment import Segment
from newsearch.errors import IndexDamaged, IndexIncompatible
from newsearch.index.manifest import FileEntry, Manifest, read_manifest
from newsearch.index.sources import SourceTable
from newsearch.index.storage import Storage
from newsearch.schema import ANALYZER, ArticleViews, article_views, decode_article, id_term, keyword_term
from newsearch.terms.bigrams import bigram_key
from newsearch.terms.dictionary import Dictionary, default_dictionary


class Reader:
    """Answers the questions of evaluation, ranking and the faces about one generation.

    Document numbers are uint32 below `size`; arrays of documents are ascending and hold each once. Damaged bytes
    raise IndexDamaged, naming file and offset, whichever method meets them.
    """

    def __init__(self, storage: Storage, manifest: Manifest) -> None:
        self.storage = storage
        self.manifest = manifest
        self.segments = [Segment(self._open(entry.file)) for entry in manifest.segments]
        sizes = [segment.documents for segment in self.segments]
        self.bases = [sum(sizes[:place]) for place in range(len(sizes))]
        self.size = sum(sizes)
        self.live = np.ones(self.size, np.bool_)
        for base, entry in zip(self.bases, manifest.segments, strict=True):
            if entry.deletions:
                deleted = self._open(entry.deletions).column("documents")
                self.live[base + deleted.astype(np.int64)] = False
        self.count = int(self.live.sum())
        self._columns: dict[str, NDArray[Any]] = {}

    # Postings

    def word(self, term: str) -> Postings:
        """The postings of a word."""
        return self._join([segment.word(term) for segment in self.segments])

    def bigram(self, pair: str) -> Postings:
        """The postings of a bigram, two characters."""
        key = bigram_key(pair)
        return self._join([segment.bigram(key) for segment in self.segments])

    def character(self, character: str) -> NDArray[np.uint32]:
        """The documents in whose title or body a letter, digit or Han character stands."""
        parts = [
            segment.character(character) + np.uint32(base)
            for base, segment in zip(self.bases, self.segments, strict=True)
        ]
        docs = np.concatenate(parts) if parts else EMPTY.docs
        return docs[self.live[docs]]

    def keyword(self, field: str, value: str) -> NDArray[np.uint32]:
        """The documents whose keyword field has this value, folded."""
        return self.word(keyword_term(field, value)).docs

    def keyword_values(self, field: str) -> list[str]:
        """The values that a keyword field has anywhere, folded, sorted."""
        prefix = keyword_term(field, "")
        terms = {term for segment in self.segments for term in segment.terms(prefix)}
        return sorted(term.removeprefix(prefix) for term in terms if len(self.word(term)))

    def find(self, article_id: str) -> int | None:
        """The document of an article, None if there is none."""
        docs = self.word(id_term(article_id)).docs
        return int(docs[0]) if len(docs) else None

    # Documents

    def column(self, name: str) -> NDArray[Any]:
        """A document column over all documents, deleted ones included."""
        if name not in self._columns:
            parts = [segment.column(name) for segment in self.segments]
            self._columns[name] = np.concatenate(parts) if parts else np.zeros(0, np.uint32)
        return self._columns[name]

    def article(self, document: int) -> Article:
        place = int(np.searchsorted(self.bases, document, side="right")) - 1
        return decode_article(self.segments[place].stored(document - self.bases[place]))

    def articles(self) -> Iterator[Article]:
        """Every live article, in order of documents."""
        return (self.article(int(document)) for document in np.flatnonzero(self.live))

    def views(self, document: int) -> ArticleViews:
        """Title and body of a document as they are matched."""
        return article_views(self.article(document))

    # The rest of the generation

    def sources(self) -> SourceTable:
        entry = self.manifest.sources
        return SourceTable.decode(self._read(entry)) if entry else SourceTable()

    def dictionary(self) -> Dictionary:
        """The dictionary the index was built with."""
        entry = self.manifest.dictionary
        if not entry:
            return default_dictionary()
        file = self._open(entry)
        return Dictionary.frombuffers(file.buffer("trie"), file.buffer("frequencies"))

    def check(self) -> Iterator[IndexDamaged]:
        """Reads every byte of the generation; yields what is damaged."""
        for entry in self.manifest.files():
            try:
                if entry.name.endswith(".columns"):
                    self._open(entry).check()
                else:
                    self._read(entry)
            except IndexDamaged as damage:
                yield damage

    def bytes_on_disk(self) -> int:
        return sum(entry.length for entry in self.manifest.files())

    def _join(self, parts: Sequence[Postings]) -> Postings:
        """Postings of all segments as one, deleted documents left out."""
        found = [(base, part) for base, part in zip(self.bases, parts, strict=True) if len(part)]
        if not found:
            return EMPTY
        if len(found) == 1 and found[0][0] == 0:
            joined = found[0][1]
        else:
            docs = np.concatenate([part.docs + np.uint32(base) for base, part in found])
            title, lead, body = (np.concatenate([part[place] for _, part in found]) for place in (1, 2, 3))
            joined = Postings(docs, title, lead, body)
        if self.count == self.size:
            return joined
        live = self.live[joined.docs]
        if live.all():
            return joined
        return Postings(joined.docs[live], joined.title[live], joined.lead[live], joined.body[live])

    def _open(self, entry: FileEntry) -> ColumnFile:
        content = self.storage.map(entry.name)
        if len(content) != entry.length:
            raise self._damaged(entry, min(len(content), entry.length), f"{len(content)} bytes, not {entry.length}")
        file = ColumnFile(content, self.storage.folder, entry.name)
        if file.checksum != entry.checksum:
            raise self._damaged(entry, 0, "another index's or generation's file")
        return file

    def _read(self, entry: FileEntry) -> bytes:
        content = self.storage.read(entry.name)
        if len(content) != entry.length or crc32(content) != entry.checksum:
            raise self._damaged(entry, 0, "checksum is wrong")
        return content

    def _damaged(self, entry: FileEntry, offset: int, reason: str) -> IndexDamaged:
        return IndexDamaged(self.storage.folder, entry.name, offset, reason)


def open_reader(storage: Storage) -> Reader | None:
    """A reader of the newest generation, None if the folder holds no index yet.

    Raises NotAnIndex, IndexIncompatible, IndexDamaged, StorageFailed.
    """
    while True:
        manifest = read_manifest(storage)
        if manifest is None:
            return None
        if manifest.analyzer != ANALYZER:
            raise IndexIncompatible(storage.folder, "analyzer", repr(manifest.analyzer), repr(ANALYZER))
        try:
            return Reader(storage, manifest)
        except FileNotFoundError as missing:
            # A writer may have moved on by two generations meanwhile; if not, the file is really gone.
            newest = read_manifest(storage)
            if newest is None or newest.generation == manifest.generation:
                raise IndexDamaged(storage.folder, str(missing.filename), 0, "the file is missing") from None
