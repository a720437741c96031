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
    assert len(sample) == 0 if not count else 0 < len(sample) <= most
    assert len(set(np.diff(sample).tolist())) <= 1
    if count <= most:
        assert sample.tolist() == documents.tolist()


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
