"""Who wrote it, as data: lines that name authors, and lines that look as if they did."""

from __future__ import annotations

import pytest

from newsearch.corpus.facts.byline import author_line, dateline_authors, end_authors, has_dateline, is_name


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("麻超", "麻超"),
        ("麻 超", "麻超"),
        ("麻　超", "麻超"),
        ("  周其伟  ", "周其伟"),
        ("陈志强 张东吾 禹健明", "陈志强 张东吾 禹健明"),
        ("(张旭)", "张旭"),
        ("（陈志强、张东吾）", "陈志强 张东吾"),
        ("本报记者 张三 通讯员 李四", "张三 李四"),
        ("本报记者张三", "张三"),
        ("□ 本报记者 王小明", "王小明"),
        ("记者：张三", "张三"),
        ("撰文：李四光", "李四光"),
        ("文/图 张三", "张三"),
        ("文/张三 图/李四", "张三 李四"),
        ("张三 文/图", "张三"),
        ("摄影 张三", "张三"),
        ("張麗華", "張麗華"),
        ("本報記者 陳志強", "陳志強"),
        ("欧阳小花", "欧阳小花"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("阿不都热依木·艾山 李四", "阿不都热依木·艾山 李四"),
        ("本报记者 金永艳 通讯员 石　生 文/图", "金永艳 石生"),
        ("本报记者 张三 摄影报道", "张三"),
        ("本报首席记者 张三 全媒体记者 李四", "张三 李四"),
        ("作者：张三 李四", "张三 李四"),
        ("张三（作者单位：清河县税务局）", "张三"),
        ("[张三 李四]", "张三 李四"),
        ("■ 张三", "张三"),
        ("傅明 赖小华 洪流 萧山", "傅明 赖小华 洪流 萧山"),
        ("蕭麗華、陳　強", "蕭麗華 陳強"),
        ("阿依古麗•買買提", "阿依古麗·買買提"),
        # a role vouches for any name; so do known names beside a rare one
        ("记者 某某", "某某"),
        ("张三丰 李四 某某某", "张三丰 李四 某某某"),
    ],
)
def test_author_lines(line: str, authors: str) -> None:
    assert author_line(line) == tuple(authors.split())


@pytest.mark.parametrize(
    "line",
    [
        "",
        "　",
        "记者",
        "图说",
        "文化",
        "健康",
        "作者单位：清河县税务局",
        "通知",
        "某某",
        "田",
        "圆我中国梦",
        "桥修好了，大家都很高兴。",
        "张三说：“好。”",
        "张三、李四；王五",
        "服务一线",
        "停水范围：",
        "2022年7月1日",
        "湖南省邵阳监狱",
        "第3版",
        " ".join(["张三"] * 9),
        "张" * 61,
        "Li Ming",
    ],
)
def test_no_author_lines(line: str) -> None:
    assert author_line(line) == ()


@pytest.mark.parametrize(
    ("text", "rest", "authors"),
    [
        ("桥修好了。（张三）", "桥修好了。", ("张三",)),
        ("桥修好了。(张三 李四) ", "桥修好了。", ("张三", "李四")),
        ("桥修好了。（记者 张三 通讯员 李四）", "桥修好了。", ("张三", "李四")),
        ("(张旭)", "", ("张旭",)),
        ("桥修好了。【记者 张三】", "桥修好了。", ("张三",)),
        ("桥修好了。（作者：张三）", "桥修好了。", ("张三",)),
        ("桥修好了。（本报记者 张三 文/图）", "桥修好了。", ("张三",)),
        ("桥修好了。（完）", "桥修好了。（完）", ()),
        ("桥修好了。（下转第三版）", "桥修好了。（下转第三版）", ()),
        ("桥（张三）修好了。", "桥（张三）修好了。", ()),
        ("", "", ()),
    ],
)
def test_end_authors(text: str, rest: str, authors: tuple[str, ...]) -> None:
    assert end_authors(text) == (rest, authors)


@pytest.mark.parametrize(
    ("text", "begins", "authors"),
    [
        ("本报讯（记者 张三）桥修好了。", True, ("张三",)),
        ("　　本报讯 (通讯员 李四 王五) 桥修好了。", True, ("李四", "王五")),
        ("本报清水讯（张三）桥修好了。", True, ("张三",)),
        ("新华社北京7月1日电（记者李四光）桥修好了。", True, ("李四光",)),
        ("新华社北京7月1日电 桥修好了。", True, ()),
        ("本报讯 桥修好了。", True, ()),
        ("本報訊（記者 張三）橋修好了。", True, ("張三",)),
        ("本报讯 记者张三 通讯员李四 报道 桥修好了。", True, ("张三", "李四")),
        ("本報東山訊（記者 張麗華）橋修好了。", True, ("張麗華",)),
        ("桥修好了。本报讯（记者 张三）", False, ()),
        ("新华社的记者来了。", False, ()),
    ],
)
def test_datelines(text: str, begins: bool, authors: tuple[str, ...]) -> None:
    assert (has_dateline(text), dateline_authors(text)) == (begins, authors)


@pytest.mark.parametrize("name", ["张三", "张三丰", "欧阳修", "司马相如", "诸葛亮", "阿卜杜拉·买买提", "張麗華"])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", ["", "张", "张三丰四", "的的", "ab", "张三a", "·张三", "图说"])
def test_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Lin Qiao", ("Lin Qiao",)),
        ("By Lin Qiao, Tan Wei and S. O'Neil", ("Lin Qiao", "Tan Wei", "S. O'Neil")),
        ("By the river", ()),
        ("By Lin Qiao the bridge was opened", ()),
        ("读者 谈笑", ("谈笑",)),
        ("市民 阮秀珍", ("阮秀珍",)),
        ("争当文明市民", ()),
        ("文/图 植物科学学院 匡小石", ("匡小石",)),
        ("通讯员 县税务局 柳七七", ("柳七七",)),
    ],
)
def test_other_author_lines(line: str, expected: tuple[str, ...]) -> None:
    assert author_line(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【記者鍾碧玉／美濃報導】美濃的菸樓二十年沒有冒煙。", ("鍾碧玉",)),
        ("〔記者余添丁、戴維翰／東港報導〕漁會開課。", ("余添丁", "戴維翰")),
        ("【本報記者 丘靜】全校七個學生。", ("丘靜",)),
        ("【本報訊】停業兩年的排檔重開。", ()),
        ("【記者手記】這裡的雨下了三天。", ()),
    ],
)
def test_reporters_in_brackets(text: str, expected: tuple[str, ...]) -> None:
    assert dateline_authors(text) == expected
