"""Runs `child` on a PDF and takes in what it says, as far as it came."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from newsearch.corpus.limits import Limits, refusal
from newsearch.corpus.pdf.child import TIMES, Most
from newsearch.corpus.pdf.layout import Line
from newsearch.corpus.trouble import Unreadable

# Seconds by the clock for one of the processor: others may be at work.
_PATIENCE = 4
_CHILD = Path(__file__).with_name("child.py")


class Page(NamedTuple):
    """The lines of a page in the order of the file, and whether it has text, readable or not."""

    width: float
    height: float
    lines: list[Line]
    has_text: bool


class Extracted(NamedTuple):
    """What was taken out of a PDF; `trouble` says why the rest is missing, "" if nothing is."""

    title: str
    pages: list[Page]
    trouble: str


def extract(content: bytes, limits: Limits) -> Extracted:
    """The pages of a PDF. Raises Unreadable if not even the first one could be read."""
    most = Most(limits.pages, limits.text, limits.seconds, limits.memory)
    run = subprocess.run(
        [sys.executable, "-P", str(_CHILD), *map(str, most)], input=content, capture_output=True, check=False,
        timeout=_PATIENCE * TIMES * max(1, limits.seconds),
    )  # fmt: skip
    said = [json.loads(line) for line in run.stdout.splitlines() if line.endswith(b"}")]
    head = said[0] if said else {}
    if head.get("error") == "password":
        raise Unreadable("an encrypted PDF; save it without a password first")
    if head.get("error"):
        raise Unreadable("a damaged PDF, which cannot be opened")
    pages = [_page(page) for page in said[1:] if "lines" in page]
    trouble = _trouble(run.returncode, run.stderr, len(said) - 1, head.get("pages", 0), len(pages), limits)
    if trouble and not pages:
        raise Unreadable(trouble)
    return Extracted(str(head.get("title", "")), pages, trouble)


def _page(page: dict[str, Any]) -> Page:
    lines = [Line(*line) for line in page["lines"]]
    return Page(page["width"], page["height"], lines, page["objects"])


def _trouble(status: int, errors: bytes, done: int, count: int, read: int, limits: Limits) -> str:
    """Why pages are missing: of `count` so many were `done`, and so many of these `read`."""
    rest = "; it and what follows is left out"
    if status in (-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL):
        return refusal(f"page {done + 1} takes more than", "seconds", limits.seconds, f" seconds to read{rest}")
    if status < 0 or b"MemoryError" in errors:
        return refusal(f"page {done + 1} is damaged or needs more than", "memory", limits.memory, f" of memory{rest}")
    if b"ModuleNotFoundError" in errors:
        return "PDF files need pypdfium2: pip install pypdfium2"
    if status:
        return (
            f"page {max(done, 0) + 1} cannot be read: {errors.decode(errors='replace').strip().splitlines()[-1][:120]}"
        )
    if done < count:
        if done >= limits.pages:
            return refusal("more than", "pages", limits.pages, " pages; the rest is left out")
        return refusal("more text than", "text", limits.text, "; the rest is left out")
    return f"{done - read} of {count} pages are damaged" if read < done else ""
