"""Progress of a run on standard error: how much is decided, how fast, what each worker is at.

It is shown on a terminal only, and is gone when the run is over.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from klsym.shown import one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from klsym.running.round import State
    from klsym.running.runner import Runner

SHOWN_WORKERS = 8
"""Of more workers than this the first are shown."""


@contextmanager
def shown(runner: Runner, quiet: bool) -> Iterator[None]:
    """Show the progress of a runner meanwhile, where somebody sees it."""
    if quiet or sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from rich.console import Console
    from rich.live import Live

    begin = time.monotonic()
    live = Live(
        get_renderable=lambda: _picture(runner, time.monotonic() - begin),
        console=Console(stderr=True),
        refresh_per_second=5,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    try:
        with suppress(OSError):  # a terminal that was closed shows nothing
            live.start(refresh=True)
        yield
    finally:
        with suppress(OSError):
            live.stop()


def _picture(runner: Runner, seconds: float) -> RenderableType:
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    state = runner.state
    bar = Table.grid(padding=(0, 1))
    total = _expected(state) or None
    bar.add_row(ProgressBar(total, state.answered, width=40), Text(told(state, seconds)))
    at = [place for place in state.at if place]
    lines = [Text(f"  {one_line(place)}", overflow="ellipsis", no_wrap=True) for place in at]
    return Group(bar, *lines[:SHOWN_WORKERS])


def told(state: State, seconds: float) -> str:
    """How far a run is after so many seconds, in one line.

    >>> from klsym.running.round import State
    >>> told(State(documents=4, read=2, done=1, questions=50, answered=30, kept=10), 8.0)
    '30 of about 100 equations, 1 of 4 documents, 10 kept, 2.5/s, 28 s left'
    """
    total = _expected(state)
    if not total:
        return f"{state.done} of {state.documents} documents"
    about = "" if state.read >= state.documents else "about "
    parts = [f"{state.answered} of {about}{total} equations"]
    parts.append(f"{state.done} of {state.documents} documents")
    new = state.answered - state.kept
    if state.kept:
        parts.append(f"{state.kept} kept")
    if new and seconds > 0:
        rate = new / seconds
        parts.append(f"{rate:.{0 if rate >= 10 else 1}f}/s")
        if total > state.answered:
            parts.append(f"{_duration((total - state.answered) / rate)} left")
    return ", ".join(parts)


def _expected(state: State) -> int:
    """How many questions there will be, if what is not yet read is like what is."""
    return round(state.questions * state.documents / state.read) if state.read else 0


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
