"""A segment answers what was put into it, and a merged one what its parts would say of their live documents."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest

from newsearch.codec import builder, postings, segment
from newsearch.codec.builder import BIGRAMS, CHARACTER_BITS, Columns, Reference, SegmentBuilder, compressor
from newsearch.codec.columns import ColumnFile
from newsearch.codec.merge import merge_segments
from newsearch.codec.segment import Postings, Segment
from newsearch.errors import IndexDamaged

WORDS = ["台风", "灾害", "a", "app", "id\x1f", "\U00020000", "的", "never", *(f"词{number}" for number in range(40))]
LETTERS = "台风灾害的a1\U00020000\U000323af"

Counts = tuple[int, int, int]  # title, lead, body


class Document(NamedTuple):
    """Words with the fields they stand in, as often as they do; bigrams, and those of the title; two numbers; and what
    is stored. Its id is a word made of the digest."""

    words: list[tuple[str, int]]
    bigrams: list[int]
    titles: list[int]
    weight: int
    digest: int
    stored: bytes

    @property
    def id(self) -> str:
        return f"id\x1f{self.digest}"


def key(first: str, second: str) -> int:
    return ord(first) << CHARACTER_BITS | (ord(second) if second else 0)


KEYS = [key(first, second) for first in LETTERS for second in [*LETTERS, ""]]


def random_document(rng: random.Random) -> Document:
    fields = (0, 1, 2, 2, 2)
    words = [(rng.choice(WORDS), rng.choice(fields)) for _ in range(rng.randint(0, 30))]
    bigrams, titles = ([rng.choice(KEYS) for _ in range(rng.randint(0, most))] for most in (30, 4))
    if rng.random() < 0.2:  # more than a code holds
        words += [(rng.choice(WORDS), rng.choice(fields))] * rng.choice([4, 8, 300])
    return Document(
        words, bigrams, titles, rng.randrange(1, 200), rng.randrange(1 << 64), rng.randbytes(rng.randrange(50))
    )


def strength(weight: Any, counts: Any) -> Any:
    """Whole numbers, so that 32-bit floats of them are exact."""
    title, lead, body = (np.asarray(field, np.float32) for field in counts)
    return (3 * title + 2 * lead + body) * np.asarray(weight, np.float32)


def reference_of(columns: Columns) -> Reference:
    weights = columns["weight"]
    facts = {"heaviest": int(weights.max(initial=0))}
    return Reference(lambda docs, *counts: strength(weights[docs], counts), facts)


def build(documents: Sequence[Document], dictionary: bytes = b"", batch: int = 3, plain: bool = False) -> Segment:
    """A segment, its documents added a few at a time; a `plain` one has no ids and no champions."""
    made, numbers, compress = SegmentBuilder(), {}, compressor(dictionary).compress
    for start in range(0, len(documents), batch):
        added = list(enumerate(documents[start : start + batch], len(made)))
        words = [
            (numbers.setdefault(word, len(numbers)), doc << 2 | field)
            for doc, document in added
            for word, field in [*document.words, *[(document.id, 2)] * (not plain)]
        ]
        made.add_words(*np.array(words, np.uint32).reshape(-1, 2).T)
        for kind, name in zip(BIGRAMS, ("bigrams", "titles"), strict=True):
            pairs = [(pair, doc) for doc, document in added for pair in getattr(document, name)]
            keys, docs = np.array(pairs, np.uint64).reshape(-1, 2).T
            made.add_bigrams(kind, keys, docs.astype(np.uint32))
        columns = {
            "weight": np.array([document.weight for _, document in added], np.uint32),
            "date": np.array([-document.weight for _, document in added], np.int32),
            "digest": np.array([document.digest for _, document in added], np.uint64),
        }
        if not plain:
            columns["id"] = np.array([numbers[document.id] for _, document in added], np.uint32)
        made.add_documents([compress(document.stored) for _, document in added], columns)
    assert len(made) == len(documents)
    sink = io.BytesIO()
    # A vocabulary may have words that no document has.
    checksum = made.write(sink, [*numbers, "unused"], None if plain else reference_of)
    file = ColumnFile(sink.getvalue())
    assert file.checksum == checksum
    return Segment(file, dictionary)


def merged(segments: Sequence[Segment], live: Sequence[Sequence[bool]], dictionary: bytes = b"") -> Segment:
    sink = io.BytesIO()
    plain = not any(segment.reference for segment in segments)
    alive = [np.array(mine, np.bool_) for mine in live]
    checksum, documents = merge_segments(sink, segments, alive, None if plain else reference_of)
    segment = Segment(ColumnFile(sink.getvalue()), dictionary)
    assert (segment.file.checksum, segment.documents) == (checksum, documents)
    return segment


def living(parts: Sequence[Sequence[Document]], live: Sequence[Sequence[bool]]) -> list[Document]:
    return [
        document
        for part, alive in zip(parts, live, strict=True)
        for document, ok in zip(part, alive, strict=True)
        if ok
    ]


def documents_of(found: Postings | None) -> list[int]:
    """A term without postings is as good as an unknown one."""
    if found is None:
        return []
    docs = found.docs()
    assert docs.dtype == np.uint32
    assert docs.tolist() == sorted(set(docs.tolist()))
    assert len(docs) == found.frequency
    return docs.tolist()


def rows(found: Postings | None) -> dict[int, Counts]:
    """Document → how often in title, lead and body; asked for all at once and for every other one."""
    if found is None:
        return {}
    docs, fields = documents_of(found), found.frequencies()
    assert len({field.dtype for field in fields}) == 1
    places = np.arange(0, len(docs), 2)
    for field, some in zip(fields, found.frequencies_at(places), strict=True):
        assert some.tolist() == field[places].tolist()
    return dict(zip(docs, zip(*(field.tolist() for field in fields), strict=True), strict=True))


def true_words(documents: Sequence[Document], plain: bool = False) -> dict[str, dict[int, Counts]]:
    found: dict[str, dict[int, Counts]] = {}
    for doc, document in enumerate(documents):
        counts = Counter([*document.words, *[(document.id, 2)] * (not plain)])
        for term in dict.fromkeys(term for term, _ in counts):
            found.setdefault(term, {})[doc] = (counts[term, 0], counts[term, 1], counts[term, 2])
    return found


def assert_holds(segment: Segment, documents: Sequence[Document]) -> None:
    """That a segment says of every term, document and character what the documents say."""
    plain = not segment.reference
    assert segment.documents == len(documents)
    words = true_words(documents, plain)
    assert sorted(word for word, _ in segment.words()) == sorted(words)
    assert [segment.term(ordinal) for _, ordinal in segment.words()] == [word for word, _ in segment.words()]
    assert sorted(segment.terms()) == sorted(words)
    for word in [*words, *WORDS, "unused", "", "\ud800"]:
        assert rows(segment.word(word)) == words.get(word, {}), word
    for word in [*WORDS, "词", "unused", ""]:
        assert sorted(segment.terms(word)) == sorted(term for term in words if term.startswith(word))
        assert sorted(segment.words(word)) == sorted(pair for pair in segment.words() if pair[0].startswith(word))
        at = segment.words_at(word + "无")
        assert [term for term, _ in at] == sorted((term for term in words if word.startswith(term)), key=len)
        assert set(at) <= set(segment.words())
    assert segment.ordinals(["unused", *words]).tolist() == [-1, *map(segment.word_ordinal, words)]
    assert_champions(segment, documents, words)
    assert_bigrams(segment, "bigram", [document.bigrams for document in documents])
    assert_bigrams(segment, "title", [document.titles for document in documents])
    assert sorted(segment.columns()) == sorted(["weight", "date", "digest", *["id"] * (not plain)])
    assert segment.column("weight").tolist() == [document.weight for document in documents]
    assert segment.column("date").tolist() == [-document.weight for document in documents]
    assert segment.column("digest").tolist() == [document.digest for document in documents]
    if not plain:
        assert [segment.term(number) for number in segment.column("id")] == [document.id for document in documents]
    assert [segment.stored(number) for number in range(len(documents))] == [document.stored for document in documents]
    segment.check()


def assert_bigrams(segment: Segment, kind: str, documents: Sequence[Sequence[int]]) -> None:
    having: dict[int, list[int]] = {}
    for doc, pairs in enumerate(documents):
        for pair in set(pairs):
            having.setdefault(pair, []).append(doc)
    assert segment.bigram_keys(kind).tolist() == sorted(having)
    for pair in [*KEYS, key("无", "台"), key("台", "无"), key("\U0010ffff", ""), 0]:
        assert documents_of(segment.bigram(pair, kind)) == having.get(pair, []), pair
    for letter in [*LETTERS, "无", "\U0010ffff"]:
        code = ord(letter)
        found = [
            any(code in (pair >> CHARACTER_BITS, pair & (1 << CHARACTER_BITS) - 1) for pair in pairs)
            for pairs in documents
        ]
        assert segment.character(code, kind).tolist() == found, letter


def fits(counts: Counts) -> bool:
    """Whether frequencies fit in the 16 bits that a champion's have."""
    return counts[0] < 1 << 4 and counts[1] < 1 << 5 and counts[2] < 1 << 7


def assert_champions(
    segment: Segment, documents: Sequence[Document], words: dict[str, dict[int, Counts]]
) -> dict[str, bool]:
    """That frequent words have the documents where they are strongest; which of the frequent ones have any."""
    found = {}
    terms, rows_of = segment.every_champion()
    every = {segment.term(term): docs for term, docs in zip(terms.tolist(), rows_of.tolist(), strict=True)}
    for word, where in words.items():
        postings = segment.word(word)
        assert postings is not None
        champions = postings.champions()
        assert every.get(word) == (None if champions is None else champions.docs.tolist())
        if len(where) < builder.CHAMPIONS_FROM or not segment.reference:
            assert champions is None, word
            continue
        strengths = {doc: float(strength(documents[doc].weight, counts)) for doc, counts in where.items()}
        found[word] = champions is not None
        if champions is None:
            # One of the strongest has frequencies that no champion can have.
            least = sorted(strengths.values())[-builder.CHAMPIONS]
            assert any(not fits(counts) for doc, counts in where.items() if strengths[doc] >= least), word
            continue
        docs = champions.docs.tolist()
        assert champions.docs.dtype == np.uint32
        assert docs == sorted(set(docs))
        assert len(docs) == builder.CHAMPIONS
        counts = zip(champions.title.tolist(), champions.lead.tolist(), champions.body.tolist(), strict=True)
        assert list(counts) == [where[doc] for doc in docs]
        others = [strength for doc, strength in strengths.items() if doc not in docs]
        assert champions.rest == max(others), word
        assert min(strengths[doc] for doc in docs) >= champions.rest
    return found


@pytest.fixture
def few_champions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Champions for words in 5 documents, 3 for each."""
    monkeypatch.setattr(builder, "CHAMPIONS_FROM", 5)
    monkeypatch.setattr(builder, "CHAMPIONS", 3)
    monkeypatch.setattr(segment, "CHAMPIONS", 3)


@pytest.mark.parametrize("plain", [False, True], ids=["", "plain"])
@pytest.mark.parametrize("count", [1, 2, 7, 40, 300])
def test_a_segment_holds_its_documents(count: int, plain: bool, rng: random.Random) -> None:
    documents = [random_document(rng) for _ in range(count)]
    assert_holds(build(documents, plain=plain), documents)


@pytest.mark.parametrize("at_a_time", [1, 60, 2_000_000])
def test_batches_make_no_difference(
    at_a_time: int, rng: random.Random, few_champions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor how many occurrences are grouped together."""
    monkeypatch.setattr(builder, "_GROUPED_FROM", at_a_time)
    documents = [random_document(rng) for _ in range(20)]
    for batch in (1, 3, 20):
        assert_holds(build(documents, batch=batch), documents)


# Champions


def test_the_64_strongest_are_champions(rng: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "CHAMPIONS_FROM", 100)
    for most in (3, 200):  # many of one strength, and few
        documents = [random_document(rng)._replace(weight=rng.randint(1, most)) for _ in range(200)]
        for document in documents:
            document.words.extend((word, rng.randrange(3)) for word in WORDS[:8] if rng.random() < 0.6)
        made = build(documents)
        having = assert_champions(made, documents, true_words(documents))
        assert len(having) > 5
        postings = made.word("的")
        assert postings is not None
        assert len(postings.docs()) >= 100


@pytest.mark.parametrize("documents", [1023, 1024, 1025])
def test_a_word_of_1024_documents_has_champions(documents: int) -> None:
    many = [
        Document([("台风", 2)] * (1 + number % 5), [], [], 1 + number % 7, number, b"") for number in range(documents)
    ]
    having = assert_champions(build(many), many, true_words(many))
    assert having == ({"台风": True} if documents >= 1024 else {})


@pytest.mark.parametrize(
    ("counts", "there"),
    [((15, 0, 0), True), ((16, 0, 0), False), ((0, 31, 0), True), ((0, 32, 0), False), ((0, 0, 127), True),
     ((0, 0, 128), False), ((15, 31, 127), True), ((0, 0, 70_000), False)],
)  # fmt: skip
def test_a_champion_whose_frequencies_do_not_fit(counts: Counts, there: bool, few_champions: None) -> None:
    """Then the word has none; one that is not among the strongest does no harm."""
    words = [("台风", field) for field, count in enumerate(counts) for _ in range(count)]
    others = [Document([("台风", 2)], [], [], 10, number, b"") for number in range(9)]
    strongest, weakest = (Document(words, [], [], weight, 99, b"") for weight in (1000, 0))
    made = build([*others, strongest])
    postings = made.word("台风")
    assert postings is not None
    assert (postings.champions() is not None) == there
    postings = build([*others, weakest]).word("台风")
    assert postings is not None
    assert postings.champions() is not None


def test_champions_of_many_terms_and_chunks(
    rng: random.Random, few_champions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for chunk in (1, 30, 500_000):
        monkeypatch.setattr(postings, "_CHUNK", chunk)
        documents = [random_document(rng) for _ in range(30)]
        having = assert_champions(build(documents), documents, true_words(documents))
        assert True in having.values()


# Columns


@pytest.mark.parametrize(
    ("most", "dtype"), [(0, "u1"), (255, "u1"), (256, "u2"), (65_535, "u2"), (65_536, "u4"), ((1 << 32) - 1, "u4")]
)
def test_columns_are_as_narrow_as_their_largest_number(most: int, dtype: str) -> None:
    """But dates and hashes stay as they are."""
    documents = [empty()._replace(weight=weight, digest=1) for weight in (most // 3, most)]
    sink, made = io.BytesIO(), SegmentBuilder()
    columns = {
        "weight": np.array([document.weight for document in documents], np.uint32),
        "date": np.array([0, 1], np.int32),
        "digest": np.array([0, 1], np.uint64),
    }
    made.add_documents([b"", b""], columns)
    made.write(sink, [])
    opened = Segment(ColumnFile(sink.getvalue()))
    assert [opened.column(name).dtype.str[1:] for name in columns] == [dtype, "i4", "u8"]
    assert opened.column("weight").tolist() == [most // 3, most]


def test_a_merged_column_is_as_narrow_as_what_is_left() -> None:
    parts = [[empty()._replace(weight=7, digest=1), empty()._replace(weight=70_000, digest=2)]] * 2
    segments = [build(part) for part in parts]
    for live, dtype in (([[True, True]] * 2, np.uint32), ([[True, False]] * 2, np.uint8)):
        segment = merged(segments, live)
        assert segment.column("weight").dtype == dtype
        assert segment.column("weight").tolist() == [document.weight for document in living(parts, live)]


@pytest.mark.parametrize("documents", [255, 256])
def test_document_frequencies_are_as_narrow(documents: int) -> None:
    many = [Document([("台风", 2)], [key("台", "风")], [], 1, number, b"") for number in range(documents)]
    made = build(many)
    assert {made.file.column(f"{kind}.frequencies").itemsize for kind in ("word", "bigram")} == {1 + documents // 256}
    assert_holds(made, many)


def test_more_characters_than_16_bits_number() -> None:
    characters = [chr(0x20000 + number) for number in range((1 << 16) + 2)]
    pairs = [key(first, second) for first, second in zip(characters, [*characters[1:], ""], strict=True)]
    made = build([Document([], pairs, pairs[-3:], 1, 1, b""), Document([], pairs[:1], [], 1, 2, b"")])
    assert made.file.column("bigram.second").dtype == np.uint32
    assert made.bigram_keys().tolist() == sorted(pairs)
    for place in (0, 1, 65_533, 65_534, 65_535, 65_536, 65_537):
        assert documents_of(made.bigram(pairs[place])) == [0, 1][: 1 + (not place)]
        assert made.character(ord(characters[place])).tolist() == [True, place < 2]
    assert made.bigram(key(characters[0], characters[2])) is None
    assert made.bigram(pairs[0], "title") is None
    assert_bigrams(merged([made, made], [[False, True], [True, True]]), "title", [[], pairs[-3:], []])


# Stored texts and corners


def test_stored_with_a_shared_dictionary(rng: random.Random) -> None:
    documents = [random_document(rng) for _ in range(5)]
    assert_holds(build(documents, dictionary=b"shared text of many articles " * 20), documents)


def empty(stored: bytes = b"") -> Document:
    return Document([], [], [], 0, 0, stored)


LITTLE = {
    "nothing": empty(b"x"),
    "no bigrams": Document([("台风", 2)], [], [], 0, 0, b""),
    "no words": Document([], [key("台", "")], [], 0, 0, b""),
    "only a title": Document([], [], [key("台", "风")], 0, 0, b""),
    "large": Document([("台风", 0)] * 4, [key("台", "风")] * 8, [], 0, 0, b""),
}


@pytest.mark.parametrize("plain", [False, True], ids=["", "plain"])
@pytest.mark.parametrize("document", LITTLE.values(), ids=LITTLE)
def test_little(document: Document, plain: bool) -> None:
    made = build([document], plain=plain)
    assert_holds(made, [document])
    assert_holds(merged([made, made], [[True], [True]]), [document] * 2)
    assert_holds(merged([made, made], [[False], [True]]), [document])
    assert_holds(merged([made], [[False]]), [])


@pytest.mark.parametrize("document", LITTLE.values(), ids=LITTLE)
def test_bigrams_keep_documents_only(document: Document) -> None:
    """Also where there are none."""
    made = build([document])
    for one in (made, merged([made, made], [[True], [False]])):
        names = {"alphabet", "begin", "second", "frequencies", "offsets", "data"}
        for kind in BIGRAMS:
            assert {name for name in one.file.names() if name.startswith(f"{kind}.")} == {f"{kind}.{n}" for n in names}


def test_a_character_that_only_ends_bigrams() -> None:
    documents = [Document([], [key("台", "风")], [], 0, 0, b""), Document([], [key("风", "台")], [], 0, 1, b"")]
    assert_holds(build(documents), documents)
    assert_holds(build(documents[:1]), documents[:1])


def test_damage_is_noticed(rng: random.Random) -> None:
    documents = [random_document(rng) for _ in range(5)]
    heaviest = max(document.weight for document in documents)
    assert build(documents).file.facts == {"documents": 5, "reference": {"heaviest": heaviest}}
    assert build(documents, plain=True).file.facts == {"documents": 5}
    sink = io.BytesIO()
    builder = SegmentBuilder()
    builder.add_documents([compressor(b"").compress(b"text")], {})
    builder.write(sink, [])
    data = bytearray(sink.getvalue())
    data[20] ^= 1
    with pytest.raises(IndexDamaged):
        Segment(ColumnFile(bytes(data)))


# Merging


@pytest.mark.parametrize("plain", [False, True], ids=["", "plain"])
@pytest.mark.parametrize("chunk", [1, 7, 100, 500_000])
def test_merging_is_building_from_the_live_documents(
    chunk: int, plain: bool, rng: random.Random, few_champions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "_CHUNK", chunk)
    for _ in range(4):
        parts = [[random_document(rng) for _ in range(rng.choice([1, 3, 30]))] for _ in range(rng.randint(1, 4))]
        # No word or pair of letters of these is lost with the deleted ones.
        parts.append([Document([(word, 2) for word in WORDS], KEYS, KEYS, 0, 0, b"all")])
        share = rng.choice([1.0, 0.7, 0.1])
        live = [[rng.random() < share for _ in part] for part in parts[:-1]] + [[True]]
        rng.shuffle(order := list(range(len(parts))))
        parts, live = [parts[at] for at in order], [live[at] for at in order]
        kept = living(parts, live)
        segment = merged([build(part, plain=plain) for part in parts], live)
        assert_holds(segment, kept)
        assert_holds(merged([segment], [[True] * len(kept)]), kept)


def test_merging_equals_building_column_by_column(rng: random.Random, few_champions: None) -> None:
    parts = [[random_document(rng) for _ in range(20)] for _ in range(3)]
    one = merged([build(part) for part in parts], [[True] * 20] * 3)
    other = build([document for part in parts for document in part])
    assert sorted(one.file.names()) == sorted(other.file.names())
    assert one.file.facts == other.file.facts
    for name in one.file.names():
        if not name.startswith("word.") and name != "doc.id":  # the trie may number words otherwise
            assert one.file.column(name).tobytes() == other.file.column(name).tobytes(), name


def test_merged_champions_are_those_of_all(rng: random.Random, few_champions: None) -> None:
    """Also of words that were too rare for any in each part, and not of those that have become too rare."""
    documents = [random_document(rng) for _ in range(40)]
    parts = [documents[start : start + 4] for start in range(0, 40, 4)]
    segment = merged([build(part) for part in parts], [[True] * 4] * 10)
    assert True in assert_champions(segment, documents, true_words(documents)).values()
    alive = [rng.random() < 0.1 for _ in documents]
    few = living([documents], [alive])
    assert_champions(merged([build(documents)], [alive]), few, true_words(few))


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
        assert_holds(merged([build(part) for part in parts], live), living(parts, live))


@pytest.mark.parametrize(
    "words", [[[("g", 0)], [("e", 1)]], [[("e", 1)], [("g", 0)]], [[("g", 2), ("g", 1)], [("c", 2), ("e", 2)]]], ids=str
)
def test_a_deleted_document_leaves_the_others_whole(words: list[list[tuple[str, int]]]) -> None:
    pair = [key("台", "风")]
    documents = [Document(mine, pair, pair, 0, number, b"") for number, mine in enumerate(words)]
    for kept in (0, 1):
        segment = merged([build(documents)], [[number == kept for number in (0, 1)]])
        assert_holds(segment, documents[kept : kept + 1])


@pytest.mark.parametrize("kind", ["bigrams", "titles"])
def test_merging_what_has_no_bigrams_left(kind: str) -> None:
    one = Document([("id", 0)], [], [], 0, 0, b"")
    other = one._replace(**{kind: [key("台", "风")]}, digest=1)
    assert_holds(merged([build([one]), build([other])], [[True], [False]]), [one])
    assert_holds(merged([build([one]), build([other])], [[True], [True]]), [one, other])
