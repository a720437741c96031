"""Pages composed at random of whole articles, disordered in every way that the composer knows: they are put back."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from composer import Score, Truth, compose, likeness, score
from floors import hold

from newsearch.corpus.pages import PageOfIssue, join_continued, split_page

Pool = Sequence[tuple[str, list[str]]]


def scores(seeds: range, pool: Pool, lexicon, traditional=None) -> list[Score]:
    found = []
    for seed in seeds:
        issue = compose(seed, pool, traditional)
        pages = [split_page(text, lexicon) for text in issue.pages]
        joined = join_continued([PageOfIssue(page.number, page.articles, page.pieces) for page in pages])
        for truths, articles in zip(issue.truths, joined.articles, strict=True):
            found += score(truths, articles)
    return found


def mean(found: Sequence[Score]) -> float:
    return sum(each.value for each in found) / len(found)


def report(found: Sequence[Score]) -> str:
    """The mean by kind of disorder, the worst first."""
    kinds: dict[str, list[Score]] = defaultdict(list)
    for each in found:
        for kind in each.kinds:
            kinds[kind].append(each)
    return "\n".join(
        f"{mean(of):.3f} {kind} ({len(of)})" for kind, of in sorted(kinds.items(), key=lambda x: mean(x[1]))
    )


@pytest.fixture(scope="module")
def samples(root: Path) -> Pool:
    """The project's own articles, as titles and paragraphs."""
    golden = root / "tests" / "corpus" / "golden"
    truths = [truth for path in sorted(golden.glob("*.json")) for truth in json.loads(path.read_text("utf-8"))]
    pool = [(truth["title"], [part for part in truth["body"].split("\n") if len(part) > 40]) for truth in truths]
    return [(title, parts) for title, parts in pool if parts and all(part[-1] in "。！？”" for part in parts)]


@pytest.fixture(scope="module")
def news(shared: Path) -> Pool:
    """Real news of 200 to 900 characters."""
    pool = []
    with gzip.open(shared / "corpora" / "news-2022-2024.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            body = re.sub(r"^央视网消息\s*（新闻联播）[：:]?\s*", "", article["body"])
            title = re.sub(r"^(【[^】]*】)+", "", article["title"]).strip()
            parts = [part.strip() for part in body.split("\n") if len(part) > 30 and "央视网" not in part][:8]
            fits = 200 <= sum(map(len, parts)) <= 900 and all(part[-1] in "。！？”" for part in parts)
            if fits and 6 <= len(title) <= 38 and "快讯" not in title:
                pool.append((title, parts))
    return pool


def test_the_composer_is_the_same_for_a_seed(samples: Pool) -> None:
    assert compose(7, samples) == compose(7, samples)
    assert compose(7, samples).pages != compose(8, samples).pages


def test_pages_of_our_own_articles(samples: Pool, lexicon) -> None:
    found = scores(range(500, 560), samples, lexicon)
    print(report(found))
    hold("composed of our own articles", mean(found))


@pytest.mark.shared
def test_pages_of_real_news(news: Pool, lexicon) -> None:
    opencc = pytest.importorskip("opencc")
    found = scores(range(9000, 9060), news, lexicon, opencc.OpenCC("s2t").convert)
    print(report(found))
    hold("composed of real news", mean(found))


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [("新桥", "新 桥\n", 1.0), ("新桥", "旧路", 0.0), ("", "", 1.0), ("新桥通车", "新桥", 0.5)],
)
def test_likeness(left: str, right: str, value: float) -> None:
    assert likeness(left, right) == value


def test_the_score_sees_what_is_missed_and_what_is_too_much() -> None:
    truth = Truth("新桥", ["桥修好了，大家都很高兴。"], ["张三"])
    missed = score([truth], [])
    assert [each.value for each in missed] == [0.0]
    right = type("Found", (), {"title": "新桥", "body": truth.body, "authors": ("张三",)})
    other = type("Found", (), {"title": "广告", "body": "全场五折", "authors": ()})
    assert [each.value for each in score([truth], [right, other])] == [1.0, 0.0]
