"""Results as Markdown that GitHub renders, with mathematics between dollar signs.

Each function takes the result as the JSON object of the command line, as :mod:`klsym.writing.text`
does, and gives a fragment of Markdown without a final newline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from klsym.shown import printable

if TYPE_CHECKING:
    from klsym.derivation import Derivation

MARKS = {"proved": "✅", "refuted": "❌", "agrees": "❔", "undecided": "❔", "unread": "⚠️"}


def code(text: str) -> str:
    """The text as inline code, whatever backticks are in it.

    >>> code("a`b")
    '`` a`b ``'
    """
    text = printable(" ".join(text.split()))
    if "`" not in text:
        return f"`{text}`"
    fence = "`"
    while fence in text:
        fence += "`"
    return f"{fence} {text} {fence}"


def prose(text: str) -> str:
    """A sentence whose Markdown and HTML characters stand for themselves.

    >>> prose("x_1 <b>")
    'x\\\\_1 &lt;b>'
    """
    text = "".join(f"\\{c}" if c in "\\`*_[]#$|~" else c for c in printable(" ".join(text.split())))
    return text.replace("&", "&amp;").replace("<", "&lt;")


def display(latex: str) -> str:
    """LaTeX as a displayed equation."""
    return f"```math\n{latex}\n```"


def check(result: Mapping[str, Any], *, exact: str | None = None, notes: Sequence[str] = ()) -> str:
    """The answer of ``klsym check`` as a list of its parts under the verdict."""
    verdict = result["verdict"]
    told = ", ".join(map(code, result.get("conditions", ())))
    lines = [f"**{MARKS[verdict]} {verdict}**" + (f" for {told}" if told else "")]
    if result.get("reason"):
        lines[0] += f": {prose(result['reason'])}"
    lines += ["", f"- statement: {code(result['statement'])}"]
    if result.get("closed_form"):
        lines.append(f"- derived: {code(result['closed_form'])}")
    lines.append(f"- formula: {code(result['formula'])}")
    lines += _counterexample(result.get("counterexample"), exact)
    for slip in result.get("diagnoses", ()):
        lines.append(f"- likely slip: **{prose(slip['name'])}**. {prose(slip['help'])}")
        lines.append(f"  Proved is {code(slip['repair'])}.")
    lines += _evidence(result, notes)
    return "\n".join(lines)


def derive(
    result: Mapping[str, Any], *, derivation: Derivation | None = None, notes: Sequence[str] = ()
) -> str:
    """The answer of ``klsym derive``: the statement, the aligned steps, the closed form."""
    lines = [f"**{code(result['statement'])}**", ""]
    if derivation is not None:
        from klsym.writing.align import align

        lines += [display(align(derivation).replace("align*", "aligned")), ""]
    if result.get("value") == "oo":
        lines.append(f"The value is infinite: {prose(result.get('reason') or '')}")
    elif result.get("closed_form") is None:
        lines.append(f"Undecided: {prose(result.get('reason') or 'no closed form found')}")
    else:
        told = ", ".join(map(code, result.get("conditions", ())))
        lines.append(
            f"Closed form: {code(result['closed_form'])}" + (f" for {told}" if told else "")
        )
    footer = list(_evidence(result, notes))
    return "\n".join([*lines, *([""] if footer else []), *footer])


def evaluate(result: Mapping[str, Any], *, notes: Sequence[str] = ()) -> str:
    """The answer of ``klsym evaluate``: the statement and its number."""
    if result.get("value") is None:
        return f"Undecided: {prose(result.get('reason') or 'no enclosure found')}"
    lines = [f"{code(result['statement'])} = {code(result['value'])}"]
    lines += [f"- note: {prose(note)}" for note in notes]
    return "\n".join(lines)


def run(result: Mapping[str, Any]) -> str:
    """The answer of ``klsym run``: a table for each document, with what is to be said below it."""
    parts = []
    for document in result["documents"]:
        counts = ", ".join(f"{count} {verdict}" for verdict, count in document["counts"].items())
        parts += [f"### {prose(document['path'])}", "", counts or "no claims", ""]
        if document["claims"]:
            parts += ["| | line | claim |", "|---|---|---|"]
        for claim in document["claims"]:
            told = code(f"{claim['left']} = {claim['right']}").replace("|", "\\|")
            parts.append(f"| {MARKS[claim['verdict']]} | {claim['line']} | {told} |")
        parts.append("")
        parts += _findings(document)
    return "\n".join(parts).rstrip()


def _findings(document: Mapping[str, Any]) -> Iterator[str]:
    """What is to be said of the claims that are not proved."""
    for claim in document["claims"]:
        if claim["verdict"] == "proved" and claim["expected"] == "proved":
            continue
        expected = "" if claim["verdict"] != claim["expected"] else ", as expected"
        told = f": {prose(claim['message'])}" if claim["message"] else ""
        yield f"- line {claim['line']}: **{claim['verdict']}**{expected}{told}"
        found = claim["counterexample"]
        if found:
            yield f"  - left {code(found['statement'])}, right {code(found['formula'])}"
        for slip in claim["diagnoses"]:
            yield f"  - **{prose(slip['name'])}**: {prose(slip['help'])}"
            yield f"  - repair: {code(slip['repair'])}"
    for error in document["errors"]:
        yield f"- {error['line']}:{error['column']}: {prose(error['message'])}"
    yield ""


def _counterexample(found: Mapping[str, Any] | None, exact: str | None) -> Iterator[str]:
    if found:
        point = ", ".join(f"{name} = {value}" for name, value in found["point"].items())
        yield f"- at {code(point)}:" if point else "- their values:"
        yield f"  statement {code(found['statement'])}, formula {code(found['formula'])},"
        difference = found["difference"] + (f" = {exact}" if exact else "")
        yield f"  difference {code(difference)}"


def _evidence(result: Mapping[str, Any], notes: Sequence[str]) -> Iterator[str]:
    if result.get("assumptions"):
        yield f"- assuming {', '.join(map(code, result['assumptions']))}"
    confirmed = result.get("confirmed")
    if confirmed:
        points = confirmed["points"]
        plural = "point" if points == 1 else "points"
        yield f"- confirmed to {confirmed['digits']} digits at {points} {plural}"
    for note in notes:
        yield f"- note: {prose(note)}"
