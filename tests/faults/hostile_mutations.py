"""What is done to an index to make it harm: each function changes one thing, and lengths and checksums fit again.

They return in words what they did. `tests.faults.hostile` asks what becomes of it.
"""

from __future__ import annotations

import json
import os
import random
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import zstandard

from newsearch.codec.columns import ColumnFile, write_columns
from newsearch.codec.stored import decompressor, stored_record
from newsearch.index.manifest import encoded
from tests.faults.bit_rot import Subject

_TRAILER = struct.Struct("<QIII")
_ABSURD = [0, 1, -1, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**64 - 1, 10**30, 0.5, -0.0, None, True, "", "x", [], {}]
_NAMES = [
    "../../../etc/passwd",
    "/etc/passwd",
    "..",
    "",
    "lock",
    "a\0b",
    "segment-1.columns",
    "manifest-0000000005.json",
]


Mutation = Callable[[Subject, random.Random], str]


def rewrite(subject: Subject, name: str, content: bytes, checksum: int | None = None) -> None:
    """Puts other content in a file and makes the manifest fit; `checksum` is that of a column file's directory."""
    (subject.folder / name).write_bytes(content)
    checksum = crc32(content) if checksum is None else checksum

    def fit(entry: Any) -> None:
        for mine in entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ():
            fit(mine)
        if isinstance(entry, dict) and entry.get("name") == name:
            entry.update(length=len(content), checksum=checksum)

    change_manifest(subject, fit)


def change_manifest(subject: Subject, change: Callable[[Any], Any]) -> None:
    path = subject.folder / next(name for name in subject.names if name.startswith("manifest"))
    body = json.loads(path.read_bytes())["manifest"]
    body = change(body) or body
    put_manifest(path, body)


def put_manifest(path: Path, body: Any) -> None:
    path.write_bytes(encoded(body))


def column_file(
    subject: Subject, rng: random.Random, kinds: tuple[str, ...]
) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A column file of one of the kinds: its name, columns and facts."""
    name = rng.choice([name for name in subject.names if name.startswith(kinds)])
    file = ColumnFile(subject.contents[name])
    return name, {column: file.column(column).copy() for column in file.names()}, dict(file.facts)


def put_columns(subject: Subject, name: str, columns: dict[str, Any], facts: dict[str, Any]) -> None:
    sink = BytesIO()
    checksum = write_columns(sink, columns, facts)
    rewrite(subject, name, sink.getvalue(), checksum)


_COLUMNS = ("segment", "dictionary", "deletions", "texts")


def change_numbers(subject: Subject, rng: random.Random) -> str:
    """Some numbers of a column are others."""
    name, columns, facts = column_file(subject, rng, _COLUMNS)
    column = rng.choice([column for column in columns if len(columns[column])])
    values = columns[column]
    info = np.finfo(values.dtype) if values.dtype.kind == "f" else np.iinfo(values.dtype)
    for _ in range(rng.choice([1, 1, 3, 20])):
        at = rng.randrange(len(values))
        choices: list[Any] = [info.min, info.max, 0, 1, values[at - 1], len(values)]
        if values.dtype.kind == "f":
            choices += [np.nan, np.inf, -np.inf]
        value = rng.choice(choices)
        values[at] = value if values.dtype.kind == "f" else min(max(int(value), int(info.min)), int(info.max))
    put_columns(subject, name, columns, facts)
    return f"{name} {column}: other numbers"


def change_columns(subject: Subject, rng: random.Random) -> str:
    """A whole column is another: reversed, sorted, shorter, longer, of another type, another one's, or missing."""
    name, columns, facts = column_file(subject, rng, _COLUMNS)
    column = rng.choice(list(columns))
    values = columns[column]
    changes: dict[str, Callable[[], Any]] = {
        "reversed": values[::-1].copy,
        "sorted": lambda: np.sort(values),
        "largest": lambda: np.full_like(values, np.inf if values.dtype.kind == "f" else np.iinfo(values.dtype).max),
        "zeros": lambda: np.zeros_like(values),
        "shorter": lambda: values[: rng.randrange(len(values) + 1)],
        "longer": lambda: np.concatenate((values, values)),
        "empty": lambda: values[:0],
        "wider": lambda: values.astype(np.uint64 if values.dtype.kind != "f" else np.float64),
        "signed": lambda: values.astype(np.int64),
        "float": lambda: np.full(len(values), np.nan, np.float64),
        "huge": lambda: np.full(len(values), 2**64 - 1, np.uint64),
        "another's": lambda: columns[rng.choice(list(columns))],
    }
    change = rng.choice([*changes, "missing"])
    if change == "missing":
        del columns[column]
    else:
        columns[column] = changes[change]()
    put_columns(subject, name, columns, facts)
    return f"{name} {column}: {change}"


def change_facts(subject: Subject, rng: random.Random) -> str:
    name, columns, facts = column_file(subject, rng, ("segment",))
    value = rng.choice([*_ABSURD, float("nan"), 60, 10**7])
    key = rng.choice(["documents", "reference", "averages", "weights"])
    if key in facts:
        facts[key] = value
    else:
        facts["reference"] = dict(facts["reference"]) | {key: rng.choice([value, [value, value], [float("nan"), 0]])}
    put_columns(subject, name, columns, facts)
    return f"{name} {key}: {value!r}"


def change_directory(subject: Subject, rng: random.Random) -> str:
    """The directory of a column file says something absurd."""
    name = rng.choice([name for name in subject.names if name.startswith(_COLUMNS)])
    content = subject.contents[name]
    end = len(content) - 8 - _TRAILER.size
    body, blocks, _, _ = _TRAILER.unpack(content[end : end + _TRAILER.size])
    table, directory = content[body : body + 4 * blocks], json.loads(content[body + 4 * blocks : end])
    column = rng.choice(list(directory["columns"]))
    what = rng.choice(["dtype", "length", "offset", "row", "all", "raw"])
    value: Any = rng.choice([*_ABSURD, "|O", "|V1000000000", "<M8[s]", "<U9", "<c16", "<i4,<i4", ">u4", "<u16"])
    if what in ("dtype", "length", "offset"):
        directory["columns"][column][["dtype", "length", "offset"].index(what)] = value
    elif what == "row":
        directory["columns"][column] = value
    elif what == "all":
        directory[rng.choice(["columns", "facts"])] = value
    raw = json.dumps(directory, sort_keys=True).encode()
    if what == "raw":
        raw = rng.choice(
            [b"", b"[" * 200_000, b'{"a":' * 100_000, b"\xff\xfe", b"1" * 5000, b"null", b'{"columns":{}}']
        )
    checksum = crc32(raw, crc32(table))
    whole = content[:body] + table + raw + _TRAILER.pack(body, blocks, len(raw), checksum) + content[-8:]
    rewrite(subject, name, whole, checksum)
    return f"{name} {column} {what}: {str(value)[:20]}"


def change_trie(subject: Subject, rng: random.Random) -> str:
    """Bytes of a trie are others."""
    name, columns, facts = column_file(subject, rng, ("segment", "dictionary"))
    column = rng.choice([column for column in columns if "trie" in column])
    values = columns[column]
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        at = rng.randrange(len(values))
        if rng.random() < 0.5:
            values[at] ^= 1 << rng.randrange(8)
        else:
            values[at : at + 4] = rng.choice([0, 255])
    put_columns(subject, name, columns, facts)
    return f"{name} {column}: other bytes"


def change_record(subject: Subject, rng: random.Random) -> str:
    """What is stored of a document is no article, or says that it is huge."""
    name, columns, facts = column_file(subject, rng, ("segment",))
    texts = ColumnFile(next(c for n, c in subject.contents.items() if n.startswith("texts"))).buffer("dictionary")
    file = ColumnFile(subject.contents[name])
    unpack = decompressor(bytes(texts))
    count = int(facts["documents"])
    records = [stored_record(file, unpack, number) for number in range(count)]
    pack = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(bytes(texts)))
    frames = [pack.compress(record) for record in records]
    empty = struct.pack("<II", 0, 0)
    rests = [
        b"", b"[" * 300_000, b"{" * 9, b'{"id":5,"authors":[1]}', b'{"id":"x","date":"9999-99-99"}',
        b'{"id":"\\ud800"}', b'{"id":"x","nothing":"y"}', b'{"id":{"a":1}}', b'{"id":"x","authors":"a","kicker":null}',
    ]  # fmt: skip
    hostile = [b"", b"\0", b"\xff" * 8, struct.pack("<II", 2**32 - 1, 2**32 - 1) + b"{}"]
    hostile += [struct.pack("<II", 2, 2) + b"\xff\xff\xff\xff{}", *(empty + rest for rest in rests)]
    bombs = [
        b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", 1 << 50),
        b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", (1 << 64) - 3) + b"\1\0\0",
        zstandard.ZstdCompressor().compress(bytes(300 << 20)),
        zstandard.ZstdCompressor(write_content_size=False).compress(b"x" * 1000),
        b"not a frame at all",
        b"\x28\xb5\x2f\xfd",
    ]
    frame = rng.choice([*(pack.compress(record) for record in hostile), *bombs])
    for number in rng.sample(range(count), rng.choice([1, 1, count])):
        frames[number] = frame
    columns["stored.frames"] = np.frombuffer(b"".join(frames), np.uint8)
    columns["stored.offsets"] = np.cumsum([0, *map(len, frames)]).astype(np.uint32)
    put_columns(subject, name, columns, facts)
    return f"{name}: record {frame[:12]!r}…"


def change_manifest_fields(subject: Subject, rng: random.Random) -> str:
    said = ""

    def change(body: Any) -> Any:
        nonlocal said
        holders: list[tuple[Any, Any]] = []

        def collect(value: Any) -> None:
            for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
                holders.append((value, key))
                collect(value[key])

        collect(body)
        for _ in range(rng.choice([1, 1, 2])):
            holder, key = rng.choice(holders)
            value = rng.choice(_NAMES if key == "name" else _ABSURD)
            if rng.random() < 0.1 and isinstance(holder, dict):
                holder.pop(key, None)
            elif rng.random() < 0.1 and isinstance(holder, list):
                holder *= 1000
            else:
                holder[key] = value
            said += f" {key}: {value!r}"
        return rng.choice([body] * 30 + [None, [], 5, {"format": 2}, "x"])

    change_manifest(subject, change)
    return f"manifest{said}"


def change_manifest_text(subject: Subject, rng: random.Random) -> str:
    path = subject.folder / next(name for name in subject.names if name.startswith("manifest"))
    content = rng.choice(
        [b"", b"[" * 500_000, b'{"a":' * 200_000, b"null", b"[]", b"1" * 10_000, b"\xff", b"{}", b'"x"']
    )
    path.write_bytes(content)
    return f"manifest {content[:10]!r}…"


def change_sources(subject: Subject, rng: random.Random) -> str:
    name = next(name for name in subject.names if name.startswith("sources"))
    table = json.loads(subject.contents[name])
    place = rng.choice(["roots", "files", "next", "field", "key", "raw"])
    value = rng.choice(_ABSURD)
    number = rng.choice(list(table["files"]))
    if place == "field":
        field = rng.choice(list(table["files"][number]))
        table["files"][number][field] = rng.choice([value, [value], [int(number)], "../../etc/passwd", 10**400])
    elif place == "key":
        table["files"][rng.choice(["-1", "x", "99999999999999999999", "", "1e3"])] = table["files"].pop(number)
    elif place != "raw":
        table[place] = value
    content = json.dumps(table).encode()
    if place == "raw":
        content = rng.choice([b"", b"[" * 300_000, b"null", b"{}", b"\xff", b'{"roots":{},"files":{},"next":1}'])
    rewrite(subject, name, content)
    return f"{name} {place}: {str(value)[:20]}"


def change_file(subject: Subject, rng: random.Random) -> str:
    """Something that is no file stands where one should."""
    path = subject.folder / rng.choice(subject.names)
    path.unlink()
    what = rng.choice(["pipe", "folder", "device", "circle", "nowhere", "nothing"])
    if what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    elif what == "device":
        path.symlink_to("/dev/zero")
    elif what == "circle":
        path.symlink_to(path)
    elif what == "nowhere":
        path.symlink_to("nowhere")
    return f"{path.name}: {what}"


MUTATIONS: list[Mutation] = [
    change_numbers, change_numbers, change_numbers, change_columns, change_columns, change_facts, change_directory,
    change_trie, change_trie, change_record, change_manifest_fields, change_manifest_text, change_sources, change_file,
]  # fmt: skip
