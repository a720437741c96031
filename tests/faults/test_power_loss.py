"""A slice of `make power-loss`, and the proof that it would notice a sync that is not made."""

from __future__ import annotations

import inspect
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from newsearch.index.storage import Storage

from .power_loss import Campaign, campaign
from .power_loss_steps import Recorded
from .recording import Call

STATES = 5_000
#: States within which a missing sync has to show.
MOST = 20_000

#: Each sync that the index makes: the functions that make it, and of which file.
SYNCS = {
    "a segment": ("write", "segment"),
    "a segment's deletions": ("write", "deletions"),
    "the dictionary": ("write", "dictionary"),
    "the sources": ("write", "sources"),
    "the dictionary of texts": ("write", "texts"),
    "the manifest": ("write", "manifest"),
    "the folder before the manifest has its name": ("publish 1", "."),
    "the folder after the manifest has its name": ("publish 2", "."),
    "the folder if nothing has changed": ("_commit", "."),
    "the folders above": ("create_folder", ".."),
}


@pytest.fixture(scope="module")
def running() -> Iterator[Campaign]:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    with campaign(seed) as running:
        yield running


def syncs(recorded: list[Recorded]) -> dict[Call, tuple[str, str]]:
    """The syncs that were recorded, each with what tells it from the others, as in SYNCS."""
    calls = [call for each in recorded for call in each.calls if call.kind == "sync"]
    return {call: told(call) for call in calls}


def told(call: Call) -> tuple[str, str]:
    return maker(call), ".." if call.name.startswith("..") else call.name.split("-")[0]


def maker(call: Call) -> str:
    """The function of the index that wanted a sync; for one that wants two, which of them."""
    functions = [place.split(":") for place in call.site]
    name, line = next((name.split(".")[1], int(line)) for name, line in reversed(functions) if name not in _SYNCING)
    lines, first = _lines_of(name)
    order = [number for number, text in enumerate(lines, first) if "self.sync_folder()" in text]
    return f"{name} {order.index(line) + 1}" if len(order) > 1 else name


_SYNCING = ("storage._sync", "storage.sync_folder")


def _lines_of(function: str) -> tuple[list[str], int]:
    owner = getattr(Storage, function, None)
    return inspect.getsourcelines(owner) if owner else ([], 0)


def test_no_state_after_a_power_loss_loses_an_acknowledged_article(running: Campaign) -> None:
    violations = [str(violation) for violation in running.run(STATES)]
    print(f"{len(running.judge.known)} different states of {STATES}")
    assert violations == []
    assert len(running.judge.known) > STATES // 20


def test_every_sync_of_the_index_is_known(running: Campaign) -> None:
    assert set(syncs(running.recorded).values()) == set(SYNCS.values())


@pytest.mark.parametrize("sync", SYNCS)
def test_a_missing_sync_is_noticed(running: Campaign, sync: str) -> None:
    """The same recording without this sync must lead to a state that loses something."""

    def left_out(call: Call) -> bool:
        return call.kind == "sync" and told(call) == SYNCS[sync]

    lossy = replace(running, left_out=left_out)
    assert next(lossy.run(MOST), None) is not None
