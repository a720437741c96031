"""A user's words from end to end: added, kept, used by both halves and by workers; nothing found is lost by them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch import BadWordFile, Index
from newsearch.cli import cli
from newsearch.errors import IndexDamaged
from newsearch.index import lanes, segment_writer
from newsearch.index.reader import open_reader
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer
from newsearch.terms.fold import view
from newsearch.terms.segment import DictionarySegmenter, han_runs
from newsearch.terms.userwords import UserWord, extended

TEXT = "市里的云栖数谷今天开园，云栖数谷里有三十家企业。"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with newsearch.open(tmp_path / "index", create=True) as opened:
        yield opened


def added(folder: Path) -> dict[str, int]:
    """The words in the dictionary that a newly opened index reads."""
    reader = open_reader(Storage(folder))
    assert reader
    return dict(reader.dictionary().added)


def words_explained(index: Index, query: str, article_id: str) -> set[str]:
    """The words, bigrams left out, that an article scores by."""
    results = index.search(query)
    (hit,) = [hit for hit in results if hit.id == article_id]
    return {part.term for part in index.explain(results, hit) if part.kind == "word"}


def test_words_count_from_then_on_and_for_all_after_a_rebuild(index: Index, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"开园\n\n{TEXT}", "utf-8")
    (tmp_path / "words.txt").write_text("# 新词\n\n云栖数谷 5 nz\n", "utf-8")
    index.add_files(tmp_path / "one.txt")
    (old,) = index
    assert "云栖数谷" not in words_explained(index, "云栖数谷", old.id)
    report = index.add_words(tmp_path / "words.txt")
    assert (report.words, report.changed, report.total) == (1, False, 1)
    assert [note for note in report.notes if "--rebuild" in note]
    index.add([{"id": "new", "title": "又一篇", "body": TEXT}])
    assert {hit.id for hit in index.search("云栖数谷")} == {old.id, "new"}
    assert "云栖数谷" in words_explained(index, "云栖数谷", "new")
    assert "云栖数谷" not in words_explained(index, "云栖数谷", old.id)
    report = index.add_files(tmp_path / "one.txt", rebuild=True)
    assert (report.words, report.notes) == (0, [])
    assert "云栖数谷" in words_explained(index, "云栖数谷", "new") & words_explained(index, "云栖数谷", old.id)
    assert added(index.folder) == {"云栖数谷": 5}
    assert index.check() == []


def test_words_are_kept_by_later_runs_and_added_to(index: Index, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("开园\n\n今天开园。", "utf-8")
    assert index.add_words(["云栖数谷 5", "5G基站", "开园"]).words == 2
    first = added(index.folder)
    generation = index.generation
    assert index.add_words(["云栖数谷", "开园"]).words == 0
    assert index.generation == generation
    index.add_files(tmp_path / "one.txt")
    index.add([{"title": "甲", "body": "乙"}])
    index.delete(["no"])
    assert added(index.folder) == first
    assert index.add_files(tmp_path / "one.txt", dictionary=["云栖数谷 6", "数谷公园 2"]).words == 2
    assert added(index.folder) == {**first, "云栖数谷": 6, "数谷公园": 2}


def test_a_rebuild_with_words_has_only_these(index: Index, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("开园\n\n今天开园。", "utf-8")
    index.add_files(tmp_path / "one.txt", dictionary=["云栖数谷 5"])
    assert index.add_files(tmp_path / "one.txt", rebuild=True, dictionary=["数谷公园 2"]).words == 1
    assert added(index.folder) == {"数谷公园": 2}
    index.add_files(tmp_path / "one.txt", rebuild=True, dictionary=[])
    assert added(index.folder) == {}


def test_what_is_left_out_is_said_and_found_all_the_same(index: Index) -> None:
    index.add([{"id": "1", "title": "5G基站建成", "body": "艾尔肯·吐尼亚孜说，T恤卖完了。"}])
    report = index.add_words(["5G基站", "艾尔肯·吐尼亚孜 3 nr", "Ｔ恤", "长" * 33])
    assert report.words == 0
    (note,) = report.notes
    assert all(word in note for word in ("4 not added", "5G基站", "艾尔肯·吐尼亚孜", "Ｔ恤"))
    for query in ("5G基站", "5g基站建成", "艾尔肯·吐尼亚孜", "T恤"):
        assert index.search(query).total == 1, query


def test_a_traditional_word_counts_for_simplified_text(index: Index) -> None:
    assert index.add_words(["外婆的澎湖灣 9"]).words == 1
    index.add([{"id": "1", "title": "晚会", "body": "外婆的澎湖湾唱了三遍。"}])
    assert "外婆的澎湖湾" in words_explained(index, "外婆的澎湖灣", "1")


def test_workers_have_the_words_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_PARALLEL_FROM", 300)
    articles = [newsearch.Article(id=f"a{number}", title=f"第{number}篇", body=TEXT) for number in range(900)]
    with open_writer(Storage(tmp_path), jobs=2) as opened:
        opened.use_dictionary(extended(opened.dictionary, [UserWord("云栖数谷", "云栖数谷", 5)]))
        for article in articles:
            opened.add(article)
        assert all(isinstance(seat.lane, lanes.ProcessLane) for seat in opened._segments._seats)
        opened.commit()
    reader = open_reader(Storage(tmp_path))
    assert reader
    assert len(reader.word("云栖数谷")) == 900


def test_few_and_many_articles_are_cut_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few articles are cut by the engine of queries, more as arrays."""
    terms = []
    for few in (64, 0):
        monkeypatch.setattr(segment_writer, "_FEW", few)
        with newsearch.open(tmp_path / str(few), create=True) as index:
            index.add_words(["云栖数谷 5", "今天开园"])
            index.add([{"id": "1", "title": "开园", "body": TEXT}])
        reader = open_reader(Storage(tmp_path / str(few)))
        assert reader
        terms.append([text for segment in reader.segments for text, _ in segment.words()])
    assert terms[0] == terms[1]
    assert "云栖数谷" in terms[0]


# What was found is found still


def queries(rng: random.Random, texts: list[str]) -> list[str]:
    """Strings as they stand in a text, and two strings of one text or of two, joined or apart."""
    runs = [[run for run in han_runs(text) if len(run) > 3] for text in texts]
    runs = [found for found in runs if len(found) > 3]

    def string(of: list[str]) -> str:
        run = rng.choice(of)
        start = rng.randrange(len(run) - 1)
        return run[start : start + rng.randint(2, 7)]

    made = []
    for _ in range(120):
        of = rng.choice(runs)
        kind = rng.random()
        if kind < 0.3:
            made.append(string(of))
        else:
            made.append(f"{string(of)}{' ' if kind > 0.8 else ''}{string(of if kind < 0.7 else rng.choice(runs))}")
    return made


def across(rng: random.Random, asked: list[str]) -> list[str]:
    """Words to add: stretches of two and more characters of the queries, so that these are cut another way."""
    words = []
    for query in asked:
        text = query.replace(" ", "")
        start = rng.randrange(len(text) - 1)
        frequency = rng.choice(["", " 1", " 30", " 900000"])
        words.append(text[start : start + rng.randint(2, 6)] + frequency)
    return words


def found(index: Index, asked: list[str]) -> dict[str, tuple[bool, set[str]]]:
    results = {query: index.search(query, limit=10_000) for query in asked}
    return {query: (r.relaxed, {hit.id for hit in r}) for query, r in results.items()}


def assert_kept(before: dict[str, tuple[bool, set[str]]], after: dict[str, tuple[bool, set[str]]]) -> None:
    for query, (relaxed, ids) in before.items():
        now_relaxed, now = after[query]
        if relaxed and (not now_relaxed or " " in query):
            assert now, query  # partial matches give way where there are better ones
        else:
            assert ids <= now, query
            assert relaxed == now_relaxed, query


def test_what_was_found_before_a_word_was_added_is_found_still(corpus: Path, tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    with newsearch.open(tmp_path / "index", create=True) as index:
        index.add_files(corpus)
        articles = list(index)
        asked = queries(rng, [view(article.body).text for article in articles])
        plain = DictionarySegmenter(index._reader.dictionary())
        state = found(index, asked)
        assert sum(not relaxed for relaxed, _ in state.values()) > 30
        for round_ in range(3):
            assert index.add_words(across(rng, asked)).words > 50
            changed, state = state, found(index, asked)
            assert_kept(changed, state)
            # Articles that are cut by the new words beside those cut by the old ones.
            index.add([{"id": f"{round_} {a.id}", "title": a.title, "body": a.body} for a in rng.sample(articles, 20)])
            changed, state = state, found(index, asked)
            assert_kept(changed, state)
        segmenter = DictionarySegmenter(index._reader.dictionary())
        cut_otherwise = [query for query in asked if segmenter.words(query) != plain.words(query)]
        assert len(cut_otherwise) > 60
        index.add_files(corpus, rebuild=True)
        assert_kept(state, found(index, asked))


@pytest.mark.parametrize(
    "word", ["谷开", "云栖数", "数谷今", "云栖数谷今天", "的云栖数谷今天开园", "市里的云栖数谷今天开园"]
)
def test_an_added_word_is_found_where_it_was_not_one(word: str, index: Index) -> None:
    index.add(
        [{"id": "1", "title": "开园", "body": TEXT}, {"id": "2", "title": "数谷", "body": "谷里开花，今天云也好看。"}]
    )
    parts = [TEXT[start:end] for start in range(12) for end in range(start + 2, 13)]
    asked = [*parts, *(f"“{part}”" for part in parts), f"{word}开花", "谷里今天"]
    before = found(index, asked)
    index.add_words([f"{word} 90000"])
    after = found(index, asked)
    assert_kept(before, after)
    assert index.search(f"“{word}”").total == (word in TEXT)
    assert all(after[query] == before[query] for query in asked if query.startswith("“"))


def test_an_added_word_mends_a_wrong_cut(index: Index) -> None:
    """Cut as 云栖数 谷 开园, the query asks for 云栖数; with the word also for 云栖, 数, 谷 and 开园."""
    index.add([{"id": "1", "title": "数谷在云栖开园", "body": "这座园区叫数谷。"}])
    results = index.search("云栖数谷开园")
    assert ([hit.id for hit in results], results.relaxed) == (["1"], True)
    index.add_words(["云栖"])
    results = index.search("云栖数谷开园")
    assert ([hit.id for hit in results], results.relaxed) == (["1"], False)
    (hit,) = results
    assert "云栖开园" in [hit.article.title[start:end] for start, end in hit.title_highlights]


def test_a_partial_match_does_not_hang_on_how_the_article_was_cut(index: Index) -> None:
    index.add_words(["大会议程 900000"])
    index.add([{"id": "1", "title": "通知", "body": "市代表大会议程已定。"}])
    assert len(index._reader.word("代表大会")) == 0
    results = index.search("代表大会闭幕式")
    assert ([hit.id for hit in results], results.relaxed) == (["1"], True)


# On the command line, and mistakes


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text(f"开园\n\n{TEXT}", "utf-8")
    (tmp_path / "words.txt").write_bytes("云栖数谷 5 nz\r\n5G基站\r\n".encode("gb18030"))
    run = CliRunner().invoke(cli, ["index", "one.txt", "--dict", "words.txt"])
    assert run.exit_code == 0
    assert "1 word added to the dictionary" in run.stderr
    assert "5G基站" in run.stderr
    assert "--rebuild" not in run.stderr
    run = CliRunner().invoke(cli, ["index", "one.txt", "--dict", "words.txt"])
    assert "added to the dictionary\n" not in run.stderr
    assert added(tmp_path / "index") == {"云栖数谷": 5}
    (tmp_path / "words.txt").write_text("云栖 3\n", "utf-8")
    run = CliRunner().invoke(cli, ["index", "one.txt", "--dict", "words.txt"])
    assert "`newsearch index --rebuild`" in run.stderr


@pytest.mark.parametrize("rebuild", [True, False])
def test_a_bad_word_changes_nothing(index: Index, tmp_path: Path, rebuild: bool) -> None:
    (tmp_path / "one.txt").write_text("开园\n\n今天开园。", "utf-8")
    (tmp_path / "words.txt").write_text("云栖数谷 5\n\n数谷 0\n", "utf-8")
    generation = index.generation
    with pytest.raises(BadWordFile, match=r"words.txt:3: 0 is no frequency; ") as raised:
        index.add_files(tmp_path / "one.txt", rebuild=rebuild, dictionary=tmp_path / "words.txt")
    assert (raised.value.path, raised.value.line) == (str(tmp_path / "words.txt"), 3)
    with pytest.raises(BadWordFile, match="the words:1: "):
        index.add_words(["云栖 -1"])
    with pytest.raises(BadWordFile, match="add up"):
        index.add_words(["云栖 4294967295"])
    index.refresh()
    assert (index.generation, len(index), added(index.folder)) == (generation, 0, {})


def test_words_outlive_an_index_that_cannot_be_read(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text(f"开园\n\n{TEXT}", "utf-8")
    index.add_files(tmp_path / "one.txt", dictionary=["云栖数谷 5"])
    (segment,) = index.folder.glob("segment-*")
    segment.write_bytes(segment.read_bytes()[:-100])
    with pytest.raises(IndexDamaged):
        newsearch.open(index.folder)
    CliRunner().invoke(cli, ["--index", str(index.folder), "index", str(tmp_path / "one.txt"), "--rebuild"])
    assert added(index.folder) == {"云栖数谷": 5}
    (dictionary,) = [index.folder / f for f in sorted(p.name for p in index.folder.glob("dictionary-*"))[-1:]]
    content = bytearray(dictionary.read_bytes())
    content[len(content) // 2] ^= 1
    dictionary.write_bytes(content)
    args = ["--index", str(index.folder), "index", str(tmp_path / "one.txt"), "--rebuild"]
    run = CliRunner().invoke(cli, args)
    assert run.exit_code == 0, run.stderr
    assert "damaged" in run.stderr
    assert added(index.folder) == {}
    assert newsearch.open(index.folder).check() == []


def test_a_dictionary_file_is_written_only_when_it_changes(index: Index) -> None:
    def files() -> set[str]:
        return {path.name for path in index.folder.glob("dictionary-*")}

    first = files()
    assert len(first) == 1
    index.add([{"title": "甲", "body": "乙"}])
    assert files() == first
    index.add_words(["云栖数谷"])
    index.add([{"title": "丙", "body": "乙"}])
    (now,) = files()
    assert {now} != first
    with open_writer(Storage(index.folder)) as opened:
        for number in range(3):
            if not number:
                opened.use_dictionary(opened.dictionary)
            opened.add(newsearch.Article(id=str(number), title="丁"))
            opened.commit()
    assert len(files()) == 1
