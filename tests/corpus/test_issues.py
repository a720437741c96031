"""Articles that go on on another page of the same issue, in another file."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

import newsearch
from newsearch.build import index_files
from newsearch.index.storage import Storage

FIRST = """清河日报 2024年5月1日 第1版

## 清河大桥合龙

本报讯（记者 张小梅）清河大桥昨天上午合龙，两岸居民在桥头等了一个早晨。大桥全长三公里，工期两年，总投资（下转第3版）

## 春茶开采

本报讯 南坡茶园昨天开采，茶农说今年雨水足，芽头比往年肥。头一天就采了二百多斤鲜叶，收购站的灯亮到半夜。
"""
THIRD = """清河日报 2024年5月1日 第3版

## 清河大桥合龙

（上接第1版）九亿元。大桥通车以后，从县城到东岸的车程由一个小时缩短到十分钟，沿线六个乡镇都能受益。

## 图书馆延长开放

本报讯 县图书馆从今天起每晚开放到九点半，少儿阅览室周末也开门，读者可以凭身份证免费办证。
"""
PAGES = {"pages/qinghe-2024-05-01-01.md": FIRST, "pages/qinghe-2024-05-01-03.md": THIRD}
SENTENCE = "总投资九亿元。大桥通车以后"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "qinghe-2024-05-01-01.md").write_text(FIRST, "utf-8")
    (folder / "qinghe-2024-05-01-03.md").write_text(THIRD, "utf-8")
    return folder


def packed(path: Path, pages: dict[str, str], encoding: str = "utf-8") -> Path:
    """An archive of pages, ZIP or TAR by its name."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in pages.items():
                archive.writestr(name, text.encode(encoding))
        return path
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as tar:
        for name, text in pages.items():
            member = tarfile.TarInfo(name)
            content = text.encode(encoding)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def bodies(articles) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for article in articles:
        found.setdefault(article.title, []).append(article.body)
    return found


def test_an_article_stands_whole_where_it_begins(folder: Path) -> None:
    found = bodies(newsearch.read_articles(folder))
    assert sorted(found) == ["图书馆延长开放", "春茶开采", "清河大桥合龙"]
    (body,) = found["清河大桥合龙"]
    assert SENTENCE in body
    assert "下转" not in body
    assert "上接" not in body
    # Each page alone gives its own part of the whole.
    assert sorted(bodies(newsearch.read_articles(folder / "qinghe-2024-05-01-01.md"))) == ["春茶开采", "清河大桥合龙"]
    assert sorted(bodies(newsearch.read_articles(folder / "qinghe-2024-05-01-03.md"))) == ["图书馆延长开放"]


@pytest.mark.parametrize("name", ["papers.zip", "papers.tar", "papers.tar.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("turned", [False, True])
def test_pages_in_an_archive(name: str, encoding: str, turned: bool, tmp_path: Path) -> None:
    pages = dict(reversed(PAGES.items())) if turned else PAGES
    found = bodies(newsearch.read_articles(packed(tmp_path / name, pages, encoding)))
    assert sorted(found) == ["图书馆延长开放", "春茶开采", "清河大桥合龙"]
    (body,) = found["清河大桥合龙"]
    assert SENTENCE in body


def test_an_archive_in_an_archive_and_its_other_folders(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {**PAGES, "other/qinghe-2024-05-01-03.md": THIRD})
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.write(inner, "2024/inner.zip")
    found = bodies(newsearch.read_articles(tmp_path / "outer.zip"))
    assert [SENTENCE in body for body in found["清河大桥合龙"]] == [True, False]  # the other folder's is no part of it


def test_an_archive_that_was_changed_is_read_again(tmp_path: Path) -> None:
    path = packed(tmp_path / "papers.zip", PAGES)
    assert len(bodies(newsearch.read_articles(path))["清河大桥合龙"]) == 1
    packed(path, {**PAGES, "pages/qinghe-2024-05-01-03.md": THIRD.replace("九亿元", "八亿元")})
    (body,) = bodies(newsearch.read_articles(path))["清河大桥合龙"]
    assert "总投资八亿元" in body


def test_pages_of_other_days_and_papers_have_no_part_in_it(folder: Path) -> None:
    (folder / "qinghe-2024-05-01-03.md").rename(folder / "qinghe-2024-05-02-03.md")
    assert len(bodies(newsearch.read_articles(folder))["清河大桥合龙"]) == 2


def test_a_page_that_is_too_long_is_not_joined(folder: Path) -> None:
    long = folder / "qinghe-2024-05-01-03.md"
    long.write_text(THIRD + "\n" * 100, "utf-8")
    assert SENTENCE in bodies(newsearch.read_articles(folder))["清河大桥合龙"][0]
    alone = newsearch.read_articles(folder / "qinghe-2024-05-01-01.md", limits={"lines": 50})
    assert bodies(alone)["清河大桥合龙"][0].endswith("总投资")


def test_it_is_told_by_explain(folder: Path) -> None:
    explained = newsearch.explain_page(folder / "qinghe-2024-05-01-01.md")
    (decision,) = [each for each in explained.page.decisions if each.rule == "joined across pages"]
    assert "took the rest" in decision.done


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = Storage(folder.parent / "index")

    def run(self, prune: bool = False) -> dict[str, list[str]]:
        self.report = index_files(self.storage, self.folder, prune=prune, jobs=1)
        with newsearch.open(self.storage.folder) as index:
            assert all(index.search(f'"{body[:12]}"').total for each in bodies(index).values() for body in each)
            return bodies(index)


def test_pages_that_come_one_after_the_other(folder: Path) -> None:
    """Neither day has a sentence twice, or none."""
    desk = Desk(folder)
    third = folder / "qinghe-2024-05-01-03.md"
    third.unlink()
    assert desk.run()["清河大桥合龙"][0].endswith("总投资")
    third.write_text(THIRD, "utf-8")
    found = desk.run()
    assert [SENTENCE in body for body in found["清河大桥合龙"]] == [True]
    assert desk.report.files_read == 2
    assert desk.run() == found
    assert desk.report.files_read == 0


def test_a_rest_that_changes(folder: Path) -> None:
    desk = Desk(folder)
    desk.run()
    (folder / "qinghe-2024-05-01-03.md").write_text(THIRD.replace("十分钟", "一刻钟"), "utf-8")
    (body,) = desk.run()["清河大桥合龙"]
    assert "缩短到一刻钟" in body


@pytest.mark.parametrize("gone", ["01", "03"])
def test_a_page_that_goes_away(gone: str, folder: Path) -> None:
    """What stands on the page that is left is found still."""
    desk = Desk(folder)
    desk.run()
    (folder / f"qinghe-2024-05-01-{gone}.md").unlink()
    (body,) = desk.run(prune=True)["清河大桥合龙"]
    assert body.endswith("总投资") if gone == "03" else body.startswith("九亿元。")
