"""Small golden pages, each for one kind of disorder: exact, and scored together against a floor that only rises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from composer import Truth, score
from floors import hold

from newsearch.corpus.pages import Page, PageOfIssue, join_continued, split_page

GOLDEN = Path(__file__).with_name("golden")
#: Pages each for one kind of disorder, and whole pages of papers of many kinds, written before the rules that read them.
SETS = ("pages", "genres")
FILES = {path.stem: path for name in SETS for path in sorted((GOLDEN / name).glob("*.json"), key=lambda path: path.stem)}
TRUTHS: dict[str, dict[str, Any]] = {label: json.loads(path.read_text("utf-8")) for label, path in FILES.items()}


def page(label: str, lexicon) -> Page:
    return split_page(FILES[label].with_suffix(".md").read_text("utf-8"), lexicon)


def cases() -> list[Any]:
    marked = {label: pytest.mark.xfail(strict=True, reason=truth["known_to_fail"])
              for label, truth in TRUTHS.items() if "known_to_fail" in truth}  # fmt: skip
    return [pytest.param(label, marks=marked.get(label, ())) for label in TRUTHS]


def test_there_are_pages_of_many_kinds() -> None:
    assert len(TRUTHS) >= 125
    assert sorted(path.stem for name in SETS for path in (GOLDEN / name).glob("*.md")) == sorted(TRUTHS)


@pytest.mark.parametrize("label", cases())
def test_a_golden_page(label: str, lexicon) -> None:
    truths = TRUTHS[label]["articles"]
    found = page(label, lexicon).articles
    expected = [(truth["title"], truth["authors"], truth["body"]) for truth in truths]
    assert [(article.title, list(article.authors), article.body) for article in found] == expected
    days = [truth.get("date") for truth in truths]
    assert [day and str(article.date) for day, article in zip(days, found, strict=True)] == days


@pytest.mark.parametrize(("name", "floor"), [("pages", "golden pages"), ("genres", "golden pages of many papers")])
def test_the_score_never_falls(name: str, floor: str, lexicon) -> None:
    """Mean over articles, those that are known to fail among them, of title, authors and body."""
    scores = []
    for label, truth in ((label, truth) for label, truth in TRUTHS.items() if FILES[label].parent.name == name):
        truths = [Truth(each["title"], each["body"].split("\n"), each["authors"]) for each in truth["articles"]]
        scores += score(truths, page(label, lexicon).articles)
    mean = sum(each.value for each in scores) / len(scores)
    hold(floor, mean)


def test_an_article_on_two_pages(lexicon) -> None:
    halves = [page(f"continued-page-{number}", lexicon) for number in ("one", "four")]
    joined = join_continued([PageOfIssue(half.number, half.articles, half.pieces) for half in halves])
    begun, ended = (TRUTHS[f"continued-page-{number}"]["articles"][0]["body"] for number in ("one", "four"))
    assert joined.articles[0][0].body == begun + ended
    assert [article.title for article in joined.articles[1]] == ["山村有了气象站"]
