"""What a disk may hold after the power failed: everything that was synced, and of the rest whatever it likes.

A file's bytes are sure once the file was synced after they were written; a name that was made, changed or removed is
sure once its folder was synced. The rest may be there or not, each on its own and in any order: a file may have its
name and none of its bytes, a later sector and not an earlier one, zeros, or rubbish.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .recording import Call

#: What is written at once or not at all.
SECTOR = 512
#: The files of a folder, by name; None if the folder is not there.
State = Mapping[str, bytes] | None


@dataclass(slots=True)
class _File:
    """Bytes as processes see them, as they were when they were synced, and whether the two differ."""

    content: bytes = b""
    synced: bytes = b""
    dirty: bool = True


@dataclass
class Disk:
    """Folder and files as the calls up to now have left them. Names refer to files by number."""

    files: dict[int, _File] = field(default_factory=dict)
    #: What processes see, and what is sure.
    names: dict[str, int] = field(default_factory=dict)
    sure: dict[str, int] = field(default_factory=dict)
    #: Changes of names since the folder was synced: (removed, added, file).
    unsure: list[tuple[str, str, int]] = field(default_factory=list)
    #: Folders that were made whose own name is not sure yet: ".", or above it "..", "../..".
    new_folders: list[str] = field(default_factory=list)

    @staticmethod
    def of(state: State) -> Disk:
        """A disk that was found like this when the power came back."""
        disk = Disk()
        for number, (name, content) in enumerate(sorted((state or {}).items())):
            disk.files[number] = _File(content, content, False)
            disk.names[name] = disk.sure[name] = number
        return disk

    def copy(self) -> Disk:
        files = {number: _File(file.content, file.synced, file.dirty) for number, file in self.files.items()}
        return Disk(files, dict(self.names), dict(self.sure), list(self.unsure), list(self.new_folders))

    def apply(self, call: Call) -> None:
        name = call.name
        if call.kind == "create":
            number = max(self.files, default=-1) + 1
            self.files[number] = _File()
            self._change("", name, number)
        elif call.kind in ("write", "truncate"):
            file = self.files[self.names[name]]
            end = call.offset + len(call.data)
            kept = b"" if call.kind == "truncate" else file.content
            file.content = kept[: call.offset].ljust(call.offset, b"\0") + call.data + kept[end:]
            file.dirty = True
        elif call.kind == "rename":
            self._change(name, call.target, self.names[name])
        elif call.kind == "remove":
            self._change(name, "", -1)
        elif call.kind == "mkdir":
            self.new_folders.append(name)
        elif call.kind == "sync" and name in self.names:
            file = self.files[self.names[name]]
            file.synced, file.dirty = file.content, False
        elif call.kind == "sync" and name == ".":
            self.sure, self.unsure = dict(self.names), []
        elif call.kind == "sync":
            made = name.removesuffix("..").rstrip("/") or "."
            self.new_folders = [folder for folder in self.new_folders if folder != made]

    def _change(self, removed: str, added: str, number: int) -> None:
        self.unsure.append((removed, added, number))
        _rename(self.names, removed, added, number)

    def visible(self) -> State:
        """What the next process finds if only this one was killed."""
        return {name: self.files[number].content for name, number in self.names.items()}

    def after_power_loss(self, rng: random.Random) -> State:
        """One of the states in which the disk may be found."""
        if self.new_folders and rng.random() < 0.5:
            return None
        names = dict(self.sure)
        chance = rng.choice((0.0, 1.0, 0.5, 0.9))
        for change in self.unsure:
            if rng.random() < chance:
                _rename(names, *change)
        spoil = rng.choice(_SPOILING)
        seeds = {name: rng.getrandbits(32) for name in sorted(names)}
        return {name: _content(self.files[names[name]], spoil, random.Random(seed)) for name, seed in seeds.items()}


def _rename(names: dict[str, int], removed: str, added: str, number: int) -> None:
    names.pop(removed, None)
    if added:
        names[added] = number


def _content(file: _File, spoil: str, rng: random.Random) -> bytes:
    if not file.dirty:
        return file.synced
    spoil = rng.choice(_SPOILING[:-1]) if spoil == "each its own" else spoil
    content = file.content
    if spoil == "as synced":
        return file.synced
    if spoil == "zeros":
        return bytes(len(content))
    if spoil == "cut":
        return content[: rng.randrange(len(content) + 1)]
    if spoil == "flipped" and content:
        place = rng.randrange(len(content))
        return content[:place] + bytes([content[place] ^ 1 << rng.randrange(8)]) + content[place + 1 :]
    if spoil == "sectors":
        return b"".join(_sector(file, place, rng) for place in range(0, len(content), SECTOR))
    return content  # written after all


#: What may become of bytes that were not synced.
_SPOILING = ("as synced", "zeros", "cut", "flipped", "sectors", "written", "each its own")


def _sector(file: _File, place: int, rng: random.Random) -> bytes:
    new = file.content[place : place + SECTOR]
    old = file.synced[place : place + SECTOR].ljust(len(new), b"\0")[: len(new)]
    return rng.choice((new, new, old, rng.randbytes(len(new))))


class Shelf:
    """Puts states into folders. Contents are kept, and linked into each folder instead of written: an index never
    changes a file that is there, but for its lock, and that is written anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[bytes, Path] = {}
        self._places = 0
        (folder / "contents").mkdir(parents=True)

    def put(self, state: State) -> Path:
        """A new folder with the files of a state; for None, a path at which there is none."""
        self._places += 1
        place = self._folder / f"{self._places}" / "index"
        place.parent.mkdir()
        if state is not None:
            place.mkdir()
            for name, content in state.items():
                if name == "lock":
                    (place / name).write_bytes(content)
                else:
                    os.link(self._keep(content), place / name)
        return place

    def _keep(self, content: bytes) -> Path:
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if digest not in self._kept:
            self._kept[digest] = self._folder / "contents" / digest.hex()
            self._kept[digest].write_bytes(content)
        return self._kept[digest]


def key_of(state: State) -> bytes:
    """What states have in common that an index cannot tell apart: all but what its lock says."""
    if state is None:
        return b""
    digest = hashlib.blake2b(digest_size=16)
    for name, content in sorted(state.items()):
        if name != "lock":
            digest.update(f"{name} {len(content)} ".encode() + hashlib.blake2b(content, digest_size=16).digest())
    return digest.digest()
