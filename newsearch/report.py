"""What a run of `newsearch index` did: counts, and what a person should know."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsearch.corpus import Account, Rejection
from newsearch.index.writer import Outcome


@dataclass(slots=True)
class FormatCounts:
    """How many documents of one format were read, and what they gave."""

    documents: int = 0
    articles: int = 0
    rejections: int = 0


@dataclass(slots=True)
class Report:
    """What a run of `index` did. Counts of articles, but for `files_…`; `words` are those new in the dictionary, or
    there with another frequency. `warnings` are about files that were read but may not be what was written; `notes` say
    what else a person should know."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    total: int = 0
    generation: int = 0
    files_read: int = 0
    files_unchanged: int = 0
    files_gone: int = 0
    words: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    formats: dict[str, FormatCounts] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    def note(self, account: Account) -> None:
        """Counts a document that was read."""
        counts = self.formats.setdefault(account.format, FormatCounts())
        counts.documents += 1
        counts.articles += account.articles
        counts.rejections += account.rejections
        self.warnings += [f"{account.path}: {warning}" for warning in account.warnings]

    @property
    def changed(self) -> bool:
        return bool(self.added or self.replaced or self.removed)
