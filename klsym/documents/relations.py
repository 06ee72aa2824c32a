r"""Relations other than ``=``: ``\leq``, ``\approx``, ``\propto``, and equal optima.

An inequality is decided by the sign of the difference, or because it says that a divergence is not
negative.  ``\approx`` is compared to the digits printed.  Two sides are proportional where their
ratio is free of the variate.  Rows of ``\arg\min`` are equal as optima where they differ by a
constant and a positive factor; that they do so says nothing against them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy

from klsym.documents.comparison import (
    Comparison,
    close,
    compare,
)
from klsym.domain import Context
from klsym.equality.decide import decide
from klsym.equality.order import BY_SIGN, decide_order, turned
from klsym.equality.prove import prove
from klsym.gibbs import ordered_whatever
from klsym.verdict import Decision, Proof, Verdict

BY_RATIO = "the ratio is free of the variate"
BY_OPTIMUM = "equal up to a constant and a positive factor"
ORDERS = {"<=": (False, False), "<": (False, True), ">=": (True, False), ">": (True, True)}
"""Whether the sides are turned, and whether they may not be equal."""


def compare_related(
    left: Any, right: Any, sign: str, context: Context, tolerance: Any, variable: Any = None
) -> Comparison:
    """The decision on two values with a relation between them that is not ``=``.

    ``tolerance`` is half a unit of the last digit printed, ``variable`` the variate.
    """
    if sign in ORDERS:
        backwards, strict = ORDERS[sign]
        smaller, larger = (right, left) if backwards else (left, right)
        found = _ordered(smaller, larger, context, strict=strict)
        return _swapped(found) if backwards else found
    if sign == "approx" and tolerance is not None:
        return compare(left, right, context, 2 * tolerance)
    if sign == "propto" and variable is not None:
        return _proportional(left, right, context, variable)
    if sign == "!=":
        return _different(left, right, context)
    return Comparison(Decision(Verdict.UNDECIDED, reason="nothing is printed to compare it with"))


def whatever(left: Any, right: Any, sign: str, context: Context) -> Decision | None:
    """The proof of an inequality for all distributions: it says a divergence is not negative."""
    if sign not in ("<=", ">="):
        return None
    larger, smaller = (right, left) if sign == "<=" else (left, right)
    return ordered_whatever(smaller, larger, context)


def same_optimum(left: Any, right: Any, letters: set[Any], context: Context) -> Comparison:
    """Whether two functions have their optima at the same values of some letters."""
    first, second = close(left, context), close(right, context)
    undecided = Decision(Verdict.UNDECIDED, reason="the two may have the same optimum")
    if first.value is None or second.value is None or not letters:
        return Comparison(undecided)
    factors = []
    for letter in letters:
        one, other = (sympy.together(side.value.diff(letter)) for side in (first, second))
        if isinstance(prove(one, other, context), Proof):
            factors.append(sympy.S.One)
        elif other != 0:
            factors.append(sympy.cancel(one / other))
    constant = factors[0] if factors else None
    if constant is None or any(f != constant for f in factors):
        return Comparison(undecided)
    if constant.free_symbols & letters or context.sign(constant) != 1:
        return Comparison(undecided)
    conditions = tuple(dict.fromkeys((*first.conditions, *second.conditions)))
    return Comparison(Decision(Verdict.PROVED, proof=Proof((BY_OPTIMUM,))), conditions)


def _ordered(smaller: Any, larger: Any, context: Context, *, strict: bool) -> Comparison:
    decision = None if strict else ordered_whatever(smaller, larger, context)
    if decision is not None:
        return Comparison(decision)
    a, b = close(smaller, context), close(larger, context)
    for side in (a, b):
        if side.value is None:
            return Comparison(Decision(Verdict.UNDECIDED, reason=side.reason))
    conditions = tuple(dict.fromkeys((*a.conditions, *b.conditions)))
    definitions = (a.definition, b.definition)
    inside = context.assume(*conditions)
    decision = decide_order(a.value, b.value, inside, strict=strict, definitions=definitions)
    return Comparison(decision, conditions)


def _proportional(left: Any, right: Any, context: Context, variable: Any) -> Comparison:
    a, b = close(left, context), close(right, context)
    if a.value is None or b.value is None:
        return Comparison(Decision(Verdict.UNDECIDED, reason=a.reason or b.reason))
    ratio = a.value / b.value
    if any(s.name == variable.name and s != variable for s in ratio.free_symbols):
        return Comparison(Decision(Verdict.UNDECIDED, reason=f"{variable} has two meanings here"))
    slope = sympy.log(ratio).diff(variable)
    if slope == 0 or isinstance(prove(slope, sympy.S.Zero, context), Proof):
        return Comparison(Decision(Verdict.PROVED, proof=Proof((BY_RATIO,))))
    domain = context.domains[variable.name]
    other = context.declare(f"{variable.name}_other", domain)
    moved = ratio.xreplace({variable: other.symbol(f"{variable.name}_other")})
    decision = decide(ratio, moved, other)
    if decision.verdict is Verdict.REFUTED:
        told = f"the ratio of the two depends on {variable}: these are two values of it"
        return Comparison(replace(decision, reason=told))
    reason = "whether the ratio depends on the variate is not known"
    return Comparison(Decision(Verdict.UNDECIDED, reason=reason))


def _different(left: Any, right: Any, context: Context) -> Comparison:
    found = compare(left, right, context)
    match found.decision.verdict:
        case Verdict.PROVED:
            decision = Decision(Verdict.REFUTED, reason="the two are equal")
        case Verdict.REFUTED:
            decision = Decision(Verdict.PROVED, proof=Proof((BY_SIGN,)))
        case _:
            decision = Decision(Verdict.UNDECIDED, reason="the two may be equal")
    return Comparison(decision, found.conditions)


def _swapped(found: Comparison) -> Comparison:
    """A decision about ``right <= left`` as one about ``left >= right``."""
    return Comparison(turned(found.decision), found.conditions)
