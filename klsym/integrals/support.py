"""Supports: a divergence is infinite where p has mass and q has none.

log(p(x)/q(x)) is infinite wherever p(x) > 0 = q(x), so KL(p || q) is finite only if the support of
p lies within that of q.  Where the ends depend on parameters, the inequalities between them are
conditions of the closed form.  An integrand that is finite there, such as sqrt(q(x)/p(x)), has
that value outside the support of q, and is integrated over the part the two supports share.

>>> from klsym import derive
>>> derive("KL(Exponential(a) || Uniform(0, 1))").reason
'p(x) > 0 = q(x) for x > 1: the support of p is not within that of q'

Reference: Kullback and Leibler (1951), section 2: absolute continuity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Dummy, Expr, LessThan, S

from klsym.canonical import goes_both_ways, product_of, replaced, sum_of
from klsym.density import Density, Mixture, Support
from klsym.domain import Context
from klsym.expectation import DensityAt
from klsym.integrals.rule import Rule

RULE = Rule("support", "the support of p must lie within that of q")

FINE = 1 << 20
"""The denominator of a place that stands for an irrational one."""
PARTS_OF_SUPPORT = tuple(sympy.Rational(k, 64) for k in (1, 5, 16, 27, 32, 37, 48, 59, 63))


@dataclass(frozen=True)
class Nesting:
    """Whether one support lies within another.

    ``outside`` says where it does not, if that is certain; ``conditions`` are what must hold if
    it depends on parameters.
    """

    conditions: tuple[Any, ...] = ()
    outside: str | None = None


def nesting(p: Density | Mixture, q: Density | Mixture, context: Context) -> Nesting:
    """How the support of p lies to that of q."""
    if p.support.discrete != q.support.discrete:
        kinds = ("discrete", "continuous") if p.support.discrete else ("continuous", "discrete")
        return Nesting(outside=f"{p.name} is {kinds[0]} and {q.name} is {kinds[1]}")
    conditions: list[Any] = []
    ends = (
        (q.support.lower, p.support.lower, q.support.lower, "<"),
        (p.support.upper, q.support.upper, q.support.upper, ">"),
    )
    for small, large, end, side in ends:
        within = _at_most(small, large, context)
        if within is False:
            place = f"{p.variate} {side} {end}"
            return Nesting(
                outside=f"{p.name}({p.variate}) > 0 = {q.name}({p.variate}) for {place}: "
                f"the support of {p.name} is not within that of {q.name}"
            )
        if within is None:
            conditions.append(_relation(small, large))
    for hole in sorted(holes(q) - holes(p), key=str):
        if context.holds(p.support.lower <= hole) and context.holds(hole <= p.support.upper):
            return Nesting(
                outside=f"{p.name}({p.variate}) > 0 = {q.name}({p.variate}) for "
                f"{p.variate} = {hole}: the support of {p.name} is not within that of {q.name}"
            )
    return Nesting(tuple(conditions))


def holes(density: Density | Mixture) -> set[Any]:
    """The points between the ends at which a density by cases is zero."""
    cases = density.expression
    if not isinstance(cases, sympy.Piecewise):
        return set()
    return {
        condition.rhs
        for value, condition in cases.args
        if value == 0 and isinstance(condition, sympy.Eq)
    }


def _at_most(small: Expr, large: Expr, context: Context) -> bool | None:
    if small == large or small is S.NegativeInfinity or large is S.Infinity:
        return True
    if large is S.NegativeInfinity or small is S.Infinity:
        return False
    known = context.holds(LessThan(small, large, evaluate=False))
    if known is not None:
        return known
    relation = _relation(small, large)
    return bool(relation) if relation in (S.true, S.false) else None


def _relation(small: Expr, large: Expr) -> Any:
    """``small <= large``; sympy is not asked where the letters let either be the larger."""
    if small.is_Symbol and goes_both_ways(sum_of(large, product_of(S.NegativeOne, small))):
        return LessThan(small, large, evaluate=False)
    return small <= large


def value_outside(integrand: Expr, letter: DensityAt, context: Context) -> Any:
    """What an integrand over densities becomes where one of them is zero; None if unknown."""
    if isinstance(integrand, sympy.log):
        power = integrand.args[0].as_powers_dict().get(letter, S.Zero)
        if power.is_Rational and power and not (integrand.args[0] / letter**power).has(letter):
            return S.NegativeInfinity if power > 0 else S.Infinity
    others = integrand.atoms(DensityAt) - {letter}
    vanishing = Dummy("density", positive=True)
    stand_ins = {other: Dummy("other", positive=True) for other in others}
    expr = replaced(integrand, {letter: vanishing, **stand_ins})
    value = replaced(expr, {vanishing: S.Zero})
    infinite = (S.NaN, S.ComplexInfinity, S.Infinity, S.NegativeInfinity)
    if not value.has(*infinite) and not any(p.base == 0 for p in value.atoms(sympy.Pow)):
        return replaced(value, _inverse(stand_ins))
    if not any(p.exp.free_symbols for p in expr.atoms(sympy.Pow)):
        value = sympy.limit(expr, vanishing, 0, "+")
        return None if value.has(vanishing, sympy.Limit) else replaced(value, _inverse(stand_ins))
    exponent = sympy.expand_power_base(expr).as_powers_dict()
    power = sum((e for b, e in exponent.items() if b == vanishing), S.Zero)
    if (expr / vanishing**power).simplify().has(vanishing):
        return None
    sign = context.sign(power)
    return S.Zero if sign == 1 else S.Infinity if sign == -1 else None


def _inverse(names: dict[Any, Any]) -> dict[Any, Any]:
    return {value: key for key, value in names.items()}


def overlap(p: Density | Mixture, q: Density | Mixture, context: Context) -> Support | None:
    """The part that two supports share, or None if that depends on parameters."""
    lower = _larger(p.support.lower, q.support.lower, context)
    upper = _larger(-p.support.upper, -q.support.upper, context)
    if lower is None or upper is None:
        return None
    return Support(lower, -upper, p.support.discrete)


def _larger(left: Expr, right: Expr, context: Context) -> Any:
    if _at_most(left, right, context):
        return right
    return left if _at_most(right, left, context) else None


def places(support: Support, point: Mapping[Any, Any]) -> Iterator[Any]:
    """A few exact places inside the support."""
    lower, upper = (end.xreplace(point) for end in (support.lower, support.upper))
    for part in PARTS_OF_SUPPORT:
        if lower.is_finite and upper.is_finite:
            place = lower + (upper - lower) * part
        elif lower.is_finite or upper.is_finite:
            distance = part / (1 - part)
            place = lower + distance if lower.is_finite else upper - distance
        else:
            place = (2 * part - 1) / (part * (1 - part))
        place = sympy.floor(place) if support.discrete else place
        if not place.is_Rational and place.is_real:
            # The ends may be closer together than eighths are.
            near = (sympy.Rational(int(place.evalf(30) * parts), parts) for parts in (8, FINE))
            place = next((n for n in near if lower < n and n < upper), place)
        if place.is_Rational:
            yield place
