"""Articles and queries are cut by different engines: the proof that they give the same search-mode words.

On the sample corpus, on real news, and on random text of several kinds, with and without words that a user added.
`make identity` looks at every distinct run of the news.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
import rjieba

from newsearch.terms.bulk import Vocabulary
from newsearch.terms.bulk_segment import BulkSegmenter
from newsearch.terms.dictionary import Dictionary, default_dictionary
from newsearch.terms.fold import view
from newsearch.terms.segment import HAN_FIRST, HAN_LAST, LONGEST_RUN, DictionarySegmenter, han_runs
from newsearch.terms.userwords import UserWord, extended

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "令狐")


@pytest.fixture(scope="module")
def bulk() -> BulkSegmenter:
    return BulkSegmenter()


@pytest.fixture(scope="module")
def frequent(han_words: list[str]) -> str:
    """The thousand most frequent characters that are words."""
    single = [word for word in han_words if len(word) == 1]
    return "".join(sorted(single, key=lambda c: (-default_dictionary().frequency(c), c))[:1000])


def differences(runs: Iterable[str], bulk: BulkSegmenter, segmenter: DictionarySegmenter) -> list[str]:
    """Runs of which the two do not have the same search words; the arrays cut all of them in one batch."""
    runs = list(runs)
    vocabulary = Vocabulary()
    lengths = np.array([len(run) for run in runs], np.int64)
    codes = np.frombuffer("".join(runs).encode("utf-16-le"), np.uint16) - np.uint16(ord(HAN_FIRST))
    numbers, places = bulk.numbered(codes, lengths, vocabulary)
    words = vocabulary.words()
    cut: list[list[str]] = [[] for _ in runs]
    for number, run in zip(numbers.tolist(), np.searchsorted(np.cumsum(lengths), places, side="right"), strict=True):
        cut[run].append(words[number])
    return [run for run, mine in zip(runs, cut, strict=True) if sorted(mine) != sorted(segmenter.search_words(run))]


def seeded() -> random.Random:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    return random.Random(seed)


def kinds(rng: random.Random, han_words: list[str], frequent: str) -> dict[str, Callable[[], str]]:
    """Ways to make a random run."""

    def any_han() -> str:
        return chr(rng.randint(ord(HAN_FIRST), ord(HAN_LAST)))

    def name() -> str:
        surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.1 else rng.choice(SURNAMES)
        return surname + "".join(rng.choices(frequent, k=rng.randint(1, 2)))

    def cut_word() -> str:
        word = rng.choice(han_words)
        start = rng.randrange(len(word))
        return word[start : rng.randint(start + 1, len(word))]

    def joined(part: Callable[[], str], most: int) -> str:
        return "".join(part() for _ in range(rng.randint(1, most)))[:LONGEST_RUN]

    return {
        "any Han": lambda: joined(any_han, 20),
        "frequent characters": lambda: joined(lambda: rng.choice(frequent), 20),
        "words": lambda: joined(lambda: rng.choice(han_words), 12),
        "cut words": lambda: joined(cut_word, 14),
        "names": lambda: joined(lambda: name() if rng.random() < 0.6 else rng.choice(han_words), 8),
        "repeated characters": lambda: joined(lambda: rng.choice(frequent) * rng.randint(1, 12), 4),
        "repeated pairs": lambda: joined(lambda: (any_han() + rng.choice(frequent)) * rng.randint(1, 6), 3),
    }


def test_one_run_alone(bulk: BulkSegmenter, segmenter, han_words: list[str], frequent: str) -> None:
    """The words and their order, and those of rjieba, which ports jieba to Rust."""
    rng = seeded()
    rust = rjieba.Jieba()
    for make in kinds(rng, han_words, frequent).values():
        for run in (make() for _ in range(150)):
            assert bulk.search_words(run) == segmenter.search_words(run) == list(rust.cut_for_search(run)), run
            assert bulk.words(run) == segmenter.words(run), run


@pytest.mark.parametrize("kind", kinds(random.Random(0), [], ""))
def test_random_runs(kind: str, bulk: BulkSegmenter, segmenter, han_words: list[str], frequent: str) -> None:
    make = kinds(seeded(), han_words, frequent)[kind]
    assert differences((make() for _ in range(1500)), bulk, segmenter) == []


def sample_texts(corpus: Path) -> list[str]:
    files = sorted(path for path in corpus.rglob("*") if path.suffix in (".md", ".txt", ".jsonl"))
    return [path.read_text("gb18030" if ".gb18030" in path.name else "utf-8") for path in files]


def test_the_sample_corpus(corpus: Path, bulk: BulkSegmenter, segmenter) -> None:
    runs = {run for text in sample_texts(corpus) for run in han_runs(view(text).text)}
    assert len(runs) > 2500
    assert differences(sorted(runs), bulk, segmenter) == []


def news(shared: Path) -> list[str]:
    with gzip.open(shared / "corpora" / "news-2022-2024.jsonl.gz", "rt", encoding="utf-8") as lines:
        return lines.readlines()


def runs_of(lines: Iterable[str]) -> list[str]:
    articles = map(json.loads, lines)
    return sorted({run for a in articles for text in (a["title"], a["body"]) for run in han_runs(view(text).text)})


@pytest.mark.shared
def test_a_slice_of_the_news(shared: Path, bulk: BulkSegmenter, segmenter) -> None:
    runs = runs_of(seeded().sample(news(shared), 500))
    assert len(runs) > 5000
    assert differences(runs, bulk, segmenter) == []


@pytest.mark.shared
@pytest.mark.long
def test_all_of_the_news(shared: Path, bulk: BulkSegmenter, segmenter) -> None:
    runs = runs_of(news(shared))
    print(f"{len(runs):,} distinct runs, {sum(map(len, runs)):,} characters")
    assert len(runs) > 300_000
    assert differences(runs, bulk, segmenter) == []


# With words that a user added


def user_words(rng: random.Random, texts: Iterable[str], han_words: list[str]) -> list[UserWord]:
    """Words as a user may add them: stretches of the texts, cut anywhere, known words and words joined at random; with
    small, large and no frequencies."""
    words = [run[at : at + rng.randint(1, 7)] for run in texts if run for at in (rng.randrange(len(run)),)]
    words += rng.choices(han_words, k=40)
    words += ["".join(rng.choices(han_words, k=2))[:12] for _ in range(40)]
    frequencies = (rng.choice([None, None, 1, rng.randint(2, 50), rng.randint(50, 10**6)]) for _ in words)
    return [UserWord(word, word, frequency) for word, frequency in zip(words, frequencies, strict=True)]


def engines(dictionary: Dictionary) -> tuple[BulkSegmenter, DictionarySegmenter]:
    """As the two halves have them: arrays with the words added to them, jieba's Tokenizer on what an index kept."""
    kept = Dictionary.frombuffers(*dictionary.tobuffers())
    return BulkSegmenter(kept.added), DictionarySegmenter(kept)


def test_user_words_on_random_runs(han_words: list[str], frequent: str) -> None:
    rng = seeded()
    runs = [make() for make in kinds(rng, han_words, frequent).values() for _ in range(400)]
    bulk, segmenter = engines(extended(default_dictionary(), user_words(rng, rng.sample(runs, 400), han_words)))
    assert differences(runs, bulk, segmenter) == []


def test_user_words_on_the_sample_corpus(corpus: Path, bulk: BulkSegmenter, han_words: list[str]) -> None:
    rng = seeded()
    runs = sorted({run for text in sample_texts(corpus) for run in han_runs(view(text).text)})
    once = extended(default_dictionary(), user_words(rng, rng.sample(runs, 300), han_words))
    twice = extended(once, user_words(rng, rng.sample(runs, 300), han_words))
    with_words, segmenter = engines(twice)
    assert differences(runs, with_words, segmenter) == []
    assert sum(with_words.words(run) != bulk.words(run) for run in runs) > 100  # the words do change something


@pytest.mark.shared
def test_user_words_on_the_news(shared: Path, han_words: list[str]) -> None:
    rng = seeded()
    runs = runs_of(rng.sample(news(shared), 250))
    bulk, segmenter = engines(extended(default_dictionary(), user_words(rng, rng.sample(runs, 500), han_words)))
    assert differences(runs, bulk, segmenter) == []


def test_other_user_dictionaries_stay_apart(bulk: BulkSegmenter, segmenter) -> None:
    """Words added to one dictionary are in no other of the process."""
    run = "来到云栖数谷看看"
    with_word, queries = engines(extended(default_dictionary(), [UserWord("云栖数谷", "云栖数谷", 1000)]))
    assert "云栖数谷" in with_word.words(run)
    assert with_word.words(run) == queries.words(run)
    assert bulk.words(run) == segmenter.words(run) == BulkSegmenter().words(run) != with_word.words(run)
    assert not re.search("云栖数谷", " ".join(segmenter.words(run)))
