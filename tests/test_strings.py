"""A quoted string finds exactly the articles that contain it, and marks it exactly, however they were segmented and
whichever characters that fold alike it is written with."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

import newsearch
from newsearch.evaluation.strings import StringPattern, string_documents
from newsearch.terms.fold import FOLDED, fold, view
from newsearch.terms.tokens import searchable

ROOT = Path(__file__).parents[1]
MATCHES: tuple[Literal["all", "any"], ...] = ("all", "any")
NEWS = ROOT.parent / "shared" / "corpora" / "news-2022-2024.jsonl.gz"
ODD = "的了在龘𠀀〇·台臺风風３3.5%aZＡé—「」\n 　"
_QUOTES = '"“”＂「」『』„'
# Characters by what they fold to.
_SPELLINGS: dict[str, list[str]] = {}
for _code, _to in FOLDED.items():
    if chr(_code) not in _QUOTES and not chr(_code).isspace():
        _SPELLINGS.setdefault(chr(_to), []).append(chr(_code))


def random_articles(rng: random.Random, count: int) -> list[newsearch.Article]:
    def text(longest: int) -> str:
        return "".join(rng.choice(ODD) for _ in range(rng.randrange(longest)))

    return [newsearch.Article(id=f"random {n}", title=text(12), body=text(120) + "。") for n in range(count)]


def random_string(rng: random.Random, articles: Sequence[newsearch.Article]) -> str:
    """Usually a piece of an article, at times with a character changed."""
    article = rng.choice(articles)
    text = rng.choice((article.title, article.body)) or article.body
    start = rng.randrange(len(text))
    string = text[start : start + rng.randint(1, 20)]
    if rng.random() < 0.2:
        place = rng.randrange(len(string))
        string = string[:place] + rng.choice("的国人台龘a1") + string[place + 1 :]
    # Spaces around a quoted string are not asked for.
    return "".join(character for character in string if character not in _QUOTES).strip()


def respelled(rng: random.Random, string: str) -> str:
    """The string with other letters that fold to the same, and at times a character in it that nobody sees."""
    others = [rng.choice(_SPELLINGS.get(fold(character), [character])) for character in string]
    # What stands for a line break depends on the punctuation beside it.
    others = [other if fold(other).isalnum() else character for character, other in zip(string, others, strict=True)]
    respelled = "".join(rng.choice((character, other)) for character, other in zip(string, others, strict=True))
    at = rng.randrange(len(string))
    return respelled[:at] + rng.choice(("", "\u200b", "\ufeff")) + respelled[at:]


def check(rng: random.Random, articles: Sequence[newsearch.Article], folder: Path, count: int) -> int:
    """Asks `count` random strings; returns how many articles they stand in, all together."""
    found = 0
    with newsearch.open(folder, create=True) as index:
        index.add(articles)
        search = partial(index.search, limit=len(articles), timeout=None)
        views = {article.id: (view(article.title).text, view(article.body).text) for article in articles}
        for _ in range(count):
            string = random_string(rng, articles)
            needle = view(string).text
            if not searchable(needle):
                continue
            string = respelled(rng, string)
            assert view(string).text == needle
            expected = {id for id, texts in views.items() if any(needle in text for text in texts)}
            results = search(f'"{string}"')
            hits = {hit.id: hit for hit in results} if expected or not results.relaxed else {}
            assert set(hits) == expected, (string, set(hits) ^ expected)
            assert results.total == len(hits)
            if needle.isalnum():
                assert expected <= ids(search(string)), string
            if rng.random() < 0.1:
                assert ids(search(f'NOT "{string}"')) == set(views) - expected, string
                both = f'"{string}" {rng.choice("的人a1")}'
                together, either = (ids(search(both, match=match)) for match in MATCHES)
                assert together | expected <= either, string
            if hits:
                check_marks(rng.choice(list(hits.values())), needle)
            found += len(expected)
    return found


def ids(results: newsearch.Results) -> set[str]:
    """What has all that was asked for, or any of it where that was asked for."""
    return set() if results.relaxed else {hit.id for hit in results}


def check_marks(hit: newsearch.Hit, needle: str) -> None:
    """The string is marked in the title wherever `str.find` finds it, and where it is marked in the snippet it is."""
    title, spans, at = fold(hit.article.title), list[tuple[int, int]](), 0
    if "\n" not in title and needle[0].isalnum() and needle[-1].isalnum():
        while (at := title.find(needle, at)) >= 0:
            spans.append((at, at + len(needle)))
            at += len(needle)
        assert hit.title_highlights == spans
    for start, end in hit.snippet.highlights:
        marked = view(hit.snippet.text[start:end]).text
        assert marked.replace(needle, "") == "", (marked, needle)
    assert hit.title_highlights or hit.snippet.highlights


def test_strings_of_odd_random_articles(rng: random.Random, tmp_path: Path) -> None:
    assert check(rng, random_articles(rng, 60), tmp_path / "index", 700) > 700


def test_strings_of_the_sample_corpus(rng: random.Random, tmp_path: Path) -> None:
    articles = list(newsearch.read_articles(ROOT / "corpus"))
    assert check(rng, articles, tmp_path / "index", 500) > 500


@pytest.mark.long
@pytest.mark.shared
def test_ten_thousand_strings_of_the_news(rng: random.Random, tmp_path: Path) -> None:
    if not NEWS.is_file():
        pytest.skip("the news beside the project is not there")
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    articles = [newsearch.Article(id=row["id"], title=row["title"], body=row["body"]) for row in rows if row["body"]]
    assert check(rng, rng.sample(articles, 3000), tmp_path / "index", 10_000) > 10_000


def test_a_single_letter_of_many_articles_is_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more articles than are sooner read, none is read: by itself, excluded, and in one field."""
    rng = random.Random(5)
    articles = random_articles(rng, 1500)  # they are looked at in blocks of 64, 128, 256, 512
    with newsearch.open(tmp_path, create=True) as index:
        index.add(articles)
        for letter in "的龘𠀀台a1":
            having = [
                {article.id for article in articles if letter in view(text(article)).text}
                for text in (lambda a: f"{a.title}\n{a.body}", lambda a: a.title, lambda a: a.body)
            ]
            for query, found in (
                (f'"{letter}"', having[0]), (f"标题:{letter}", having[1]), (f"正文:{letter}", having[2]),
                (f"风 -{letter}", {a.id for a in articles if "风" in view(f"{a.title}\n{a.body}").text} - having[0]),
            ):  # fmt: skip
                results = index.search(query, limit=2000, timeout=None)
                assert ({hit.id for hit in results} if not results.relaxed else set()) == found, query
        reader = index._reader
        monkeypatch.setattr(type(reader), "stands", None)  # no text may be looked at
        assert len(string_documents(reader, StringPattern.exact("台"), "text")) > 256
