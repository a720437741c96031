"""The columns against Whoosh's stock codec: the same articles as the same terms, the same query trees, the same
documents and scores from Whoosh's Searcher; and the same documents from newsearch's own evaluation."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import query as nodes
from whoosh import scoring
from whoosh.filedb.filestore import RamStorage
from whoosh.matching import AndNotMatcher, InverseMatcher
from whoosh.query import Query as Node
from whoosh.reading import IndexReader
from whoosh.scoring import WeightingModel
from whoosh.searching import Searcher

import newsearch
from newsearch.article import Article
from newsearch.evaluation import evaluate
from newsearch.index.reader import Reader, open_reader
from newsearch.index.storage import Storage
from newsearch.index.whoosh_reader import LAYOUT, stored_fields, whoosh_reader
from newsearch.schema import date_number, encode_article, whoosh_schema
from newsearch.terms.fold import fold, view
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import bigrams, index_words

WORDS = [
    "颱風",
    "渔船",
    "乡村振兴",
    "校车",
    "古籍",
    "高铁",
    "人工智能",
    "工会",
    "B站",
    "3月15日",
    "的",
    "了",
    "chenkai168",
]
SOURCES = ("团结报", "江口晚報", "")
AUTHORS = ("潘海燕", "麻超", "Lin Wei")
DAYS = [None, dt.date(2019, 2, 28), dt.date(2024, 1, 1), dt.date(2024, 7, 24), dt.date(2024, 12, 31)]
WEIGHTINGS = [scoring.BM25F(), scoring.BM25F(B=0.4, K1=2.0, title_B=0.9), scoring.TF_IDF(), scoring.Frequency()]


@pytest.fixture(autouse=True)
def mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoosh without three mistakes of its own: an AndNotMatcher lets the first document of `a` through if `b` begins
    before it, and asks an `a` that has ended for its document (IndexError); an InverseMatcher may stop at a deleted
    document, and then another one around it at the next."""

    def next_of_and_not(self: AndNotMatcher) -> None:
        while self.a.is_active() and self.b.is_active() and self.b.id() <= self.a.id():
            if self.b.id() < self.a.id():
                self.b.skip_to(self.a.id())
            else:
                self.a.next()

    def next_of_inverse(self: InverseMatcher) -> None:
        child = self.child
        while self._id < self.limit:
            if child.is_active() and child.id() < self._id:
                child.skip_to(self._id)
            if not self.missing(self._id) and not (child.is_active() and child.id() == self._id):
                return
            self._id += 1

    monkeypatch.setattr(AndNotMatcher, "_find_first", next_of_and_not)
    monkeypatch.setattr(AndNotMatcher, "_find_next", next_of_and_not)
    monkeypatch.setattr(InverseMatcher, "_find_next", next_of_inverse)


# The same articles twice


def random_article(rng: random.Random, number: int) -> Article:
    """Between one word and several hundred; now and then one of them more often than fits in a code."""
    body = "，".join("".join(rng.sample(WORDS, rng.randint(1, 6))) for _ in range(rng.choice((0, 1, 3, 12, 60))))
    if rng.random() < 0.1:
        body += f"，{rng.choice(WORDS)}" * rng.choice((9, 70))
    return Article(
        id=f"a{number}",
        title="".join(rng.sample(WORDS, rng.randint(1, 4))),
        body=body,
        date=rng.choice(DAYS),
        authors=tuple(rng.choices(AUTHORS, k=rng.choice((0, 1, 2)))),
        source=rng.choice(SOURCES),
        section=rng.choice(("要闻", "")),
        kicker=rng.choice(("江口直击", "", "")),
    )


def built(rng: random.Random, folder: Path, commits: Sequence[int], deleted: int) -> Reader:
    """An index of so many articles in each commit, so many of which are deleted at the end."""
    with newsearch.open(folder, create=True) as index:
        for commit, count in enumerate(commits):
            index.add([random_article(rng, 10_000 * commit + number) for number in range(count)])
        ids = [article.id for article in index]
        if deleted:
            index.delete(rng.sample(ids, deleted))
    reader = open_reader(Storage(folder))
    assert reader is not None
    return reader


def stock_reader(reader: Reader, segmenter: DictionarySegmenter) -> IndexReader:
    """The articles of an index in an index of Whoosh's own making, segment by segment, deleted ones too."""
    index = RamStorage().create_index(whoosh_schema())
    for base, segment in zip(reader.bases, reader.segments, strict=True):
        writer = index.writer()
        for document in range(base, base + segment.documents):
            writer.add_document(**whoosh_document(reader.article(document), segmenter))
        writer.commit(merge=False)
    writer = index.writer()
    for document in np.flatnonzero(~reader.live).tolist():
        writer.delete_document(document)
    writer.commit(merge=False)
    return index.reader()


def whoosh_document(article: Article, segmenter: DictionarySegmenter) -> dict[str, Any]:
    """The terms of an article by field, and what is stored of it."""
    title, body = view(article.title).text, view(article.body).text
    fields: dict[str, Any] = {
        "title": index_words(title, segmenter),
        "body": index_words(body, segmenter),
        "title_bigrams": bigrams(title),
        "author": [fold(author) for author in article.authors],
        "id": article.id,
        "date": date_number(article.date),
    }
    fields |= {name: fold(getattr(article, name)) for name in ("source", "section", "kicker")}
    fields["text"] = fields["title"] + fields["body"]
    fields["text_bigrams"] = fields["title_bigrams"] + bigrams(body)
    stored = stored_fields(encode_article(article))
    fields |= {f"_stored_{name}": stored.get(name) for name, value in fields.items() if value}
    return {name: value for name, value in fields.items() if value}


STATES = {
    "one segment": ([40], 0),
    "more than one block": ([200], 0),
    "several segments": ([15, 1, 30], 0),
    "deletions": ([20, 12, 9], 11),
    "merged": ([12, 7, 9, 5, 6], 0),
    "merged, deletions": ([12, 7, 9, 5, 6], 8),
}


Indexes = tuple[Reader, IndexReader, IndexReader]


@pytest.fixture(params=STATES)
def indexes(
    request: pytest.FixtureRequest, rng: random.Random, tmp_path: Path, segmenter: DictionarySegmenter
) -> Indexes:
    """The same articles: as newsearch, as Whoosh on columns, as Whoosh on its stock codec."""
    commits, deleted = STATES[request.param]
    reader = built(rng, tmp_path, commits, deleted)
    assert (len(reader.segments) < len(commits)) == ("merged" in request.param)
    assert reader.size - reader.count == deleted
    return reader, whoosh_reader(reader), stock_reader(reader, segmenter)


# Statistics


def test_every_statistic_is_the_same(indexes: Indexes) -> None:
    """Whatever a weighting may ask of a field, a term or a document."""
    _, columns, stock = indexes
    assert set(LAYOUT) == set(columns.schema.names())
    assert (columns.doc_count(), columns.doc_count_all()) == (stock.doc_count(), stock.doc_count_all())
    assert list(columns.all_doc_ids()) == list(stock.all_doc_ids())
    terms = sorted(stock.all_terms())
    assert sorted(columns.all_terms()) == terms
    for term in terms:
        assert term in columns
        assert term_facts(columns, term) == term_facts(stock, term), term
    for name in columns.schema.names():
        assert columns.field_length(name) == stock.field_length(name), name
        assert lengths(columns, name) == lengths(stock, name), name
        assert list(columns.lexicon(name)) == list(stock.lexicon(name)), name
    assert list(columns.all_stored_fields()) == list(stock.all_stored_fields())
    for (leaf, _), (stock_leaf, _) in zip(columns.leaf_readers(), stock.leaf_readers(), strict=True):
        assert list(leaf.column_reader("date")) == list(stock_leaf.column_reader("date"))
        for name in ("title", "body", "text"):
            if stock_leaf.field_length(name):  # otherwise Whoosh has no lengths to look at
                assert leaf.min_field_length(name) == stock_leaf.min_field_length(name)
                assert leaf.max_field_length(name) == stock_leaf.max_field_length(name)


def lengths(index: IndexReader, name: str) -> list[int]:
    return [index.doc_field_length(document, name) or 0 for document in range(index.doc_count_all())]


def term_facts(index: IndexReader, term: tuple[str, bytes]) -> tuple[Any, ...]:
    info = index.term_info(*term)
    counts = (info.weight(), info.doc_frequency(), info.max_weight())
    matcher = index.postings(*term)
    postings = []
    while matcher.is_active():
        postings.append((matcher.id(), matcher.weight(), matcher.value() or b"", matcher.value_as("frequency")))
        matcher.next()
    return counts, (info.min_length() or 0, info.max_length(), info.min_id(), info.max_id()), postings


# Trees

FIELDS = ("title", "body", "text", "text_bigrams", "title_bigrams", "source", "author", "id")
TERMS_ONLY = (nodes.Term, nodes.NumericRange, nodes.Every, type(nodes.NullQuery))


class Trees:
    """Random trees over the terms of an index; leaves are `known` nodes only, if given."""

    def __init__(self, rng: random.Random, index: IndexReader, known: tuple[type[Node], ...] = ()) -> None:
        self.rng = rng
        self.known = known
        fields = [name for name in FIELDS if not (known and "bigrams" in name)]
        self.terms = {name: list(index.field_terms(name)) for name in fields}

    def leaf(self) -> Node:
        rng = self.rng
        field = rng.choice(list(self.terms))
        text = rng.choice(self.terms[field]) if rng.random() < 0.9 else "没有"
        days = sorted(rng.choices((1, 20190228, 20240101, 20240615, 20240724, 20241231, 99991231), k=2))
        leaves = [
            nodes.Term(field, text),
            nodes.Term(field, text),
            nodes.Term(field, text, boost=2.0),
            nodes.Prefix(field, text[:1]),
            nodes.Wildcard(field, rng.choice(("*" + text[-1:], text[:1] + "?", "*" + text + "*"))),
            nodes.NumericRange("date", *days),
            nodes.Every(),
            nodes.NullQuery,
        ]
        return rng.choice([leaf for leaf in leaves if not self.known or isinstance(leaf, self.known)])

    def tree(self, depth: int = 4) -> Node:
        rng = self.rng
        if depth == 0 or rng.random() < 0.25:
            return self.leaf()
        children = [self.tree(depth - 1) for _ in range(rng.randint(2, 3))]
        one, other = children[:2]
        several = [nodes.And(children), nodes.Or(children)]
        return rng.choice([*several, *several, nodes.Not(one), nodes.AndNot(one, other), nodes.AndMaybe(one, other)])


def found(
    index: IndexReader, tree: Node, weighting: WeightingModel, limit: int | None = None
) -> list[tuple[float, int]]:
    """What Whoosh's Searcher finds: (score, document), best first."""
    top: list[tuple[float, int]] = Searcher(index, weighting, closereader=False).search(tree, limit=limit).top_n
    return top


def test_trees_find_the_same_with_the_same_scores(indexes: Indexes, rng: random.Random) -> None:
    _, columns, stock = indexes
    trees = Trees(rng, stock)
    sizes = set()
    for number in range(40):
        weighting = WEIGHTINGS[number % len(WEIGHTINGS)]
        tree = trees.tree()
        expected = found(stock, tree, weighting)
        assert found(columns, tree, weighting) == expected, tree
        sizes.add(len(expected))
    assert len(sizes) > 8  # trees that match none, all and anything between


def test_the_best_are_the_best_of_all(indexes: Indexes, rng: random.Random) -> None:
    """With a limit Whoosh leaves out what cannot be good enough, going by what matchers say of their quality.

    Where it adds qualities, they are whole numbers here: a rounded sum can keep it from ever going on."""
    _, columns, stock = indexes
    trees = Trees(rng, stock, TERMS_ONLY)
    for number in range(40):
        several = number % 2
        weighting = scoring.Frequency() if several else rng.choice(WEIGHTINGS)
        tree = nodes.Or([trees.leaf() for _ in range(rng.randint(2, 4))]) if several else trees.leaf()
        best = [score for score, _ in found(columns, tree, weighting, limit=5)]
        assert best == [score for score, _ in found(stock, tree, weighting)][:5], tree


def test_evaluation_finds_what_whoosh_finds(indexes: Indexes, rng: random.Random) -> None:
    reader, columns, stock = indexes
    trees = Trees(rng, stock, TERMS_ONLY)
    for _ in range(40):
        tree = trees.tree()
        documents = evaluate(reader, evaluable(tree)).tolist()
        for index in (columns, stock):
            assert sorted(document for _, document in found(index, tree, WEIGHTINGS[0])) == documents, tree


def evaluable(tree: Node) -> Node:
    """The same tree in the nodes of newsearch's own evaluation."""
    match tree:
        case nodes.AndNot():
            return nodes.And([evaluable(tree.a), nodes.Not(evaluable(tree.b))])
        case nodes.AndMaybe():
            return evaluable(tree.a)
        case nodes.Not():
            return nodes.Not(evaluable(tree.query))
        case nodes.And() | nodes.Or():
            return type(tree)([evaluable(child) for child in tree])
    return tree
