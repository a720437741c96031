"""An index that is closed, or that was opened by the parent of a forked process: every use of it is refused, and says
what to do."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch import Index, IndexNotOpen

USES: dict[str, Callable[[Index], Any]] = {
    "__len__": len,
    "__iter__": list,
    "generation": lambda index: index.generation,
    "refresh": lambda index: index.refresh(),
    "search": lambda index: index.search("台风"),
    "explain": lambda index: index.explain(FOUND, FOUND.hits[0]),
    "explain_query": lambda index: index.explain_query("台风", "1"),
    "similar": lambda index: index.similar("1"),
    "suggest": lambda index: index.suggest("台"),
    "keywords": lambda index: index.keywords(id="1"),
    "trends": lambda index: index.trends(),
    "get": lambda index: index.get("1"),
    "copies": lambda index: index.copies("1"),
    "export": lambda index: index.export(),
    "add": lambda index: index.add([{"id": "2", "title": "渔船"}]),
    "add_files": lambda index: index.add_files("."),
    "add_words": lambda index: index.add_words(["避风港"]),
    "delete": lambda index: index.delete(["1"]),
    "stats": lambda index: index.stats(),
    "check": lambda index: index.check(),
}
#: What is no use of the files.
FREE = {"__enter__", "__exit__", "__init__", "close", "folder"}
FOUND: newsearch.Results


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    global FOUND  # noqa: PLW0603
    with newsearch.open(tmp_path / "index", create=True) as opened:
        opened.add([{"id": "1", "title": "台风", "body": "渔船回港避风。"}])
        FOUND = opened.search("台风")
        yield opened


def test_every_use_is_listed() -> None:
    own = {name for name, _ in inspect.getmembers(Index) if name in vars(Index)}
    public = {name for name in own if not name.startswith("_") or name in ("__len__", "__iter__", "__enter__")}
    assert public - FREE == set(USES)


@pytest.mark.parametrize("name", USES)
def test_a_closed_index_is_refused(index: Index, name: str) -> None:
    USES[name](index) if name not in ("add_files", "delete") else None
    index.close()
    index.close()
    with pytest.raises(IndexNotOpen, match=r"it was closed; open it again: newsearch\.open") as caught:
        USES[name](index)
    assert caught.value.folder == str(index.folder)
    with newsearch.open(index.folder) as again:
        assert again.get("1").title == "台风"


def test_what_was_found_before_closing_can_be_read(index: Index) -> None:
    results = index.search("台风", facets=["month"])
    index.close()
    assert (results.total, results.suggestions) == (1, [])
    assert results.hits[0].snippet.text == "渔船回港避风。"


def test_a_thread_that_refreshes_does_not_open_what_another_closes(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = newsearch.library.open_or_new

    def closing(storage: Any) -> Any:
        index.close()
        return read(storage)

    monkeypatch.setattr(newsearch.library, "open_or_new", closing)
    index.refresh()
    with pytest.raises(IndexNotOpen):
        len(index)


def refused(index: Index) -> list[str]:
    """The uses that a process is refused. Opening anew is not."""
    names = []
    for name, use in USES.items():
        try:
            use(index)
        except IndexNotOpen as error:
            assert "forked" in str(error)
            names.append(name)
    with newsearch.open(index.folder) as own:
        assert [hit.id for hit in own.search("台风")] == ["1"]
        own.add([{"id": str(os.getpid()), "title": "渔船"}])
    index.close()  # as leaving a block does
    return names


def test_a_forked_process_opens_its_own(index: Index) -> None:
    with get_context("fork").Pool(2) as pool:
        assert pool.apply(_refused_there, [str(index.folder)]) == []  # nothing was open yet
    child = os.fork()
    if not child:
        try:
            os._exit(0 if refused(index) == list(USES) else 2)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert index.refresh()
    assert len(index) == 3


def _refused_there(folder: str) -> list[str]:
    with newsearch.open(folder) as own:
        assert own.add([{"id": "pool", "title": "台风过后"}]).total == 2
        own.delete(["pool"])
        own.add([{"id": "pool", "title": "出港"}])
        assert own.search("台风").total == 1
        return []
