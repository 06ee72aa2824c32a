"""Judgement: the verdict on a formula, in all its readings, for a statement that was derived.

An ambiguous formula is refuted only if every reading is; another reading than the default that is
proved decides, and is named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy

from klsym.derivation import Derivation
from klsym.domain import Context
from klsym.equality.decide import decide
from klsym.equality.parts import decide_on_part
from klsym.integrals.engine import definition_of
from klsym.meaning import Formula, FormulaReading
from klsym.syntax.tree import Negative, Number
from klsym.verdict import Decision, Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision, the reading it is about, and under which conditions it holds."""

    decision: Decision
    reading: FormulaReading
    conditions: tuple[Any, ...]
    notes: tuple[str, ...] = ()


def judge(formula: Formula, derivation: Derivation) -> Judgement:
    """The verdict on a formula for the statement that was derived."""
    context = derivation.context.assume(*derivation.conditions)
    tolerance = tolerance_of(formula)
    judgements = []
    for index, reading in enumerate(formula.readings):
        judgement = _on(reading, derivation, context, tolerance)
        if judgement.decision.verdict is Verdict.PROVED:
            told = (reading.note,) if index and reading.note else ()
            return replace(judgement, notes=(*judgement.notes, *told))
        judgements.append(judgement)
    open_ = [j for j in judgements if j.decision.verdict is not Verdict.REFUTED]
    return replace((open_ or judgements)[0], reading=formula.readings[0])


def _on(
    reading: FormulaReading, derivation: Derivation, context: Context, tolerance: Any
) -> Judgement:
    closed = derivation.closed_form
    left = definition_of(derivation) if closed is None else closed
    decision = decide(left, reading.expr, context, tolerance=tolerance)
    judgement = Judgement(decision, reading, derivation.conditions)
    found = decision.counterexample
    if found is None or found.right != "undefined":
        return judgement
    part = decide_on_part(left, reading.expr, context)
    if part is None:
        return judgement
    proved, condition = part
    note = f"where {condition} does not hold the formula has no value, and the statement has one"
    return Judgement(proved, reading, (*derivation.conditions, condition), (note,))


def tolerance_of(formula: Formula) -> Any:
    """Half a unit of the last digit, if the formula is a decimal standing alone."""
    tree = formula.readings[0].tree
    number = tree.operand if isinstance(tree, Negative) else tree
    if not isinstance(number, Number) or "." not in number.text:
        return None
    mantissa, _, exponent = number.text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return sympy.Rational(1, 2) * sympy.Rational(10) ** (int(exponent or 0) - decimals)
