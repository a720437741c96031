"""What reading and repairing did → lines for stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsearch.render.terminal import one_line

if TYPE_CHECKING:
    from newsearch.corpus import Account
    from newsearch.index.repair import Lost, RepairReport

# Lines of one kind that a report has.
_SHOWN = 20


def account_text(account: Account) -> str:
    """How a document was read and why so, in one line for stderr."""
    read = f"{account.articles:,} article{'s' if account.articles != 1 else ''}"
    if account.rejections:
        read += f", {account.rejections:,} rejected"
    encoding = f"encoding {account.encoding}" if account.encoding else ""
    return one_line(f"{account.path}: {read}; {'; '.join(filter(None, (encoding, *account.reasons)))}")


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
