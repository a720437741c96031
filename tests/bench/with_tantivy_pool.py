"""Tantivy, its text segmented by two more processes instead of the one that feeds it."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from . import with_tantivy
from .articles import rows

_SEGMENTING = 2
_BATCH = 64


def _build(path: Path, folder: Path) -> None:
    with multiprocessing.Pool(_SEGMENTING) as pool:
        with_tantivy.write(pool.imap(with_tantivy.segmented, rows(path), chunksize=_BATCH), folder)


ENGINE = with_tantivy.ENGINE._replace(build=_build)
