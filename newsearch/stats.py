"""What an index holds, in figures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from newsearch import ranking
from newsearch.index.reader import Reader


@dataclass(slots=True)
class Stats:
    """What an index holds. Sizes are bytes; `text_bytes` is the UTF-8 size of titles and bodies. `reprints` are the
    articles that are nearly the same as an earlier one."""

    articles: int = 0
    reprints: int = 0
    generation: int = 0
    segments: int = 0
    deleted: int = 0
    files: int = 0
    rejected_files: int = 0
    index_bytes: int = 0
    text_bytes: int = 0
    first_date: dt.date | None = None
    last_date: dt.date | None = None
    sources: dict[str, int] = field(default_factory=dict)

    def to_mapping(self) -> dict[str, Any]:
        facts = {name: getattr(self, name) for name in self.__slots__}
        dates = ("first_date", "last_date")
        return {name: value.isoformat() if name in dates and value else value for name, value in facts.items()}


def stats_of(reader: Reader) -> Stats:
    """Counts and sizes of a generation; reads every article."""
    sources: Counter[str] = Counter()
    text_bytes = 0
    for article in reader.articles():
        sources[article.source] += 1
        text_bytes += len(article.title.encode()) + len(article.body.encode())
    dates = reader.column("date")[reader.live]
    dates = dates[dates > 0]
    files = [source for _, source in reader.sources()]
    return Stats(
        articles=reader.count,
        reprints=_reprints(reader),
        generation=reader.manifest.generation,
        segments=len(reader.segments),
        deleted=reader.size - reader.count,
        files=len(files),
        rejected_files=sum(bool(source.rejected) for source in files),
        index_bytes=reader.bytes_on_disk(),
        text_bytes=text_bytes,
        first_date=_date(dates.min()) if len(dates) else None,
        last_date=_date(dates.max()) if len(dates) else None,
        sources=dict(sorted(sources.items(), key=lambda item: (-item[1], item[0]))),
    )


def _reprints(reader: Reader) -> int:
    live = np.flatnonzero(reader.live)
    dates = reader.column("date")[live].astype(np.int64)
    first = ranking.reprints(reader.column("sketch")[live], np.where(dates == 0, 99999999, dates))
    return int((first != np.arange(len(live))).sum())


def _date(number: np.int32) -> dt.date:
    return dt.date(int(number) // 10000, int(number) // 100 % 100, int(number) % 100)
