"""The command as a shell runs it: what it prints where, and with which exit status."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from small_news import small_news

import newsearch
from newsearch.article import KEYS
from newsearch.index.storage import Storage

_SCRIPT = Path(sys.executable).with_name("newsearch")
COMMAND = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-c", "from newsearch.cli import main; main()"]

HIT_KEYS = [
    "id", "title", "date", "source", "section", "authors", "path", "url", "score", "snippet", "highlights",
    "title_highlights",
]  # fmt: skip
RESULT_KEYS = ["version", "query", "total", "relaxed", "took_ms", "hits"]
STATS_KEYS = [
    "articles", "reprints", "generation", "segments", "deleted", "files", "rejected_files", "index_bytes", "text_bytes",
    "first_date", "last_date", "sources",
]  # fmt: skip

ESCAPE = re.compile(r"\x1b")
#: ESC [ … m that sets a colour of text or ground; 1 (bold) or 2 (dim) are none.
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
#: What must never reach a terminal: controls but for line ends and tabs, bidi overrides and isolates.
RAW_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

WIRE: list[dict[str, Any]] = [
    {"id": "typhoon", "title": "台风登陆江口", "body": "昨日台风登陆，学校停课。", "date": "2024-07-24",
     "author": "潘海燕", "source": "江口新闻网", "section": "要闻", "url": "https://news.example/1", "kicker": "直击"},
    {"id": "school", "title": "乡村学校", "body": "复课\n了。", "date": "2023-09-01", "source": "晚报"},
    {"id": "evil", "title": "红\x1b[31m字\x07\u202e反\x9b2J", "body": "控制\x00字符\u2066和\x1b]0;标题\x07。\x7f",
     "source": "坏\x1b报\u202e", "section": "坏\x08", "author": "坏\u2067人", "url": "u\x1b", "kicker": "k\x1b[2J"},
]  # fmt: skip


class Run(NamedTuple):
    status: int
    out: str
    err: str


class Shell:
    """Runs the command in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {k: v for k, v in os.environ.items() if k not in ("NEWSEARCH_INDEX", "NO_COLOR")}
        self.environment |= {"TERM": "xterm-256color", "COLUMNS": "80"}

    def __call__(self, *arguments: str | Path, **environment: str) -> Run:
        done = subprocess.run(
            [*COMMAND, *arguments], capture_output=True, cwd=self.folder, env=self.environment | environment, timeout=60
        )
        run = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
        # Whatever is asked of it: a pipe gets no colours, nothing raw from an article or an argument, no traceback.
        assert not ESCAPE.search(run.out + run.err)
        assert not RAW_CONTROL.search(run.out + run.err)
        assert "Traceback" not in run.err
        return run

    def terminal(self, *arguments: str, **environment: str) -> Run:
        """The same on a terminal; `out` holds all that would be on the screen."""
        parent, child = pty.openpty()
        settings = self.environment | environment
        with subprocess.Popen(
            [*COMMAND, *arguments], stdin=child, stdout=child, stderr=child, cwd=self.folder, env=settings
        ) as process:
            os.close(child)
            screen = b""
            while chunk := read_terminal(parent):
                screen += chunk
            process.wait(timeout=60)
        os.close(parent)
        return Run(process.returncode, screen.decode().replace("\r\n", "\n"), "")


def read_terminal(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that the other side is closed
        return b""


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with an index of `WIRE`; tests that share it change nothing."""
    made = Shell(tmp_path_factory.mktemp("shell"))
    write_wire(made.folder / "wire.jsonl", WIRE)
    assert made("index", "wire.jsonl").status == 0
    return made


@pytest.fixture
def fresh(tmp_path: Path) -> Shell:
    """A folder of its own for a test that changes things."""
    return Shell(tmp_path)


def write_wire(path: Path, articles: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(article) + "\n" for article in articles))


# Life of an index


def test_index_search_show_delete(fresh: Shell) -> None:
    write_wire(fresh.folder / "corpus" / "wire.jsonl", WIRE)
    done = fresh("index")  # corpus/ is where it looks by itself
    assert (done.status, done.out) == (0, "")
    assert "3 added" in done.err
    done = fresh("search", "台风", "停课")
    assert done.status == 0
    assert done.out.splitlines() == [
        "1. «台风»登陆江口",
        "   江口新闻网 · 要闻 · 2024-07-24 · 潘海燕",
        "   昨日«台风»登陆，学校«停课»。",
        "   id typhoon  corpus/wire.jsonl",
    ]
    assert re.fullmatch(r"1 article \(\d+\.\d ms\)\n", done.err)

    done = fresh("show", "typhoon")
    assert (done.status, done.err) == (0, "")
    assert [part in done.out for part in ("直击：台风登陆江口", "昨日台风登陆，学校停课。", "id: typhoon")] == [
        True
    ] * 3

    done = fresh("delete", "typhoon", "nobody")
    assert (done.status, done.out) == (2, "")
    assert "1 article removed" in done.err
    assert "nobody" in done.err

    done = fresh("check")
    assert (done.status, done.out) == (0, "")
    assert "intact" in done.err

    done = fresh("index", "--rebuild")
    assert (done.status, "1 added, 2 replaced" in done.err) == (0, True)
    (fresh.folder / "corpus" / "wire.jsonl").unlink()
    write_wire(fresh.folder / "corpus" / "other.jsonl", WIRE[:1])
    done = fresh("index", "--prune", "corpus")
    assert (done.status, "1 gone" in done.err) == (0, True)


def test_check_names_what_is_damaged(fresh: Shell, shell: Shell) -> None:
    shutil.copytree(shell.folder / "index", fresh.folder / "index")
    (segment,) = (fresh.folder / "index").glob("segment-*")
    content = bytearray(segment.read_bytes())
    content[100] ^= 1
    segment.write_bytes(content)
    done = fresh("check")
    assert done.status in (1, 2)
    assert segment.name in done.out + done.err


def test_another_folder_by_option_and_by_environment(fresh: Shell, shell: Shell) -> None:
    index = str(shell.folder / "index")
    assert fresh("search", "台风", NEWSEARCH_INDEX=index).status == 0
    assert fresh("--index", index, "search", "台风", NEWSEARCH_INDEX="elsewhere").status == 0
    assert fresh("search", "台风", NEWSEARCH_INDEX="elsewhere").status == 2
    assert list(fresh.folder.iterdir()) == []


# Searching


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["学校", "--from", "2024", "--to", "2024-07"], ["typhoon"]),
        (["学校", "--source", "晚报"], ["school"]),
        (["学校", "--author", "潘海燕", "--section", "要闻"], ["typhoon"]),
        (["学校", "--sort", "newest"], ["typhoon", "school"]),
        (["学校", "--sort", "oldest", "-n", "1", "--offset", "1"], ["typhoon"]),
        (["台风 复课", "--any", "--sort", "newest"], ["typhoon", "school"]),
        (["学校", "-台风"], ["school"]),
        (["--", "-台风", '"学校"'], ["school"]),
        (["標題:颱風"], ["typhoon"]),
    ],
    ids=" ".join,
)
def test_search(arguments: list[str], ids: list[str], shell: Shell) -> None:
    done = shell("search", "--json", *arguments)
    assert done.status == 0, done.err
    assert [hit["id"] for hit in json.loads(done.out)["hits"]] == ids


def test_nothing_found(shell: Shell) -> None:
    done = shell("search", "地震")
    assert (done.status, done.out) == (1, "")
    assert "nothing found for 地震" in done.err
    done = shell("search", "--json", "地震")
    assert (done.status, json.loads(done.out)["hits"]) == (1, [])


def test_a_limit_of_none_is_found_all_the_same(shell: Shell) -> None:
    done = shell("search", "学校", "-n", "0")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("2 articles")


def test_what_is_relaxed_is_said(shell: Shell) -> None:
    done = shell("search", "台风", "地震")
    assert done.status == 0
    assert done.err.startswith("no article has all of it; 1 article has part of it")


def test_notes_are_said(shell: Shell) -> None:
    done = shell("search", "江口：台风")
    assert done.status == 0
    assert done.err.startswith("note: 江口： is no field")


def test_what_was_meant_is_asked(shell: Shell) -> None:
    done = shell("search", "雪校")
    assert (done.status, done.out) == (1, "")
    assert re.fullmatch(r"nothing found for 雪校 \(\d+\.\d ms\); did you mean 你要找的是不是: 学校\n", done.err)
    done = shell("search", "台风", "雪校")
    assert done.status == 0
    assert done.err.splitlines()[1] == "did you mean 你要找的是不是: 台风 学校"
    assert json.loads(shell("search", "雪校", "--json").out)["suggestions"] == ["学校"]


def test_pinyin_is_said(shell: Shell) -> None:
    done = shell("search", "xuexiao")
    assert (done.status, done.out.count("\n   id ")) == (0, 2)
    assert done.err.startswith("note: xuexiao stands nowhere and was read as pinyin: 学校\n2 articles")


def test_facets_in_a_pipe(shell: Shell) -> None:
    done = shell("search", "学校", "-n", "0", "--facet", "month", "--facet", "source")
    assert done.out.splitlines() == [
        "month 2023-09      1",
        "month 2024-07      1",
        "source 晚报        1",
        "source 江口新闻网  1",
    ]
    found = json.loads(shell("search", "学校", "--json", "--facet", "year").out)
    assert found["facets"] == {"year": {"2023": 1, "2024": 1}}
    assert "█" in shell.terminal("search", "学校", "--facet", "month").out


# Key terms


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with an index of `small_news`."""
    made = Shell(tmp_path_factory.mktemp("villages"))
    write_wire(made.folder / "wire.jsonl", small_news())
    assert made("index", "wire.jsonl").status == 0
    return made


def test_keywords_in_a_pipe(villages: Shell) -> None:
    done = villages("keywords", "台风", "-n", "2")
    assert (done.status, done.err) == (0, "")
    assert all(re.fullmatch(r"\S+ +in 8 articles", line) for line in done.out.splitlines())
    assert villages("keywords", "-n", "3").out.count("\n") == 3
    done = villages("keywords", "--id", "typhoon-1", "-n", "3")
    assert re.search(r"^台风 +2 ×$", done.out, re.MULTILINE)
    done = villages("keywords", "台风", "-nba", "--json")
    found = json.loads(done.out)
    assert (done.status, list(found), list(found["keywords"][0])) == (
        0,
        ["version", "keywords"],
        ["term", "score", "count"],
    )


def test_trends_in_a_pipe_and_on_a_terminal(villages: Shell) -> None:
    done = villages("keywords", "--by", "month", "-n", "1")
    lines = done.out.splitlines()
    assert (done.status, lines[0], lines[-2]) == (0, "2024-03  13 articles", "2024-08  9 articles")
    assert re.fullmatch(r"  \S+  8", lines[-1])
    screen = villages.terminal("keywords", "--by", "month", "-n", "1").out
    assert re.search(r"^  \S+  8  ▁▁▁▁▁▇$", screen, re.MULTILINE)
    found = json.loads(villages("keywords", "台风", "--by", "year", "--json").out)
    assert found == {"version": 1, "by": "year", "periods": ["2024"], "articles": [8], "terms": {"2024": []}}


def test_no_key_terms(villages: Shell) -> None:
    done = villages("keywords", "鳎鳎")
    assert (done.status, done.out, done.err) == (1, "", "no key terms in what 鳎鳎 finds\n")
    done = villages("keywords", "台风", "--by", "year", "--plot", "台风.png")
    assert (done.status, done.out) == (1, "")
    assert not (villages.folder / "台风.png").exists()
    assert done.err == "no year but 2024 to compare in what 台风 finds\n"
    assert villages("keywords", "鳎鳎", "--by", "month").err == "no article with a date in what 鳎鳎 finds\n"


def test_no_completions_and_nothing_similar(villages: Shell, tmp_path: Path) -> None:
    for prefix in ("鳎鳎", "，", "qqqqq"):
        done = villages("suggest", prefix)
        assert (done.status, done.out, done.err) == (1, "", f"nothing begins with '{prefix}' or is read so\n")
    done = villages("suggest", "台", "-n", "9" * 30)
    assert (done.status, "台风" in done.out.splitlines()) == (0, True)
    alone = Shell(tmp_path)
    write_wire(tmp_path / "wire.jsonl", [{"id": "one", "title": "古籍修复"}])
    assert alone("index", "wire.jsonl").status == 0
    done = alone("similar", "one")
    assert (done.status, done.out, done.err) == (1, "", "no other article is on the same story as 古籍修复\n")
    assert re.search(r"^古籍 +in 1 article$", alone("keywords").out, re.MULTILINE)


def test_a_plot_that_cannot_be_drawn_or_written(villages: Shell) -> None:
    """For want of matplotlib, of a font, or of the folder: one line each."""
    done = villages("keywords", "--by", "month", "--plot", "nowhere/a.png")
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("error: ")


# JSON


def test_json_of_search(shell: Shell) -> None:
    done = shell("search", "--json", "台风")
    assert (done.err, done.out.count("\n")) == ("", 1)
    found = json.loads(done.out)
    assert list(found) == RESULT_KEYS
    assert (found["version"], found["query"], found["total"], found["relaxed"]) == (1, "台风", 1, False)
    assert found["took_ms"] >= 0
    (hit,) = found["hits"]
    assert list(hit) == HIT_KEYS
    assert {key: hit[key] for key in HIT_KEYS if key != "score"} == {
        "id": "typhoon", "title": "台风登陆江口", "date": "2024-07-24", "source": "江口新闻网", "section": "要闻",
        "authors": ["潘海燕"], "path": "wire.jsonl", "url": "https://news.example/1",
        "snippet": "昨日台风登陆，学校停课。", "highlights": [[2, 4]], "title_highlights": [[0, 2]],
    }  # fmt: skip
    assert hit["score"] > 0


def test_json_of_show(shell: Shell) -> None:
    article = json.loads(shell("show", "--json", "typhoon").out)
    assert tuple(article) == KEYS
    assert article == {key: WIRE[0].get(key, "") for key in KEYS} | {"authors": ["潘海燕"], "path": "wire.jsonl"}


def test_json_of_stats(shell: Shell) -> None:
    stats = json.loads(shell("stats", "--json").out)
    assert list(stats) == STATS_KEYS
    assert (stats["articles"], stats["files"], stats["first_date"]) == (3, 1, "2023-09-01")


def test_stats_for_people(shell: Shell) -> None:
    done = shell("stats")
    assert (done.status, done.err) == (0, "")
    assert re.search(r"^articles +3$", done.out, re.MULTILINE)


def test_read_prints_what_can_be_read_again(fresh: Shell, corpus: Path) -> None:
    done = fresh("read", corpus)
    assert done.status == 0
    articles = [json.loads(line) for line in done.out.splitlines()]
    assert {tuple(article) for article in articles} == {KEYS}
    assert [a["id"] for a in articles] == [a.id for a in newsearch.read_articles(corpus)]
    assert not (fresh.folder / "index").exists()
    (fresh.folder / "again.jsonl").write_text(done.out)
    again = fresh("read", "again.jsonl")
    assert [json.loads(line) | {"path": ""} for line in again.out.splitlines()] == [a | {"path": ""} for a in articles]


def test_read_lists_what_it_could_not_read(fresh: Shell) -> None:
    write_wire(fresh.folder / "a.jsonl", WIRE[:1])
    (fresh.folder / "b.txt").write_bytes(bytes(range(256)))
    done = fresh("read", "a.jsonl", "b.txt")
    assert (done.status, done.out.count("\n")) == (0, 1)
    assert done.err.startswith("rejected b.txt: ")


# Errors

WRONG = [
    ["search", "台风", "--from", "昨天"],
    ["search", "(台风"],
    ["search", "工作", "foo:台风"],
    ["search", "\x1b[31m台风("],
    ["search", ""],
    ["search"],
    ["search", "台风", "--bogus"],
    ["search", "台风", "-n", "-1"],
    ["search", "台风", "--timeout", "-1"],
    ["search", "台风", "--timeout", "soon"],
    ["export", "(台风"],
    ["export", "台风", "--from", "昨天"],
    ["export", "-o", "wire.jsonl"],
    ["export", "-o", "nowhere/a.jsonl"],
    ["export", "--format", "xls"],
    ["search", "台风", "--sort", "best"],
    ["search", "台风", "--facet", "week"],
    ["keywords", "(台风"],
    ["keywords", "台风", "--bogus"],
    ["keywords", "--id", "nobody"],
    ["keywords", "台风", "--id", "typhoon"],
    ["keywords", "--id", "typhoon", "--by", "year"],
    ["keywords", "--by", "week"],
    ["keywords", "--plot", "a.png"],
    ["keywords", "-n", "0"],
    ["suggest", "台", "-n", "0"],
    ["suggest", "台", "--timeout", "-1"],
    ["similar", "typhoon", "-n", "0"],
    ["search", "台风~9"],
    ["search", "台" * 20_000],
    ["explain", "台风("],
    ["explain", "台风", "nobody"],
    ["explain", "--台风"],
    ["show", "no\x1b[2Jbody\nat all"],
    ["delete", "nobody"],
    ["index", "nowhere\nat all"],
    ["index", "--format", "odt", "wire.jsonl"],
    ["read", "nowhere"],
    ["bogus"],
    ["--bogus"],
    ["--index", "nowhere", "search", "台风"],
    ["--index", "wire.jsonl", "index", "wire.jsonl"],
    ["--index", ".", "index", "wire.jsonl"],
    ["--index", "/dev/null/x", "index", "wire.jsonl"],
    ["--index", "/proc/x", "index", "wire.jsonl"],
]


@pytest.fixture(scope="module")
def wrong(shell: Shell) -> Iterator[dict[str, Future[Run]]]:
    """What each of `WRONG` gave; they run side by side."""
    with ThreadPoolExecutor() as pool:
        yield {repr(arguments): pool.submit(shell, *arguments) for arguments in WRONG}


@pytest.mark.parametrize("arguments", WRONG, ids=[ascii(" ".join(arguments)) for arguments in WRONG])
def test_an_error_is_one_line(arguments: list[str], wrong: dict[str, Future[Run]], shell: Shell) -> None:
    done = wrong[repr(arguments)].result()
    assert (done.status, done.out) == (2, "")
    talk = done.err.splitlines()
    errors = [line for line in talk if not line.startswith("  ")]
    assert len(errors) == 1 + (arguments[0] == "delete")
    assert errors[-1].startswith("error: ")
    assert len(errors[-1]) < 300
    assert sorted(path.name for path in shell.folder.iterdir()) == ["index", "wire.jsonl"]


@pytest.mark.parametrize(
    ("query", "caret"),
    [("工作 日期:昨天", "            ^"), ("ab “台风", "     ^"), ("工作～３ ab", "      ^"), ("（台风", "  ^")],
)
def test_a_query_error_points(query: str, caret: str, shell: Shell) -> None:
    """The caret counts two columns for a Chinese character, as terminals do."""
    done = shell("search", query)
    _, shown, pointer = done.err.splitlines()
    assert (shown, pointer) == (f"  {query}", caret)


def test_no_command_shows_the_help(shell: Shell) -> None:
    done = shell()
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Usage: newsearch ")


def test_an_index_that_another_process_writes(shell: Shell) -> None:
    with Storage(shell.folder / "index").lock():
        done = shell("delete", "typhoon")
        assert (done.status, done.err.count("\n")) == (2, 1)
        assert done.err.startswith(f"error: process {os.getpid()} is writing")
        assert shell("search", "台风").status == 0


def test_nothing_but_rejected_files_is_an_error(fresh: Shell) -> None:
    (fresh.folder / "b.txt").write_bytes(bytes(range(256)))
    done = fresh("index", "b.txt")
    assert done.status == 2
    assert re.findall("^error: ", done.err, re.MULTILINE) == ["error: "]


def test_a_wrong_encoding_is_forgotten_by_the_next_run(fresh: Shell) -> None:
    write_wire(fresh.folder / "a.jsonl", WIRE)
    assert fresh("index", "--encoding", "nope", "a.jsonl").status == 2
    assert "3 added" in fresh("index", "a.jsonl").err


# Pipes and terminals


def test_a_pipe_is_not_coloured_even_when_told_to(shell: Shell) -> None:
    assert shell("search", "台风", FORCE_COLOR="1").out.startswith("1. «台风»")


def test_a_terminal_is_coloured(shell: Shell) -> None:
    done = shell.terminal("search", "台风")
    assert done.status == 0
    assert COLOUR.search(done.out)
    assert "昨日" in done.out


def test_a_snippet_on_a_terminal_is_not_dim(shell: Shell) -> None:
    before = shell.terminal("search", "台风").out.split("昨日")[0]
    assert not re.search(r"\x1b\[(?:\d+;)*2(?:;\d+)*m\W*$", before)


def test_a_terminal_without_colour(shell: Shell) -> None:
    done = shell.terminal("search", "台风", NO_COLOR="1")
    assert (done.status, COLOUR.findall(done.out)) == (0, [])
    assert not ESCAPE.search(shell.terminal("search", "台风", TERM="dumb").out)


@pytest.mark.parametrize(
    "arguments",
    [["search", "控制"], ["show", "evil"], ["stats"], ["search", "来源:\x1b[2J台风\x07", "("],
     ["explain", "控制", "evil"], ["explain", "\x1b[31m控 来源:\u202e\x07台风：“"],
     ["explain", "坏\x1b[2J 台\u2066："]],
)  # fmt: skip
def test_text_cannot_steer_a_terminal(arguments: list[str], shell: Shell) -> None:
    screen = shell.terminal(*arguments).out
    assert "\x1b[31m字" not in screen
    plain = re.sub(r"\x1b\[[\d;]*m", "", screen)  # our own colours and styles
    assert not RAW_CONTROL.search(plain), ascii(plain)
    assert not ESCAPE.search(plain), ascii(plain)


@pytest.mark.parametrize("arguments", [["search", "--json", "控制"], ["show", "--json", "evil"], ["stats", "--json"]])
def test_json_is_safe_and_complete(arguments: list[str], shell: Shell) -> None:
    done = shell(*arguments)
    assert "坏\x1b报\u202e" in json.dumps(json.loads(done.out), ensure_ascii=False).replace("\\u001b", "\x1b")


def test_read_is_safe_and_complete(shell: Shell) -> None:
    done = shell("read", "wire.jsonl")
    assert [json.loads(line)["title"] for line in done.out.splitlines()] == [article["title"] for article in WIRE]


LONG_OUTPUT = [["search", "台风", "-n", "5000"], ["search", "--json", "台风", "-n", "5000"], ["read", "a.jsonl"]]


def closed_early(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Exit status and stderr when stdout is closed after the first byte, as by `| head -1`."""
    with subprocess.Popen([*COMMAND, *arguments], stdout=-1, stderr=-1, cwd=folder) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1)
        process.stdout.close()
        talk = process.stderr.read().decode()
    return process.returncode, talk


@pytest.mark.parametrize("arguments", LONG_OUTPUT, ids=" ".join)
def test_a_closed_pipe_is_no_failure(arguments: list[str], many: Shell) -> None:
    _, talk = closed_early(arguments, many.folder)
    assert not re.search("Traceback|[Ee]rror|ignored", talk)


def test_a_closed_pipe_has_the_status_of_found(many: Shell) -> None:
    assert closed_early(LONG_OUTPUT[0], many.folder)[0] == 0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """More hits than a pipe holds."""
    made = Shell(tmp_path_factory.mktemp("many"))
    articles = [{"title": f"台风{n}", "body": "台风登陆，学校停课。" * 5} for n in range(2000)]
    write_wire(made.folder / "a.jsonl", articles)
    assert made("index", "a.jsonl").status == 0
    return made


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to stand for a full disk")
@pytest.mark.parametrize("arguments", [["search", "台风"], ["stats"]], ids=" ".join)
def test_output_to_a_full_disk(arguments: list[str], shell: Shell) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *arguments], stdout=full, stderr=-1, cwd=shell.folder)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"error: " in done.stderr


# Help


def test_every_command_has_help(shell: Shell) -> None:
    listed = re.findall(r"^  (\w+) {2,}(.*)$", shell("--help").out.split("Commands:\n")[1], re.MULTILINE)
    assert {"index", "read", "search", "explain", "show", "delete", "stats", "check"} <= {name for name, _ in listed}
    assert [name for name, help in listed if not re.fullmatch(r"[A-Z].*\.", help)] == []


@pytest.mark.parametrize("command", ["index", "search", "explain"])
def test_the_help_of_a_command(command: str, shell: Shell) -> None:
    done = shell(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: newsearch {command} [OPTIONS]")


def test_the_package_is_the_command_too(shell: Shell) -> None:
    done = subprocess.run([sys.executable, "-m", "newsearch", "search", "台风"], capture_output=True, cwd=shell.folder)
    assert done.stdout.decode() == shell("search", "台风").out


def test_version(shell: Shell) -> None:
    assert shell("--version") == (0, f"newsearch, version {newsearch.__version__}\n", "")


@pytest.mark.parametrize("word", ["nba", "hello"])
def test_a_latin_word_is_excluded_like_any_other(fresh: Shell, word: str) -> None:
    write_wire(
        fresh.folder / "corpus" / "wire.jsonl", [{"id": "1", "title": f"篮球 {word}"}, {"id": "2", "title": "篮球"}]
    )
    assert fresh("index").status == 0
    done = fresh("search", "篮球", f"-{word}", "-n", "5", "--json")
    assert [hit["id"] for hit in json.loads(done.out)["hits"]] == ["2"]
    assert fresh("search", "-n1", "篮球").out.count("\n   id ") == 1
