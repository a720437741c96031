"""Words, bigrams and keyword values of several segments as tables, against brute force over the articles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

from newsearch.article import Article
from newsearch.index.reader import Reader, open_reader
from newsearch.index.storage import Storage
from newsearch.index.tables import TermTables, _places_among
from newsearch.index.writer import open_writer
from newsearch.schema import article_keywords
from newsearch.terms.fold import fold, view
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import bigrams, index_words

SENTENCES = ["颱風登陸沿海。", "台风带来暴雨", "乡村学校停课", "學校來了新老师，B站开课", "核桃丰收 app", "一", ""]


@pytest.fixture
def articles() -> list[Article]:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    return [
        Article(
            str(number),
            rng.choice(SENTENCES),
            "".join(rng.choices(SENTENCES, k=3)) or "空",
            source=rng.choice(["晚报", "晚報", "Daily", ""]),
            authors=tuple({rng.choice(["潘海燕", "麻超", "麻超群"]) for _ in range(rng.randrange(3))}),
        )
        for number in range(40)
    ]


@pytest.fixture
def reader(storage: Storage, articles: list[Article]) -> Iterator[Reader]:
    """Three segments."""
    for part in (articles[:25], articles[25:35], articles[35:]):
        with open_writer(storage) as writer:
            for article in part:
                writer.add(article)
            writer.commit()
    found = open_reader(storage)
    assert found is not None
    yield found


def text(article: Article) -> str:
    return view(article.title).text + "。" + view(article.body).text


def test_words(reader: Reader, articles: list[Article], segmenter: DictionarySegmenter) -> None:
    assert len(reader.segments) > 1
    counts = Counter(word for article in articles for word in set(index_words(text(article), segmenter)))
    for prefix in ("台", "学", "学校", "登", "b", "app", "没", "a\ud800", "\ud800"):
        expected = {word: count for word, count in counts.items() if word.startswith(prefix)}
        assert reader.tables.words(prefix) == expected
    assert reader.tables.words("s") == reader.tables.words("i") == {}  # keyword values are no words
    assert reader.tables.counts(list(counts)).tolist() == list(counts.values())
    assert reader.tables.counts(["没有的词", "台"]).tolist() == [0, counts["台"]]


def test_postings_are_those_of_all_words(
    reader: Reader, articles: list[Article], segmenter: DictionarySegmenter
) -> None:
    terms = [{*index_words(text(article), segmenter), *article_keywords(article)} for article in articles]
    assert reader.tables.postings == sum(map(len, terms))


def test_runs_are_cut_at_the_longest_words(reader: Reader) -> None:
    document = int(reader.word("学校").docs[0])
    assert list(reader.tables.longest_words(["学校来了", "鳎鳎"], 10, document)) == ["学校", "来", "了", "鳎", "鳎"]
    assert list(reader.tables.longest_words(["学校来了"], 1, document)) == ["学", "校", "来", "了"]


def test_the_documents_of_many_words(
    reader: Reader, articles: list[Article], segmenter: DictionarySegmenter
) -> None:
    having = {reader.find(article.id): set(index_words(text(article), segmenter)) for article in articles}
    words = [*sorted(set().union(*having.values())), "没有的词"]
    places = reader.tables.places(words)
    some = np.arange(len(words))[::-1][: len(words) // 2]
    found = {
        (words[some[row]], document)
        for rows, documents in reader.tables.documents_of(places, some)
        for row, document in zip(rows.tolist(), documents.tolist(), strict=True)
    }
    wanted = [words[place] for place in some]
    assert found == {(word, document) for word in wanted for document, mine in having.items() if word in mine}
    for place, word in enumerate(words):
        alone = [document for part in reader.tables.documents_of_one(places, place) for document in part.tolist()]
        assert alone == sorted(document for document, mine in having.items() if document is not None and word in mine)


def test_places_among_others(rng: random.Random) -> None:
    for _ in range(100):
        others = rng.sample(range(30), rng.randrange(10)) + [-1] * rng.randrange(3)
        rng.shuffle(others)
        numbers = [rng.randrange(30) for _ in range(rng.randrange(8))]
        found = _places_among(np.array(numbers, np.int64), np.array(others, np.int64)).tolist()
        assert found == [others.index(number) if number in others else -1 for number in numbers]


def test_the_most_frequent_words(reader: Reader, articles: list[Article], segmenter: DictionarySegmenter) -> None:
    counts = Counter(word for article in articles for word in set(index_words(text(article), segmenter)))
    for most in (1, 3, 10, 1000):
        words, others = reader.tables.most_frequent(most)
        assert set(words) <= set(counts)
        assert max((count for word, count in counts.items() if word not in words), default=0) <= others
    assert set(words) == set(counts)
    assert others == 0


def test_champions_of_all_segments(
    storage: Storage, segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsearch.codec.builder.CHAMPIONS_FROM", 64)
    for part in range(3):
        with open_writer(storage) as writer:
            for number in range(70):
                often = "台风" * (1 + number % 9) if part < 2 or number % 2 else "无"
                writer.add(Article(f"{part}-{number}", "", f"{often}，渔船来了。{'古籍' * (part == 2)}"))
            writer.commit()
    reader = open_reader(storage)
    assert reader is not None
    champions = reader.tables.champions
    places = {word: place for place, word in enumerate(champions.words)}
    assert {"台风", "渔船"} <= set(places)
    for word, counts in (("台风", (175, 140, 128)), ("渔船", (210, 210, 192)), ("古籍", (70, 70, 64))):
        place = places[word]
        assert (champions.everywhere[place], champions.counts[place], champions.sampled[place]) == counts
        mine = champions.documents[champions.rows == place]
        assert len(set(mine.tolist())) == champions.sampled[place]
        assert set(mine.tolist()) <= set(reader.word(word).docs.tolist())


def test_bigrams(reader: Reader, articles: list[Article]) -> None:
    counts = Counter(pair for article in articles for pair in set(bigrams(text(article))))
    table = reader.tables.bigrams
    assert len(table.counts) == len(counts)
    assert np.all(np.diff(table.keys) > 0)
    pairs = zip(table.first.tolist(), table.second.tolist(), table.counts.tolist(), strict=True)
    assert {table.alphabet[a] + table.alphabet[b]: count for a, b, count in pairs} == dict(counts)
    characters = [*sorted({character for pair in counts for character in pair}), "鳎", "~"]
    seams = table.seams(characters, characters[::-1])
    assert seams.shape == (len(characters), len(characters))
    for row, left in enumerate(characters):
        for column, right in enumerate(reversed(characters)):
            assert seams[row, column] == counts[left + right] == table.documents(left, right)
    assert table.seams([], ["台"]).shape == (0, 1)


def test_keyword_values(reader: Reader, articles: list[Article]) -> None:
    for field, values in (("source", lambda a: [a.source]), ("author", lambda a: a.authors)):
        table = reader.tables.keyword(field)
        found = {(table.values[o], d) for o, d in zip(table.ordinals.tolist(), table.documents.tolist(), strict=True)}
        expected = {
            (fold(value), reader.find(article.id)) for article in articles for value in values(article) if value
        }
        assert found == expected
        assert len(table.documents) == len(expected)
    assert reader.tables.keyword("nothing").values == []


def test_an_empty_index() -> None:
    tables = TermTables([], [])
    assert (tables.words("台"), tables.counts(["台"]).tolist(), tables.postings) == ({}, [0], 0)
    assert (tables.most_frequent(5), tables.champions.words) == (([], 0), [])
    assert (tables.bigrams.alphabet, len(tables.bigrams.counts), tables.bigrams.documents("台", "风")) == ("", 0, 0)
    assert tables.bigrams.seams(["台"], ["风"]).tolist() == [[0]]
    assert len(tables.keyword("source").documents) == 0
