"""The table of rules: each does on its example what it says, and no decision names one that is not in it."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from newsearch.corpus import pages, seams
from newsearch.corpus.facts import byline, dates
from newsearch.corpus.pages import PageOfIssue, join_continued, split_page
from newsearch.corpus.pages.rules import PARTS, RULES, as_markdown, reason
from newsearch.corpus.script import _TABLE, plain
from newsearch.terms.fold import FOLDED, fold

PACKAGE = Path(pages.__file__).parent


@pytest.mark.parametrize("name", RULES)
def test_a_rule_does_what_its_example_shows(name: str, lexicon) -> None:
    found = [split_page(page, lexicon) for page in RULES[name].example.split("\f")]
    joined = join_continued([PageOfIssue(page.number, page.articles, page.pieces) for page in found])
    decisions = [page.decisions for page in found] + joined.decisions
    assert name in {decision.rule for each in decisions for decision in each}


def test_names_are_single_and_what_they_do_is_one_line() -> None:
    assert sum(map(len, PARTS.values())) == len(RULES)
    assert all(rule.does and "\n" not in rule.does and len(rule.does) <= 110 for rule in RULES.values())
    with pytest.raises(KeyError):
        reason("no such rule")


def test_the_documentation_is_made_from_the_table() -> None:
    assert (PACKAGE / "README.md").read_text("utf-8") == as_markdown(), "run python -m newsearch.corpus.pages"


def test_every_decision_names_a_rule_and_lines_of_the_page(corpus: Path, lexicon) -> None:
    texts = [path.read_text("utf-8") for path in sorted((corpus / "pages").glob("*.md"))]
    blocks = sorted({block for text in texts for block in text.split("\n\n") if block.strip()})
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(60):
        text = "\n\n".join(rng.sample(blocks, rng.randint(1, 20)))
        page = split_page(text, lexicon)
        last = text.count("\n") + 1
        assert all(decision.rule in RULES for decision in page.decisions)
        assert all(1 <= line <= last for decision in page.decisions for line in decision.lines)
        assert [decision.lines for decision in page.decisions] == sorted(d.lines for d in page.decisions)
        lines = text.split("\n")
        for piece in page.furniture:
            assert piece.rule in RULES
            assert piece.text.split("\n")[0][:5] in lines[piece.line - 1]


def test_what_the_rules_know_folds_as_everywhere() -> None:
    """Each form of a character that stands in a rule is in the rules' own table, and folds to the same."""
    sources = [Path(module.__file__ or "") for module in (byline, dates, seams)] + sorted(PACKAGE.glob("*.py"))
    known = set(re.findall("[\u4e00-\u9fff]", "".join(path.read_text("utf-8") for path in sources)))
    forms = {key for key, value in FOLDED.items() if chr(value) in known and 0x4E00 <= key <= 0x9FFF}
    assert sorted(chr(form) for form in forms - set(_TABLE)) == []
    assert all(fold(chr(key)) == fold(chr(value)) for key, value in _TABLE.items())


def test_plain_text_is_as_long_as_the_text() -> None:
    text = "本報訊（記者 張三）２０２２年７月，ＡＢＣ。"
    assert plain(text) == "本报讯（记者 张三）2022年7月，ABC。"
    assert len(plain(text)) == len(text)
