"""Completions of a prefix in characters, in pinyin and by initials."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch import Deadline, Index
from newsearch.cli import cli
from newsearch.explore.sampling import frequency
from newsearch.explore.spelled import words_read_as
from newsearch.explore.spelling import corrections
from newsearch.terms.fold import fold
from newsearch.terms.pinyin import readings, word_readings


def standing(text: str, index: Index) -> int:
    """In how many articles a folded string stands."""
    return sum(text in fold(article.title) or text in fold(article.body) for article in index)


@pytest.mark.parametrize("prefix", ["乡村", "鄉村", " 乡村", "村", "台", "核桃", "xiangcun", "xczx", "Tai'Feng", "qiu"])
def test_completions_stand_in_articles_most_frequent_first(news: Index, prefix: str) -> None:
    words = news.suggest(prefix, limit=30)
    assert words
    counts = [standing(word, news) for word in words]
    assert all(counts)
    assert counts == sorted(counts, reverse=True)
    assert len(set(words)) == len(words)
    assert news.suggest(prefix, limit=1) == words[:1]
    assert news.suggest(prefix, limit=0) == []


@pytest.mark.parametrize(
    ("prefix", "word"),
    [
        ("乡村", "乡村振兴"),
        ("鄉村", "乡村振兴"),
        ("乡", "乡村振兴"),
        ("xiangcun", "乡村"),
        ("xiangcun", "乡村振兴"),
        ("XiangCunZhenXing", "乡村振兴"),
        ("xiangcunzhenx", "乡村振兴"),
        ("xczx", "乡村振兴"),
        ("xczhx", "乡村振兴"),
        ("XCZX", "乡村振兴"),
        ("xiangczx", "乡村振兴"),
        ("xczhenxing", "乡村振兴"),
        ("xiangcun zhenxing", "乡村振兴"),
        ("zqls", "足球联赛"),
        ("xi'an", "西安"),
        ("changcheng", "长城"),
        ("yinh", "银行"),
        ("tf", "台风"),
        ("nb", "nba"),
    ],
)
def test_what_must_come_up(news: Index, prefix: str, word: str) -> None:
    assert word in news.suggest(prefix)


@pytest.mark.parametrize(
    ("prefix", "word"),
    [("yinxing", "银行"), ("zhangcheng", "长城"), ("xi'an", "先"), ("xcz", "乡村"), ("cun", "乡村")],
)
def test_what_must_not(news: Index, prefix: str, word: str) -> None:
    assert word not in news.suggest(prefix, limit=100)


@pytest.mark.parametrize("prefix", ["", "  ", "，。", "\ud800", "a\ud800", "source", "id", "没有这样的词", "zzzzzz"])
def test_nothing_to_complete(news: Index, prefix: str) -> None:
    assert news.suggest(prefix) == []


def test_phrases_stop_at_words_that_only_build_the_sentence(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add({"id": str(n), "title": "核桃的收购", "body": "核桃和板栗都丰收了。核桃丰收。"} for n in range(3))
        found = index.suggest("核桃")
        assert "核桃丰收" in found
        assert not {"核桃的", "核桃的收购", "核桃和", "核桃和板栗"} & set(found)


def test_text_in_traditional_characters(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add({"id": str(n), "title": "鄉村振興", "body": "鄉村振興，核桃豐收。"} for n in range(3))
        for prefix in ("乡村", "鄉村", "xczx", "xiangcun"):
            assert "乡村振兴" in index.suggest(prefix)


def test_what_was_deleted_is_not_suggested(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": str(n), "title": "核桃丰收"} for n in range(3)] + [{"id": "x", "title": "核心技术"}])
        assert {"核桃", "核心", "核桃丰收"} <= set(index.suggest("核"))
        index.delete(["0", "1", "2"])
        for prefix in ("核", "he", "hx"):
            assert "核心" in index.suggest(prefix)
            assert not [word for word in index.suggest(prefix) if "桃" in word]


def test_an_empty_index_suggests_nothing(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        assert index.suggest("乡村") == index.suggest("xczx") == []


def test_single_characters_only_if_there_is_nothing_longer(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": "1", "title": "去"}, {"id": "2", "title": "曲"}, {"id": "3", "title": "曲"}])
        assert index.suggest("qu") == ["曲", "去"]
        index.add([{"id": "4", "title": "区域"}])
        assert index.suggest("qu") == ["区域"]


def test_short_letters_are_not_read_as_a_mixture(news: Index) -> None:
    """xzx: x(iang) z(hen) x(ing) is no word here, xiang-z-x neither; xiangczx is long enough to be meant."""
    assert not words_read_as(news._reader, "xcun")
    assert "乡村振兴" in words_read_as(news._reader, "xcunzx")


def test_on_the_command_line(news: Index) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, ["--index", str(news.folder), *arguments])
        return done.exit_code, done.stdout

    assert run("suggest", "乡村", "-n", "2") == (0, "\n".join(news.suggest("乡村", limit=2)) + "\n")
    assert run("suggest", "xczx", "-n", "1") == (0, "乡村振兴\n")
    assert run("suggest", "没有这样的词") == (1, "")


def test_every_word_is_found_by_its_pinyin(news: Index) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    tables = news._reader.tables
    words = [w for c in tables.bigrams.alphabet for w in tables.words(c) if len(w) > 1 and all(map(readings, w))]
    assert len(words) > 50
    for word in rng.sample(words, 40):
        syllables = [rng.choice(listed) for listed in word_readings(word)]
        for typed in ("".join(syllables), "'".join(syllables), "".join(syllable[0] for syllable in syllables)):
            found = words_read_as(news._reader, typed)
            assert found[word] == tables.counts([word])[0], (word, typed)


@pytest.mark.parametrize("prefix", ["乡村", "xczx", "xiangczx", "qqqqqqqq"])
def test_without_time_there_are_fewer_completions(news: Index, prefix: str) -> None:
    deadline = Deadline(0)
    early = news.suggest(prefix, timeout=deadline, limit=50)
    assert deadline.cut
    assert set(early) <= set(news.suggest(prefix, timeout=None, limit=500))


def test_without_time_nothing_is_read_or_offered(news: Index) -> None:
    assert words_read_as(news._reader, "xczx", Deadline(0)) == {}
    assert corrections(news._reader, "乡村镇兴", deadline=Deadline(0)) == []
    assert frequency(news._reader, "乡村振兴", Deadline(0)) == 0
    assert frequency(news._reader, "乡村振兴") > 0


def test_the_time_may_be_up_in_any_round(news: Index) -> None:
    """Whenever it is: what there is by then stands somewhere."""
    full = words_read_as(news._reader, "xiangczx")
    assert full
    for rounds in range(8):
        deadline = Rounds(rounds)
        assert set(words_read_as(news._reader, "xiangczx", deadline)) <= set(full)


class Rounds(Deadline):
    """Time for so many questions whether it is up."""

    def __init__(self, rounds: int) -> None:
        super().__init__(None)
        self.rounds = rounds

    def passed(self) -> bool:
        self.rounds -= 1
        self.cut = self.cut or self.rounds < 0
        return self.cut


def test_limits_however_large(news: Index) -> None:
    assert news.suggest("台", limit=10**30) == news.suggest("台", limit=1000)
    some_id = next(iter(news)).id
    for ask in (
        lambda: news.suggest("台风", limit=-1), lambda: news.keywords("台风", limit=-1),
        lambda: news.keywords(id=some_id, limit=-1), lambda: news.trends(limit=-1),
        lambda: news.similar(some_id, limit=-1),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="limit must not be negative"):
            ask()
