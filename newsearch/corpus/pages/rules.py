"""Every rule that takes part in reading a page, by name: what it does and a page on which it does it.

Decisions and furniture name their rule as it stands here; `README.md` in this folder is made from this table by
`python -m newsearch.corpus.pages`, and a test holds each rule to its example.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """`does` says what the rule does and why, in one line; it is the reason that decisions give. A form feed parts the
    pages of an `example` that needs two."""

    name: str
    does: str
    example: str


_BRIDGE = "## 村里修了新桥\n\n桥修好了，大家都很高兴，放学的孩子不用再绕远路。"
_SCHOOL = "学生回到学校上课，老师说一切都好，操场也修好了。"
_CUT = "今年以来，县总工会在县报和电视台上为大家开辟了一个劳模专"
_CROSSING = (
    "## 以党建引领生态\n\n市生态环境局抓实党建工作，湘江水质保持稳定，其中一季度国控地表水环境水质改善率居全\n\n"
    "### 织牢禁毒安全网\n\n禁毒办结合防控要求创新开展禁毒宣传活动，向过往群众发放禁毒宣传折页，让更多群众了解毒品危害。\n\n"
    "省第一；受污染耕地安全利用率达标，生态环境局项目建设、防范化解环境风险、水质问题整改等工作达到预期目标。"
)

#: By part: titles and what stands around them; who wrote it and when; text; articles on several pages; furniture.
PARTS = {
    "Titles": (
        Rule("title heading", "a heading of the level that the page's titles have", _BRIDGE),
        Rule("title by byline", "an author line or a dateline stands right below it", f"村里修了新桥\n\n本报记者 张三\n\n{_SCHOOL}"),
        Rule("title after a signature", "a lesser heading, or a line set apart, after an article has been signed", f"{_BRIDGE}（张三）\n\n### 学校开学\n\n{_SCHOOL}"),
        Rule("title that cuts in", "a lesser heading inside a sentence that goes on further down is another article's title", _CROSSING),
        Rule("title cut off soon", "only the beginning of a sentence stands below it; the rest comes further down", f"## 劳模上电视\n\n县总工会为大家开辟了一个劳模专\n\n## 学校开学\n\n{_SCHOOL}\n\n题宣传栏目，大力宣传劳模精神，县总工会的职工都爱看劳模。\n\n{_BRIDGE}"),
        Rule("title without markup", "a line set apart that ends no sentence, with text below, on a page without headings", f"学校今天全部开学上课了\n\n{_SCHOOL * 2}"),
        Rule("notice title", "what notices are called: 通告, 启事, 声明", f"停水通告\n\n{_SCHOOL}"),
        Rule("kicker with colon", "a short line that ends in a colon, right above a title, is its kicker", f"清河：\n\n{_BRIDGE}"),
        Rule("kicker heading", "a lesser heading right above a title is its kicker", f"### 清河县扎实为民办事\n\n{_BRIDGE}"),
        Rule("kicker line", "a short line right above a title, where no sentence is open, is its kicker", f"清河县扎实为民办事\n\n{_BRIDGE}"),
        Rule("subtitle", "a line with a dash right below a title is the first line of the article", "## 村里修了新桥\n\n——清河县小曹村见闻\n\n桥修好了。"),
        Rule("untitled text", "text that no title stands above begins an article without one", "村里的新桥修好了，大家都很高兴，还放了两串鞭炮庆祝。"),
        Rule("only title", "the only heading of a page is a title, however short the text below it", "## 村里修了新桥\n\n桥修好了"),
        Rule("subhead", "a lesser heading inside an article", f"{_BRIDGE}\n\n### 桥上的人\n\n桥上人来人往，十分热闹，大家都说新桥好。"),
        Rule("subhead below a title", "a lesser heading right below a title, before any text", "## 村里修了新桥\n\n### 桥上的人\n\n人来人往，十分热闹。"),
        Rule("numbered subhead", "a heading that is counted (一、, （二）, 3.) is a subhead, whatever its level", f"{_BRIDGE}\n\n## 二、桥上的人\n\n人来人往，十分热闹。"),
        Rule("subhead with colon", "a heading that ends in a colon introduces what stands below it", f"{_BRIDGE}\n\n## 名单如下：\n\n- 张三"),
        Rule("subhead without markup", "a short line inside an article, with its text below", f"{_BRIDGE}\n\n桥上的人\n\n{_SCHOOL}"),
        Rule("list", "the lines of a list stay lines of the article", f"{_BRIDGE}\n\n- 东街\n- 西街"),
    ),
    "Authors and dates": (
        Rule("byline", "names below a title, with or without what they are, are its authors", "## 新桥\n\n张三 李四\n\n桥修好了。"),
        Rule("date below title", "a line below a title that is only a day is its article's date; the page tells the year", f"清河日报 2024年5月1日 第3版\n\n## 新桥\n\n4月29日\n\n{_SCHOOL}"),
        Rule("names at the end", "names at the end of an article, in brackets or in a line of their own, are its authors", "## 新桥\n\n桥修好了。（张三）"),
        Rule("dateline", "the reporters whom the beginning of an article names", "## 新桥\n\n本报讯（记者 张三）桥修好了。"),
        Rule("signature", "who issued a notice, and the day, which is the article's date", f"{_BRIDGE}\n\n清河县交通局\n2024年5月1日"),
        Rule("below a signature", "short lines below a signature belong to the page", f"{_BRIDGE}\n\n清河县交通局\n2024年5月1日\n\n争当文明市民"),
        Rule("page date", "the date of a running head is that of the articles if the file's name has none", f"清河日报 2024年5月1日 第3版\n\n{_BRIDGE}"),
    ),
    "Text": (
        Rule("column cut", "a paragraph that stops inside a sentence goes on in the next one", f"## 劳模上电视\n\n{_CUT}\n\n题宣传栏目，大力宣传劳动精神。"),
        Rule("hyphen", "a Latin word that was broken at a hyphen is put together", f"## 新桥\n\n{_CUT}，名为inter-\n\nnational，大家都说好。"),
        Rule("wrapped lines", "lines of about one length are one paragraph", "## 新桥\n\n五月十七日上午，小曹村的便民桥正式通\n车。桥头没有剪彩，村民自发挂了两串鞭\n炮。"),
        Rule("given back", "text below another article goes on with the sentence in which an earlier one was cut off", _CROSSING),
    ),
    "Articles on several pages": (
        Rule("continued on", "下转第3版: the article goes on on that page", f"{_BRIDGE}（下转第3版）"),
        Rule("continued from", "上接第1版: the text goes on with an article of that page", f"## 新桥\n\n（上接第1版）{_SCHOOL}"),
        Rule("joined across pages", "the pieces of one issue whose marks answer each other are one article", f"清河日报 2024年5月1日 第1版\n\n{_BRIDGE}（下转第3版）\f清河日报 2024年5月1日 第3版\n\n（上接第1版）{_SCHOOL}"),
    ),
    "Furniture": (
        Rule("running head", "names the paper and the day", f"清河日报 2024年5月1日 星期三\n\n{_BRIDGE}"),
        Rule("folio", "the page's number, alone or with the section's name", f"{_BRIDGE}\n\n第3版 要闻"),
        Rule("section name", "a heading above a page's first title that only names the section", f"# 要闻\n\n{_BRIDGE}"),
        Rule("editors", "who made the page", f"{_BRIDGE}\n\n责任编辑：张三　美编：李四"),
        Rule("contact", "how to reach the paper", f"{_BRIDGE}\n\n新闻热线：0743-8222222"),
        Rule("caption", "says what a picture shows or who took it", f"{_BRIDGE}\n\n图为新修的桥。张三 摄"),
        Rule("image", "a picture or a comment in the markup", f"{_BRIDGE}\n\n![](images/bridge.jpg)"),
        Rule("banner", "announces an advertisement", f"{_BRIDGE}\n\n公益广告"),
        Rule("banner words", "short lines below such an announcement are the advertisement's", f"{_BRIDGE}\n\n公益广告\n\n节约用水 从我做起"),
        Rule("advertisement", "sells something, in few words", f"{_BRIDGE}\n\n清河家居广场盛大开业，全场五折起，抢购热线：8111111，地址：人民路18号"),
        Rule("separator", "a line of signs", f"{_BRIDGE}\n\n* * *"),
        Rule("slogan heading", "a heading without text below it", f"{_BRIDGE}\n\n# 圆我中国梦 福到家家门"),
        Rule("short line", "a few words that go with no article", f"{_BRIDGE}\n\n争当文明市民"),
    ),
}  # fmt: skip

RULES = {rule.name: rule for rules in PARTS.values() for rule in rules}


def reason(name: str) -> str:
    """Why a rule does what it does, in one line. Raises KeyError for a name that is no rule's."""
    return RULES[name].does


def as_markdown() -> str:
    """The table as `README.md` shows it."""
    lines = [
        "# The rules by which pages are read",
        "",
        "`newsearch explain FILE` says which of them did what on a page. Made from `rules.py`; a test runs every example.",
    ]
    for part, rules in PARTS.items():
        lines += ["", f"## {part}", "", "| Rule | What it does | Example |", "|---|---|---|"]
        for rule in rules:
            example = re.sub(r"\s*\n\s*", " ⏎ ", rule.example.replace("\f", "\n⇒ ")).replace("|", "\\|")
            shown = example if len(example) <= 90 else example[:89] + "…"
            lines.append(f"| {rule.name} | {rule.does} | `{shown}` |")
    return "\n".join(lines) + "\n"
