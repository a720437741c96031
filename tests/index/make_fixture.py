"""Builds the small index that is kept with the tests, so that what was written once is still read:

    python -m tests.index.make_fixture

Run it when the format or the analyzer changes; the folders of earlier formats stay, to be refused. It has two segments,
a deletion and a source table; the word list is cut down to the words that occur, for the whole one is a hundred times
the rest.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from newsearch.article import Article
from newsearch.index.manifest import FORMAT
from newsearch.index.sources import Source
from newsearch.index.storage import LOCK, Storage
from newsearch.index.writer import open_writer
from newsearch.terms.dictionary import Dictionary, default_dictionary
from newsearch.terms.fold import fold

FOLDER = Path(__file__).with_name(f"format-{FORMAT}")

HARBOUR = Source("/clippings/harbour.txt", "harbour.txt", 312, 1_721_800_000_000_000_000, "0" * 32)

FIRST = [
    Article("harbour", "渔港连夜加固码头", "南风渐强，渔港的工人连夜加固码头。\n到清晨，一百二十艘渔船全部靠岸避风。",
            dt.date(2024, 7, 23), ("周渡",), "潮汐日报", "要闻", path="/clippings/harbour.txt", kicker="海边见闻"),
    Article("school", "山村小学的天文课", "没有望远镜，老师带着孩子们用纸筒看月亮。" + "月亮，月亮！" * 9,
            dt.date(2023, 9, 12), ("苏禾", "程野"), "潮汐日报", "教育"),
    Article("withdrawn", "一则撤回的消息", "渔港的消息已经撤回，不应再被找到。", dt.date(2024, 7, 22)),
]  # fmt: skip
SECOND = [
    Article("tea", "茶農的小程序", "茶農自己寫了小程序，3月15日上線，B站上有教程。",
            dt.date(2024, 3, 16), (), "山水週刊", url="https://news.example/tea"),
    Article("undated", "", "没有标题，也没有日期：码头的老照片。"),
]  # fmt: skip


def make(folder: Path) -> None:
    """Builds the index in an empty or absent folder."""
    storage = Storage(folder)
    with ExitStack() as patched:
        tiny = small_dictionary()
        ours = [module for name, module in sys.modules.items() if name.startswith("newsearch.")]
        for module in [module for module in ours if hasattr(module, "default_dictionary")]:
            patched.enter_context(patch.object(module, "default_dictionary", lambda: tiny))
        with open_writer(storage) as writer:
            writer.sources.roots["/clippings"] = "clippings"
            number = writer.sources.put(HARBOUR)
            for article in FIRST:
                writer.add(article, number if article.path else 0)
            writer.commit()
        with open_writer(storage) as writer:
            for article in SECOND:
                writer.add(article)
            writer.commit()
        with open_writer(storage) as writer:
            writer.delete("withdrawn")
            writer.commit()
    (folder / LOCK).unlink()


def small_dictionary() -> Dictionary:
    """The words of the whole dictionary that occur in the articles, with their frequencies."""
    whole = default_dictionary()
    texts = [fold(text) for article in FIRST + SECOND for text in (article.title, article.body)]
    places = ((text, start) for text in texts for start in range(len(text)))
    return Dictionary.of({
        text[start:end]: frequency for text, start in places for end, frequency in whole.words_at(text, start)
    })  # fmt: skip


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    make(FOLDER)
    print(f"{FOLDER}: {sum(file.stat().st_size for file in FOLDER.iterdir()):,} bytes")
