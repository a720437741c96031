"""What several tests stand on: chance, the project's folders, the word list, and the segmenter that reads it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_news import small_news

import newsearch
from newsearch import Index
from newsearch.terms.dictionary import default_dictionary
from newsearch.terms.lexicon import DictionaryLexicon
from newsearch.terms.segment import DictionarySegmenter

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def rng() -> random.Random:
    """Chance; a test that fails shows its seed."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def corpus(root: Path) -> Path:
    """The sample articles and pages."""
    return root / "corpus"


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The real page, news and cases that lie beside the project where it is developed."""
    folder = root.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: the real page and news lie beside the project only where it is developed")
    return folder


@pytest.fixture(scope="session")
def lexicon() -> DictionaryLexicon:
    """What the splitter of pages asks of jieba's word list."""
    return DictionaryLexicon(default_dictionary())


@pytest.fixture(scope="session")
def segmenter() -> DictionarySegmenter:
    """jieba on the default word list, as queries are cut."""
    return DictionarySegmenter(default_dictionary())


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of `small_news`; nobody changes it."""
    with newsearch.open(tmp_path_factory.mktemp("news"), create=True) as index:
        index.add(small_news())
        yield index
