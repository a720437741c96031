"""Web pages: what is found on pages of many makes, and what is done with pages made to do harm."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from any_file import read_bytes, read_hostile
from web_pages import FERRY, FLOOD, PAGES, Page, f1, lines
from web_pages_abroad import ABROAD
from web_pages_after import AFTER
from web_pages_later import LATER
from web_pages_mainland import MAINLAND
from web_pages_unseen import UNSEEN
from web_pages_wider import LISTS, WIDER
from web_pages_wider_abroad import WIDER_ABROAD

from newsearch.article import Article
from newsearch.corpus.web.article import is_boilerplate
from newsearch.corpus.web.flow import paragraphs
from newsearch.corpus.web.reader import markup_lines, markup_title, page_article
from newsearch.corpus.web.scripts import drawn_from
from newsearch.corpus.web.tree import declared_encoding, known_encoding, page_tree

ALL = PAGES | UNSEEN | MAINLAND | ABROAD | LATER | WIDER | WIDER_ABROAD | AFTER
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


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_no_articles(name: str, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.html", LISTS[name].content).reason.startswith("no article text on this web page")


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
        "关注", "顶一下(3)100%踩一下(0)0%", "文 | 竺未央", "记者｜商小麦", "更新: 2020-02-03 11:41 PM 标签: 书店", "►►►更多新聞，加入好友",
        "初审编辑：桑榆 责任编辑：盛夏", "欲知更多新闻，请到光桥日报脸书专页", "打赏作者23人已打赏", "内容简介", "Log in to post comments", "（一审：张三 二审：李四 三审：王五）",
        "《 江口日报 》（ 2023年12月08日 第 07 版）", "关注公众号：江口日报", "↑点击蓝字，关注我们", "图片：柳叶", "喜欢本文请点亮“在看”",
        "請繼續往下閱讀...", "本文链接：https://www.example.cn/77.html", "您的浏览器不支持播放该视频，请升级。", "0.5x1.0x1.5x", "积分 8800",
        "查看: 2210 回复: 3", "3上一篇 下一篇4", "第02版：农村经济", "双庙日报社主办　国内统一刊号：CN00-0000", "点击播报本文，约1分20秒",
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
        "▲图为通车后的新桥。", "↑11月20日，工人在桥上作业。", "《江口日报》的老读者都记得这个专栏。", "积分可以换米，居民说很实在。",
        "第三版收了他的两首诗。", "关注民生。", "更多新闻从业者来到这里。", "文脉 | 一座桥，两个村", "打赏之风不可长。", "视频里，老周把缆绳盘好。", "点击率不是一切，总编辑说。", "设计院的图纸改了九遍。",
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


TEXT = lines((PROSE * 3,) * 3)


def article_of(markup: str) -> Article:
    article, _ = page_article(markup)
    assert article is not None
    return article


@pytest.mark.parametrize(
    ("above", "authors", "source"),
    [
        ("<p>2023-12-08 06:10　江口农村报　记者 姚望山</p>", ("姚望山",), "江口农村报"),
        ("<p>来源：江口网－江口日报</p>", (), "江口日报"),
        ("<p>来源：江口网－社会</p>", (), "江口网－社会"),
        ("<p>来源: 江口体育报(江口)</p>", (), "江口体育报"),
        ("<p>江口晚报</p><p>2023-12-08 06:10</p>", (), "江口晚报"),
        ("<p>最新新闻</p><p>2023-12-08 06:10</p>", (), ""),
        ("<p class=media-name>山里来信</p>", (), "山里来信"),
        ("<p class=author>图贝亚（发自波恩）</p>", ("图贝亚",), ""),
        ("<p class=author>山里来信新闻</p>", (), ""),
        ("<p>聯島報 ／ 記者曾惟真／宜蘭報導</p>", ("曾惟真",), ""),
        ("<p>作者： <a>文小满</a><span>2 分钟</span></p>", ("文小满",), ""),
        ("<p>生活中心／龔以晴報導</p>", ("龔以晴",), ""),
        ("<p>报道：文长胜</p>", ("文长胜",), ""),
        ("<p>作者:admin 来源:江口渔报</p>", (), "江口渔报"),
        ("<p>本刊记者／申屠远　摄影／易小满</p>", ("申屠远",), ""),
        ("<p>文｜江口周刊 记者 姬北山</p>", ("姬北山",), ""),
        ("<p class=reporter>龔以晴 鄭浩 / 綜合報導</p>", ("龔以晴", "鄭浩"), ""),
        ("<div><p>記者:</p></div><p>穆青</p>", ("穆青",), ""),
        ("<p>来源于 《江口周刊》 2019年4月15日</p>", (), "江口周刊"),
    ],
)  # fmt: skip
def test_what_stands_between_title_and_text(above: str, authors: tuple[str, ...], source: str) -> None:
    article = article_of(f"<html><h1>老井有了石盖</h1>{above}{TEXT}</html>")
    assert (article.authors, article.source) == (authors, source)
    assert article.body == "\n".join((PROSE * 3,) * 3)


@pytest.mark.parametrize(
    ("dateline", "authors"),
    [
        ("（中央社記者江以安嘉義15日電）", ("江以安",)),
        ("（中央社記者王平台北15日電）", ("王平",)),
        ("（中央社記者黃旭、王鴻國新北15日電）", ("黃旭", "王鴻國")),
        ("江口网松河1月9日电（记者冯立新、叶知秋）", ("冯立新", "叶知秋")),
        ("【江口报2020年02月03日讯】（江口报记者卓然纽约报导）", ("卓然",)),
    ],
)
def test_datelines_below_a_caption(dateline: str, authors: tuple[str, ...]) -> None:
    article = article_of(f"<html><h1>老井有了石盖</h1><p>村口的老井。</p><p>{dateline}{PROSE * 3}</p>{TEXT}</html>")
    assert article.authors == authors


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>打印预览</title><h2>老井有了石盖</h2>", "老井有了石盖"),
        ("<title>江口日报数字报</title><h3>肩题在上</h3><h1>老井有了石盖</h1>", "老井有了石盖"),
        ("<title>江口热线-->新闻-->老井有了石盖</title><table><td>老井有了石盖</table>", "老井有了石盖"),
        ("<title>[转帖] 老井有了石盖 - 江口论坛</title><h1>[转帖] 老井有了石盖</h1>", "老井有了石盖"),
        ("<title>详情</title><div class=detail-title>老井有了石盖</div>", "老井有了石盖"),
        ("<title>江口日报</title><table><td class=newstit>老井有了石盖</table>", "老井有了石盖"),
    ],
)
def test_titles_where_the_pages_own_is_of_no_use(head: str, title: str) -> None:
    assert article_of(f"<html>{head}<div>{TEXT}</div></html>").title == title


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('{"title": "老井", "media": "柳河镇事", "pubtime": "2024-03-11 10:25:00"}', ("2024-03-11 10:25:00", "柳河镇事")),
        ('{"title":"\\u8001\\u4e95","publishTime":1703911800}', ("1703911800", "")),
        ("{newsTime: '2021-09-02', title: '老井', source: '山里来信'}", ("2021-09-02", "山里来信")),
        ('{"title": "新桥", "pubtime": "2024-03-11"}, {"title": "老井"}', ("", "")),
        ('{"title": "老井", "source": "pc_web"}', ("", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_what_a_page_is_drawn_from(script: str, found: tuple[str, str]) -> None:
    assert drawn_from(f"<script>var data = {script}</script>", "老井") == found


def test_short_articles_above_long_lists() -> None:
    """The links below cost more than the paragraphs but one are worth."""
    links = "".join(f"<li><a href=a>{n}口老井的盖子，有人还记得</a></li>" for n in range(5))
    text = f"<p>一{PROSE}又写了一些。</p>" + "".join(f"<p>{n}{PROSE}</p>" for n in "二三")
    article = article_of(f"<html><h1>老井有了石盖</h1><div><div>{text}<div class=x>{links}</div></div></div></html>")
    assert article.body.count(PROSE) == 3
    text = text.replace("<p>", "<div><span>").replace("</p>", "</span></div>")
    article = article_of(f"<html><h1>老井有了石盖</h1><div><div>{text}<div class=x>{links}</div></div></div></html>")
    assert article.body.count(PROSE) == 3
    other = f"<div><div class=a>一{PROSE}<br>二{PROSE}</div><div class=b>三{PROSE}</div><div class=x>{links}</div></div>"
    assert article_of(f"<html><h1>老井有了石盖</h1>{other}</html>").body == f"一{PROSE}\n二{PROSE}"


def test_blanks_of_any_width_and_the_end() -> None:
    article = article_of(f"<html><h1>老井有了石盖</h1><div><p>&emsp;&ensp;{PROSE}</p><p>-- 全文完 --</p></div></html>")
    assert (article.body, article.authors) == (PROSE, ())


def test_sentences_between_title_and_text() -> None:
    def body(lead: str) -> str:
        text = f"<div class=article-content>{TEXT}</div>"
        return article_of(f"<html><div><h1>老井有了石盖</h1><p>{lead}</p></div>{text}</html>").body

    text = "\n".join((PROSE * 3,) * 3)
    assert body("村里人说了七年的井，终于有了盖。") == "村里人说了七年的井，终于有了盖。\n" + text
    assert body(PROSE) == text  # how the text begins
    assert body("摘要：村里人说了七年的井，终于有了盖。") == text


def test_dates_that_end_with_the_year_count_last() -> None:
    above = "<p>发布: 07/08/2022 10:20</p>"
    assert str(article_of(f"<html><h1>老井有了石盖</h1>{above}{TEXT}</html>").date) == "2022-08-07"
    meta = '<meta name="pubdate" content="2022-07-08">'
    assert str(article_of(f"<html>{meta}<h1>老井有了石盖</h1>{above}{TEXT}</html>").date) == "2022-07-08"


def test_the_page_of_the_paper_that_printed_it() -> None:
    printed = "<p>《 江口日报 》（ 2023年12月08日 第 07 版）</p>"
    assert article_of(f"<html><h1>老井有了石盖</h1>{TEXT}{printed}</html>").section == "第7版"


def test_a_text_in_an_element_called_as_advertisements_are() -> None:
    text = f"<div class=keyword_ad_area>{TEXT}</div>"
    assert article_of(f"<html><h1>老井有了石盖</h1>{text}</html>").body.count(PROSE) == 9
    comments = f"<div class=comments>{TEXT}</div>"
    assert article_of(f"<html><h1>老井有了石盖</h1><p>{PROSE}</p>{comments}</html>").body == PROSE


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
    "json that never ends": "<html>" + "<script type='application/ld+json'>" * 25_000 + f"<p>{PROSE * 5}</p>",
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
    assert len(ALL) >= 80
    assert all(isinstance(page, Page) for page in ALL.values())
