"""kill -9 at any time: at exact system calls, under strace, and at random times.

    PYTHONPATH=tests:. python -m faults.kill [--count N] [--seed S] [--only calls|times]      (make kill-9 COUNT=1000)

Each kill interrupts a command that adds, updates, removes, deletes or rebuilds, some of them with worker processes.
After it the index holds exactly what it held before the command or exactly what it should hold after it, all answers
are those of that generation, the lock is free, and running the command again succeeds and leaves no file behind. Every
tenth time statistics, scores and order are compared with an index of the same articles that was never killed.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import mean

import newsearch

from .kill_desk import Command, Desk, Wrong, require, require_like_fresh, warm, workers_of

#: The calls by which a command changes what is outside it, or learns of it.
CALLS = ["openat", "read", "write", "pwrite64", "ftruncate", "fsync", "rename", "unlink", "flock", "mmap", "munmap",
         "close", "getdents64", "newfstatat", "clone", "wait4"]  # fmt: skip
_PR_SET_PTRACER, _ANYBODY = 0x59616D61, ctypes.c_ulong(-1)
#: Seconds that a command may take.
_LONGEST = 60

#: Interrupts a command that is run at a desk, and gives what was done, or "" if it ended before.
Interrupt = Callable[[Desk, Command, random.Random], str]


def at_a_call(desk: Desk, command: Command, chooser: random.Random) -> str:
    """Kills the process that reaches the n-th call of a kind first: the command itself or one of its workers."""
    call = chooser.choice(CALLS)
    key = command.kind, "2" in command.arguments, call
    number = chooser.randint(1, _calls.get(key, 30))
    inject = f"inject={call}:signal=KILL:when={number}"
    log = desk.folder / "strace"
    reading, writing = os.pipe()
    child = desk.start(command.arguments, ready=lambda: _wait_for(reading, writing))
    strace = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}", "-e", inject, "-p", str(child)]
    with subprocess.Popen(strace, stderr=subprocess.PIPE, text=True) as tracing:
        try:
            _wait_until(lambda: _traced(child) or tracing.poll() is not None)
            if tracing.poll() is not None:
                raise RuntimeError(f"strace cannot trace: {tracing.stderr.read() if tracing.stderr else ''}")
            os.write(writing, b"!")
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        finally:
            os.close(reading)
            os.close(writing)
        _end(tracing)
    logged = log.read_text(errors="replace")
    killed = "+++ killed by SIGKILL +++" in logged
    if not killed:  # so often does it make this call
        _calls[key] = max(Counter(re.findall(rf"^(\d+) +{call}\(", logged, re.MULTILINE)).values(), default=1)
    if status == 2:
        _require_one_line(desk)
    else:
        require(status in (0, -signal.SIGKILL), "exit status", status, desk.said)
    return call if killed else ""


def at_a_time(desk: Desk, command: Command, chooser: random.Random) -> str:
    """Kills the command, its whole group, or one of its workers after a random time."""
    target = chooser.choice(["command", "group", "worker"] if "2" in command.arguments else ["command", "group"])
    longest = _took.setdefault((command.kind, target), [0.3])
    begun = time.monotonic()
    child = desk.start(command.arguments)
    delay = chooser.uniform(0.002, 1.2 * mean(longest[-20:]))
    done = 0
    while not done and time.monotonic() - begun < delay:
        done, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.0005)
    victims = workers_of(child) if target == "worker" and not done else [child]
    if not done and victims:
        with suppress(ProcessLookupError):  # it has just ended
            os.kill(-child if target == "group" else chooser.choice(victims), signal.SIGKILL)
    elif not done:
        target = ""  # there is no worker yet, or no more
    if not done:
        _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        longest.append(time.monotonic() - begun)
    elif code == 2 and target == "worker":
        _require_one_line(desk)
    else:
        require(code == -signal.SIGKILL and target in ("command", "group"), "exit status", code, desk.said)
    return "" if done or (code == 0 and target != "worker") else target


# How long commands take, and how often they make a call: learnt from those that were not killed.
_took: dict[tuple[str, str], list[float]] = {}
_calls: dict[tuple[str, bool, str], int] = {}


def _require_one_line(desk: Desk) -> None:
    line = r"error: cannot build a segment in .+: a worker process died; [^\n]+\n"
    require(re.fullmatch(line, desk.said), "what is said when a worker dies", desk.said)


def _wait_for(reading: int, writing: int) -> None:
    """Lets anybody trace this process, and waits for the word."""
    os.close(writing)
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
    os.read(reading, 1)
    os.close(reading)


def _traced(process: int) -> bool:
    return "TracerPid:\t0\n" not in Path(f"/proc/{process}/status").read_text()


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _LONGEST
    while not condition():
        require(time.monotonic() < deadline, "waited too long")
        time.sleep(0.002)


def _end(tracing: subprocess.Popen[str]) -> None:
    """Waits for strace, which goes when the last process that it traces has gone: workers soon follow their parent."""
    try:
        tracing.wait(_LONGEST)
    except subprocess.TimeoutExpired:
        tracing.kill()
        raise Wrong("workers outlive a killed command") from None


def can_trace() -> str:
    """Why calls cannot be traced here; "" if they can."""
    if not shutil.which("strace"):
        return "strace is not installed (Debian: apt-get install strace)"
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            _wait_for(reading, writing)
        finally:
            os._exit(0)
    with subprocess.Popen(["strace", "-qq", "-o", "/dev/null", "-p", str(child)], stderr=-1, text=True) as probe:
        _wait_until(lambda: _traced(child) or probe.poll() is not None)
        os.close(reading)
        os.close(writing)  # its word: the child ends, and strace with it
        os.waitpid(child, 0)
        said = probe.communicate(timeout=_LONGEST)[1].strip()
    return f"strace may not trace here: {said}" if probe.returncode else ""


def interrupt(kills: int, seed: int, folder: Path, how: Interrupt) -> Counter[str]:
    """Works at a desk until so many commands were killed. Returns what was killed how often. Raises Wrong."""
    warm(folder / "warm")
    desk = Desk(folder, random.Random(seed))
    counts: Counter[str] = Counter()
    while sum(counts.values()) < kills:
        command = desk.next_command()
        generation = desk.generation()
        try:
            what = how(desk, command, desk.chooser)
            committed = desk.verify(command, generation)
            if what:
                counts[f"{command.kind}: {what}, {'new' if committed else 'old'} generation"] += 1
            if what and sum(counts.values()) % 100 == 0:
                print(f"seed {seed}: {sum(counts.values()):,} kills", flush=True)
            desk.finish(command)
            if sum(counts.values()) % 10 == 0:
                with newsearch.open(desk.storage.folder) as index:
                    shutil.rmtree(folder / "fresh", ignore_errors=True)
                    require_like_fresh(index, folder / "fresh")
        except BaseException as error:
            error.add_note(f"seed {seed}, kill {sum(counts.values())}, {command}")
            raise
    return counts


def _campaign(name: str, how: Interrupt, count: int, seed: int, folder: Path) -> None:
    begun = time.monotonic()
    counts = interrupt(count, seed, folder, how)
    commands, places = Counter[str](), Counter[str]()
    for what, number in counts.items():
        kind, _, place = what.partition(": ")
        commands[kind] += number
        places[place] += number
    old = sum(number for place, number in places.items() if place.endswith("old generation"))
    total = sum(places.values())
    took = time.monotonic() - begun
    print(f"{name}, seed {seed}: {total:,} kills in {took:.0f} s, {old:,} before and {total - old:,} after the commit")
    print(f"  commands: {dict(sorted(commands.items()))}\n  places: {dict(sorted(places.items()))}", flush=True)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=1000, help="kills of each kind")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options.add_argument("--only", choices=["calls", "times"])
    given = options.parse_args()
    print(f"seed {given.seed}", flush=True)
    campaigns: list[tuple[str, Interrupt]] = []
    if given.only != "times":
        if why := can_trace():
            print(f"kills at system calls are left out: {why}", file=sys.stderr)
        else:
            campaigns.append(("at system calls", at_a_call))
    if given.only != "calls":
        campaigns.append(("at random times", at_a_time))
    children = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, how) in enumerate(campaigns):  # side by side: each leaves a processor idle half the time
            child = os.fork()
            if child:
                children.append(child)
                continue
            try:
                _campaign(name, how, given.count, given.seed + number, Path(folder) / str(number))
                os._exit(0)
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
            finally:
                os._exit(1)
        statuses = [os.waitpid(child, 0)[1] for child in children]
    return int(any(statuses))


if __name__ == "__main__":
    sys.exit(main())
