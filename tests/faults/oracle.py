"""What an index says, as one value to compare, and whether it is in order: the judge of every campaign."""

from __future__ import annotations

import hashlib
from pathlib import Path

import newsearch
from newsearch.errors import NotAnIndex
from newsearch.index.manifest import Manifest, manifest_name, read_manifest
from newsearch.index.storage import LOCK, Storage

from .small_corpus import QUERIES

#: The answers of a folder in which there is no index.
NOTHING = "no index"
#: The article that is added to see whether adding works.
PROBE = {"id": "probe", "title": "探空气球", "body": "探空气球升到了三万米。"}


class Violation(AssertionError):
    """What must never happen has happened."""


def texts(index: newsearch.Index) -> dict[str, tuple[str, str]]:
    """Title and body of every article, by id."""
    return {article.id: (article.title, article.body) for article in index}


def answers(index: newsearch.Index) -> str:
    """A digest of all that an index answers: texts, files, and what searches find, with scores.

    Raises Violation if it finds itself damaged, or an article cannot be got by its id.
    """
    damage = index.check(quick=True)
    if damage:
        raise Violation(f"damaged: {damage[0]}")
    known = texts(index)
    if len(known) != len(index):
        raise Violation(f"{len(index)} articles, but {len(known)} ids")
    for article_id, (title, _) in known.items():
        if index.get(article_id).title != title:
            raise Violation(f"another article has the id {article_id}")
    found = [[(hit.id, round(hit.score, 9)) for hit in index.search(query, limit=100)] for query in QUERIES]
    stats = index.stats()
    facts = [sorted(known.items()), [sorted(hits) for hits in found], stats.files, stats.articles]
    return hashlib.blake2b(repr(facts).encode(), digest_size=12).hexdigest()


def answers_of(folder: Path) -> str:
    """The answers of the index in a folder, NOTHING if there is none. Raises Violation for any other error."""
    try:
        with newsearch.open(folder) as index:
            return answers(index)
    except NotAnIndex:
        return NOTHING
    except newsearch.NewsearchError as error:
        raise Violation(f"{type(error).__name__}: {error}") from error


def add_probe(folder: Path) -> None:
    """Adds an article as the next user would; afterwards it is found beside what was there, and no file is left over.

    Raises Violation.
    """
    try:
        with newsearch.open(folder, create=True) as index:
            before = texts(index)
            index.add([PROBE])
            if texts(index) != before | {PROBE["id"]: (PROBE["title"], PROBE["body"])}:
                raise Violation("the next addition changed other articles")
            if [hit.id for hit in index.search('"空气球升"')] != [PROBE["id"]]:
                raise Violation("the next addition is not found")
            if damage := index.check(quick=True):
                raise Violation(f"damaged by the next addition: {damage[0]}")
    except newsearch.NewsearchError as error:
        raise Violation(f"the next addition failed: {type(error).__name__}: {error}") from error
    left = left_over(folder)
    if left:
        raise Violation(f"left over: {left}")


def left_over(folder: Path) -> list[str]:
    """The files in a folder that neither the newest generation nor the one before it needs."""
    storage = Storage(folder)
    names = set(storage.names())
    newest = read_manifest(storage)
    kept = {LOCK}
    for generation in (newest.generation, newest.generation - 1) if newest else ():
        name = manifest_name(generation)
        if name in names:
            kept |= {name, *(entry.name for entry in Manifest.decode(storage, name, storage.read(name)).files())}
    return sorted(names - kept)
