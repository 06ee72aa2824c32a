"""The signals that ask the command to end: one is heeded, and those after it are ignored.

So nothing that is put in order at the end, such as an output file, is left half done.
"""

from __future__ import annotations

import signal
from types import FrameType

ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]

_heeded: int | None = None


def heed() -> None:
    """Have the signals raise KeyboardInterrupt or SystemExit, but those that the caller ignores."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def raise_again() -> None:
    """Raise what the signal that was heeded has raised, if somebody took it for another one."""
    if _heeded == signal.SIGINT:
        raise KeyboardInterrupt
    if _heeded is not None:
        raise SystemExit(128 + _heeded)  # the exit code that shells give


def _end(number: int, frame: FrameType | None) -> None:
    global _heeded
    _heeded = number
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    raise_again()
