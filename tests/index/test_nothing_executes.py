"""Nothing that an index holds is ever run: no pickle, no marshal, no code, no other program, no network.

Python itself says so: an audit hook (PEP 578) hears of every one of these. Hooks stay for good, so this goes on in a
process of its own. Everything is imported before by doing the same once with another index; what is heard after that
comes of the index.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

#: What must not be heard, by the beginnings of the names of events.
FORBIDDEN = (
    "pickle.", "marshal.load", "exec", "compile", "code.__new__", "function.__new__", "import", "ctypes.", "os.system",
    "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "subprocess.", "socket.", "shutil.", "urllib.", "webbrowser.",
)  # fmt: skip

_SCENARIO = """
import json, sys
from pathlib import Path
import newsearch
from newsearch.article import Article
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer

def live(folder):
    "Builds, merges, searches in every way and checks an index."
    with newsearch.open(folder, create=True) as index:
        # More than are cut with the word list at hand, then enough small additions to be merged.
        index.add([Article(str(n), f"台风第{n}号", "渔船回港，3月15日复课。", source="晚报") for n in range(80)])
    segments = []
    for n in range(5):
        with open_writer(Storage(folder), jobs=1) as writer:
            writer.add(Article(f"later {n}", "乡村学校", "学校复课，B站直播。", authors=("潘海燕",)))
            writer.delete(str(n))
            writer.commit()
        with newsearch.open(folder) as index:
            segments.append(index.stats().segments)
    with newsearch.open(folder) as index:
        found = 0
        for query in ("台风", "“回港，3”", "船", "标题:第*号", "来源:晚报 -台风", "作者:潘海燕", "日期:2024", "学校"):
            results = index.search(query)
            found += results.total
            for hit in results:
                hit.snippet.highlights, index.explain(results, hit)
        index.similar("9"), index.suggest("台"), index.get("9"), list(index), index.stats()
        assert index.check() == []
        assert found > 80, found
    assert min(segments[1:]) < max(segments), segments

live(sys.argv[1])

heard, armed = [], True
forbidden = tuple(json.loads(sys.argv[3]))

def hear(event, arguments):
    if armed and event.startswith(forbidden):
        heard.append([event, str(arguments[:1])[:200]])

sys.addaudithook(hear)
live(sys.argv[2])
of_the_index = list(heard)

# That the hook can hear:
heard.clear()
import marshal, os, pickle, socket, subprocess
from collections import OrderedDict
pickle.loads(pickle.dumps(OrderedDict()))
marshal.loads(marshal.dumps(1))
eval("1 + 1")
os.system("true")
subprocess.run(["true"])
socket.socket().close()
armed = False
print(json.dumps([of_the_index, sorted({event for event, _ in heard})]))
"""


def test_nothing_executes(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        _SCENARIO,
        str(tmp_path / "first"),
        str(tmp_path / "second"),
        json.dumps(FORBIDDEN),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    of_the_index, control = json.loads(done.stdout)
    assert of_the_index == []
    assert set(control) >= {
        "compile", "exec", "marshal.loads", "os.system", "pickle.find_class", "socket.__new__", "subprocess.Popen",
    }  # fmt: skip
