"""What an index does to its files, call by call, at the level of the operating system: seen, recorded, or refused.

While `tapped(folder, tap)` lasts, each call that touches the folder (or a folder it lies in) is shown to the tap before
it is made, which may refuse it with an OSError, and after it has succeeded. Worker processes are tapped as well if the
index is used through a `TappedStorage`.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from unittest.mock import patch

from newsearch.index import storage as storage_module
from newsearch.index.storage import Storage

#: Calls that change what is on the disk, or make it last.
CHANGES = ("mkdir", "create", "write", "truncate", "sync", "rename", "remove")


class Call(NamedTuple):
    """One call. `name` is that of a file in the folder, "." for the folder itself, or one above it: "..",
    "../.."; `target` is the new name of a renamed file. `site` says where in the index's code it came from, innermost
    last."""

    kind: str
    name: str
    target: str = ""
    offset: int = 0
    data: bytes = b""
    site: tuple[str, ...] = ()


class Tap(Protocol):
    def before(self, call: Call, /) -> int | None:
        """May raise OSError, or for a write return how many of its bytes are to be written."""
        ...

    def after(self, call: Call, /) -> None: ...


@dataclass
class Recorder:
    """Keeps the calls that change the disk, in the order in which they succeeded."""

    calls: list[Call] = field(default_factory=list)

    def before(self, _: Call) -> None:
        return None

    def after(self, call: Call) -> None:
        if call.kind in CHANGES:
            self.calls.append(call)


@dataclass
class Counting:
    """A tap that only looks."""

    kinds: list[str] = field(default_factory=list)

    def before(self, call: Call) -> None:
        self.kinds.append(call.kind)

    def after(self, call: Call) -> None:
        """Nothing is to be done."""


@dataclass
class FileRecorder:
    """The same for several processes: each appends to one file."""

    path: str

    def before(self, _: Call) -> None:
        return None

    def after(self, call: Call) -> None:
        if call.kind in CHANGES:
            line = json.dumps([*call[:4], call.data.decode("latin-1"), call.site]) + "\n"
            with Path(self.path).open("ab", buffering=0) as log:
                log.write(line.encode())

    @property
    def calls(self) -> list[Call]:
        lines = Path(self.path).read_text("utf-8").splitlines() if Path(self.path).exists() else []
        return [Call(*row[:4], row[4].encode("latin-1"), tuple(row[5])) for row in map(json.loads, lines)]


class TappedStorage(Storage):
    """A storage that taps each worker process that it is given to. In this process `tapped` does."""

    def __init__(self, folder: Path | str, tap: Tap) -> None:
        super().__init__(folder)
        self.tap = tap

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        _install(ExitStack(), self.folder, self.tap)


@contextmanager
def tapped(folder: Path, tap: Tap) -> Iterator[None]:
    with ExitStack() as stack:
        _install(stack, folder, tap)
        yield


def _install(stack: ExitStack, folder: Path, tap: Tap) -> None:
    names = _Names(folder)

    def watch(owner: Any, function: str, kind: str, name: Callable[..., str | None]) -> None:
        """Shows the tap the calls of a function whose arguments `name` finds to be about the folder."""
        real = getattr(owner, function)

        def tapped_function(*arguments: Any, **options: Any) -> Any:
            about = name(*arguments)
            if about is None:
                return real(*arguments, **options)
            target = names.of(arguments[1]) or "" if kind == "rename" else ""
            data = arguments[1] if kind == "write" else b""
            call = Call(kind, about, target, data=data, site=_site())
            tap.before(call)
            result = real(*arguments, **options)
            tap.after(call)
            return result

        stack.enter_context(patch.object(owner, function, tapped_function))

    for function, kind in (("mkdir", "mkdir"), ("rename", "rename"), ("unlink", "remove"), ("stat", "look")):
        watch(os, function, kind, names.of)
    watch(os, "scandir", "list", names.of)
    for function, kind in (("fsync", "sync"), ("ftruncate", "truncate"), ("pwrite", "write")):
        watch(os, function, kind, names.opened)
    watch(fcntl, "flock", "lock", names.opened)

    real_open, real_file, real_map = os.open, io.open, storage_module.MappedFile

    def open_descriptor(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        name = names.of(path)
        if name is None:
            return real_open(path, flags, *arguments, **options)
        call = Call("create" if flags & os.O_CREAT and not os.path.lexists(path) else "open", name, site=_site())
        tap.before(call)
        descriptor = real_open(path, flags, *arguments, **options)
        names.descriptors[descriptor] = name
        tap.after(call)
        return descriptor

    def open_file(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        name = names.of(file)
        if name is None:
            return real_file(file, mode, *arguments, **options)
        call = Call("create" if "x" in mode else "open", name, site=_site())
        tap.before(call)
        if "x" not in mode:
            opened = real_file(file, mode, *arguments, **options)
            names.descriptors[opened.fileno()] = name
            return opened
        raw = _TappedFile(file, name, tap)
        names.descriptors[raw.fileno()] = name
        tap.after(call)
        return io.BufferedWriter(raw)

    def map_file(descriptor: int) -> storage_module.MappedFile:
        call = Call("map", names.opened(descriptor) or "?", site=_site())
        tap.before(call)
        return real_map(descriptor)

    stack.enter_context(patch.object(os, "open", open_descriptor))
    stack.enter_context(patch.object(io, "open", open_file))
    stack.enter_context(patch.object(storage_module, "MappedFile", map_file))


class _Names:
    """The folder's files by path and by descriptor."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.descriptors: dict[int, str] = {}

    def of(self, path: Any, *_: Any) -> str | None:
        """None for what is neither in the folder, nor the folder, nor above it."""
        if not isinstance(path, str | os.PathLike):
            return None
        text = os.fspath(path)
        if text == self.folder:
            return "."
        parent, _, name = text.rpartition("/")
        if parent == self.folder:
            return name
        above = self.folder.removeprefix(text.rstrip("/") + "/")
        return "/".join([".."] * (above.count("/") + 1)) if above != self.folder else None

    def opened(self, descriptor: int, *_: Any) -> str | None:
        return self.descriptors.get(descriptor)


class _TappedFile(io.FileIO):
    """A new file whose writes the tap sees."""

    def __init__(self, path: Any, name: str, tap: Tap) -> None:
        super().__init__(path, "xb")
        self._name, self._tap = name, tap

    def write(self, data: Any, /) -> int:
        content = bytes(data)
        call = Call("write", self._name, offset=self.tell(), data=content, site=_site())
        most = self._tap.before(call)
        content = content if most is None else content[:most]
        written = super().write(content)
        self._tap.after(call._replace(data=content[:written]))
        return written


def _site() -> tuple[str, ...]:
    """The functions of the index's code that are at work, outermost first, each with the line it is at."""
    frame = sys._getframe(2)
    found = []
    while frame is not None:
        folder, _, module = frame.f_code.co_filename.rpartition("/")
        if folder.endswith("newsearch/index"):
            found.append(f"{module.removesuffix('.py')}.{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back  # type: ignore[assignment]
    return tuple(reversed(found))
