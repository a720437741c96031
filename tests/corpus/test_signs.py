"""What a beginning gives away, and what it does not."""

from __future__ import annotations

import pytest

from newsearch.corpus.signs import sure_format


@pytest.mark.parametrize(
    ("sample", "format"),
    [
        (b"%PDF-1.4\n", "pdf"),
        (b"\n\n%PDF-1.4\n", "pdf"),
        (b"<!DOCTYPE html>", "html"),
        (b"\xef\xbb\xbf <HTML lang=zh>", "html"),
        ("\ufeff<!DOCTYPE html><p>桥".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "feed"),
        (b"<?xml version='1.0'?>\n<!-- made by hand -->\n<feed xmlns='x'>", "feed"),
        (b"<rdf:RDF xmlns='x'>", "feed"),
        (b"<?xml version='1.0'?><catalog>", None),
        (b"From a@b.c Sat May 18 00:30:00 2024\nSubject: x\n", "mail"),
        (b"Return-Path: <a@b.c>\nReceived: from x\n\tby y\nFrom: a@b.c\n\n", "mail"),
        (b"From here to there it is a long way.\nTime: 2024\n", None),
        (b"From: a\nTo: b\nSubject: c\n\ntext", None),
        (b"PK\x03\x04" + bytes(22) + b"\x08\0\0\0mimetypeapplication/epub+zip", "epub"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(90) + b"word/document.xml", "docx"),
        (b"PK\x03\x04" + bytes(26) + b"news.txt", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx"),
        (b"{\\rtf1", "docx"),
        (b'{"title": "x"}', None),
        ("# 标题\n\n<html> 是一种标记".encode(), None),
        ("桥通车了。".encode(), None),
        (b"<b>x</b>", None),
        (b"", None),
    ],
)  # fmt: skip
def test_signs(sample: bytes, format: str | None) -> None:
    assert sure_format(sample) == format
