"""Processes that die: killed by the system at a chosen step or moment, never by an exception."""

import os
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from typing import Any, Final

#: Calls into C by which a write goes on: SQLite's, the file system's, and those of open files.
STEPS: Final = frozenset(
    {
        *("connect", "execute", "executemany", "commit", "rollback", "close", "backup"),
        *("open", "write", "writelines", "flush", "truncate", "sendfile", "fsync"),
        *("link", "rename", "replace", "unlink", "mkdir", "rmdir", "chmod", "scandir"),
    }
)
#: A process that goes on for longer hangs.
_LONG_S: Final = 60.0

Act = Callable[[], object]


def steps_of(act: Act) -> int:
    """Return how many steps something takes, done in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        steps = _counting(lambda _step: None)
        act()
        sys.setprofile(None)
        os.write(writing, str(next(steps)).encode())
        os._exit(0)
    os.close(writing)
    assert os.waitpid(child, 0)[1] == 0
    with open(reading, "rb") as told:  # noqa: PTH123 - a file descriptor
        return int(told.read())


def die_at(step: int, act: Act) -> bool:
    """Do something in a process of its own that is killed just before one of its steps.

    Returns False where it was done in fewer steps.
    """
    child = os.fork()
    if child == 0:
        _counting(lambda now: os.kill(os.getpid(), signal.SIGKILL) if now == step else None)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), "it failed by itself"
    return status != 0


def die_after(times: int, seconds: float, act: Act) -> None:
    """Do something again and again in a process of its own.

    It is killed some time after it was done some times.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        started = time.monotonic()
        while time.monotonic() < started + _LONG_S:
            act()
            os.write(writing, b".")
        os._exit(0)
    os.close(writing)
    for _ in range(times):
        assert os.read(reading, 1) == b".", "it ended by itself"
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reading)
    assert status == signal.SIGKILL


def _counting(reach: Callable[[int], object]) -> "count[int]":
    """Call back before each step of this thread; return the counter."""
    steps = count(1)

    def profile(_frame: Any, event: str, function: Any) -> None:
        if event == "c_call" and function.__name__ in STEPS:
            reach(next(steps))

    sys.setprofile(profile)
    return steps
