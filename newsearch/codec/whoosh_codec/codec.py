"""The codec: what Whoosh asks for a segment's readers and writers, and the segment as Whoosh lists it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from whoosh.codec import base
from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage

from newsearch.codec.columns import ColumnFile
from newsearch.codec.segment import Segment
from newsearch.codec.whoosh_codec.fields import Layout, own_layout
from newsearch.codec.whoosh_codec.readers import ColumnPerDocumentReader, ColumnTermsReader
from newsearch.codec.whoosh_codec.writers import ColumnFieldWriter, ColumnPerDocumentWriter, Draft

_EXTENSION = ".columns"


class ColumnSegment(base.Segment):
    """A segment in a table of contents of Whoosh's, or one that was opened otherwise and given as `columns`."""

    def __init__(
        self, codec: ColumnCodec, indexname: str, columns: Segment | None = None, deleted: Iterable[int] = ()
    ) -> None:
        super().__init__(indexname)
        self._codec = codec
        self._columns = columns
        self._documents = columns.documents if columns else 0
        self._deleted = set(deleted)
        self._draft: Draft | None = None

    def __getstate__(self) -> dict[str, Any]:
        # Whoosh pickles its segments.
        return self.__dict__ | {"_columns": None, "_draft": None}

    def codec(self) -> ColumnCodec:
        return self._codec

    def filename(self) -> str:
        name: str = self.make_filename(_EXTENSION)
        return name

    def draft(self) -> Draft:
        """What its writers share until it is written."""
        self._draft = self._draft or Draft()
        return self._draft

    def columns(self, storage: Storage) -> Segment:
        """The columns, read from the segment's file if they are not at hand. Raises IndexDamaged."""
        if self._columns is None:
            name = self.filename()
            with storage.open_file(name) as file:
                self._columns = Segment(ColumnFile(bytes(file.get(0, storage.file_length(name))), name=name))
        return self._columns

    def should_assemble(self) -> bool:
        return False  # it is one file already

    def set_doc_count(self, doccount: int) -> None:
        self._documents = doccount

    def doc_count_all(self) -> int:
        return self._documents

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(sorted(self._deleted))

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self._deleted.add if delete else self._deleted.discard)(docnum)


class ColumnCodec(base.Codec):
    """Segments with the fields of `schema`, which lie in the columns as `layout` says.

    Without a layout each field has terms of its own, and Whoosh can write such segments too: fields with frequencies or
    less, whole numbers, stored fields that JSON can hold; TypeError for others. `decode` makes stored fields of the
    bytes a segment stores.
    """

    length_stats = False  # lengths are looked up when they are asked for

    def __init__(
        self, schema: Schema, layout: Layout | None = None, decode: Callable[[bytes], dict[str, Any]] = json.loads
    ) -> None:
        self._schema = schema
        self._layout = own_layout(schema) if layout is None else layout
        self._decode = decode

    def new_segment(self, storage: Storage, indexname: str) -> ColumnSegment:
        return ColumnSegment(self, indexname)

    def per_document_writer(self, storage: Storage, segment: ColumnSegment) -> ColumnPerDocumentWriter:
        return ColumnPerDocumentWriter(segment.draft())

    def field_writer(self, storage: Storage, segment: ColumnSegment) -> ColumnFieldWriter:
        return ColumnFieldWriter(storage, segment.filename(), self._layout, segment.draft())

    def terms_reader(self, storage: Storage, segment: ColumnSegment) -> ColumnTermsReader:
        return ColumnTermsReader(segment.columns(storage), self._schema, self._layout)

    def per_document_reader(self, storage: Storage, segment: ColumnSegment) -> ColumnPerDocumentReader:
        deleted = frozenset(segment.deleted_docs())
        return ColumnPerDocumentReader(segment.columns(storage), self._schema, self._layout, deleted, self._decode)
