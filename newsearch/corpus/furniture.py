"""What stands on a newspaper page and is no article: a table of named rules, tried in order.

A rule sees one block of text without its markup. A layout that is new to us is one new row here and one golden page.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """`longest` is the most characters a block may have for the rule to apply."""

    name: str
    expression: re.Pattern[str]
    longest: int


_PAPER = r"(?:[日晚早晨周时商]报|都市报|[日晚早晨週時商]報|快报|导报|新报|团结报|青年报|工人报|农民报|新闻网|周刊)"
_DATE = r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"

RULES = (
    Rule("running head", re.compile(rf"^(?!.*[。！？，])(?:.*{_DATE}.*(?:星期|版|{_PAPER})|.*(?:版|{_PAPER}|星期).*{_DATE})", re.DOTALL), 60),
    Rule("folio", re.compile(r"^(?:第\s*)?[A-Z]?\d{1,3}\s*版(?:\s.{0,12})?$|^\d{1,3}$|^\d{1,2}\s*[·\s]\s*[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]{2,4}\s*·\s*\d{1,2}$|^第[一二三四五六七八九十]+版$"), 20),
    Rule("editor", re.compile(r"^[【\[]?(?:本版|本期|今日)?(?:责任编辑|责编|编辑|美编|美术编辑|版式|校对|组版|值班|责校|审校|统筹|視覺|責任編輯|責編|編輯|美編|校對|執行主編|主编|主編)\s*[:：]"), 80),
    Rule("contact", re.compile(r"^(?:(?:新闻|要闻|读者|投稿|广告|發行|发行)(?:热线|熱線|电话|電話|信箱|邮箱)|國內統一刊號|国内统一刊号)\s*[:：]"), 80),
    Rule("caption", re.compile(r"^(?:[▲▼◀▶△↑↓←→]|图为|圖為|图[一二三①②③\d]+[:：]|[（(]?资料图)|(?:(?<![拍录航])摄|(?<![拍錄航])攝|供图|供圖|摄影报道|翻拍|制图|製圖)\s*[）)]?$"), 110),
    Rule("banner", re.compile(r"^(?:图说|圖說|公益广告|公益廣告|廣告|广告|图片新闻|讲文明\s*树新风|我们的价值观|我們的價值觀|社会主义核心价值观|中国梦|广而告之|图说我们的价值观)$"), 20),
    Rule("separator", re.compile(r"^[\s*\-_=—·•.…~～☆★◆■□●○※]+$"), 200),
)  # fmt: skip

#: Rules after which short lines without a sentence belong to the furniture too: an advertisement's own words.
OPENING_RULES = {"banner"}
#: Rules whose blocks name the paper, the day and the section.
HEAD_RULES = {"running head", "folio"}


def furniture(block: str, is_text: bool = True) -> str:
    """The name of the rule that keeps a block out of every article, "" if it may belong to one. Of a list (`is_text`
    false) only separators are told."""
    text = block.strip()
    for rule in RULES if is_text else RULES[-1:]:
        if len(text) <= rule.longest and rule.expression.search(text):
            return rule.name
    return ""
