"""Standard output and standard error, and what they can show."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import RawIOBase, TextIOWrapper
from typing import TextIO

from klsym.shown import printable

UNWRITABLE = 2
"""The exit code if an answer cannot be written."""
PIPE_CLOSED = 141
"""The exit code of a process that SIGPIPE ends, as shells give it."""


def show_escapes() -> None:
    """Have a terminal that cannot show a character show an escape, so that no answer is lost."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Tell the person at the terminal, on standard error; if nobody is there, nobody is told."""
    try:
        if sys.stderr is not None:
            print(printable(text), file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


def show(text: str) -> None:
    """Write an answer and its final newline to standard output."""
    try:
        if sys.stdout is None:
            raise OSError("it is closed")
        _write(text + "\n", sys.stdout)
    except BrokenPipeError:
        _give_up(sys.stdout)
        raise SystemExit(PIPE_CLOSED) from None
    except OSError as error:
        _give_up(sys.stdout)
        reason = (error.strerror or str(error)).lower()
        say(f"error[unwritable]: cannot write to standard output: {reason}")
        say("help: write a file: -o FILE")
        raise SystemExit(UNWRITABLE) from None


def colour_wanted() -> bool:
    """Whether standard output is a terminal that takes colours; ``NO_COLOR`` and a pipe do not."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout is not None and sys.stdout.isatty() and not plain


def _write(text: str, stream: TextIO) -> None:
    """Write all of a text: of what an unbuffered stream has no room for, Python says nothing."""
    with suppress(OSError):  # whom the stream is shared with may have had it wait for nobody
        if hasattr(os, "set_blocking"):
            os.set_blocking(stream.fileno(), True)
    raw = getattr(stream, "buffer", None)
    if isinstance(raw, RawIOBase):
        data = text.replace("\n", os.linesep).encode(stream.encoding, stream.errors or "strict")
        while data:
            data = data[raw.write(data) or 0 :]
    else:
        stream.write(text)
        stream.flush()


def _give_up(stream: TextIO | None) -> None:
    """Let go of a stream that takes no more: Python flushes it as it ends, and would complain."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
