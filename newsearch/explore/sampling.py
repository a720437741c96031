"""A part for the whole: a few of many articles, what they tell of the others, and as much of a text as there is time
for."""

from __future__ import annotations

from collections import Counter

from newsearch.deadline import Deadline
from newsearch.evaluation import StringPattern, string_candidates
from newsearch.index.reader import Reader
from newsearch.index.terms import Documents
from newsearch.schema import TEXT
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import words_by_token

# Texts that are looked at to see how frequent a string is.
_LOOKED_AT = 6


def spread(documents: Documents, most: int) -> Documents:
    """At most `most` of the documents, evenly spread over them; always the same ones."""
    return documents[:: max(1, -(-len(documents) // most))]


def words_in_time(text: str, segmenter: Segmenter, deadline: Deadline) -> Counter[str]:
    """How often each word stands in a folded text, or in as much of its beginning as there is time for."""
    words: Counter[str] = Counter()
    for found in words_by_token(text, segmenter):
        if words and deadline.passed():
            break
        words.update(found)
    return words


def frequency(reader: Reader, string: str) -> int:
    """In how many articles a folded string stands, estimated from a few of those that have all its bigrams; 0 if it
    stands in none of those few. A string that is broken over two lines may be missed."""
    documents = string_candidates(reader, StringPattern.exact(string), TEXT)
    if len(string) < 3:
        return len(documents)
    sample = spread(documents, _LOOKED_AT).tolist()
    having = sum(_stands(reader, document, string) for document in sample)
    return having * len(documents) // len(sample) if having else 0


def _stands(reader: Reader, document: int, string: str) -> bool:
    texts = reader.texts(document)
    if any(string in text for text in texts):
        return True
    if any(string[:2] in text for text in texts):  # written as it folds: nothing to gain from folding
        return False
    views = reader.views(document)
    return string in views.title.text or string in views.body.text
