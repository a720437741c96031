"""What names of files tell, and what they do not."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from any_file import given

from newsearch.corpus.facts.naming import Facts, named_facts


@pytest.mark.parametrize(
    ("key", "date", "source", "section"),
    [
        ("2022-07-01-03版.md", "2022-07-01", "", "第3版"),
        ("团结报/2022/07/01/A3.txt", "2022-07-01", "团结报", "A3"),
        ("20220701_03.txt", "2022-07-01", "", "第3版"),
        ("人民日报_2022年7月1日_第4版.txt", "2022-07-01", "人民日报", "第4版"),
        ("2022-07/01/a.txt", "2022-07-01", "", ""),
        ("团结报2022-07-01（A3版）.md", "2022-07-01", "团结报", "A3"),
        ("ttb-20220701-a03.txt", "2022-07-01", "", "A3"),
        ("江口晚报/2022年/7月/1日/头版.md", "2022-07-01", "江口晚报", "头版"),
        ("清河日报/第12版/2022-07-01.txt", "2022-07-01", "清河日报", "第12版"),
        ("新华社/20220701.txt", "2022-07-01", "新华社", ""),
        ("大公報/2022-07-01 A12.txt", "2022-07-01", "大公報", "A12"),
        ("江口新闻网/要闻/a.jsonl.gz", None, "江口新闻网", ""),
        ("[青年周刊]2022.07.01.md", "2022-07-01", "青年周刊", ""),
        ("2022-07-01/江口晚报-b2.txt", "2022-07-01", "江口晚报", "B2"),
        # no dates
        ("20220230.txt", None, "", ""),
        ("2022-13-01_03.txt", None, "", ""),
        ("2022-07.txt", None, "", ""),
        # no papers
        ("我的剪报/a.txt", None, "", ""),
        ("本地新闻/天气预报/互联网/官网/a.txt", None, "", ""),
        ("工作简报/2022-07-01.txt", "2022-07-01", "", ""),
        ("日报/晚报/a.txt", None, "", ""),
        ("clippings/x.txt", None, "", ""),
        # no pages
        ("20220701_1030.txt", "2022-07-01", "", ""),
        ("20220701_2.txt", "2022-07-01", "", ""),
        ("2022-07-01/03.txt", "2022-07-01", "", ""),
        ("2022-07-01-10-30-00.txt", "2022-07-01", "", ""),
        ("团结报/v2.txt", None, "团结报", ""),
        ("团结报/a3.txt", None, "团结报", ""),
        ("2022-07-01-v2.txt", "2022-07-01", "", ""),
        ("2022-07-01-COVID19.txt", "2022-07-01", "", ""),
        ("20220701_00.txt", "2022-07-01", "", ""),
        ("", None, "", ""),
        (".txt", None, "", ""),
    ],
)
def test_names(key: str, date: str | None, source: str, section: str) -> None:
    expected = Facts(dt.date.fromisoformat(date) if date else None, source, section)
    assert named_facts(key) == expected
    assert named_facts(unicodedata.normalize("NFD", key)) == expected


def test_a_long_name_takes_no_long_time() -> None:
    assert named_facts("报" * 2000 + "/" + "1" * 2000 + "/" + "A" * 255) == Facts()


def test_an_article_knows_better(tmp_path: Path) -> None:
    line = '{"title":"甲","source":"江口日报","date":"2020-01-01"}\n{"title":"乙"}'
    one, other = given(tmp_path, "团结报2022-07-01（A3版）.jsonl", line).articles
    assert (one.source, str(one.date), one.section) == ("江口日报", "2020-01-01", "A3")
    assert (other.source, str(other.date), other.section) == ("团结报", "2022-07-01", "A3")


def test_ids_do_not_hang_on_what_is_told(tmp_path: Path) -> None:
    line = '{"title":"甲"}'
    plain = given(tmp_path, "a.jsonl", line).articles[0]
    told = given(tmp_path, "a.jsonl", line, given=Facts(dt.date(2022, 7, 1), "团结报", "A3")).articles[0]
    assert (told.id, told.source) == (plain.id, "团结报")


def test_which_facts_come_first(tmp_path: Path) -> None:
    said, last = Facts(source="江口晚报"), Facts(dt.date(2000, 1, 1), "无名报", "B1")
    (article,) = given(tmp_path, "团结报2022-07-01.jsonl", '{"title":"甲"}', given=said, fallback=last).articles
    assert (article.source, str(article.date), article.section) == ("江口晚报", "2022-07-01", "B1")
