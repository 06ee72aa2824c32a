"""A Dask scheduler with two workers, each a process of its own, on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PATHS = [str(path) for path in (Path(__file__).parents[2], Path(__file__).parent)]
PATHS += filter(None, [os.environ.get("PYTHONPATH")])


@dataclass
class Machines:
    """The processes, which can be killed one by one; ``address`` is the scheduler's."""

    folder: Path
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, workers: int = 2) -> None:
        """Start them, and wait for the scheduler."""
        file = self.folder / "scheduler.json"
        shared = ("--host", "127.0.0.1", "--scheduler-file", str(file))
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", *shared)
        one = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--death-timeout", "60")
        while not file.exists() or not file.read_text():
            if self.scheduler.poll() is not None:
                raise RuntimeError((self.folder / "scheduler.log").read_text())
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]
        local = ("--local-directory", str(self.folder))
        self.workers = [self._start("worker", *one, *shared, *local) for _ in range(workers)]

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                cwd=self.folder,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(PATHS)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end(self) -> None:
        """Kill all that are left."""
        for process in (*self.workers, self.scheduler):
            if process is not None:
                kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started, as a machine that loses its power does."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def machines(folder: Path, workers: int = 2) -> Iterator[Machines]:
    """A scheduler and workers, which are gone on leaving."""
    all_of_them = Machines(folder)
    try:
        all_of_them.start(workers)
        yield all_of_them
    finally:
        all_of_them.end()
