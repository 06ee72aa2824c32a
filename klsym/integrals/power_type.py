"""Integral of a power over an interval of the positive half-line.

integral of x**(s - 1) over (a, b) = (b**s - a**s)/s,  for s != 0
integral of x**(s - 1) over (m, oo) = m**s/(-s),  for s < 0;  over (0, b) = b**s/s,  for s > 0

The mean of log(x) follows by differentiation in s, that of x**k by s -> s + k; over (0, b)

E[log(k*(b**c - x**c))] = log(k*b**c) - digamma(s/c + 1) - EulerGamma,  for c > 0

>>> from klsym import derive
>>> result = derive("E(p, x)", let=["p(x) = a*m**a*x**(-a - 1) on (m, oo)"])
>>> result.closed_form, result.conditions
(a*m/(a - 1), (a > 1,))

Reference: the fundamental theorem of calculus.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, S, Symbol, log

from klsym.canonical import cancelled, power_of, product_of, sum_of
from klsym.integrals.conditions import less, positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.polynomial import by_parts
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import two_terms

SHAPE = Symbol("s", real=True)
A, B = (Symbol(name, positive=True) for name in ("a", "b"))
BOUNDED = log((B**SHAPE - A**SHAPE) / SHAPE)
RIGHT, LEFT = SHAPE * log(A) - log(-SHAPE), SHAPE * log(B) - log(SHAPE)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x)`` on an interval of positive numbers."""
    x, carrier, lower, upper = (
        integrand.variate,
        integrand.carrier,
        integrand.lower,
        integrand.upper,
    )
    if carrier.keys() != {integrand.log} or not integrand.on_positive:
        return None
    shape = integrand.shape

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        if shape == 0 or statistic not in (1, integrand.log):
            return None
        inverse = power_of(shape, S.NegativeOne)
        weights = [
            S.Zero if end in (0, S.Infinity) else product_of(power_of(end, shape), inverse)
            for end in (low, high)
        ]
        if statistic == integrand.log:
            factors = [sum_of(log(end), product_of(-1, inverse)) for end in (low, high)]
            weights = [product_of(w, f) for w, f in zip(weights, factors, strict=True)]
        return sum_of(weights[1], product_of(-1, weights[0]))

    def other_mean(statistic: Expr) -> Expr | None:
        value = log_to_the_end(statistic) if isinstance(statistic, log) and lower == 0 else None
        if value is None and shape.is_Integer and shape > 0 and upper.is_finite:
            weight = sympy.Poly(x ** (shape - 1), x)
            part = by_parts(weight, statistic, lower, upper, integrand)
            total = between(S.One, lower, upper)
            value = part / total if part is not None and total is not None else None
        return value

    def log_to_the_end(statistic: Expr) -> Expr | None:
        if upper is S.Infinity:
            return None
        scale, slope, monomial = two_terms(statistic.args[0], x)
        if scale is None or isinstance(monomial, sympy.exp):
            return None
        power = monomial.as_base_exp()[1]
        if integrand.context.sign(power) != 1 or cancelled(scale + slope * upper**power) != 0:
            return None
        return log(scale) - sympy.digamma(shape / power + 1) - sympy.EulerGamma

    form: Expr = BOUNDED
    conditions: tuple[Any, ...] = ()
    if lower == 0 and upper is S.Infinity:
        conditions = (S.false,)
    elif upper is S.Infinity:
        form, conditions = RIGHT, (less(shape, S.Zero),)
    elif lower == 0:
        form, conditions = LEFT, (positive(shape),)
    elif shape == 0:
        return None
    return Kernel(
        RULE.name,
        integrand,
        form,
        {SHAPE: shape, A: lower, B: upper},
        {integrand.log: (SHAPE, 1)},
        conditions,
        other_mean,
        between,
    )


RULE = Rule("power-type", "integral of a power between the ends", recognise)
