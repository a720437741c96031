"""Query → matches: every node of a query tree as one operation on whole arrays of document numbers."""

from newsearch.evaluation.blocks import all_matching, any_matching, blocks, evaluate_in_time, matching
from newsearch.evaluation.evaluate import certain_words, evaluate, is_certain, is_slow, possible
from newsearch.evaluation.questions import IndexQuestions, TermPostings
from newsearch.evaluation.strings import StringPattern, string_candidates
from newsearch.evaluation.top import Champions, Scored, best

__all__ = [
    "Champions",
    "IndexQuestions",
    "Scored",
    "StringPattern",
    "TermPostings",
    "all_matching",
    "any_matching",
    "best",
    "blocks",
    "certain_words",
    "evaluate",
    "evaluate_in_time",
    "is_certain",
    "is_slow",
    "matching",
    "possible",
    "string_candidates",
]
