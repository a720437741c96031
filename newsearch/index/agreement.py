"""Whether what a segment says of its documents is what their stored texts say.

Checksums tell whether bytes are as they were written. Here the texts are cut anew and compared with the postings, which
takes about as long as indexing them. Each document gets a number from its postings and one from its text: the sum of a
64-bit mix of each (term, frequencies); terms come some at a time, texts some at a time, and memory is that of a few
numbers for each document. Two documents that differ have the same sum once in 2^64 times.

Articles are cut by the words that the index knew when they came, and it has come to know more since. So the words of a
document may be those of any cut we can make, or must at least add up to the lengths of its title and body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsearch.article import Article
from newsearch.codec.builder import BIGRAMS, CHAMPION_COLUMNS, champions_of, frequencies_of
from newsearch.codec.packing import LARGE, unpack_many_codes
from newsearch.codec.postings import NO_ROWS, Lists, chunks, group_documents, group_occurrences
from newsearch.codec.segment import ASTRAY, Segment
from newsearch.errors import IndexDamaged
from newsearch.index.reader import Reader
from newsearch.index.reference import reference_of
from newsearch.schema import KEYWORD_MARK, NO_ARTICLE, batch_terms, date_number, decode_article, id_term
from newsearch.terms.bulk import BatchSegmenter, EachRun, Vocabulary
from newsearch.terms.bulk_segment import BulkSegmenter
from newsearch.terms.dictionary import Dictionary
from newsearch.terms.segment import DictionarySegmenter

Sums = NDArray[np.uint64]
_Cut = Callable[[], BatchSegmenter]
# Documents whose texts are cut at a time.
_BATCH = 512
# Up to this many documents the dictionary at hand is quicker than making arrays of it.
_FEW = 64
_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_LARGE = np.uint64(1 << 60)
_NONE = np.zeros(1, np.uint64)


class _Sums(NamedTuple):
    """For each document the sums of its words, of its keyword values, and of its bigrams by kind."""

    words: Sums
    keywords: Sums
    bigrams: dict[str, Sums]


def disagreements(reader: Reader) -> Iterator[IndexDamaged]:
    """What the segments of a generation say that the stored texts do not; nothing if all agrees."""
    cuts = _cuts(reader.dictionary(), reader.size)
    ids: set[str] = set()
    for segment, live in zip(reader.segments, reader.live_parts(), strict=True):
        try:
            yield from _of_segment(segment, cuts)
            mine = [segment.term(ordinal) for ordinal in segment.column("id")[live].tolist()]
            if len(ids | set(mine)) < len(ids) + len(mine):
                yield segment.file.damaged("doc.id", "has an article that is there twice")
            ids.update(mine)
        except IndexDamaged as damage:
            yield damage


def _cuts(dictionary: Dictionary, documents: int) -> list[_Cut]:
    """The segmenters that may have cut the articles, the likeliest first, each made when it is first asked for."""
    if documents <= _FEW:
        known = [dictionary, *([dictionary.base] if dictionary.added else [])]
        return [cache(partial(_each_run, words)) for words in known]
    return [cache(partial(BulkSegmenter, added)) for added in ([dictionary.added, {}] if dictionary.added else [{}])]


def _each_run(dictionary: Dictionary) -> BatchSegmenter:
    return EachRun(DictionarySegmenter(dictionary))


def _of_segment(segment: Segment, cuts: Sequence[_Cut]) -> Iterator[IndexDamaged]:
    file = segment.file
    lengths = np.zeros((2, segment.documents), np.int64)
    sums = _Sums(*_word_sums(segment, lengths), {kind: _bigram_sums(segment, kind) for kind in BIGRAMS})
    wrong: dict[str, list[int]] = {}
    for low in range(0, segment.documents, _BATCH):
        numbers = range(low, min(low + _BATCH, segment.documents))
        articles = [_article(segment, number) for number in numbers]
        for column, differs in _of_articles(segment, articles, low, sums, lengths, cuts):
            wrong.setdefault(column, []).extend((np.flatnonzero(differs) + low).tolist())
    for column, documents in sorted(wrong.items()):
        if documents:
            what = f"says of {len(documents)} documents what their texts do not, first of {documents[0]}"
            yield file.damaged(column, what)


def _article(segment: Segment, number: int) -> Article:
    try:
        return decode_article(segment.stored(number))
    except NO_ARTICLE:
        raise segment.file.damaged("stored.frames", f"has a document {number} that is no article") from None


def _of_articles(
    segment: Segment,
    articles: Sequence[Article],
    low: int,
    sums: _Sums,
    lengths: NDArray[np.int64],
    cuts: Sequence[_Cut],
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Columns, and for which of some articles, from document `low` on, they say something else."""
    here = slice(low, low + len(articles))
    columns = {name: segment.column(name)[here] for name in segment.columns()}
    left = np.ones(len(articles), np.bool_)
    for number, cut in enumerate(cuts):
        vocabulary = Vocabulary()
        terms = batch_terms(articles, cut(), vocabulary)
        words, keywords = _text_sums(segment, terms.words, terms.word_places, vocabulary, len(articles))
        if number == 0:
            yield "word.data", keywords != sums.keywords[here]
            yield "doc.sketch", terms.sketches != columns["sketch"]
            yield "doc.date", np.array([date_number(article.date) for article in articles]) != columns["date"]
            yield "doc.digest", np.array([article.digest() for article in articles], np.uint64) != columns["digest"]
            ids = [segment.term(ordinal) for ordinal in columns["id"].tolist()]
            yield "doc.id", np.array([ours != id_term(it.id) for ours, it in zip(ids, articles, strict=True)])
            pairs = ((terms.bigrams, terms.bigram_articles), (terms.title_bigrams, terms.title_articles))
            for kind, (keys, docs) in zip(BIGRAMS, pairs, strict=True):
                found = np.zeros(len(articles), np.uint64)
                grouped = group_documents(keys, docs)
                _add(found, grouped.lists.docs, np.repeat(grouped.terms, grouped.frequencies), _NONE)
                yield f"{kind}.data", found != sums.bigrams[kind][here]
        title, body = terms.lengths.T
        left &= (words != sums.words[here]) | (title != columns["title_length"]) | (body != columns["body_length"])
        if not left.any():
            return
    if len(cuts) > 2:  # words were added once: then the cut in between cannot be made again
        left &= (lengths[0, here] != columns["title_length"]) | (lengths[1, here] != columns["body_length"])
    yield "word.data", left


def _text_sums(
    segment: Segment, words: NDArray[np.uint64], places: NDArray[np.uint64], vocabulary: Vocabulary, articles: int
) -> tuple[Sums, Sums]:
    """The sums of words and of keyword values, from occurrences; a term that the segment does not have makes any sum
    differ."""
    grouped = group_occurrences(words.astype(np.uint32), places.astype(np.uint32))
    listed = vocabulary.words()
    unknown = segment.file.length("word.frequencies")
    found = [segment.word_ordinal(listed[number]) for number in grouped.terms.tolist()]
    ordinals = np.array([unknown if ordinal is None else ordinal for ordinal in found], np.uint64)
    keyword = np.array([KEYWORD_MARK in listed[number] for number in grouped.terms.tolist()], np.bool_)
    return _split_sums(articles, grouped.lists, grouped.frequencies, ordinals, keyword)


def _word_sums(segment: Segment, lengths: NDArray[np.int64]) -> tuple[Sums, Sums]:
    """The sums of words and of keyword values from postings; adds up in `lengths` how many words documents have in
    title and body. Raises IndexDamaged for postings that are not as they must be."""
    is_keyword = np.zeros(segment.file.length("word.frequencies"), np.bool_)
    for term, ordinal in _terms(segment):
        is_keyword[ordinal] = KEYWORD_MARK in term
    words, keywords = (np.zeros(segment.documents, np.uint64) for _ in range(2))
    file = segment.file
    champions: list[dict[str, NDArray[Any]]] = []
    reference = reference_of({name: segment.column(name) for name in ("title_length", "body_length")})
    ours = segment.reference.get("weights") == reference.facts["weights"]
    if ours and segment.reference != reference.facts:
        raise file.damaged("word.champion_rest", "was measured by other averages")
    for ordinals, frequencies, lists in _postings(segment, "word"):
        mine, values = _split_sums(segment.documents, lists, frequencies, ordinals, is_keyword[ordinals])
        words += mine
        keywords += values
        title, lead, body = frequencies_of(_codes(lists), lists.large)
        counted = ~np.repeat(is_keyword[ordinals], frequencies)
        docs = lists.docs[counted].astype(np.int64)
        np.add.at(lengths[0], docs, title[counted].astype(np.int64))
        np.add.at(lengths[1], docs, lead[counted].astype(np.int64) + body[counted])
        if ours:
            champions.append(champions_of(frequencies, lists, int(ordinals[0]), reference.strength))
    for name in CHAMPION_COLUMNS if ours else ():
        made = np.concatenate([np.zeros(0, file.dtype(f"word.{name}")), *(part[name] for part in champions)])
        if not np.array_equal(made, file.column(f"word.{name}")):
            raise file.damaged(f"word.{name}", "names other documents than where words are strongest")
    return words, keywords


def _terms(segment: Segment) -> list[tuple[str, int]]:
    """The terms of a segment and their ordinals. Raises IndexDamaged if one is not found in every way of looking."""
    listed = segment.words()
    by_letter: dict[str, set[tuple[str, int]]] = {}
    for term, ordinal in listed:
        if segment.word_ordinal(term) != ordinal or segment.words_at(term)[-1:] != [(term, ordinal)]:
            raise segment.file.damaged("word.trie", f"has a term {ordinal} that is not found")
        by_letter.setdefault(term[:1], set()).add((term, ordinal))
    for letter, terms in by_letter.items():
        if letter and set(segment.words(letter)) != terms:
            raise segment.file.damaged("word.trie", f"lists other terms for their first letter {letter!r}")
    return listed


def _bigram_sums(segment: Segment, kind: str) -> Sums:
    keys = segment.bigram_keys(kind)
    if (keys[1:] <= keys[:-1]).any():
        raise segment.file.damaged(f"{kind}.second", "does not ascend")
    sums = np.zeros(segment.documents, np.uint64)
    for ordinals, frequencies, lists in _postings(segment, kind):
        _add(sums, lists.docs, np.repeat(keys[ordinals], frequencies), _NONE)
    return sums


def _postings(segment: Segment, kind: str) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], Lists]]:
    """All postings of a kind, some terms at a time: their ordinals, how many each has, and the postings. Raises
    IndexDamaged if the documents of a term do not ascend, or a list ends elsewhere than the next begins."""
    file = segment.file
    offsets = file.column(f"{kind}.offsets").astype(np.int64)
    frequencies = file.column(f"{kind}.frequencies").astype(np.int64)
    data = file.column(f"{kind}.data")
    if offsets[0] or offsets[-1] != len(data) or (offsets[1:] < offsets[:-1]).any() or (frequencies < 1).any():
        raise file.damaged(f"{kind}.offsets", "does not ascend through the postings")
    if (frequencies > segment.documents).any():
        raise file.damaged(f"{kind}.frequencies", "counts more documents than there are")
    large, large_terms = NO_ROWS, np.zeros(0, np.int64)
    if kind == "word":
        large, large_terms = file.column("word.large").reshape(-1, 3), file.column("word.large_terms").astype(np.int64)
    for low, high in chunks(frequencies):
        ordinals, counts = np.arange(low, high), frequencies[low:high]
        docs = segment.documents_of(kind, ordinals)
        begins = np.zeros(len(docs), np.bool_)
        begins[np.cumsum(counts) - counts] = True
        if (docs[1:][~begins[1:]] <= docs[:-1][~begins[1:]]).any():
            raise file.damaged(f"{kind}.data", "has documents that do not ascend")
        if kind != "word":
            yield ordinals, counts, Lists(docs, None, NO_ROWS)
            continue
        try:
            codes = unpack_many_codes(data, offsets[low:high], counts, segment.documents)
        except ASTRAY:
            raise file.damaged("word.data", "has frequencies that are none") from None
        first, last = large_terms.searchsorted([low, high])
        if not np.array_equal(np.repeat(ordinals, counts)[codes == LARGE], large_terms[first:last]):
            raise file.damaged("word.large_terms", "names other words than those with large frequencies")
        yield ordinals, counts, Lists(docs, codes, large[first:last])


def _split_sums(
    documents: int,
    lists: Lists,
    frequencies: NDArray[Any],
    ordinals: NDArray[Any],
    keyword: NDArray[np.bool_],
) -> tuple[Sums, Sums]:
    """The sums of words, and those of keyword values, of terms and their postings."""
    values = _codes(lists).astype(np.uint64)
    rows = lists.large.astype(np.uint64)
    values[values == LARGE] = rows[:, 0] << np.uint64(32) | rows[:, 1] << np.uint64(16) | rows[:, 2] | _LARGE
    terms = np.repeat(ordinals.astype(np.uint64), frequencies)
    of_keywords = np.repeat(keyword, frequencies)
    words, keywords = (np.zeros(documents, np.uint64) for _ in range(2))
    _add(words, lists.docs[~of_keywords], terms[~of_keywords], values[~of_keywords])
    _add(keywords, lists.docs[of_keywords], terms[of_keywords], values[of_keywords])
    return words, keywords


def _codes(lists: Lists) -> NDArray[np.uint8]:
    return np.zeros(len(lists.docs), np.uint8) if lists.codes is None else lists.codes


def _add(sums: Sums, docs: NDArray[Any], terms: NDArray[np.uint64], values: Any) -> None:
    """Adds the mix of each (term, value) to the sum of its document."""
    np.add.at(sums, docs.astype(np.int64), _mixed(terms * _MIX[0] + _mixed(values + _MIX[1])))


def _mixed(values: Any) -> Any:
    """Numbers spread over 64 bits (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX[1]
    values = (values ^ (values >> np.uint64(27))) * _MIX[2]
    return values ^ (values >> np.uint64(31))
