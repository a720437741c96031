"""Paths → files, in one order on every machine, whatever lies in the folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsearch.errors import PathNotFound

# Files about a folder rather than of it; read only when named themselves.
_ABOUT = ("readme", "license", "changelog", "contributing")


class CorpusFile(NamedTuple):
    """A file found under a root that was asked for.

    `path` is absolute, `shown` is how the user would write it, `key` names it relative to the root, the same on every
    machine. `named` is true for a root that is a file itself.
    """

    path: Path
    shown: str
    key: str
    named: bool


def find_files(roots: Sequence[Path | str]) -> Iterator[CorpusFile]:
    """The files under each root, sorted by name, each once. Hidden ones are left out, and READMEs and the like.

    Raises PathNotFound before anything is yielded if a root is not there.
    """
    for root in roots:
        if not Path(root).exists():
            raise PathNotFound(root)
    return _find(roots)


def _find(roots: Sequence[Path | str]) -> Iterator[CorpusFile]:
    seen: set[Path] = set()
    for root in map(Path, roots):
        if not root.is_dir():
            found: Iterable[CorpusFile] = [CorpusFile(root.resolve(), str(root), root.name, True)]
        else:
            found = _walk(root, root.resolve())
        for file in found:
            if file.path not in seen:
                seen.add(file.path)
                yield file


def _walk(root: Path, real: Path) -> Iterator[CorpusFile]:
    closed: list[OSError] = []
    for folder, folders, names in os.walk(real, onerror=closed.append):  # follows no links to folders: no loops
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not name.lower().startswith(_ABOUT):
                path = Path(folder, name)
                key = path.relative_to(real).as_posix()
                yield CorpusFile(
                    Path(os.path.realpath(path)) if path.is_symlink() else path, str(root / key), key, False
                )
    for error in closed:
        path = Path(error.filename)
        key = path.relative_to(real).as_posix()
        yield CorpusFile(path, str(root / key), key, False)
