"""Facts written above a text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from any_file import given

from newsearch.corpus.facts.frontmatter import split_front_matter

TEXT = "桥修好了，大家都很高兴。\n"


@pytest.mark.parametrize(
    ("block", "facts"),
    [
        ("---\ntitle: 新桥\ndate: 2022-07-01\n---\n", {"title": "新桥", "date": "2022-07-01"}),
        ("---\r\ntitle: no\r\nn: 2022\r\n---\r\n", {"title": "no", "n": "2022"}),
        ("\ufeff---\n标题: 新桥\nauthors: [张三, 李四]\n...\n", {"标题": "新桥", "authors": ["张三", "李四"]}),
        ("---\n# 说明\n\ntitle: >\n  新\n  桥\n--- \n", {"title": "新 桥\n"}),
        ("---\n\"title\": '新: 桥'\n---\n", {"title": "新: 桥"}),
        ('+++\ntitle = "新桥"\ntags = ["a"]\n[x]\ny = 1\n+++\n', {"title": "新桥", "tags": ["a"], "x": {"y": 1}}),
    ],
)
def test_facts(block: str, facts: dict[str, object]) -> None:
    assert split_front_matter(block + TEXT) == (facts, TEXT, "")


@pytest.mark.parametrize(
    "text",
    ["", "---", TEXT, "---\n\n一段话。\n\n---\n另一段。", "---\ntitle: 没有完\n\n正文。", "+++\n不是\n+++\n", "--- a\ntitle: x\n---\n",
     "----\ntitle: x\n----\n", "正文\n---\ntitle: x\n---\n", "---\n他说：好\n---\n", "---\n---\n正文"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert split_front_matter(text) == ({}, text, "")


@pytest.mark.parametrize(
    ("block", "facts", "problem"),
    [
        ("---\ntitle: 新桥: 通车\nsource: 江口日报\n---\n", {"title": "新桥: 通车", "source": "江口日报"}, "not YAML, read line by line"),
        ("---\na: &a [x, x]\ntitle: 新桥\nb: [*a, *a]\n---\n", {"title": "新桥"}, "references"),
        ("---\ntitle: 新桥\nx: " + "[" * 30_000 + "\n---\n", {"title": "新桥"}, "not YAML"),
        ("---\ntitle: \"新桥\n---\n", {"title": "新桥"}, "not YAML"),
        ("---\ntitle: !!python/object/apply:os.system [x]\n---\n", {}, ""),
        ("+++\ntitle = 新桥\n+++\n", {"title": "新桥"}, "not TOML, read line by line"),
        ("+++\ntitle = '新桥'\nx = " + "[" * 30_000 + "\n+++\n", {"title": "新桥"}, "not TOML"),
    ],
)  # fmt: skip
def test_what_is_malformed(block: str, facts: dict[str, object], problem: str) -> None:
    started = time.process_time()
    found = split_front_matter(block + TEXT)
    assert time.process_time() - started < 5
    assert found.text == TEXT
    assert facts.items() <= found.facts.items()
    assert problem in found.problem


def test_references_are_not_multiplied() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    found = split_front_matter("---\ntitle: 新桥\n" + "\n".join(lines) + f"\n---\n{TEXT}")
    assert "references" in found.problem
    assert found.facts["title"] == "新桥"


@pytest.mark.parametrize("name", ["2020-01-01.md", "2020-01-01.txt"])
def test_a_text_with_a_title_above_it_is_one_article(name: str, tmp_path: Path) -> None:
    facts = "title: 新桥\ndate: 2022-07-01 10:00\nauthor: 张三\nmedia: 江口日报\n版面: A3\nlink: https://example.org/1\ntags: [桥]\n"
    found = given(tmp_path, name, f"---\n{facts}---\n\n# 新桥\n\n{TEXT}\n## 经过\n\n修了一年。\n")
    (article,) = found.articles
    assert (article.title, article.body) == ("新桥", "桥修好了，大家都很高兴。\n经过\n修了一年。")
    assert (str(article.date), article.authors, article.source) == ("2022-07-01", ("张三",), "江口日报")
    assert (article.section, article.url, found.warnings) == ("A3", "https://example.org/1", ())


def test_facts_without_a_title(tmp_path: Path) -> None:
    (article,) = given(
        tmp_path, "a.txt", f"---\ndate: 2022-07-01\n来源: 江口日报\nauthor: 张三\n---\n新桥\n\n{TEXT}"
    ).articles
    assert (article.title, str(article.date), article.source) == ("新桥", "2022-07-01", "江口日报")
    assert article.authors == ("张三",)
    page = f"---\nsource: 江口日报\nauthor: 张三\n---\n## 新桥\n\n{TEXT}\n## 开学\n\n学生回到学校上课。\n"
    found = given(tmp_path, "a.md", page)
    assert [(a.title, a.source, a.authors) for a in found.articles] == [
        ("新桥", "江口日报", ()),
        ("开学", "江口日报", ()),
    ]


def test_bad_facts_are_a_warning(tmp_path: Path) -> None:
    found = given(tmp_path, "a.txt", f"---\ntitle: 新桥\ndate: 昨天\n---\n{TEXT}")
    assert found.titles == ["新桥"]
    assert found.warnings == ("dates that cannot be read, such as '昨天': 1; their articles have none",)
    found = given(tmp_path, "a.txt", f"---\ntitle: {{a: b}}\n---\n新桥\n\n{TEXT}")
    assert found.titles == ["新桥"]
    assert found.warnings == ("the facts above the text are left out: title must be a string, not an object",)


def test_a_title_alone(tmp_path: Path) -> None:
    assert given(tmp_path, "a.md", "---\ntitle: 新桥\n---\n").titles == ["新桥"]
