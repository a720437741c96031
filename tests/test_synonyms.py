"""Synonyms: rules as people write them, what a piece of a query becomes, and what a search finds, marks, ranks by."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from whoosh import query as nodes
from whoosh.query import Query as Node

import newsearch
from newsearch import BadWordFile, Index, Synonyms, read_synonyms
from newsearch.cli import cli
from newsearch.query import parse_query
from newsearch.synonyms import expansion
from newsearch.terms.dictionary import default_dictionary
from newsearch.terms.segment import DictionarySegmenter

RULES = """# 同义词
电脑, 计算机, 微机
新冠 => 新冠肺炎, COVID-19

新冠肺炎 ＝＞ 新型冠狀病毒肺炎
人工智能，ＡＩ
马铃薯 => 土豆
马铃薯 => 洋芋
番茄, 西红柿 => 番茄, 西红柿, 洋柿子
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "synonyms.txt"
    path.write_text(RULES, "utf-8")
    return path


def test_rules(rules: Path) -> None:
    synonyms = read_synonyms(rules)
    assert synonyms.forms == {
        "电脑": ("计算机", "微机"),
        "计算机": ("电脑", "微机"),
        "微机": ("电脑", "计算机"),
        "新冠": ("新冠肺炎", "COVID-19"),
        "新冠肺炎": ("新型冠狀病毒肺炎",),
        "人工智能": ("ＡＩ",),
        "ai": ("人工智能",),
        "马铃薯": ("土豆", "洋芋"),
        "番茄": ("西红柿", "洋柿子"),
        "西红柿": ("番茄", "洋柿子"),
    }
    assert synonyms.longest == 4
    assert Synonyms.of({"電腦": ["計算機", "电脑"], "ＡＩ": "人工智能"}).forms == {
        "电脑": ("計算機",),
        "ai": ("人工智能",),
    }
    assert Synonyms.of({}) == Synonyms({}, 0)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("电脑", "电脑 stands alone"),
        ("电脑, , 微机", "a word is missing"),
        ("电脑, 计算机,", "a word is missing"),
        ("电脑 =>", "a word is missing"),
        ("=> 电脑", "a word is missing"),
        ("电脑 => 微机 => 计算机", "more than one =>"),
        ("电脑, ——", "—— has no letters"),
    ],
)
def test_a_bad_rule(line: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text(f"# 好\n番茄, 西红柿\n{line}\n", "utf-8")
    with pytest.raises(BadWordFile, match=f"s.txt:3: {what}.*; write words with commas") as raised:
        read_synonyms(tmp_path / "s.txt")
    assert raised.value.line == 3


def test_a_bad_mapping() -> None:
    for mapping in ({"电脑": ["，"]}, {"": ["电脑"]}, {"电脑": ""}):
        with pytest.raises(ValueError, match="no letters"):
            Synonyms.of(mapping)


def compact(node: Node) -> str:
    """A tree in short; fields and what a piece may be beside the text left out."""
    if isinstance(node, nodes.And | nodes.Or):
        children = [
            compact(child) for child in node if not (isinstance(child, nodes.Term) and len(child.fieldname) > 5)
        ]
        joined = ("&" if isinstance(node, nodes.And) else "|").join(children)
        return f"({joined})" if len(children) > 1 else joined
    if isinstance(node, nodes.Not):
        return f"-{compact(node.query)}"
    return "".join(node.words) if isinstance(node, nodes.Phrase) else f"{node.text}!"


@pytest.mark.parametrize(
    ("query", "tree", "relaxed"),
    [
        ("电脑", "(电脑|计算机|微机)", None),
        ("颱風", "台风", None),
        ("電腦", "(电脑|计算机|微机)", None),
        ("电脑房门", "(房门&(电脑|计算机|微机))", "(电脑房门|电脑|计算机|微机|房门)"),
        ("电脑病毒", "(电脑病毒|(计算机&病毒)|(微机&病毒))", None),
        ("新冠疫情", "(疫情&(新冠|新冠肺炎|covid-19))", None),
        ("新冠肺炎", "(新型冠状病毒肺炎|(新冠&肺炎))", None),
        ("新冠肺炎疫情", "(疫情&((新冠&肺炎)|新型冠状病毒肺炎))", None),
        ('"电脑"', "电脑", None),
        ("“电脑”病毒", "(电脑&病毒)", None),
        ("电?", "电", None),
        ("电脑*", "电脑*!", None),
        ("台风 -电脑", "(-(电脑|计算机|微机)&台风)", None),
        ("AI", "(ai|人工智能)", None),
        ("ai芯片", "(ai芯片|(芯片&(ai!|人工智能)))", None),
        ("作者:电脑", "", None),
        ("标题:电脑", "(电脑|计算机|微机)", None),
        ("土豆", "土豆", None),
        ("电脑，番茄", "((电脑|计算机|微机)&(番茄|西红柿|洋柿子))", None),
    ],
)
def test_tree(query: str, tree: str, relaxed: str | None, rules: Path, segmenter: DictionarySegmenter) -> None:
    parsed = parse_query(query, segmenter, expansion(rules, segmenter))
    if tree:
        assert compact(parsed.tree) == tree
    else:
        assert isinstance(parsed.tree, nodes.Term)
    if relaxed:
        assert compact(parsed.any_word) == relaxed


def test_pieces_and_notes(rules: Path, segmenter: DictionarySegmenter) -> None:
    parsed = parse_query("电脑病毒 台风 电脑 -番茄", segmenter, expansion(read_synonyms(rules), segmenter))
    assert [(p.string, p.exact, p.stands_for) for p in parsed.pieces] == [
        ("电脑病毒", False, ""),
        ("计算机", True, "电脑"),
        ("微机", True, "电脑"),
        ("台风", False, ""),
        ("电脑", False, ""),
        ("计算机", True, "电脑"),
        ("微机", True, "电脑"),
    ]
    assert parsed.notes == ["电脑 also stands for 计算机, 微机", "番茄 also stands for 西红柿, 洋柿子"]
    assert parse_query("台风 灾害", segmenter, expansion(rules, segmenter)) == parse_query("台风 灾害", segmenter)


def test_words_that_a_user_added_have_synonyms_too() -> None:
    dictionary = default_dictionary().with_words({"云栖": 5})
    segmenter = DictionarySegmenter(dictionary)
    parsed = parse_query("云栖数谷", segmenter, expansion({"云栖": "云溪"}, segmenter))
    assert compact(parsed.tree) == "(谷&(云栖数|(云栖&数)|(云溪&数)))"
    assert [p.string for p in parsed.pieces] == ["云栖数谷", "云溪"]


def test_a_long_query_with_many_rules_is_read_quickly(segmenter: DictionarySegmenter) -> None:
    synonyms = Synonyms.of({f"雷雨{chr(0x4E00 + n)}": f"风暴{n}" for n in range(3000)} | {"江口": "江村"})
    started = time.process_time()
    parsed = parse_query("台风去了江口" * 1000, segmenter, expansion(synonyms, segmenter))
    assert [piece.string for piece in parsed.pieces[1:]] == ["江村"]
    assert time.process_time() - started < 2


# What a search finds


ARTICLES = [
    {"id": "typed", "title": "电脑进乡村小学", "body": "捐来的电脑装好了。"},
    {"id": "synonym", "title": "微机进乡村小学", "body": "捐来的微机装好了。"},
    {"id": "longer", "title": "计算机进乡村小学", "body": "捐来的计算机装好了。"},
    {"id": "other", "title": "乡村小学开学", "body": "孩子们回来了。"},
    {"id": "virus", "title": "COVID-19 在退", "body": "县里说，covid-19\n病例少了。"},
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with newsearch.open(tmp_path_factory.mktemp("synonyms"), create=True) as opened:
        opened.add(ARTICLES)
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("电脑", {"typed", "synonym", "longer"}),
        ("计算机", {"typed", "synonym", "longer"}),
        ('"电脑"', {"typed"}),
        ("电脑 乡村", {"typed", "synonym", "longer"}),
        ("电脑乡村", {"typed", "synonym", "longer"}),
        ("乡村 -电脑", {"other"}),
        ("标题:微机", {"typed", "synonym", "longer"}),
        ("新冠", {"virus"}),
        ("新冠病例", {"virus"}),
        ("covid-19", {"virus"}),
        ("新冠 OR 开学", {"virus", "other"}),
    ],
)
def test_found(query: str, expected: set[str], index: Index, rules: Path) -> None:
    results = index.search(query, synonyms=rules)
    assert ({hit.id for hit in results}, results.relaxed) == (expected, False)


def test_without_synonyms_nothing_is_expanded(index: Index) -> None:
    results = index.search("电脑")
    assert ([hit.id for hit in results], results.notes) == (["typed"], [])


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("电脑", "typed"),
        ("微机", "synonym"),
        ("计算机", "longer"),
        ("电脑乡村", "typed"),
        ("微机 小学", "synonym"),
        ("计算机进乡村小学", "longer"),
        ("标题:电脑", "typed"),
    ],
)
def test_what_was_typed_ranks_first(query: str, typed: str, index: Index, rules: Path) -> None:
    first, *others = index.search(query, synonyms=rules)
    assert first.id == typed
    assert len(others) == 2
    assert all(first.score > hit.score > 0 for hit in others)


def test_a_rare_synonym_does_not_beat_a_common_word(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    bodies = ["今天电脑坏了。", "今天计算机坏了。"]
    with newsearch.open(tmp_path / "index", create=True) as index:
        articles = [{"id": f"typed {n}", "title": f"第{n}篇", "body": bodies[0]} for n in range(30)]
        articles.append({"id": "synonym", "title": "第九篇", "body": bodies[1]})
        rng.shuffle(articles)
        index.add(articles)
        results = index.search("电脑", synonyms={"电脑": ["计算机"]}, limit=100)
        assert [hit.id for hit in results][-1] == "synonym"
        scores = [hit.score for hit in results]
        assert 0.6 * scores[0] < scores[-1] < scores[-2]


def test_marks(index: Index, rules: Path) -> None:
    marked = {
        hit.id: [hit.article.title[a:b] for a, b in hit.title_highlights]
        + [hit.snippet.text[a:b] for a, b in hit.snippet.highlights]
        for hit in index.search("电脑", synonyms=rules)
    }
    assert marked == {"typed": ["电脑", "电脑"], "synonym": ["微机", "微机"], "longer": ["计算机", "计算机"]}
    (hit,) = index.search("新冠病例", synonyms={"新冠": "COVID-19"})
    assert [hit.article.title[a:b] for a, b in hit.title_highlights] == ["COVID-19"]


def test_scores_are_explained(index: Index, rules: Path) -> None:
    results = index.search("电脑", synonyms=rules)
    for hit in results:
        assert sum(part.score for part in index.explain(results, hit)) == pytest.approx(hit.score, rel=1e-5)


def test_partial_matches_have_synonyms_too(index: Index, rules: Path) -> None:
    results = index.search("电脑台风", synonyms=rules)
    assert ({hit.id for hit in results}, results.relaxed) == ({"typed", "synonym", "longer"}, True)


def test_the_command(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with newsearch.open("index", create=True) as index:
        index.add(ARTICLES)
    run = CliRunner().invoke(cli, ["search", "电脑", "--synonyms", str(rules)])
    assert (run.exit_code, run.stdout.count("\n   id ")) == (0, 3)
    assert "note: 电脑 also stands for 计算机, 微机\n" in run.stderr
    run = CliRunner().invoke(cli, ["search", "电脑"], env={"NEWSEARCH_SYNONYMS": str(rules)})
    assert run.stdout.count("\n   id ") == 3
    run = CliRunner().invoke(cli, ["search", "电脑"], env={"NEWSEARCH_SYNONYMS": ""})
    assert run.stdout.count("\n   id ") == 1
    rules.write_text("电脑\n", "utf-8")
    run = CliRunner().invoke(cli, ["search", "电脑", "--synonyms", str(rules)])
    assert isinstance(run.exception, BadWordFile)
