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
from klsym.equality.decide import decide, decide_parts
from klsym.equality.order import decide_order, turned
from klsym.equality.parts import decide_on_part
from klsym.gibbs import has_means, ordered_whatever
from klsym.integrals.engine import derive_closed_form
from klsym.meaning import Formula, FormulaReading, Scope
from klsym.syntax.tree import Negative, Number
from klsym.verdict import Decision, Verdict
from klsym.writing.plain import plain


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision, the reading it is about, and under which conditions it holds."""

    decision: Decision
    reading: FormulaReading
    conditions: tuple[Any, ...]
    notes: tuple[str, ...] = ()


def supported(decision: Decision, scope: Scope) -> Decision:
    """The decision, unless it rests on what was not proved, or on readings that were not tried."""
    if decision.verdict not in (Verdict.PROVED, Verdict.REFUTED):
        return decision
    if scope.trusted:
        reason = f"{decision.verdict} if sympy is right about {' and '.join(scope.trusted)}"
        return Decision(Verdict.UNDECIDED, reason=reason, question=decision.question)
    if scope.unread and decision.verdict is Verdict.REFUTED:
        reason = "refuted in all readings that were tried, but there are more"
        return Decision(Verdict.UNDECIDED, reason=reason, question=decision.question)
    return decision


def judge(formula: Formula, derivation: Derivation, stated: FormulaReading) -> Judgement:
    """The verdict on a formula for the statement that was derived.

    ``stated`` is the reading of the statement that ``derivation`` is about.
    """
    context = derivation.context.assume(*derivation.conditions)
    tolerance = max(filter(None, map(_half_unit, (stated, formula.readings[0]))), default=None)
    judgements = []
    for index, reading in enumerate(formula.readings):
        judgement = _on(reading, derivation, context, tolerance, stated)
        if judgement.decision.verdict is Verdict.PROVED:
            told = (reading.note,) if index and reading.note else ()
            return replace(judgement, notes=(*judgement.notes, *told))
        judgements.append(judgement)
    open_ = [j for j in judgements if j.decision.verdict is not Verdict.REFUTED]
    return replace((open_ or judgements)[0], reading=formula.readings[0])


def _on(
    reading: FormulaReading,
    derivation: Derivation,
    context: Context,
    tolerance: Any,
    stated: FormulaReading,
) -> Judgement:
    if reading.sign != "=":
        return _ordered(reading, derivation, context, stated)
    closed = derivation.closed_form
    defined = derivation.definition
    left = defined if closed is None else closed
    right, conditions, meant = _derived(reading.expr, context)
    inside = context.assume(*conditions)
    definitions = (None if closed is None or not has_means(defined) else defined, meant)
    decision = decide(left, right, inside, tolerance=tolerance, definitions=definitions)
    decision = decide_parts(decision, left, right, context, reading.parts, stated.parts)
    if conditions and decision.verdict is Verdict.PROVED:
        where = ", ".join(map(plain, conditions))
        reason = f"the formula was derived for {where} only"
        decision = replace(decision, verdict=Verdict.UNDECIDED, proof=None, reason=reason)
    lost = _infinite((*stated.parts, *reading.parts), context)
    if lost is not None:
        reason = f"{lost} is infinite, and not the whole of it"
        decision = Decision(Verdict.UNDECIDED, reason=reason, question=decision.question)
    elif closed is None and decision.verdict is Verdict.UNDECIDED:
        decision = replace(decision, reason=derivation.reason)
    judgement = Judgement(decision, reading, derivation.conditions)
    found = decision.counterexample
    if found is None or found.right != "undefined":
        return judgement
    part = decide_on_part(left, right, context, definitions)
    if part is None:
        return judgement
    proved, condition = part
    note = f"where {condition} does not hold the formula has no value, and the statement has one"
    return Judgement(proved, reading, (*derivation.conditions, condition), (note,))


def _ordered(
    reading: FormulaReading, derivation: Derivation, context: Context, stated: FormulaReading
) -> Judgement:
    """The judgement on an inequality, by what holds for all distributions or by closed forms."""
    backwards, strict = reading.sign in (">=", ">"), reading.sign in ("<", ">")
    smaller, larger = (reading.expr, stated.expr) if backwards else (stated.expr, reading.expr)
    decision = None if strict else ordered_whatever(smaller, larger, derivation.context)
    conditions: tuple[Any, ...] = ()
    if decision is None:
        closed, defined = derivation.closed_form, derivation.definition
        left = defined if closed is None else closed
        right, more, meant = _derived(reading.expr, context)
        conditions = tuple(dict.fromkeys((*derivation.conditions, *more)))
        of_left = None if closed is None or not has_means(defined) else defined
        smaller, larger = (right, left) if backwards else (left, right)
        definitions = (meant, of_left) if backwards else (of_left, meant)
        inside = context.assume(*more)
        decision = decide_order(smaller, larger, inside, strict=strict, definitions=definitions)
        if decision.verdict is Verdict.UNDECIDED and closed is None and derivation.reason:
            decision = replace(decision, reason=derivation.reason)
    parts = (*stated.parts, *reading.parts)
    doubtful = [part for part in parts if not has_means(part) and not context.real(part)]
    lost = _infinite(parts, context) or (doubtful[0] if doubtful else None)
    if lost is not None and decision.verdict is not Verdict.REFUTED:
        reason = f"{lost} cancels, and may have no finite value"
        decision = Decision(Verdict.UNDECIDED, reason=reason, question=decision.question)
    return Judgement(turned(decision) if backwards else decision, reading, conditions)


def _derived(value: Any, context: Context) -> tuple[Any, tuple[Any, ...], Any]:
    """A formula without divergences and means, under which conditions, and its definition."""
    if not (has_means(value) or value.has(sympy.Integral, sympy.Sum)):
        return value, (), None
    derivation = derive_closed_form(value, context)
    closed, defined = derivation.closed_form, derivation.definition
    if closed is None:
        return defined, derivation.conditions, None
    return closed, derivation.conditions, defined


def _infinite(parts: tuple[Any, ...], context: Context) -> Any:
    """A divergence or a mean that cancelled, though it may be infinite; None if there is none."""
    for part in parts:
        if has_means(part):
            derivation = derive_closed_form(part, context)
            if derivation.infinite or derivation.closed_form is None or derivation.conditions:
                return part
    return None


def tolerance_of(formula: Formula) -> Any:
    """Half a unit of the last digit, if the formula is a decimal standing alone."""
    return _half_unit(formula.readings[0])


def _half_unit(reading: FormulaReading) -> Any:
    tree = reading.tree
    number = tree.operand if isinstance(tree, Negative) else tree
    if not isinstance(number, Number) or "." not in number.text:
        return None
    mantissa, _, exponent = number.text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return sympy.Rational(1, 2) * sympy.Rational(10) ** (int(exponent or 0) - decimals)
