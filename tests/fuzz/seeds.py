"""Small files of every kind, written for the project: what fuzzing begins with."""

from __future__ import annotations

from pathlib import Path

from .envelopes import pdf_objects, tarred, zipped

CORPUS = Path(__file__).resolve().parents[2] / "corpus"

BRIDGE = "便民桥通车了\n本报记者 何大江 通讯员 顾小川\n2024年5月18日\n\n　　本报讯（记者 何大江）十七日上午，小曹村的便民桥正式通车，桥头没有剪彩。\n　　“这座桥盼了二十年。”村里的老人第一个走了过去。（作者单位：清水县交通局）\n"
PAGE = """清水日报 2022年7月1日 星期五 第3版 责任编辑：罗一鸣

# 渡口最后一班船

□本报记者 潘海燕

清早六点半，白石渡口的最后一班摆渡船靠了岸，从今天起，过河改走新
桥。撑了四十一年船的老周把缆绳盘好。（下转第4版）

**食堂来了新厨师**

学生回到学校上课，食堂改用集中配送。校长说，第一天没有一个孩子剩饭。
——新学期见闻
## 一、菜单在手机上
1. 家长可以看到每天的菜单
图为食堂一角。 何大江 摄
广告 江口商场八折优惠 电话：0000-123456
（上接第1版）两年零三个月，比原计划提前了四十天。
"""
TRADITIONAL = "渡口最後一班船\n記者 潘海燕\n\n清早六點半，白石渡口的最後一班擺渡船靠了岸，過河改走新橋，撐了四十一年船的老周把纜繩盤好。\n"
FRONT = """---
title: 桥通车了
date: 2024-05-18
author: [何大江, 顾小川]
source: "清水日报"
tags: {a: 1}
---
十七日上午，便民桥正式通车。
"""
FRONT_TOML = "+++\ntitle = '桥通车了'\ndate = 2024-05-18T10:00:00Z\nauthors = ['何大江']\n+++\n便民桥正式通车。\n"
SETTINGS = """encoding = "gb18030"
format = "article"
[fields]
"稿件名" = "title"
[defaults]
source = "团结报"
date = 2024-06-01
[[files]]
match = ["wanbao/**", "*.jsonl"]
source = "江口晚报"
section = "要闻"
[files.fields]
"正文" = "body"
"""
LINES = """{"title":"桥通车了","body":"便民桥正式通车。","date":"2024-05-18","authors":["何大江"],"source":"清水日报","url":"https://a.example/1","id":"1"}
{"标题":"学校开学","正文":"<p>学生回到学校。</p>","日期":1652832000,"作者":"顾小川"}
{"body":"只有正文","date":null}
"""
DOCUMENT = """{"status":"ok","data":{"total":2,"list":[{"_source":{"title":"桥通车了","content":"便民桥正式通车。","published":"2024-05-18T10:00:00+08:00"}},
{"title":"学校开学","body":["学生回到学校。","食堂开门了。"],"author":{"name":"顾小川"},"tags":[1,2.5e3,true,null,"\\ud83d\\ude00"]}]}}
"""
TABLE = '标题,正文,日期,作者,来源\n桥通车了,"便民桥""正式""通车。\n老人第一个走了过去。",2024-05-18,何大江,清水日报\n学校开学,学生回到学校。,2024/9/1,,\n'
TABS = "title\tbody\tdate\nA bridge\tIt opened today.\t18 May 2024\n"
SEMICOLONS = "sep=;\r\n编号;标题;内容\r\n1;桥通车了;'便民桥;正式通车。'\r\n"
WEB = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>桥通车了_清水新闻网</title>
<meta property="og:title" content="桥通车了"><meta name="author" content="何大江"><link rel="canonical" href="https://a.example/1">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"桥通车了","datePublished":"2024-05-18","author":[{"name":"何大江"}]}</script>
</head><body><div class="nav"><a href="/">首页</a> &gt; <a href="/n">要闻</a></div><div class="article"><h1>桥通车了</h1>
<p class="info">2024-05-18 10:00 来源：清水日报 作者：何大江</p><div id="content"><p>　　十七日上午，白石镇小曹村的便民桥正式通车，桥头没有剪彩，老人第一个走了过去。</p>
<p>　　“这座桥盼了二十年。”他说，“往后孩子们上学不用绕路了。”<br>责任编辑：罗一鸣</p><table><tr><td>长&nbsp;&#x4E8C;百米</td></tr></table></div></div>
<div class="related"><ul><li><a href="/2">学校开学</a></li></ul></div></body></html>
"""
ARCHIVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----X"\r\n\r\n------X\r\nContent-Type: text/html\r\n'
    "Content-Transfer-Encoding: 8bit\r\nContent-Location: https://a.example/1\r\n\r\n" + WEB + "\r\n------X--\r\n"
)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>清水新闻</title><link>https://a.example/</link>
<item><title>桥通车了 &amp; 开学</title><link>/1</link><pubDate>Sat, 18 May 2024 10:00:00 +0800</pubDate><dc:creator>何大江</dc:creator><category>要闻</category>
<content:encoded><![CDATA[<p>便民桥正式通车。</p><p>老人走了过去。</p>]]></content:encoded></item></channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><title>清水</title><entry><title type="html">桥&lt;b&gt;通车&lt;/b&gt;了</title>
<link rel="alternate" href="1"/><updated>2024-05-18T10:00:00Z</updated><author><name>何大江</name></author><summary>摘要&nbsp;在此</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>便民桥正式通车。</p></div></content></entry></feed>
"""
LETTER = """From: =?gbk?B?x+XLrsjVsag=?= <news@a.example>
To: x@b.example
Subject: =?utf-8?B?5qGl6YCa6L2m5LqG?= =?utf-8?Q?=E5=BC=80=E5=AD=A6?=
Date: Sat, 18 May 2024 10:00:00 +0800
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

5L6/5rCR5qGl5q2j5byP6YCa6L2m44CC
--x
Content-Type: text/html; charset="gb2312"
Content-Transfer-Encoding: quoted-printable

<p>=B1=E3=C3=F1=C7=C5=D5=FD=CA=BD=CD=A8=B3=B5=A1=A3</p><blockquote type="cite">old</blockquote>
--x--
"""
BOX = "From a Sat May 18 10:00:00 2024\nSubject: one\n\n便民桥正式通车。\n>From here\n\nFrom b Sat May 18 11:00:00 2024\nSubject: two\nContent-Type: text/plain; charset=big5\n\nhello again\n-- \nme\n"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD_DOCUMENT = f"""<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val="a1"/></w:pPr><w:r><w:t>便民桥通车了</w:t></w:r></w:p>
<w:p><w:r><w:t>本报记者 何大江</w:t></w:r></w:p><w:p><w:r><w:t>十七日上午，</w:t><w:tab/><w:t>便民桥正式通车。</w:t><w:br/></w:r><w:del><w:r><w:delText>没有</w:delText></w:r></w:del></w:p>
<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>学校开学</w:t></w:r></w:p><w:p><w:r><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent><w:t>学生回到学校。</w:t></w:r></w:p></w:body></w:document>"""
WORD_STYLES = f'<w:styles {_W}><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="t"><w:name w:val="Title"/></w:style></w:styles>'
WORD_PROPERTIES = '<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>存着的标题</dc:title><dc:creator>何大江</dc:creator><dcterms:created>2024-05-17T01:00:00Z</dcterms:created></cp:coreProperties>'
WORD = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": WORD_DOCUMENT.encode(),
    "word/styles.xml": WORD_STYLES.encode(),
    "docProps/core.xml": WORD_PROPERTIES.encode(),
}

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>茶山文集</dc:title><dc:creator>顾小川</dc:creator><dc:date>2022-11-06</dc:date></metadata>
<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="b%20b.xhtml" media-type="application/xhtml+xml"/><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="toc"><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CHAPTER = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>便民桥通车了</h1><p>十七日上午，便民桥正式通车。</p><p>老人走了过去。</p></body></html>'
NAVIGATION = '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li><a href="a.xhtml">桥</a></li><li><a href="b%20b.xhtml#x">学校</a></li></ol></nav></body></html>'
NCX = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>桥</text></navLabel><content src="a.xhtml#x"/></navPoint></navMap></ncx>'
LOCK = '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://ns.adobe.com/pdf/enc#RC"/></enc:EncryptedData></encryption>'
BOOK = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": CONTAINER.encode(),
    "OPS/book.opf": PACKAGE.encode(),
    "OPS/a.xhtml": CHAPTER.encode(),
    "OPS/b b.xhtml": CHAPTER.replace("h1", "h2").encode(),
    "OPS/nav.xhtml": NAVIGATION.encode(),
    "OPS/toc.ncx": NCX.encode(),
}

DRAWN = b"BT /F 18 Tf 60 700 Td <4FBF6C116865901A8F664E86> Tj /F 10 Tf 0 -40 Td <5341 4E03 65E5 4E0A 5348 FF0C> Tj 0 -14 Td <6865 901A 8F66 3002> Tj 200 0 Td <5B666821> Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
OBJECTS = pdf_objects(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Rotate 90/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length 60>>stream\nBT /F 24 Tf 60 700 Td (A bridge opens) Tj 0 -30 Td (It is long.) Tj ET\nendstream",
    FONT,
    b"null",
    b"<</Title<FEFF6865>>>",
)

SMALL = {"要闻/2024-05-18.txt": BRIDGE.encode(), "b.jsonl": LINES.encode()}
ZIP = zipped(SMALL, 8)
TAR = tarred({"a.txt": BRIDGE.encode(), "x" * 120 + ".txt": b"t\n\nb"})

DATES = [
    *("2024-05-18", "2024年5月18日", "二〇二四年五月十八日", "民国113年5月18日", "甲辰年四月十一", "18 May 2024", "May 18, 2024", "20240518"),
    *("2024/5/18 10:00", "2024-05-18T10:00:00+08:00", "1715997600", "1715997600000", "Sat, 18 May 2024 10:00:00 +0800", "昨天", "2024-13-40"),
]  # fmt: skip
BYLINES = [
    *("本报记者 何大江 通讯员 顾小川", "□记者 潘海燕", "（记者 何大江 顾小川 摄影报道）", "文/图 罗一鸣", "何大江、顾小川", "新华社北京5月18日电（记者潘海燕）"),
    *("作者：何大江", "By He Dajiang and Gu Xiaochuan", "（作者单位：清水县交通局）", "本报清水5月18日讯 记者何大江报道", "何 大 江", "责任编辑：罗一鸣"),
]  # fmt: skip


def encoded(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]


def in_encodings(text: str) -> list[bytes]:
    """A text in every encoding that is told apart, the traditional ones by what they can write."""
    names = ("utf-8", "utf-8-sig", "gb18030", "big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz")
    return [text.encode(name, "ignore") for name in names]


def sample(*patterns: str) -> list[bytes]:
    """The files of the sample corpus with such names."""
    return [path.read_bytes() for pattern in patterns for path in sorted(CORPUS.glob(pattern))]
