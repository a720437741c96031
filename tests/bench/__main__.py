"""`make bench`: how fast an index is built and searched, how large it is, beside other engines in the same run.

Every engine is built and asked in a process of its own, from the same JSON Lines file, with the same segmentation.
Prints one table; the ratio is newsearch's figure over the other's, below 1 where newsearch needs less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.bench.articles import SEED, articles, real_articles
from tests.bench.queries import query_sets

Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, help="how many; default: the real ones, at least 10,000")
    parser.add_argument(
        "--engines", default="newsearch", help="comma-separated: newsearch,tantivy,sqlite fts5,stock whoosh"
    )
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "FILE", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        name, file, folder = options.one
        print(json.dumps(measure(name, Path(file), Path(folder))))
        return
    what, real = real_articles()
    count = options.articles or max(len(real), 10_000)
    print(f"{count:,} articles: {what}, seed {SEED}; {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "news.jsonl")
        text_bytes = 0
        with path.open("w", encoding="utf-8") as file:
            for article in articles(count):
                text_bytes += len((article["title"] + article["body"]).encode())
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        results: dict[str, Figures] = {}
        for name in options.engines.split(","):
            print(f"  {name} …", flush=True)
            command = [sys.executable, "-m", "tests.bench", "--one", name, str(path), str(Path(folder, name))]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            results[name] = json.loads(done.stdout.splitlines()[-1])
            results[name]["index size, × the text"] = results[name].pop("bytes") / text_bytes
    print_table(results)


def measure(name: str, path: Path, folder: Path) -> Figures:
    """Builds and asks one engine."""
    from tests.bench.engines import ENGINES, size

    engine = ENGINES[name]
    peak = PeakMemory()
    started = time.perf_counter()
    engine.build(path, folder)
    seconds = time.perf_counter() - started
    with path.open(encoding="utf-8") as lines:
        count = sum(1 for _ in lines)
    figures: Figures = {"build, ms an article": seconds / count * 1000, "peak memory of building, MB": peak.stop()}
    figures["bytes"] = size(folder)
    answer = engine.open(folder)
    for set_name, queries in query_sets(real_articles()[1]).items():
        times = []
        for kind, text in queries:
            begun = time.perf_counter()
            answer(kind, text)
            times.append((time.perf_counter() - begun) * 1000)
        figures[f"{set_name}: median, ms"] = statistics.median(times)
        figures[f"{set_name}: p95, ms"] = statistics.quantiles(times, n=20)[-1]
    if name == "newsearch":
        figures["one cold search from the shell, ms"] = cold_search(folder)
    return figures


def cold_search(folder: Path) -> float:
    """The median time of a whole `newsearch search` command."""
    script = Path(sys.executable).with_name("newsearch")
    times = []
    for query in ("乡村振兴", "长江 生态", "台风 灾害", "校车", "粮食 丰收"):
        started = time.perf_counter()
        subprocess.run([script, "--index", str(folder), "search", query], capture_output=True)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


class PeakMemory:
    """The most memory that this process and its children had at one time, sampled; without what they share."""

    def __init__(self) -> None:
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        self._done.set()
        self._thread.join()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return max(self._peak / 1024, own) if not self._peak else self._peak / 1024

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            self._peak = max(self._peak, sum(map(_anonymous_kb, _family(os.getpid()))))


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return [process]
    return [process, *map(int, children)]


def _anonymous_kb(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon"))


def print_table(results: dict[str, Figures]) -> None:
    names = list(results)
    rows = list(dict.fromkeys(row for figures in results.values() for row in figures))
    header = [f"{name:>14}" + ("" if name == names[0] else "   ratio") for name in names]
    print(f"{'':<36}" + "".join(header))
    for row in rows:
        first = results[names[0]].get(row)
        cells = []
        for name in names:
            value = results[name].get(row)
            cells.append(f"{value:>14.2f}" if value is not None else f"{'–':>14}")
            if name != names[0]:
                cells.append(f"{first / value:>8.2f}" if value and first is not None else f"{'–':>8}")
        print(f"{row:<36}" + "".join(cells))


if __name__ == "__main__":
    main()
