"""Laplace integral: a two-sided exponential, tilted.

integral of exp(-a*|x - m| + t*x) over R = 2*a*exp(t*m)/(a**2 - t**2),  for |t| < a

The means of x and |x - m| follow by differentiation in t and a, and

E|x - c| = |m - c| + exp(-a*|m - c|)/a

by splitting the integral at m and c.

>>> from klsym import derive
>>> print(derive("E(Laplace(m, b), (x - c)**2)", let=["c, m real"]))
2*b**2 + (c - m)**2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 24.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, log

from klsym.canonical import exp_of
from klsym.integrals.conditions import less, positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import kink

A = Symbol("a", positive=True)
T = Symbol("t", real=True)
M = Symbol("m", real=True)
LOG_NORMALISER = log(2) + log(A) + T * M - log(A - T) - log(A + T)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``-a |x - m| + t x`` on the real line."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or integrand.lower != -S.Infinity or integrand.upper != S.Infinity:
        return None
    kinks = [t for t in carrier if isinstance(t, sympy.Abs)]
    if len(kinks) != 1 or not carrier.keys() <= {x, kinks[0]}:
        return None
    centre = kink(kinks[0], x)
    if centre is None:
        return None
    decay, tilt = -carrier[kinks[0]], carrier.get(x, S.Zero)
    if integrand.context.sign(decay) == -1:
        return None

    def absolute_mean(statistic: Expr) -> Expr | None:
        other = kink(statistic, x)
        if tilt != 0 or other is None:
            return None
        distance = sympy.Abs(centre - other)
        return distance + exp_of(-decay * distance) / decay

    conditions = (positive(decay),) if tilt == 0 else (less(tilt, decay), less(-tilt, decay))
    return Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {A: decay, T: tilt, M: centre},
        {kinks[0]: (A, -1), x: (T, 1)},
        conditions,
        absolute_mean,
    )


RULE = Rule("laplace", "two-sided exponential integral", recognise)
