"""Bytes → text: which encoding is found and why, what is put right, what is warned of, and what is refused."""

from __future__ import annotations

import codecs
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from newsearch.corpus.encoding.charsets import to_text
from newsearch.corpus.encoding.decode import Decoded, NotText, decode, decoded, sniff
from newsearch.corpus.encoding.garbled import garbling

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
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_byte_order_mark(mark: bytes, encoding: str, name: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == (TEXT, name)


@pytest.mark.parametrize("text", [TEXT, TRADITIONAL])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_from_20_characters(text: str, encoding: str) -> None:
    for length in range(20, len(text) + 1):
        assert decode(text[:length].encode(encoding)) == (text[:length], encoding)


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5_from_20_characters(encoding: str) -> None:
    for length in range(20, len(TRADITIONAL) + 1):
        assert decode(TRADITIONAL[:length].encode(encoding)) == (TRADITIONAL[:length], "big5")


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


OTHER_LANGUAGES = {
    "ru": (
        "Сегодня в городе открыли новый мост, первым по нему прошёл старик с тележкой. ",
        "cp1251 koi8-r cp866 iso8859-5",
    ),
    "ja": (
        "昨日、町の新しい橋が開通し、リヤカーを引いた老人が最初に渡った。「便利になる」と話した。",
        "shift_jis euc-jp",
    ),
    "ko": (
        "어제 마을의 새 다리가 열렸고 수레를 끄는 노인이 가장 먼저 건넜다. 편해질 것이라고 말했다. ",
        "euc-kr johab",
    ),
    "fr": (
        "Le pont a été inauguré à l'aube; un vieillard, très ému, l'a traversé le premier. ",
        "latin-1 mac-roman cp437",
    ),
    "el": ("Η νέα γέφυρα άνοιξε χθες και πρώτος πέρασε ένας ηλικιωμένος. ", "cp1253"),
    "th": ("เมื่อวานนี้เปิดสะพานใหม่ของหมู่บ้าน คนชราเดินข้ามเป็นคนแรก ", "cp874"),
    "ar": ("افتتح الجسر الجديد أمس وكان أول من عبره رجل مسن. ", "cp1256"),
}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text, encodings in OTHER_LANGUAGES.values() for encoding in encodings.split()],
    ids=lambda value: value if value.isascii() else "",
)
@pytest.mark.parametrize("times", [1, 20])
def test_other_languages_are_not_taken_for_chinese(text: str, encoding: str, times: int) -> None:
    with pytest.raises(NotText, match="--encoding"):
        decode((text * times).encode(encoding))


@pytest.mark.parametrize("text", [text for text, _ in OTHER_LANGUAGES.values()], ids=list(OTHER_LANGUAGES))
def test_other_languages_in_utf8_are_read_without_a_word(text: str) -> None:
    assert decoded((text * 9).encode())[::4] == (text * 9, "")


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


def test_damage_in_a_named_encoding() -> None:
    data = TEXT.encode("gbk")
    found = decoded(data[:31] + b"\xff" + data[31:], "gbk")
    assert found.text[-80:] == TEXT[-80:]
    assert found.damaged and "GB18030" in found.warning


def test_a_named_encoding_that_reads_as_nonsense_is_warned_of() -> None:
    assert decoded(TRADITIONAL.encode("big5"), "gb18030").warning == (
        "reads as no Chinese in GB18030, but as Chinese in Big5"
    )
    assert decoded(TEXT.encode("gbk"), "gb2312").warning == ""


# What is said


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"plain", "all 5 bytes are ASCII"),
        (TEXT.encode() * 10, f"all {len(TEXT.encode()) * 10:,} bytes are UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "byte order mark"),
        (TEXT.encode("gbk"), "reads as Chinese: 68 % usual characters, Big5 0 %"),
    ],
)
def test_reasons(data: bytes, reason: str) -> None:
    found = decoded(data)
    assert (found.reason, found.damaged, found.warning) == (reason, 0, "")


# What a file declares


@pytest.mark.parametrize(
    "declared", ["gb2312", "GBK", " gb18030 ", "x-gbk?", "iso-8859-1", "utf-8", "big5", "hex", "", None]
)
def test_a_declaration_does_not_mislead(declared: str | None) -> None:
    found = decoded(TEXT.encode("gbk"), declared=declared)
    assert found[:2] == (TEXT, "gb18030")
    assert (found.reason == "declared in the file") == (str(declared).strip().lower() in ("gb2312", "gbk", "gb18030"))


def test_utf8_that_is_declared_to_be_something_else() -> None:
    assert decoded(TEXT.encode(), declared="gb2312") == Decoded(
        TEXT, "utf-8", f"all {len(TEXT.encode()):,} bytes are UTF-8, though gb2312 is declared"
    )


@pytest.mark.parametrize(("text", "encoding"), [("短讯", "gbk"), ("短訊", "big5"), ("漁船", "big5")])
def test_a_declaration_decides_what_is_too_short_to_tell(text: str, encoding: str) -> None:
    with pytest.raises(NotText):
        decoded(text.encode(encoding))
    assert decoded(text.encode(encoding), declared=encoding).text == text


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-kr", "cp1251", "iso-8859-1"])
def test_other_languages_are_read_as_declared(encoding: str) -> None:
    text = next(
        text for text, encodings in OTHER_LANGUAGES.values() if encoding.replace("iso-8859-1", "latin-1") in encodings
    )
    assert decoded(text.encode(encoding), declared=encoding)[:3:2] == (text, "declared in the file")


@pytest.mark.parametrize(("encoding", "declared"), [("hz", None), ("hz", "hz-gb-2312"), ("utf-7", "utf-7")])
def test_seven_bits(encoding: str, declared: str | None) -> None:
    assert decoded(TEXT.encode(encoding), declared=declared).text == TEXT


def test_ascii_is_ascii_whatever_is_declared() -> None:
    assert decoded(b"Plain ~{ text + more-", declared="hz").text == "Plain ~{ text + more-"


# Encodings as they are used


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x80100", "€100"),
        (b"\xa2\xe3100", "€100"),
        (b"\xfe\x59\xa6\xd9\xa8\xbc", "\u9fb4\ufe10\u1e3f"),
        ("镕䶮𠮷".encode("gb18030"), "镕䶮𠮷"),
    ],
)
def test_gb18030_as_it_is_used(data: bytes, text: str) -> None:
    assert decoded(TEXT.encode("gbk") + data) == Decoded(
        TEXT + text, "gb18030", decoded(TEXT.encode("gbk") + data).reason
    )


@pytest.mark.parametrize("encoding", ["cp950", "big5hkscs"])
def test_big5_with_its_extensions(encoding: str) -> None:
    text = TRADITIONAL + "碁銹裏墻恒粧嫺"
    assert decode(text.encode(encoding)) == (text, "big5")


def test_big5_of_hong_kong() -> None:
    text = TRADITIONAL + "我喺度食咗啲嘢，佢哋冇嚟。①②③"
    assert decode(text.encode("big5hkscs")) == (text, "big5")


def test_circled_numbers_in_big5_as_python_writes_them() -> None:
    text = TRADITIONAL + "①②③"
    assert decode(text.encode("cp950")) == (text, "big5")


# Damage


def damaged_gbk() -> Iterator[tuple[bytes, int]]:
    data = TEXT.encode("gbk") * 4
    for at in range(100, 130):
        yield data[:at] + data[at + 1 :], at
        yield data[:at] + b"\xff" + data[at:], at
        yield data[:at] + b"\xff" + data[at + 1 :], at
        yield data[:at] + b"\xff\xff" + data[at + 1 :], at


def test_a_damaged_byte_spoils_no_more_than_its_neighbours() -> None:
    for data, at in damaged_gbk():
        found = decoded(data)
        assert found.encoding == "gb18030"
        assert found.text[:48] == TEXT[:48], at
        assert found.text[-300:] == (TEXT * 4)[-300:], at
        assert 1 <= found.damaged <= 4
        assert "cannot be read in GB18030" in found.warning


def test_damaged_big5() -> None:
    data = TRADITIONAL.encode("big5") * 2
    for at in range(40, 60):
        found = decoded(data[:at] + b"\xff" + data[at + 1 :])
        assert found.text[-80:] == TRADITIONAL[-80:]
        assert found.damaged and found.warning


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_file_that_ends_inside_a_character(encoding: str) -> None:
    found = decoded(TRADITIONAL[:-1].encode(encoding) + TRADITIONAL[-2].encode(encoding)[:-1])
    assert found.text == TRADITIONAL[:-1] + "\ufffd"
    assert (found.damaged, found.warning) == (1, "cut off inside its last character")


@pytest.mark.parametrize("mark", [True, False])
def test_utf16_that_ends_inside_a_character(mark: bool) -> None:
    data = (codecs.BOM_UTF16_LE if mark else b"") + TEXT.encode("utf-16-le")[:-1]
    assert decoded(data)[::3] == (TEXT[:-1] + "\ufffd", 1)


@pytest.mark.parametrize(
    ("encoding", "other", "words"),
    [
        ("utf-8", "gb18030", "2 of 12 lines are GB18030, the rest is UTF-8"),
        ("gb18030", "utf-8", "2 of 12 lines are UTF-8, the rest is GB18030"),
        ("utf-8", "big5", "2 of 12 lines are Big5, the rest is UTF-8"),
        ("big5", "utf-8", "2 of 12 lines are UTF-8, the rest is Big5"),
        ("gb18030", "big5", "2 of 12 lines are Big5, the rest is GB18030"),
        ("big5", "gb18030", "2 of 12 lines are GB18030, the rest is Big5"),
    ],
)
def test_lines_in_two_encodings(encoding: str, other: str, words: str) -> None:
    long, short = TRADITIONAL, "漁船全部回港，沒有一條在外。"
    lines = [long, short, "ascii", *[long] * 9]
    data = b"\n".join(line.encode(other if number in (1, 6) else encoding) for number, line in enumerate(lines))
    found = decoded(data)
    assert (found.text, found.encoding, found.damaged) == ("\n".join(lines), encoding, 0)
    assert found.warning == words


@pytest.mark.parametrize("line", ["龚淼 卞毓麟", "甪直镇", "1. 囍", "é", "№ 5 — ★"])
def test_unusual_lines_stay_in_their_file_s_encoding(line: str) -> None:
    text = f"{TEXT}\n{line}\n{TEXT}"
    assert decoded(text.encode("gb18030"))[::4] == (text, "")


# Text that was garbled before


@pytest.mark.parametrize(
    ("text", "was", "read_as"),
    [
        (TEXT, "utf-8", "latin-1"),
        (TEXT, "gbk", "latin-1"),
        (TRADITIONAL, "big5", "latin-1"),
        (TRADITIONAL, "big5", "cp1252"),
    ],
)
def test_text_that_was_garbled_is_put_back(text: str, was: str, read_as: str) -> None:
    found = decoded(text.encode(was).decode(read_as).encode())
    assert (found.text, found.encoding, found.damaged) == (text, "utf-8", 0)
    assert found.warning.endswith("read as Windows-1252 and saved, put back")


@pytest.mark.parametrize(("was", "read_as"), [("utf-8", "gbk"), ("utf-8", "gb18030"), ("utf-8", "cp1252")])
def test_text_that_lost_bytes_when_it_was_garbled(was: str, read_as: str) -> None:
    found = decoded((TEXT * 3).encode(was).decode(read_as, "replace").encode())
    assert found.damaged
    assert "put back" in found.warning and "lost before it was saved" in found.warning
    kept = sum((Counter(found.text) & Counter(TEXT * 3)).values())
    assert kept > len(TEXT * 3) * 0.75


def test_what_was_lost_for_the_most_part_is_not_put_back() -> None:
    garbled = (TEXT * 3).encode().decode("cp950", "replace")
    assert garbling(garbled) is None
    with pytest.raises(NotText, match="were lost before it was saved"):
        decoded(garbled.encode())


def test_only_what_was_garbled_is_put_back() -> None:
    text = TEXT.encode().decode("latin-1") + "\n" + TEXT + "\ncafé"
    assert decoded(text.encode()).text == f"{TEXT}\n{TEXT}\ncafé"


def test_nothing_is_put_back_in_good_text() -> None:
    for text in (TEXT + "“锟斤拷”是乱码，写作“ä¸­æ–‡”的也是。", "Müller, Größe, Übung. " * 20, "éèà" * 40, "毛泽东 Zoë"):
        assert decoded(text.encode())[::4] == (text, "")


def test_characters_that_were_lost_are_counted() -> None:
    assert decoded((TEXT + "锟斤拷" * 4).encode())[3:] == (8, "8 characters lost before it was saved")
    assert decoded((TEXT + "\ufffd").encode())[3:] == (1, "1 character lost before it was saved")
    with pytest.raises(NotText, match="800 of 1,200 characters were lost"):
        decoded(("锟斤拷" * 400).encode())


def test_nonsense_in_utf8_is_warned_of() -> None:
    rng = random.Random(4)
    text = "".join(chr(rng.randrange(0x4E00, 0x9FA0)) for _ in range(300))
    assert decoded(text.encode())[::4] == (text, "has Chinese characters, but does not read as Chinese")


# Anything


def test_random_bytes_are_no_text() -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    for _ in range(400):
        with pytest.raises(NotText):
            decoded(rng.randbytes(rng.randrange(30, 3000)))


def test_nothing_but_not_text_is_raised() -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    rng = random.Random(seed)
    sources = [TEXT.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16", "utf-32", "hz")]
    sources += [TRADITIONAL.encode("big5"), TEXT.encode().decode("latin-1").encode(), bytes(range(256)), b"\n\0~{a"]
    names = [
        None,
        "gbk",
        "big5",
        "utf-16",
        "utf-7",
        "hz",
        "idna",
        "undefined",
        "hex",
        "shift_jis",
        "utf-8-sig",
        "cp037",
        "\0",
    ]
    for _ in range(1500):
        parts = [rng.choice(sources) for _ in range(rng.randrange(1, 4))]
        data = bytearray(b"".join(part[rng.randrange(len(part)) :] for part in parts))
        for _ in range(rng.choice([0, 1, 5, 50])):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            found = decoded(bytes(data), rng.choice([None, None, rng.choice(names)]), rng.choice(names))
        except NotText:
            continue
        assert found.text.count("\ufffd") <= found.damaged or found.reason == "named by --encoding"
        assert not found.damaged or found.warning


@pytest.mark.parametrize(
    "unit",
    [b"\xff", b"\x81", b"\xe4\xb8", "中".encode() + b"\xff", "，中文".encode("gbk") + b"\xff", b"\0a", b"\x81\x30",
     "ä".encode(), "的".encode("gbk") * 40 + b"\xff\n", "锛".encode(), b"\xff\n", b"\xc3\n"],
    ids=repr,
)  # fmt: skip
def test_time_grows_with_length_only(unit: bytes) -> None:
    def seconds(length: int) -> float:
        data = TEXT.encode("gbk") + unit * (length // len(unit))
        start = time.process_time()
        with suppress(NotText):
            decoded(data)
        return time.process_time() - start

    seconds(100_000)
    assert seconds(800_000) < 8 * 3 * seconds(100_000) + 0.1


# Files by the hundred


@pytest.fixture(scope="module")
def stretches(corpus: Path) -> list[str]:
    """All texts of the sample corpus, their headlines alone, lists of them, tables of numbers."""
    texts = [
        to_text(path.read_bytes(), "gb18030" if "gb18030" in path.name else "utf-8-sig")
        for path in sorted(corpus.glob("*/*"))
    ]
    records = [json.loads(line) for line in (corpus / "wire.jsonl").read_text("utf-8").splitlines()]
    texts += [record["body"] for record in records]
    titles = [record["title"] for record in records] + [text.split("\n")[0] for text in texts]
    texts.append("\n".join(titles))
    texts.append("\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1)))
    texts.append(
        "\n".join(
            f"{title[:4]}\t{len(title) * 37.25:.2f}\t{len(title)}%\t2024-07-{n % 30:02}"
            for n, title in enumerate(titles)
        )
    )
    texts.append("；".join(f"{title[:2]}：{n * 7919 % 10007}万元" for n, title in enumerate(titles)))
    return texts


def excerpts(texts: list[str], rng: random.Random, count: int, shortest: int, longest: int) -> Iterator[str]:
    """Stretches of a random length, evenly by its logarithm, made of as many texts as it takes."""
    for _ in range(count):
        length = round(shortest * (longest / shortest) ** rng.random())
        text = rng.choice(texts)
        text = text[rng.randrange(max(1, len(text) - length)) :]
        while len(text) < length:
            text += "\n" + rng.choice(texts)
        yield text[:length]


#: How files are written: the codec, whether the text is made traditional, and a mark that is put before it.
WRITTEN = {
    **{
        name: (name, False, b"")
        for name in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16-le", "utf-16-be", "utf-16")
    },
    **{name: (name, True, b"") for name in ("big5", "cp950", "big5hkscs")},
    "utf-16-be with mark": ("utf-16-be", False, codecs.BOM_UTF16_BE),
}


def failures(texts: list[str]) -> tuple[Counter[str], list[str]]:
    """How many texts come out right or refused in each encoding, and those that came out wrong without a warning."""
    from opencc import OpenCC

    traditional = dict(zip(texts, OpenCC("s2t").convert("\0".join(texts)).split("\0"), strict=True))
    counts: Counter[str] = Counter()
    wrong = []
    for text in texts:
        for name, (encoding, to_traditional, mark) in WRITTEN.items():
            written = traditional[text] if to_traditional else text
            # What an encoding does not have is left out, and what Python's Big5 has otherwise than files do.
            data = written.translate(dict.fromkeys(map(ord, "‧•﹑､¯‾～∼∕／﹨＼￥¥￠¢￡£⊕♁⊙☉"))).encode(
                encoding, "ignore"
            )
            expected = data.decode(encoding)
            try:
                found = decoded(mark + data)
            except NotText:
                counts[f"{name} refused"] += 1
                continue
            counts[f"{name} right"] += found.text == expected and not found.warning
            if found.text != expected and not found.warning:
                wrong.append(f"{name}: {expected[:40]!r} → {found.text[:40]!r}")
    return counts, wrong


@pytest.mark.skipif(find_spec("opencc") is None, reason="opencc is a tool of development and not installed")
def test_files_of_80_to_5000_characters(stretches: list[str]) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    texts = list(dict.fromkeys(excerpts(stretches, random.Random(seed), 60, 80, 5000)))
    counts, wrong = failures(texts)
    print(counts)
    assert wrong == []
    assert sum(count for name, count in counts.items() if name.endswith("right")) >= 0.99 * len(texts) * len(WRITTEN)


@pytest.mark.shared
@pytest.mark.parametrize(("shortest", "longest", "share"), [(20, 40, 0.98), (40, 80, 0.995), (80, 400, 0.999)])
def test_real_news(shared: Path, shortest: int, longest: int, share: float) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    with gzip.open(shared / "corpora" / "news-2022-2024.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    news = [f"{record['title']}\n{record['body']}" for record in records]
    texts = list(dict.fromkeys(excerpts(news, random.Random(seed), 300, shortest, longest)))
    counts, wrong = failures(texts)
    print(counts)
    assert wrong == []
    assert sum(count for name, count in counts.items() if name.endswith("right")) >= share * len(texts) * len(WRITTEN)
