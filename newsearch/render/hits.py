"""Hits and articles → text: cards on a terminal, plain stable lines in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsearch.article import Article
from newsearch.render.terminal import character_width, one_line, safe, width
from newsearch.results import Hit, Results

if TYPE_CHECKING:
    from rich.text import Text

_INDENT = 4
_NARROWEST = 24
# Punctuation that does not begin a line of Chinese.
_NO_LINE_START = "，。、；：！？）》」』”’…·,.;:!?)"
# Copies of a hit that are named.
_COPIES = 5
Spans = Sequence[tuple[int, int]]


def summary(results: Results) -> str:
    """What a search found, in one line."""
    count = f"{'at least ' if results.timed_out else ''}{results.total:,} article{'s' if results.total != 1 else ''}"
    if results.relaxed:
        have = "has" if results.total == 1 else "have"
        return f"no article has all of it; {count} {have} part of it ({results.took_ms:.1f} ms)"
    return f"{count} ({results.took_ms:.1f} ms)"


def did_you_mean(results: Results) -> str:
    """The queries that a search offers instead, in one line; "" if it offers none."""
    offered = "、".join(one_line(query) for query in results.suggestions)
    return f"did you mean 你要找的是不是: {offered}" if offered else ""


def plain_hit(number: int, hit: Hit) -> str:
    """A hit in a pipe: title, facts, snippet, id and path, each on a line of its own."""
    snippet = hit.snippet
    before, after = "…" if snippet.cut_before else "", "…" if snippet.cut_after else ""
    title = marked(hit.article.title, hit.title_highlights) or "(no title)"
    lines = [
        f"{number}. {title}",
        " · ".join(hit_facts(hit)),
        before + marked(snippet.text, snippet.highlights).strip() + after,
    ]
    lines.append(f"id {one_line(hit.id)}" + (f"  {one_line(hit.article.path)}" if hit.article.path else ""))
    lines.append(copies_line(hit))
    return "\n".join(line if place == 0 else "   " + line for place, line in enumerate(lines) if line.strip("…"))


def card(number: int, hit: Hit, columns: int) -> Text:
    """A hit on a terminal: hit words coloured, lines broken at the terminal's width."""
    from rich.text import Text  # 60 ms: only where colours are shown

    snippet = hit.snippet
    text = Text()
    text.append(f"{number:>3} ", style="dim")
    text.append_text(_styled(hit.article.title or "(no title)", hit.title_highlights, "bold", "bold red"))
    text.append("\n")
    facts = hit_facts(hit)
    if facts:
        _append_lines(text, Text(" · ".join(facts), style="cyan"), columns)
    if snippet.text:
        body = Text("…" if snippet.cut_before else "")
        body.append_text(_styled(snippet.text, snippet.highlights, "", "bold red"))
        body.append("…" if snippet.cut_after else "")
        _append_lines(text, body, columns)
    where = f"  {one_line(hit.article.path)}" if hit.article.path else ""
    _append_lines(text, Text(f"id {one_line(hit.id)}{where}  score {hit.score:.2f}", style="dim"), columns)
    if hit.copies:
        _append_lines(text, Text(copies_line(hit), style="dim"), columns)
    return text


def article_text(article: Article, copies: Sequence[Article] = ()) -> str:
    """A whole article to read, and where else it stands nearly the same."""
    head = [article.kicker and article.kicker + "：", article.title]
    facts = [
        article.source,
        article.section,
        article.date.isoformat() if article.date else "",
        " ".join(article.authors),
    ]
    lines = [one_line("".join(head)), " · ".join(one_line(fact) for fact in facts if fact), "", safe(article.body)]
    lines += [
        "",
        *(
            f"{name}: {one_line(value)}"
            for name, value in (("id", article.id), ("path", article.path), ("url", article.url))
            if value
        ),
        places(copies),
    ]
    return "\n".join(line for place, line in enumerate(lines) if line or place not in (0, 1)).rstrip("\n")


def marked(text: str, spans: Spans) -> str:
    """Plain text with «» around the spans, in one line."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], "«", text[start:end], "»"]
        last = end
    return one_line("".join([*parts, text[last:]]))


def hit_facts(hit: Hit) -> list[str]:
    article = hit.article
    facts = [
        article.source,
        article.section,
        article.date.isoformat() if article.date else "",
        " ".join(article.authors),
    ]
    return [one_line(fact) for fact in facts if fact]


def copies_line(hit: Hit) -> str:
    """Where articles stand that are nearly the same, "" if none were folded."""
    return places(hit.copies)


def places(copies: Sequence[Article]) -> str:
    """Where articles stand that are nearly the same as one: `also 海港晚报 2024-03-05 (id 8c1f…)`."""
    shown = []
    for article in copies[:_COPIES]:
        where = article.source or article.path or article.url
        facts = (where, article.section, article.date.isoformat() if article.date else "")
        shown.append(one_line(" ".join(filter(None, (*facts, f"(id {article.id})")))))
    more = f" and {len(copies) - _COPIES:,} more" if len(copies) > _COPIES else ""
    return f"also {', '.join(shown)}{more}" if shown else ""


def _append_lines(text: Text, addition: Text, columns: int) -> None:
    """Appends indented lines, broken at the terminal's width."""
    for line in _wrap(addition, max(_NARROWEST, columns) - _INDENT):
        text.append(" " * _INDENT)
        text.append_text(line)
        text.append("\n")


def _styled(text: str, spans: Spans, style: str, highlight: str) -> Text:
    from rich.text import Text

    styled = Text(one_line(text), style=style)
    for start, end in spans:
        styled.stylize(highlight, start, end)
    return styled


def _wrap(text: Text, columns: int) -> list[Text]:
    """Breaks between any two characters, as Chinese is set, but not inside Latin words."""
    breaks: list[int] = []
    used = word = 0
    plain = text.plain
    for place, character in enumerate(plain):
        if (
            character.isascii()
            and not character.isspace()
            and place
            and plain[place - 1].isascii()
            and not plain[place - 1].isspace()
        ):
            pass
        else:
            word = place
        used += character_width(character)
        if used > columns:
            at = word if width(plain[word:place]) < columns // 2 else place
            if plain[at] in _NO_LINE_START and at - 1 > (breaks[-1] if breaks else 0):
                at -= 1
            breaks.append(at)
            used = width(plain[at : place + 1])
    return list(text.divide(breaks))
