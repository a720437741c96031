"""The queries that are timed, drawn with a seed from the articles themselves."""

from __future__ import annotations

import random

from tests.bench.articles import SEED

FREQUENT = ["经济", "发展", "中国", "工作", "建设", "人民", "生态", "长江", "农业", "服务"]
RARE = ["江豚", "采棉机", "沙棘", "蓝藻", "皮影", "糖画", "磷酸", "缂丝", "榫卯", "消防演练"]
TOPICS = ["台风", "乡村", "航天", "春耕", "旅游", "医疗", "教育", "粮食", "高铁", "电影", "生态", "农业"]


def query_sets(real: list[dict[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Name of a set → its queries as (kind, text)."""
    chooser = random.Random(SEED)
    titles = [article["title"].replace('"', " ") for article in chooser.sample(real, min(300, len(real)))]
    pairs = [" ".join(chooser.sample(FREQUENT + TOPICS, 2)) for _ in range(60)]
    bodies = [article["body"] for article in chooser.sample(real, min(400, len(real)))]
    strings = [piece for body in bodies if (piece := han_piece(body, chooser))]
    return {
        "frequent word": [("single", word) for word in FREQUENT * 4],
        "rare word": [("single", word) for word in RARE * 4],
        "two words, AND": [("and", pair) for pair in pairs],
        "two words, OR": [("or", pair) for pair in pairs],
        "headline": [("headline", title) for title in titles],
        "two words, dated": [("dated", pair) for pair in pairs[:30]],
        "exact string, 4–8": [("exact", f'"{piece}"') for piece in strings[:200]],
    }


def han_piece(body: str, chooser: random.Random) -> str:
    """A string of 4 to 8 Han characters of a text, "" if it has none."""
    length = chooser.randint(4, 8)
    places = [p for p in range(len(body) - length) if all("\u4e00" <= c <= "\u9fff" for c in body[p : p + length])]
    return body[(start := chooser.choice(places)) : start + length] if places else ""
