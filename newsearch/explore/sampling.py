"""A part for the whole: a few of many articles, what they tell of the others, and as much of a text as there is time
for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation import StringPattern, string_candidates
from newsearch.index.reader import Reader
from newsearch.index.terms import Documents
from newsearch.schema import TEXT
from newsearch.terms.segment import Segmenter
from newsearch.terms.tokens import words_by_token

# Texts that are looked at to see how frequent a string is.
_LOOKED_AT = 6


def spread(documents: Documents, most: int, together: int = 1) -> Documents:
    """At most `most` of the documents, evenly spread over them, so many neighbours `together`: these are sooner read.
    Always the same ones; all of them if there are no more."""
    if len(documents) <= most:
        return documents
    starts = np.arange(most // together) * len(documents) // (most // together)
    places: NDArray[np.int64] = (starts[:, np.newaxis] + np.arange(together)).ravel()
    return documents.take(places)


def words_in_time(text: str, segmenter: Segmenter, deadline: Deadline) -> Counter[str]:
    """How often each word stands in a folded text, or in as much of its beginning as there is time for."""
    words: Counter[str] = Counter()
    for found in words_by_token(text, segmenter):
        if words and deadline.passed():
            break
        words.update(found)
    return words


def frequency(reader: Reader, string: str, deadline: Deadline = UNLIMITED) -> int:
    """In how many articles a folded string stands, estimated from a few of those that have all its bigrams; 0 if it
    stands in none of those few, or none that there was time for. A string that is broken over two lines may be
    missed."""
    documents = string_candidates(reader, StringPattern.exact(string), TEXT)
    if len(string) < 3:
        return len(documents)
    sample = in_time(spread(documents, _LOOKED_AT).tolist(), deadline)
    stands = [_stands(reader, document, string) for document in sample]
    return sum(stands) * len(documents) // max(len(stands), 1)


def in_time(numbers: Iterable[int], deadline: Deadline) -> Iterator[int]:
    """Numbers as long as there is time."""
    for number in numbers:
        if deadline.passed():
            return
        yield number


def _stands(reader: Reader, document: int, string: str) -> bool:
    texts = reader.texts(document)
    if any(string in text for text in texts):
        return True
    if any(string[:2] in text for text in texts):  # written as it folds: nothing to gain from folding
        return False
    views = reader.views(document)
    return string in views.title.text or string in views.body.text


def check_limit(limit: int) -> None:
    """Raises ValueError for a negative number of answers."""
    if limit < 0:
        raise ValueError("limit must not be negative")
