"""Streams of bytes → lines: encodings that show late, lines in another, UTF-16, little memory."""

from __future__ import annotations

import codecs
import io
import json
import random
import tracemalloc

import pytest

from newsearch.corpus.encoding.decode import NotText
from newsearch.corpus.encoding.lines import Line, lines, sniffed

BODY = "漁船全部回港，沒有一條在外；縣城的便民橋也通車了，老人推著三輪車第一個走了過去。"
ASCII = [json.dumps({"title": f"plain {number}", "body": BODY}) for number in range(500)]
RECORDS = [json.dumps({"title": f"第{number}條", "body": BODY}, ensure_ascii=False) for number in range(1500)]
SAMPLE = 1 << 16


def read(data: bytes, encoding: str | None = None, sample: int = SAMPLE) -> list[Line]:
    stream = io.BytesIO(data)
    begun = stream.read(sample)
    return list(lines(begun, stream, sniffed(begun, encoding)))


def texts(found: list[Line]) -> list[str]:
    return [line.text for line in found]


@pytest.mark.parametrize("sample", [10, 1000, SAMPLE])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_lines(encoding: str, last: bool, end: str, sample: int) -> None:
    if sample == 10 and encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be"):
        pytest.skip("ten bytes do not tell")
    data = (end.join(RECORDS) + end * last).encode(encoding)
    found = read(data, sample=sample)
    assert texts(found) == RECORDS
    assert {line.damaged for line in found} == {0}
    assert len({line.encoding for line in found}) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_an_encoding_that_shows_late(encoding: str) -> None:
    data = "\n".join([*ASCII, *RECORDS]).encode(encoding)
    assert data[:SAMPLE].isascii()
    found = read(data)
    assert texts(found) == ASCII + RECORDS
    assert {line.encoding for line in found[len(ASCII) :]} == {encoding}


def test_late_lines_that_are_too_short_to_tell_one_by_one() -> None:
    titles = [
        json.dumps({"title": title}, ensure_ascii=False) for title in ("漁船", "回港", "通車", "縣城", "老人", "三輪車")
    ]
    assert texts(read("\n".join([*ASCII, *titles]).encode("big5"))) == ASCII + titles


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_one_late_line_alone(encoding: str) -> None:
    data = "\n".join([*ASCII, RECORDS[0], *ASCII]).encode(encoding)
    found = read(data)
    assert texts(found) == [*ASCII, RECORDS[0], *ASCII]
    assert found[len(ASCII)].encoding == encoding


@pytest.mark.parametrize(("encoding", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "big5")])
def test_lines_in_another_encoding_say_so(encoding: str, other: str) -> None:
    rng = random.Random(7)
    others = set(rng.sample(range(1000, 1500), 20))
    data = b"\n".join(line.encode(other if n in others else encoding) for n, line in enumerate(RECORDS))
    found = read(data)
    assert texts(found) == RECORDS
    assert {n for n, line in enumerate(found) if line.encoding == other} == others


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_damage_is_told_of_its_line(encoding: str) -> None:
    encoded = [line.encode(encoding) for line in RECORDS]
    encoded[900] = encoded[900][:50] + b"\xff" + encoded[900][50:]
    found = read(b"\n".join(encoded))
    assert [n for n, line in enumerate(found) if line.damaged] == [900]
    assert texts(found)[:900] + texts(found)[901:] == RECORDS[:900] + RECORDS[901:]


def test_text_that_was_garbled_is_put_back() -> None:
    data = "\n".join(RECORDS).encode().decode("latin-1").encode()
    stream = io.BytesIO(data)
    begun = stream.read(SAMPLE)
    found = sniffed(begun)
    assert found.garbled == ("utf-8", "cp1252")
    assert texts(list(lines(begun, stream, found))) == RECORDS


@pytest.mark.parametrize("encoding", ["gbk", "shift_jis", "hz", "utf-16", "utf-16-le", "utf-8-sig", "utf-8"])
def test_a_named_encoding(encoding: str) -> None:
    records = ["小村", "一本", "", "a"]
    assert texts(read("\n".join(records).encode(encoding), encoding)) == records


def test_in_a_named_encoding_no_other_is_tried() -> None:
    found = read("\n".join(RECORDS).encode(), "gbk")
    assert {line.encoding for line in found} == {"gb18030"}
    assert all(line.damaged or line.text not in RECORDS for line in found)


def test_a_mark_is_no_text() -> None:
    assert texts(read(codecs.BOM_UTF8 + b"a\nb", "utf-8")) == ["a", "b"]
    assert texts(read(codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le"), "utf-16-le")) == ["a", "b"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n", b"a\n\n\nb\n"])
def test_empty_lines(data: bytes) -> None:
    assert texts(read(data)) == data.decode().removesuffix("\n").split("\n")[: len(data) and None]


def test_no_such_encoding() -> None:
    with pytest.raises(NotText, match="no text encoding named"):
        sniffed(b"a", "utf-9")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_without_line_ends_is_refused(encoding: str) -> None:
    data = (BODY * 40_000).encode(encoding)
    found = sniffed(data[:65536])
    with pytest.raises(NotText, match="longer than 1 MB"):
        list(lines(b"", io.BytesIO(data), found, 1 << 20))


class Endless(io.RawIOBase):
    """The same lines again and again."""

    def __init__(self, data: bytes, times: int) -> None:
        self.data = data
        self.left = times

    def read(self, _size: int = -1) -> bytes:
        self.left -= 1
        return self.data if self.left >= 0 else b""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_memory_is_bounded(encoding: str) -> None:
    data = ("\n".join(RECORDS) + "\n").encode(encoding)
    data = data[: data.rfind("\n".encode(encoding), 0, SAMPLE) + len("\n".encode(encoding))]
    found = sniffed(data)
    list(lines(data, io.BytesIO(), found))  # tables are read once
    tracemalloc.start()
    try:
        count = sum(1 for _ in lines(b"", Endless(data, 60), found))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 60 * data.decode(encoding).count("\n")
    assert peak < 30 * len(data)


def test_random_streams_raise_nothing_but_not_text() -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    for _ in range(300):
        parts = [
            rng.choice(RECORDS).encode(rng.choice(["utf-8", "gbk", "big5", "utf-16-le"]), "ignore") for _ in range(5)
        ]
        data = bytearray(rng.choice([b"\n", b"\n\0"]).join([*parts, rng.randbytes(rng.choice([0, 9, 200]))]))
        for _ in range(rng.choice([0, 3, 40])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            found = read(
                bytes(data),
                rng.choice([None, None, "gbk", "utf-16", "utf-7", "cp037", "idna", "undefined", "utf-32", "hz"]),
                rng.choice([7, 300, SAMPLE]),
            )
        except NotText:
            continue
        assert all(line.damaged >= line.text.count("\ufffd") or line.damaged for line in found if "\ufffd" in line.text)
