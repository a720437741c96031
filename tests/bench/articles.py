"""Articles to measure with: real ones if they are beside the project, else the sample corpus; any number of them.

More articles than there are come from recombining paragraphs of the real ones with a seed: each has a real title and
paragraphs of several articles, so words are as frequent as in real text and no two are alike.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import newsearch

ROOT = Path(__file__).parents[2]
SHARED_NEWS = ROOT.parent / "shared" / "corpora" / "news-2022-2024.jsonl.gz"
SEED = 20240601


def real_articles() -> tuple[str, list[dict[str, str]]]:
    """What they are, and the articles as mappings."""
    if SHARED_NEWS.exists():
        with gzip.open(SHARED_NEWS, "rt", encoding="utf-8") as lines:
            return "shared broadcast news", [json.loads(line) for line in lines]
    sample = [article.to_mapping() for article in newsearch.read_articles(ROOT / "corpus")]
    return "sample corpus (the shared news is not here)", sample


def articles(count: int) -> Iterator[dict[str, str]]:
    """`count` articles: the real ones first, then recombined ones; the same for the same count and seed."""
    _, real = real_articles()
    yield from real[:count]
    shuffled = random.Random(SEED)
    paragraphs = [paragraph for article in real for paragraph in article["body"].split("\n") if len(paragraph) > 20]
    for number in range(len(real), count):
        model = shuffled.choice(real)
        wanted = len(model["body"])
        body: list[str] = []
        while sum(map(len, body)) < wanted:
            body.append(shuffled.choice(paragraphs))
        yield {
            "id": f"r{number}",
            "title": model["title"],
            "date": model["date"],
            "body": "\n".join(body)[: wanted + 40],
        }
