"""A damaged index → an intact one with every article that is intact, as its next generation.

Nothing is written over: files that are intact stay, what is left of the others is written to new files, and they become
the index when the next manifest appears, as in any commit. Until then the damaged files lie where they lay. What is
lost is listed, and the files that it came from are read again by the next `newsearch index`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from newsearch.errors import IndexDamaged, NotAnIndex
from newsearch.index.check import check_agreement, check_folder, check_generation
from newsearch.index.manifest import last_numbers
from newsearch.index.reader import Reader
from newsearch.index.salvage import (
    Remains,
    Salvaged,
    fingerprint_of,
    open_torn,
    readable_manifests,
    remains,
    salvaged,
)
from newsearch.index.sources import SourceTable
from newsearch.index.storage import Storage
from newsearch.index.writer import IndexWriter, Outcome


@dataclass(frozen=True, slots=True)
class Lost:
    """An article that is lost: its id and the path of the file it came from, "" for what nobody knows."""

    id: str = ""
    path: str = ""


@dataclass(slots=True)
class RepairReport:
    """What a repair found and did. `kept` articles needed nothing, `restored` ones were indexed anew from their texts;
    `lost` are the others as far as anything is known of them. `reread` are the paths of files that the next `newsearch
    index` reads again because articles of theirs may be lost. `notes` say what a person should know."""

    damage: list[IndexDamaged] = field(default_factory=list)
    kept: int = 0
    restored: int = 0
    lost: list[Lost] = field(default_factory=list)
    reread: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    generation: int = 0


def repair(storage: Storage, quick: bool = False) -> RepairReport:
    """Makes a damaged index intact; one that is intact stays as it is. With `quick`, damage is what `check` finds
    quickly.

    Raises NotAnIndex, IndexIncompatible, IndexLocked, StorageFailed; the index is then what it was.
    """
    found = check_folder(storage, quick=True)
    if found is None:
        nothing = f"there is no index in {storage.folder}"
        raise NotAnIndex(storage.folder, nothing, "build one with `newsearch index PATH`")
    with storage.lock():
        report = RepairReport(list(found))
        left, reader = _sound(storage, report, quick)
        report.kept = reader.count
        if report.damage:
            _write(left, reader, report)
    return report


def _sound(storage: Storage, report: RepairReport, quick: bool) -> tuple[Remains, Reader]:
    """What is left when everything that is found to be damaged is taken out, and a reader of the part that stays."""
    manifests, whole = readable_manifests(storage)
    if not whole and manifests:
        report.damage += check_generation(storage, manifests[0], quick=True)
    generation, number = last_numbers(storage)
    while True:
        bad = {damage.file for damage in report.damage}
        left = remains(storage, manifests, whole, bad)
        # Without an analyzer it is not the manifest of any generation: the commit always makes a new one.
        kept = replace(left.kept, analyzer="", fingerprint=fingerprint_of(left))
        kept = replace(kept, generation=generation, next_number=number + 1)
        try:
            reader = Reader(storage, kept)
            worse = [] if quick else [damage for damage in check_agreement(reader) if damage.file not in bad]
        except IndexDamaged as damage:
            if damage.file in bad:
                raise
            worse = [damage]
        if not worse:
            return left, reader
        report.damage += worse


def _write(left: Remains, reader: Reader, report: RepairReport) -> None:
    writer = IndexWriter(reader.storage, reader)
    try:
        writer.sources = left.sources
        writer.sources.keep_free(1 + int(reader.column("file").max(initial=0)))
        if left.dictionary is not None:
            writer.use_dictionary(left.dictionary)
        unsure = _restore(reader.storage, left, writer, report)
        _read_again(writer.sources, report, unsure)
        report.generation = writer.commit().generation
    finally:
        writer.close()
    report.notes, report.kept = left.notes, writer.total - report.restored
    report.lost.sort(key=lambda lost: (not lost.id, lost.path, lost.id))


def _restore(storage: Storage, left: Remains, writer: IndexWriter, report: RepairReport) -> bool:
    """Adds the articles of damaged segments; whether some are lost of which nobody knows the file."""
    unsure = False
    taken: set[str] = set()
    for document in _documents(storage, left):
        source = document.source if document.source is not None and left.sources.get(document.source) else 0
        known = left.sources.get(source)
        if document.article is None:
            report.lost.append(Lost(document.id, known.path if known else ""))
            unsure |= document.source is None or (document.source > 0 and known is None)
        elif document.id not in taken:
            taken.add(document.id)
            report.restored += writer.add(document.article, source) is not Outcome.UNCHANGED
    report.lost = [lost for lost in report.lost if not lost.id or lost.id not in taken]
    return unsure


def _documents(storage: Storage, left: Remains) -> Iterator[Salvaged]:
    """What is left of damaged segments, of an id the newest first."""
    for file in left.strays:
        yield from (stray for _, stray in salvaged(file, left.texts))
    for entry, deleted in reversed(left.torn):
        gone = set(deleted.tolist())
        torn = open_torn(storage, entry.file)
        if torn is None:
            yield from (Salvaged(None, None, "") for _ in range(entry.documents - len(gone)))
        else:
            yield from (found for document, found in salvaged(torn, left.texts) if document not in gone)


def _read_again(sources: SourceTable, report: RepairReport, unsure: bool) -> None:
    """Forgets what was known of the files of lost articles, so that they are read again."""
    paths = {lost.path for lost in report.lost}
    for _, source in sources:
        if unsure or source.path in paths:
            sources.put(replace(source, digest="", mtime_ns=0))
            report.reread.append(source.path)
    report.reread.sort()
