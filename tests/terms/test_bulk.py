"""A batch of texts is cut as each text alone is: `tokens` is the oracle."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from newsearch.terms.bulk import EachRun, Vocabulary, cut_texts
from newsearch.terms.bulk_segment import BulkSegmenter
from newsearch.terms.fold import view
from newsearch.terms.segment import LONGEST_RUN, DictionarySegmenter
from newsearch.terms.tokens import NOT_HAN_TOKEN, RUN_END, SHIFT, bigram_key, bigrams, index_words, runs

Engine = BulkSegmenter | DictionarySegmenter

# (text, late, word) → how often; (text, pair) → how often
Words = Counter[tuple[int, bool, str]]
Pairs = Counter[tuple[int, str]]

PIECES = [
    "台风", "臺灣颱風", "灾害", "中华人民共和国", "記者從會議上獲悉", "龘", "专", "的",
    "\u3400", "〇", "々", "\u9fd5", "\u9fd6", "\U00020000", "\U0003134a", "\U00020000\U00020001",
    "3", "15", "6.5", "1.2.3", "２０２４", "6.", ".5", "①", "½", "٣", "Ａｐｐ", "app", "b", "chenkai168", "1a2b",
    "é", "e\u0301", "\u0301", "İ", "\u3099", "\u200b", "\ufe0f", "\U000e0100", "\u0344",
    "アイ", "ｱ", "한국", "\U0001d7d8",
    "月", "日", "站", "万", "，", "。", "！", "”", "」", "“", "·", "%", "_", "-", "😀", "\ue000", "\uffff",
    " ", "\t", "\u3000", "\xa0", "\n", "\r\n", "\r", " \n", "\n\u3000\u3000", " \r\n\t ", "\n\n", "\r \n",
    "\u2028", "\x85", "\x0b", "\x00", "\x02", "\x03",
]  # fmt: skip


@pytest.fixture(scope="module")
def bulk() -> BulkSegmenter:
    return BulkSegmenter()


@pytest.fixture(params=["arrays", "jieba"])
def engine(request: pytest.FixtureRequest, bulk: BulkSegmenter, segmenter: DictionarySegmenter) -> Engine:
    return bulk if request.param == "arrays" else segmenter


@pytest.fixture(scope="module")
def paragraphs(corpus: Path) -> list[str]:
    """Paragraphs of the samples, and their lines with the breaks that stand between them."""
    texts = [path.read_text("utf-8") for path in sorted((corpus / "pages").glob("*.md"))]
    texts += [json.loads(line)["body"] for line in (corpus / "wire.jsonl").read_text("utf-8").splitlines()[:60]]
    return [paragraph for text in texts for paragraph in text.split("\n\n") if paragraph]


def cut(texts: Sequence[str], first_part: int, engine: Engine) -> tuple[Words, Pairs]:
    """What `cut_texts` says, its words as strings and its bigrams as pairs."""
    vocabulary = Vocabulary()
    batch = engine if isinstance(engine, BulkSegmenter) else EachRun(engine)
    words, pairs, _ = cut_texts(texts, first_part, batch, vocabulary)
    assert [column.dtype for column in words] == [np.uint64, np.int64, np.bool_]
    assert [column.dtype for column in pairs] == [np.uint64, np.int64]
    assert (np.diff(pairs.texts) >= 0).all()
    listed = vocabulary.words()
    assert len(listed) == len(vocabulary) == len(set(listed))
    assert set(words.terms.tolist()) == set(range(len(listed)))
    terms, numbers, late = (column.tolist() for column in words)
    keys, places = (column.tolist() for column in pairs)
    return (
        Counter(zip(numbers, late, map(listed.__getitem__, terms), strict=True)),
        Counter(zip(places, map(pair_of, keys), strict=True)),
    )


def pair_of(key: int) -> str:
    return chr(key >> SHIFT) + (chr(key & (1 << SHIFT) - 1) or RUN_END)


def expected(texts: Sequence[str], first_part: int, engine: Engine) -> tuple[Words, Pairs]:
    """What `tokens` says of each text by itself."""
    words: Words = Counter()
    pairs: Pairs = Counter()
    for number, text in enumerate(texts):
        seen = view(text).text
        pairs.update((number, pair) for pair in bigrams(seen))
        late = Counter(index_words(seen[end_of_part(seen, first_part) :], engine))
        # By difference: the unit behind a number that ends the first part belongs to the number.
        early = Counter(index_words(seen, engine))
        early.subtract(late)
        assert min(early.values(), default=0) >= 0
        words.update({(number, False, term): count for term, count in early.items() if count})
        words.update({(number, True, term): count for term, count in late.items()})
    return words, pairs


def end_of_part(seen: str, first_part: int) -> int:
    """The first character at or after `first_part` that is no letter; but a number with points is a word, and where it
    begins decides about all of it."""
    split = next((at for at in range(first_part, len(seen)) if not seen[at].isalnum()), len(seen))
    return next((m.end() for m in NOT_HAN_TOKEN.finditer(seen) if m.start() < split < m.end()), split)


def assert_same(texts: Sequence[str], first_part: int, engine: Engine) -> None:
    words, pairs = cut(texts, first_part, engine)
    true_words, true_pairs = expected(texts, first_part, engine)
    assert words == true_words, (first_part, texts)
    assert pairs == true_pairs, (first_part, texts)


def random_text(rng: random.Random, paragraphs: Sequence[str]) -> str:
    kind = rng.random()
    if kind < 0.1:
        return ""
    if kind < 0.3:
        return "".join(rng.choices(paragraphs, k=rng.randint(1, 3)))
    if kind < 0.35:
        return "".join(rng.choices("台风灾害的是专", k=rng.randint(LONGEST_RUN - 2, 3 * LONGEST_RUN)))
    text = "".join(rng.choices(PIECES, k=rng.randint(1, 40)))
    if kind < 0.5:
        at = rng.randint(0, len(text))
        return text[:at] + rng.choice(paragraphs)[: rng.randint(1, 80)] + text[at:]
    return text


def test_random_batches(engine: Engine, paragraphs: list[str]) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(150):
        texts = [random_text(rng, paragraphs) for _ in range(rng.randint(0, 12))]
        assert_same(texts, rng.choice([0, 1, 5, 20, 100, 10_000]), engine)


def test_the_sample_corpus_in_one_batch(bulk: BulkSegmenter, paragraphs: list[str]) -> None:
    assert_same(paragraphs, 100, bulk)


@pytest.mark.parametrize(
    "text",
    [
        "台风\n来了",
        "台风 \r\n\u3000\u3000来了",
        "台风。\n来了",
        "臺灣\n颱風",
        "app\nstore\n上线",
        "3\n月",
        "台风\n\n来了",
        "台\r \n风",
        "\n台风\n",
        "3月15日",
        "6.5万",
        "1.2.3",
        "1.2a",
        "a.5",
        "\U00020000\n\U0003134a台〇",
        "B站2024年",
        "\u9fd5\u9fd6",
        "台风\x02来了",
        "台风\x00来了",
        "！",
        "台",
        "6.5",
    ],
    ids=ascii,
)
def test_one_text(text: str, engine: Engine) -> None:
    for first_part in range(len(text) + 2):
        assert_same([text], first_part, engine)
        assert_same(["前。", text, "", text], first_part, engine)


@pytest.mark.parametrize("text", ["台风\x01来了", "\x01", "\x01台\x01\x01风\x01", "1\x01月", "6\x01.5"], ids=ascii)
def test_a_text_may_hold_the_mark_between_texts(text: str, engine: Engine) -> None:
    assert_same([text, "灾", text], 1, engine)


@pytest.mark.parametrize("text", ["台\x01\n风", "台\n\x01风", "3\x01\n月"], ids=ascii)
def test_the_mark_beside_a_line_break(text: str, engine: Engine) -> None:
    """No break is soft beside a control character."""
    assert_same([text], 100, engine)


@pytest.mark.parametrize("text", ["\U0002a6ff", "台\U0002a6ff风", "台风\U000323af"], ids=ascii)
def test_rare_han_that_unicode_does_not_know_yet(text: str, engine: Engine) -> None:
    """The range of rare Han has gaps, and more of them in an older Python."""
    assert_same([text], 1, engine)


@pytest.mark.parametrize(
    "length", [LONGEST_RUN - 1, LONGEST_RUN, LONGEST_RUN + 1, 2 * LONGEST_RUN, 5 * LONGEST_RUN + 3]
)
def test_long_runs(length: int, engine: Engine) -> None:
    run = ("台风灾害的影响" * length)[:length]
    assert_same([run, f"a{run}，{run}\u3400{run}", run], 10, engine)


def test_late_is_what_stands_behind_the_first_part(segmenter: DictionarySegmenter) -> None:
    words, pairs = cut(["台风，灾害", "台风"], 1, segmenter)
    assert words == Counter({(0, False, "台风"): 1, (0, True, "灾害"): 1, (1, False, "台风"): 1})
    assert pairs == Counter({(0, "台风"): 1, (0, "灾害"): 1, (1, "台风"): 1})


def test_the_first_part_is_counted_in_the_view(segmenter: DictionarySegmenter) -> None:
    """A soft break is no character of it."""
    broken, whole = (cut([text], 3, segmenter) for text in ("台\n\u3000\u3000风，好，灾害", "台风，好，灾害"))
    assert broken == whole
    assert (0, False, "好") in whole[0]
    assert (0, True, "灾害") in whole[0]


def test_a_number_with_points_is_early_or_late_as_one(segmenter: DictionarySegmenter) -> None:
    words, pairs = cut(["6.5万"], 1, segmenter)
    assert words == Counter({(0, False, word): 1 for word in ("6.5", "6", "5", "5万")} | {(0, True, "万"): 1})
    assert pairs == Counter({(0, "6" + RUN_END): 1, (0, "5万"): 1})


def test_bigrams_know_their_texts(segmenter: DictionarySegmenter) -> None:
    """Of texts without letters there are none, and none spans two texts."""
    _, pairs = cut(["", "台", "，", "风灾", "", "a"], 1, segmenter)
    assert pairs == Counter({(1, "台" + RUN_END): 1, (3, "风灾"): 1, (5, "a" + RUN_END): 1})


def test_nothing(segmenter: DictionarySegmenter) -> None:
    for texts in ([], [""], ["", "，", "\n"]):
        vocabulary = Vocabulary()
        words, pairs, _ = cut_texts(texts, 100, EachRun(segmenter), vocabulary)
        assert [len(column) for column in (*words, *pairs)] == [0] * 5
        assert (len(vocabulary), vocabulary.words()) == (0, [])


def test_the_vocabulary_grows_and_keeps_its_numbers(segmenter: DictionarySegmenter) -> None:
    vocabulary = Vocabulary()
    assert vocabulary.number("台风") == 0
    cut_texts(["灾害，台风"], 100, EachRun(segmenter), vocabulary)
    assert vocabulary.words() == ["台风", "灾害"]
    cut_texts(["台风app"], 100, EachRun(segmenter), vocabulary)
    assert vocabulary.words() == ["台风", "灾害", "app"]
    assert [vocabulary.number(word) for word in ("灾害", "app", "新")] == [1, 2, 3]
    assert len(vocabulary) == 4


def test_bigram_keys_are_distinct() -> None:
    letters = sorted({letter for piece in PIECES for run in runs(piece) for letter in run})
    pairs = [first + second for first in letters for second in [*letters, RUN_END]]
    assert len({bigram_key(pair) for pair in pairs}) == len(pairs)
    assert [pair_of(bigram_key(pair)) for pair in pairs] == pairs
    assert max(map(bigram_key, pairs)) < 1 << 2 * SHIFT
