"""Change of variable to the distance from a centre of symmetry: t = |x - c|.

integral of f(x) over (c - r, c + r) = 2 * integral of f(c + t) over (0, r),  if f(c + t) = f(c - t)

The mean of a power of x - c is zero if it is odd and exists, and

E|x - d| = E[max(t, |c - d|)] = (E[t] + |c - d| + E|t - |c - d||)/2

>>> from klsym import derive
>>> result = derive("E(StudentT(nu), x**2)")
>>> result.closed_form, result.conditions
(nu/(nu - 2), (nu > 2,))

Reference: the substitution rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy
from sympy import Expr, S, Symbol, log

from klsym.canonical import (
    absolute_of,
    cancelled,
    log_of,
    multiplied_out,
    power_of,
    product_of,
    replaced,
    sum_of,
)
from klsym.integrals.change import changed
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, coefficients, expand, kink

T = sympy.Dummy("t", positive=True)
HIGHEST_POWER = 12


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel over the distance from a point in which the integrand is symmetric."""
    x = integrand.variate
    if integrand.discrete or integrand.by_cases or RULE.name in integrand.changes:
        return None
    if integrand.lower.is_finite != integrand.upper.is_finite or all(
        affine(t.args[0] if isinstance(t, log) else t, x)[0] is not None for t in integrand.carrier
    ):
        return None
    for centre in dict.fromkeys(_centres(integrand)):
        right, left = (_about(integrand, centre + sign * T) for sign in (1, -1))
        if right == left:
            return _half(integrand, centre, right)
    return None


def _centres(integrand: Integrand) -> Iterator[Expr]:
    x = integrand.variate
    if integrand.lower.is_finite:
        yield (integrand.lower + integrand.upper) / 2
        return
    if not integrand.on_line:
        return
    powers = [
        product_of(c, t) for t, c in integrand.carrier.items() if t == x or t.is_Pow or t.is_Add
    ]
    yield from _centre_of(sum_of(*powers), x)
    for statistic in integrand.carrier:
        inner = statistic.as_base_exp()[0]
        if isinstance(inner, sympy.Abs):
            slope, shift = affine(inner.args[0], x)
            if slope is not None:
                yield -shift / slope
        elif isinstance(inner, log) and coefficients(inner.args[0], x) is not None:
            yield from _centre_of(inner.args[0], x)
        elif isinstance(inner, log):
            yield S.Zero


def _centre_of(expr: Expr, x: Symbol) -> Iterator[Any]:
    """The only point that a polynomial of even degree can be symmetric about."""
    powers = coefficients(expr, x)
    degree = 0 if powers is None else max(powers)
    if powers is not None and degree > 0 and degree % 2 == 0:
        high, next_ = powers[degree], powers.get(degree - 1, S.Zero)
        yield cancelled(
            product_of(sympy.Rational(-1, degree), next_, power_of(high, S.NegativeOne))
        )


def _about(integrand: Integrand, place: Expr) -> dict[Expr, Expr]:
    x = integrand.variate
    moved = {}
    for statistic, coefficient in integrand.carrier.items():
        value = replaced(statistic, {x: place}).replace(
            lambda node: isinstance(node, sympy.Abs), lambda node: _absolute(node)
        )
        moved[value] = coefficient
    return expand(moved, T)


def _absolute(node: Expr) -> Expr:
    inside = sympy.expand(node.args[0])
    slope, shift = affine(inside, T)
    return sympy.Abs(slope) * T if slope is not None and shift == 0 else sympy.Abs(inside)


def _half(integrand: Integrand, centre: Expr, statistics: dict[Expr, Expr]) -> Kernel | None:
    x = integrand.variate
    statistics[S.One] = statistics.get(S.One, S.Zero) + log_of(2)
    half = replace(
        integrand,
        variate=T,
        lower=S.Zero,
        upper=S.Infinity if integrand.on_line else sympy.expand(integrand.upper - centre),
        statistics=statistics,
    )

    def carry(statistic: Expr) -> tuple[Expr, ...] | None:
        corner = kink(statistic, x)
        if corner is not None:
            distance = absolute_of(multiplied_out(sum_of(centre, product_of(-1, corner))))
            if distance == 0:
                return (T,)
            apart = absolute_of(sum_of(T, product_of(-1, distance)))
            return (product_of(S.Half, sum_of(T, distance, apart)),)
        base, exponent = statistic.as_base_exp()
        slope, shift = affine(base, x)
        if slope is not None and exponent.is_Integer and 1 <= exponent <= HIGHEST_POWER:
            return slope**exponent * _even_part(centre + shift / slope, int(exponent)), T**exponent
        right, left = (
            sympy.expand(replaced(statistic, {x: centre + s * T}), log=False) for s in (1, -1)
        )
        return (right,) if right == left else None

    return changed(RULE, integrand, half, carry)


def _even_part(shift: Expr, exponent: int) -> Expr:
    """The even part of ``(t + shift)**exponent``."""
    powers = range(0, exponent + 1, 2)
    return sum_of(*(sympy.binomial(exponent, k) * T**k * shift ** (exponent - k) for k in powers))


RULE = Rule("even-change", "change of variable t = |x - c|, by symmetry", recognise, rank=1)
