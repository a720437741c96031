"""The blocks of a page → those that are the article.

Each block is worth something: its letters if it reads like prose, less than nothing if it is a link, a label or one
of the lines that sites put around articles. The article is the element whose blocks are worth the most together
(Pasternack and Roth, Extracting Article Text from the Web with Maximum Subsequence Segmentation, WWW 2009, on the tree
instead of the sequence), so short answers and subheads between paragraphs come with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from newsearch.corpus.web.flow import HEADINGS, Block, place_of
from newsearch.corpus.web.rules import (
    AROUND,
    AROUND_TAGS,
    AUTHORS,
    BODIES,
    BYLINE,
    COMMENTS,
    CREDIT,
    DESK,
    ENDS,
    LEADS,
    LINE_RULES,
    PHOTOGRAPHER,
    POSTED,
    SOURCES,
    SUMMARY,
    TAIWAN_ALONE,
    TAIWAN_LINE,
    TEASER,
)

# What a block costs that is no prose, and what a block is worth more for being a sentence of its own.
_LABEL = 5.0
_PROSE = re.compile(r"[，。！？；,.!?;：:”」]")
_WHEN = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}:\d{2}")
_WHERE = re.compile(
    r"(?:来源|來源|作者|记者|記者|发布时间|发布日期|发表于|时间|日期|编辑|字体|字号|浏览|阅读|点击)\s*[:：\d]|\d{1,2}:\d{2}"
)
_STAMP = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?\s+(?=\S{10})")
_LETTERS = re.compile(r"[^\W_]")
# Letters that make a line prose without a mark; letters of prose without which there is no article.
_LONG = 40
_ENOUGH = 12
# Letters of prose of a short article, and how many times as many there must be elsewhere to look there.
_SHORT = 100
_MUCH_MORE = 4
# Lines above a text that may say when and where it was published.
_MOST_IMPRINT = 8
# What a well-known element must have of the best one's worth to be preferred, and an end of what stands before it.
_WELL_KNOWN = 0.5
_COLUMN = 0.5
# How much of a line inside an article is a link if it leads to another one: 另一厢：芙蓉红毛丹下周上市
_LINK = 0.7
# Letters of a sentence between the title and the text that is said of the article.
_LEAD = 12
_SENTENCE_END = re.compile("[。！？][”’」』）]?$")
_MOST_BEFORE_END = 0.4
_RANKS = {name.lower(): rank for rank, name in enumerate(BODIES)}


def article_blocks(root: etree._Element, found: Sequence[Block], title: str = "") -> list[Block]:
    """Of the blocks of a page those of its article, without its title; none if nothing reads like one."""
    article = _article(root, found, title, AROUND)
    if _prose(article) >= _SHORT:
        return article
    # Some sites call the element of the text what others call that of an advertisement.
    again = _article(root, found, title, COMMENTS)
    return again if _prose(again) > _MUCH_MORE * _prose(article) else article


def _prose(article: Sequence[Block]) -> int:
    return sum(len(block.text) - block.linked for block in article if _PROSE.search(block.text))


def _article(root: etree._Element, found: Sequence[Block], title: str, around_names: re.Pattern[str]) -> list[Block]:
    """The blocks of the article, when what is called by `around_names` surrounds articles."""
    # What the title stands in surrounds nothing, whatever it is called.
    named = [block.element for block in found if title and _bare(block.text) == _bare(title) and not block.linked]
    surrounds = {element: False for inner in named[:1] for element in (inner, *inner.iterancestors())}
    worths = [_worth(block, title, surrounds, around_names) for block in found]
    elements = list(root.iter(etree.Element))
    totals = dict.fromkeys(elements, 0.0)
    for block, worth in zip(found, worths, strict=True):
        totals[block.element] += worth
    for element in reversed(elements):
        parent = element.getparent()
        if parent is not None and element is not root:
            totals[parent] += totals[element]
    best = _richest(elements, totals)
    if totals[best] <= 0:
        return []
    if named:  # what stands in one column with the title comes before other columns
        column = next((e for e in named[0].iterancestors() if totals[e] >= _COLUMN * totals[best]), root)
        best = _richest(list(column.iter(etree.Element)), totals)
    best = _with_siblings(best, found, worths)
    known = _well_known(totals, totals[best])
    best = best if known is None else known  # an element without children is false
    around = set(best.iter())
    inside = [(block, worth) for block, worth in zip(found, worths, strict=True) if block.element in around]
    kept = _before_end([(b, w) for b, w in inside if not _is_aside(b, best, surrounds) and not is_boilerplate(b.text)])
    prose = sum(len(_LETTERS.findall(block.text)) for block, worth in kept if worth > 0)
    article = [block for block, _ in kept if _bare(block.text) != _bare(title)] if prose >= _ENOUGH else []
    article = _without_imprint(article)
    return [*_lead(article, found, worths, title), *article] if article and named else article


def _with_siblings(best: etree._Element, found: Sequence[Block], worths: Sequence[float]) -> etree._Element:
    """The element that is worth most, or the one around it if that is but one paragraph of several of its make: lists
    of links below a short article cost more than the other paragraphs are worth."""
    parent, inside = best.getparent(), set(best.iter())
    if parent is None or any(block.element in inside and block.element is not best for block in found):
        return best
    others = any(
        worth > 0
        and block.element is not best
        and block.element.getparent() is parent
        and (block.tag, block.place) == (best.tag, place_of(best))
        for block, worth in zip(found, worths, strict=True)
    )
    return parent if others else best


def _lead(article: Sequence[Block], found: Sequence[Block], worths: Sequence[float], title: str) -> list[Block]:
    """The sentences between the title and the element of the text, those that the text does not begin with."""
    first = next(index for index, block in enumerate(found) if block is article[0])
    start = next((index for index in range(first, -1, -1) if _bare(found[index].text) == _bare(title)), first)
    text = _bare("".join(block.text for block in article[:_MOST_IMPRINT]))
    return [
        block
        for block, worth in zip(found[start + 1 : first], worths[start + 1 : first], strict=True)
        if worth >= _LEAD
        and _SENTENCE_END.search(block.text)
        and not _is_imprint(block.text)
        and not SUMMARY.match(block.text)
        and _bare(block.text) not in text
    ]


def is_boilerplate(line: str) -> bool:
    """Whether a line is about the page: editors, sharing, rights, neighbours."""
    return len(line) < 400 and bool(LINE_RULES.fullmatch(line.strip(" \u3000")))


def _without_imprint(article: list[Block]) -> list[Block]:
    """An article without the lines above its text that say when, where and by whom it was published, or below it."""
    heads = (index for index, block in enumerate(article[:_MOST_IMPRINT]) if _is_label(block.text))
    labels = [index for index, label in enumerate(heads) if index == label]  # labels from the first line on
    dated = [index for index in labels if _is_imprint(article[index].text)]
    begin = dated[-1] + 1 if dated else 0
    # A label may have its value in a line of its own.
    valued = dated and article[begin - 1].text.endswith((":", "：")) and len(article[begin:]) > 1
    article = article[begin + (1 if valued and len(article[begin].text) <= _LEAD else 0) :]
    head = [block for block in article[:_MOST_IMPRINT] if not _is_byline_of_taiwan(block.text)]
    article = head + article[_MOST_IMPRINT:]
    if len(article) > 1 and _is_summary(article[0].text, article[1].text):
        del article[0]
    while article and (_is_imprint(article[0].text) or (_is_label(article[0].text) and _is_credit(article[0]))):
        del article[0]
    if article and (stamp := _STAMP.match(article[0].text)):
        article[0].text = article[0].text[stamp.end() :]
    while len(article) > 1 and (BYLINE.match(article[-1].text) or CREDIT.fullmatch(article[-1].text)):
        del article[-1]
    return article


def _is_byline_of_taiwan(text: str) -> bool:
    return bool(TAIWAN_ALONE.fullmatch(text) or DESK.fullmatch(text))


def _is_summary(text: str, following: str) -> bool:
    """Whether a text is but the beginning of the paragraph that follows."""
    return _LEAD <= len(text) < len(following) and following.startswith(text)


def _is_credit(block: Block) -> bool:
    """Whether a line above the text is called the author or the source by its element."""
    called = (block.element.get("id") or "", *(block.element.get("class") or "").split())
    return any(name.lower() in SOURCES or AUTHORS.search(name) for name in called)


def _is_label(line: str) -> bool:
    return len(line) <= 60 and not re.search("[。！？，；]", line)


def _is_imprint(line: str) -> bool:
    """Whether a line above the text says when, where and by whom it was published."""
    if len(line) > 100 or "。" in line:
        return False
    if BYLINE.match(PHOTOGRAPHER.split(line, maxsplit=1)[0]) or (_is_label(line) and CREDIT.fullmatch(line)):
        return True
    if len(line) <= 60 and TAIWAN_LINE.search(line) and not re.search("[，；]", line):
        return True
    return bool(_WHEN.search(line) and (len(line) <= 30 or _WHERE.search(line))) or bool(_WHERE.match(line))


def _worth(block: Block, title: str, surrounds: dict[etree._Element, bool], around_names: re.Pattern[str]) -> float:
    letters = len(_LETTERS.findall(block.text))
    plain = letters - min(letters, block.linked)
    if _surrounded(block.element, surrounds, around_names):
        return -_LABEL
    if is_boilerplate(block.text) or ENDS.fullmatch(block.text) or (title and _bare(block.text) == _bare(title)):
        return -_LABEL
    if block.linked and TEASER.search(block.text):
        return -_LABEL
    if block.linked > plain:
        return -_LABEL - block.linked
    if block.tag in HEADINGS:
        return -1.0
    reads = _PROSE.search(block.text) and letters >= 6
    return float(plain) if reads or plain >= _LONG else -_LABEL


def _richest(elements: Sequence[etree._Element], totals: dict[etree._Element, float]) -> etree._Element:
    """The element that is worth most; of equals the last in the document: it is the innermost, or empty."""
    return max(reversed(elements), key=totals.__getitem__)


def _well_known(totals: dict[etree._Element, float], most: float) -> etree._Element | None:
    """The element by whose name the article is known, if it has enough of the page's prose."""
    known = [
        (rank, element)
        for element, total in totals.items()
        if total >= _WELL_KNOWN * most and (rank := _rank(element)) is not None
    ]
    return min(known, key=lambda pair: pair[0])[1] if known else None


def _rank(element: etree._Element) -> int | None:
    names = [str(element.tag), element.get("id") or "", *(element.get("class") or "").split()]
    ranks = [_RANKS[name.lower()] for name in names if name.lower() in _RANKS]
    if element.get("itemprop") == "articleBody":
        ranks.append(0)
    return min(ranks, default=None)


def _surrounded(element: etree._Element, surrounds: dict[etree._Element, bool], around_names: re.Pattern[str]) -> bool:
    """Whether an element lies in one that surrounds articles; `surrounds` remembers what was asked."""
    path = []
    above: etree._Element | None = element
    while above is not None and above not in surrounds:
        path.append(above)
        above = above.getparent()
    answer = above is not None and surrounds[above]
    for ancestor in reversed(path):
        answer = surrounds[ancestor] = answer or _is_around(ancestor, around_names)
    return answer


def _is_around(element: etree._Element, around_names: re.Pattern[str]) -> bool:
    if element.tag in AROUND_TAGS or element.get("role") in ("navigation", "complementary", "contentinfo", "banner"):
        return True
    if element.tag in ("body", "html", "article", "main"):
        return False
    return _rank(element) is None and any(around_names.search(element.get(name) or "") for name in ("id", "class"))


def _is_aside(block: Block, best: etree._Element, surrounds: dict[etree._Element, bool]) -> bool:
    """Whether a block inside the article's element is not of it: it lies in a box, or is nothing but links."""
    if block.linked and LEADS.match(block.text) and 2 * block.linked >= len(block.text):
        return True
    if (
        block.linked
        and block.linked >= _LINK * len(_LETTERS.findall(block.text))
        and not re.search(r"[。！？]", block.text)
    ):
        return True
    return surrounds.get(block.element, False) and not surrounds.get(best, False)


def _before_end(kept: list[tuple[Block, float]]) -> list[tuple[Block, float]]:
    """Cuts what follows 相关阅读 and the like, unless the greater part of the prose does."""
    posts = [index for index, (block, _) in enumerate(kept) if POSTED.search(block.text[:40])]
    if len(posts) > 1:
        kept = kept[: posts[1]]
    whole = sum(max(worth, 0.0) for _, worth in kept)
    before = 0.0
    for index, (block, worth) in enumerate(kept):
        if ENDS.fullmatch(block.text) and before >= _MOST_BEFORE_END * whole:
            return kept[:index]
        before += max(worth, 0.0)
    return [(block, worth) for block, worth in kept if not ENDS.fullmatch(block.text)]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
