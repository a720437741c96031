"""The column file: what is written is read, and nothing else is."""

from __future__ import annotations

import io
import mmap
import random
from pathlib import Path

import numpy as np
import pytest

from newsearch.codec.columns import BLOCK, ColumnFile, write_columns
from newsearch.errors import IndexDamaged

SMALL = {"a": np.arange(5, dtype=np.uint32), "b": np.array([1.5, -2.0]), "空": np.zeros(0, np.int16)}


def written(columns: dict[str, np.ndarray], facts: dict | None = None) -> bytes:
    sink = io.BytesIO()
    write_columns(sink, columns, facts or {})
    return sink.getvalue()


@pytest.mark.parametrize(
    "dtype", ["u1", "i1", "<u2", ">u2", "<i4", ">i4", "<u4", "<u8", ">u8", "<i8", "<f4", ">f4", "<f8"]
)
def test_every_kind_of_number(dtype: str) -> None:
    values = np.array([0, 1, 100, 127], dtype)
    column = ColumnFile(written({"x": values})).column("x")
    assert column.tolist() == values.tolist()
    assert (column.dtype.kind, column.dtype.itemsize) == (values.dtype.kind, values.dtype.itemsize)
    assert not column.flags.writeable


@pytest.mark.parametrize("values", [np.array([True]), np.array(["a"]), np.array([None])], ids=str)
def test_columns_hold_numbers(values: np.ndarray) -> None:
    with pytest.raises(TypeError, match="column x has dtype"):
        written({"x": values})


def test_random_files() -> None:
    """Columns of sizes around those of blocks and alignment, read whole and in parts."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng, numbers = random.Random(seed), np.random.default_rng(seed)
    for _ in range(40):
        columns = {}
        for number in range(rng.randint(0, 6)):
            size = rng.choice([0, 1, 63, 64, 65, BLOCK - 64, BLOCK - 1, BLOCK, BLOCK + 1, rng.randint(0, 3 * BLOCK)])
            dtype = rng.choice([np.uint8, np.uint16, np.uint32, np.uint64])
            columns[f"c{number}"] = numbers.integers(0, 255, size).astype(dtype)
        facts = {"documents": rng.randrange(1000), "名": ["值", None]}
        sink = io.BytesIO()
        checksum = write_columns(sink, columns, facts)
        file = ColumnFile(sink.getvalue())
        assert (file.facts, file.checksum, sorted(file.names())) == (facts, checksum, sorted(columns))
        for name, values in columns.items():
            assert file.length(name) == len(values)
            start = rng.randint(0, len(values))
            stop = rng.randint(start, len(values))
            assert np.array_equal(file.column(name, start, stop), values[start:stop])
            assert np.array_equal(file.column(name), values)
            assert bytes(file.buffer(name, start, stop)) == values[start:stop].tobytes()
        file.check()


def test_the_same_columns_give_the_same_bytes() -> None:
    assert written(SMALL, {"b": 1, "a": 2}) == written(SMALL, {"a": 2, "b": 1})


def test_the_checksum_pins_the_content() -> None:
    checksums = set()
    for value in range(50):
        for facts in ({}, {"x": value}):
            checksums.add(write_columns(io.BytesIO(), {"a": np.array([value])}, {"f": facts}))
    assert len(checksums) == 100


def test_strided_columns() -> None:
    assert ColumnFile(written({"x": np.arange(10)[::3]})).column("x").tolist() == [0, 3, 6, 9]


@pytest.mark.parametrize(("start", "stop"), [(0, 6), (6, 6), (3, 2), (-1, 2), (-2, -1), (1 << 62, 1 << 62)])
def test_elements_that_are_not_there(start: int, stop: int) -> None:
    with pytest.raises(IndexDamaged, match="column a has no elements"):
        ColumnFile(written(SMALL)).column("a", start, stop)


def read_all(data: bytes) -> None:
    file = ColumnFile(data, "folder", "name")
    for name in file.names():
        file.column(name)
    file.check()


def test_every_flipped_bit_is_noticed() -> None:
    good = written(SMALL, {"documents": 3})
    read_all(good)
    for bit in range(8 * len(good)):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        with pytest.raises(IndexDamaged) as caught:
            read_all(bytes(bad))
        assert (caught.value.folder, caught.value.file) == ("folder", "name")


def test_every_truncation_is_noticed() -> None:
    good = written(SMALL, {"documents": 3})
    for length in range(len(good)):
        for bad in (good[:length], good[len(good) - length :], good[:length] + bytes(len(good) - length)):
            if bad != good:
                with pytest.raises(IndexDamaged):
                    read_all(bad)


def test_another_file_appended_is_noticed_or_is_the_file() -> None:
    good = written(SMALL)
    for bad in (good + b"\0", b"\0" + good, good + good, good[:8] + good):
        with pytest.raises(IndexDamaged):
            read_all(bad)


def test_damage_is_found_where_it_is_touched() -> None:
    values = np.arange(3 * BLOCK, dtype=np.uint8)
    data = bytearray(written({"x": values}))
    data[BLOCK + 100] ^= 1
    file = ColumnFile(bytes(data), "folder", "name")
    first = BLOCK - 64
    assert np.array_equal(file.column("x", 0, first), values[:first])
    assert np.array_equal(file.column("x", 2 * BLOCK), values[2 * BLOCK :])
    for start, stop in ((first, first + 1), (BLOCK, BLOCK + 1), (0, 3 * BLOCK), (2 * BLOCK - 65, 2 * BLOCK - 64)):
        with pytest.raises(IndexDamaged, match="checksum is wrong") as caught:
            file.column("x", start, stop)
        assert caught.value.offset == BLOCK
    with pytest.raises(IndexDamaged):
        file.check()


def test_a_memory_map_stays_open_as_long_as_its_arrays(tmp_path: Path) -> None:
    import mmap

    path = tmp_path / "columns"
    path.write_bytes(written(SMALL))
    with path.open("rb") as stream:
        column = ColumnFile(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)).column("a")
    path.unlink()
    assert column.tolist() == [0, 1, 2, 3, 4]


def test_a_mapped_file_is_readable_after_it_was_let_go(tmp_path: Path) -> None:
    path = tmp_path / "file"
    numbers = np.arange(100_000, dtype=np.uint32)
    with path.open("wb") as sink:
        write_columns(sink, {"numbers": numbers}, {})
    with path.open("rb") as source:
        file = ColumnFile(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ))
    before = file.column("numbers")
    every = file.touched
    assert numbers.nbytes <= every <= numbers.nbytes + 2 * BLOCK
    file.column("numbers", 7, 90_000)
    assert file.touched == every  # what is there already is not counted again
    file.let_go()
    assert file.touched == 0
    assert np.array_equal(before, numbers)
    assert np.array_equal(file.column("numbers", 5, 10), numbers[5:10])
    assert file.touched == BLOCK
    ColumnFile(path.read_bytes()).let_go()  # bytes have nothing to let go


def test_a_column_is_written_as_it_is_made() -> None:
    made: list[str] = []

    def parts() -> list[np.ndarray]:
        made.append("a")
        return [np.arange(3, dtype=np.uint16), np.zeros(0, np.uint16), np.arange(40_000, dtype=np.uint16)]

    streamed = written({"a": parts, "b": lambda: [np.full(2, len(made))]})
    whole = written({"a": np.concatenate(parts()), "b": np.full(2, 1)})
    assert streamed == whole
    file = ColumnFile(streamed)
    assert file.column("a").tolist() == [0, 1, 2, *range(40_000)]
    assert file.column("b").tolist() == [1, 1]


@pytest.mark.parametrize(
    "parts", [[], [np.zeros(1, np.uint8), np.zeros(1, np.uint16)], [np.zeros(1, np.uint8), np.array(["a"])]]
)
def test_parts_of_a_column_are_of_one_dtype(parts: list[np.ndarray]) -> None:
    with pytest.raises(TypeError, match="column a"):
        written({"a": lambda: parts})


def test_parts_of_a_column_are_checked_and_no_more() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    values = np.random.default_rng(seed).integers(0, 1 << 16, 4 * BLOCK).astype(np.uint16)  # eight blocks
    whole = bytearray(written({"first": np.zeros(100, np.uint8), "x": values}))
    clean = ColumnFile(bytes(whole))
    bad = rng.randrange(1, 7)
    whole[bad * BLOCK + 5] ^= 1
    file = ColumnFile(bytes(whole))
    offset = file.offset("x")
    for _ in range(200):
        starts = np.array([rng.randrange(len(values)) for _ in range(rng.randrange(4))], np.int64)
        stops = np.minimum(starts + [rng.choice([0, 1, 100, BLOCK]) for _ in starts], len(values))
        whole_column = clean.parts("x", starts, stops)
        assert len(whole_column) == len(values)
        assert all((whole_column[a:b] == values[a:b]).all() for a, b in zip(starts, stops, strict=True))
        first, last = offset + 2 * starts, offset + 2 * stops
        if ((first < (bad + 1) * BLOCK) & (last > bad * BLOCK)).any():
            with pytest.raises(IndexDamaged, match="checksum"):
                file.parts("x", starts, stops)
        elif (starts < stops).all():
            file.parts("x", starts, stops)


@pytest.mark.parametrize("bad", [0, 1, 38, 39])
def test_many_blocks_are_checked_by_two(bad: int) -> None:
    """Every one of them, whichever thread has it."""
    values = np.arange(40 * BLOCK, dtype=np.uint32).astype(np.uint8)
    whole = bytearray(written({"x": values}))
    clean = ColumnFile(bytes(whole))
    whole[bad * BLOCK + 99] ^= 1
    file = ColumnFile(bytes(whole))
    every = np.array([0]), np.array([len(values)])
    assert np.array_equal(clean.parts("x", *every), values)
    assert not any(clean._unchecked[:40])
    with pytest.raises(IndexDamaged, match="checksum") as caught:
        file.parts("x", *every)
    assert caught.value.offset == bad * BLOCK
    assert file._unchecked[bad]


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (3, 2), (0, 6), (6, 6)])
def test_parts_that_are_not_there(start: int, stop: int) -> None:
    file = ColumnFile(written(SMALL))
    with pytest.raises(IndexDamaged, match="column a has no such parts"):
        file.parts("a", np.array([0, start]), np.array([1, stop]))
