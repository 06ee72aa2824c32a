"""Standard output and standard error, and what they can show."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

PIPE_CLOSED = 141
"""The exit code of a process that SIGPIPE ends, as shells give it."""


def show_escapes() -> None:
    """Have a terminal that cannot show a character show an escape, so that no answer is lost."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Tell the person at the terminal, on standard error."""
    print(text, file=sys.stderr)


def show(text: str) -> None:
    """Write an answer and its final newline to standard output."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise SystemExit(PIPE_CLOSED) from None


def colour_wanted() -> bool:
    """Whether standard output is a terminal that takes colours; ``NO_COLOR`` and a pipe do not."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
