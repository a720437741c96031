"""What a run of `index` says: a thousand files of no use do not hide one that is damaged."""

from __future__ import annotations

from newsearch.build import Report
from newsearch.corpus import Rejection
from newsearch.render.indexing import rejection_lines, report_text

UNKNOWN = "not a kind of file that is read"


def test_of_many_for_one_reason_the_first_are_named() -> None:
    pictures = [Rejection(f"photos/{number}.png", UNKNOWN) for number in range(1000)]
    lines, hidden = rejection_lines([*pictures, Rejection("b.pdf", "a damaged PDF")])
    assert lines == [
        *(f"rejected photos/{number}.png: {UNKNOWN}" for number in range(3)),
        "         … and 997 more for that reason",
        "rejected b.pdf: a damaged PDF",
    ]
    assert hidden


def test_few_are_all_named() -> None:
    lines, hidden = rejection_lines([Rejection("a.jsonl", "not JSON", number) for number in (1, 2, 3)])
    assert lines == [f"rejected a.jsonl line {number}: not JSON" for number in (1, 2, 3)]
    assert not hidden
    assert rejection_lines([]) == ([], False)


def test_of_many_reasons_the_others_are_counted() -> None:
    lines, hidden = rejection_lines([Rejection(f"{n}.txt", f"reason {n}") for n in range(25)])
    assert (len(lines), lines[-1], hidden) == (21, "… and 5 more for other reasons", True)


def test_a_report_says_where_the_others_are_listed() -> None:
    few, many = (Report(rejections=[Rejection(f"{n}.png", UNKNOWN) for n in range(count)]) for count in (2, 9))
    assert "2 rejected, listed above" in report_text(few).splitlines()
    assert "9 rejected, some of them listed above; `newsearch read PATH` lists all" in report_text(many).splitlines()
