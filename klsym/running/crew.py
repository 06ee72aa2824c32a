"""Crew: the workers that decide documents, each hired when it is first needed, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from klsym.running.messages import Lost, Request, Response, fault


class Worker(Protocol):
    """What answers requests: a child here, or one on another machine."""

    def await_start(self) -> Response | None:
        """Wait until it can be asked; the response that says so if it cannot."""

    def hear(self, request: Request, told: Callable[[Any], None] | None = None) -> Response | Lost:
        """Work on a request, and tell of each question and answer."""

    def end(self) -> None:
        """End it, whatever it is at."""


class Refused(Exception):
    """The request cannot be understood, or no worker starts; ``response`` says why."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.errors)
        self.response = response


class Crew:
    """Workers in ``places``; ``hire`` starts one."""

    def __init__(self, places: int, hire: Callable[[], Worker]) -> None:
        self._hire = hire
        self._workers: list[Worker | None] = [None] * places

    def worker(self, place: int) -> Worker:
        """The worker at a place, ready to be asked.  Raises Refused if none starts."""
        try:
            worker = self._workers[place] or self._hire()
            self._workers[place] = worker
            refusal = worker.await_start()
        except OSError as error:
            refusal = fault(f"no process can be started: {error.strerror or error}")
        if refusal is not None:
            self._workers[place] = None
            raise Refused(refusal)
        return worker

    @property
    def is_hired(self) -> bool:
        """Whether any worker has been started."""
        return any(worker is not None for worker in self._workers)

    def is_ready(self, place: int) -> bool:
        """Whether a worker at a place has been started."""
        return self._workers[place] is not None

    @property
    def places(self) -> int:
        """How many workers there may be."""
        return len(self._workers)

    def end(self) -> None:
        """End all workers."""
        for worker in self._workers:
            if worker is not None:
                worker.end()
