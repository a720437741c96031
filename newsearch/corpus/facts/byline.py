"""Who wrote it: author lines under titles, names in brackets at the end, reporters in a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsearch.corpus.script import plain

# The family names of nearly everybody; two-character ones after the dash.
_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦"
    "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦"
    "褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀"
    "郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普"
    "阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富"
    "傅赖萧洪诸昌松仰寿巢桓沃滑牧益禄荀莘蒯蓬贡郏郤郦隗韶糜羿宦宰秋"
    "尧闭由贝言殳弓红竺扶拓苍浮恽裔能须双翦步暴璩濮蔚融水凤怀花邴弘慎逄鱼皇庾暨木火土山川谌缑呙揣占苻仉督字撒火禚肇种逢过达青年岩郗茆阎鄂展绳蹇"
)
_LONG_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "司徒", "司空", "令狐", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "夏侯", "端木", "东方",
                  "南宫", "西门", "百里", "呼延", "轩辕", "左丘", "独孤")  # fmt: skip

_ROLE = (
    "[\u4e00-\u9fff]{2,8}(?:[日晚早晨时周商]报|都市报|新闻网|通讯社|电视台|广播电台|新闻社)(?:首席|特约|见习|实习)?记者|[日晚早晨商都]报记者|"
    "本报驻地记者|本报(?:首席|见习|实习|特约|驻[\u4e00-\u9fff]{2,4})?(?:全媒体|融媒体)?记者|本报(?:特约)?通讯员|本报评论员|本报实习生|本网记者|本刊记者|特约通讯员|特约记者|特约评论员|特派记者|见习记者|实习记者|实习生|首席记者|全媒体记者|融媒体记者|"
    "新华社记者|人民日报记者|中新社记者|(?:学生|校园|小)记者|记者|通讯员|评论员|作者|(?<!\\S)(?:读者|市民|村民)(?=[\\s:])|执笔|编译|撰文|撰稿|供稿|来稿|采写|摄影报道|摄影|图文|文图"
)
_ROLES = re.compile(rf"(?:{_ROLE})[:：]?")
_CREDIT = re.compile(
    r"[文图摄]\s*[/／|、]\s*[文图摄](?:\s*[/／]\s*视频)?|(?<=\s)[文图摄]$|图(?:片)?\s*[/／:：]?\s*由?(?:受访者|采访对象|[\u4e00-\u9fff]{2,8}(?=提供))(?:提供)?$|(?:^|(?<=\s))[文图][:：/／◎●]|[/／][文图摄]$|(?<=\s)(?:整理|报道|摄影报道|综合报道|采访整理)(?=\s|$)|(?:^|(?<=\s))发自[\u4e00-\u9fff]{2,6}(?=\s|$)"
)
_LONG_NAME = re.compile(r"[\u3400-\u9fff]{1,6}(?:[·•・][\u3400-\u9fff]{1,6})+")
# An author's office stands beside the name: (作者单位:县税务局), (作者系县委党校教师).
_OFFICE = re.compile(r"[(（]?\s*作者(?:单位\s*[:：]?|系|为)[^()（）]{2,30}[)）]?|(?<=\s)[(（][^()（）]{3,20}[)）]$")
# Two-character names are set with a space between the characters: 麻 超
_SPACED = re.compile(
    rf"(?<![\u3400-\u9fff])([{''.join(sorted(_SURNAMES))}])[ \u3000]+([\u3400-\u9fff])(?![\u3400-\u9fff])"
)
_APART = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])(?![\u3400-\u9fff])")
# Words of two or three characters that begin like names and stand alone on pages.
_NO_NAMES = frozenset(
    [
        "文化",
        "公告",
        "时评",
        "安全",
        "平安",
        "和谐",
        "文明",
        "国际",
        "方案",
        "健康",
        "简讯",
        "快讯",
        "广告",
        "关注",
        "聚焦",
        "时政",
        "要闻",
        "农业",
        "车市",
        "房产",
        "金融",
        "言论",
        "乐活",
        "温馨",
        "常识",
        "车讯",
        "房讯",
        "史话",
        "水利",
        "田园",
        "花絮",
        "游记",
        "江湖",
        "江南",
        "江山",
        "古今",
        "家园",
        "易懂",
        "成果",
        "成效",
        "明天",
        "明日",
        "高峰",
        "安居",
        "安排",
        "安全带",
        "路况",
        "路线图",
        "全媒体",
        "时间表",
        "习作",
        "牛年",
        "马年",
        "羊年",
        "龙年",
        "万象",
        "万家",
        "富民",
        "景区",
        "高考",
        "高温",
        "温暖",
        "暖心",
        "强农",
        "平台",
        "方言",
        "时光",
        "时事",
        "施工",
        "史料",
        "石刻",
        "水务",
        "水库",
        "林业",
        "黄金",
        "金秋",
        "经典",
        "常态",
    ]
)
_CLOSING = frozenset("）)】")
_END_BRACKET = re.compile(r"[（(【]([^（）()【】]{2,60})[）)】]\s*$")
# 本报讯, 晨报讯, 新华社北京7月1日电, 【维港时报讯】
_REPORT = r"[【\[]?(?:(?:本报|本网|本刊|本台|[\u4e00-\u9fff]{0,4}[日晚早晨时周商都快导新]报)[^。！？，\n]{0,12}?讯|[\u4e00-\u9fff]{2,6}[社网][^。！？\n]{0,20}?[电讯])[】\]]?"
_DATELINE = re.compile(rf"{_REPORT}\s*[（(]([^（）()]{{2,40}})[）)]")
# Reporters in brackets, with the place in Taiwan: 【记者张三／某地报导】, 【本报记者 张三】
_BRACKETED = re.compile(
    r"[【〔\[（(]\s*(?:本报|[\u4e00-\u9fff]{2,6}[报社网])?(?:特约|特派|驻[\u4e00-\u9fff]{2,4})?((?:记者|通讯员)\s*(?!手记|观察|调查|来信|述评)[\u3400-\u9fff、· ]{2,24}?)"
    r"\s*(?:[／/╱][^】〕\])）]{2,10})?[】〕\])）]"
)
# The same without a stroke: 【本报记者张三纽约讯】, 【记者张三专访】
_BRACKETED_PLACE = re.compile(
    r"[【〔\[（(]\s*(?:本报)?(?:特约|特派)?(记者\s*[\u3400-\u9fff]{2,3})\s*[\u4e00-\u9fff]{0,6}(?:讯|电|报[道导]|专访|特稿|摄影)[】〕\])）]"
)
_ENGLISH = re.compile(
    r"By ([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:(?:, | and )[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}){0,3})"
)
# Reporters without brackets: 本报讯 记者张三 通讯员李四 报道, 本报讯 记者张三报道
_BARE_DATELINE = re.compile(
    rf"{_REPORT}\s+(?:((?:记者|通讯员)\s*[\u3400-\u9fff]{{2,3}}(?:[、\s]+(?:(?:记者|通讯员)\s*)?[\u3400-\u9fff]{{2,3}}?){{0,4}}?)\s*报[道导]"
    r"|((?:(?:记者|通讯员)\s*[\u3400-\u9fff]{2,4}[\s、]+){1,4}))"
    r"|[\u4e00-\u9fff]{0,4}报(记者\s*[\u3400-\u9fff]{2,3}?)\s*(?:摄影)?报[道导]"
)
_DATELINE_START = re.compile(
    r"\s*(?:编辑同志\s*[:：]|[【\[（(]?(?:(?:本报|本网|本刊|本台|[\u4e00-\u9fff]{0,4}[日晚早晨时周商都快导新]报)[^。！？，\n]{0,12}?讯|[\u4e00-\u9fff]{2,6}社[^。！？，\n]{0,20}?\d[^。！？，\n]{0,3}日[电讯])|[（(【](?:[\u4e00-\u9fff]{2,6}(?:\d{1,2}日)?|特)(?:讯|专访|专电)[）)】])"
)
# An office stands before the names: 文/图 植物科学学院 匡小
_OFFICE_NAME = re.compile(
    r"[\u3400-\u9fff]{2,12}(?:学院|大学|学校|[中小]学|公司|集团|医院|法院|检察院|委员会|[^\s]局|中心|[支大]队|银行|宣传部|办公室)"
)
_ISSUER = re.compile(
    r"[\u4e00-\u9fff（）()]{2,24}(?:公司|集团|[^\s]局|[^\s]厅|[法学医]院|委员会|指挥部|办公室|中心|学校|大学|[中小]学|编辑部|杂志社|报社|银行|[^\s]处|研究所|供电所|政府|协会|学会|工会|商会|公会|支队|大队|派出所|居委会|村委会|筹备组|领导小组|[^\s]社)(?:\s*[谨敬]?[启宣])?"
)
# A text begins here.
_REPORTED = re.compile("报讯|本[网台刊]讯")
_CLASS = re.compile(r"[\u3400-\u9fff]{0,16}(?:[（(]\d{1,2}[)）]|\d{1,4})班(?=\s)")
# Those who thank or announce something.
_BOWS = re.compile("鞠躬|[谨敬同][启谢上]$|叩谢")
# So does what somebody does, or where: 店员 何玉琴, 园艺0602班 何采薇, 市棉纺厂 吴来顺.
_OCCUPATION = re.compile(
    r"[\u3400-\u9fff]{0,12}(?:店员|[\u3400-\u9fff]工|学生|教师|老师|工人|职工|社员|战士|干部|农民|读者|居民|律师|医生|医师|研究员|会员|召集人|组长|主任|书记|队长|厂长|校长|公社|大队|生产队|报道组|通讯组|课题组|关注组|宣传科|科技处|村委会|植保站|文化站|农技站|[^\s]厂|[^\s]矿|[^\s]连|建材城)|[\u3400-\u9fff]{1,8}\d{2,6}[班级]"
)
_SENTENCE = re.compile("[。！？；“”《》]")
# What may stand before and behind an author line.
_FRAME = "（）()【】[]□■●◎△▲◆◇○★☆—-|丨 \t\u3000"


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: two to four characters with a family name, or parts joined by ·."""
    text = plain(text)
    if _LONG_NAME.fullmatch(text):
        return True
    if text in _NO_NAMES:
        return False
    if not re.fullmatch(r"[\u3400-\u9fff〇]{2,4}", text):
        return False
    if text[:2] in _LONG_SURNAMES:
        return True
    return len(text) <= 3 and text[0] in _SURNAMES


def names_office(text: str) -> bool:
    """Whether a line only names an office, a firm or a society, as below what it has announced. `text` is plain."""
    return bool(_ISSUER.fullmatch(text.strip()))


def author_line(line: str) -> tuple[str, ...]:
    """The authors a line names if it is an author line and nothing else, else ().

    With a role (本报记者, 通讯员, 文/图) the names may be any two to four characters; without one each must look
    like a name.
    """
    line = line.strip()
    if not line:
        return ()
    if english := _ENGLISH.fullmatch(line[:120]):
        return tuple(re.split(", | and ", english[1]))
    if len(line) > 80 or _SENTENCE.search(line):
        return ()
    folded = plain(line)
    if _BOWS.search(folded) or _REPORTED.search(folded):
        return ()
    in_class = bool(_CLASS.search(folded))
    folded = _CLASS.sub(lambda match: " " * len(match[0]), folded)
    # Offices go, and names stay where they are: what is printed is taken from the same places.
    bare = _OFFICE.sub(lambda match: " " * len(match[0]), folded).strip(_FRAME)
    credited = _CREDIT.sub(" ", bare)
    has_role = in_class or credited != bare or bool(_ROLES.search(credited)) or "作者" in folded
    if not has_role and re.search("[:：]", bare):
        return ()
    bare = _unspaced(_ROLES.sub(" ", credited), has_role)
    masked = _LONG_NAME.sub(lambda match: re.sub("[·•・]", "\0", match[0]), bare)
    names = [
        name.replace("\0", "·") for name in re.split(r"[\s、,，;；/／|丨·&:：()（）◎●○■□]+", masked) if name.strip("—-")
    ]
    people = [name for name in names if not (_OFFICE_NAME.fullmatch(name) or _OCCUPATION.fullmatch(name))]
    if people and (has_role or all(map(is_name, people))):
        names = people
    if not names or len(names) > 8:
        return ()
    if not all(re.fullmatch(r"[\u3400-\u9fff〇·]{2,12}", name) for name in names):
        return ()
    # Among others that do, a rare family name may pass; with a role a name may be anything that short.
    known = sum(map(is_name, names))
    some = known >= len(names) / 2 and all(len(name) <= 3 for name in names)
    if line[:1] == "【" and not has_role:
        return ()  # what a column is called
    if has_role:
        plausible = all(len(name) <= 4 or "·" in name or is_name(name) for name in names)
    else:
        plausible = known == len(names) or some
    return tuple(_as_printed(names, folded, line)) if plausible else ()


def _unspaced(text: str, has_role: bool) -> str:
    """The names of a line, those that are set with spaces between their characters as one."""
    apart = text.split()
    if 2 <= len(apart) <= 3 and all(len(part) == 1 for part in apart) and (has_role or apart[0] in _SURNAMES):
        return "".join(apart)
    text = _SPACED.sub(r"\1\2", text)
    return _APART.sub(r"\1\2", text) if has_role else text


def _as_printed(names: list[str], folded: str, line: str) -> Iterator[str]:
    """The names, found in the folded line, as the line has them."""
    start = 0
    for name in names:
        parts = re.compile(r"\s*".join("[·•・]" if part == "·" else re.escape(part) for part in name))
        match = parts.search(folded, start)
        start = match.end() if match else start
        printed = line[match.start() : match.end()] if match else name
        yield re.sub("[•・]", "·", re.sub(r"\s", "", printed))


def end_authors(text: str) -> tuple[str, tuple[str, ...]]:
    """Takes the authors in brackets off the end of a text: (the text without them, the authors)."""
    end = len(text.rstrip())
    if text[end - 1 : end] not in _CLOSING:
        return text, ()
    tail = max(0, end - 64)
    match = _END_BRACKET.search(text, tail)
    authors = author_line(match[1]) if match else ()
    return (text[: match.start()].rstrip(), authors) if match and authors else (text, ())


def dateline_authors(text: str) -> tuple[str, ...]:
    """The reporters named in the dateline that a text begins with: 本报讯（记者 张三）, 新华社北京7月1日电（记者李四）."""
    text = text[:120].lstrip()
    folded = plain(text)
    kinds = (_DATELINE, _BARE_DATELINE, _BRACKETED_PLACE, _BRACKETED)
    match = next((found for kind in kinds if (found := kind.match(folded))), None)
    return author_line(text[match.start(match.lastindex or 1) : match.end(match.lastindex or 1)]) if match else ()


def has_dateline(text: str) -> bool:
    """Whether a text begins as a report does: 本报讯, 新华社北京7月1日电."""
    text = plain(text[:80])
    return bool(_DATELINE_START.match(text) or _BRACKETED.match(text) or _BRACKETED_PLACE.match(text))
