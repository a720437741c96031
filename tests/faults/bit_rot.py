"""Damages a small index at random and asks it everything: the answer is the right one or an error that names the file.

    python -m tests.faults.bit_rot [--flips N] [--cuts N] [--zeros N] [--open N] [--seed N]

Bits flip, bytes change, files are cut short, blocks are zeroed, files vanish or are those of another generation or
index; before the index is opened, and while it is open. Files that are open are damaged in a process of its own: were
it to die of it, that would be a finding. Each damage must be found by `check` too, and what is silently wrong, an
exception of another kind, a hang or a crash ends the run with status 1.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import newsearch
from newsearch import IndexDamaged, NewsearchError
from newsearch.index.manifest import read_manifest
from newsearch.index.storage import Storage
from tests.faults.bit_rot_index import build, questions, small_measures

#: Seconds that one damage may keep the index busy.
LONGEST = 20.0
# Long before anything here: a change is seen by the time of the file.
_LONG_AGO = 1_500_000_000

Damage = Callable[[Path, random.Random], str]


@dataclass
class Tally:
    """What became of the damages, by kind; `wrong` says in words what must not be."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def lines(self) -> Iterator[str]:
        for (kind, outcome), count in sorted(self.outcomes.items()):
            yield f"{kind:>24}  {outcome:<40} {count:>7,}"
        yield f"slowest {self.slowest:.1f} s, {len(self.wrong)} wrong"


def flip(path: Path, rng: random.Random) -> str:
    """One bit of a file, or one byte, is another."""
    content = bytearray(path.read_bytes())
    at = rng.randrange(len(content))
    change = 1 << rng.randrange(8) if rng.random() < 0.5 else rng.randrange(1, 256)
    _poke(path, at, bytes([content[at] ^ change]))
    return f"byte {at} ^ {change}"


def cut(path: Path, rng: random.Random) -> str:
    size = rng.randrange(path.stat().st_size)
    os.truncate(path, size)
    return f"cut to {size}"


def zero(path: Path, rng: random.Random) -> str:
    """A stretch of a file is zeros, as where a block of a disk was lost."""
    size = path.stat().st_size
    while True:
        block = rng.choice([64, 512, 4096])
        at = rng.randrange(size) // block * block
        content = path.read_bytes()[at : at + block]
        if any(content):
            _poke(path, at, bytes(len(content)))
            return f"{len(content)} zeros at {at}"


def remove(path: Path, rng: random.Random) -> str:
    path.unlink()
    return "removed"


def _poke(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


class Subject:
    """An index that is damaged and made whole again, over and over."""

    def __init__(self, folder: Path) -> None:
        self.folder = build(folder / "index")
        other = build(folder / "other", seed=2)
        storage = Storage(self.folder)
        manifest = read_manifest(storage)
        assert manifest
        names = [f"manifest-{manifest.generation:010}.json", *(entry.name for entry in manifest.files())]
        self.names = sorted(names)
        self.contents = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        self.others = {path.name: path.read_bytes() for path in other.iterdir()}
        self.heal()
        self.expected = self.asked()
        # Without the newest manifest it is the index of the generation before: nothing tells that there was another.
        (self.folder / names[0]).unlink()
        self.before = self.asked()
        self.heal()

    def heal(self) -> None:
        """Every file is what it was."""
        for path in self.folder.iterdir():
            if path.name not in self.contents:
                path.unlink()
        for name, content in self.contents.items():
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != content:
                path.unlink(missing_ok=True)
                path.write_bytes(content)
            os.utime(path, (_LONG_AGO, _LONG_AGO))

    def asked(self, between: Callable[[], None] = lambda: None, before: int = 0) -> str:
        """What the index answers; `between` happens when it is open, and after so many questions."""
        with newsearch.open(self.folder) as index:
            answers = []
            for number, question in enumerate(questions(index)):
                if number == before:
                    between()
                answers.append(repr(question()))
            return "\n".join(answers)

    def swaps(self) -> Iterator[tuple[str, bytes]]:
        """Each file, and every other content that a file of its kind has in this index or the other."""
        for name in self.names:
            kind = name.split("-")[0]
            for contents in (self.contents, self.others):
                for other, content in contents.items():
                    if other.startswith(kind) and content != self.contents[name]:
                        yield name, content


def run_one(
    subject: Subject, kind: str, name: str, act: Callable[[], str], tally: Tally, opened: bool = False, before: int = 0
) -> None:
    """One damage: what the index answers, what check says, and whether that is well. An open index is damaged after so
    many questions."""
    started = time.perf_counter()
    what = ""

    def damage() -> None:
        nonlocal what
        what = act()
        if opened:
            time.sleep(0.0015)

    try:
        if opened:
            answer = subject.asked(damage, before)
        else:
            damage()
            answer = subject.asked()
        outcome = "not needed, nothing wrong" if answer == subject.expected else "WRONG ANSWER"
        if answer == subject.before and what == "removed" and name.startswith("manifest"):
            outcome = "the generation before, whole"
    except IndexDamaged as error:
        # Another manifest is whole: it is the files that are not those it means.
        named = (error.file == name or (kind == "swap" and name.startswith("manifest"))) and error.offset >= 0
        outcome = "error, file and offset" if named else "ERROR ABOUT ANOTHER FILE"
    except NewsearchError as error:
        outcome = f"{type(error).__name__}"
    except Exception as error:
        outcome = f"EXCEPTION {type(error).__name__}: {error}"
    if outcome != "the generation before, whole":
        outcome += _checked(subject.folder)
    seconds = time.perf_counter() - started
    tally.slowest = max(tally.slowest, seconds)
    if seconds > LONGEST:
        outcome += ", HANGS"
    tally.outcomes[kind, outcome] += 1
    if any(word.isupper() and len(word) > 4 for word in outcome.split()):
        tally.wrong.append(f"{kind} {name}: {what}: {outcome}")
    subject.heal()


def _checked(folder: Path) -> str:
    """What is wrong with what `check` says of a damaged index, "" for nothing."""
    try:
        return "" if newsearch.check(folder, quick=True) else ", CHECK FINDS NOTHING"
    except NewsearchError as error:
        return f", check: {type(error).__name__}"
    except Exception as error:
        return f", CHECK FAILS {type(error).__name__}: {error}"


def campaign(subject: Subject, seed: int, counts: dict[str, int], opened: bool = False) -> Tally:
    """So many damages of each kind at random places of random files; and each file removed and swapped."""
    tally = Tally()
    rng = random.Random(seed)
    kinds: dict[str, Damage] = {"flip": flip, "cut": cut, "zero": zero, "remove": remove}
    for kind, count in counts.items():
        for _ in range(count):
            name = rng.choice(subject.names)
            act = kinds[kind]
            run_one(subject, kind, name, partial(act, subject.folder / name, rng), tally, opened, rng.randrange(50))
    return tally


def removals_and_swaps(subject: Subject) -> Tally:
    tally = Tally()
    for name in subject.names:
        run_one(subject, "remove", name, partial(remove, subject.folder / name, random.Random(0)), tally)
    for name, content in subject.swaps():

        def swap(name: str = name, content: bytes = content) -> str:
            (subject.folder / name).write_bytes(content)
            return "swapped"

        run_one(subject, "swap", name, swap, tally)
    return tally


def in_a_child(seed: int, counts: dict[str, int]) -> tuple[int, str]:
    """Damages open files in a process of its own: its exit status (negative: the signal that killed it) and output."""
    command = [sys.executable, "-m", "tests.faults.bit_rot", "--child", "--seed", str(seed)]
    command += [f"--{kind}s={count}" for kind, count in counts.items()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=7200, cwd=Path(__file__).parents[2])
    return done.returncode, done.stdout + done.stderr


@contextmanager
def subject() -> Iterator[Subject]:
    with tempfile.TemporaryDirectory() as folder, small_measures():
        yield Subject(Path(folder))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--flips", type=int, default=20_000)
    parser.add_argument("--cuts", type=int, default=2_000)
    parser.add_argument("--zeros", type=int, default=2_000)
    parser.add_argument("--open", type=int, default=3_000, help="damages to open files")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--child", action="store_true", help="damage open files, in this process")
    options = parser.parse_args()
    counts = {"flip": options.flips, "cut": options.cuts, "zero": options.zeros}
    print(f"seed {options.seed}", flush=True)
    with subject() as one:
        if options.child:
            tally = campaign(one, options.seed, counts, opened=True)
            print(*tally.lines(), *tally.wrong[:20], sep="\n")
            return int(bool(tally.wrong))
        failed = False
        started = time.perf_counter()
        for title, tally in (
            ("before opening", campaign(one, options.seed, counts)),
            ("files removed and swapped", removals_and_swaps(one)),
        ):
            print(f"== {title}", *tally.lines(), *tally.wrong[:20], sep="\n", flush=True)
            failed |= bool(tally.wrong)
    share = options.open // 4
    status, output = in_a_child(options.seed, {"flip": options.open - 2 * share, "cut": share, "zero": share})
    print("== while open", output, f"exit status {status}", f"{time.perf_counter() - started:.0f} s", sep="\n")
    return int(failed or status != 0)


if __name__ == "__main__":
    sys.exit(main())
