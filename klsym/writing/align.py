r"""A derivation as an ``align*`` with a reason at each step; it needs amsmath alone.

The chain starts at the statement; facts that a step uses stand below it, and the conditions under
which the result holds stand at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klsym.derivation import Derivation, Step
from klsym.writing.latex import GREEK, latex

LINE_WIDTH = 46
"""About how many letters fit on a line of an article."""

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

    Reasons stand beside the steps, or below them where a step fills the line.  A derivation that
    found no closed form ends with its reason in words, an infinite one with ``\infty`` and the
    reason.
    """
    lines = list(_lines(derivation))
    widest = max((width(line.mathematics) for line in lines), default=0)
    beside = widest + max((len(line.words) for line in lines), default=0) <= LINE_WIDTH
    rows = [row for line in lines for row in line.rows(beside)]
    return "\\begin{align*}\n  " + " \\\\\n  ".join(rows) + "\n\\end{align*}"


def width(mathematics: str) -> int:
    r"""About how many letters wide LaTeX sets it; a fraction is as wide as its wider part.

    >>> width(r"\frac{a + b}{2} \left(x\right)"), width(r"\log(\sigma_1)")
    (6, 7)
    """
    text = re.sub(r"\\(left|right|mathrm|operatorname|big)(?![a-z])|[ ^_]", "", mathematics)
    previous = None
    while text != previous:
        previous = text
        text = re.sub(r"\\frac{([^{}]*)}{([^{}]*)}", _wider, text)
        text = re.sub(r"(?<!\\frac)(?<!}){([^{}]*)}", r"\1", text)
    return len(re.sub(r"\\(log|exp)", "log", re.sub(r"\\(?!log|exp)[A-Za-z]+|\\.", "x", text)))


def _wider(fraction: re.Match[str]) -> str:
    return max(fraction[1], fraction[2], key=len)


@dataclass(frozen=True, slots=True)
class _Line:
    """An equality with the reason for it and the facts it uses; ``words`` alone are a remark."""

    left: str
    mathematics: str
    words: str
    facts: tuple[str, ...] = ()

    def rows(self, beside: bool) -> Iterator[str]:
        reason = f"\\text{{{self.words}}}" if self.words else ""
        if not self.mathematics:
            yield f"{self.left}&\\qquad {reason}"
        elif beside or not reason:
            yield f"{self.left}&= {self.mathematics}" + (f" && {reason}" if reason else "")
        else:
            yield f"{self.left}&= {self.mathematics}"
            yield f"&\\qquad {reason}"
        yield from (f"&\\qquad\\quad {fact}" for fact in self.facts)


def _lines(derivation: Derivation) -> Iterator[_Line]:
    left = latex(derivation.statement) + " "
    reached = derivation.statement
    for step in derivation.steps:
        if step.before != reached:
            left = latex(step.before) + " "
        reached = step.after
        facts = tuple(f"{latex(a)} = {latex(b)}" for a, b in step.facts)
        yield _Line(left, latex(step.after), latex_text(_reason(step)), facts)
        left = ""
    closed = derivation.closed_form
    if closed is None:
        yield _Line(left, "", latex_text(derivation.reason or "no closed form found"))
    elif closed != reached or not derivation.steps:
        yield _Line(left, latex(closed), latex_text(derivation.reason or ""))
    if derivation.conditions:
        told = ", ".join(f"${latex(condition)}$" for condition in derivation.conditions)
        yield _Line("", "", f"for {told}")


def _reason(step: Step) -> str:
    return step.reason or step.rule.replace("-", " ")
