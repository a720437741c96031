"""Queries as people type them → trees, or errors that point."""

from __future__ import annotations

import random

import pytest
from whoosh import query as nodes
from whoosh.query import Query as Node

from newsearch.errors import QueryError
from newsearch.query import Mode, date_span, parse_query
from newsearch.query.scan import shown
from newsearch.terms.segment import DictionarySegmenter


def compact(node: Node) -> str:
    """A tree on one line: a & b, a | b, -a, "string", "words near"~N, =word, ~pattern, word~N, with the field before it
    unless it is text.

    That a string may be an author or a kicker too is left out; a test of its own looks at that.
    """
    if isinstance(node, nodes.And | nodes.Or):
        sign = " & " if isinstance(node, nodes.And) else " | "
        parts = [part for part in node if not (isinstance(node, nodes.Or) and is_beside_text(part))] or list(node)
        return f"({sign.join(map(compact, parts))})" if len(parts) > 1 else compact(parts[0])
    if isinstance(node, nodes.Not):
        return "-" + compact(node.query)
    field = "" if node.fieldname == "text" else node.fieldname
    if isinstance(node, nodes.NumericRange):
        return f"{field}:{node.start}..{node.end}"
    if isinstance(node, nodes.Phrase):
        return f'{field}"{" ".join(node.words)}"' + (f"~{node.slop - 1}" if len(node.words) > 1 else "")
    if isinstance(node, nodes.FuzzyTerm):
        return f"{field}{node.text}~{node.maxdist}"
    return f"{field}{'~' if isinstance(node, nodes.Wildcard) else '='}{node.text}"


def is_beside_text(node: Node) -> bool:
    return isinstance(node, nodes.Term) and node.fieldname in ("author", "kicker")


def test_a_piece_may_be_an_author_or_a_kicker(segmenter: DictionarySegmenter) -> None:
    def beside(text: str) -> list[str]:
        return [f"{n.fieldname}={n.text}" for n in parse_query(text, segmenter).tree.leaves() if is_beside_text(n)]

    assert beside("麻超") == ["author=麻超", "kicker=麻超"]
    assert beside("麻超 靖州") == ["author=麻超", "kicker=麻超", "author=靖州", "kicker=靖州"]
    assert beside('"麻超"') == beside("标题:麻超") == beside("麻*") == []
    assert beside("作者:麻超") == ["author=麻超"]


TREES = [
    # one piece
    ("台风", '"台风"'),
    ("台风灾害", '("台风" & "灾害")'),
    ("！台风！", '"台风"'),
    ("【台风】", '"台风"'),
    ("颱風", '"台风"'),
    ("ＧＤＰ", '"gdp"'),
    ("𰶃", '"𰶃"'),
    ("台风，灾害", '("台风" & "灾害")'),
    ("台风(灾害)", '("台风" & "灾害")'),
    ("3:2", '("3:2" | (=3 & =2))'),
    ("http://a.cn", '("http://a.cn" | (=http & =a & =cn))'),
    ("台风-灾害", '("台风" & "灾害")'),
    # quoted strings
    ('"对冲基金"', '"对冲基金"'),
    ("“对冲基金”", '"对冲基金"'),
    ('"“双减”政策"', '"“双减”政策"'),
    ('"“双减”“减负”"', '"“双减”“减负”"'),
    ('"台风“ "灾害“', '("台风" & "灾害")'),
    ("台风 ＯＲ 灾害", '("台风" | "灾害")'),
    ("台风 ＮＯＴ 灾害", '(-"灾害" & "台风")'),
    ("○", '"〇"'),
    ('“对冲基金"', '"对冲基金"'),
    ("「对冲基金」", '"对冲基金"'),
    ("『對沖基金』", '"对冲基金"'),
    ("＂对冲基金＂", '"对冲基金"'),
    ("„对冲基金“", '"对冲基金"'),
    ('"进了 技术，学校"', '"进了 技术,学校"'),
    ('"AND"', '"and"'),
    ('"北?大学"', '"北?大学"'),
    ('"台风"灾害', '("台风" & "灾害")'),
    # side by side, and boolean
    ("台风 灾害", '("台风" & "灾害")'),
    ("台风　灾害", '("台风" & "灾害")'),
    ("台风 AND 灾害", '("台风" & "灾害")'),
    ("台风 与 灾害", '("台风" & "灾害")'),
    ("台风 && 灾害", '("台风" & "灾害")'),
    ("台风 OR 灾害", '("台风" | "灾害")'),
    ("台风 或 灾害", '("台风" | "灾害")'),
    ("台风 || 灾害", '("台风" | "灾害")'),
    ("台风 and 灾害", '("台风" & "and" & "灾害")'),
    ("台风 AND NOT 灾害", '("台风" & -"灾害")'),
    ("台风 OR -灾害", '("台风" | -"灾害")'),
    ("台风 OR 灾害 暴雨", '("台风" | ("灾害" & "暴雨"))'),
    ("台风 灾害 OR 暴雨", '(("台风" & "灾害") | "暴雨")'),
    ("(台风 OR 灾害) 暴雨", '(("台风" | "灾害") & "暴雨")'),
    ("（台风 或 灾害）暴雨", '(("台风" | "灾害") & "暴雨")'),
    ("(台风) AND (灾害)", '("台风" & "灾害")'),
    ("((台风))", '"台风"'),
    ("-灾害", '-"灾害"'),
    ("－灾害", '-"灾害"'),
    ("非 灾害", '-"灾害"'),
    ("NOT NOT 灾害", '--"灾害"'),
    ("-(台风 灾害)", '-("台风" & "灾害")'),
    ('-"台风灾害"', '-"台风灾害"'),
    # an operator alone is a word to look for
    ("与", '"与"'),
    ("非", '"非"'),
    # fields
    ("标题:工会", 'title"工会"'),
    ("標題：工會", 'title"工会"'),
    ("TITLE:工会", 'title"工会"'),
    ("正文:工会", 'body"工会"'),
    ("全文:工会", '"工会"'),
    ("标题: 工会", 'title"工会"'),
    ('标题:"工会"', 'title"工会"'),
    ("标题:工会 台风", '(title"工会" & "台风")'),
    ("标题:(工会 OR 职工) 台风", '((title"工会" | title"职工") & "台风")'),
    ("-标题:工会", '-title"工会"'),
    ("作者:麻超", "author=麻超"),
    ("记者：麻超", "author=麻超"),
    ('作者:"John Smith"', "author=John Smith"),
    ("来源:团结报", "source=团结报"),
    ("版面:要闻", "section=要闻"),
    ("id:Ab-1", "id=Ab-1"),
    # dates
    ("日期:2024", "date:20240101..20241231"),
    ("日期：２０２４", "date:20240101..20241231"),
    ("date:2024-02", "date:20240201..20240229"),
    ("日期:2024年6月", "date:20240601..20240630"),
    ("日期:2024-06..2024-07", "date:20240601..20240731"),
    ("日期:2024年6月1日..2024年6月2日", "date:20240601..20240602"),
    ("日期:2024..", "date:20240101..99991231"),
    ("日期:..2024-06-01", "date:1..20240601"),
    ("日期:>=2024", "date:20240101..99991231"),
    ("日期:<=2024-06", "date:1..20240630"),
    ("日期:>20240601", "date:20240602..99991231"),
    ("日期:<20240602", "date:1..20240601"),
    ("-日期:2024", "-date:20240101..20241231"),
    # wildcards
    ("北?大学", "~北?大学"),
    ("北？大学", '("北" & "大学")'),
    ("怎么办？这样做", '("怎么办" & "这样" & "做")'),
    ("怎么办?", '"怎么办"'),
    ("乡村*", "~乡村*"),
    ("标题:乡村*", "title~乡村*"),
    ("谁家*?", "~谁家*"),  # a ? at the end asks a question
    ("乡村*？", "~乡村*"),
    ("乡村＊", '"乡村"'),
    ("?大学", "~?大学"),
    # words near each other
    ('"进了技术学校"~2', '"进 了 技术学校"~2'),
    ('"进了技术学校"~', '"进 了 技术学校"~2'),
    ("“进了技术学校”～３", '"进 了 技术学校"~3'),
    ('"进了技术学校"~0', '"进 了 技术学校"~0'),
    ('"进了，技术学校！"~1', '"进 了 技术学校"~1'),
    ('标题:"台风灾害"~1', 'title"台风 灾害"~1'),
    ('-"台风灾害"~1', '-"台风 灾害"~1'),
    ('("台风灾害"~1)', '"台风 灾害"~1'),
    ('"台风台风"~1', '"台风 台风"~1'),
    ('"3月15日 B站"~100', '"3月15日 b站"~100'),
    ('"台风"~1', '"台风"'),
    # fuzzy words
    ("工作~", "工作~1"),
    ("工作～", "工作~1"),
    ("工作~1", "工作~1"),
    ("工作~，", "工作~1"),
    ("《工作》～！", "工作~1"),
    ("chenkai~２", "chenkai~2"),
    ("標題：工會~", "title工会~1"),
    ("-工作~", "-工作~1"),
    ("工作~ 台风", '(工作~1 & "台风")'),
    ("3~5天", '("3~5天" | (=3 & "5天"))'),
    ("10~20", '("10~20" | (=10 & =20))'),
    ("2023～2024", '("2023~2024" | (=2023 & =2024))'),
    ("2024~", "2024~1"),
    ("～台风～灾害", '("台风" & "灾害")'),
    # Chinese operators stand alone; inside a word they are text
    ("台风或灾害", '("台风" & "或" & "灾害")'),
    ("非法", '"非法"'),
    ("或许 非常", '("或许" & "非常")'),
    ("与会 台风", '("与会" & "台风")'),
    ("非“典型”", '("非" & "典型")'),
    ('"台风" 或 "灾害"', '("台风" | "灾害")'),
    ("非(台风)", '-"台风"'),
    ("(台风)或(灾害)", '("台风" | "灾害")'),
    ('NOT"台风"', '-"台风"'),
    ('台风 AND“灾害”', '("台风" & "灾害")'),
    ("台风 ＆＆ 灾害 ｜｜ 暴雨", '(("台风" & "灾害") | "暴雨")'),
    ("标题:与 台风", '(title"与" & "台风")'),
    # groups in a field, and brackets in brackets
    ("标题:(工会 OR 技能)", '(title"工会" | title"技能")'),
    ("标题：（工会 或 技能）", '(title"工会" | title"技能")'),
    ("标题:(工会 -技能)", '(-title"技能" & title"工会")'),
    ("标题:(工会 正文:技能) 台风", '((title"工会" & body"技能") & "台风")'),
    ("作者:(麻超 OR 潘海燕)", "(author=麻超 | author=潘海燕)"),
    ("日期:(2023 OR 2024-06)", "(date:20230101..20231231 | date:20240601..20240630)"),
    ("(台风 (灾害 OR (暴雨 洪水)))", '("台风" & ("灾害" | ("暴雨" & "洪水")))'),
    # more dates
    ("日期:＞＝２０２４", "date:20240101..99991231"),
    ("日期:≥2024年6月", "date:20240601..99991231"),
    ("日期:≤2024", "date:1..20241231"),
    ("日期:2024-06..", "date:20240601..99991231"),
    ("日期:..2023", "date:1..20231231"),
    ('日期:"2024年"', "date:20240101..20241231"),
    ("日期: 2024/06", "date:20240601..20240630"),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_tree(text: str, tree: str, segmenter: DictionarySegmenter) -> None:
    assert compact(parse_query(text, segmenter).tree) == tree


def test_the_parts_of_an_and_in_whichever_order(segmenter: DictionarySegmenter) -> None:
    for text in ("台风 -灾害", "台风 NOT 灾害", "台风 非 灾害", "-灾害 台风"):
        node = parse_query(text, segmenter).tree
        assert isinstance(node, nodes.And)
        assert sorted(map(compact, node)) == ['"台风"', '-"灾害"']


# What nothing matches as a whole is tried again with any piece, then with any word; what was demanded stays.
RELAXED = [
    ("台风 灾害", '("台风" | "灾害")', '("台风" | "灾害")'),
    ("台风灾害", '("台风" & "灾害")', '("台风灾害" | "台风" | "灾害")'),
    ('"台风灾害"', '"台风灾害"', '"台风灾害"'),
    ("台风 AND 灾害", '("台风" & "灾害")', '("台风" & "灾害")'),
    ("乡村* 台风", '(~乡村* | "台风")', '(~乡村* | "台风")'),
    ("来源:团结报 台风 灾害", '(source=团结报 & ("台风" | "灾害"))', '(source=团结报 & ("台风" | "灾害"))'),
    ("-暴雨 台风 灾害", '(-"暴雨" & ("台风" | "灾害"))', '(-"暴雨" & ("台风" | "灾害"))'),
    ("-(暴雨 洪水) 台风", '(-("暴雨" & "洪水") & "台风")', '(-("暴雨" & "洪水") & "台风")'),
    ("台风 作者:麻超 AND 灾害 暴雨", '(author=麻超 & "灾害" & ("台风" | "暴雨"))',
     '(author=麻超 & "灾害" & ("台风" | "暴雨"))'),
    ("作者:(麻超 潘海燕) 台风", '((author=麻超 & author=潘海燕) & "台风")', '((author=麻超 & author=潘海燕) & "台风")'),
    ('工作~ "台风灾害"~1', '(工作~1 | "台风 灾害"~1)', '(工作~1 | "台风 灾害"~1)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "any_piece", "any_word"), RELAXED)
def test_relaxed(text: str, any_piece: str, any_word: str, segmenter: DictionarySegmenter) -> None:
    parsed = parse_query(text, segmenter)
    assert (compact(parsed.any_piece), compact(parsed.any_word)) == (any_piece, any_word)


# Pieces are what is highlighted: (field, string, exact).
PIECES = [
    ("台风 灾害", [("text", "台风", False), ("text", "灾害", False)]),
    ('标题:工会 "台风灾害"', [("title", "工会", False), ("text", "台风灾害", True)]),
    ("台风 -灾害 NOT (暴雨 洪水)", [("text", "台风", False)]),
    ("(台风 OR 灾害) 作者:麻超 日期:2024", [("text", "台风", False), ("text", "灾害", False)]),
    ("颱風", [("text", "台风", False)]),
    ('工作~ "台风灾害"~1 -高铁~', [("text", "工作", True), ("text", "台风灾害", True)]),
]


@pytest.mark.parametrize(("text", "pieces"), PIECES)
def test_pieces(text: str, pieces: list[tuple[str, str, bool]], segmenter: DictionarySegmenter) -> None:
    assert [(p.field, p.string, p.exact) for p in parse_query(text, segmenter).pieces] == pieces


# text, column, a word of the message
ERRORS = [
    # nothing to look for
    ("", 0, "empty"),
    ("   ", 0, "empty"),
    ("，。！", 0, "punctuation"),
    ("-", 0, "punctuation"),
    ("~", 0, "punctuation"),
    ("*", 0, "punctuation"),
    ("()", 0, "punctuation"),
    ('""', 0, "punctuation"),
    ("“，”", 0, "punctuation"),
    ('台风 "，"', 3, "punctuation"),
    # brackets
    ("(台风", 0, "bracket"),
    ("（台风", 0, "bracket"),
    ("台风)", 2, "bracket"),
    ("台风）", 2, "bracket"),
    ("台风 (灾害 (暴雨)", 3, "bracket"),
    ("台风 -(灾害", 4, "bracket"),
    ("台风(灾害", 2, "bracket"),
    ("台风)灾害", 2, "bracket"),
    ("标题:(工会", 3, "bracket"),
    ("(" * 60 + "台" + ")" * 60, 50, "nested"),
    # quotation marks
    ('"台风', 0, "quotation"),
    ("“台风", 0, "quotation"),
    ("「台风", 0, "quotation"),
    ("『台风", 0, "quotation"),
    ("＂台风", 0, "quotation"),
    ("„台风", 0, "quotation"),
    ("「台风』", 0, "quotation"),
    ('台风"', 2, "quotation"),
    ('灾害 "台风', 3, "quotation"),
    ('标题:"工会', 3, "quotation"),
    ('作者:"麻超', 3, "quotation"),
    # operators
    ("台风 AND", 3, "AND"),
    ("台风 OR", 3, "OR"),
    ("台风 NOT", 3, "NOT"),
    ("台风 与", 3, "与"),
    ("台风 或", 3, "或"),
    ("台风 非", 3, "非"),
    ("台风 ||", 3, "||"),
    ("台风 &&", 3, "&&"),
    ("AND 台风", 0, "AND"),
    ("与 台风", 0, "与"),
    ("台风 AND AND 灾害", 3, "AND"),
    ("台风 OR AND 灾害", 3, "OR"),
    ("台风 AND OR 灾害", 3, "AND"),
    ("台风 NOT AND 灾害", 3, "NOT"),
    ("(台风 OR) 灾害", 4, "OR"),
    ("台风 (灾害 AND )", 7, "AND"),
    # fields
    ("foo:台风", 0, "foo"),
    ("台风 价格:贵", 3, "价格"),
    ("标题:", 0, "标题"),
    ("标题: ", 0, "标题"),
    ("标题：", 0, "标题"),
    ("标题:，", 0, "标题"),
    ("作者:", 0, "作者"),
    ("台风 日期:", 3, "日期"),
    ('台风 作者:""', 6, "value"),
    ("AND", 0, "AND"),
    ("OR", 0, "OR"),
    ("NOT", 0, "NOT"),
    ("标题:-工会", 3, "value"),
    ("标题:作者:麻超", 3, "value"),
    # dates
    ("日期:昨天", 3, "昨天"),
    ("日期:2024-13", 3, "2024-13"),
    ("日期:2024-02-30", 3, "2024-02-30"),
    ("日期:0000", 3, "0000"),
    ("日期:202", 3, "202"),
    ("日期:2024..昨天", 9, "昨天"),
    ("日期:昨天..2024", 3, "昨天"),
    ("日期:2024...2025", 9, "2025"),
    ("日期:>=", 5, "date"),
    ("日期:2024-07..2024-06", 3, "2024"),
    ("日期:..", 3, "end"),
    ("日期:2024 .. 2025", 7, "space"),
    ("日期:2024.. 2025", 9, "space"),
    ('日期:"昨天"', 4, "昨天"),
    ("日期:(2024 OR 昨天)", 12, "昨天"),
    ("日期>=2024", 2, "colon"),
    ("date>2024", 4, "colon"),
    ("日期:2024-06~2024-07", 3, "2024-06~2024-07"),
    # what says nothing as it stands
    ("OR 台风", 0, "OR"),
    ("或 台风", 0, "或"),
    ("(OR 台风)", 1, "OR"),
    ("台风 OR ，", 3, "OR"),
    ("， 或 台风", 2, "或"),
    ("台风 AND ，", 3, "AND"),
    ("台风 ()", 3, "brackets"),
    ("台风 ( )", 3, "brackets"),
    ("标题:()", 3, "brackets"),
    ("对冲基金”", 4, "quotation"),
    ("对冲基金」", 4, "quotation"),
    ("对冲基金』", 4, "quotation"),
    ("标题 :工会", 3, "space"),
    ("作者 ：麻超", 3, "space"),
    ("标题: AND 台风", 0, "标题"),
    ("标题: 或 台风", 0, "标题"),
    ("-)台风", 0, "exclude"),
    ("台风 > 2024 日期 > 2024", 13, ">"),
    ("台风 非", 3, "after it"),
    ("NOT (灾害 OR NOT)", 11, "after it"),
    ("NEAR(台风 渔船)", 4, "inside a word"),
    ("台风（渔船", 2, "never closed"),
    ('"“台风', 0, "never closed"),
    ('台风 "“台风”', 3, "never closed"),
    # ~ and wildcards where they do not go
    ("工~", 1, "2 characters"),
    ("工作~2", 2, "5 characters"),
    ("工作~3", 2, "~3"),
    ("工作~0", 2, "~0"),
    ("工作~99999999999999999999", 2, "~9"),
    ("第3~5", 2, "~5"),
    ("台风，灾害~", 5, "one word"),
    ("covid-19~", 8, "one word"),
    ("乡村*~", 3, "wildcards"),
    ("乡村*村＊", 4, "＊"),
    ("北？大*", 1, "？"),
    ('"进了技术学校" ~2', 9, "alone"),
    ('"进了技术学校"~101', 8, "~101"),
    ('"进了技术学校"~99999999999999999999999', 8, "~9"),
    ('"进了技术学校"~-1', 9, "~"),
    ('"进了技术学校"~2台风', 10, "~2"),
    ('"，"~2', 0, "punctuation"),
    ('"' + "台风" * 33 + '"~2', 68, "33 words"),
    ("作者:麻*", 4, "*"),
    ("来源:团结报?", 6, "?"),
    ("作者:麻超~", 5, "~"),
    ('作者:"麻超"~1', 7, "~"),
    ("作者:麻超～", 5, "～"),
    # more than a query may have
    ("台" * 10_001, 10_000, "10,001 characters"),
    ("台 " * 1001, 2000, "1,000 words"),
    ("台* " * 21, 60, "20 pieces"),
    ("台" + "?" * 51 + "风", 0, "50 wildcards"),
]


@pytest.mark.parametrize(("text", "column", "word"), ERRORS, ids=[shown(text) for text, _, _ in ERRORS])
def test_error(text: str, column: int, word: str, segmenter: DictionarySegmenter) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text, segmenter)
    assert (caught.value.column, caught.value.query) == (column, text)
    assert word in caught.value.message
    assert caught.value.advice
    assert len(str(caught.value)) < 250


def test_what_a_query_may_just_have(segmenter: DictionarySegmenter) -> None:
    assert len(parse_query("台 " * 1000, segmenter).pieces) == 1000
    assert len(parse_query("台风" * 5000, segmenter).pieces) == 1
    assert len(parse_query("台* " * 20, segmenter).pieces) == 20
    assert parse_query("(" * 50 + "台" + ")" * 50, segmenter).pieces
    assert parse_query('"台风灾害"~100', segmenter).pieces[0].between == 100
    assert parse_query("id:a*b~ 来源:Yahoo!", segmenter).part


@pytest.mark.parametrize("text", ["-" * 1000 + "台", "NOT " * 1000 + "台"])
def test_many_negations(text: str, segmenter: DictionarySegmenter) -> None:
    with pytest.raises(QueryError):
        parse_query(text, segmenter)


@pytest.mark.parametrize(("text", "tree"), [("或", '"或"'), ("与", '"与"'), ("非", '"非"')])
def test_an_operator_in_chinese_alone_is_looked_for(text: str, tree: str, segmenter: DictionarySegmenter) -> None:
    test_tree(text, tree, segmenter)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("湘西州：乡村振兴", "湘西州： is no field and was read as text"),
        ("时间：台风 灾害", "时间： is no field and was read as text"),
        ("台风 - 灾害", "- is only punctuation and was left out"),
        ("台风 | 灾害", "| is only punctuation and was left out"),
        ("乡村＊", "＊ in 乡村＊ was read as text; the wildcard is *"),
        ('"台风"~3', "台风 is one word: ~3 after it says nothing"),
        ("台风AND灾害", "AND in 台风AND灾害 was read as text; operators are in capitals, with spaces around them"),
        ("台风 or 灾害", "or was read as text; operators are in capitals, with spaces around them"),
        ("台风^2 灾害", "^2 in 台风^2 was read as text; words have no weights"),
        ("台风 !灾害", "! in !灾害 was read as text; write -灾害 to exclude it"),
        ('"台*"', '* in "台*" was read as text; a wildcard stands without quotation marks'),
    ],
)
def test_what_may_have_been_meant_otherwise_is_noted(text: str, note: str, segmenter: DictionarySegmenter) -> None:
    parsed = parse_query(text, segmenter)
    assert parsed.notes == [note]
    assert parsed.pieces


@pytest.mark.parametrize(
    "text",
    ["台风 灾害", "标题：工会", "说： 台风", "12：30", "http://a.cn/b", "「对冲基金」", "A BRAND", "or", "3～5天"],
)
def test_what_is_meant_as_typed_has_no_note(text: str, segmenter: DictionarySegmenter) -> None:
    assert parse_query(text, segmenter).notes == []


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", 20240101, 20241231),
        ("2024年", 20240101, 20241231),
        ("2024-06", 20240601, 20240630),
        ("2024-6", 20240601, 20240630),
        ("2024/06", 20240601, 20240630),
        ("2024.6", 20240601, 20240630),
        ("2024年6月", 20240601, 20240630),
        ("2023-02", 20230201, 20230228),
        ("2024-02", 20240201, 20240229),
        ("1900-02", 19000201, 19000228),
        ("2024-06-01", 20240601, 20240601),
        ("2024-6-1", 20240601, 20240601),
        ("2024年6月1日", 20240601, 20240601),
        ("20240601", 20240601, 20240601),
        (" 2024-06-01 ", 20240601, 20240601),
        ("0001", 10101, 11231),
        ("9999-12-31", 99991231, 99991231),
    ],
)
def test_date_span(value: str, first: int, last: int) -> None:
    assert date_span(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    ["", "24", "202406", "0000", "2024-00", "2024-13", "2024-02-30", "2023-02-29", "2024-06-00", "2024-06-31",
     "20240632", "2024年6月1日上午", "6月1日", "昨天", "2024-06-01T10:00"],
)  # fmt: skip
def test_no_date_span(value: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|day"):
        date_span(value)


def test_where_a_string_stands_so_do_its_words(segmenter: DictionarySegmenter) -> None:
    """So a piece without quotes asks for its words alone, unless one of them must stand as a whole run."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    cut = 0
    for _ in range(500):
        string = "".join(rng.choices("台风灾害乡村振兴的工会颱𰶃〇龘3.15½月站aB，。-", k=rng.randrange(1, 9)))
        if not any(map(str.isalnum, string)) or string[0] in "-":
            continue
        (piece,) = parse_query(string, segmenter).pieces
        assert piece.words
        assert all(word.text in piece.string for word in piece.words), string
        phrases = [node.words[0] for node in piece.node(Mode.STRICT).leaves() if isinstance(node, nodes.Phrase)]
        words = [word.text for word in piece.words]
        if any(word.whole for word in piece.words) or words == [piece.string]:
            assert piece.string in phrases
        else:
            assert phrases == words
            cut += 1
    assert cut > 50


ALPHABET = [
    *"台风灾害乡村振兴的工会颱風𰶃与或非", *"abXé19", "标题", "作者", "日期", "价格", "2024", "AND", "OR", "NOT",
    "&&", "||",
    *"  　\n\t", *":：()（）\"“”「」『』„＂-－*?？~～.,，。!&|>=<'[《/", "\u202e", "\0", "\ud800",
]  # fmt: skip


def test_every_string_is_a_query_or_an_error_inside_it(segmenter: DictionarySegmenter) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(3000):
        text = "".join(rng.choices(ALPHABET, k=rng.randrange(15)))
        try:
            parsed = parse_query(text, segmenter)
        except QueryError as error:
            assert 0 <= error.column <= len(text), repr(text)
            assert (error.query, bool(error.message)) == (text, True)
            outcomes["refused"] += 1
        else:
            trees = (parsed.tree, parsed.any_piece, parsed.any_word)
            assert all(map(compact, trees)), repr(text)
            assert all(piece.string for piece in parsed.pieces), repr(text)
            outcomes["read"] += 1
    assert min(outcomes.values()) > 300  # else the alphabet tests one side only
