"""Files of words that a person writes: encodings, comments, and errors that name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsearch import BadWordFile
from newsearch.wordfiles import numbered_lines, read_user_words

LINES = "# 词\n\n 云栖数谷 5\n#又一行\n开园\t3 v\n"
ENTRIES = [(3, "云栖数谷 5"), (5, "开园\t3 v")]


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        LINES.encode("gbk"),
        LINES.replace("\n", "\r\n").encode("gb18030"),
        LINES.strip().encode(),
    ],
    ids=["utf-8", "with a mark", "gbk", "windows", "no line end"],
)
def test_encodings(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(content)
    assert numbered_lines(path) == numbered_lines(str(path)) == ENTRIES
    assert [(word.text, word.frequency) for word in read_user_words(path)] == [("云栖数谷", 5), ("开园", 3)]
    assert read_user_words(LINES.splitlines()) == read_user_words(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"# nothing", "\ufeff".encode()])
def test_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(content)
    assert read_user_words(tmp_path / "words.txt") == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("云栖\n数谷\n".encode() + b"\xb0\xff\n" + "开园\n".encode(), 3),
        ("云栖\n".encode("gbk") + b"\xff\xff\n" + "开园\n".encode("gbk"), 2),
        ("云栖\n数谷\n开园\n".encode() + "台风\n".encode("gbk"), 4),
        ("云栖\n开园\n".encode("utf-16"), 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", 3),
        ("云栖\n开园\0\n".encode(), 2),
    ],
    ids=["damaged utf-8", "damaged gbk", "a line of gbk", "utf-16", "a picture", "a zero"],
)
def test_what_is_no_text_is_an_error_in_its_line(content: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(content)
    with pytest.raises(BadWordFile, match="neither UTF-8 nor GBK") as raised:
        numbered_lines(path)
    assert (raised.value.path, raised.value.line) == (str(path), line)
    assert str(raised.value).startswith(f"{path}:{line}: ")


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "no.txt", tmp_path):
        with pytest.raises(BadWordFile, match=f"^{path}: cannot be read: .+; check the name") as raised:
            read_user_words(path)
        assert raised.value.line is None


def test_a_bad_line(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("云栖 5\n\n# 好\n数谷 很多\n", "utf-8")
    with pytest.raises(BadWordFile, match=r"words.txt:4: 很多 is no frequency or tag; write a word"):
        read_user_words(tmp_path / "words.txt")
    with pytest.raises(BadWordFile, match=r"^the words:2: "):
        read_user_words(["云栖 5", "数谷 0"])
