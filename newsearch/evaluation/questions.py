"""What evaluation asks of an index. Anything that answers will do; the tests use a dict."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.uint32]  # ascending, each once


class TermPostings(Protocol):
    """The documents of a term and how often it occurs in each field; four arrays of one length, empty for an unknown
    term. `body` counts what comes after the lead. The length is that of the arrays."""

    def __len__(self) -> int: ...

    @property
    def docs(self) -> Documents: ...
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
    def bigram(self, pair: str, /) -> TermPostings: ...
    def character(self, character: str, /) -> Documents: ...
    def keyword(self, field: str, value: str, /) -> Documents: ...
    def column(self, name: str, /) -> NDArray[Any]: ...
    def views(self, document: int, /) -> TextViews: ...
    def texts(self, document: int, /) -> tuple[bytes, bytes]:
        """Title and body as they were written, in UTF-8: cheaper than views."""
        ...
