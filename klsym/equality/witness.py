"""A counterexample seen a second time, in the definitions: no closed form has a say.

Where a side was derived, its means are integrated or summed at the counterexample's point, with
certified tails, and the two values must be apart there too.  If they overlap, klsym's own closed
form is wrong, and nothing is refuted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from flint import arb
from sympy import Expr, Rational

from klsym.equality.components import at_point, is_sum
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue, Expectation
from klsym.numerics.balls import Unsupported, exact, precision
from klsym.numerics.enclose import enclose
from klsym.verdict import Decision, Question, Verdict

if TYPE_CHECKING:
    from klsym.domain import Context

LEAST_DIGITS = 18
MOST_DIGITS = 120
MOST_COMPLETIONS = 2000
"""How many simple points are looked at for the parameters that a counterexample leaves open."""


def contradiction(told: str) -> Decision:
    """The decision where two paths that share nothing disagree."""
    return Decision(
        Verdict.UNDECIDED,
        reason=f"KLSYM CONTRADICTS ITSELF: {told}. "
        "This is a bug in klsym; please report the statement and the formula.",
    )


def seen_in_definitions(decision: Decision, question: Question) -> Decision:
    """The decision with its counterexample, if there is one, seen in the definitions too."""
    found = decision.counterexample
    if found is None or "oo" in (found.left, found.right, found.difference):
        return decision
    if all(definition is None for definition in question.definitions):
        means = question.left.has(Expectation) or question.right.has(Expectation)
        return replace(decision, counterexample=replace(found, defined=True if means else None))
    digits = min(max(LEAST_DIGITS, int(found.bits * 0.302)), MOST_DIGITS)
    sides = (found.left, found.right)
    values = [
        None if text == "undefined" else value_at(question, side, found.point, digits)
        for side, text in enumerate(sides)
    ]
    known = [value for value in values if value is not None]
    if "undefined" in sides:
        seen = len(known) == 1
    elif len(known) == 2:
        with precision(4 * digits):
            seen = _differ(question, known[0], known[1])
        if not seen and _narrow(known, found.difference):
            return contradiction("the closed forms differ at a point, and the integrals do not")
    else:
        seen = False
    return replace(decision, counterexample=replace(found, defined=seen))


def _narrow(values: Sequence[arb], difference: str) -> bool:
    """Whether two enclosures that overlap tell that the difference found is none."""
    try:
        gap = arb(difference)
    except ValueError:  # it is infinite, or undefined
        return True
    return bool(2 * (values[0].rad() + values[1].rad()) < abs(gap))


def _differ(question: Question, left: arb, right: arb) -> bool:
    """Whether two values are against the relation that was asked about."""
    match question.relation:
        case "<=":
            return bool(left > right)
        case "<":
            return not left < right
    return bool(abs(left - right) > arb(exact(question.tolerance or 0)))


def value_at(
    question: Question, side: int, point: Mapping[str, Rational], digits: int
) -> arb | None:
    """One side at a point, from its definition if it has one; None where it is not enclosed."""
    definition = question.definitions[side]
    expr = (question.left, question.right)[side] if definition is None else definition
    try:
        expr, values = placed(expr, question.context, _completed(expr, question.context, point))
        if expr.has(DivergenceValue):
            return None
        ball = enclose(expr, values, digits)
    except (Unsupported, KlsymError):
        return None
    return ball if ball.is_finite() else None


def _completed(expr: Expr, context: Context, point: Mapping[str, Any]) -> Mapping[str, Any]:
    """The point with values for the parameters that only the definition has."""
    missing = {s.name for s in expr.free_symbols} - point.keys()
    if not missing or is_sum(expr):
        return point
    known = {context.symbol(n): value for n, value in point.items() if n in context.domains}
    for other in islice(context.small_points(), MOST_COMPLETIONS):
        full = {**other, **known}
        if context.satisfies(full):
            return {symbol.name: value for symbol, value in full.items()}
    return point


def placed(
    expr: Expr, context: Context, point: Mapping[str, Any]
) -> tuple[Expr, dict[Any, Rational]]:
    """An expression and the values of its symbols; a sum is written out for the sizes given.

    Raises KlsymError where the sizes cannot be.
    """
    (expr,), context = written_out((expr,), context, point)
    return expr, {context.symbol(n): value for n, value in point.items() if n in context.domains}


def written_out(
    values: tuple[Expr, ...], context: Context, point: Mapping[str, Any]
) -> tuple[tuple[Expr, ...], Context]:
    """Expressions with sums written out for the sizes that a point gives, and their context.

    Raises KlsymError where the sizes cannot be.
    """
    if not is_sum(*values):
        return values, context
    named = {context.symbol(name): point[name] for name in context.domains if name in point}
    found = at_point(values, context, named)
    return found.values, found.context
