"""Names that others give to the parts of an article → ours, and their values as Article takes them.

Newspapers' dumps, crawlers and feeds call one thing by many names: 标题, headline, title.rendered. NAMES is the table
of them; a name that is missing there is one more word here, or `--map NAME=FIELD`. Records that have only our own keys
are passed on as they are, and held to our own format.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from newsearch.article import KEYS, parse_date
from newsearch.corpus.facts.dates import find_date, number_date
from newsearch.corpus.markup import is_markup, plain_text
from newsearch.errors import BadArticle

#: Field → the names it goes by, the best first; case, spaces, hyphens and underscores do not count. `summary` stands
#: in for a body that is missing, `label` for a title of what has a body; `subtitle` is put before the body.
NAMES: dict[str, str] = {
    "title": "title 标题 標題 题目 題目 题名 題名 主标题 主標題 主题 主題 新闻标题 新聞標題 文章标题 文章標題 稿件标题 稿件標題 "
             "篇名 文题 信息标题 标题名称 headline heading newstitle articletitle posttitle webtitle doctitle subject",
    "subtitle": "subtitle 副题 副題 副标题 副標題 subheadline subheading standfirst deck",
    "kicker": "kicker 肩题 肩題 引题 引題 眉题 眉題 eyebrow",
    "body": "body 正文 全文 内容 內容 文章正文 新闻正文 新聞正文 文章内容 文章內容 新闻内容 新聞內容 稿件内容 稿件內容 fulltext "
            "正文内容 全文内容 新闻全文 文章全文 articlebody articletext articlecontent newscontent postcontent maintext bodytext content contenttext "
            "contenthtml bodyhtml contentnoencode textraw rawtext text",
    "label": "name 名称 名稱",
    "summary": "summary abstract description excerpt 摘要 内容摘要 导语 導語 简介 簡介",
    "date": "date 日期 发布日期 發布日期 發佈日期 见报日期 見報日期 刊发日期 刊發日期 出版日期 发表日期 發表日期 报纸日期 報紙日期 发布时间 "
            "發布時間 發佈時間 刊登日期 刊载日期 报道日期 发稿时间 发表时间 發表時間 新闻时间 时间 時間 年月日 pubdate publishdate datepublished datepublish "
            "publicationdate webpublicationdate published publishedat publishedon publishtime publishedtime pubtime "
            "releasedate releasetime postdate posttime issuedate newstime ptime datetime time createdat createtime "
            "created ctime 创建时间 newsdate articledate pubdatetime pubtimelong publishtimelong seendate",
    "authors": "authors author 作者 记者 記者 署名 作者姓名 撰稿 撰文 通讯员 通訊員 byline reporter reporters journalist writer "
               "creator dccreator",
    "source": "source 来源 來源 报纸 報紙 报纸名称 報紙名稱 报刊 報刊 报社 報社 媒体 媒體 媒体名称 媒體名稱 新闻来源 新聞來源 文章来源 "
              "文章來源 来源媒体 來源媒體 来源名称 来源网站 媒体来源 发布媒体 消息来源 稿源 出处 出處 网站 網站 newspaper paper media medianame sourcename publisher publication "
              "outlet press agency sitename site website sourceid nickname screenname accountname domain user",
    "section": "section 版面 版次 版名 版号 版號 版面名称 版面名稱 栏目 欄目 频道 頻道 版块 板块 分类 分類 类别 類別 sectionname "
               "column columnname channel category categories page pagename pageno",
    "url": "url 链接 鏈接 連結 网址 網址 原文链接 原文鏈接 原文網址 原文网址 文章链接 文章鏈接 新闻链接 链接地址 原文地址 文章地址 文章网址 link weburl articleurl newsurl "
           "sourceurl originalurl canonicalurl pageurl docurl permalink href mainentityofpage",
    "id": "id 编号 編號 文章编号 文章編號 稿件编号 稿件編號 新闻编号 articleid newsid docid uuid guid",
}  # fmt: skip
#: What a name may be said to be so that nothing is read from it.
IGNORED = "ignore"

_OURS = frozenset({*KEYS, "author"})
_FIELDS = {re.sub(r"_", "", name): field for field, names in NAMES.items() for name in names.split()}
_RANKS = {name: rank for names in NAMES.values() for rank, name in enumerate(names.split())}
_NOT_IN_A_NAME = re.compile(r"[\s_\-:：\ufeff\"'“”]+")
#: Where others keep the text of a value that they make an object: WordPress, MongoDB, NewsAPI, JSON-LD, XML.
_INNER = ("rendered", "$oid", "$date", "$numberLong", "screen_name", "nickname", "name", "text", "#text", "value", "@value", "href", "url", "@id")
_NOTHING = frozenset(("-", "--", "—", "——", "/", "\\N", "无", "無", "暂无", "null", "NULL", "None", "none", "nan", "NaN",
                      "N/A", "n/a"))  # fmt: skip
# Names that mean something only where their value is an object.
_OF_OBJECTS = frozenset(("user",))
# What microblogs call the source of a post is the device that it was written on.
_DEVICE = re.compile(
    r".{0,12}网页版|微博 weibo\.com|.{0,12}(?:iPhone|iPad|Android|安卓|HUAWEI|Xiaomi|OPPO|vivo).{0,20}", re.I
)
_ROLE = re.compile("记者|記者|通讯员|通訊員|作者|撰|文[/／]|实习生")
# Counters of seconds or milliseconds since 1970 are days in China.
_EPOCH = re.compile(r"\s*(\d{9,10})(\d{3})?(?:\.\d*)?\s*")
_CHINA = dt.timezone(dt.timedelta(hours=8))
_SHORT_NUMBER = re.compile(r"\d{1,8}")
_MOST_PLANS = 256

Plan = tuple[tuple[str, tuple[str, ...]], ...]


def plain_name(name: str) -> str:
    """A name without what does not count in it: Pub_Date → pubdate."""
    return _NOT_IN_A_NAME.sub("", name.casefold())


def field_named(name: str) -> str | None:
    """The field that a name stands for, None if it is not known."""
    return _FIELDS.get(plain_name(name))


def day(value: object) -> dt.date | None:
    """The day that a value of a date column names, also among other words; None for nothing. Raises BadArticle."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:.0f}" if abs(value) < 1e15 else "a number that counts nothing"
    return _written_day(value) if isinstance(value, str) else parse_date(value)


@lru_cache(maxsize=1024)  # articles of one file are of few days
def _written_day(text: str) -> dt.date | None:
    if epoch := _EPOCH.fullmatch(text):
        return dt.datetime.fromtimestamp(int(epoch[1]), _CHINA).date()
    try:
        return parse_date(text.strip())
    except BadArticle:
        if found := number_date(text) or find_date(text):
            return found
        raise


class FieldNames:
    """The names in the records of one document; `given` are those the user told, name → field. Records with our own
    keys only are passed on as they are unless `ours` is false, as for tables, in which every value is a text.

    `undated` counts dates that could not be read, the first of which is `bad_date`; `numbered` counts ids left out.
    """

    def __init__(self, given: Mapping[str, str] | None = None, ours: bool = True) -> None:
        self.given = {plain_name(name): field for name, field in (given or {}).items()}
        self.paths = [name for name in given or () if "." in name]
        self.undated = 0
        self.bad_date = ""
        self.numbered = 0
        self._ours = ours and not given
        self._plans: dict[tuple[str, ...], Plan] = {}

    def plan(self, names: Iterable[str]) -> Plan:
        """Field by field, which of these names it is read from, the best first."""
        ranked: dict[str, list[tuple[int, str]]] = {}
        for name in dict.fromkeys((*names, *self.paths)):
            plain = plain_name(name)
            field = self.given.get(plain)
            rank = -1
            if field is None:
                field, rank = _FIELDS.get(plain), _RANKS.get(plain, 0)
            if field and field != IGNORED:
                ranked.setdefault(field, []).append((rank, name))
        return tuple((field, tuple(name for _, name in sorted(found))) for field, found in ranked.items())

    def is_article(self, record: Mapping[str, Any]) -> bool:
        """Whether a record has a title or a body under a name that is known."""
        return any(
            field in ("title", "body") and any(_has_text(_reach(record, name)) for name in names)
            for field, names in self._plan(record)
        )

    def is_ours(self, record: Mapping[str, Any]) -> bool:
        """Whether a record has our own keys and no others."""
        return self._ours and record.keys() <= _OURS

    def mapped(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """A record as `Article.from_mapping` takes it. What is markup in its texts is made plain text; a date that
        cannot be read is left out and counted, and so is an id that is a short number: other files have it too."""
        if self.is_ours(record):
            return _plain_texts(record)
        found: dict[str, Any] = {}
        undated = None
        for field, names in self._plan(record):
            for name in names:
                value = record.get(name)
                if name in _OF_OBJECTS and not isinstance(value, dict):
                    continue
                if value is None and name in self.paths:
                    value = _reach(record, name)
                if value is None or value == "":
                    continue
                try:
                    value = self._value(field, value)
                except BadArticle:  # another name may tell the day
                    undated = undated or value
                    continue
                if value:
                    found[field] = value
                    if field == "id" and self._is_a_row_number(name, value):
                        del found[field]
                        self.numbered += 1
                    break
        if undated and "date" not in found:
            self.undated += 1
            self.bad_date = self.bad_date or str(undated)
        subtitle, summary, label = (found.pop(name, "") for name in ("subtitle", "summary", "label"))
        if label and found.get("body") and not found.get("title"):
            found["title"] = label
        if summary and not found.get("body") and found.get("title"):
            found["body"] = summary
        if subtitle:
            found["body"] = f"{subtitle}\n{found.get('body', '')}".rstrip("\n")
        return _plain_texts(found)

    def hint(self, record: Mapping[str, Any]) -> str:
        """What to do about a record without a title or a body: "" if it has names for them that are known."""
        if any(field in ("title", "body") for field, _ in self._plan(record)):
            return ""
        return f"; it has {listed(record)}: say which is which with --map NAME=title, --map NAME=body"

    def warnings(self) -> list[str]:
        """What was left out of articles that were taken in."""
        found = []
        if self.undated:
            found.append(
                f"dates that cannot be read, such as {self.bad_date[:40]!r}: {self.undated:,}; their articles have none"
            )
        if self.numbered:
            told = f"short numbers not taken as ids: {self.numbered:,}"
            found.append(f"{told}; other files may have them too; --map NAME=id takes them")
        return found

    def _plan(self, record: Mapping[str, Any]) -> Plan:
        names = tuple(record)
        plan = self._plans.get(names)
        if plan is None:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            plan = self._plans[names] = self.plan(names)
        return plan

    def _value(self, field: str, value: Any) -> Any:
        """A value as an article takes it, "" or None for nothing. Raises BadArticle for a date that is none."""
        if type(value) is not str:
            if field in ("authors", "source") and isinstance(value, int | float):
                return ""  # a number in another table
            value = _plain(value, field)
        if field in ("title", "body", "summary", "subtitle"):
            return value
        if type(value) is str:
            value = value.strip()
            if value in _NOTHING:
                return ""
        if field == "date":
            return day(value)
        if field == "source" and type(value) is str and _DEVICE.fullmatch(value):
            return ""
        if field == "authors" and type(value) is str and _ROLE.search(value):
            from newsearch.corpus.facts.byline import author_line  # 20 ms; most records have lists of names

            return author_line(value) or value
        return value

    def _is_a_row_number(self, name: str, value: Any) -> bool:
        return plain_name(name) not in self.given and bool(_SHORT_NUMBER.fullmatch(str(value)))


def listed(names: Iterable[str]) -> str:
    """Names for people, the first of many."""
    shown = [str(name)[:30] or "a name that is empty" for name in names]
    return ", ".join(shown[:6]) + (", …" if len(shown) > 6 else "") if shown else "no names"


def _plain_texts(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record, its title and body without markup."""
    plain = {
        key: plain_text(text)
        for key in ("title", "body")
        if type(text := record.get(key)) is str and ("<" in text or "&" in text) and is_markup(text)
    }
    return {**record, **plain} if plain else record


def _plain(value: Any, field: str, depth: int = 0) -> Any:
    """A value that is an object or a list as the text in it; what has none is given back as it is."""
    if isinstance(value, dict) and depth < 4:
        if field == "date" and isinstance(at := value.get("$date"), str):
            return _day_in_china(at)
        return next((_plain(value[key], field, depth + 1) for key in _INNER if value.get(key)), value)
    if isinstance(value, list) and depth < 4 and value:
        parts = [_plain(part, field, depth + 1) for part in value]
        if all(isinstance(part, str) for part in parts):
            return parts if field == "authors" else ("\n" if field in ("body", "summary") else "、").join(parts)
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _day_in_china(at: str) -> str:
    """The day of a time as MongoDB writes it, which is always UTC."""
    try:
        return dt.datetime.fromisoformat(at).astimezone(_CHINA).date().isoformat()
    except (ValueError, OverflowError):
        return at


def _reach(record: Mapping[str, Any], name: str) -> Any:
    """The value of a name, which may be a path through objects: attributes.content."""
    if name in record or "." not in name:
        return record.get(name)
    value: Any = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _has_text(value: Any) -> bool:
    value = value if type(value) is str else _plain(value, "body")
    return isinstance(value, str) and bool(value.strip())
