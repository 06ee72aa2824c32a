"""What the caller and a worker say to each other: one JSON object a line, in either direction.

The worker says :data:`READY` once it has loaded, then answers each :class:`Request` with one
:class:`Response`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from klsym.errors import KlsymError

READY = b'{"ready": true}\n'

AT = b'{"at": '
"""How a line begins by which a worker says which of many statements it turns to."""

OK, AGAINST, UNREADABLE, OPEN, FAULT = range(5)
"""The exit codes: as expected, against expectation, not understood, undecided, klsym's fault."""

BUG_TRACKER = "please report it with the command you typed (klsym --version; add -v for details)"


@dataclass(frozen=True, slots=True)
class Request:
    """One statement to work on.

    ``command`` is the name of a function of the worker's engine, ``arguments`` its keywords;
    ``format`` is text, json, latex, markdown or (of derive) python, and ``layout`` holds keywords
    of what writes it.  Limits are in seconds and megabytes; of a command with many statements they
    are each statement's.  ``evidence`` is the file that the evidence is to be written to.
    """

    command: str
    arguments: Mapping[str, Any]
    format: str = "text"
    colour: bool = False
    verbose: int = 0
    layout: Mapping[str, Any] = field(default_factory=dict)
    time_limit: float = 20.0
    memory_limit: int = 2048
    evidence: str | None = None

    def without(self, statement: str, reason: str) -> Request:
        """The request with one of its statements given up for that reason."""
        given_up = {**self.arguments.get("given_up", {}), statement: reason}
        return replace(self, arguments={**self.arguments, "given_up": given_up})

    def encode(self) -> bytes:
        """The request as one line."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def decode(cls, line: bytes) -> Request:
        """The request that a line holds."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Response:
    """What to print on standard output and standard error, the exit code, and files to write.

    ``files`` holds the bytes of each in base 64, by path; ``details`` are for whoever asks for
    them with ``-v``: a traceback, or what a library printed.
    """

    output: str = ""
    errors: str = ""
    exit_code: int = OK
    details: str = field(default="", compare=False)
    files: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The response as one line."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def decode(cls, line: bytes) -> Response:
        """The response that a line holds."""
        return cls(**json.loads(line))


def fault(message: str, details: str = "") -> Response:
    """The response that owns up to a fault of klsym itself."""
    one_line = " ".join(message.split())
    errors = f"error[internal]: a fault of klsym itself: {one_line}\nhelp: {BUG_TRACKER}"
    return Response(errors=errors, exit_code=FAULT, details=details)


def refuse(error: KlsymError, form: str) -> Response:
    """The response to what could not be understood, as JSON where that was asked for."""
    if form == "json":
        output = json.dumps(error.to_dict(), indent=2, ensure_ascii=False)
        return Response(output=output, exit_code=UNREADABLE)
    return Response(errors=str(error), exit_code=UNREADABLE)
