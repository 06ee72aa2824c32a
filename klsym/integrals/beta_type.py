"""Beta-type integral: a power of x times a power of 1 - x**c, over the unit interval.

integral of x**(s - 1) * (1 - x**c)**(b - 1) over (0, 1)
    = gamma(s/c) * gamma(b) / (c * gamma(s/c + b)),  for s > 0, b > 0, c > 0

by the substitution u = x**c; over (0, h) with h**c - x**c in the same way.  The means of log(x)
and log(1 - x**c) follow by differentiation, that of x**k by s -> s + k; between two points the
integral is the incomplete beta function.

>>> from klsym import derive
>>> print(derive("E(Beta(a, b), log(x))"))
digamma(a) - digamma(a + b)

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.251.1.
"""

from __future__ import annotations

import sympy
from sympy import Expr, S, Symbol, log, loggamma

from klsym.canonical import cancelled, multiplied_out, sum_of
from klsym.integrals.conditions import positive
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import two_terms

SHAPE, OTHER, POWER, WIDTH, SCALE = (
    Symbol(name, positive=True) for name in ("s", "b", "c", "h", "k")
)
LOG_NORMALISER = (
    SHAPE * log(WIDTH)
    + (OTHER - 1) * log(SCALE)
    + loggamma(SHAPE / POWER)
    + loggamma(OTHER)
    - loggamma(SHAPE / POWER + OTHER)
    - log(POWER)
)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x) + (b - 1) log(k*(h**c - x**c)/h**c)`` on (0, h)."""
    x, carrier, width = integrand.variate, integrand.carrier, integrand.upper
    if integrand.discrete or integrand.lower != 0 or not width.is_finite:
        return None
    others = integrand.beside_power
    if len(others) != 1 or not isinstance(others[0], log):
        return None
    scale, slope, monomial = two_terms(others[0].args[0], x)
    if scale is None or isinstance(monomial, sympy.exp):
        return None
    power = monomial.as_base_exp()[1]
    if integrand.context.sign(power) != 1 or cancelled(scale + slope * width**power) != 0:
        return None
    shape = integrand.shape
    other = multiplied_out(sum_of(carrier[others[0]], S.One))

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        if statistic != 1:
            return None
        ends = [(end / width) ** power for end in (low, high)]
        value = sympy.betainc(shape / power, other, *ends)
        return width**shape * scale ** (other - 1) * value / power

    def proportional(statistic: Expr) -> Expr | None:
        if not isinstance(statistic, log):
            return None
        own = others[0]
        factor = cancelled(statistic.args[0] / own.args[0])
        return None if factor.has(x) else log(factor) + kernel.mean(own)

    kernel = Kernel(
        RULE.name,
        integrand,
        LOG_NORMALISER,
        {SHAPE: shape, OTHER: other, POWER: power, WIDTH: width, SCALE: scale},
        {integrand.log: (SHAPE, 1), others[0]: (OTHER, 1)},
        (positive(shape), positive(other)),
        proportional,
        between,
    )
    return kernel


RULE = Rule("beta-type", "beta integral", recognise)
