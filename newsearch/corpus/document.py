"""One thing to be read as articles: a file, or a part of one that holds several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from newsearch.article import Article
from newsearch.corpus.encoding.decode import decoded
from newsearch.corpus.encoding.lines import lines, sniffed
from newsearch.corpus.facts.naming import NO_FACTS, Facts
from newsearch.corpus.lexicon import Lexicon
from newsearch.corpus.limits import LIMITS, Limits, refusal
from newsearch.corpus.packed.streams import at_most, beginning, continued
from newsearch.corpus.trouble import Unreadable
from newsearch.corpus.walk import CorpusFile

if TYPE_CHECKING:
    from newsearch.corpus.pages import Page  # 40 ms: its rules are many expressions

_SAMPLE = 1 << 16


class Rejection(NamedTuple):
    """A file, or one line or entry of it, that gave no article; `empty` if there is nothing in it to give one."""

    path: str
    reason: str
    line: int | None = None
    empty: bool = False

    def __str__(self) -> str:
        return f"{self.path}{f' line {self.line}' if self.line else ''}: {self.reason}"


class Account(NamedTuple):
    """What became of one document: how it was read and why so, and what it gave. `warnings` are about articles that
    were taken in but may not be what was written; `page` is what a newspaper page was taken apart into, and `partners`
    are the files of which it took or to which it gave the rest of an article."""

    path: str
    format: str
    encoding: str = ""
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    articles: int = 0
    rejections: int = 0
    page: Page | None = None
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are to be read: what the page splitter asks of a dictionary, and what the user said; `format` and
    `encoding` are found out for each document if None.

    `fields` says which field a name in a record stands for, `given` what is so of all articles unless they say it
    themselves, `fallback` what is so if the names of files do not tell either.
    """

    lexicon: Lexicon
    format: str | None = None
    encoding: str | None = None
    limits: Limits = LIMITS
    fields: Mapping[str, str] = field(default_factory=dict)
    given: Facts = NO_FACTS
    fallback: Facts = NO_FACTS


@dataclass(slots=True)
class Document:
    """A stream of bytes with its names, and what was found out about it while it was read.

    `name` ends as the format does (2022-07-01.md; no .gz), `shown` is how the user would write it, `facts` is what its
    names tell; `named` if it is the very file that the user named. Whoever reads it adds `encoding`, `reasons` and
    `warnings`, and what it was taken apart into if it is a `page`. `path` is that of a file that is no archive,
    `archive` the archive that it lies in.
    """

    stream: BinaryIO
    name: str
    shown: str
    facts: Facts
    named: bool = False
    sample: bytes = b""
    encoding: str = ""
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    path: Path | None = None
    archive: CorpusFile | None = None
    page: Page | None = None
    partners: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Takes a look at the beginning; `stream` still gives all of it."""
        self.sample = beginning(self.stream, _SAMPLE)
        self.stream = continued(self.sample, self.stream)

    def content(self, limit: int, name: str = "document") -> bytes:
        """All of it. Raises Unreadable if that is more than `limit` bytes; `name` is that limit's."""
        content = at_most(self.stream, limit + 1)
        if len(content) > limit:
            raise Unreadable(refusal("larger than", name, limit, ", the most that is read of its kind"))
        return content

    def text(self, reading: Reading, declared: str | None = None) -> str:
        """All of it as text, in the encoding asked for or the one that evidence tells; `declared` is what it says
        itself. Raises Unreadable."""
        return self.decode(self.content(reading.limits.text, "text"), reading.encoding, declared)

    def decode(self, content: bytes, encoding: str | None = None, declared: str | None = None) -> str:
        """The text of some bytes of it, as `decoded` has it; notes encoding, reason and warning. Raises Unreadable."""
        found = decoded(content, encoding, declared)
        self.encoding = found.encoding
        self.reasons += [found.reason] if found.reason not in self.reasons else []
        self.warnings += [found.warning] if found.warning and found.warning not in self.warnings else []
        return found.text

    def byte_lines(self, limit: int) -> Iterator[bytes]:
        """Its lines, still encoded, with their ends. Raises Unreadable at a line of more than `limit` bytes."""
        while line := self.stream.readline(limit + 1):
            if len(line) > limit:
                raise Unreadable(refusal("a line is longer than", "record", limit))
            yield line

    def lines(self, reading: Reading) -> Iterator[str]:
        """Its lines as text, without their ends, as a stream; each may be in an encoding of its own. Raises Unreadable
        at one that is too long."""
        found = sniffed(self.sample, reading.encoding)
        self.encoding = found.encoding
        self.reasons.append(found.reason)
        others = damaged = 0
        told = found.named or not self.sample.isascii()  # else the first line that is not ASCII tells
        for line in lines(b"", self.stream, found, reading.limits.record):
            if not line.text.isascii():
                self.encoding, told = (self.encoding, told) if told else (line.encoding, True)
                others += line.encoding != self.encoding
            damaged += bool(line.damaged)
            yield line.text
        if found.garbled:
            self.warnings.append("the text had been read in a wrong encoding before it was saved; that was undone")
        if others:
            self.warnings.append(f"{others:,} lines were in another encoding than {self.encoding}")
        if damaged:
            self.warnings.append(f"{damaged:,} lines have bytes that cannot be read, shown as \ufffd")

    def with_facts(self, article: Article) -> Article:
        """An article that came of this, with what the names tell where it says nothing itself."""
        facts = self.facts
        if facts == NO_FACTS:
            return article
        return replace(
            article,
            date=article.date or facts.date,
            source=article.source or facts.source,
            section=article.section or facts.section,
        )
