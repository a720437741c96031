"""Articles on the same story."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch.cli import cli


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> newsearch.Index:
    index = newsearch.open(tmp_path_factory.mktemp("similar"), create=True)
    index.add_files(Path(__file__).parents[1] / "corpus")
    return index


@pytest.mark.parametrize(
    ("article", "same_story"),
    [
        ("wire-2024-0723", {"wire-2024-0724", "wire-2024-0726"}),  # a typhoon, over three days
        ("wire-2024-0724", {"wire-2024-0723", "wire-2024-0726"}),
        ("wire-2022-1118", {"wire-2023-0630"}),  # a railway, laid and opened
        ("wire-2023-0630", {"wire-2022-1118"}),
    ],
)
def test_the_same_story_comes_early(index: newsearch.Index, article: str, same_story: set[str]) -> None:
    results = index.similar(article)
    assert same_story <= {hit.id for hit in results.hits[:3]}
    assert article not in {hit.id for hit in results}
    assert [hit.score for hit in results] == sorted((hit.score for hit in results), reverse=True)
    assert len(index.similar(article, limit=1)) == 1


def test_an_article_unlike_all_others(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": "1", "title": "台风登陆"}, {"id": "2", "title": "古籍修复"}])
        assert index.similar("1").total == 0
        with pytest.raises(newsearch.ArticleNotFound):
            index.similar("3")


def test_on_the_command_line(index: newsearch.Index) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["--index", str(index.folder), *arguments])
        return done.exit_code, done.stdout

    status, text = run("similar", "wire-2024-0723", "-n", "2")
    assert (status, text.count("\n   id ")) == (0, 2)
