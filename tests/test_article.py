"""What a news article is, and what is none."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import pytest

import newsearch
from newsearch.article import KEYS, Article, Identifier, parse_date
from newsearch.errors import BadArticle

FULL = Article(
    id="x1",
    title="村里修了新桥",
    body="桥修好了。",
    date=dt.date(2024, 5, 1),
    authors=("张三", "李四"),
    source="清河日报",
    section="第3版 要闻",
    url="https://example.org/1",
    path="a.txt",
    kicker="清河",
)


@pytest.mark.parametrize("article", [FULL, Article(title="甲"), Article(body="乙")], ids=["full", "title", "body"])
def test_mapping_and_back(article: Article) -> None:
    mapping = article.to_mapping()
    assert tuple(mapping) == KEYS == tuple(field.name for field in fields(Article))
    assert Article.from_mapping(json.loads(json.dumps(mapping))) == article


def test_the_mapping_is_ready_for_json() -> None:
    mapping = FULL.to_mapping()
    assert (mapping["date"], mapping["authors"]) == ("2024-05-01", ["张三", "李四"])
    assert Article(title="甲").to_mapping()["date"] is None


def test_an_article_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        FULL.title = "别的"  # type: ignore[misc]


def test_unknown_keys_and_nothing_are_ignored() -> None:
    mapping = dict.fromkeys(KEYS) | {"title": "甲", "colour": "red"}
    assert Article.from_mapping(mapping) == Article(title="甲")


def test_text_is_kept_as_it_was_written() -> None:
    text = "  颱風\u3000ＡＢＣ\r\n\x1b[31m"
    assert Article.from_mapping({"title": text, "body": text}) == Article(title=text, body=text)


def test_whole_numbers_are_texts() -> None:
    assert Article.from_mapping({"id": 17, "title": 2024}) == Article(id="17", title="2024")


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        ({}, "body"),
        ({"title": " \n", "body": "\u3000"}, "body"),
        ({"title": "甲", "url": []}, "url"),
        ({"title": {}}, "title"),
        ({"title": True}, "title"),
        ({"title": 1.5}, "title"),
        ({"title": b"bytes"}, "title"),
        ({"title": "甲", "authors": 7}, "authors"),
        ({"title": "甲", "authors": [7]}, "authors"),
        ({"title": "甲", "authors": {"name": "张三"}}, "authors"),
        ({"title": "甲", "date": "昨天"}, "date"),
        ([], None),
        ("甲", None),
        (None, None),
    ],
)
def test_bad_mappings_name_the_key(mapping: object, key: str | None) -> None:
    with pytest.raises(BadArticle) as caught:
        Article.from_mapping(mapping)  # type: ignore[arg-type]
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("张三", ["张三"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三 李四　王五", ["张三", "李四", "王五"]),
        ("张三,李四，王五;赵六；孙七/周八", ["张三", "李四", "王五", "赵六", "孙七", "周八"]),
        (" 张三 、 ", ["张三"]),
        ("Jane Doe", ["Jane Doe"]),
        ("Jane Doe, John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe 张三", ["Jane Doe", "张三"]),
        (["张三", " 李四 ", ""], ["张三", "李四"]),
        (("Jane Doe",), ["Jane Doe"]),
        ("", []),
        ([], []),
        (None, []),
    ],
)
@pytest.mark.parametrize("key", ["author", "authors"])
def test_authors(key: str, value: object, authors: list[str]) -> None:
    assert list(Article.from_mapping({"title": "甲", key: value}).authors) == authors


@pytest.mark.parametrize(
    "value",
    [
        "2024-06-01",
        "2024-6-1",
        "20240601",
        "2024/06/01",
        "2024.6.1",
        "2024年6月1日",
        "２０２４年６月１日",
        " 2024-06-01",
        "2024-06-01T08:30:00+08:00",
        "2024-06-01 08:30",
        "2024年6月1日 星期六",
        dt.date(2024, 6, 1),
        dt.datetime(2024, 6, 1, 8, 30),
    ],
    ids=str,
)
def test_dates(value: object) -> None:
    found = parse_date(value)
    assert found == dt.date(2024, 6, 1)
    assert type(found) is dt.date
    assert Article.from_mapping({"title": "甲", "date": value}).date == found


@pytest.mark.parametrize("value", [None, ""])
def test_no_date(value: object) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "昨天",
        "Sat, 18 May 99999999999999999999 10:00",
        "2024",
        "2024-06",
        "2024-13-01",
        "2024-02-30",
        "0000-01-01",
        "于2024-06-01",
        [20240601],
        True,
        [],
        "202411",
    ],
    ids=str,
)
def test_bad_dates(value: object) -> None:
    with pytest.raises(BadArticle) as caught:
        parse_date(value)
    assert caught.value.key == "date"


@pytest.mark.parametrize(
    "key", ["id", "title", "body", "source", "section", "url", "path", "kicker", "authors", "author"]
)
def test_lone_surrogates_are_replaced(key: str) -> None:
    article = Article.from_mapping({"title": "甲", key: json.loads('"\\ud800桥\\udfff"')})
    assert "\ufffd桥\ufffd" in json.dumps(article.to_mapping(), ensure_ascii=False)
    assert article.digest() == Article.from_mapping(article.to_mapping()).digest()


@pytest.mark.parametrize("field", [field.name for field in fields(Article)])
def test_digest_tells_every_field(field: str) -> None:
    other = {"date": None, "authors": ("张三李四",)}.get(field, "别的")
    changed = replace(FULL, **{field: other})
    assert changed != FULL
    assert changed.digest() != FULL.digest()


def test_digest_is_the_same_tomorrow() -> None:
    assert 0 <= FULL.digest() < 1 << 64
    assert Article(title="甲", body="乙").digest() == 0x8E336683C57B90FD


def test_an_id_hangs_on_key_kicker_and_title() -> None:
    article = Article(title="甲", body="乙")
    named = article.with_id("a.md")
    assert named == replace(article, id="ca1ddcef8477")
    assert replace(article, body="丙", date=dt.date(2024, 1, 1)).with_id("a.md").id == named.id
    others = [
        article.with_id("b.md"),
        article.with_id("a.md", 1),
        replace(article, title="丁").with_id("a.md"),
        replace(article, kicker="清河").with_id("a.md"),
    ]
    assert len({named.id, *(other.id for other in others)}) == 5


def test_an_id_that_is_there_stays() -> None:
    assert FULL.with_id("a.md", 3) is FULL


def test_an_untitled_article_is_named_by_its_beginning() -> None:
    ids = {Article(body=body).with_id("a").id for body in ("甲" * 64, "甲" * 65, "乙" * 64)}
    assert len(ids) == 2


def test_articles_of_one_title_are_counted() -> None:
    articles = [
        Article(title="甲"),
        Article(title="乙"),
        Article(title="甲"),
        Article(id="mine", title="甲"),
        Article(title="甲"),
    ]
    found = list(map(Identifier("a.md"), articles))
    assert [article.title for article in found] == ["甲", "乙", "甲", "甲", "甲"]
    assert len({article.id for article in found}) == 5
    assert found[3].id == "mine"
    # one more of another title moves no id
    again = list(map(Identifier("a.md"), [Article(title="丙"), *articles]))[1:]
    assert [article.id for article in again] == [article.id for article in found]


@pytest.mark.parametrize(
    "value", [20240601, "2024年6月1日10:30", "Sat, 01 Jun 2024 10:30:00 +0800", dt.datetime(2024, 6, 1, 3, 0)]
)
def test_dates_as_other_programs_write_them(value: object) -> None:
    assert parse_date(value) == dt.date(2024, 6, 1)


@pytest.mark.parametrize("key", ["id", "source", "section", "kicker", "author", "url", "path"])
def test_a_nul_in_a_value_cannot_break_an_index(key: str, tmp_path: Path) -> None:
    with newsearch.open(tmp_path / "index", create=True) as index:
        index.add([{"id": "1", "title": "题\0目", "body": "正\0文"} | {key: "要闻\u2067\0\u2029丙"}])
        (article,) = index
    assert (article.title, article.body) == ("题\0目", "正\0文")
    value = article.authors[0] if key == "author" else getattr(article, key)
    assert "\ufffd" in value
    assert "\0" not in value


def test_an_article_is_pickled_as_what_it_is_made_of() -> None:
    """In the order of its fields, as `KEYS` has them."""
    article = Article(*map(str, range(3)), dt.date(2024, 6, 1), ("林晓", "周帆"), "晚报", "要闻", "u", "p", "k")
    assert tuple(field.name for field in fields(Article)) == KEYS
    assert pickle.loads(pickle.dumps(article)) == article  # noqa: S301
    assert copy.copy(article) == article
