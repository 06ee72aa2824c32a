"""What the caller and a worker say to each other: one JSON object a line, in either direction.

The worker says :data:`READY` once it has loaded, then answers each :class:`Request` with one
:class:`Response`; before it, where there are many questions in a request, with two lines for each:
that it turns to it, and the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from klsym.errors import KlsymError
from klsym.shown import json_text

READY = b'{"ready": true}\n'

TURNING, ANSWERED = b'{"turning": ', b'{"answered": '
"""How the lines about one of many questions begin: ``{"turning": key, "place": where}`` and
``{"answered": key, "answer": data}``."""

OK, AGAINST, UNREADABLE, OPEN, FAULT = range(5)
"""The exit codes: as expected, against expectation, not understood, undecided, klsym's fault."""

BUG_TRACKER = "please report it with the command you typed (klsym --version; add -v for details)"


@dataclass(frozen=True, slots=True)
class Request:
    """One statement to work on, or many questions.

    ``command`` is the name of a function of the worker's engine, ``arguments`` its keywords;
    ``format`` is text, json, latex, markdown or (of derive) python, and ``layout`` holds keywords
    of what writes it; in the format ``data`` the answer is the response's ``value``.  Limits are
    in seconds and megabytes; of many questions they are each question's, and ``leisure`` the
    seconds for what is done between them.  ``evidence`` is the file that the evidence is to be
    written to.
    """

    command: str
    arguments: Mapping[str, Any]
    format: str = "text"
    colour: bool = False
    verbose: int = 0
    layout: Mapping[str, Any] = field(default_factory=dict)
    time_limit: float = 20.0
    memory_limit: int = 2048
    leisure: float = 0.0
    evidence: str | None = None

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
    them with ``-v``: a traceback, or what a library printed.  ``value`` is JSON data in place of
    all that.  ``swollen`` says that the worker has grown so much that another should follow it.
    An ``accident`` is what need not happen again under the same limits, such as a process that was
    ended from outside.
    """

    output: str = ""
    errors: str = ""
    exit_code: int = OK
    details: str = field(default="", compare=False)
    files: Mapping[str, str] = field(default_factory=dict)
    value: Any = None
    swollen: bool = field(default=False, compare=False)
    accident: bool = False

    @property
    def reason(self) -> str:
        """Why there is no answer, in one line."""
        return self.errors.partition("\n")[0].removeprefix("error[internal]: ")

    def encode(self) -> bytes:
        """The response as one line."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @classmethod
    def decode(cls, line: bytes) -> Response:
        """The response that a line holds."""
        return cls(**json.loads(line))


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no answer: why, and which of many questions the worker was at, by its key.

    ``limit`` says that a limit was reached, so that the next try would end in the same way;
    ``fault`` that klsym itself failed.
    """

    reason: str
    seconds: float
    turning: str | None = None
    details: str = ""
    limit: bool = False
    fault: bool = False


def fault(message: str, details: str = "") -> Response:
    """The response that owns up to a fault of klsym itself."""
    one_line = " ".join(message.split())
    errors = f"error[internal]: a fault of klsym itself: {one_line}\nhelp: {BUG_TRACKER}"
    return Response(errors=errors, exit_code=FAULT, details=details)


def refuse(error: KlsymError, form: str) -> Response:
    """The response to what could not be understood, as JSON where that was asked for."""
    if form == "json":
        output = json_text(error.to_dict())
        return Response(output=output, exit_code=UNREADABLE)
    return Response(errors=str(error), exit_code=UNREADABLE)
