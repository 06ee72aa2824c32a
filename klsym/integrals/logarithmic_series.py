"""Logarithmic series.

sum of z**x / x over x = 1, 2, 3, ... = -log(1 - z),  for 0 < z < 1

The mean of x, z/((z - 1)*log(1 - z)), follows by differentiation in log(z).

>>> from klsym import derive
>>> print(derive("E(LogSeries(c), x)"))
-c/((1 - c)*log(1 - c))

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 7.
"""

from __future__ import annotations

from sympy import S, Symbol, log

from klsym.canonical import exp_of
from klsym.integrals.conditions import less
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

T = Symbol("t", negative=True)
LOG_NORMALISER = log(-log(1 - exp_of(T)))


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t x - log(x)`` on the integers from 1."""
    x, carrier = integrand.variate, integrand.carrier
    if not integrand.discrete or integrand.lower != 1 or integrand.upper != S.Infinity:
        return None
    if carrier.keys() != {x, integrand.log} or carrier[integrand.log] != -1:
        return None
    conditions = (less(exp_of(carrier[x]), S.One),)
    return Kernel(RULE.name, integrand, LOG_NORMALISER, {T: carrier[x]}, {x: (T, 1)}, conditions)


RULE = Rule("logarithmic-series", "logarithmic series", recognise)
