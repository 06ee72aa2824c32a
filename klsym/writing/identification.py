"""The answer of ``klsym identify`` for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klsym.shown import printable
from klsym.writing.text import BOLD, COLOURS, paint


def identify(result: Mapping[str, Any], *, colour: bool = False, verbose: int = 0) -> str:
    """What the formula was found to be, and what it was compared with."""
    lines = []
    for each in result["found"]:
        conditions = f" for {', '.join(each['conditions'])}" if each["conditions"] else ""
        lines.append(paint(each["statement"], BOLD, colour) + conditions)
    if not lines:
        told = result["reason"] or f"none of {result['tried']} divergences tried"
        lines.append(paint("none", COLOURS["undecided"], colour) + f": {printable(told)}")
    if verbose < 0:
        return "\n".join(lines)
    lines += ["", f"  formula      {printable(result['formula'])}"]
    for each in result["near"]:
        lines.append(f"  agrees with  {each['statement']}: {printable(each['reason'] or '')}")
    if result["assumptions"]:
        lines.append(f"  assuming     {', '.join(result['assumptions'])}")
    lines += [f"  note         {printable(note)}" for note in result["notes"]]
    if verbose:
        for each in result["open"]:
            lines.append(f"  undecided    {each['statement']}: {printable(each['reason'] or '')}")
        lines.append(f"  tried        {result['tried']} in {result['seconds']:.3f} s")
    return "\n".join(lines)
