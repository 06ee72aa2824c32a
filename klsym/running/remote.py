"""What runs in a Dask task: one request, answered by a guarded child beside the Dask worker.

A Dask worker cannot end a task that hangs; the child that hangs is ended by its task.  Children
wait for the next task, and end with the Dask worker, whose end of their pipes closes then.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from dataclasses import asdict

from klsym.cache.engine import versions
from klsym.running.child import Child
from klsym.running.messages import Lost, Request

_lock = threading.Lock()
_idle: defaultdict[str, list[Child]] = defaultdict(list)
"""Children that wait, by their engine."""
_busy: defaultdict[str, set[Child]] = defaultdict(set)
"""Children that work, by the run they work for."""


def answer(engine: str, wanted: dict[str, str], run: str, request: bytes) -> bytes:
    """Have a request answered: JSON with the lines that were heard, and how it ended.

    ``wanted`` are the versions of what decides on the machine that asks: an answer of others
    would be kept as one of them.
    """
    found = versions()
    if found != wanted:
        return json.dumps({"versions": found}).encode()
    child = _take(engine, run)
    lines: list[object] = []
    try:
        said = child.hear(Request.decode(request), lines.append)
    finally:
        _give_back(engine, run, child)
    kind = "lost" if isinstance(said, Lost) else "response"
    return json.dumps({"heard": lines, kind: asdict(said)}).encode()


def stop(run: str) -> None:
    """End the children that work for a run which nobody waits for any more."""
    with _lock:
        children = list(_busy[run])
    for child in children:
        child.end()


def _take(engine: str, run: str) -> Child:
    with _lock:
        child = _idle[engine].pop() if _idle[engine] else None
    child = child or Child(engine)
    with _lock:
        _busy[run].add(child)
    return child


def _give_back(engine: str, run: str, child: Child) -> None:
    with _lock:
        _busy[run].discard(child)
        if not _busy[run]:
            del _busy[run]
        _idle[engine].append(child)
