"""Query → matches: every node of a query tree as one operation on whole arrays of document numbers."""

from newsearch.evaluation.evaluate import certain_words, evaluate, is_certain, possible
from newsearch.evaluation.questions import IndexQuestions, TermPostings
from newsearch.evaluation.strings import StringPattern, string_candidates
from newsearch.evaluation.top import best

__all__ = [
    "IndexQuestions",
    "StringPattern",
    "TermPostings",
    "best",
    "certain_words",
    "evaluate",
    "is_certain",
    "possible",
    "string_candidates",
]
