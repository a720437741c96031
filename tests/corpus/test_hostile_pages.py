"""Whatever a file holds, a page is read in time that grows with its size only."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from newsearch.corpus.pages import split_page

SENTENCE = "今天天气很好大家都很高兴地去看新修的桥然后又走了很远很远的路才回到家"
#: Name → a page of n parts.
PAGES: dict[str, Callable[[int], str]] = {
    "blank-ish lines": lambda n: "　 \t\n" * n,
    "headings": lambda n: "## 标题一二三\n\n" * n,
    "headings of all levels": lambda n: "".join(f"{'#' * (1 + i % 6)} 标题一二三\n\n" for i in range(n)),
    "a single line": lambda n: "今天天气很好大家都很高兴地去看新修的桥" * n,
    "lines that stop inside a sentence": lambda n: f"{SENTENCE}\n" * n,
    "paragraphs that stop inside a sentence": lambda n: f"{SENTENCE}\n\n" * n,
    "articles that stop inside a sentence": lambda n: f"## 今天天气很好\n\n{SENTENCE}\n\n" * (n // 20),
    "short lines": lambda n: "圆我中国梦\n\n" * n,
    "kickers": lambda n: "清河：\n\n" * n,
    "names": lambda n: "张三 李四\n\n" * n,
    "subtitles": lambda n: "## ——见闻录\n\n" * n,
    "marks of continued articles": lambda n: "（下转第3版）\n\n" * n,
    "brackets": lambda n: "（" * 10 * n,
    "digits": lambda n: "1" * 10 * n,
    "dots": lambda n: "·" * 10 * n + "张·" * n,
    "a wide gap": lambda n: f"# 新{' ' * 10 * n}桥\n\n桥修好了。",
    "days": lambda n: "2024年5月1日 " * n,
}


@pytest.mark.parametrize("name", PAGES)
def test_time_grows_with_the_page(name: str, lexicon) -> None:
    """Six times the page in far less than the 36 times that would be the square of it."""
    small, large = (min(_seconds(PAGES[name](n), lexicon) for _ in range(2)) for n in (300, 1800))
    assert large < 14 * small + 0.05


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("　 \t\n" * 100_000, 5), (SENTENCE[:20] * 17_000, 10), ("## 标题一二三四五六七八九十\n\n" * 20_000, 20)],
    ids=["100,000 blank-ish lines", "a line of 1 MB", "headings"],
)
def test_large_pages(text: str, seconds: float, lexicon) -> None:
    assert _seconds(text, lexicon) < seconds


@pytest.mark.long
def test_five_megabytes_of_headings(lexicon) -> None:
    line = "## 标题一二三四五六七八九十\n\n"
    assert _seconds(line * (5_000_000 // len(line.encode())), lexicon) < 60


def _seconds(text: str, lexicon) -> float:
    started = time.process_time()
    split_page(text, lexicon)
    return time.process_time() - started
