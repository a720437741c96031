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
from newsearch.evaluation.strings import StringPattern, in_field, string_documents

_TEXT_FIELDS = ("text", "title", "body")


def evaluate(index: IndexQuestions, node: Node) -> Documents:
    """The documents that match, ascending, each once. Raises TypeError for a node it does not know."""
    handler: Callable[[IndexQuestions, Any], Documents] | None = _HANDLERS.get(type(node))
    if handler is None:
        raise TypeError(f"cannot evaluate a {type(node).__name__} node")
    return handler(index, node)


def _and(index: IndexQuestions, node: nodes.And) -> Documents:
    """Exclusions last: they cost nothing once little is left."""
    wanted = [child for child in node if not isinstance(child, nodes.Not)]
    excluded = [child.query for child in node if isinstance(child, nodes.Not)]
    found = intersection([evaluate(index, child) for child in wanted]) if wanted else _every(index)
    for child in excluded:
        if not len(found):
            break
        found = difference(found, evaluate(index, child))
    return found


def _or(index: IndexQuestions, node: nodes.Or) -> Documents:
    return union([evaluate(index, child) for child in node])


def _not(index: IndexQuestions, node: nodes.Not) -> Documents:
    return difference(_every(index), evaluate(index, node.query))


def _term(index: IndexQuestions, node: nodes.Term) -> Documents:
    if node.fieldname in _TEXT_FIELDS:
        return in_field(index.word(node.text), node.fieldname)
    return index.keyword(node.fieldname, node.text)


def _phrase(index: IndexQuestions, node: nodes.Phrase) -> Documents:
    (string,) = node.words
    return string_documents(index, StringPattern.exact(string), node.fieldname)


def _wildcard(index: IndexQuestions, node: nodes.Wildcard) -> Documents:
    return string_documents(index, StringPattern.wildcard(node.text), node.fieldname)


def _range(index: IndexQuestions, node: nodes.NumericRange) -> Documents:
    column = index.column(node.fieldname)
    mask = index.live & (column >= node.start) & (column <= node.end)
    return np.flatnonzero(mask).astype(np.uint32)


def _every(index: IndexQuestions, _: Node | None = None) -> Documents:
    return np.flatnonzero(index.live).astype(np.uint32)


def _nothing(_: IndexQuestions, __: Node) -> Documents:
    return NONE


_HANDLERS: dict[type[Node], Callable[[IndexQuestions, Any], Documents]] = {
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: _not,
    nodes.Term: _term,
    nodes.Phrase: _phrase,
    nodes.Wildcard: _wildcard,
    nodes.NumericRange: _range,
    nodes.Every: _every,
    type(nodes.NullQuery): _nothing,
}
