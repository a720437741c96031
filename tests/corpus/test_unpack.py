"""Packed files: every way in and through each other, with names from anywhere; bombs and tricks."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import zstandard
from any_file import NoWords

from newsearch.article import Article
from newsearch.corpus import Account, Reading, Rejection, find_files, read_file
from newsearch.corpus.limits import Limits
from newsearch.corpus.packed.streams import at_most

PLAIN = "村里修了新桥\n张三\n\n桥修好了，大家都很高兴。\n".encode()
OTHER = "学校开学\n\n学生回到学校上课。\n".encode()
PACKERS = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


def read(path: Path, **options: object) -> list[Article | Rejection]:
    (file,) = find_files([path])
    found = read_file(file, Reading(NoWords(), **options))
    return [item for item in found if not isinstance(item, Account)]


def read_bytes(folder: Path, name: str, content: bytes, **options: object) -> list[Article | Rejection]:
    (folder / name).write_bytes(content)
    return read(folder / name, **options)


def titles(found: list[Article | Rejection]) -> list[str]:
    return [article.title for article in found]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def tarred(members: dict[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=format) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return content.getvalue()


@pytest.mark.parametrize("ending", PACKERS)
def test_one_stream(ending: str, tmp_path: Path) -> None:
    packed = PACKERS[ending](PLAIN)
    (article,) = read_bytes(tmp_path, f"2024-06-01.txt{ending}", packed)
    assert (article.title, article.authors, article.date.isoformat()) == ("村里修了新桥", ("张三",), "2024-06-01")
    assert titles(read_bytes(tmp_path, "unnamed", packed)) == ["村里修了新桥"]
    assert titles(read_bytes(tmp_path, "two.txt", packed + PACKERS[ending](OTHER))) == ["村里修了新桥"]
    (article,) = read_bytes(tmp_path, "two.txt", packed + PACKERS[ending](OTHER))
    assert "学生回到学校上课。" in article.body


@pytest.mark.parametrize("ending", [".bz2", ".xz"])
def test_zeros_after_a_stream(ending: str, tmp_path: Path) -> None:
    packed = PACKERS[ending](PLAIN) + b"\0" * 70_000
    assert titles(read_bytes(tmp_path, f"a.txt{ending}", packed)) == ["村里修了新桥"]


@pytest.mark.parametrize("pack", [zipped, tarred, lambda members: gzip.compress(tarred(members))])
def test_archives(pack, tmp_path: Path) -> None:
    members = {
        "2024-06-01/bridge.txt": PLAIN,
        "school.txt.gz": gzip.compress(OTHER),
        "wire.jsonl": '{"title":"甲"}\n{"title":"乙"}\n'.encode(),
        "photo.jpg": b"\xff\xd8\xff\xe0" * 100,
        "README.txt": "说明".encode(),
        ".hidden/a.txt": PLAIN,
        "__MACOSX/._a.txt": PLAIN,
        "empty.txt": b"",
    }
    *articles, rejected, empty = read_bytes(tmp_path, "papers.zip", pack(members))
    assert titles(articles) == ["村里修了新桥", "学校开学", "甲", "乙"]
    assert [Path(article.path).relative_to(tmp_path).as_posix() for article in articles] == [
        "papers.zip/2024-06-01/bridge.txt", "papers.zip/school.txt.gz",
        "papers.zip/wire.jsonl", "papers.zip/wire.jsonl",
    ]  # fmt: skip
    assert articles[0].date.isoformat() == "2024-06-01"
    assert len({article.id for article in articles}) == 4
    assert rejected.path.endswith("papers.zip/photo.jpg")
    assert rejected.reason.startswith("not a kind of file")
    assert (empty.path.rpartition("/")[2], empty.empty) == ("empty.txt", True)


@pytest.mark.parametrize("outer", PACKERS)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_archives_in_packed_files_and_in_archives(outer: str, pack, tmp_path: Path) -> None:
    inner = pack({"deep/bridge.txt": PLAIN})
    (article,) = read_bytes(tmp_path, f"papers{outer}", PACKERS[outer](inner))
    assert article.path.endswith(f"papers{outer}/deep/bridge.txt")
    for around in (zipped, tarred):
        (article,) = read_bytes(tmp_path, "a", around({"inner.bin": PACKERS[outer](inner)}))
        assert article.path.endswith("a/inner.bin/deep/bridge.txt")


def test_names_of_tars_that_are_packed(tmp_path: Path) -> None:
    for ending, pack in ((".tgz", ".gz"), (".tbz2", ".bz2"), (".txz", ".xz"), (".tar.zst", ".zst")):
        assert titles(read_bytes(tmp_path, f"a{ending}", PACKERS[pack](tarred({"a.txt": PLAIN})))) == ["村里修了新桥"]


def test_names_in_archives_that_say_nothing_of_their_encoding(tmp_path: Path) -> None:
    """As Windows in China writes them: GBK, which zipfile takes for the characters of old PCs."""
    name = "团结报副刊要闻/2022年7月1日第三版.txt"
    raw = name.encode("gbk")
    placeholder = "x" * len(raw)
    content = zipped({placeholder: PLAIN}).replace(placeholder.encode(), raw)
    (article,) = read_bytes(tmp_path, "papers.zip", content)
    assert article.path.endswith(f"papers.zip/{name}")
    raw = "要闻版.txt".encode("gbk").ljust(40, b"\0")
    content = tarred({"x" * 40: PLAIN}, tarfile.USTAR_FORMAT).replace(b"x" * 40, raw)
    header = bytearray(content[:512])
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    (article,) = read_bytes(tmp_path, "papers.tar", bytes(header) + content[512:])
    assert article.title == "村里修了新桥"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_point_elsewhere_are_only_names(pack, tmp_path: Path) -> None:
    names = ["../../etc/passwd.txt", "/etc/shadow.txt", "C:\\Windows\\a.txt", "a/../../b.txt", "..\\c.txt"]
    before = set(tmp_path.rglob("*"))
    found = read_bytes(tmp_path, "papers.zip", pack(dict.fromkeys(names, PLAIN)))
    inside = [article.path.partition("papers.zip/")[2] for article in found]
    assert inside == ["etc/passwd.txt", "etc/shadow.txt", "C:/Windows/a.txt", "a/b.txt", "c.txt"]
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "papers.zip"}


def test_links_and_devices_in_a_tar_are_no_files(tmp_path: Path) -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for kind in b"123456":  # hard and symbolic links, devices, a folder, a FIFO
            info = tarfile.TarInfo(f"{kind}.txt")
            info.type, info.linkname = bytes([kind]), "/etc/passwd"
            archive.addfile(info)
    (rejection,) = read_bytes(tmp_path, "links.tar", content.getvalue())
    assert isinstance(rejection, Rejection)
    assert rejection.empty
    assert rejection.reason == "an archive without a file in it that is read"


def test_an_encrypted_member(tmp_path: Path) -> None:
    content = bytearray(zipped({"secret.txt": PLAIN, "open.txt": OTHER}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    rejection, article = read_bytes(tmp_path, "a.zip", bytes(content))
    assert rejection.reason == "encrypted; unpack it with its password first"
    assert article.title == "学校开学"


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": PLAIN, "b.txt": OTHER, "c.txt": PLAIN}, zipfile.ZIP_STORED))
    content[content.find(OTHER) + 3] ^= 255
    first, rejection, third = read_bytes(tmp_path, "a.zip", bytes(content))
    assert (first.title, third.title) == ("村里修了新桥", "村里修了新桥")
    assert rejection.path.endswith("a.zip/b.txt")
    assert "damaged ZIP file" in rejection.reason


def test_damage(tmp_path: Path) -> None:
    """Whatever is wrong is a reason, and never an exception."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    members = {f"{number}.txt": PLAIN * rng.randrange(1, 40) for number in range(4)}
    whole = [zipped(members), tarred(members), *(pack(tarred(members)) for pack in PACKERS.values())]
    for content in whole:
        for _ in range(25):
            damaged = bytearray(content)
            for _ in range(rng.randrange(1, 4)):
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            cut = rng.choice((len(damaged), rng.randrange(len(damaged))))
            for item in read_bytes(tmp_path, "a.bin", bytes(damaged[:cut])):
                assert isinstance(item, Article) or item.reason


def test_layers(tmp_path: Path) -> None:
    content = PLAIN
    for _ in range(4):
        content = gzip.compress(content)
    assert titles(read_bytes(tmp_path, "a.txt", content)) == ["村里修了新桥"]
    (rejection,) = read_bytes(tmp_path, "a.txt", gzip.compress(content))
    assert rejection.reason == "packed in more than 4 layers; unpack it first; --limit layers=NUMBER takes in more"
    (rejection,) = read_bytes(tmp_path, "a.zip", zipped({"a.txt": gzip.compress(PLAIN)}), limits=Limits(layers=1))
    assert rejection.reason.startswith("packed in more than 1 layers")


SMALL = Limits(text=1 << 20, document=1 << 20, record=1 << 20, expansion=20)


def bombs() -> dict[str, bytes]:
    zeros, lines = b"\0" * (16 << 20), b"{}\n" * (4 << 20)
    twice = gzip.compress(gzip.compress(lines))
    many = zipped({f"{number}.txt": PLAIN * 20_000 for number in range(64)})
    return {
        **{f"zeros{ending}": pack(zeros) for ending, pack in PACKERS.items()},
        **{f"lines.jsonl{ending}": pack(lines) for ending, pack in PACKERS.items()},
        "twice.jsonl.gz": twice,
        "zeros.zip": zipped({"zeros.txt": zeros}),
        "many.zip": many,
        "zeros.tgz": gzip.compress(tarred({"zeros.txt": zeros})),
        "nested.zip": zipped({"a.zip": zipped({"zeros.txt": zeros})}),
    }


def test_bombs(tmp_path: Path) -> None:
    for name, content in bombs().items():
        *_, last = read_bytes(tmp_path, name, content, limits=SMALL)
        assert isinstance(last, Rejection), name
        reasons = ("as bombs do", "larger than", "longer than", "no article in it")
        assert any(reason in last.reason for reason in reasons), (name, last)


def test_members_that_lie_over_each_other(tmp_path: Path) -> None:
    """A small ZIP file whose list names the same packed bytes again and again."""
    content = zipped({"0.txt": PLAIN * 20_000})
    start, end = content.find(b"PK\x01\x02"), content.find(b"PK\x05\x06")
    entry = content[start:end]
    entries = b"".join(entry.replace(b"0.txt", b"%d.txt" % (number % 10)) for number in range(3_000))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3_000, 3_000, len(entries), start, 0)
    *_, last = read_bytes(tmp_path, "a.zip", content[:start] + entries + tail, limits=SMALL)
    assert isinstance(last, Rejection)


def test_a_list_of_members_that_is_too_long(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": PLAIN}))
    for size in (17 << 20, 0xFFFFFFFF):
        content[content.rfind(b"PK\x05\x06") + 12 :][:4] = struct.pack("<I", size)
        struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, size)
        (rejection,) = read_bytes(tmp_path, "a.zip", bytes(content))
        assert rejection.reason == "a ZIP file whose list of members takes over 16 MB; --limit directory=SIZE takes in more"


def test_a_name_that_is_endless(tmp_path: Path) -> None:
    for kind in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE):
        info = tarfile.TarInfo("long")
        info.type, info.size = kind, 8 << 30
        header = info.tobuf(tarfile.GNU_FORMAT)
        (rejection,) = read_bytes(tmp_path, "a.tar", header + b"x" * 100_000)
        assert "over 1 MB" in rejection.reason


def test_hostile_files_take_little_time_and_memory(tmp_path: Path) -> None:
    """With the limits as they are, each within five seconds and 256 MB, in a process that may have no more."""
    endless = lzma.compress(b"{}\n" * (60 << 20), preset=0)
    for name, content in {
        "lines.jsonl.xz": endless,
        "blank.txt.zst": PACKERS[".zst"](b"\n" * (200 << 20)),
        "zeros.tar.gz": gzip.compress(tarred({"a.txt": b"\0" * (200 << 20)}), 1),
    }.items():
        (tmp_path / name).write_bytes(content)
    script = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "from newsearch.build import read_articles\n"
        "for path in sys.argv[1:]:\n"
        "    started, rejections = time.process_time(), []\n"
        "    assert list(read_articles(path, rejections=rejections)) == []\n"
        "    assert rejections\n"
        "    print(f'{path}: {time.process_time() - started:.1f} s, {rejections[0].reason}')\n"
        "    assert time.process_time() - started < 5, path\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)\n"
    )
    files = sorted(map(str, tmp_path.iterdir()))
    run = subprocess.run([sys.executable, "-c", script, *files], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    print(run.stdout)
    assert int(run.stdout.splitlines()[-1]) < 256


def test_no_more_memory_than_what_comes() -> None:
    stream = io.BytesIO(b"a" * 3_000_000)
    assert len(at_most(stream, 2_500_000)) == 2_500_000
    assert at_most(stream, 1 << 50) == b"a" * 500_000
    assert at_most(stream, 0) == b""
