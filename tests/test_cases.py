"""The acceptance cases that lie beside the project: each must hold through the public library.

Cases with `add_word` assume an engine that misses the word until it is in a user dictionary. Here they are to pass as
they are, without the word: what stands in an article is found however it was segmented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch import Index

_FILE = Path(__file__).resolve().parents[2] / "shared" / "cases" / "cases.jsonl"
_CASES = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()] if _FILE.is_file() else []
_KEYS = {"case", "source", "kind", "note", "docs", "query", "expect", "order", "highlight", "forbid", "add_word"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not _CASES, reason=f"{_FILE} is not here: it lies beside the project only where it is developed"
    ),
]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Index]]:
    """An index for each set of articles that cases have in common."""
    opened: dict[str, Index] = {}
    for case in _CASES:
        articles = json.dumps(case["docs"])
        if articles not in opened:
            opened[articles] = newsearch.open(tmp_path_factory.mktemp("case"), create=True)
            opened[articles].add(case["docs"])
    yield opened
    for index in opened.values():
        index.close()


@pytest.mark.parametrize("case", _CASES, ids=[case["case"] for case in _CASES])
def test_case(case: dict[str, Any], indexes: dict[str, Index]) -> None:
    assert set(case) <= _KEYS
    results = indexes[json.dumps(case["docs"])].search(case["query"], limit=1000)
    found = [hit.id for hit in results]
    assert (sorted(found), results.relaxed) == (sorted(case["expect"]), False), case["note"]
    assert found[: len(case.get("order", []))] == case.get("order", []), case["note"]
    assert not set(found) & set(case.get("forbid", [])), case["note"]
    if "highlight" in case:
        hit = results.hits[0]
        marked = [hit.article.title[start:end] for start, end in hit.title_highlights]
        marked += [hit.snippet.text[start:end] for start, end in hit.snippet.highlights]
        assert marked == case["highlight"], case["note"]


def test_case_ids_are_single() -> None:
    assert len({case["case"] for case in _CASES}) == len(_CASES)
