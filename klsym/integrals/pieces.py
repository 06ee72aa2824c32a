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

from klsym.canonical import cancelled, factored, replaced, sum_of
from klsym.domain import Context
from klsym.integrals.kernel import Kernel, Part
from klsym.integrals.logarithm import expand_log
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand, affine, expand, kink, separate


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
        for absolute in statistic.atoms(sympy.Abs):
            centre = kink(absolute, x)
            if centre is not None:
                found[centre] = None
        sides = [(r.lhs, r.rhs) for r in statistic.atoms(Relational)]
        sides += [m.args for m in statistic.atoms(sympy.Min, sympy.Max) if len(m.args) == 2]
        for left, right in sides:
            slope, shift = affine(sympy.expand(left - right), x)
            if slope is not None:
                found[cancelled(-shift / slope)] = None
    return found


def split_at(point: Expr, integrand: Integrand) -> Kernel | None:
    """The kernel over the two sides of a point, if it lies inside and both sides are known."""
    from klsym.integrals.moments import recognise as known

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
        carrier = sum_of(*(c * on_side(t, inside) for t, c in integrand.carrier.items()))
        statistics = expand(separate(carrier, x), x)
        piece = replace(integrand, lower=lower, upper=upper, statistics=statistics, context=inside)
        kernel = known(piece)
        if kernel is None:
            return None
        parts.append(Part(kernel, _carrier(inside)))
    conditions = tuple(dict.fromkeys(c for part in parts for c in part.kernel.conditions))
    return Kernel(RULE.name, integrand, S.Zero, {}, conditions=conditions, parts=tuple(parts))


def _carrier(inside: Context) -> Any:
    return lambda statistic: (on_side(statistic, inside),)


def on_side(statistic: Expr, inside: Context) -> Any:
    """A statistic where the context decides its cases and the signs of what it takes |..| of."""
    if not statistic.has(sympy.Piecewise, sympy.Abs, sympy.Min, sympy.Max):
        return statistic
    chosen = {p: _branch(p, inside) for p in statistic.atoms(sympy.Piecewise)}
    for extreme in statistic.atoms(sympy.Min, sympy.Max):
        chosen[extreme] = _extreme(extreme, inside)
    plain = replaced(statistic, chosen)
    signs = {a: inside.sign(a.args[0]) for a in plain.atoms(sympy.Abs)}
    plain = replaced(plain, {a: sign * a.args[0] for a, sign in signs.items() if sign is not None})
    logs = {a: expand_log(sympy.together(a.args[0]), inside) for a in plain.atoms(sympy.log)}
    return replaced(plain, logs)


def _branch(cases: Expr, inside: Context) -> Expr:
    for value, condition in cases.args:
        holds = True if condition == S.true else inside.holds(condition)
        if holds is True:
            return value
        if holds is None:
            return cases
    return cases


def _extreme(extreme: Expr, inside: Context) -> Expr:
    """The argument that a minimum or a maximum of two takes on a side of their crossing."""
    if len(extreme.args) != 2:
        return extreme
    left, right = extreme.args
    larger = inside.sign(left - right)
    if larger is None and (left - right).is_rational_function():
        larger = inside.sign(factored(left - right))
    if larger is None:
        return extreme
    return left if (larger >= 0) == isinstance(extreme, sympy.Max) else right


RULE = Rule("pieces", "split between the kinks", recognise, rank=2)
