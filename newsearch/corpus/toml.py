"""TOML as people write it: what only looks like it (numbers of a thousand digits, a thousand levels) is refused."""

from __future__ import annotations

import tomllib
from typing import Any

# Numbers in TOML have 64 bits; Python reads longer ones, and then cannot show them.
_BITS = 64
_LEVELS = 50


def read_toml(text: str) -> dict[str, Any]:
    """What a TOML document says. Raises TOMLDecodeError, and ValueError for numbers and levels no person writes."""
    try:
        found = tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # int's own, about its number of digits
        raise ValueError("written with a number that is too long") from None
    level: list[Any] = [found]
    for _ in range(_LEVELS):
        level = [inner for value in level for inner in _inside(value)]
        if any(isinstance(value, int) and value.bit_length() > _BITS for value in level):
            raise ValueError("written with a number that is too long")
    if any(map(_inside, level)):
        raise ValueError("nested too deeply")
    return found


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
