"""Articles that go on on another page: the marks, the names of files, the pieces put together."""

from __future__ import annotations

import pytest

from newsearch.article import Article
from newsearch.corpus.pages import Issue, PageOfIssue, Piece, issue_of, join_continued, page_number, split_page
from newsearch.corpus.pages.continued import page_of_head, take_marks


@pytest.mark.parametrize(
    ("text", "rest", "on", "origin"),
    [
        ("桥修好了。（下转第3版）", "桥修好了。", "3", ""),
        ("桥修好了(下转第03版)", "桥修好了", "3", ""),
        ("下转第三版", "", "3", ""),
        ("▶下转A2版", "", "A2", ""),
        ("橋修好了。（下轉第十二版）", "橋修好了。", "12", ""),
        ("（上接第1版）桥修好了。", "桥修好了。", "", "1"),
        ("◀上接一版", "", "", "1"),
        ("（上接第1版《新桥》）桥修好了。", "桥修好了。", "", "1"),
        ("（上接1版）桥修好了（下转5版）", "桥修好了", "5", "1"),
        ("他把书转第3版交给了我。", "他把书转第3版交给了我。", "", ""),
        ("接2版通知的人来了。", "接2版通知的人来了。", "", ""),
        ("", "", "", ""),
    ],
)
def test_marks(text: str, rest: str, on: str, origin: str) -> None:
    assert take_marks(text) == (rest, (on, origin))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("03", "3"),
        ("三", "3"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("A03", "A3"),
        ("a3", "A3"),
        ("", ""),
        ("０３", "3"),
    ],
)
def test_page_numbers(text: str, number: str) -> None:
    assert page_number(text) == number


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("清河日报 2024年5月1日 第3版 要闻", "3"),
        ("03 社会 清河日报", "3"),
        ("A05", "A5"),
        ("清河日报 2024年5月1日", ""),
        ("第四版", "4"),
    ],
)
def test_page_of_head(head: str, number: str) -> None:
    assert page_of_head(head) == number


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("in/heyang-2021-04-16-04.md", (Issue("in", "heyang", "20210416"), "4")),
        ("in/heyang-2021-04-16-A04.md.gz", (Issue("in", "heyang", "20210416"), "A4")),
        ("20210416.md", (Issue(".", "", "20210416"), "")),
        ("notes.md", None),
    ],
)
def test_issues(path: str, expected: object) -> None:
    assert issue_of(path) == expected


def piece_of(number: str, *articles: Article, **marks: str) -> PageOfIssue:
    return PageOfIssue(number, articles, [Piece(0, 1, **marks)])


def test_pieces_are_joined_inside_a_sentence_and_between_paragraphs() -> None:
    begun = Article(title="新桥", body="桥修好了，大家", authors=("张三",))
    ended = Article(title="新桥（续）", body="都很高兴。\n完。", authors=("李四",))
    other = Article(title="学校", body="开学了。")
    joined = join_continued([piece_of("1", begun, continued_on="3"), piece_of("3", ended, other, continued_from="1")])
    ((whole,), rest) = joined.articles
    assert (whole.title, whole.body, whole.authors) == ("新桥", "桥修好了，大家都很高兴。\n完。", ("张三", "李四"))
    assert rest == [other]
    assert [decision.rule for page in joined.decisions for decision in page] == ["joined across pages"] * 2


def test_a_piece_without_its_other_half_stays() -> None:
    pages = [
        piece_of("1", Article(title="新桥", body="桥。"), continued_on="3"),
        piece_of("4", Article(title="学校", body="校。"), continued_from="1"),
        piece_of("3", Article(title="路", body="路。"), continued_from="2"),
    ]
    joined = join_continued(pages)
    assert [[article.title for article in page] for page in joined.articles] == [["新桥"], ["学校"], ["路"]]
    assert joined.decisions == [[], [], []]


def test_of_two_rests_the_one_that_speaks_of_the_same_is_taken() -> None:
    first = PageOfIssue("1", [Article(title="新桥通车", body="桥。"), Article(title="学校开学", body="校。")],
                        [Piece(0, 1, "3"), Piece(1, 5, "3")])  # fmt: skip
    second = PageOfIssue("3", [Article(title="学校开学", body="校二。"), Article(title="新桥", body="桥二。")],
                         [Piece(0, 1, "", "1"), Piece(1, 5, "", "1")])  # fmt: skip
    joined = join_continued([first, second])
    assert [article.body for article in joined.articles[0]] == ["桥。\n桥二。", "校。\n校二。"]
    assert joined.articles[1] == []


def test_an_article_on_three_pages() -> None:
    middle = PageOfIssue("2", [Article(title="", body="二，")], [Piece(0, 1, "3", "1")])
    pages = [
        piece_of("1", Article(title="新桥", body="一，"), continued_on="2"),
        middle,
        piece_of("3", Article(title="", body="三。"), continued_from="2"),
    ]
    assert [[article.body for article in page] for page in join_continued(pages).articles] == [["一，二，三。"], [], []]


def test_a_page_tells_its_number_and_its_pieces(lexicon) -> None:
    page = split_page(
        "清河日报 2024年5月1日 第2版\n\n## 新桥\n\n桥修好了。\n\n（下转第5版）\n\n## 学校\n\n上接第1版\n\n开学了。",
        lexicon,
    )
    assert page.number == "2"
    assert [tuple(piece) for piece in page.pieces] == [(0, 3, "5", ""), (1, 9, "", "1")]
    assert [article.body for article in page.articles] == ["桥修好了。", "开学了。"]
