"""The READMEs say what is so: their example runs, and every command and option stands in both."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newsearch.cli import cli

READMES = ("README.md", "README.zh-CN.md")


@pytest.fixture
def workplace(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(root / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", READMES)
def test_the_first_example_shows_what_is_printed(root: Path, workplace: Path, name: str) -> None:
    example = re.search(r"^\$ newsearch (search .+)\n((?:.+\n)+?)```", (root / name).read_text("utf-8"), re.MULTILINE)
    assert example
    assert CliRunner().invoke(cli, ["index"]).exit_code == 0
    printed = CliRunner().invoke(cli, example[1].split())
    shown = re.sub(r"\(.* ms\)", "(… ms)", example[2])
    assert shown == re.sub(r"\(.* ms\)", "(… ms)", printed.stderr) + printed.stdout


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_runs(root: Path, workplace: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = re.search(r"```python\n(.*?)```", (root / name).read_text("utf-8"), re.DOTALL)
    assert code
    exec(compile(code[1], name, "exec"), {})  # noqa: S102
    assert "乡村振兴" in capsys.readouterr().out


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_is_named(root: Path, name: str) -> None:
    text = (root / name).read_text("utf-8")
    context = click.Context(cli)
    commands = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    missing = [command for command in commands if not re.search(rf"`(?:newsearch )?{command}\b", text)]
    params = [param for command in commands.values() if command for param in command.params]
    options = {option for param in params for option in param.opts if option[:2] == "--"}
    missing += [option for option in sorted(options) if option not in text]
    assert missing == []


def test_the_two_tell_each_other(root: Path) -> None:
    english, chinese = ((root / name).read_text("utf-8") for name in READMES)
    assert READMES[1] in english
    assert READMES[0] in chinese
    blocks = [re.findall(r"```console\n(.*?)```", text, re.DOTALL) for text in (english, chinese)]
    commands = [[re.sub(r"\s+#.*", "", line) for block in side for line in block.splitlines()] for side in blocks]
    assert commands[0] == commands[1]


def test_make_demo_and_test_are_there(root: Path) -> None:
    makefile = (root / "Makefile").read_text("utf-8")
    targets = ("demo", "test", "test-whoosh-original", "lint", "bench")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
