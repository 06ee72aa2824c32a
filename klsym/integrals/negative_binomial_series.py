"""Negative binomial series.

sum of gamma(x + r)/x! * z**x over x = 0, 1, 2, ... = gamma(r)*(1 - z)**(-r),  0 < z < 1, r > 0

The mean r*z/(1 - z) and the variance r*z/(1 - z)**2 of x follow by differentiation in log(z).

>>> from klsym import derive
>>> print(derive("E(NegativeBinomial(r, c), x)"))
r/c - r

Reference: Graham, Knuth and Patashnik, Concrete Mathematics (1994), section 5.4.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, log, loggamma

from klsym.canonical import exp_of, log_gamma_of
from klsym.integrals.conditions import less, positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

R, T = Symbol("r", positive=True), Symbol("t", negative=True)
LOG_NORMALISER = loggamma(R) - R * log(1 - exp_of(T))


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``log gamma(x + r) - log x! + t x`` on the integers from 0."""
    x, carrier = integrand.variate, dict(integrand.carrier)
    if (
        len(carrier) != 3
        or not integrand.discrete
        or integrand.lower != 0
        or integrand.upper != S.Infinity
    ):
        return None
    slope = carrier.pop(x, None)
    if slope is None or carrier.pop(log_gamma_of(x + 1), None) is not S.NegativeOne:
        return None
    ((rising, power),) = carrier.items()
    argument = _gamma_argument(rising)
    if power != 1 or argument is None or (argument - x).has(x):
        return None
    size = argument - x
    conditions = (less(exp_of(slope), S.One), positive(size))
    values = {R: size, T: slope}
    return Kernel(RULE.name, integrand, LOG_NORMALISER, values, {x: (T, 1)}, conditions)


def _gamma_argument(statistic: Expr) -> Expr | None:
    """The argument of a log-gamma, which sympy writes as log(gamma(n)) for integers."""
    if isinstance(statistic, sympy.log):
        statistic = statistic.args[0]
    return statistic.args[0] if isinstance(statistic, (loggamma, sympy.gamma)) else None


RULE = Rule("negative-binomial-series", "negative binomial series", recognise)
