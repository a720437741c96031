"""Paths → files, in one order on every machine, whatever lies in the folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsearch.errors import PathNotFound

# Files about a folder rather than of it; read only when named themselves.
_ABOUT = ("readme", "license", "changelog", "contributing")
#: The file of settings of a folder that is named; see `newsearch.corpus.settings`.
SETTINGS_NAME = "newsearch.toml"


class CorpusFile(NamedTuple):
    """A file found under a root that was asked for.

    `path` is absolute, `shown` is how the user would write it, `key` names it relative to the root, the same on every
    machine. `named` is true for a root that is a file itself.
    """

    path: Path
    shown: str
    key: str
    named: bool


def find_files(
    roots: Sequence[Path | str], without: Path | None = None, only: Iterable[Path] | None = None
) -> Iterator[CorpusFile]:
    """The files under each root, sorted by name, each once. Hidden ones are left out, and READMEs and the like, the
    pictures and scripts that a browser saved with a page (`page_files/` beside page.html), and the folder `without`.
    With `only`, those of them that are one of these absolute paths or in a folder that is.

    Raises PathNotFound before anything is yielded if a root is not there.
    """
    for root in roots:
        try:
            is_there = Path(root).exists()
        except (OSError, ValueError):  # a name that no file can have
            is_there = False
        if not is_there:
            raise PathNotFound(root)
    return _find(roots, without.resolve() if without else None, only)


def is_left_out(key: str) -> bool:
    """Whether a file of an archive is left out for its name, as it would be in a folder."""
    *folders, name = key.split("/")
    hidden = any(part.startswith((".", "__MACOSX")) for part in (*folders, name))
    return hidden or name.lower().startswith(_ABOUT)


def _find(roots: Sequence[Path | str], without: Path | None, only: Iterable[Path] | None) -> Iterator[CorpusFile]:
    seen: set[Path] = set()
    for root in map(Path, roots):
        if not root.is_dir():
            found: Iterable[CorpusFile] = [CorpusFile(root.resolve(), str(root), root.name, True)]
            found = [file for file in found if only is None or file.path in only]
        elif only is None:
            found = _walk(root, root.resolve(), without)
        else:
            found = _under(root, root.resolve(), without, only)
        for file in found:
            if file.path not in seen:
                seen.add(file.path)
                yield file


def _under(root: Path, real: Path, without: Path | None, only: Iterable[Path]) -> Iterator[CorpusFile]:
    """The files of a root that are one of some paths or in a folder that is, as walking through the root finds them."""
    for path in sorted(only):
        if not path.is_relative_to(real):
            continue
        above = [folder for folder in (path, *path.parents) if folder != real and folder.is_relative_to(real)]
        if any(folder.name.startswith(".") or folder == without for folder in above):
            continue
        if path.is_dir() and not (path.is_symlink() and path != real):
            yield from _walk(root, real, without, path)
        elif path.is_file() and not path.name.lower().startswith(_ABOUT) and path != real / SETTINGS_NAME:
            yield _file(root, real, path)


def _is_of_page(folder: str, names: list[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a web page that a browser saved beside it."""
    stem = folder.removesuffix("_files").removesuffix(".files")
    return stem != folder and any(f"{stem}{ending}" in names for ending in (".html", ".htm"))


def _file(root: Path, real: Path, path: Path) -> CorpusFile:
    key = path.relative_to(real).as_posix()
    return CorpusFile(Path(os.path.realpath(path)) if path.is_symlink() else path, str(root / key), key, False)


def _walk(root: Path, real: Path, without: Path | None, start: Path | None = None) -> Iterator[CorpusFile]:
    closed: list[OSError] = []
    # Links to folders are not followed: no loops.
    for folder, folders, names in os.walk(start or real, onerror=closed.append):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and Path(folder, name) != without and not _is_of_page(name, names)
        )
        for name in sorted(names):
            is_settings = name == SETTINGS_NAME and Path(folder) == real
            if not name.startswith(".") and not name.lower().startswith(_ABOUT) and not is_settings:
                yield _file(root, real, Path(folder, name))
    for error in closed:
        path = Path(error.filename)
        key = path.relative_to(real).as_posix()
        yield CorpusFile(path, str(root / key), key, False)
