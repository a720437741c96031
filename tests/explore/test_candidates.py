"""Which words are counted, and the counts, against going through every word of every article."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from test_keywords import plain_log_likelihood

import newsearch
from newsearch import Deadline, Index
from newsearch.deadline import UNLIMITED
from newsearch.explore import candidates
from newsearch.explore.candidates import (
    Groups,
    Looks,
    counted_candidates,
    counts_by_group,
    outstanding_scores,
)
from newsearch.index.reader import Reader
from newsearch.terms.fold import view
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import index_words

WORDS = ["核桃", "渔船", "台风", "古籍", "足球", "学校", "合作社", "避风", "丰收", "登陆", "县城", "老师"]


@pytest.fixture
def reader(tmp_path: Path, rng: random.Random) -> Reader:
    """Articles of random words, in several segments, some deleted."""
    with newsearch.open(tmp_path, create=True) as index:
        for part in range(3):
            bodies = ["，".join(rng.choices(WORDS, k=rng.randrange(1, 9))) for _ in range(40)]
            index.add({"id": f"{part}-{number}", "body": body} for number, body in enumerate(bodies))
        index.delete([f"1-{number}" for number in range(7)])
        return index._reader


def is_long(word: str) -> bool:
    return len(word) > 1


def random_groups(reader: Reader, count: int, rng: random.Random) -> Groups:
    of = np.array([rng.randrange(count + 1) for _ in range(reader.size)])
    of[~reader.live] = count
    return Groups(of, np.bincount(of, minlength=count + 1)[:-1], False)


def true_counts(reader: Reader, groups: Groups, segmenter: DictionarySegmenter) -> dict[str, list[int]]:
    """Word → in how many documents of each group it is."""
    found: dict[str, Counter[int]] = {}
    for document in np.flatnonzero(groups.of < groups.number).tolist():
        words = set(index_words(view(reader.texts(document)[1]).text, segmenter))
        for word in words:
            found.setdefault(word, Counter())[int(groups.of[document])] += 1
    return {word: [counts[group] for group in range(groups.number)] for word, counts in found.items()}


@pytest.mark.parametrize("by_itself", [0, 20, 4000])
@pytest.mark.parametrize("at_once", [1, 50, 32_000])
def test_counts_by_group(
    reader: Reader, rng: random.Random, segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch,
    by_itself: int, at_once: int,
) -> None:  # fmt: skip
    """However words are counted: some together, or each by itself."""
    monkeypatch.setattr(candidates, "_BY_ITSELF", by_itself)
    monkeypatch.setattr(candidates, "_AT_ONCE", at_once)
    groups = random_groups(reader, rng.randrange(1, 5), rng)
    words, table = counts_by_group(reader, [*WORDS, "没有的词"], groups, UNLIMITED)
    assert words == [*WORDS, "没有的词"]
    true = true_counts(reader, groups, segmenter)
    assert dict(zip(words, table.tolist(), strict=True)) == {w: true.get(w, [0] * groups.number) for w in words}


def test_without_time_some_words_are_counted(
    reader: Reader, rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "_AT_ONCE", 1)
    groups = random_groups(reader, 2, rng)
    deadline = Deadline(0)
    words, table = counts_by_group(reader, WORDS, groups, deadline)
    assert 0 < len(words) < len(WORDS)
    assert len(table) == len(words)
    assert deadline.cut
    every = dict(zip(*counts_by_group(reader, WORDS, groups, UNLIMITED), strict=True))
    assert all((every[word] == counts).all() for word, counts in zip(words, table, strict=True))


def test_every_word_seen_of_few_articles_is_counted(reader: Reader, rng: random.Random) -> None:
    groups = random_groups(reader, 3, rng)
    documents = [np.flatnonzero(groups.of == group).astype(np.uint32) for group in range(3)]
    looks = Looks(documents, 500, 10**6, 0)
    words, table = counted_candidates(reader, groups, looks, is_long, UNLIMITED)
    assert set(WORDS) <= set(words)
    assert table.shape == (len(words), 3)
    assert counted_candidates(reader, groups, looks, "学校".__eq__, UNLIMITED)[0] == ["学校"]


@pytest.mark.parametrize("champions", [True, False])
def test_frequent_words_that_stand_out_are_counted(
    tmp_path: Path, champions: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their champions or, where segments are too small to have such, by the texts that were looked at."""
    if champions:
        monkeypatch.setattr("newsearch.codec.builder.CHAMPIONS_FROM", 64)
    with newsearch.open(tmp_path, create=True) as index:
        index.add({"id": f"a{n}", "body": "核桃丰收了，学校开学了。"} for n in range(100))
        bodies = [f"{'渔船' if number % 20 == 5 else '核桃'}，学校停课了。" for number in range(100)]
        index.add({"id": f"b{number}", "body": body} for number, body in enumerate(bodies))
        reader = index._reader
    of = (np.arange(reader.size) >= 100).astype(np.int64)
    groups = Groups(of, np.bincount(of), True)
    documents = [np.flatnonzero(of == group).astype(np.uint32)[:: 100 if champions else 1] for group in range(2)]
    looks = Looks(documents, 500, 0, 5)  # nothing is counted because it is rare
    words, table = counted_candidates(reader, groups, looks, is_long, UNLIMITED)
    counts = dict(zip(words, table.tolist(), strict=True))
    assert counts["丰收"] == [100, 0]
    assert counts["停课"] == [0, 100]
    assert "学校" not in words  # it is everywhere
    assert "渔船" not in words or not champions  # the few that were looked at do not have it
    monkeypatch.setattr(candidates, "_FREQUENT_POSTINGS", 4)
    assert counted_candidates(reader, groups, looks, is_long, UNLIMITED)[0] == []


def test_scores_are_those_where_a_share_is_larger(rng: random.Random) -> None:
    sizes, others = np.array([20, 50]), np.array([80, 50])
    inside = np.array([[rng.randrange(20), rng.randrange(50)] for _ in range(50)])
    totals = inside.max(axis=1, keepdims=True) + np.array([[rng.randrange(40)] for _ in range(50)])
    scores = outstanding_scores(inside, totals, sizes, others)
    for row in range(50):
        for group in range(2):
            mine, other = int(inside[row, group]), int(totals[row, 0] - inside[row, group])
            if other <= others[group]:
                true = plain_log_likelihood(mine, int(sizes[group]), other, int(others[group]))
                assert scores[row, group] == pytest.approx(max(true, 0), abs=1e-9)


def test_what_chance_may_have_added_is_taken_off() -> None:
    """16 of 64: the standard error is √(16 · ¾ + ¼) = 3.5."""
    hits = np.array([[0], [1], [3], [16], [64]])
    assert candidates._at_least(hits, 64)[:, 0] == pytest.approx([0, 0, 1.24, 12.5, 63.5], abs=0.01)
    assert candidates._at_least(np.array([[1]]), np.array([1])).tolist() == [[0.5]]
    assert candidates._at_least(np.array([[0]]), np.array([0])).tolist() == [[0]]


def test_the_best_of_each_in_turn() -> None:
    lists = [candidates._best_places(np.array(scores), 3) for scores in ([0, 5.0, 1, 7, 7, -1], [0, 9.0, 0, 0, 0, 0])]
    assert [numbers.tolist() for numbers in lists] == [[3, 4, 1], [1]]
    assert list(candidates._in_turn(lists)) == [3, 1, 4]
    assert candidates._best_places(np.zeros(4), 2).tolist() == []


@pytest.mark.parametrize(("at_once", "share"), [(1, [1, 0]), (2, [1, 1]), (7, [4, 3])])
def test_little_time_is_shared_out(
    at_once: int, share: list[int], news: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked at when the time is up comes from as many groups as there was time for, one at least."""
    monkeypatch.setattr(candidates, "_READ_AT_ONCE", at_once)
    reader = news._reader
    dates = reader.column("date")
    of = (dates >= 20240801).astype(np.int64)
    documents = [np.flatnonzero(of == group).astype(np.uint32) for group in range(2)]
    deadline = Deadline(0)
    words, _, looked_at = candidates._seen(reader, Looks(documents, 200, 10**6, 5), is_long, deadline)
    assert (looked_at.tolist(), deadline.cut) == (share, True)
    assert words
