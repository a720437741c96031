"""What a run of `index` did → text for people: what was rejected by reason, what was read by format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsearch.render.terminal import one_line

if TYPE_CHECKING:
    from newsearch.corpus import Rejection
    from newsearch.report import FormatCounts, Report

# Reasons that are told, and what is named for each of them: a thousand pictures must not hide one damaged file.
_REASONS = 20
_OF_A_REASON = 3


def report_text(report: Report) -> str:
    """What a run of `index` did, in lines for stderr."""
    lines, hidden = rejection_lines(report.rejections)
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
    lines += [f"warning: {one_line(warning)}" for warning in report.warnings[:_REASONS]]
    if len(report.warnings) > _REASONS:
        lines.append(f"… and {len(report.warnings) - _REASONS:,} more warnings")
    if len(report.formats) > 1:
        lines += [_format_line(name, counts) for name, counts in sorted(report.formats.items())]
    if report.words:
        lines.append(f"{report.words:,} word{'s' if report.words != 1 else ''} added to the dictionary")
    lines += [f"note: {one_line(note)}" for note in report.notes]
    rate = f" ({(report.added + report.replaced) / report.seconds:,.0f} articles/s)" if report.added > 100 else ""
    lines.append(f"{files}; {articles}{rate}")
    if report.rejections:
        listed = "some of them listed above; `newsearch read PATH` lists all" if hidden else "listed above"
        lines.append(f"{len(report.rejections):,} rejected, {listed}")
    lines.append(f"{report.total:,} article{'s' if report.total != 1 else ''} in the index, {report.seconds:.1f} s")
    return "\n".join(lines)


def rejection_lines(rejections: Sequence[Rejection]) -> tuple[list[str], bool]:
    """What was rejected, a line each, in the order in which the reasons came up; of many for one reason the first few
    and how many more. True if some are not named."""
    by_reason: defaultdict[str, list[Rejection]] = defaultdict(list)
    for rejection in rejections:
        by_reason[rejection.reason].append(rejection)
    lines = []
    hidden = 0
    for found in list(by_reason.values())[:_REASONS]:
        lines += [f"rejected {one_line(str(rejection))}" for rejection in found[:_OF_A_REASON]]
        if (more := len(found) - _OF_A_REASON) > 0:
            lines.append(f"         … and {more:,} more for that reason")
            hidden += more
    rest = sum(map(len, list(by_reason.values())[_REASONS:]))
    if rest:
        lines.append(f"… and {rest:,} more for other reasons")
    return lines, bool(hidden or rest)


def _format_line(name: str, counts: FormatCounts) -> str:
    files = f"{counts.documents:,} file{'s' if counts.documents != 1 else ''}"
    articles = f"{counts.articles:,} article{'s' if counts.articles != 1 else ''}"
    return f"  {name}: {files}, {articles}" + (f", {counts.rejections:,} rejected" if counts.rejections else "")
