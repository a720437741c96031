"""Every file access of an index, in one class, so that tests can count, fail and replay it.

Files are written once, under a fresh name, and synced before anybody refers to them; `publish` makes a name appear
whole or not at all. A failed sync is never tried again: after it nobody knows what is on the disk.
"""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from newsearch.errors import IndexLocked, NotAnIndex, StorageFailed

LOCK = "lock"
# How long a dead process may keep the lock, in seconds: its workers have it too, and are just finding out.
_DYING = 5.0
_Result = TypeVar("_Result")


class MappedFile(mmap.mmap):
    """A whole file, memory-mapped; stays readable after the file is removed.

    Touching bytes that the disk cannot give, or that somebody cut off, would kill the process (SIGBUS), and bytes that
    somebody changes change here. So the file itself stays at hand, to be asked.
    """

    _descriptor = -1
    _status = (0, 0)

    def __new__(cls, descriptor: int) -> MappedFile:
        mapped = super().__new__(cls, descriptor, 0, access=mmap.ACCESS_READ)
        mapped._descriptor = os.dup(descriptor)
        mapped._status = mapped._look()
        return mapped

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def read_at(self, start: int, stop: int) -> bytes:
        """Bytes of the file, fewer where it ends. Raises OSError where the map would kill the process."""
        parts = []
        while start < stop and (part := os.pread(self._descriptor, stop - start, start)):
            parts.append(part)
            start += len(part)
        return b"".join(parts)

    def changed(self) -> bool:
        """Whether somebody wrote to the file or cut it short since it was mapped."""
        return self._look() != self._status

    def _look(self) -> tuple[int, int]:
        status = os.fstat(self._descriptor)
        return status.st_size, status.st_mtime_ns


class Storage:
    """The files of one index folder, by name."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        #: Descriptors that hold the lock. A process that writes on behalf of this one inherits them, so that nobody
        #: else writes while it still does, even if this one was killed.
        self.locks: tuple[int, ...] = ()

    def create_folder(self) -> None:
        """Makes the folder, and those it lies in, survive a power loss, also if they were made by a process that died
        before it synced them."""
        with self._failing("create the folder"):
            self.folder.mkdir(parents=True, exist_ok=True)
            for folder in self.folder.resolve().parents:
                if not os.access(folder, os.R_OK | os.W_OK):
                    break  # nothing was made in it
                _sync(folder)

    def names(self) -> list[str]:
        """The files in the folder, sorted; an absent folder has none."""
        try:
            with self._failing("list the files"):
                return sorted(entry.name for entry in os.scandir(self.folder))
        except StorageFailed as failure:
            if isinstance(failure.__cause__, FileNotFoundError):
                return []
            if isinstance(failure.__cause__, NotADirectoryError):
                raise NotAnIndex(self.folder, f"{self.folder} is a file, not a folder", "name a folder") from None
            raise

    def read(self, name: str) -> bytes:
        """A whole file. Raises FileNotFoundError for an absent one: only the caller knows what that means."""
        with self._failing(f"read {name}", absent_is_fine=True), self._open(name) as file:
            return file.read()

    def map(self, name: str) -> MappedFile | bytes:
        """A whole file, memory-mapped; stays readable after the file is removed. Raises FileNotFoundError."""
        with self._failing(f"open {name}", absent_is_fine=True), self._open(name) as file:
            if os.fstat(file.fileno()).st_size == 0:
                return b""  # an empty file cannot be mapped
            return MappedFile(file.fileno())

    def size(self, name: str) -> int:
        with self._failing(f"look at {name}"):
            return (self.folder / name).stat().st_size

    def write(self, name: str, fill: Callable[[BinaryIO], _Result]) -> _Result:
        """Creates a new file, lets `fill` write it, and syncs it. A half-written file is removed; one that was there
        before is not touched."""
        path = self.folder / name
        with self._failing(f"write {name}"):
            file = path.open("xb")  # a file that is there already is not ours to remove
            try:
                with file:
                    result = fill(file)
                    file.flush()
                    os.fsync(file.fileno())
                    return result
            except BaseException:
                with suppress(OSError):  # what went wrong first is what is told
                    path.unlink(missing_ok=True)
                raise

    def publish(self, name: str, content: bytes) -> None:
        """Makes `name` appear with `content`, whole and synced, after everything written before it."""
        temporary = f"{name}.new"
        self.remove(temporary)
        self.write(temporary, lambda file: file.write(content))
        self.sync_folder()
        with self._failing(f"rename {temporary}"):
            (self.folder / temporary).rename(self.folder / name)
        self.sync_folder()

    def sync_folder(self) -> None:
        """Makes names that were created, renamed or removed so far survive a power loss."""
        with self._failing("sync the folder"):
            _sync(self.folder)

    def remove(self, name: str) -> None:
        """Removes a file; an absent one is no error."""
        with self._failing(f"remove {name}"):
            (self.folder / name).unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the folder's write lock. The kernel lets it go when the process ends, however it ends.

        Raises IndexLocked, naming the holder, if another process (or thread) has it.
        """
        with self._failing("open the lock"):
            descriptor = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        _LOCKS.add(descriptor)
        try:
            self._take(descriptor)
            with self._signed(descriptor):
                yield
        finally:
            if descriptor in _LOCKS:  # else this is a forked child, which has let it go
                _LOCKS.remove(descriptor)
                os.close(descriptor)

    @contextmanager
    def _signed(self, descriptor: int) -> Iterator[None]:
        """The lock says who holds it, and nothing when nobody does: a stale name could be taken for the holder's."""
        with self._failing("write the lock"):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self.locks = (descriptor,)
        try:
            yield
        finally:
            self.locks = ()
            if descriptor in _LOCKS:
                with suppress(OSError):
                    os.ftruncate(descriptor, 0)

    def _take(self, descriptor: int) -> None:
        """Waits only for a holder that is dead, or has not said yet who it is."""
        deadline = time.monotonic() + _DYING
        while True:
            try:
                with self._failing("lock the folder"):
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except StorageFailed as failure:
                if not isinstance(failure.__cause__, BlockingIOError):
                    raise
            with self._failing("read the lock"):
                written = os.pread(descriptor, 32, 0).strip()
            holder = int(written) if written.isdigit() else None
            if (holder and _is_alive(holder)) or time.monotonic() > deadline:
                raise IndexLocked(self.folder, holder) from None
            time.sleep(0.01)

    def _open(self, name: str) -> BinaryIO:
        """Opens a file for reading; a pipe in its place would keep its reader waiting for ever."""
        descriptor = os.open(self.folder / name, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "not a file")
        return os.fdopen(descriptor, "rb")

    @contextmanager
    def _failing(self, action: str, absent_is_fine: bool = False) -> Iterator[None]:
        try:
            yield
        except OSError as cause:
            if absent_is_fine and isinstance(cause, FileNotFoundError):
                raise
            raise StorageFailed(self.folder, action, cause) from cause


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# The descriptors of locks that this process holds. A child that it forks would hold them too, and could outlive it.
_LOCKS: set[int] = set()


def _let_go() -> None:
    for descriptor in _LOCKS:
        os.close(descriptor)
    _LOCKS.clear()


os.register_at_fork(after_in_child=_let_go)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # somebody else's
    return True
