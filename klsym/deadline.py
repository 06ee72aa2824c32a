"""A time limit inside one process: work that runs past it is interrupted where it stands.

It rests on the alarm signal, so it acts in the main thread of POSIX systems only; elsewhere, and
with no limit, nothing is started.  The command line has a harder limit: it ends the process.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LEAST = 0.01
"""The seconds that are left when none are; of no seconds the alarm would make no limit."""


class OutOfTime(Exception):
    """The time limit was reached; the message says which."""


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Interrupt the body with OutOfTime after so many seconds; None is no limit."""
    if seconds is None or not _can_interrupt():
        yield
        return

    over = OutOfTime(f"the time limit of {seconds:g} s was reached")
    reached = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal reached
        reached = True
        raise over

    previous = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except SystemError as error:
        # What FLINT calls back cannot be left by an exception; Cython makes this of it.
        raise (over if reached else error) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def left_of(seconds: float | None, started: float, parts: int = 1) -> float | None:
    """An equal part of what a limit leaves to work that started then, by ``perf_counter``."""
    if seconds is None:
        return None
    return max(seconds - (time.perf_counter() - started), LEAST) / parts


def _can_interrupt() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
