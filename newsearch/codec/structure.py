"""Whether the columns of a segment fit together, as far as their names, dtypes and lengths say: no number is read.

Checksums tell accidents, not what somebody made on purpose. What is checked here, once when a segment is opened, is
what reading it relies on; numbers that lead nowhere are met where they are followed, and `newsearch check` compares
everything with the stored texts.
"""

from __future__ import annotations

from newsearch.codec.builder import BIGRAMS, MOST_DOCUMENTS
from newsearch.codec.columns import ColumnFile


def check_structure(file: ColumnFile) -> None:
    """Raises IndexDamaged for a column file that cannot be a segment."""
    documents = file.facts.get("documents")
    if type(documents) is not int or not 0 <= documents <= MOST_DOCUMENTS:
        raise file.damaged("documents", "is no number of documents")
    lengths: dict[str, int] = {}
    _bytes(file, "word.trie")
    for kind in ("word", *BIGRAMS):
        _bytes(file, f"{kind}.data")
        terms = _whole(file, f"{kind}.frequencies")
        lengths[f"{kind}.offsets"] = terms + 1
        if kind != "word":
            characters = _whole(file, f"{kind}.alphabet")
            lengths |= {f"{kind}.begin": characters, f"{kind}.second": terms}
    lengths["word.large"] = 3 * _whole(file, "word.large_terms")
    if "reference" in file.facts:
        champions = _whole(file, "word.champion_terms")
        lengths["word.champion_frequencies"] = _whole(file, "word.champions")
        if not isinstance(file.facts["reference"], dict):
            raise file.damaged("word.champion_terms", "has no reference")
        _has(file, "word.champion_rest", "f", champions)
    _bytes(file, "stored.frames")
    lengths["stored.offsets"] = documents + 1
    for name, length in lengths.items():
        _has(file, name, "u", length)
    for name in file.names():
        if name.startswith("doc."):
            _has(file, name, "iuf", documents)


def _bytes(file: ColumnFile, name: str) -> None:
    if file.dtype(name).itemsize != 1:
        raise file.damaged(name, "does not hold bytes")


def _whole(file: ColumnFile, name: str) -> int:
    """The length of a column of whole numbers."""
    return _has(file, name, "u", file.length(name))


def _has(file: ColumnFile, name: str, kinds: str, length: int) -> int:
    if file.dtype(name).kind not in kinds:
        raise file.damaged(name, f"holds {file.dtype(name)}")
    if file.length(name) != length:
        raise file.damaged(name, f"has {file.length(name)} elements, not {length}")
    return length
