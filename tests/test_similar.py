"""Articles on the same story."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch import Deadline
from newsearch.cli import cli
from newsearch.explore.similar import telling_words
from newsearch.finding import RankedWord
from newsearch.terms.fold import view
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import index_words


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


def test_the_telling_words_are_the_best_of_all(index: newsearch.Index, segmenter: DictionarySegmenter) -> None:
    """Counted from tables before postings are opened; deleted articles change nothing."""
    reader = index._reader
    for document in range(0, reader.size, 7):
        text = view("\n".join(reader.texts(document))).text
        counts = Counter(index_words(text, segmenter))
        terms = [RankedWord(reader, "word", word, reader.word(word)) for word in counts if len(word) > 1]
        terms.sort(key=lambda term: (-term.weight * min(counts[term.text], 4), term.text))
        every = [term.text for term in terms if len(term.postings) > 1]
        assert [term.text for term in telling_words(reader, segmenter, text)] == every[:24]


def test_a_frequent_word_tells_little_however_often_it_stands(tmp_path: Path, segmenter: DictionarySegmenter) -> None:
    rare = "核桃 渔船 古籍 足球 学校 避风 丰收 登陆 县城 老师 合作社 棉田 校车 渔港 清淤 工程 学生 山区 小学 大船"
    rare += " 孩子 修路 昨天 完工 采棉机 茶叶"
    with newsearch.open(tmp_path, create=True) as index:
        index.add({"id": f"{n}", "body": f"{'台风' if n % 2 else '一'}。{rare if n < 2 else ''}"} for n in range(200))
        words = telling_words(index._reader, segmenter, f"{rare} {'台风，' * 500}")
        assert len(words) == 24
        assert "台风" not in {word.text for word in words}


def test_deleted_articles_tell_nothing(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add({"id": f"{n}", "title": "台风登陆江口", "body": "渔船回港避风。"} for n in range(4))
        index.add({"id": f"gone{n}", "title": "台风登陆江口", "body": "渔船回港避风。"} for n in range(9))
        index.add({"id": f"other{n}", "title": "古籍修复"} for n in range(30))
        before = [hit.id for hit in index.similar("0")]
        index.delete([f"gone{n}" for n in range(9)])
        assert {hit.id for hit in index.similar("0")} == {"1", "2", "3"} < set(before)


def test_it_stops_when_the_time_is_up(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": "long", "title": "长文", "body": "渔船回港避风，台风登陆江口县。" * 40_000}])
        index.add({"id": f"{n}", "body": "渔船回港避风。"} for n in range(3))
        started = time.perf_counter()
        results = index.similar("long", timeout=0.1)
        assert results.timed_out
        assert {hit.id for hit in results} <= {"0", "1", "2"}
        until = Deadline(0.1)
        assert [keyword.term for keyword in index.keywords(id="long", limit=3, timeout=until)]
        assert until.cut
        assert time.perf_counter() - started < 5
        assert not index.similar("0", timeout=60).timed_out
        done = CliRunner().invoke(cli, ["--index", str(tmp_path), "similar", "long", "--timeout", "0.1"])
        assert "--timeout" in done.stderr


def test_on_the_command_line(index: newsearch.Index) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["--index", str(index.folder), *arguments])
        return done.exit_code, done.stdout

    status, text = run("similar", "wire-2024-0723", "-n", "2")
    assert (status, text.count("\n   id ")) == (0, 2)
