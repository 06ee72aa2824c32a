"""The run over documents for a terminal: each equation with its mark, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from klsym.errors import KlsymError
from klsym.shown import one_line, printable
from klsym.writing.text import BOLD, COLOURS, DIM, carets, paint

MARKS = {"proved": "✓", "refuted": "✗", "agrees": "≈", "undecided": "?", "unread": "!"}
SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "approx": "≈", "propto": "∝"}
WIDTH = 100
MARGIN = 8


def run(result: Mapping[str, Any], *, colour: bool = False, verbose: int = 0) -> str:
    """The answer of ``klsym run``.

    With ``verbose`` what is no claim is listed too, with a negative one only what is not as
    expected.
    """
    lines: list[str] = []
    for document in result["documents"]:
        shown = list(_document(document, colour, verbose))
        lines += [paint(one_line(document["path"]), BOLD, colour), *shown, ""]
    if "coverage" in result:
        lines += [*coverage(result["coverage"]), ""]
    lines.append(summary(result["counts"]))
    return "\n".join(lines)


def summary(counts: Mapping[str, int]) -> str:
    """How many claims have each verdict, in words."""
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items()) or "no claims"


def coverage(found: Mapping[str, Any]) -> Iterator[str]:
    """How much was read and decided, and what was not, by cause, the most frequent first."""
    claims = found["claims"]
    yield f"read {_share(found['read'], claims)}, decided {_share(found['decided'], claims)}"
    if found["classed"]:
        classes = ", ".join(f"{count} {name}" for name, count in found["classed"].items())
        yield f"no claims: {classes}"
    for cause in found["causes"]:
        told = _cut(printable(f"{cause['verdict']}: {cause['cause']}"), WIDTH - 8)
        yield f"  {cause['count']:>5}  {told}"
        yield f"         at {one_line(', '.join(cause['places']))}"


def _share(part: int, whole: int) -> str:
    percent = f" ({100 * part / whole:.0f}%)" if whole else ""
    return f"{part} of {whole} claim{'' if whole == 1 else 's'}{percent}"


def error_line(error: KlsymError) -> str:
    """An error in one line, with its place."""
    place = error.place or "input"
    if error.span is not None:
        place += f":{error.line}:{error.column}"
    advice = f"; {error.help}" if error.help else ""
    return one_line(f"{place}: error[{error.name}]: {error.message}{advice}")


def _document(document: Mapping[str, Any], colour: bool, verbose: int) -> Iterator[str]:
    entries: list[tuple[int, int, list[str]]] = []
    told: set[str] = set()
    errors = {found["claims"][0]: found["message"] for found in document["findings"]}
    echoes = {number for found in document["findings"] for number in found["claims"][1:]}
    for other in document["other"]:
        if verbose > 0 or (verbose == 0 and other["notes"]):
            entries.append((other["line"], 0, list(_other(other, colour))))
            told |= set(other["notes"])
    for number, claim in enumerate(document["claims"]):
        if verbose >= 0 or claim["verdict"] != claim["expected"]:
            new = [note for note in claim["notes"] if note not in told]
            told |= set(new)
            claim = claim | {"notes": new}
            if number in echoes and claim["verdict"] != claim["expected"]:
                shown = list(_echo(claim, colour))
            else:
                shown = list(_claim(document["path"], claim, colour, verbose))
                shown += [_indented(errors[number])] if errors.get(number) else []
            entries.append((claim["line"], claim["column"], shown))
    for _, _, shown in sorted(entries, key=lambda entry: entry[:2]):
        yield from shown
    rest = len(document["other"])
    others = f"; {rest} other passage{'s' if rest > 1 else ''}" if rest else ""
    yield f"  {summary(document['counts'])}{others}"
    if document["suggestions"]:
        yield f"  help: add {printable(' '.join(document['suggestions']))}"


def _claim(path: str, claim: Mapping[str, Any], colour: bool, verbose: int) -> Iterator[str]:
    verdict, expected = claim["verdict"], claim["expected"]
    mark = paint(MARKS[verdict], COLOURS.get(verdict, BOLD), colour)
    sign = SIGNS.get(claim["relation"], claim["relation"])
    equation = _cut(printable(f"{claim['left']} {sign} {claim['right']}"), WIDTH - 12)
    yield f"  {mark} {claim['line']:>5}  {equation}"
    plain = verdict == expected == "proved"
    told = one_line(claim["message"])
    if not plain:
        tail = "" if verdict == expected else f", and {expected} was expected"
        as_expected = (
            ", as expected" if verdict == expected else tail if expected != "proved" else ""
        )
        yield _indented(f"{verdict}{as_expected}" + (f": {told}" if told else ""))
        yield from _excerpt(path, claim, colour)
    elif verbose > 0 and told:
        yield _indented(told)
    if claim["counterexample"]:
        yield from _counterexample(claim["counterexample"])
    for slip in claim["diagnoses"]:
        yield _indented(f"{paint(slip['name'], BOLD, colour)}: {printable(slip['help'])}")
        yield _indented(f"  repair: {printable(slip['repair'])}")
        under = carets(slip)
        if under:
            yield _indented(f"          {paint(under, BOLD, colour)}")
    for note in claim["notes"]:
        yield _indented(f"note: {printable(note)}")
    if claim["assumptions"] and (verbose > 0 or not plain):
        yield _indented(paint(f"assuming {', '.join(claim['assumptions'])}", DIM, colour))


def _echo(claim: Mapping[str, Any], colour: bool) -> Iterator[str]:
    """A claim that is refuted because of an error in another row."""
    mark = paint(MARKS["refuted"], COLOURS["refuted"], colour)
    equation = _cut(printable(f"{claim['left']} = {claim['right']}"), WIDTH - 12)
    yield f"  {mark} {claim['line']:>5}  {equation}"
    yield _indented(f"refuted: {printable(claim['message'])}")


def _against(verdict: str, expected: str) -> str:
    if verdict == expected:
        return ", as expected"
    return f", and {expected} was expected" if expected != "proved" else ""


def _excerpt(path: str, claim: Mapping[str, Any], colour: bool) -> Iterator[str]:
    """The line with a caret under the right side, cut around it where it is long."""
    source = claim.get("source", "")
    if not source:
        return
    start, end = claim["column"] - 1, claim["end_column"] - 1
    if claim["end_line"] != claim["line"]:
        end = len(source)
    number = str(claim["line"])
    gutter = " " * len(number)
    left = max(0, min(start - 20, len(source) - WIDTH)) if len(source) > WIDTH else 0
    line = printable(source)[left : left + WIDTH]
    carets = "^" * max(1, min(end - start, len(line) - (start - left)))
    yield _indented(f"{gutter}--> {one_line(path)}:{number}:{claim['column']}")
    yield _indented(f"{number} | {line}")
    yield _indented(f"{gutter} | {' ' * (start - left)}{paint(carets, COLOURS['refuted'], colour)}")


def _counterexample(found: Mapping[str, Any]) -> Iterator[str]:
    at = ", ".join(f"{name} = {value}" for name, value in found["point"].items())
    if at:
        yield _indented(f"at {at}:")
    yield _indented(f"  left  = {found['statement']}")
    yield _indented(f"  right = {found['formula']}")


def _other(other: Mapping[str, Any], colour: bool) -> Iterator[str]:
    text = _cut(printable(other["text"]), WIDTH - 12 - len(other["class"]))
    yield f"  - {other['line']:>5}  " + paint(f"{other['class']}: {text}", DIM, colour)
    for note in other["notes"]:
        yield _indented(f"note: {printable(note)}")


def _indented(text: str) -> str:
    return " " * (MARGIN + 2) + text


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
