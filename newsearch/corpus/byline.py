"""Who wrote it: author lines under titles, names in brackets at the end, reporters in a dateline."""

from __future__ import annotations

import re

# The family names of nearly everybody; two-character ones after the dash.
_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦"
    "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦"
    "褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀"
    "郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普"
    "阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富"
    "尧闭由贝言殳弓红竺扶拓苍浮恽裔能须双翦步暴璩濮蔚融水凤怀花邴弘慎逄鱼皇庾暨木火土山川谌缑呙揣占苻仉督字撒火禚肇种逢过达青年岩郗茆阎鄂展绳蹇"
    # traditional forms
    "張劉陳楊黃趙吳孫馬羅鄭許韓馮鄧蕭葉蘇魏呂盧鐘鍾譚陸範賈韋鄒閆龍賀顧龔萬錢嚴湯齊喬龐顏莊聶魯歐關蘭紀單涂賓藍駱華饒榮鄔鄺區國雲"
)
_LONG_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "司徒", "司空", "令狐", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "夏侯", "端木", "东方",
                  "南宫", "西门", "百里", "呼延", "轩辕", "左丘", "独孤", "歐陽", "司馬", "諸葛", "長孫")  # fmt: skip

_ROLE = (
    "本报驻地记者|本报记者|本报通讯员|本报实习生|本报实习记者|本报特约记者|本报特约通讯员|特约通讯员|特约记者|特派记者|见习记者|实习记者|实习生|首席记者|全媒体记者|融媒体记者|"
    "新华社记者|记者|通讯员|作者|撰文|撰稿|供稿|摄影报道|摄影|图文|文图|"
    "本報記者|本報通訊員|特約記者|特約通訊員|實習記者|實習生|見習記者|記者|通訊員"
)
_ROLES = re.compile(rf"(?:{_ROLE})[:：]?")
_CREDIT = re.compile(
    r"[文图圖摄攝]\s*[/／|、]\s*[文图圖摄攝](?:\s*[/／]\s*视频)?|(?<=\s)[文图圖摄攝]$|(?:^|(?<=\s))[文图圖][:：/／]|(?<=\s)整理$|(?<=\s)摄影报道$"
)
_SEPARATOR = re.compile(r"[\s、,，;；·•/／]+(?![·•])")
_LONG_NAME = re.compile(r"[\u3400-\u9fff]{1,6}(?:[·•・][\u3400-\u9fff]{1,6})+")
_END_BRACKET = re.compile(r"[（(]([^（）()]{2,40})[）)]\s*$")
_DATELINE = re.compile(
    r"(?:(?:本报|本網|本网|本刊|本台|本報)[^。！？\n]{0,12}?[讯訊]|[\u4e00-\u9fff]{2,6}社[^。！？\n]{0,20}?[电電讯訊])\s*[（(]([^（）()]{2,40})[）)]"
)
_DATELINE_START = re.compile(
    r"\s*(?:(?:本报|本网|本刊|本台|本報)[^。！？，\n]{0,12}?[讯訊]|[\u4e00-\u9fff]{2,6}社[^。！？，\n]{0,20}?\d[^。！？，\n]{0,3}日[电電讯訊])"
)


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: two to four characters with a family name, or parts joined by ·."""
    if _LONG_NAME.fullmatch(text):
        return True
    if not re.fullmatch(r"[\u3400-\u9fff〇]{2,4}", text):
        return False
    if text[:2] in _LONG_SURNAMES:
        return True
    return len(text) <= 3 and text[0] in _SURNAMES


def author_line(line: str) -> tuple[str, ...]:
    """The authors a line names if it is an author line and nothing else, else ().

    With a role (本报记者, 通讯员, 文/图) the names may be any two to four characters; without one each must look
    like a name.
    """
    line = line.strip().strip("（）()□■●◎△▲").strip()
    if not line or len(line) > 60 or re.search(r"[。！？；“”《》]", line):
        return ()
    bare = _CREDIT.sub(" ", line)
    has_role = bare != line or bool(_ROLES.search(bare))
    bare = _ROLES.sub(" ", bare)
    masked = _LONG_NAME.sub(lambda m: m[0].replace("·", "\0").replace("•", "\0").replace("・", "\0"), bare)
    names = [name.replace("\0", "·") for name in re.split(r"[\s、,，;；/／:：]+", masked) if name]
    if not names or len(names) > 8:
        return ()
    # Two-character names are set with a space between the characters: 麻 超
    if len(names) == 2 and all(len(name) == 1 for name in names) and names[0] in _SURNAMES:
        names = ["".join(names)]
    if not all(re.fullmatch(r"[\u3400-\u9fff〇·]{2,12}", name) for name in names):
        return ()
    if has_role:
        return tuple(names)
    # Among others that do, a rare family name may pass.
    known = sum(map(is_name, names))
    plausible = known == len(names) or (known >= len(names) / 2 and all(len(name) <= 3 for name in names))
    return tuple(names) if plausible else ()


def end_authors(text: str) -> tuple[str, tuple[str, ...]]:
    """Takes the authors in brackets off the end of a text: (the text without them, the authors)."""
    match = _END_BRACKET.search(text)
    authors = author_line(match[1]) if match else ()
    return (text[: match.start()].rstrip(), authors) if match and authors else (text, ())


def dateline_authors(text: str) -> tuple[str, ...]:
    """The reporters named in the dateline that a text begins with: 本报讯（记者 张三）, 新华社北京7月1日电（记者李四）."""
    match = _DATELINE.match(text.lstrip())
    return author_line(match[1]) if match else ()


def has_dateline(text: str) -> bool:
    """Whether a text begins as a report does: 本报讯, 新华社北京7月1日电."""
    return bool(_DATELINE_START.match(text))
