"""HTML in a text → the text."""

from __future__ import annotations

import time

import pytest

from newsearch.corpus.markup import is_markup, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一\n二</p><p>三&nbsp;四<br/>五</p>", "一二\n三 四\n五"),
        ("<P>one\ntwo</P>\n\n<P CLASS='x'>three</P>", "one two\nthree"),
        ("<div>一<script>var a = '<p>';</script><style>p{}</style></div>二", "一\n二"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td></tr></table>", "甲 1\n乙"),
        ("他说<b>“好”</b>\n\n第二段", "他说“好”\n第二段"),
        ("甲&nbsp;乙\n&ldquo;丙&rdquo; &#20843;&#x516B;", "甲 乙\n“丙” 八八"),
        ("&lt;p&gt;甲&lt;/p&gt;&lt;p&gt;乙&lt;/p&gt;", "甲\n乙"),
        ("<p>写作 &lt;p&gt; 的标记</p>", "写作 <p> 的标记"),
        ("一<!-- 二 --><br>三", "一\n三"),
        ("<p>一<img src='a.jpg' alt='图'>二<a href=\"x?a=1&b=2\">三</a>", "一二三"),
        ("<p>\ud83d\ude00\ud800 \0x</p>", "😀\ufffd x"),
        ("<p></p>", ""),
        ("<p>一 <b>没有完", "一 没有完"),
        ("<br>", ""),
    ],
)
def test_text_of_markup(markup: str, text: str) -> None:
    assert is_markup(markup)
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    "text", ["", "a < b, c > d", "<甲>乙", "3<5 & 7>6", "R&D；AT&T", "《<新闻>》", "x <pre-> y", "&c;"]
)
def test_no_markup(text: str) -> None:
    assert not is_markup(text)


@pytest.mark.parametrize(
    "markup",
    ["<p>" * 3_000_000, "<div>x" * 100_000 + "完", "<!--" * 1_000_000 + "<p>", "<" * 3_000_000 + "<p>", "<p " * 1_000_000,
     "&nbsp;" * 1_000_000, "&amp" * 500_000 + "<p>", "<script>" * 300_000 + "x", "汉\n" * 2_000_000 + "<p>",
     "<p" + " " * 3_000_000, "<a b='" * 100_000 + "<p>"],
    ids=lambda markup: markup[:8].strip(),
)  # fmt: skip
def test_hostile_markup_takes_no_long_time(markup: str) -> None:
    started = time.process_time()
    if is_markup(markup):
        plain_text(markup)
    assert time.process_time() - started < 5


def test_deep_markup_loses_nothing() -> None:
    assert plain_text("<div>一" * 5000 + "完").replace("\n", "") == "一" * 5000 + "完"
