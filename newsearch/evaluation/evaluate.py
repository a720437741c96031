"""A query tree → the documents it matches.

Understands these Whoosh nodes: And, Or, Not, Every, NullQuery, Term, Phrase, Wildcard and NumericRange on a document
column. A Phrase of one string is that string; one of several words has them in this order, with at most slop − 1 others
between them in all. The fields title, body and text (either) hold text; every other field of a Term is a keyword field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from whoosh import query as nodes
from whoosh.query import Query as Node

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation import strings
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


def possible(
    index: IndexQuestions, node: Node, within: Documents | None = None, deadline: Deadline = UNLIMITED
) -> Documents:
    """Documents that hold every match of a node, found without looking at a text; those in `within`. More of them than
    need be if the time is up."""
    if deadline.passed():
        return _every(index, node, within)
    if isinstance(node, nodes.And):
        found = within
        for child in _rarest_first(index, [child for child in node if not isinstance(child, nodes.Not)]):
            if found is not None and not len(found):
                break
            found = possible(index, child, found, deadline)
        return _every(index, node, None) if found is None else found
    if isinstance(node, nodes.Or):
        return union([possible(index, child, within, deadline) for child in node])
    if isinstance(node, nodes.Not):
        return _every(index, node, within)
    if isinstance(node, nodes.Phrase | nodes.Wildcard):
        # A single letter stands in nearly every article, or finding it costs more than looking: it comes last.
        for pattern in sorted(_patterns(node), key=lambda pattern: len(pattern.string) == 1):
            if within is None or len(pattern.string) != 1:
                within = string_candidates(index, pattern, node.fieldname, within)
        return NONE if within is None else within
    return evaluate(index, node, within)


def is_certain(node: Node) -> bool:
    """Whether what is possible for a node is also so, without a look at a text."""
    if isinstance(node, nodes.And | nodes.Or):
        return all(is_certain(child) for child in node)
    if isinstance(node, nodes.Not):
        return False
    if isinstance(node, nodes.Phrase | nodes.Wildcard):
        if isinstance(node, nodes.Phrase) and len(node.words) > 1:  # also if it is one word twice
            return False
        return node.fieldname != "body" and strings.is_certain(_patterns(node)[0])
    return True


def is_slow(node: Node) -> bool:
    """Whether a single long text may take a good part of a second: words near each other are looked for."""
    return any(isinstance(leaf, nodes.Phrase) and len(leaf.words) > 1 for leaf in node.leaves())


def certain_words(node: Node) -> frozenset[str]:
    """Words of which each alone makes an article match, wherever it stands."""
    if isinstance(node, nodes.Or):
        return frozenset().union(*(certain_words(child) for child in node))
    if isinstance(node, nodes.Phrase) and node.fieldname == "text" and len(node.words) == 1:
        (string,) = node.words
        return frozenset([string]) if strings.is_letters(string) else frozenset()
    return frozenset([node.text]) if isinstance(node, nodes.Term) and node.fieldname == "text" else frozenset()


def _rarest_first(index: IndexQuestions, children: Sequence[Node]) -> list[Node]:
    return sorted(children, key=lambda child: _at_most(index, child))


def _at_most(index: IndexQuestions, node: Node) -> int:
    """A cheap bound on how many documents match."""
    if isinstance(node, nodes.And):
        return min((_at_most(index, child) for child in node), default=index.size)
    if isinstance(node, nodes.Or):
        return sum(_at_most(index, child) for child in node)
    if isinstance(node, nodes.Term) and node.fieldname in _TEXT_FIELDS:
        return index.word(node.text).most
    if isinstance(node, nodes.Phrase | nodes.Wildcard):
        return min(strings.at_most(index, pattern) for pattern in _patterns(node))
    return 0 if isinstance(node, nodes.Term) else index.size


def _and(index: IndexQuestions, node: nodes.And, within: Documents | None) -> Documents:
    """Texts are looked at only where everything else holds; exclusions come last, when little is left."""
    found = possible(index, node, within)
    for child in node:
        if not len(found):
            return found
        if not isinstance(child, nodes.Not) and not is_certain(child):
            found = evaluate(index, child, found)
    for child in node:
        if isinstance(child, nodes.Not) and len(found):
            found = difference(found, evaluate(index, child.query, found))
    return found


def _or(index: IndexQuestions, node: nodes.Or, within: Documents | None) -> Documents:
    """Doubtful strings last: a text need not be looked at if the article is found already."""
    early: list[Node] = []
    late: list[Node] = []
    for child in node:
        is_late = isinstance(child, nodes.Phrase | nodes.Wildcard) and not is_certain(child)
        (late if is_late else early).append(child)
    found = union([evaluate(index, child, within) for child in early])
    for child in late:
        candidates = possible(index, child, within)
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
    if isinstance(node, nodes.Phrase) and len(node.words) > 1:
        candidates = possible(index, node, within)
        stand = (index.near(document, node.fieldname, node.words, node.slop - 1) for document in candidates.tolist())
        return candidates[np.fromiter(stand, np.bool_, len(candidates))]
    return string_documents(index, _patterns(node)[0], node.fieldname, within)


def _patterns(node: nodes.Phrase | nodes.Wildcard) -> list[StringPattern]:
    if isinstance(node, nodes.Wildcard):
        return [StringPattern.wildcard(node.text)]
    return [StringPattern.exact(string) for string in dict.fromkeys(node.words)]


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
