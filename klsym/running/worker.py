"""A worker: loads klsym, then answers requests until its standard input ends.

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
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from time import perf_counter
from types import ModuleType
from typing import IO, Any

from klsym.deadline import OutOfTime
from klsym.errors import KlsymError
from klsym.running.lifeline import hold
from klsym.running.lost import NESTED, lost, out_of_memory, out_of_time
from klsym.running.messages import READY, Request, Response, fault, refuse
from klsym.shown import json_text

COMMANDS = ("derive", "check", "evaluate", "identify", "fit", "plot", "replay")
MANY = ("read", "decide", "gather")
"""The commands about a document: they work on many questions, and say which one they turn to."""
BACKSTOP = 5
"""Seconds of processor time past the limit after which the system itself ends the process."""


def main(engine: str, *, lifelines: Sequence[int] = ()) -> None:
    """Serve standard input, answering on standard output, with the functions of a module.

    ``lifelines`` are file descriptors that its owner holds the other ends of, if there are any.
    """
    for each in lifelines:
        hold(each)
    channel = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    limit_memory(Request("check", {}).memory_limit)
    # How long a number may take to print is bounded by the time of its statement.
    sys.set_int_max_str_digits(0)
    try:
        decide = load(engine)
    except Exception as error:
        channel.write(fault(f"klsym did not load: {error}", _traceback()).encode())
        return
    channel.write(READY)
    size = _size()
    while True:
        request = Request.decode(requests.get())
        response = answer(request, decide, Channel(channel, request))
        if _size() > (size + request.memory_limit) / 2:
            response = replace(response, swollen=True)
        channel.write(response.encode())


@dataclass(frozen=True, slots=True)
class Channel:
    """The owner, as the one who is told of each question and each answer."""

    stream: IO[bytes]
    request: Request

    def turning(self, key: str, place: str) -> None:
        """Tell that a question comes now; its limits begin anew."""
        limit_processor_time(self.request.time_limit + BACKSTOP)
        self._say({"turning": key, "place": place})

    def answered(self, key: str, answer: Any) -> None:
        """Tell an answer."""
        limit_processor_time(max(self.request.time_limit, self.request.leisure) + BACKSTOP)
        self._say({"answered": key, "answer": answer})

    def _say(self, line: Mapping[str, Any]) -> None:
        self.stream.write(json.dumps(line).encode("ascii") + b"\n")


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


def _size() -> float:
    """The address space of this process in megabytes, as the limit counts it; 0 if not known."""
    with suppress(OSError, ValueError):
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return 0


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


def answer(request: Request, engine: ModuleType, channel: Channel | None = None) -> Response:
    """Work on one request; whatever happens, there is a response.

    ``channel`` is who is told of each of many questions.
    """
    begin = perf_counter()
    try:
        limit_memory(request.memory_limit)
        limit_processor_time(max(request.time_limit, request.leisure) + BACKSTOP)
        return _decide(request, engine, channel)
    except KlsymError as error:
        return refuse(error, request.format)
    except OutOfTime:
        return lost(request, out_of_time(request), perf_counter() - begin)
    except (MemoryError, OverflowError):
        # A number that overflows is one that no memory holds.
        limit_memory(None)
        return lost(request, out_of_memory(request), perf_counter() - begin)
    except RecursionError:
        return lost(request, NESTED, perf_counter() - begin)
    except Exception as error:
        return fault(f"{type(error).__name__}: {error}", _traceback())


def _decide(request: Request, engine: ModuleType, channel: Channel | None) -> Response:
    if request.command in MANY:
        return Response(value=getattr(engine, request.command)(**request.arguments, told=channel))
    if request.command not in COMMANDS:
        raise ValueError(f"expected one of {COMMANDS}, got command={request.command!r}")
    result = getattr(engine, request.command)(**request.arguments)
    if request.format == "json":
        output = json_text(result.to_dict())
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
