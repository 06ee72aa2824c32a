"""Results for a terminal, in colour where asked.

Each function takes the result as the JSON object of the command line, with what that object does
not hold as keywords, and gives text without a final newline.  What comes from outside is shown
with its control characters replaced, so that no formula can send a command to the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from klsym.shown import printable

if TYPE_CHECKING:
    from klsym.derivation import Derivation

INDENT = "  "
LABEL = 13
COLOURS = {"proved": "32;1", "refuted": "31;1", "agrees": "33;1", "undecided": "33;1"}
BOLD, DIM, RED = "1", "2", "31;1"


def paint(text: str, code: str, colour: bool) -> str:
    """The text in a colour of the terminal, or as it is."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text and code else text


def carets(slip: Mapping[str, Any]) -> str:
    """A line of carets to stand below a repair, under what was changed in it.

    Nothing where the repair takes several lines.

    >>> carets({"repair": "a - b", "changed": [{"start": 2, "end": 3}]})
    '  ^'
    """
    if "\n" in slip["repair"]:
        return ""
    marks = [" "] * (len(slip["repair"]) + 1)
    for place in slip["changed"]:
        for at in range(place["start"], max(place["end"], place["start"] + 1)):
            marks[at] = "^"
    return "".join(marks).rstrip()


def check(
    result: Mapping[str, Any],
    *,
    exact: str | None = None,
    notes: Sequence[str] = (),
    derivation: Derivation | None = None,
    colour: bool = False,
    verbose: int = 0,
) -> str:
    """The answer of ``klsym check``; ``exact`` is the exact difference at the counterexample.

    With ``verbose`` the derivation of the statement and the time are shown too; with a negative
    one the verdict alone.
    """
    verdict = result["verdict"]
    where = _where(result.get("conditions", ()))
    lines = [paint(verdict, COLOURS.get(verdict, BOLD), colour) + where]
    if result.get("reason"):
        lines[0] += f": {printable(result['reason'])}"
    if verbose < 0:
        return lines[0]
    lines.append("")
    lines += _row("statement", result["statement"])
    if result.get("closed_form"):
        lines += _row("derived", f"= {result['closed_form']}")
    lines += _row("formula", result["formula"])
    readings = result.get("readings", ())
    for number, reading in enumerate(readings):
        told = f"   ({reading['note']})" if reading["note"] else ""
        lines += _row("or read as" if number else "read as", reading["latex"] + told)
    if result.get("reading") and not readings and (verbose or verdict != "proved"):
        lines += _row("read as", result["reading"])
    if result.get("counterexample"):
        lines += ["", *_counterexample(result["counterexample"], exact)]
    if verbose and result.get("proof"):
        lines += ["", *_proof(result["proof"])]
    for slip in result.get("diagnoses", ()):
        lines += ["", *_diagnosis(slip, colour)]
    footer = list(_evidence(result, notes))
    if footer:
        lines += ["", *footer]
    if verbose:
        if derivation is not None:
            lines += ["", *_chain(derivation, colour)]
        lines += ["", f"{INDENT}{result['seconds']:.3f} s"]
    return "\n".join(lines)


def derive(
    result: Mapping[str, Any],
    *,
    derivation: Derivation | None = None,
    notes: Sequence[str] = (),
    colour: bool = False,
    verbose: int = 0,
) -> str:
    """The answer of ``klsym derive``: the statement, the steps, and the closed form last.

    A negative ``verbose`` shows the closed form alone.
    """
    where = _where(result.get("conditions", ()))
    closed = result.get("closed_form")
    told = printable(result.get("reason") or "no closed form found")
    if result.get("value") == "oo":
        last = paint("oo", BOLD, colour) + f"{where}: {told}"
    elif closed is None:
        last = paint("undecided", COLOURS["undecided"], colour) + f": {told}"
    else:
        last = paint(closed, BOLD, colour) + where
    if verbose < 0:
        return last
    lines = [paint(printable(result["statement"]), BOLD, colour), ""]
    if derivation is not None:
        lines += [*_chain(derivation, colour, rules=bool(verbose)), ""]
    lines.append(last if closed is None else f"= {last}")
    footer = list(_evidence(result, notes))
    if closed is None and result.get("value"):
        footer = [*_row("certified", f"= {result['value']}"), *footer]
    if footer:
        lines += ["", *footer]
    if verbose:
        lines += ["", f"{INDENT}{result['seconds']:.3f} s"]
    return "\n".join(lines)


def evaluate(
    result: Mapping[str, Any],
    *,
    notes: Sequence[str] = (),
    colour: bool = False,
    verbose: int = 0,
) -> str:
    """The answer of ``klsym evaluate``: the number, every printed digit of which is right."""
    if result.get("value") is None:
        told = printable(result.get("reason") or "no enclosure found")
        return paint("undecided", COLOURS["undecided"], colour) + f": {told}"
    lines = [paint(result["value"], BOLD, colour)]
    if verbose < 0:
        return lines[0]
    if verbose:
        lines += ["", *_row("statement", result["statement"])]
        lines += _row("error below", str(result["radius"]))
        lines += _row("seconds", f"{result['seconds']:.3f}")
    lines += [line for note in notes for line in _row("note", note)]
    return "\n".join(lines)


def plot(result: Mapping[str, Any], *, colour: bool = False, verbose: int = 0) -> str:
    """The answer of ``klsym plot``: where the picture was written, and the value in its title."""
    if result.get("path") is None:
        told = printable(result.get("reason") or "no picture")
        return paint("undecided", COLOURS["undecided"], colour) + f": {told}"
    lines = [f"wrote {printable(result['path'])}"]
    if verbose >= 0:
        lines = [printable(result["title"]), "", f"{INDENT}{lines[0]}"]
    return "\n".join(lines)


def _row(label: str, value: str) -> list[str]:
    first, *rest = printable(value).split("\n")
    return [f"{INDENT}{label:<{LABEL}}{first}", *(INDENT + " " * LABEL + line for line in rest)]


def _where(conditions: Iterable[str]) -> str:
    told = ", ".join(conditions)
    return f" for {told}" if told else ""


def _counterexample(found: Mapping[str, Any], exact: str | None) -> Iterator[str]:
    point = ", ".join(f"{name} = {value}" for name, value in found["point"].items())
    yield f"{INDENT}at {point}:" if point else f"{INDENT}their values:"
    difference = found["difference"] + (f" = {exact}" if exact else "")
    yield from _row("statement", found["statement"])
    yield from _row("formula", found["formula"])
    yield from _row("difference", difference)
    if found.get("defined") is False:
        yield from _row("note", "by the closed form: the definition could not be enclosed there")


def _proof(found: Mapping[str, Any]) -> Iterator[str]:
    cases = f", in {found['cases']} cases" if found["cases"] > 1 else ""
    yield f"{INDENT}proved{cases} by"
    for rule in found["rules"]:
        yield from _row("", rule)


def _diagnosis(slip: Mapping[str, Any], colour: bool) -> Iterator[str]:
    yield f"{INDENT}{paint('likely slip', BOLD, colour)}: {slip['name']}"
    yield from _row("", slip["help"])
    yield from _row("proved is", slip["repair"])
    under = carets(slip)
    if under:
        yield INDENT + " " * LABEL + paint(under, BOLD, colour)


def _evidence(result: Mapping[str, Any], notes: Sequence[str]) -> Iterator[str]:
    if result.get("assumptions"):
        yield from _row("assuming", ", ".join(result["assumptions"]))
    confirmed = result.get("confirmed")
    if confirmed:
        points = confirmed["points"]
        plural = "point" if points == 1 else "points"
        told = (
            f"to {confirmed['digits']} digits at {points} {plural}, by quadrature of the definition"
        )
        yield from _row("confirmed", told)
    for note in notes:
        yield from _row("note", note)


def _chain(derivation: Derivation, colour: bool, *, rules: bool = False) -> Iterator[str]:
    from klsym.writing.plain import plain

    reached = derivation.statement
    yield f"{INDENT}{plain(derivation.statement)}"
    for step in derivation.steps:
        if step.before != reached:
            yield f"{INDENT}{plain(step.before)}"
        reached = step.after
        yield f"{INDENT * 2}= {plain(step.after)}"
        told = printable(step.reason or step.rule) + (f" [{step.rule}]" if rules else "")
        yield INDENT * 4 + paint(told + ("; with" if step.facts else ""), DIM, colour)
        for name, value in step.facts:
            yield INDENT * 5 + paint(f"{plain(name)} = {plain(value)}", DIM, colour)
        if step.conditions:
            told = ", ".join(map(plain, step.conditions))
            yield INDENT * 5 + paint(f"for {told}", DIM, colour)
