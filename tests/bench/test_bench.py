"""The benchmark measures what it says: figures, articles, queries, what each engine answers, and one small run."""

from __future__ import annotations

import datetime as dt
import functools
import json
import random
import statistics
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from newsearch import Index

from . import __main__ as bench
from . import articles, exploring, processes, report, shell
from .articles import Row, recombined, write_corpus
from .drawing import distinct, draw_sets
from .engine import Engine, Searching
from .engines import LISTED, load, why_left_out
from .measure import percentile, time_set
from .queries import Query, QuerySet, read_sets, write_sets

NEWS: list[Row] = [
    {
        "id": "a",
        "title": "渔港清淤工程完工",
        "date": "2023-05-02",
        "body": "渔港的清淤工程昨天完工。\n渔民说，大船也能靠岸了。",
    },
    {
        "id": "b",
        "title": "山区小学通校车",
        "date": "2023-11-20",
        "body": "校车从本周起接送山区的学生。\n渔港的孩子也坐这趟车。",
    },
    {"id": "c", "title": "棉田用上采棉机", "date": "2024-09-30", "body": "今年的工程是给棉田修路，采棉机开得进去了。"},
]


@pytest.fixture
def no_news(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The sample articles, whether or not the shared news is there."""
    monkeypatch.setattr(articles, "SHARED_NEWS", tmp_path / "absent.jsonl.gz")


# Figures


def test_percentiles_are_those_of_the_standard_library() -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chooser = random.Random(seed)
    for length in (2, 3, 20, 199):
        values = [chooser.expovariate(1) for _ in range(length)]
        expected = statistics.quantiles(values, n=20, method="inclusive")
        assert [percentile(values, place / 20) for place in range(1, 20)] == pytest.approx(expected)


def test_percentiles_of_one_value_and_of_none() -> None:
    assert percentile([7.0], 0.95) == 7.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_a_set_is_timed_query_by_query() -> None:
    asked: list[Query] = []

    def answer(query: Query) -> list[str]:
        asked.append(query)
        return ["a"] if query.text == "渔港" else []

    queries = [Query("all", text) for text in ("渔港", "校车", "棉田", "大坝")]
    figures = time_set(answer, queries)
    assert asked == queries
    assert (figures["queries"], figures["found"]) == (4, 0.25)
    assert 0 < figures["median_ms"] <= figures["p95_ms"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0, "0"),
        (0.0456, "0.046"),
        (1.234, "1.23"),
        (12.34, "12.3"),
        (123.4, "123"),
        (1234567, "1,234,567"),
    ],
)
def test_numbers_are_shown_with_three_digits(value: float | None, shown: str) -> None:
    assert report.number(value) == shown


def figures(build: float, median: float, totals: list[int]) -> dict[str, Any]:
    results = {"queries": 4, "median_ms": median, "p95_ms": 2 * median, "found": 1.0}
    return {
        "build_seconds": build, "index_bytes": 2_000_000, "warm_queries": 2,
        "sets": {"rare word": results}, "totals": {"rare word": totals},
    }  # fmt: skip


def a_run(count: int, **engines: dict[str, Any]) -> report.Run:
    return {"corpus": {"articles": count}, "queries": {"rare word": 4, "warm-up": 2}, "engines": engines}


def test_the_table_has_each_figure_over_that_of_tantivy() -> None:
    run = a_run(100, newsearch=figures(3.0, 0.5, []), tantivy=figures(2.0, 2.0, []))
    header, *lines = report.table(run).splitlines()
    assert header.split() == ["newsearch", "÷", "Tantivy", "Tantivy"]
    assert len({len(line) for line in [header, *lines]}) == 1
    cells = {label: line[len(label) :].split() for line in lines for label in [line.split("  ")[0]]}
    assert cells["build, s"] == ["3.00", "1.50", "2.00"]
    assert cells["rare word: median, ms"] == ["0.500", "0.25", "2.00"]
    assert cells["index, MB"] == ["2.00", "1.00", "2.00"]
    assert "one search from the shell: best, ms" not in cells


def test_the_table_does_without_tantivy() -> None:
    header, first, *_ = report.table(a_run(100, newsearch=figures(3.0, 0.5, []))).splitlines()
    assert header.split() == ["newsearch"]
    assert first.split() == ["build,", "s", "3.00"]


def test_what_an_engine_has_no_figure_for_is_a_dash() -> None:
    run = a_run(100, newsearch=figures(3.0, 0.5, []) | {"shell_best_ms": 90.0}, tantivy=figures(2.0, 2.0, []))
    assert report.table(run).splitlines()[-1].split()[-3:] == ["90.0", "–", "–"]


def test_too_few_articles_found_are_told() -> None:
    run = a_run(100, newsearch=figures(1, 1, [5, 2, 0]), tantivy=figures(1, 1, [5, 3, 0]))
    assert report.fewer_found(run) == ["rare word, 1: 2 < 3"]
    assert report.totals_compared(run) == 3
    assert report.fewer_found(a_run(100, newsearch=figures(1, 1, [5]))) == []


def test_queries_that_there_was_no_time_for_are_told() -> None:
    slow = figures(1, 1, []) | {"warm_queries": 1}
    assert report.shortened(a_run(100, tantivy=figures(1, 1, []), fts5=slow)) == [
        "SQLite FTS5 had no time for all queries: 1 of 2 (warm-up)"
    ]


def test_sizes_stand_side_by_side_the_smallest_first(tmp_path: Path) -> None:
    for count, run in ((2000, a_run(2000, newsearch=figures(4, 1, []), tantivy=figures(1, 1, []))),
                       (300, a_run(300, newsearch=figures(2, 1, [])))):  # fmt: skip
        (tmp_path / f"figures-{count}.json").write_text(json.dumps(run), "utf-8")
    lines = report.growth_table(report.read_runs(tmp_path)).splitlines()
    assert lines[0] == "|  | engine | 300 | 2,000 |"
    assert lines[2:4] == ["| build, s | newsearch | 2.00 | 4.00 |", "| build, s | Tantivy | – | 1.00 |"]


def test_growth_is_plotted(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    runs = [a_run(count, newsearch=figures(count / 100, 1, [])) for count in (300, 2000)]
    report.growth_plot(runs, tmp_path / "growth.png")
    assert (tmp_path / "growth.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


# Articles and queries


def test_recombining_is_the_same_for_the_same_seed() -> None:
    first = list(islice(recombined(NEWS, 3), 40))
    assert first == list(islice(recombined(NEWS, 3), 40))
    assert first != list(islice(recombined(NEWS, 4), 40))


def test_recombined_articles_are_made_of_real_ones() -> None:
    long = [row | {"body": row["body"].replace("。", "，" + "这是记者在现场看到的情况。")} for row in NEWS]
    paragraphs = {part for row in long for part in row["body"].split("\n")}
    models = {(row["title"], row["date"]): len(row["body"]) for row in long}
    made = list(islice(recombined(long), 50))
    assert [row["id"] for row in made] == [f"r{number}" for number in range(3, 53)]
    for row in made:
        *whole, last = row["body"].split("\n")
        assert set(whole) <= paragraphs
        assert any(part.startswith(last) for part in paragraphs)
        assert 0 <= len(row["body"]) - models[row["title"], row["date"]] <= 40


@pytest.mark.parametrize(("asked", "written", "real"), [(120, 120, 3), (2, 2, 2), (None, 3, 3)])
def test_the_file_has_as_many_articles_as_asked_for(
    asked: int | None, written: int, real: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "real_articles", lambda: (articles.NEWS, NEWS))
    corpus = write_corpus(tmp_path / "news.jsonl", asked)
    rows = list(articles.rows(tmp_path / "news.jsonl"))
    assert (corpus.articles, corpus.real) == (written, real)
    assert len(rows) == len({row["id"] for row in rows}) == written
    assert rows[:real] == NEWS[:real]
    assert corpus.text_bytes == sum(len((row["title"] + row["body"]).encode()) for row in rows)


def test_queries_stand_in_the_articles_and_no_query_twice(corpus: Path) -> None:
    real = [row for row in articles.rows(corpus / "wire.jsonl") if "date" in row]
    drawn_from = [*real, *islice(recombined(real), 100)]
    sets = draw_sets(drawn_from, timed=10, warm=5)
    assert sets == draw_sets(drawn_from, timed=10, warm=5)
    assert sets != draw_sets(drawn_from, timed=10, warm=5, seed=1)
    for name, (warm, timed) in sets.items():
        assert (len(warm), len(timed), len({*warm, *timed})) == (5, 10, 15), name
    texts = [f"{row['title']}\n{row['body']}" for row in drawn_from]
    for query in sets["two words, AND"].timed:
        assert any(all(word in text for word in query.text.split()) for text in texts)
    for query in sets["exact string, 4–8"].timed:
        assert 4 <= len(query.text) <= 8
        assert any(query.text in row["body"] for row in drawn_from)
    for query in sets["two words, dated"].timed:
        assert dt.date.fromisoformat(query.since) < dt.date.fromisoformat(query.until)


def test_a_set_that_is_too_small_begins_again() -> None:
    two = [Query("all", "渔港"), Query("all", "校车")]
    assert distinct([*two, *two], 5) == [*two, *two, two[0]]
    assert distinct([*two, *two], 1) == two[:1]


def test_sets_of_queries_pass_through_a_file(tmp_path: Path) -> None:
    sets = {"dated": QuerySet([Query("any", "渔港 校车")], [Query("all", "棉田", "2024-01-01", "2024-12-31")])}
    write_sets(tmp_path / "queries.json", sets)
    assert read_sets(tmp_path / "queries.json") == sets


# Engines


@pytest.mark.parametrize("name", LISTED)
def test_every_engine_answers_alike(name: str, tmp_path: Path) -> None:
    if reason := why_left_out(name, len(NEWS)):
        pytest.skip(reason)
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in NEWS), "utf-8")
    engine = load(name)
    engine.build(path, tmp_path / "index")
    opened = engine.open(tmp_path / "index")
    expected = {
        Query("all", "渔港"): "ab",
        Query("all", "渔港 工程"): "a",
        Query("all", "工程"): "ac",
        Query("any", "校车 采棉机"): "bc",
        Query("exact", "清淤工程"): "a",
        Query("all", "渔港", "2023-11-01", "2023-11-30"): "b",
        Query("all", "工程", "2024-09-30", "2024-09-30"): "c",
        Query("all", "工程", "2023-05-02", "2024-09-29"): "a",
    }
    assert {query: "".join(sorted(opened.ids(query))) for query in expected} == expected
    if opened.total:
        assert [opened.total(query) for query in expected] == [len(ids) for ids in expected.values()]
    if opened.cards:
        (card,) = opened.cards(Query("all", "清淤"))
        assert (card.title, card.title_highlights) == ("渔港清淤工程完工", [(2, 4)])
        assert [card.snippet[start:end] for start, end in card.highlights] == ["清淤"]


def test_slow_and_missing_engines_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_left_out("newsearch", 10**6) == ""
    assert "20,000" in why_left_out("whoosh", 20_001)
    monkeypatch.setitem(LISTED, "tantivy", LISTED["tantivy"]._replace(package="no_such_package"))
    assert "pip install" in why_left_out("tantivy", 100)


# Processes


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_of_a_process_and_its_children_is_seen() -> None:
    hold = "import time; held = b'x' * 60_000_000; time.sleep(0.4); print('done')"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    watched = processes.watch_command(processes.python("-c", start))
    assert watched.output == "done\n"
    assert watched.anonymous is not None and 60e6 < watched.anonymous < 120e6
    assert watched.resident is not None and 60e6 < watched.resident < 120e6


@pytest.mark.parametrize("start", [processes.run_command, processes.watch_command])
def test_a_command_that_fails_says_its_last_words(start: Any) -> None:
    with pytest.raises(processes.CommandFailed, match="no anchor"):
        start(processes.python("-c", "import sys; print('hm', file=sys.stderr); sys.exit('no anchor')"))


def test_commands_run_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As whatever pip installed does: compiling this project each time would be counted against it alone."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    code = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    done = processes.run_command(processes.python("-c", code))
    assert done.output.startswith("False ")
    assert done.output.rstrip().endswith("compiled")


def test_changed_segment_files_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "segment-0000000001.columns").write_bytes(b"one")
    (tmp_path / "manifest-0000000001.json").write_bytes(b"{}")
    before = shell.segment_files("newsearch", tmp_path)
    assert [*before] == ["segment-0000000001.columns"]
    (tmp_path / "segment-0000000001.columns").write_bytes(b"other")
    assert before != shell.segment_files("newsearch", tmp_path)


# Commands


def test_added_articles_that_are_not_found_are_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finds_nothing = Engine(build=lambda *_: None, open=lambda *_: Searching(ids=lambda *_: []))
    monkeypatch.setattr(shell, "load", lambda *_: finds_nothing)
    monkeypatch.setattr(shell, "run_command", lambda *_: processes.Finished("", 0.1))
    with pytest.raises(processes.CommandFailed, match="0 of 10"):
        shell.time_additions("newsearch", tmp_path / "index", NEWS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--articles", "7"], "7 is neither `news` nor a number from 100 on"),
        (["run", "--engines", "newsearch,lucene"], "no engine 'lucene'; there are newsearch, tantivy"),
        ([], "required"),
    ],
)
def test_mistakes_are_told(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        bench.main(arguments)
    assert end.value.code == 2
    assert said in capsys.readouterr().err


def test_plotting_nothing_says_what_to_do_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["plot", "--out", str(tmp_path)]) == 2
    assert "measure first" in capsys.readouterr().err


def test_the_first_call_and_those_after_it_are_told_apart(news: Index) -> None:
    waits = iter([0.05, 0.001, 0.001, 0.02])
    times = exploring.measure(news.folder, ["台风"] * 4, lambda _index, _word: time.sleep(next(waits)))
    assert times["first_ms"] >= 50 > times["median_ms"] >= 1
    with pytest.raises(ValueError, match="two words"):
        exploring.measure(news.folder, ["台风"], exploring.CALLS["completions"])
    for call in exploring.CALLS.values():
        assert call(news, "台风")


@pytest.mark.usefixtures("no_news")
def test_an_engine_that_fails_does_not_stop_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: processes.Command) -> processes.Watched:
        raise processes.CommandFailed("out of ink")

    monkeypatch.setattr(bench, "watch_command", fails)
    assert bench.main(["run", "--articles", "100", "--engines", "newsearch,fts5", "--out", str(tmp_path)]) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error")]
    assert errors == ["error: newsearch failed: out of ink", "error: SQLite FTS5 failed: out of ink"]
    assert report.read_runs(tmp_path)[0]["engines"] == {}


@pytest.mark.usefixtures("no_news")
def test_a_small_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bench, "draw_sets", functools.partial(draw_sets, timed=6, warm=3))
    monkeypatch.setattr(shell, "SEARCHES", 1)
    monkeypatch.setattr(shell, "ADDITIONS", 1)
    assert bench.main(["run", "--articles", "300", "--engines", "newsearch", "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert "sample articles of corpus/" in printed.err
    assert "two words, AND: p95, ms" in printed.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures-300.json"]
    (run,) = report.read_runs(tmp_path)
    own = run["engines"]["newsearch"]
    assert {results["found"] for results in own["sets"].values()} == {1.0}
    assert own["warm_queries"] == 24
    assert own["add_kept"] == 1.0
    assert set(own["exploring"]) == set(exploring.CALLS)
    assert all(min(times.values()) > 0 for times in own["exploring"].values())
    assert "key terms by month: first, ms" in printed.out
    assert own["articles_per_second"] * own["build_seconds"] == pytest.approx(300)
    assert own["index_ratio"] * run["corpus"]["text_bytes"] == pytest.approx(own["index_bytes"])
