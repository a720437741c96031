"""Two engines, the same words: arrays, and our Tokenizer on a mapped dictionary, held to jieba itself."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from newsearch.terms.bulk_segment import BulkSegmenter
from newsearch.terms.fold import view
from newsearch.terms.segment import LONGEST_RUN, DictionarySegmenter, han_runs


@pytest.fixture(scope="module")
def bulk() -> BulkSegmenter:
    return BulkSegmenter()


def assert_same_words(runs: Iterable[str], bulk: BulkSegmenter, segmenter: DictionarySegmenter, jieba_itself) -> None:
    for run in runs:
        words, search_words = jieba_itself.lcut(run), jieba_itself.lcut_for_search(run)
        assert "".join(words) == run
        assert segmenter.words(run) == words, run
        assert segmenter.search_words(run) == search_words, run
        assert bulk.words(run) == words, run
        assert bulk.search_words(run) == search_words, run


def test_the_sample_corpus(corpus: Path, bulk, segmenter, jieba_itself) -> None:
    texts = [path.read_text("utf-8") for path in sorted((corpus / "pages").glob("*.md"))]
    texts += [
        path.read_text("gb18030" if ".gb18030" in path.name else "utf-8")
        for path in sorted((corpus / "articles").glob("*.txt"))
    ]
    texts.append((corpus / "wire.jsonl").read_text("utf-8"))
    runs = {run for text in texts for run in han_runs(view(text).text)}
    assert len(runs) > 2500
    assert_same_words(sorted(runs), bulk, segmenter, jieba_itself)


def test_random_runs(bulk, segmenter, jieba_itself, han_words) -> None:
    """Words of the list in any order, cut anywhere, with characters from the whole range between them."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)

    def piece() -> str:
        if rng.random() < 0.3:
            return chr(rng.randint(0x4E00, 0x9FD5))
        word = rng.choice(han_words)
        return word if rng.random() < 0.7 else word[: rng.randint(1, len(word))]

    runs = ["".join(piece() for _ in range(rng.randint(1, 14)))[:LONGEST_RUN] for _ in range(2000)]
    assert_same_words(runs, bulk, segmenter, jieba_itself)


@pytest.mark.shared
def test_real_news(shared: Path, bulk, segmenter, jieba_itself) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    with gzip.open(shared / "corpora" / "news-2022-2024.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = random.Random(seed).sample(lines.readlines(), 200)
    runs = {run for line in articles for run in han_runs(view(json.loads(line)["body"]).text)}
    assert len(runs) > 1000
    assert_same_words(sorted(runs), bulk, segmenter, jieba_itself)


@pytest.mark.parametrize("character", ["哈", "的", "龘"])
def test_the_longest_run(character: str, bulk, segmenter) -> None:
    run = character * LONGEST_RUN
    assert bulk.words(run) == segmenter.words(run)
    assert bulk.search_words(run) == segmenter.search_words(run)
    assert "".join(segmenter.words(run)) == run


@pytest.mark.parametrize(("repeated", "times"), [("哈", 3), ("专", 4), ("专专专", 2)])
def test_runs_that_repeat_themselves(repeated: str, times: int, bulk, segmenter, jieba_itself) -> None:
    assert_same_words([repeated * times], bulk, segmenter, jieba_itself)


@pytest.mark.parametrize(("repeated", "times"), [("专", 5), ("专", 7), ("范钦", 3), ("萧", 5), ("仆", 9)])
def test_where_jieba_s_model_is_undecided(repeated: str, times: int, bulk, segmenter, jieba_itself) -> None:
    """Two cuts are equally likely there but for rounding; the two engines agree, whatever jieba itself says."""
    run = repeated * times
    assert bulk.words(run) == segmenter.words(run)
    assert bulk.search_words(run) == segmenter.search_words(run)
    assert sorted(map(len, segmenter.words(run))) == sorted(map(len, jieba_itself.lcut(run)))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("abc 123。", []),
        ("台风2024年来了。好", ["台风", "年来了", "好"]),
        ("一\u3400二\U00020000三〇四", ["一", "二", "三", "四"]),
        ("哈" * 3, ["哈哈哈"]),
        ("哈" * LONGEST_RUN, ["哈" * LONGEST_RUN]),
        ("好，" + "哈" * (2 * LONGEST_RUN + 5), ["好", "哈" * LONGEST_RUN, "哈" * LONGEST_RUN, "哈" * 5]),
    ],
    ids=lambda value: str(value)[:12],
)
def test_han_runs(text: str, runs: list[str]) -> None:
    assert han_runs(text) == runs


def test_search_words_hold_the_shorter_words(segmenter) -> None:
    assert segmenter.words("中华人民共和国") == ["中华人民共和国"]
    assert segmenter.search_words("中华人民共和国")[-1] == "中华人民共和国"
    assert {"中华", "人民", "共和国"} <= set(segmenter.search_words("中华人民共和国"))
