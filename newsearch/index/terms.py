"""The postings of a term through all segments of a generation, and those that were asked for last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from newsearch.codec.builder import CHAMPIONS_FROM
from newsearch.codec.segment import Postings
from newsearch.index.occurrences import Occurrences, TermPart, joined, packed_occurrences

if TYPE_CHECKING:
    from newsearch.index.reader import Reader

Documents = NDArray[np.uint32]
Frequencies = tuple[NDArray[Any], ...]  # title, lead, body
NO_DOCUMENTS: Documents = np.zeros(0, np.uint32)
_NO_FREQUENCIES: NDArray[np.uint8] = np.zeros(0, np.uint8)
# Fewer postings than this are looked up one by one, more by going through the whole list.
_MANY = 1000
# Terms up to which each is looked up by itself, more in their packed lists together.
_ONE_BY_ONE = 3
# Documents up to which that pays.
_FEW = 200
# Postings that are kept unpacked, at about 8 bytes each; and what a term without any counts for.
_CACHED = 8_000_000
_TERM = 200


class TermPostings:
    """The postings of one term over all segments, without deleted documents, unpacked when asked for.

    `docs` (uint32) are its documents, ascending, each once; `title`, `lead` and `body` (uint8 or uint16, like `docs`)
    how often a word occurs in each field of them, `body` counting what comes after the lead.
    """

    def __init__(self, reader: Reader, parts: Sequence[tuple[int, Postings]]) -> None:
        self._reader = reader
        #: By the number of its first document, the postings of each segment that has the term.
        self.parts = parts
        self._live = reader.live if reader.count < reader.size else None
        #: How many documents there are, counting deleted ones.
        self.most = sum(part.frequency for _, part in parts)

    def __len__(self) -> int:
        """The number of documents."""
        return len(self.docs) if self._live is not None else self.most

    @cached_property
    def _all_docs(self) -> Documents:
        docs = [part.docs() + np.uint32(base) if base else part.docs() for base, part in self.parts]
        return docs[0] if len(docs) == 1 else np.concatenate(docs) if docs else NO_DOCUMENTS

    @cached_property
    def docs(self) -> Documents:
        return self._all_docs if self._live is None else self._all_docs[self._live[self._all_docs]]

    @cached_property
    def _frequencies(self) -> Frequencies:
        parts = [part.frequencies() for _, part in self.parts]
        if not parts:
            return (_NO_FREQUENCIES,) * 3
        joined = parts[0] if len(parts) == 1 else tuple(np.concatenate(field) for field in zip(*parts, strict=True))
        if self._live is None:
            return joined
        kept = self._live[self._all_docs]
        return tuple(field[kept] for field in joined)

    @property
    def title(self) -> NDArray[Any]:
        return self._frequencies[0]

    @property
    def lead(self) -> NDArray[Any]:
        return self._frequencies[1]

    @property
    def body(self) -> NDArray[Any]:
        return self._frequencies[2]

    @cached_property
    def champions(self) -> tuple[Documents, Frequencies, float]:
        """Documents in which a word is strong, their frequencies (title, lead, body), and how strong it is at most in
        any other document, by the averages of this generation."""
        docs, fields, rest = [], [], 0.0
        for base, part in self.parts:
            found = part.champions()
            drift = self._reader.drifts[base]
            if found is None and part.frequency < CHAMPIONS_FROM:
                docs.append(part.docs() + np.uint32(base))
                fields.append(part.frequencies())
            elif found is None or drift is None:
                rest = np.inf
            else:
                docs.append(found.docs + np.uint32(base))
                fields.append((found.title, found.lead, found.body))
                rest = max(rest, found.rest * drift)
        if not docs:
            return NO_DOCUMENTS, (_NO_FREQUENCIES,) * 3, rest
        joined = np.concatenate(docs)
        frequencies = tuple(np.concatenate(field) for field in zip(*fields, strict=True))
        if self._live is not None:
            kept = self._live[joined]
            joined, frequencies = joined[kept], tuple(field[kept] for field in frequencies)
        return joined, frequencies, rest

    def at(self, docs: Documents) -> tuple[NDArray[np.int64], Frequencies]:
        """Which of some ascending documents have the word (their places among them), and its frequencies there."""
        found, places = self._find(docs)
        return found, self._frequencies_at(places)

    def _find(self, docs: Documents) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of some ascending documents have the term, and the places of these among its own."""
        mine = self.docs
        if not len(docs) or not len(mine):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        if len(docs) < _MANY or len(docs) * 8 < len(mine):
            place = np.minimum(mine.searchsorted(docs), len(mine) - 1)
            found = (mine[place] == docs).nonzero()[0]
            return found, place[found]
        # One table of all documents beats looking each one up.
        number = np.full(self._reader.size, -1, np.int32)
        number[docs] = np.arange(len(docs), dtype=np.int32)
        found = number[mine].astype(np.int64)
        place = (found >= 0).nonzero()[0]
        return found[place], place

    def occurrences(self, docs: Documents, number: int) -> Occurrences:
        """Where some ascending documents have the term, under a number that it is given."""
        if any(part.has_codes for _, part in self.parts):
            found, fields = self.at(docs)
        else:
            found = self._find(docs)[0]
            fields = (np.zeros(len(found), np.uint8),) * 3
        return Occurrences(np.full(len(found), number), found, *fields)

    def _frequencies_at(self, places: NDArray[np.int64]) -> Frequencies:
        if not len(places):
            return (_NO_FREQUENCIES,) * 3
        if self._live is not None or len(places) > _MANY or "_frequencies" in self.__dict__:
            return tuple(field[places] for field in self._frequencies)
        if len(self.parts) == 1:
            return self.parts[0][1].frequencies_at(places)
        fields, first, begin = [], 0, 0
        for _, part in self.parts:
            last = int(places.searchsorted(begin + part.frequency))
            fields.append(part.frequencies_at(places[first:last] - begin))
            first, begin = last, begin + part.frequency
        return tuple(np.concatenate(field) for field in zip(*fields, strict=True))


def occurrences(terms: Sequence[TermPostings], docs: Documents) -> Occurrences:
    """Where some ascending, live documents stand in the lists of terms; in no particular order."""
    if len(terms) <= _ONE_BY_ONE or len(docs) > _FEW:
        return joined(term.occurrences(docs, number) for number, term in enumerate(terms))
    return packed_occurrences([TermPart(n, *part) for n, term in enumerate(terms) for part in term.parts], docs)


class TermCache:
    """The terms that were asked for last, as far as they have `_CACHED` postings together. For several threads."""

    def __init__(self) -> None:
        self._terms: OrderedDict[tuple[str, str], TermPostings] = OrderedDict()
        self._postings = 0
        self._changing = Lock()

    def get(self, kind: str, term: str, find: Callable[[str], TermPostings]) -> TermPostings:
        key = kind, term
        with self._changing:
            found = self._terms.get(key)
            if found is not None:
                self._terms.move_to_end(key)
                return found
        found = find(term)
        with self._changing:
            if key not in self._terms:
                self._terms[key] = found
                self._postings += _TERM + found.most
            while self._postings > _CACHED and len(self._terms) > 1:
                _, dropped = self._terms.popitem(last=False)
                self._postings -= _TERM + dropped.most
        return found
