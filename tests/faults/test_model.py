"""A slice of the runs of `make model`, and one way through all that is done there."""

from __future__ import annotations

import random

from newsearch import Article

from .model import QUERIES, Machine, conditions, run


def test_an_index_and_a_dict_agree() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    counts = run(25, 20, seed)
    print(dict(counts))
    assert counts["steps"] > 25


def test_one_way_through_everything() -> None:
    with conditions():
        machine = Machine()
        try:
            for round in range(2):
                for number in range(3):
                    machine.add(
                        [Article(f"a{number}", "台风", f"渔船{'了的' * (number + round)}。"), Article("a9", "的")]
                    )
                machine.commit_and_roll_back([[Article("a4", "乡村振兴")], ["a1", Article("a5", "学校")]], [None, "a2"])
                machine.add_badly([Article("a6", "B超")], {"id": "bad"})
                machine.delete(["a0", "a7"])
                machine.it_holds_what_the_dict_does()
                for step in (30, 60, 90):
                    machine.crash([Article("a8", "台风" * step), "a5"], merged=True, step=step)
                machine.refresh() if round else machine.reopen()
                for query in QUERIES:
                    machine.search(query)
                machine.merge()
                machine.it_holds_what_the_dict_does()
                machine.rebuild()
                machine.look_around()
                machine.it_holds_what_the_dict_does()
            assert sorted(machine.model) == ["a2", "a4", "a8", "a9"]
        finally:
            machine.teardown()
