"""Where a column, a page or a line broke a sentence: do two stretches of text belong together?

Punctuation tells whether a stretch stops inside a sentence. Which stretch goes on with it is told by the words: a word
that the break cut in two (劳模专|题宣传) makes the joined text likelier than its halves, and a paragraph shares words
with the article it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Protocol

_CLOSED = re.compile(r"[。！？!?…：:]['\"”’」』）)】]*$|[.][\"”’」』]$")
_ENUMERATOR = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[是要、]|第[一二三四五六七八九十]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．)）]|[①-⑩]|首先|其次|再次|最后)"
)
# What can begin neither a paragraph nor a sentence, and what hardly goes on with one.
_NEVER_BEGINS = re.compile(r"[，。、；：！？）)”’」』》%％·]")
_NO_BEGINNING = re.compile(r"[的了着们吗呢吧]|[地得过与及](?!去|此|往|[处方]|时|益|知|会)")
_BEGINNING = re.compile(
    r"[“「『]|近年来|近日|日前|连日来|今年|去年|目前|据[悉了介]|为[了此切]|同时|此外|随着|当天|当日|当前|下一步|截至|接下来|记者|在.{2,12}[，]|\d{1,2}月\d{1,2}日|一[是要]|二[是要]|三[是要]"
)
_CONTEXT = 8
# The weight of about fifteen words.
_TELLING_WEIGHT = 150.0


class Lexicon(Protocol):
    """What the splitter asks of a dictionary."""

    def cohesion(self, left: str, right: str) -> float:
        """How much likelier `left + right` is as one text than as two, in nats; 0 if no word spans the seam."""
        ...

    def words(self, text: str) -> Collection[str]:
        """The distinct words of two characters or more."""
        ...

    def weight(self, word: str) -> float:
        """How much a word tells: high for rare ones."""
        ...


def stops_inside(text: str) -> bool:
    """Whether a text ends inside a sentence."""
    text = text.rstrip()
    return bool(text) and not _CLOSED.search(text) and text[-1] not in "；;"


def goes_on(text: str, following: str) -> bool:
    """Whether the paragraph `following` is the rest of the sentence in which `text` ends: what stands next to each
    other is taken to belong together unless punctuation says otherwise."""
    text = text.rstrip()
    if text and text[-1] in "；;":
        return not _ENUMERATOR.match(following)
    return stops_inside(text)


def seam(lexicon: Lexicon, text: str, following: str) -> float:
    """Evidence, in nats, that `following` goes on with the sentence in which `text` ends; 0 is neutral."""
    left, right = text.rstrip()[-_CONTEXT:], following.lstrip()[:_CONTEXT]
    evidence = lexicon.cohesion(left, right)
    if _NEVER_BEGINS.match(right):
        evidence += 8
    elif _NO_BEGINNING.match(right):
        evidence += 3
    elif evidence < 1 and _BEGINNING.match(following.lstrip()):
        evidence -= 3
    return evidence


def kinship(lexicon: Lexicon, text: str, article: Collection[str]) -> float:
    """How much of a text's words, by weight, the article (its words) has too: 0 to 1, less for a text so short that its
    words tell little."""
    words = lexicon.words(text)
    total = sum(map(lexicon.weight, words))
    shared = sum(lexicon.weight(word) for word in words if word in article)
    return shared / max(total, _TELLING_WEIGHT)


def unwrap(lines: list[str]) -> list[str]:
    """Lines as they stand in a file → paragraphs: a line that was only wrapped is joined to the one before.

    In a block that was wrapped, lines are about equally long; where lines are indented, an indent begins a paragraph.
    """
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2:
        return [line.strip() for line in lines]
    indented = [bool(re.match(r"(?:\u3000| {2}|\t)", line)) for line in lines]
    widest = max(len(line) for line in lines)
    paragraphs = [lines[0].strip()]
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number].strip()
        full = len(before) >= 0.8 * widest and widest >= 12
        starts = indented[number] if any(indented) else not (full and goes_on(paragraphs[-1], line))
        if starts:
            paragraphs.append(line)
        else:
            paragraphs[-1] = join(paragraphs[-1], line)
    return paragraphs


def join(left: str, right: str) -> str:
    """Two parts of a sentence as one; Latin words keep a space between them."""
    latin = re.search(r"[A-Za-z,.]$", left) and re.match(r"[A-Za-z]", right)
    return f"{left} {right}" if latin else left + right
