"""PDF files made here with reportlab: what is read from them, and that no file can hang, fill or crash the reader."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from any_file import given, read_bytes, read_hostile

from newsearch.corpus.limits import LIMITS
from newsearch.corpus.pdf import child, process
from newsearch.corpus.pdf.layout import Line, in_order, paragraphs, without_running_heads

canvas = pytest.importorskip("reportlab.pdfgen.canvas")

FERRY = "清早六点半，白石渡口的最后一班摆渡船靠了岸。从今天起，两岸的人过河改走新桥，撑了四十一年船的老周把缆绳盘好，挂在了老屋的屋檐下。"
BRIDGE = "新桥全长二百一十六米，双向两车道，两侧留了人行道。工程从立项到通车用了两年零三个月，比原计划提前了四十天。"
SCHOOL = "学生回到学校上课，食堂改用集中配送，家长可以在手机上看到每天的菜单。校长说，第一天没有一个孩子剩饭，这是往年从来没有过的。"


def pdf(draw: Callable[..., None], font: str = "STSong-Light", **options) -> bytes:
    """A PDF file that `draw` draws."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(font))
    target = io.BytesIO()
    sheet = canvas.Canvas(target, invariant=True, **options)
    draw(sheet, font)
    sheet.save()
    return target.getvalue()


def write(sheet, font: str, text: str, left: float, top: float, size: float = 10.5, width: int = 20) -> float:
    """Writes a wrapped text; where the next line would stand."""
    sheet.setFont(font, size)
    for start in range(0, len(text), width):
        sheet.drawString(left, top, text[start : start + width])
        top -= 1.5 * size
    return top


def newspaper(sheet, font: str) -> None:
    """Two pages in two columns, an article each, with running heads and page numbers."""
    for number, (title, texts) in enumerate(
        [("白石渡口通桥记", (FERRY, BRIDGE)), ("学校开学第一天", (SCHOOL, BRIDGE))], 1
    ):
        write(sheet, font, "江口日报 2024年5月18日 星期六", 50, 815, 9, 40)
        write(sheet, font, f"- {number} -", 290, 20, 9)
        write(sheet, font, title, 150, 760, 22)
        for column, text in enumerate(texts):
            write(sheet, font, "\u3000\u3000" + text, 50 + 260 * column, 700)
        sheet.showPage()


def test_a_newspaper(tmp_path: Path) -> None:
    for name in ("a.pdf", "a.txt", "a"):
        found = read_bytes(tmp_path, name, pdf(newspaper))
        assert [(a.title, str(a.date)) for a in found.articles] == [
            ("白石渡口通桥记", "2024-05-18"), ("学校开学第一天", "2024-05-18"),
        ]  # fmt: skip
        assert [a.body.replace("\n", "") for a in found.articles] == [FERRY + BRIDGE, SCHOOL + BRIDGE]
        assert found.account and found.account.format == "pdf"


def test_one_article_over_two_pages(tmp_path: Path) -> None:
    def draw(sheet, font: str) -> None:
        write(sheet, font, "便民桥通车了", 150, 760, 20)
        write(sheet, font, "何大江", 50, 720)
        write(sheet, font, "\u3000\u3000" + FERRY[:40], 50, 690)
        sheet.showPage()
        write(sheet, font, FERRY[40:], 50, 690)
        write(sheet, font, "\u3000\u3000" + BRIDGE, 50, 690 - 1.5 * 10.5 * 2)

    article = read_bytes(tmp_path, "a.pdf", pdf(draw)).article
    assert (article.title, article.authors, article.body) == ("便民桥通车了", ("何大江",), f"{FERRY}\n{BRIDGE}")


def test_traditional_characters(tmp_path: Path) -> None:
    content = pdf(lambda sheet, font: write(sheet, font, "颱風逼近花蓮港封港", 50, 700), "MSung-Light")
    assert read_bytes(tmp_path, "a.pdf", content).article.title == "颱風逼近花蓮港封港"


def test_reasons(tmp_path: Path) -> None:
    def draw(sheet, font: str) -> None:
        write(sheet, font, FERRY, 50, 700)

    assert (
        "run OCR first"
        in read_bytes(tmp_path, "a.pdf", pdf(lambda sheet, _: sheet.rect(50, 50, 99, 99, fill=1))).reason
    )
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf(draw, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    assert read_bytes(tmp_path, "a.pdf", locked).reason == "an encrypted PDF; save it without a password first"
    for content in (b"%PDF-1.4\n", b"%PDF-1.4\n" + bytes(range(256)) * 40, b"not a PDF"):
        assert read_bytes(tmp_path, "a.pdf", content).reason == "a damaged PDF, which cannot be opened"


def test_pages_without_text_among_others(tmp_path: Path) -> None:
    def draw(sheet, font: str) -> None:
        write(sheet, font, FERRY, 50, 700)
        sheet.showPage()
        sheet.rect(50, 50, 99, 99, fill=1)

    found = read_bytes(tmp_path, "a.pdf", pdf(draw))
    assert found.article.body == FERRY or found.article.title
    assert found.account and found.account.warnings == ("without a text layer: page 2",)


def test_the_title_of_the_file(tmp_path: Path) -> None:
    def draw(sheet, font: str) -> None:
        sheet.setTitle("渡口的故事")
        write(sheet, font, FERRY + BRIDGE, 50, 700)

    assert read_bytes(tmp_path, "a.pdf", pdf(draw)).article.title == "渡口的故事"


def test_the_child_in_this_process() -> None:
    import pypdfium2

    most = child.Most(pages=9, characters=9999, seconds=4, memory=1 << 28)
    head, first, second = child.pages(pdf(newspaper), pypdfium2, most)
    assert head["pages"] == 2
    assert [line[0].strip() for line in first["lines"]][:3] == [
        "江口日报 2024年5月18日 星期六",
        "- 1 -",
        "白石渡口通桥记",
    ]
    assert second["page"] == 1
    assert list(child.pages(b"x", pypdfium2, most)) == [{"error": "damaged"}]


def test_what_is_left_out_names_the_limit(tmp_path: Path) -> None:
    content = pdf(newspaper)
    for limits, reason in (
        ({"pages": 1}, "more than 1 pages; the rest is left out; --limit pages=NUMBER takes in more"),
        ({"text": 9}, "more text than 9 bytes; the rest is left out; --limit text=SIZE takes in more"),
    ):
        found = given(tmp_path, "a.pdf", content, limits=LIMITS._replace(**limits))
        assert (found.reasons, len(found.articles) > 0) == ([reason], True)
    needy = page_with(b" " * (60 << 20))
    assert "--limit memory=SIZE" in given(tmp_path, "a.pdf", needy, limits=LIMITS._replace(memory=20 << 20)).reasons[0]


def test_a_page_that_takes_long_names_the_limit() -> None:
    reason = process._trouble(-14, b"", 2, 9, 2, LIMITS._replace(seconds=7))
    assert reason == (
        "page 3 takes more than 7 seconds to read; it and what follows is left out; --limit seconds=NUMBER takes in more"
    )


def line(text: str, left: float, top: float, size: float = 10, right: float | None = None) -> Line:
    return Line(text, left, top - size, right if right is not None else left + size * len(text), top)


def test_reading_order() -> None:
    columns = [line(f"{c}{n}" + "字" * 10, 50 + 150 * c, 700 - 15 * n) for n in range(5) for c in range(3)]
    title = line("标题" * 10, 60, 760, 20)
    foot = line("脚注" * 20, 50, 500)
    expected = [title, *sorted(columns, key=lambda line: (line.left, -line.top)), foot]
    assert in_order([foot, *columns, title]) == expected
    assert in_order([]) == []
    assert len(in_order([line("字", n % 50, n) for n in range(5000)])) == 5000


def test_running_heads() -> None:
    pages = [
        (
            800.0,
            [
                line("江口日报", 50, 790),
                line(f"第{n}版", 500, 790),
                line(f"正文{'甲乙丙'[n]}", 50, 400),
                line(str(n), 300, 20),
            ],
        )
        for n in range(3)
    ]
    kept, heads = without_running_heads(pages)
    assert [[one.text for one in page] for page in kept] == [["正文甲"], ["正文乙"], ["正文丙"]]
    assert "江口日报" in heads
    kept, heads = without_running_heads([(800.0, [line("只有一次的话", 50, 790)])])
    assert kept == [[line("只有一次的话", 50, 790)]] and heads == []


def test_indents_that_are_places_begin_paragraphs() -> None:
    texts = [
        "这一段从缩进的地方开始，一直写到这里",
        "为止，它有两行。",
        "另一段也是从缩进的地方开始，写到这里",
        "为止。",
    ]
    page = [line(text, 70 if n % 2 == 0 else 50, 700 - 15 * n, right=250) for n, text in enumerate(texts)]
    assert [p.text for p in paragraphs([page])] == [texts[0] + texts[1], texts[2] + texts[3]]


def raw(*objects: bytes) -> bytes:
    """A PDF file with these objects, numbered from 1; the first is its catalogue."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(body),
    )


def page_with(stream: bytes, packed: bool = True) -> bytes:
    """A file of one page with this content."""
    data = zlib.compress(stream, 9) if packed else stream
    content = b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), b"/Filter/FlateDecode" if packed else b"", data)
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>", content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 8>>stream\n/X Do /X Do\nendstream",
    )  # fmt: skip


def test_hostile_pdf_files(tmp_path: Path) -> None:
    bomb = zlib.compress(zlib.compress(b" " * (250 << 20), 9), 9)
    files = {
        "loop.pdf": raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "kids.pdf": raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>", b"<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R>>"),
        "self.pdf": page_with(b"/X Do " * 1000),
        "operators.pdf": page_with(b"q 1 0 0 1 0 0 cm 0 0 9 9 re f Q\n" * 1_000_000),
        "text.pdf": page_with(b"BT /F 9 Tf 9 9 Td " + b"(abcdefghij) Tj 1 0 Td " * 600_000 + b"ET"),
        "bomb.pdf": page_with(b" " * (200 << 20)),
        "double.pdf": raw(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(bomb), bomb),
        ),
        "nested.pdf": raw(b"<</Type/Catalog/Pages 2 0 R/A " + b"[" * 1_000_000 + b">>"),
        "cut.pdf": pdf(newspaper)[:2500],
    }  # fmt: skip
    outcomes, memory = read_hostile(tmp_path, files)
    assert {name: outcome.seconds for name, outcome in outcomes.items() if outcome.seconds > 6} == {}
    assert memory < 256 << 20
    assert [name for name, outcome in outcomes.items() if not outcome.bodies and not outcome.reasons] == []
