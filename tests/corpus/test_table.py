"""Tables: the rows of every kind of CSV, and what a broken one costs."""

from __future__ import annotations

import csv
import gzip
import io
import random
from pathlib import Path

import pytest
from any_file import given

from newsearch.corpus.facts.fields import FieldNames
from newsearch.corpus.formats.table import DELIMITERS, Dialect, find_dialect
from newsearch.corpus.limits import LIMITS

HEADER = ["标题", "正文", "发布时间", "作者", "来源"]
ROWS = [["新桥", "桥修好了，\n大家高兴。", "2022-07-01 10:20", "本报记者 张三 李四", "江口日报"],
        ["开学", "学生说：\"早\"。", "2022/9/1", "王五", "-"]]  # fmt: skip


def table(delimiter: str = ",", header: list[str] = HEADER, **options: object) -> str:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, **options)
    writer.writerows([header, *ROWS])
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，", "；"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends(encoding: str, delimiter: str, line_end: str, tmp_path: Path) -> None:
    content = table(delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).encode(encoding)
    found = given(tmp_path, "a.csv", content)
    bridge, school = found.articles
    assert (bridge.title, bridge.body, str(bridge.date)) == ("新桥", "桥修好了，\n大家高兴。", "2022-07-01")
    assert (bridge.authors, bridge.source) == (("张三", "李四"), "江口日报")
    assert (school.title, school.body, str(school.date)) == ("开学", '学生说："早"。', "2022-09-01")
    assert (school.authors, school.source, found.reasons) == (("王五",), "", [])


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.tab", "a.csv.gz"])
def test_names(name: str, tmp_path: Path) -> None:
    content = table("\t").encode()
    found = given(tmp_path, name, gzip.compress(content) if name.endswith("gz") else content)
    assert found.titles == ["新桥", "开学"]
    assert found.account
    assert (found.account.format, found.account.reasons[-1]) == ("csv", "cells parted by tabs")


@pytest.mark.parametrize(
    ("content", "titles", "bodies"),
    [
        ("sep=;\ntitle;body\na,b;c\n", ["a,b"], ["c"]),
        ("\ufeffsep=;\r\ntitle;body\r\na,b;c\r\n", ["a,b"], ["c"]),
        ('"sep=|"\ntitle|body\na;b,|c\n', ["a;b,"], ["c"]),
        ("正文\n一，二，三\n四,五；\n", ["", ""], ["一，二，三", "四,五；"]),
        ('"Title" , "Full Text"\n"甲","一"\n', ["甲"], ["一"]),
        ("导出时间：2022年7月1日\n\n标题,内容\n甲,一\n", ["甲"], ["一"]),
        ("标题,内容\n甲,一\n\n,\n标题,内容\n乙,二\n", ["甲", "乙"], ["一", "二"]),
        ("标题,内容\n甲,一,,\n乙,二", ["甲", "乙"], ["一", "二"]),
        ("标题,内容\n甲,一,二,三\n", ["甲"], ["一,二,三"]),
        ("标题,内容,来源\n甲,一\n", ["甲"], ["一"]),
        (f"标题,内容\n甲\0,{'一' * 800}二\n\0\n", ["甲"], ["一" * 800 + "二"]),
        ("序号,标题,标题,内容\n1,甲,另,一\n", ["甲"], ["一"]),
        ("标题,副题,内容\n甲,副,一\n", ["甲"], ["副\n一"]),
        ("标题,摘要\n甲,短\n", ["甲"], ["短"]),
        ("标题,摘要,正文\n甲,短,长\n乙,短,\n", ["甲", "乙"], ["长", "短"]),
        ("標題\t內容\n颱風\t一\n", ["颱風"], ["一"]),
        ('title\tbody\n甲\t"引"号开头\n乙\t6" 管\n丙\t好\n', ["甲", "乙", "丙"], ['"引"号开头', '6" 管', "好"]),
        ("title,body\n甲,<p>一</p><p>二&nbsp;三</p>\n", ["甲"], ["一\n二 三"]),
    ],
    ids=range(18),
)
def test_tables(content: str, titles: list[str], bodies: list[str], tmp_path: Path) -> None:
    found = given(tmp_path, "a.csv", content)
    assert (found.titles, found.bodies, found.reasons) == (titles, bodies, [])


@pytest.mark.parametrize(
    ("content", "titles", "reasons"),
    [
        ("title,body,date\n甲,a,b,2022-07-01\n乙,c,2022-07-01\n", ["乙"], {2: "4 cells where the header has 3"}),
        ("title,body,date\n甲\n乙,c,2022-07-01\n", ["乙"], {2: "1 cell where the header has 3"}),
        ("date,body,title\n,,\n2022-07-01,,\n", [], {3: "an article needs a title or a body"}),
        ('title,body\n甲,"他说\n乙,"好"\n丙,三\n', ["甲", "乙", "丙"], {}),
        (
            'title,body,date\n甲,"他,说,好\n乙,"好,",2022-07-01\n丙,三,\n',
            ["乙", "丙"],
            {2: "a quotation mark in it is never"},
        ),
        (
            'title,body,date\n甲,"没有完\n乙,"二,",\n丙,三,\n',
            ["乙", "丙"],
            {2: "a quotation mark in it is never closed"},
        ),
        ('title,body\n甲,"一"二"\n乙,二\n', ["甲", "乙"], {}),
        ('title,body\n甲,"第一行，他说"好"。\n第二行。"\n乙,二\n', ["甲", "乙"], {}),
        ('title,body\n"甲,一\n"乙,二\n丙,三\n', ["甲", "乙", "丙"], {}),
    ],
    ids=range(9),
)
def test_what_is_wrong(content: str, titles: list[str], reasons: dict[int, str], tmp_path: Path) -> None:
    found = given(tmp_path, "a.csv", content)
    assert found.titles == titles
    assert {item.line: item.reason[: len(reasons.get(item.line, ""))] for item in found.rejections} == reasons


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    rows = [f"第{number}条,正文{number}。" for number in range(5000)]
    rows[10] = '第10条,"正文10。'
    rows[4990] = '"第4990条,正文4990。'
    found = given(tmp_path, "a.csv", "\n".join(["标题,正文", *rows]), limits=LIMITS._replace(record=30_000))
    assert [len(found.titles), *found.reasons] == [5000]
    assert found.bodies[10] == "正文10。"


def test_a_body_of_many_lines_with_loose_quotation_marks(tmp_path: Path) -> None:
    body = "\n".join(f'第{number}行，他说"好"。' for number in range(30))
    found = given(tmp_path, "a.csv", f'title,body,source\n甲,"{body}",江口日报\n乙,二,江口日报\n')
    assert (found.titles, found.bodies, found.reasons) == (["甲", "乙"], [body, "二"], [])


def test_ids_of_tables(tmp_path: Path) -> None:
    found = given(tmp_path, "a.csv", "编号,标题\n1,甲\n2,乙\nJK-2022-001,丙\n")
    assert [article.id for article in found.articles][2:] == ["JK-2022-001"]
    assert "1" not in [article.id for article in found.articles]
    assert found.warnings == (
        "short numbers not taken as ids: 2; other files may have them too; --map NAME=id takes them",
    )
    found = given(tmp_path, "a.csv", "编号,标题\n1,甲\n", fields={"编号": "id"})
    assert [article.id for article in found.articles] == ["1"]


def test_dates_that_are_none(tmp_path: Path) -> None:
    found = given(tmp_path, "a.csv", "title,date\n甲,昨天\n乙,无\n丙,2022-13-01\n丁,发布于2022年7月1日\n")
    assert [str(article.date) for article in found.articles] == ["None", "None", "None", "2022-07-01"]
    assert found.warnings == ("dates that cannot be read, such as '昨天': 2; their articles have none",)


def test_without_a_header(tmp_path: Path) -> None:
    content = "2022-07-01,甲,一\n2022-07-02,乙,二\n"
    (reason,) = given(tmp_path, "a.csv", content).reasons
    assert reason.startswith("no column is known as a title or a body in 2022-07-01, 甲, 一: its first row must name")
    assert "--map 1=title" in reason
    found = given(tmp_path, "a.csv", content, fields={"1": "date", "2": "title", "3": "body"})
    assert [(str(a.date), a.title, a.body) for a in found.articles] == [
        ("2022-07-01", "甲", "一"),
        ("2022-07-02", "乙", "二"),
    ]


def test_columns_by_the_names_and_numbers_that_the_user_gives(tmp_path: Path) -> None:
    content = "稿名,稿子,摘要,报头\n甲,一,短,江口日报\n"
    (reason,) = given(tmp_path, "a.csv", "稿名,稿子\n甲,一\n").reasons
    assert "稿名, 稿子" in reason
    for fields in (
        {"稿名": "title", "稿子": "body", "报头": "source"},
        {"1": "title", "2": "body", "4": "source", " 稿名 ": "title"},
    ):
        (article,) = given(tmp_path, "a.csv", content, fields=fields).articles
        assert (article.title, article.body, article.source) == ("甲", "一", "江口日报")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    content = "标题,正文\n".encode() + "甲,一。\n".encode() * 20_000 + b"\xe4\xb8,\xff\n"
    found = given(tmp_path, "a.csv", content)
    assert len(found.titles) == 20_001
    assert found.warnings == ("1 lines have bytes that are not utf-8 text, shown as \ufffd",)


def test_a_damaged_file_keeps_what_came_before(tmp_path: Path) -> None:
    rows = "".join(f"第{number}条 {random.Random(number).getrandbits(400):x},正文。\n" for number in range(4000))
    found = given(tmp_path, "a.csv.gz", gzip.compress(f"标题,正文\n{rows}".encode())[:-60_000])
    assert 500 < len(found.titles) < 4000
    assert found.reasons == ["damaged: what is packed is cut off"]


def test_the_limit_of_csv_is_what_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    found = given(tmp_path, "a.csv", "title,body\n甲," + "长" * 300_000 + "\n")
    assert (len(found.bodies[0]), csv.field_size_limit()) == (300_000, before)


def test_random_tables_come_back_as_they_were(tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    for _ in range(60):
        delimiter = chance.choice(DELIMITERS)
        rows = [
            ["".join(chance.choices('一二,;\t|"\n，', k=chance.randrange(1, 30))) + "完" for _ in range(3)]
            for _ in range(9)
        ]
        written = io.StringIO()
        csv.writer(written, delimiter=delimiter, quoting=chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])).writerows(
            [["标题", "正文", "来源"], *rows]
        )
        found = given(tmp_path, "a.csv", written.getvalue())
        assert found.reasons == []
        assert [[a.title, a.body, a.source] for a in found.articles] == [[*row[:2], row[2].strip()] for row in rows]


@pytest.mark.parametrize(
    ("lines", "dialect"),
    [
        (["标题,正文\n", "a;b;c,d\n"], Dialect(",", True)),
        (["标题\t正文\n", "a,b,c\td,e\n"], Dialect("\t", True)),
        (["标题|正文\n", '"a|b"|c\n'], Dialect("|", True)),
        (["标题\t正文\n", '"a\tb\n', '"c\td\n', "e\tf\n"], Dialect("\t", False)),
    ],
)
def test_dialects(lines: list[str], dialect: Dialect) -> None:
    assert find_dialect(lines, FieldNames()) == dialect
