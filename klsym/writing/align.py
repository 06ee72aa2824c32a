r"""A derivation as an ``align*`` with a reason at each step; it needs amsmath alone.

The chain starts at the statement; facts that a step uses stand below it in the column of
reasons, and the conditions under which the result holds stand at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from klsym.derivation import Derivation, Step
from klsym.writing.latex import GREEK, latex

SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
    "*": r"\ensuremath{*}",
    **{c: f"\\{c}" for c in "{}_$%&#"},
}
"""What a character of a sentence needs in LaTeX's text mode, in any font encoding."""


def latex_text(sentence: str) -> str:
    r"""A sentence for ``\text{...}``; every character that LaTeX would interpret is neutralised.

    >>> latex_text("the mean of x_1 is 5% \\input")
    'the mean of x\\_1 is 5\\% \\textbackslash{}input'
    """
    return "".join(map(_character, sentence))


def _character(character: str) -> str:
    if character in SPECIAL:
        return SPECIAL[character]
    if character.isascii():
        return character if character.isprintable() else " "
    name = _greek(character)
    return rf"\ensuremath{{\{name}}}" if name else "?"


def _greek(character: str) -> str:
    import unicodedata

    match = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", unicodedata.name(character, ""))
    if not match:
        return ""
    name = match[2].lower().replace("lamda", "lambda")
    name = name if match[1] == "SMALL" else name.capitalize()
    return name if name in GREEK else ""


def align(derivation: Derivation) -> str:
    r"""The derivation as one ``align*`` environment.

    A derivation that found no closed form ends with its reason in words, an infinite one with
    ``\infty`` and the reason.
    """
    rows = list(_rows(derivation))
    body = " \\\\\n".join(f"  {row}" for row in rows)
    return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"


def _rows(derivation: Derivation) -> Iterator[str]:
    left = latex(derivation.statement)
    reached = derivation.statement
    for step in derivation.steps:
        if step.before != reached:
            left = latex(step.before)
        reached = step.after
        yield f"{left} &= {latex(step.after)} && \\text{{{latex_text(_reason(step))}}}"
        left = ""
        yield from (f"&&& {latex(a)} = {latex(b)}" for a, b in step.facts)
    closed = derivation.closed_form
    if closed is None:
        told = derivation.reason or "no closed form found"
        yield f"{left} &\\phantom{{=}} \\text{{{latex_text(told)}}}"
    elif closed != reached or not derivation.steps:
        told = f" && \\text{{{latex_text(derivation.reason)}}}" if derivation.reason else ""
        yield f"{left} &= {latex(closed)}{told}"
    if derivation.conditions:
        yield f"&\\qquad \\text{{for }} {', '.join(map(latex, derivation.conditions))}"


def _reason(step: Step) -> str:
    return step.reason or step.rule.replace("-", " ")
