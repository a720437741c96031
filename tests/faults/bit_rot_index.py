"""A small index with a bit of everything, and a digest of what it answers: what the campaigns of damage stand on.

It has segments with and without deletions, user words, sources and a dictionary of stored texts. Blocks are 512 bytes
instead of 65,536 and the word list is cut down, so that small files have as many blocks as large ones, and a digest
takes milliseconds.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import newsearch
from newsearch import Index
from newsearch.article import Article
from newsearch.codec import builder, columns
from newsearch.index import segment_writer, terms
from newsearch.index.manifest import Manifest, read_manifest
from newsearch.index.sources import Source
from newsearch.index.storage import Storage
from newsearch.index.writer import open_writer
from newsearch.terms.dictionary import Dictionary, default_dictionary
from newsearch.terms.fold import fold

PLACES = ["石桥", "柳溪", "青岭", "枫林", "南塘", "东湾", "白鹭", "云台", "金沙", "兰溪", "月湖", "松坡"]
THINGS = ["渔船", "核桃", "茶叶", "学校", "桥梁", "戏台", "合作社", "台风", "联赛", "水库", "图书馆", "高铁"]
DEEDS = ["回港避风", "卖到城里", "重新开放", "修缮完工", "停课一天", "赢得冠军", "通车", "丰收", "发布预警", "迎来游客"]
PEOPLE = ["赵明亮", "钱小梅", "孙海燕", "李向阳"]
ADDED = ["柳溪渔船 300", "云台高铁 300"]
COUNT = 60


@contextmanager
def small_measures() -> Iterator[None]:
    """Blocks, samples and champions of a size that a small index has many of, and a word list of its own words."""
    tiny = _small_dictionary()
    with ExitStack() as patched:
        ours = [module for name, module in list(sys.modules.items()) if name.startswith("newsearch.")]
        for module in [module for module in ours if hasattr(module, "default_dictionary")]:
            patched.enter_context(patch.object(module, "default_dictionary", lambda: tiny))
        for module, name, value in (
            (columns, "BLOCK", 512),
            (builder, "CHAMPIONS_FROM", 12),
            (terms, "CHAMPIONS_FROM", 12),
            (segment_writer, "_TEXTS_SAMPLE", 40),
            (segment_writer, "_TEXTS_BYTES", 1200),
            (segment_writer, "_FEW", 1000),
        ):
            patched.enter_context(patch.object(module, name, value))
        for module in ("newsearch.codec.builder", "newsearch.codec.segment"):
            patched.enter_context(patch.object(sys.modules[module], "CHAMPIONS", 8))
        yield


def articles(count: int = COUNT, seed: int = 1) -> list[Article]:
    rng = random.Random(seed)
    made = []
    for number in range(count):
        place, thing, deed = (rng.choice(words) for words in (PLACES, THINGS, DEEDS))
        sentences = [
            f"{rng.choice(PLACES)}的{rng.choice(THINGS)}{rng.choice(DEEDS)}，第{rng.randrange(90)}次。"
            for _ in range(rng.randrange(1, 6))
        ]
        mapping = {
            "id": f"{place}-{number}",
            "title": f"{place}{thing}{deed}",
            "body": "".join(sentences),
            "date": f"2024-{rng.randrange(1, 13):02}-{rng.randrange(1, 28):02}",
            "source": rng.choice(["晨报", "晚報"]),
            "section": rng.choice(["要闻", "乡村"]),
            "authors": [rng.choice(PEOPLE)],
            "path": f"/clippings/{number % 5}.txt",
        }
        made.append(Article.from_mapping(mapping))
    made[0] = Article("loud", "台风！", "台风" * 40)
    return made


def _small_dictionary() -> Dictionary:
    """The words of jieba's list that occur in the articles: the whole list would be most of the index."""
    whole = default_dictionary()
    texts = [fold(text) for article in articles() for text in (article.title, article.body)]
    places = ((text, start) for text in texts for start in range(len(text)))
    return Dictionary.of({
        text[start:end]: frequency for text, start in places for end, frequency in whole.words_at(text, start)
    })  # fmt: skip


def build(folder: Path, seed: int = 1) -> Path:
    """Builds the index; to be called inside `small_measures`, as whatever reads it."""
    storage = Storage(folder)
    made = articles(seed=seed)
    cuts = (0, COUNT // 2, COUNT * 4 // 5, COUNT)
    for part, (low, high) in enumerate(pairwise(cuts)):
        with open_writer(storage) as writing:
            writing.sources.roots["/clippings"] = "clippings"
            for number in range(5):
                if not writing.sources.number(f"/clippings/{number}.txt"):
                    path = f"/clippings/{number}.txt"
                    writing.sources.put(Source(path, f"{number}.txt", 10, 10, f"{number}" * 16))
            for article in made[low:high]:
                writing.add(article, writing.sources.number(article.path))
            if part == 1:
                for number in (3, 4, 11):
                    writing.delete(made[number].id)
            writing.commit()
        if part == 0:
            with newsearch.open(folder) as index:
                index.add_words(ADDED)
    with open_writer(storage) as writing:
        writing.delete(made[-1].id)
        writing.commit()
    return folder


QUERIES = [
    "渔船", "石桥 核桃", "“柳溪的”", "台风", "标题:茶叶", "作者:孙海燕", "来源:晚报", "日期:2024-03..2024-07",
    "学校 -丰收", "图?馆", "高铁*", "联赛~", "“渔船避风”~3", "云台高铁", "乡村 OR 要闻", "桥", "第1次", "yuchuan",
    "白鹭 水库 冠军 停课", "合作设", "戏台修缮完工", "东湾渔船回港避风", "金沙 OR 兰溪", "颱風", "回港", "月湖的水库",
    "“第12次”", "不存在的词", "图书馆 晨报", "松坡",
]  # fmt: skip
OPTIONS: list[tuple[str, dict[str, Any]]] = [
    ("渔船", {"recent": True}),
    ("核桃", {"sort": "newest"}),
    ("台风 学校", {"match": "any"}),
    ("茶叶", {"source": "晚報"}),
    ("水库", {"date_from": "2024-05"}),
    ("渔船 核桃", {"fold_copies": True}),
    ("学校", {"author": "李向阳"}),
    ("渔船", {"synonyms": {"渔船": ["高铁"]}}),
]


def newest(folder: Path) -> Manifest:
    """The manifest of the newest generation of an index that has one."""
    manifest = read_manifest(Storage(folder))
    assert manifest
    return manifest


def contents(folder: Path) -> dict[str, Article]:
    """The articles of an index by id."""
    with newsearch.open(folder) as index:
        return {article.id: article for article in index}


def questions(index: Index) -> Iterator[Callable[[], Any]]:
    """Fifty questions; each answer holds scores and texts. Those that look at most come first."""
    ids = [article.id for article in articles()]
    yield lambda: index.stats().to_mapping() | {"index_bytes": 0}
    yield lambda: index.trends(by="month").to_mapping()
    yield lambda: index.explain_query("渔船 标题:核桃", ids[7]).to_mapping()
    for prefix in ("渔", "柳", "yc", "图书"):
        yield partial(index.suggest, prefix)
    for article_id in (ids[7], ids[40]):
        yield lambda article_id=article_id: _searched(index.similar(article_id))
        yield lambda article_id=article_id: index.get(article_id).to_mapping()
        yield partial(index.keywords, id=article_id)
    yield partial(index.keywords, "渔船")
    searches: list[tuple[str, dict[str, Any]]] = [
        (query, {"limit": 5, "facets": ["month", "author", "source"]}) for query in QUERIES
    ]
    searches += [(query, {"limit": 100, **options}) for query, options in OPTIONS]
    for query, options in searches:
        yield lambda query=query, options=options: _searched(index.search(query, **options))


def digest(index: Index) -> list[str]:
    return [repr(question()) for question in questions(index)]


def _searched(results: newsearch.Results) -> Any:
    mapping = results.to_mapping()
    mapping.pop("took_ms")
    scores = [(hit.id, hit.score) for hit in results]
    return mapping, scores, results.documents.tolist(), results.suggestions
