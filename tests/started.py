"""The command line as a process that is watched, with whatever it starts."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LONGEST = 20.0
"""Seconds to wait for what should come at once; a busy machine takes a while."""

PRETENDING = """
import klsym.command.documents
from klsym.command import main
klsym.command.documents.ENGINE = "pretended_engine"
main()
"""


class Command:
    """A running ``klsym``.

    ``log`` is where its pretended workers write down what they do.  On a ``terminal`` what it
    writes to standard error is ``shown``, and a key can be pressed.  ``before`` is run first in
    its interpreter; ``redirected`` is as in a shell.
    """

    def __init__(
        self,
        *arguments: str | Path,
        log: Path,
        real: bool = False,
        terminal: bool = False,
        before: str = "",
        redirected: str = "",
        modules: tuple[Path, ...] = (),
        env: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        code = ["-m", "klsym"] if real else ["-c", before + PRETENDING]
        shell = ["/bin/sh", "-c", f'exec "$@" {redirected}', "sh"] if redirected else []
        paths = [*map(str, modules), str(ROOT), str(ROOT / "tests" / "running")]
        own = {"PYTHONPATH": os.pathsep.join(paths), "TERM": "xterm", "PRETENDED_LOG": str(log)}
        self.log, self.shown = log, bytearray()
        self._terminal: int | None = None
        if terminal:
            self._terminal, end = pty.openpty()
            options |= {"stdin": end, "stderr": end, "preexec_fn": _take_terminal}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(
            [*shell, sys.executable, *code, *map(os.fspath, arguments)],
            start_new_session=True,
            env={**os.environ, **own, **(env or {})},
            **{**pipes, **options},
        )
        if terminal:
            os.close(end)
            threading.Thread(target=self._watch, daemon=True).start()

    @property
    def pid(self) -> int:
        return self.process.pid

    def processes(self) -> list[int]:
        """The processes of its session that still run."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self._has(pid)]

    def workers(self) -> list[int]:
        """Its processes but the first."""
        return [pid for pid in self.processes() if pid != self.pid]

    def done(self) -> list[tuple[str, int]]:
        """What its workers have turned to, each with the process that did."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return [(step, int(pid)) for step, _, pid in (line.partition(" ") for line in lines)]

    def turned(self, step: str) -> int:
        """The worker that turns to a step, once one does."""
        until(lambda: step in dict(self.done()))
        return dict(self.done())[step]

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def press(self, key: bytes) -> None:
        assert self._terminal is not None
        os.write(self._terminal, key)

    def hang_up(self) -> None:
        """Close the terminal."""
        assert self._terminal is not None
        terminal, self._terminal = self._terminal, None
        os.close(terminal)

    def ended(self) -> tuple[int, str, str]:
        """Its exit code and what it wrote, once it has ended."""
        out, err = self.process.communicate(timeout=LONGEST)
        texts = (data.decode("utf-8", "replace") if data else "" for data in (out, err))
        return self.process.returncode, *texts  # type: ignore[return-value]

    def end(self) -> None:
        """End whatever still runs."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        if self._terminal is not None:
            self.hang_up()

    def _has(self, pid: int) -> bool:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rsplit(")", 1)[1]
        except OSError:
            return False
        running, _, _, session = state.split()[:4]
        return int(session) == self.pid and running not in "ZX"

    def _watch(self) -> None:
        with suppress(OSError, TypeError):
            while data := os.read(self._terminal, 1 << 16):  # type: ignore[arg-type]
                self.shown += data


def until(condition: Callable[[], object], seconds: float = LONGEST) -> None:
    """Wait for a condition."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


Start = Callable[..., Command]
"""Start a command with these arguments, and those of :class:`Command` by keyword."""
Write = Callable[..., list[Path]]
"""Write documents with these texts."""


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
