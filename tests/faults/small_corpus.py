"""A few invented articles, and a word list so small that an index with it takes milliseconds to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newsearch.codec import segment
from newsearch.codec.tries import check_trie
from newsearch.terms import dictionary

_WORDS = ["台风", "渔船", "回港", "学校", "停课", "乡村", "振兴", "乡村振兴", "校车", "桥", "水库", "核桃"]
_PLACES = ["石桥村", "柳溪村", "大河村", "青岭村", "枫林村", "南塘村", "白沙镇", "云岭镇"]
_EVENTS = ["渔船回港避风，学校停课一天", "校车开进了山里", "核桃卖到了城里，乡村振兴有了盼头", "水库开闸放水，新桥通车"]

#: What is asked of an index to tell its answers from another one's.
QUERIES = ("台风", "渔船 学校", '"车开"', "乡村振兴 -核桃", "标题:村", "水*")


def article(number: int, version: int = 0) -> dict[str, Any]:
    """The article with a number, as it is after so many changes."""
    place, event = _PLACES[number % len(_PLACES)], _EVENTS[(number + version) % len(_EVENTS)]
    return {
        "id": f"a{number}",
        "title": f"{place}第{number}号台风消息" if number % 2 else f"{place}见闻",
        "body": f"{event}。{place}的村民说，第{number}次遇上台风{'了' * (version + 1)}。",
        "date": f"2024-0{number % 9 + 1}-1{version % 10}",
    }


@contextmanager
def small_words(folder: Path) -> Iterator[None]:
    """Has new indexes made with a dozen words instead of jieba's 350,000."""
    path = folder / "words.txt"
    path.write_text("".join(f"{word} {10 + number} n\n" for number, word in enumerate(_WORDS)), "utf-8")
    with patch.object(dictionary, "_jieba_file", lambda: path), tries_known():
        _forget()
        try:
            yield
        finally:
            _forget()


@contextmanager
def tries_known() -> Iterator[None]:
    """Looks at the bytes of a trie once, not at every opening of an index: bit rot and hostile indexes are about that,
    and small indexes take half their time over it."""

    @lru_cache(10_000)
    def known(content: bytes) -> int:
        return check_trie(content)

    with patch.object(segment, "check_trie", lambda content: known(bytes(content))):
        yield


def _forget() -> None:
    dictionary.default_dictionary.cache_clear()
    dictionary.default_fingerprint.cache_clear()
