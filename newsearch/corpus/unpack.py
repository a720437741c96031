"""Files → documents: what is packed is unpacked as it is read, never to the disk."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from newsearch.corpus.document import Document
from newsearch.corpus.naming import named_facts
from newsearch.corpus.walk import CorpusFile

#: Endings of names that say how a file is packed, not what is in it.
PACKED = (".gz",)


def documents(file: CorpusFile, stream: BinaryIO) -> Iterator[Document]:
    """The documents in a file that has been opened as `stream`; each has to be read before the next is asked for.
    Raises, also while a document is read, Unreadable, OSError and the rest of TROUBLE."""
    with _unpacked(stream) as content:
        name = file.path.name
        packed = name.lower().endswith(PACKED)
        yield Document(content, Path(name).stem if packed else name, file.shown, named_facts(file.key))


@contextmanager
def _unpacked(stream: BinaryIO) -> Iterator[BinaryIO]:
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    if not packed:
        yield stream
        return
    with gzip.open(stream) as content:
        yield cast(BinaryIO, content)
