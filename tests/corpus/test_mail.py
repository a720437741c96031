"""Newsletters as mail: headers and parts in Chinese encodings, mbox files, and messages made to do harm."""

from __future__ import annotations

from email.header import Header
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from any_file import read_bytes, read_hostile

from newsearch.corpus.formats.mail import messages

HTML = """<html><body><div style="display:none">预览文字</div><table><tr><td><p>如无法正常显示，请在浏览器中查看</p></td></tr>
<tr><td><h2>本周要闻</h2><p>五月十七日上午，便民桥正式通车。</p><p>老人推着三轮车第一个走了过去。</p></td></tr>
<tr><td>不想再收到？点此退订</td></tr></table></body></html>"""


def letter(charset: str = "utf-8", subject: str = "茶山周刊第十二期：桥通车了", text: str = "见网页版。") -> bytes:
    message = MIMEMultipart("alternative")
    message["Subject"] = Header(subject, charset)
    message["From"] = str(Header("茶山周刊", charset)) + " <news@example.org>"
    message["Date"] = "Sat, 18 May 2024 00:30:00 +0800"
    message["Message-ID"] = "<1@example.org>"
    message.attach(MIMEText(text, "plain", charset))
    message.attach(MIMEText(HTML, "html", charset))
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030"])
@pytest.mark.parametrize("name", ["a.eml", "a.txt", "1716000000.M1.host"])
def test_a_letter(charset: str, name: str, tmp_path: Path) -> None:
    found = read_bytes(tmp_path, name, letter(charset))
    article = found.article
    assert (article.title, str(article.date), article.source) == (
        "茶山周刊第十二期：桥通车了",
        "2024-05-18",
        "茶山周刊",
    )
    assert article.body == "本周要闻\n五月十七日上午，便民桥正式通车。\n老人推着三轮车第一个走了过去。"
    assert found.account and found.account.format == "mail"


def test_a_letter_in_big5(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "x", "news@example.tw", "2 Sep 2023 14:32:00 +0800"
    message.set_content("颱風逼近，花蓮港封港。\n", charset="big5")
    content = message.as_bytes().replace(b"Subject: x", b"Subject: =?big5?B?" + _base64("花蓮港封港", "big5") + b"?=")
    article = read_bytes(tmp_path, "a.eml", content).article
    assert (article.title, str(article.date), article.source) == ("花蓮港封港", "2023-09-02", "news@example.tw")
    assert article.body == "颱風逼近，花蓮港封港。"


def _base64(text: str, encoding: str) -> bytes:
    from base64 import b64encode

    return b64encode(text.encode(encoding))


def test_a_character_broken_over_two_words_of_a_header(tmp_path: Path) -> None:
    from base64 import b64encode

    raw = "便民桥通车".encode("gbk")
    subject = b"=?gbk?B?" + b64encode(raw[:5]) + b"?=\r\n =?gbk?B?" + b64encode(raw[5:]) + b"?="
    content = b"From: a@b.c\r\nDate: Sat, 18 May 2024 00:30:00 +0800\r\nSubject: " + subject + b"\r\n\r\nbody\r\n"
    assert read_bytes(tmp_path, "a.eml", content).article.title == "便民桥通车"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_that_should_not_be_in_a_header(encoding: str, tmp_path: Path) -> None:
    subject = "便民桥正式通车，大家都很高兴"
    content = f"From: a@b.c\r\nDate: x\r\nSubject: {subject}\r\n\r\n桥通车了，大家都很高兴。\r\n".encode(encoding)
    article = read_bytes(tmp_path, "a.eml", content).article
    assert (article.title, article.date, article.body) == (subject, None, "桥通车了，大家都很高兴。")


def test_plain_text_that_says_more(tmp_path: Path) -> None:
    text = (
        "五月十七日上午，清水县白石镇的便民桥正式通\n车，桥头没有剪彩。\n\n"
        + "第二段说的是别的事情，也很长。\n" * 6
        + "\n-- \n签名\n"
    )
    article = read_bytes(tmp_path, "a.eml", letter(text=text)).article
    assert article.body.startswith("五月十七日上午，清水县白石镇的便民桥正式通车，桥头没有剪彩。\n第二段")
    assert "签名" not in article.body


@pytest.mark.parametrize(
    ("subject", "title"), [("Re: 桥", "桥"), ("转发：Fwd: 桥", "桥"), ("回复: 桥", "桥"), ("Region: 桥", "Region: 桥")]
)
def test_subjects(subject: str, title: str, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.eml", letter(subject=subject)).article.title == title


def test_quotations_are_left_out(tmp_path: Path) -> None:
    html = (
        "<p>看看这一篇，写得很好，我读了两遍，推荐给大家。</p><blockquote type='cite'><p>原文在这里。</p></blockquote>"
    )
    message = MIMEText(html, "html", "utf-8")
    message["From"], message["Date"], message["Subject"] = "a@b.c", "Sat, 18 May 2024 00:30:00 +0800", "x"
    article = read_bytes(tmp_path, "a.eml", message.as_bytes()).article
    assert article.body == "看看这一篇，写得很好，我读了两遍，推荐给大家。"


def test_attachments_are_left_out(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Date"], message["Subject"] = "a@b.c", "Sat, 18 May 2024 00:30:00 +0800", "桥"
    message.set_content("桥通车了。")
    message.add_attachment("附件里的话。", filename="a.txt")
    assert read_bytes(tmp_path, "a.eml", message.as_bytes()).article.body == "桥通车了。"


def test_mbox(tmp_path: Path) -> None:
    start = b"From news@example.org Sat May 18 00:30:00 2024\n"
    body = b"From: a@b.c\nDate: Sat, 18 May 2024 00:30:00 +0800\nSubject: two\n\nfirst line\n>From here on\n>>From deeper\nFrom inside\n"
    empty = b"X: 1\n\n"
    content = start + letter("gbk") + b"\n\n" + start + body + b"\n" + start + empty + b"\n" + start + letter()
    for name in ("a.mbox", "inbox"):
        found = read_bytes(tmp_path, name, content)
        assert [article.title for article in found.articles] == [
            "茶山周刊第十二期：桥通车了",
            "two",
            "茶山周刊第十二期：桥通车了",
        ]
        assert "From here on" in found.articles[1].body
        assert "From inside" in found.articles[1].body
        assert found.rejections[0].reason == (
            "message 3: a message without subject and text"
        )


def test_a_message_of_an_mbox_that_is_too_large() -> None:
    lines = [b"From a\n", b"x" * 90 + b"\n", b"y" * 90 + b"\n", b"\n", b"From b\n", b"z\n"]
    assert list(messages(iter(lines), 100)) == [None, b"z\n"]


def test_hostile_mail(tmp_path: Path) -> None:
    head = b"From: a@b.c\r\nDate: Sat, 18 May 2024 00:30:00 +0800\r\nSubject: x\r\n"
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(20_000))
    files = {
        "nested.eml": head + nested,
        "parts.eml": head + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 200_000,
        "header.eml": head + b"To: " + b"a <a@b.c>, " * 500_000 + b"\r\n\r\nx",
        "subject.eml": b"From: a@b.c\r\nDate: x\r\nSubject: " + b"=?gbk?B?xOO6ww==?= " * 200_000 + b"\r\n\r\nx",
        "folded.eml": head + b"X: 1\r\n" * 200_000 + b"\r\nx",
        "quoted.eml": head + b"Content-Type: text/html\r\n\r\n" + b"<blockquote type=cite>" * 200_000,
        "divs.eml": head + b"Content-Type: text/html\r\n\r\n" + b"<div " * 500_000,
        "letters.mbox": b"From a Sat May 18 00:30:00 2024\n" + (head + b"\r\nx\r\n\r\nFrom a\r\n") * 5_000,
        "charset.eml": head + b"Content-Type: text/plain; charset=idna\r\n\r\nx",
        "base64.eml": head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 3_000_000,
    }
    outcomes, memory = read_hostile(tmp_path, files)
    assert {name: outcome.seconds for name, outcome in outcomes.items() if outcome.seconds > 5} == {}
    assert memory < 256 << 20
    assert [name for name, outcome in outcomes.items() if not outcome.bodies and not outcome.reasons] == []


def test_a_year_that_is_too_long(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, "a.eml", b"Subject: a\nDate: Sat, 18 May 99999999999999999999 10:00\n\nb\n")
    assert found.article.date is None
