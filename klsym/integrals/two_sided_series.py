"""Two-sided geometric series: the sum over all integers of a power of |x|.

sum of r**|x| * z**x over all integers x = 1/(1 - r*z) + (r/z)/(1 - r/z),  r*z < 1 and r/z < 1

The means of |x| and of x, and the variance of x, follow by differentiation in log(r) and log(z).

>>> from klsym import derive
>>> print(derive("E(DiscreteLaplace(p), abs(x))"))
2*p/(1 - p**2)

Reference: Inusah and Kozubowski (2006), A discrete analogue of the Laplace distribution.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, exp, log

from klsym.integrals.conditions import less
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

T = Symbol("t", negative=True)
U = Symbol("u", real=True)
LOG_NORMALISER = log(1 / (1 - exp(T + U)) + exp(T - U) / (1 - exp(T - U)))


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t |x| + u x`` on all integers."""
    x, carrier = integrand.variate, integrand.carrier
    ends = (integrand.lower, integrand.upper)
    if not integrand.discrete or ends != (S.NegativeInfinity, S.Infinity):
        return None
    distance: Expr = sympy.Abs(x)
    if distance not in carrier or not carrier.keys() <= {distance, x}:
        return None
    decay, tilt = carrier[distance], carrier.get(x, S.Zero)
    conditions = (less(exp(decay + tilt), S.One), less(exp(decay - tilt), S.One))
    return Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {T: decay, U: tilt},
        {distance: (T, 1), x: (U, 1)},
        conditions,
    )


RULE = Rule("two-sided-series", "two-sided geometric series", recognise)
