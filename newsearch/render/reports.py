"""What reading, indexing and repairing did → lines for stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsearch.render.terminal import one_line

if TYPE_CHECKING:
    from newsearch.corpus import Account
    from newsearch.index.repair import Lost, RepairReport
    from newsearch.report import FormatCounts, Report

# Lines of one kind that a report has.
_SHOWN = 20


def account_text(account: Account) -> str:
    """How a document was read and why so, in one line for stderr."""
    read = f"{account.articles:,} article{'s' if account.articles != 1 else ''}"
    if account.rejections:
        read += f", {account.rejections:,} rejected"
    encoding = f"encoding {account.encoding}" if account.encoding else ""
    return one_line(f"{account.path}: {read}; {'; '.join(filter(None, (encoding, *account.reasons)))}")


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
