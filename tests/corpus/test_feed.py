"""Feeds: RSS, Atom and RDF as sites write them, damaged ones, and those made to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from any_file import read_bytes, read_hostile

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>江口新闻网 · 要闻</title><link>https://news.example.cn/</link><description>江口的事</description>
<item><title><![CDATA[便民桥<b>通车</b>了]]></title><link>/a/1.html</link><dc:creator>潘海燕</dc:creator><category>社会</category>
<pubDate>Sat, 18 May 2024 00:30:00 +0800</pubDate><description>桥通车了。</description>
<content:encoded><![CDATA[<p>五月十七日上午，便民桥正式通车。</p><p>老人推着三轮车第一个走了过去。</p><p>责任编辑：陈小桥</p>]]></content:encoded></item>
<item><title>焊花里的比武 &amp;amp; 别的</title><link>https://news.example.cn/a/2.html</link><author>he@example.cn (何大江)</author>
<pubDate>2021-07-05 23:59:00</pubDate><description>&lt;p&gt;比赛分为理论和实操两部分。&lt;/p&gt;&lt;p&gt;满分一百分。&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example.org/x/">
<title type="html">茶山&lt;i&gt;周刊&lt;/i&gt;</title><updated>2022-11-07T00:00:00Z</updated><entry><title>山里的书店</title>
<link rel="alternate" href="2022/11/shop.html"/><published>2022-11-06T23:30:00-08:00</published><updated>2022-11-08T00:00:00Z</updated>
<author><name>顾小川</name></author><category term="人物"/><summary>短。</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>小时候没有书看。</p><p>现在有了。</p></div></content></entry></feed>"""
RDF = """<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>東岸時報</title><link>https://e.example.tw/</link></channel><item rdf:about="1"><title>花蓮港封港</title><link>https://e.example.tw/1</link>
<description>颱風逼近。</description><dc:date>2023-09-02T14:32:00+08:00</dc:date><dc:creator>林淑芬</dc:creator></item></rdf:RDF>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk"])
@pytest.mark.parametrize("name", ["a.xml", "a.rss", "feed.php", "a.txt"])
def test_rss(encoding: str, name: str, tmp_path: Path) -> None:
    content = RSS.format(encoding=encoding).replace(" · ", "：").encode(encoding)
    found = read_bytes(tmp_path, name, content)
    first, second = found.articles
    assert (first.title, str(first.date), first.authors) == ("便民桥通车了", "2024-05-18", ("潘海燕",))
    assert first.body == "五月十七日上午，便民桥正式通车。\n老人推着三轮车第一个走了过去。"
    assert (first.source, first.section, first.url) == ("江口新闻网：要闻", "社会", "https://news.example.cn/a/1.html")
    assert (second.title, str(second.date), second.authors) == ("焊花里的比武 & 别的", "2021-07-05", ("何大江",))
    assert second.body == "比赛分为理论和实操两部分。\n满分一百分。"
    assert found.account and found.account.format == "feed"
    assert not found.account.warnings


def test_atom(tmp_path: Path) -> None:
    article = read_bytes(tmp_path, "a.atom", ATOM.encode()).article
    assert (article.title, str(article.date), article.authors) == ("山里的书店", "2022-11-06", ("顾小川",))
    assert (article.source, article.section) == ("茶山周刊", "人物")
    assert article.url == "https://blog.example.org/x/2022/11/shop.html"
    assert article.body == "小时候没有书看。\n现在有了。"


def test_rdf(tmp_path: Path) -> None:
    article = read_bytes(tmp_path, "a.rdf", RDF.encode()).article
    assert (article.title, str(article.date), article.authors) == ("花蓮港封港", "2023-09-02", ("林淑芬",))
    assert (article.source, article.body) == ("東岸時報", "颱風逼近。")


def test_a_feed_that_breaks_off(tmp_path: Path) -> None:
    content = RSS.format(encoding="utf-8").encode()
    found = read_bytes(tmp_path, "a.xml", content[: content.index("满分".encode())])
    assert found.articles[0].title == "便民桥通车了"
    assert found.account and "damaged feed" in found.account.warnings[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<?xml version='1.0'?><catalog><book>桥</book></catalog>", "XML that is not an RSS or Atom feed"),
        ("<rss version='2.0'><channel><title>空</title></channel></rss>", "no article in it"),
        ("<rss version='2.0'><channel><item><guid>1</guid></item></channel></rss>", "entry 1 has neither title nor text"),
    ],
)  # fmt: skip
def test_no_articles(content: str, reason: str, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.xml", content.encode()).reason == reason


def test_hostile_feeds(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    item = "<item><title>桥</title><description>{}</description></item>"
    files = {
        "laughs.xml": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "哈">{laughs}]><rss version="2.0"><channel>{item.format("&a9;")}</channel></rss>',
        "file.xml": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>{item.format("&a;")}</channel></rss>',
        "dtd.xml": f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/a.dtd"><rss version="2.0"><channel>{item.format("桥通车了。")}</channel></rss>',
        "deep.xml": "<rss version='2.0'><channel>" + "<item>" * 50_000,
        "deeptext.xml": "<rss version='2.0'><channel>" + item.format("&lt;div&gt;" * 50_000),
        "open.xml": "<rss version='2.0'><channel>" + "<item><title>" * 20_000,
        "many.xml": "<rss version='2.0'><channel>" + item.format("桥通车了。") * 8000 + "</channel></rss>",
        "large.xml": "<rss version='2.0'><channel>" + item.format("桥" * 9_000_000),
        "attributes.xml": "<rss version='2.0'><channel><item " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>",
    }
    outcomes, memory = read_hostile(tmp_path, {name: text.encode() for name, text in files.items()})
    assert {name: outcome.seconds for name, outcome in outcomes.items() if outcome.seconds > 5} == {}
    assert memory < 256 << 20
    for name in ("laughs.xml", "file.xml"):
        assert outcomes[name].reasons == ["XML that declares entities, which can make a small file endless"]
    assert outcomes["dtd.xml"].bodies == ["桥\n桥通车了。"]
    assert len(outcomes["many.xml"].bodies) == 100


def test_names_that_no_element_can_have(tmp_path: Path) -> None:
    """A damaged feed may use prefixes that it never declared."""
    content = "<content><x:p>桥修好了。</x:p><y:00Z>大家去看。</y:00Z></content>"
    found = read_bytes(
        tmp_path, "a.xml", f"<rss><channel><item><title>桥</title>{content}</item></channel></rss>".encode()
    )
    assert found.article.body == "桥修好了。\n大家去看。"


def test_a_year_that_is_too_long(tmp_path: Path) -> None:
    content = "<item><title>桥</title><pubDate>Sat, 18 May 99999999999999999999 10:00</pubDate></item>"
    assert read_bytes(tmp_path, "a.xml", f"<rss><channel>{content}</channel></rss>".encode()).article.date is None
