"""A prefix → the words and phrases it may become, those in most articles first.

    乡村            what begins with these characters, in either script
    xiangcun        what is read so: syllables, the last one perhaps only begun
    xczx            what has these initials; xiangczx both mixed, if nothing else fits

Words come from the index; phrases are what follows a prefix, or a word read like it, in some of the articles where
that stands, and chains of words that are read as what was typed (`newsearch.explore.spelled`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate, islice

from newsearch.deadline import UNLIMITED, Deadline
from newsearch.evaluation import StringPattern, string_candidates
from newsearch.explore.sampling import check_limit, frequency, in_time, spread
from newsearch.explore.spelled import words_read_as
from newsearch.index.reader import Reader
from newsearch.schema import TEXT
from newsearch.terms.fold import view
from newsearch.terms.pinyin import typed_pinyin
from newsearch.terms.segment import HAN_RUN, Segmenter
from newsearch.terms.stopwords import stop_words
from newsearch.terms.tokens import searchable

# Articles that are looked at for phrases, places in each, and characters behind the prefix.
_SAMPLED = 150
_PLACES = 2
_LOOK_AHEAD = 8
# Words read as what was typed that phrases are looked for, and articles that are looked at for each.
_CONTINUED = 3
_SAMPLED_EACH = 40


def suggest(
    reader: Reader, segmenter: Segmenter, prefix: str, limit: int = 10, deadline: Deadline = UNLIMITED
) -> list[str]:
    """The words and phrases that begin with a prefix or are read so, those in most articles first; [] for a prefix
    without letters. If the time is up, those that were found by then."""
    check_limit(limit)
    prefix = prefix.encode("utf-8", "replace").decode().strip()  # a lone surrogate is in no text
    characters = view(prefix).text
    if not searchable(characters):
        return []
    found = Counter(reader.tables.words(characters)) | _phrases(reader, segmenter, characters, _SAMPLED, deadline)
    if typed := typed_pinyin(prefix):
        read = words_read_as(reader, typed, deadline)
        for word, _ in read.most_common(_CONTINUED) if len(read) < limit else ():
            found |= _phrases(reader, segmenter, word, _SAMPLED_EACH, deadline)
        found |= read
    ordered = sorted(found, key=lambda text: (-found[text], text))
    live = (text for text in ordered if _is_live(reader, text, deadline))
    return list(islice(live, min(limit, len(ordered))))


def _is_live(reader: Reader, text: str, deadline: Deadline) -> bool:
    """Whether a word or phrase is in an article that was not deleted, as far as there is time to see."""
    return reader.count == reader.size or len(reader.word(text)) > 0 or frequency(reader, text, deadline) > 0


def _phrases(reader: Reader, segmenter: Segmenter, prefix: str, most: int, deadline: Deadline) -> Counter[str]:
    """A prefix with the word or two that follow it in a sample of `most` articles, and in how many of all articles
    that may be. What only one of the sample has is left out."""
    documents = string_candidates(reader, StringPattern.exact(prefix), TEXT)
    looked_at = 0
    words = segmenter.words
    found: Counter[str] = Counter()
    for document in in_time(spread(documents, most).tolist(), deadline):
        runs = (match[0] for text in _from_prefix_on(reader, document, prefix) if (match := HAN_RUN.match(text)))
        found.update({phrase for run in runs for phrase in _begun(words, run, len(prefix))})
        looked_at += 1
    return Counter({text: count * len(documents) // looked_at for text, count in found.items() if count > 1})


def _begun(words: Callable[[str], list[str]], run: str, prefix: int) -> Iterator[str]:
    """What the words of a run make of its first `prefix` characters, with one more and with two, up to the first that
    only builds the sentence."""
    cut = words(run)
    if len(run) >= prefix + _LOOK_AHEAD:
        cut.pop()  # it may go on
    added = 0
    for phrase, word in zip(accumulate(cut), cut, strict=True):
        if len(phrase) > prefix:
            added += 1
            if added > 2 or word in stop_words():
                return
            yield phrase


def _from_prefix_on(reader: Reader, document: int, prefix: str) -> Iterator[str]:
    """The folded text from a prefix on, at the first places where it stands in title and body."""
    length = len(prefix) + _LOOK_AHEAD
    texts = reader.texts(document)
    if any(prefix in text for text in texts):  # most text is written as it folds
        for text in texts:
            for match in islice(re.finditer(re.escape(prefix), text), _PLACES):
                yield view(text[match.start() : match.start() + 2 * length]).text[:length]
    else:
        views = reader.views(document)
        for folded in (views.title.text, views.body.text):
            for found in islice(re.finditer(re.escape(prefix), folded), _PLACES):
                yield folded[found.start() :][:length]
