"""Web pages: what is found on pages of many makes, and what is done with pages made to do harm."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from any_file import read_bytes, read_hostile
from web_pages import FERRY, FLOOD, PAGES, Page, f1, lines
from web_pages_unseen import UNSEEN

from newsearch.article import Article
from newsearch.corpus.web.article import is_boilerplate
from newsearch.corpus.web.flow import paragraphs
from newsearch.corpus.web.reader import markup_lines, markup_title
from newsearch.corpus.web.tree import declared_encoding, known_encoding, page_tree

ALL = PAGES | UNSEEN
PROSE = "这是一段正文，写了一些事情。"


def facts(article: Article) -> tuple[object, ...]:
    return article.title, article.date, article.authors, article.source, article.url


@pytest.mark.parametrize("name", ALL)
def test_pages(name: str, tmp_path: Path) -> None:
    page = ALL[name]
    article = read_bytes(tmp_path, "a.html", page.content).article
    assert facts(article) == (page.title, page.day, page.authors, page.source, page.url)
    assert f1(article.body, "\n".join(page.body)) == 1
    assert article.body.split("\n") == list(page.body)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "index.php", "12345.shtml", "a.htm", "a.doc"])
def test_a_page_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    page = PAGES["portal"]
    found = read_bytes(tmp_path, name, page.content)
    assert found.article.title == page.title
    assert found.account and found.account.format == "html"


@pytest.mark.parametrize(
    "beginning",
    [b"\xef\xbb\xbf<!DOCTYPE html>", b"\n\n <!doctype HTML PUBLIC '-//W3C//DTD'>", b"<?xml version='1.0'?>\n<!-- a --><html xmlns='x'>", b"<html>"],
)  # fmt: skip
def test_beginnings_of_pages(beginning: bytes, tmp_path: Path) -> None:
    content = beginning + f"<title>桥</title><body>{lines(FERRY)}".encode()
    assert read_bytes(tmp_path, "a.txt", content).article.body == "\n".join(FERRY)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030", "big5"])
def test_encodings_that_are_not_declared(encoding: str, tmp_path: Path) -> None:
    paragraph = "橋通車了，大家都很高興。" if encoding == "big5" else FERRY[1]
    declared = "<meta charset=big5>" if encoding == "big5" else ""
    content = f"<html>{declared}<body>{lines((paragraph,) * 3)}</body></html>".encode(encoding)
    assert read_bytes(tmp_path, "a.html", content).article.body == "\n".join((paragraph,) * 3)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        (b"<META charset='GBK'>", "gb18030"),
        (b'<?xml version="1.0" encoding="Big5"?>', "big5hkscs"),
        (b"<meta charset=utf-8>", "utf-8"),
        (b"<meta charset=no-such-thing>", None),
        (b"<meta charset=hex>", None),
        (b"<p>charset=gbk</p>", None),
    ],
)
def test_what_a_page_declares(sample: bytes, expected: str | None) -> None:
    assert declared_encoding(sample) == expected


def test_encodings_by_other_names() -> None:
    assert [known_encoding(name) for name in (None, "", "x", " 'GB2312' ", "UTF8")] == [
        None,
        None,
        None,
        "gb18030",
        "utf-8",
    ]


def test_a_declaration_that_lies_is_told(tmp_path: Path) -> None:
    account = read_bytes(tmp_path, "a.html", PAGES["lying_charset"].content).account
    assert account and account.encoding == "utf-8"
    assert any("gb18030" in reason for reason in account.reasons)


@pytest.mark.parametrize(
    "content",
    [
        b"<html></html>",
        f"<html><title>列表</title><ul>{'<li><a href=a>桥通车了，船不开了</a></li>' * 30}</ul></html>".encode(),
        b"<html><body><div id=app></div><script>load()</script></body></html>",
        f"<html><body><form><p>{PROSE}</p></form></body></html>".encode(),
    ],
    ids=["empty", "list", "script", "form"],
)
def test_pages_without_an_article(content: bytes, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.html", content).reason.startswith("no article text on this web page")


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：陈小桥", "（责编：王石磊、赵云）", "【责任编辑:陈小桥】", "编辑：小周　审核：老李", "来源：清水日报", "分享到：微博 微信 QQ空间",
        "【打印本页】 【关闭窗口】", "上一篇：夏收过半", "下一篇", "版权所有 江口新闻网", "未经授权不得转载", "长按二维码识别关注",
        "点击上方蓝字关注我们", "阅读原文", "浏览次数：12次", "关键词：桥 船", "- 3 -", "江ICP备00000000号", "【免责声明】与本网无关。",
    ],
)  # fmt: skip
def test_lines_about_the_page(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "这里的山路十八弯。", "下方是一条河，水很清。", "声明说，两国将加强合作。", "扫描二维码即可办理，居民说很方便。", "编辑部里只有三个人。",
        "来源不明的钱，一分也不能收。", "打印店老板说，生意不好做。", "分享会上，他讲了三个故事。", "2024年3月8日", "江口县人民政府办公室",
        "未经许可不得使用无人机，民航部门提醒。", "广告牌被风吹倒了。", "首页改版三次，读者才满意。", "版权纠纷近年增多，法院说。",
    ],
)  # fmt: skip
def test_lines_of_articles(line: str) -> None:
    assert not is_boilerplate(line)


def test_short_answers_and_nested_markup_stay() -> None:
    root, _ = page_tree("<div>甲<b>乙</b><p>丙<br>丁<span hidden>不见</span></p>戊<script>x</script>&lt;己&gt;</div>")
    assert root is not None
    assert paragraphs(root) == ["甲乙", "丙", "丁", "戊 <己>"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("桥通车了", "桥通车了"),
        ("<b>桥</b>通车了", "桥通车了"),
        ("&lt;b&gt;桥&lt;/b&gt;通车了", "桥通车了"),
        ("甲 &amp;amp; 乙", "甲 & 乙"),
        ("3 < 5", "3 < 5"),
    ],
)
def test_titles_with_markup(markup: str, expected: str) -> None:
    assert markup_title(markup) == expected


def test_text_without_markup_keeps_its_lines() -> None:
    assert markup_lines("一。\n\n 二。\n") == ["一。", "二。"]


def test_mhtml(tmp_path: Path) -> None:
    page = PAGES["tables_gbk"].content
    content = (
        b"From: <Saved by Browser>\r\nSnapshot-Content-Location: https://www.example.cn/n1/2021/c1.html\r\nSubject: x\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b"\r\n\r\n\r\n'
        b"------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(page)
        + b"\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n------b--\r\n"
    )  # fmt: skip
    for name in ("a.mhtml", "a.mht", "a.txt"):
        found = read_bytes(tmp_path, name, content)
        assert (found.article.title, found.article.url) == ("焊花里的比武", "https://www.example.cn/n1/2021/c1.html")
        assert found.article.body == "\n".join(PAGES["tables_gbk"].body)


def test_the_file_name_tells_what_the_page_does_not(tmp_path: Path) -> None:
    content = f"<html><h1>清水河水位超警戒</h1>{lines(FLOOD)}</html>".encode()
    assert str(read_bytes(tmp_path, "2023-06-21-01.html", content).article.date) == "2023-06-21"


HOSTILE = {
    "deep": f"<html><h1>标题</h1><p>{PROSE * 5}</p>" + "<div>" * 30_000 + PROSE,
    "deeper": "<html>" + "<div>" * 200_000 + PROSE,
    "deep inline": f"<html><h1>标题</h1><p>{PROSE * 5}</p>" + "<b>" * 30_000,
    "attributes": "<html><p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{PROSE * 5}</p>",
    "attributes behind a quote": "<html><p x='>' " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{PROSE * 5}</p>",
    "many paragraphs": "<html>" + f"<p>{PROSE}</p>" * 19_000,
    "deep and many": "<html>" + "<div>" * 1900 + f"<p>{PROSE}" * 37_000,
    "links": "<html>" + f"<a href=x>{PROSE}" * 39_000,
    "open scripts": "<html>" + "<script>" * 400_000,
    "open comments": "<html>" + "<!--" * 800_000,
    "open tags": "<html>" + "<a" * 1_500_000,
    "open quotes": "<html>" + "<a b='" * 500_000,
    "entities": "<html>" + "&amp;&#x4e00;" * 200_000,
    "declared entities": '<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><html>' + f"<p>&b; {PROSE * 5}</p>",
    "file": '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + f"<html><p>&a; {PROSE * 5}</p>",
    "json": "<html>" + "<script type='application/ld+json'>" + "[" * 100_000 + f"</script><p>{PROSE * 5}</p>",
    "one line rule": "<html>" + f"<p>{'责编：编辑|' * 60}。</p>" * 1000 + f"<p>{PROSE * 5}</p>",
    "sharing": "<html>" + f"<p>分享到{'QQ空间' * 80}。</p>" * 500 + f"<p>{PROSE * 5}</p>",
    "names": "<html>" + f"<h1>标题</h1><p>作者：{'张三 ' * 20}</p>" * 900 + f"<p>{PROSE * 5}</p>",
    "blanks": "<html><p>" + " " * 3_000_000 + PROSE * 5,
    "title": "<html><title>" + "一 - 二_" * 100_000 + f"</title><h1>一 - 二</h1><p>{PROSE * 5}</p>",
    "zeros": "<html>" + "\0" * 3_000_000 + f"<p>{PROSE * 5}</p>",
    "too large": "<html>" + f"<p>{PROSE * 400}</p>" * 400,
    "a picture": f"<html><img src='data:image/png;base64,{'A' * 20_000_000}'><p>{PROSE * 5}</p>",
}


WHOLE = ("attributes", "attributes behind a quote", "a picture", "file", "blanks", "json", "deep", "deep inline")


def test_hostile_pages(tmp_path: Path) -> None:
    outcomes, memory = read_hostile(tmp_path, {f"{name}.html": text.encode() for name, text in HOSTILE.items()})
    assert {name: outcome.seconds for name, outcome in outcomes.items() if outcome.seconds > 5} == {}
    assert memory < 256 << 20
    assert [name for name, outcome in outcomes.items() if not outcome.bodies and not outcome.reasons] == []
    assert not any("root:" in body for outcome in outcomes.values() for body in outcome.bodies)
    assert [name for name in WHOLE if PROSE not in "".join(outcomes[f"{name}.html"].bodies)] == []


def test_what_lies_too_deep_is_told(tmp_path: Path) -> None:
    account = read_bytes(tmp_path, "a.html", HOSTILE["deep"].encode()).account
    assert account and account.warnings == ("nested too deeply: what lies deepest is missing",)


def test_floor() -> None:
    """All pages are found whole; a page that is not may be added here with what is found of it, and only rise."""
    assert len(ALL) >= 22
    assert all(isinstance(page, Page) for page in ALL.values())
