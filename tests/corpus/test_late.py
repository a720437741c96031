"""Files that begin in ASCII and have their first Chinese characters later: in whatever encoding those are."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import pytest
from any_file import given

from newsearch.corpus.encoding.late import Utf8Stream

TEXT = "青石岭的龙窑停了十九年，昨天傍晚又点着了火，窑工说，头一窑烧的是三百口酱缸。"
ENGLISH = "The old kiln has been cold for nineteen years."


def rows(count: int) -> list[tuple[str, str]]:
    return [*((f"No. {number}", ENGLISH) for number in range(count)), *((f"老窑之{n}", TEXT) for n in range(30))]


def table(count: int) -> str:
    return "title,body\n" + "".join(f"{title},{body}\n" for title, body in rows(count))


def as_json(count: int) -> str:
    return json.dumps([{"title": title, "body": body} for title, body in rows(count)], ensure_ascii=False, indent=1)


def by_lines(count: int) -> str:
    return "".join(json.dumps({"title": t, "body": b}, ensure_ascii=False) + "\n" for t, b in rows(count))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
@pytest.mark.parametrize(("name", "written"), [("a.csv", table), ("a.json", as_json), ("a.jsonl", by_lines)])
def test_the_encoding_is_told_where_it_can_be(encoding: str, name: str, written, tmp_path: Path) -> None:
    text = written(2500)
    if encoding == "big5":
        text = text.translate(str.maketrans("龙岭点烧酱头个说窑着", "龍嶺點燒醬頭個說爐著"))
    content = text.encode(encoding)
    assert content[: 1 << 17].isascii()
    found = given(tmp_path, name, content)
    assert len(found.articles) == 2530
    assert (found.reasons, found.warnings) == ([], ())
    assert found.articles[2499].body == ENGLISH
    assert "\ufffd" not in "".join(found.bodies + found.titles)
    assert all("酱缸" in body or "醬缸" in body for body in found.bodies[2500:])
    assert found.account
    assert name == "a.jsonl" or found.account.encoding == encoding


def test_a_text_with_a_late_beginning(tmp_path: Path) -> None:
    found = given(tmp_path, "a.txt", f"Kiln\n\n{(ENGLISH + chr(10)) * 2000}\n{TEXT}\n".encode("gb18030"))
    assert found.bodies[0].endswith(TEXT)
    assert found.warnings == ()


def test_an_encoding_that_is_named_counts(tmp_path: Path) -> None:
    found = given(tmp_path, "a.csv", table(2500).encode("gb18030"), encoding="gb18030")
    assert found.bodies[-1] == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_reads_of_any_size(encoding: str) -> None:
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _ in range(20):
        text = "kiln, " * chance.randrange(20_000) + TEXT * chance.randrange(1, 900)
        stream = Utf8Stream(io.BytesIO(text.encode(encoding)))
        parts = []
        while part := stream.read(chance.randrange(1, 50_000)):
            parts.append(part)
        assert b"".join(parts).decode() == text
        assert stream.encoding == encoding


def test_what_is_ascii_to_the_end_or_nothing_that_is_read() -> None:
    stream = Utf8Stream(io.BytesIO(b"kiln" * 50_000))
    assert (stream.readall(), stream.encoding, stream.reason) == (b"kiln" * 50_000, "utf-8", "")
    noise = b"kiln" + bytes(range(128, 256)) * 300
    stream = Utf8Stream(io.BytesIO(noise))
    assert stream.readall() == noise
    assert stream.reason.startswith("all before the first character")
