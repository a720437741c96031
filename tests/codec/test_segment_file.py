"""A segment answers what was put into it, and a merged one what its parts would say of their live documents."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest

from newsearch.codec import merge
from newsearch.codec.columns import ColumnFile
from newsearch.codec.merge import merge_segments
from newsearch.codec.postings import pack_occurrences
from newsearch.codec.segment import CHARACTER_BITS, Postings, Segment, SegmentBuilder, compressor
from newsearch.errors import IndexDamaged

WORDS = ["台风", "灾害", "a", "app", "id\x1f1", "\U00020000", "的", "never", *(f"词{number}" for number in range(40))]
LETTERS = "台风灾害的a1\U00020000\U000323af"


class Document(NamedTuple):
    """Words and bigrams with the fields they stand in, as often as they do; a number; and what is stored."""

    words: list[tuple[str, int]]
    bigrams: list[tuple[int, int]]
    date: int
    digest: int
    stored: bytes


def key(first: str, second: str) -> int:
    return ord(first) << CHARACTER_BITS | (ord(second) if second else 0)


KEYS = [key(first, second) for first in LETTERS for second in [*LETTERS, ""]]


def random_document(rng: random.Random) -> Document:
    fields = (0, 1, 2, 2, 2)
    words = [(rng.choice(WORDS), rng.choice(fields)) for _ in range(rng.randint(0, 30))]
    bigrams = [(rng.choice(KEYS), rng.choice(fields)) for _ in range(rng.randint(0, 30))]
    if rng.random() < 0.2:  # more than a code holds
        words += [(rng.choice(WORDS), rng.choice(fields))] * rng.choice([4, 8, 300])
        bigrams += [(rng.choice(KEYS), rng.choice(fields))] * rng.choice([4, 8, 300])
    return Document(words, bigrams, rng.randrange(20240101), rng.randrange(1 << 64), rng.randbytes(rng.randrange(50)))


def build(documents: Sequence[Document], dictionary: bytes = b"", batch: int = 3) -> Segment:
    """A segment, its documents added a few at a time."""
    builder, numbers, compress = SegmentBuilder(), {}, compressor(dictionary).compress
    for start in range(0, len(documents), batch):
        added = documents[start : start + batch]
        words = [
            (numbers.setdefault(word, len(numbers)), doc, field)
            for doc, document in enumerate(added, len(builder))
            for word, field in document.words
        ]
        bigrams = [
            (key, doc, field) for doc, document in enumerate(added, len(builder)) for key, field in document.bigrams
        ]
        terms, docs, fields = np.array(words, np.uint64).reshape(-1, 3).T
        builder.add_words(pack_occurrences(terms, docs << np.uint64(2) | fields))
        keys, docs, fields = np.array(bigrams, np.uint64).reshape(-1, 3).T
        builder.add_bigrams(keys, docs << np.uint64(2) | fields)
        columns = {
            "date": np.array([document.date for document in added], np.int32),
            "digest": np.array([document.digest for document in added], np.uint64),
        }
        builder.add_documents([compress(document.stored) for document in added], columns)
    assert len(builder) == len(documents)
    sink = io.BytesIO()
    # A vocabulary may have words that no document has.
    checksum = builder.write(sink, [*numbers, "unused"])
    file = ColumnFile(sink.getvalue())
    assert file.checksum == checksum
    return Segment(file, dictionary)


def merged(segments: Sequence[Segment], live: Sequence[Sequence[bool]], dictionary: bytes = b"") -> Segment:
    sink = io.BytesIO()
    checksum, documents = merge_segments(sink, segments, [np.array(alive, np.bool_) for alive in live])
    segment = Segment(ColumnFile(sink.getvalue()), dictionary)
    assert (segment.file.checksum, segment.documents) == (checksum, documents)
    return segment


def rows(postings: Postings | None) -> dict[int, tuple[int, int, int]]:
    """Document → how often in title, lead and body. A term without postings is as good as an unknown one."""
    if postings is None:
        return {}
    docs = postings.docs()
    assert docs.dtype == np.uint32
    assert docs.tolist() == sorted(set(docs.tolist()))
    assert len(docs) == postings.frequency
    return dict(
        zip(docs.tolist(), zip(*(field.tolist() for field in postings.frequencies()), strict=True), strict=True)
    )


def truth(documents: Sequence[Document], kind: str) -> dict[str | int, dict[int, tuple[int, int, int]]]:
    found: dict[str | int, dict[int, tuple[int, int, int]]] = {}
    for doc, document in enumerate(documents):
        counts = Counter(getattr(document, kind))
        for term in dict.fromkeys(term for term, _ in counts):
            found.setdefault(term, {})[doc] = (counts[term, 0], counts[term, 1], counts[term, 2])
    return found


def assert_holds(segment: Segment, documents: Sequence[Document]) -> None:
    """That a segment says of every term, document and character what the documents say."""
    assert segment.documents == len(documents)
    words, bigrams = truth(documents, "words"), truth(documents, "bigrams")
    assert sorted(word for word, _ in segment.words()) == sorted(words)
    assert sorted(segment.terms()) == sorted(words)
    assert segment.bigram_keys().tolist() == sorted(bigrams)
    for word in [*WORDS, "unused", ""]:
        assert rows(segment.word(word)) == words.get(word, {}), word
        assert sorted(segment.terms(word)) == sorted(term for term in words if term.startswith(word))
        assert sorted(segment.words(word)) == sorted(pair for pair in segment.words() if pair[0].startswith(word))
        at = segment.words_at(word + "无")
        assert [term for term, _ in at] == sorted((term for term in words if word.startswith(term)), key=len)
        assert set(at) <= set(segment.words())
    for pair in [*KEYS, key("无", "台"), key("台", "无"), key("\U0010ffff", ""), 0]:
        assert rows(segment.bigram(pair)) == bigrams.get(pair, {}), pair
    for letter in [*LETTERS, "无", "\U0010ffff"]:
        code = ord(letter)
        having = [
            any(code in (pair >> CHARACTER_BITS, pair & (1 << CHARACTER_BITS) - 1) for pair, _ in document.bigrams)
            for document in documents
        ]
        assert segment.character(code).tolist() == having, letter
    for name in ("date", "digest"):
        assert segment.column(name).tolist() == [getattr(document, name) for document in documents]
    assert [segment.stored(number) for number in range(len(documents))] == [document.stored for document in documents]
    segment.check()


@pytest.fixture
def rng() -> random.Random:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.mark.parametrize("count", [1, 2, 7, 40, 300])
def test_a_segment_holds_its_documents(count: int, rng: random.Random) -> None:
    documents = [random_document(rng) for _ in range(count)]
    assert_holds(build(documents), documents)


def test_batches_make_no_difference(rng: random.Random) -> None:
    documents = [random_document(rng) for _ in range(20)]
    for batch in (1, 20):
        assert_holds(build(documents, batch=batch), documents)


def test_stored_with_a_shared_dictionary(rng: random.Random) -> None:
    documents = [random_document(rng) for _ in range(5)]
    assert_holds(build(documents, dictionary=b"shared text of many articles " * 20), documents)


def empty(stored: bytes = b"") -> Document:
    return Document([], [], 0, 0, stored)


@pytest.mark.parametrize(
    "document",
    [
        empty(b"x"),
        Document([("台风", 2)], [], 0, 0, b""),
        Document([], [(key("台", ""), 0)], 0, 0, b""),
        Document([("台风", 0)] * 4, [(key("台", "风"), 2)] * 8, 0, 0, b""),
    ],
    ids=["nothing", "no bigrams", "no words", "large"],
)
def test_little(document: Document) -> None:
    assert_holds(build([document]), [document])


def test_a_character_that_only_ends_bigrams() -> None:
    documents = [Document([], [(key("台", "风"), 2)], 0, 0, b""), Document([], [(key("风", "台"), 2)], 0, 0, b"")]
    assert_holds(build(documents), documents)
    assert_holds(build(documents[:1]), documents[:1])


def test_damage_is_noticed(rng: random.Random) -> None:
    view = build([random_document(rng) for _ in range(5)]).file
    assert view.facts == {"documents": 5}
    sink = io.BytesIO()
    builder = SegmentBuilder()
    builder.add_documents([compressor(b"").compress(b"text")], {})
    builder.write(sink, [])
    data = bytearray(sink.getvalue())
    data[20] ^= 1
    with pytest.raises(IndexDamaged):
        Segment(ColumnFile(bytes(data)))


@pytest.mark.parametrize("chunk", [1, 7, 100, 2_000_000])
def test_merging_is_building_from_the_live_documents(
    chunk: int, rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "_CHUNK", chunk)
    for _ in range(12):
        parts = [[random_document(rng) for _ in range(rng.choice([1, 3, 30]))] for _ in range(rng.randint(1, 4))]
        # No word or pair of letters of these is lost with the deleted ones.
        parts.append([Document([(word, 2) for word in WORDS], [(pair, 1) for pair in KEYS], 0, 0, b"all")])
        share = rng.choice([1.0, 0.7, 0.1])
        live = [[rng.random() < share for _ in part] for part in parts[:-1]] + [[True]]
        rng.shuffle(order := list(range(len(parts))))
        parts, live = [parts[at] for at in order], [live[at] for at in order]
        kept = [
            document
            for part, alive in zip(parts, live, strict=True)
            for document, ok in zip(part, alive, strict=True)
            if ok
        ]
        segment = merged([build(part) for part in parts], live)
        assert_holds(segment, kept)
        assert_holds(merged([segment], [[True] * len(kept)]), kept)


def test_merging_equals_building_column_by_column(rng: random.Random) -> None:
    parts = [[random_document(rng) for _ in range(20)] for _ in range(3)]
    one = merged([build(part) for part in parts], [[True] * 20] * 3)
    other = build([document for part in parts for document in part])
    assert sorted(one.file.names()) == sorted(other.file.names())
    for name in one.file.names():
        if not name.startswith("word."):  # the trie may number words otherwise
            assert one.file.column(name).tobytes() == other.file.column(name).tobytes(), name


def test_merging_with_a_shared_dictionary(rng: random.Random) -> None:
    dictionary = b"shared text of many articles " * 20
    parts = [[random_document(rng) for _ in range(4)] for _ in range(2)]
    segment = merged([build(part, dictionary) for part in parts], [[True] * 4, [True] * 4], dictionary)
    assert_holds(segment, parts[0] + parts[1])


def test_terms_that_only_deleted_documents_have(rng: random.Random) -> None:
    """They are not in the merged segment, and whatever is beside them is whole."""
    for _ in range(60):
        parts = [[random_document(rng) for _ in range(rng.randint(1, 3))] for _ in range(rng.randint(1, 3))]
        live = [[rng.random() < 0.4 for _ in part] for part in parts]
        live[0][0] = True
        kept = [
            document
            for part, alive in zip(parts, live, strict=True)
            for document, ok in zip(part, alive, strict=True)
            if ok
        ]
        assert_holds(merged([build(part) for part in parts], live), kept)


@pytest.mark.parametrize(
    "words", [[[("g", 0)], [("e", 1)]], [[("e", 1)], [("g", 0)]], [[("g", 2), ("g", 1)], [("c", 2), ("e", 2)]]], ids=str
)
def test_a_deleted_document_leaves_the_others_whole(words: list[list[tuple[str, int]]]) -> None:
    documents = [Document(mine, [(key("台", "风"), 2)], 0, 0, b"") for mine in words]
    for kept in (0, 1):
        segment = merged([build(documents)], [[number == kept for number in (0, 1)]])
        expected = truth(documents[kept : kept + 1], "words")
        assert {word: rows(segment.word(word)) for word in expected} == expected


@pytest.mark.parametrize(
    "document",
    [empty(b"x"), Document([("id", 0)], [], 0, 0, b""), Document([], [(key("台", "风"), 2)], 0, 0, b"")],
    ids=["nothing", "no bigrams", "no words"],
)
def test_merging_what_has_little(document: Document) -> None:
    assert_holds(merged([build([document]), build([document])], [[True], [True]]), [document] * 2)


def test_merging_what_has_no_bigrams_left() -> None:
    one, other = Document([("id", 0)], [], 0, 0, b""), Document([("id", 0)], [(key("台", "风"), 2)], 0, 0, b"")
    assert_holds(merged([build([one]), build([other])], [[True], [False]]), [one])


def test_merging_nothing_live() -> None:
    document = Document([("id", 0)], [(key("台", "风"), 2)], 0, 0, b"")
    assert_holds(merged([build([document])], [[False]]), [])
