"""The parsers that read files, a row each: what may be fuzzed of a file, and with what that begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from . import seeds as s
from .envelopes import PACKERS, Wrap, between, in_tar, member, pdf, placed_text, plain, tarred


class Way(NamedTuple):
    """One part of a file that is mutated: the file's name, what stands around the part, and parts to begin with."""

    name: str
    wrap: Wrap
    seeds: Callable[[], Sequence[bytes]]


class Target(NamedTuple):
    """A parser: the ways to it, and words of its format that mutations put in."""

    ways: Sequence[Way]
    words: Sequence[bytes] = ()

    def split(self, data: bytes) -> tuple[Way, bytes]:
        """What is fuzzed is a byte that chooses the way, and the part."""
        return self.ways[data[0] % len(self.ways) if data else 0], data[1:]

    def seeds(self) -> list[bytes]:
        return [bytes([number]) + part for number, way in enumerate(self.ways) for part in way.seeds()]


def _texts(*texts: str) -> Callable[[], list[bytes]]:
    return lambda: s.encoded(*texts)


def _bytes(*parts: bytes) -> Callable[[], list[bytes]]:
    return lambda: list(parts)


def _words(text: str) -> list[bytes]:
    return [word.encode() for word in text.split(" ")]


_XML = _words("<!-- --> <![CDATA[ ]]> <!DOCTYPE <!ENTITY &#x &amp; xmlns= xml:base= <?xml ?> encoding= /> </")
_JSON = _words('{ } [ ] " \\u \\ud800 : , null true 1e999 -0 NaN title body date authors "标题" _source')
_PAGE = _words(
    "# ## ** 本报记者 □ （下转第4版） （上接第1版） 广告 图为 —— 责任编辑： 第3版 \n\n \u3000\u3000 “ ” （ ） 。 ， 摄 1. 一、 | > -"
)
_DATE = _words("年 月 日 - / . : T Z +08:00 〇 零 十 廿 民国 May 2024 周六 昨天 时 闰 初 正月")
_NAMES = _words("记者 通讯员 作者 摄 文/图 本报 新华社 电 （ ） ： 、 单位 编辑 By and □ ■ / | 摄影报道 等")

#: Name → parser.
TARGETS: dict[str, Target] = {
    "page": Target(
        [
            Way("2022-07-01-03.md", plain, lambda: s.encoded(s.PAGE, s.BRIDGE) + s.sample("pages/*.md")[:4]),
            Way("a.txt", plain, lambda: s.encoded(s.PAGE, s.BRIDGE, s.TRADITIONAL) + s.sample("articles/*.txt")[:4]),
        ],
        _PAGE,
    ),
    "jsonl": Target([Way("a.jsonl", plain, lambda: s.encoded(s.LINES) + s.sample("*.jsonl"))], _JSON),
    "json": Target([Way("a.json", plain, _texts(s.DOCUMENT, s.LINES, "[" + s.LINES.split("\n")[0] + "]"))], _JSON),
    "table": Target(
        [Way("a.csv", plain, _texts(s.TABLE, s.TABS, s.SEMICOLONS)), Way("a.tsv", plain, _texts(s.TABS))],
        _words("标题 正文 日期 作者 title body date \" \"\" , ; \t | \r\n sep= '"),
    ),
    "web": Target(
        [Way("a.html", plain, _texts(s.WEB)), Way("a.mhtml", plain, _texts(s.ARCHIVED))],
        [
            *_XML,
            *_words("<p> </p> <div> </div> <h1> <td> <table> <br> <script> <meta http-equiv= charset= <base href="),
            *_words("ld+json @type NewsArticle datePublished Content-Type: boundary= base64 quoted-printable"),
        ],
    ),
    "feed": Target(
        [Way("a.xml", plain, _texts(s.RSS, s.ATOM))],
        [*_XML, *_words("<item> </item> <entry> <rss> <rdf:RDF <channel> <link> <pubDate> <author> <content <source>")],
    ),
    "mail": Target(
        [Way("a.eml", plain, _texts(s.LETTER)), Way("a.mbox", plain, _texts(s.BOX))],
        [
            *_words("From \n\n Subject: Date: =?utf-8?B? =?gbk?Q? ?= Content-Type: multipart/mixed message/rfc822"),
            *_words("boundary= charset= Content-Transfer-Encoding: base64 quoted-printable x-uuencode attachment *0*="),
        ],
    ),
    "docx": Target(
        [
            Way("a.docx", member("word/document.xml", s.WORD), _texts(s.WORD_DOCUMENT)),
            Way("a.docx", member("word/styles.xml", s.WORD), _texts(s.WORD_STYLES)),
            Way("a.docx", member("docProps/core.xml", s.WORD), _texts(s.WORD_PROPERTIES)),
            Way("a.docx", plain, lambda: [member("a", s.WORD)(b"")]),
        ],
        [*_XML, *_words("<w:p> </w:p> <w:t> <w:pPr> w:val= <w:del> <w:txbxContent> <w:br/> heading outlineLvl styleId")],
    ),
    "pdf": Target(
        [
            Way("a.pdf", placed_text, lambda: [bytes([20, 180, 9, 9, 3]) + s.BRIDGE[:6].encode("utf-16-be")] * 1),
            Way("a.pdf", pdf, _bytes(s.DRAWN)),
            Way("a.pdf", lambda font: pdf(b"BT /F 9 Tf 9 9 Td (abc) Tj ET", font=font), _bytes(s.FONT)),
            Way("a.pdf", lambda title: pdf(s.DRAWN, title=title), _bytes(b"<FEFF6865>", b"(A \\(b\\) \\101)")),
            Way("a.pdf", plain, _bytes(s.OBJECTS, pdf(s.DRAWN))),
        ],
        _words("obj endobj stream endstream << >> /Kids /Count /Parent /Filter /FlateDecode /Length R xref trailer Tj TJ Td Tm"),
    ),
    "epub": Target(
        [
            *(
                Way("a.epub", member(name, s.BOOK), lambda part=part: [part.encode()])  # type: ignore[misc]
                for name, part in {
                    "OPS/book.opf": s.PACKAGE,
                    "OPS/a.xhtml": s.CHAPTER,
                    "OPS/toc.ncx": s.NCX,
                    "OPS/nav.xhtml": s.NAVIGATION,
                    "META-INF/container.xml": s.CONTAINER,
                    "META-INF/encryption.xml": s.LOCK,
                }.items()
            ),
            Way("a.epub", plain, lambda: [member("a", s.BOOK)(b"")]),
        ],
        [*_XML, *_words("<item id= href= idref= media-type= properties= nav .. / %2e%2f # ? full-path= linear=")],
    ),
    "unpack": Target(
        [
            Way("a.zip", plain, _bytes(s.ZIP)),
            Way("a.tar", in_tar, _bytes(s.TAR)),
            Way("a.tar", plain, lambda: [tarred(s.SMALL, format) for format in (0, 1, 2)]),
            *(
                Way(f"a.txt{ending}", plain, lambda pack=pack: [pack(s.BRIDGE.encode())])  # type: ignore[misc]
                for ending, pack in PACKERS.items()
            ),
            *(
                Way(f"a{ending}", pack, _bytes(s.BRIDGE.encode(), s.ZIP, s.TAR))
                for ending, pack in PACKERS.items()
            ),
        ],
        [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd",
         b"ustar\x0000", b"ustar  \0", b"\xff\xff\xff\xff", b"GNU.sparse.map=", b"27 path=", b"L", b"x", b"S"],
    ),
    "decode": Target(
        [
            Way("a.txt", plain, lambda: [data for text in (s.BRIDGE, s.TRADITIONAL) for data in s.in_encodings(text)]),
            Way("a.jsonl", plain, lambda: s.in_encodings(s.LINES)),
            Way("a.csv", plain, lambda: s.in_encodings(s.TABLE)),
            Way("a.html", between(b"<meta charset=", b"<p>" + s.BRIDGE.encode("gb18030") * 3), _bytes(b"gb2312>", b"utf-16>")),
        ],
        [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"~{", b"~}", b"\xa1\xa1", b"\x84\x31\xa4\x37", b"\xef\xbf\xbd",
         b"\x1b$B", b"\0", *_words("锟斤拷 ï¿½ å utf-7 hz iso-2022-jp utf-8-sig")],
    ),
    "settings": Target(
        [
            Way("newsearch.toml", plain, _texts(s.SETTINGS)),
            Way("a.md", plain, _texts(s.FRONT, s.FRONT_TOML)),
        ],
        _words("--- +++ ... [[files]] [fields] [defaults] match = \" ''' \"\"\" : - & * !! ? | > {{ [ title date source format encoding \n"),
    ),
    "dates": Target(
        [
            Way("a.jsonl", between('{"title":"桥","date":"'.encode(), b'"}'), _texts(*s.DATES)),
            Way("a.csv", between("标题,日期\n桥,".encode(), b"\n"), _texts(*s.DATES)),
            Way("a.txt", between("桥通车了\n".encode(), "\n\n便民桥正式通车。".encode()), _texts(*s.DATES)),
            Way("a.md", between("清水日报 ".encode(), " 第3版\n\n# 桥通车了\n\n便民桥正式通车。".encode()), _texts(*s.DATES)),
            Way("a.eml", between(b"Subject: a\nDate: ", b"\n\nb"), _texts(*s.DATES)),
            Way("a.xml", between(b"<rss><item><title>a</title><pubDate>", b"</pubDate></item></rss>"), _texts(*s.DATES)),
            Way("a.html", between(s.WEB[:500].encode() + b"<p>", s.WEB[500:].encode()), _texts(*s.DATES)),
        ],
        _DATE,
    ),
    "byline": Target(
        [
            Way("a.txt", between("桥通车了\n".encode(), "\n\n便民桥正式通车。".encode()), _texts(*s.BYLINES)),
            Way("a.txt", between("桥通车了\n\n便民桥正式通车。".encode(), b"\n"), _texts(*s.BYLINES)),
            Way("a.md", between("# 桥通车了\n\n".encode(), "\n\n便民桥正式通车。\n\n# 开学\n\n学校。".encode()), _texts(*s.BYLINES)),
            Way("a.jsonl", between('{"title":"桥","author":"'.encode(), b'"}'), _texts(*s.BYLINES)),
            Way("a.xml", between(b"<rss><item><title>a</title><author>", b"</author></item></rss>"), _texts(*s.BYLINES)),
        ],
        _NAMES,
    ),
}  # fmt: skip
