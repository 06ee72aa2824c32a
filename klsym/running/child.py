"""One guarded process that decides statements; the process that owns it never imports sympy.

A symbolic engine can loop for ever, in Python or in C, and can ask for any amount of memory.  Here
it can do so only in a child, which is ended when its time is over; what is lost is that one
statement, which is reported as undecided with the reason.

A child loads in the background while its owner does something else, answers any number of
requests, and starts anew after it had to be ended, so a pool is a list of them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from time import perf_counter
from typing import IO, Any

from klsym.running.lifeline import lifeline
from klsym.running.lost import lost, out_of_leisure, out_of_memory, out_of_time
from klsym.running.messages import (
    ANSWERED,
    FAULT,
    READY,
    TURNING,
    Lost,
    Request,
    Response,
    fault,
)

START_LIMIT = 60.0
"""Seconds a child may take to load."""

STARTS = 3
"""How often a child is started that ends while it loads."""
GRACE = 0.1
"""Seconds for what came in time to be heard by an owner that was stopped meanwhile."""
TAKEN_AT_ONCE = 4096
"""Bytes that a pipe has room for, whoever reads it."""

KEPT_LINES, LONGEST_LINE = 200, 2000
"""How many lines of a child's standard error are kept, and how many bytes of one."""

BOOT = (
    "import sys; sys.path[:] = {path!r}; "
    "from klsym.running.worker import main; main(*{arguments!r}, lifelines={lifelines})"
)
"""The child sees the modules its owner sees, and not those of the folder it happens to be in."""


class Child:
    """A process that answers requests, under limits of time and memory.

    Use it as a context manager: on leaving, the process and all it started are ended.
    """

    def __init__(self, *arguments: str) -> None:
        """Start the process; ``arguments`` are those of :func:`klsym.running.worker.main`."""
        self._arguments = arguments
        self._lines: SimpleQueue[bytes] = SimpleQueue()
        self._printed: deque[bytes] = deque(maxlen=KEPT_LINES)
        self._ready = False
        self._started = self._start()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """The identity of the process that answers."""
        return self._process.pid

    def ask(self, request: Request) -> Response:
        """Have the request answered within its limits; there is always a response."""
        found = self.hear(request)
        if isinstance(found, Response):
            return found
        return lost(request, found.reason, found.seconds, found.details)

    def hear(self, request: Request, told: Callable[[Any], None] | None = None) -> Response | Lost:
        """Have the request worked on within its limits, and tell what is heard meanwhile.

        The clock starts when the child has loaded, so a slow disk costs no verdict, and anew with
        each question of a request that has many.
        """
        greeting = self.await_start()
        if greeting is not None:
            return greeting
        begin, turning = perf_counter(), None
        between = max(request.time_limit, request.leisure)
        try:
            self._send(request, between)
            line = self._receive(between)
            while line and line.startswith((TURNING, ANSWERED)):
                heard = json.loads(line)
                turning = heard.get("turning")
                if told is not None:
                    told(heard)
                line = self._receive(request.time_limit if turning else between)
        except (OSError, ValueError):  # it has ended, and ValueError is of a pipe closed since
            line = b""
        if line:
            response = Response.decode(line)
            if response.swollen:
                self.end()
            if turning is not None:
                seconds, own = perf_counter() - begin, response.exit_code == FAULT
                limit = not response.accident and not own
                return Lost(response.reason, seconds, turning, response.details, limit, own)
            return response if response.details else self._with_details(response)
        seconds = perf_counter() - begin
        if line is not None:
            self._await_death()
        self.end()
        cause = None if line is None else self._cause_of_death(request)
        late = out_of_time(request) if turning or not request.leisure else out_of_leisure(request)
        reason = cause or late
        limit = reason in (late, out_of_memory(request))
        return Lost(reason, seconds, turning, self._details(), limit)

    def await_start(self) -> Response | None:
        """Wait until the child has loaded; the response that says so if it has not.

        One that has ended is started anew.  Raises OSError if no process can be started.
        """
        for _ in range(STARTS):
            if self._process.poll() is not None:
                self._renew()
            if self._ready:
                return None
            greeting = self._receive(START_LIMIT)
            if greeting == READY:
                self._ready = True
                return None
            self.end()
            if greeting:
                return Response.decode(greeting)
        if greeting is None:
            return fault(f"the child process did not load within {START_LIMIT:g} s")
        return fault("the child process ended while it loaded", self._details())

    def end(self) -> None:
        """End the process and whatever it started; ending it twice does no harm."""
        self._started.end()

    @property
    def _process(self) -> subprocess.Popen[bytes]:
        return self._started.process

    def _renew(self) -> None:
        self.end()
        self._lines, self._ready = SimpleQueue(), False
        self._printed.clear()
        self._started = self._start()

    def _start(self) -> _Started:
        with lifeline() as (line, held):
            boot = BOOT.format(path=sys.path, arguments=self._arguments, lifelines=held)
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", boot],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # The same request gives the same answer, to the order of its terms.
                env=os.environ | {"PYTHONHASHSEED": "0"},
                process_group=None if sys.platform == "win32" else 0,
                pass_fds=held,
            )
        if process.stdout is None or process.stderr is None:
            raise RuntimeError("the pipes to the child are missing")
        readers = (
            threading.Thread(target=_collect, args=(process.stdout, self._lines), daemon=True),
            threading.Thread(target=_keep, args=(process.stderr, self._printed), daemon=True),
        )
        for reader in readers:
            reader.start()
        return _Started(process, readers, line)

    def _send(self, request: Request, seconds: float) -> None:
        if self._process.stdin is None:
            raise BrokenPipeError
        data = request.encode()
        guard = threading.Timer(seconds, self._started.kill)
        if len(data) > TAKEN_AT_ONCE:  # a process that was stopped does not take more
            guard.start()
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        finally:
            guard.cancel()

    def _receive(self, timeout: float) -> bytes | None:
        """The next line, empty if the child has ended, None if it took too long."""
        for seconds in (timeout, GRACE):
            with suppress(Empty):
                return self._lines.get(timeout=seconds)
        return None

    def _cause_of_death(self, request: Request) -> str:
        # GMP and FLINT print their complaint and abort; the system kills without a word.
        if b"memory" in b"".join(self._printed).lower():
            return out_of_memory(request)
        code = self._process.returncode
        name = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        if name == "SIGXCPU":
            return out_of_time(request)
        return f"the process that was deciding it was ended ({name})"

    def _await_death(self) -> None:
        # The pipes close a moment before the system tells how the process ended.
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)

    def _details(self) -> str:
        return b"".join(self._printed).decode("utf-8", "replace").rstrip()

    def _with_details(self, response: Response) -> Response:
        details = self._details()
        if not details:
            return response
        return replace(response, details=details)


@dataclass(frozen=True)
class _Started:
    """A process with what belongs to it; one thread may end it while another starts the next."""

    process: subprocess.Popen[bytes]
    readers: tuple[threading.Thread, ...]
    lifeline: IO[bytes] | None

    def end(self) -> None:
        self.kill()
        self.process.wait()
        for reader in self.readers:
            reader.join(timeout=1)
        streams = (self.process.stdin, self.process.stdout, self.process.stderr, self.lifeline)
        for stream in filter(None, streams):
            with suppress(BrokenPipeError):
                stream.close()

    def kill(self) -> None:
        if self.process.poll() is None:
            if sys.platform == "win32":
                self.process.kill()
            else:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.process.pid, signal.SIGKILL)


def _collect(stream: IO[bytes], lines: SimpleQueue[bytes]) -> None:
    for line in stream:
        if line.endswith(b"\n"):  # else its writer was ended meanwhile
            lines.put(line)
    lines.put(b"")


def _keep(stream: IO[bytes], lines: deque[bytes]) -> None:
    lines.extend(iter(partial(stream.readline, LONGEST_LINE), b""))
