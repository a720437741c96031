"""Facts written above a text, as Hugo, Jekyll and Hexo do: YAML between lines of ---, TOML between lines of +++."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from newsearch.corpus.toml import read_toml

_MOST_CHARACTERS = 1 << 16
_FENCED = {
    "---": re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE),
    "+++": re.compile(r"\ufeff?\s*\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE),
}
# A line of dashes may also be a rule above a text: then no name stands below it.
_NAME = {"---": re.compile(r"\s*[\w\"'][\w\"' -]{0,40}:(?:\s|\Z)"), "+++": re.compile(r"\s*(?:[\w\"'.-]{1,40}\s*=|\[)")}
_COMMENTS = re.compile(r"\s*(?:#.*\n\s*)*")
_LINE = re.compile(r"^([\w-]{1,40})[ \t]*[:=][ \t]*(.*?)[ \t]*$", re.MULTILINE)


class FrontMatter(NamedTuple):
    """The facts above a text ({} if there are none), the text below, and what was wrong with the facts ("" if
    nothing)."""

    facts: Mapping[str, Any]
    text: str
    problem: str = ""


def split_front_matter(text: str) -> FrontMatter:
    """Parts the facts above a text from it. Facts that cannot be read as YAML or TOML are read line by line."""
    mark = text[:200].lstrip("\ufeff \t\r\n")[:3]
    if mark not in _FENCED:
        return FrontMatter({}, text)
    match = _FENCED[mark].match(text[:_MOST_CHARACTERS])
    if not match:
        return FrontMatter({}, text)
    block = match[1]
    if not _NAME[mark].match(block, _COMMENTS.match(block).end()):  # type: ignore[union-attr]
        return FrontMatter({}, text)
    rest = text[match.end() :]
    try:
        facts = _yaml(block) if mark == "---" else read_toml(block.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        language = "YAML" if mark == "---" else "TOML"
        told = " ".join(str(error).split()) if isinstance(error, ValueError) else "nested too deeply"
        lines = {name: value.strip("[]\"'") for name, value in _LINE.findall(block)}
        return FrontMatter(
            lines, rest, f"what stands above the text is not {language}, read line by line: {told[:200]}"
        )
    return FrontMatter(facts, rest)


def _yaml(block: str) -> Mapping[str, Any]:
    """A YAML mapping with every scalar as it is written: a title that is `no` or 2022 stays that. Raises ValueError."""
    import yaml  # slow to import, not always needed

    class Loader(yaml.BaseLoader):
        """Refuses references: a few lines of them stand for more text than there is memory."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                raise ValueError("references (*name) are not followed")
            return super().compose_node(parent, index)

    try:
        found = yaml.load(block, Loader)  # noqa: S506 - builds nothing but texts, lists and mappings
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    if not isinstance(found, dict):
        raise ValueError("no names and values")
    return {str(name): value for name, value in found.items()}
