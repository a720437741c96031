"""Where a column, a page or a line broke a sentence: do two stretches of text belong together?

Punctuation tells whether a stretch stops inside a sentence. Which stretch goes on with it is told by its first
character, and by a word that the break cut in two (劳模专|题宣传): it makes the joined text likelier than its halves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsearch.corpus.lexicon import Lexicon
from newsearch.corpus.script import plain

_CLOSED = re.compile(r"[。！？!?…：:]['\"”’」』）)】]*$|[.][\"”’」』]$|[A-Za-z]{2}[.]$")
_ENUMERATOR = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[是要、]|第[一二三四五六七八九十]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．)）]|[①-⑩]|首先|其次|再次|最后)"
)
# What begins the rest of a sentence that was cut, against what begins a paragraph, in nats (log of the ratio of their
# frequencies in news): marks, particles, characters that are mostly the last of a word; then what begins paragraphs.
_NEVER_BEGINS = re.compile(r"[，。、；：！？）)”’」』》%％·]")
_NO_BEGINNING = re.compile(r"[的了着们吗呢吧]|[地得过与及](?!去|此|往|[处方]|时|益|知|会)")
_HARDLY_BEGINS = re.compile(
    r"[0.化业等动是家和员续力系议道心度色定量次务个将导区点组领性域表期席展示式部步造间题界源合好们门击局计程情体护流断态策级于院州队术并机势育者求型及资边设准至名届族速支质条础]"
)
_BEGINNING = re.compile(
    r"[“「『《]|编辑同志|近年来|近日|日前|连日来|今年|去年|目前|据[悉了介]|为[了此切]|同时|此外|随着|当天|当日|当前|下一步|截至|接下来|记者|在.{2,12}[，]|\d{1,2}月\d{1,2}日|一[是要]|二[是要]|三[是要]"
)
_OFTEN_BEGINS = re.compile("[今眼另据随此截这从连针当如昨根按除目受近]")
# A number or a date that was cut: 2023年|9月, 5|0周年, 46|.7.
_NUMBER = re.compile(r"[\d.][年月]?\|\d|\d\|[.年月日时分万亿%％多余个名元]|[第数]\|\d|\d[万亿]?\|[元人次吨公]")
_FIRST_CHARACTERS = (
    (_NEVER_BEGINS, 8.0),
    (_NO_BEGINNING, 3.0),
    (_BEGINNING, -3.0),
    (_HARDLY_BEGINS, 2.0),
    (_OFTEN_BEGINS, -2.0),
)
_CONTEXT = 8
# Beyond this a word says no more.
_MOST_COHESION = 5.0
# Closing brackets behind the mark that ends a sentence are never more.
_TAIL = 12


def stops_inside(text: str) -> bool:
    """Whether a text ends inside a sentence."""
    text = _tail(text)
    return bool(text) and not _CLOSED.search(text) and text[-1] not in "；;"


def goes_on(text: str, following: str) -> bool:
    """Whether the paragraph `following` is the rest of the sentence in which `text` ends: what stands next to each
    other is taken to belong together unless punctuation says otherwise."""
    text = _tail(text)
    if text and text[-1] in "；;":
        return not _ENUMERATOR.match(following)
    return stops_inside(text)


def _tail(text: str) -> str:
    """The end of a text, which decides; a text may be very long."""
    return (text[-_TAIL:] if not text[-_TAIL:].isspace() else text).rstrip()


def beginning(following: str) -> float:
    """Evidence, in nats, that a text goes on with a sentence rather than beginning one; 0 is neutral."""
    following = plain(following[: 2 * _CONTEXT]).lstrip()
    for expression, evidence in _FIRST_CHARACTERS:
        if expression.match(following):
            return evidence
    return 0.0


def seam(lexicon: Lexicon, text: str, following: str) -> float:
    """Evidence, in nats, that `following` goes on with the sentence in which `text` ends; 0 is neutral."""
    left, right = text[-2 * _CONTEXT :].rstrip()[-_CONTEXT:], following[: 2 * _CONTEXT].lstrip()[:_CONTEXT]
    cohesion = _MOST_COHESION if _NUMBER.search(f"{left}|{right}") else lexicon.cohesion(left, right)
    begins = beginning(following)
    # A word that the break cut in two outweighs what the first character tells.
    return min(cohesion, _MOST_COHESION) + (begins if begins > 2 or cohesion < 1 else 0.0)


def unwrap(lines: Sequence[str]) -> list[str]:
    """Lines as they stand in a file → paragraphs: a line that was only wrapped is joined to the one before.

    In a block that was wrapped, lines are about equally long; where lines are indented, an indent begins a paragraph.
    """
    lines = [line for line in lines if line.strip()]
    if len(lines) < 2:
        return [line.strip() for line in lines]
    indented = [bool(re.match(r"(?:\u3000| {2}|\t)", line)) for line in lines]
    # A line that is moved far to the right is a signature.
    any_indented = any(re.match(r"(?:\u3000{1,3}| {2,6}|\t)(?!\s)", line) for line in lines)
    widest = max(len(line) for line in lines)
    paragraphs = [[lines[0].strip()]]
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number].strip()
        full = len(before) >= 0.8 * widest and widest >= 12
        said = len(before) >= 0.9 * widest and before.rstrip()[-1:] in "：:" and line[0] in "“「『"
        starts = indented[number] if any_indented else not (full and (said or goes_on(before, line)))
        if starts:
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return [joined(parts) for parts in paragraphs]


def joined(parts: Sequence[str]) -> str:
    """The parts of a sentence as one text: see `join`."""
    pieces = [parts[0]]
    for before, part in pairwise(parts):
        if _is_hyphenated(before, part):
            pieces[-1] = pieces[-1][:-1]
        elif _is_latin(before, part):
            pieces.append(" ")
        pieces.append(part)
    return "".join(pieces)


def join(left: str, right: str) -> str:
    """Two parts of a sentence as one. Latin words keep a space between them, and a hyphen that broke one is dropped."""
    return joined([left, right])


def _is_hyphenated(left: str, right: str) -> bool:
    return bool(re.fullmatch("[A-Za-z]-", left[-2:]) and re.match("[a-z]", right))


def _is_latin(left: str, right: str) -> bool:
    return bool(re.fullmatch("[A-Za-z,.]", left[-1:]) and re.match("[A-Za-z]", right))
