"""JSON: whatever a dump looks like, its articles come out, and what is wrong in it costs nothing else."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from any_file import given

from newsearch.corpus.limits import LIMITS

BRIDGE = {"title": "村里修了新桥", "body": "桥修好了。"}
SCHOOL = {"title": "学校开学", "body": "学生回来了。"}
NO_ARTICLE = {"x": 1}


def text(value: object, **options: object) -> str:
    return json.dumps(value, ensure_ascii=False, **options)


BOTH = [BRIDGE, SCHOOL]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson"])
@pytest.mark.parametrize(
    "content",
    [
        text(BOTH),
        text(BOTH, indent=2),
        text(BRIDGE) + "\n" + text(SCHOOL),
        text(BRIDGE) + "\n" + text(SCHOOL) + "\n",
        "\ufeff" + text(BOTH, indent=1),
        "[\n" + text(BRIDGE) + ",\n" + text(SCHOOL) + "\n]\n",
        "[" + text(BRIDGE) + "]\n[" + text(SCHOOL) + "]",
        text(BRIDGE, indent=2) + "\n" + text(SCHOOL, indent=2),
        text([[BRIDGE], [[SCHOOL]]]),
        "[" + text(BRIDGE) + "," + text(SCHOOL) + ",]",
        text(BRIDGE) + "\n" + text({"data": [SCHOOL]}),
    ],
    ids=lambda content: content[:16],
)
def test_shapes_are_told_by_content(name: str, content: str, tmp_path: Path) -> None:
    found = given(tmp_path, name, content)
    assert (found.titles, found.reasons) == (["村里修了新桥", "学校开学"], [])


@pytest.mark.parametrize(
    "envelope",
    [
        {"data": BOTH},
        {"status": "ok", "total": 2, "articles": BOTH},
        {"code": 0, "data": {"list": BOTH, "page": 1}},
        {"hits": {"total": 2, "hits": [{"_index": "n", "_source": record} for record in BOTH]}},
        {"文章": BOTH},
        {"2024-01": [BRIDGE], "2024-02": [SCHOOL]},
        {"a1": BRIDGE, "a2": SCHOOL},
        {"data": [{"id": "x", "attributes": record} for record in BOTH]},
        {"edges": [{"node": record} for record in BOTH]},
        {"version": "https://jsonfeed.org/version/1.1", "title": "镇上的消息", "items": BOTH},
        {"title": "镇上的消息", "description": "每天更新", "results": BOTH},
    ],
    ids=lambda envelope: next(iter(envelope)),
)
@pytest.mark.parametrize("tail", ["", "\n"])
def test_envelopes(envelope: dict[str, object], tail: str, tmp_path: Path) -> None:
    found = given(tmp_path, "a.json", text(envelope) + tail)
    assert (found.titles, found.reasons) == (["村里修了新桥", "学校开学"], [])


def test_an_article_with_lists_in_it_is_one(tmp_path: Path) -> None:
    record = BRIDGE | {"comments": [{"content": "好"}], "related": [SCHOOL], "tags": [{"name": "桥"}]}
    assert given(tmp_path, "a.json", text([record])).titles == ["村里修了新桥"]
    assert given(tmp_path, "a.json", text(record)).titles == ["村里修了新桥"]


def test_a_dump_of_wordpress(tmp_path: Path) -> None:
    post = {
        "id": 7, "date": "2022-07-01T10:00:00", "link": "https://example.org/7", "author": 3,
        "title": {"rendered": "“新桥” &#038; 老桥"},
        "content": {"rendered": "<p>桥修好了。</p>\n<p>大家\n都高兴。</p>"},
    }  # fmt: skip
    (article,) = given(tmp_path, "a.json", text([post])).articles
    assert (article.title, article.body) == ("“新桥” & 老桥", "桥修好了。\n大家都高兴。")
    assert (str(article.date), article.url, article.authors) == ("2022-07-01", "https://example.org/7", ())


def test_a_dump_of_mongodb(tmp_path: Path) -> None:
    line = {"_id": {"$oid": "62be"}, "标题": "新桥", "正文": ["一。", "二。"], "时间": {"$date": "2022-07-01T02:00:00Z"},
            "media": {"id": None, "name": "江口日报"}}  # fmt: skip
    (article,) = given(tmp_path, "a.jsonl", text(line)).articles
    assert (article.id, article.body, str(article.date), article.source) == (
        "62be",
        "一。\n二。",
        "2022-07-01",
        "江口日报",
    )


def test_a_dump_of_elasticsearch_as_lines(tmp_path: Path) -> None:
    line = {
        "_index": "news",
        "_id": "k3Jd_xyzABC",
        "_source": {"headline": "新桥", "content": "好。", "source": "江口日报"},
    }
    (article,) = given(tmp_path, "a.jsonl", text(line)).articles
    assert (article.id, article.title, article.source) == ("k3Jd_xyzABC", "新桥", "江口日报")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings(encoding: str, packed: bool, tmp_path: Path) -> None:
    content = text(BOTH * 5, indent=1).encode(encoding)
    found = given(tmp_path, "a.json.gz" if packed else "a.json", gzip.compress(content) if packed else content)
    assert found.titles == ["村里修了新桥", "学校开学"] * 5


@pytest.mark.parametrize(
    ("content", "titles", "reasons"),
    [
        (f'[{text(BRIDGE)},{{"title":"坏","body":"他说"好"。"}},\n{text(SCHOOL)}]', 2, ["entry 2: not JSON: Expecting ',' delimiter in line 1"]),
        (f'[{text(BRIDGE)},\n{{"title":}},\n{text(SCHOOL)}]', 2, ["entry 2: not JSON: Expecting value in line 2"]),
        (f"[{text(BRIDGE)} {text(SCHOOL)}]", 2, []),
        (text([BRIDGE, NO_ARTICLE, SCHOOL]), 2, ["entry 2: an article needs a title or a body; it has x: say"]),
        (text([NO_ARTICLE, BRIDGE, 5, SCHOOL]), 2, ["entry 1: an article needs", "entry 3: an article is an object"]),
        (text({"data": [BRIDGE, NO_ARTICLE, SCHOOL]}), 2, ["entry 2: an article needs"]),
        (f"[{text(BRIDGE)}", 1, ["the JSON ends in the middle of a list"]),
        (f'[{text(BRIDGE)},{{"title":"学', 1, ["entry 2: not JSON: Unterminated", "the JSON ends in the middle of a list"]),
        (text([NO_ARTICLE] * 3), 0, ["no article in it; it has x: say which is which with --map"]),
        (text({"name": "x", "version": "1", "description": "y"}), 0, ["no article in it; it has name, version, description"]),
        ("[1, 2]", 0, ["no article in it: only objects with a title or a body"]),
        ("[]", 0, ["no article in it: only objects"]),
        ("无", 0, ["not JSON: Expecting value in line 1"]),
        (text([BRIDGE | {"date": "昨天"}, SCHOOL]), 1, ["entry 1: not a date: '昨天'"]),
        ('[{"title":' + "9" * 5000 + "}," + text(SCHOOL) + "]", 1, ["entry 1: not JSON: Exceeds the limit"]),
        (text([BRIDGE, {"title": ["深", ["处"]]}]), 1, ["entry 2: title must be a string, not a list"]),
    ],
    ids=range(16),
)  # fmt: skip
def test_what_is_wrong(content: str, titles: int, reasons: list[str], tmp_path: Path) -> None:
    found = given(tmp_path, "a.json", content)
    assert len(found.titles) == titles
    assert [reason[: len(start)] for reason, start in zip(found.reasons, reasons, strict=True)] == reasons


def test_lines_of_bad_entries(tmp_path: Path) -> None:
    content = "[\n" + text(BRIDGE) + ",\n{},\n" + text(SCHOOL) + ",\n{oops},\n" + text(SCHOOL) + "]"
    found = given(tmp_path, "a.json", content)
    assert [rejection.line for rejection in found.rejections] == [3, 5]
    assert len(found.titles) == 3


@pytest.mark.parametrize("body", ['"a\tb\nc"', '"\\ud800 x"', '"a\\u0000b"', "NaN", "1e999", '{"x":1}'])
def test_odd_values_cost_no_other_article(body: str, tmp_path: Path) -> None:
    found = given(tmp_path, "a.json", f'[{{"title":"甲","text":{body}}},{text(SCHOOL)}]')
    assert found.titles[-1] == "学校开学"
    for article in found.articles:
        article.digest()


def test_of_two_equal_keys_the_last_counts_as_in_json_lines(tmp_path: Path) -> None:
    twice = '{"title":"一","title":"二"}'
    assert given(tmp_path, "a.json", f"[{twice}]").titles == given(tmp_path, "a.jsonl", twice).titles == ["二"]


def test_values_cut_anywhere_by_reading(tmp_path: Path) -> None:
    """Records of many lengths, so that the places where reading stops for a while lie in all parts of them."""
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    records = [
        {
            "title": f"第{number}条",
            "body": "桥\\\"'{}[],:\n" * chance.randrange(3000),
            "n": 10 ** chance.randrange(60),
            "t": True,
        }
        for number in range(60)
    ]
    for options in ({}, {"indent": 2}, {"ensure_ascii": True}):
        content = json.dumps(records, **({"ensure_ascii": False} | options))
        found = given(tmp_path, "a.json", content)
        assert [(article.title, article.body) for article in found.articles] == [
            (r["title"], r["body"]) for r in records
        ]
        assert found.reasons == []
        assert given(tmp_path, "b.json", json.dumps({"x": {"list": records}}, **options)).titles == found.titles


def test_an_envelope_larger_than_an_entry_may_be(tmp_path: Path) -> None:
    limits = LIMITS._replace(record=20_000)
    records = [{"title": f"第{number}条", "body": "桥" * 1000} for number in range(200)]
    envelope = {"status": "ok", "query": {"tags": ["a", 1]}, "data": {"total": 200, "list": records}, "next": None}
    found = given(tmp_path, "a.json", text(envelope), limits=limits)
    assert (len(found.titles), found.reasons) == (200, [])
    records[100] = {"title": "太长", "body": "桥" * 90_000}
    found = given(tmp_path, "a.json", text(envelope), limits=limits)
    assert len(found.titles) == 100
    assert found.reasons[0].startswith("an entry is larger than")


def test_numbers_cut_by_reading_in_an_envelope(tmp_path: Path) -> None:
    envelope = {str(number): 10**15 + number for number in range(30_000)} | {"list": BOTH}
    found = given(tmp_path, "a.json", text(envelope), limits=LIMITS._replace(record=20_000))
    assert (found.titles, found.reasons) == (["村里修了新桥", "学校开学"], [])


def test_many_bad_entries_are_counted(tmp_path: Path) -> None:
    found = given(tmp_path, "a.json", text([BRIDGE] + [NO_ARTICLE] * 3000 + [SCHOOL]))
    assert found.titles == ["村里修了新桥", "学校开学"]
    assert len(found.reasons) == 1001
    assert found.reasons[-1] == "2,000 more that gave no article, for like reasons"


def test_many_entries_that_are_not_json_end_it(tmp_path: Path) -> None:
    content = "[" + text(BRIDGE) + ',{"title":x}' * 1500 + "," + text(SCHOOL) + "]"
    found = given(tmp_path, "a.json", content)
    assert found.titles == ["村里修了新桥"]
    assert found.reasons[-2:] == [
        "1 more that gave no article, for like reasons",
        "more than 1,000 entries are not JSON; what follows is not read",
    ]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv"])
def test_a_file_without_articles_is_not_read_to_its_end(name: str, tmp_path: Path) -> None:
    content = (
        "title,x\n" + ",1\n" * 30_000 + "甲,\n"
        if name == "a.csv"
        else (text(NO_ARTICLE) + "\n") * 30_000 + text(BRIDGE)
    )
    found = given(tmp_path, name, content)
    assert found.titles == []
    assert len(found.reasons) <= 1002


@pytest.mark.parametrize(("format", "count"), [("jsonl", 1), ("json", 2), (None, 2)])
def test_a_format_that_is_asked_for(format: str | None, count: int, tmp_path: Path) -> None:
    found = given(tmp_path, "a.json", text(BRIDGE) + "\n" + "[" + text(SCHOOL) + "\n]", format=format)
    assert len(found.titles) == count


def test_json_is_known_by_its_content_too(tmp_path: Path) -> None:
    assert given(tmp_path, "dump", text(BOTH)).titles == ["村里修了新桥", "学校开学"]
    assert given(tmp_path, "dump", "[本报讯]桥修好了\n\n好。").titles == ["[本报讯]桥修好了"]


def test_names_that_the_user_gives(tmp_path: Path) -> None:
    record = {"稿名": "新桥", "attr": {"full": "桥修好了。"}, "summary": "短"}
    fields = {"稿名": "title", "attr.full": "body", "summary": "ignore"}
    (article,) = given(tmp_path, "a.json", text([record]), fields=fields).articles
    assert (article.title, article.body) == ("新桥", "桥修好了。")
