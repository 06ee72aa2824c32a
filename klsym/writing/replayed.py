"""Replayed evidence for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from klsym.shown import printable
from klsym.writing.text import COLOURS, INDENT, paint


def summary(result: Mapping[str, Any]) -> str:
    """How many claims there are, and whether all their evidence holds."""
    claims = result["claims"]
    count = f"{len(claims)} claim{'' if len(claims) == 1 else 's'}"
    if not result["holds"]:
        return f"{count}: some evidence does not hold"
    open_ = sum(not claim["checks"] for claim in claims)
    rest = f", {open_} without any" if open_ else ""
    return f"{count}: all evidence holds{rest}"


def text(result: Mapping[str, Any], *, colour: bool = False, verbose: int = 0) -> str:
    """A line for each claim and for each check that failed; all checks with ``verbose``."""
    lines = [] if verbose < 0 else list(_lines(result, colour, bool(verbose)))
    return "\n".join([*lines, summary(result)])


def _lines(result: Mapping[str, Any], colour: bool, every: bool) -> Iterator[str]:
    for claim in result["claims"]:
        word = "holds" if claim["holds"] else "fails"
        if not claim["checks"]:
            word = "nothing to check"
        code = COLOURS["proved" if claim["holds"] else "refuted"]
        yield f"{paint(word, code, colour)}: {claim['verdict']}, {printable(claim['name'])}"
        for check in claim["checks"]:
            if every or not check["holds"]:
                mark = "ok " if check["holds"] else "not"
                found = f": {printable(check['found'])}" if check["found"] else ""
                yield f"{INDENT}{mark} {printable(check['what'])}{found}"
