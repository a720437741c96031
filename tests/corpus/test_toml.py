"""TOML, and what only looks like it."""

from __future__ import annotations

import pytest

from newsearch.corpus.toml import read_toml


def test_what_people_write() -> None:
    assert read_toml('a = "桥"\n[b]\nc = [1, {d = 0x7fffffffffffffff}]\n') == {
        "a": "桥",
        "b": {"c": [1, {"d": (1 << 63) - 1}]},
    }
    assert read_toml("") == {}
    assert read_toml(".".join("a" * 50) + " = 1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "9" * 5000, "a number that is too long"),
        ("a = 0x" + "f" * 5000, "a number that is too long"),
        ("a = [[{b = -99999999999999999999}]]", "a number that is too long"),
        ("a = [[{b = 0x1" + "0" * 16 + "}]]", "a number that is too long"),
        ("a = " + "[" * 5000, "nested too deeply"),
        (".".join("a" * 5000) + " = 1", "nested too deeply"),
        (".".join("a" * 51) + " = 1", "nested too deeply"),
        ("a", "Expected"),
    ],
)
def test_what_nobody_writes(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_toml(text)
