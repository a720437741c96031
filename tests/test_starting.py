"""A command starts quickly: it loads what it needs, and ends when it has said all."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

import newsearch
from newsearch.cli.group import _WHERE, cli

ARTICLE = '{"id": "1", "title": "台风", "body": "渔船回港。"}\n'


def run(code: str, *arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starting")
    with newsearch.open(folder / "index", create=True) as opened:
        opened.add([{"id": "1", "title": "台风", "body": "渔船回港。"}])
    return folder / "index"


_LOADED = """
import os, sys
from newsearch.cli.run import _status
status = _status(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.stderr.flush()
os._exit(status)
"""
_HEAVY = ("whoosh.analysis.morph", "whoosh.lang.porter", "newsearch.corpus", "jieba", "logging", "rich", "csv", "lxml")


def test_a_search_loads_little(index: Path) -> None:
    done = run("import newsearch.cli" + _LOADED, "--index", index, "search", "台风")
    assert (done.returncode, "台风" in done.stdout) == (0, True)
    loaded = done.stderr.split()
    assert "whoosh.query" in loaded
    assert [name for name in _HEAVY if name in loaded] == []


def test_the_library_is_loaded_when_it_is_used() -> None:
    done = run("import sys, newsearch; print('numpy' in sys.modules); newsearch.open; print('numpy' in sys.modules)")
    assert done.stdout.split() == ["False", "True"]


def test_what_whoosh_postpones_is_there_when_it_is_asked_for() -> None:
    code = (
        "import sys, newsearch.cli, whoosh.query; print('whoosh.analysis.filters' in sys.modules)\n"
        "from whoosh.analysis import StemmingAnalyzer; print([t.text for t in StemmingAnalyzer()('winds rising')])\n"
        "import whoosh.analysis; print(hasattr(whoosh.analysis, 'nothing'))"
    )
    assert run(code).stdout.splitlines() == ["False", "['wind', 'rise']", "False"]


def test_a_package_that_is_loaded_already_is_left_alone() -> None:
    code = "import whoosh.analysis as before, newsearch.cli, whoosh.analysis as after; print(before is after)"
    assert run(code).stdout.strip() == "True"


def test_every_command_is_where_it_is_said_to_be() -> None:
    for module in set(_WHERE.values()):
        import_module(f"newsearch.cli.{module}")
    assert set(cli.commands) == set(_WHERE)
    for name, command in cli.commands.items():
        assert command.callback is not None
        assert command.callback.__module__ == f"newsearch.cli.{_WHERE[name]}" or "click" in command.callback.__module__
    assert cli.get_command(click.Context(cli), "nothing") is None


_MAIN = "from newsearch.cli import main; main()"


def test_all_that_was_said_arrives_before_the_end(tmp_path: Path) -> None:
    """Though the process ends without Python's own goodbye."""
    (tmp_path / "wire.jsonl").write_text(ARTICLE, "utf-8")
    read = run(_MAIN, "read", tmp_path / "wire.jsonl")
    assert (read.returncode, read.stdout.count("渔船回港")) == (0, 1)
    missing = run(_MAIN, "--index", tmp_path / "none", "search", "台风")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("error: ")
    assert missing.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file here that is always full")
def test_what_cannot_be_written_is_an_error(index: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", _MAIN, "--index", index, "search", "--json", "台风"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=os.environ,
        )  # fmt: skip
    assert done.returncode == 2
    assert "cannot write the output" in done.stderr
