"""Lines that stay lines, and what looks like them."""

from __future__ import annotations

import pytest

from newsearch.corpus.pages.blocks import Block, Kind, split_blocks
from newsearch.corpus.pages.furniture import is_marked_item, is_photo_news
from newsearch.corpus.pages.verse import unspaced, verses

POEM = "## 渡口\n\n叶舟\n\n老船搁在岸上\n像一头牛\n\n二\n\n水走了很远\n又回来看它\n\n## 算盘\n\n父亲停下来\n一年就停下来"


def blocks(text: str) -> list[Block]:
    return list(split_blocks(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (POEM, ["老船搁在岸上\n像一头牛", "二", "水走了很远\n又回来看它", "父亲停下来\n一年就停下来"]),
        ("## 中国梦\n\n讲文明\n树新风", []),
        ("## 新桥\n\n叶舟\n\n桥修好了。\n大家都很高兴。\n\n讲文明\n树新风", []),
        ("叶舟\n\n讲文明\n树新风", []),
    ],
)
def test_verses(text: str, expected: list[str]) -> None:
    found = blocks(text)
    assert [found[place].text for place in verses(found, [block.text == "叶舟" for block in found])] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("男子跳高：第一名 石磊\n女子跳高：第一名 卢苇", True),
        ("男子跳高：第一名 石磊", False),
        ("他说：好。\n大家都很高兴", False),
        ("记者/摄影：\n张三", False),
    ],
)
def test_labels(text: str, expected: bool) -> None:
    assert (blocks(text)[0].kind is Kind.LIST) == expected


@pytest.mark.parametrize(
    ("title", "expected"), [("讣 告", "讣告"), ("停 水 通 告", "停水通告"), ("渡口 船", "渡口 船"), ("A B C D E", "A B C D E")]
)
def test_titles_set_apart(title: str, expected: str) -> None:
    assert unspaced(title) == expected


def test_one_title_in_several_lines() -> None:
    def titles(text: str) -> list[str]:
        return [block.text for block in blocks(text) if block.kind is Kind.HEADING]

    assert titles("## 一条路\n## 两排杨\n## 三代人\n## 四") == ["一条路\n两排杨\n三代人", "四"]
    assert titles("## 一条路\n\n## 两排杨") == ["一条路", "两排杨"]
    assert titles("# 一条路\n## 两排杨") == ["一条路", "两排杨"]
    assert titles(f"## {'长' * 40}\n## {'长' * 40}") == ["长" * 40] * 2


def test_marks_of_markdown_inside_a_text() -> None:
    assert [block.lines for block in blocks("**● 双溪镇** 修复**三处**田埂\n\n- 一\n- 二 * 三")] == [
        ("● 双溪镇 修复三处田埂",),
        ("一", "二 * 三"),
    ]
    table = blocks("| 品名 | 单价 |\n|---|:--:|\n| 菠菜 | 2.80 |")[0]
    assert (table.kind, table.lines) == (Kind.LIST, ("| 品名 | 单价 |", "| 菠菜 | 2.80 |"))


def test_items_with_the_marks_of_captions() -> None:
    first, second = blocks("▲山塘清淤，多蓄水九万立方米。\n\n▲图书馆开放到九点。")
    assert is_marked_item(first, second) and is_marked_item(second, first)
    assert not is_marked_item(first, None)
    caption = blocks("▲图为清淤后的山塘。")[0]
    assert not is_marked_item(caption, first)


def test_photo_news() -> None:
    title, news, credit = blocks("## 雪中补线\n\n工人抢修线路。\n本报记者 古今 摄")
    assert is_photo_news(credit, news, title, None) and is_photo_news(credit, news, title, title)
    assert not is_photo_news(credit, news, title, news)
    assert not is_photo_news(credit, news, None, None) and not is_photo_news(credit, None, title, None)
    assert not is_photo_news(blocks("图为新桥。古今 摄")[0], news, title, None)
