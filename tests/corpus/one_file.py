"""One file with some bytes → what reading it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from newsearch.article import Article
from newsearch.corpus import Account, Reading, Rejection, find_files, read_file


class NoWords:
    """A lexicon that knows nothing."""

    def cohesion(self, _left: str, _right: str) -> float:
        return 0.0

    def words(self, _text: str) -> frozenset[str]:
        return frozenset()

    def weight(self, _word: str) -> float:
        return 1.0


class Given(NamedTuple):
    articles: list[Article]
    rejections: list[Rejection]
    account: Account | None

    @property
    def titles(self) -> list[str]:
        return [article.title for article in self.articles]

    @property
    def bodies(self) -> list[str]:
        return [article.body for article in self.articles]

    @property
    def reasons(self) -> list[str]:
        return [rejection.reason for rejection in self.rejections]

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.account.warnings if self.account else ()


def given(folder: Path, name: str, content: bytes | str, **options: Any) -> Given:
    """What comes of a file that is named; `options` are those of Reading."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (file,) = find_files([path])
    found = list(read_file(file, Reading(NoWords(), **options)))
    return Given(
        [item for item in found if isinstance(item, Article)],
        [item for item in found if isinstance(item, Rejection)],
        next((item for item in found if isinstance(item, Account)), None),
    )
