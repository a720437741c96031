"""Articles to measure with: real ones if they are beside the project, else the sample corpus; any number of them.

More articles than there are come from recombining paragraphs of the real ones with a seed: each has a real title and
paragraphs of several articles, so words are as frequent as in real text and hardly two are alike. New words are what
recombining cannot give: the vocabulary stays that of the real articles.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SHARED_NEWS = ROOT.parent / "shared" / "corpora" / "news-2022-2024.jsonl.gz"
SEED = 20240601
#: Where the real articles can be from.
NEWS, SAMPLE = "broadcast news", "sample articles"
# Of the sample corpus there are too few to measure with; this many are made of it where real ones are asked for alone.
_FEWEST = 10_000
# Characters from which a paragraph is worth recombining, and how much longer than its model an article may become.
_PARAGRAPH = 20
_LONGER = 40

#: An article as it stands in the file: `id`, `title`, `date` (YYYY-MM-DD) and `body`, all of them there.
Row = dict[str, str]


class Corpus(NamedTuple):
    """What was written: how many articles, how many of them real, and the UTF-8 size of titles and bodies."""

    source: str
    articles: int
    real: int
    text_bytes: int
    seed: int = SEED


def real_articles() -> tuple[str, list[Row]]:
    """What they are, and the articles."""
    if SHARED_NEWS.exists():
        with gzip.open(SHARED_NEWS, "rt", encoding="utf-8") as lines:
            return NEWS, [json.loads(line) for line in lines]
    import newsearch  # not in the processes that ask other engines: it would count as their memory

    sample = (article.to_mapping() for article in newsearch.read_articles(ROOT / "corpus"))
    return SAMPLE, [
        {"id": row["id"], "title": row["title"], "date": row["date"] or "2024-01-01", "body": row["body"]}
        for row in sample
    ]


def recombined(real: Sequence[Row], seed: int = SEED) -> Iterator[Row]:
    """New articles without end, about as long as the real ones; the same for the same articles and seed."""
    chooser = random.Random(seed)
    paragraphs = [part for row in real for part in row["body"].split("\n") if len(part) > _PARAGRAPH]
    number = len(real)
    while True:
        model = chooser.choice(real)
        wanted = len(model["body"])
        body = chooser.choice(paragraphs)
        while len(body) < wanted:
            body += "\n" + chooser.choice(paragraphs)
        yield {"id": f"r{number}", "title": model["title"], "date": model["date"], "body": body[: wanted + _LONGER]}
        number += 1


def write_corpus(path: Path, count: int | None) -> Corpus:
    """Writes `count` articles as JSON Lines, one by one: the real ones first, then recombined ones.

    Without a count, the real ones alone; if they are the sample corpus, enough to measure with.
    """
    source, real = real_articles()
    count = count or (len(real) if source == NEWS else _FEWEST)
    text_bytes = 0
    with path.open("w", encoding="utf-8") as file:
        for row in islice(chain(real, recombined(real)), count):
            text_bytes += len(row["title"].encode()) + len(row["body"].encode())
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return Corpus(source, count, min(count, len(real)), text_bytes)


def rows(path: Path) -> Iterator[Row]:
    """The articles of a JSON Lines file, one by one."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
