"""klsym's engine under an audit hook: whatever it does beside computing is written to a log.

The hook knows nothing of klsym: Python itself reports each compilation, execution, import, file
opened, process started, connection made.  What klsym's own modules need of it is allowed here.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from types import FrameType
from typing import Any

from klsym.checking import check
from klsym.deriving import derive
from klsym.documents.working import decide, gather, read
from klsym.evaluating import evaluate
from klsym.fitting import fit
from klsym.identifying import identify
from klsym.plotting import plot
from klsym.replaying import replay

__all__ = [
    "check",
    "decide",
    "derive",
    "evaluate",
    "fit",
    "gather",
    "identify",
    "plot",
    "read",
    "replay",
]

LOG = "KLSYM_WATCH_LOG"
"""The variable that names the file to which a line is written for each event not allowed."""
READABLE = "KLSYM_WATCH_READABLE"
"""The variable that names the folder of the documents, which may be read."""

NEVER = {"antigravity", "this", "pty", "pdb", "turtle", "webbrowser", "smtplib", "ftplib"}
"""Modules of Python's own that nothing here needs, and that hostile texts name."""
FOLDERS = tuple(
    {os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}
    | {os.path.realpath(Path(sys.modules["klsym"].__file__ or "").parent)}
)
OWN_SIZE = "/proc/self/statm"
"""What a worker reads to learn how large it is."""
GENERATING = {"klsym.numerics.straightline", "sympy.polys.monomials"}
"""The modules that compile what they wrote themselves, without any word of a formula."""
HARMLESS = (
    "object.__", "sys._getframe", "sys.set", "sys._current", "code.__new__", "marshal.loads",
    "os.listdir", "os.scandir", "os.putenv", "os.unsetenv", "builtins.id", "resource.setrlimit",
    "os.walk", "glob.glob", "ctypes", "mmap", "array.__new__",
)  # fmt: skip


def _importing(frame: FrameType | None) -> bool:
    """Whether a module is being loaded: its own code is known, whatever it does."""
    while frame is not None:
        if frame.f_globals.get("__name__") == "importlib._bootstrap":
            return True
        frame = frame.f_back
    return False


def _ours(path: object) -> bool:
    return os.path.realpath(str(path)).startswith(FOLDERS)


def _allowed(event: str, args: tuple[Any, ...], caller: FrameType) -> bool:
    if event == "import":
        return args[0].partition(".")[0] not in NEVER
    if event.startswith(HARMLESS) or _importing(caller):
        return True
    if event == "compile" and args[0] == b"_getframe()":
        # What Cython makes of an exception in a function that it calls.
        return True
    if event in ("compile", "exec"):
        return caller.f_globals.get("__name__") in GENERATING
    if event == "open":
        path, mode, flags = args
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or (mode or "r")[0] in "wax"
        readable = os.path.realpath(os.environ[READABLE]) + os.sep
        real = os.path.realpath(os.fsdecode(path)) if not isinstance(path, int) else readable
        if path == OWN_SIZE:
            return True
        return not writes and (_ours(real) or real.startswith(readable))
    return False


def _watch(log: int) -> Any:
    inside = False

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal inside
        if inside:
            return
        inside = True
        try:
            if not _allowed(event, args, sys._getframe(1)):
                os.write(log, f"{event} {args!r:.300}\n".encode("utf-8", "backslashreplace"))
        finally:
            inside = False

    return hook


if LOG in os.environ:
    sys.addaudithook(
        _watch(os.open(os.environ[LOG], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
    )
