"""Pages → articles: the golden pages whole, then each rule on a page as small as it can be."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

import pytest

from newsearch.article import Article
from newsearch.corpus.facts.byline import end_authors
from newsearch.corpus.facts.dates import number_date
from newsearch.corpus.pages import read_page
from newsearch.corpus.pages.blocks import Kind, split_blocks
from newsearch.corpus.pages.blocks import block as make_block
from newsearch.corpus.pages.furniture import shape

GOLDEN = Path(__file__).with_name("golden")
PAGES = sorted(path.stem for path in GOLDEN.glob("*.json") if path.stem != "articles")

BRIDGE = "## 村里修了新桥\n\n桥修好了，大家都很高兴。"
SCHOOL = "学生回到学校上课，老师说一切都好。"


def test_every_page_has_its_golden(corpus: Path) -> None:
    assert [path.stem for path in sorted((corpus / "pages").glob("*.md"))] == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_golden(page: str, corpus: Path, lexicon) -> None:
    text = (corpus / "pages" / f"{page}.md").read_text("utf-8")
    expected = json.loads((GOLDEN / f"{page}.json").read_text("utf-8"))
    found = [article.to_mapping() for article in read_page(text, lexicon, number_date(page))]
    assert [article["title"] for article in found] == [article["title"] for article in expected]
    for article, truth in zip(found, expected, strict=True):
        assert {key: article[key] for key in truth} == truth | {"kicker": truth["kicker"] or ""}


def only(text: str, lexicon) -> Article:
    """The one article of a page."""
    (article,) = read_page(text, lexicon)
    return article


@pytest.mark.parametrize(
    "furniture_row",
    [
        "责任编辑：张三　美编：李四",
        "本版编辑：张三",
        "新闻热线：0743-8222222",
        "图为新修的桥。",
        "▲ 新桥",
        "张三 摄",
        "（资料图）",
        "图说",
        "公益广告",
        "* * *",
        "———",
        "第3版",
        "3",
        "A03版",
    ],
)
def test_furniture_is_in_no_article(furniture_row: str, lexicon) -> None:
    article = only(
        f"{furniture_row}\n\n{BRIDGE}\n\n{furniture_row}\n\n桥长四十六米，走起来很稳。\n\n{furniture_row}", lexicon
    )
    assert (article.title, article.body) == ("村里修了新桥", "桥修好了，大家都很高兴。\n桥长四十六米，走起来很稳。")


@pytest.mark.parametrize(
    ("paragraph", "rule"),
    [
        ("据《团结报》2022年7月1日报道，全县粮食丰收。", "running head"),
        ("2024年5月1日，《清水县志》再版首发式举行。", "running head"),
        ("这座桥是公益广告里常见的那一座。", "banner"),
        ("记者的编辑部里，编辑：这个词用了三回。", "editor"),
        ("第3版《县志》今天发行。", "folio"),
    ],
)
def test_a_sentence_is_no_furniture(paragraph: str, rule: str, lexicon) -> None:
    article = only(f"{BRIDGE}\n\n{paragraph}\n\n桥长四十六米。", lexicon)
    assert paragraph in article.body.split("\n"), rule
    assert article.section == ""


def test_the_words_of_an_advertisement_go_with_its_banner(lexicon) -> None:
    page = f"{BRIDGE}\n\n图说\n\n我们的价值观\n\n友诚敬爱法公平自\n信善业国治正等由\n\n# 圆我中国梦 福到家家门"
    assert only(page, lexicon).body == "桥修好了，大家都很高兴。"


def test_running_head_names_paper_section_and_day(lexicon) -> None:
    article = only(f"清河日报 2024年5月1日 星期三 第3版 要闻\n\n{BRIDGE}", lexicon)
    assert (article.source, article.section, article.date) == ("清河日报", "第3版 要闻", dt.date(2024, 5, 1))


def test_a_bare_page_number_beside_a_running_head_changes_nothing(lexicon) -> None:
    article = only(f"清河日报 2024年5月1日 第3版 要闻\n\n{BRIDGE}\n\n3", lexicon)
    assert (article.source, article.section) == ("清河日报", "第3版 要闻")


def test_the_name_of_the_file_dates_a_page_rather_than_its_head(lexicon) -> None:
    (article,) = read_page(f"清河日报 2024年5月1日 第3版\n\n{BRIDGE}", lexicon, dt.date(2024, 5, 2))
    assert article.date == dt.date(2024, 5, 2)


def test_kicker(lexicon) -> None:
    first, second = read_page(f"## 学校开学\n\n{SCHOOL}\n\n清河：\n\n{BRIDGE}", lexicon)
    assert (first.kicker, first.body) == ("", SCHOOL)
    assert (second.kicker, second.title) == ("清河", "村里修了新桥")


def test_a_kicker_makes_a_title_of_a_lesser_heading(lexicon) -> None:
    first, second = read_page(f"## 学校开学\n\n{SCHOOL}\n\n清河：\n\n#{BRIDGE}", lexicon)
    assert (first.title, second.kicker, second.title) == ("学校开学", "清河", "村里修了新桥")


def test_a_subhead_stays_inside(lexicon) -> None:
    article = only(f"{BRIDGE}\n\n### 桥上的人\n\n人来人往，十分热闹。", lexicon)
    assert (article.title, article.body) == ("村里修了新桥", "桥修好了，大家都很高兴。\n桥上的人\n人来人往，十分热闹。")


def test_headings_of_one_level_are_titles(lexicon) -> None:
    page = f"### 村里修了新桥\n\n桥修好了，大家都很高兴。\n\n### 学校开学\n\n{SCHOOL}"
    assert [article.title for article in read_page(page, lexicon)] == ["村里修了新桥", "学校开学"]


@pytest.mark.parametrize(
    ("introduction", "body", "authors"),
    [
        ("李四光", SCHOOL, ("李四光",)),
        ("本报记者 李四 通讯员 王五", SCHOOL, ("李四", "王五")),
        ("", f"本报讯（记者 李四）{SCHOOL}", ("李四",)),
    ],
    ids=["author", "roles", "dateline"],
)
def test_a_title_without_markup(introduction: str, body: str, authors: tuple[str, ...], lexicon) -> None:
    page = "\n\n".join(filter(None, [BRIDGE, "学校今日开学", introduction, body]))
    first, second = read_page(page, lexicon)
    assert (first.title, first.authors, first.body) == ("村里修了新桥", (), "桥修好了，大家都很高兴。")
    assert (second.title, second.authors, second.body) == ("学校今日开学", authors, body)


@pytest.mark.parametrize(
    ("page", "authors"),
    [
        ("## 新桥\n\n张三\n\n桥修好了。", ("张三",)),
        ("## 新桥\n\n桥修好了。（张三）", ("张三",)),
        ("## 新桥\n\n桥修好了。\n\n(张三 李四)", ("张三", "李四")),
        ("## 新桥\n\n本报讯（记者 张三）桥修好了。", ("张三",)),
        ("## 新桥\n\n张三\n\n桥修好了。（张三 李四）", ("张三", "李四")),
        ("## 新桥\n\n桥修好了。（完）", ()),
    ],
)
def test_authors(page: str, authors: tuple[str, ...], lexicon) -> None:
    article = only(page, lexicon)
    assert article.authors == authors
    assert "桥修好了。" in article.body


def test_names_in_brackets_leave_the_text(lexicon) -> None:
    assert only("## 新桥\n\n桥修好了。（张三）", lexicon).body == "桥修好了。"


def test_notice_with_list_and_signature(lexicon) -> None:
    page = (
        "清河日报 2024年4月15日 第3版\n\n## 停水通知\n\n因管道检修，以下地方停水，请大家提前储水。\n\n"
        "### 停水范围：\n\n- 1.东街\n- 2.西街\n\n清水县自来水公司\n2024年4月14日\n\n争当文明市民\n\n## 学校开学\n\n"
        + SCHOOL
    )
    notice, school = read_page(page, lexicon)
    assert notice.title == "停水通知"
    assert notice.date == dt.date(2024, 4, 14)
    assert notice.body.split("\n") == [
        "因管道检修，以下地方停水，请大家提前储水。",
        "停水范围：",
        "1.东街",
        "2.西街",
        "清水县自来水公司",
        "2024年4月14日",
    ]
    assert (school.title, school.body, school.date) == ("学校开学", SCHOOL, dt.date(2024, 4, 15))


def test_a_column_broke_a_sentence(lexicon) -> None:
    left, right = "今年以来，县总工会在《团结报》和县电视台上为大家开辟了一个劳模专", "题宣传栏目，大力宣传劳动精神。"
    page = f"## 劳模上电视\n\n{left}\n\n{right}\n\n职工都爱看。"
    assert only(page, lexicon).body == f"{left}{right}\n职工都爱看。"


def test_a_short_rest_of_a_sentence_is_no_subhead(lexicon) -> None:
    left = "今年以来，县总工会在《团结报》和县电视台上为大家开辟了一个劳模专"
    assert only(f"## 劳模上电视\n\n{left}\n\n题宣传栏目", lexicon).body == f"{left}题宣传栏目"


def test_a_slogan_does_not_go_on_with_a_sentence(lexicon) -> None:
    left = "今年以来，县总工会在《团结报》和县电视台上为大家开辟了一个专栏，职工"
    assert only(f"## 劳模上电视\n\n{left}\n\n圆我中国梦", lexicon).body == left


def test_wrapped_lines_are_one_paragraph(lexicon) -> None:
    page = "## 新桥\n\n五月十七日上午，小曹村的便民桥正式通\n车。桥头没有剪彩，村民自发挂了两串鞭\n炮。"
    assert only(page, lexicon).body == "五月十七日上午，小曹村的便民桥正式通车。桥头没有剪彩，村民自发挂了两串鞭炮。"


def test_interrupted_paragraphs_are_given_back(lexicon) -> None:
    head = "株洲市生态环境局抓实机关党建工作，湘江株洲段保持Ⅱ类水质，其中一季度国控地表水环境水质改善率居全"
    other = "靖州县禁毒办结合疫情防控要求创新开展禁毒宣传活动，向过往群众发放禁毒宣传折页，让更多群众了解毒品危害。"
    rest = "省第一；受污染耕地安全利用率91%以上，生态环境局项目建设、防范化解环境风险、水质问题整改等工作达到预期目标。"
    last = "强保障，提升工作能力，生态环境保护工作的群众基础更加牢固。"
    page = f"## 以党建引领生态\n\n{head}\n\n靖州：\n\n### 织牢禁毒安全网\n\n{other}\n\n{rest}\n\n{last}"
    first, second = read_page(page, lexicon)
    assert (first.title, first.body) == ("以党建引领生态", f"{head}{rest}\n{last}")
    assert (second.title, second.kicker, second.body) == ("织牢禁毒安全网", "靖州", other)


def test_what_follows_a_finished_article_stays(lexicon) -> None:
    page = f"{BRIDGE}\n\n## 学校开学\n\n{SCHOOL}\n\n新桥上人来人往，大家都很高兴。"
    first, second = read_page(page, lexicon)
    assert first.body == "桥修好了，大家都很高兴。"
    assert second.body == f"{SCHOOL}\n新桥上人来人往，大家都很高兴。"


def test_text_before_any_heading(lexicon) -> None:
    untitled, school = read_page(
        f"村里的新桥修好了，大家都很高兴，还放了两串鞭炮。\n\n## 学校开学\n\n{SCHOOL}", lexicon
    )
    assert (untitled.title, untitled.body) == ("", "村里的新桥修好了，大家都很高兴，还放了两串鞭炮。")
    assert school.title == "学校开学"


def test_the_first_line_of_text_before_any_heading_may_be_its_title(lexicon) -> None:
    article = only("村里修了新桥\n村里的新桥修好了，大家都很高兴，还放了两串鞭炮庆祝。", lexicon)
    assert (article.title, article.body) == ("村里修了新桥", "村里的新桥修好了，大家都很高兴，还放了两串鞭炮庆祝。")


def test_the_dateline_of_text_before_any_heading(lexicon) -> None:
    assert only("本报讯（记者 张三）村里的新桥修好了，大家都很高兴。", lexicon).authors == ("张三",)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "\n \n",
        "第3版\n\n责任编辑：张三\n\n* * *\n\n图说\n\n圆我中国梦",
        "# 圆我中国梦 福到家家门",
        "## 甲\n\n### 乙",
    ],
    ids=["empty", "blank", "furniture", "slogan", "headings"],
)
def test_a_page_without_articles(page: str, lexicon) -> None:
    assert read_page(page, lexicon) == []


def test_a_heading_with_a_wide_gap(lexicon) -> None:
    assert only(f"# 新{' ' * 20000}桥\n\n桥修好了。", lexicon).body == "桥修好了。"


def test_a_heading_without_text_is_no_title(lexicon) -> None:
    for slogan in ("## 圆我中国梦", "## 圆我中国梦\n\n福到家家门"):
        assert only(f"{slogan}\n\n{BRIDGE}", lexicon).title == "村里修了新桥"


def test_a_page_of_one_heading_and_a_short_line_is_an_article(lexicon) -> None:
    """Beside other headings this would be a slogan; alone it is what there is to read."""
    article = only("## 村里修了新桥\n\n桥修好了", lexicon)
    assert (article.title, article.body) == ("村里修了新桥", "桥修好了")
    assert read_page("## 圆我中国梦\n\n福到家家门\n\n## 讲文明树新风\n\n人人有责", lexicon) == []


def test_blocks_know_their_lines() -> None:
    blocks = list(split_blocks("## 新桥 ##\n桥修好了，\n大家高兴。\n\n\n- 甲\n- 乙\n"))
    assert [(block.kind.value, block.line, block.lines) for block in blocks] == [
        ("heading", 1, ("新桥",)),
        ("text", 2, ("桥修好了，", "大家高兴。")),
        ("list", 6, ("甲", "乙")),
    ]


def test_no_paragraph_is_lost_or_doubled(corpus: Path, lexicon) -> None:
    """Whatever lies across what: every paragraph of more than a line ends up in one article, once."""
    pages = [path.read_text("utf-8") for path in sorted((corpus / "pages").glob("*.md"))]
    blocks = sorted({block for page in pages for block in page.split("\n\n") if block.strip()})
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(150):
        page = rng.sample(blocks, rng.randint(1, 14))
        articles = read_page("\n\n".join(page), lexicon)
        found = _bare("\n".join(f"{article.title}\n{article.body}" for article in articles))
        for block in page:
            if len(block) > 45 and block[0] not in "#-*" and not shape(make_block(Kind.TEXT, block.split("\n"), 1)):
                assert found.count(_bare(end_authors(block.strip())[0])) == 1, block


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def real_page(shared: Path, lexicon) -> list[Article]:
    return read_page((shared / "corpora" / "newspaper-page.md").read_text("utf-8"), lexicon)


@pytest.mark.shared
def test_real_page_titles_and_authors(real_page: list[Article]) -> None:
    assert [(article.kicker, article.title, article.authors) for article in real_page] == [
        ("", "湘西州总工会：服务企业职工 积极助企纾困", ("麻超",)),
        ("", "以党建“红”引领生态“绿”", ("周其伟",)),
        ("靖州", "“线上+线下”，织牢防毒禁毒安全网", ()),
        ("", "省委党校女干班党员同过“政治生日”共忆入党初心", ("张旭",)),
        ("", "邵阳市住建局扎实开展“送政策、解难题、优服务”活动", ("陈志强", "张东吾", "禹健明")),
        ("", "绥宁县全面确保校车运行安全", ("郑丹枚", "杨继军", "戴玲")),
        ("", "通告", ()),
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("word", "number"), [("劳模专题", 0), ("活动为主线", 0), ("全省第一", 1), ("崇高理想", 3), ("陈璐", 3)]
)
def test_real_page_words_rejoined(word: str, number: int, real_page: list[Article]) -> None:
    assert [place for place, article in enumerate(real_page) if word in article.body] == [number]


@pytest.mark.shared
def test_real_page_notice(real_page: list[Article]) -> None:
    notice = real_page[-1]
    assert notice.date == dt.date(2022, 7, 1)
    assert notice.body.split("\n")[-7:] == [
        "拟拆除房屋如下：",
        "1.江木岭除将军楼以外的5栋住房",
        "2.二工区老营房一栋",
        "3.新田岭铁路旁原派出所办公楼一栋",
        "4.新田岭矿部平房5栋",
        "湖南省邵阳监狱",
        "2022年7月1日",
    ]


@pytest.mark.shared
@pytest.mark.parametrize("slogan", ["友诚敬爱", "图说", "圆我中国梦", "我们的价值观"])
def test_real_page_slogans_are_in_no_article(slogan: str, real_page: list[Article]) -> None:
    assert len(real_page) == 7
    assert not [article.title for article in real_page if slogan in article.title + article.body]
