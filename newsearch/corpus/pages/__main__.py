"""Writes `README.md` in this folder anew, from the table of rules."""

from __future__ import annotations

from pathlib import Path

from newsearch.corpus.pages.rules import as_markdown

if __name__ == "__main__":
    Path(__file__).with_name("README.md").write_text(as_markdown(), "utf-8")
