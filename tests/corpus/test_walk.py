"""Folders → files: the same ones in the same order everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsearch.corpus import find_files
from newsearch.errors import PathNotFound


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "clippings"
    for name in ("b.txt", "a.md", "二.txt", "A.txt", "2024/07/x.txt", "2024/06/y.txt", "2024/z.jsonl", "odd.bin"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return root


def keys(*roots: Path | str) -> list[str]:
    return [file.key for file in find_files(roots)]


def test_order(folder: Path) -> None:
    expected = ["A.txt", "a.md", "b.txt", "odd.bin", "二.txt", "2024/z.jsonl", "2024/06/y.txt", "2024/07/x.txt"]
    assert keys(folder) == expected


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/a.txt",
        "2024/.DS_Store",
        "README.md",
        "readme.txt",
        "LICENSE",
        "CHANGELOG.md",
        "2024/README",
    ],
)
def test_left_out(name: str, folder: Path) -> None:
    before = keys(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x", "utf-8")
    assert keys(folder) == before


@pytest.mark.parametrize("name", [".hidden.txt", "README.md"])
def test_named_files_are_read_all_the_same(name: str, folder: Path) -> None:
    (folder / name).write_text("x", "utf-8")
    (file,) = find_files([folder / name])
    assert (file.key, file.named) == (name, True)


def test_a_hidden_folder_that_is_named_is_walked(tmp_path: Path) -> None:
    (tmp_path / ".news").mkdir()
    (tmp_path / ".news" / "a.txt").write_text("x", "utf-8")
    assert keys(tmp_path / ".news") == ["a.txt"]


def test_paths_as_the_user_would_write_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    file = next(find_files(["clippings"]))
    assert file == (folder / "A.txt", "clippings/A.txt", "A.txt", False)
    monkeypatch.chdir(folder)
    assert [file.shown for file in find_files(["."])] == keys(folder)
    assert [file.shown for file in find_files(["2024", "b.txt"])][-2:] == ["2024/07/x.txt", "b.txt"]


def test_each_file_once(folder: Path) -> None:
    roots = [folder / "2024", folder, folder / "b.txt", folder / "2024" / ".." / "2024"]
    found = [file.path for file in find_files(roots)]
    assert len(found) == len(set(found)) == 8


def test_links_make_no_loops(folder: Path) -> None:
    before = keys(folder)
    (folder / "2024" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to(folder / "self")
    assert keys(folder) == sorted([*before[:5], "self"]) + before[5:]


def test_a_root_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    assert keys(tmp_path / "link") == keys(folder)


def test_what_a_browser_saved_with_a_page_is_left_out(folder: Path) -> None:
    for name in ("桥.html", "桥_files/frame.html", "桥_files/a.js", "船.htm", "船.files/b.htm", "only_files/c.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", "utf-8")
    found = keys(folder)
    assert {"桥.html", "船.htm", "only_files/c.txt"} <= set(found)
    assert not any("桥_files" in key or "船.files" in key for key in found)


def test_missing(folder: Path) -> None:
    with pytest.raises(PathNotFound) as caught:
        find_files([folder, folder / "nowhere"])  # at once, not when the first file is asked for
    assert caught.value.path == str(folder / "nowhere")


def test_an_empty_folder(tmp_path: Path) -> None:
    assert keys(tmp_path) == []
