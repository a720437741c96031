"""A few of many articles, and how frequent a string is by them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import newsearch
from newsearch import Index
from newsearch.explore.sampling import frequency, spread


@pytest.mark.parametrize("count", [0, 1, 5, 6, 7, 100, 101])
@pytest.mark.parametrize("most", [1, 6, 50])
def test_a_sample_is_spread_evenly(count: int, most: int) -> None:
    documents = np.arange(count, dtype=np.uint32)
    sample = spread(documents, most)
    assert len(sample) == min(count, most)
    assert np.ptp(np.diff(sample)) <= 1 if len(sample) > 1 else True
    if count <= most:
        assert sample.tolist() == documents.tolist()


def test_neighbours_are_sampled_together() -> None:
    documents = np.arange(100, dtype=np.uint32) * 3
    assert spread(documents, 6, 2).tolist() == [0, 3, 99, 102, 198, 201]
    assert spread(documents, 7, 2).tolist() == spread(documents, 6, 2).tolist()
    assert spread(documents[:6], 6, 2).tolist() == documents[:6].tolist()
    assert spread(documents[:7], 6, 2).tolist() == [0, 3, 6, 9, 12, 15]


@pytest.mark.parametrize(
    ("string", "count"),
    [("台风", 8), ("乡村振兴", 12), ("回港避风", 8), ("村振", 12), ("振兴乡村", 0), ("鳎鳎鳎", 0), ("nba球迷", 6)],
)
def test_frequency(news: Index, string: str, count: int) -> None:
    assert frequency(news._reader, string) == count


def test_the_frequency_of_what_is_written_otherwise(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add({"id": str(n), "title": "鄉村振興", "body": "乡村的ＮＢＡ赛场。"} for n in range(9))
        assert frequency(index._reader, "nba赛场") == 9
        index.add({"id": str(n), "title": "鄉村振興"} for n in range(9))
        assert frequency(index._reader, "乡村振兴") == 9
        index.delete(["3"])
        assert frequency(index._reader, "乡村振兴") == 8
