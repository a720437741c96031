"""JSON Lines: what comes of good lines and of every kind of bad one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from newsearch.article import Article
from newsearch.corpus.facts.fields import FieldNames
from newsearch.corpus.formats.jsonl import read_json_lines
from newsearch.corpus.records import article_or_reason


def read(data: bytes, encoding: str = "utf-8") -> list[Article | tuple[int, str]]:
    return list(read_lines(data.split(b"\n"), encoding))


def read_lines(lines: Iterable[bytes], encoding: str) -> Iterator[Article | tuple[int, str]]:
    """The articles on lines of JSON; for a line that holds none, its number and the reason."""
    names = FieldNames()
    for record in read_json_lines((line.decode(encoding) for line in lines), names):
        found = record.reason or article_or_reason(record.value, names)
        yield found if isinstance(found, Article) else (record.line, found)


def test_the_sample(corpus: Path) -> None:
    lines = (corpus / "wire.jsonl").read_bytes().splitlines()
    found = list(read_lines(lines, "utf-8"))
    assert [article.title for article in found] == [json.loads(line)["title"] for line in lines]
    assert [article.body for article in found] == [json.loads(line)["body"] for line in lines]
    assert found


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n", " \r\n\t\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks(line_end: str, mark: str) -> None:
    text = mark + line_end.join(['{"title":"甲"}', '{"title":"乙"}', ""])
    assert [article.title for article in read(text.encode())] == ["甲", "乙"]


def test_another_encoding() -> None:
    assert read('{"title":"颱風"}'.encode("gb18030"), "gb18030") == [Article(title="颱風")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title":"甲"', "not JSON: Expecting ',' delimiter at column 13"),
        ('{"title":"甲"} x', "not JSON: Extra data at column 15"),
        ("title", "not JSON: Expecting value at column 1"),
        ("[" * 100_000, "not JSON: nested too deeply"),
        ('{"a":' * 100_000, "not JSON: nested too deeply"),
        ("[]", "an article is an object with keys such as title and body, not a list"),
        ('"甲"', "an article is an object with keys such as title and body, not a string"),
        ("12", "an article is an object with keys such as title and body, not a number"),
        ("null", "an article is an object with keys such as title and body"),
        ("{}", "an article needs a title or a body"),
        ('{"title":" ","body":"\\n"}', "an article needs a title or a body"),
        ('{"title":[]}', "title must be a string, not a list"),
        ('{"body":{}}', "body must be a string, not an object"),
        ('{"title":true}', "title must be a string, not true or false"),
        ('{"title":1.5}', "title must be a string, not a number"),
        ('{"title":"甲","authors":7}', "authors must be a string or a list of strings, not a number"),
        ('{"title":"甲","authors":[7]}', "authors must be a string or a list of strings, not a list"),
        ('{"title":"甲","date":"昨天"}', "not a date: '昨天' (write 2024-06-01)"),
        ('{"title":"甲","date":[2024]}', "not a date: '[2024]' (write 2024-06-01)"),
        ('{"title":' + "1" * 5000 + "}", "not JSON: "),
    ],
    ids=lambda value: value[:24],
)
def test_bad_lines_are_named_and_do_not_stop_the_others(line: str, reason: str) -> None:
    good, (number, why), also_good = read(f'{{"title":"甲"}}\n{line}\n{{"title":"乙"}}'.encode())
    assert (good.title, number, also_good.title) == ("甲", 2, "乙")
    assert why.startswith(reason)


def test_it_reads_as_a_stream() -> None:
    def lines():
        yield b'{"title":"a"}'
        raise AssertionError("the second line was read before it was asked for")

    assert next(iter(read_lines(lines(), "utf-8"))).title == "a"
