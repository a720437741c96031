"""How long a query may take: known to all who work on one, knows nobody.

Work is done in blocks, and between two of them `passed` is asked. What is found by then is what there is; nothing is
interrupted, so the blocks must be small; where one document is too large for that, `TimeUp` gives it up. Nothing is
shared between queries, so any number may run at once.
"""

from __future__ import annotations

from math import inf
from time import perf_counter

#: Seconds that a query may take if nobody says otherwise.
SECONDS = 1.5


class Deadline:
    """Some seconds of work, from now on; None for as long as it takes. Raises ValueError for less than none.

    `cut` tells whether there was work left when the time was up. Time between `pause` and `resume` does not count.
    """

    __slots__ = ("_left", "_running", "_until", "cut")

    def __init__(self, seconds: float | None = None) -> None:
        self._left = inf if seconds is None else float(seconds)
        if not self._left >= 0:
            raise ValueError("a timeout is a number of seconds, or None for no limit")
        self._until = perf_counter() + self._left
        self._running = True
        self.cut = False

    def passed(self) -> bool:
        """Whether to stop. To be asked only where there is something left to do."""
        if perf_counter() < self._until:
            return False
        self.cut = True
        return True

    def pause(self) -> None:
        if self._running:
            self._left, self._running = self._until - perf_counter(), False

    def resume(self) -> None:
        if not self._running:
            self._until, self._running = perf_counter() + self._left, True


class TimeUp(Exception):
    """The time was up in the middle of something: nothing is known of it."""


#: The time that whoever asks gives: seconds, None for no limit, or a deadline that several questions share.
Timeout = float | Deadline | None

#: For work that is done however long it takes.
UNLIMITED = Deadline()


def deadline_of(timeout: Timeout) -> Deadline:
    """The deadline that a timeout stands for; its time runs from now on. Raises ValueError."""
    if isinstance(timeout, Deadline):
        timeout.resume()
        return timeout
    return Deadline(timeout)
