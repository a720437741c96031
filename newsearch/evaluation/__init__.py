"""Query → matches: every node of a query tree as one operation on whole arrays of document numbers."""

from newsearch.evaluation.evaluate import evaluate
from newsearch.evaluation.questions import IndexQuestions, TermPostings
from newsearch.evaluation.strings import StringPattern, string_candidates

__all__ = ["IndexQuestions", "StringPattern", "TermPostings", "evaluate", "string_candidates"]
