"""The postings of a term over all segments, against counting in the articles; deleted ones are in no answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from brute_force import Counts, Terms, terms_of

from newsearch import ranking, schema
from newsearch.article import Article
from newsearch.codec import builder, segment
from newsearch.index import merging, terms
from newsearch.index.reader import Reader, open_reader
from newsearch.index.storage import Storage
from newsearch.index.terms import TermPostings
from newsearch.index.writer import open_writer
from newsearch.ranking import Lengths
from newsearch.schema import keyword_term
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import RUN_END, bigrams

LEAD = 12
WORDS = ["台风", "渔船", "乡村", "振兴", "学校", "人工智能", "的", "了", "B超", "3月15日", "6.5", "颱風"]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits so small that tiny segments are beyond them; segments stay as they are written."""
    monkeypatch.setattr(schema, "LEAD", LEAD)
    monkeypatch.setattr(builder, "CHAMPIONS_FROM", 8)
    monkeypatch.setattr(terms, "CHAMPIONS_FROM", 8)
    monkeypatch.setattr(builder, "CHAMPIONS", 3)
    monkeypatch.setattr(segment, "CHAMPIONS", 3)
    monkeypatch.setattr(terms, "_MANY", 5)
    monkeypatch.setattr(merging, "_MERGE_FROM", 1000)


def random_article(rng: random.Random, number: int) -> Article:
    words = [rng.choice(WORDS) for _ in range(rng.randrange(15))]
    body = "".join(word + rng.choice(("", "", "，")) for word in words)
    if rng.random() < 0.1:
        body += "，台风" * rng.choice((9, 130, 300))  # more than a code holds, or a champion
    return Article(
        f"a{number}", "".join(rng.choices(WORDS, k=rng.randrange(1, 4))), body, source=rng.choice(("晚报", ""))
    )


def random_reader(rng: random.Random, storage: Storage) -> Reader:
    """Of one to four segments, in some of which articles were deleted or replaced."""
    number = 0
    for _ in range(rng.choice((1, 1, 2, 4))):
        with open_writer(storage) as opened:
            for _ in range(rng.choice((1, 5, 40))):
                opened.add(random_article(rng, number))
                number += 1
            opened.commit()
    if rng.random() < 0.7:
        with open_writer(storage) as opened:
            for gone in rng.sample(range(number), number // 4):
                opened.delete(f"a{gone}")
            opened.add(replace(random_article(rng, rng.randrange(number)), title="渔船台风"))
            opened.commit()
    made = open_reader(storage)
    assert made is not None
    return made


@pytest.fixture
def readers(
    rng: random.Random, tmp_path: Path, segmenter: DictionarySegmenter
) -> Iterator[tuple[Reader, dict[int, Terms]]]:
    """Readers, each with what stands in its live documents."""

    def opened() -> Iterator[tuple[Reader, dict[int, Terms]]]:
        for number in range(8):
            made = random_reader(rng, Storage(tmp_path / str(number)))
            live = np.flatnonzero(made.live).tolist()
            yield made, {document: terms_of(made.article(document), segmenter, LEAD) for document in live}

    return opened()


def rows(found: TermPostings) -> dict[int, Counts]:
    docs = found.docs.tolist()
    assert (found.docs.dtype, docs) == (np.uint32, sorted(set(docs)))
    assert len(found) == len(docs) <= found.most
    return dict(
        zip(docs, zip(found.title.tolist(), found.lead.tolist(), found.body.tolist(), strict=True), strict=True)
    )


def true_rows(word: str, documents: dict[int, Terms]) -> dict[int, Counts]:
    return {document: terms.words[word] for document, terms in documents.items() if word in terms.words}


def all_words(documents: dict[int, Terms]) -> list[str]:
    return [*sorted({word for terms in documents.values() for word in terms.words}), "没有"]


def test_words_are_where_they_stand(readers: Iterator[tuple[Reader, dict[int, Terms]]]) -> None:
    for made, documents in readers:
        for word in all_words(documents):
            assert rows(made.word(word)) == true_rows(word, documents), word
        assert made.lengths.title[made.live].tolist() == [terms.lengths[0] for terms in documents.values()]
        assert made.lengths.body[made.live].tolist() == [terms.lengths[1] for terms in documents.values()]


def test_bigrams_are_where_they_stand(readers: Iterator[tuple[Reader, dict[int, Terms]]]) -> None:
    for made, documents in readers:
        pairs = [*sorted({pair for terms in documents.values() for pair in terms.bigrams}), "没有"]
        for pair in pairs:
            in_title = [doc for doc, terms in documents.items() if pair in bigrams(terms.title)]
            anywhere = [doc for doc, terms in documents.items() if pair in terms.bigrams]
            for found, expected in ((made.bigram(pair), anywhere), (made.bigram(pair, True), in_title)):
                assert found.docs.tolist() == expected, pair
                assert len(found) == len(expected) <= found.most
        for character in {pair[0] for pair in pairs} - {RUN_END}:
            in_title = [doc for doc, terms in documents.items() if character in terms.title]
            anywhere = [doc for doc, terms in documents.items() if character in terms.title + terms.body]
            assert made.character(character, True).tolist() == in_title, character
            assert made.character(character).tolist() == anywhere, character


def test_ids_are_known_without_reading_articles(
    readers: Iterator[tuple[Reader, dict[int, Terms]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for made, documents in readers:
        ids = {document: made.article(document).id for document in documents}
        monkeypatch.setattr(made, "article", None)
        assert {document: made.id(document) for document in documents} == ids
        assert {document: made.find(article_id) for document, article_id in ids.items()} == {d: d for d in documents}


@pytest.mark.parametrize("champions_first", [False, True])
def test_frequencies_in_some_documents(
    champions_first: bool, rng: random.Random, readers: Iterator[tuple[Reader, dict[int, Terms]]]
) -> None:
    """Of few and of many, with and without the word; asked of postings that were used for something else or not."""
    for made, documents in readers:
        for word in rng.sample(words := all_words(documents), min(8, len(words))):
            expected = true_rows(word, documents)
            postings = made.word(word)
            asked = [rng.sample(range(made.size), rng.randrange(made.size + 1)) for _ in range(3)]
            asked += [[doc] for doc in rng.sample(range(made.size), 1)] + [[], list(expected)]
            if champions_first:
                asked.append(postings.champions[0].tolist())
            for some in asked:
                docs = np.array(sorted(some), np.uint32)
                places, fields = postings.at(docs)
                found = dict(zip(docs[places].tolist(), zip(*(f.tolist() for f in fields), strict=True), strict=True))
                assert found == {doc: counts for doc, counts in expected.items() if doc in some}, (word, some)


def test_champions_bound_all_others(readers: Iterator[tuple[Reader, dict[int, Terms]]]) -> None:
    """By the averages of all segments, whichever each was written with, and what deletions made of them."""
    some = settled = 0
    for made, documents in readers:
        for word in all_words(documents):
            expected = true_rows(word, documents)
            docs, fields, rest = made.word(word).champions
            assert (docs.dtype, docs.tolist()) == (np.uint32, sorted(set(docs.tolist())))
            counts = dict(zip(docs.tolist(), zip(*(f.tolist() for f in fields), strict=True), strict=True))
            assert counts.items() <= expected.items(), word
            others = np.array([doc for doc in expected if doc not in counts], np.uint32)
            columns = np.array([expected[doc] for doc in others.tolist()], np.uint16).reshape(-1, 3).T
            lengths = Lengths(*(length[others] for length in made.lengths))
            strengths = ranking.strength(*columns, lengths, made.averages)
            assert (strengths <= rest * (1 + 1e-6)).all(), word
            some += bool(len(others)) and rest < np.inf
            settled += not len(others)
    assert some > 20
    assert settled > 20


def test_without_a_reference_nothing_is_known_of_the_others(
    readers: Iterator[tuple[Reader, dict[int, Terms]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "WEIGHTS", replace(ranking.WEIGHTS, title=9.0))
    for made, documents in readers:
        for part in made.segments:
            part.reference = part.reference | {"weights": [1.0]}
        for word in all_words(documents):
            docs, _, rest = made.word(word).champions
            assert rest in (0.0, np.inf)
            assert rest == np.inf or docs.tolist() == list(true_rows(word, documents))


def test_averages_are_those_of_live_articles(readers: Iterator[tuple[Reader, dict[int, Terms]]]) -> None:
    for made, documents in readers:
        title, body = zip(*(terms.lengths for terms in documents.values()), strict=True)
        assert made.averages == (sum(title) / len(title), sum(body) / len(body))


def test_where_a_string_stands_as_it_was_written(storage: Storage) -> None:
    with open_writer(storage) as opened:
        opened.add(Article("1", "颱風登陸", "𮊸鎮的\n學校，Ａ"))
        opened.commit()
    made = open_reader(storage)
    assert made is not None
    written = {"颱風": ["text", "title"], "學校，Ａ": ["text", "body"], "𮊸": ["text", "body"]}
    for string, fields in {**written, "台风": [], "的學": [], "陸𮊸": []}.items():
        assert [field for field in ("text", "title", "body") if made.stands(string, 0, field)] == fields, string


def test_a_keyword_is_a_word_of_its_field(storage: Storage) -> None:
    with open_writer(storage) as opened:
        opened.add(Article("1", "台风", source="團結報"))
        opened.commit()
    made = open_reader(storage)
    assert made is not None
    assert made.keyword("source", "团结报").tolist() == [0]
    assert rows(made.word(keyword_term("source", "团结报"))) == {0: (0, 0, 1)}


def test_what_is_mapped_is_given_back(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsearch.index.reader._MAPPED", 1)
    with open_writer(storage) as opened:
        for number in range(30):
            opened.add(Article(str(number), f"台风第{number}号", "渔船回港避风。" * number))
        opened.commit()
    reader = open_reader(storage)
    assert reader is not None
    before = reader.word("台风").docs.tolist(), reader.article(7), reader.column("date").tolist()
    reader.breathe()
    assert sum(file.touched for file in reader._files.values()) == 0
    fresh = open_reader(storage)
    assert fresh is not None
    assert (reader.word("台风").docs.tolist(), reader.article(7), reader.column("date").tolist()) == before
    assert (fresh.word("渔船").docs.tolist(), fresh.article(7)) == (reader.word("渔船").docs.tolist(), before[1])
