"""Answers that were given before: to the same request, or to the same command line.

Reading options takes longer than looking an answer up.  So a command line leads to its request,
whose answer is printed before anything slow is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING, Any

from klsym.cache.store import Limits, Store
from klsym.command import KEPT
from klsym.command.terminal import colour_wanted, say, show

if TYPE_CHECKING:
    from klsym.running.child import Child
    from klsym.running.messages import Request, Response

SHAPED = 0.1
"""An answer that took this part of its time limit may be another one within a larger limit."""

FIELDS = {"output": str, "errors": str, "exit_code": int, "details": str}
"""What is kept of a response."""


class Answers:
    """What a child decides, and before it what was decided already.

    ``line`` are the arguments of the command line; without a store, everything is decided anew.
    """

    def __init__(self, child: Child, store: Store | None = None, line: Sequence[str] = ()) -> None:
        self.child = child
        self._store = store
        self._line = line

    def ask(self, request: Request, *, printed: bool = False) -> Response:
        """The response to a request.

        If all that is done with it is to print it, it is kept under the command line as well.
        """
        from klsym.running.messages import OPEN, Response

        if self._store is None or request.command not in KEPT or request.evidence:
            return self.child.ask(request)
        key = _key(request.command, _shape(request))
        limits = Limits(request.time_limit, request.memory_limit)
        kept = _get(self._store, key, limits)
        if kept is None:
            begin = perf_counter()
            response = self.child.ask(request)
            if not _may_be_kept(request, response):
                return response
            value = {name: getattr(response, name) for name in FIELDS}
            final = response.exit_code != OPEN and perf_counter() - begin < SHAPED * limits.seconds
            self._store.put(key, value, None if final else limits)
        else:
            response = Response(**kept)
        if printed:
            value = {"answer": key, "seconds": limits.seconds, "megabytes": limits.megabytes}
            self._store.put(_line_key(self._line), value, None)
        return response


def recall(store: Store, line: Sequence[str]) -> int | None:
    """Print the answer to a command line and return its exit code; None if there is none."""
    key = _line_key(line)
    match store.get_many([key], Limits(0, 0)).get(key):
        case {"answer": str(answer), "seconds": float(seconds), "megabytes": int(megabytes)}:
            kept = _get(store, answer, Limits(seconds, megabytes))
        case _:
            return None
    if kept is None:
        return None
    if kept["output"]:
        show(kept["output"])
    if kept["errors"]:
        say(kept["errors"])
    code: int = kept["exit_code"]
    return code


def _get(store: Store, key: str, limits: Limits) -> dict[str, Any] | None:
    """What is kept of a response, if it has the shape of one."""
    kept: dict[str, Any] | None = store.get_many([key], limits).get(key)
    if kept is None or kept.keys() != FIELDS.keys():
        return None
    return kept if all(isinstance(kept[name], kind) for name, kind in FIELDS.items()) else None


def _may_be_kept(request: Request, response: Response) -> bool:
    """Not a fault of klsym, nor a file, nor what may be another answer under the same limits."""
    from klsym.running.messages import FAULT

    return response.exit_code != FAULT and not response.files and not response.accident


def _shape(request: Request) -> dict[str, Any]:
    """All that shapes the answer to a request but its limits."""
    arguments = {name: each for name, each in request.arguments.items() if name != "time_limit"}
    return {
        "arguments": arguments,
        "format": request.format,
        "colour": request.colour,
        "verbose": request.verbose,
        "layout": dict(request.layout),
    }


def _line_key(line: Sequence[str]) -> str:
    return _key("line", {"line": list(line), "colour": colour_wanted()})


def _key(kind: str, shape: Mapping[str, Any]) -> str:
    text = json.dumps(shape, sort_keys=True, separators=(",", ":"))
    return f"{kind}:{sha256(text.encode('ascii')).hexdigest()}"
