"""Bytes → text: which encoding is found, and what is refused."""

from __future__ import annotations

import codecs

import pytest

from newsearch.corpus.decode import NotText, decode, sniff

TEXT = (
    "五月十七日上午，清水县白石镇小曹村的便民桥正式通车。桥头没有剪彩，村民自发挂了两串鞭炮，七十三岁的老人推着三轮车第一个走了过去，"
    "车上是刚从河对岸摘的两筐枇杷。村里打算沿河修一条步道，让来买果子的人也能走一走、看一看。"
)
TRADITIONAL = (
    "颱風逼近，漁船今日中午前全部回港。縣氣象臺預計，颱風將於二十四日凌晨在沿海一帶登陸，屆時中心附近最大風力可達十二級，"
    "沿海有大暴雨。漁政人員挨船檢查纜繩和滅火器，沒有一條船留在港外。"
)


@pytest.mark.parametrize("text", [TEXT, TRADITIONAL, "plain ASCII", "短", "«Привет»"])
def test_utf8(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    ],
)
def test_byte_order_mark(mark: bytes, encoding: str, name: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == (TEXT, name)


@pytest.mark.parametrize("text", [TEXT, TRADITIONAL])
def test_gb18030_from_80_characters(text: str) -> None:
    assert len(text) >= 80
    for length in range(80, len(text) + 1):
        assert decode(text[:length].encode("gb18030")) == (text[:length], "gb18030")


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + bytes(200),
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 3,
        bytes(50),
    ],
    ids=["elf", "every byte", "png", "zeros"],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


@pytest.mark.parametrize("encoding", ["big5", "cp1251", "koi8-r", "latin-1"])
def test_other_encodings_are_not_taken_for_gb18030(encoding: str) -> None:
    text = TRADITIONAL if encoding == "big5" else ("é" * 90 if encoding == "latin-1" else "Сегодня открыли мост. " * 8)
    with pytest.raises(NotText, match="--encoding"):
        decode(text.encode(encoding))


def test_damaged_utf8_is_repaired() -> None:
    data = TEXT.encode()
    text, name = decode(data[:30] + b"\xff" + data[30:])
    assert name == "utf-8 (damaged)"
    assert text == TEXT[:10] + "\ufffd" + TEXT[10:]


def test_utf8_that_is_mostly_damage_is_refused() -> None:
    with pytest.raises(NotText):
        decode(b"\xff\xfd\xe4".join(character.encode() for character in TEXT[:40]))


def test_a_named_encoding_is_the_only_one_tried() -> None:
    assert decode(TRADITIONAL.encode("big5"), "big5") == (TRADITIONAL, "big5")
    with pytest.raises(NotText, match="not ascii: byte 0 cannot be read"):
        decode(TEXT.encode(), "ascii")


def test_a_named_encoding_drops_the_byte_order_mark() -> None:
    assert decode(codecs.BOM_UTF8 + b"a", "utf-8") == ("a", "utf-8")


@pytest.mark.parametrize("name", ["utf-9", "中文", " ", "hex", "rot13"])
def test_no_such_encoding(name: str) -> None:
    with pytest.raises(NotText, match="no text encoding named"):
        decode(b"text", name)


@pytest.mark.parametrize("name", ["undefined", "punycode"])
def test_codecs_that_fail_in_their_own_way(name: str) -> None:
    with pytest.raises(NotText):
        decode(b'{"title":"abc"}', name)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_sniff_does_not_mind_a_sample_that_ends_inside_a_character(encoding: str) -> None:
    data = TEXT.encode(encoding)
    found = {sniff(data[:length], encoding=None).split(" ")[0] for length in range(len(data) - 6, len(data) + 1)}
    assert found == {encoding}


def test_sniff_refuses_what_decode_refuses() -> None:
    with pytest.raises(NotText):
        sniff(bytes(100))
    with pytest.raises(NotText, match="no text encoding named"):
        sniff(b"text", "utf-9")
