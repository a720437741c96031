"""Queries nobody would think of: each must be answered or refused with a QueryError, and soon.

    python -m tests.query_fuzz [--queries N] [--seed S] [--index DIR]      (make fuzz-queries QUERIES=1000000)

A third follow the grammar, a third are mutations of queries that the tests know, a third are characters at random.
Time is the processor's, for others may load the machine; time by the clock is told beside it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import newsearch
from newsearch import QueryError

#: Longest time for one query, in seconds of processor time.
LONGEST = 2.0

WORDS = [
    *"台风的了人与或非工〇𰶃", "台风", "渔船", "乡村振兴", "人工智能", "高铁", "工会", "颱風", "潘海燕", "第6号",
    "中华人民共和国", "江口新闻网", "B超", "chenkai168", "GDP", "3月15日", "2024", "6.5", "162万", "covid-19", "café",
    "http://a.cn/b", "アイ", "没有的词", "怎么办？", "好～",
]  # fmt: skip
FIELDS = ["标题:", "正文：", "title:", "作者:", "来源：", "版面:", "id:", "全文:", "價格：", "foo:"]
DATES = ["2024", "2024-06", "2024年7月", ">=2023", "2023..2024", "..2024-07-23", "2024-06..", "昨天", "<0001"]
KNOWN = [
    "台风 灾害", '"对冲基金" -公司', "(台风 OR 渔船) 标题:高铁", "作者:潘海燕 日期:2024", "北?大学 乡村*",
    "工作~ 台凤~1", '"台风登陆"~2 江口', "NOT (台风 与 渔船) 或 乡村*", "标题：（工会 或 技能） 来源:团结报",
    "3月15日 B站", "“智能”", "日期:2024-06..2024-07 -台风", '("台风" AND (江口 OR 县)) -"渔船回港"~5', "*台*风*",
    "10~20 2023～2024", "governmemt~2", "湘西州：乡村振兴怎么办?",
]  # fmt: skip
SIGNS = [
    *" 　\t\n()（）\"“”「」『』＂„:：-－~～*?＊？,，.。|&<>=!'[]【】《》…",
    *("AND", "OR", "NOT", "&&", "..", "~2", "与", "或", "非"),
]
STRANGE = [
    *("\0", "\ud800", "\udfff", "\u202e", "\u2066", "\ufeff", "\u200d", "\x1b[31m", "\x1f", "\u0301", "\x85"),
    "\U0010ffff",
]

#: More than anybody would type: label → query.
HEAVY = {
    "or of 8,000 words": " OR ".join(f"台{number}" for number in range(8000)),
    "or of 1,000 words": " OR ".join(f"台{number}" for number in range(1000)),
    "and of 1,000 words": " ".join(f"台{number}" for number in range(1000)),
    "1 MB of one character": "台" * (1 << 20),
    "10,000 of one character": "台" * 10_000,
    "10,000 letters": "ab1" * 3_333,
    "10,000 characters of words": "台风登陆江口渔船回港" * 1000,
    "1 MB of brackets": "(" * (1 << 20) + "台",
    "10,000 nested brackets": "(" * 10_000 + "台" + ")" * 10_000,
    "5,000 closing brackets": "台" + ")" * 5_000,
    "50 nested brackets": "(" * 50 + "台" + ")" * 50,
    "50 nested groups": "(台 OR " * 49 + "风" + ")" * 49,
    "brackets in a word": "台" + "(" * 4_000 + ")" * 4_000,
    "5,000 minus signs": "-" * 5_000 + "台",
    "5,000 NOTs": "NOT " * 2_400 + "台",
    "a thousand quoted strings": '"台风" ' * 1_000,
    "five thousand quotation marks": '"' * 5_001 + "台",
    "5,000 commas": "， " * 4_999 + "台",
    "5,000 colons": ": " * 4_999 + "台",
    "5,000 tildes": "~ " * 4_999 + "台",
    "tildes in a word": "台" + "~" * 9_000 + "风",
    "stars and question marks": "*?" * 24 + "台",
    "stars between letters": "*".join("的一是不人在有国中大"),
    "stars between one letter": "*".join("的" * 40) + "x",
    "question marks": "?" * 9_999 + "台",
    "only question marks": "?" * 10_000,
    "patterns": "的*人 " * 20,
    "too many patterns": "的*人 " * 21,
    "huge ~N": '"台风登陆"~' + "9" * 9_000,
    "huge fuzzy ~N": "台风登陆~" + "9" * 9_000,
    "the farthest ~N": '"的了是"~100 ' * 20,
    "a long near string": f'"{"台风登陆" * 2_000}"~3',
    "the same word near itself": '"的 的 的 的 的 的 的 的"~100',
    "500 words near each other": f'"{"的 " * 500}"~100',
    "fuzzy words": " ".join(f"工{character}~" for character in "作人会程业厂具" * 2),
    "a long fuzzy word": "台风" * 2_000 + "~2",
    "surrogates": "\ud800" * 2_000 + "台",
    "NULs": "\0台\0 " * 1_000,
    "bidi characters": "\u202e台风\u2066" * 1_000,
    "combining characters": "台" + "\u0301" * 9_000,
    "field after field": "标题:" * 2_000 + "台",
    "a long date": "日期:" + "2" * 9_000,
    "a long range": "日期:" + "." * 9_000,
    "line ends": "台\n" * 3_000,
}


def queries(rng: random.Random) -> Iterator[str]:
    """Queries without end."""
    while True:
        yield grammatical(rng, rng.randrange(4))
        yield mutated(rng)
        yield random_text(rng)


def grammatical(rng: random.Random, depth: int) -> str:
    """What follows the grammar, or nearly: not all of it means something."""
    if depth == 0:
        return primary(rng)
    parts = [grammatical(rng, depth - 1) for _ in range(rng.randrange(1, 4))]
    text = rng.choice((" ", " ", " AND ", " OR ", " 或 ", " 与 ", " 非 ")).join(parts)
    in_field = f"{rng.choice(FIELDS)}({text})"
    return rng.choice((text, text, f"({text})", f"（{text}）", f"-({text})", f"NOT {text}", in_field))


def primary(rng: random.Random) -> str:
    word = "".join(rng.choices(WORDS, k=rng.choice((1, 1, 1, 2, 3))))
    near = f'"{word}{rng.choice(WORDS)}"~{rng.choice(("", 0, 1, 2, 5, 100, 101))}'
    pattern = "".join(character + rng.choice(("", "", "*", "?")) for character in word)
    fuzzy = word + rng.choice(("~", "~1", "~2", "～", "~3"))
    dates = rng.choice(("日期:", "date:", "日期：")) + rng.choice(DATES)
    quoted = rng.choice((f'"{word}"', f"“{word}”", f"「{word}」", f'"{word}'))
    return rng.choice((word, word, word, f"-{word}", rng.choice(FIELDS) + word, quoted, near, pattern, fuzzy, dates))


def mutated(rng: random.Random) -> str:
    """A known query with some characters changed, left out, doubled or put in."""
    text = rng.choice(KNOWN)
    for _ in range(rng.randrange(1, 5)):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice((0, 0, 1, 1, 4)))
        instead = rng.choice((rng.choice(SIGNS), rng.choice(WORDS), "", text[start:end] * 2, rng.choice(STRANGE)))
        text = text[:start] + instead + text[end:]
    return text


def random_text(rng: random.Random) -> str:
    kinds = (lambda: rng.choice(SIGNS), lambda: rng.choice(WORDS), lambda: chr(rng.randrange(0x110000)),
             lambda: rng.choice(STRANGE), lambda: chr(rng.randrange(0x4E00, 0x9FFF)))  # fmt: skip
    return "".join(rng.choice(kinds)() for _ in range(rng.choice((1, 3, 8, 20, 60))))


def small_index(folder: Path, corpus: Path) -> newsearch.Index:
    """The sample corpus and articles as strange as the queries."""
    index = newsearch.open(folder, create=True)
    index.add(newsearch.read_articles(corpus))
    strange = ["的" * 5_000, "的了" * 2_500, "ab" * 2_500, "的，" * 2_500, "台\n" * 1_000, "\0\u202e台\u2066风" * 500]
    index.add({"id": f"strange{number}", "title": "怪", "body": body} for number, body in enumerate(strange))
    return index


def answer(index: newsearch.Index, text: str, article: str | None = None) -> str:
    """Asks a query or, with the id of an article, why that is found; returns read or refused. Whatever else it raises
    is a bug."""
    try:
        if article is None:
            index.search(text, limit=3).to_mapping()
        else:
            index.explain_query(text, article).to_mapping()
    except QueryError as error:
        if error.query != text or not 0 <= error.column <= len(text) or not error.advice or "\n" in error.message:
            raise AssertionError("the error does not point into the query") from error
        return "refused"
    return "read"


def questions(number: int, articles: Sequence[str]) -> list[str | None]:
    """What to `answer` of a query: it, and for one in five also why an article is found."""
    return [None, articles[number % len(articles)]] if number % 5 == 0 else [None]


@contextmanager
def opened(folder: Path | None) -> Iterator[newsearch.Index]:
    """The index in a folder, which is only read, or a small one made for the occasion."""
    if folder is not None:
        with newsearch.open(folder) as index:
            yield index
        return
    with tempfile.TemporaryDirectory() as made, small_index(Path(made), Path("corpus")) as index:
        yield index


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--queries", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options.add_argument("--index", type=Path, help="ask this index, which is only read")
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    source = queries(random.Random(given.seed))
    outcomes = {"read": 0, "refused": 0}
    slowest = 0.0
    slow = 0
    with opened(given.index) as index:
        articles = [article.id for article in islice(index, 1000)]
        for number in range(given.queries):
            text = next(source)
            took = by_clock = 0.0
            for article in questions(number, articles):
                started, clock = time.process_time(), time.perf_counter()  # other work on the machine does not count
                try:
                    outcome = answer(index, text, article)
                except Exception:
                    print(f"query {number}: {text!r}", file=sys.stderr)
                    raise
                took = max(took, time.process_time() - started)
                by_clock = max(by_clock, time.perf_counter() - clock)
            outcomes[outcome] += 1
            said = f"query {number}: {took:.2f} s ({by_clock:.2f} by the clock) for"
            if took > slowest:
                slowest = took
                print(f"{said} {text[:100]!r}", flush=True)
            if took > LONGEST:
                slow += 1
                print(f"{said} {text!r}", file=sys.stderr, flush=True)
    print(f"{outcomes['read']:,} read, {outcomes['refused']:,} refused, none over {slowest:.2f} s")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
