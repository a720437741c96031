"""The acceptance cases that lie beside the project: each must hold through the public library.

Those with `add_word` add the word to the dictionary when the articles are indexed. They are to pass without it too:
what stands in an article is found however it was segmented.
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
    """An index for each set of articles, and word added to it, that cases have in common."""
    opened: dict[str, Index] = {}
    for case in _CASES:
        for word in (case.get("add_word"), None):
            if setup(case, word) not in opened:
                index = opened[setup(case, word)] = newsearch.open(tmp_path_factory.mktemp("case"), create=True)
                index.add(case["docs"])
                if word:
                    report = index.add_words([word])
                    assert (report.words == 1) != bool([note for note in report.notes if word in note])
    yield opened
    for index in opened.values():
        index.close()


def setup(case: dict[str, Any], word: str | None) -> str:
    return json.dumps([case["docs"], word])


@pytest.mark.parametrize("case", _CASES, ids=[case["case"] for case in _CASES])
def test_case(case: dict[str, Any], indexes: dict[str, Index]) -> None:
    assert set(case) <= _KEYS
    check(case, indexes[setup(case, case.get("add_word"))])


_WITH_WORDS = [case for case in _CASES if "add_word" in case]


@pytest.mark.parametrize("case", _WITH_WORDS, ids=[case["case"] for case in _WITH_WORDS])
def test_case_without_its_word(case: dict[str, Any], indexes: dict[str, Index]) -> None:
    check(case, indexes[setup(case, None)])


def check(case: dict[str, Any], index: Index) -> None:
    results = index.search(case["query"], limit=1000)
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
