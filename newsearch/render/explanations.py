"""Explanations → text for people: how a query was read, what it finds of an article, what a score is made of."""

from __future__ import annotations

from collections.abc import Sequence

from newsearch.explain import ArticleExplanation, Contribution, QueryExplanation, QueryPart, adding_up
from newsearch.query.dates import FIRST_DAY, LAST_DAY
from newsearch.render.terminal import one_line, table

# Decimals of a score, and names in a list of them.
_DECIMALS = 3
_LISTED = 20
# What adds to a score without being a term.
_OF_THE_WHOLE = {
    "recent": "by the article's date",
    "near": "words near each other at the beginning",
    "order": "words in the query's order at the beginning",
}


def explanation(parts: Sequence[Contribution], total: float) -> str:
    """A score as a sum, a term a line; the lines add up to the total as it is written."""
    scores = adding_up([part.score for part in parts], total, _DECIMALS)
    rows = [(f"{total:7.{_DECIMALS}f}  score", f"the sum of {len(parts)} term{'s' if len(parts) != 1 else ''}")]
    for part, score in zip(parts, scores, strict=True):
        counts = {"title": part.title, "lead": part.lead, "body": part.body}
        where = ", ".join(f"{count} in the {name}" for name, count in counts.items() if count)
        beside = f"{where}, " if where and part.kind not in ("author", "kicker") else ""
        name = f"{score:7.{_DECIMALS}f}  {part.kind} {part.term}".rstrip()
        if part.kind in _OF_THE_WHOLE:
            rows.append((name, _OF_THE_WHOLE[part.kind]))
            continue
        rows.append((name, f"{beside}in {_count(part.documents, 'article')}"))
    return _indented(table(rows))


def query_explanation(explained: QueryExplanation) -> str:
    """How a query was read: a part a line, indented as they lie in one another; what relaxing does; the notes."""
    lines = [table(_part_rows(explained.part, 0))]
    groups = "; ".join(f"one of {_listed(group)}" for group in explained.one_of)
    if groups:
        lines.append(f"if no article has all of it: {groups} is enough")
    if explained.words_of:
        lines.append(f"if none has even that: any word of {_listed(explained.words_of)}")
    if not groups and not explained.words_of:
        lines.append("an article has all of it or is not found: there is nothing to relax")
    lines += [f"note: {note}" for note in explained.notes]
    text = "\n".join("\n".join(map(one_line, line.split("\n"))) for line in lines)
    return text + "\n\n" + _article_explanation(explained.article) if explained.article else text


def _article_explanation(article: ArticleExplanation) -> str:
    verdict = {
        "all": "found: it has all of it",
        "part": "found as a partial match: no article has all of it",
        "": "not found",
    }[article.found]
    why = [_shortcoming(part) for part in article.failing]
    if why:
        verdict += f" ({'; '.join(why[:_LISTED])})"
    lines = [f"{article.id}  {article.title or '(no title)'}", verdict]
    text = "\n".join(map(one_line, lines))
    return f"{text}\n{explanation(article.contributions, article.score)}" if article.found else text


def _shortcoming(part: QueryPart) -> str:
    if part.role == "excluded":
        return f"it has {part.text.removeprefix('-')}, which is excluded"
    return f"it lacks {part.text}"


def _part_rows(part: QueryPart, depth: int) -> list[tuple[str, str]]:
    """A line for a part and those in it: whether an article has it, its role and text; then what it asks for."""
    answer = "" if part.holds is None else "yes  " if part.holds else "no   "
    group = {"all": "all of", "any": "any of", "not": "not"}.get(part.kind)
    row = (f"{answer}{'  ' * depth}{part.role:<8}  {group or part.text}", "" if group else _asks(part))
    return [row, *(row for child in part.parts for row in _part_rows(child, depth + 1))]


def _asks(part: QueryPart) -> str:
    """What a part asks of an article, in words."""
    where = {"text": "title or body", "title": "the title", "body": "the body"}.get(part.field, part.field)
    match part.kind:
        case "words":
            cut = f", or all the words {_listed(part.words)}" if len(part.words) > 1 else ""
            beside = "; or an author or kicker" if part.field == "text" else ""
            return f"the string in {where}{cut}{beside}"
        case "near":
            others = _count(part.between, "other")
            return f"the words {_listed(part.words)} in this order in {where}, at most {others} between them"
        case "wildcard":
            return f"in {where}: ? is one letter, * any letters"
        case "fuzzy":
            spellings = [f"{spelling.string} ({spelling.documents:,})" for spelling in part.spellings]
            return f"one of these strings in {where}, words in so many articles: {_listed(spellings)}"
        case "value":
            return f"the {where} is {_listed(part.words)}"
        case "dates":
            return f"from {_day(part.first)} to {_day(part.last)}"
    return f"the string in {where}"


def _day(number: int) -> str:
    """A day of 日期:, or an open end."""
    if number in (FIRST_DAY, LAST_DAY):
        return "any day"
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}"


def _listed(names: Sequence[str]) -> str:
    more = f" … ({len(names) - _LISTED:,} more)" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' if number != 1 else ''}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
