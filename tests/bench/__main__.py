"""`make bench`: how fast the index is built and searched, and how large it is. Prints one table."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import newsearch
from tests.bench.articles import SEED, articles, real_articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, help="how many; default: the real ones")
    options = parser.parse_args()
    what, real = real_articles()
    count = options.articles or len(real)
    rows = [("corpus", f"{count:,} articles, {what}, seed {SEED}")]
    with tempfile.TemporaryDirectory() as folder:
        path, index = Path(folder, "news.jsonl"), Path(folder, "index")
        text_bytes = 0
        with path.open("w", encoding="utf-8") as file:
            for article in articles(count):
                text_bytes += len((article["title"] + article["body"]).encode())
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        started = time.perf_counter()
        command(index, "index", str(path))
        seconds = time.perf_counter() - started
        rows.append(("build", f"{count / seconds:,.0f} articles/s ({seconds:.1f} s, from the shell)"))
        size = sum(entry.stat().st_size for entry in index.iterdir())
        rows.append(("index size", f"{size / 1e6:.1f} MB, {size / text_bytes:.2f} × the text"))
        rows += search_rows(index, real)
        colds = []
        for query in ("乡村振兴", "长江 生态", "台风 灾害"):
            started = time.perf_counter()
            command(index, "search", query)
            colds.append(time.perf_counter() - started)
        rows.append(("one cold search from the shell", f"median {statistics.median(colds) * 1000:.0f} ms"))
    for name, value in rows:
        print(f"{name:<34}{value}")


def search_rows(folder: Path, real: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Median and p95 of whole searches, ten hits with titles and snippets rendered."""
    chooser = random.Random(SEED)
    titles = [article["title"] for article in chooser.sample(real, min(200, len(real)))]
    bodies = [article["body"] for article in chooser.sample(real, min(200, len(real)))]
    sets = {
        "single words": ["经济", "长江", "乡村振兴", "台风", "校车", "生态", "江豚", "春耕", "航天", "消防"] * 5,
        "two words": ["长江 生态", "台风 灾害", "乡村 振兴", "经济 发展", "航天 员", "粮食 丰收"] * 5,
        "headlines": [title.replace('"', " ") for title in titles],
        "exact strings, 4 to 8 characters": [f'"{piece}"' for body in bodies if (piece := exact_piece(body, chooser))],
    }
    rows = []
    with newsearch.open(folder) as index:
        for name, queries in sets.items():
            times = []
            for query in queries:
                started = time.perf_counter()
                try:
                    for hit in index.search(query):
                        hit.to_mapping()
                except newsearch.QueryError:
                    continue
                times.append((time.perf_counter() - started) * 1000)
            p95 = statistics.quantiles(times, n=20)[-1]
            rows.append((f"search, {name}", f"median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms"))
    return rows


def exact_piece(body: str, chooser: random.Random) -> str:
    """A string of 4 to 8 Han characters of a text, "" if it has none."""
    length = chooser.randint(4, 8)
    places = [p for p in range(len(body) - length) if all("\u4e00" <= c <= "\u9fff" for c in body[p : p + length])]
    return body[(start := chooser.choice(places)) : start + length] if places else ""


def command(index: Path, *arguments: str) -> None:
    script = Path(sys.executable).with_name("newsearch")
    subprocess.run([script, "--index", str(index), *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    main()
