"""A worker: loads klsym, then answers requests until its standard input ends.

    python -m klsym.running.worker

It limits its own memory and processor time (on POSIX; elsewhere the caller's clock is the only
guard), keeps the channel to its caller for itself, so that a library that prints cannot corrupt
it, and ends at once when its caller does.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from importlib import import_module
from queue import SimpleQueue
from time import perf_counter
from types import ModuleType
from typing import IO

from klsym.deadline import OutOfTime
from klsym.errors import KlsymError
from klsym.running.lost import NESTED, lost, out_of_memory, out_of_time
from klsym.running.messages import READY, Request, Response, fault, refuse

ENGINE = "klsym.checking"
"""The module whose functions decide; tests put another in its place."""

COMMANDS = ("derive", "check", "evaluate", "run", "identify", "fit", "plot", "replay")
MANY = ("run",)
"""The commands that work on many statements, and say which one they turn to."""
BACKSTOP = 5
"""Seconds of processor time past the limit after which the system itself ends the process."""


def main(engine: str = ENGINE) -> None:
    """Serve standard input, answering on standard output, with the functions of a module."""
    channel = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    limit_memory(Request("check", {}).memory_limit)
    try:
        decide = load(engine)
    except Exception as error:
        channel.write(fault(f"klsym did not load: {error}", _traceback()).encode())
        return
    channel.write(READY)
    while True:
        request = Request.decode(requests.get())
        channel.write(answer(request, decide, partial(_turn_to, channel, request)).encode())


def _turn_to(channel: IO[bytes], request: Request, statement: str) -> None:
    """Tell the owner which statement comes now; its limits begin anew."""
    limit_processor_time(request.time_limit + BACKSTOP)
    channel.write(json.dumps({"at": statement}).encode("ascii") + b"\n")


def _listen(requests: SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        requests.put(line)
    os._exit(0)


def load(engine: str) -> ModuleType:
    """Import what decides statements; collecting garbage meanwhile would only cost time."""
    gc.disable()
    module = import_module(engine)
    gc.freeze()
    gc.enable()
    return module


def limit_memory(megabytes: int | None) -> None:
    """Limit this process's address space; None lifts the limit."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = hard if megabytes is None else megabytes << 20
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def limit_processor_time(seconds: float) -> None:
    """Have the system end this process after so many more seconds of processor time."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def answer(
    request: Request, engine: ModuleType, turn_to: Callable[[str], None] = lambda statement: None
) -> Response:
    """Work on one request; whatever happens, there is a response.

    ``turn_to`` is told which of many statements comes now.
    """
    begin = perf_counter()
    try:
        limit_memory(request.memory_limit)
        limit_processor_time(request.time_limit + BACKSTOP)
        return _decide(request, engine, turn_to)
    except KlsymError as error:
        return refuse(error, request.format)
    except OutOfTime:
        return lost(request, out_of_time(request), perf_counter() - begin)
    except MemoryError:
        limit_memory(None)
        return lost(request, out_of_memory(request), perf_counter() - begin)
    except RecursionError:
        return lost(request, NESTED, perf_counter() - begin)
    except Exception as error:
        return fault(f"{type(error).__name__}: {error}", _traceback())


def _decide(request: Request, engine: ModuleType, turn_to: Callable[[str], None]) -> Response:
    if request.command not in COMMANDS:
        raise ValueError(f"expected one of {COMMANDS}, got command={request.command!r}")
    more = {"progress": turn_to} if request.command in MANY else {}
    result = getattr(engine, request.command)(**request.arguments, **more)
    if request.format == "json":
        output = json.dumps(result.to_dict(), indent=2, ensure_ascii=False)
    elif request.format == "text":
        output = result.to_text(colour=request.colour, verbose=request.verbose)
    else:
        write: Callable[..., str] = getattr(result, f"to_{request.format}")
        output = write(**request.layout)
    messages = getattr(result, "messages", "")
    files = dict(getattr(result, "files", {}))
    if request.evidence:
        files[request.evidence] = json.dumps(result.evidence, indent=1).encode() + b"\n"
    held = {path: b64encode(data).decode("ascii") for path, data in files.items()}
    return Response(output=output, errors=messages, exit_code=result.exit_code, files=held)


def _traceback() -> str:
    import traceback

    return traceback.format_exc()


if __name__ == "__main__":
    main()
