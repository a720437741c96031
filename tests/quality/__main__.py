"""Prints the comparison of `tests.quality.headlines`."""

from __future__ import annotations

import argparse
from pathlib import Path

from .headlines import compare, read_pairs

SHARED = Path(__file__).parents[3] / "shared" / "corpora" / "news-2022-2024.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("articles", nargs="?", type=Path, default=SHARED, help="JSON Lines with id, title and body")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if not given.articles.is_file():
        parser.error(f"{given.articles} is not there: name a JSON Lines file of articles with titles")
    figures = compare(read_pairs(given.articles), given.queries, given.seed)
    print(f"MRR@10, {given.queries} headlines, seed {given.seed}")
    for name, figure in figures.items():
        print(f"  {name:24} {figure:.4f}   × {figure / figures['plain BM25']:.3f}")


if __name__ == "__main__":
    main()
