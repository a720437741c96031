"""Documents that are ZIP files inside: Word documents and books, and those made to do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from any_file import read_bytes, read_hostile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STYLES = f"""<w:styles {W}><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a2"><w:name w:val="标题 2"/></w:style>
<w:style w:styleId="t"><w:name w:val="Title"/></w:style><w:style w:styleId="n"><w:name w:val="Normal"/></w:style></w:styles>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>存着的标题</dc:title><dc:creator>潘海燕</dc:creator><dcterms:created>2024-05-17T01:00:00Z</dcterms:created></cp:coreProperties>"""


def packed(members: dict[str, str | bytes]) -> bytes:
    """A ZIP file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return target.getvalue()


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, core: str = CORE) -> bytes:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    members = {
        "[Content_Types].xml": types,
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "docProps/core.xml": core,
    }
    return packed(members)


LONG = "五月十七日上午，清水县白石镇小曹村的便民桥正式通车，桥头没有剪彩。"


@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a", "a.txt", "a.doc"])
def test_one_article(name: str, tmp_path: Path) -> None:
    body = (
        paragraph("便民桥通车了", "t")
        + paragraph("本报记者 何大江")
        + paragraph("2024年5月18日")
        + paragraph(LONG)
        + paragraph("老人第一个走了过去。")
    )
    found = read_bytes(tmp_path, name, docx(body))
    article = found.article
    assert (article.title, article.authors, str(article.date)) == ("便民桥通车了", ("何大江",), "2024-05-18")
    assert article.body == f"{LONG}\n老人第一个走了过去。"
    assert found.account and found.account.format == "docx"


def test_several_articles(tmp_path: Path) -> None:
    body = (
        paragraph("便民桥通车了", "a1")
        + paragraph(LONG)
        + paragraph("学校开学", "a1")
        + paragraph("学生回到学校上课，食堂也开了。")
    )
    found = read_bytes(tmp_path, "2024-05-18.docx", docx(body))
    assert [(a.title, a.body, str(a.date)) for a in found.articles] == [
        ("便民桥通车了", LONG, "2024-05-18"), ("学校开学", "学生回到学校上课，食堂也开了。", "2024-05-18"),
    ]  # fmt: skip


def test_subheads_make_no_articles(tmp_path: Path) -> None:
    body = (
        paragraph("便民桥通车了", "a1")
        + paragraph("桥", "a2")
        + paragraph(LONG)
        + paragraph("船", "a2")
        + paragraph("船不卖了。")
    )
    article = read_bytes(tmp_path, "a.docx", docx(body)).article
    assert (article.title, article.body) == ("便民桥通车了", f"桥\n{LONG}\n船\n船不卖了。")


def test_properties_tell_what_the_text_does_not(tmp_path: Path) -> None:
    article = read_bytes(tmp_path, "a.docx", docx(paragraph(LONG * 3))).article
    assert (article.title, article.authors, str(article.date)) == ("存着的标题", ("潘海燕",), "2024-05-17")
    assert str(read_bytes(tmp_path, "2020-01-02.docx", docx(paragraph(LONG))).article.date) == "2020-01-02"


def test_parts_of_paragraphs(tmp_path: Path) -> None:
    body = paragraph("标题", "t") + (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"
        "<w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格一</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>格二</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('框里')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{paragraph('框里')}</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>框外</w:t></w:r></w:p>"
    )  # fmt: skip
    assert read_bytes(tmp_path, "a.docx", docx(body)).article.body == "甲 乙\n丙增链\n格一\n格二\n框外\n框里"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx, without a password"),
        ("a.rtf", b"{\\rtf1\\ansi x}", "an RTF document; open it and save it as .docx"),
        ("a.docx", b"text", "not a Word document; open it"),
        ("a.docx", docx("")[:-30], "damaged: the file is cut off"),
        ("a.docx", docx(LONG)[:360] + bytes(30) + docx(LONG)[390:], "damaged"),
        ("a.docx", packed({"x": "y"}), "not a Word document: it has no word/document.xml"),
        ("a.docx", packed({"word/document.xml": "<w:p>"}), "not well-formed XML"),
        ("a.docx", docx(""), "no article in it"),
        ("a.epub", packed({"x": "y"}), "damaged: it has no META-INF/container.xml"),
    ],
)
def test_reasons(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    assert reason in read_bytes(tmp_path, name, content).reason


CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'


def epub(pages: dict[str, str], contents: dict[str, str] | None = None, extra: dict[str, str] | None = None) -> bytes:
    """A book with pages in this order, and a table of contents: title → page."""
    items = "".join(
        f'<item id="i{n}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n, _ in enumerate(pages))
    ncx = "".join(
        f'<navPoint><navLabel><text>{t}</text></navLabel><content src="{p}#x"/></navPoint>'
        for t, p in (contents or {}).items()
    )
    package = f"""<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>茶山文集</dc:title>
<dc:creator>顾小川</dc:creator><dc:date>2022-11-06</dc:date></metadata><manifest>{items}<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="toc">{spine}</spine></package>"""
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OPS/book.opf": package}
    members["OPS/toc.ncx"] = f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{ncx}</navMap></ncx>'
    return packed(members | {f"OPS/{name}": page for name, page in pages.items()} | (extra or {}))


def chapter(title: str, *texts: str) -> str:
    heading = f"<h1>{title}</h1>" if title else ""
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{heading}{"".join(f"<p>{t}</p>" for t in texts)}</body></html>'


@pytest.mark.parametrize("name", ["a.epub", "a.zip", "a.txt"])
def test_chapters(name: str, tmp_path: Path) -> None:
    pages = {
        "b.xhtml": chapter("山里的书店", "小时候没有书看。", "现在有了。"),
        "a b.xhtml": chapter("一条河", "这条河有两个名字。"),
    }
    found = read_bytes(tmp_path, name, epub({"cover.xhtml": chapter("")} | pages))
    assert [(a.title, a.body) for a in found.articles] == [
        ("山里的书店", "小时候没有书看。\n现在有了。"),
        ("一条河", "这条河有两个名字。"),
    ]
    assert {(a.source, a.authors, str(a.date)) for a in found.articles} == {("茶山文集", ("顾小川",), "2022-11-06")}


def test_the_table_of_contents_joins_and_names(tmp_path: Path) -> None:
    pages = {
        "1.html": chapter("", "第一章的开头写了这些。"),
        "2.html": chapter("", "第一章还没有完。"),
        "3.html": chapter("", "第二章在这里开始。"),
    }
    found = read_bytes(tmp_path, "a.epub", epub(pages, {"第一章": "1.html", "第二章": "3.html"}))
    assert [(a.title, a.body) for a in found.articles] == [
        ("第一章", "第一章的开头写了这些。\n第一章还没有完。"), ("第二章", "第二章在这里开始。"),
    ]  # fmt: skip


def test_a_locked_book(tmp_path: Path) -> None:
    locked = (
        '<encryption xmlns:e="x"><e:EncryptedData><e:EncryptionMethod Algorithm="{}"/></e:EncryptedData></encryption>'
    )
    pages = {"1.html": chapter("一", "这里有一些字。")}
    content = epub(
        pages, extra={"META-INF/encryption.xml": locked.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    )
    assert "DRM" in read_bytes(tmp_path, "a.epub", content).reason
    fonts = epub(pages, extra={"META-INF/encryption.xml": locked.format("http://www.idpf.org/2008/embedding")})
    assert read_bytes(tmp_path, "a.epub", fonts).article.title == "一"


def test_hostile_packed_files(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]>'
    word = docx(paragraph("桥"))
    lying = bytearray(docx(paragraph("桥" * 1000)))
    central = lying.rfind(b"PK\x01\x02", 0, lying.rfind(b"word/styles.xml"))
    lying[central + 24 : central + 28] = b"\x10\0\0\0"  # what it says to unpack to
    many = packed({f"{number}": b"" for number in range(60_000)})
    files = {
        "bomb.docx": packed({"[Content_Types].xml": "x", "word/document.xml": b"<a>" + b" " * (200 << 20)}),
        "bombs.epub": epub({f"{n}.html": "<p>" + " " * (20 << 20) for n in range(8)}),
        "laughs.docx": packed({"word/document.xml": laughs + "<x>&b;</x>"}),
        "file.docx": packed({"word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "deep.docx": docx("<w:p>" * 100_000),
        "attributes.docx": docx("<w:p " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
        "many.docx": many,
        "manyparagraphs.docx": docx(paragraph("桥") * 100_000),
        "manyheadings.docx": docx((paragraph("桥通车了", "a1") + paragraph(LONG)) * 3_000),
        "lying.docx": bytes(lying),
        "paths.epub": epub({"../../../../etc/passwd": chapter("一", "这里有一些字。")}),
        "locked.docx": word.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
        "manychapters.epub": epub({f"{n}.html": chapter(f"第{n}章", LONG) for n in range(4_000)}),
    }
    outcomes, memory = read_hostile(tmp_path, files)
    assert {name: outcome.seconds for name, outcome in outcomes.items() if outcome.seconds > 5} == {}
    assert memory < 256 << 20
    assert [name for name, outcome in outcomes.items() if not outcome.bodies and not outcome.reasons] == []
    assert outcomes["bomb.docx"].reasons == [
        "word/document.xml in it unpacks to more than 12 MB; --limit xml=SIZE takes in more"
    ]
    assert "entities" in outcomes["laughs.docx"].reasons[0] and "entities" in outcomes["file.docx"].reasons[0]
    assert outcomes["many.docx"].reasons == [
        "a document whose list of parts takes over an eighth of 16 MB; --limit directory=SIZE takes in more"
    ]
    assert "encrypted" in outcomes["locked.docx"].reasons[0]
    assert not any("root:" in body for outcome in outcomes.values() for body in outcome.bodies)
