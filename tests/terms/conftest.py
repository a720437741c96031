"""jieba itself, untouched by us: the oracle for segmentation and for the word list."""

from __future__ import annotations

import re
from typing import Any

import pytest


@pytest.fixture(scope="session")
def jieba_itself(segmenter) -> Any:
    """A Tokenizer with jieba's own word list, parsed by jieba; without its cache in the shared temporary folder."""
    import jieba  # after `segmenter`, which imports it without its detours

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@pytest.fixture(scope="session")
def han_words(jieba_itself) -> list[str]:
    """The words of jieba's list that are all Han, sorted."""
    words = (word for word, frequency in jieba_itself.FREQ.items() if frequency)
    return sorted(word for word in words if re.fullmatch("[\u4e00-\u9fd5]+", word))
