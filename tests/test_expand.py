"""Fuzzy words → the words of an index that are like them, against all words and the definition."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from whoosh import query as nodes

import newsearch
from newsearch import expand
from newsearch.expand import expanded, spellings
from newsearch.index.reader import Reader, open_reader
from newsearch.index.storage import Storage
from newsearch.query import LIMITS, parse_query
from newsearch.terms.dictionary import default_dictionary
from newsearch.terms.segment import DictionarySegmenter


def distance(a: str, b: str) -> int:
    """Levenshtein's distance, by the full table."""
    table = {(i, j): i + j for i in range(len(a) + 1) for j in range(len(b) + 1) if not i or not j}
    for i, one in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            replaced = table[i - 1, j - 1] + (one != other)
            table[i, j] = min(replaced, table[i - 1, j] + 1, table[i, j - 1] + 1)
    return table[len(a), len(b)]


def opened(folder: Path) -> Reader:
    reader = open_reader(Storage(folder))
    assert reader
    return reader


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """The sample corpus in three segments, some articles of which are deleted."""
    folder = tmp_path_factory.mktemp("expand")
    articles = list(newsearch.read_articles(corpus))
    with newsearch.open(folder, create=True) as index:
        for start in range(3):
            index.add(articles[start::3])
        latin = "chenkai chengkai chenkai168 government goverment governments 6.5 7.5 3月 B站"
        index.add([{"id": "latin", "body": latin}])
        index.delete([article.id for article in index if article.id.startswith("wire")])
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return opened(folder)


@pytest.fixture(scope="module")
def documents(reader: Reader) -> dict[str, int]:
    """Every word of the index, and in how many articles it is."""
    return {word: count for word in set(reader.words()) if (count := len(reader.word(word)))}


def test_against_all_words(reader: Reader, documents: dict[str, int]) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    words = sorted(documents)
    sizes = set()
    for _ in range(60):
        word = list(rng.choice(words))
        for _ in range(rng.randrange(3)):
            place = rng.randrange(len(word) + 1)
            word[place : place + rng.randrange(2)] = rng.choices("工作台风学校中国人ak1", k=rng.randrange(2))
        typed = "".join(word)
        most = rng.choice((1, 2)) if len(typed) > 4 else 1
        if len(typed) < 2:
            continue
        found = spellings(reader, typed, most)
        like_it = (w for w in words if w != typed and len(w) > 1 and abs(len(w) - len(typed)) <= most)
        alike = {w: far for w in like_it if (far := distance(w, typed)) <= most}
        expected = sorted(alike, key=lambda w: (alike[w] > 1, -documents[w], w))[: LIMITS.spellings - 1]
        assert [spelling.string for spelling in found] == [typed, *expected], (typed, most)
        assert [spelling.documents for spelling in found] == [documents.get(w, 0) for w in (typed, *expected)]
        sizes.add(len(found))
    assert len(sizes) > 5


def test_what_a_reader_says_of_its_words(reader: Reader, documents: dict[str, int]) -> None:
    assert set(documents) <= set(reader.words())
    assert {"chenkai", "chengkai"} <= set(reader.words("chen")) <= set(reader.words())
    assert set(reader.words()) - set(documents)  # those of deleted articles: they must not be suggested
    assert reader.known_words(["chenkai", "没有这词", "台风", ""]) == {"chenkai", "台风"}
    assert {character for word in documents for character in word if character.isalnum()} <= reader.characters()
    assert not any(character.isspace() or character == "\0" for character in reader.characters())
    for part in ("台", "kai", "乡村", "没有这词"):
        assert set(reader.words_around(part)) == {word for word in reader.words() if part in word}


@pytest.mark.parametrize(
    ("word", "most", "expected"),
    [
        ("chenkai", 1, {"chengkai"}),
        ("chenkay", 1, {"chenkai"}),
        ("governmemt", 2, {"government", "goverment", "governments"}),
        ("government", 1, {"goverment", "governments"}),
        ("7.55", 1, {"7.5"}),
        ("乡村振星", 1, set()),
        ("没有这词", 1, set()),
    ],
)
def test_spellings(word: str, most: int, expected: set[str], reader: Reader) -> None:
    found = spellings(reader, word, most)
    assert {spelling.string for spelling in found} == {word} | expected
    assert found[0].weight == 1.0
    assert all(0 < spelling.weight < 1 for spelling in found[1:])


def test_a_rare_spelling_counts_no_more_than_a_frequent_one(reader: Reader) -> None:
    _, *others = spellings(reader, "台凤", 1)
    assert len({spelling.documents for spelling in others}) > 1
    assert sorted(others, key=lambda s: s.documents) == sorted(others, key=lambda s: s.weight)


def test_a_fuzzy_node_becomes_an_or_of_strings(reader: Reader, segmenter: DictionarySegmenter) -> None:
    parsed = parse_query("标题:chenkai~ -goverment~ 台风", segmenter)
    assert [type(leaf) for leaf in parsed.tree.leaves()].count(nodes.FuzzyTerm) == 2
    made = expanded(parsed, reader)
    for tree in (made.tree, made.any_piece, made.any_word):
        leaves = list(tree.leaves())
        assert nodes.FuzzyTerm not in {type(leaf) for leaf in leaves}
        titles = [leaf.words for leaf in leaves if leaf.fieldname == "title"]
        assert titles == [["chenkai"], ["chengkai"]]
        assert ["governments"] not in [leaf.words for leaf in leaves if isinstance(leaf, nodes.Phrase)]
        assert ["government"] in [leaf.words for leaf in leaves if isinstance(leaf, nodes.Phrase)]
    assert [len(piece.spellings) for piece in made.pieces] == [2, 0]


def test_a_query_without_fuzzy_words_asks_nothing(segmenter: DictionarySegmenter) -> None:
    parsed = parse_query("台风 标题:工会", segmenter)
    assert expanded(parsed, None) is parsed  # type: ignore[arg-type]


def test_a_word_that_nothing_is_like_is_noted(reader: Reader, segmenter: DictionarySegmenter) -> None:
    assert expanded(parse_query("没有这词~", segmenter), reader).notes == ["no word is like 没有这词"]
    assert expanded(parse_query("chenkai~", segmenter), reader).notes == []


def test_what_is_found_ranked_and_marked(folder: Path) -> None:
    with newsearch.open(folder) as index:
        index.add([{"id": "right", "title": "台风来了"}, {"id": "wrong", "title": "台凤来了"}])
        results = index.search("台凤~", limit=100)
        assert {"right", "wrong"} <= {hit.id for hit in results}
        assert results.hits[0].id == "wrong"
        marks = {hit.id: [hit.article.title[a:b] for a, b in hit.title_highlights] for hit in results}
        assert (marks["right"], marks["wrong"]) == (["台风"], ["台凤"])
        parts = index.explain(results, next(hit for hit in results if hit.id == "right"))
        assert ("word", "台风") in [(part.kind, part.term) for part in parts]
        assert not {"right", "wrong"} & {hit.id for hit in index.search("来了 -台凤~", limit=100)}


def test_a_hundred_and_fifty_thousand_words_take_no_time(tmp_path: Path) -> None:
    """An index of every second word of jieba's list; the best of five, since others may use the machine."""
    words = sorted(default_dictionary()._trie.keys())[::2]
    with newsearch.open(tmp_path, create=True) as index:
        index.add({"body": "，".join(words[start : start + 200])} for start in range(0, len(words), 200))
    reader = opened(tmp_path)
    assert len(set(reader.words())) > 150_000
    for word, most in (("中国", 1), ("工作", 1), ("乡村振兴", 1), ("中国人民银行", 2)):
        times = []
        for _ in range(5):
            started = time.process_time()
            spellings(reader, word, most)
            times.append(time.process_time() - started)
        assert min(times) < 0.1, (word, times)


def test_limits_are_kept(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expand, "LIMITS", LIMITS._replace(spellings=3))
    assert len(spellings(reader, "台凤", 1)) == 3
