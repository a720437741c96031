"""Scores explain themselves: the parts are all there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsearch
from newsearch.cli import cli
from newsearch.cli.run import with_exclusions
from newsearch.explain import QueryPart, adding_up

QUERIES = [
    "台风 渔船",
    "乡村振兴",
    "B超",
    "防汛 堤",
    "苏珂",
    "“人工智能”",
    "高铁 OR 校车",
    "人工*",
    "台凤~",
    '"台风登陆"~5 渔船',
    "完全没有的东西 台风",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> newsearch.Index:
    index = newsearch.open(tmp_path_factory.mktemp("explain"), create=True)
    index.add_files([Path(__file__).parents[1] / "corpus"])
    return index


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_add_up_to_the_score(index: newsearch.Index, query: str) -> None:
    results = index.search(query, limit=100)
    assert results.hits
    for hit in results:
        parts = index.explain(results, hit)
        assert sum(part.score for part in parts) == pytest.approx(hit.score, rel=1e-5)
        assert [part.score for part in parts] == sorted((part.score for part in parts), reverse=True)


def test_an_author_is_a_part(index: newsearch.Index) -> None:
    results = index.search("苏珂")
    assert ("author", "苏珂") in [(part.kind, part.term) for part in index.explain(results, results.hits[0])]


def test_counts_are_those_of_the_text(index: newsearch.Index) -> None:
    results = index.search("台风")
    hit = results.hits[0]
    word = next(part for part in index.explain(results, hit) if part.kind == "word")
    assert word.title == hit.article.title.count("台风")
    assert word.lead + word.body == hit.article.body.count("台风")


def test_on_the_command_line(index: newsearch.Index) -> None:
    arguments = ["--index", str(index.folder), "search", "台风 全部回港", "--explain", "-n", "1"]
    text = CliRunner().invoke(cli, arguments).stdout
    assert "word 台风" in text
    assert "bigram 部回" in text
    assert "bigram 台风" not in text  # a word of two characters has its bigram's weight itself
    hit = json.loads(CliRunner().invoke(cli, [*arguments, "--json"]).stdout)["hits"][0]
    assert round(sum(part["score"] for part in hit["explanation"]), 4) == hit["score"]


# How a query was read


def outline(part: QueryPart) -> str:
    """A part on one line: role, kind and text, and the parts in it in brackets."""
    inner = "".join(f" [{outline(child)}]" for child in part.parts)
    return f"{part.role} {part.kind} {part.text}{inner}" if not part.parts else f"{part.role} {part.kind}{inner}"


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("台风", "required words 台风"),
        ("颱風 “漁船”", 'required all [wanted words 台风] [wanted string "渔船"]'),
        ("台风 AND 渔船", "required all [required words 台风] [required words 渔船]"),
        ("台风 或 标题：渔船", "required any [either words 台风] [either words title:渔船]"),
        ("台风 -渔船", "required all [required words 台风] [excluded words -渔船]"),
        ("-(台风 渔船)", "excluded all [required words 台风] [required words 渔船]"),
        ("NOT NOT 台风", "excluded not [excluded words 台风]"),
        ("乡村* 台凤~", "required all [wanted wildcard 乡村*] [wanted fuzzy 台凤~1]"),
        ('"台风登陆"~5', 'required near "台风登陆"~5'),
        ("台风 作者:潘海燕 日期:2024",
         "required all [required words 台风] [required value author:潘海燕] [required dates date:20240101..20241231]"),
    ],
)  # fmt: skip
def test_how_a_query_is_read(query: str, read: str, index: newsearch.Index) -> None:
    assert outline(index.explain_query(query).part) == read


def test_what_a_part_is_made_of(index: newsearch.Index) -> None:
    words = index.explain_query("台风登陆江口").part
    assert (words.field, words.words) == ("text", ("台风", "登陆", "江口"))
    near = index.explain_query('正文:"台风登陆"~5').part
    assert (near.field, near.words, near.between) == ("body", ("台风", "登陆"), 5)
    fuzzy = index.explain_query("台凤~").part
    assert (fuzzy.spellings[0].string, fuzzy.spellings[0].documents) == ("台凤", 0)
    assert "台风" in [spelling.string for spelling in fuzzy.spellings]
    dates = index.explain_query("日期:2024-06").part
    assert (dates.first, dates.last) == (20240601, 20240630)


@pytest.mark.parametrize(
    ("query", "one_of", "words_of"),
    [
        ("台风", (), ()),
        ("台风登陆", (), ("台风登陆",)),
        ("台风 渔船回港", (("台风", "渔船回港"),), ("渔船回港",)),
        ("台风 AND 渔船", (), ()),
        ("台风 (高铁 OR 灯会) 日期:2024", (("台风", "(高铁 OR 灯会)"),), ()),
        ("(台风 渔船) OR (高铁 灯会)", (("台风", "渔船"), ("高铁", "灯会")), ()),
        ("台风 -(高铁 灯会登场)", (), ()),
    ],
)
def test_what_relaxing_would_do(
    query: str, one_of: tuple[tuple[str, ...], ...], words_of: tuple[str, ...], index: newsearch.Index
) -> None:
    explained = index.explain_query(query)
    assert (explained.one_of, explained.words_of) == (one_of, words_of)


def test_notes_are_handed_on(index: newsearch.Index) -> None:
    assert index.explain_query("湘西：台风").notes == ("湘西： is no field and was read as text",)


# What it finds of an article

TYPHOON = "wire-2024-0723"


@pytest.mark.parametrize(
    ("query", "found", "failing"),
    [
        ("台风 渔船", "all", []),
        ("台风 -灯会", "all", []),
        ("台风 没有的词", "part", ["没有的词"]),
        ("台风登陆火星", "part", ["台风登陆火星"]),
        ("台风 -渔船", "", ["-渔船"]),
        ("台风 乡村振兴 来源:没有报", "", ["乡村振兴", "source:没有报"]),
        ("台风 (灯会 OR 高铁)", "part", ["灯会 OR 高铁"]),
        ("高铁 灯会", "", ["高铁", "灯会"]),
        ("台风 日期:2023", "", ["date:20230101..20231231"]),
        ('"渔船台风"~3 台风', "part", ['"渔船台风"~3']),
    ],
)
def test_what_is_found_of_an_article(query: str, found: str, failing: list[str], index: newsearch.Index) -> None:
    article = index.explain_query(query, TYPHOON).article
    assert article
    assert (article.id, article.found) == (TYPHOON, found)
    assert [part.text for part in article.failing] == failing


def test_it_says_of_every_article_what_a_search_says(index: newsearch.Index) -> None:
    for query in (*QUERIES, "台风 高铁", "台风 -渔船", "-台风", "没有的词", "(台风 渔船) OR 灯会", "台风登陆火星 高铁"):
        results = index.search(query, limit=1000)
        scores = {hit.id: hit.score for hit in results}
        for article in index:
            said = index.explain_query(query, article.id)
            assert said.article
            expected = "part" if results.relaxed else "all"
            assert said.article.found == (expected if article.id in scores else ""), (query, article.id)
            assert said.article.score == pytest.approx(scores.get(article.id, 0.0), rel=1e-6)
            assert bool(said.article.failing) == (said.article.found != "all")
            if said.article.found:
                lines = said.to_mapping()["article"]
                assert round(sum(part["score"] for part in lines["explanation"]), 4) == lines["score"]


def test_an_article_that_is_not_there(index: newsearch.Index) -> None:
    with pytest.raises(newsearch.ArticleNotFound):
        index.explain_query("台风", "nobody")


# On the command line


def explained(index: newsearch.Index, *arguments: str) -> str:
    done = CliRunner().invoke(cli, ["--index", str(index.folder), "explain", *arguments])
    assert done.exit_code == 0, done
    return done.stdout


def test_a_query_as_text(index: newsearch.Index) -> None:
    assert explained(index, "台风登陆 标题:渔船 -“暴雨” 作者:潘海燕 湘西：你") == (
        "required  all of\n"
        "  wanted    台风登陆       the string in title or body, or all the words 台风, 登陆; or an author or kicker\n"
        "  wanted    title:渔船     the string in the title\n"
        '  excluded  -"暴雨"        the string in title or body\n'
        "  required  author:潘海燕  the author is 潘海燕\n"
        "  wanted    湘西:你        the string in title or body, or all the words 湘西, 你; or an author or kicker\n"
        "if no article has all of it: one of 台风登陆, title:渔船, 湘西:你 is enough\n"
        "if none has even that: any word of 台风登陆, 湘西:你\n"
        "note: 湘西： is no field and was read as text\n"
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('"台风登陆"~1', "the words 台风, 登陆 in this order in title or body, at most 1 other between them"),
        ("标题:乡村*", "in the title: ? is one letter, * any letters"),
        ("日期:2024-06", "from 2024-06-01 to 2024-06-30"),
        ("日期:>=2024", "from 2024-01-01 to any day"),
        ("governmemt~2", "one of these strings in title or body, words in so many articles: governmemt (0)"),
        ("“台风”", "there is nothing to relax"),
        ("台0 " * 30, "台0, 台0 … (10 more) is enough"),
    ],
)
def test_a_part_in_words(query: str, said: str, index: newsearch.Index) -> None:
    assert said in explained(index, query)


def test_an_article_as_text(index: newsearch.Index) -> None:
    text = explained(index, "台风 渔船", TYPHOON)
    head, tail = text.split("\n\n")
    assert [line.split()[0] for line in head.split("\n")[:3]] == ["yes", "yes", "yes"]
    title, verdict, total, *terms = tail.rstrip().split("\n")
    assert title.startswith(f"{TYPHOON}  台风")
    assert verdict == "found: it has all of it"
    assert sum(round(float(line.split()[0]) * 1000) for line in terms) == round(float(total.split()[0]) * 1000)
    assert total.endswith("the sum of 4 terms")
    text = explained(index, "台风 -渔船 高铁", TYPHOON)
    assert text.endswith("not found (it has 渔船, which is excluded; it lacks 高铁)\n")
    assert "not found (it lacks 灯会 OR 高铁)" in explained(index, "灯会 OR 高铁", TYPHOON)
    assert "partial match: no article has all of it (it lacks 没有的词)" in explained(index, "台风 没有的词", TYPHOON)


def test_as_json(index: newsearch.Index) -> None:
    read = json.loads(explained(index, "台风 -渔船", "--json"))
    assert list(read) == ["version", "query", "part", "relaxing", "notes"]
    assert read["part"]["parts"][1] == {
        "kind": "words", "role": "excluded", "text": "-渔船", "field": "text", "words": ["渔船"],
    }  # fmt: skip
    about = json.loads(explained(index, "台凤~ 日期:2024", TYPHOON, "--json"))["article"]
    assert list(about) == ["id", "title", "found", "failing", "score", "explanation"]
    assert about["found"] == "all"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["台风", "渔船"], "one argument"),
        (["台风", "渔船", "高铁"], "unexpected extra argument"),
        (["(台风"], "never closed"),
        (["--foo"], "--foo"),
        ([], "Missing argument"),
    ],
)
def test_mistakes(arguments: list[str], message: str, index: newsearch.Index) -> None:
    done = CliRunner().invoke(cli, ["--index", str(index.folder), "explain", *arguments])
    assert done.exit_code != 0
    assert message in (done.stderr + str(done.exception))


@pytest.mark.parametrize("query", ["-台风", "-nba", "NOT nba"])
def test_what_is_excluded_may_come_first(query: str, index: newsearch.Index) -> None:
    assert with_exclusions(["--index", "x", "explain", query])[3] in (query, "NOT nba")
    assert explained(index, *with_exclusions(["explain", query])[1:]).startswith("excluded")


def test_numbers_that_add_up() -> None:
    assert adding_up([0.333333, 0.333333, 0.333333], 1.0, 2) == [0.34, 0.33, 0.33]
    assert adding_up([1.0, 2.0], 3.0, 3) == [1.0, 2.0]
    assert adding_up([1.0, 2.0], 3.002, 3) == [1.001, 2.001]
    assert adding_up([5.0, 2.0], 6.998, 3) == [4.998, 2.0]
    assert adding_up([], 0.0, 3) == []
