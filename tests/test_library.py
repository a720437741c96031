"""The library as its users see it: the sample corpus, and brute force over its text."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from near_reference import ways

import newsearch
from newsearch import Article, ArticleNotFound, BadArticle, Hit, Index, NotAnIndex, QueryError
from newsearch.terms.fold import fold, view
from newsearch.terms.segment import DictionarySegmenter
from newsearch.terms.tokens import ordered_words


@pytest.fixture(scope="module")
def sample(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of the sample corpus; nobody changes it."""
    with newsearch.open(tmp_path_factory.mktemp("library") / "index", create=True) as index:
        report = index.add(newsearch.read_articles(corpus))
        assert report.added == len(index) > 50
        yield index


@pytest.fixture(scope="module")
def articles(sample: Index) -> list[Article]:
    return list(sample)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with newsearch.open(tmp_path / "index", create=True) as opened:
        yield opened


# What is written can be found


def written(text: str, articles: list[Article]) -> set[str]:
    """The articles in whose title or body a string stands, after folding and without line breaks."""
    needle = view(text).text
    return {a.id for a in articles if needle in view(a.title).text or needle in view(a.body).text}


def random_string(rng: random.Random, articles: list[Article], letters_only: bool = False) -> tuple[str, str]:
    """A string of 1 to 12 characters as it stands in an article, and the article's id."""
    while True:
        article = rng.choice(articles)
        text = article.title if rng.random() < 0.2 else article.body
        start = rng.randrange(max(1, len(text)))
        string = text[start : start + rng.randrange(1, 13)].strip()
        fits = all(map(str.isalnum, string)) if letters_only else not set(string) & set("」")
        if fits and any(map(str.isalnum, string)):
            return string, article.id


def check_highlights(hit: Hit, needle: str) -> None:
    """Title and snippet mark the needle wherever it stands in them, and nothing else."""
    article, snippet = hit.article, hit.snippet
    assert snippet.text == article.body[snippet.start : snippet.start + len(snippet.text)]
    in_title = [article.title[start:end] for start, end in hit.title_highlights]
    in_snippet = [snippet.text[start:end] for start, end in snippet.highlights]
    assert {view(text).text for text in in_title + in_snippet} == {needle}
    assert len(in_title) == view(article.title).text.count(needle)
    assert bool(in_snippet) == (needle in view(article.body).text)


def test_every_string_finds_the_articles_it_stands_in(sample: Index, articles: list[Article]) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(500):
        string, origin = random_string(rng, articles)
        results = sample.search(f"「{string}」", limit=1000)
        assert {hit.id for hit in results} == written(string, articles), string
        assert origin in {hit.id for hit in results}, string
        assert (results.total, results.relaxed) == (len(results.hits), False)
        for hit in results:
            check_highlights(hit, view(string).text)


def test_an_unquoted_string_finds_them_too(sample: Index, articles: list[Article]) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(150):
        string, origin = random_string(rng, articles, letters_only=True)
        results = sample.search(string, limit=1000)
        assert {hit.id for hit in results} >= written(string, articles) >= {origin}, string
        assert not results.relaxed
        for hit in results:
            assert hit.title_highlights or hit.snippet.highlights or string in hit.article.authors, string


def test_every_character_is_found(sample: Index, articles: list[Article]) -> None:
    characters = {c for a in articles for c in view(a.title + "。" + a.body).text if c.isalnum()}
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    for character in random.Random(seed).sample(sorted(characters), 150):
        found = {hit.id for hit in sample.search(f'"{character}"', limit=1000)}
        assert found == written(character, articles), character


def test_what_is_not_written_is_not_found(sample: Index, articles: list[Article]) -> None:
    """Strings one character away from real ones: their bigrams may all be there, they themselves are not."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    absent = 0
    for _ in range(200):
        string, _ = random_string(rng, articles, letters_only=True)
        place = rng.randrange(len(string))
        changed = string[:place] + rng.choice("的一是在不了有和人这") + string[place + 1 :]
        results = sample.search(f'"{changed}"', limit=1000)
        assert {hit.id for hit in results} == written(changed, articles), changed
        absent += not results.total
    assert absent > 50


def test_words_near_each_other(sample: Index, articles: list[Article], segmenter: DictionarySegmenter) -> None:
    """Words of a stretch of text with some left out stand there with that many between them."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    asked = 0
    while asked < 40:
        string, _ = random_string(rng, articles)
        words = [word.text for word in ordered_words(view(string + random_string(rng, articles)[0]).text, segmenter)]
        whole = [word.text for word in ordered_words(view(string).text, segmenter)]
        for kept in ([*whole[:1], *whole[2:]], whole, words):
            needle = "，".join(kept)
            if [word.text for word in ordered_words(needle, segmenter)] != kept or not 1 < len(kept) < 8:
                continue  # by themselves they are cut in another way
            most = rng.randrange(4)
            texts = {a.id: (view(a.title).text, view(a.body).text) for a in articles}
            near = {key for key, both in texts.items() if any(any(ways(t, kept, most, segmenter)) for t in both)}
            results = sample.search(f'"{needle}"~{most}', limit=1000)
            assert {hit.id for hit in results} == near, (needle, most)
            asked += 1


@pytest.mark.parametrize("field", ["title", "body"])
def test_a_string_in_one_field(field: str, sample: Index, articles: list[Article]) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(100):
        string, _ = random_string(rng, articles, letters_only=True)
        found = {hit.id for hit in sample.search(f'{field}:"{string}"', limit=1000)}
        needle = view(string).text
        assert found == {a.id for a in articles if needle in view(getattr(a, field)).text}, string


@pytest.mark.parametrize(
    ("query", "body", "marked"),
    [
        ('"对冲基金"', "进了對沖\n基金公司", ["對沖\n基金"]),
        ("Ｂ站", "在b站和B站上", ["b站", "B站"]),
        ('"学校"', "学校" * 3, ["学校"] * 3),
        ("台风 灾害", "台风，灾害", ["台风", "灾害"]),
        ("台风灾害", "灾害和台风", ["灾害", "台风"]),
        ("乡村*", "去乡村学校。", ["乡村学校"]),
        ("台风 -灾害", "台风来了", ["台风"]),
        ("𰶃", "习𮊸𰶃。", ["𰶃"]),
        ('"登陆江口"~1', "登陆江口，登陆我省江\n口，江口登陆", ["登陆江口", "登陆", "江\n口"]),
        ('"台风登陆"~3', "臺風今天登陸", ["臺風", "登陸"]),
        ("北*大*学", "北方的大学", ["北方的大学"]),
    ],
)
def test_highlights(query: str, body: str, marked: list[str], index: Index) -> None:
    index.add([{"title": "", "body": body}])
    (hit,) = index.search(query)
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.highlights] == marked


# Filters, order, pages


FILTERS: list[dict[str, Any]] = [
    {"source": "清水日报"},
    {"source": "鹭屿晚报"},  # written 鷺嶼晚報
    {"source": " 清水日报 "},
    {"source": "清水"},
    {"section": "要闻"},
    {"author": "潘海燕"},
    {"date_from": "2024"},
    {"date_to": "2021-09"},
    {"date_from": "2022-07-01", "date_to": "2022年7月1日"},
    {"date_from": dt.date(2019, 11, 5), "date_to": dt.date(2020, 8, 6)},
    {"source": "清水日报", "date_from": "2023"},
    {"source": "江口新闻网", "section": "要闻", "date_to": "2024"},
]


def passes(article: Article, filters: dict[str, Any]) -> bool:
    authors = {fold(author) for author in article.authors}
    low, high = (filters.get(name) for name in ("date_from", "date_to"))
    day = article.date.isoformat() if article.date else ""
    return (
        all(fold(getattr(article, n)) == filters[n].strip() for n in ("source", "section") if n in filters)
        and ("author" not in filters or filters["author"] in authors)
        and (low is None or day >= _iso(low))
        and (high is None or ("" < day <= _iso(high) + "-99"))
    )


def _iso(date: str | dt.date) -> str:
    """A date as a prefix of ISO dates."""
    return str(date).replace("年7月1日", "-07-01")


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters(filters: dict[str, Any], sample: Index, articles: list[Article]) -> None:
    results = sample.search("的", limit=1000, **filters)
    assert {hit.id for hit in results} == {a.id for a in articles if passes(a, filters)} & written("的", articles)
    assert not results.relaxed


def test_the_filters_tell_articles_apart(sample: Index, articles: list[Article]) -> None:
    """Else the test above proves little."""
    sizes = [sum(passes(article, filters) for article in articles) for filters in FILTERS]
    nobody = [filters for filters, size in zip(FILTERS, sizes, strict=True) if not size]
    assert nobody == [{"source": "清水"}]
    assert max(sizes) < len(articles)


@pytest.mark.parametrize("name", ["date_from", "date_to"])
@pytest.mark.parametrize("date", ["昨天", "2024-13", "", "2024-02-30"])
def test_a_filter_that_is_no_date(name: str, date: str, sample: Index) -> None:
    with pytest.raises(QueryError, match="date"):
        sample.search("台风", **{name: date})  # type: ignore[arg-type]


def test_undated_articles_pass_no_date_filter_and_come_last(index: Index) -> None:
    dates = [None, "2024-06-01", "2023-01-01", None, "2025-01-01"]
    index.add([{"id": str(number), "title": "台风", "date": date} for number, date in enumerate(dates)])
    assert [hit.id for hit in index.search("台风", sort="newest")] == ["4", "1", "2", "0", "3"]
    assert [hit.id for hit in index.search("台风", sort="oldest")] == ["2", "1", "4", "0", "3"]
    assert {hit.id for hit in index.search("台风", date_from="0001")} == {"1", "2", "4"}
    assert {hit.id for hit in index.search("台风", date_to="9999")} == {"1", "2", "4"}


@pytest.mark.parametrize(("sort", "reverse"), [("newest", True), ("oldest", False)])
def test_sorted_by_date(sort: Any, reverse: bool, sample: Index) -> None:
    dates = [hit.article.date for hit in sample.search("的", limit=1000, sort=sort)]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=reverse)
    assert dates[: len(dated)] == dated
    assert len(set(dated)) > 10


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["的", "台风 OR 学校", "-台风"])
def test_pages_are_pieces_of_the_whole(query: str, sort: Any, sample: Index) -> None:
    whole = sample.search(query, limit=10_000, sort=sort)
    order = [(hit.id, hit.score) for hit in whole]
    assert len(order) == whole.total == len({article_id for article_id, _ in order})
    pages = [sample.search(query, limit=7, offset=offset, sort=sort) for offset in range(0, whole.total + 7, 7)]
    assert {page.total for page in pages} == {whole.total}
    assert [(hit.id, hit.score) for page in pages for hit in page] == order
    assert whole.total > 7


def test_scores_fall(sample: Index) -> None:
    scores = [hit.score for hit in sample.search("乡村 学校", limit=1000, match="any")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


def test_no_limit_still_counts(sample: Index) -> None:
    results = sample.search("的", limit=0)
    assert (len(results), results.hits) == (0, [])
    assert results.total > 50


@pytest.mark.parametrize(
    "options",
    [{"limit": -1}, {"offset": -1}, {"match": "most"}, {"sort": "best"}, {"match": ""}],
    ids=str,
)
def test_wrong_options(options: dict[str, Any], sample: Index) -> None:
    with pytest.raises(ValueError, match=r"limit|match"):
        sample.search("台风", **options)


# All, any, relaxed


THREE = [
    {"id": "typhoon", "title": "台风", "body": "台风登陆"},
    {"id": "school", "title": "学校", "body": "学校停课"},
    {"id": "both", "title": "台风", "body": "学校停课，台风登陆"},
]


@pytest.mark.parametrize(
    ("query", "match", "ids", "relaxed"),
    [
        ("台风 学校", "all", {"both"}, False),
        ("台风 学校", "any", {"typhoon", "school", "both"}, False),
        ("台风 地震", "all", {"typhoon", "both"}, True),
        ("台风 地震", "any", {"typhoon", "both"}, False),
        ("台风地震", "all", {"typhoon", "both"}, True),
        ("台风 AND 地震", "all", set(), False),
        ('"台风地震"', "all", set(), False),
        ('"台风" "地震"', "all", {"typhoon", "both"}, True),
        ("地震 -台风", "all", set(), False),
        ("学校 地震 -台风", "all", {"school"}, True),
        ("地震 火山", "all", set(), False),
        ("地震 火山", "any", set(), False),
    ],
)
def test_all_any_and_what_is_nearest(query: str, match: Any, ids: set[str], relaxed: bool, index: Index) -> None:
    index.add(THREE)
    results = index.search(query, match=match)
    assert ({hit.id for hit in results}, results.relaxed) == (ids, relaxed)
    assert results.total == len(ids)


def test_any_ranks_more_pieces_higher(index: Index) -> None:
    index.add(THREE)
    assert next(iter(index.search("登陆 停课", match="any"))).id == "both"


def test_relaxing_keeps_to_the_filters(index: Index) -> None:
    index.add([{"id": "1", "title": "台风", "source": "晚报"}, {"id": "2", "title": "台风 地震", "source": "日报"}])
    results = index.search("台风 地震", source="晚报")
    assert ([hit.id for hit in results], results.relaxed) == (["1"], True)


# Changing an index


def test_adding_counts(index: Index) -> None:
    report = index.add([{"id": "1", "title": "台风"}, {"id": "2", "title": "学校"}])
    assert (report.added, report.replaced, report.unchanged, report.total) == (2, 0, 0, 2)
    report = index.add([{"id": "1", "title": "台风"}, {"id": "2", "title": "大学"}, Article("3", body="工会")])
    assert (report.added, report.replaced, report.unchanged, report.total) == (1, 1, 1, 3)
    assert report.generation == index.generation
    assert sorted(article.id for article in index) == ["1", "2", "3"]
    assert index.search("学校").total == 0
    assert index.search("大学").total == 1


def test_articles_without_id_are_known_by_their_content(index: Index) -> None:
    given = [{"title": "台风"}, {"title": "台风", "body": "登陆"}, {"title": "台风"}]
    assert (index.add(given).added, index.add(given).unchanged) == (2, 3)
    assert len(index) == 2


@pytest.mark.parametrize("bad", [{"title": 1.5}, {}, {"title": " "}, "台风", None, {"title": "台风", "date": "昨天"}])
def test_a_bad_article_leaves_nothing_added(bad: Any, index: Index) -> None:
    generation = index.generation
    with pytest.raises(BadArticle):
        index.add([{"title": "台风"}, bad])
    assert (len(index), index.generation, index.refresh()) == (0, generation, False)


def test_an_iterator_that_fails_leaves_nothing_added(index: Index) -> None:
    def broken() -> Iterator[Article]:
        yield Article("1", "台风")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        index.add(broken())
    assert not index.refresh()
    assert index.add([Article("2", "台风")]).total == 1


def test_get_and_delete(index: Index) -> None:
    article = Article(
        "1", "台风登陆", "学校停课。", dt.date(2024, 7, 24), ("潘海燕",), "团结报", "要闻", "https://a", "a.txt", "直击"
    )
    index.add([article, Article("2", "台风")])
    assert index.get("1") == article
    assert index.delete(["2", "unknown", "1", "1"]) == ["2", "1"]
    assert (len(index), index.search("台风").total) == (0, 0)
    with pytest.raises(ArticleNotFound) as caught:
        index.get("1")
    assert isinstance(caught.value, KeyError)
    assert (caught.value.article_id, str(caught.value)[:27]) == ("1", "no article has the id '1'; ")


def test_ids_are_taken_as_they_are(index: Index) -> None:
    """Ids are not folded: these are five articles."""
    ids = ["a", "A", "ａ", " a", "a\x1fb"]
    index.add([Article(article_id, "台风") for article_id in ids])
    assert len(index) == 5
    assert [index.get(article_id).id for article_id in ids] == ids


def test_an_index_keeps_what_it_opened_until_refreshed(index: Index) -> None:
    index.add([{"id": "1", "title": "台风"}])
    with newsearch.open(index.folder) as other:
        other.add([{"id": "2", "title": "台风"}])
        other.delete(["1"])
        assert (other.generation, [hit.id for hit in other.search("台风")]) == (index.generation + 2, ["2"])
        assert [hit.id for hit in index.search("台风")] == ["1"]
        hit = index.search("台风").hits[0]
        assert index.refresh()
        assert not index.refresh()
        assert [hit.id for hit in index.search("台风")] == ["2"]
        assert hit.article.title == "台风"  # a hit found before stays readable


def test_opening(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with pytest.raises(NotAnIndex):
        newsearch.open(folder)
    assert not folder.exists()
    with newsearch.open(folder, create=True) as index:
        assert (len(index), index.generation, index.folder) == (0, 1, folder)
        assert index.search("台风").total == 0
        assert index.check() == []
        index.add([{"title": "台风"}])
    with newsearch.open(str(folder), create=True) as index:  # creating what is there changes nothing
        assert (len(index), index.generation) == (1, 2)


def test_stats(index: Index) -> None:
    index.add([
        {"id": "1", "title": "台风", "body": "ab", "source": "晚报", "date": "2024-06-01"},
        {"id": "2", "title": "台风", "source": "晚报"},
        {"id": "3", "title": "台风", "source": "日报", "date": "2023-01-02"},
        {"id": "4", "title": "台风"},
    ])  # fmt: skip
    index.delete(["4"])
    stats = index.stats()
    assert (stats.articles, stats.deleted, stats.segments, stats.files) == (3, 1, 1, 0)
    assert (stats.first_date, stats.last_date) == (dt.date(2023, 1, 2), dt.date(2024, 6, 1))
    assert (stats.text_bytes, list(stats.sources.items())) == (20, [("晚报", 2), ("日报", 1)])
    # All that is on the disk but the lock, the manifests and the generation before.
    assert 0 < stats.index_bytes <= sum(path.stat().st_size for path in index.folder.iterdir())
    assert stats.to_mapping()["first_date"] == "2023-01-02"


def test_an_author_who_is_one_of_several(index: Index) -> None:
    index.add(
        [{"id": "1", "title": "台风", "author": "潘海燕、麻超"}, {"id": "2", "title": "台风", "authors": ["麻超群"]}]
    )
    assert [hit.id for hit in index.search("台风", author="麻超")] == ["1"]
    assert [hit.id for hit in index.search("作者:潘海燕 台风")] == ["1"]
    assert index.search("作者:潘").total == 0


def test_an_index_left_open_is_whole_while_others_move_on(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": "1", "title": "台风", "body": "登陆。"}])
        with newsearch.open(tmp_path) as held:
            for number in range(2, 6):
                index.add([{"id": str(number), "title": "台风", "body": "过境。"}])
            results = held.search("台风")
            assert (results.total, held.stats().articles, held.check()) == (1, 1, [])
            assert sum(part.score for part in index.explain(results, results.hits[0])) == pytest.approx(
                results.hits[0].score, rel=1e-5
            )
            assert held.refresh()
            assert held.search("台风").total == 5


@pytest.mark.parametrize(("query", "total"), [("\ud800台风", 1), ('"台\ud800"', 0), ("作者:\udfff", 0)])
def test_a_query_with_what_no_text_can_have(tmp_path: Path, query: str, total: int) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        index.add([{"id": "1", "title": "台风", "body": "登陆。"}])
        assert index.search(query).total == total
        with pytest.raises(newsearch.ArticleNotFound):
            index.get("\ud800")


def test_articles_that_are_not_as_they_should_be(tmp_path: Path) -> None:
    with newsearch.open(tmp_path, create=True) as index:
        day = dt.datetime(2024, 6, 1, 3, 0)
        index.add([newsearch.Article(id="1", title="台风", date=day, authors="张三丰")])  # type: ignore[arg-type]
        article = index.get("1")
        assert (article.date, article.authors) == (dt.date(2024, 6, 1), ("张三丰",))
        with pytest.raises(newsearch.BadArticle):
            index.add([newsearch.Article()])
        assert index.delete("1") == ["1"]
