"""What a person typed → a Whoosh query tree, or an error that points at the column.

`scan` reads characters, `primary` strings, words and values, `parse` what joins them, `dates` the values of 日期:. What
comes of it is in `pieces`: the parts of a query and the nodes that each stands for. `limits` says how much of anything
a query may have.

Whoosh's own parser takes anything and silently means something else by it (an unknown field, a dangling AND, an
unbalanced bracket), so this one is ours. The nodes are Whoosh's:

    Phrase(field, [string])                the string stands in the field, exactly
    Phrase(field, words, slop=N + 1)       the words stand in this order with at most N others between, in all
    Term(field, word)                      the word stands as a whole word; or a keyword field has the value
    Wildcard(field, pattern)               ? one letter, * any letters
    FuzzyTerm(field, word, maxdist=N)      a word of the index with at most N characters other than this one's
    NumericRange("date", first, last)      YYYYMMDD, both ends included
    And, Or, Not, Every

and a piece without quotes is Or([Term("author", string), Term("kicker", string), And(its words)]), with a Phrase in
place of the And if it is one word. Words that a user added, and synonyms, put an Or in place of some of its words.
Which words are like another only an index can tell: `newsearch.expand` puts an Or of Phrases in place of a FuzzyTerm.
"""

from newsearch.query.dates import date_span
from newsearch.query.limits import LIMITS
from newsearch.query.parse import parse_query
from newsearch.query.pieces import (
    AllOf,
    AnyOf,
    Dates,
    Excluded,
    Keyword,
    Mode,
    ParsedQuery,
    Part,
    Piece,
    Spelling,
    bracketed,
    changed,
)
from newsearch.query.primary import Expansion

__all__ = [
    "LIMITS",
    "AllOf",
    "AnyOf",
    "Dates",
    "Excluded",
    "Expansion",
    "Keyword",
    "Mode",
    "ParsedQuery",
    "Part",
    "Piece",
    "Spelling",
    "bracketed",
    "changed",
    "date_span",
    "parse_query",
]
