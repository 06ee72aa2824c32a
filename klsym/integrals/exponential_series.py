"""Exponential series: the sum behind the Poisson distribution.

sum of z**x / x! over x = 0, 1, 2, ... = exp(z),  for every z > 0

The mean and variance of x, both z, follow by differentiation in log(z).

>>> from klsym import derive
>>> derive("E(Poisson(a), x)").closed_form
a

Reference: the power series of the exponential function.
"""

from __future__ import annotations

import sympy
from sympy import S, Symbol, loggamma

from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand

T = Symbol("t", real=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t x - log x!`` on the integers from 0."""
    x, carrier = integrand.variate, integrand.carrier
    if not integrand.discrete or integrand.lower != 0 or integrand.upper != S.Infinity:
        return None
    factorial = loggamma(x + 1)
    if carrier.get(factorial) != -1 or not carrier.keys() <= {factorial, x}:
        return None
    return Kernel(RULE.name, integrand, sympy.exp(T), {T: carrier.get(x, S.Zero)}, {x: (T, 1)})


RULE = Rule("exponential-series", "exponential series", recognise)
