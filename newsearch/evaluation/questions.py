"""What evaluation asks of an index. Anything that answers will do; the tests use a dict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from newsearch.deadline import UNLIMITED, Deadline

Documents = NDArray[np.uint32]  # ascending, each once


class DocumentList(Protocol):
    """The documents of a term, empty for an unknown one. `most` is how many there are at most, known without unpacking
    them."""

    @property
    def docs(self) -> Documents: ...
    @property
    def most(self) -> int: ...


class TermPostings(DocumentList, Protocol):
    """The documents of a word and how often it occurs in each field; four arrays of one length. `body` counts what
    comes after the lead."""

    @property
    def title(self) -> NDArray[Any]: ...
    @property
    def lead(self) -> NDArray[Any]: ...
    @property
    def body(self) -> NDArray[Any]: ...


class TextView(Protocol):
    @property
    def text(self) -> str: ...


class TextViews(Protocol):
    """Title and body of an article as they are matched."""

    @property
    def title(self) -> TextView: ...
    @property
    def body(self) -> TextView: ...


class IndexQuestions(Protocol):
    """Documents are numbered below `size`; deleted ones are in no answer, and `live` is False for them."""

    size: int
    live: NDArray[np.bool_]

    def word(self, term: str, /) -> TermPostings: ...
    def bigram(self, pair: str, title: bool = False, /) -> DocumentList:
        """Where a bigram stands: in the title or body, or in the title alone."""
        ...

    def character(self, character: str, title: bool = False, /) -> Documents: ...
    def keyword(self, field: str, value: str, /) -> Documents: ...
    def column(self, name: str, /) -> NDArray[Any]: ...
    def views(self, document: int, /) -> TextViews: ...
    def stands(self, string: str, document: int, field: str, /) -> bool:
        """Whether a string stands in title, body or either (text) as it was written: cheaper than views."""
        ...

    def near(
        self, document: int, field: str, words: Sequence[str], most: int, deadline: Deadline = UNLIMITED, /
    ) -> bool:
        """Whether the words stand in this order in a field (title, body, or text for either) with at most so many
        others between them in all: see `newsearch.terms.near`. May raise TimeUp if the time is up."""
        ...
