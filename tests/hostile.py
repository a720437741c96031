"""Articles whose every field tries to steer the terminal it is shown on: nothing of it may get there.

    python -m tests.hostile [--articles N] [--seed S]      (make hostile-titles)

They are indexed from files with names of the same kind, then every command is run on a pseudo-terminal, and what
reaches the screen is looked at: no control character but line ends and the styles that the program itself sets.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "newsearch"]
ROOT = Path(__file__).resolve().parent.parent

#: What terminals act on: sequences that move, erase, colour, retitle, ask or paste; characters that turn the writing.
STEERING = [
    "\x1b[31;45m", "\x1b[2J", "\x1b[3A\x1b[3K", "\x1b]0;pwned\x07", "\x1b]52;c;cm0gLXJm\x07", "\x1b]8;;http://evil\x1b\\",
    "\x1b[6n", "\x1b[?1049h", "\x1bP$q\x1b\\", "\x1bc", "\x1b(0", "\x9b2J", "\x9d0;t\x9c", "\x90q\x9c", "\x84", "\x85",
    "\x00", "\x07", "\x08" * 3, "\x0b", "\x0c", "\r", "\x0e", "\x0f", "\x1a", "\x7f", "\u202e", "\u202d", "\u2066",
    "\u2067", "\u2069", "\u200e", "\u200f", "\u061c", "\u2028", "\u2029", "\ufeff", "\ufff9", "\ufffb",
    "\ud800", "\udc9b",
]  # fmt: skip
#: Sequences that the program itself puts around hit words, and what its progress bar does: colours, line, cursor.
OWN = re.compile(r"\x1b\[(?:(?:0|1|2|1;31|31|36|2;36|3[0-7]|39|22|38;5;\d+)?m|\?25[lh]|2K|1A)")
#: What may not be left on a screen without them.
RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

#: Commands that take a hostile word as their last argument; most of them refuse it.
ON_WORDS = [
    "search", "explain", "suggest", "show", "similar", "delete", "read", "keywords", "search 台风(",
    "export -o nowhere/x",
    "search --from", "search --source", "search --sort", "search --synonyms", "index --dict", "index --encoding",
    "index --format", "index", "--index",
]  # fmt: skip


def hostile(rng: random.Random, word: str) -> str:
    """A word with what steers a terminal before, in and behind it, or raw characters of the same blocks."""
    parts = [rng.choice(STEERING) for _ in range(rng.randrange(1, 4))]
    parts += [chr(rng.choice((rng.randrange(0x20), rng.randrange(0x7F, 0xA0), rng.randrange(0x2028, 0x2070))))]
    parts.insert(rng.randrange(len(parts) + 1), word)
    return "".join(parts)


def articles(rng: random.Random, count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        beside = (("source", "坏报"), ("section", "要闻"), ("kicker", "直击"))
        fields = {name: hostile(rng, word) for name, word in beside}
        fields |= {"title": hostile(rng, f"怪题{number}"), "body": hostile(rng, "台风") + "登陆" + hostile(rng, "江口")}
        yield fields | {"id": hostile(rng, str(number)), "authors": [hostile(rng, "某人")], "url": hostile(rng, "u")}


def on_terminal(arguments: Sequence[str | bytes], folder: Path) -> str:
    """All that a command writes to a terminal, stdout and stderr."""
    parent, child = pty.openpty()
    settings = {"TERM": "xterm-256color", "COLUMNS": "80", "PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", "")}
    with subprocess.Popen(
        [*COMMAND, *arguments], stdin=child, stdout=child, stderr=child, cwd=folder, env=settings
    ):
        os.close(child)
        screen = bytearray()
        while chunk := _read(parent):
            screen += chunk
    os.close(parent)
    return screen.decode("utf-8", "surrogateescape").replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # how Linux says that the other side is closed
        return b""


def assert_tame(screen: str) -> None:
    """Raises AssertionError if something on a screen steers it. A carriage return is how a progress bar begins anew."""
    left = OWN.sub("", screen).replace("\r", "") if "\x1b[?25l" in screen else OWN.sub("", screen)
    if found := RAW.search(left):
        raise AssertionError(f"{found[0]!r} in {left[max(0, found.start() - 60) : found.end() + 60]!a}")
    if "Traceback" in left:
        raise AssertionError(left)


def write_files(folder: Path, rng: random.Random, count: int) -> list[str]:
    """Hostile articles in two files, and a file that cannot be read, all with hostile names; returns some ids."""
    name = "怪\x1b[2J\x07\u202e\x9b名"
    written = list(articles(rng, count))
    encoded = [json.dumps(article) + "\n" for article in written]
    (folder / f"{name}.jsonl").write_text("".join(encoded), "ascii")
    (folder / f"{name}2.jsonl").write_text('{"title": "\\u001b[2J"\n' + encoded[0].replace('"id"', '"no"'), "ascii")
    (folder / f"{name}.txt").write_bytes(bytes(range(256)))
    (folder / os.fsdecode(b"\xff\x1b[2J.txt")).write_text("标题\x1b[2J\n正文\x9b\n", "utf-8")
    return [article["id"] for article in written[: 2 if count < 10_000 else 20]]


def commands(rng: random.Random, ids: Sequence[str], count: int) -> Iterator[list[str]]:
    """Every command with hostile words, on hostile articles."""
    words = [hostile(rng, "台风").replace("\0", "") for _ in range(1 if count < 10_000 else 8)]
    yield ["search", "怪题", "江口", "-n", str(count), "--all-copies", "--any", "--timeout", "0"]
    yield ["search", "台风", "--explain", "-n", "20", "--facet", "source", "--facet", "author", "--facet", "section"]
    yield ["search", "台风", "--json", "-n", "50"]
    yield ["keywords"]
    yield ["keywords", "台风", "--json"]
    yield ["suggest", "怪"]
    yield ["stats"]
    yield ["stats", "--json"]
    yield ["export", "台风"]
    yield ["export", "--format", "csv"]
    yield ["check"]
    for article_id in (article_id for article_id in ids if not re.search("[\0\ud800-\udfff]", article_id)):
        for command in ("show", "similar", "keywords --id", "explain 台风", "show --json"):
            yield [*command.split(), article_id]
    for word in words:
        safe_word = re.sub("[\ud800-\udfff]", "", word)
        for command in ON_WORDS:
            yield [*command.split(), safe_word]
        yield ["search", f"foo{safe_word}:台风"]


def run(folder: Path, rng: random.Random, count: int, say: Any = lambda _: None) -> int:
    """Runs all of it in an empty folder; returns how many characters were looked at. Raises AssertionError."""
    ids = write_files(folder, rng, count)
    names = sorted(path.name for path in folder.iterdir())
    looked_at = 0
    for arguments in [["read", *names], ["index", *names], *commands(rng, ids, count)]:
        screen = on_terminal([os.fsencode(argument) for argument in arguments], folder)
        try:
            assert_tame(screen)
        except AssertionError as error:
            raise AssertionError(f"{arguments!r}: {error}") from None
        looked_at += len(screen)
        say(f"{len(screen):>12,} characters  {ascii(' '.join(arguments))[:80]}")
    return looked_at


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        looked_at = run(Path(folder), random.Random(given.seed), given.articles, lambda line: print(line, flush=True))
    print(f"{given.articles:,} hostile articles, {looked_at:,} characters on the terminal, none that steers it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
