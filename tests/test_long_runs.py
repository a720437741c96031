"""A million of one character: cut, folded, marked and shown in time that grows as the text does."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from newsearch.article import Article
from newsearch.render.hits import article_text
from newsearch.schema import batch_terms
from newsearch.snippets import Marked, snippet
from newsearch.terms.bulk import Vocabulary
from newsearch.terms.bulk_segment import BulkSegmenter
from newsearch.terms.fold import view

SMALL, LARGE = 250_000, 1_000_000
RUNS = {
    "a Han character": "的", "a word": "台风", "no word": "龘", "a rare character": "\U00020000", "a letter": "a",
    "a digit": "7", "both": "a1", "punctuation": "，", "line ends": "\n", "broken lines": "台\n", "emoji": "😀",
    "dates": "2024年", "controls": "\x01", "NULs": "\0",
}  # fmt: skip


@pytest.fixture(scope="module")
def fast() -> BulkSegmenter:
    return BulkSegmenter()


def took(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.parametrize("run", RUNS.values(), ids=list(RUNS))
def test_a_long_run_takes_linear_time(run: str, fast: BulkSegmenter) -> None:
    small, large = (Article(id="1", title="题", body=(run * size)[:size]) for size in (SMALL, LARGE))
    marks = [Marked(at, at + 1, at % 3) for at in range(0, LARGE, 10)]
    works: dict[str, Callable[[Article], object]] = {
        "cut": lambda article: batch_terms([article], fast, Vocabulary()),
        "fold": lambda article: view(article.body),
        "show": article_text,
        "snippet": lambda article: snippet(article.body, [mark for mark in marks if mark.end <= len(article.body)]),
    }
    for name, work in works.items():
        short, long = took(lambda: work(small)), took(lambda: work(large))  # noqa: B023
        assert long < 2, name
        assert long < 10 * short + 0.2, f"{name}: {short:.2f} s for a quarter, {long:.2f} s for all"
