"""Geometric series.

sum of z**x over x = n, n + 1, ... = z**n/(1 - z),  for 0 < z < 1

The mean n + z/(1 - z) and the variance z/(1 - z)**2 of x follow by differentiation in log(z).

>>> from klsym import derive
>>> print(derive("E(Geometric(c), (x + 1))"))
1/c

Reference: any text on power series.
"""

from __future__ import annotations

from sympy import S, Symbol, log

from klsym.canonical import exp_of
from klsym.integrals.conditions import less
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

T = Symbol("t", negative=True)
N = Symbol("n", integer=True)
LOG_NORMALISER = N * T - log(1 - exp_of(T))


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t x`` on the integers from n."""
    x, carrier, start = integrand.variate, integrand.carrier, integrand.lower
    if not integrand.discrete or integrand.upper != S.Infinity or not start.is_finite:
        return None
    if carrier.keys() != {x}:
        return None
    ratio = exp_of(carrier[x])
    return Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {T: carrier[x], N: start},
        {x: (T, 1)},
        (less(ratio, S.One),),
    )


RULE = Rule("geometric-series", "geometric series", recognise)
