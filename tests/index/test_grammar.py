"""FORMAT.md names what is in the files of an index, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsearch import codec
from newsearch.article import Article
from newsearch.codec import builder
from newsearch.index.manifest import FORMAT
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer

GRAMMAR = Path(codec.__file__).with_name("FORMAT.md").read_text("utf-8")
# What letters in the table stand for.
KINDS = {"K": ("word", "bigram", "title"), "B": ("bigram", "title")}


def named_columns() -> set[str]:
    rows = re.findall(r"^\| (`[^|]+`) \|", GRAMMAR.split("## Segment")[1].split("## ")[0], re.MULTILINE)
    names = [name.split(".") for row in rows for name in re.findall("`([^`]+)`", row)]
    return {f"{one}.{column}" for kind, column in names for one in KINDS.get(kind, (kind,))}


def test_it_is_of_this_format() -> None:
    assert f"format {FORMAT}\n" in GRAMMAR


def test_every_column_is_named(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "CHAMPIONS_FROM", 70)
    with open_writer(storage) as opened:
        for number in range(80):
            opened.add(Article(str(number), "台风登陆", "第6号台风。"))
        opened.commit()
    reader = open_reader(storage)
    assert reader is not None
    (segment,) = reader.segments
    assert set(segment.file.names()) == named_columns()
    assert set(segment.file.facts) == {"documents", "reference"}
    assert segment.word("台风").champions() is not None  # type: ignore[union-attr]
