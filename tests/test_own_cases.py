"""What people complain about in searches over Chinese text: each case of `cases/own_cases.jsonl` must hold through the
public library."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch import Hit, Index, QueryError

_FILE = Path(__file__).parent / "cases" / "own_cases.jsonl"
_CASES = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
_KEYS = {
    *("case", "kind", "note", "docs", "query", "options", "expect", "order", "first", "highlight", "relaxed", "error"),
    "forbid",
}


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Index]]:
    """An index for each set of articles that cases have in common."""
    opened: dict[str, Index] = {}
    for case in _CASES:
        key = json.dumps(case["docs"])
        if key not in opened:
            index = opened[key] = newsearch.open(tmp_path_factory.mktemp("case"), create=True)
            index.add(articles(case["docs"]))
    yield opened
    for index in opened.values():
        index.close()


def articles(docs: Mapping[str, str | dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": name, **({"body": text} if isinstance(text, str) else text)} for name, text in docs.items()]


@pytest.mark.parametrize("case", _CASES, ids=[case["case"] for case in _CASES])
def test_case(case: dict[str, Any], indexes: dict[str, Index]) -> None:
    assert set(case) <= _KEYS
    index = indexes[json.dumps(case["docs"])]
    if "error" in case:
        with pytest.raises(QueryError) as caught:
            index.search(case["query"])
        assert caught.value.column == case["error"], case["note"]
        return
    results = index.search(case["query"], limit=1000, **case.get("options", {}))
    found = [hit.id for hit in results]
    expected = case.get("relaxed", case.get("expect", case.get("order")))
    matching = found if results.relaxed == ("relaxed" in case) else []
    assert sorted(matching) == sorted(expected), case["note"]
    order, first = case.get("order", []), case.get("first", [])
    assert found[: len(order)] == order, case["note"]
    assert sorted(found[: len(first)]) == sorted(first), case["note"]
    assert not set(matching) & set(case.get("forbid", [])), case["note"]
    if "highlight" in case:
        assert marked(results.hits[0]) == case["highlight"], case["note"]


def marked(hit: Hit) -> list[str]:
    """The strings that are marked in title and snippet."""
    strings = [hit.article.title[start:end] for start, end in hit.title_highlights]
    return strings + [hit.snippet.text[start:end] for start, end in hit.snippet.highlights]


def test_names_of_cases_are_single() -> None:
    assert len({case["case"] for case in _CASES}) == len(_CASES) > 200
