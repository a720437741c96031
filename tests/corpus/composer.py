"""Newspaper pages made of whole articles, disordered in every way that real pages are, with the articles as the truth.

`compose` makes an issue of one or two pages from a random generator and a pool of articles (title and paragraphs). Every
article of the truth carries the kinds of disorder that it went through, so that scores can be told apart by kind.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

FAMILY = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏飞凯浩宇轩子涵欣怡梓思佳雨晨一诺博文嘉志国建春海燕晓峰云山林立新永生德才"
TOWNS = [
    "清河县",
    "东山县",
    "白石镇",
    "双岔乡",
    "望江区",
    "临湖市",
    "麻柳镇",
    "石桥县",
    "鹿鸣镇",
    "桃溪乡",
    "向阳街道",
    "黄荆镇",
]
PAPERS = ["清河日报", "东山晚报", "江城晨报", "望江时报", "临湖早报"]


@dataclass
class Truth:
    """An article as it was before it was put on a page; `kinds` are what was done to it."""

    title: str
    paragraphs: list[str]
    authors: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass
class Issue:
    """One page, or two between which an article is continued; `truths` are by page."""

    pages: list[str]
    truths: list[list[Truth]]
    numbers: list[int]


def person(rng: random.Random) -> str:
    return rng.choice(FAMILY) + "".join(rng.choice(GIVEN) for _ in range(rng.choice([1, 2, 2])))


def people(rng: random.Random) -> list[str]:
    return list(dict.fromkeys(person(rng) for _ in range(rng.choice([1, 1, 2, 3]))))


def cut(rng: random.Random, text: str, margin: int = 8) -> int:
    """A place inside a sentence, 0 if none was found."""
    for _ in range(40):
        if len(text) <= 2 * margin:
            return 0
        place = rng.randrange(margin, len(text) - margin)
        if text[:12].find("讯（") + text[:16].find("电（") > -2 and place <= text.index("）"):
            continue
        if text[place - 1] in "。！？；…”：" or text[place] in "”』》）" or text[place - 1 : place + 1].isascii():
            continue
        return place
    return 0


class Page:
    """One page in the making: the ways in which this paper sets its articles."""

    def __init__(self, rng: random.Random, number: int) -> None:
        self.rng = rng
        self.number = number
        self.style = rng.choice(["##", "##", "##", "#", "###", "lead", "none", "bold"])
        self.columns = rng.choice([0.1, 0.3, 0.5])
        self.wraps = rng.random() < 0.12
        self.blocks: list[str] = []
        self.truths: list[Truth] = []

    # Titles and what stands around them

    def heading(self, text: str, deeper: int = 0) -> str:
        if self.style == "none":
            return text
        if self.style == "bold":
            return f"**{text}**"
        mark = "##" if self.style == "lead" and (self.truths or deeper) else "#" if self.style == "lead" else self.style
        return f"{mark}{'#' * deeper} {text}"

    def title(self, truth: Truth, crossing: bool = False, alone: bool = True) -> None:
        rng = self.rng
        kicker = rng.random() < (0.5 if crossing else 0.15)
        deeper = 1 if crossing and kicker and self.style not in ("none", "bold") and rng.random() < 0.6 else 0
        if kicker:
            form = rng.choice(["colon", "colon", "heading"]) if not crossing else "colon"
            if form == "heading" and self.style in ("none", "bold"):
                form = "colon"
            if form == "colon" and self.style != "none":
                self.blocks.append(rng.choice(TOWNS) + "：")
                truth.kinds.add("kicker with colon")
            elif form == "heading":
                self.blocks.append(self.heading(f"{rng.choice(TOWNS)}扎实推进重点工作", 1))
                truth.kinds.add("kicker heading")
        self.blocks.append(self.heading(truth.title, deeper))
        truth.kinds.add(f"headings {self.style}")
        if alone and self.style in ("##", "#", "lead") and not crossing and rng.random() < 0.1:
            line = f"——{rng.choice(TOWNS)}见闻"
            self.blocks.append(rng.choice([line, self.heading(line, 1)]))
            truth.paragraphs.insert(0, line)
            truth.kinds.add("subtitle")

    def byline(self, truth: Truth, required: bool = False, at_end: bool | None = None) -> str:
        """Sets an author line below the title, or returns what stands at the end of the article."""
        rng = self.rng
        forms = [
            "none",
            "names",
            "roles",
            "picture",
            "framed",
            "dateline",
            "glued",
            "own",
            "glued roles",
            "bare",
            "credit",
        ]
        if required:
            forms = ["names", "roles", "picture", "framed", "dateline"]
        elif at_end is not None:
            forms = ["glued", "own", "glued roles"] if at_end else ["none", "names", "roles", "dateline"]
        form = rng.choice(forms)
        truth.kinds.add(f"byline {form}")
        if form == "none":
            return ""
        names = people(rng)
        truth.authors = names
        spaced = [f"{name[0]}　{name[1]}" if len(name) == 2 and rng.random() < 0.3 else name for name in names]
        first, others = spaced[0], spaced[1:]
        roles = f"本报记者 {first}" + (f" 通讯员 {' '.join(others)}" if others else "")
        match form:
            case "names":
                line = rng.choice(["　", " ", "、"]).join(names)
                self.blocks.append(line if len(names) > 1 else spaced[0])
            case "roles":
                self.blocks.append(rng.choice([roles, roles.replace("本报记者", "记者"), f"□ {roles}", f"（{roles}）"]))
            case "picture":
                self.blocks.append(rng.choice([f"{roles} 文/图", f"文/图 {' '.join(names)}", f"{roles} 摄影报道"]))
            case "framed":
                self.blocks.append(
                    rng.choice(
                        [f"■ {' '.join(names)}", f"◎{roles}", f"[{' '.join(names)}]", f"作者：{' '.join(names)}"]
                    )
                )
            case "dateline":
                roles = f"记者 {names[0]}" + (f" 通讯员 {' '.join(names[1:])}" if names[1:] else "")
                begin = rng.choice(["本报讯", "本报讯", "本报望江讯", "新华社北京7月1日电"])
                truth.paragraphs[self.lead(truth)] = f"{begin}（{roles}）{truth.paragraphs[self.lead(truth)]}"
            case "glued":
                return rng.choice(["（{}）", "({})"]).format(" ".join(names))
            case "glued roles":
                return f"（{roles}）".replace("　", "")
            case "own":
                return "\n" + rng.choice(["（{}）", "({})"]).format(" ".join(names))
            case "bare":
                return "\n" + " ".join(names)
            case "credit":
                return "\n" + f"（{roles} 文/图）".replace("　", "")
        return ""

    @staticmethod
    def lead(truth: Truth) -> int:
        return 1 if truth.paragraphs[0].startswith("——") else 0

    # Text

    def text(self, paragraphs: Sequence[str], rate: float | None = None) -> list[str]:
        """Paragraphs as blocks, some cut by a column, on some pages wrapped."""
        rng, blocks = self.rng, []
        for paragraph in paragraphs:
            place = (
                cut(rng, paragraph, 12)
                if len(paragraph) > 50 and rng.random() < (self.columns if rate is None else rate)
                else 0
            )
            for part in (paragraph[:place], paragraph[place:]) if place else (paragraph,):
                blocks.append(wrapped(part) if self.wraps else part)
        return blocks

    def end(self, blocks: list[str], end: str) -> None:
        if end.startswith("\n"):
            blocks.append(end[1:])
        elif end:
            blocks[-1] += end
        self.blocks += blocks

    def plain(self, truth: Truth) -> None:
        """An article that stands for itself."""
        rng = self.rng
        self.title(truth)
        end = self.byline(truth, required=self.style == "none")
        body = list(truth.paragraphs)
        lead = self.lead(truth)
        if lead:
            body = body[1:]
        kind = rng.choice(["none", "none", "marked", "bold", "plain", "numbered"]) if len(body) > 2 else "none"
        if kind in ("marked", "numbered") and self.style in ("none", "bold"):
            kind = "bold" if self.style == "none" else "none"
        if kind == "bold" and self.style == "bold":
            kind = "none"
        if kind == "plain" and self.style == "none":
            kind = "none"
        blocks: list[str] = []
        if kind != "none":
            truth.kinds.add(f"subheads {kind}")
            body = body[:1] + [
                part for number, each in enumerate(body[1:]) for part in self.subhead(number, kind, each)
            ]
            truth.paragraphs = truth.paragraphs[:lead] + [each.lstrip("\0") for each in body]
        for each in body:
            if not each.startswith("\0"):
                blocks += self.text([each])
            elif kind in ("marked", "numbered"):
                blocks.append(self.heading(each[1:], 1))
            else:
                blocks.append(f"**{each[1:]}**" if kind == "bold" else each[1:])
        if rng.random() < 0.2 and len(blocks) > 2:
            blocks.insert(rng.randrange(1, len(blocks)), caption(rng))
            truth.kinds.add("caption inside")
        if self.columns:
            truth.kinds.add("columns")
        if self.wraps:
            truth.kinds.add("wrapped")
        self.end(blocks, end)
        self.truths.append(truth)

    def subhead(self, number: int, kind: str, paragraph: str) -> list[str]:
        """A paragraph with a subhead above it, if its beginning makes one."""
        match = re.match(r"[\u4e00-\u9fff]{4,12}(?=[，。])", paragraph)
        if not match or self.rng.random() < 0.4:
            return [paragraph]
        ordinal = "一二三四五六七八九十"[number % 10] + "、" if kind == "numbered" else ""
        return [f"\0{ordinal}{match[0]}{self.rng.choice(['', '开新局', ' 群众得实惠'])}", paragraph]

    # Articles across each other

    def crossing(self, first: Truth, second: Truth) -> bool:
        """`second` cuts `first` inside a sentence; below it `first` goes on. False if no place was found."""
        rng = self.rng
        number = rng.randrange(len(first.paragraphs))
        place = cut(rng, first.paragraphs[number])
        if not place:
            return False
        form = rng.choice(["whole", "whole", "signed", "cut", "woven"])
        self.title(first, alone=False)
        end = self.byline(first, required=self.style == "none", at_end=None if self.style != "none" else False)
        above = [*first.paragraphs[self.lead(first) : number], first.paragraphs[number][:place]]
        below = [first.paragraphs[number][place:], *first.paragraphs[number + 1 :]]
        self.blocks += [*self.text(above[:-1]), above[-1]]
        self.truths.append(first)
        self.title(second, crossing=True)
        ending = self.byline(second, required=self.style == "none", at_end=form == "signed")
        paragraphs = list(second.paragraphs)
        rest = self.text(below)
        if form == "cut" and (stop := cut(rng, paragraphs[-1])):
            paragraphs[-1] = second.paragraphs[-1] = paragraphs[-1][:stop]
        woven: list[str] = []
        if form == "woven" and (stop := cut(rng, paragraphs[-1])):
            woven = [paragraphs[-1][stop:]]
            paragraphs[-1] = paragraphs[-1][:stop]
        inner = [*self.text(paragraphs[:-1]), paragraphs[-1]]
        if form == "signed":
            self.end(inner, ending)
        else:
            self.blocks += inner
        self.end(rest, end)
        self.blocks += woven
        for truth, side in ((first, "cut in two"), (second, "laid across")):
            truth.kinds |= {f"crossing: {side}", f"crossing {form}"}
        self.truths.append(second)
        return True

    def notice(self) -> None:
        rng = self.rng
        town = rng.choice(TOWNS)
        issuer = town + rng.choice(["自来水公司", "公安局交通警察大队", "城市管理局", "供电公司"])
        day = rng.choice(["2023年4月{}日", "二〇二三年四月{}日"])
        day = day.format(rng.randint(1, 28)) if day[0] == "2" else day.format(rng.choice("一二三四五六七八九十"))
        body = f"因{rng.choice(['管道检修', '设备更新', '道路改造'])}需要，我单位定于2023年4月{rng.randint(20, 29)}日起在下列地段作业，给您带来的不便敬请谅解，请受影响的单位和居民提前做好准备，相互转告。"
        listed = [
            f"{number}.{rng.choice(['解放', '人民', '建设', '新华'])}路{rng.randint(1, 40)}号至{rng.randint(50, 90)}号"
            for number in range(1, rng.randint(3, 5))
        ]
        truth = Truth(
            rng.choice(["通告", "公告", "停水公告", "关于道路封闭施工的通告"]),
            [body, "范围如下：", *listed, issuer, day],
            [],
            {"notice"},
        )
        self.blocks.append(self.heading(truth.title))
        self.blocks += self.text([body])
        self.blocks.append(self.heading("范围如下：", 1) if self.style not in ("none", "bold") else "范围如下：")
        self.blocks.append("\n".join(("- " if rng.random() < 0.6 else "") + each for each in listed))
        self.blocks.append(f"{issuer}  \n{day}")
        self.truths.append(truth)


def wrapped(text: str, width: int = 24) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def caption(rng: random.Random) -> str:
    who = person(rng)
    return rng.choice(
        [f"▲图为活动现场。 {who} 摄", f"图为工作人员在现场忙碌。（{who} 摄）", f"↑村民在地里采摘蔬菜。{who} 摄", f"{who} 摄", "（资料图片）", f"图①：新修的水渠。通讯员 {who} 摄", "![](images/0312.jpg)"]
    )  # fmt: skip


def furniture(rng: random.Random, number: int) -> tuple[list[str], list[str]]:
    """Blocks for the head and the foot of a page."""
    paper = rng.choice(PAPERS)
    head = rng.choice(
        [
            [f"{paper} 2023年4月16日 星期日 第{number}版 综合"],
            [f"第{number}版 要闻"],
            [f"2023年4月16日 星期日 责任编辑：{person(rng)}"],
            [f"0{number} 综合 {paper} 2023年4月16日 星期日"],
            [f"A{number:02}", "2023年4月16日 星期日"],
            [],
        ]
    )
    foot: list[str] = []
    if rng.random() < 0.6:
        names = [person(rng) for _ in range(3)]
        foot.append(
            rng.choice(
                [
                    "责任编辑：{} 版式：{} 校对：{}",
                    "本版责编 {} 美编 {} 校对 {}",
                    "责编/{} 美编/{} 审校/{}",
                    "编辑：{}　校对：{}　版式：{}",
                ]
            ).format(*names)
        )
    if rng.random() < 0.3:
        foot.append(
            rng.choice(
                ["新闻热线：0743-8222222", "投稿邮箱：news@example.com", "本报地址：清河县人民路1号 邮编：416000"]
            )
        )
    if rng.random() < 0.5:
        foot += rng.choice(
            [
                ["公益广告", "讲文明 树新风", "# 文明健康 绿色环保"],
                [
                    "图说",
                    "我们的价值观",
                    "友诚敬爱法公平自和文民富  \n善信业国治正等由谐明主强",
                    "# 圆我中国梦 福到家家门",
                ],
                ["广告", "珍惜每一滴水", "节约用水 从我做起"],
                ["广告", "清河家居广场 全场五折起 抢购热线：0743-8111111 地址：人民路18号"],
                ["* * *", "3"],
            ]
        )
    return head, foot


def compose(seed: int, pool: Sequence[tuple[str, list[str]]], traditional: object = None) -> Issue:
    """An issue from a seed. `traditional` converts the pages of a part of the seeds (opencc's `convert`)."""
    rng = random.Random(seed)
    pages = [Page(rng, 1)]
    picks = [Truth(title, list(paragraphs)) for title, paragraphs in rng.sample(list(pool), rng.randint(3, 6))]
    for page in pages:
        _fill(page, picks)
    if rng.random() < 0.2:
        pages.append(_continue(rng, pages[0], pool))
    texts, truths = [], []
    for page in pages:
        head, foot = furniture(rng, page.number)
        if len(pages) > 1:
            head = [f"清河日报 2023年4月16日 星期日 第{page.number}版 综合"]
        texts.append("\n\n".join([*head, *page.blocks, *foot]) + "\n")
        truths.append(page.truths)
    if traditional is not None and rng.random() < 0.15:
        texts = [traditional(text) for text in texts]  # type: ignore[operator]
        for truth in [each for page in truths for each in page]:
            truth.title = traditional(truth.title)  # type: ignore[operator]
            truth.paragraphs = [traditional(each) for each in truth.paragraphs]  # type: ignore[operator]
            truth.authors = [traditional(each) for each in truth.authors]  # type: ignore[operator]
            truth.kinds.add("traditional")
    return Issue(texts, truths, [page.number for page in pages])


def _fill(page: Page, picks: list[Truth]) -> None:
    rng = page.rng
    crossed = False
    while picks:
        if not crossed and len(picks) > 1 and rng.random() < 0.6 and page.crossing(picks[0], picks[1]):
            crossed, picks[:2] = True, []
        else:
            page.plain(picks.pop(0))
        if rng.random() < 0.12:
            page.blocks.append(caption(rng))
    if rng.random() < 0.3:
        page.notice()


def _continue(rng: random.Random, first: Page, pool: Sequence[tuple[str, list[str]]]) -> Page:
    """A second page, on which an article of the first goes on."""
    second = Page(rng, rng.randint(2, 8))
    second.style = "##"
    fitting = [pick for pick in pool if len(pick[1]) >= 2]
    title, paragraphs = rng.choice(fitting)
    truth = Truth(title, list(paragraphs), [], {"continued"})
    number = rng.randrange(1, len(paragraphs))
    place = cut(rng, paragraphs[number]) if rng.random() < 0.5 else 0
    above = [*paragraphs[:number], *([paragraphs[number][:place]] if place else [])]
    below = [paragraphs[number][place:], *paragraphs[number + 1 :]]
    mark = rng.choice(["（下转第{}版）", "下转第{}版", "▶下转{}版", "(下转第0{}版)"]).format(second.number)
    first.blocks.append(first.heading(title) if first.style != "none" else f"## {title}")
    first.blocks += above[:-1]
    first.blocks += [above[-1] + mark] if mark[0] in "（(" and rng.random() < 0.7 else [above[-1], mark]
    first.truths.append(truth)
    mark = rng.choice(["（上接第1版）", "上接第一版", "◀上接1版"])
    others = [Truth(*rng.choice(pool)) for _ in range(2)]
    for other in others:
        other.paragraphs = list(other.paragraphs)
    second.plain(others[0])
    if rng.random() < 0.6:
        second.blocks.append(f"## {title[:10]}")
        second.blocks += [mark, below[0]] if rng.random() < 0.5 else [mark + below[0]]
    else:
        second.blocks += [mark + below[0]]
    second.blocks += below[1:]
    second.plain(others[1])
    return second


# Scores


def likeness(left: str, right: str) -> float:
    """F1 of the pairs of characters of two texts, blanks aside: 1 for the same text, whatever its paragraphs."""
    counts = []
    for text in (left, right):
        bare = re.sub(r"\s+", "", text)
        counts.append(Counter(pairwise(bare)))
    total = sum(counts[0].values()) + sum(counts[1].values())
    if not total:
        return float(left.split() == right.split())
    return 2 * (counts[0] & counts[1]).total() / total


@dataclass
class Score:
    """How one article came out; a missing one has 0 everywhere."""

    title: bool
    authors: bool
    body: float
    kinds: set[str]

    @property
    def value(self) -> float:
        return (self.title + self.authors + self.body) / 3


def score(truths: Sequence[Truth], found: Sequence[object]) -> list[Score]:
    """Pairs the articles found with those of the truth, by title, then by text. What is found too much counts as an
    article of the truth that was missed."""
    left = list(found)
    scores: list[Score] = []
    for truth in truths:
        same = [article for article in left if _bare(article.title) == _bare(truth.title)]  # type: ignore[attr-defined]
        best = max(same or left, key=lambda article: likeness(truth.body, article.body), default=None)  # type: ignore[attr-defined]
        if best is None or (not same and likeness(truth.body, best.body) < 0.3):  # type: ignore[attr-defined]
            scores.append(Score(False, False, 0.0, truth.kinds))
            continue
        left.remove(best)
        authors = list(best.authors) == truth.authors  # type: ignore[attr-defined]
        scores.append(Score(bool(same), authors, likeness(truth.body, best.body), truth.kinds))  # type: ignore[attr-defined]
    return scores + [Score(False, False, 0.0, {"extra"}) for _ in left]


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
