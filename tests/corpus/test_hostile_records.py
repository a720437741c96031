"""Files made to exhaust whoever reads them: each is refused, or read, within 5 seconds and 256 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_SECONDS = 5
_MEGABYTES = 256

#: What the child makes (`write` gets bytes; `sparse` makes the file so long without writing it) and how it is called.
FILES = {
    "deep lists.json": "write(b'[' * 100_000)",
    "deep objects.json": """write(b'{"a":' * 100_000)""",
    "deep article.json": """write(b'[{"title":"a","x":' + b'[' * 100_000 + b']' * 100_000 + b'}]')""",
    "deep lines.jsonl": """write((b'{"a":' * 100_000 + b'\\n') * 20)""",
    "zeros.json": "write(b'[{\"title\":\"a\"},'); sparse(1 << 30)",
    "zeros.csv": "write(b'title,body\\n'); sparse(1 << 30)",
    "zeros.jsonl": "write(b'{\"title\":\"a\"}\\n'); sparse(1 << 30)",
    "one string.json": """write(b'[{"title":"'); [write(b'a' * (1 << 20)) for _ in range(40)]""",
    "one line.jsonl": """write(b'{"title":"'); [write(b'a' * (1 << 20)) for _ in range(40)]""",
    "one line.csv": """write(b'title,body\\n'); [write(b'a' * (1 << 20)) for _ in range(40)]""",
    "one quoted cell.csv": """write(b'title,body\\nx,"'); [write((b'abc,' + b'd' * 996 + b'\\n') * 1000) for _ in range(20)]""",
    "many cells.csv": """write(b'title,body\\n' + b'aa,' * 5_000_000)""",
    "many columns.csv": """write(b'title,body,' + b'aa,' * 3_000_000 + b'\\n')""",
    "many values.json": """write(b'[' + b'{},' * 5_000_000 + b'{}]')""",
    "many values in one.json": """write(b'[{"title":"a","x":[' + b'{},' * 5_000_000 + b'{}]}]')""",
    "many values in one object.json": """write(b'{"title":"a","x":{' + b'"a":{"b":{}},' * 1_000_000 + b'"c":1}}')""",
    "many values in a line.jsonl": """write(b'{"title":"a","x":[' + b'{},' * 5_000_000 + b'{}]}')""",
    "many keys.json": """write(b'[' + b','.join(b'{"k%d":%d}' % (n, n) for n in range(200_000)) + b']')""",
    "huge numbers.json": """write(b'[' + (b'{"title":' + b'9' * 1_000_000 + b'},') * 10 + b'{"title":"a"}]')""",
    "huge dates.json": """write(b'[' + (b'{"headline":"a","date":"' + b'1' * 1_000_000 + b'"},') * 10 + b'{"title":"a"}]')""",
    "quotes.csv": """write(b'title,body\\n' + b'"x"y,\\n' * 50_000)""",
    "open quotes.csv": """write(b'title,body\\n' + b'"\\n' * 300_000)""",
    "closing braces.json": """write(b'[{"a":x}' + b'} ' * 2_000_000)""",
    "bad entries.json": """write(b'[' + b'{"title":x},' * 300_000 + b']')""",
    "spaces.json": """write(b'{"title":x}' + (b'}' + b' ' * 1000) * 10_000)""",
    "markup.json": """write(b'[{"title":"a","body":"' + b'<p>' * 4_000_000 + b'"}]')""",
    "references.md": """write(b'---\\n' + b''.join(b'a%d: &a%d [%s]\\n' % (n, n, b','.join([b'*a%d' % (n - 1)] * 10)) for n in range(1, 99)) + b'---\\nx')""",
    "deep yaml.md": """write(b'---\\na: ' + b'[' * 60_000 + b'\\n---\\nx')""",
    "deep toml.md": """write(b'+++\\na = ' + b'[' * 60_000 + b'\\n+++\\nx')""",
    "braces in yaml.md": """write(b'---\\na: ' + b'{a: ' * 15_000 + b'\\n---\\nx')""",
}  # fmt: skip

# Reads each file in a child of its own, which begins with what this process has: little, and all that is imported.
_READER = """
import json, os, re, signal, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
import numpy  # its memory is not what is measured
from any_file import NoWords
from newsearch.article import Article
from newsearch.corpus import Account, Reading, find_files, read_file

def told(path, make):
    with path.open("wb") as stream:
        sparse = lambda size: stream.truncate(stream.tell() + size)
        exec(make, {{"write": stream.write, "sparse": sparse, "os": os}})
    (file,) = find_files([path])
    started = time.process_time()
    articles = rejections = 0
    reason = ""
    for found in read_file(file, Reading(NoWords())):
        articles += isinstance(found, Article)
        if not isinstance(found, Article | Account):
            rejections += 1
            reason = reason or found.reason
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    return [articles, rejections, reason, time.process_time() - started, peak / 1024]

for line in sys.stdin:
    path, make = json.loads(line)
    child = os.fork()
    if not child:
        signal.alarm(100)
        print(json.dumps(told(Path(path), make)), flush=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        print(json.dumps(f"it ended with status {{status}}"), flush=True)
"""


@pytest.fixture(scope="module")
def reader() -> Iterator[subprocess.Popen[str]]:
    code = _READER.format(tests=str(Path(__file__).parent))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_or_refused_at_once(name: str, reader: subprocess.Popen[str], tmp_path: Path) -> None:
    told = ask(reader, tmp_path / name, FILES[name])
    assert isinstance(told, list), told
    articles, rejections, reason, seconds, megabytes = told
    print(f"{name}: {articles} articles, {rejections} rejections, {seconds:.1f} s, {megabytes:.0f} MB: {reason[:90]}")
    assert articles or rejections
    assert seconds < _SECONDS
    assert megabytes < _MEGABYTES


def ask(reader: subprocess.Popen[str], path: Path, make: str) -> object:
    """What a child said of a file that it has made, or how it ended."""
    assert reader.stdin and reader.stdout
    reader.stdin.write(json.dumps([str(path), make]) + "\n")
    reader.stdin.flush()
    return json.loads(reader.stdout.readline())


def test_what_takes_too_much_is_noticed(reader: subprocess.Popen[str], tmp_path: Path) -> None:
    """Memory is that of one file, not of those before it; a child that dies is not taken for an answer."""
    assert "status" in str(ask(reader, tmp_path / "a.csv", "os.kill(os.getpid(), 9)"))
    *_, large = ask(reader, tmp_path / "b.csv", "write(b'title\\nx\\n'); bytearray(400 << 20)")  # type: ignore[misc]
    *_, small = ask(reader, tmp_path / "c.csv", "write(b'title\\nx\\n')")  # type: ignore[misc]
    assert large > _MEGABYTES + 100 > small + 100
