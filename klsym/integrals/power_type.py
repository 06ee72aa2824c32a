"""Integral of a power over an interval of the positive half-line.

integral of x**(s - 1) over (a, b) = (b**s - a**s)/s,  for s != 0
integral of x**(s - 1) over (m, oo) = m**s/(-s),  for s < 0;  over (0, b) = b**s/s,  for s > 0

The mean of log(x) follows by differentiation in s, that of x**k by s -> s + k.

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

from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand

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
    if carrier.keys() != {log(x)} or not integrand.on_positive:
        return None
    shape = sympy.expand(carrier[log(x)] + 1)

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        if shape == 0 or statistic not in (1, log(x)):
            return None
        weights = [S.Zero if end in (0, S.Infinity) else end**shape / shape for end in (low, high)]
        if statistic == log(x):
            factors = [log(end) - 1 / shape for end in (low, high)]
            weights = [w * f if w != 0 else w for w, f in zip(weights, factors, strict=True)]
        return weights[1] - weights[0]

    form: Expr = BOUNDED
    conditions: tuple[Any, ...] = ()
    if lower == 0 and upper is S.Infinity:
        conditions = (S.false,)
    elif upper is S.Infinity:
        form, conditions = RIGHT, (shape < 0,)
    elif lower == 0:
        form, conditions = LEFT, (shape > 0,)
    elif shape == 0:
        return None
    return Kernel(
        RULE.name,
        integrand,
        form,
        {SHAPE: shape, A: lower, B: upper},
        {log(x): (SHAPE, 1)},
        conditions,
        between=between,
    )


RULE = Rule("power-type", "integral of a power between the ends", recognise)
