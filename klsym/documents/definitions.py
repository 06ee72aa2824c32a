"""Checking definitions: what they say must be a distribution, of mass 1, and the one they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from klsym.documents.bindings import DENSITY, LAW, Binding
from klsym.documents.choices import Choices
from klsym.documents.comparison import compare
from klsym.documents.lexicon import Lexicon
from klsym.documents.scope import read
from klsym.documents.supports import mass_of
from klsym.errors import KlsymError
from klsym.meaning.equations import Side
from klsym.syntax.tree import Call, Name
from klsym.verdict import Counterexample, Verdict

_OF_VARIABLE = re.compile(r"[fpq]_(\w+)$")
_LETTERS = ("f", "p")
"""Letters of densities that name no variable: they belong to the one that is declared."""


def remarks(binding: Binding, lexicon: Lexicon) -> Iterator[str]:
    """What is worth saying of a definition.

    That its mass is not 1, that it is not the density of the distribution it names, or why it
    cannot be read.
    """
    try:
        if binding.kind == LAW:
            entropy = Call(binding.body.span, "H", (Name(binding.body.span, binding.name),))
            meant = read(lexicon, [Side(binding.text, ((entropy, ""),))], binding.where)
            yield from meant.equation.scope.notes
            return
        if binding.kind == DENSITY:
            mass = mass_of(binding)
            if mass is None:
                yield "its mass is not known"
            elif mass != "1":
                yield f"its mass is {mass}; it is normalised"
        for law in _named(binding, lexicon):
            difference = _difference(binding, law, lexicon)
            if difference is not None:
                line = lexicon.line_of(law)
                yield f"it is not the density of {law.name} in line {line}: {difference}"
    except KlsymError as error:
        yield f"{error.message}; {error.help}" if error.help else error.message


def _named(binding: Binding, lexicon: Lexicon) -> Iterator[Binding]:
    """The distribution whose density a definition gives, if the section declares it."""
    if binding.variate is None or binding.given:
        return
    of = _OF_VARIABLE.match(binding.name)
    names = [of.group(1)] if of else [binding.name.swapcase()]
    if binding.name in _LETTERS:
        names.append(binding.variate.upper())
    for name in names:
        law = lexicon.meaning(name, binding.where)
        same = isinstance(law, Binding) and law.where.section == binding.where.section
        if same and isinstance(law, Binding) and law.kind == LAW and not law.given:
            yield law
            return


def _difference(binding: Binding, law: Binding, lexicon: Lexicon) -> str | None:
    """At which point a definition differs from a density; None if it does not, in some reading."""
    assert binding.variate is not None
    span = binding.body.span
    point = Call(span, law.name, (Name(span, binding.variate),))
    sides = [Side(binding.text, ((tree, ""),)) for tree in (point, binding.body)]
    first = Choices()
    found = _refuted(sides, binding, lexicon, first)
    if found is None:
        return None
    for taken in first.others():
        if _refuted(sides, binding, lexicon, Choices(taken)) is None:
            return None
    at = ", ".join(f"{name} = {value}" for name, value in found.point.items())
    return f"at {at} that is {_short(found.left)}, and this is {_short(found.right)}"


def _refuted(
    sides: list[Side], binding: Binding, lexicon: Lexicon, choices: Choices
) -> Counterexample | None:
    try:
        meant = read(lexicon, sides, binding.where, choices=choices)
    except KlsymError:
        return None
    a, b = (side.value for side in meant.equation.sides)
    decision = compare(a, b, meant.equation.scope.context).decision
    return decision.counterexample if decision.verdict is Verdict.REFUTED else None


def _short(number: str) -> str:
    return number[:8]
