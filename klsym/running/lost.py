"""The answer for a statement that was given up: ``undecided``, with the reason, and exit code 3.

It has the shape any other answer of the same command has, so whoever reads the JSON of many
statements meets no other shape because of one that hung.
"""

from __future__ import annotations

from typing import Any

from klsym.running.messages import OPEN, Request, Response
from klsym.shown import json_text, one_line

_OF_A_FIT = ("target", "family", "divergence")

NESTED = "the expression is nested too deeply"


def out_of_time(request: Request) -> str:
    """The reason when the time limit was reached."""
    return f"the time limit of {request.time_limit:g} s was reached (--time-limit)"


def out_of_leisure(request: Request) -> str:
    """The reason when what is done between questions took too long."""
    return f"it took more than {request.leisure:g} s to read it"


def out_of_memory(request: Request) -> str:
    """The reason when the memory limit was reached."""
    return f"the memory limit of {request.memory_limit} MB was reached (--memory-limit)"


def lost(request: Request, reason: str, seconds: float, details: str = "") -> Response:
    """The response that reports a statement as undecided for that reason."""
    expected = (out_of_time(request), out_of_memory(request), NESTED)
    accident = reason not in expected
    if request.format == "data":
        return Response(errors=reason, exit_code=OPEN, details=details, accident=accident)
    if request.command == "replay":
        return Response(errors=f"undecided: {reason}", exit_code=OPEN, details=details)
    output = _render(request, _result(request, reason, seconds))
    return Response(output, exit_code=OPEN, details=details, accident=accident)


def _result(request: Request, reason: str, seconds: float) -> dict[str, Any]:
    head: dict[str, Any] = {
        "schema": "klsym/1",
        "command": request.command,
    }
    if request.command not in ("identify", "fit"):
        head["statement"] = str(request.arguments.get("statement", ""))
    tail: dict[str, Any] = {"reason": reason, "notes": [], "seconds": round(seconds, 6)}
    match request.command:
        case "check":
            body: dict[str, Any] = {
                "verdict": "undecided",
                "formula": str(request.arguments.get("formula", "")),
                "closed_form": None,
                "conditions": [],
                "proof": None,
                "counterexample": None,
                "diagnoses": [],
                "confirmed": None,
                "assumptions": [],
                "reading": "",
            }
        case "derive":
            body = {
                "closed_form": None,
                "latex": None,
                "conditions": [],
                "steps": [],
                "confirmed": None,
                "assumptions": [],
            }
        case "identify":
            given = {key: str(request.arguments.get(key, "")) for key in ("formula", "p", "q")}
            empty: dict[str, Any] = {"found": [], "near": [], "open": [], "assumptions": []}
            body = {**given, **empty, "tried": 0}
        case "fit":
            given = {key: str(request.arguments.get(key, "")) for key in _OF_A_FIT}
            body = {**given, "exact": False, "fits": [], "steps": [], "starts": 0}
            body["assumptions"] = []
        case "plot":
            body = {"title": "", "value": None, "path": None}
        case _:
            body = {"point": {}, "value": None, "digits": 0, "radius": "", "certified": False}
    return head | body | tail


def _render(request: Request, result: dict[str, Any]) -> str:
    # Loaded when something is lost, which is seldom: a child starts the sooner.
    from klsym.writing import fits, identification, markdown, text

    if request.format == "json":
        return json_text(result)
    if request.format == "latex":
        return f"% undecided: {one_line(result['reason'])}"
    if request.format == "python":
        return f"# undecided: {one_line(result['reason'])}"
    if request.format == "markdown":
        write = fits.markdown if request.command == "fit" else getattr(markdown, request.command)
        written: str = write(result)
        return written
    writers = {"identify": identification.identify, "fit": fits.fit}
    write = writers.get(request.command) or getattr(text, request.command)
    shown: str = write(result, colour=request.colour, verbose=request.verbose)
    return shown
