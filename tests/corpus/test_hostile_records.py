"""Files made to exhaust whoever reads them: each is refused, or read, within 5 seconds and 256 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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

_CHILD = """
import json, re, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
import numpy  # its memory is not what is measured
from one_file import NoWords
from newsearch.article import Article
from newsearch.corpus import Account, Reading, find_files, read_file
path = Path({path!r})
with path.open("wb") as stream:
    write = stream.write
    sparse = lambda size: stream.truncate(stream.tell() + size)
    {make}
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
print(json.dumps([articles, rejections, reason, time.process_time() - started, peak / 1024]))
"""


@pytest.mark.parametrize("name", FILES)
def test_it_is_read_or_refused_at_once(name: str, tmp_path: Path) -> None:
    code = _CHILD.format(tests=str(Path(__file__).parent), path=str(tmp_path / name), make=FILES[name])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, env=environment)
    assert done.returncode == 0, done.stderr
    articles, rejections, reason, seconds, megabytes = json.loads(done.stdout)
    print(f"{name}: {articles} articles, {rejections} rejections, {seconds:.1f} s, {megabytes:.0f} MB: {reason[:90]}")
    assert articles or rejections
    assert seconds < _SECONDS
    assert megabytes < _MEGABYTES
