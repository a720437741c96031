"""What is taken for a trie: those that are, and of all other bytes only what is safe to ask."""

from __future__ import annotations

import random

import marisa_trie
import pytest

from newsearch.codec.tries import check_trie


def words_of(rng: random.Random, count: int) -> set[str]:
    letters = rng.choice(["ab", "abc台风学校xyz", "ab\0c"])
    return {"".join(rng.choice(letters) for _ in range(rng.choice([1, 2, 5, 30, 300]))) for _ in range(count)}


@pytest.mark.parametrize("count", [0, 1, 2, 10, 511, 512, 513, 3000])
def test_tries_are_tries(count: int, rng: random.Random) -> None:
    for _ in range(5):
        words = words_of(rng, count)
        assert check_trie(marisa_trie.Trie(words).tobytes()) == len(words)


def test_the_empty_word_is_one() -> None:
    assert check_trie(marisa_trie.Trie(["", "a"]).tobytes()) == 2


@pytest.mark.parametrize("content", [b"", b"We love Marisa.\0", b"x" * 100, b"We love Marisa.\0" + b"\xff" * 64])
def test_other_bytes_are_none(content: bytes) -> None:
    with pytest.raises(ValueError):
        check_trie(content)


def test_what_passes_can_be_asked(rng: random.Random) -> None:
    """Bytes changed at random: a trie that leads out of its bytes would kill the process here."""
    passed = 0
    for _ in range(20):
        words = sorted(words_of(rng, rng.choice([2, 40, 300])))
        whole = marisa_trie.Trie(words).tobytes()
        for _ in range(20):
            changed = bytearray(whole)
            for _ in range(rng.choice([1, 1, 3])):
                at = rng.randrange(16, len(changed))
                changed[at] = rng.choice([0, 255, changed[at] ^ 1 << rng.randrange(8)])
            try:
                count = check_trie(bytes(changed))
                trie = marisa_trie.Trie().map(bytes(changed))
            except (ValueError, RuntimeError):
                continue
            passed += 1
            for word in words[:20]:
                try:
                    trie.get(word), trie.items(word), list(trie.iter_prefixes_with_ids(word + "ab"))
                except UnicodeDecodeError:
                    continue
            for number in range(min(count, 50)):
                try:
                    trie.restore_key(number)
                except UnicodeDecodeError:
                    continue
    assert passed
