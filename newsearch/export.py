"""Articles → files for other programs: JSON Lines, which `newsearch index` takes back, or CSV for spreadsheets.

Both have the keys of an article in their order (`newsearch.article.KEYS`), and are made article by article.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from newsearch.article import KEYS, Article
from newsearch.errors import ExportFailed
from newsearch.render.terminal import to_json

# A spreadsheet takes a cell that begins so for a formula, and runs it; an apostrophe before it makes it text
# (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# By this a spreadsheet knows UTF-8.
_BOM = "\ufeff"


def json_lines(articles: Iterable[Article]) -> Iterator[str]:
    """An article a line, as `newsearch read` prints it."""
    return (to_json(article.to_mapping()) + "\n" for article in articles)


def csv_rows(articles: Iterable[Article]) -> Iterator[str]:
    """A row of column names, then an article a row. Names of authors are joined by 、, and no cell is a formula."""
    written = io.StringIO()
    write = csv.writer(written).writerow
    yield _BOM + _taken(written, write, KEYS)
    for article in articles:
        facts = article.to_mapping() | {"authors": "、".join(article.authors)}
        yield _taken(written, write, [_cell(facts[key]) for key in KEYS])


#: How articles can be written: name → lines.
FORMATS: dict[str, Callable[[Iterable[Article]], Iterator[str]]] = {"jsonl": json_lines, "csv": csv_rows}


def write_whole(path: Path | str, lines: Iterable[str], force: bool = False) -> None:
    """Writes a file whole or not at all. Raises ExportFailed, also for one that is there, unless by `force`."""
    target = Path(path).resolve()
    if target.exists() and not (force and target.is_file()):
        advice = "name another, or replace it with --force" if target.is_file() else "name a file"
        raise ExportFailed(f"{path} is there already", advice)
    temporary = target.with_name(f".newsearch-export-{os.getpid()}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        advice = "free space or mend the permissions and try again"
        raise ExportFailed(f"cannot write {path}: {error.strerror or error}", advice) from error
    finally:
        temporary.unlink(missing_ok=True)


def _taken(written: io.StringIO, write: Callable[[Iterable[Any]], Any], cells: Iterable[Any]) -> str:
    """A row as CSV."""
    written.seek(0)
    written.truncate()
    write(cells)
    return written.getvalue()


def _cell(value: str | None) -> str:
    text = value or ""
    return f"'{text}" if text.startswith(_FORMULA) else text
