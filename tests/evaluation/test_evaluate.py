"""Trees of a query against brute force: every node on its own, and random trees over a dozen tiny articles."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from dict_index import DictIndex, TinyArticle
from near_reference import ways
from whoosh import query as nodes
from whoosh.query import Query as Node

from newsearch.evaluation import StringPattern, certain_words, evaluate, is_certain, is_slow, possible, strings
from newsearch.evaluation.questions import Documents
from newsearch.terms.segment import DictionarySegmenter, Segmenter
from newsearch.terms.tokens import ordered_words

CHARACTERS = "台风灾害乡村大学的" * 2 + "ab12" + "，。 "
SOURCES = ("团结报", "晚报")
FIELDS = ("text", "title", "body")


def stands(pattern: str, text: str) -> bool:
    """Whether a wildcard pattern matches somewhere: ? one letter, * any number, by trying everything."""

    def here(pattern: str, start: int) -> bool:
        if not pattern:
            return True
        if pattern[0] == "*":
            letter = start < len(text) and text[start].isalnum()
            return here(pattern[1:], start) or (letter and here(pattern, start + 1))
        if start == len(text):
            return False
        fits = text[start].isalnum() if pattern[0] == "?" else text[start] == pattern[0]
        return fits and here(pattern[1:], start + 1)

    return any(here(pattern, start) for start in range(len(text) + 1))


def whole_words(text: str) -> set[str]:
    """Latin letters and digits: the runs, and the runs of one kind."""
    return set(re.findall("[ab12]+", text)) | set(re.findall("[ab]+|[12]+", text))


def holds(node: Node, article: TinyArticle, segmenter: Segmenter) -> bool:
    """What a tree means, article by article."""
    texts = {"text": (article.title, article.body), "title": (article.title,), "body": (article.body,)}
    match node:
        case nodes.And():
            return all(holds(child, article, segmenter) for child in node)
        case nodes.Or():
            return any(holds(child, article, segmenter) for child in node)
        case nodes.Not():
            return not holds(node.query, article, segmenter)
        case nodes.Phrase() if len(node.words) > 1:
            found = (ways(text, node.words, node.slop - 1, segmenter) for text in texts[node.fieldname])
            return any(any(True for _ in way) for way in found)
        case nodes.Phrase():
            return any(node.words[0] in text for text in texts[node.fieldname])
        case nodes.Wildcard():
            return any(stands(node.text, text) for text in texts[node.fieldname])
        case nodes.NumericRange():
            return bool(node.start <= article.date <= node.end)
        case nodes.Term() if node.fieldname in texts:
            return any(node.text in whole_words(text) for text in texts[node.fieldname])
        case nodes.Term():
            return bool(getattr(article, node.fieldname) == node.text)
    raise AssertionError(node)


def random_text(rng: random.Random, longest: int) -> str:
    return "".join(rng.choices(CHARACTERS, k=rng.randrange(longest + 1)))


def random_articles(rng: random.Random) -> list[TinyArticle]:
    return [
        TinyArticle(random_text(rng, 8), random_text(rng, 40), rng.choice(SOURCES), rng.choice((0, 20240101, 20240630)))
        for _ in range(12)
    ]


def random_leaf(rng: random.Random, articles: list[TinyArticle], segmenter: Segmenter) -> Node:
    article = rng.choice(articles)
    text = rng.choice((article.title, article.body, random_text(rng, 4))) or "台"
    start = rng.randrange(len(text))
    string = text[start : start + rng.randrange(1, 6)]
    field = rng.choice(FIELDS)
    words = [word.text for word in ordered_words(text[start : start + 12], segmenter)] or ["台"]
    if len(words) > 1 and rng.random() < 0.2:
        del words[rng.randrange(1, len(words)) :: 2]
        return nodes.Phrase(field, words, slop=rng.randrange(1, 5))
    makers: list[Callable[[], Node]] = [
        lambda: nodes.Phrase(field, [string]),
        lambda: nodes.Phrase(field, [string]),
        lambda: nodes.Wildcard(field, "".join(rng.choice((c, c, "?", "*")) for c in string)),
        lambda: nodes.Term(field, rng.choice(("a", "b", "ab", "1", "12", "a1", "2b"))),
        lambda: nodes.Term("source", rng.choice((*SOURCES, "日报"))),
        lambda: nodes.NumericRange("date", *rng.choice(((1, 99991231), (20240101, 20240101), (20240102, 20250101)))),
    ]
    return rng.choice(makers)()


def random_tree(rng: random.Random, articles: list[TinyArticle], depth: int, segmenter: Segmenter) -> Node:
    if depth == 0 or rng.random() < 0.2:
        return random_leaf(rng, articles, segmenter)
    children = [random_tree(rng, articles, depth - 1, segmenter) for _ in range(rng.randrange(1, 4))]
    return rng.choice((nodes.And(children), nodes.Or(children), nodes.Not(children[0])))


def random_indexes(
    rng: random.Random, segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DictIndex]:
    """Tiny indexes, some with deleted articles; to some of them a few candidates are many."""
    for _ in range(60):
        monkeypatch.setattr(strings, "_FEW", rng.choice((2, 256)))
        yield DictIndex(random_articles(rng), segmenter, frozenset(rng.sample(range(12), rng.choice((0, 3)))))


def matching(index: DictIndex, tree: Node) -> list[int]:
    return [n for n, article in enumerate(index.articles) if index.live[n] and holds(tree, article, index.segmenter)]


def some_of(index: DictIndex, rng: random.Random) -> Documents:
    """Documents to search within: some of the live ones."""
    live = np.flatnonzero(index.live).astype(np.uint32)
    return live[np.array([rng.random() < 0.5 for _ in live], np.bool_)]


def test_random_trees_against_brute_force(
    rng: random.Random, segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = set()
    for index in random_indexes(rng, segmenter, monkeypatch):
        for _ in range(25):
            tree = random_tree(rng, index.articles, 3, segmenter)
            expected = matching(index, tree)
            found = evaluate(index, tree)
            assert found.tolist() == expected, (tree, index.articles)
            assert found.dtype == np.uint32
            within = some_of(index, rng)
            found = evaluate(index, tree, within)
            assert found.tolist() == [n for n in expected if n in within], (tree, within, index.articles)
            sizes.add(len(expected))
    assert len(sizes) > 10  # trees that match none, all and anything between


def test_what_is_possible_holds_every_match(
    rng: random.Random, segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing else where the tree is certain. No text is looked at."""

    def looked(*_: object) -> None:
        raise AssertionError("looked at a text")

    certain, more = 0, 0
    for index in random_indexes(rng, segmenter, monkeypatch):
        index.views = index.stands = index.near = looked  # type: ignore[assignment, method-assign]
        every = np.flatnonzero(index.live).tolist()
        for _ in range(25):
            tree = random_tree(rng, index.articles, 2, segmenter)
            expected = matching(index, tree)
            for within in (None, some_of(index, rng)):
                found = possible(index, tree, within)
                assert found.dtype == np.uint32
                wanted = [n for n in expected if within is None or n in within]
                allowed = every if within is None else within.tolist()
                assert set(wanted) <= set(found.tolist()) <= set(allowed), (tree, within, index.articles)
                assert found.tolist() == sorted(set(found.tolist()))
                if is_certain(tree):
                    assert found.tolist() == wanted, (tree, within, index.articles)
                    certain += 1
                more += len(found) > len(wanted)
    assert certain > 200
    assert more > 200


def test_a_certain_word_makes_a_match(
    rng: random.Random, segmenter: DictionarySegmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stands, and whatever else the tree says."""
    made = 0
    for index in random_indexes(rng, segmenter, monkeypatch):
        for _ in range(25):
            depths = [rng.choice((0, 0, 1)) for _ in range(rng.randrange(1, 4))]
            leaves = [random_tree(rng, index.articles, depth, segmenter) for depth in depths]
            tree = rng.choice((leaves[0], nodes.Or(leaves), nodes.Or([nodes.Or(leaves), leaves[0]])))
            expected = set(matching(index, tree))
            for word in certain_words(tree):
                having = set(index.word(word).docs.tolist())
                assert having <= expected, (tree, word, index.articles)
                made += bool(having)
    assert made > 100


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (nodes.Phrase("text", ["台风"]), {"台风"}),
        (nodes.Term("text", "ab"), {"ab"}),
        (nodes.Or([nodes.Phrase("text", ["台风"]), nodes.Or([nodes.Term("text", "ab")])]), {"台风", "ab"}),
        (nodes.Or([nodes.Phrase("text", ["台风"]), nodes.Term("source", "晚报")]), {"台风"}),
        (nodes.Or([nodes.Phrase("text", ["台风"]), nodes.Phrase("title", ["灾害"])]), {"台风"}),
        (nodes.Phrase("text", ["台，风"]), set()),
        (nodes.Phrase("body", ["台风"]), set()),
        (nodes.Term("title", "ab"), set()),
        (nodes.And([nodes.Phrase("text", ["台风"])]), set()),
        (nodes.Not(nodes.Phrase("text", ["台风"])), set()),
        (nodes.Wildcard("text", "台风"), set()),
        (nodes.Every(), set()),
    ],
    ids=lambda value: " ".join(sorted(value)) if isinstance(value, set) else str(value),
)
def test_certain_words(tree: Node, words: set[str]) -> None:
    assert certain_words(tree) == words


@pytest.mark.parametrize(
    ("tree", "certain"),
    [
        (nodes.Phrase("text", ["台风"]), True),
        (nodes.Phrase("title", ["台风"]), True),
        (nodes.Phrase("body", ["台风"]), False),  # the bigram may be that of the title
        (nodes.Phrase("text", ["台"]), False),
        (nodes.Phrase("text", ["台，"]), False),
        (nodes.Phrase("text", ["台风", "台风"], slop=2), False),  # one bigram, twice
        (nodes.Phrase("text", ["台风灾"]), False),
        (nodes.Wildcard("text", "台?"), False),
        (nodes.Term("body", "ab"), True),
        (nodes.Term("source", "晚报"), True),
        (nodes.NumericRange("date", 1, 2), True),
        (nodes.Every(), True),
        (nodes.NullQuery, True),
        (nodes.Not(nodes.Phrase("text", ["台风"])), False),
        (nodes.And([nodes.Phrase("text", ["台风"]), nodes.Every()]), True),
        (nodes.And([nodes.Phrase("text", ["台风"]), nodes.Phrase("text", ["台"])]), False),
        (nodes.Or([nodes.Phrase("text", ["台风"]), nodes.Not(nodes.Every())]), False),
    ],
    ids=str,
)
def test_certain(tree: Node, certain: bool) -> None:
    assert is_certain(tree) == certain


def test_what_is_slow() -> None:
    near, string = nodes.Phrase("text", ["第", "台风"], slop=2), nodes.Phrase("text", ["台风"])
    trees = [near, nodes.And([string, nodes.Not(near)]), string, nodes.Or([string, nodes.Every()]), nodes.NullQuery]
    assert list(map(is_slow, trees)) == [True, True, False, False, False]


ARTICLES = [
    TinyArticle("台风登陆", "第6号台风，灾害", "团结报", 20240630),
    TinyArticle("乡村大学", "北方大学 北京的大学 ab12", "晚报", 0),
    TinyArticle("", "台，风 b站", "团结报", 20240101),
    TinyArticle("台风登陆", "这一篇已经删去", "团结报", 20240630),
]

CASES = [
    (nodes.Phrase("text", ["台风"]), [0]),
    (nodes.Phrase("body", ["登陆"]), []),
    (nodes.Phrase("title", ["登陆"]), [0]),
    (nodes.Phrase("text", ["台，风"]), [2]),
    (nodes.Phrase("text", ["风，灾"]), [0]),
    (nodes.Phrase("text", ["，"]), [0, 2]),
    (nodes.Phrase("text", ["京"]), [1]),
    (nodes.Phrase("title", ["风"]), [0]),
    (nodes.Phrase("text", ["龘"]), []),
    (nodes.Phrase("text", ["ab1"]), [1]),
    (nodes.Phrase("text", ["第", "台风"], slop=2), [0]),
    (nodes.Phrase("text", ["6号", "灾害"], slop=1), []),
    (nodes.Phrase("text", ["6号", "灾害"], slop=2), [0]),
    (nodes.Phrase("title", ["6号", "灾害"], slop=2), []),
    (nodes.Phrase("text", ["灾害", "6号"], slop=9), []),
    (nodes.Phrase("text", ["北方", "大学", "大学"], slop=3), [1]),
    (nodes.Phrase("text", ["大学", "大学"], slop=9), [1]),
    (nodes.Phrase("text", ["北京", "北京"], slop=9), []),
    (nodes.Phrase("text", ["乡村", "ab12"], slop=99), []),  # one in the title, one in the body
    (nodes.Term("text", "ab"), [1]),
    (nodes.Term("text", "a"), []),
    (nodes.Term("title", "ab"), []),
    (nodes.Term("source", "团结报"), [0, 2]),
    (nodes.Term("source", "团结"), []),
    (nodes.Wildcard("text", "北?大学"), [1]),
    (nodes.Wildcard("text", "北??大学"), [1]),
    (nodes.Wildcard("text", "北???大学"), []),
    (nodes.Wildcard("text", "北*大学"), [1]),
    (nodes.Wildcard("text", "台*风"), [0]),
    (nodes.Wildcard("text", "台?风"), []),
    (nodes.Wildcard("title", "北*"), []),
    (nodes.Wildcard("text", "*"), [0, 1, 2]),
    (nodes.NumericRange("date", 20240101, 20240131), [2]),
    (nodes.NumericRange("date", 1, 99991231), [0, 2]),
    (nodes.Every(), [0, 1, 2]),
    (nodes.NullQuery, []),
    (nodes.Not(nodes.Phrase("text", ["台风"])), [1, 2]),
    (nodes.Not(nodes.Not(nodes.Phrase("text", ["台风"]))), [0]),
    (nodes.And([nodes.Not(nodes.Term("source", "晚报")), nodes.Phrase("text", ["b"])]), [2]),
    (nodes.And([nodes.Not(nodes.Phrase("text", ["台风"])), nodes.Not(nodes.Phrase("text", ["乡村"]))]), [2]),
    (nodes.Or([nodes.Phrase("text", ["龘"]), nodes.Phrase("text", ["站"])]), [2]),
    (nodes.Or([nodes.Phrase("text", ["龘"])]), []),
]


@pytest.mark.parametrize(("tree", "documents"), CASES, ids=[str(tree) for tree, _ in CASES])
def test_node(tree: Node, documents: list[int], segmenter: DictionarySegmenter) -> None:
    index = DictIndex(ARTICLES, segmenter, frozenset([3]))
    found = evaluate(index, tree)
    assert (found.tolist(), found.dtype) == (documents, np.uint32)


def test_an_unknown_node_is_refused(segmenter: DictionarySegmenter) -> None:
    with pytest.raises(TypeError, match="FuzzyTerm"):
        evaluate(DictIndex(ARTICLES, segmenter, frozenset()), nodes.FuzzyTerm("text", "台风"))


def test_what_the_words_know_needs_no_look_at_the_text(segmenter: DictionarySegmenter) -> None:
    """A string that is a word of every candidate is answered without reading an article."""

    class Unread(DictIndex):
        def stands(self, _: str, document: int, __: str, /) -> bool:
            raise AssertionError(f"read article {document}")

    index = Unread([TinyArticle("", "进了对冲基金吗"), TinyArticle("", "人工智能")], segmenter, frozenset())
    assert evaluate(index, nodes.Phrase("text", ["人工智能"])).tolist() == [1]
    with pytest.raises(AssertionError, match="read article 0"):
        evaluate(index, nodes.Phrase("text", ["进了对冲"]))


@pytest.mark.parametrize(
    ("pattern", "literals", "matching", "other"),
    [
        ("北?大学", ("北", "大学"), "去北方大学", "北大学"),
        ("a.c*", ("a.c",), "a.cd", "abcd"),
        ("1?[2]", ("1", "[2]"), "1x[2]", "1x2"),
        ("北*大*学", ("北", "大", "学"), "在北京上大大的学", "北京的大，学"),
        ("*?*大?", ("大",), "北方大学", "大学"),
    ],
)
def test_wildcard_pattern(pattern: str, literals: tuple[str, ...], matching: str, other: str) -> None:
    made = StringPattern.wildcard(pattern)
    assert made.literals == literals
    assert made.expression.search(matching)
    assert not made.expression.search(other)


@pytest.mark.parametrize(
    "pattern", ["*?*?*?x", "a*a*a*a*a*a*a*b", "*a*b*c*d*e*f*", "?" * 50 + "x", "a" + "*?" * 24 + "x"]
)
@pytest.mark.parametrize("text", ["a" * 20_000, "abcde" * 4_000, "乡" * 20_000])
def test_no_pattern_takes_long(pattern: str, text: str) -> None:
    expression = StringPattern.wildcard(pattern).expression
    started = time.process_time()
    expression.search(text)
    for _ in expression.finditer(text):
        pass
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("pattern", "text", "marked"),
    [
        ("北?大学", "北方大学和北京大学", ["北方大学", "北京大学"]),
        ("乡*兴", "乡村振兴，乡兴", ["乡村振兴", "乡兴"]),
        ("乡村*", "乡村振兴战略。乡村", ["乡村振兴战略", "乡村"]),
        ("*大学", "北方大学，上大学", ["北方大学", "上大学"]),
        ("怎么办?这", "怎么办?这样", ["怎么办?这"]),
        ("b*", "b*", ["b*"]),
    ],
)
def test_what_a_pattern_covers(pattern: str, text: str, marked: list[str]) -> None:
    assert [match[0] for match in StringPattern.wildcard(pattern).expression.finditer(text)] == marked


def test_an_or_of_many_strings_takes_no_time(segmenter: DictionarySegmenter) -> None:
    index = DictIndex(ARTICLES, segmenter, frozenset())
    started = time.process_time()
    evaluate(index, nodes.Or([nodes.Phrase("text", [f"台{number}"]) for number in range(5000)]))
    assert time.process_time() - started < 5
