"""Fuzzes the parsers one after the other, each for a while: python -m fuzz [--target NAME] [--seconds N] [--seed N].

Exit status: 0 every promise was kept, 1 some were broken (the files are listed), 2 atheris is not there.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

from .promise import MEGABYTES, SECONDS
from .targets import TARGETS

OUT = Path("build/fuzz")
#: The largest part that is made up.
LONGEST = 1 << 14
#: Seconds in which an input has to come back at all: the code is slower while it is watched, and the machine is shared.
GIVEN_UP = 60


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--target", choices=list(TARGETS), action="append")
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--seed", type=int, default=random.randrange(1, 1 << 31))
    given = options.parse_args()
    if not importlib.util.find_spec("atheris"):
        version = ".".join(map(str, sys.version_info[:2]))
        print(
            f"error: fuzzing needs atheris, which cannot be had for this Python {version}; it is made for Linux and "
            "3.11 to 3.13: make fuzz PYTHON=python3.11 VENV=.venv-fuzz",
            file=sys.stderr,
        )
        return 2
    print(f"seed {given.seed}; promised: {SECONDS:g} s and {MEGABYTES} MB a file", flush=True)
    broken = [path for name in given.target or TARGETS for path in fuzz(name, given.seconds, given.seed)]
    for path in broken:
        print(f"broken by {path}")
    print(f"{len(broken)} files broke the promise" if broken else "every file became articles or a rejection")
    return 1 if broken else 0


def fuzz(name: str, seconds: int, seed: int) -> list[Path]:
    """Fuzzes one parser for so long; what broke the promise."""
    folder = OUT / name
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for number, seed_file in enumerate(TARGETS[name].seeds()):
        (inputs / f"seed{number}").write_bytes(seed_file)
    words = folder / "words"
    words.write_text("".join(f'"{escaped(word)}"\n' for word in TARGETS[name].words))
    before = set(broken_in(folder))
    ends = time.monotonic() + seconds
    runs = 0
    with (folder / "log").open("w") as log:
        while (left := int(ends - time.monotonic())) > 2:
            command = [
                *(sys.executable, "-m", f"{__package__}.campaign", name, str(folder), str(inputs), f"-dict={words}"),
                *(f"-max_total_time={left}", f"-seed={seed + runs}", f"-max_len={LONGEST}", f"-timeout={GIVEN_UP}"),
                *(f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={folder}/", "-print_final_stats=1"),
            ]
            subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
            runs += 1
    found = [path for path in broken_in(folder) if path not in before]
    print(f"{name}: {executions(folder / 'log'):,} files in {seconds} s, {len(found)} broke the promise", flush=True)
    return found


def broken_in(folder: Path) -> list[Path]:
    """Files that broke the promise, and inputs for which libFuzzer had to end the process."""
    kinds = ("timeout-*", "oom-*", "crash-*", "found/*")
    return sorted(path for kind in kinds for path in folder.glob(kind))


def executions(log: Path) -> int:
    """How many files were read, by libFuzzer's own count."""
    lines = log.read_text("utf-8", "replace").splitlines()
    return sum(int(line.split()[-1]) for line in lines if line.startswith("stat::number_of_executed_units"))


def escaped(word: bytes) -> str:
    """A word as libFuzzer's dictionaries write it."""
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    sys.exit(main())
