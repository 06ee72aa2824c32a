"""The answer of ``klsym fit``, for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klsym.shown import printable
from klsym.writing.text import BOLD, COLOURS, paint


def fit(result: Mapping[str, Any], *, colour: bool = False, verbose: int = 0) -> str:
    """The minima, the lowest first, and how they were found."""
    fits = result["fits"]
    if not fits:
        told = printable(result["reason"] or "no minimum found")
        return paint("undecided", COLOURS["undecided"], colour) + f": {told}"
    heads = [paint(printable(_point(fit)), BOLD, colour) for fit in fits]
    if verbose < 0:
        return "\n".join(heads)
    lines = []
    for head, fit in zip(heads, fits, strict=True):
        lines.append(head)
        decimals = {n: d for n, d in fit["decimals"].items() if d != fit["parameters"][n]}
        if result["exact"] and decimals:
            lines += _row("that is", ", ".join(f"{n} = {d}" for n, d in decimals.items()))
        value = printable(result["divergence"])
        if fit["closed_form"] is not None:
            lines += _row(value, f"= {fit['closed_form']}")
        if fit["value"] is not None:
            lines += _row(value if fit["closed_form"] is None else "", f"= {fit['value']}")
        if not result["exact"] and len(fits) > 1:
            lines += _row("", "the lowest that was found" if fit["best"] else "a local minimum")
        lines.append("")
    lines += _row("target", f"p = {result['target']}")
    lines += _row("family", f"q = {result['family']}")
    if result["steps"]:
        lines += ["", "  exactly, for forward KL into an exponential family is convex:"]
        for step in result["steps"]:
            lines.append(f"    {step['before']} = {step['after']}")
            lines.append("        " + paint(step["reason"], "2", colour))
        lines.append("")
    if result["starts"]:
        lines += _row("searched", f"from {result['starts']} starting points")
    if result["assumptions"]:
        lines += _row("assuming", ", ".join(result["assumptions"]))
    for note in result["notes"]:
        lines += _row("note", note)
    if verbose:
        lines += ["", f"  {result['seconds']:.3f} s"]
    return "\n".join(lines).rstrip()


def markdown(result: Mapping[str, Any]) -> str:
    """The minima as a table."""
    if not result["fits"]:
        return f"**undecided**: {printable(result['reason'] or 'no minimum found')}"
    names = list(result["fits"][0]["parameters"])
    rows = [f"| {' | '.join(names)} | {result['divergence']} |", "|---" * (len(names) + 1) + "|"]
    for fit in result["fits"]:
        cells = [f"`{fit['parameters'][name]}`" for name in names]
        value = fit["value"] or f"`{fit['closed_form'] or ''}`"
        rows.append(f"| {' | '.join(cells)} | {value} |")
    head = f"`{result['family']}` closest to `{result['target']}`:"
    return "\n".join([head, "", *rows])


def _point(fit: Mapping[str, Any]) -> str:
    shown = {
        name: value
        if name not in fit["decimals"] or "/" not in value or "sqrt" in value
        else fit["decimals"][name].rstrip("0")
        for name, value in fit["parameters"].items()
    }
    return ", ".join(f"{name} = {value}" for name, value in shown.items())


def _row(label: str, value: str) -> list[str]:
    return [f"  {label:<13}{printable(value)}"]
