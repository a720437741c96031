"""Articles that are nearly the same are one hit, and recent ones count for more, if so asked."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import newsearch
from newsearch import ranking
from newsearch.cli import cli

STORY = (
    "白鹤湖渔政站昨天清晨在北汊口放流了三十万尾鱼苗，站长说这是今年的第二批。放流前，工作人员把鱼苗装进有氧气的袋子，"
    "用小船送到离岸两百米的地方。几位老渔民也来帮忙，他们说湖水比前几年清了，芦苇荡里又见到了成群的白鹭。"
    "按照计划，秋天还要放流一批螺蛳和河蚌，让湖底的水草慢慢长起来。"
)
OTHER = (
    "县里的放流基金会日前公布账目，去年收到捐款四十二万元，用在鱼苗、渔网回收和孩子们的自然课上。负责人说，每一笔支出都"
    "贴在村口的公告栏里，谁都可以来问。今年他们打算修一座观鸟台，再给巡湖的志愿者买两条救生船，白鹤湖沿岸的六个村子都会轮流值守。"
)


@pytest.fixture
def index(tmp_path: Path) -> newsearch.Index:
    index = newsearch.open(tmp_path / "index", create=True)
    index.add(
        [
            {
                "id": "first",
                "title": "三十万尾鱼苗放流白鹤湖",
                "body": STORY,
                "date": "2024-03-02",
                "source": "湖区日报",
            },
            {
                "id": "reprint",
                "title": "湖里放流鱼苗",
                "body": STORY.replace("昨天", "三月一日"),
                "date": "2024-03-05",
                "source": "江城晚报",
                "section": "A3",
            },
            {"id": "money", "title": "放流的钱花在哪里", "body": OTHER, "date": "2019-01-01"},
            {"id": "short", "title": "", "body": "白鹤湖放流。"},
            {"id": "short too", "title": "", "body": "白鹤湖放流！"},
        ]
    )
    return index


def ids(results: newsearch.Results) -> list[str]:
    return [hit.id for hit in results]


def test_copies_are_folded_under_the_best(index: newsearch.Index) -> None:
    every = ids(index.search("放流"))
    assert sorted(every) == ["first", "money", "reprint", "short", "short too"]
    folded = index.search("放流", fold_copies=True)
    best, other = sorted(("first", "reprint"), key=every.index)
    assert ids(folded) == [found for found in every if found != other]
    assert {hit.id: [copy.id for copy in hit.copies] for hit in folded if hit.copies} == {best: [other]}
    assert folded.total == 5


def test_pages_of_folded_hits_go_on_where_the_last_one_ended(index: newsearch.Index) -> None:
    whole = ids(index.search("放流", fold_copies=True))
    pages = [ids(index.search("放流", fold_copies=True, limit=1, offset=offset)) for offset in range(len(whole) + 1)]
    assert [page[0] for page in pages[:-1]] == whole
    assert pages[-1] == []


def test_an_exact_string_and_an_order_by_date_show_every_article(index: newsearch.Index) -> None:
    assert len(index.search('"放流"', fold_copies=True).hits) == 5
    assert len(index.search("放流", fold_copies=True, sort="newest").hits) == 5


def test_on_the_command_line_copies_are_named(index: newsearch.Index) -> None:
    run = ["--index", str(index.folder), "search", "放流"]
    text = CliRunner().invoke(cli, run).stdout
    assert "also 江城晚报 A3 2024-03-05 (id reprint)" in text or "also 湖区日报 2024-03-02 (id first)" in text
    shown = json.loads(CliRunner().invoke(cli, [*run, "--json"]).stdout)["hits"]
    assert sorted(copy["id"] for hit in shown for copy in hit.get("copies", [])) in (["first"], ["reprint"])
    every = json.loads(CliRunner().invoke(cli, [*run, "--json", "--all-copies"]).stdout)["hits"]
    assert len(every) == 5
    assert not any("copies" in hit for hit in every)


def test_recent_articles_count_for_more(index: newsearch.Index) -> None:
    plain = {hit.id: hit.score for hit in index.search("放流")}
    recent = index.search("放流", recent=True)
    factors = {hit.id: hit.score / plain[hit.id] for hit in recent}
    assert factors["reprint"] == pytest.approx(1.5)
    assert factors["reprint"] > factors["first"] > 1.4
    assert factors["money"] == pytest.approx(1, abs=1e-3)
    assert factors["short"] == 1
    assert ids(recent) == sorted(factors, key=lambda found: -plain[found] * factors[found])


def test_the_explanation_of_a_recent_score_adds_up(index: newsearch.Index) -> None:
    recent = index.search("放流 鱼苗", recent=True)
    for hit in recent:
        assert sum(part.score for part in index.explain(recent, hit)) == pytest.approx(hit.score, rel=1e-6)
    text = CliRunner().invoke(cli, ["--index", str(index.folder), "search", "放流", "--recent", "--explain"]).stdout
    assert "recent" in text


# Reprints


def test_an_article_knows_where_else_it_stands(index: newsearch.Index) -> None:
    assert [copy.id for copy in index.copies("first")] == ["reprint"]
    assert [copy.id for copy in index.copies("reprint")] == ["first"]
    assert index.copies("money") == index.copies("short") == []
    shown = CliRunner().invoke(cli, ["--index", str(index.folder), "show", "first"]).stdout
    assert shown.endswith("also 江城晚报 A3 2024-03-05 (id reprint)\n")
    with pytest.raises(newsearch.ArticleNotFound):
        index.copies("none")


def test_reprints_are_counted(index: newsearch.Index) -> None:
    assert index.stats().reprints == 1
    brief = "渔政站今天放流鱼苗三十万尾，两岸居民前来观看，孩子们提着小桶排队等候。"
    index.add([{"id": f"brief{number}", "title": f"简讯{number}", "body": brief} for number in range(3)])
    index.add([{"id": "other brief", "title": "简讯", "body": brief.replace("三十", "四十")}])
    assert index.stats().reprints == 3
    assert [copy.id for copy in index.copies("brief1")] == ["brief0", "brief2"]
    index.delete(["first", "brief0"])
    assert index.stats().reprints == 1
    text = CliRunner().invoke(cli, ["--index", str(index.folder), "stats"]).stdout
    assert "1 of them reprints" in text


def test_the_script_of_an_article_makes_no_difference(index: newsearch.Index) -> None:
    opencc = pytest.importorskip("opencc")
    index.add([{"id": "traditional", "title": "放流魚苗", "body": opencc.OpenCC("s2t").convert(STORY)}])
    assert [copy.id for copy in index.copies("first")] == ["reprint", "traditional"]


def test_reprints_of_many_articles_are_those_of_each_pair() -> None:
    """Against all pairs, one by one; every chain of articles, each nearly the same as the next, is one story."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = np.random.default_rng(seed)
    sketches = rng.integers(1, 1 << 63, 40, np.uint64)
    sketches = np.concatenate([sketches, sketches[rng.integers(0, 40, 60)], np.zeros(5, np.uint64)])
    for place in range(40, 100):
        changed = rng.integers(0, 3)
        for byte in rng.choice(8, changed, replace=False):
            sketches[place] ^= np.uint64(int(rng.integers(1, 256)) << 8 * int(byte))
    dates = rng.integers(20200101, 20200110, len(sketches))
    label = list(range(len(sketches)))
    for one in range(len(sketches)):
        for other in np.flatnonzero(ranking.alike(sketches, int(sketches[one]))).tolist():
            old, new = label[one], label[other]
            label = [new if value == old else value for value in label]
    expected = [
        min((place for place in range(len(label)) if label[place] == name), key=lambda place: (dates[place], place))
        for name in label
    ]
    assert ranking.reprints(sketches, dates).tolist() == expected


def test_a_copy_without_a_paper_is_known_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    for name in ("one.txt", "two.txt"):
        (tmp_path / "papers" / name).write_text(f"三十万尾鱼苗放流白鹤湖\n\n{STORY}\n", "utf-8")
    with newsearch.open(tmp_path / "index", create=True) as index:
        index.add_files([tmp_path / "papers"])
    found = CliRunner().invoke(cli, ["--index", str(tmp_path / "index"), "search", "放流"]).stdout
    shown, other = sorted(tmp_path.glob("papers/*"), key=lambda path: f"  {path}\n" not in found)
    assert f"  {shown}\n   also {other} (id " in found
