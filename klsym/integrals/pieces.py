"""Splitting into pieces: an integral is the sum of the integrals between the kinks.

E_p[T(x)] = P(x < c)*E[T | x < c] + P(x > c)*E[T | x > c]

for a density that is written differently on the two sides of c.

>>> from klsym import derive
>>> print(derive("E(Triangular(a, b, c), x)"))
a/3 + b/3 + c/3

Reference: additivity of the integral.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sympy
from sympy import Expr, S, Symbol
from sympy.core.relational import Relational

from klsym.canonical import (
    cancelled,
    counted,
    factored,
    has_any,
    parts_of,
    power_of,
    product_of,
    replaced,
    sum_of,
)
from klsym.domain import Context
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel, Part
from klsym.integrals.logarithm import expand_log
from klsym.integrals.recognition import recognise as known
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, expand, kink, separate


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel on both sides of a kink inside the support."""
    if integrand.discrete:
        return None
    for point in breaks(integrand.carrier, integrand.variate):
        kernel = split_at(point, integrand)
        if kernel is not None:
            return kernel
    return None


def breaks(statistics: Iterable[Expr], x: Symbol) -> dict[Expr, None]:
    """The points at which an absolute value or a case distinction changes."""
    found: dict[Expr, None] = {}
    for statistic in statistics:
        for absolute in parts_of(statistic, sympy.Abs):
            centre = kink(absolute, x)
            if centre is not None:
                found[centre] = None
        sides = [(r.lhs, r.rhs) for r in parts_of(statistic, Relational)]
        sides += [m.args for m in parts_of(statistic, sympy.Min, sympy.Max) if len(m.args) == 2]
        for left, right in sides:
            slope, shift = affine(sum_of(left, product_of(-1, right)), x)
            if slope is not None:
                found[cancelled(product_of(-1, shift, power_of(slope, S.NegativeOne)))] = None
    return found


def split_at(point: Expr, integrand: Integrand) -> Kernel | None:
    """The kernel over the two sides of a point, if it lies inside and both sides are known."""
    x, context = integrand.variate, integrand.context
    if context.holds(point > integrand.lower) is not True:
        return None
    if context.holds(point < integrand.upper) is not True:
        return None
    if context.holds(integrand.lower < integrand.upper) is not True:
        context = context.assume(integrand.lower < integrand.upper)
    parts = []
    for lower, upper, side in (
        (integrand.lower, point, x < point),
        (point, integrand.upper, x > point),
    ):
        inside = context.assume(side)
        carrier = sum_of(
            *(product_of(c, on_side(t, x, inside)) for t, c in integrand.carrier.items())
        )
        statistics = expand(separate(carrier, x), x)
        piece = replace(integrand, lower=lower, upper=upper, statistics=statistics, context=inside)
        kernel = known(piece)
        if kernel is None:
            return None
        parts.append(Part(kernel, _carrier(x, inside)))
    conditions = tuple(dict.fromkeys(c for part in parts for c in part.kernel.conditions))
    return Kernel(RULE.name, integrand, S.Zero, {}, conditions=conditions, parts=tuple(parts))


def _carrier(x: Symbol, inside: Context) -> Any:
    return lambda statistic: (on_side(statistic, x, inside),)


def on_side(statistic: Expr, x: Symbol, inside: Context) -> Any:
    """A statistic where the context decides its cases and the signs of what it takes |..| of."""
    if not has_any(statistic, sympy.Piecewise, sympy.Abs, sympy.Min, sympy.Max):
        return statistic
    chosen = {p: _branch(p, inside) for p in parts_of(statistic, sympy.Piecewise)}
    for extreme in parts_of(statistic, sympy.Min, sympy.Max):
        chosen[extreme] = _extreme(extreme, x, inside)
    plain = replaced(statistic, chosen)
    signs = {a: inside.sign(a.args[0]) for a in parts_of(plain, sympy.Abs)}
    plain = replaced(
        plain, {a: product_of(s, a.args[0]) for a, s in signs.items() if s is not None}
    )
    logs = {a: expand_log(_over_one_line(a.args[0]), inside) for a in parts_of(plain, sympy.log)}
    return replaced(plain, logs)


def _branch(cases: Expr, inside: Context) -> Expr:
    for value, condition in cases.args:
        holds = True if condition == S.true else inside.holds(condition)
        if holds is True:
            return value
        if holds is None:
            return cases
    return cases


def _over_one_line(expr: Expr) -> Any:
    """An expression with the sums of fractions in it over one line."""
    sums = (total for total in parts_of(expr, sympy.Add))
    return sympy.together(expr) if any(map(_has_fraction, sums)) else expr


def _has_fraction(total: Expr) -> bool:
    powers = (f for term in total.args for f in sympy.Mul.make_args(term) if f.is_Pow)
    rational = all(counted(term)[0].q == 1 for term in total.args)
    return not rational or any(power.exp.could_extract_minus_sign() for power in powers)


def _extreme(extreme: Expr, x: Symbol, inside: Context) -> Expr:
    """The argument that a minimum or a maximum of two takes on a side of their crossing."""
    if len(extreme.args) != 2:
        return extreme
    left, right = extreme.args
    difference = sum_of(left, product_of(-1, right))
    larger = _side_of_zero(difference, x, inside)
    if larger is None:
        larger = inside.sign(difference)
    if larger is None and difference.is_rational_function():
        larger = inside.sign(factored(difference))
    if larger is None:
        return extreme
    return left if (larger >= 0) == isinstance(extreme, sympy.Max) else right


def _side_of_zero(difference: Expr, x: Symbol, inside: Context) -> int | None:
    """The sign of a linear function on the side of its zero that the context is about."""
    slope, shift = affine(difference, x)
    slope_sign = None if slope is None else inside.sign(slope)
    if not slope_sign:
        return None
    zero = cancelled(product_of(-1, shift, power_of(slope, S.NegativeOne)))
    for side, relation in ((-1, x < zero), (1, x > zero)):
        if relation in inside.relations:
            return side * slope_sign
    return None


RULE = Rule("pieces", "split between the kinks", recognise, rank=2)
