"""Certified sums over integers: the terms up to a cut as balls, and a bound of all the rest."""

from __future__ import annotations

import sympy
from flint import arb, fmpq
from sympy import Expr, Symbol

from klsym.numerics import integrand as forms
from klsym.numerics.balls import BallFunction, compile_balls, constant, exact
from klsym.numerics.germs import Number
from klsym.numerics.quadrature import NEAREST
from klsym.numerics.straightline import Unsupported
from klsym.numerics.tails import End, cut

MOST_TERMS = 300_000
"""A sum of more terms takes too long."""


def enclose_sum(
    density: Expr, function: Expr, variable: Symbol, lower: Expr, upper: Expr, tolerance: arb
) -> arb:
    """A ball around the sum of ``density*function`` over the integers from lower to upper.

    The expressions hold no symbol but ``variable``, the ends are integers or infinite.  Raises
    `Unsupported` where a tail cannot be bounded, often because the sum diverges, or a term has
    no value.
    """
    k = Symbol("k", real=True, nonnegative=lower.is_nonnegative or None)
    before = [part.xreplace({variable: k}) for part in (density, function)]
    factors = [before[0], forms.collected(forms.split(before[1]))]
    if factors[1] == 0:
        return arb(0)
    terms = compile_balls(sympy.Mul(*factors), (k,))
    _compare(compile_balls(sympy.Mul(*before), (k,)), terms, lower, upper)
    total, marks = arb(0), []
    for side, bound in ((-1, lower), (1, upper)):
        if not bound.is_infinite:
            if not bound.is_Integer:
                raise Unsupported(f"the end {bound} of a sum is no integer")
            marks.append(int(bound))
            continue
        end = End(side)
        nearest, settled = _settled(factors, k, side, upper if side < 0 else lower)
        far, rest = cut(
            settled,
            k,
            end,
            tolerance / 4,
            lambda value: _size(terms, value),
            nearest=nearest,
            discrete=True,
        )
        total += arb(0, rest)
        marks.append(side * (int(far.p) - 1))
    first, last = marks
    if last - first >= MOST_TERMS:
        raise Unsupported(f"a sum of {last - first + 1} terms")
    for at in range(first, last + 1):
        value = terms.evaluate_real((fmpq(at),))
        if value is None:
            raise Unsupported(f"the term at {variable} = {at} has no value")
        total += value
    return total


def _settled(factors: list[Expr], k: Symbol, side: int, other: Expr) -> tuple[fmpq, list[Expr]]:
    """From which y on no kink is left, and the form the factors have from there on."""
    places = [constant(place) for factor in factors for place in forms.kinks(factor, k)]
    if not other.is_infinite:
        places.append(constant(other))
    reach = max([0, *(int(abs(float(place.mid()))) + 1 for place in places)])
    sample = sympy.Integer(side * (reach + 2))
    return max(NEAREST, fmpq(reach + 1)), [forms.resolve(part, k, sample) for part in factors]


def _size(terms: BallFunction, value: Number) -> arb:
    result = terms.evaluate_real((value,))
    return arb("nan") if result is None else result


def _compare(before: BallFunction, after: BallFunction, lower: Expr, upper: Expr) -> None:
    """Both forms of a term at three places: a guard against a slip in rewriting."""
    start = exact(lower) if lower.is_Integer else exact(upper) - 5 if upper.is_Integer else fmpq(0)
    for step in (0, 1, 3):
        at = (start + step,)
        if upper.is_Integer and at[0] > exact(upper):
            return
        old, new = before.evaluate_real(at), after.evaluate_real(at)
        if old is None or new is None or not old.overlaps(new):
            raise Unsupported(f"the terms of a sum have no one real form at {at[0]}")
