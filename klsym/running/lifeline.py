"""Lifeline: a pipe that nothing is written to, and that is closed when its owner ends.

Whatever ended the owner, the system then ends the process at the other end: also one that was
stopped, or whose threads cannot run because C code does.  Where the system does not do so, as on
Windows and macOS, a thread that reads standard input to its end does it, when it can.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


@contextmanager
def lifeline() -> Iterator[tuple[IO[bytes] | None, tuple[int, ...]]]:
    """The owner's end, and what a process that is started meanwhile has to inherit."""
    if not hasattr(os, "O_ASYNC"):
        yield None, ()
        return
    held, kept = os.pipe()
    end = os.fdopen(kept, "wb", buffering=0)
    try:
        yield end, (held,)
    except BaseException:
        end.close()
        raise
    finally:
        os.close(held)


def hold(held: int) -> None:
    """Have the system end this process with the owner of the lifeline."""
    import fcntl

    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(held, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(held, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(held, fcntl.F_SETFL, fcntl.fcntl(held, fcntl.F_GETFL) | os.O_ASYNC)
