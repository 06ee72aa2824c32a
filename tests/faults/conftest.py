"""The command line in a session of its own, so that whatever it starts can be found."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pytest

from klsym.cache.store import FOLDER

ROOT = Path(__file__).parents[2]
LONGEST = 20.0
"""Seconds to wait for what should come at once; a busy machine takes a while."""

PRETENDING = """
import klsym.command.papers
from klsym.command import main
klsym.command.papers.ENGINE = "pretended_engine"
main()
"""


class Command:
    """A running ``klsym``; of all that it started nothing may be left when it has ended."""

    def __init__(self, arguments: tuple[str | Path, ...], real: bool, **options: Any) -> None:
        start = ["-m", "klsym"] if real else ["-c", PRETENDING]
        paths = [str(ROOT), str(ROOT / "tests" / "running"), *options.pop("modules", ())]
        env = {"PYTHONPATH": os.pathsep.join(paths), **options.pop("env", {})}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(
            [sys.executable, *start, *map(os.fspath, arguments)],
            start_new_session=True,
            env={**os.environ, **env},
            **{**pipes, **options},
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def processes(self) -> list[int]:
        """The processes of its session that still run."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self._has(pid)]

    def workers(self) -> list[int]:
        """Its processes but the first."""
        return [pid for pid in self.processes() if pid != self.pid]

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def ended(self) -> tuple[int, str, str]:
        """Its exit code and what it wrote, once it has ended."""
        out, err = self.process.communicate(timeout=LONGEST)
        return self.process.returncode, *(
            "" if data is None else data.decode("utf-8", "replace") for data in (out, err)
        )

    def _has(self, pid: int) -> bool:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rsplit(")", 1)[1]
        except OSError:
            return False
        running, _, _, session = state.split()[:4]
        return int(session) == self.pid and running not in "ZX"


def until(condition: Callable[[], object], seconds: float = LONGEST) -> None:
    """Wait for a condition."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


Start = Callable[..., Command]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start ``klsym`` with the pretended engine, or the ``real`` one.

    After the test all must have ended, with no file written in part.
    """
    commands: list[Command] = []

    def started(*arguments: str | Path, real: bool = False, **options: Any) -> Command:
        commands.append(Command(arguments, real, **options))
        return commands[-1]

    yield started
    try:
        for command in commands:
            with suppress(subprocess.TimeoutExpired):
                command.process.wait(2)
            until(lambda command=command: not command.processes(), 2)  # type: ignore[misc]
        assert not list(tmp_path.rglob("*.part"))
    finally:
        for command in commands:
            for pid in command.processes():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for stream in (command.process.stdin, command.process.stdout, command.process.stderr):
                if stream is not None:
                    stream.close()
            command.process.wait()


class Terminal:
    """A terminal of which a command is the foreground; ``shown`` is what was written to it."""

    def __init__(self, stack: ExitStack) -> None:
        self.owner, self.end = pty.openpty()
        stack.callback(os.close, self.owner)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., list[Path]]:
    """Documents with these texts."""

    def write(*texts: str) -> list[Path]:
        folder = tmp_path / "documents"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"{number:03}.md" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write
