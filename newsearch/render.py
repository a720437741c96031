"""Results → text for people: cards on a terminal, plain stable lines in a pipe.

Text from articles is made safe first: whatever could move the cursor, ring a bell or turn the writing direction is
replaced before it reaches a terminal. Widths are those a terminal gives: two columns for a Chinese character.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsearch.article import Article
from newsearch.errors import NewsearchError, QueryError
from newsearch.library import Stats
from newsearch.search import Hit, Results

if TYPE_CHECKING:
    from rich.text import Text

    from newsearch.build import FormatCounts, Report
    from newsearch.corpus import Account
    from newsearch.explore.keywords import Keyword, Trends
    from newsearch.index.repair import Lost, RepairReport

# Controls of C0 and C1, bidirectional overrides and isolates, line and paragraph separators, and what is no character.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_INDENT = 4
_NARROWEST = 24
# Columns of the longest bar, and the bars of a sparkline.
_BAR = 30
_SPARKS = "▁▂▃▅▇"
# Punctuation that does not begin a line of Chinese.
_NO_LINE_START = "，。、；：！？）》」』”’…·,.;:!?)"
# Columns of a query that an error shows, its caret under them: on a terminal of 80 neither line is broken.
_LINE = 76
# Copies of a hit that are named.
_COPIES = 5
# Lines of one kind that a report has.
_SHOWN = 20
Spans = Sequence[tuple[int, int]]


def safe(text: str) -> str:
    """Text that a terminal only shows: every dangerous character replaced by one U+FFFD, so offsets stay."""
    return _UNSAFE.sub("\ufffd", text)


def shown(text: str) -> str:
    """Safe text whose lines may end as on other systems."""
    return safe(text.replace("\r\n", "\n").removeprefix("\ufeff"))


def one_line(text: str) -> str:
    """Safe text with line breaks and tabs as spaces, one for one."""
    return safe(text.replace("\n", " ").replace("\t", " ").replace("\r", " "))


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me") or character in "\u200b\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def to_json(value: Any) -> str:
    """JSON with Chinese as it is, and what is unsafe on a terminal as escapes."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


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


def copies_line(hit: Hit) -> str:
    """Where articles stand that are nearly the same, "" if none were folded."""
    return places(hit.copies)


def places(copies: Sequence[Article]) -> str:
    """Where articles stand that are nearly the same as one: `also 海港晚报 2024-03-05 (id 8c1f…)`."""
    shown = []
    for article in copies[:_COPIES]:
        facts = (article.source, article.section, article.date.isoformat() if article.date else "")
        shown.append(one_line(" ".join(filter(None, (*facts, f"(id {article.id})")))))
    more = f" and {len(copies) - _COPIES:,} more" if len(copies) > _COPIES else ""
    return f"also {', '.join(shown)}{more}" if shown else ""


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
        used += _columns(character)
        if used > columns:
            at = word if width(plain[word:place]) < columns // 2 else place
            if plain[at] in _NO_LINE_START and at - 1 > (breaks[-1] if breaks else 0):
                at -= 1
            breaks.append(at)
            used = width(plain[at : place + 1])
    return list(text.divide(breaks))


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


def facets_text(facets: Mapping[str, Mapping[str, int]], bars: bool = False) -> str:
    """Counts of all matches, a value a line; with `bars` also drawn, the longest for the largest count of a facet."""
    rows = []
    for facet, counts in facets.items():
        largest = max(counts.values(), default=1)
        for value, count in counts.items():
            bar = "█" * math.ceil(_BAR * count / largest)
            rows.append((f"{facet} {value}", f"{count:>7,}  {bar}" if bars else f"{count:,}"))
    return table(rows)


def keywords_text(keywords: Sequence[Keyword], in_article: bool) -> str:
    """Key terms, one a line, with how often they stand in the one article or in how many articles they are."""
    amounts = {False: "in {:,} articles", True: "{:,} ×"}
    return table((keyword.term, amounts[in_article].format(keyword.count)) for keyword in keywords)


def trends_text(trends: Trends, sparklines: bool) -> str:
    """The terms of each period under its name, with how many of its articles have them; with `sparklines` also the
    share of each term over all periods."""
    lines = []
    for place, (period, articles) in enumerate(zip(trends.periods, trends.articles, strict=True)):
        listed = trends.terms[period]
        counts = table((f"  {trend.term}", f"{trend.counts[place]:,}") for trend in listed).split("\n")
        if sparklines:
            shown = max(map(width, counts))
            counts = [
                f"{pad(line, shown)}  {sparkline(trend.counts, trends.articles)}"
                for line, trend in zip(counts, listed, strict=False)
            ]
        lines += [f"{period}  {articles:,} article{'s' if articles != 1 else ''}", *(counts if listed else ())]
    return "\n".join(lines)


def sparkline(counts: Sequence[int], totals: Sequence[int]) -> str:
    """The shares counts / totals as bars, a character each: the largest is the highest, 0 always the lowest."""
    shares = [count / total for count, total in zip(counts, totals, strict=True)]
    highest = max(shares, default=0) or 1
    return "".join(_SPARKS[min(len(_SPARKS) - 1, math.ceil(share / highest * (len(_SPARKS) - 1)))] for share in shares)


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


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Two columns, aligned by display width."""
    rows = [(one_line(name), one_line(value)) for name, value in rows]
    first = max((width(name) for name, _ in rows), default=0)
    return "\n".join(f"{pad(name, first)}  {value}".rstrip() for name, value in rows)


def stats_text(stats: Stats) -> str:
    size = f"{_bytes(stats.index_bytes)}"
    if stats.text_bytes:
        size += f" ({stats.index_bytes / stats.text_bytes:.2f} × the text, {_bytes(stats.text_bytes)})"
    dates = f"{stats.first_date} – {stats.last_date}" if stats.first_date else "none"
    rows = [
        ("articles", f"{stats.articles:,}" + (f", {stats.reprints:,} of them reprints" if stats.reprints else "")),
        ("dates", dates),
        ("files", f"{stats.files:,}" + (f", {stats.rejected_files:,} rejected" if stats.rejected_files else "")),
        ("size", size),
        ("generation", str(stats.generation)),
        ("segments", f"{stats.segments}" + (f", {stats.deleted:,} deleted articles in them" if stats.deleted else "")),
    ]
    rows += [(f"  {source or '(no source)'}", f"{count:,}") for source, count in list(stats.sources.items())[:20]]
    return table(rows)


def account_text(account: Account) -> str:
    """How a document was read and why so, in one line for stderr."""
    read = f"{account.articles:,} article{'s' if account.articles != 1 else ''}"
    if account.rejections:
        read += f", {account.rejections:,} rejected"
    encoding = f"encoding {account.encoding}" if account.encoding else ""
    return one_line(f"{account.path}: {read}; {'; '.join(filter(None, (encoding, *account.reasons)))}")


def _format_line(name: str, counts: FormatCounts) -> str:
    files = f"{counts.documents:,} file{'s' if counts.documents != 1 else ''}"
    articles = f"{counts.articles:,} article{'s' if counts.articles != 1 else ''}"
    return f"  {name}: {files}, {articles}" + (f", {counts.rejections:,} rejected" if counts.rejections else "")


def repair_text(report: RepairReport) -> str:
    """What a repair found and did, in lines for stderr."""
    if not report.damage:
        return "the index is intact; nothing to repair"
    lines = [f"damaged: {one_line(damage.message)}" for damage in report.damage[:_SHOWN]]
    if len(report.damage) > _SHOWN:
        lines.append(f"… and {len(report.damage) - _SHOWN:,} more")
    lines += [f"note: {one_line(note)}" for note in report.notes]
    lines.append(
        f"repaired: {report.kept:,} articles were intact, {report.restored:,} were indexed anew from their texts, "
        f"{len(report.lost):,} are lost"
    )
    if report.reread:
        lines.append(f"the next `newsearch index PATH` with these {len(report.reread):,} files reads them again:")
        lines += [f"  {one_line(path)}" for path in report.reread[:_SHOWN]]
        if len(report.reread) > _SHOWN:
            lines.append(f"  … and {len(report.reread) - _SHOWN:,} more")
    return "\n".join(lines)


def lost_text(lost: Lost) -> str:
    """A lost article in a line: id and path, tab-separated, - for what nobody knows."""
    return "\t".join(one_line(value) or "-" for value in (lost.id, lost.path))


def report_text(report: Report) -> str:
    """What a run of `index` did, in lines for stderr."""
    lines = [f"rejected {one_line(str(rejection))}" for rejection in report.rejections[:20]]
    if len(report.rejections) > 20:
        lines.append(f"… and {len(report.rejections) - 20:,} more")
    files = (
        f"{report.files_read:,} file{'s' if report.files_read != 1 else ''} read, {report.files_unchanged:,} unchanged"
    )
    if report.files_gone:
        files += f", {report.files_gone:,} gone"
    counts = {
        "added": report.added,
        "replaced": report.replaced,
        "removed": report.removed,
        "unchanged": report.unchanged,
    }
    articles = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    if not report.changed:
        articles = (
            "nothing changed"
            if not report.unchanged
            else f"nothing changed ({report.unchanged:,} articles are as before)"
        )
    lines += [f"warning: {one_line(warning)}" for warning in report.warnings[:20]]
    if len(report.warnings) > 20:
        lines.append(f"… and {len(report.warnings) - 20:,} more warnings")
    if len(report.formats) > 1:
        lines += [_format_line(name, counts) for name, counts in sorted(report.formats.items())]
    if report.words:
        lines.append(f"{report.words:,} word{'s' if report.words != 1 else ''} added to the dictionary")
    lines += [f"note: {one_line(note)}" for note in report.notes]
    rate = f" ({(report.added + report.replaced) / report.seconds:,.0f} articles/s)" if report.added > 100 else ""
    lines.append(f"{files}; {articles}{rate}")
    if report.rejections:
        lines.append(f"{len(report.rejections):,} rejected, listed above")
    lines.append(f"{report.total:,} article{'s' if report.total != 1 else ''} in the index, {report.seconds:.1f} s")
    return "\n".join(lines)


def error_text(error: NewsearchError) -> str:
    """One line; for a query, the query and a caret under the column as well."""
    line = f"error: {one_line(str(error))}"
    if isinstance(error, QueryError) and error.query.strip():
        before, after = _around(one_line(error.query), error.column)
        return f"{line}\n  {before}{after}\n  {' ' * width(before)}^"
    return line


def _around(text: str, column: int) -> tuple[str, str]:
    """What stands before a column of a text and from it on, as much as fits on a line."""
    before, after = text[max(0, column - _LINE) : column], text[column : column + _LINE]
    room = _LINE - min(width(after), _LINE // 2)
    if column > len(before) or width(before) > room:
        before = "…" + _fitting(before[::-1], room - 1)[::-1]
    room = _LINE - width(before)
    if column + len(after) < len(text) or width(after) > room:
        after = _fitting(after, room - 1) + "…"
    return before, after


def _fitting(text: str, columns: int) -> str:
    """The beginning of a text that takes no more columns than that."""
    used = 0
    for place, character in enumerate(text):
        used += _columns(character)
        if used > columns:
            return text[:place]
    return text


def _bytes(count: int) -> str:
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    raise AssertionError
