"""Scores explain themselves: the parts are all there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch.cli import cli

QUERIES = [
    "台风 渔船",
    "乡村振兴",
    "B超",
    "防汛 堤",
    "苏珂",
    "“人工智能”",
    "高铁 OR 校车",
    "人工*",
    "完全没有的东西 台风",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> newsearch.Index:
    index = newsearch.open(tmp_path_factory.mktemp("explain"), create=True)
    index.add_files([Path(__file__).parents[1] / "corpus"])
    return index


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_add_up_to_the_score(index: newsearch.Index, query: str) -> None:
    results = index.search(query, limit=100)
    assert results.hits
    for hit in results:
        parts = index.explain(results, hit)
        assert sum(part.score for part in parts) == pytest.approx(hit.score, rel=1e-5)
        assert [part.score for part in parts] == sorted((part.score for part in parts), reverse=True)


def test_an_author_is_a_part(index: newsearch.Index) -> None:
    results = index.search("苏珂")
    assert ("author", "苏珂") in [(part.kind, part.term) for part in index.explain(results, results.hits[0])]


def test_counts_are_those_of_the_text(index: newsearch.Index) -> None:
    results = index.search("台风")
    hit = results.hits[0]
    word = next(part for part in index.explain(results, hit) if part.kind == "word")
    assert word.title == hit.article.title.count("台风")
    assert word.lead + word.body == hit.article.body.count("台风")


def test_on_the_command_line(index: newsearch.Index) -> None:
    arguments = ["--index", str(index.folder), "search", "台风 渔船", "--explain", "-n", "1"]
    text = CliRunner().invoke(cli, arguments).stdout
    assert "word 台风" in text
    assert "bigram 台风" in text
    hit = json.loads(CliRunner().invoke(cli, [*arguments, "--json"]).stdout)["hits"][0]
    assert sum(part["score"] for part in hit["explanation"]) == pytest.approx(hit["score"], abs=0.01)
