"""The import table of the design, as data: which room of the house may know which."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import errors

PACKAGE = Path(newsearch.__file__).parent
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}

STAGES = ("corpus", "terms", "codec", "evaluation", "ranking", "snippets")
FACES = ("cli/", "export.py", "render/", "__init__.py", "__main__.py")

#: Package → the files and folders that may import it.
OUTSIDE = {
    "jieba": ("terms/",),
    "click": ("cli/",),
    "rich": ("cli/", "render/hits.py"),
    "numpy": (
        "codec/", "index/", "evaluation/", "ranking.py", "finding.py", "search.py", "results.py", "explain.py",
        "library.py", "stats.py", "schema.py", "terms/", "explore/",
    ),
    "matplotlib": ("explore/plot.py",),
    "watchfiles": ("watch.py",),
    "pypdfium2": ("corpus/pdf/child.py",),
    "pypinyin": ("terms/pinyin.py",),
    "whoosh": ("codec/", "schema.py", "index/", "query/", "evaluation/", "finding.py", "search.py"),
    "lxml": ("corpus/",),
    "yaml": ("corpus/facts/frontmatter.py",),
    "pickle": (),
    "marshal": (),
    "shelve": (),
    "dill": (),
    "cloudpickle": (),
}  # fmt: skip

#: Modules of ours that stand aside, for tests and tools → the files and folders that may import them.
ASIDE = {
    "newsearch.codec.whoosh_codec": ("codec/whoosh_codec/", "index/whoosh_reader.py"),
    "newsearch.index.whoosh_reader": (),
}

#: Modules of ours → the only ones of ours that they may import.
FEW_FRIENDS = {"errors.py": (), "article.py": ("errors",)}


def imported(path: Path) -> Iterator[str]:
    """The dotted names of the modules that a file imports, wherever in it; `from a import b` names a.b if that
    is a module of ours."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names]
            yield from (name if is_ours(name) else module for name in names)


def is_ours(name: str) -> bool:
    path = PACKAGE.parent / name.replace(".", "/")
    return name.startswith("newsearch") and (path.is_dir() or path.with_suffix(".py").is_file())


def our_room(module: str) -> str | None:
    """The room a module of ours lies in: newsearch.terms.fold → terms; "" is the package itself."""
    parts = module.split(".")
    return None if parts[0] != "newsearch" else (parts[1] if len(parts) > 1 else "")


def room(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


def test_the_table_is_about_files_that_exist() -> None:
    places = {place for allowed in (*OUTSIDE.values(), *ASIDE.values()) for place in allowed}
    places |= set(FACES) | set(FEW_FRIENDS)
    assert [place for place in places if not any(name.startswith(place) for name in FILES)] == []
    assert set(STAGES) <= {room(name) for name in FILES}
    assert all(is_ours(name) for name in ASIDE)


def test_every_folder_and_its_files_are_installed() -> None:
    setuptools = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    assert sorted(setuptools["packages"]) == sorted(folder_name(name) for name in FILES if name.endswith("__init__.py"))
    paths = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    patterns = setuptools["package-data"]
    folders = [folder_name(path.relative_to(PACKAGE).as_posix()) for path in paths]
    assert all(any(map(path.match, patterns[folder])) for path, folder in zip(paths, folders, strict=True))
    assert len(paths) > 5


def folder_name(name: str) -> str:
    """The dotted name of the folder that a file of ours lies in: terms/fold.py → newsearch.terms."""
    return ".".join(("newsearch", *name.split("/")[:-1]))


@pytest.mark.parametrize("name", FILES)
def test_packages_are_imported_only_where_they_belong(name: str) -> None:
    wrong = [
        module
        for module in imported(FILES[name])
        if (allowed := OUTSIDE.get(module.split(".")[0])) is not None and not name.startswith(allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_what_stands_aside_is_imported_only_by_its_users(name: str) -> None:
    wrong = [
        (module, aside)
        for module in imported(FILES[name])
        for aside, users in ASIDE.items()
        if module.startswith(aside) and not (users and name.startswith(users))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in FILES if room(name) in STAGES])
def test_a_stage_imports_no_other_stage(name: str) -> None:
    others = set(STAGES) - {room(name)}
    assert [module for module in imported(FILES[name]) if our_room(module) in others] == []


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith(FACES)])
def test_only_faces_import_faces(name: str) -> None:
    faces = ("cli", "export", "render", "library", "")
    assert [module for module in imported(FILES[name]) if our_room(module) in faces] == []


@pytest.mark.parametrize(("name", "friends"), FEW_FRIENDS.items())
def test_the_first_two_modules_know_nobody(name: str, friends: tuple[str, ...]) -> None:
    ours = {module for module in imported(FILES[name]) if our_room(module) is not None}
    assert ours == {f"newsearch.{friend}" for friend in friends}


@pytest.mark.parametrize("name", newsearch.__all__)
def test_every_public_name_exists(name: str) -> None:
    assert getattr(newsearch, name) is not None


def test_public_names_are_sorted_and_single() -> None:
    assert sorted(set(newsearch.__all__)) == newsearch.__all__


def drawn_tree(docstring: str) -> dict[str, str]:
    """Exception → parent, as drawn with branches of four columns."""
    parents: dict[str, str] = {}
    above: list[str] = []
    for line in docstring.splitlines():
        match = re.match(r"((?:[│ ]   )*(?:[├└]── )?)([A-Z]\w+)(?:  |$)", line.removeprefix("    "))
        if match and line.startswith("    "):
            depth = len(match[1]) // 4
            del above[depth:]
            parents[match[2]] = above[-1] if above else "Exception"
            above.append(match[2])
    return parents


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    classes = inspect.getmembers(errors, lambda value: inspect.isclass(value) and issubclass(value, Exception))
    real = {name: kind.__bases__[0].__name__ for name, kind in classes if kind.__module__ == errors.__name__}
    assert drawn_tree(errors.__doc__ or "") == real


def test_every_error_is_public() -> None:
    assert set(drawn_tree(errors.__doc__ or "")) <= set(newsearch.__all__)
