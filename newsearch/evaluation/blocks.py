"""Documents that texts are read for, block by block, so that reading can stop when the time of a query is up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from time import perf_counter
from typing import Any, cast

from whoosh.query import Query as Node

from newsearch.deadline import Deadline, TimeUp
from newsearch.evaluation.evaluate import evaluate, is_certain, is_slow, possible
from newsearch.evaluation.questions import Documents, IndexQuestions
from newsearch.evaluation.sets import NONE, union

# Documents of the first block, and about how many seconds a block may take.
_FIRST = 64
_SOON = 0.04
# If a document takes this much less time than in a block half as large, it is not the documents that take it.
_LESS = 0.7


def blocks(documents: Documents, first: int, deadline: Deadline) -> Iterator[Documents]:
    """Documents in their order, in blocks that grow from `first` as long as each is done soon, or in hardly more time
    than a smaller one. Ends early when the time is up, but never before the first block."""
    start, size, before = 0, first, inf
    while start < len(documents) and not (start and deadline.passed()):
        began = perf_counter()
        yield documents[start : start + size]
        took = perf_counter() - began
        start += size
        each = took / size
        if took < _SOON or (took < 4 * _SOON and each < _LESS * before):
            size *= 2
        elif took > 2 * _SOON:
            size = max(1, size // 2)
        before = each


def matching(index: IndexQuestions, node: Node, possible: Documents, deadline: Deadline) -> Iterator[Documents]:
    """Those of the documents that are `possible` for a node which match it, block by block; fewer if the time is up."""
    for block in blocks(possible, 1 if is_slow(node) else _FIRST, deadline):
        yield evaluate_in_time(index, node, block, deadline)


def evaluate_in_time(index: IndexQuestions, node: Node, block: Documents, deadline: Deadline) -> Documents:
    """What `evaluate` finds among some documents; nothing if the time is up in the middle of a long text."""
    try:
        return evaluate(cast(IndexQuestions, _InTime(index, deadline)), node, block)
    except TimeUp:
        return NONE


class _InTime:
    """An index that gives up long texts when the time is up."""

    def __init__(self, index: IndexQuestions, deadline: Deadline) -> None:
        self._index = index
        self._deadline = deadline

    def __getattr__(self, question: str) -> Any:
        return getattr(self._index, question)

    def near(self, document: int, field: str, words: Sequence[str], most: int) -> bool:
        return self._index.near(document, field, words, most, self._deadline)


def all_matching(index: IndexQuestions, node: Node, within: Documents | None, deadline: Deadline) -> Documents:
    """What `evaluate` finds, or as much of it as there is time for."""
    found = possible(index, node, within, deadline)
    if is_certain(node) and not deadline.cut:
        return found
    return union(list(matching(index, node, found, deadline)))


def any_matching(index: IndexQuestions, node: Node, within: Documents | None, deadline: Deadline) -> bool:
    """Whether anything matches; no more is looked at than it takes to tell. False if it is not known in time."""
    found = possible(index, node, within, deadline)
    if is_certain(node) and not deadline.cut:
        return len(found) > 0
    return any(len(block) for block in matching(index, node, found, deadline))
