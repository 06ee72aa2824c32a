"""Change of variable by a shift or a reflection: u = x - m or u = m - x.

integral of f(x) over (a, b) = integral of f(m + u) over (a - m, b - m)

where m is an end of the support, or a point outside it at which a logarithm has its zero.

>>> from klsym import derive
>>> print(derive("E(p, x)", let=["p(x) = (x - m)*exp(m - x) on (m, oo)", "m real"]))
m + 2

Reference: the substitution rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy
from sympy import Expr, Symbol, log

from klsym.canonical import cancelled, replaced
from klsym.integrals.change import changed
from klsym.integrals.integrand import Integrand, between_ends
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import affine, expand

U = sympy.Dummy("v", positive=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel over the distance from an end, or from the zero of a logarithm."""
    if integrand.discrete or integrand.by_cases or RULE.name in integrand.changes:
        return None
    # From the left first, whatever the order of the logarithms.
    for origin, sign in sorted(dict.fromkeys(_origins(integrand)), key=lambda o: -o[1]):
        kernel = _about(integrand, origin, sign)
        if kernel is not None:
            return kernel
    return None


def _origins(integrand: Integrand) -> Iterator[tuple[Expr, int]]:
    lower, upper, x = integrand.lower, integrand.upper, integrand.variate
    for statistic in integrand.carrier:
        if not isinstance(statistic, log):
            continue
        slope, shift = affine(statistic.args[0], x)
        if slope is not None and shift != 0:
            zero = cancelled(-shift / slope)
            if integrand.context.nonnegative(lower - zero):
                yield zero, 1
            elif integrand.context.nonnegative(zero - upper):
                yield zero, -1
    if lower.is_infinite is not True and lower != 0:
        yield lower, 1
    if upper.is_infinite is not True and lower.is_infinite:
        yield upper, -1


def _about(integrand: Integrand, origin: Expr, sign: int) -> Kernel | None:
    x = integrand.variate

    def carry(statistic: Expr) -> tuple[Expr, ...]:
        return (_moved(statistic, x, origin + sign * U),)

    statistics = expand({carry(t)[0]: c for t, c in integrand.carrier.items()}, U)
    ends = [sympy.expand(sign * (end - origin)) for end in (integrand.lower, integrand.upper)]
    lower, upper = ends if sign == 1 else ends[::-1]
    inside = between_ends(U, lower, upper, integrand.context)
    inner = replace(
        integrand, variate=U, lower=lower, upper=upper, statistics=statistics, context=inside
    )
    return changed(RULE, integrand, inner, carry)


def _moved(statistic: Expr, x: Symbol, place: Expr) -> Expr:
    """A statistic at another place; logs and absolute values are put in order."""
    return replaced(statistic, {x: place}).replace(
        lambda node: isinstance(node, (log, sympy.Abs)) and node.has(U),
        lambda node: node.func(sympy.expand(node.args[0])),
    )


RULE = Rule("affine-change", "change of variable u = x - m", recognise, rank=1)
