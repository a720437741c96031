"""What stands on a newspaper page and is no article: a table of named shapes, tried in order.

A shape sees one block without its markup, in simplified characters and half-width digits (`Block.plain`). A layout that
is new to us is one new row here, one in `newsearch.corpus.pages.rules` and one golden page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsearch.corpus.facts.byline import author_line, end_authors, is_name
from newsearch.corpus.pages.blocks import Block, Kind
from newsearch.corpus.pages.continued import take_marks


class Shape(NamedTuple):
    """`longest` is the most characters a block may have for the rule to apply."""

    rule: str
    expression: re.Pattern[str]
    longest: int


class Furniture(NamedTuple):
    """Something on a page that is in no article: its text, the number of its first line, and the rule that told it."""

    rule: str
    text: str
    line: int


_PAPER = r"(?:[日晚早晨周时商]报|都市报|快报|导报|新报|团结报|青年报|工人报|农民报|新闻网|周刊)"
_DATE = r"(?:民国(?:\d{1,3}|[〇○零一二三四五六七八九十百]{1,6})年[^。日]{2,8}日|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
_PAGE = r"(?:第?\s*[A-Z]?\d{1,3}\s*版|第[一二三四五六七八九十]+版)"
_DESK = r"责任编辑|美术编辑|版面编辑|图片编辑|视觉编辑|新媒体编辑|执行主编|责编|编辑|美编|版式|组版|排版|校对|责校|审校|值班编委|值班主任|值班总编|值班|统筹|视觉|主编|监制|编审|审核|审读|检校|策划|制版"
_SECTION = "要闻|头版|综合|综合新闻|时政|时评|评论|民生|社会|经济|财经|文化|文体|体育|教育|健康|法治|国内|国际|国内新闻|国际新闻|本地|县域|乡村|三农|副刊|专版|专题|专刊|天下|视点|关注|深度|科技|旅游|读者|服务|理论|党建|工会|政法|生态|人物|图片|影像|读者来信|来信|来信选登|百姓心声|港闻|两岸|生活|社区|校园"
_BANNER = r"图说|公益广告|广告|图片新闻|讲文明\s*树新风|我们的价值观|社会主义核心价值观|中国梦|广而告之|图说我们的价值观|遗失声明栏|分类广告|分类信息|便民信息"

SHAPES = (
    Shape("image", re.compile(r"^(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|<!--.*-->)$", re.DOTALL), 400),
    Shape("separator", re.compile(r"^[\s*\-_=—·•.…~～☆★◆■□●○※]+$"), 200),
    Shape("running head", re.compile(rf"^(?!.*[。！？，])(?:.*{_DATE}.*(?:星期|版|{_PAPER})|.*(?:版|{_PAPER}|星期).*{_DATE})", re.DOTALL), 60),
    Shape("running head", re.compile(rf"^[\u4e00-\u9fff]{{2,6}}{_PAPER}\s*[|丨·\s]\s*{_PAGE}?\s*[\u4e00-\u9fff]{{0,6}}\s*$|^{_DATE}\s*(?:星期.|农历.{{2,8}}|\s)*$|^星期[一二三四五六日天]\s+{_DATE}"), 40),
    Shape("folio", re.compile(rf"^{_PAGE}(?:[\s:|丨·/]*[\u4e00-\u9fff]{{0,12}})?$|^(?:-\s*)?\d{{1,3}}(?:\s*-)?$|^[A-Z]?\d{{1,2}}\s*(?:[·|丨\s])\s*[\u4e00-\u9fff]{{2,4}}$|^[\u4e00-\u9fff]{{2,4}}\s*[·|丨]\s*[A-Z]?\d{{1,2}}(?:版)?$|^[A-Z]\d{{1,2}}$|^今日\d{{1,3}}版$|^(?:{_SECTION})\s+{_PAGE}$"), 20),
    Shape("editors", re.compile(rf"^[【\[(（■●▲]?\s*(?:本版|本期|今日)?(?:{_DESK})\s*[:：/／|丨]"), 80),
    Shape("editors", re.compile(rf"^[【\[(（■●▲]?\s*(?:本版|本期|今日)?(?:{_DESK})\s+[\u4e00-\u9fff]{{2,4}}(?:[\s、]+(?:{_DESK}|[\u4e00-\u9fff]{{2,4}}))*\s*[】\])）]?$"), 80),
    Shape("contact", re.compile(r"^(?:(?:新闻|要闻|读者|投稿|广告|发行|订阅|订报|爆料|服务|监督|本报|编辑部)(?:热线|专线|电话|信箱|邮箱|地址|部)|投稿邮箱|电子信箱|国内统一(?:连续出版物)?刊?号|邮发代号|报社地址|本报地址|零售价|定价|印刷)\s*[:：]|^国内统一(?:连续出版物|刊)号|^邮发代号|^(?:总第|第)\s*\d{3,6}\s*期$|^CN\s*\d{2}-\d{4}|^[\w.-]{1,40}@[\w.-]{1,40}$"), 100),
    Shape("caption", re.compile(r"^(?:[▲▼◀▶△▽↑↓←→⬆⬇]|[(（]?图为|图[一二三四①②③④\d]+[:：]|[(（]?资料图|[(（]?[上下左右本]图[:：为]|图片说明)|(?:(?<![拍录航])摄|供图|摄影报道|翻拍|制图|绘图|配图|图片由[\u4e00-\u9fff]{2,12}提供)\s*[）)]?$"), 130),
    Shape("banner", re.compile(rf"^[【\[]?(?:{_BANNER})[】\]]?$"), 20),
)  # fmt: skip
# Of a list only separators are told; a heading is never a caption.
_NO_TEXT = {Kind.LIST: {"separator"}, Kind.HEADING: {"running head", "folio", "editors", "banner"}}

#: Rules after which short lines without a sentence belong to the furniture too: an advertisement's own words.
OPENING_RULES = {"banner"}
#: Rules whose blocks name the paper, the day and the section.
HEAD_RULES = {"running head", "folio"}

_LONGEST_HEAD = 60
_HEAD = re.compile(
    rf"(?:[\u4e00-\u9fff][ \u3000]*){{1,7}}(?:报|周刊)(?:[·|丨 \u3000].*)?$|(?:总?第?\s*\d{{1,5}}\s*期|[A-Z]?\d{{1,2}}\s*[‧·|]|(?:[\u4e00-\u9fff]{{2,8}}\s+)?(?:首席)?(?:{_DESK})\s*[:：/\s]|主[办管]\s*[:：]|国内统一|农历|新?闻?网址\s*[:：]|E-?mail\s*[:：]|今日.{{0,4}}\d+版|[^。]{{0,24}}{_DATE})"
)
_SELLING = re.compile(
    r"电话|热线|地址|咨询|优惠|抢购|开盘|折起|特价|特惠|招商|招租|代理|加盟|微信|二维码|扫码|欢迎(?:选购|光临|惠顾|品鉴)|隆重|盛大|钜惠|直降|满减|包邮|元起"
)
_SECTION_NAME = re.compile(rf"(?:{_SECTION})(?:新闻|版|周刊|专刊|广场)?")


def shape(found: Block, below_title: bool = False) -> str:
    """The name of the rule that keeps a block out of every article, "" if it may belong to one. Right below a title,
    who took the pictures is an author."""
    text = found.plain.strip()
    if any(take_marks(text)[1]):
        return ""  # ◀上接第1版 is no caption
    only = _NO_TEXT.get(found.kind)
    for row in SHAPES:
        if len(text) <= row.longest and (only is None or row.rule in only) and row.expression.search(text):
            credits = row.rule == "caption" and below_title and text[:1] not in "▲▼◀▶△▽↑↓←→⬆⬇"
            credits = credits and not re.search(r"[\u4e00-\u9fff]\s*摄[)）]?$", text)
            return "" if credits and author_line(text) else row.rule
    return ""


def is_marked_item(found: Block, beside: Block | None) -> bool:
    """Whether a paragraph that begins with a sign, as captions do, is an item of several: one beside it begins so too."""
    mark, text = found.plain[:1], found.plain
    same = beside is not None and beside.kind is Kind.TEXT and beside.plain[:1] == mark and mark in "▲▼△▽"
    return same and "。" in text and not re.search(r"^.\s*图[一二三四\d:：]|图为|供图|摄\s*[)）]?$", text)


def is_photo_news(found: Block, above: Block | None, title: Block | None, below: Block | None) -> bool:
    """Whether what reads like a caption is all the text that a title has: who took the picture stands at its end, or
    in a line right below."""
    if above is None or not (below is None or below.kind is Kind.HEADING):
        return False
    if above.kind is Kind.HEADING:
        return "。" in found.text and bool(end_authors(found.text)[1])
    two = above.kind is Kind.TEXT and title is not None and title.kind is Kind.HEADING
    return two and above.last_line + 1 == found.line and "。" in above.text and bool(author_line(found.text))


def names_paper(text: str) -> bool:
    """Whether a short text at the head of a page begins with the paper's name, or says no more than its number and who
    publishes it. `text` is plain."""
    return len(text) <= _LONGEST_HEAD and bool(_HEAD.match(text)) and not re.search("[。！？，]", text)


def is_advertisement(found: Block, in_banner: bool) -> bool:
    """Whether a paragraph sells something: several of an advertisement's words in little text. Fewer are
    enough below the word 广告."""
    if found.kind is Kind.HEADING or len(found.plain) > 160:
        return False
    words = set(_SELLING.findall(found.plain))
    return len(words) >= (1 if in_banner and "。" not in found.plain else 3)


def is_section_name(text: str) -> bool:
    """Whether a heading names a part of the paper rather than an article: 要闻, 综合新闻, 清河日报. `text` is plain."""
    bare = text.strip(" 【】[]·|■●◆")
    return bool(
        _SECTION_NAME.fullmatch(bare) or re.fullmatch(rf"[\u4e00-\u9fff]{{1,5}}{_PAPER}", bare)
    ) and not is_name(bare)
