"""What fuzzing ever found, its seeds, and a few seconds of bytes at random: the promise holds for all of them."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import __main__ as driver
from . import promise
from .envelopes import PACKERS, in_tar, pdf, tarred, zipped
from .mutation import mutated, swollen
from .targets import TARGETS, Target, Way

FOUND = Path(__file__).with_name("found")
#: Files made at random for a parser; those that begin a process take a tenth of a second each.
MUTATIONS, PROCESSES = 60, 5


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with promise.scratch_folder() as name:
        yield Path(name)


def whole_files(target: Target) -> Iterator[tuple[str, bytes]]:
    for seed in target.seeds():
        way, part = target.split(seed)
        yield way.name, way.wrap(part)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_read(name: str, folder: Path) -> None:
    """Most of the files that fuzzing begins with give articles: else it would only see how files are refused."""
    outcomes = [promise.hold(folder, *file) for file in whole_files(TARGETS[name])]
    assert outcomes.count("read") > len(outcomes) // 2


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_stays_mended(path: Path, folder: Path) -> None:
    """A file is named CASE-NAME: it is read under its NAME."""
    assert path.parent.name in TARGETS
    promise.hold(folder, path.name.split("-", 1)[1], path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_bytes_at_random(name: str, folder: Path, tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(f"{seed} {name}")
    target = TARGETS[name]
    seeds = target.seeds()
    for number in range(PROCESSES if name == "pdf" else MUTATIONS):
        way, part = target.split(rng.choice(seeds))
        change = swollen if number % 20 == 19 else None
        part = swollen(rng, part, target.words, 1 << 14) if change else mutated(rng, part, seeds, target.words)
        content = way.wrap(part)
        try:
            promise.hold(folder, way.name, content)
        except Exception as error:
            kept = tmp_path / f"{number}-{way.name}"
            kept.write_bytes(content)
            raise AssertionError(f"{kept} breaks the promise") from error


def test_a_broken_promise_is_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_paths: object, **_options: object) -> list[object]:
        return []

    with monkeypatch.context() as patched:
        patched.setattr(promise.newsearch, "read_articles", nothing)
        with pytest.raises(promise.Broken, match="neither an article nor a rejection"):
            promise.hold(folder, "a.txt", b"a")
    with monkeypatch.context() as patched:
        patched.setattr(promise, "SECONDS", -1.0)
        with pytest.raises(promise.Broken, match="took"):
            promise.hold(folder, "a.txt", b"a")
    assert list(folder.iterdir()) == []


def test_settings_are_used_or_refused(folder: Path) -> None:
    assert promise.hold(folder, "newsearch.toml", b"") == "read"
    assert promise.hold(folder, "newsearch.toml", b"colour = 1") == "refused"
    assert list(folder.iterdir()) == []


def test_the_first_byte_chooses_the_way() -> None:
    ways = [Way("a", bytes, lambda: [b"x"]), Way("b", bytes, lambda: [b"y", b""])]
    target = Target(ways)
    assert target.seeds() == [b"\0x", b"\1y", b"\1"]
    assert [target.split(data) for data in (b"", b"\0x", b"\3z")] == [(ways[0], b""), (ways[0], b"x"), (ways[1], b"z")]


def test_mutations_are_the_same_for_the_same_seed() -> None:
    def made() -> list[bytes]:
        rng = random.Random(7)
        return [mutated(rng, b"abc", [b"xyz"], [b"<p>"]) for _ in range(200)] + [swollen(rng, b"abc", [b"<p>"], 90)]

    assert made() == made()
    assert len(set(made())) > 100
    assert 80 <= len(made()[-1]) <= 90


def test_envelopes_are_the_same_every_time() -> None:
    assert zipped({"a": b"b"}) == zipped({"a": b"b"})
    assert all(pack(b"a" * 99) == pack(b"a" * 99) for pack in PACKERS.values())
    assert in_tar(tarred({"a": b"b"})).startswith(tarred({"a": b"b"})[:512])
    assert pdf(b"BT ET").count(b" obj\n") == 7


def test_words_as_libfuzzer_reads_them() -> None:
    assert driver.escaped(b'a1"\\\n\xe6') == "a1\\x22\\x5c\\x0a\\xe6"


def test_without_atheris_it_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "argv", ["fuzz"])
    assert driver.main() == 2
    assert "fuzzing needs atheris, which cannot be had for this Python" in capsys.readouterr().err


def test_a_parser_that_is_unknown() -> None:
    command = [sys.executable, "-m", "fuzz", "--target", "paper"]
    run = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True)
    assert run.returncode == 2
    assert "invalid choice: 'paper'" in run.stderr
