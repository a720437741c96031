"""What the campaigns stand on: Storage is the only way to an index's files, the tap misses nothing, the disk forgets
what it may forget."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import newsearch

from .power_loss import _named
from .power_loss_disk import SECTOR, Disk, Shelf, key_of
from .power_loss_steps import record, record_processes, small_limits, steps
from .recording import Call, Counting, Recorder, tapped
from .small_corpus import article, small_words

# Storage is the only door

_AUDITED = '''
import os
import sys
from pathlib import Path
from newsearch.index import segment_writer, writer
from newsearch.index.storage import Storage
folder, log = sys.argv[1:] if len(sys.argv) > 2 else ("", "")

class AuditedStorage(Storage):
    """Writes down each access to the folder that does not come from newsearch.index.storage."""
    def __init__(self, folder, log):
        super().__init__(folder)
        self.log = log
        self.audit()
    def __setstate__(self, state):
        self.__dict__.update(state)
        self.audit()
    def audit(self):
        folder, log = str(self.folder), open(self.log, "a")
        def look(event, arguments):
            if event.startswith(("open", "os.", "shutil.", "tempfile.")):
                names = [str(each) for each in arguments if isinstance(each, (str, Path))]
                if any(name.startswith(folder) for name in names):
                    frame, files = sys._getframe(1), []
                    while frame:
                        files.append(frame.f_code.co_filename)
                        frame = frame.f_back
                    through = any(file.endswith("newsearch/index/storage.py") for file in files)
                    print("through" if through else "past", os.getpid(), event, *names, files[:3], file=log, flush=True)
        sys.addaudithook(look)
'''

_USE = """
import audited, newsearch
from newsearch.article import Article
from newsearch.build import add_articles, index_files
from newsearch.library import Index
from newsearch.index.reader import open_or_new
segment_writer._PARALLEL_FROM, segment_writer._BATCH, segment_writer._SEGMENT_CHARACTERS = 1, 1, 60
storage = audited.AuditedStorage(folder, log)
for number in range(5):
    add_articles(storage, [{"id": f"{number}", "title": "台风", "body": "渔船回港"}])
with writer.open_writer(storage, jobs=2) as opened:
    for number in range(12):
        opened.add(Article(f"b{number}", "台风", "渔船回港，学校停课。" * 9))
    opened.commit()
with Index(storage, open_or_new(storage)) as index:
    assert index.check(quick=True) == []
    assert index.search("渔船", limit=100).total == 17
    index.delete(["0"])
    index.stats()
    index_files(storage, [os.path.dirname(folder) + "/corpus"], rebuild=True, jobs=1)
"""


def test_storage_is_the_only_way_to_the_files(tmp_path: Path) -> None:
    """Also for worker processes, merges and rebuilding."""
    (tmp_path / "audited.py").write_text(_AUDITED, "utf-8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("台风消息\n\n渔船回港。", "utf-8")
    code = "from audited import *\nfrom audited import folder, log, writer\n" + _USE
    path = os.pathsep.join([str(tmp_path), *(entry for entry in sys.path if entry)])
    command = [sys.executable, "-c", code, str(tmp_path / "index"), str(tmp_path / "log")]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    log = (tmp_path / "log").read_text("utf-8").splitlines()
    assert len([line for line in log if line.startswith("through")]) > 100
    assert len({line.split()[1] for line in log}) == 3  # this process and two workers
    assert [line for line in log if line.startswith("past")] == []


# The tap


def test_what_is_recorded_makes_the_same_folder(tmp_path: Path) -> None:
    """Nothing that changes the folder is missed, in this process or in others."""
    folder = tmp_path / "index"
    disk = Disk()
    with small_limits(), small_words(tmp_path):
        recorded = record(folder, steps(tmp_path / "corpus"))
        recorded.append(record_processes(folder, tmp_path / "log"))
    for call in (call for each in recorded for call in each.calls):
        disk.apply(call)
    assert disk.visible() == {path.name: path.read_bytes() for path in folder.iterdir()}
    names = {call.name.split("-")[0] for each in recorded for call in each.calls if call.kind == "create"}
    assert names == {"lock", "manifest", "segment", "deletions", "dictionary", "sources", "texts"}
    workers = [call for call in recorded[-1].calls if any("lanes._answer" in place for place in call.site)]
    assert {"create", "write", "sync"} <= {call.kind for call in workers}
    assert any("LocalLane" in place or "lanes.merge" in place for call in workers for place in call.site)


def test_a_tap_may_refuse_and_shorten(tmp_path: Path) -> None:
    class Half(Recorder):
        def before(self, call: Call, /) -> int | None:  # type: ignore[override]
            return len(call.data) // 2 if call.kind == "write" and call.name == "a" and not self.calls[1:] else None

    half = Half()
    storage = newsearch.index.storage.Storage(tmp_path)
    with tapped(tmp_path, half):
        storage.write("a", lambda file: file.write(b"0123456789"))
    assert [(call.kind, call.offset, call.data) for call in half.calls] == [
        ("create", 0, b""),
        ("write", 0, b"01234"),
        ("write", 5, b"56789"),
        ("sync", 0, b""),
    ]


def test_a_tap_is_gone_afterwards(tmp_path: Path) -> None:
    counting = Counting()
    with tapped(tmp_path / "index", counting):
        newsearch.open(tmp_path / "index", create=True)
    seen = len(counting.kinds)
    assert seen > 20
    newsearch.open(tmp_path / "index")
    assert len(counting.kinds) == seen


# The disk


def made(*calls: tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, int, bytes]) -> Disk:
    disk = Disk()
    for call in calls:
        disk.apply(Call(*call))
    return disk


def found(disk: Disk, times: int = 300) -> list[dict[str, bytes] | None]:
    """Every state in which a disk is found, as far as trying shows."""
    rng = random.Random(4)
    states = [disk.after_power_loss(rng) for _ in range(times)]
    return list({key_of(state): state and dict(state) for state in states}.values())


def test_what_was_synced_is_there() -> None:
    disk = made(("create", "a"), ("write", "a", "", 0, b"news"), ("sync", "a"), ("sync", "."))
    assert found(disk) == [{"a": b"news"}]


def test_a_name_that_was_not_synced_may_be_gone() -> None:
    disk = made(("create", "a"), ("write", "a", "", 0, b"news"), ("sync", "a"))
    assert sorted(map(repr, found(disk))) == ["{'a': b'news'}", "{}"]


def test_bytes_that_were_not_synced_may_be_anything() -> None:
    disk = made(("create", "a"), ("write", "a", "", 0, b"news"), ("sync", "."))
    contents = {state["a"] for state in found(disk) if state is not None}
    assert {b"", bytes(4), b"n", b"ne", b"new", b"news"} < contents
    assert all(len(content) <= 4 for content in contents)


def test_a_later_sector_may_be_there_without_an_earlier_one() -> None:
    disk = made(
        ("create", "a"), ("sync", "."), ("write", "a", "", 0, b"a" * SECTOR), ("write", "a", "", SECTOR, b"b" * SECTOR)
    )
    assert {"a": bytes(SECTOR) + b"b" * SECTOR} in found(disk, 3000)


def test_renames_and_removals_come_about_each_on_its_own() -> None:
    disk = made(("create", "a"), ("create", "b"), ("sync", "a"), ("sync", "b"), ("sync", "."))
    for call in (Call("rename", "a", "c"), Call("remove", "b")):
        disk.apply(call)
    assert {"".join(sorted(state)) for state in found(disk) if state is not None} == {"ab", "bc", "a", "c"}


def test_a_new_folder_may_be_gone_until_the_one_above_is_synced() -> None:
    calls = [("mkdir", ".."), ("mkdir", "."), ("create", "a"), ("sync", "a"), ("sync", ".")]
    assert None in found(made(*calls))
    assert None in found(made(*calls, ("sync", "..")))
    assert None in found(made(*calls, ("sync", "../..")))
    assert found(made(*calls, ("sync", ".."), ("sync", "../.."))) == [{"a": b""}]


def test_states_are_put_into_folders(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    first, second = shelf.put({"a": b"1", "lock": b"7"}), shelf.put({"a": b"1", "b": b""})
    (first / "lock").write_bytes(b"8")
    assert {path.name: path.read_bytes() for path in second.iterdir()} == {"a": b"1", "b": b""}
    assert not shelf.put(None).exists()


def test_a_state_is_known_by_what_is_in_it() -> None:
    state = {"a": b"1", "b": b"2", "lock": b"3"}
    assert key_of(state) == key_of({"b": b"2", "a": b"1", "lock": b"4"})
    others = [{"a": b"2", "b": b"1"}, {"a": b"1"}, {"a": b"1", "c": b"2"}, {}, None, {"a": b"1b", "b": b"2"}]
    assert len({key_of(other) for other in (state, *others)}) == len(others) + 1


def test_answers_depend_on_what_the_newest_manifest_names() -> None:
    state = {"manifest-0000000001.json": b"", "manifest-0000000002.json": b"has segment-2", "segment-2": b"", "x": b""}
    assert set(_named(state) or {}) == {"manifest-0000000002.json", "segment-2"}


@pytest.mark.parametrize("number", range(20))
def test_articles_differ(number: int) -> None:
    assert article(number) != article(number, 1) != article(number + 1)
