"""A query tree → the documents it matches.

Understands these Whoosh nodes: And, Or, Not, Every, NullQuery, Term, Phrase of one string, Wildcard and NumericRange on
a document column. The fields title, body and text (either) hold text; every other field of a Term is a keyword field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from whoosh import query as nodes
from whoosh.query import Query as Node

from newsearch.evaluation.questions import Documents, IndexQuestions
from newsearch.evaluation.sets import NONE, difference, intersection, union
from newsearch.evaluation.strings import StringPattern, in_field, string_candidates, string_documents

_TEXT_FIELDS = ("text", "title", "body")


def evaluate(index: IndexQuestions, node: Node, within: Documents | None = None) -> Documents:
    """The documents that match, ascending, each once; with `within`, those of them that are in it.

    Raises TypeError for a node it does not know.
    """
    handler: Callable[[IndexQuestions, Any, Documents | None], Documents] | None = _HANDLERS.get(type(node))
    if handler is None:
        raise TypeError(f"cannot evaluate a {type(node).__name__} node")
    return handler(index, node, within)


def bound(index: IndexQuestions, node: Node) -> Documents | None:
    """A set of documents that holds every match of a node and costs no look at a text; None for all documents."""
    if isinstance(node, nodes.And):
        bounds = [found for child in node if (found := bound(index, child)) is not None]
        return intersection(bounds) if bounds else None
    if isinstance(node, nodes.Or):
        bounds = []
        for child in node:
            found = bound(index, child)
            if found is None:
                return None
            bounds.append(found)
        return union(bounds)
    if isinstance(node, nodes.Not | nodes.Every):
        return None
    if isinstance(node, nodes.Phrase | nodes.Wildcard):
        return string_candidates(index, _pattern(node), node.fieldname)
    return evaluate(index, node)


def _and(index: IndexQuestions, node: nodes.And, within: Documents | None) -> Documents:
    """Texts are looked at only where everything else holds; exclusions come last, when little is left."""
    possible = bound(index, node)
    found = _every(index, node, within) if possible is None else _inside(possible, within)
    wanted = [child for child in node if not isinstance(child, nodes.Not)]
    for child in wanted:
        if not len(found):
            return found
        found = evaluate(index, child, found)
    for child in node:
        if isinstance(child, nodes.Not) and len(found):
            found = difference(found, evaluate(index, child.query, found))
    return found


def _or(index: IndexQuestions, node: nodes.Or, within: Documents | None) -> Documents:
    """Strings last: a text need not be looked at if the article is found already."""
    strings = [child for child in node if isinstance(child, nodes.Phrase | nodes.Wildcard)]
    found = union([evaluate(index, child, within) for child in node if child not in strings])
    for child in strings:
        candidates = _inside(string_candidates(index, _pattern(child), child.fieldname), within)
        found = union([found, _string(index, child, difference(candidates, found))])
    return found


def _not(index: IndexQuestions, node: nodes.Not, within: Documents | None) -> Documents:
    every = _every(index, node, within)
    return difference(every, evaluate(index, node.query, every))


def _term(index: IndexQuestions, node: nodes.Term, within: Documents | None) -> Documents:
    if node.fieldname in _TEXT_FIELDS:
        return _inside(in_field(index.word(node.text), node.fieldname), within)
    return _inside(index.keyword(node.fieldname, node.text), within)


def _string(index: IndexQuestions, node: nodes.Phrase | nodes.Wildcard, within: Documents | None) -> Documents:
    return string_documents(index, _pattern(node), node.fieldname, within)


def _pattern(node: nodes.Phrase | nodes.Wildcard) -> StringPattern:
    if isinstance(node, nodes.Wildcard):
        return StringPattern.wildcard(node.text)
    (string,) = node.words
    return StringPattern.exact(string)


def _range(index: IndexQuestions, node: nodes.NumericRange, within: Documents | None) -> Documents:
    column = index.column(node.fieldname)
    mask = index.live & (column >= node.start) & (column <= node.end)
    return _inside(np.flatnonzero(mask).astype(np.uint32), within)


def _every(index: IndexQuestions, _: Node, within: Documents | None) -> Documents:
    return np.flatnonzero(index.live).astype(np.uint32) if within is None else within


def _nothing(_: IndexQuestions, __: Node, ___: Documents | None) -> Documents:
    return NONE


def _inside(documents: Documents, within: Documents | None) -> Documents:
    return documents if within is None else intersection([documents, within])


_HANDLERS: dict[type[Node], Callable[[IndexQuestions, Any, Documents | None], Documents]] = {
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: _not,
    nodes.Term: _term,
    nodes.Phrase: _string,
    nodes.Wildcard: _string,
    nodes.NumericRange: _range,
    nodes.Every: _every,
    type(nodes.NullQuery): _nothing,
}
