"""Words that stand in no dictionary: jieba's model of them, a hidden Markov model whose states are the begin, middle
and end of a word, and a word of one character.

jieba's own code is not used, because its tables have more decimals than those of rjieba, its port to Rust: where two
cuts are all but equally likely, as they are for one character five times in a row, the two would choose differently.
With the tables rounded as rjieba has them, the words are those of either wherever jieba is not undecided, and rjieba's
always.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_DECIMALS = 6
#: The log probability of what the model has never seen.
NEVER = -3.14e100
#: The states that each state may follow.
BEFORE = {"B": "ES", "M": "BM", "E": "BM", "S": "ES"}


class WordModel(NamedTuple):
    """Natural logs of probabilities by state (B, M, E, S): of being the first, of following another, of a character."""

    first: Mapping[str, float]
    following: Mapping[str, Mapping[str, float]]
    character: Mapping[str, Mapping[str, float]]


def unknown_words(run: str, model: WordModel) -> list[str]:
    """The words of the likeliest states of a run (Viterbi); of equally likely ones the later in the order B E M S.

    Joined they are the run.
    """
    scores = {state: model.first[state] + emission(model, state, run[0]) for state in BEFORE}
    steps: list[dict[str, str]] = []
    for character in run[1:]:
        best: dict[str, tuple[float, str]] = {}
        for state, possible in BEFORE.items():
            emitted = emission(model, state, character)
            best[state] = max((scores[b] + model.following[b].get(state, NEVER) + emitted, b) for b in possible)
        scores = {state: score for state, (score, _) in best.items()}
        steps.append({state: before for state, (_, before) in best.items()})
    state = max("ES", key=lambda last: (scores[last], last))
    states = [state]
    for step in reversed(steps):
        state = step[state]
        states.append(state)
    return _words(run, states[::-1])


def emission(model: WordModel, state: str, character: str) -> float:
    """The log probability of a character in a state."""
    return round(model.character[state].get(character, NEVER), _DECIMALS)


def _words(run: str, states: list[str]) -> list[str]:
    """The states always end in E or S."""
    words, start = [], 0
    for end, state in enumerate(states, 1):
        if state in "ES":
            words.append(run[start:end])
            start = end
    return words
