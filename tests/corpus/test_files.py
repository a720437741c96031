"""One file → articles or the reason there are none, never an exception."""

from __future__ import annotations

import datetime as dt
import gzip
import os
from pathlib import Path

import pytest
from any_file import NoWords

import newsearch
from newsearch.article import Article
from newsearch.corpus import Account, Reading, Rejection, file_digest, find_files, read_file

PLAIN = "村里修了新桥\n张三\n\n桥修好了，大家都很高兴。\n".encode()
PAGE = "## 村里修了新桥\n\n桥修好了，大家都很高兴。\n\n## 学校开学\n\n学生回到学校上课。\n".encode()
#: Packed without the time: what a test is called must not change.
PACKED = gzip.compress(PLAIN, mtime=0)
LINES = '{"title":"甲","body":"一。"}\n{"title":"乙","body":"二。"}\n'.encode()


def read(path: Path, root: Path | None = None, progress=None, **options) -> list[Article | Rejection]:
    """What comes of a file that is named, or of the one found under `root`."""
    (file,) = find_files([root or path])
    found = read_file(file, Reading(NoWords(), **options), progress=progress)
    return [item for item in found if not isinstance(item, Account)]


def read_bytes(folder: Path, name: str, content: bytes, named: bool = True, **options) -> list[Article | Rejection]:
    path = folder / name
    path.write_bytes(content)
    return read(path, None if named else folder, **options)


def titles(found: list[Article | Rejection]) -> list[str]:
    return [article.title for article in found]


@pytest.mark.parametrize("packed", [False, True], ids=["bare", "gz"])
@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", PLAIN, ["村里修了新桥"]),
        ("a.txt", "只有标题".encode(), ["只有标题"]),
        ("a.md", f"{'没有标题的一段话，' * 5}完。".encode(), [""]),
        ("a.TXT", PLAIN, ["村里修了新桥"]),
        ("a.text", PLAIN, ["村里修了新桥"]),
        ("a.md", PAGE, ["村里修了新桥", "学校开学"]),
        ("a.markdown", PAGE, ["村里修了新桥", "学校开学"]),
        ("a.txt", PAGE, ["村里修了新桥", "学校开学"]),
        ("a.jsonl", LINES, ["甲", "乙"]),
        ("a.ndjson", LINES, ["甲", "乙"]),
        ("a.jsonl", LINES.rstrip(), ["甲", "乙"]),
        ("a.jsonl", b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n"), ["甲", "乙"]),
        ("a.jsonl", LINES.decode().encode("gb18030") * 9, ["甲", "乙"] * 9),
        ("a.txt", b"\xef\xbb\xbf" + PLAIN, ["村里修了新桥"]),
    ],
)
def test_formats(name: str, content: bytes, expected: list[str], packed: bool, tmp_path: Path) -> None:
    if packed:
        name, content = f"{name}.gz", gzip.compress(content)
    assert titles(read_bytes(tmp_path, name, content, named=False)) == expected


def test_gzip_is_known_by_its_content_too(tmp_path: Path) -> None:
    assert titles(read_bytes(tmp_path, "a.txt", PACKED)) == ["村里修了新桥"]


@pytest.mark.parametrize(
    ("content", "format", "expected"),
    [
        (PLAIN, None, ["村里修了新桥"]),
        (PAGE, None, ["村里修了新桥", "学校开学"]),
        (LINES, None, ["甲", "乙"]),
        (b"\n " + LINES, None, ["甲", "乙"]),
        (PAGE, "article", ["## 村里修了新桥"]),
        (LINES, "jsonl", ["甲", "乙"]),
    ],
)
def test_an_unknown_ending_that_is_named(
    content: bytes, format: str | None, expected: list[str], tmp_path: Path
) -> None:
    assert titles(read_bytes(tmp_path, "news.dat", content, format=format)) == expected


def test_an_unknown_ending_in_a_folder(tmp_path: Path) -> None:
    (rejection,) = read_bytes(tmp_path, "news.dat", PLAIN, named=False)
    assert rejection.reason == "not a kind of file that is read; --format reads it as one"


def test_a_named_format_makes_any_ending_known(tmp_path: Path) -> None:
    assert titles(read_bytes(tmp_path, "news.dat", PLAIN, named=False, format="article")) == ["村里修了新桥"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.jsonl", b" \n\n", "the file is empty"),
        ("a.md.gz", gzip.compress(b"", mtime=0), "the file is empty"),
        ("a.md", bytes(range(256)) * 40, "binary data, not text"),
        ("a.md", b"\x00\x01\x02" * 100, "binary data, not text"),
        ("a.jsonl", b"\x00\x01\x02" * 100, "binary data, not text"),
        ("a.md", "第3版\n\n责任编辑：张三\n".encode(), "no article in it"),
        ("a.txt", b"\xef\xbb\xbf", "no article in it"),
        ("a.txt", "\u3000\n".encode(), "no article in it"),
        ("a.txt.gz", PACKED[:-9], "damaged: what is packed is cut off"),
        ("a.txt.gz", PACKED[:5], "damaged: what is packed is cut off"),
        ("a.txt.gz", PACKED[:-8] + bytes(8), "damaged gzip file"),
        ("a.txt.gz", PACKED[:10] + b"\xff" * 40, "damaged gzip file"),
    ],
)
def test_rejections(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    (rejection,) = read_bytes(tmp_path, name, content)
    assert isinstance(rejection, Rejection)
    assert rejection.path == str(tmp_path / name)
    assert rejection.reason.startswith(reason)
    assert str(rejection) == f"{rejection.path}: {rejection.reason}"


def test_a_truncated_stream_keeps_what_came_before(tmp_path: Path) -> None:
    many = b"".join(b'{"title":"%d %s"}\n' % (number, os.urandom(40).hex().encode()) for number in range(4000))
    *articles, rejection = read_bytes(tmp_path, "a.jsonl.gz", gzip.compress(many)[:-40_000])
    assert [int(article.title.split()[0]) for article in articles] == list(range(len(articles)))
    assert 1000 < len(articles) < 4000
    assert rejection.reason == "damaged: what is packed is cut off"


def test_a_truncated_stream_keeps_the_bad_lines_that_came_before(tmp_path: Path) -> None:
    many = b"bad\n" + b"".join(b'{"title":"%s"}\n' % os.urandom(40).hex().encode() for _ in range(4000))
    found = read_bytes(tmp_path, "a.jsonl.gz", gzip.compress(many)[:-40_000])
    assert [item.line for item in found if isinstance(item, Rejection)] == [1, None]


def test_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    found = read_bytes(tmp_path, "a.jsonl", LINES + b"\nbad\n" + LINES + b"[]")
    in_order = [item.title if isinstance(item, Article) else str(item).split(": ")[0] for item in found]
    assert in_order == ["甲", "乙", f"{path} line 4", "甲", "乙", f"{path} line 7"]


def test_lines_longer_than_the_sample_are_read_whole(tmp_path: Path) -> None:
    content = "".join(f'{{"title":"{number}","body":"{"桥" * 30_000}"}}\n' for number in range(3)).encode()
    found = read_bytes(tmp_path, "a.jsonl", content)
    assert [(article.title, len(article.body)) for article in found] == [("0", 30_000), ("1", 30_000), ("2", 30_000)]


@pytest.mark.parametrize("longer", range(-2, 3))
def test_a_line_that_ends_where_the_sample_ends(longer: int, tmp_path: Path) -> None:
    first = '{"title":"甲","body":"%s"}\n'.encode()
    first %= b"x" * ((1 << 16) - len(first) + 2 + longer)
    assert titles(read_bytes(tmp_path, "a.jsonl", first + LINES)) == ["甲", "甲", "乙"]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (rejection,) = read(tmp_path / "pipe.txt")
    assert rejection.reason == "not a regular file"


@pytest.mark.parametrize("kind", ["folder", "broken link", "link to itself", "gone"])
def test_what_is_no_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PLAIN)
    (file,) = find_files([path])
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind != "gone":
        path.symlink_to(path if kind == "link to itself" else tmp_path / "nowhere")
    (rejection,) = read_file(file, Reading(NoWords()))
    reasons = {
        "folder": "a folder that cannot be opened",
        "broken link": "cannot be read: No such file or directory",
        "link to itself": "cannot be read: Too many levels of symbolic links",
        "gone": "cannot be read: No such file or directory",
    }
    assert rejection == Rejection(str(path), reasons[kind])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PLAIN)
    path.chmod(0)
    (rejection,) = read(path)
    assert rejection.reason == "cannot be read: Permission denied"


def test_a_file_name_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("新桥.txt".encode("gb18030"))
    try:
        path.write_bytes(PLAIN)
    except OSError:
        pytest.skip("this file system has only UTF-8 names")
    (article,) = read(path)
    assert article.title == "村里修了新桥"
    assert article.digest()


@pytest.mark.parametrize("name", ["utf-9", "undefined"])
def test_a_wrong_encoding_name_is_a_rejection(name: str, tmp_path: Path) -> None:
    for file, content in (("a.txt", PLAIN), ("a.jsonl", LINES)):
        (rejection,) = read_bytes(tmp_path, file, content, encoding=name)
        assert isinstance(rejection, Rejection)


def test_ids_hang_on_key_and_title_only(tmp_path: Path) -> None:
    first = read_bytes(tmp_path, "a.md", PAGE)
    again = read_bytes(tmp_path, "a.md", PAGE.replace("大家".encode(), "人人".encode()))
    assert [article.id for article in first] == [article.id for article in again]
    assert len({article.id for article in first}) == 2
    (file,) = find_files([tmp_path / "a.md"])
    elsewhere = list(read_file(file, Reading(NoWords()), key="b.md"))[:-1]
    assert {article.id for article in first}.isdisjoint(article.id for article in elsewhere)


def test_articles_of_one_title_have_ids_of_their_own(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a.jsonl", LINES * 3 + b'{"id":"mine","title":"a"}')
    assert len({article.id for article in found}) == 7
    assert found[-1].id == "mine"


def test_path_and_date_come_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("2024-05-01-bridge.txt").write_bytes(PLAIN)
    (file,) = find_files(["."])
    article, _ = read_file(file, Reading(NoWords()))
    assert (article.path, article.date) == ("2024-05-01-bridge.txt", dt.date(2024, 5, 1))
    other, _ = read_file(replace_key(file, "2024-06-02/bridge.txt", tmp_path), Reading(NoWords()))
    assert other.date == dt.date(2024, 6, 2)


def replace_key(file, key: str, folder: Path):
    """The same file at another place, its name without a date."""
    path = folder / key
    path.parent.mkdir()
    path.write_bytes(file.path.read_bytes())
    return file._replace(path=path, key=key)


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", PLAIN), ("a.jsonl", LINES), ("a.jsonl.gz", gzip.compress(LINES, mtime=0))]
)
def test_progress_ends_at_the_size_of_the_file(name: str, content: bytes, tmp_path: Path) -> None:
    told: list[int] = []
    read_bytes(tmp_path, name, content, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(content)


def test_digest_of_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(PLAIN)
    other.write_bytes(PLAIN)
    assert file_digest(one) == file_digest(other)
    other.write_bytes(PAGE)
    assert file_digest(one) != file_digest(other)
    with pytest.raises(OSError):
        file_digest(tmp_path / "nowhere")


def test_lines_in_other_encodings_and_damaged_ones_are_read_and_told_of(tmp_path: Path) -> None:
    lines = [f'{{"title":"{number}号渔船回港避风","body":"全部渔船回港避风，学校停课一天。"}}\n' for number in range(30)]
    content = b"".join(line.encode("gb18030" if number == 7 else "utf-8") for number, line in enumerate(lines))
    (tmp_path / "a.jsonl").write_bytes(content.replace("3号渔船".encode(), "3号渔".encode() + b"\xe8\x88", 1))
    (file,) = find_files([tmp_path / "a.jsonl"])
    *articles, account = read_file(file, Reading(NoWords()))
    assert isinstance(account, Account)
    assert articles[7].title == "7号渔船回港避风"
    assert "\ufffd" in articles[3].title
    assert len(articles) == account.articles == 30
    assert any("1 lines have bytes that cannot be read" in warning for warning in account.warnings)
    assert any("1 lines were in another encoding than utf-8" in warning for warning in account.warnings)


RIVER = "县防汛指挥部说，清水河水位昨天夜里上涨一点三米，沿河三个村的群众已经转移到镇中学。"


@pytest.mark.parametrize(
    ("name", "text", "days"),
    [
        ("2022-07-01.txt", f"河水上涨\n6月29日\n\n{RIVER}\n", ["2022-06-29"]),
        ("2022-01-02.txt", f"河水上涨\n记者 张三\n12月30日\n\n{RIVER}\n", ["2021-12-30"]),
        ("a.txt", f"河水上涨\n6月29日\n\n{RIVER}\n", [None]),
        ("2022-07-01.md", f"# 河水上涨\n\n六月二十九日\n\n{RIVER}\n\n# 学校停课\n\n{RIVER}\n", ["2022-06-29", "2022-07-01"]),
        ("a.md", f"清河日报 2022年7月1日 第2版\n\n# 河水上涨\n\n6月29日\n\n{RIVER}\n", ["2022-06-29"]),
        ("a.md", f"# 河水上涨\n\n2022年6月29日\n\n{RIVER}\n\n# 学校停课\n\n2022年6月30日\n\n{RIVER}\n", ["2022-06-29", "2022-06-30"]),
        ("a.md", f"# 河水上涨\n\n6月29日\n\n{RIVER}\n\n# 学校停课\n\n{RIVER}\n", [None, None]),
    ],
)  # fmt: skip
def test_the_day_below_a_title(name: str, text: str, days: list[str | None], tmp_path: Path) -> None:
    """A day without a year has that of the page, or of the file's name."""
    (tmp_path / name).write_text(text, "utf-8")
    articles = list(newsearch.read_articles(tmp_path / name))
    assert [str(article.date) if article.date else None for article in articles] == days
    assert all("29日" not in article.body for article in articles if article.date)
