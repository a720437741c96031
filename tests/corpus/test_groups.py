"""Lines that no blank line parts, told apart; and what stands about them on pages that were not set for Markdown."""

from __future__ import annotations

import pytest

from newsearch.corpus.facts.byline import author_line, dateline_authors, end_authors, has_dateline, names_office
from newsearch.corpus.pages import read_page, split_page
from newsearch.corpus.pages.blocks import Kind, names_column, split_blocks
from newsearch.corpus.pages.furniture import names_paper
from newsearch.corpus.pages.groups import is_wrapped, runs

TEXT = "修渠的人天不亮就上了山，中午在石头上歇一歇，天黑才收工回家，三年里磨坏了四百多把锄头。"
OTHER = "渡口的船工说，这一夜水涨了三尺，过河的人要等到后天，挑到对岸去卖的鸡鸭也要等到后天。"
NARROW = ["修渠的人天不亮就上了山，中午在石头", "上歇一歇，天黑才收工回家，第二天又", "上山去。"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["渠通了", TEXT], [(0, 1, False), (1, 2, False)]),
        ([TEXT, OTHER], [(0, 1, False), (1, 2, False)]),
        (NARROW, [(0, 3, False)]),
        (["渠通了", *NARROW], [(0, 1, False), (1, 4, False)]),
        (["简讯", "▲新桥通车。", "▲老井出水。"], [(0, 1, False), (1, 3, True)]),
        (["渠通了", "田禾", TEXT], [(0, 1, False), (1, 2, False), (2, 3, False)]),
        ([TEXT, "水利局", "2020年5月1日"], [(0, 1, False), (1, 3, False)]),
        (["老船搁在岸上", "像一头牛"], [(0, 2, False)]),
        (["老船搁在岸上", "像一头牛", "睡着了"], [(0, 3, False)]),
        (["一路：照停", "二路：改道", "三路：停开"], [(0, 3, True)]),
        (["读者 田禾", "2020年5月1日"], [(0, 2, False)]),
        (["今天，", "渠通了。"], [(0, 2, False)]),
        (["渠通了"], [(0, 1, False)]),
    ],
)
def test_runs(lines: list[str], expected: list[tuple[int, int, bool]]) -> None:
    assert list(runs(lines)) == expected


def test_runs_cover_every_line_once() -> None:
    lines = ["渠通了", "田禾", TEXT, "▲新桥通车。", "▲老井出水。", "水利局", "2020年5月1日", *NARROW] * 3
    found = list(runs(lines))
    assert [at for begin, end, _ in found for at in range(begin, end)] == list(range(len(lines)))


def test_wrapped_lines() -> None:
    assert is_wrapped(NARROW)
    assert not is_wrapped([TEXT, OTHER])
    assert not is_wrapped(["渠通了", TEXT])
    assert not is_wrapped(["长" * 61, "长" * 61])


@pytest.mark.parametrize(
    ("above", "title", "expected"),
    [
        ("【灯下】", "慢一点的好处", True),
        ("石门：", "腊肉上了网", True),
        ("法律信箱", "房东可否进屋", True),
        ("民生", "公交车改走新华街了", True),
        ("一桥飞架", "两村成邻", False),
        ("稻子倒了有人赔", "鱼儿跑了也有人管", False),
        ("渠通了", "——春灌见闻", False),
    ],
)
def test_columns(above: str, title: str, expected: bool) -> None:
    first = next(split_blocks(f"## {above}"))
    assert names_column(first, next(split_blocks(f"## {title}"))) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("店员　何玉琴", ("何玉琴",)),
        ("（学生记者 田苗 刘畅）", ("田苗", "刘畅")),
        ("■本报记者 倪虹 发自汉口", ("倪虹",)),
        ("园艺0602班　何采薇", ("何采薇",)),
        ("城关小学四（2）班 陇小西", ("陇小西",)),
        ("馬鞍山聖若瑟中學 麥穗", ("麥穗",)),
        ("陈爱莲　报道　　林福成　摄影", ("陈爱莲", "林福成")),
        ("◎簡若水　圖◎黃羊", ("簡若水", "黃羊")),
        ("文/本报记者 秦岭\n图/受访者提供", ("秦岭",)),
        ("本报记者　钮　山", ("钮山",)),
        ("（王　淑　兰）", ("王淑兰",)),
        ("李爱珠　同鞠躬", ()),
        ("【来论】", ()),
        ("小小说：过秤", ()),
        ("晨报讯（记者 白银）日前", ()),
        ("", ()),
    ],
)
def test_author_lines_with_what_stands_beside_names(line: str, expected: tuple[str, ...]) -> None:
    assert author_line(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("晨报讯 （通讯员 成公宣 记者 李白） 昨天", ("成公宣", "李白")),
        ("【本報記者關永年紐約訊】罷工", ("關永年",)),
        ("【記者潘志遠專訪】八月", ("潘志遠",)),
        ("【維港時報訊】（記者 莫小文）由", ("莫小文",)),
        ("商报讯 记者郦山、王会稽报道：记者", ("郦山", "王会稽")),
        ("本报记者 苏杭报道 家住", ("苏杭",)),
        ("（特訊）昨晚", ()),
        ("編輯同志：", ()),
    ],
)
def test_datelines(text: str, expected: tuple[str, ...]) -> None:
    assert has_dateline(text) or expected
    assert dateline_authors(text) == expected


def test_offices_sign_and_papers_name_themselves() -> None:
    assert names_office("石桥县公路管理局") and names_office("暹罗书艺社　启") and not names_office("修渠的人上了山")
    assert names_paper("石桥日报") and names_paper("第1127期 B3 市场") and not names_paper("渠通了，水来了")
    assert end_authors("水来了。") == ("水来了。", ()) and end_authors("") == ("", ())


def test_a_page_without_blank_lines(lexicon) -> None:
    page = f"石桥日报　1985年4月2日　第二版\n渠通了\n{TEXT}\n（田禾）\n渡口涨水\n{OTHER}\n水利局\n1985年4月1日\n"
    first, second = read_page(page, lexicon)
    assert (first.title, first.authors, first.body) == ("渠通了", ("田禾",), TEXT)
    assert (second.title, second.body) == ("渡口涨水", f"{OTHER}\n水利局\n1985年4月1日")


def test_two_lines_of_a_title_without_markup(lexicon) -> None:
    page = f"石桥日报　1985年4月2日\n\n石桥镇十里水渠\n修了三个冬天\n本报讯　{TEXT}\n\n渡口涨水\n本报讯　{OTHER}\n"
    assert [article.title for article in read_page(page, lexicon)] == ["石桥镇十里水渠 修了三个冬天", "渡口涨水"]


def test_a_lesser_heading_between_a_title_and_its_byline_is_a_subtitle(lexicon) -> None:
    (article,) = read_page(f"# 十里水渠通水了\n\n### 石桥镇春灌见闻\n\n本报记者 田禾\n\n{TEXT}", lexicon)
    assert (article.title, article.authors, article.body) == ("十里水渠通水了", ("田禾",), f"石桥镇春灌见闻\n{TEXT}")


def test_names_in_bold_are_no_title(lexicon) -> None:
    (article,) = read_page(f"**渠通了**\n**本报记者 田禾**\n\n{TEXT}", lexicon)
    assert (article.title, article.authors) == ("渠通了", ("田禾",))


def test_a_caption_and_its_credit_in_two_lines(lexicon) -> None:
    page = split_page(f"## 渠通了\n\n{TEXT}\n\n村民在渠边。\n记者 田禾 摄\n\n## 渡口涨水\n\n{OTHER}", lexicon)
    assert [article.body for article in page.articles] == [TEXT, OTHER]
    assert [piece.rule for piece in page.furniture] == ["caption", "caption"]


def test_a_quoted_line_is_text(lexicon) -> None:
    (article,) = read_page(f"## 渠通了\n\n> {TEXT}", lexicon)
    assert article.body == TEXT
    assert next(split_blocks("> 渠通了")).kind is Kind.TEXT


def test_a_line_right_above_a_text_is_not_its_beginning(lexicon) -> None:
    """Though it ends in a word that ends no sentence."""
    page = f"石桥日报　1985年4月2日　第二版\n渠通了\n{TEXT}\n（田禾）\n食堂的菜，为什么总是凉的\n{OTHER}"
    assert [article.title for article in read_page(page, lexicon)] == ["渠通了", "食堂的菜，为什么总是凉的"]


def test_short_lines_right_below_a_title_are_kept_though_nobody_signs(lexicon) -> None:
    poem, article = read_page(f"## 渡口\n\n老船搁在岸上\n像一头牛\n睡着了\n\n## 渠通了\n\n{TEXT}", lexicon)
    assert (poem.title, poem.body, article.title) == ("渡口", "老船搁在岸上\n像一头牛\n睡着了", "渠通了")
