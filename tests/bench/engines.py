"""The engines that can be measured, by the name they are asked for. Each is imported only when it is used."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from .engine import Engine


class Listed(NamedTuple):
    """`package` must be installed; above `most` articles the engine is left out."""

    label: str
    module: str
    package: str
    most: int | None = None


LISTED = {
    "newsearch": Listed("newsearch", "with_newsearch", "newsearch"),
    # On two processors, segmenting in the feeding process and in a pool of two took the same time (5,000 articles: 0.97
    # and 0.96 s, best of six): Tantivy's threads use what the feeding leaves. The first needs less memory and is taken;
    # with more processors or articles, measure both and quote the better.
    "tantivy": Listed("Tantivy", "with_tantivy", "tantivy"),
    "tantivy-pool": Listed("Tantivy, pool", "with_tantivy_pool", "tantivy"),
    "fts5": Listed("SQLite FTS5", "with_fts5", "sqlite3"),
    # Its building takes longer than everything else together beyond this.
    "whoosh": Listed("stock Whoosh", "with_whoosh", "whoosh", 20_000),
}


def load(name: str) -> Engine:
    engine: Engine = import_module(f".{LISTED[name].module}", __package__).ENGINE
    return engine


def why_left_out(name: str, articles: int) -> str:
    """Why an engine cannot be measured here with so many articles, "" if it can."""
    listed = LISTED[name]
    if find_spec(listed.package) is None:
        return f"{listed.label} is left out: install it with `pip install '.[bench]'`"
    if listed.most is not None and articles > listed.most:
        return f"{listed.label} is left out: it is measured up to {listed.most:,} articles"
    return ""
