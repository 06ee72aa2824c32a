r"""A derivation as an ``align*`` with a reason at each step; it needs amsmath and amssymb alone.

In style ``full`` the chain starts at the statement, with the reason for each step beside it or,
where a step fills the line, above it, together with the facts it uses.  Style ``terse`` is the
result alone; ``appendix`` declares the densities and the conditions in sentences before the
chain.  klsym reads all of them back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klsym.density import Density, Mixture
from klsym.derivation import Derivation, Step
from klsym.errors import KlsymError
from klsym.expectation import DensityAt, Expectation, Law
from klsym.writing.latex import GREEK, TextbookLatexPrinter, printer_of

STYLES = ("terse", "full", "appendix")
LINE_WIDTH = 46
"""About how many letters fit on a line of an article, with a reason beside it."""
FULL_WIDTH = 58
"""And without one; a longer sum is broken before one of its terms."""

PREAMBLE = r"""\documentclass{article}
\usepackage{amsmath,amssymb}
\addtolength{\textwidth}{6em}
\addtolength{\oddsidemargin}{-3em}
\begin{document}
"""

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


def align(
    derivation: Derivation,
    *,
    style: str = "full",
    names: Mapping[str, str] | None = None,
    standalone: bool = False,
) -> str:
    r"""The derivation in LaTeX, in one of the :data:`STYLES`.

    ``names`` gives symbols and distributions other names; ``standalone`` makes it a document.  A
    derivation that found no closed form ends with its reason in words, an infinite one with
    ``\infty`` and the reason.  Raises KlsymError ``style``.
    """
    if style not in STYLES:
        told = f"expected a style among {', '.join(STYLES)}, got style={style}"
        raise KlsymError("style", told, help="style='appendix'")
    author = _Author(derivation, printer_of(names))
    text = {"terse": author.terse, "full": author.full, "appendix": author.appendix}[style]()
    return f"{PREAMBLE}\n{text}\n\n\\end{{document}}" if standalone else text


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
    """An equality with the reason for it and the facts it uses; ``words`` alone are a remark.

    ``pieces`` are the terms of the right side, between which it may be broken.
    """

    left: str
    pieces: tuple[str, ...]
    words: str
    facts: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How wide the right side is on one line."""
        return sum(map(width, self.pieces))

    def rows(self, beside: bool) -> Iterator[str]:
        """The rows; each but those of ``\\intertext`` ends where the next begins."""
        told = self.words + (f", with {_listed(self.facts)}" if self.facts else "")
        apart = bool(told) and (bool(self.facts) or not beside)
        if apart and self.pieces:
            yield f"\\intertext{{{told}:}}"
        if not self.pieces:
            yield f"{self.left}&\\qquad \\text{{{told}}}"
            return
        first, *more = self._broken()
        reason = f" && \\text{{{told}}}" if told and not apart else ""
        yield f"{self.left}&= {first}{reason}"
        yield from (f"&\\qquad {part}" for part in more)

    def _broken(self) -> list[str]:
        lines, used = [self.pieces[0]], width(self.left) + width(self.pieces[0])
        for piece in self.pieces[1:]:
            signed = f"- {piece[1:].lstrip()}" if piece.startswith("-") else f"+ {piece}"
            if used + width(signed) > FULL_WIDTH:
                lines.append(signed)
                used = 4
            else:
                lines[-1] += f" {signed}"
            used += width(signed)
        return lines


def _listed(facts: Sequence[str]) -> str:
    *first, last = (f"${fact}$" for fact in facts)
    return f"{', '.join(first)} and {last}" if first else last


class _Author:
    """Writes one derivation with one printer."""

    def __init__(self, derivation: Derivation, printer: TextbookLatexPrinter) -> None:
        self.derivation = derivation
        self.printer = printer

    def latex(self, expr: Any) -> str:
        text: str = self.printer.doprint(expr)
        return text

    def terse(self) -> str:
        """The result alone."""
        return self._display(list(self._result()))

    def full(self) -> str:
        """The chain with its reasons."""
        return self._display([*self._chain(), *self._conditions()])

    def appendix(self) -> str:
        """The densities in a sentence, the conditions in another, and the chain."""
        laws = sorted(self.derivation.statement.atoms(Law), key=str)
        declared = [row for law in laws for row in self._declared(law.density)]
        parts = []
        if declared:
            names = _listed([self.printer.name(law.density.name) for law in laws])
            kind = "density" if len(laws) == 1 else "densities"
            rows = ",\\\\\n  ".join(declared)
            parts.append(f"Let {names} have the {kind}")
            parts.append(f"\\begin{{align*}}\n  {rows}.\n\\end{{align*}}")
        conditions = [self.latex(condition) for condition in self.derivation.conditions]
        if conditions:
            parts.append(f"Then it is finite for {_listed(conditions)}, and")
        elif declared:
            parts.append("Then")
        parts.append(self._display(list(self._chain(densities=not declared))))
        return "\n".join(parts)

    def _declared(self, density: Any) -> Iterator[str]:
        """The density's own equation with its support, for those that have one."""
        if isinstance(density, (Density, Mixture)):
            head = f"{self.printer.name(density.name)}({self.latex(density.variate)})"
            where = self._support(density)
            yield rf"{head} &= {self.latex(density.expression)}, \quad {where}"

    def _support(self, density: Any) -> str:
        """Where a density is positive: ``x > 0``, or ``x \\in \\{0, 1, \\ldots\\}``."""
        x, support = self.latex(density.variate), density.support
        low, high = self.latex(support.lower), self.latex(support.upper)
        below, above = support.lower.is_infinite, support.upper.is_infinite
        if support.discrete:
            second = f"{self.latex(support.lower + 1)}, " if above else ""
            last = "" if above else f", {high}"
            return rf"{x} \in \{{{low}, {second}\ldots{last}\}}"
        if below or above:
            one_sided = f"{x} < {high}" if below else f"{x} > {low}"
            return rf"{x} \in \mathbb{{R}}" if below and above else one_sided
        return f"{low} < {x} < {high}"

    def _display(self, lines: list[_Line]) -> str:
        widest = max((line.width for line in lines), default=0)
        beside = widest + max((len(line.words) for line in lines), default=0) <= LINE_WIDTH
        text, joint = "", ""
        for row in (row for line in lines for row in line.rows(beside)):
            apart = row.startswith("\\intertext")
            text += ("\n  " if apart else joint + "\n  ") + row
            joint = "" if apart else " \\\\"
        return f"\\begin{{align*}}{text}\n\\end{{align*}}"

    def _chain(self, densities: bool = True) -> Iterator[_Line]:
        left = self.latex(self.derivation.statement) + " "
        reached = self.derivation.statement
        for step in self.derivation.steps:
            if step.before != reached:
                left = self.latex(step.before) + " "
            reached = step.after
            told = densities or step.rule != "densities"
            facts = [self._fact(a, b) for a, b in step.facts if told]
            # That a chain begins with a definition needs no saying.
            words = "" if left and step.rule == "definition" else latex_text(_reason(step))
            yield _Line(left, self._pieces(step.after), words, tuple(facts))
            left = ""
        yield from self._end(left, reached)

    def _fact(self, left: Any, right: Any) -> str:
        """An equality that a step uses; of a density with its support."""
        told = f"{self.latex(left)} = {self.latex(right)}"
        if isinstance(left, DensityAt) and isinstance(left.args[0].density, (Density, Mixture)):
            return rf"{told},\ {self._support(left.args[0].density)}"
        return told

    def _end(self, left: str, reached: Any) -> Iterator[_Line]:
        closed, reason = self.derivation.closed_form, self.derivation.reason
        if closed is None:
            yield _Line(left, (), latex_text(reason or "no closed form found"))
        elif closed != reached or not self.derivation.steps:
            yield _Line(left, self._pieces(closed), latex_text(reason or ""))

    def _pieces(self, expr: Any) -> tuple[str, ...]:
        """The terms of a sum, or of the integrand of a mean that is too long for a line."""
        pieces = self.printer.terms(expr)
        if isinstance(expr, Expectation) and width(pieces[0]) > FULL_WIDTH:
            first, *rest = self.printer.terms(expr.integrand)
            law = self.printer.name(expr.density.name)
            pieces = [rf"\operatorname{{E}}_{{{law}}}\Bigl[{first}", *rest]
            pieces[-1] += r"\Bigr]"
        return tuple(pieces)

    def _result(self) -> Iterator[_Line]:
        yield from self._end(self.latex(self.derivation.statement) + " ", None)
        yield from self._conditions()

    def _conditions(self) -> Iterator[_Line]:
        if self.derivation.conditions:
            told = ", ".join(f"${self.latex(each)}$" for each in self.derivation.conditions)
            yield _Line("", (), f"for {told}")


def _reason(step: Step) -> str:
    return step.reason or step.rule.replace("-", " ")
